"""Days as numbers: what a TIMEX3 value covers, and whether two of them can be one time."""

import datetime
import re
from functools import lru_cache

Period = tuple[int, int]
_DATE = re.compile(r"([12]\d{3})(?:-(\d\d))?(?:-(\d\d))?(?=$|T)")
_WEEK = re.compile(r"([12]\d{3})-W(\d\d)(?:-WE)?")
_SEASON = re.compile(r"([12]\d{3})-(SP|SU|FA|WI|Q[1-4]|H[12])")
_STARTS = {"SP": (3, 92), "SU": (6, 92), "FA": (9, 91), "WI": (12, 91)}
_STARTS |= {"Q1": (1, 91), "Q2": (4, 91), "Q3": (7, 92), "Q4": (10, 92), "H1": (1, 181)}
_STARTS |= {"H2": (7, 184)}


@lru_cache(1 << 12)
def period_of(value: str | None) -> Period | None:
    """The first and the last day of a value; None if it names no day, month or year.

    >>> period_of("2020-02-02T09"), period_of("PT1H"), period_of("1970-01")
    ((737457, 737457), None, (719163, 719193))
    """
    if not value:
        return None
    try:
        if found := _DATE.match(value):
            return _days(*found.groups())
        if found := _WEEK.match(value):
            first = datetime.date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal()
            return first, first + 6
        if found := _SEASON.match(value):
            month, length = _STARTS[found[2]]
            first = datetime.date(int(found[1]), month, 1).toordinal()
            return first, first + length
    except ValueError:
        return None
    return None


def _days(year: str, month: str | None, day: str | None) -> Period:
    if day:
        only = datetime.date(int(year), int(month or 1), int(day)).toordinal()
        return only, only
    if month:
        first = datetime.date(int(year), int(month), 1)
        after = datetime.date(int(year) + int(month) // 12, int(month) % 12 + 1, 1)
        return first.toordinal(), after.toordinal() - 1
    return datetime.date(int(year), 1, 1).toordinal(), datetime.date(int(year), 12, 31).toordinal()


def gap(first: Period, second: Period) -> int:
    """Days between two periods; 0 if they share one."""
    return max(0, first[0] - second[1], second[0] - first[1])


def is_short(period: Period) -> bool:
    """Whether it is a day or two, so that it tells one happening from another."""
    return period[1] - period[0] <= 1


def day_number(published: str | None) -> int | None:
    """The day of publication as a number."""
    found = period_of(published)
    return None if found is None else found[0]
