"""How alike documents are, and a group of them with what they have in common.

The likeness of two documents is a weighted mean of the cosines of their bags. As each bag
has length 1, it is one product of rows. The sums over a group then give all that is asked
of it without comparing its documents one by one.

Shapes: N documents of a group, U terms that they have, T terms of one document.
"""

import functools
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.vectors import cosines
from onrecord.stories.traits import N_BAGS, Bag, Traits

Floats = NDArray[np.float64]
# Tuned by hand on the train topics of ECB+; bags without a share only serve `features.py`.
SHARES: Final = {
    Bag.WORDS: 0.5, Bag.HEAD: 0.15, Bag.NAMES: 0.15, Bag.HEAD_NAMES: 0.1, Bag.PLACES: 0.1,
}  # fmt: skip
_SCALE: Final = np.sqrt([SHARES.get(bag, 0.0) for bag in Bag])
# What is usual within a story of ECB+; a group of few documents is taken to be near it.
USUAL_LIKENESS: Final = 0.3
USUAL_COSINE: Final = 0.75
# The least documents of a half, and the least share of all: one sixth.
_LEAST_PART: Final = 2
_LEAST_SHARE: Final = 6


class Group:
    """Some documents, in the order of their numbers."""

    def __init__(self, members: Sequence[Traits]) -> None:
        self.members = tuple(members)
        sizes = [len(own.ids_T) for own in members]
        ids = np.concatenate([np.zeros(0, dtype=np.uint32), *(own.ids_T for own in members)])
        self.ids_U, self._at = np.unique(ids, return_inverse=True)
        self._row = np.repeat(np.arange(len(members)), sizes)
        self._weights = np.concatenate([np.zeros(0), *(own.weights_T for own in members)])
        self.bag_U = (self.ids_U & (N_BAGS - 1)).astype(np.int64)
        self._scaled = self._weights * _SCALE[self.bag_U[self._at]]
        self.sums_U = self._sums(self._at, self._weights, len(self.ids_U))

    def __len__(self) -> int:
        return len(self.members)

    def weights_of(self, other: Traits) -> Floats:
        """The weight that a document gives each term of this group."""
        weights_U = np.zeros(len(self.ids_U))
        if len(self.ids_U):
            at = np.minimum(self.ids_U.searchsorted(other.ids_T), len(self.ids_U) - 1)
            known = self.ids_U[at] == other.ids_T
            weights_U[at[known]] = other.weights_T[known]
        return weights_U

    def likenesses(self, other: Traits) -> Floats:
        """How alike each document of the group is to another one, 0 to 1."""
        theirs_U = self.weights_of(other) * _SCALE[self.bag_U]
        return self._sums(self._row, self._scaled * theirs_U[self._at], len(self.members))

    @staticmethod
    def _sums(places: NDArray[np.intp], values: Floats, n: int) -> Floats:
        return np.bincount(places, values, minlength=n).astype(np.float64)

    @functools.cached_property
    def pair_sum(self) -> float:
        """The sum of the likenesses of all pairs of its documents."""
        total_U = self.sums_U * _SCALE[self.bag_U]
        return float((total_U @ total_U - self._scaled @ self._scaled) / 2)

    @property
    def n_pairs(self) -> int:
        """Pairs of its documents."""
        return len(self) * (len(self) - 1) // 2

    @property
    def cohesion(self) -> float:
        """The mean likeness of its documents, drawn to what is usual."""
        return (self.pair_sum + USUAL_LIKENESS) / (self.n_pairs + 1)

    def vector_fit(self, other: Traits) -> float | None:
        """How near the vector of a document is, beside how near those here are to each other.

        Returns:
            0 where it fits as all others do, less where it stands apart; None without vectors.
        """
        rows = [own.vector_D for own in self.members if len(own.vector_D) == len(other.vector_D)]
        if not len(other.vector_D) or not rows:
            return None
        table = cosines(np.stack([*rows, other.vector_D]), np.stack([*rows, other.vector_D]))
        n = len(rows)
        n_pairs = n * (n - 1) / 2
        pair_sum = (float(table[:n, :n].sum()) - n) / 2
        return float(table[:n, n].mean()) - (pair_sum + USUAL_COSINE) / (n_pairs + 1)

    def table(self) -> Floats:
        """The likeness of each document to each, without what they all share, (N, N).

        Within a story the words of all its documents tell nothing; a term counts the less
        the more of them have it.
        """
        rows = np.zeros((len(self), len(self.ids_U)))
        rows[self._row, self._at] = self._scaled
        told_U = 1 - np.count_nonzero(rows, axis=0) / max(len(self), 1)
        return np.asarray((rows * told_U) @ rows.T)


def nearness(first: Group, second: Group) -> float:
    """How alike two groups are, by how alike the documents within them are.

    About 1 where they might as well be one group, about 0 where they share nothing.
    """
    if not first.members or not second.members:
        return 0.0
    both = Group((*first.members, *second.members))
    across = both.pair_sum - first.pair_sum - second.pair_sum
    within = first.pair_sum + second.pair_sum + USUAL_LIKENESS
    mean_within = within / (first.n_pairs + second.n_pairs + 1)
    return across / (len(first) * len(second)) / mean_within


def halves(group: Group) -> tuple[list[int], list[int]] | None:
    """The two parts that a group most easily falls into: places of their documents.

    Parts are joined, the most alike first, by the mean likeness of their documents; the last
    two of some size to be joined are the halves, and what is left over goes to the nearer.

    Returns:
        Nothing if there are no two parts of some size.

    After: Sokal & Michener 1958 (average linkage).
    """
    table = group.table()
    least = max(_LEAST_PART, len(group) // _LEAST_SHARE)
    found: tuple[list[int], list[int]] | None = None
    for first, second in _joins(table):
        if min(len(first), len(second)) >= least:
            found = first, second
    if found is None:
        return None
    one, other = found
    for number in sorted(set(range(len(group))) - {*one, *other}):
        is_nearer = table[number, found[0]].mean() >= table[number, found[1]].mean()
        (one if is_nearer else other).append(number)
    return sorted(one), sorted(other)


def _joins(table: Floats) -> Iterator[tuple[list[int], list[int]]]:
    """The parts that are joined, one pair after another, as lists of their own."""
    near = table.copy()
    np.fill_diagonal(near, -np.inf)
    parts = {number: [number] for number in range(len(near))}
    while len(parts) > 1:
        first, second = sorted(divmod(int(near.argmax()), len(near)))
        yield list(parts[first]), list(parts[second])
        sizes = len(parts[first]), len(parts[second])
        near[first] = near[:, first] = (near[first] * sizes[0] + near[second] * sizes[1]) / sum(
            sizes
        )
        near[first, first] = near[second] = near[:, second] = -np.inf
        parts[first] += parts.pop(second)
