"""The days that a TIMEX3 value covers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.event_days import days_of


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-H2", "2022-07-01", "2022-12-31"),
        ("2022-Q1", "2022-01-01", "2022-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-08-02", "2022-08-02", "2022-08-02"),
        ("2022-08-02T10:15", "2022-08-02", "2022-08-02"),
        ("2022-08-02TNI", "2022-08-02", "2022-08-02"),
        ("2022-W01", "2022-01-03", "2022-01-09"),
        ("2022-W31-WE", "2022-08-06", "2022-08-07"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_days_of_a_value(value: str, first: str, last: str) -> None:
    assert days_of(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    [
        *("", "202", "2022-SU", "PRESENT_REF", "P3D", "XXXX-08-02", "2022-13", "2022-02-30"),
        *("2022-W54", "0000", "9999-W99", "2022-08-02\n", "٢٠٢٢", "2022-XX-02", "T10:15"),
    ],
)
def test_no_day_is_made_up(value: str) -> None:
    assert days_of(value) == (None, None)


@given(st.text("0123456789-WTQHE:X", max_size=16))
def test_any_value_has_both_days_in_order_or_none(value: str) -> None:
    first, last = days_of(value)
    assert (first is None) == (last is None)
    assert first is None or last is None or first <= last
