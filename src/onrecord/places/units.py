"""The names of a document as units, each with its candidates.

Marked names come first, equal ones as one unit; after them names that stand elsewhere in the
text, in the name of the outlet, and words for nationalities, which only speak for others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from onrecord.places.gazetteers import Candidates, Gazetteer
from onrecord.places.indexes import (
    ABBREVIATION,
    AREA,
    COUNTRY,
    DISTRICT,
    MAIN,
    REGION,
    SETTLEMENT,
    SHORT,
)
from onrecord.places.names import country_name
from onrecord.places.outlets import Outlet
from onrecord.places.phrases import NO_HINT, Context, Phrase, pieces_of
from onrecord.places.tables import nationalities

Rows = NDArray[np.int64]
# How much a name speaks for others, against a marked one.
_CONTEXT_WEIGHT = 0.5
_OUTLET_WEIGHT = 1.0
_LOCAL_WEIGHT = 0.5
_DATELINE_WEIGHT = 1.5
_LEAST_POPULATION = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Mentions of one name, or a name that is only context.

    Attributes:
        name: The normal name under which the gazetteer has it.
        mentions: Numbers of its mentions; empty for context.
        rows: Its candidates, as rows of what was looked up.
        weight: How much it speaks for others.
        containers: Normal names of what its mentions are said to lie in.
        hint: Whether it is called a division or a settlement.
    """

    name: str
    rows: Rows
    weight: float
    mentions: tuple[int, ...] = ()
    containers: tuple[tuple[str, ...], ...] = ()
    hint: int = NO_HINT


class Lookup:
    """Candidates of all names that a document may mean, looked up at once."""

    def __init__(
        self, gazetteer: Gazetteer, phrases: Sequence[Phrase], context: Context, outlet: Outlet
    ) -> None:
        self.pieces = {run: pieces_of(run) for run in context.runs}
        wanted: dict[str, None] = {}
        for phrase in phrases:
            wanted.update(dict.fromkeys(name for name, _ in phrase.names))
            wanted.update(dict.fromkeys(phrase.containers))
        for own in self.pieces.values():
            wanted.update(dict.fromkeys(name for _, _, name in own))
        wanted.update(dict.fromkeys(outlet.names))
        wanted.update((country_name(code), None) for code in context.countries)
        people = nationalities()
        self.keys = [country_name(people[name]) if name in people else name for name in wanted]
        self.numbers = {name: number for number, name in enumerate(wanted)}
        self.found: Candidates = gazetteer.find(self.keys)
        bounds = np.searchsorted(self.found.owner_C, np.arange(len(self.keys) + 1))
        self._bounds: list[int] = bounds.tolist()

    def rows(self, name: str) -> Rows:
        """Rows of the candidates of a name."""
        number = self.numbers.get(name)
        if number is None:
            return np.zeros(0, np.int64)
        return np.arange(self._bounds[number], self._bounds[number + 1])

    def has(self, name: str) -> bool:
        """Whether a name has a candidate."""
        number = self.numbers.get(name)
        return number is not None and self._bounds[number] < self._bounds[number + 1]


def marked_units(lookup: Lookup, phrases: Sequence[Phrase]) -> list[Unit]:
    """Units of the marked names that the gazetteer has, in the order of their first mention."""
    groups: dict[str, dict[str, list[tuple[int, Phrase, int]]]] = {}
    for number, phrase in enumerate(phrases):
        for name, hint in phrase.names:
            if lookup.has(name):
                own = groups.setdefault(name, {})
                label = _label(lookup, name, phrase) or next(reversed(own), "")
                if label and "" in own:
                    own[label] = own.pop("")
                own.setdefault(label, []).append((number, phrase, hint or phrase.hint))
                break
    return [
        _unit(lookup, name, mentions) for name, own in groups.items() for mentions in own.values()
    ]


