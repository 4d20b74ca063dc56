"""Mentions to clusters: each goes back to the likeliest one before it, or to none.

Shapes: M mentions, P pairs, F features, H width of the pair layer, K products, C width.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.entities.forms import HE, IT, SHE, UNKNOWN, Traits
from onrecord.entities.pairs import N_PRODUCTS, Mentions, pair_features

# How many mentions back every mention looks, and those that share words with one.
_NEAR: Final = 30
_FAR: Final = 400
# Most of those that share words, the nearest ones; mentions that are looked at together.
_MOST_FAR: Final = 40
_BLOCK: Final = 256
_ROWS: Final = 16
_PAIRS: Final = 1024


@dataclass(frozen=True, slots=True, eq=False)
class PairScorer:
    """The learned layer: how likely two mentions name the same, against 0 for "neither".

    Attributes:
        tables: One table of vectors (values, H) for each feature.
        products_KH: Weights of the products of the mentions' vectors.
        bias_H: Added before the bend.
        out_H: Weights of the sum.
        out_bias: Added to it.
    """

    tables: tuple[NDArray[np.float32], ...]
    products_KH: NDArray[np.float32]
    bias_H: NDArray[np.float32]
    out_H: NDArray[np.float32]
    out_bias: float

    def scores(
        self, features_PF: NDArray[np.int64], products_PK: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Score of each pair, (P,)."""
        scores = np.empty(len(products_PK), dtype=np.float32)
        values = np.empty((_PAIRS, len(self.bias_H)), dtype=np.float32)
        for at in range(0, len(scores), _PAIRS):
            some = slice(at, at + _PAIRS)
            hidden = products_PK[some] @ self.products_KH
            hidden += self.bias_H
            own = values[: len(hidden)]
            for number, table in enumerate(self.tables):
                np.take(table, features_PF[some, number], axis=0, out=own, mode="clip")
                hidden += own
            np.maximum(hidden, 0, out=hidden)
            scores[some] = np.einsum("ph,h->p", hidden, self.out_H)
        return scores + np.float32(self.out_bias)


def candidate_pairs(traits: Traits) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Later and earlier mention of each pair worth a score, sorted by the later one.

    Every mention is paired with the nearest ones before it, and with the nearest of the
    farther ones that share its head, all its words, or its initials.
    """
    none = np.zeros(0, dtype=np.int64)
    blocks = [(none, none), *_pair_blocks(traits)]
    return np.concatenate([own for own, _ in blocks]), np.concatenate([o for _, o in blocks])


def _pair_blocks(traits: Traits) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The pairs of some mentions at a time, so that no long text takes much memory."""
    n = len(traits.form_M)
    for at in range(0, n, _BLOCK):
        rows = np.arange(at, min(at + _BLOCK, n))
        columns = np.arange(max(0, at - _FAR), rows[-1] + 1)
        gap = rows[:, None] - columns[None, :]
        far = _alike(traits, rows, columns) & (gap > _NEAR) & (gap <= _FAR)
        later = np.cumsum(far[:, ::-1], axis=1)[:, ::-1]
        own, other = np.nonzero((far & (later <= _MOST_FAR)) | ((gap > 0) & (gap <= _NEAR)))
        yield rows[own], columns[other]


