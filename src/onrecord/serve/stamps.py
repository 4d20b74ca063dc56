"""Marks of answers: while a store stays as it is, a page that a browser has is still right.

An answer follows from the store, from what was asked, and from this start of the room. The
mark of all three is its ETag; who shows it again is told in no time that nothing changed.
"""

import hashlib
import os
import secrets
import sqlite3
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

# A browser may keep a page, and asks each time whether it is still right.
_ASK_FIRST = "private, no-cache"


class Stamps:
    """Tells states of a store apart, whoever wrote it: the room or another program.

    Args:
        path: The file of the store.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._start = secrets.token_hex(8)
        self._file: tuple[int, int] | None = None
        self._connection: sqlite3.Connection | None = None

    def now(self) -> str | None:
        """The stamp of the store as it is now; None if it cannot be told.

        Ask before you read: what is written meanwhile then has an older stamp, never a newer.
        """
        with self._lock:
            try:
                return self._stamp()
            except (OSError, sqlite3.Error):
                self._file = None
                return None

    def _stamp(self) -> str:
        found = os.stat(self._path)  # noqa: PTH116 - of the path as it was given
        file = (found.st_dev, found.st_ino)
        if self._connection is None or file != self._file:
            self._connect()
            self._file = file
        if self._connection is None:
            raise sqlite3.OperationalError
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return f"{self._start}-{file[0]}-{file[1]}-{version}"

    def _connect(self) -> None:
        """Watch the file that is there now; SQLite counts what others write to it."""
        if self._connection is not None:
            self._connection.close()
        self._connection = sqlite3.connect(
            f"file:{quote(str(self._path))}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        weakref.finalize(self, self._connection.close)


def marked(
    request: Request, stamp: str | None, make: Callable[[], Response], *, is_kept: bool
) -> Response:
    """An answer with its mark, or word that the one shown is still right.

    Args:
        request: What is asked.
        stamp: That of the store; None for an answer without a mark.
        make: Makes the answer.
        is_kept: Whether the browser may keep it, if it asks each time.
    """
    if stamp is None:
        return make()
    mark = _mark(request, stamp)
    shown = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    answer = Response(status_code=304) if mark in shown else make()
    answer.headers["etag"] = mark
    answer.headers["vary"] = "Cookie"
    if is_kept:
        answer.headers["cache-control"] = _ASK_FIRST
    return answer


def _mark(request: Request, stamp: str) -> str:
    """Weak, as the same page may be sent packed or not."""
    asked = (stamp, request.url.path, request.url.query, request.headers.get("cookie", ""))
    return f'W/"{hashlib.sha256(repr(asked).encode()).hexdigest()[:24]}"'
