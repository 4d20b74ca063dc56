"""The SQL tables, made in a database in memory and filled."""

import sqlite3
from typing import Any

import pytest

from onrecord.schema import sql_tables, tables
from onrecord.schema.fields import table_fields, table_pointed_to

pytestmark = pytest.mark.skipif(
    sqlite3.sqlite_version_info < (3, 37), reason="SQLite before 3.37 has no strict tables"
)

ROWS: dict[str, dict[str, Any]] = {
    "runs": {"id": "r", "software": "1", "model": "m", "model_digest": "d", "settings": "{}"},
    "documents": {"id": "d", "sha256": "00", "text": "Yes, she said.", "links": "[]"},
    "statements": {
        "id": "s",
        "document": "d",
        "run": "r",
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
    assert {name: found[name] for name in tables()} == dict.fromkeys(tables(), 1)


def test_columns_and_foreign_keys_are_those_of_the_records(database: Any) -> None:
    for table, record in tables().items():
        fields = table_fields(record)
        columns = list(database.execute(f"PRAGMA table_info({table})"))
        assert [column[1] for column in columns] == [field.name for field in fields]
        assert [bool(column[3]) for column in columns] == [not f.is_nullable for f in fields]
        keys = database.execute(f"PRAGMA foreign_key_list({table})")
        found = {(key[3], key[2], key[4]) for key in keys}
        assert found == {
            (f.name, table_pointed_to(f), "id") for f in fields if f.points_to and not f.is_list
        }


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
            "INSERT INTO mentions (id, document, span, kind, form, entity, run)"
            " VALUES ('m', 'd', '{}', 'person', 'name', 'e', 'r')"
        )
        database.execute(
            "INSERT INTO entities (id, document, name, kind, mentions, run)"
            " VALUES ('e', 'd', 'Ms Chen', 'person', '[\"m\"]', 'r')"
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


def test_every_column_is_explained() -> None:
    lines = [line for line in sql_tables().splitlines() if line.startswith("  ")]
    columns = [line for line in lines if not line.strip().startswith(("PRIMARY", "FOREIGN"))]
    assert len(columns) == sum(len(table_fields(record)) for record in tables().values())
    assert all(",  -- " in line for line in columns)
