"""`search`: statements and articles with some words."""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from onrecord.queries.articles import ARTICLE_COLUMNS, EVIDENCE_COLUMNS, Articles, spans_of
from onrecord.queries.filters import Filters
from onrecord.queries.matches import numbers_with
from onrecord.queries.tables import Table, table_of
from onrecord.queries.words import match_expression, plain_words
from onrecord.registry.names import plain
from onrecord.store import Store
from onrecord.store.definitions import ROWS_PER_DOCUMENT

_COLUMNS = (
    *("kind", "speaker", "actor", "act", "polarity"),
    *(*EVIDENCE_COLUMNS, *ARTICLE_COLUMNS, "id"),
)
_AROUND = 90


def search(store: Store, words: str, *, filters: Filters | None = None, **narrow: Any) -> Table:
    """Statements whose source or content holds some words; else the article that does.

    Args:
        store: Open.
        words: All must be in the article: ``dam "struck by" -Kherson flood*``.
        filters: What narrows the answer.
        narrow: Fields of `Filters`, instead of it.

    Returns:
        A row for each statement, or one of kind ``article`` where no statement holds the
        words, the documents kept last first.

    Raises:
        InputError: There is no word to look for.
    """
    filters = dataclasses.replace(filters or Filters(**narrow), about=words)
    articles, rows = Articles(store), list[dict[str, Any]]()
    for number in numbers_with(store, filters):
        rows += _rows_in(store, articles, number, words, filters)
        if len(rows) >= filters.limit:
            break
    return table_of(_COLUMNS, rows[: filters.limit])


def _rows_in(
    store: Store, articles: Articles, number: int, words: str, filters: Filters
) -> list[dict[str, Any]]:
    found = list(_statements(store, articles, number, words, filters))
    if found or filters.act is not None or filters.actor is not None:
        return found
    article = articles.of(number)
    span = _first_place(article.text, words)
    return [{"kind": "article", "id": article.id, **article.columns(), **article.evidence(span)}]


def _statements(
    store: Store, articles: Articles, number: int, words: str, filters: Filters
) -> Iterator[dict[str, Any]]:
    first = number * ROWS_PER_DOCUMENT
    matched = store.connection.execute(
        "SELECT rowid FROM statement_words WHERE statement_words MATCH ?"
        " AND rowid BETWEEN ? AND ? ORDER BY rowid",
        (match_expression(words), first, first + ROWS_PER_DOCUMENT - 1),
    ).fetchall()
    if not matched:
        return
    article = articles.of(number)
    by_position = {row["position"]: row for row in articles.rows(number, "statements").values()}
    for (rowid,) in matched:
        row = by_position.get(rowid - first)
        if row is None or (filters.act is not None and row["act"] != filters.act):
            continue
        entity = articles.rows(number, "entities").get(row["speaker"] or "")
        speaker = articles.asserter_of(number, row["id"])
        if filters.actor is not None and not _is_named(filters.actor, speaker, entity):
            continue
        yield {
            "kind": "statement",
            "speaker": speaker,
            "actor": None if entity is None else entity["actor"],
            "act": row["act"],
            "polarity": row["polarity"],
            "id": row["id"],
            **article.columns(),
            **article.evidence(spans_of(row["content"])),
        }


def _is_named(wanted: str, speaker: str | None, entity: Any) -> bool:
    if entity is not None and entity["actor"] == wanted:
        return True
    return plain(wanted) in plain(speaker or "")


def _first_place(text: str, words: str) -> list[tuple[int, int]]:
    """The surroundings of the first word that is found, in whole words."""
    for word in plain_words(words):
        found = re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE)
        if found is not None:
            start = max(0, found.start() - _AROUND)
            end = min(len(text), found.end() + _AROUND)
            start = text.find(" ", start, found.start()) + 1 if start else 0
            cut = text.rfind(" ", found.end(), end)
            return [(start or max(0, found.start()), cut if cut > 0 and end < len(text) else end)]
    return [(0, min(len(text), 2 * _AROUND))]
