"""Spans and lists of them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SpanError
from onrecord.records import Span, as_spans, check_inside, covers, joined_text
from tests.records.generated import few, many, spans

_LENGTH = 24
_SPAN = spans(_LENGTH)
_MANY = st.lists(_SPAN, max_size=8)


def _points(*given: Span) -> set[int]:
    return {at for span in given for at in range(span.start, span.end)}


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (4, 3), (-1, 2), (-2, -1)])
def test_a_span_is_never_empty_and_never_before_the_text(start: int, end: int) -> None:
    with pytest.raises(SpanError) as caught:
        Span(start, end)
    assert (caught.value.start, caught.value.end, caught.value.length) == (start, end, None)


def test_a_span_error_is_a_value_error_too() -> None:
    with pytest.raises(ValueError, match=r"\[5, 2\) is no span"):
        Span(5, 2)


def test_words_are_cut_at_code_points() -> None:
    text = "a😀é́\u200bz"
    assert [Span(at, at + 1).text_in(text) for at in range(len(text))] == list(text)


def test_words_after_the_text_are_refused() -> None:
    assert Span(1, 3).text_in("abc") == "bc"
    with pytest.raises(SpanError, match="of a text of 3 code points"):
        Span(1, 4).text_in("abc")
    with pytest.raises(SpanError):
        check_inside((Span(0, 1), Span(2, 4)), "abc")
    check_inside((Span(0, 1), Span(2, 3)), "abc")


@many
@given(_SPAN, _SPAN)
def test_two_spans_relate_as_their_code_points_do(one: Span, other: Span) -> None:
    assert len(one) == len(_points(one))
    assert one.overlaps(other) == bool(_points(one) & _points(other)) == other.overlaps(one)
    assert one.contains(other) == (_points(other) <= _points(one))
    assert (one < other) == ((one.start, one.end) < (other.start, other.end))


@many
@given(_MANY)
def test_as_spans_keeps_the_code_points_in_order_and_apart(given: list[Span]) -> None:
    made = as_spans(given)
    assert _points(*made) == _points(*given)
    assert all(one.end <= other.start for one, other in itertools.pairwise(made))
    assert as_spans(made) == made
    assert as_spans(reversed(given)) == made
    assert as_spans((span.start, span.end) for span in given) == made
    assert covers(made, tuple(given))


def test_as_spans_leaves_neighbours_apart() -> None:
    assert as_spans([(3, 5), (0, 3)]) == (Span(0, 3), Span(3, 5))
    assert as_spans([(0, 4), (3, 5), (4, 6)]) == (Span(0, 6),)
    assert as_spans([]) == ()


@many
@given(_MANY, _MANY)
def test_covers_asks_for_one_fragment_around_each(outer: list[Span], inner: list[Span]) -> None:
    expected = all(any(_points(i) <= _points(o) for o in outer) for i in inner)
    assert covers(tuple(outer), tuple(inner)) == expected


def test_nothing_is_covered_by_everything() -> None:
    assert covers((), ())
    assert covers((Span(0, 2),), ())
    assert not covers((), (Span(0, 2),))
    assert not covers((Span(0, 3), Span(3, 6)), (Span(2, 4),))


@few
@given(st.text(min_size=_LENGTH), _MANY)
def test_joined_text_has_every_fragment(text: str, given: list[Span]) -> None:
    made = as_spans(given)
    assert joined_text(made, text) == " ".join(text[s.start : s.end] for s in made)
