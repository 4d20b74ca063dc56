"""`control`: who is said to hold a place, by whom, over time."""

import json
from typing import Any

from onrecord.queries.articles import ARTICLE_COLUMNS, EVIDENCE_COLUMNS, Articles, spans_of
from onrecord.queries.filters import Filters
from onrecord.queries.matches import numbers_of_actors
from onrecord.queries.names import actors_named
from onrecord.queries.tables import Table, table_of
from onrecord.queries.timelines import day_order
from onrecord.store import Store

_COLUMNS = (
    *("place", "country", "holder", "holder_code", "change", "factuality", "date"),
    *("asserter", *EVIDENCE_COLUMNS, *ARTICLE_COLUMNS, "id"),
)


def control(store: Store, place: str, *, filters: Filters | None = None, **narrow: Any) -> Table:
    """Who is said to hold, have taken, have lost or contest a place.

    Args:
        store: Open.
        place: One of its names.
        filters: What narrows the answer.
        narrow: Fields of `Filters`, instead of it.

    Returns:
        A row for each claim in order of its date, else of publication; `asserter` is null
        where the outlet itself says it.

    Raises:
        InputError: No document of the store names such a place.
    """
    filters = filters or Filters(**narrow)
    actors = actors_named(store, place)
    articles, rows = Articles(store), list[dict[str, Any]]()
    for number in numbers_of_actors(store, actors, filters):
        rows += _rows_of(articles, number, actors)
        if len(rows) >= filters.limit:
            break
    rows.sort(key=day_order)
    return table_of(_COLUMNS, rows[-filters.limit :])


def _rows_of(articles: Articles, number: int, actors: list[int]) -> list[dict[str, Any]]:
    claims = articles.rows(number, "control_claims")
    if not claims:
        return []
    wanted, places = articles.entities_of(number, actors), articles.rows(number, "places")
    rows = []
    for row in claims.values():
        place = places.get(row["place"])
        if place is None or articles.entity_at(number, place) not in wanted:
            continue
        article = articles.of(number)
        holder = articles.rows(number, "entities").get(row["holder"] or "")
        date = json.loads(row["date"]) if row["date"] else None
        rows.append(
            {
                "place": place["name"],
                "country": place["country"],
                "holder": None if holder is None else holder["name"],
                "holder_code": None if holder is None else holder["actor"],
                "change": row["change"],
                "factuality": row["factuality"],
                "date": None if date is None else date["value"],
                "asserter": articles.asserter_of(number, row["asserted_by"]),
                "id": row["id"],
                **article.columns(),
                **article.evidence(spans_of(row["span"])),
            }
        )
    return rows
