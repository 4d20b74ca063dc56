"""Entities that go from one actor to another, with all that points at them."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from onrecord.registry.profiles import Profile
from onrecord.registry.rows import Rows

# Columns of other tables that name an actor, with the column of the document they do it in.
_POINTERS = (
    ("stances", "document", "speaker"),
    ("disputes", "first_document", "first_speaker"),
    ("disputes", "second_document", "second_speaker"),
)


def entities_of(
    connection: sqlite3.Connection, actor: int, limit: int = -1
) -> list[tuple[int, str]]:
    """Documents and entities of an actor, in order of arrival."""
    rows = connection.execute(
        "SELECT document, entity FROM actor_entities WHERE actor = ?"
        " ORDER BY document, entity LIMIT ?",
        (actor, limit),
    )
    return [(row[0], row[1]) for row in rows]


def move_entities(
    connection: sqlite3.Connection, old: Profile, new: Profile, moved: Iterable[tuple[int, str]]
) -> None:
    """Give entities of an actor to another; one that has none left is gone then."""
    by_document: defaultdict[int, list[str]] = defaultdict(list)
    for document, entity in moved:
        by_document[document].append(entity)
    for document, entities in by_document.items():
        Rows(connection).move(document, entities, old, new)
        _follow(connection, document, old.number, new.number)


def _follow(connection: sqlite3.Connection, document: int, old: int, new: int) -> None:
    """Let rows of a document that name an actor name the one that its entities are now.

    Where some of its entities in the document stay, nobody can tell which one a row means.
    """
    stays = connection.execute(
        "SELECT 1 FROM actor_entities WHERE document = ? AND actor = ?", (document, old)
    ).fetchone()
    if stays is not None:
        return
    for table, of, column in _POINTERS:
        connection.execute(
            f"UPDATE {table} SET {column} = ? WHERE {of} = ? AND {column} = ?",  # noqa: S608 - names of ours
            (new, document, old),
        )
