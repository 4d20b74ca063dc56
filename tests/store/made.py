"""What the tests of the store share: one reading with rows of all kinds, and its checks."""

import dataclasses
from pathlib import Path
from typing import Any

from onrecord.records import Reading, content_id, make_document, make_run
from onrecord.schema import sections
from onrecord.store import Store, open_store
from tests.export.made import harbour

AT = "2026-01-01T00:00:00Z"
LATER = "2026-02-01T00:00:00Z"
WORD_TABLES = ("document_words", "statement_words", "entity_words", "row_ids")


def quick_store(path: Path) -> Store:
    """A new store that does not wait for the disk."""
    store = open_store(path, create=True)
    store.connection.execute("PRAGMA synchronous = OFF")
    return store


def full_reading(**document: Any) -> Reading:
    """Events, chains, a control claim and a treaty, of an article with other particulars."""
    return on_document(harbour(), **document)


def on_document(reading: Reading, **changes: Any) -> Reading:
    """The same rows in a document with other particulars, with ids of their own."""
    old = reading.document
    kept = {
        name: getattr(old, name)
        for name in ("text", "title", "outlet", "url", "author", "published", "language")
    }
    made = make_document(**(kept | changes))
    renamed = _renamed(reading, lambda own: content_id("row", made.id, own))
    return renamed.replace(document=made, **_each(renamed, document=made.id))


def _each(reading: Reading, **changes: Any) -> dict[str, tuple[Any, ...]]:
    """All rows with other values, by section."""
    return {
        name: tuple(dataclasses.replace(row, **changes) for row in getattr(reading, name))
        for name in sections()
        if getattr(reading, name) is not None
    }


def by_run(reading: Reading, software: str) -> Reading:
    """The same rows, read by another version of the program."""
    run = make_run(software=software, model="m", model_digest="d", settings={})
    return reading.replace(run=run, **_each(reading, run=run.id))


def check_whole(store: Store) -> None:
    """The file is whole, its pointers too, and words to search are those of the rows."""
    connection = store.connection
    assert [tuple(row) for row in connection.execute("PRAGMA integrity_check")] == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in WORD_TABLES:
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")
    for table, counted in (("statement_words", "statements"), ("entity_words", "entities")):
        assert _docs_of(store, table) == _rows_of(store, counted)
    ids = sum(_rows_of(store, t) for t in ("statements", "events", "control_claims", "commitments"))
    assert n_terms(store, "row_ids") == ids
    for number in store.numbers():
        reading = store.reading(number)
        counts = connection.execute(
            "SELECT * FROM readings WHERE document = ?", (number,)
        ).fetchone()
        for name in sections():
            rows = getattr(reading, name)
            assert counts[f"n_{name}"] == (None if rows is None else len(rows)), name


def _docs_of(store: Store, table: str) -> int:
    return store.connection.execute(f"SELECT count(*) FROM {table}_docsize").fetchone()[0]


def _rows_of(store: Store, table: str) -> int:
    return store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def n_terms(store: Store, table: str) -> int:
    """How many words, each time it stands there, a table of words has."""
    connection = store.connection
    connection.execute(f"CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, {table}, row)")
    (found,) = connection.execute("SELECT coalesce(sum(doc), 0) FROM terms").fetchone()
    connection.execute("DROP TABLE temp.terms")
    return int(found)


def _renamed(reading: Reading, rename: Any) -> Reading:
    """The same rows under other ids."""
    known = {row.id for name in sections() for row in getattr(reading, name) or ()}

    def value(given: Any) -> Any:
        if isinstance(given, str) and given in known:
            return rename(given)
        if isinstance(given, tuple):
            return tuple(value(item) for item in given)
        if dataclasses.is_dataclass(given) and hasattr(given, "quantity"):
            return dataclasses.replace(given, quantity=rename(given.quantity))
        return given

    return reading.replace(
        **{
            name: tuple(
                dataclasses.replace(
                    row, **{f.name: value(getattr(row, f.name)) for f in dataclasses.fields(row)}
                )
                for row in getattr(reading, name)
            )
            for name in sections()
            if getattr(reading, name) is not None
        }
    )
