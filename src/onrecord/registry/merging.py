"""Two actors that become one, and one that becomes two, by the program or by a person.

A person's decision is also kept as such (`decisions.py`), so that it holds when documents are
linked again. Claims and other rows that point at an actor follow its entities.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from onrecord.errors import StoreError
from onrecord.records import ActorChange, ChangeKind, content_id
from onrecord.registry import decisions, profiles
from onrecord.registry.appearances import Appearance
from onrecord.registry.deciding import can_be_one
from onrecord.registry.moving import entities_of, move_entities
from onrecord.registry.profiles import Profile
from onrecord.store import Store

# The program merges an actor of more entities into another never by itself.
MOST_MOVED = 200


def merge(store: Store, actor: str, other: str, *, why: str, by: str | None, at: str) -> str:
    """Make two actors one, inside of `writing`; it holds when documents are linked again.

    Args:
        store: The store.
        actor: The id of the one that stays, or the beginning of it.
        other: The id of the one that goes.
        why: The reason, as told.
        by: Who decides.
        at: The time, in ISO 8601.

    Returns:
        The id of the actor that stays.

    Raises:
        StoreError: There is no such actor, or both are one.
    """
    kept, gone = find_actor(store, actor), find_actor(store, other)
    if kept.number == gone.number:
        _fail(store, f"{actor} and {other} are one actor already")
    moved = entities_of(store.connection, gone.number)
    decisions.keep(
        store.connection, ChangeKind.MERGE, entities_of(store.connection, kept.number, 1), moved[:1]
    )
    move_entities(store.connection, gone, kept, moved)
    decisions.drop_overruled(store.connection)
    log(
        store.connection,
        ChangeKind.MERGE,
        kept.id,
        gone.id,
        {"reason": why, "moved": moved},
        by=by,
        at=at,
    )
    return kept.id


def split(
    store: Store, actor: str, entities: Sequence[str], *, why: str, by: str | None, at: str
) -> str:
    """Make entities of an actor another one, inside of `writing`; it holds when linked again.

    Args:
        store: The store.
        actor: The id of the actor, or the beginning of it.
        entities: Ids of some of its entities, or the beginnings of them.
        why: The reason, as told.
        by: Who decides.
        at: The time, in ISO 8601.

    Returns:
        The id of the new actor.

    Raises:
        StoreError: There is no such actor, an entity is not of it, or all of them are named.
    """
    connection = store.connection
    old = find_actor(store, actor)
    every = entities_of(connection, old.number)
    moved = [_entity(store, every, given, actor) for given in entities]
    left = [row for row in every if row not in moved]
    if not moved or not left:
        _fail(store, "a split needs some of the entities of an actor, and leaves some")
    new = _new_actor(connection, old, moved[0])
    decisions.keep(connection, ChangeKind.SPLIT, left[:1], moved)
    move_entities(connection, old, new, moved)
    decisions.drop_overruled(connection)
    log(
        connection,
        ChangeKind.SPLIT,
        old.id,
        new.id,
        {"reason": why, "moved": moved},
        by=by,
        at=at,
    )
    return new.id


def find_actor(store: Store, given: str) -> Profile:
    """An actor by its id, or the beginning of it.

    Raises:
        StoreError: There is none, or several begin so.
    """
    rows = store.connection.execute(
        "SELECT number FROM known_actors WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
        (given, f"{given}\U0010ffff"),
    ).fetchall()
    if not given or not rows:
        _fail(store, f"no actor has an id that begins with {given!r}; look with `actors find`")
    if len(rows) > 1:
        _fail(store, f"several actors have ids that begin with {given!r}; give more of it")
    return profiles.load(store.connection, [rows[0][0]])[rows[0][0]]


def log(
    connection: sqlite3.Connection,
    kind: ChangeKind,
    actor: str,
    other: str,
    why: Mapping[str, Any],
    *,
    by: str | None,
    at: str,
) -> int:
    """Note a change, and return its number."""
    row = connection.execute(
        'INSERT INTO actor_changes (kind, actor, other, why, "by", at)'
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
        (kind.value, actor, other, json.dumps(why, ensure_ascii=False), by, at),
    ).fetchone()
    return int(row[0])


def list_changes(store: Store) -> list[ActorChange]:
    """All merges and splits, in order."""
    rows = store.connection.execute(
        'SELECT number, kind, actor, other, why, "by", at FROM actor_changes ORDER BY number'
    )
    return [
        ActorChange(
            number=row[0],
            kind=ChangeKind(row[1]),
            actor=row[2],
            other=row[3],
            why=json.loads(row[4]),
            by=row[5],
            at=row[6],
        )
        for row in rows
    ]


def merge_by_program(
    connection: sqlite3.Connection, document: int, own: Appearance, actor: int, other: int
) -> None:
    """Merge two actors that an entity has names of both of, if nothing speaks against it."""
    found = profiles.load(connection, (actor, other))
    if len(found) < 2 or decisions.are_apart(connection, actor, other):
        return
    kept, gone = sorted(found.values(), key=lambda each: (-each.n_documents, each.number))
    if not _joins(own, kept, gone) or not can_be_one(kept, gone):
        return
    moved = entities_of(connection, gone.number, MOST_MOVED + 1)
    if len(moved) > MOST_MOVED:
        return
    move_entities(connection, gone, kept, moved)
    why = {
        "reason": "one entity has names of both",
        "document": document,
        "entity": own.entity,
        "names": [name.shown for name in own.names],
        "kind": gone.kind.value,
        "moved": moved,
    }
    at = _added_at(connection, document)
    number = log(connection, ChangeKind.MERGE, kept.id, gone.id, why, by=None, at=at)
    connection.execute("INSERT INTO actor_merges VALUES (?, ?)", (document, number))


def _joins(own: Appearance, first: Profile, second: Profile) -> bool:
    """Whether an entity tells more of two actors than that they have one name in common."""
    names = [{name.normal for name in own.names} & each.names.keys() for each in (first, second)]
    has_key = [own.key is not None and own.key in each.keys for each in (first, second)]
    return names[0] != names[1] or has_key[0] != has_key[1]


def undo_merges(connection: sqlite3.Connection, document: int, gone: set[int]) -> None:
    """Take back what the program merged because of a document that goes, among others that go.

    Where all that was moved goes too there is nothing to take back, and the merge is forgotten.
    """
    rows = connection.execute(
        "SELECT c.number, c.actor, c.other, c.why FROM actor_merges AS m"
        " JOIN actor_changes AS c ON c.number = m.change WHERE m.document = ?"
        " ORDER BY c.number DESC",
        (document,),
    ).fetchall()
    connection.execute("DELETE FROM actor_merges WHERE document = ?", (document,))
    for number, kept_id, gone_id, content in rows:
        moved = json.loads(content)["moved"]
        left = [(at, entity) for at, entity in moved if at not in gone]
        if left:
            _undo(connection, kept_id, gone_id, left, document)
        else:
            connection.execute("DELETE FROM actor_changes WHERE number = ?", (number,))


def _undo(
    connection: sqlite3.Connection,
    kept_id: str,
    gone_id: str,
    moved: Sequence[tuple[int, str]],
    document: int,
) -> None:
    row = connection.execute("SELECT number FROM known_actors WHERE id = ?", (kept_id,)).fetchone()
    is_back = connection.execute("SELECT 1 FROM known_actors WHERE id = ?", (gone_id,)).fetchone()
    if row is None or is_back is not None:
        return
    kept = profiles.load(connection, [row[0]])[row[0]]
    still = [pair for pair in moved if pair in set(entities_of(connection, kept.number))]
    if not still:
        return
    new = profiles.create(connection, gone_id, kept.kind, kept.name)
    move_entities(connection, kept, new, still)
    why = {"reason": "the document that joined them is gone", "moved": still}
    at_time = _added_at(connection, document)
    log(connection, ChangeKind.SPLIT, kept_id, gone_id, why, by=None, at=at_time)


def _new_actor(connection: sqlite3.Connection, old: Profile, first: tuple[int, str]) -> Profile:
    """The actor that a split makes; its id tells it from the one that its entity had made."""
    document, entity = first
    row = connection.execute("SELECT id FROM documents WHERE number = ?", (document,)).fetchone()
    own_id = content_id("actor", row[0], entity)
    taken = "SELECT 1 FROM known_actors WHERE id = ?"
    if connection.execute(taken, (own_id,)).fetchone() is not None:
        own_id = content_id("actor", row[0], entity, old.id)
    return profiles.create(connection, own_id, old.kind, old.name)


def _added_at(connection: sqlite3.Connection, document: int) -> str:
    """When a document was kept; the registry has no clock of its own."""
    row = connection.execute(
        "SELECT added_at FROM versions WHERE document = ?", (document,)
    ).fetchone()
    return "" if row is None else str(row[0])


def _entity(
    store: Store, every: Sequence[tuple[int, str]], given: str, actor: str
) -> tuple[int, str]:
    found = [row for row in every if given and row[1].startswith(given)]
    if not found:
        _fail(store, f"{actor} has no entity with an id that begins with {given!r}")
    if len(found) > 1:
        _fail(store, f"several entities of {actor} have ids that begin with {given!r}")
    return found[0]


def _fail(store: Store, problem: str) -> NoReturn:
    raise StoreError(path=str(store.path), problem=problem)
