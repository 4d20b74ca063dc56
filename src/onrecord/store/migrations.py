"""Files of an older version are brought up to date: one step for each version, all or none."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from onrecord.errors import StoreError
from onrecord.store.definitions import SCHEMA_VERSION, split_script

# The version that a file has, and the statements that bring it to the next.
STEPS: Mapping[int, str] = {
    1: "CREATE INDEX disputes_by_first_seen ON disputes (first_seen);",
    2: "CREATE INDEX stances_by_holder ON stances (claim, stance, speaker, voice);",
    3: """
-- Pairs that may be in dispute, not likely enough to be shown: for somebody to look at.
CREATE TABLE IF NOT EXISTS possible_disputes (
  id TEXT PRIMARY KEY,        -- Hash of both documents, words and the ground.
  ground TEXT NOT NULL,
  first_document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  first_spans TEXT NOT NULL CHECK (json_valid(first_spans)),
  second_document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  second_spans TEXT NOT NULL CHECK (json_valid(second_spans)),
  probability REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS possible_disputes_by_first ON possible_disputes (first_document);
CREATE INDEX IF NOT EXISTS possible_disputes_by_second ON possible_disputes (second_document);
-- What people said of disputes. Documents and words are named as they stay when a text is read
-- again or linked again.
CREATE TABLE IF NOT EXISTS dispute_reviews (
  id TEXT PRIMARY KEY,
  is_dispute INTEGER NOT NULL,
  ground TEXT NOT NULL,
  first_document TEXT NOT NULL,   -- The id of the document.
  first_spans TEXT NOT NULL CHECK (json_valid(first_spans)),
  second_document TEXT NOT NULL,
  second_spans TEXT NOT NULL CHECK (json_valid(second_spans)),
  was_shown INTEGER NOT NULL, -- Whether it was shown then; else it was a possible one.
  probability REAL NOT NULL,  -- That the program gave it then.
  "by" TEXT NOT NULL,
  at TEXT NOT NULL,           -- When. (ISO 8601, UTC)
  why TEXT,
  undone_by TEXT,
  undone_at TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS dispute_reviews_by_first ON dispute_reviews (first_document);
CREATE INDEX IF NOT EXISTS dispute_reviews_by_second ON dispute_reviews (second_document);
CREATE TRIGGER IF NOT EXISTS dispute_reviews_go AFTER DELETE ON documents
BEGIN
  DELETE FROM dispute_reviews WHERE first_document = OLD.id OR second_document = OLD.id;
END;
""",
}


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    *,
    steps: Mapping[int, str] = STEPS,
    target: int = SCHEMA_VERSION,
) -> Path:
    """Bring a file to the target version, in one transaction, after copying it.

    Returns:
        The copy of the file as it was, beside it.

    Raises:
        StoreError: There is no step from its version, or it does not keep the pointers of
            the rows whole. The file is then as it was.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    missing = [step for step in range(version, target) if step not in steps]
    if missing:
        problem = f"its tables have version {version}, from which no way leads to {target}"
        raise StoreError(path=str(path), problem=problem)
    copy = _copied(connection, path, version)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in range(version, target):
            for statement in split_script(steps[step]):
                connection.execute(statement)
        _check_pointers(connection, path)
        connection.execute(f"PRAGMA user_version = {target}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return copy


def _check_pointers(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        problem = "bringing it up to date would break pointers between its rows"
        raise StoreError(path=str(path), problem=problem)


def _copied(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """A copy beside the file; one that is already there from a try before is replaced."""
    copy = path.with_name(f"{path.name}.tables-{version}.bak")
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(part),))
    part.replace(copy)
    return copy
