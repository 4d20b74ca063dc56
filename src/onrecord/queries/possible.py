"""`disputes --possible`: pairs that may be in dispute, for somebody to look at."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import Any

from onrecord.queries.articles import ARTICLE_COLUMNS, EVIDENCE_COLUMNS, Articles, spans_of
from onrecord.queries.filters import Filters
from onrecord.queries.matches import numbers_of_actors, numbers_with
from onrecord.queries.names import actors_named
from onrecord.queries.room_counts import has_table
from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_SIDES = ("first", "second")
_OF_A_SIDE = (*EVIDENCE_COLUMNS, *ARTICLE_COLUMNS)
COLUMNS = (
    *("id", "ground", "probability", "first_seen"),
    *(f"{side}_{name}" for side in _SIDES for name in _OF_A_SIDE),
)
_SELECT = "SELECT rowid, * FROM possible_disputes"
_STEP = 200


def possible_disputes(
    store: Store,
    *,
    ground: str | None = None,
    least: float = 0.0,
    filters: Filters | None = None,
    **narrow: Any,
) -> Table:
    """Pairs that the model holds possible but not likely, the ones found last first.

    More of them are no disputes than are some: they are a list to look through, by somebody who
    then says of each what it is (`onrecord correct accept` or `reject`).

    Args:
        store: Open.
        ground: As in `disputes`.
        least: Least probability, from 0 to 1.
        filters: Days, outlets, an actor who is named, words of either side's document.
        narrow: Fields of `Filters`, instead of it.

    Returns:
        A row for each: the words of either side, with their documents.
    """
    filters = filters or Filters(**narrow)
    if not has_table(store, "possible_disputes"):
        return table_of(COLUMNS, [])
    articles = Articles(store)
    made = (
        _made(articles, row)
        for row in _found(store, filters)
        if ground in (None, row["ground"]) and row["probability"] >= least
    )
    taken = (
        row
        for row in made
        if filters.takes_day(row["first_seen"])
        and any(filters.takes_outlet(row[f"{side}_outlet"]) for side in _SIDES)
    )
    return table_of(COLUMNS, list(islice(taken, filters.limit)))


def _made(articles: Articles, row: sqlite3.Row) -> dict[str, Any]:
    made: dict[str, Any] = {name: row[name] for name in ("id", "ground", "probability")}
    for side in _SIDES:
        article = articles.of(row[f"{side}_document"])
        told = article.columns() | article.evidence(spans_of(row[f"{side}_spans"]))
        made |= {f"{side}_{name}": told[name] for name in _OF_A_SIDE}
    days = [made[f"{side}_published"] for side in _SIDES]
    return made | {"first_seen": max((day for day in days if day), default=None)}


def _found(store: Store, filters: Filters) -> Iterator[sqlite3.Row]:
    if filters.about is None and filters.actor is None:
        yield from _newest(store)
        return
    if filters.actor is None:
        numbers = numbers_with(store, filters)
    else:
        numbers = numbers_of_actors(store, actors_named(store, filters.actor), filters)
    seen: set[int] = set()
    for number in numbers:
        for row in store.connection.execute(
            f"{_SELECT} WHERE first_document = ?1 OR second_document = ?1 ORDER BY rowid DESC",
            (number,),
        ).fetchall():
            if row["rowid"] not in seen:
                seen.add(row["rowid"])
                yield row


def _newest(store: Store) -> Iterator[sqlite3.Row]:
    last = 2**62
    while True:
        rows = store.connection.execute(
            f"{_SELECT} WHERE rowid < ? ORDER BY rowid DESC LIMIT ?", (last, _STEP)
        ).fetchall()
        yield from rows
        if len(rows) < _STEP:
            return
        last = rows[-1]["rowid"]
