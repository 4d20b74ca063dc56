"""`disputes`: what cannot both hold, with the words of both sides and no verdict."""

import itertools
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
_FIRST_STEP, _STEP = 30, 500


def disputes(
    store: Store,
    *,
    ground: str | None = None,
    least: float = 0.0,
    filters: Filters | None = None,
    **narrow: Any,
) -> Table:
    """Disputes, the ones found last first.

    Args:
        store: Open.
        ground: ``denial``, ``incompatible figure``, ``incompatible holder`` or
            ``incompatible actor``; all if None.
        least: Least probability, from 0 to 1.
        filters: Days, outlets, an actor who is named, words (`about`) of either side's
            document.
        narrow: Fields of `Filters`, instead of it.

    Returns:
        A row for each: who says what in which words on either side. `speaker` is a name, else
        the words of the text for who it is, and null for the outlet itself; `actor` is the
        name in the registry, null where that knows nobody. `is_own`: both are one speaker.
    """
    filters = filters or Filters(**narrow)
    found = (
        row
        for row in _found(store, ground, filters)
        if row["probability"] >= least
        and filters.takes_day(row["first_seen"])
        and any(filters.takes_outlet(row[f"{side}_outlet"]) for side in _SIDES)
    )
    articles = Articles(store)
    rows = [dispute_row(articles, row) for row in itertools.islice(found, filters.limit)]
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


# What is asked of disputes one by one, before their words are looked up.
_SELECT = (
    "SELECT p.*, f.outlet AS first_outlet, s.outlet AS second_outlet FROM disputes p"
    " JOIN documents f ON f.number = p.first_document"
    " JOIN documents s ON s.number = p.second_document"
)
_OF_A_DOCUMENT = (
    "SELECT number FROM disputes WHERE first_document = ?1"
    " UNION SELECT number FROM disputes WHERE second_document = ?1"
)
_OF_ALL = (
    "SELECT number FROM disputes WHERE number < ?1 AND ground = coalesce(?2, ground)"
    " ORDER BY number DESC LIMIT ?3"
)
_OF_DAYS = (
    "SELECT number FROM disputes WHERE first_seen >= ?4 AND (first_seen, number) < (?5, ?1)"
    " AND ground = coalesce(?2, ground) ORDER BY first_seen DESC, number DESC LIMIT ?3"
)


def _found(store: Store, ground: str | None, filters: Filters) -> Iterator[sqlite3.Row]:
    if filters.about is None and filters.actor is None:
        yield from _newest(store, ground, filters)
        return
    if filters.actor is None:
        numbers = numbers_with(store, filters)
    else:
        actors = actors_named(store, filters.actor)
        numbers = numbers_of_actors(store, actors, filters)
    seen: set[int] = set()
    for number in numbers:
        for row in store.connection.execute(
            f"{_SELECT} WHERE p.number IN ({_OF_A_DOCUMENT})"
            " AND p.ground = coalesce(?2, p.ground) ORDER BY p.number DESC",
            (number, ground),
        ).fetchall():
            if row["number"] not in seen:
                seen.add(row["number"])
                yield row


def _newest(store: Store, ground: str | None, filters: Filters) -> Iterator[sqlite3.Row]:
    """Disputes of a ground: those found last first, or of some days those seen last."""
    last, step = 2**62, _FIRST_STEP
    given = [filters.since or "", f"{filters.until or ''}\U0010ffff"]
    has_days = filters.since is not None or filters.until is not None
    inside, order = (_OF_DAYS, "p.first_seen DESC, p.number") if has_days else (_OF_ALL, "p.number")
    while True:
        rows = store.connection.execute(
            f"{_SELECT} WHERE p.number IN ({inside}) ORDER BY {order} DESC",
            (last, ground, step, *(given if has_days else ())),
        ).fetchall()
        yield from rows
        if len(rows) < step:
            return
        last, step = rows[-1]["number"], min(_STEP, step * 2)
        given[1] = rows[-1]["first_seen"]
