"""How much a store holds, and what was turned away: for the first page of the reading room."""

from collections.abc import Mapping

from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_MOST = 12


def room_counts(store: Store) -> Mapping[str, int]:
    """How many documents, stories, claims, disputes and actors there are."""
    tables = {
        "articles": "readings",
        "stories": "stories",
        "disputes": "disputes",
        "actors": "known_actors",
    }
    return {
        name: store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for name, table in tables.items()
    }


def newest_documents(store: Store) -> Table:
    """The documents that were kept last."""
    rows = store.connection.execute(
        "SELECT d.id, d.title, d.outlet, d.published, substr(d.text, 1, 90) AS opening,"
        " r.n_statements, r.n_events FROM documents d"
        " LEFT JOIN readings r ON r.document = d.number"
        " LEFT JOIN versions v ON v.document = d.number WHERE v.replaced_by IS NULL"
        " ORDER BY d.number DESC LIMIT ?",
        (_MOST,),
    ).fetchall()
    columns = ("id", "title", "outlet", "published", "opening", "n_statements", "n_events")
    return table_of(columns, [dict(row) for row in rows])


def refusals_by_reason(store: Store) -> Table:
    """How many inputs were turned away for which reason."""
    rows = store.connection.execute(
        "SELECT reason, count(*) AS n, max(at) AS last FROM refusals"
        " GROUP BY reason ORDER BY n DESC"
    ).fetchall()
    return table_of(("reason", "n", "last"), [dict(row) for row in rows])


def has_table(store: Store, name: str) -> bool:
    """Whether the store has a table; those of linkers and feeds may be missing in old ones."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return store.connection.execute(query, (name,)).fetchone() is not None
