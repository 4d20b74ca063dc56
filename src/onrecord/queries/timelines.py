"""`timeline`: what is said to have happened, in the order of the days."""

import json
from collections.abc import Iterator
from typing import Any

from onrecord.queries.articles import ARTICLE_COLUMNS, EVIDENCE_COLUMNS, Articles, spans_of
from onrecord.queries.filters import Filters
from onrecord.queries.matches import numbers_of_actors, numbers_with
from onrecord.queries.names import actors_named
from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_COLUMNS = (
    *("date", "type", "mode", "actors", "recipients", "place", "country", "factuality"),
    *("asserter", *EVIDENCE_COLUMNS, *ARTICLE_COLUMNS, "story", "id"),
)


def timeline(store: Store, *, filters: Filters | None = None, **narrow: Any) -> Table:
    """Events in the order of their dates, else of publication; one row for each mention.

    Args:
        store: Open.
        filters: What narrows the answer: words (`about`), an actor, a place, a type, days
            of publication, an outlet.
        narrow: Fields of `Filters`, instead of it.

    Returns:
        Who did what to whom, where, when; `asserter` is null where the outlet says it.

    Raises:
        InputError: Nobody and no place in the store is called so.
    """
    filters = filters or Filters(**narrow)
    articles, rows = Articles(store), list[dict[str, Any]]()
    for number in _numbers(store, filters):
        rows += _rows_of(store, articles, number, filters)
        if len(rows) >= filters.limit:
            break
    rows = rows[: filters.limit]
    rows.sort(key=lambda row: (row["date"] or row["published"] or "", row["published"] or ""))
    return table_of(_COLUMNS, rows)


def _numbers(store: Store, filters: Filters) -> Iterator[int]:
    named = [name for name in (filters.actor, filters.place) if name is not None]
    if not named:
        return numbers_with(store, filters)
    return numbers_of_actors(store, actors_named(store, named[0]), filters)


def _rows_of(
    store: Store, articles: Articles, number: int, filters: Filters
) -> Iterator[dict[str, Any]]:
    article, places = articles.of(number), articles.rows(number, "places")
    story = store.connection.execute(
        "SELECT id FROM story_documents JOIN stories ON stories.number = story"
        " WHERE story_documents.document = ?",
        (number,),
    ).fetchone()
    for row in articles.rows(number, "events").values():
        place = places.get(row["place"] or "")
        if filters.type not in (None, row["type"]):
            continue
        made = {
            "type": row["type"],
            "mode": row["mode"],
            "date": json.loads(row["date"])["value"] if row["date"] else None,
            "actors": articles.names_of(number, row["actors"]),
            "recipients": articles.names_of(number, row["recipients"]),
            "place": None if place is None else place["name"],
            "country": None if place is None else place["country"],
            "factuality": row["factuality"],
            "asserter": articles.asserter_of(number, row["asserted_by"]),
            "story": None if story is None else story[0],
            "id": row["id"],
        }
        if _is_wanted(made, filters):
            yield {**made, **article.columns(), **article.evidence(spans_of(row["trigger"]))}


def _is_wanted(made: dict[str, Any], filters: Filters) -> bool:
    """Whether the event itself names the actor and the place, and not just its article."""
    if filters.actor is not None:
        named = " ".join([*made["actors"], *made["recipients"], made["asserter"] or ""])
        if filters.actor.casefold() not in named.casefold():
            return False
    if filters.place is None:
        return True
    return filters.place.casefold() in f"{made['place']} {made['country']}".casefold()
