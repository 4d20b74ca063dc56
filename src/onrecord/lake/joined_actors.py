"""Actors of all blocks of a lake, made one.

Two are one if they share more than half of the entities that they could share, or what
identifies them in tables and on the map: a state, a place, a body of a state, a known person.
An actor with neither is passed on as it is.
"""

import collections
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.lake.link_plans import Block, Told
from onrecord.lake.link_rows import Row, Rows
from onrecord.lake.unions import Found, Unions, homes, joined
from onrecord.records import content_id

Entity = tuple[str, str]
_KEYS: Final = ("body:", "person:", "place:", "state:")


@dataclass(slots=True)
class _Actor:
    """An actor, as far as it is known: its documents, its first entity, how it is shown."""

    documents: set[str] = field(default_factory=set)
    first: Entity | None = None
    shown: Row | None = None


class JoinedActors:
    """Actors of a lake.

    Args:
        told: All documents.
        shared: The blocks of each document that several have linked.
    """

    def __init__(self, told: Mapping[str, Told], shared: Mapping[str, Sequence[str]]) -> None:
        self._told, self._shared = told, shared
        self._members: dict[Found, list[Entity]] = collections.defaultdict(list)
        self._actors: dict[Found, _Actor] = {}
        self._first_with: dict[str, Found] = {}
        self._same: list[tuple[Found, Found]] = []
        self._unions: Unions[Found] = Unions()
        self._home: dict[Entity, Found] = {}
        self._chosen: dict[Entity, Found] = {}
        self._ids: dict[Found, str] = {}

    def look(self, block: Block, rows: Rows) -> None:
        """Take note of a block."""
        shown = {row["id"]: row for row in rows["known_actors"]}
        for actor, own in _by_actor(rows).items():
            group = block.id, actor
            keys = _keys(own)
            for key in keys:
                first = self._first_with.setdefault(key, group)
                if first != group:
                    self._same.append((first, group))
            shared = [one for one in map(_entity, own) if one[0] in self._shared]
            if shared:
                self._members[group] = shared
            if shared or keys:
                self._actors[group] = known = _Actor(shown=shown[actor])
                for one in map(_entity, own):
                    if one[0] not in self._shared:
                        self._add(known, one)

    def _add(self, actor: _Actor, entity: Entity) -> None:
        document = self._told[entity[0]].id
        actor.documents.add(document)
        if actor.first is None or self._order(entity) < self._order(actor.first):
            actor.first = document, entity[1]

    def _order(self, entity: Entity) -> tuple[tuple[bool, str, str], str]:
        return self._told[entity[0]].order, entity[1]

    def settle(self) -> None:
        """All blocks were seen."""
        blocks = {one: self._shared[one[0]] for own in self._members.values() for one in own}
        self._unions = joined(self._members, blocks)
        for one, other in self._same:
            self._unions.join(one, other)
        sizes = {group: _size(self._actors[group]) for group in self._members}
        self._home = homes(self._members, sizes, self._unions)
        for group, entities in self._members.items():
            for entity in entities:
                if self._unions.top(group) == self._home[entity]:
                    self._chosen.setdefault(entity, group)
        whole: dict[Found, _Actor] = collections.defaultdict(_Actor)
        for group in sorted(self._actors, key=lambda own: (-_size(self._actors[own]), own)):
            part, actor = self._actors[group], whole[self._unions.top(group)]
            actor.documents |= part.documents
            actor.shown = actor.shown or part.shown
            if part.first is not None:
                self._add(actor, part.first)
        for entity, home in self._home.items():
            self._add(whole[home], entity)
        self._actors = {group: actor for group, actor in whole.items() if actor.first}
        self._ids = {
            group: content_id("actor", *actor.first)
            for group, actor in self._actors.items()
            if actor.first is not None
        }

    def of(self, block: str, actor: str | None) -> str | None:
        """What the actor of a block is called now."""
        if actor is None:
            return None
        return self._ids.get(self._unions.top((block, actor)), actor)

    def rows(self, block: Block, rows: Rows) -> Iterator[tuple[str, Row]]:
        """What comes from a block: its own actors, and entities."""
        for row in rows["known_actors"]:
            if self._unions.top((block.id, row["id"])) not in self._ids and (
                (block.id, row["id"]) not in self._members
            ):
                yield "known_actors", row
        for row in rows["actor_entities"]:
            group = block.id, row["actor"]
            if self._chosen.get(_entity(row), group) == group:
                yield "actor_entities", {**row, "actor": self.of(*group)}

    def left(self) -> Iterator[tuple[str, Row]]:
        """The actors that several blocks have seen, and those with a key."""
        for group, actor in self._actors.items():
            dates = [p for one in actor.documents if (p := self._told[one].published) is not None]
            yield (
                "known_actors",
                {
                    **(actor.shown or {}),
                    "id": self._ids[group],
                    "first_seen": min(dates, default=None),
                    "n_documents": len(actor.documents),
                },
            )


def _by_actor(rows: Rows) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = collections.defaultdict(list)
    for row in rows["actor_entities"]:
        found[row["actor"]].append(row)
    return found


def _entity(row: Row) -> Entity:
    return row["document"], row["entity"]


def _size(actor: _Actor) -> int:
    return int((actor.shown or {}).get("n_documents", 0))


def _keys(rows: Iterable[Row]) -> set[str]:
    """What identifies an actor beside its names."""
    found = (key for row in rows for key in json.loads(row["why"]).get("keys", ()))
    return {key for key in found if key.startswith(_KEYS)}
