"""The page of agreements: their terms, and reported figures beside their limits over time."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.limits.calendars import is_outside
from onrecord.limits.comparing import compare
from onrecord.limits.figures import find_figures
from onrecord.limits.models import Bound, Figure, Row, State
from onrecord.limits.printing import row_to_json
from onrecord.limits.stated import find_limits, instrument_key
from onrecord.queries import Table
from onrecord.queries.room_limits import instruments, last_correction, stating, with_words
from onrecord.queries.tables import table_of
from onrecord.records import Column
from onrecord.serve.memories import FoundInDocuments
from onrecord.serve.pages.base import Page, Parameter, Room
from onrecord.serve.pages.charts import Chart, chart_of
from onrecord.serve.pages.terms import NOT_OF_TERMS, Term, terms_of
from onrecord.store import Store

_CLEAR = frozenset({State.UNDER, State.OVER, State.DISPUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitShown:
    """A limit of an agreement with what is reported for it."""

    instrument: Annotated[str, Column("Name of the agreement.")]
    title: Annotated[str, Column("The limit in words.")]
    terms: Annotated[Mapping[str, Any], Column("Since when, until when, when suspended.")]
    rows: Annotated[
        tuple[Mapping[str, Any], ...],
        Column(
            "For each party and date: the figures, on which side they are, who gives them;"
            " `outside` marks days on which the limit did not hold."
        ),
    ]
    chart: Annotated[Chart | None, Column("The dated figures as a drawing.")]
    n_clear: Annotated[int, Column("Dates whose figures lie on a side, or are disputed.")]
    n_figures: Annotated[int, Column("Figures that were found for it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is known of one agreement."""

    terms: Annotated[tuple[Term, ...], Column("Its parties, dates and means of verification.")]
    limits: Annotated[tuple[LimitShown, ...], Column("Its limits.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentsPage:
    """Agreements, and the limits of one of them beside figures."""

    asked: Annotated[Mapping[str, Any], Column("What was asked, by name.")]
    instruments: Annotated[Table, Column("Agreements that articles and given files speak of.")]
    instrument: Annotated[str | None, Column("The one whose limits are shown.")]
    terms: Annotated[tuple[Term, ...], Column("Its parties, dates and means of verification.")]
    limits: Annotated[tuple[LimitShown, ...], Column("Its limits, those with clear figures first.")]


def build(room: Room) -> CommitmentsPage:
    """The agreements, and the limits of the one that is asked for, else of the first."""
    stamp, settings = last_correction(room.store), room.settings
    known: Table = room.memory(
        "instruments", stamp, lambda: with_given(instruments(room.store), settings.limits)
    )
    named = room.given("instrument") or next(
        (row["name"] for row in known if row["n_limits"]), None
    )
    if named is None:
        shown = Shown(terms=(), limits=())
    else:
        shown = room.memory(("limits", named), stamp, lambda: _shown_of(room, known, named))
    return CommitmentsPage(
        asked=room.given.shown(),
        instruments=known,
        instrument=named,
        terms=shown.terms,
        limits=shown.limits,
    )


def _shown_of(room: Room, known: Table, name: str) -> Shown:
    store, settings, kept = room.store, room.settings, room.memory.documents
    own = instrument_key(name)
    names = [row["name"] for row in known if instrument_key(row["name"]) == own]
    return Shown(
        terms=tuple(terms_of(store, names, kept)),
        limits=tuple(limits_of(store, name, settings.limits, settings.figures, kept)),
    )


def with_given(known: Table, limits: Iterable[Bound]) -> Table:
    """The agreements of articles, and those of which only a user's file has limits."""
    own = {instrument_key(row["name"]) for row in known}
    found: dict[str, dict[str, Any]] = {}
    for limit in limits:
        key = instrument_key(limit.instrument)
        if key not in own:
            empty: dict[str, Any] = dict.fromkeys(known.columns)
            row = found.setdefault(
                key, empty | {"name": limit.instrument, "n_documents": 0, "n_limits": 0}
            )
            row["n_limits"] += 1
    return table_of(known.columns, [*known.to_dicts(), *found.values()])


def limits_of(
    store: Store,
    name: str,
    given_limits: Sequence[Bound],
    given_figures: Sequence[Figure],
    kept: FoundInDocuments,
) -> list[LimitShown]:
    """The limits of an agreement, with figures from the newest documents that may give them.

    Args:
        store: Articles that state limits and figures.
        name: The agreement, by one of its names.
        given_limits: Limits that the user gives, of any agreement.
        given_figures: Figures that the user gives.
        kept: What was found in documents before.
    """
    own = instrument_key(name)
    bounds = [one for one in given_limits if instrument_key(one.instrument) == own]
    for number in stating(store, lambda one: instrument_key(one) == own):
        found = kept(store, number, find_limits, without=NOT_OF_TERMS)
        bounds += [one for one in found if instrument_key(one.instrument) == own]
    figures = [*given_figures] if bounds else []
    for number in with_words(store, _things(bounds)):
        figures += kept(store, number, find_figures)
    groups: dict[int, list[Row]] = {}
    for row in compare(bounds, figures):
        groups.setdefault(id(row.limit), []).append(row)
    shown = [_shown(rows, figures) for rows in groups.values()]
    return sorted(shown, key=lambda one: (not one.n_clear, not one.n_figures))


def _things(bounds: Iterable[Bound]) -> list[str]:
    """The words for what is limited, the last of each phrase: warheads, launchers."""
    words = (bound.of.split()[-1] for bound in bounds if bound.of.split())
    return sorted({word.strip("\"'()").lower() for word in words} - {""})


def _shown(rows: Sequence[Row], figures: Sequence[Figure]) -> LimitShown:
    limit = rows[0].limit
    told = list(_with_other_days(rows, figures))
    terms = {"from": limit.start, "until": limit.until, "suspended": limit.suspended}
    title = _title(limit)
    return LimitShown(
        instrument=limit.instrument,
        title=title,
        terms={name: value for name, value in terms.items() if value},
        rows=tuple(row_to_json(row) | {"outside": outside} for row, outside in told),
        chart=chart_of(told, title),
        n_clear=sum(row.state in _CLEAR for row, outside in told if not outside),
        n_figures=sum(one.figure.value is not None for row, _ in told for one in row.figures),
    )


def _title(limit: Bound) -> str:
    value = None if limit.value is None else f"{limit.value:,.10g}"
    upper = None if limit.upper is None else f"and {limit.upper:,.10g}"
    per = limit.per and f"per {limit.per}"
    parts = (limit.comparator, value, upper, limit.unit, limit.of, per)
    return " ".join(part for part in parts if part)


def _with_other_days(rows: Sequence[Row], figures: Sequence[Figure]) -> Iterator[tuple[Row, bool]]:
    """Rows by party, the latest first, with those of days on which the limit did not hold."""
    limit = rows[0].limit
    always = dataclasses.replace(limit, start=None, until=None)
    others = [
        row
        for row in (compare([always], figures) if limit.start or limit.until else [])
        if row.figures and is_outside(row.date, start=limit.start, until=limit.until)
    ]
    parties = dict.fromkeys(row.party for row in (*rows, *others))
    for party in parties:
        own = [(row, False) for row in rows if row.party == party]
        more = [(row, True) for row in others if row.party == party]
        if more:
            own = [one for one in own if one[0].figures]
        yield from sorted([*own, *more], key=lambda one: one[0].date or "", reverse=True)


PAGE = Page(
    name="commitments",
    path="/commitments",
    about="Agreements with their limits, and the figures that are reported.",
    model=CommitmentsPage,
    build=build,
    parameters=(Parameter(name="instrument", about="Name of an agreement."),),
)
