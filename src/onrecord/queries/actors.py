"""`who`: what somebody said, was said about, did, and had done to them."""

import json
from collections.abc import Iterator
from typing import Any

from onrecord.queries.articles import ARTICLE_COLUMNS, EVIDENCE_COLUMNS, Articles, spans_of
from onrecord.queries.filters import Filters
from onrecord.queries.matches import numbers_of_actors
from onrecord.queries.names import actors_named
from onrecord.queries.tables import Table, table_of
from onrecord.queries.tellings import holds, telling
from onrecord.store import Store

# Documents that name somebody without anything to tell of them are read in vain: no more.
_MOST_READ = 150
RELATIONS = ("said", "said about", "did", "was done to")
_COLUMNS = (
    *("relation", "name", "what", "date", "others", "factuality", "asserter"),
    *(*EVIDENCE_COLUMNS, *ARTICLE_COLUMNS, "id"),
)


def who(
    store: Store,
    name: str,
    *,
    relations: tuple[str, ...] = RELATIONS,
    filters: Filters | None = None,
    **narrow: Any,
) -> Table:
    """What one actor said, was said about, did, and had done to them.

    Args:
        store: Open.
        name: One of its names, or an actor code.
        relations: Which of the four.
        filters: What narrows the answer.
        narrow: Fields of `Filters`, instead of it.

    Returns:
        A row for each statement or event: `what` is the act or the type, `others` the other
        side, `asserter` who says it, null for the outlet.

    Raises:
        InputError: Nobody in the store is called so.
    """
    filters = filters or Filters(**narrow)
    actors = actors_named(store, name)
    articles, rows = Articles(store), list[dict[str, Any]]()
    numbers = numbers_of_actors(store, actors, filters, most=_MOST_READ)
    for number, entities in telling(store, numbers, actors):
        for row in _rows_of(articles, number, entities, filters):
            if row["relation"] in relations:
                rows.append(row)
        if len(rows) >= filters.limit:
            break
    return table_of(_COLUMNS, rows[: filters.limit])


def _rows_of(
    articles: Articles, number: int, entities: set[str], filters: Filters
) -> Iterator[dict[str, Any]]:
    if filters.type is None:
        yield from _statement_rows(articles, number, entities, filters)
    if filters.act is None:
        yield from _event_rows(articles, number, entities, filters)


def _statement_rows(
    articles: Articles, number: int, entities: set[str], filters: Filters
) -> Iterator[dict[str, Any]]:
    article = articles.of(number)
    places = articles.places_of(number, entities)
    for row in articles.rows(number, "statements").values():
        content = spans_of(row["content"])
        is_own = row["speaker"] in entities
        if filters.act not in (None, row["act"]) or not (is_own or holds(content, places)):
            continue
        about = None if is_own else articles.asserter_of(number, row["id"])
        yield {
            "relation": "said" if is_own else "said about",
            "name": articles.name_of(number, row["speaker"] if is_own else min(entities)),
            "what": row["act"] if row["polarity"] == "affirm" else f"{row['act']} (denies)",
            "date": _time(articles, number, row["time"]),
            "others": [] if about is None else [about],
            "asserter": articles.asserter_of(number, row["parent"]),
            "id": row["id"],
            **article.columns(),
            **article.evidence(content),
        }


def _event_rows(
    articles: Articles, number: int, entities: set[str], filters: Filters
) -> Iterator[dict[str, Any]]:
    article = articles.of(number)
    for row in articles.rows(number, "events").values():
        if filters.type not in (None, row["type"]):
            continue
        did = entities.intersection(json.loads(row["actors"]))
        if not did and not entities.intersection(json.loads(row["recipients"])):
            continue
        own, others = ("actors", "recipients") if did else ("recipients", "actors")
        date = json.loads(row["date"]) if row["date"] else None
        mode = f" {row['mode']}" if row["mode"] else ""
        yield {
            "relation": "did" if did else "was done to",
            "name": next(iter(articles.names_of(number, row[own])), None),
            "what": f"{row['type']}{mode}",
            "date": None if date is None else date["value"],
            "others": articles.names_of(number, row[others]),
            "factuality": row["factuality"],
            "asserter": articles.asserter_of(number, row["asserted_by"]),
            "id": row["id"],
            **article.columns(),
            **article.evidence(spans_of(row["trigger"])),
        }


def _time(articles: Articles, number: int, row_id: str | None) -> str | None:
    row = articles.rows(number, "times").get(row_id or "")
    return None if row is None else str(row["value"])
