"""Spans found by where they stand."""

import time

from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Span
from onrecord.records.span_finders import SpanFinder

SPANS = st.builds(
    lambda start, n: Span(start, start + n), st.integers(0, 2000), st.integers(1, 900)
)


def test_no_spans_are_over_nothing() -> None:
    assert SpanFinder([]).over(Span(0, 10)) == []


def test_neighbours_share_nothing() -> None:
    finder = SpanFinder([Span(0, 256), Span(256, 512), Span(255, 257)])
    assert finder.over(Span(255, 256)) == [0, 2]
    assert finder.over(Span(256, 257)) == [1, 2]


@given(st.lists(SPANS, max_size=20), SPANS)
def test_exactly_those_that_overlap_are_found_in_their_order(spans: list[Span], own: Span) -> None:
    assert SpanFinder(spans).over(own) == [n for n, s in enumerate(spans) if s.overlaps(own)]


def test_many_spans_cost_little() -> None:
    began = time.perf_counter()
    finder = SpanFinder([Span(20 * n, 20 * n + 10) for n in range(20_000)])
    assert all(finder.over(Span(20 * n, 20 * n + 10)) == [n] for n in range(0, 20_000, 10))
    assert time.perf_counter() - began < 2
