"""The page of agreements: their terms, and reported figures beside their limits over time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.limits.comparing import compare
from onrecord.limits.figures import find_figures
from onrecord.limits.models import Bound, Figure, Row
from onrecord.limits.printing import row_to_json
from onrecord.limits.stated import find_limits, instrument_key
from onrecord.queries import Table
from onrecord.queries.room_limits import instruments, last_correction, stating, with_words
from onrecord.records import Column
from onrecord.serve.pages.base import Page, Parameter, Room
from onrecord.serve.pages.charts import Chart, chart_of
from onrecord.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitShown:
    """A limit of an agreement with what is reported for it."""

    instrument: Annotated[str, Column("Name of the agreement.")]
    title: Annotated[str, Column("The limit in words.")]
    terms: Annotated[Mapping[str, Any], Column("Since when, until when, when suspended.")]
    rows: Annotated[
        tuple[Mapping[str, Any], ...],
        Column("For each party and date: the figures, on which side they are, who gives them."),
    ]
    chart: Annotated[Chart | None, Column("The dated figures as a drawing.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentsPage:
    """Agreements, and the limits of one of them beside figures."""

    asked: Annotated[Mapping[str, Any], Column("What was asked, by name.")]
    instruments: Annotated[Table, Column("Agreements that articles speak of.")]
    instrument: Annotated[str | None, Column("The one whose limits are shown.")]
    limits: Annotated[tuple[LimitShown, ...], Column("Its limits.")]


def build(room: Room) -> CommitmentsPage:
    """The agreements, and the limits of the one that is asked for, else of the first."""
    known = instruments(room.store)
    named = room.given("instrument") or next(
        (row["name"] for row in known if row["n_limits"]), None
    )
    return CommitmentsPage(
        asked=room.given.shown(),
        instruments=known,
        instrument=named,
        limits=() if named is None else _remembered(room, named),
    )


def _remembered(room: Room, name: str) -> tuple[LimitShown, ...]:
    """The limits, as they were a moment ago; a correction makes them anew."""
    found: tuple[LimitShown, ...] = room.memory(
        ("limits", name), last_correction(room.store), lambda: tuple(limits_of(room.store, name))
    )
    return found


def limits_of(store: Store, name: str) -> Iterable[LimitShown]:
    """The limits of an agreement, with figures from the newest documents that may give them."""
    bounds: list[Bound] = []
    for number in stating(store):
        found = find_limits(store.reading(number))
        bounds += [one for one in found if instrument_key(one.instrument) == instrument_key(name)]
    figures: list[Figure] = []
    if bounds:
        for number in with_words(store, _things(bounds)):
            figures += find_figures(store.reading(number))
    groups: dict[int, list[Row]] = {}
    for row in compare(bounds, figures):
        groups.setdefault(id(row.limit), []).append(row)
    return [_shown(rows) for rows in groups.values()]


def _things(bounds: Iterable[Bound]) -> list[str]:
    """The words for what is limited, the last of each phrase: warheads, launchers."""
    words = (bound.of.split()[-1] for bound in bounds if bound.of.split())
    return sorted({word.strip("\"'()").lower() for word in words} - {""})


def _shown(rows: list[Row]) -> LimitShown:
    limit = rows[0].limit
    value = None if limit.value is None else f"{limit.value:,.10g}"
    upper = None if limit.upper is None else f"and {limit.upper:,.10g}"
    parts = (limit.comparator, value, upper, limit.unit, limit.of, limit.per and f"per {limit.per}")
    title = " ".join(part for part in parts if part)
    terms = {"from": limit.start, "until": limit.until, "suspended": limit.suspended}
    return LimitShown(
        instrument=limit.instrument,
        title=title,
        terms={name: value for name, value in terms.items() if value},
        rows=tuple(row_to_json(row) for row in rows),
        chart=chart_of(rows, title),
    )


PAGE = Page(
    name="commitments",
    path="/commitments",
    about="Agreements with their limits, and the figures that are reported.",
    model=CommitmentsPage,
    build=build,
    parameters=(Parameter(name="instrument", about="Name of an agreement."),),
)
