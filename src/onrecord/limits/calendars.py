"""Dates of limits and figures: a day, a month or a year, as ISO 8601, and what lies in what."""

import datetime
import re

from onrecord.inputs.dates import iso_date

_DATE = re.compile(r"(?P<year>[12]\d{3})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_SLASHED = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>[12]\d{3})")
_DAY_CHARS = 10
_YEAR_CHARS = 4
_MONTHS = 12


def day_of(given: str | None) -> str | None:
    """The day, month or year that a value of ISO 8601 or TIMEX3 begins with, if it is one.

    >>> day_of("2022-08-02T10:15:00+00:00"), day_of("2022-08"), day_of("2022-W10"), day_of("P1Y")
    ('2022-08-02', '2022-08', None, None)
    """
    if not given:
        return None
    head = given[:_DAY_CHARS]
    match = _DATE.fullmatch(head)
    return head if match and _is_real(head) else None


def _is_real(day: str) -> bool:
    try:
        datetime.date.fromisoformat(day + "0000-01-01"[len(day) :])
    except ValueError:
        return False
    return True


def date_in_cell(given: str) -> str | None:
    """The date of a cell, or None: 2022-03-01, 2022-03, 2022, 1 March 2022, 31.12.2022.

    Of 03/04/2022 nobody can tell the month, so it is none.

    >>> date_in_cell("31/12/2022"), date_in_cell("1 March 2022"), date_in_cell("03/04/2022")
    ('2022-12-31', '2022-03-01', None)
    """
    given = given.strip()
    match = _SLASHED.fullmatch(given)
    if match is None:
        return day_of(given) if _DATE.fullmatch(given) else day_of(iso_date(given))
    first, second = int(match["day"]), int(match["month"])
    if first <= _MONTHS and second <= _MONTHS and first != second and "." not in given:
        return None
    if second > _MONTHS and "/" in given:
        first, second = second, first
    return day_of(f"{match['year']}-{second:02d}-{first:02d}")


def first_day(date: str) -> str:
    """The first day of a day, month or year."""
    return date + "0000-01-01"[len(date) :]


def last_day(date: str) -> str:
    """The last day of a day, month or year; a month counts as 31 days."""
    return date + "0000-12-31"[len(date) :]


def days_between(first: str, second: str) -> int:
    """Days from the first day of one date to that of another, without a sign."""
    days = [datetime.date.fromisoformat(first_day(date)) for date in (first, second)]
    return abs((days[1] - days[0]).days)


def is_outside(date: str | None, *, start: str | None, until: str | None) -> bool:
    """Whether all of a date lies before the first or behind the last one."""
    if date is None:
        return False
    is_before = start is not None and last_day(date) < first_day(start)
    return is_before or (until is not None and first_day(date) > last_day(until))
