"""What the page of a story asks beside its articles: its claims and disputes."""

from typing import Any

from onrecord.queries.articles import Articles, spans_of
from onrecord.queries.disputes import COLUMNS as DISPUTE_COLUMNS
from onrecord.queries.disputes import dispute_row
from onrecord.queries.ids import row_with_id
from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_MOST = 40
_CLAIM_COLUMNS = (
    *("id", "words", "n_asserts", "n_denies", "n_reports", "is_disputed", "first_seen"),
    *("document", "start", "end"),
)


def story_claims(store: Store, story_id: str) -> Table:
    """Claims of a story that more than one voice speaks about: disputed ones first."""
    number = row_with_id(store, "stories", story_id)["number"]
    rows = store.connection.execute(
        "SELECT * FROM claims WHERE story = ? AND n_asserts + n_denies + n_reports > 1"
        " ORDER BY is_disputed DESC, n_asserts + n_denies + n_reports DESC, number LIMIT ?",
        (number, _MOST),
    ).fetchall()
    articles, made = Articles(store), list[dict[str, Any]]()
    for row in rows:
        article = articles.of(row["document"])
        counts = {name: row[name] for name in ("id", "n_asserts", "n_denies", "n_reports")}
        made.append(
            {
                **counts,
                "is_disputed": bool(row["is_disputed"]),
                "first_seen": row["first_seen"],
                "document": article.id,
                **article.evidence(spans_of(row["spans"])),
            }
        )
    return table_of(_CLAIM_COLUMNS, made)


def story_disputes(store: Store, story_id: str) -> Table:
    """Disputes of a story, the ones found last first."""
    number = row_with_id(store, "stories", story_id)["number"]
    rows = store.connection.execute(
        "SELECT * FROM disputes WHERE story = ? ORDER BY number DESC LIMIT ?", (number, _MOST)
    ).fetchall()
    articles = Articles(store)
    return table_of(DISPUTE_COLUMNS, [dispute_row(articles, row) for row in rows])
