"""Which documents an answer looks at: the newest kept first, and only so many of them."""

import heapq
import itertools
import json
from collections.abc import Iterable, Iterator

from onrecord.queries.filters import Filters
from onrecord.queries.word_matches import WordMatches, descending
from onrecord.queries.words import match_expression
from onrecord.store import Store

# Documents that one answer looks at; more of them would take longer than anybody waits.
MOST_LOOKED_AT = 20_000
_FIRST_STEP, _STEP = 10, 500


def numbers_with(
    store: Store, filters: Filters, *, words: WordMatches | None = None
) -> Iterator[int]:
    """Numbers of documents that hold the words of the filters, in its days, of its outlet.

    Of an article with several versions the last one is taken. Those kept last stand first; if
    only days are asked for, those published last.

    Args:
        store: Open.
        filters: Days, outlet and words.
        words: What finds the words, if it is at hand.
    """
    if filters.about is not None:
        words = words or WordMatches(store, filters.about)
        found: Iterator[int] = itertools.islice(words.documents(), MOST_LOOKED_AT)
    elif filters.since is None and filters.until is None:
        found = itertools.islice(_newest(store), MOST_LOOKED_AT)
    else:
        found = _in_days(store, filters)
    return _kept(store, found, filters)


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
    store: Store,
    actors: list[int],
    filters: Filters,
    *,
    most: int = MOST_LOOKED_AT,
    words: WordMatches | None = None,
) -> Iterator[int]:
    """Numbers of documents that name some actors, under the same conditions.

    Args:
        store: Open.
        actors: Numbers of actors.
        filters: Days, outlet and words.
        most: How many are given at most.
        words: What finds the words, if it is at hand.
    """
    query = (
        "SELECT DISTINCT document FROM actor_entities WHERE actor = ? AND document < ?"
        " ORDER BY document DESC LIMIT ?"
    )
    each = (descending(store.connection, query, actor) for actor in actors)
    merged = (number for number, _ in itertools.groupby(heapq.merge(*each, reverse=True)))
    numbers: Iterator[int] = itertools.islice(merged, MOST_LOOKED_AT)
    if filters.about is not None:
        words = words or WordMatches(store, filters.about)
        numbers = _in_both(numbers, itertools.islice(words.documents(), MOST_LOOKED_AT))
    return itertools.islice(_kept(store, numbers, filters), most)


def steps(numbers: Iterable[int], *, first: int, most: int) -> Iterator[list[int]]:
    """Numbers by the list: short lists first, as the newest documents are mostly enough."""
    left, size = iter(numbers), first
    while found := list(itertools.islice(left, size)):
        yield found
        size = min(most, size * 2)


def _newest(store: Store) -> Iterator[int]:
    # Rows of readings are short, so that many stand on one page of the file.
    query = "SELECT document FROM readings WHERE document < ? ORDER BY document DESC LIMIT ?"
    return descending(store.connection, query)


def _in_days(store: Store, filters: Filters) -> Iterator[int]:
    """Numbers of documents of some days, those published last first: by the index of days."""
    until = "\U0010ffff" if filters.until is None else f"{filters.until}\U0010ffff"
    # One row for all numbers: SQLite lets other threads go first at each row of an answer.
    (found,) = store.connection.execute(
        "SELECT json_group_array(number) FROM (SELECT number FROM documents"
        " WHERE published >= ? AND published < ? ORDER BY published DESC, number DESC LIMIT ?)",
        (filters.since or "", until, MOST_LOOKED_AT),
    ).fetchone()
    yield from json.loads(found)


def _in_both(numbers: Iterator[int], others: Iterator[int]) -> Iterator[int]:
    """Numbers that stand in two rows of descending ones."""
    other = next(others, None)
    for number in numbers:
        while other is not None and other > number:
            other = next(others, None)
        if other is None:
            return
        if other == number:
            yield number


def _kept(store: Store, numbers: Iterator[int], filters: Filters) -> Iterator[int]:
    """Those of the days and the outlet, of which no newer version is kept; in their order."""
    is_any = not (filters.since or filters.until or filters.outlet)
    query = _CURRENT if is_any else _CURRENT_WITH_DAYS
    for step in steps(numbers, first=_FIRST_STEP, most=_STEP):
        wanted = {
            number
            for number, published, outlet in store.connection.execute(query, (json.dumps(step),))
            if filters.takes_day(published) and filters.takes_outlet(outlet)
        }
        yield from (number for number in step if number in wanted)


_CURRENT = (
    "SELECT r.document, NULL, NULL FROM json_each(?) AS j"
    " JOIN readings AS r ON r.document = j.value"
    " LEFT JOIN versions AS v ON v.document = r.document WHERE v.replaced_by IS NULL"
)
_CURRENT_WITH_DAYS = (
    "SELECT d.number, d.published, d.outlet FROM json_each(?) AS j"
    " JOIN documents AS d ON d.number = j.value"
    " LEFT JOIN versions AS v ON v.document = d.number WHERE v.replaced_by IS NULL"
)
