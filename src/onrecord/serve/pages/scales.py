"""The axes of a drawing: numbers and days to places, with round labels."""

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from onrecord.limits.calendars import first_day
from onrecord.records import Column

_TICKS = 4
_MOST_YEARS = 7
_DAYS_OF_YEARS = 2.5 * 365.25
# All numbers within a fifth of the greatest would make small differences look large.
_LEAST_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of an axis with its label."""

    at: Annotated[float, Column("Where.")]
    label: Annotated[str, Column("What it stands for.")]


class Scale:
    """Numbers to places; where all are one number, the middle."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self._start, self._end = low, high, start, end

    def __call__(self, value: float) -> float:
        """The place of a number."""
        width = self.high - self.low
        share = 0.5 if width == 0 else (value - self.low) / width
        return round(self._start + share * (self._end - self._start), 1)


def value_range(values: Sequence[float]) -> tuple[float, float, float]:
    """Lowest and highest number of an axis, and the step of its labels.

    It begins at zero, unless all numbers are far from it.

    >>> value_range([1400, 1600, 1550])
    (1300.0, 1642.0, 100.0)
    >>> value_range([20, 100])
    (0.0, 115.0, 25.0)
    """
    least, most = min(values), max(values) or 1.0
    width = max(most - least, _LEAST_SHARE * most)
    low = least - width / 4 if most / 2 < least < most else 0.0
    step = _step((most - low) / _TICKS)
    return math.floor(max(low, 0.0) / step) * step, most + 0.15 * (most - low), step


def _step(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next(one * power for one in (1, 2, 2.5, 5, 10) if one * power >= raw)


def number_ticks(up: Scale, step: float) -> Iterator[Tick]:
    """A label for each step of an axis of numbers."""
    for number in range(int((up.high - up.low) / step + 1e-9) + 1):
        value = up.low + number * step
        yield Tick(at=up(value), label=f"{value:,.6g}")


def day_number(date: str) -> float:
    """A day, month or year as a number of days: its first day."""
    try:
        return float(datetime.date.fromisoformat(first_day(date)[:10]).toordinal())
    except ValueError:
        return float(datetime.date(int(date[:4]), 1, 1).toordinal())


def day_ticks(across: Scale) -> Iterator[Tick]:
    """Beginnings of years; over a short time the first and last day, and three between."""
    if across.high - across.low > _DAYS_OF_YEARS:
        yield from _year_ticks(across)
        return
    days = {
        round(across.low + (across.high - across.low) * part / _TICKS) for part in range(_TICKS + 1)
    }
    for day in sorted(days):
        yield Tick(at=across(day), label=datetime.date.fromordinal(day).isoformat())


def _year_ticks(across: Scale) -> Iterator[Tick]:
    first = datetime.date.fromordinal(int(across.low)).year + 1
    last = datetime.date.fromordinal(int(across.high)).year
    step = math.ceil((last - first + 1) / _MOST_YEARS)
    for year in range(first, last + 1, step):
        yield Tick(at=across(day_number(str(year))), label=str(year))
