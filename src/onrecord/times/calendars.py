"""Dates that may lack a month or a day, and TIMEX3 values of what is counted from them."""

import datetime
from typing import NamedTuple

_MAX_YEAR = 9999
_MONTH_DAYS = 31
SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# How many of the unit in front of it a unit has: months, days, years.
_IN_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_IN_DAYS = {"D": 1, "W": 7, "F": 14, "WE": 7}
# How a number of a unit is written as an ISO 8601 duration: prefix, factor, letter.
_DURATIONS = {
    "D": ("P", 1, "D"), "W": ("P", 1, "W"), "F": ("P", 2, "W"), "WE": ("P", 1, "WE"),
    "M": ("P", 1, "M"), "Q": ("P", 3, "M"), "Y": ("P", 1, "Y"), "DE": ("P", 10, "Y"),
    "CE": ("P", 100, "Y"), "TS": ("PT", 1, "S"), "TM": ("PT", 1, "M"), "TH": ("PT", 1, "H"),
}  # fmt: skip
_MAX_COUNT = 10**9


class Point(NamedTuple):
    """A year, a month or a day of the calendar; 0 where it is not that fine."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def date(self) -> datetime.date | None:
        """The day, if it is one."""
        return datetime.date(self.year, self.month, self.day) if self.day else None

    @property
    def value(self) -> str:
        """As TIMEX3 has it.

        >>> Point(2021, 2).value
        '2021-02'
        """
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


def make_point(year: int, month: int = 0, day: int = 0) -> Point | None:
    """A point, or None if the calendar has no such day.

    >>> make_point(2021, 2, 31)
    """
    if not 1 <= year <= _MAX_YEAR or not 0 <= month <= 12:
        return None
    if day:
        try:
            datetime.date(year, month, day)
        except ValueError:
            return None
    return Point(year, month, day)


def point_of(day: datetime.date) -> Point:
    """A day as a point."""
    return Point(day.year, day.month, day.day)


def add_days(point: Point, n_days: float) -> Point | None:
    """Days later; None for points that are no days, and outside of the calendar."""
    if point.date is None or abs(n_days) > _MAX_COUNT:
        return None
    try:
        return point_of(point.date + datetime.timedelta(days=round(n_days)))
    except OverflowError:
        return None


def add_months(point: Point, n_months: float) -> Point | None:
    """The month some months later; None for years, and outside of the calendar."""
    if not point.month or abs(n_months) > _MAX_COUNT:
        return None
    total = point.year * 12 + point.month - 1 + round(n_months)
    return make_point(total // 12, total % 12 + 1)


def shifted(point: Point, unit: str, n: float) -> Point | None:
    """The point some units away, as fine as the unit is."""
    if unit in _IN_DAYS:
        return add_days(point, n * _IN_DAYS[unit])
    if unit not in _IN_MONTHS or abs(n) > _MAX_COUNT:
        return None
    if unit in {"Y", "DE", "CE"} and n == int(n):
        return make_point(point.year + int(n) * _IN_MONTHS[unit] // 12)
    return add_months(point, n * _IN_MONTHS[unit])


def unit_value(point: Point | None, unit: str) -> str | None:
    """The value of the unit (a week, a quarter, a decade) that a point lies in.

    >>> unit_value(Point(2010, 1, 25), "W"), unit_value(Point(1998), "DE")
    ('2010-W04', '199')
    """
    if point is None:
        return None
    if unit in _IN_DAYS:
        return _days_value(point.date, unit) if point.date else None
    if unit in {"M", "Q"}:
        quarter = f"{point.year:04d}-Q{(point.month + 2) // 3}"
        own = quarter if unit == "Q" else point._replace(day=0).value
        return own if point.month else None
    digits = {"Y": 4, "DE": 3, "CE": 2}.get(unit)
    return f"{point.year:04d}"[:digits] if digits else None


def _days_value(day: datetime.date, unit: str) -> str:
    if unit == "D":
        return day.isoformat()
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "WE" else "")


def duration_value(n: float | None, unit: str) -> str | None:
    """An ISO 8601 duration; X for a number that is not told.

    >>> duration_value(2.5, "Y"), duration_value(None, "DE"), duration_value(3, "Q")
    ('P2.5Y', 'PXY', 'P9M')
    """
    prefix, factor, letter = _DURATIONS[unit]
    if n is None:
        return f"{prefix}X{letter}"
    if not 0 <= n <= _MAX_COUNT:
        return None
    count = f"{n * factor:.4f}".rstrip("0").rstrip(".")
    return f"{prefix}{count}{letter}"


def weekday_from(day: Point, weekday: int, *, direction: int, strict: bool) -> Point | None:
    """The nearest such weekday before (-1) or after (1) a day; strictly, or the day itself.

    Args:
        day: A day.
        weekday: 0 for Monday.
        direction: 1 or -1.
        strict: Whether the day itself does not count.
    """
    if day.date is None:
        return None
    distance = ((weekday - day.date.weekday()) * direction) % 7
    return add_days(day, direction * (7 if strict and distance == 0 else distance))


def easter(year: int) -> datetime.date | None:
    """Easter Sunday of the Gregorian calendar. After: Meeus 1991, chapter 8."""
    if not 1583 <= year <= _MAX_YEAR:
        return None
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    total = h + k - 7 * m + 114
    return datetime.date(year, total // 31, total % 31 + 1)


def holiday(year: int, rule: str) -> Point | None:
    """The day of a holiday in a year, by a rule of `words.toml`.

    >>> holiday(2021, "11 4-4").value
    '2021-11-25'
    """
    if rule.startswith("easter"):
        sunday = easter(year)
        return add_days(point_of(sunday), int(rule.split()[1])) if sunday else None
    if " " not in rule:
        return make_point(year, *map(int, rule.split("-")))
    month, which = rule.split()
    number, _, weekday = which.rpartition("-")
    if int(number) < 0:
        last = add_days(Point(year, int(month) % 12 + 1, 1), -1)
        return weekday_from(last, int(weekday) - 1, direction=-1, strict=False) if last else None
    first = make_point(year, int(month), 1)
    found = weekday_from(first, int(weekday) - 1, direction=1, strict=False) if first else None
    return add_days(found, 7 * (int(number) - 1)) if found else None
