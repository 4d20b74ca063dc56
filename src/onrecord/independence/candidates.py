"""The documents that may share text with another: look-up by prints, within weeks.

Every cost here has a ceiling that does not depend on how many documents the store has: a
document is looked up in the week of its publication and the two beside it, a print has at most
`MAX_HOLDERS` documents in a week, and at most `MAX_CANDIDATES` are compared word by word.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

# A print that so many documents of a week have tells nothing more; later ones are left out.
MAX_HOLDERS = 32
# How many documents are compared word by word with one that arrives.
MAX_CANDIDATES = 6
# Of these, at most so many that are one voice already.
_PER_VOICE = 2
_KNOWN = 24
# Documents with less than this share of the prints of the best candidate are none.
_LEAST_SHARE = 0.2
_LEAST_HITS, _FEW_PRINTS = 2, 6
_DAYS = 7
# Documents without a date go by their running number, so many to a period below 0.
_UNDATED = 4096
_NEIGHBOURS = 64

_FIND = """
SELECT print, document FROM copy_prints
WHERE period = ? AND print IN (SELECT value FROM json_each(?))
"""


def period_of(published: str | None, number: int) -> int:
    """The week of publication, from the first of the calendar; below 0 if it is not known.

    >>> period_of("2022-08-02T10:15:00+00:00", 7) == period_of("2022-08-04", 9)
    True
    >>> period_of(None, 5000)
    -2
    """
    try:
        return date.fromisoformat((published or "")[:10]).toordinal() // _DAYS
    except ValueError:
        return -(number // _UNDATED) - 1


class PrintIndex:
    """Prints of documents in the file of a store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(
        self, number: int, prints_P: NDArray[np.int64], published: str | None
    ) -> list[tuple[int, int]]:
        """Keep the prints of a document.

        Returns:
            Documents that share prints with it and how many, most first.
        """
        period = period_of(published, number)
        given = json.dumps(prints_P.tolist())
        holders: Counter[int] = Counter()
        hits: Counter[int] = Counter()
        for near in self._near(period, number):
            rows = self._connection.execute(_FIND, (near, given)).fetchall()
            hits.update(document for _, document in rows)
            if near == period:
                holders.update(own for own, _ in rows)
        kept = [own for own in prints_P.tolist() if holders[own] < MAX_HOLDERS]
        self._connection.executemany(
            "INSERT INTO copy_prints VALUES (?, ?, ?)", [(period, own, number) for own in kept]
        )
        self._connection.execute("INSERT INTO copy_documents VALUES (?, ?)", (number, period))
        return self._likely(hits, len(prints_P))

    def remove(self, number: int, prints_P: NDArray[np.int64]) -> None:
        """Take a document out."""
        row = self._connection.execute(
            "DELETE FROM copy_documents WHERE document = ? RETURNING period", (number,)
        ).fetchone()
        if row is not None:
            self._connection.executemany(
                "DELETE FROM copy_prints WHERE period = ? AND print = ? AND document = ?",
                [(row[0], own, number) for own in prints_P.tolist()],
            )

    def _near(self, period: int, number: int) -> Iterator[int]:
        """The periods where copies of a document may be: its own, and those beside it."""
        undated = period_of(None, number)
        if period >= 0:
            yield from (period - 1, period, period + 1)
            yield from (own for own in (undated, undated + 1) if own < 0 and self._has(own))
            return
        yield from (own for own in (undated, undated + 1) if own < 0)
        row = self._connection.execute(
            "SELECT period FROM copy_documents WHERE document BETWEEN ? AND ? AND period >= 0"
            " ORDER BY document DESC LIMIT 1",
            (number - _NEIGHBOURS, number - 1),
        ).fetchone()
        if row is not None:
            yield from (row[0] - 1, row[0], row[0] + 1)

    def _has(self, period: int) -> bool:
        query = "SELECT 1 FROM copy_prints WHERE period = ? LIMIT 1"
        return self._connection.execute(query, (period,)).fetchone() is not None

    def _likely(self, hits: Counter[int], n_prints: int) -> list[tuple[int, int]]:
        least = 1 if n_prints <= _FEW_PRINTS else _LEAST_HITS
        most = max(hits.values(), default=0)
        found = [(number, n) for number, n in hits.items() if n >= max(least, _LEAST_SHARE * most)]
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        return self._spread(found[:_KNOWN])

    def _spread(self, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The best few, not all of one voice."""
        if len(found) <= _PER_VOICE:
            return list(found)
        rows = self._connection.execute(
            "SELECT document, voice FROM provenances"
            " WHERE document IN (SELECT value FROM json_each(?))",
            (json.dumps([number for number, _ in found]),),
        )
        voices = dict(rows.fetchall())
        n_taken: Counter[int] = Counter()
        kept = []
        for number, n in found:
            voice = voices.get(number, number)
            if n_taken[voice] < _PER_VOICE:
                n_taken[voice] += 1
                kept.append((number, n))
        return kept[:MAX_CANDIDATES]
