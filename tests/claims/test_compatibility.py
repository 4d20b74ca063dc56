"""Figures as intervals: when two of them can both be right."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims.compatibility import (
    Interval,
    can_be_part,
    can_both_hold,
    interval_of,
    is_round,
)

VALUES = st.integers(min_value=0, max_value=10**9).map(float)
COMPARATORS = st.sampled_from(
    [None, "about", "at most", "at least", "more than", "less than", "between"]
)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ((12, None, "at least"), (15, None, None), True),
        ((12, None, None), (30, None, "at least"), False),
        ((12, None, None), (13, None, None), False),
        ((10, 20, "between"), (14, None, None), True),
        ((10, 20, "between"), (21, None, None), False),
        ((100, None, "more than"), (140, None, None), True),
        ((100, None, "more than"), (100, None, None), False),
        ((80, None, "about"), (84, None, None), True),
        ((80, None, "about"), (200, None, None), False),
        ((2, None, "at most"), (9, None, None), False),
        ((50_000, None, None), (48_500, None, None), True),
        ((0, None, None), (3, None, None), False),
    ],
)
def test_pairs_of_figures(first, second, both) -> None:
    assert can_both_hold(interval_of(*first), interval_of(*second)) is both


def test_dozens_have_a_loose_lower_end_and_no_upper_one() -> None:
    dozens = interval_of(24, None, "at least", is_word=True)
    assert dozens.low < 24
    assert dozens.high == math.inf
    assert not can_both_hold(dozens, interval_of(6, None, None))


@given(VALUES, VALUES, COMPARATORS, COMPARATORS)
def test_it_is_the_same_both_ways(a, b, x, y) -> None:
    first, second = interval_of(a, None, x), interval_of(b, None, y)
    assert can_both_hold(first, second) is can_both_hold(second, first)


@given(VALUES, COMPARATORS)
def test_a_figure_agrees_with_itself_and_with_its_number(value, comparator) -> None:
    own = interval_of(value + 1, None, comparator)
    assert can_both_hold(own, own)
    if comparator not in {"more than", "less than"}:
        assert can_both_hold(own, interval_of(value + 1, None, None))


@given(VALUES, VALUES)
def test_at_least_one_and_at_most_another_meet_if_they_are_in_order(a, b) -> None:
    low, high = min(a, b), max(a, b)
    assert can_both_hold(interval_of(low, None, "at least"), interval_of(high, None, "at most"))


@given(VALUES, VALUES)
def test_a_wider_range_takes_in_more(a, b) -> None:
    low, high = min(a, b), max(a, b)
    inside = Interval(low, high)
    assert can_both_hold(interval_of(low, high, "between"), inside)
    assert can_be_part(inside, Interval(high, math.inf))


def test_a_part_is_no_larger_than_all() -> None:
    assert can_be_part(interval_of(3, None, None), interval_of(9, None, None))
    assert not can_be_part(interval_of(30, None, "at least"), interval_of(12, None, None))


def test_round_numbers() -> None:
    assert is_round(5000)
    assert is_round(120_000)
    assert not is_round(4812)
    assert not is_round(12)
