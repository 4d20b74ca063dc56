"""Who is who across documents: writes the registry for documents that arrive, and undoes it.

What identifies itself (states, places on the map, bodies of a state, persons of the tables)
goes first, then bodies, then persons with full names, then surnames. Not here: what speaks for
an actor (`deciding.py`), what persons have decided (`decisions.py`).
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.records import Kind, Reading, content_id
from onrecord.registry import decisions, profiles
from onrecord.registry.appearances import Appearance, appearances_of, told_of
from onrecord.registry.candidates import MAX_ASKED, Candidates
from onrecord.registry.deciding import (
    Context,
    Verdict,
    best_of,
    group_of,
    reasons_in_json,
    weigh,
)
from onrecord.registry.merging import merge_by_program, undo_merges
from onrecord.registry.names import agree
from onrecord.registry.profiles import Profile
from onrecord.registry.rows import Rows
from onrecord.store import Arrival, Store

_NEW_PROBABILITY = 1.0
# Who is named in so many documents, and so many times as often as any other of the name, is
# meant where nothing tells: with a low probability.
_KNOWN_DOCUMENTS, _KNOWN_TIMES = 5, 5


def link(store: Store, arrivals: Iterable[Arrival]) -> None:
    """Find out who the entities of documents are that have just been added.

    Called inside of `writing`, after their stories are known.
    """
    for arrival in arrivals:
        _Document(store.connection, arrival.number, arrival.reading).link()


def unlink(store: Store, numbers: Iterable[int]) -> None:
    """Take documents out, before they are deleted or read again, inside of `writing`.

    What persons have decided about their entities is kept.
    """
    connection, gone = store.connection, set(numbers)
    for number in sorted(gone):
        undo_merges(connection, number, gone)
        Rows(connection).remove_document(number)


class _Document:
    """The entities of one document on their way into the registry."""

    def __init__(self, connection: sqlite3.Connection, number: int, reading: Reading) -> None:
        self._connection, self._number, self._reading = connection, number, reading
        self._appearances = sorted(appearances_of(reading), key=_order)
        self._candidates = Candidates(connection, number, self._appearances)
        possible = {actor for own in self._appearances for actor in self._candidates.of(own)}
        self._profiles = profiles.load(connection, possible)
        self._in_story = self._candidates.in_story(possible) if possible else frozenset()
        self._countries = frozenset(own.country for own in self._appearances if own.country)
        self._full_names = [
            (own.entity, name.words)
            for own in self._appearances
            if own.kind is Kind.PERSON
            for name in own.names
            if len(name.words) > 1
        ]
        self._chosen: set[int] = set()
        self._here: dict[str, tuple[int, str | None]] = {}
        self._new: dict[int, Profile] = {}

    def link(self) -> None:
        """Choose an actor for each entity, and write all of it."""
        rows: list[tuple[Appearance, int, dict[str, Any], float]] = []
        bridges: list[tuple[Appearance, int, set[int]]] = []
        decided = decisions.Decided(self._connection, self._reading.document.id)
        for own in self._appearances:
            fixed = decided.of(own)
            verdicts = [] if fixed.actor else self._verdicts(own, fixed.never)
            best = best_of(verdicts, self._sizes())
            actor = fixed.actor or (best.actor if best else self._same_here(own, fixed.never))
            if actor is None:
                actor = self._create(own)
            self._chosen.add(actor)
            self._here |= dict.fromkeys(_here(own), (actor, own.country))
            why = self._why(own, actor, best)
            if fixed.actor:
                why["reasons"] = [{"what": "decided by a person", "value": "", "weight": 1.0}]
            rows.append((own, actor, why, _probability(best)))
            if best is not None:
                bridges.append((own, actor, {v.actor for v in verdicts} - {actor}))
        Rows(self._connection).add_document(
            self._number, self._reading.document.published, rows, {**self._profiles, **self._new}
        )
        for own, actor, others in bridges:
            self._bridge(own, actor, others)
        decided.apply()

    def _verdicts(self, own: Appearance, never: frozenset[int]) -> list[Verdict]:
        """What speaks for each actor that it may be; company is looked at where the rest fails."""
        possible = sorted(self._candidates.of(own) - never)
        known = [self._profiles[actor] for actor in possible if actor in self._profiles]
        around = self._around(own, {})
        found = [verdict for other in known if (verdict := weigh(own, other, around))]
        if found or own.key is not None or not known:
            return found
        asked = sorted(known, key=lambda other: (-other.n_documents, other.number))[:MAX_ASKED]
        company = self._candidates.company((other.number for other in asked), self._chosen)
        around = self._around(own, company, _best_known(asked))
        return [verdict for other in known if (verdict := weigh(own, other, around))]

    def _around(
        self, own: Appearance, company: Mapping[int, str], best_known: int | None = None
    ) -> Context:
        return Context(
            has_namesake=self._has_namesake(own),
            in_story=self._in_story,
            company=company,
            best_known=best_known,
            countries=self._countries,
            is_dated=self._reading.document.published is not None,
        )

    def _has_namesake(self, own: Appearance) -> bool:
        """Whether the document names another person by a full name with the same surname."""
        if own.kind is not Kind.PERSON:
            return False
        surnames = {name.words[-1] for name in own.names}
        others = {
            words
            for entity, words in self._full_names
            if entity != own.entity and words[-1] in surnames
        }
        differ = any(not agree(words, name.words) for words in others for name in own.names)
        return differ or (not own.is_full and len(others) > 1)

    def _same_here(self, own: Appearance, never: frozenset[int]) -> int | None:
        """An actor that was chosen for another entity of this document with the same full name."""
        for name in _here(own):
            actor, country = self._here.get(name, (None, None))
            if actor is not None and actor not in never and _is_near(own.country, country):
                return actor
        return None

    def _sizes(self) -> dict[int, int]:
        return {number: own.n_documents for number, own in self._profiles.items()}

    def _create(self, own: Appearance) -> int:
        own_id = content_id("actor", self._reading.document.id, own.entity)
        number = max(self._new) + 1 if self._new else profiles.next_number(self._connection)
        self._new[number] = Profile(number=number, id=own_id, kind=own.kind)
        return number

    def _why(self, own: Appearance, actor: int, best: Verdict | None) -> dict[str, Any]:
        """What the row keeps: the reasons, words on both sides, and what the document tells."""
        known = self._profiles.get(actor)
        why: dict[str, Any] = {"reasons": reasons_in_json(best) if best else []}
        if best is not None and known is not None and known.like:
            document, start, end = known.like
            why["like"] = {"document": document, "span": {"start": start, "end": end}}
        return {**why, **told_of(own)}

    def _bridge(self, own: Appearance, actor: int, others: set[int]) -> None:
        """Actors that one entity has names of both of are one, if nothing speaks against it."""
        for other in sorted(others):
            merge_by_program(self._connection, self._number, own, actor, other)


def _best_known(ranked: Sequence[Profile]) -> int | None:
    """An actor that far more documents name than any other of these; most documents first."""
    sizes = [own.n_documents for own in ranked] + [0]
    is_known = sizes[0] >= _KNOWN_DOCUMENTS and sizes[0] >= _KNOWN_TIMES * sizes[1]
    return ranked[0].number if is_known else None


def _here(own: Appearance) -> list[str]:
    """What tells that two entities of one document are one: their key, else their names.

    Persons need a full name: two of one surname are often named together.
    """
    if own.key is not None:
        return [own.key]
    is_person = own.kind is Kind.PERSON
    names = [name for name in own.names if len(name.words) > 1 or not is_person]
    return [f"{group_of(own.kind)} {name.normal}" for name in names]


def _is_near(first: str | None, second: str | None) -> bool:
    return first is None or second is None or first == second


def _order(own: Appearance) -> tuple[int, str]:
    """What is sure comes first; of equals the order is that of their ids."""
    if own.key is not None:
        return 0, own.entity
    if own.kind is not Kind.PERSON:
        return 1, own.entity
    return (2 if own.is_full else 3), own.entity


def _probability(best: Verdict | None) -> float:
    return _NEW_PROBABILITY if best is None else best.probability
