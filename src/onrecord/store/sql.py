"""Queries of users: they read and cannot write, and end after a time or a number of rows.

The file is opened for reading alone; what a statement would do is judged while it is
compiled, so that it is refused before it runs.
"""

import itertools
import os
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, StoreError
from onrecord.store.files import connect, explained

_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
# Settings that tell of the file and change nothing; they take no value, or the name of a table.
_PRAGMAS = frozenset({"table_info", "table_xinfo", "table_list", "index_list", "index_info"})
_BARE_PRAGMAS = frozenset({"table_list", "user_version", "application_id", "data_version"})
# These reach files or memory outside of the query.
_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "writefile", "readfile", "edit"})
_TABLES_OF_FUNCTIONS = (
    *("json_each('[]')", "json_tree('[]')"),
    *(f"pragma_{name}('documents')" for name in sorted(_PRAGMAS - _BARE_PRAGMAS)),
)
_STEPS = 20_000
_MOST_LENGTH, _MOST_SQL = 50_000_000, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query gave.

    Attributes:
        columns: Names of the columns; of those with one name all but the first get a number.
        rows: Rows of as many values.
        is_cut: Whether there are more rows than the limit let through.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    is_cut: bool


def run_sql(
    path: str | os.PathLike[str],
    query: str,
    params: Sequence[Any] | Mapping[str, Any] = (),
    *,
    timeout_s: float = 10.0,
    limit: int = 1000,
) -> Answer:
    """Answer one query from a store; nothing it says can change the file.

    Args:
        path: The file of the store.
        query: One SELECT; see the guide for the views.
        params: Values for the ``?`` or ``:name`` in it.
        timeout_s: After how many seconds it is stopped.
        limit: The most rows that are given back.

    Raises:
        StoreError: The file cannot be opened, or is no store.
        InputError: The query is faulty, would write, or takes too long.
    """
    path = Path(path)
    connection = connect(path, mode="read", create=False, tables=(), busy_s=timeout_s)
    clock = _Clock(time.monotonic() + timeout_s)
    try:
        _confine(connection, clock)
        return _answered(connection, query, params, limit)
    except sqlite3.Warning as error:  # several statements at once
        raise _wrong("give one statement at a time") from error
    except sqlite3.DatabaseError as error:
        if clock.has_struck:
            problem = f"it was stopped after {timeout_s:g} seconds; ask for less, or allow more"
            raise _wrong(problem) from error
        raise _what_is_wrong(error, path) from error
    except (sqlite3.Error, OverflowError, UnicodeEncodeError) as error:
        raise _wrong(str(error)) from error
    finally:
        connection.close()


class _Clock:
    """Tells SQLite, every few thousand steps, whether to stop."""

    def __init__(self, end: float) -> None:
        self.end, self.has_struck = end, False

    def __call__(self) -> bool:
        self.has_struck = self.has_struck or time.monotonic() > self.end
        return self.has_struck


def _confine(connection: sqlite3.Connection, clock: Callable[[], bool]) -> None:
    # Tables of words and of JSON are set up when first used, which the judge would refuse.
    for table in (*_word_tables(connection), *_TABLES_OF_FUNCTIONS):
        connection.execute(f"SELECT 1 FROM {table} LIMIT 0").fetchall()  # noqa: S608 - own names
    connection.text_factory = _text
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_LENGTH)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _MOST_SQL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_authorizer(_judge)
    connection.set_progress_handler(clock, _STEPS)


def _word_tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL %'")
    return [name for (name,) in found]


def _text(given: bytes) -> str:
    return given.decode("utf-8", "replace")


def _judge(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Whether a query may do something: read, and nothing else."""
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS:
        return sqlite3.SQLITE_DENY
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA:
        name = (first or "").lower()
        is_known = name in _PRAGMAS or (name in _BARE_PRAGMAS and second is None)
        return sqlite3.SQLITE_OK if is_known else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_DENY


def _answered(
    connection: sqlite3.Connection,
    query: str,
    params: Sequence[Any] | Mapping[str, Any],
    limit: int,
) -> Answer:
    cursor = connection.execute(query, params)
    if cursor.description is None:
        raise _wrong("it asks for nothing; begin with SELECT")
    rows = [tuple(row) for row in cursor.fetchmany(limit + 1)]
    columns = _told_apart([column[0] for column in cursor.description])
    return Answer(columns=columns, rows=rows[:limit], is_cut=len(rows) > limit)


def _told_apart(columns: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, each once: a join gives several `id`, and an object keeps but one.

    >>> _told_apart(["id", "outlet", "id"])
    ('id', 'outlet', 'id_2')
    """
    names: list[str] = []
    taken = set(columns)
    for name in columns:
        numbered = (f"{name}_{n}" for n in itertools.count(2))
        new = name if name not in names else next(one for one in numbered if one not in taken)
        taken.add(new)
        names.append(new)
    return tuple(names)


def _what_is_wrong(error: sqlite3.DatabaseError, path: Path) -> InputError | StoreError:
    words = str(error)
    if "not authorized" in words or "prohibited" in words or "readonly" in words:
        return _wrong(f"queries can read and nothing else ({words})")
    try:
        with explained(path):
            raise error
    except StoreError as told:
        return told
    except sqlite3.DatabaseError:
        return _wrong(words)


def _wrong(problem: str) -> InputError:
    return InputError(source="query", problem=problem)
