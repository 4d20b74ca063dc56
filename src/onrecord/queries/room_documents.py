"""What a page tells of an article beside its rows: story, versions, copies, actors."""

from typing import Any

from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_MOST = 50
_COLUMNS = ("id", "title", "outlet", "published", "relation")


def story_of(store: Store, number: int) -> dict[str, Any] | None:
    """The story of a document, with its counts; None if it has none."""
    row = store.connection.execute(
        "SELECT s.id, d.title, s.n_documents, s.n_voices FROM story_documents m"
        " JOIN stories s ON s.number = m.story JOIN documents d ON d.number = s.document"
        " WHERE m.document = ?",
        (number,),
    ).fetchone()
    return None if row is None else dict(row)


def related(store: Store, number: int) -> Table:
    """Other versions of an article, what it copies, and what copies it."""
    rows: list[dict[str, Any]] = []
    for relation, condition in _RELATIONS:
        found = store.connection.execute(
            "SELECT d.id, d.title, d.outlet, d.published FROM documents d"  # noqa: S608
            f" WHERE d.number IN ({condition}) ORDER BY d.number LIMIT ?",
            (number, _MOST),
        ).fetchall()
        rows += [{**dict(row), "relation": relation} for row in found]
    return table_of(_COLUMNS, rows)


_RELATIONS = (
    ("later version", "SELECT replaced_by FROM versions WHERE document = ?"),
    ("earlier version", "SELECT replaces FROM versions WHERE document = ?"),
    ("copied from", "SELECT origin FROM provenances WHERE document = ?"),
    ("copied by", "SELECT document FROM provenances WHERE origin = ?"),
)


def actors_in(store: Store, number: int) -> dict[str, str]:
    """For each entity of a document that is known across documents, the id of its actor."""
    rows = store.connection.execute(
        "SELECT e.entity, a.id FROM actor_entities e JOIN known_actors a ON a.number = e.actor"
        " WHERE e.document = ?",
        (number,),
    )
    return dict(rows.fetchall())


def claims_in(store: Store, number: int) -> dict[str, tuple[str, bool]]:
    """For each row of a document that takes a stance: its claim, and if it is disputed."""
    rows = store.connection.execute(
        "SELECT t.row, c.id, c.is_disputed FROM stances t JOIN claims c ON c.number = t.claim"
        " WHERE t.document = ? AND c.n_asserts + c.n_denies + c.n_reports > 1"
        " ORDER BY c.is_disputed",
        (number,),
    )
    return {row: (claim, bool(is_disputed)) for row, claim, is_disputed in rows}
