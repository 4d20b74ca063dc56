"""The SQL tables, made in a database in memory and filled."""

import sqlite3
from typing import Any

import pytest

from onrecord.records import Correction, Entity, Stance, Version
from onrecord.schema import sections, sql_tables, store_tables, tables
from onrecord.schema.fields import is_row, record_name, table_pointed_to
from onrecord.schema.sql_tables import store_fields, store_key

pytestmark = pytest.mark.skipif(
    sqlite3.sqlite_version_info < (3, 37), reason="SQLite before 3.37 has no strict tables"
)

ROWS: dict[str, dict[str, Any]] = {
    "runs": {"id": "r", "software": "1", "model": "m", "model_digest": "d", "settings": "{}"},
    "documents": {"id": "d", "sha256": "00", "text": "Yes, she said.", "links": "[]"},
    "statements": {
        "id": "s",
        "document": 1,
        "position": 0,
        "run": 1,
        "source": '[{"start": 5, "end": 8}]',
        "cue": '[{"start": 9, "end": 13}]',
        "content": '[{"start": 0, "end": 3}]',
        "act": "assert",
        "polarity": "affirm",
        "manner": "direct",
        "depth": 0,
        "probability": 1,
    },
}


@pytest.fixture
def database() -> Any:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(sql_tables())
    yield connection
    connection.close()


def _insert(database: Any, table: str, **changes: Any) -> None:
    row = ROWS[table] | changes
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    with database:
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def test_one_strict_table_for_each_kind_of_row(database: Any) -> None:
    found = {name: strict for _, name, *_, strict in database.execute("PRAGMA table_list")}
    assert {name: found[name] for name in store_tables()} == dict.fromkeys(store_tables(), 1)


def test_the_tables_of_readings_come_first_and_all_plurals_are_right() -> None:
    assert list(store_tables())[: len(tables())] == list(tables())
    plurals = {"story": "stories", "story_document": "story_documents", "entity": "entities"}
    plurals |= {"actor_entity": "actor_entities", "quantity": "quantities"}
    for table, record in store_tables().items():
        assert table == plurals.get(record_name(record), f"{record_name(record)}s")


def test_columns_and_foreign_keys_are_those_of_the_records(database: Any) -> None:
    for table in store_tables():
        fields = store_fields(table)
        columns = list(database.execute(f"PRAGMA table_info({table})"))
        assert [column[1] for column in columns] == [field.name for field in fields]
        needed = [not f.is_nullable for f in fields]
        is_numbered = store_key(table) == ("number",)
        assert [bool(column[3]) for column in columns] == [
            is_needed and not (is_numbered and f.name == "number")
            for f, is_needed in zip(fields, needed, strict=True)
        ]
        found = {
            (own, pointed, other)
            for _, _, pointed, own, other, *_ in database.execute(
                f"PRAGMA foreign_key_list({table})"
            )
            if not (other == "document" and pointed in sections())  # the first half of a key
        }
        assert found == {
            (f.name, table_pointed_to(f), (f.points_to or "").split(".")[1])
            for f in fields
            if f.points_to and not f.is_list
        }


def test_documents_and_runs_are_numbers_in_the_file() -> None:
    for table in store_tables():
        for field in store_fields(table):
            if field.points_to in ("document.number", "run.number"):
                assert field.value_type is int
            assert field.points_to not in ("document.id", "run.id")


def test_rows_of_a_document_are_kept_in_its_order(database: Any) -> None:
    for table in (*sections(), "stances"):
        assert store_key(table) == ("document", "id")
    assert store_key("versions") == ("document",)
    assert store_key("tombstones") == ("id",)
    assert store_key("actor_names") == ("actor", "normal")
    for table in store_tables():
        info = database.execute(f"PRAGMA table_info({table})").fetchall()
        ranked = sorted((column[5], column[1]) for column in info if column[5])
        assert tuple(name for _, name in ranked) == store_key(table)


def test_no_index_is_over_all_rows_of_documents_by_what_comes_in_any_order(database: Any) -> None:
    found = database.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'")
    indexed = {table for table, name in found if not name.startswith("sqlite_autoindex")}
    assert not indexed & set(sections())
    assert {"claims", "stances", "disputes", "provenances", "story_documents"} <= indexed


def test_keys_are_marked_in_the_records() -> None:
    assert [f.name for f in store_fields("stances") if f.is_key] == ["document", "id"]
    assert is_row(Entity)
    assert is_row(Correction)
    assert is_row(Stance)
    assert not is_row(Version)


def test_a_statement_needs_its_document_and_run(database: Any) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        _insert(database, "statements")
    _insert(database, "runs")
    _insert(database, "documents")
    _insert(database, "statements")
    assert database.execute("SELECT count(*) FROM statements").fetchone() == (1,)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        _insert(database, "statements")


def test_rows_that_point_at_each_other_go_in_together(database: Any) -> None:
    _insert(database, "runs")
    _insert(database, "documents")
    with database:
        database.execute(
            "INSERT INTO mentions (id, document, position, span, kind, form, entity, run)"
            " VALUES ('m', 1, 0, '{}', 'person', 'name', 'e', 1)"
        )
        database.execute(
            "INSERT INTO entities (id, document, position, name, kind, mentions, run)"
            " VALUES ('e', 1, 0, 'Ms Chen', 'person', '[\"m\"]', 1)"
        )
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"act": "mutter"}, "CHECK"),
        ({"source": "the mayor"}, "CHECK"),
        ({"source": None}, "NOT NULL"),
        ({"depth": "deep"}, "cannot store TEXT"),
        ({"parent": "nobody"}, "FOREIGN KEY"),
    ],
)
def test_a_faulty_statement_is_refused(
    database: Any, changes: dict[str, Any], message: str
) -> None:
    _insert(database, "runs")
    _insert(database, "documents")
    with pytest.raises(sqlite3.IntegrityError, match=message):
        _insert(database, "statements", **changes)


def test_a_document_goes_with_its_rows(database: Any) -> None:
    for table in ("runs", "documents", "statements"):
        _insert(database, table)
    with database:
        database.execute("DELETE FROM documents")
    assert database.execute("SELECT count(*) FROM statements").fetchone() == (0,)
    with database:
        _insert(database, "documents")
    assert database.execute("SELECT number FROM documents").fetchone() == (2,)


def test_every_column_is_explained() -> None:
    lines = [line for line in sql_tables().splitlines() if line.startswith("  ")]
    ends = ("PRIMARY", "FOREIGN", "UNIQUE")
    columns = [line for line in lines if not line.strip().startswith(ends)]
    assert len(columns) == sum(len(store_fields(table)) for table in store_tables())
    assert all("  -- " in line for line in columns)
