"""Which stories a document may belong to: those of documents found by its most telling terms.

All caps are here; they keep the cost of a document the same in any file.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from onrecord.stories.groups import Group
from onrecord.stories.kept_traits import BLOCK, PERIOD_DAYS
from onrecord.stories.traits import N_KEYS, Traits

# The latest documents of a term in a period that are looked at.
_MOST_PER_TERM: Final = 24
_MOST_DOCUMENTS: Final = 32
MOST_STORIES: Final = 5
# What is published later than this after a story, or before it, is another story.
MOST_GAP_DAYS: Final = 180


def candidate_stories(connection: sqlite3.Connection, number: int, traits: Traits) -> list[int]:
    """The stories that share most with a document, the best first."""
    found = documents_by_terms(connection, number, traits.published, traits.keys)
    found.pop(number, None)
    return _stories(connection, found)


def stories_beside(connection: sqlite3.Connection, number: int, group: Group) -> list[int]:
    """The stories that share most with those documents of a group that arrived last.

    Args:
        connection: To the store.
        number: The document that arrived last.
        group: The documents; what most of them are known by is sought.
    """
    counts = Counter(key for own in group.members for key in own.keys)
    keys = sorted(counts, key=lambda key: (-counts[key], key))[:N_KEYS]
    days = [own.published for own in group.members if own.published is not None]
    return _stories(
        connection, documents_by_terms(connection, number, max(days, default=None), keys)
    )


def _stories(connection: sqlite3.Connection, found: Counter[int]) -> list[int]:
    best = sorted(found, key=lambda own: (-found[own], -own))[:_MOST_DOCUMENTS]
    worth: defaultdict[int, float] = defaultdict(float)
    for own in best:
        row = connection.execute(
            "SELECT story FROM story_documents WHERE document = ?", (own,)
        ).fetchone()
        if row is not None:
            worth[row[0]] = max(worth[row[0]], found[own])
    return sorted(worth, key=lambda story: (-worth[story], -story))[:MOST_STORIES]


def documents_by_terms(
    connection: sqlite3.Connection, number: int, published: int | None, keys: Iterable[int]
) -> Counter[int]:
    """Documents with terms in common; a term that few have counts more."""
    worth: Counter[int] = Counter()
    periods = _periods(number, published)
    for key in keys:
        own: set[int] = set()
        for period in periods:
            own.update(
                row[0]
                for row in connection.execute(
                    "SELECT document FROM story_keys WHERE period = ? AND term = ?"
                    " ORDER BY document DESC LIMIT ?",
                    (period, key, _MOST_PER_TERM),
                )
            )
        for document in own:
            worth[document] += 1 / (1 + len(own)) ** 0.5
    return worth


def _periods(number: int, published: int | None) -> list[int]:
    """Where to look: what arrived lately, and what was published about the same time."""
    block = number // BLOCK
    periods = [-block - 1] + ([-block] if block else [])
    if published is not None:
        period = published // PERIOD_DAYS + 1
        periods += [period - 1, period, period + 1]
    return periods
