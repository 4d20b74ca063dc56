"""The rows that a store keeps of one document: read, written, changed in part, removed.

Words to search and the counts of the reading change with them. Nothing here begins or
ends a transaction.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.records import Document, Reading
from onrecord.schema.fields import sections
from onrecord.store import words
from onrecord.store.rows import (
    as_bytes,
    codec,
    problems_of,
    reading_values,
    run_of,
    section_rows,
    section_values,
    write_rows,
)

# Rows are written before those that point at them, as far as that goes.
_ORDER = (
    *("entities", "mentions", "places", "times", "quantities"),
    *("statements", "events", "control_claims", "commitments"),
)
# A row with its place in the list of its document.
Placed = tuple[int, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRows:
    """All rows of one document, by section and id.

    Attributes:
        number: The running number of the document.
        run: The running number of its run.
        reading: The reading without its sections.
        sections: Rows by id, in order; None for a section that was not looked for.
    """

    number: int
    run: int
    reading: Reading
    sections: Mapping[str, Mapping[str, Placed] | None]

    def as_reading(self) -> Reading:
        """The reading with its sections, in order."""
        return self.reading.replace(
            **{
                name: None
                if rows is None
                else tuple(row for _, row in sorted(rows.values(), key=_at))
                for name, rows in self.sections.items()
            }
        )


def _at(placed: Placed) -> int:
    return placed[0]


def load_rows(connection: sqlite3.Connection, number: int) -> KeptRows | None:
    """The rows of a document; None if there is none of that number."""
    document = load_document(connection, number)
    kept = connection.execute("SELECT * FROM readings WHERE document = ?", (number,)).fetchone()
    if document is None or kept is None:
        return None
    run = run_of(
        connection.execute("SELECT * FROM runs WHERE number = ?", (kept["run"],)).fetchone()
    )
    return KeptRows(
        number=number,
        run=kept["run"],
        reading=Reading(run=run, document=document, problems=problems_of(kept["problems"])),
        sections={
            name: None
            if kept[f"n_{name}"] is None
            else {
                row.id: (position, row)
                for position, row in section_rows(
                    connection, name, number, document=document.id, run=run.id
                )
            }
            for name in sections()
        },
    )


def load_document(connection: sqlite3.Connection, number: int) -> Document | None:
    """A document as it is kept."""
    kind = codec("documents")
    row = connection.execute(
        f"SELECT {', '.join(kind.columns)} FROM documents WHERE number = ?",  # noqa: S608
        (number,),
    ).fetchone()
    return None if row is None else kind.record_of(row)


def insert_document(connection: sqlite3.Connection, document: Document) -> int:
    """Keep a new document; its running number."""
    kind = codec("documents")
    write_rows(connection, kind, [kind.values_of(document)])
    (number,) = connection.execute("SELECT last_insert_rowid()").fetchone()
    words.add_words(connection, "document_words", [words.document_entry(number, document)])
    return int(number)


def update_document(
    connection: sqlite3.Connection, number: int, old: Document, new: Document
) -> None:
    """Give a document other values in its fields; its text and its id stay."""
    if old == new:
        return
    kind = codec("documents")
    words.remove_words(connection, "document_words", [words.document_entry(number, old)])
    marks = ", ".join(f"{name} = CAST(? AS TEXT)" for name in kind.columns)
    connection.execute(
        f"UPDATE documents SET {marks} WHERE number = ?",  # noqa: S608
        [*map(as_bytes, kind.values_of(new)), number],
    )
    words.add_words(connection, "document_words", [words.document_entry(number, new)])


def write_reading(
    connection: sqlite3.Connection, number: int, reading: Reading, *, run: int
) -> None:
    """Write all rows of a reading whose document is kept and has none."""
    _write_counts(connection, reading, number=number, run=run)
    placed = {name: list(enumerate(getattr(reading, name) or ())) for name in sections()}
    _insert(connection, number, placed, text=reading.document.text, run=run)
    _add_ids(connection, number, placed)


def _write_counts(
    connection: sqlite3.Connection, reading: Reading, *, number: int, run: int
) -> None:
    values = reading_values(reading, document=number, run=run)
    marks = ", ".join(["?"] * (len(values) - 1) + ["CAST(? AS TEXT)"])
    connection.execute(f"INSERT OR REPLACE INTO readings VALUES ({marks})", values)  # noqa: S608


def _insert(
    connection: sqlite3.Connection,
    number: int,
    placed: Mapping[str, Iterable[Placed]],
    *,
    text: str,
    run: int,
) -> None:
    for name in _ORDER:
        rows = [
            section_values(name, row, document=number, position=position, run=run)
            for position, row in placed.get(name, ())
        ]
        if rows:
            write_rows(connection, codec(name), rows)
    for table, entries in _entries(number, placed, text).items():
        words.add_words(connection, table, entries)


def _entries(
    number: int, placed: Mapping[str, Iterable[Placed]], text: str
) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables of words have of these rows."""
    return {
        "statement_words": [
            words.statement_entry(number, position, row, text)
            for position, row in placed.get("statements", ())
        ],
        "entity_words": [
            words.entity_entry(number, position, row)
            for position, row in placed.get("entities", ())
        ],
    }


