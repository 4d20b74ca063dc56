"""Figures over time beside a limit, as points of a drawing: positions only, no judgement."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.limits.calendars import first_day
from onrecord.limits.models import Row
from onrecord.records import Column

WIDTH, HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 18, 34
_TICKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure in a drawing."""

    x: Annotated[float, Column("From the left.", unit="of 720")]
    y: Annotated[float, Column("From the top.", unit="of 260")]
    value: Annotated[float, Column("The number.")]
    date: Annotated[str, Column("For when.", unit="ISO 8601")]
    party: Annotated[str | None, Column("Whose figure.")]
    series: Annotated[int, Column("Number of the party, for styles.")]
    asserter: Annotated[str | None, Column("Who gives it.")]
    document: Annotated[str | None, Column("Where it stands.")]
    statement: Annotated[str | None, Column("The statement that gives it.")]
    words: Annotated[str | None, Column("In which words.")]
    is_disputed: Annotated[bool, Column("Whether sides give figures on different sides of it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of an axis with its label."""

    at: Annotated[float, Column("Where.")]
    label: Annotated[str, Column("What it stands for.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The figures of one limit over time."""

    title: Annotated[str, Column("What is limited, and to what.")]
    limit: Annotated[float | None, Column("The limit.")]
    limit_y: Annotated[float | None, Column("Where its line is.")]
    points: Annotated[tuple[Point, ...], Column("The figures.")]
    days: Annotated[tuple[Tick, ...], Column("The axis of time.")]
    values: Annotated[tuple[Tick, ...], Column("The axis of numbers.")]
    parties: Annotated[tuple[str, ...], Column("Names of the series.")]
    n_undated: Annotated[int, Column("Figures without a date, which are not drawn.")]


def chart_of(rows: Sequence[Row], title: str) -> Chart | None:
    """A drawing of the rows of one limit; None if there is no dated figure."""
    drawn = [
        (row, one.figure, row.date or one.figure.date)
        for row in rows
        for one in row.figures
        if one.figure.value is not None
    ]
    dated = [(row, figure, date) for row, figure, date in drawn if date is not None]
    if not dated:
        return None
    limit = rows[0].limit.value
    days = [_day(date) for _, _, date in dated]
    values = [figure.value or 0.0 for _, figure, _ in dated]
    across = _Scale(min(days), max(days), _LEFT, WIDTH - _RIGHT)
    top = max([*values, limit or 0.0]) * 1.1 or 1.0
    up = _Scale(0.0, top, HEIGHT - _BOTTOM, _TOP)
    parties = tuple(dict.fromkeys(row.party.name if row.party else "all together" for row in rows))
    points = tuple(_point(row, figure, date, across, up, parties) for row, figure, date in dated)
    return Chart(
        title=title,
        limit=limit,
        limit_y=None if limit is None else up(limit),
        points=points,
        days=tuple(_day_ticks(across)),
        values=tuple(Tick(at=up(value), label=f"{value:,.6g}") for value in _steps(top)),
        parties=parties,
        n_undated=len(drawn) - len(dated),
    )


class _Scale:
    """Numbers to places; where all are one number, the middle."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self._start, self._end = low, high, start, end

    def __call__(self, value: float) -> float:
        width = self.high - self.low
        share = 0.5 if width == 0 else (value - self.low) / width
        return round(self._start + share * (self._end - self._start), 1)


def _point(
    row: Row, figure: Any, date: str, across: _Scale, up: _Scale, parties: Sequence[str]
) -> Point:
    party = row.party.name if row.party else None
    return Point(
        x=across(_day(date)),
        y=up(figure.value),
        value=figure.value,
        date=date,
        party=party,
        series=parties.index(party or "all together"),
        asserter=figure.asserter.name,
        document=figure.evidence.document,
        statement=figure.asserter.statement,
        words=figure.evidence.words,
        is_disputed=row.state.value == "disputed",
    )


def _day(date: str) -> float:
    try:
        return float(datetime.date.fromisoformat(first_day(date)[:10]).toordinal())
    except ValueError:
        return float(datetime.date(int(date[:4]), 1, 1).toordinal())


def _steps(top: float) -> list[float]:
    """Round numbers from zero up to the top."""
    raw = top / _TICKS
    power = 10 ** math.floor(math.log10(raw))
    step = next(one * power for one in (1, 2, 2.5, 5, 10) if one * power >= raw)
    return [step * number for number in range(int(top / step) + 1)]


def _day_ticks(across: _Scale) -> list[Tick]:
    """The first and last day, and three between; one if all are one day."""
    days = {
        round(across.low + (across.high - across.low) * part / _TICKS) for part in range(_TICKS + 1)
    }
    return [
        Tick(at=across(day), label=datetime.date.fromordinal(day).isoformat())
        for day in sorted(days)
    ]
