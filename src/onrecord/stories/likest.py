"""Documents that share telling words with another one, whether or not they are of its story.

Two short articles on one matter may share neither a name nor enough to be one story. Who
wants to compare such articles finds them here. Not here: how stories are found (`linking.py`).
"""

import sqlite3
from typing import Final

import numpy as np

from onrecord.stories.candidates import MOST_GAP_DAYS, documents_by_terms
from onrecord.stories.kept_traits import read_traits
from onrecord.stories.traits import N_BAGS, Bag, Traits

# Of those that share terms, how many are looked at, and how many are named.
_MOST_LOOKED_AT: Final = 12
_MOST: Final = 4
# The least cosine of their words. Tuned on 446 articles about 223 matters in one store
# (`tests/claims/disputes`, dev2 to dev5): one in ten is so much like one on another matter.
LEAST_LIKENESS: Final = 0.15


def likest_documents(connection: sqlite3.Connection, number: int) -> list[int]:
    """The few documents whose words are most like those of one, the likest first."""
    traits = read_traits(connection, number)
    if traits is None:
        return []
    worth = documents_by_terms(connection, number, traits.published, traits.keys)
    worth.pop(number, None)
    best = sorted(worth, key=lambda own: (-worth[own], -own))[:_MOST_LOOKED_AT]
    others = {own: read_traits(connection, own) for own in best}
    likeness = {
        own: _likeness(traits, other)
        for own, other in others.items()
        if other is not None and _is_near_in_time(traits, other)
    }
    found = sorted(likeness, key=lambda own: (-likeness[own], -own))
    return [own for own in found if likeness[own] >= LEAST_LIKENESS][:_MOST]


def _is_near_in_time(one: Traits, other: Traits) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs(one.published - other.published) <= MOST_GAP_DAYS


def _likeness(one: Traits, other: Traits) -> float:
    """The cosine of the words of two documents."""
    shared, at, beside = np.intersect1d(
        one.ids_T, other.ids_T, assume_unique=True, return_indices=True
    )
    products = one.weights_T[at].astype(np.float64) * other.weights_T[beside]
    return round(float(products[(shared & (N_BAGS - 1)) == Bag.WORDS].sum()), 6)
