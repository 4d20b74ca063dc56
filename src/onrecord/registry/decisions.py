"""What persons have decided about actors, so that it holds when documents are linked again.

A decision names entities by the ids of their documents and by their own, and by their name
where a later model gives entities other ids. A merge says that two entities are one actor; a
split, that some entities are one actor, and another entity is not that one.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.records import ChangeKind
from onrecord.registry import profiles
from onrecord.registry.appearances import Appearance
from onrecord.registry.moving import entities_of, move_entities


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """An entity that a decision names.

    Attributes:
        document: The id of its document.
        entity: Its id.
        names: Its normal names.
    """

    document: str
    entity: str
    names: tuple[str, ...]

    def is_of(self, own: Appearance) -> bool:
        """Whether an entity of its document is the one that is meant."""
        if own.entity == self.entity:
            return True
        return bool(self.names) and {name.normal for name in own.names} >= set(self.names[:1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What decisions say of an entity: which actor it is, and which it never is."""

    actor: int | None = None
    never: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decision:
    kind: ChangeKind
    kept: tuple[Anchor, ...]
    moved: tuple[Anchor, ...]


def keep(
    connection: sqlite3.Connection,
    kind: ChangeKind,
    kept: Iterable[tuple[int, str]],
    moved: Iterable[tuple[int, str]],
) -> None:
    """Keep a decision about entities, given by document and id."""
    sides = [[_anchor(connection, *row) for row in side] for side in (kept, moved)]
    texts = [json.dumps(side, ensure_ascii=False) for side in sides]
    row = connection.execute(
        "INSERT INTO actor_decisions (kind, kept, moved) VALUES (?, ?, ?) RETURNING number",
        (kind.value, *texts),
    ).fetchone()
    documents = {anchor["document"] for side in sides for anchor in side}
    connection.executemany(
        "INSERT INTO actor_decision_documents VALUES (?, ?)",
        [(document, row[0]) for document in sorted(documents)],
    )


def _anchor(connection: sqlite3.Connection, document: int, entity: str) -> dict[str, Any]:
    row = connection.execute(
        "SELECT d.id, e.why FROM actor_entities AS e JOIN documents AS d ON d.number = e.document"
        " WHERE e.document = ? AND e.entity = ?",
        (document, entity),
    ).fetchone()
    names = sorted(json.loads(row[1])["names"], key=lambda name: (-len(name.split()), name))
    return {"document": row[0], "entity": entity, "names": names}


class Decided:
    """The decisions that name entities of one document."""

    def __init__(self, connection: sqlite3.Connection, document: str) -> None:
        self._connection, self._document = connection, document
        rows = connection.execute(
            "SELECT d.kind, d.kept, d.moved FROM actor_decision_documents AS at"
            " JOIN actor_decisions AS d ON d.number = at.decision WHERE at.document = ?"
            " ORDER BY d.number",
            (document,),
        ).fetchall()
        self._decisions = [
            _Decision(kind=ChangeKind(kind), kept=_anchors(kept), moved=_anchors(moved))
            for kind, kept, moved in rows
        ]

    def of(self, own: Appearance) -> Fixed:
        """What splits say of an entity of the document."""
        actor: int | None = None
        never: set[int] = set()
        for decision in self._decisions:
            if decision.kind is not ChangeKind.SPLIT:
                continue
            is_moved, is_kept = (
                any(a.document == self._document and a.is_of(own) for a in side)
                for side in (decision.moved, decision.kept)
            )
            if is_moved:
                actor = self._actor(decision.moved) or actor
                never |= self._actors(decision.kept)
            elif is_kept:
                never |= self._actors(decision.moved)
        return Fixed(actor=None if actor in never else actor, never=frozenset(never))

    def apply(self) -> None:
        """Make those one that merges say are one, now that the document is linked."""
        for decision in self._decisions:
            if decision.kind is not ChangeKind.MERGE:
                continue
            kept, gone = self._actor(decision.kept), self._actor(decision.moved)
            if kept is not None and gone is not None and kept != gone:
                found = profiles.load(self._connection, (kept, gone))
                moved = entities_of(self._connection, gone)
                move_entities(self._connection, found[gone], found[kept], moved)

    def _actor(self, anchors: Sequence[Anchor]) -> int | None:
        return min(self._actors(anchors), default=None)

    def _actors(self, anchors: Sequence[Anchor]) -> set[int]:
        return _actors_of(self._connection, anchors)


def _actors_of(connection: sqlite3.Connection, anchors: Sequence[Anchor]) -> set[int]:
    """The actors that some entities are now, as far as their documents are linked."""
    found: set[int] = set()
    for anchor in anchors:
        rows = connection.execute(
            "SELECT e.entity, e.actor, e.why FROM documents AS d"
            " JOIN actor_entities AS e ON e.document = d.number WHERE d.id = ?",
            (anchor.document,),
        ).fetchall()
        exact = [actor for entity, actor, _ in rows if entity == anchor.entity]
        named = [
            actor
            for _, actor, why in rows
            if anchor.names and anchor.names[0] in json.loads(why)["names"]
        ]
        found |= set(exact or named[:1])
    return found


def are_apart(connection: sqlite3.Connection, first: int, second: int) -> bool:
    """Whether a person has split what two actors are."""
    rows = connection.execute(
        "SELECT kept, moved FROM actor_decisions WHERE kind = 'split' ORDER BY number"
    ).fetchall()
    for row in rows:
        kept, moved = (_actors_of(connection, _anchors(side)) for side in row)
        if (first in kept and second in moved) or (second in kept and first in moved):
            return True
    return False


def drop_overruled(connection: sqlite3.Connection) -> None:
    """Forget decisions that a later one has undone: what was merged is split, or the reverse."""
    rows = connection.execute("SELECT number, kind, kept, moved FROM actor_decisions").fetchall()
    for number, kind, *sides in rows:
        kept, moved = (_actors_of(connection, _anchors(side)) for side in sides)
        is_one = bool(kept & moved)
        if kept and moved and is_one != (kind == ChangeKind.MERGE):
            connection.execute("DELETE FROM actor_decision_documents WHERE decision = ?", (number,))
            connection.execute("DELETE FROM actor_decisions WHERE number = ?", (number,))


def _anchors(content: str) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(document=own["document"], entity=own["entity"], names=tuple(own["names"]))
        for own in json.loads(content)
    )
