"""`stories` and `story`: what is going on, and in how many independent voices."""

from typing import Any

from onrecord.queries.articles import ARTICLE_COLUMNS, Articles
from onrecord.queries.filters import Filters
from onrecord.queries.ids import row_with_id
from onrecord.queries.matches import numbers_with
from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_STORY_COLUMNS = (
    *("id", "title", "n_documents", "n_voices", "n_disputes", "first_seen", "last_seen"),
    *("outlet", "document"),
)
_DOCUMENT_COLUMNS = (*ARTICLE_COLUMNS, "publisher", "agency", "copy_of", "voice", "why")


def stories(store: Store, *, filters: Filters | None = None, **narrow: Any) -> Table:
    """Stories, the ones told last first.

    Args:
        store: Open.
        filters: Days, outlets, and words of a document of the story (`about`).
        narrow: Fields of `Filters`, instead of it.

    Returns:
        A row for each, with its documents, independent voices and disputes counted.
    """
    filters = filters or Filters(**narrow)
    articles, rows, seen = Articles(store), list[dict[str, Any]](), set[int]()
    for number in numbers_with(store, filters):
        found = store.connection.execute(
            "SELECT story FROM story_documents WHERE document = ?", (number,)
        ).fetchone()
        if found is not None and found[0] not in seen:
            seen.add(found[0])
            rows.append(_story_row(store, articles, found[0]))
        if len(rows) >= filters.limit:
            break
    rows.sort(key=lambda row: row["last_seen"] or "", reverse=True)
    return table_of(_STORY_COLUMNS, rows)


def story(store: Store, story_id: str) -> tuple[dict[str, Any], Table]:
    """A story and its documents in order of publication, with what copies what.

    Args:
        store: Open.
        story_id: Its id, or the beginning of it.

    Raises:
        InputError: No story, or more than one, has such an id.
    """
    found = row_with_id(store, "stories", story_id)
    articles = Articles(store)
    told = _story_row(store, articles, found["number"])
    rows = store.connection.execute(
        "SELECT s.document, s.why, p.publisher, p.agency, p.origin, p.voice FROM story_documents s"
        " JOIN documents d ON d.number = s.document"
        " LEFT JOIN provenances p ON p.document = s.document WHERE s.story = ?"
        " ORDER BY d.published IS NULL, d.published, d.number",
        (found["number"],),
    ).fetchall()
    made = [
        {
            **articles.of(row["document"]).columns(),
            "publisher": row["publisher"],
            "agency": row["agency"],
            "copy_of": None if row["origin"] is None else articles.of(row["origin"]).id,
            "voice": row["voice"],
            "why": articles.json_of(row["why"]),
        }
        for row in rows
    ]
    return told, table_of(_DOCUMENT_COLUMNS, made)


def _story_row(store: Store, articles: Articles, number: int) -> dict[str, Any]:
    row = store.connection.execute("SELECT * FROM stories WHERE number = ?", (number,)).fetchone()
    article = articles.of(row["document"])
    (n_disputes,) = store.connection.execute(
        "SELECT count(*) FROM disputes WHERE story = ?", (number,)
    ).fetchone()
    return {
        "id": row["id"],
        "title": article.title or article.words_at([(0, min(90, len(article.text)))]),
        "n_documents": row["n_documents"],
        "n_voices": row["n_voices"],
        "n_disputes": n_disputes,
        "first_seen": row["first_seen"],
        "last_seen": row["last_seen"],
        "outlet": article.outlet,
        "document": article.id,
    }
