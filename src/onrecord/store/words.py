"""Words to search, and ids of rows, kept in step with the rows of documents."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.records import Document, Entity, Span, Statement, joined_text
from onrecord.store.definitions import ROWS_PER_DOCUMENT
from onrecord.store.rows import as_bytes

# Tables whose rows are asked for by their ids.
TABLES_WITH_IDS = ("statements", "events", "control_claims", "commitments")


def statement_entry(document: int, position: int, row: Statement, text: str) -> tuple[Any, ...]:
    """A row of `statement_words`."""
    number = document * ROWS_PER_DOCUMENT + position
    return number, _words(row.content, text), _words(row.source, text)


def entity_entry(document: int, position: int, row: Entity) -> tuple[Any, ...]:
    """A row of `entity_words`."""
    return document * ROWS_PER_DOCUMENT + position, row.name


def _words(spans: Sequence[Span], text: str) -> str:
    return joined_text(tuple(spans), text)


_COLUMNS = {
    "document_words": "title, text",
    "statement_words": "content, source",
    "entity_words": "name",
    "row_ids": "ids",
}


def add_words(connection: sqlite3.Connection, table: str, entries: Iterable[Sequence[Any]]) -> None:
    """Make rows searchable."""
    _write(connection, table, entries, "rowid", ())


def remove_words(
    connection: sqlite3.Connection, table: str, entries: Iterable[Sequence[Any]]
) -> None:
    """Take rows out again; the entries must be the very ones that were added."""
    _write(connection, table, entries, f"{table}, rowid", ("delete",))


def _write(
    connection: sqlite3.Connection,
    table: str,
    entries: Iterable[Sequence[Any]],
    ahead: str,
    command: tuple[str, ...],
) -> None:
    names = _COLUMNS[table]
    n_words = names.count(",") + 1
    marks = ["?"] * (len(command) + 1) + ["CAST(? AS TEXT)"] * n_words
    connection.executemany(
        f"INSERT INTO {table}({ahead}, {names}) VALUES ({', '.join(marks)})",  # noqa: S608
        ([*command, entry[0], *map(as_bytes, entry[1:])] for entry in entries),
    )


def document_entry(number: int, document: Document) -> tuple[Any, ...]:
    """A row of `document_words`."""
    return number, document.title, document.text


def ids_entry(number: int, placed: Mapping[str, Iterable[tuple[int, Any]]]) -> tuple[Any, ...]:
    """A row of `row_ids`: the ids of the rows of a document that have a table of ids."""
    ids = [row.id for name in TABLES_WITH_IDS for _, row in placed.get(name, ())]
    return number, " ".join(ids)
