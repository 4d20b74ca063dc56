"""Files of an older version: brought up to date in one transaction, with a copy beside."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import StoreError
from onrecord.ingest.linking import TABLES
from onrecord.store import files, open_store
from onrecord.store.definitions import SCHEMA_VERSION
from onrecord.store.migrations import STEPS, migrate
from tests.store.made import AT, check_whole, full_reading

_STEPS = {
    SCHEMA_VERSION: "CREATE TABLE extra (a); ALTER TABLE documents ADD COLUMN b TEXT;",
    SCHEMA_VERSION + 1: "INSERT INTO extra VALUES (';'); CREATE INDEX extra_by_a ON extra (a);",
}
_TARGET = SCHEMA_VERSION + 2


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "made.db"
    with open_store(path, create=True) as store, store.writing():
        store.add(full_reading(), at=AT)
    return path


def _version(path: Path) -> int:
    connection = sqlite3.connect(path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(version)


def test_there_is_a_step_from_each_version_to_the_next() -> None:
    assert set(STEPS) == set(range(1, SCHEMA_VERSION))


def test_all_steps_run_and_the_file_before_is_kept(path: Path) -> None:
    with open_store(path) as store:
        copy = migrate(store.connection, path, steps=_STEPS, target=_TARGET)
        assert store.connection.execute("SELECT a FROM extra").fetchone()[0] == ";"
        check_whole(store)
    assert _version(path) == _TARGET
    assert copy.name == f"made.db.tables-{SCHEMA_VERSION}.bak"
    with open_store(copy, mode="read") as store:
        assert store.reading(1) == full_reading()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("SELECT nobody FROM extra;", sqlite3.OperationalError),
        ("DELETE FROM entities;", StoreError),
    ],
)
def test_a_step_that_fails_leaves_the_file_as_it_was(path: Path, fault: str, error: Any) -> None:
    steps = _STEPS | {SCHEMA_VERSION + 1: f"DROP INDEX stances_by_claim; {fault}"}
    with open_store(path) as store, pytest.raises(error):
        migrate(store.connection, path, steps=steps, target=_TARGET)
    assert _version(path) == SCHEMA_VERSION
    with open_store(path) as store:
        check_whole(store)
        assert store.connection.execute("SELECT name FROM sqlite_master WHERE name = 'extra'")
        assert store.reading(1) == full_reading()


def test_a_file_of_an_older_program_is_brought_up_to_date_when_it_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(files, "SCHEMA_VERSION", _TARGET)
    monkeypatch.setattr(
        files,
        "migrate",
        lambda connection, path: migrate(connection, path, steps=_STEPS, target=_TARGET),
    )
    with pytest.raises(StoreError, match="an older onrecord made it"):
        open_store(path, mode="read")
    open_store(path).close()
    assert "is as it was before" in caplog.text
    assert _version(path) == _TARGET


def test_a_version_without_a_way_is_told(path: Path) -> None:
    with open_store(path) as store, pytest.raises(StoreError, match="no way leads to 9"):
        migrate(store.connection, path, steps={}, target=9)


def test_tables_that_came_later_are_as_in_a_new_file(tmp_path: Path) -> None:
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    for path in (new, old):
        open_store(path, create=True, tables=TABLES).close()
    connection = sqlite3.connect(old)
    connection.executescript(
        "DROP TABLE possible_disputes; DROP TABLE dispute_reviews;"
        "DROP TRIGGER dispute_reviews_go; PRAGMA user_version = 3;"
    )
    connection.close()
    open_store(old).close()
    assert _version(old) == SCHEMA_VERSION
    assert _parts(old) == _parts(new)


def _parts(path: Path) -> set[tuple[str, str]]:
    """What a file is made of, by the names; statements without their white space and notes."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    found = {(name, " ".join(re.sub(r"--.*", "", sql).split())) for name, sql in rows}
    connection.close()
    return found
