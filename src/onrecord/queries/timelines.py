"""`timeline`: what is said to have happened, in the order of the days."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    named = _Named(
        actor=None if filters.actor is None else actors_named(store, filters.actor),
        place=None if filters.place is None else actors_named(store, filters.place),
    )
    articles, rows = Articles(store), list[dict[str, Any]]()
    for number in _numbers(store, named, filters):
        rows += _rows_of(store, articles, number, named, filters)
        if len(rows) >= filters.limit:
            break
    rows = rows[: filters.limit]
    rows.sort(key=day_order)
    return table_of(_COLUMNS, rows)


def day_order(row: Mapping[str, Any]) -> tuple[bool, str, str]:
    """Orders rows by their dates, else by publication; those without either stand last.

    >>> rows = [{"date": None, "published": None}, {"date": "2024-05", "published": None}]
    >>> [row["date"] for row in sorted(rows, key=day_order)]
    ['2024-05', None]
    """
    day = row["date"] or row["published"]
    return day is None, day or "", row["published"] or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Numbers of the actors that are asked for, and of the places; None takes all."""

    actor: list[int] | None
    place: list[int] | None


def _numbers(store: Store, named: _Named, filters: Filters) -> Iterator[int]:
    actors = named.place if named.actor is None else named.actor
    if actors is None:
        return numbers_with(store, filters)
    return numbers_of_actors(store, actors, filters)


def _rows_of(
    store: Store, articles: Articles, number: int, named: _Named, filters: Filters
) -> Iterator[dict[str, Any]]:
    article, places = articles.of(number), articles.rows(number, "places")
    actors = None if named.actor is None else articles.entities_of(number, named.actor)
    sites = None if named.place is None else articles.entities_of(number, named.place)
    story = store.connection.execute(
        "SELECT id FROM story_documents JOIN stories ON stories.number = story"
        " WHERE story_documents.document = ?",
        (number,),
    ).fetchone()
    for row in articles.rows(number, "events").values():
        place = places.get(row["place"] or "")
        if filters.type not in (None, row["type"]):
            continue
        if actors is not None and not actors & _parties(articles, number, row):
            continue
        if sites is not None and articles.entity_at(number, place) not in sites:
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
        yield {**made, **article.columns(), **article.evidence(spans_of(row["trigger"]))}


def _parties(articles: Articles, number: int, event: sqlite3.Row) -> set[str]:
    """The entities that an event itself names, and not just its article: parties and asserter."""
    statement = articles.rows(number, "statements").get(event["asserted_by"] or "")
    speaker = None if statement is None else statement["speaker"]
    return {*json.loads(event["actors"]), *json.loads(event["recipients"]), speaker or ""}
