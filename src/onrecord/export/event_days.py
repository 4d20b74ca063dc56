"""The days that a TIMEX3 value covers, for tables that are sorted and filtered by day."""

import calendar
import datetime
import re

_VALUE = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:T.*)?)?"
    r"|-W(?P<week>[0-9]{2})(?P<weekend>-WE)?"
    r"|-Q(?P<quarter>[1-4])|-H(?P<half>[12]))?"
)


def days_of(value: str) -> tuple[str | None, str | None]:
    """First and last day of a year, half, quarter, month, week, weekend or day; else None twice.

    Seasons, decades and words such as "recently" have no days that everybody agrees on.

    >>> days_of("2022-02"), days_of("2022-W31"), days_of("2022-SU")
    (('2022-02-01', '2022-02-28'), ('2022-08-01', '2022-08-07'), (None, None))
    """
    found = _VALUE.fullmatch(value)
    if found is None:
        return None, None
    try:
        first, last = _days({name: int(n) for name, n in found.groupdict().items() if _is_n(n)})
    except ValueError:
        return None, None
    start = last - datetime.timedelta(days=1) if found["weekend"] else first
    return start.isoformat(), last.isoformat()


def _is_n(part: str | None) -> bool:
    return part is not None and part.isdecimal()


def _days(parts: dict[str, int]) -> tuple[datetime.date, datetime.date]:
    year = parts["year"]
    if "week" in parts:
        monday = datetime.date.fromisocalendar(year, parts["week"], 1)
        return monday, monday + datetime.timedelta(days=6)
    if "day" in parts:
        day = datetime.date(year, parts["month"], parts["day"])
        return day, day
    n_months, number = 12, 1
    for name, length in (("half", 6), ("quarter", 3), ("month", 1)):
        if name in parts:
            n_months, number = length, parts[name]
    end = n_months * number
    first = datetime.date(year, end - n_months + 1, 1)
    return first, datetime.date(year, end, calendar.monthrange(year, end)[1])
