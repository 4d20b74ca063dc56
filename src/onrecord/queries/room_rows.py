"""A table of what articles say, narrowed by facets: statements, events, claims of control.

Documents are looked at from the one kept last, a few at a time, until there are rows
enough; so the cost does not grow with the store. Facets count what was found that far.
"""

import collections
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.queries.filters import Filters
from onrecord.queries.matches import numbers_of_actors, numbers_with
from onrecord.queries.names import actors_named
from onrecord.queries.room_row_sql import QUERIES, of_actors
from onrecord.queries.tables import Table, table_of
from onrecord.queries.words import match_expression
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
MOST_DOCUMENTS = 3000
_STEP = 60
_MOST_VALUES = 12


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
    numbers = (
        numbers_with(store, filters)
        if actors is None
        else numbers_of_actors(store, actors, filters)
    )
    finder = _Finder(store, filters, actors, kind, asserter, is_placed=is_placed)
    found: list[dict[str, Any]] = []
    n_documents, is_cut = 0, False
    for chunk in _chunks(numbers):
        n_documents += len(chunk)
        found += finder.rows(chunk)
        if len(found) >= most or n_documents >= MOST_DOCUMENTS:
            is_cut = True
            break
    counted = found[:most]
    return Found(
        table=table_of(ROW_COLUMNS, counted[: filters.limit]),
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
        kind: str | None,
        asserter: str | None,
        *,
        is_placed: bool,
    ) -> None:
        self._connection, self._filters, self._actors = store.connection, filters, actors
        self._asserter, self._is_placed = asserter, is_placed
        self._kinds = tuple(
            one for one in _kinds(filters, is_placed=is_placed) if kind in (None, one)
        )

    def rows(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """Rows of documents, which are given from the newest; each in text order."""
        found: list[dict[str, Any]] = []
        for kind in self._kinds:
            found += self._select(kind, numbers)
        order = {number: place for place, number in enumerate(numbers)}
        found.sort(key=lambda row: (order[row["number"]], row["start"]))
        return found

    def _select(self, kind: str, numbers: Sequence[int]) -> list[dict[str, Any]]:
        marks = ", ".join("?" * len(numbers))
        query, conditions, given = QUERIES[kind], [f"r.document IN ({marks})"], list[Any](numbers)
        for condition, values in self._conditions(kind):
            conditions.append(condition)
            given += values
        rows = self._connection.execute(
            f"{query} WHERE {' AND '.join(conditions)}",
            given,
        ).fetchall()
        matched = self._matched(numbers) if kind == "statement" and self._filters.about else None
        return [
            {**dict(row), "kind": kind}
            for row in rows
            if matched is None or row["number"] * ROWS_PER_DOCUMENT + row["position"] in matched
        ]

    def _conditions(self, kind: str) -> Iterator[tuple[str, list[Any]]]:
        filters = self._filters
        if filters.act is not None and kind == "statement":
            yield "r.act = ?", [filters.act]
        if filters.type is not None and kind == "event":
            yield "r.type = ?", [filters.type]
        if filters.place is not None and kind != "statement":
            yield "(p.name = ? COLLATE NOCASE OR p.country = ?)", [filters.place] * 2
        if self._is_placed and kind != "statement":
            yield "(p.country IS NOT NULL OR p.lat IS NOT NULL)", []
        if self._asserter is not None:
            column = "r.parent" if kind == "statement" else "r.asserted_by"
            yield f"{column} IS {'NULL' if self._asserter == 'outlet' else 'NOT NULL'}", []
        if self._actors is not None:
            condition, n_times = of_actors(kind, len(self._actors))
            yield condition, self._actors * n_times

    def _matched(self, numbers: Sequence[int]) -> set[int]:
        """Row numbers of the statements that hold the words."""
        least, most = min(numbers) * ROWS_PER_DOCUMENT, (max(numbers) + 1) * ROWS_PER_DOCUMENT
        rows = self._connection.execute(
            "SELECT rowid FROM statement_words WHERE statement_words MATCH ?"
            " AND rowid >= ? AND rowid < ?",
            (match_expression(self._filters.about or ""), least, most),
        )
        return {row[0] for row in rows}


def _kinds(filters: Filters, *, is_placed: bool) -> Iterator[str]:
    """The kinds of row that can have what the filters ask for."""
    if filters.type is None and filters.place is None and not is_placed:
        yield "statement"
    if filters.act is None:
        yield "event"
    if filters.act is None and filters.type is None:
        yield "control claim"
