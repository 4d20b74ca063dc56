"""The file of a store: opened, made, recognised, and what is wrong when it cannot be.

What stands in the file is in `definitions`, older files are brought up in `migrations`.
"""

import logging
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NoReturn

from onrecord.errors import StoreBusyError, StoreError
from onrecord.store.definitions import (
    APPLICATION_ID,
    PAGE_BYTES,
    SCHEMA_VERSION,
    definitions,
)
from onrecord.store.migrations import migrate
from onrecord.store.rows import text_of_bytes

_log = logging.getLogger(__name__)
_HEADER = b"SQLite format 3\x00"
_CACHE_KIB = 65536
# Pages of the log before they are moved into the file: pages that change often move less often.
_CHECKPOINT_PAGES = 4000
_STATEMENTS = 256
_PAUSE_S = 0.02


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite says of a file, as an error that says what to do; bugs stay as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise_explained(error, path)


def raise_explained(error: sqlite3.DatabaseError, path: Path) -> None:
    """Raise what an error of SQLite means for who uses the file; else the error itself.

    Raises:
        StoreBusyError: Another program is writing.
        StoreError: The disk is full, the file is damaged, or cannot be read or written.
    """
    raise_meaning(error, path)
    raise error


def raise_meaning(error: sqlite3.DatabaseError, path: Path) -> None:
    """Raise what an error of SQLite means for who uses the file, if it is the file's.

    Raises:
        StoreBusyError: Another program is writing.
        StoreError: The disk is full, the file is damaged, or cannot be read or written.
    """
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if _is_busy(error):
        problem = "another program is writing to it; try again when it has ended"
        raise StoreBusyError(path=str(path), problem=problem) from error
    if code in _MEANINGS:
        raise StoreError(path=str(path), problem=f"{_MEANINGS[code]} ({error})") from error


_MEANINGS = {
    sqlite3.SQLITE_FULL: "the disk is full; nothing of this step was kept, all before it is."
    " Make room and go on",
    sqlite3.SQLITE_READONLY: "it may not be written to; change its rights or those of its folder",
    sqlite3.SQLITE_PERM: "it may not be opened; change its rights",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; look at the rights of the file and its folder",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written; nothing of this step was kept",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; go on with a copy of it, if there is one",
    sqlite3.SQLITE_NOTADB: "it is no SQLite file; give the file of a store, or a new name",
}


def connect(
    path: Path,
    *,
    mode: Literal["read", "write"],
    create: bool,
    tables: Iterable[str],
    busy_s: float,
) -> sqlite3.Connection:
    """An open store, of the version that this program knows.

    Raises:
        StoreError: There is no such file, or it is no store, or one of a newer version.
        StoreBusyError: Another program is making or changing it.
    """
    until = time.monotonic() + busy_s
    with explained(path):
        while True:
            try:
                return _tried(path, mode=mode, create=create, tables=tables, busy_s=busy_s)
            except sqlite3.OperationalError as error:
                # What SQLite does not wait for itself: another program that turns the log
                # on, or the last one to close the file, which takes the log away.
                if not _is_busy(error) or time.monotonic() >= until:
                    raise
            time.sleep(_PAUSE_S)


def _tried(
    path: Path, *, mode: str, create: bool, tables: Iterable[str], busy_s: float
) -> sqlite3.Connection:
    is_new = _check_place(path, may_be_new=create and mode == "write")
    connection = _connected(path, mode=mode, busy_s=busy_s)
    try:
        if mode == "write" and (is_new or _is_blank(connection)):
            if not create:
                _fail(path, "it is empty, and no store")
            _make(connection, tables)
        _check_version(connection, path, mode=mode)
        _settle(connection, mode=mode)
    except BaseException:
        connection.close()
        raise
    return connection


def files_of(path: Path) -> frozenset[Path]:
    """The real paths of a store's file, of its log, and of what goes with the log."""
    real = path.resolve()
    return frozenset(real.with_name(f"{real.name}{end}") for end in ("", "-wal", "-shm"))


def _is_busy(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _fail(path: Path, problem: str) -> NoReturn:
    raise StoreError(path=str(path), problem=problem)


def _check_place(path: Path, *, may_be_new: bool) -> bool:
    """Whether there is nothing yet at the path.

    Raises:
        StoreError: There is something else than a store, or nothing where one is needed.
    """
    try:
        if path.is_dir():
            _fail(path, "it is a folder; give the file of a store")
        if not path.exists():
            if not may_be_new:
                problem = "there is no such file; `onrecord ingest PATH --db FILE` makes one"
                _fail(path, problem)
            if not path.parent.is_dir():
                problem = f"its folder {path.parent} is not there; make it first"
                _fail(path, problem)
            return True
        with path.open("rb") as stream:
            head = stream.read(len(_HEADER))
    except OSError as error:
        problem = f"it cannot be read: {error.strerror or error}"
        raise StoreError(path=str(path), problem=problem) from error
    if not head and not may_be_new:
        _fail(path, "it is empty, and no store")
    if head and head != _HEADER:
        problem = "it is no SQLite file; give the file of a store, or a new name"
        _fail(path, problem)
    return not head


def _connected(path: Path, *, mode: str, busy_s: float) -> sqlite3.Connection:
    if mode == "write":
        return _opened(path, "mode=rwc", busy_s=busy_s)
    connection = _opened(path, "mode=ro", busy_s=busy_s)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or _has_log(path):
            raise
        # Its folder may not be written to, so no writer can come between.
        return _opened(path, "mode=ro&immutable=1", busy_s=busy_s)
    return connection


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _opened(path: Path, options: str, *, busy_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        timeout=busy_s,
        isolation_level=None,
        cached_statements=_STATEMENTS,
    )
    connection.row_factory = sqlite3.Row
    connection.text_factory = text_of_bytes
    return connection


def _is_blank(connection: sqlite3.Connection) -> bool:
    """Whether it is a file in which nothing was made, as after a kill while it was made."""
    has_tables = connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    return not has_tables and _pragma(connection, "application_id") == 0


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _make(connection: sqlite3.Connection, tables: Iterable[str]) -> None:
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA auto_vacuum = NONE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _is_blank(connection):  # else another program made it meanwhile
            for statement in definitions(tables):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _check_version(connection: sqlite3.Connection, path: Path, *, mode: str) -> None:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        problem = "it is an SQLite file of another program; give the file of a store, or a new name"
        _fail(path, problem)
    version = _pragma(connection, "user_version")
    if version > SCHEMA_VERSION:
        problem = (
            f"a newer onrecord made it (tables {version}, this one knows {SCHEMA_VERSION});"
            " install the newer one"
        )
        _fail(path, problem)
    if version < SCHEMA_VERSION and mode == "read":
        problem = (
            f"an older onrecord made it (tables {version}, this one has {SCHEMA_VERSION});"
            " `onrecord ingest --db FILE` brings it up to date and keeps a copy beside it"
        )
        _fail(path, problem)
    if version < SCHEMA_VERSION:
        copy = migrate(connection, path)
        _log.warning("%s: brought up to date; %s is as it was before", path, copy)


def _settle(connection: sqlite3.Connection, *, mode: str) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA temp_store = MEMORY")
    if mode == "read":
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA journal_size_limit = 67108864")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