def _alike(
    traits: Traits, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether mentions share their head, all words of one, or their initials."""

    def both(column: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        return column[rows][:, None], column[columns][None, :]

    (h, g), (a, b) = both(traits.head_M), both(traits.words_M)
    (i, j), (s, t) = both(traits.initials_M), both(traits.acronym_M)
    inside = (((a & ~b) == 0) | ((b & ~a) == 0)) & (a != 0) & (b != 0)
    named = (h >= 0) & (g >= 0)
    short = ((s == j) & (s >= 0)) | ((t == i) & (t >= 0))
    return np.asarray(named & ((h == g) | inside | short))


def products_of(
    own_MC: NDArray[np.float32],
    other_MC: NDArray[np.float32],
    own_P: NDArray[np.int64],
    other_P: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Products of the vectors of the later and the earlier mention, (P, K)."""
    width = own_MC.shape[1] // N_PRODUCTS
    own = own_MC.reshape(-1, N_PRODUCTS, width)[own_P]
    other = other_MC.reshape(-1, N_PRODUCTS, width)[other_P]
    return np.asarray(np.einsum("pkc,pkc->pk", own, other) / np.float32(width**0.5))


def _near_products(
    own_MC: NDArray[np.float32],
    other_MC: NDArray[np.float32],
    own_P: NDArray[np.int64],
    other_P: NDArray[np.int64],
) -> NDArray[np.float32]:
    """As `products_of`, faster for pairs that stand close together: all with all."""
    if not len(own_P):
        return np.zeros((0, N_PRODUCTS), dtype=np.float32)
    first, after, width = int(other_P.min()), int(own_P.max()) + 1, own_MC.shape[1] // N_PRODUCTS
    own_KRC = own_MC[own_P[0] : after].reshape(-1, N_PRODUCTS, width).transpose(1, 0, 2)
    other_KCS = other_MC[first:after].reshape(-1, N_PRODUCTS, width).transpose(1, 2, 0)
    # Few rows at a time: larger products are split over threads, which costs more than they do.
    rows = [own_KRC[:, at : at + _ROWS] @ other_KCS for at in range(0, own_KRC.shape[1], _ROWS)]
    products_KRS = np.concatenate(rows, axis=1)
    found = products_KRS[:, own_P - own_P[0], other_P - first].T / np.float32(width**0.5)
    return np.ascontiguousarray(found)


def cluster(
    mentions: Mentions,
    own_MC: NDArray[np.float32],
    other_MC: NDArray[np.float32],
    scorer: PairScorer,
    names: list[tuple[str, ...]],
    same: Sequence[str] = (),
    apart: Sequence[int] = (),
) -> list[int]:
    """For each mention the first mention of its cluster.

    Args:
        mentions: In text order.
        own_MC: Vectors that look for something before.
        other_MC: Vectors that are found.
        scorer: Of pairs.
        names: Words of the person's name that a mention is, () of all else: two persons
            with other names are never one.
        same: A key of each mention; those with one key are one, whatever the scores say.
            Empty for none.
        apart: A number of each mention; those with one number, but below zero, are never one.
            Empty for none.
    """
    clusters = _Clusters(mentions, names, apart)
    before = _before(same)
    for own_P, other_P in _pair_blocks(mentions.traits):
        features = pair_features(mentions, own_P, other_P)
        scores = scorer.scores(features, _near_products(own_MC, other_MC, own_P, other_P))
        good = np.flatnonzero(scores > 0)
        order = good[np.lexsort((-other_P[good], -scores[good], own_P[good]))]
        likely = dict[int, list[int]]()
        for own, other in zip(own_P[order].tolist(), other_P[order].tolist(), strict=True):
            likely.setdefault(own, []).append(other)
        for own in range(int(own_P[0]), int(own_P[-1]) + 1) if len(own_P) else ():
            others = ([before[own]] if own in before else []) + likely.get(own, [])
            any(clusters.join(own, other) for other in others)
    return clusters.first_of


def _before(same: Sequence[str]) -> dict[int, int]:
    """For each mention the last one before it with the same key."""
    last: dict[str, int] = {}
    found = {}
    for number, key in enumerate(same):
        if key and key in last:
            found[number] = last[key]
        last[key] = number
    return found


class _Clusters:
    """Clusters as they grow, with what may not stand in one."""

    def __init__(
        self, mentions: Mentions, names: list[tuple[str, ...]], apart: Sequence[int] = ()
    ) -> None:
        self.apart: list[set[int]] = [{a} if a >= 0 else set() for a in apart]
        self.apart = self.apart or [set() for _ in names]
        forms, genders = mentions.traits.form_M.tolist(), mentions.traits.gender_M.tolist()
        self.first_of = list(range(len(names)))
        self.names: list[set[tuple[str, ...]]] = [{name} if name else set() for name in names]
        self.gender = [
            gender if form in {HE, SHE} or name else UNKNOWN
            for form, gender, name in zip(forms, genders, names, strict=True)
        ]
        self.neuter = [form == IT for form in forms]

    def join(self, own: int, other: int) -> bool:
        """Put a mention that is alone so far to the cluster of another, if they agree."""
        first = self.first_of[other]
        if not self._agree(own, first):
            return False
        self.first_of[own] = first
        both = self.names[first] | self.names[own]
        # A part of a name adds nothing to it: "Vale" and "Ann" are both of "Ann Vale".
        self.names[first] = {n for n in both if not any(set(n) < set(other) for other in both)}
        self.gender[first] = self.gender[first] or self.gender[own]
        self.neuter[first] = self.neuter[first] or self.neuter[own]
        self.apart[first] |= self.apart[own]
        return True

    def _agree(self, a: int, b: int) -> bool:
        if self.apart[a] & self.apart[b]:
            return False
        if UNKNOWN not in {self.gender[a], self.gender[b]} and self.gender[a] != self.gender[b]:
            return False
        if any(self.neuter[x] and (self.gender[y] or self.names[y]) for x, y in ((a, b), (b, a))):
            return False
        return all(may_be_one(x, y) for x in self.names[a] for y in self.names[b])


def may_be_one(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of persons, as lower-case words, may be of one person.

    >>> may_be_one(("ann", "vale"), ("vale",))
    True
    >>> may_be_one(("ann", "vale"), ("bea", "vale"))
    False
    """
    short, long = sorted((a, b), key=len)
    if set(short) <= set(long):
        return True
    if short[-1] != long[-1]:
        return False
    return short[0][0] == long[0][0] and (len(short[0]) <= 2 or len(long[0]) <= 2)