def _label(lookup: Lookup, name: str, phrase: Phrase) -> str:
    """The country or division that the words after a name put it in, if it has a place there."""
    found, rows = lookup.found, lookup.rows(name)
    for container in phrase.containers:
        for row in lookup.rows(container).tolist():
            kind = found.kind_C[row]
            shares = (found.country_C if kind == COUNTRY else found.region_C)[rows]
            own = found.country_C[row] if kind == COUNTRY else found.region_C[row]
            if kind == COUNTRY and (found.kind_C[rows] == COUNTRY).any():
                continue
            if kind <= REGION and ((shares == own) & (found.kind_C[rows] > kind)).any():
                return container
    return ""


def _unit(lookup: Lookup, name: str, mentions: Sequence[tuple[int, Phrase, int]]) -> Unit:
    is_dateline = any(phrase.in_dateline for _, phrase, _ in mentions)
    hint = max(hint for _, _, hint in mentions)
    return Unit(
        name=name,
        rows=_without_short(lookup, name) if hint == NO_HINT else lookup.rows(name),
        mentions=tuple(number for number, _, _ in mentions),
        weight=log1p(len(mentions)) * (_DATELINE_WEIGHT if is_dateline else 1.0),
        containers=tuple(phrase.containers for _, phrase, _ in mentions if phrase.containers),
        hint=hint,
    )


def _without_short(lookup: Lookup, name: str) -> Rows:
    """Candidates of a name; "Texas" alone is a state, and no Texas County anywhere."""
    found, rows = lookup.found, lookup.rows(name)
    form, kind = found.form_C[rows], found.kind_C[rows]
    is_large = ((form == MAIN) & (kind <= REGION)).any()
    return np.asarray(rows[form != SHORT]) if is_large else rows


def context_units(lookup: Lookup, context: Context, outlet: Outlet, but: set[str]) -> list[Unit]:
    """Units of what else is named, each once."""
    counts: dict[str, tuple[int, bool]] = {}
    for run, (count, is_after) in context.runs.items():
        for name in _longest(lookup, lookup.pieces[run]):
            before, was_after = counts.get(name, (0, False))
            counts[name] = (before + count, was_after or is_after)
    units = []
    for name, (count, is_after) in counts.items():
        rows = _telling(lookup, name, is_after=is_after)
        if name not in but and len(rows):
            units.append(Unit(name=name, rows=rows, weight=_CONTEXT_WEIGHT * log1p(count)))
    for code, count in context.countries.items():
        rows = lookup.rows(country_name(code))
        if len(rows):
            weight = _LOCAL_WEIGHT * log1p(count)
            units.append(Unit(name=country_name(code), rows=rows, weight=weight))
    for name in outlet.names:
        rows = _of_outlet(lookup, name)
        if len(rows):
            units.append(Unit(name=name, rows=rows, weight=_OUTLET_WEIGHT))
            break
    return units


def _longest(lookup: Lookup, pieces: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    taken: set[int] = set()
    for start, end, name in pieces:
        if lookup.has(name) and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield name


def _telling(lookup: Lookup, name: str, *, is_after: bool) -> Rows:
    """Candidates of a name that nobody marked as a place: the kinds that are rarely a person's."""
    found, rows = lookup.found, lookup.rows(name)
    kind = found.kind_C[rows]
    fits = (kind == COUNTRY) | (kind == REGION) | (kind == AREA)
    if " " in name:
        fits |= kind == DISTRICT
    if is_after:
        fits |= (kind == SETTLEMENT) & (found.population_C[rows] >= _LEAST_POPULATION)
    return np.asarray(rows[fits & (found.form_C[rows] == MAIN)])


def _of_outlet(lookup: Lookup, name: str) -> Rows:
    found, rows = lookup.found, lookup.rows(name)
    kind, form = found.kind_C[rows], found.form_C[rows]
    fits = (form == MAIN) | ((form == ABBREVIATION) & (kind == REGION))
    return np.asarray(rows[fits])
