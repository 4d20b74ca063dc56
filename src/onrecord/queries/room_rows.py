"""A table of what articles say, narrowed by facets: statements, events, claims of control.

Documents are looked at from the one kept last, a few at a time, until there are rows
enough; so the cost does not grow with the store. Facets count what was found that far.
"""

import collections
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.queries.filters import Filters
from onrecord.queries.matches import numbers_of_actors, numbers_with
from onrecord.queries.names import actors_named
from onrecord.queries.room_row_sql import COUNTED, QUERIES, of_actors
from onrecord.queries.tables import Table, table_of
from onrecord.queries.tellings import acting
from onrecord.queries.word_matches import WordMatches
from onrecord.store import Store
from onrecord.store.definitions import ROWS_PER_DOCUMENT

ROW_COLUMNS = (
    *("kind", "who", "code", "what", "whom", "place", "country", "date", "factuality", "asserter"),
    *("words", "start", "end", "document", "title", "outlet", "published", "url", "id"),
    *("lat", "lon", "precision"),
)
KINDS = ("statement", "event", "control claim")
FACETS = ("kind", "who", "what", "place", "outlet", "month")
# So many rows are counted for facets, and so many documents are looked at for them.
MOST_COUNTED = 400
MOST_DOCUMENTS = 1500
_STEP, _PART = 60, 20
_MOST_VALUES = 12
_IS_PLACE = "(p.name = ? COLLATE NOCASE OR p.country = ?)"
_IS_MATCHED = "r.document * ? + r.position IN (SELECT value FROM json_each(?))"
_KEYS = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Rows, and how those around them divide.

    Attributes:
        table: The rows that are shown.
        facets: For each facet its values with their counts, the most frequent first.
        n_counted: Rows that the facets count.
        n_documents: Documents that were looked at.
        is_cut: Whether there may be more rows than were counted.
    """

    table: Table
    facets: Mapping[str, Sequence[tuple[str, int]]]
    n_counted: int
    n_documents: int
    is_cut: bool


def room_rows(
    store: Store,
    *,
    filters: Filters,
    kind: str | None = None,
    asserter: str | None = None,
    is_placed: bool = False,
    most: int = MOST_COUNTED,
) -> Found:
    """Rows that the filters take, those of the documents kept last first.

    Args:
        store: Open.
        filters: What narrows the answer; `about` are words that a statement holds, or the
            article of an event.
        kind: One of `KINDS`.
        asserter: ``outlet`` for what articles say themselves, ``source`` for what others
            are reported to say.
        is_placed: Only what has a place that is known, if only by its country.
        most: Rows that are looked for and counted.

    Raises:
        InputError: Nobody is called as the filters say, or there is no word in `about`.
    """
    actors = None if filters.actor is None else actors_named(store, filters.actor)
    words = None if filters.about is None else WordMatches(store, filters.about)
    numbers = (
        numbers_with(store, filters, words=words)
        if actors is None
        else numbers_of_actors(store, actors, filters, words=words)
    )
    finder = _Finder(store, filters, actors, words, kind, asserter, is_placed=is_placed)
    queries = COUNTED if most > filters.limit else QUERIES
    found: list[dict[str, Any]] = []
    n_documents, is_cut = 0, False
    for chunk in _chunks(numbers):
        n_documents += len(chunk)
        some = finder.possible(chunk)
        for part in (some[at : at + _PART] for at in range(0, len(some), _PART)):
            found += finder.rows(part, queries)
            if len(found) >= most:
                break
        if len(found) >= most or n_documents >= MOST_DOCUMENTS:
            is_cut = True
            break
    counted = found[:most]
    shown = counted[: filters.limit]
    return Found(
        table=table_of(ROW_COLUMNS, shown if queries is QUERIES else finder.whole(shown)),
        facets=_facets(counted),
        n_counted=len(counted),
        n_documents=n_documents,
        is_cut=is_cut,
    )


def _chunks(numbers: Iterator[int]) -> Iterator[list[int]]:
    """Few documents first, as the newest are mostly enough."""
    size = 10
    while chunk := list(itertools.islice(numbers, size)):
        yield chunk
        size = min(_STEP, size * 2)


def _facets(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[str, int]]]:
    counts = {name: collections.Counter[str]() for name in FACETS}
    for row in rows:
        for name in FACETS:
            value = (row["published"] or "")[:7] if name == "month" else row.get(name)
            if value:
                counts[name][value] += 1
    return {name: count.most_common(_MOST_VALUES) for name, count in counts.items()}


class _Finder:
    """Finds the rows of some documents."""

    def __init__(
        self,
        store: Store,
        filters: Filters,
        actors: list[int] | None,
        words: WordMatches | None,
        kind: str | None,
        asserter: str | None,
        *,
        is_placed: bool,
    ) -> None:
        self._store, self._connection = store, store.connection
        self._filters, self._actors, self._words = filters, actors, words
        self._asserter, self._is_placed = asserter, is_placed
        self._kinds = tuple(
            one for one in _kinds(filters, is_placed=is_placed) if kind in (None, one)
        )

    def rows(self, numbers: Sequence[int], queries: Mapping[str, str]) -> list[dict[str, Any]]:
        """Rows of documents, which are given from the newest; each in text order."""
        found: list[dict[str, Any]] = []
        for kind in self._kinds:
            found += self._select(kind, numbers, queries[kind])
        order = {number: place for place, number in enumerate(numbers)}
        found.sort(key=lambda row: (order[row["number"]], row["start"]))
        return found

    def possible(self, numbers: Sequence[int]) -> Sequence[int]:
        """Documents in which the actors act, or with the place; to look at all would take long."""
        wanted = set(numbers)
        if self._actors is not None:
            speaks = "statement" in self._kinds
            wanted &= acting(self._store, numbers, self._actors, or_speaking=speaks)
        if self._filters.place is not None:
            wanted &= self._with_place(numbers)
        return [number for number in numbers if number in wanted]

    def _with_place(self, numbers: Sequence[int]) -> set[int]:
        rows = self._connection.execute(
            "SELECT DISTINCT document FROM places AS p"  # noqa: S608 - from above
            f" WHERE document IN (SELECT value FROM json_each(?)) AND {_IS_PLACE}",
            (json.dumps(list(numbers)), *[self._filters.place] * 2),
        )
        return {row[0] for row in rows}

    def whole(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """All that a table shows of rows that were counted, in their order."""
        found: dict[tuple[str, int, str], dict[str, Any]] = {}
        for kind in self._kinds:
            keys = [(row["number"], row["id"]) for row in rows if row["kind"] == kind]
            for row in self._connection.execute(
                f"{QUERIES[kind]} WHERE (r.document, r.id) IN ({_KEYS})", (json.dumps(keys),)
            ):
                found[kind, row["number"], row["id"]] = {**dict(row), "kind": kind}
        return [found[row["kind"], row["number"], row["id"]] for row in rows]

    def _select(self, kind: str, numbers: Sequence[int], query: str) -> list[dict[str, Any]]:
        conditions = ["r.document IN (SELECT value FROM json_each(?))"]
        given: list[Any] = [json.dumps(list(numbers))]
        for condition, values in self._conditions(kind):
            conditions.append(condition)
            given += values
        if kind == "statement" and self._words is not None:
            matched = self._words.statements(numbers)
            if not matched:
                return []
            conditions.append(_IS_MATCHED)
            given += [ROWS_PER_DOCUMENT, json.dumps(matched)]
        rows = self._connection.execute(
            f"{query} WHERE {' AND '.join(conditions)}",
            given,
        )
        return [{**dict(row), "kind": kind} for row in rows]

    def _conditions(self, kind: str) -> Iterator[tuple[str, list[Any]]]:
        filters = self._filters
        if filters.act is not None and kind == "statement":
            yield "r.act = ?", [filters.act]
        if filters.type is not None and kind == "event":
            yield "r.type = ?", [filters.type]
        if filters.place is not None and kind != "statement":
            yield _IS_PLACE, [filters.place] * 2
        if self._is_placed and kind != "statement":
            # The row itself is asked first: most have no place, and no other is looked up then.
            yield "r.place IS NOT NULL AND (p.country IS NOT NULL OR p.lat IS NOT NULL)", []
        if self._asserter is not None:
            column = "r.parent" if kind == "statement" else "r.asserted_by"
            yield f"{column} IS {'NULL' if self._asserter == 'outlet' else 'NOT NULL'}", []
        if self._actors is not None:
            condition, n_times = of_actors(kind, len(self._actors))
            yield condition, self._actors * n_times


def _kinds(filters: Filters, *, is_placed: bool) -> Iterator[str]:
    """The kinds of row that can have what the filters ask for."""
    if filters.type is None and filters.place is None and not is_placed:
        yield "statement"
    if filters.act is None:
        yield "event"
    if filters.act is None and filters.type is None:
        yield "control claim"
