"""The terms of an agreement as articles tell them: each with all places that say so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.export.event_overviews import EventFinder, Terms
from onrecord.queries.room_limits import speaking_of
from onrecord.records import Column, Commitment, Reading
from onrecord.serve.memories import FoundInDocuments
from onrecord.store import Store

_DATES = ("signed", "in_force", "extended", "suspended", "expires")
_MOST_PLACES = 8
# Rows that say nothing of an agreement.
NOT_OF_TERMS = frozenset({"mentions", "events", "control_claims"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Something that an agreement says, or that is said of it."""

    name: Annotated[str, Column("parties, signed, in force, extended, suspended, expires, checks.")]
    value: Annotated[str, Column("A day, or words.")]
    places: Annotated[
        tuple[Mapping[str, Any], ...],
        Column("Who says so: asserter (null for the outlet), outlet, document, start, end."),
    ]


def terms_of(store: Store, names: Sequence[str], kept: FoundInDocuments) -> Iterator[Term]:
    """The terms of the agreement with one of some names; sources that differ stand together.

    Args:
        store: Where articles speak of it.
        names: All names of it that the store has.
        kept: What was found in documents before.
    """
    own = frozenset(name.casefold() for name in names)
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}

    def find(reading: Reading) -> list[tuple[str, str, Mapping[str, Any]]]:
        return list(_told(reading, own))

    for number in speaking_of(store, names) if names else ():
        for name, value, place in kept(store, number, find, key=own, without=NOT_OF_TERMS):
            places = found.setdefault((name, value), [])
            if place not in places and len(places) < _MOST_PLACES:
                places.append(place)
    for name in ("parties", *(one.replace("_", " ") for one in _DATES), "checks"):
        for (term, value), places in found.items():
            if term == name:
                yield Term(name=name, value=value, places=tuple(places))


def _told(reading: Reading, names: frozenset[str]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    finder = EventFinder(reading)
    for row in reading.commitments or ():
        words = finder.terms(row)
        if words.instrument.casefold() in names:
            place = _place(reading, row, words)
            yield from ((name, value, place) for name, value in _values(row, words))


def _values(row: Commitment, words: Terms) -> Iterable[tuple[str, str]]:
    if words.parties:
        yield "parties", words.parties
    for name in _DATES:
        value = getattr(row, name)
        if value:
            yield name.replace("_", " "), value
    for means in words.verification:
        yield "checks", means


def _place(reading: Reading, row: Commitment, words: Terms) -> Mapping[str, Any]:
    return {
        "asserter": words.asserter,
        "outlet": reading.document.outlet,
        "document": reading.document.id,
        "start": row.span.start,
        "end": row.span.end,
    }
