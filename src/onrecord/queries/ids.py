"""Rows that a user names by an id, or by the beginning of one."""

import sqlite3

from onrecord.errors import InputError
from onrecord.store import Store

_LEAST_PREFIX = 4


def row_with_id(store: Store, table: str, row_id: str) -> sqlite3.Row:
    """The row of a table of claims, stories, disputes or actors.

    Raises:
        InputError: No row, or more than one, has such an id.
    """
    if len(row_id) < _LEAST_PREFIX:
        problem = f"{row_id!r} is too short for an id; give {_LEAST_PREFIX} signs or more"
        raise InputError(source="id", problem=problem)
    found = store.connection.execute(
        f"SELECT * FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",  # noqa: S608
        (row_id, f"{row_id}\U0010ffff"),
    ).fetchall()
    if len(found) == 1 or (found and found[0]["id"] == row_id):
        row: sqlite3.Row = found[0]
        return row
    which = "several ids" if found else "no id"
    raise InputError(source="id", problem=f"{which} of {table} begin with {row_id!r}")
