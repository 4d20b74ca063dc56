"""Figures over time beside a limit, as points of a drawing: positions only, no judgement.

What the axes stand on is in `scales`; the template draws.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from onrecord.limits.models import Bound, Compared, Match, Row
from onrecord.records import Column
from onrecord.serve.pages.scales import (
    Scale,
    Tick,
    day_number,
    day_ticks,
    number_ticks,
    value_range,
)

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 704, 26, 262
_TOGETHER = "all together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure in a drawing."""

    x: Annotated[float, Column("From the left.", unit="of 720")]
    y: Annotated[float, Column("From the top.", unit="of 300")]
    value: Annotated[float, Column("The number.")]
    date: Annotated[str, Column("For when.", unit="ISO 8601")]
    party: Annotated[str | None, Column("Whose figure.")]
    series: Annotated[int, Column("Number of the party, for styles.")]
    asserter: Annotated[str | None, Column("Who gives it.")]
    document: Annotated[str | None, Column("Where it stands; null if a file gives it.")]
    statement: Annotated[str | None, Column("The statement that gives it.")]
    words: Annotated[str | None, Column("In which words.")]
    is_disputed: Annotated[bool, Column("Whether sides give figures on different sides of it.")]
    is_outside: Annotated[bool, Column("Whether it is for a day on which the limit did not hold.")]
    number: Annotated[int, Column("Which figure of the table it is, from 1.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What joins the figures of one party; between two of them nothing is reported."""

    series: Annotated[int, Column("Number of the party.")]
    path: Annotated[str, Column("Its points as x,y.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The figures of one limit over time."""

    title: Annotated[str, Column("What is limited, and to what.")]
    about: Annotated[str, Column("What the drawing shows, in a sentence.")]
    limit: Annotated[float | None, Column("The limit.")]
    limit_y: Annotated[float | None, Column("Where its line is.")]
    limit_from: Annotated[float, Column("Where its line begins, from the left.")]
    limit_to: Annotated[float, Column("Where its line ends, from the left.")]
    lines: Annotated[tuple[Line, ...], Column("One for each party with several figures.")]
    points: Annotated[tuple[Point, ...], Column("The figures.")]
    days: Annotated[tuple[Tick, ...], Column("The axis of time.")]
    values: Annotated[tuple[Tick, ...], Column("The axis of numbers.")]
    moments: Annotated[tuple[Tick, ...], Column("Days on which the limit begins or ends.")]
    parties: Annotated[tuple[str, ...], Column("Names of the series.")]
    lowest: Annotated[float, Column("Where the axis of numbers begins.")]
    n_undated: Annotated[int, Column("Figures without a date, which are not drawn.")]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A figure with what is needed to draw it."""

    row: Row
    one: Compared
    date: str
    number: int
    is_outside: bool

    @property
    def party(self) -> str:
        return self.row.party.name if self.row.party else _TOGETHER

    @property
    def value(self) -> float:
        return self.one.figure.value or 0.0


def chart_of(rows: Sequence[tuple[Row, bool]], title: str) -> Chart | None:
    """A drawing of the rows of one limit; None if there is no dated figure.

    Args:
        rows: In the order of the table, each with whether its day lies outside of the limit.
        title: What is limited, and to what.
    """
    drawn = list(_dated(rows))
    if not drawn:
        return None
    limit = rows[0][0].limit
    across = _across(drawn, limit)
    levels = [one.value for one in drawn] + ([] if limit.value is None else [limit.value])
    low, high, step = value_range(levels)
    up = Scale(low, high, BOTTOM, TOP)
    parties = tuple(dict.fromkeys(one.party for one in drawn))
    starts, ends = _held(limit, across)
    n_given = sum(one.figure.value is not None for row, _ in rows for one in row.figures)
    return Chart(
        title=title,
        about=_about(drawn, parties, limit),
        limit=limit.value,
        limit_y=None if limit.value is None else up(limit.value),
        limit_from=starts,
        limit_to=ends,
        lines=tuple(_lines(drawn, across, up, parties)),
        points=tuple(_point(one, across, up, parties) for one in drawn),
        days=tuple(day_ticks(across)),
        values=tuple(number_ticks(up, step)),
        moments=tuple(_moments(limit, across)),
        parties=parties,
        lowest=low,
        n_undated=n_given - len(drawn),
    )


def _dated(rows: Sequence[tuple[Row, bool]]) -> Iterator[_Drawn]:
    number = 0
    for row, is_outside in rows:
        for one in row.figures:
            number += 1
            date = one.figure.date or row.date
            if one.figure.value is not None and date is not None:
                yield _Drawn(row, one, date, number, is_outside)


def _across(drawn: Sequence[_Drawn], limit: Bound) -> Scale:
    """The axis of time: all figures, and the day on which the limit begins to hold."""
    days = [day_number(one.date) for one in drawn]
    if limit.start is not None and any(one.is_outside for one in drawn):
        days.append(day_number(limit.start))
    return Scale(min(days), max(days), LEFT + 6, RIGHT - 6)


def _held(limit: Bound, across: Scale) -> tuple[float, float]:
    """From where to where the line of a limit goes."""
    start = LEFT if limit.start is None else across(day_number(limit.start))
    end = RIGHT if limit.until is None else across(day_number(limit.until))
    is_point = across.low == across.high
    return (LEFT, RIGHT) if is_point else (max(LEFT, start), min(RIGHT, end))


def _moments(limit: Bound, across: Scale) -> Iterator[Tick]:
    named = (("holds from", limit.start), ("suspended", limit.suspended), ("ends", limit.until))
    for name, date in named:
        if date is not None and across.low < day_number(date) <= across.high:
            yield Tick(at=across(day_number(date)), label=f"{name} {date}")


def _lines(
    drawn: Sequence[_Drawn], across: Scale, up: Scale, parties: Sequence[str]
) -> Iterator[Line]:
    """For each party the first plain figure of each day, in order of days."""
    for series, party in enumerate(parties):
        by_day: dict[str, _Drawn] = {}
        for one in drawn:
            is_plain = one.one.match is Match.EXACT and one.one.figure.comparator is None
            if one.party == party and is_plain:
                by_day.setdefault(one.date, one)
        path = [f"{across(day_number(day))},{up(by_day[day].value)}" for day in sorted(by_day)]
        if len(path) > 1:
            yield Line(series=series, path=" ".join(path))


def _point(one: _Drawn, across: Scale, up: Scale, parties: Sequence[str]) -> Point:
    figure = one.one.figure
    return Point(
        x=across(day_number(one.date)),
        y=up(one.value),
        value=one.value,
        date=one.date,
        party=one.row.party.name if one.row.party else None,
        series=parties.index(one.party),
        asserter=figure.asserter.name,
        document=figure.evidence.document,
        statement=figure.asserter.statement,
        words=figure.evidence.words,
        is_disputed=not one.is_outside and one.row.state.value == "disputed",
        is_outside=one.is_outside,
        number=one.number,
    )


def _about(drawn: Sequence[_Drawn], parties: Sequence[str], limit: Bound) -> str:
    """What somebody who does not see the drawing should know of it."""
    days = sorted(one.date for one in drawn)
    n_disputed = len({(one.party, one.row.date) for one in drawn if _is_disputed(one)})
    told = [f"{len(drawn)} {'figure' if len(drawn) == 1 else 'figures'} of {', '.join(parties)}"]
    told.append(f"for {days[0]}" if days[0] == days[-1] else f"from {days[0]} to {days[-1]}")
    if limit.value is not None:
        told.append(f"beside a limit of {limit.value:,.10g}")
    if n_disputed:
        told.append(f"{n_disputed} disputed")
    return ", ".join(told) + ". The table below has all of them."


def _is_disputed(one: _Drawn) -> bool:
    return not one.is_outside and one.row.state.value == "disputed"
