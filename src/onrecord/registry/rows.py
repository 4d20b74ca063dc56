"""Rows of `actor_entities`, with the counts of the actors that hang on them.

One way in and one way out: whatever adds, moves or removes rows goes through here, so that the
counts of an actor are always those of its rows.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.registry import profiles
from onrecord.registry.appearances import Appearance
from onrecord.registry.profiles import Profile, Writing, encode, merged

_OF_DOCUMENT = "SELECT entity, actor, why FROM actor_entities WHERE document = ? ORDER BY entity"


class Rows:
    """The rows of documents in the file of a store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._writing = Writing(connection)

    def add_document(
        self,
        number: int,
        published: str | None,
        rows: Sequence[tuple[Appearance, int, Mapping[str, Any], float]],
        known: Mapping[int, Profile],
    ) -> None:
        """Write the rows of a document that has none yet."""
        self._connection.executemany(
            "INSERT INTO actor_entities VALUES (?, ?, ?, ?, ?)",
            [
                (number, own.entity, actor, encode(why), probability)
                for own, actor, why, probability in rows
            ],
        )
        told: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
        for _, actor, why, _ in sorted(rows, key=lambda row: row[0].entity):
            told[actor].append(why)
        missing = profiles.load(self._connection, told.keys() - known.keys())
        for actor, whys in told.items():
            own_profile = known.get(actor) or missing[actor]
            self._change(own_profile, number, published, before=[], after=whys)
        self._writing.flush()

    def remove_document(self, number: int) -> None:
        """Take the rows of a document out; actors that nobody names any more go too."""
        told: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
        for _, actor, why in self._connection.execute(_OF_DOCUMENT, (number,)).fetchall():
            told[actor].append(json.loads(why))
        self._connection.execute("DELETE FROM actor_entities WHERE document = ?", (number,))
        published = self._published(number)
        for actor, own in profiles.load(self._connection, told).items():
            self._change(own, number, published, before=told[actor], after=[])
        self._writing.flush()

    def move(self, number: int, entities: Iterable[str], old: Profile, new: Profile) -> None:
        """Give entities of a document from one actor to another."""
        moved = set(entities)
        rows = self._connection.execute(_OF_DOCUMENT, (number,)).fetchall()
        before: dict[int, list[Any]] = {old.number: [], new.number: []}
        after: dict[int, list[Any]] = {old.number: [], new.number: []}
        for entity, actor, why in rows:
            if actor in before:
                told = json.loads(why)
                before[actor].append(told)
                after[new.number if entity in moved else actor].append(told)
        self._connection.executemany(
            "UPDATE actor_entities SET actor = ? WHERE document = ? AND entity = ?",
            [(new.number, number, entity) for entity in sorted(moved)],
        )
        published = self._published(number)
        for own in (new, old):
            self._change(own, number, published, before=before[own.number], after=after[own.number])
        self._writing.flush()

    def _published(self, number: int) -> str | None:
        row = self._connection.execute(
            "SELECT published FROM documents WHERE number = ?", (number,)
        ).fetchone()
        return None if row is None else row[0]

    def _change(
        self,
        own: Profile,
        number: int,
        published: str | None,
        *,
        before: Sequence[Mapping[str, Any]],
        after: Sequence[Mapping[str, Any]],
    ) -> None:
        """Put the counts of an actor right after one document has other rows of it."""
        old, new = merged(before), merged(after)
        if before:
            own.change(old, -1)
        if after:
            own.change(new, +1)
            if own.like is None or own.like[0] == number:
                own.like = [number, *_place(after[0])]
            if published and (own.first_seen is None or published < own.first_seen):
                own.first_seen = published
        if own.n_documents and not after:
            self._forget(own, number, published)
        names, keys = {*old["names"], *new["names"]}, {*old["keys"], *new["keys"]}
        self._writing.put(own, names=sorted(names), keys=sorted(keys))

    def _forget(self, own: Profile, number: int, published: str | None) -> None:
        """Put right what an actor keeps of a single document, when that one goes."""
        if own.like and own.like[0] == number:
            own.like = self._other_place(own.number)
        if published and own.first_seen == published:
            own.first_seen = self._first_seen(own.number)

    def _other_place(self, actor: int) -> list[int] | None:
        row = self._connection.execute(
            "SELECT document, why FROM actor_entities WHERE actor = ? LIMIT 1", (actor,)
        ).fetchone()
        return None if row is None else [row[0], *_place(json.loads(row[1]))]

    def _first_seen(self, actor: int) -> str | None:
        row = self._connection.execute(
            "SELECT min(d.published) FROM actor_entities AS e"
            " JOIN documents AS d ON d.number = e.document WHERE e.actor = ?",
            (actor,),
        ).fetchone()
        return None if row is None else row[0]


def _place(why: Mapping[str, Any]) -> tuple[int, int]:
    return why["span"]["start"], why["span"]["end"]
