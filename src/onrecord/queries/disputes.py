"""`disputes`: what cannot both hold, with the words of both sides and no verdict."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from onrecord.queries.articles import Articles, spans_of
from onrecord.queries.filters import Filters
from onrecord.queries.matches import numbers_of_actors, numbers_with
from onrecord.queries.names import actors_named
from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_SIDES = ("first", "second")
_OF_A_SIDE = (
    *("speaker", "actor", "stance", "words", "outlet", "published"),
    *("document", "start", "end", "url"),
)
COLUMNS = (
    *("id", "ground", "is_own", "first_seen"),
    *(f"{side}_{name}" for side in _SIDES for name in _OF_A_SIDE),
    *("claim", "other_claim", "why", "probability"),
)
_STEP = 200


def disputes(
    store: Store,
    *,
    ground: str | None = None,
    filters: Filters | None = None,
    **narrow: Any,
) -> Table:
    """Disputes, the ones found last first.

    Args:
        store: Open.
        ground: ``denial``, ``incompatible figure``, ``incompatible holder`` or
            ``incompatible actor``; all if None.
        filters: Days, outlets, an actor who is named, words (`about`) of either side's
            document.
        narrow: Fields of `Filters`, instead of it.

    Returns:
        A row for each: who says what in which words on either side. `speaker` is a name, else
        the words of the text for who it is, and null for the outlet itself; `actor` is the
        name in the registry, null where that knows nobody. `is_own`: both are one speaker.
    """
    filters = filters or Filters(**narrow)
    articles, rows = Articles(store), list[dict[str, Any]]()
    for row in _found(store, filters):
        made = dispute_row(articles, row)
        if ground in (None, row["ground"]) and _is_wanted(made, filters):
            rows.append(made)
        if len(rows) >= filters.limit:
            break
    return table_of(COLUMNS, rows)


def dispute_row(articles: Articles, row: sqlite3.Row) -> dict[str, Any]:
    """A dispute as a row of an answer."""
    made: dict[str, Any] = {
        "id": row["id"],
        "ground": row["ground"],
        "is_own": bool(row["is_own"]),
        "first_seen": row["first_seen"],
        "claim": articles.claim_id(row["claim"]),
        "other_claim": articles.claim_id(row["other_claim"]),
        "why": json.loads(row["why"]),
        "probability": row["probability"],
    }
    for side in _SIDES:
        article = articles.of(row[f"{side}_document"])
        named = article.columns() | article.evidence(spans_of(row[f"{side}_spans"]))
        stance, words = articles.stance_of(article.number, row[f"{side}_stance"])
        named["actor"] = articles.speaker_name(row[f"{side}_speaker"])
        named["speaker"] = named["actor"] or words
        named["stance"] = stance
        made |= {f"{side}_{name}": named[name] for name in _OF_A_SIDE}
    return made


def _found(store: Store, filters: Filters) -> Iterator[sqlite3.Row]:
    if filters.about is None and filters.actor is None:
        yield from _newest(store)
        return
    if filters.actor is None:
        numbers = numbers_with(store, filters)
    else:
        actors = actors_named(store, filters.actor)
        numbers = numbers_of_actors(store, actors, filters)
    seen: set[int] = set()
    for number in numbers:
        for row in store.connection.execute(
            "SELECT * FROM disputes WHERE first_document = ?1 OR second_document = ?1"
            " ORDER BY number DESC",
            (number,),
        ).fetchall():
            if row["number"] not in seen:
                seen.add(row["number"])
                yield row


def _newest(store: Store) -> Iterator[sqlite3.Row]:
    last = 2**62
    while True:
        rows = store.connection.execute(
            "SELECT * FROM disputes WHERE number < ? ORDER BY number DESC LIMIT ?", (last, _STEP)
        ).fetchall()
        yield from rows
        if len(rows) < _STEP:
            return
        last = rows[-1]["number"]


def _is_wanted(row: dict[str, Any], filters: Filters) -> bool:
    if not filters.takes_day(row["first_seen"]):
        return False
    return any(filters.takes_outlet(row[f"{side}_outlet"]) for side in _SIDES)
