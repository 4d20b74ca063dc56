"""Traits in the tables of a store: written, read, taken out, and counted for rarity."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from onrecord.stories.groups import Group
from onrecord.stories.traits import N_BAGS, Bag, Rarities, Traits, term_id
from onrecord.stories.words import rarities

# Documents of one block; rarity is counted over the present block and the one before.
BLOCK: Final = 2048
PERIOD_DAYS: Final = 32
# Documents of a story that stand for it: the latest ones.
MOST_MEMBERS: Final = 24
_DOCUMENTS_TERM: Final = -1
_AT_ONCE: Final = 64
_READ: Final = "SELECT published, latest_year, terms, keys, vector FROM story_traits"


def rarities_in(connection: sqlite3.Connection, number: int) -> Rarities:
    """The rarity of terms, by the table of the package and what arrived before a document."""

    def rarities_of(terms: Iterable[str]) -> Mapping[str, float]:
        ids = {term: term_id(Bag.WORDS, term) for term in terms}
        counts = _counts(connection, number, [_DOCUMENTS_TERM, *ids.values()])
        return rarities(
            {term: counts.get(own, 0) for term, own in ids.items()},
            n_documents=counts.get(_DOCUMENTS_TERM, 0),
        )

    return rarities_of


def write_traits(connection: sqlite3.Connection, number: int, traits: Traits) -> None:
    """Keep the traits of a document, so that later ones find it."""
    connection.execute(
        "INSERT INTO story_traits (document, published, latest_year, terms, keys, vector)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            number,
            traits.published,
            traits.latest_year,
            traits.ids_T.astype("<u4").tobytes() + traits.weights_T.astype("<f2").tobytes(),
            np.array(traits.keys, dtype="<u4").tobytes(),
            traits.vector_D.tobytes() or None,
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO story_keys (period, term, document) VALUES (?, ?, ?)",
        _key_rows(number, traits),
    )
    connection.executemany(
        "INSERT INTO story_terms (block, term, n) VALUES (?, ?, 1)"
        " ON CONFLICT (block, term) DO UPDATE SET n = n + 1",
        _term_rows(number, traits),
    )


def remove_traits(connection: sqlite3.Connection, number: int) -> None:
    """Forget the traits of a document, as if it had never arrived."""
    traits = read_traits(connection, number)
    if traits is None:
        return
    rows = list(_term_rows(number, traits))
    connection.executemany("UPDATE story_terms SET n = n - 1 WHERE block = ? AND term = ?", rows)
    connection.executemany("DELETE FROM story_terms WHERE block = ? AND term = ? AND n <= 0", rows)
    connection.executemany(
        "DELETE FROM story_keys WHERE period = ? AND term = ? AND document = ?",
        _key_rows(number, traits),
    )
    connection.execute("DELETE FROM story_traits WHERE document = ?", (number,))


def read_traits(connection: sqlite3.Connection, number: int) -> Traits | None:
    """The traits of a document; None if it has none."""
    row = connection.execute(f"{_READ} WHERE document = ?", (number,)).fetchone()
    return None if row is None else _traits(row)


def group_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> Group:
    """Some documents as a group, in the order of their numbers."""
    found = (read_traits(connection, number) for number in sorted(numbers))
    return Group([traits for traits in found if traits is not None])


def latest_members(
    connection: sqlite3.Connection, story: int, most: int = MOST_MEMBERS
) -> list[int]:
    """The latest documents of a story, in order."""
    rows = connection.execute(
        "SELECT document FROM story_documents WHERE story = ? ORDER BY document DESC LIMIT ?",
        (story, most),
    ).fetchall()
    return sorted(int(row[0]) for row in rows)


def periods_of(number: int, published: int | None) -> list[int]:
    """The periods that a document is kept under."""
    periods = [-(number // BLOCK) - 1]
    return [published // PERIOD_DAYS + 1, *periods] if published is not None else periods


def _key_rows(number: int, traits: Traits) -> Iterator[tuple[int, int, int]]:
    for period in periods_of(number, traits.published):
        for key in sorted(traits.keys):
            yield period, key, number


def _term_rows(number: int, traits: Traits) -> Iterator[tuple[int, int]]:
    block = number // BLOCK
    yield block, _DOCUMENTS_TERM
    for own in traits.ids_T[(traits.ids_T & (N_BAGS - 1)) == Bag.WORDS].tolist():
        yield block, own


def _counts(connection: sqlite3.Connection, number: int, terms: Sequence[int]) -> dict[int, int]:
    """Documents of this block and the one before that have each term."""
    counts: dict[int, int] = {}
    block = number // BLOCK
    for start in range(0, len(terms), _AT_ONCE):
        own = list(terms[start : start + _AT_ONCE])
        # Always as many marks, so that the query is prepared once.
        own += [own[-1]] * (_AT_ONCE - len(own))
        marks = ", ".join("?" * _AT_ONCE)
        query = f"SELECT term, n FROM story_terms WHERE block = ? AND term IN ({marks})"  # noqa: S608 - marks only
        for asked in range(block, max(block - 2, -1), -1):
            for term, n in connection.execute(query, (asked, *own)):
                counts[term] = counts.get(term, 0) + n
    return counts


def _traits(row: Sequence[object]) -> Traits:
    published, latest_year, terms, keys, vector = row
    data = bytes(terms)  # type: ignore[call-overload]  # a blob
    n_terms = len(data) // 6
    return Traits(
        ids_T=np.frombuffer(data, dtype="<u4", count=n_terms),
        weights_T=np.frombuffer(data, dtype="<f2", offset=4 * n_terms).astype(np.float32),
        published=published,  # type: ignore[arg-type]  # as it was written
        latest_year=latest_year,  # type: ignore[arg-type]  # as it was written
        vector_D=np.frombuffer(vector or b"", dtype=np.int8),  # type: ignore[call-overload]  # a blob
        keys=tuple(np.frombuffer(keys, dtype="<u4").tolist()),  # type: ignore[call-overload]  # a blob
    )
