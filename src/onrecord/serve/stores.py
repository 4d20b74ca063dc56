"""A store for one request: opened for reading alone, stopped when it takes too long."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.serve.errors import RoomError
from onrecord.serve.settings import RoomSettings
from onrecord.store import Store, open_store

_STEPS = 20_000
# Many readers have a cache each, so that each is small.
_CACHE_KIB = 8192


@contextmanager
def reading(settings: RoomSettings) -> Iterator[Store]:
    """The store as it is at one moment; no writer waits for it.

    Raises:
        RoomError: The questions took longer than the settings allow.
        StoreError: The file cannot be opened.
    """
    end = time.monotonic() + settings.timeout_s
    with open_store(settings.path, mode="read", busy_s=settings.busy_s) as store:
        store.connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        store.connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        store.connection.execute("BEGIN")
        try:
            yield store
        except sqlite3.OperationalError as error:
            if time.monotonic() <= end:
                raise
            detail = f"it took more than {settings.timeout_s:g} seconds; ask for less"
            raise RoomError(503, "stopped", detail) from error
        finally:
            store.connection.set_progress_handler(None, 0)


@contextmanager
def writing(settings: RoomSettings) -> Iterator[Store]:
    """The store open for corrections.

    Raises:
        RoomError: The room is for reading only.
        StoreError: The file cannot be written.
    """
    if not settings.is_writable:
        raise RoomError(403, "read only", "this room was opened for reading alone")
    with open_store(settings.path, mode="write", busy_s=settings.busy_s) as store:
        yield store