def _add_ids(
    connection: sqlite3.Connection, number: int, placed: Mapping[str, Iterable[Placed]]
) -> None:
    words.add_words(connection, "row_ids", [words.ids_entry(number, placed)])


def _remove_ids(
    connection: sqlite3.Connection, number: int, placed: Mapping[str, Iterable[Placed]]
) -> None:
    words.remove_words(connection, "row_ids", [words.ids_entry(number, placed)])


def remove_rows(connection: sqlite3.Connection, kept: KeptRows) -> None:
    """Remove all rows of a document; the document itself stays."""
    placed = _lists(kept)
    for table, entries in _entries(kept.number, placed, kept.reading.document.text).items():
        words.remove_words(connection, table, entries)
    _remove_ids(connection, kept.number, placed)
    for name in reversed(_ORDER):
        connection.execute(f"DELETE FROM {name} WHERE document = ?", (kept.number,))  # noqa: S608
    connection.execute("DELETE FROM readings WHERE document = ?", (kept.number,))


def _lists(kept: KeptRows) -> dict[str, list[Placed]]:
    return {name: list((rows or {}).values()) for name, rows in kept.sections.items()}


def remove_document(connection: sqlite3.Connection, kept: KeptRows) -> None:
    """Remove a document with all its rows and words."""
    remove_rows(connection, kept)
    entry = words.document_entry(kept.number, kept.reading.document)
    words.remove_words(connection, "document_words", [entry])
    connection.execute("DELETE FROM documents WHERE number = ?", (kept.number,))


def change_rows(connection: sqlite3.Connection, old: KeptRows, new: KeptRows) -> None:
    """Write what differs between the rows as they are kept and as they shall be."""
    number, text = old.number, old.reading.document.text
    update_document(connection, number, old.reading.document, new.reading.document)
    gone = {name: _differing(old.sections[name], new.sections[name]) for name in sections()}
    come = {name: _differing(new.sections[name], old.sections[name]) for name in sections()}
    for table, entries in _entries(number, gone, text).items():
        words.remove_words(connection, table, entries)
    for name in reversed(_ORDER):
        connection.executemany(
            f"DELETE FROM {name} WHERE document = ? AND id = ?",  # noqa: S608
            [(number, row.id) for _, row in gone[name]],
        )
    _insert(connection, number, come, text=text, run=old.run)
    _write_counts(connection, new.as_reading(), number=number, run=old.run)
    _remove_ids(connection, number, _lists(old))
    _add_ids(connection, number, _lists(new))


def _differing(
    these: Mapping[str, Placed] | None, others: Mapping[str, Placed] | None
) -> list[Placed]:
    known = others or {}
    return [placed for key, placed in (these or {}).items() if known.get(key) != placed]
