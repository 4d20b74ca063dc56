"""Queries of users: what they may read, and that nothing else gets through."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import InputError, StoreError
from onrecord.store import open_store
from onrecord.store.sql import run_sql
from tests.store.made import AT, full_reading


@pytest.fixture(scope="module")
def path(tmp_path_factory: Any) -> Path:
    path = tmp_path_factory.mktemp("sql") / "made.db"
    with open_store(path, create=True) as store, store.writing():
        store.add(full_reading(), at=AT)
    return path


def test_columns_rows_and_parameters(path: Path) -> None:
    answer = run_sql(path, "SELECT number, id AS name FROM documents WHERE number = ?", [1])
    assert answer.columns == ("number", "name")
    assert answer.rows == [(1, full_reading().document.id)]
    assert not answer.is_cut
    assert run_sql(path, "SELECT :a + 1", {"a": 2}).rows == [(3,)]


def test_columns_of_one_name_are_told_apart(path: Path) -> None:
    answer = run_sql(path, "SELECT 1 AS id, 2 AS id_2, 3 AS id, 4 AS id")
    assert answer.columns == ("id", "id_2", "id_3", "id_4")


def test_more_rows_than_the_limit_are_cut(path: Path) -> None:
    answer = run_sql(path, "SELECT id FROM mentions", limit=2)
    assert (len(answer.rows), answer.is_cut) == (2, True)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM said",
        "WITH a AS (SELECT 1 AS b) SELECT b FROM a",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9) SELECT i FROM n",
        "SELECT rowid FROM statement_words WHERE statement_words MATCH 'drones'",
        "SELECT snippet(document_words, 1, '[', ']', '…', 8) FROM document_words('vale')",
        "SELECT bm25(document_words) FROM document_words('vale') ORDER BY rank",
        "SELECT name FROM sqlite_master",
        "SELECT value FROM json_each('[1, 2]')",
        "PRAGMA table_info(statements)",
        "SELECT name FROM pragma_table_info('said')",
        "EXPLAIN QUERY PLAN SELECT * FROM said",
        "VALUES (1), (2)",
    ],
)
def test_what_reads_is_answered(path: Path, query: str) -> None:
    assert run_sql(path, query).rows


@pytest.mark.parametrize(
    "query",
    [
        "INSERT INTO runs (id) VALUES ('x')",
        "DELETE FROM documents",
        "UPDATE documents SET title = 'x' RETURNING id",
        "DROP TABLE documents",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "CREATE TEMP VIEW said AS SELECT 1",
        "ALTER TABLE documents ADD COLUMN x",
        "WITH a AS (SELECT 1) INSERT INTO runs (id) SELECT * FROM a",
        "WITH a AS (SELECT 1) DELETE FROM documents WHERE number IN a RETURNING *",
        "REPLACE INTO runs (id) VALUES ('x')",
        "ATTACH DATABASE ':memory:' AS other",
        "ATTACH DATABASE 'elsewhere.db' AS other",
        "DETACH DATABASE main",
        "VACUUM",
        "VACUUM INTO 'elsewhere.db'",
        "REINDEX",
        "ANALYZE",
        "BEGIN IMMEDIATE",
        "SAVEPOINT a",
        "COMMIT",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA user_version = 7",
        "PRAGMA application_id = 7",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "PRAGMA optimize",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA mmap_size = 99999999",
        "SELECT * FROM pragma_wal_checkpoint",
        "SELECT load_extension('evil')",
        "SELECT fts3_tokenizer('simple')",
        "INSERT INTO document_words(document_words) VALUES ('rebuild')",
        "INSERT INTO document_words(document_words, rank) VALUES ('automerge', 9)",
        "CREATE TRIGGER t AFTER INSERT ON runs BEGIN SELECT 1; END",
        "EXPLAIN DELETE FROM documents",
    ],
)
def test_what_would_do_more_than_read_is_refused(
    path: Path, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = path.read_bytes()
    with pytest.raises(InputError):
        run_sql(path, query)
    assert path.read_bytes() == before
    assert not Path("elsewhere.db").exists()


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("DELETE FROM documents", "can read and nothing else"),
        ("SELECT 1; SELECT 2", "one statement at a time"),
        ("", "begin with SELECT"),
        ("SELEKT 1", "syntax error"),
        ("SELECT nobody FROM documents", "no such column"),
        ("SELECT ?", "binding"),
        ("SELECT zeroblob(900000000)", "too big"),
        ("SELECT " + "1 + " * 40000 + "1", "too large"),
        ("SELECT * FROM document_words('\"')", "unterminated"),
    ],
)
def test_what_is_faulty_is_explained(path: Path, query: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        run_sql(path, query)


@pytest.mark.parametrize(
    "query",
    [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        f"SELECT count(*) FROM {', '.join(f'mentions m{n}' for n in range(12))}",
    ],
)
def test_what_takes_too_long_is_stopped(path: Path, query: str) -> None:
    start = time.monotonic()
    with pytest.raises(InputError, match=r"stopped after 0\.2 seconds"):
        run_sql(path, query, timeout_s=0.2)
    assert time.monotonic() - start < 5


def test_a_file_that_is_no_store_is_not_queried(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        run_sql(other, "SELECT 1")
    with pytest.raises(StoreError, match="no such file"):
        run_sql(tmp_path / "none.db", "SELECT 1")
    assert not (tmp_path / "none.db").exists()


def test_queries_are_answered_while_another_program_writes(path: Path) -> None:
    with open_store(path) as writer, writer.writing():
        writer.connection.execute("DELETE FROM commitments")
        assert run_sql(path, "SELECT count(*) FROM commitments", timeout_s=1).rows != [(0,)]
        writer.connection.execute("INSERT INTO document_words(document_words) VALUES ('rebuild')")
        assert run_sql(path, "SELECT count(*) FROM document_words('vale')").rows == [(1,)]
