import pytest

from onrecord.limits.calendars import date_in_cell, day_of, days_between, is_outside


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2022-03-01", "2022-03-01"),
        ("2022-03", "2022-03"),
        ("2022", "2022"),
        ("1 March 2022", "2022-03-01"),
        ("2022-03-01T10:00:00Z", "2022-03-01"),
        ("31.12.2022", "2022-12-31"),
        ("1.3.2022", "2022-03-01"),
        ("12/31/2022", "2022-12-31"),
        ("3/3/2022", "2022-03-03"),
        ("03/04/2022", None),
        ("2022-13-40", None),
        ("2022-02-30", None),
        ("31.02.2022", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date_in_a_cell(cell: str, date: str | None) -> None:
    assert date_in_cell(cell) == date


@pytest.mark.parametrize("value", ["P3M", "PRESENT_REF", "2022-W10", "2022-Q1", "XXXX-03-01", None])
def test_values_that_are_no_date(value: str | None) -> None:
    assert day_of(value) is None


def test_outside_of_a_time() -> None:
    assert is_outside("2017-09-01", start="2018-02-05", until=None)
    assert not is_outside("2018", start="2018-02-05", until="2026-02-05")
    assert not is_outside("2026-02", start=None, until="2026-02-05")
    assert is_outside("2026-03", start=None, until="2026-02")
    assert not is_outside(None, start="2018", until="2019")


def test_days_between() -> None:
    assert days_between("2022-03", "2022-02-01") == 28
