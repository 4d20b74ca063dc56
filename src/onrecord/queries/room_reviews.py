"""Rows for a review: the least certain ones first, and what has been decided."""

from typing import Any

from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

# The least certain rows are looked for among so many documents, those kept last.
MOST_DOCUMENTS = 400
REVIEWED = ("statements", "events", "control_claims", "commitments")
_MOST = 30


def uncertain_rows(
    store: Store, table: str, *, document: int | None = None
) -> list[tuple[int, str]]:
    """Documents and ids of rows that nobody has reviewed, the least certain first.

    Rows without a probability come in the order of the documents, the newest first.
    """
    is_sure = "abs(r.probability - 0.5)" if table in {"statements", "events"} else "-r.document"
    newest = "SELECT number FROM documents ORDER BY number DESC LIMIT ?"
    rows = store.connection.execute(
        f"SELECT r.document, r.id FROM {table} r JOIN documents d ON d.number = r.document"  # noqa: S608
        f" WHERE r.document IN ({'?' if document else newest})"
        " AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.document = d.id AND c.row = r.id"
        " AND c.undone_by IS NULL AND c.kind <> 'undo')"
        f" ORDER BY {is_sure}, r.document DESC, r.position LIMIT ?",
        (document or MOST_DOCUMENTS, _MOST),
    ).fetchall()
    return [(row[0], row[1]) for row in rows]


def is_reviewed(store: Store, document_id: str, row_id: str) -> bool:
    """Whether a correction that holds is about a row."""
    found = store.connection.execute(
        "SELECT 1 FROM corrections WHERE document = ? AND row = ? AND undone_by IS NULL"
        " AND kind <> 'undo'",
        (document_id, row_id),
    ).fetchone()
    return found is not None


def recent_corrections(store: Store) -> Table:
    """The last corrections, the newest first."""
    rows = store.connection.execute(
        'SELECT id, kind, document, row_kind, row, field, why, "by", at, undone_by'
        " FROM corrections ORDER BY number DESC LIMIT ?",
        (_MOST,),
    ).fetchall()
    columns = (
        *("id", "kind", "document", "row_kind", "row", "field", "why", "by", "at", "undone_by"),
    )
    return table_of(columns, [dict(row) for row in rows])


def agreement(store: Store) -> dict[str, Any]:
    """How often two or more people who looked at one row decided the same."""
    rows = store.connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE kinds = 1) FROM ("
        ' SELECT count(DISTINCT "by") AS people, count(DISTINCT kind) AS kinds FROM corrections'
        " WHERE undone_by IS NULL AND kind IN ('accept', 'reject', 'set')"
        " GROUP BY document, row_kind, row HAVING people > 1)"
    ).fetchone()
    return {"n_rows": rows[0], "n_agreed": rows[1]}
