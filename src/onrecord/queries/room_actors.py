"""What the page of an actor asks: its names, what it says and does, and with whom."""

import collections
import json
from typing import Any

from onrecord.queries.actors import RELATIONS, who
from onrecord.queries.articles import Articles
from onrecord.queries.disputes import COLUMNS as DISPUTE_COLUMNS
from onrecord.queries.disputes import dispute_row
from onrecord.queries.filters import Filters
from onrecord.queries.ids import row_with_id
from onrecord.queries.tables import Table, table_of
from onrecord.registry.names import plain
from onrecord.store import Store

_MOST, _MOST_NAMES = 50, 5000
_ACTOR_COLUMNS = ("id", "name", "kind", "code", "country", "first_seen", "n_documents")


def actor_with_id(store: Store, actor_id: str) -> tuple[int, dict[str, Any], Table]:
    """An actor, by the beginning of its id: its number, what is known of it, its names.

    Raises:
        InputError: No actor, or more than one, has such an id.
    """
    row = row_with_id(store, "known_actors", actor_id)
    names = store.connection.execute(
        "SELECT name, n_documents FROM actor_names WHERE actor = ?"
        " ORDER BY n_documents DESC, name LIMIT ?",
        (row["number"], _MOST),
    ).fetchall()
    told = {name: row[name] for name in _ACTOR_COLUMNS}
    return row["number"], told, table_of(("name", "n_documents"), [dict(one) for one in names])


def actors_like(store: Store, words: str, *, limit: int = _MOST) -> Table:
    """Actors one of whose names begins with some words, the most often named first."""
    columns = ", ".join(f"a.{name}" for name in _ACTOR_COLUMNS)
    normal = plain(words)
    if not normal:
        query, given = f"SELECT {columns} FROM known_actors a", tuple[str, ...]()  # noqa: S608
    else:
        query = (
            f"SELECT {columns} FROM known_actors a WHERE a.number IN"  # noqa: S608 - own names
            f" (SELECT actor FROM actor_names WHERE normal >= ? AND normal < ? LIMIT {_MOST_NAMES})"
        )
        given = (normal, f"{normal}\U0010ffff")
    rows = store.connection.execute(
        f"{query} ORDER BY a.n_documents DESC, a.number LIMIT ?", (*given, limit)
    ).fetchall()
    return table_of(_ACTOR_COLUMNS, [dict(row) for row in rows])


def actor_rows(
    store: Store, number: int, name: str, *, relation: str | None, filters: Filters
) -> Table:
    """What an actor said, was said about, did, and had done to it; namesakes left out."""
    relations = RELATIONS if relation is None else (relation,)
    found = who(store, name, relations=relations, filters=filters)
    at = found.columns.index("document")
    own = {
        row[0]
        for row in store.connection.execute(
            "SELECT d.id FROM json_each(?) AS j JOIN documents d ON d.id = j.value"
            " WHERE EXISTS (SELECT 1 FROM actor_entities e"
            " WHERE e.document = d.number AND e.actor = ?)",
            (json.dumps([row[at] for row in found.rows]), number),
        )
    }
    return Table(found.columns, tuple(row for row in found.rows if row[at] in own))


def counterparts(rows: Table) -> Table:
    """Who stands on the other side of rows, the most frequent first."""
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    for row in rows:
        for name in set(row["others"] or ()):
            counts[name, row["relation"]] += 1
    made = [
        {"name": name, "relation": relation, "n": n}
        for (name, relation), n in counts.most_common(_MOST)
    ]
    return table_of(("name", "relation", "n"), made)


def actor_disputes(store: Store, number: int) -> Table:
    """Disputes with an actor on a side: those with its own earlier words first."""
    rows = store.connection.execute(
        "SELECT * FROM disputes WHERE number IN"
        " (SELECT number FROM disputes WHERE first_speaker = ?1"
        " UNION SELECT number FROM disputes WHERE second_speaker = ?1)"
        " ORDER BY is_own DESC, number DESC LIMIT ?2",
        (number, _MOST),
    ).fetchall()
    articles = Articles(store)
    return table_of(DISPUTE_COLUMNS, [dispute_row(articles, row) for row in rows])
