"""Which documents an answer looks at: the newest kept first, and only so many of them."""

import itertools
from collections.abc import Iterator

from onrecord.queries.filters import Filters
from onrecord.queries.words import match_expression
from onrecord.store import Store

# Documents that one answer looks at; more of them would take longer than anybody waits.
MOST_LOOKED_AT = 20_000
_STEP = 500


def numbers_with(store: Store, filters: Filters) -> Iterator[int]:
    """Numbers of documents that hold the words of the filters, in its days, of its outlet.

    Of an article with several versions the last one is taken.
    """
    return _kept(store, _with_words(store, filters.about), filters)


def all_numbers(store: Store, filters: Filters) -> Iterator[int]:
    """Numbers of all documents that the filters take, in the order in which they were kept."""
    words = "" if filters.about is None else match_expression(filters.about)
    inside = "SELECT rowid FROM document_words WHERE document_words MATCH ?"
    condition = f"WHERE number IN ({inside})" if words else ""
    rows = store.connection.execute(
        f"SELECT number FROM documents {condition} ORDER BY number",  # noqa: S608 - from above
        (words,) if words else (),
    ).fetchall()
    return _kept(store, (int(row[0]) for row in rows), filters)


def numbers_of_actors(
    store: Store, actors: list[int], filters: Filters, *, most: int = MOST_LOOKED_AT
) -> Iterator[int]:
    """Numbers of documents that name some actors, under the same conditions.

    Args:
        store: Open.
        actors: Numbers of actors.
        filters: Days, outlet and words.
        most: How many are given at most.
    """
    marks = ", ".join("?" * len(actors))
    rows = store.connection.execute(
        f"SELECT DISTINCT document FROM actor_entities WHERE actor IN ({marks})"  # noqa: S608
        " ORDER BY document DESC LIMIT ?",
        (*actors, MOST_LOOKED_AT),
    ).fetchall()
    numbers = [int(row[0]) for row in rows]
    if filters.about is not None:
        numbers = _matching(store, numbers, filters.about)
    return itertools.islice(_kept(store, iter(numbers), filters), most)


def _with_words(store: Store, words: str | None) -> Iterator[int]:
    """Numbers of documents with these words, or of all; the newest kept first."""
    given: tuple[str, ...] = ()
    if words is None:
        query = "SELECT number FROM documents WHERE number < ?"
        query += " ORDER BY number DESC LIMIT ?"
    else:
        given = (match_expression(words),)
        query = "SELECT rowid FROM document_words WHERE document_words MATCH ? AND rowid < ?"
        query += " ORDER BY rowid DESC LIMIT ?"
    last, n_left = 2**62, MOST_LOOKED_AT
    while n_left > 0:
        rows = store.connection.execute(query, (*given, last, min(_STEP, n_left))).fetchall()
        yield from (int(row[0]) for row in rows)
        if len(rows) < _STEP:
            return
        last, n_left = int(rows[-1][0]), n_left - len(rows)


def _matching(store: Store, numbers: list[int], words: str) -> list[int]:
    wanted = set(_with_words(store, words))
    return [number for number in numbers if number in wanted]


def _kept(store: Store, numbers: Iterator[int], filters: Filters) -> Iterator[int]:
    for number in numbers:
        row = store.connection.execute(
            "SELECT published, outlet, replaced_by FROM documents"
            " LEFT JOIN versions ON versions.document = documents.number"
            " WHERE documents.number = ?",
            (number,),
        ).fetchone()
        if row is None or row[2] is not None:
            continue
        if filters.takes_day(row[0]) and filters.takes_outlet(row[1]):
            yield number
