"""What the page of a claim asks beside the claim itself: voices, and figures side by side."""

from typing import Any

from onrecord.queries.articles import Articles, spans_of
from onrecord.queries.ids import row_with_id
from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_FIGURE_COLUMNS = (
    *("stance", "speaker", "words", "value", "upper", "comparator", "unit"),
    *("published", "outlet", "document", "start", "end", "voice"),
)
_MOST = 500


def voices(store: Store, claim_id: str) -> dict[tuple[str, str, str], int]:
    """The voice of each stance of a claim, by document, row and stance; copies share one."""
    number = row_with_id(store, "claims", claim_id)["number"]
    rows = store.connection.execute(
        "SELECT d.id, t.row, t.stance, t.voice FROM stances t"
        " JOIN documents d ON d.number = t.document WHERE t.claim = ?",
        (number,),
    )
    return {(document, row, stance): voice for document, row, stance, voice in rows}


def claim_story(store: Store, claim_id: str) -> dict[str, Any] | None:
    """The story of a claim by its headline; None if it has none."""
    number = row_with_id(store, "claims", claim_id)["number"]
    row = store.connection.execute(
        "SELECT s.id, d.title, s.n_documents, s.n_voices FROM claims c"
        " JOIN stories s ON s.number = c.story JOIN documents d ON d.number = s.document"
        " WHERE c.number = ?",
        (number,),
    ).fetchone()
    return None if row is None else dict(row)


def claim_figures(store: Store, claim_id: str) -> Table:
    """The figures in the words of each stance, in order of publication."""
    number = row_with_id(store, "claims", claim_id)["number"]
    articles, rows = Articles(store), list[dict[str, Any]]()
    for stance in store.connection.execute(
        "SELECT * FROM stances WHERE claim = ? ORDER BY published IS NULL, published, document, id"
        " LIMIT ?",
        (number, _MOST),
    ).fetchall():
        article = articles.of(stance["document"])
        for row in _figures_of(articles, stance):
            span = spans_of(row["span"])
            rows.append(
                {
                    "stance": stance["stance"],
                    "speaker": articles.speaker_name(stance["speaker"]),
                    "voice": stance["voice"],
                    **{name: row[name] for name in ("value", "upper", "comparator", "unit")},
                    **article.columns(),
                    **article.evidence(span),
                }
            )
    return table_of(_FIGURE_COLUMNS, rows)


def _figures_of(articles: Articles, stance: Any) -> list[Any]:
    """Quantities that an event names, or that stand in the words of a stance."""
    quantities = articles.rows(stance["document"], "quantities")
    if stance["row_kind"] == "event":
        event = articles.rows(stance["document"], "events").get(stance["row"])
        listed = [] if event is None else articles.json_of(event["quantities"])
        return [quantities[one] for one in listed if one in quantities]
    spans = spans_of(stance["spans"])
    return [
        row
        for row in quantities.values()
        for start, end in spans_of(row["span"])
        if any(first <= start and end <= last for first, last in spans)
    ]
