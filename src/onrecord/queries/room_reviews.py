"""Rows for a review: the least certain ones first, and what has been decided."""

from collections.abc import Mapping
from typing import Any

from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

# The least certain rows are looked for among so many documents, those kept last.
MOST_DOCUMENTS = 400
REVIEWED = (
    *("statements", "events", "control_claims", "commitments"),
    *("places", "entities", "times", "quantities"),
)
_MOST = 30
_STATEMENT = (
    "(SELECT abs(s.probability - 0.5) FROM statements s"
    " WHERE s.document = r.document AND s.id = r.asserted_by)"
)
_PLACE = (
    "(SELECT abs(p.probability - 0.5) FROM places p"
    " WHERE p.document = r.document AND p.id = r.place)"
)
# How sure a row is, from 0. A row without a probability of its own is as sure as the least
# certain row that it names; without a value it is not sure at all.
_SURENESS: Mapping[str, str] = {
    "statements": "abs(r.probability - 0.5)",
    "events": "abs(r.probability - 0.5)",
    "places": "abs(r.probability - 0.5)",
    "control_claims": f"min(coalesce({_PLACE}, 0.5), coalesce({_STATEMENT}, 0.5))",
    "commitments": f"coalesce({_STATEMENT}, 0.5)",
    "entities": (
        "coalesce((SELECT abs(a.probability - 0.5) FROM actor_entities a"
        " WHERE a.document = r.document AND a.entity = r.id), 0.5)"
    ),
    "times": "r.value IS NOT NULL",
    "quantities": "r.unit IS NOT NULL",
}
_DECIDED = "c.undone_by IS NULL AND c.kind <> 'undo'"


def uncertain_rows(
    store: Store, table: str, *, document: int | None = None
) -> list[tuple[int, str]]:
    """Documents and ids of rows that nobody has reviewed, the least certain first.

    Rows that are equally certain come in the order of the documents, the newest first.
    """
    newest = "SELECT number FROM documents ORDER BY number DESC LIMIT ?"
    rows = store.connection.execute(
        f"SELECT r.document, r.id FROM {table} r JOIN documents d ON d.number = r.document"  # noqa: S608
        f" WHERE r.document IN ({'?' if document else newest})"
        " AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.document = d.id AND c.row = r.id"
        f" AND {_DECIDED})"
        f" ORDER BY {_SURENESS[table]}, r.document DESC, r.position LIMIT ?",
        (document or MOST_DOCUMENTS, _MOST),
    ).fetchall()
    return [(row[0], row[1]) for row in rows]


def rows_of_others(store: Store, table: str, row_kind: str, by: str) -> list[tuple[int, str]]:
    """Documents and ids of rows that others decided on and somebody did not, the newest first."""
    rows = store.connection.execute(
        f"SELECT r.document, r.id, max(c.number) FROM corrections c"  # noqa: S608 - own names
        f" JOIN documents d ON d.id = c.document JOIN {table} r"
        " ON r.document = d.number AND r.id = c.row"
        f" WHERE c.row_kind = ? AND {_DECIDED} AND c.kind IN ('accept', 'set')"
        " GROUP BY r.document, r.id HAVING sum(c.by = ?) = 0"
        " ORDER BY max(c.number) DESC LIMIT ?",
        (row_kind, by, _MOST),
    ).fetchall()
    return [(row[0], row[1]) for row in rows]


def gone_or_read_again(store: Store) -> tuple[int, int]:
    """Changes when a document was deleted, or read anew: rows that were drawn may be gone."""
    found = store.connection.execute(
        "SELECT (SELECT count(*) FROM tombstones), (SELECT coalesce(max(number), 0) FROM runs)"
    ).fetchone()
    return int(found[0]), int(found[1])


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


def open_correction(store: Store, correction: str, document: str) -> dict[str, Any] | None:
    """A correction of a document that holds; None if there is none with this id."""
    row = store.connection.execute(
        'SELECT id, kind, row_kind, row, "by" FROM corrections'
        " WHERE id = ? AND document = ? AND undone_by IS NULL",
        (correction, document),
    ).fetchone()
    return None if row is None else dict(row)


def agreement(store: Store) -> dict[str, Any]:
    """How often those who looked at a row after somebody else left it as it was.

    A row that was rejected is gone, so that the next to look cannot agree; who takes the
    rejection of somebody else back disagrees.
    """
    decided = store.connection.execute(
        'SELECT document, row_kind, row, "by", kind FROM corrections'
        " WHERE undone_by IS NULL AND kind IN ('accept', 'reject', 'set') ORDER BY number"
    )
    first: dict[tuple[str, ...], str] = {}
    agreed: dict[tuple[str, ...], bool] = {}
    for *key, by, kind in decided:
        row = tuple(key)
        if by != first.setdefault(row, by):
            agreed[row] = agreed.get(row, True) and kind == "accept"
    n_taken_back = store.connection.execute(
        "SELECT count(*) FROM corrections c JOIN corrections u ON u.id = c.undone_by"
        " WHERE c.kind = 'reject' AND u.by <> c.by"
    ).fetchone()[0]
    return {"n_rows": len(agreed) + n_taken_back, "n_agreed": sum(agreed.values())}
