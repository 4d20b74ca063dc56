"""`claim`: one claim with all who assert, deny or report it, and what is disputed in it."""

from collections.abc import Iterator
from typing import Any

from onrecord.queries.articles import ARTICLE_COLUMNS, EVIDENCE_COLUMNS, Articles, spans_of
from onrecord.queries.disputes import COLUMNS as DISPUTE_COLUMNS
from onrecord.queries.disputes import dispute_row
from onrecord.queries.ids import row_with_id
from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_COLUMNS = (
    *("stance", "speaker", "speaker_words", *EVIDENCE_COLUMNS, *ARTICLE_COLUMNS),
    *("is_copy", "row_kind", "row", "why", "probability"),
)


def claim(store: Store, claim_id: str) -> tuple[dict[str, Any], Table, Table]:
    """A claim, its stances in order of publication, and the disputes that name it.

    Args:
        store: Open.
        claim_id: Its id, or the beginning of it.

    Returns:
        The claim itself with its words; a row for each stance, where copies of one voice
        are marked after the first; a row for each dispute.

    Raises:
        InputError: No claim, or more than one, has such an id.
    """
    articles = Articles(store)
    row = row_with_id(store, "claims", claim_id)
    article = articles.of(row["document"])
    told = {name: row[name] for name in ("id", "first_seen", "last_seen")}
    told |= {name: row[name] for name in ("n_asserts", "n_denies", "n_reports")}
    told |= {"is_disputed": bool(row["is_disputed"]), **article.columns()}
    told |= article.evidence(spans_of(row["spans"]))
    stances = table_of(_COLUMNS, list(_stances(store, articles, row["number"])))
    found = store.connection.execute(
        "SELECT * FROM disputes WHERE claim = ?1 OR other_claim = ?1 ORDER BY number",
        (row["number"],),
    ).fetchall()
    return told, stances, table_of(DISPUTE_COLUMNS, [dispute_row(articles, one) for one in found])


def _stances(store: Store, articles: Articles, number: int) -> Iterator[dict[str, Any]]:
    seen: set[tuple[int, int | None, str]] = set()
    for row in store.connection.execute(
        "SELECT * FROM stances WHERE claim = ? ORDER BY published IS NULL, published, document, id",
        (number,),
    ).fetchall():
        article = articles.of(row["document"])
        words = article.words_at(spans_of(row["speaker_spans"])) or None
        voice = (row["voice"], row["speaker"], row["stance"])
        yield {
            "stance": row["stance"],
            "speaker": articles.speaker_name(row["speaker"]) or words,
            "speaker_words": words,
            **article.columns(),
            **article.evidence(spans_of(row["spans"])),
            "is_copy": voice in seen,
            "row_kind": row["row_kind"],
            "row": row["row"],
            "why": articles.json_of(row["why"]),
            "probability": row["probability"],
        }
        seen.add(voice)
