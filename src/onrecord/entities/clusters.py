"""Mentions to clusters: each goes back to the likeliest one before it, or to none.

Shapes: M mentions, P pairs, F features, H width of the pair layer, K products, C width.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.entities.apart import (
    COUNTRY,
    are_beside,
    cannot_be,
    may_be_one,
    nouns_of,
    subjects_of,
)
from onrecord.entities.bodies import may_be_called
from onrecord.entities.forms import BARE, HE, IT, SHE, UNKNOWN, Traits
from onrecord.entities.pairs import N_PLAIN, N_PRODUCTS, PERSON, PLACE, Mentions, pair_features

# How many mentions back every mention looks, and those that share words with one.
_NEAR: Final = 30
_FAR: Final = 400
# Most of those that share words, the nearest ones; mentions that are looked at together.
_MOST_FAR: Final = 40
_BLOCK: Final = 256
_ROWS: Final = 16
_PAIRS: Final = 1024
# Features whose tables are small enough to be one table for each two.
_JOINT: Final = ((1, 4), (3, 5), (2, 6))
_NOTHING: Final[frozenset[int]] = frozenset()
_NO_NAMES: Final[frozenset[tuple[str, ...]]] = frozenset()
# How many mentions ahead he and she look for persons.
_AHEAD: Final = 12


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
    _joint: tuple[NDArray[np.float32], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        joint = [self.tables[a][:, None] + self.tables[b][None] for a, b in _JOINT]
        flat = tuple(table.reshape(-1, table.shape[2]) for table in joint)
        object.__setattr__(self, "_joint", flat)

    @property
    def knows_trees(self) -> bool:
        """Whether it was fitted to what trees tell, and to what stands later."""
        return len(self.tables) > N_PLAIN

    def of_pairs(
        self,
        mentions: Mentions,
        own_P: NDArray[np.int64],
        other_P: NDArray[np.int64],
        products_PK: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """Score of each pair of some mentions, (P,)."""
        features_PF = pair_features(mentions, own_P, other_P, n_features=len(self.tables))
        return self.scores(features_PF, products_PK)

    def scores(
        self, features_PF: NDArray[np.int64], products_PK: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Score of each pair, (P,)."""
        scores = np.empty(len(products_PK), dtype=np.float32)
        hidden, values = np.empty((2, _PAIRS, len(self.bias_H)), dtype=np.float32)
        rows = list(self._rows(features_PF))
        for at in range(0, len(scores), _PAIRS):
            products = products_PK[at : at + _PAIRS]
            own, value = hidden[: len(products)], values[: len(products)]
            np.matmul(products, self.products_KH, out=own)
            own += self.bias_H
            for table, row_P in rows:
                np.take(table, row_P[at : at + _PAIRS], axis=0, out=value, mode="clip")
                own += value
            np.maximum(own, 0, out=own)
            scores[at : at + _PAIRS] = np.einsum("ph,h->p", own, self.out_H)
        return scores + np.float32(self.out_bias)

    def _rows(
        self, features_PF: NDArray[np.int64]
    ) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int64]]]:
        """Tables with their row for each pair."""
        for (a, b), table in zip(_JOINT, self._joint, strict=True):
            yield table, features_PF[:, a] * len(self.tables[b]) + features_PF[:, b]
        alone = set(range(len(self.tables))).difference(*_JOINT)
        for number in sorted(alone):
            yield self.tables[number], features_PF[:, number]


def candidate_pairs(traits: Traits) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Later and earlier mention of each pair worth a score, sorted by the later one.

    Every mention is paired with the nearest ones before it, and with the nearest of the
    farther ones that share its head, all its words, or its initials.
    """
    none = np.zeros(0, dtype=np.int64)
    blocks = [(none, none), *((own, other) for _, own, other in _pair_blocks(traits))]
    return np.concatenate([own for own, _ in blocks]), np.concatenate([o for _, o in blocks])


def later_pairs(
    mentions: Mentions, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each he or she among some mentions with the persons that are named soon after.

    "When he came home, Tom Orr found the letter."
    """
    own_R = rows[_third_persons(mentions)[rows]]
    other_RA = own_R[:, None] + np.arange(1, _AHEAD + 1)
    inside = other_RA < len(mentions.start_M)
    other_RA = np.minimum(other_RA, len(mentions.start_M) - 1)
    good = inside & _persons(mentions)[other_RA]
    good &= mentions.start_M[other_RA] >= mentions.end_M[own_R][:, None]
    return np.broadcast_to(own_R[:, None], good.shape)[good], other_RA[good]


def _pair_blocks(
    traits: Traits,
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """Some mentions at a time and their pairs, so that no long text takes much memory."""
    n = len(traits.form_M)
    for at in range(0, n, _BLOCK):
        rows = np.arange(at, min(at + _BLOCK, n))
        columns = np.arange(max(0, at - _FAR), rows[-1] + 1)
        gap = rows.astype(np.int32)[:, None] - columns.astype(np.int32)
        far = _alike(traits, rows, columns)
        far &= (gap > _NEAR) & (gap <= _FAR)
        if (np.count_nonzero(far, axis=1) > _MOST_FAR).any():
            later = np.cumsum(far[:, ::-1], axis=1)[:, ::-1]
            far &= later <= _MOST_FAR
        own, other = np.nonzero(far | ((gap > 0) & (gap <= _NEAR)))
        yield rows, rows[own], columns[other]


def _alike(
    traits: Traits, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether mentions share their head, all words of one, or their initials."""
    # A mention without a head shares nothing: its head is equal to none, and its words are none.
    has_head = traits.head_M >= 0
    head_M, words_M = traits.head_M.astype(np.int32), np.where(has_head, traits.words_M, 0)
    initials_M = np.where(has_head, traits.initials_M, -1)
    acronym_M = np.where(has_head, traits.acronym_M, -1)
    a, b = words_M[rows][:, None], words_M[columns]
    shared = a & b
    alike = shared == a
    alike |= shared == b
    alike &= shared != 0
    alike |= np.where(has_head, head_M, -2)[rows][:, None] == head_M[columns]
    # Few names are short ones.
    short = np.flatnonzero(acronym_M[rows] >= 0)
    alike[short] |= acronym_M[rows[short]][:, None] == initials_M[columns]
    short = np.flatnonzero(acronym_M[columns] >= 0)
    alike[:, short] |= initials_M[rows][:, None] == acronym_M[columns[short]]
    return np.asarray(alike)


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
    n_rows, n_columns = own_KRC.shape[1], other_KCS.shape[2]
    products_KRS = np.empty((N_PRODUCTS, n_rows, n_columns), dtype=own_MC.dtype)
    # Few rows at a time: larger products are split over threads, which costs more than they do.
    for at in range(0, n_rows, _ROWS):
        rows = slice(at, at + _ROWS)
        np.matmul(own_KRC[:, rows], other_KCS, out=products_KRS[:, rows])
    at_P = (own_P - own_P[0]) * n_columns + (other_P - first)
    found_KP = products_KRS.reshape(N_PRODUCTS, -1).take(at_P, axis=1)
    return np.ascontiguousarray(found_KP.T / np.float32(width**0.5))


def cluster(
    mentions: Mentions,
    own_MC: NDArray[np.float32],
    other_MC: NDArray[np.float32],
    scorer: PairScorer,
    names: list[tuple[str, ...]],
    same: Sequence[str] = (),
    apart: Sequence[int] = (),
    bodies: Sequence[int] = (),
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
        bodies: The class of the body that a mention names, -1 for none: two of other classes
            are never one. Empty for none.
    """
    clusters = _Clusters(mentions, names, apart, bodies)
    before = _before(same)
    for rows, near_P, before_P in _pair_blocks(mentions.traits):
        own_P, other_P = near_P, before_P
        products_PK = _near_products(own_MC, other_MC, own_P, other_P)
        if scorer.knows_trees:
            own_L, other_L = later_pairs(mentions, rows)
            own_P, other_P = np.append(own_P, own_L), np.append(other_P, other_L)
            order = np.argsort(own_P, kind="stable")
            own_P, other_P = own_P.take(order), other_P.take(order)
            products_LK = products_of(own_MC, other_MC, own_L, other_L)
            products_PK = np.concatenate([products_PK, products_LK]).take(order, axis=0)
        scores_P = scorer.of_pairs(mentions, own_P, other_P, products_PK)
        scores_P[cannot_be(mentions, own_P, other_P)] = -1
        likely = _likely(own_P, other_P, scores_P)
        for own in rows.tolist():
            others = likely.get(own, [])
            clusters.place(own, [before[own], *others] if own in before else others)
    return clusters.first_of


def _likely(
    own_P: NDArray[np.int64],
    other_P: NDArray[np.int64],
    scores_P: NDArray[np.float32],
) -> dict[int, list[int]]:
    """For each mention the others that it may be, the likeliest first."""
    good = np.flatnonzero(scores_P > 0)
    # Of equals the nearest one before comes first.
    keys = (np.abs(own_P - other_P), other_P > own_P, -scores_P, own_P)
    order = good[np.lexsort([key[good] for key in keys])]
    likely: dict[int, list[int]] = {}
    for own, other in zip(own_P[order].tolist(), other_P[order].tolist(), strict=True):
        likely.setdefault(own, []).append(other)
    return likely


def _third_persons(mentions: Mentions) -> NDArray[np.bool_]:
    """Which mentions are he or she."""
    form_M = mentions.traits.form_M
    return np.asarray((form_M == HE) | (form_M == SHE))


def _persons(mentions: Mentions) -> NDArray[np.bool_]:
    """Which mentions name or describe a person."""
    return np.asarray((mentions.traits.form_M <= BARE) & (mentions.type_M == PERSON))


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
        self,
        mentions: Mentions,
        names: list[tuple[str, ...]],
        apart: Sequence[int] = (),
        bodies: Sequence[int] = (),
    ) -> None:
        self.body = list(bodies) or [-1] * len(names)
        self.apart: list[frozenset[int]] = [frozenset([a]) if a >= 0 else _NOTHING for a in apart]
        self.apart = self.apart or [_NOTHING] * len(names)
        forms, genders = mentions.traits.form_M.tolist(), mentions.traits.gender_M.tolist()
        self.subjects = subjects_of(mentions)
        self.nouns = nouns_of(mentions)
        self.first_of = list(range(len(names)))
        self._members = [[m] for m in self.first_of]
        self.names: list[frozenset[tuple[str, ...]]] = [
            frozenset([name]) if name else _NO_NAMES for name in names
        ]
        # Places have names too, but no gender, and "it" may be one. So may a people.
        is_place = (mentions.type_M == PLACE).tolist()
        self.is_named_person = [
            bool(name) and not place and name[0] != COUNTRY
            for name, place in zip(names, is_place, strict=True)
        ]
        self.gender = [
            gender if form in {HE, SHE} or is_named else UNKNOWN
            for form, gender, is_named in zip(forms, genders, self.is_named_person, strict=True)
        ]
        self.neuter = [form == IT for form in forms]
        self.is_third, self.is_person = (
            _third_persons(mentions).tolist(),
            _persons(mentions).tolist(),
        )
        # Whether a cluster has a name or description of a person.
        self.is_told = list(self.is_person)
        self._waiting: dict[int, list[int]] = {}

    def place(self, own: int, others: Sequence[int]) -> None:
        """Put a mention to the first of others that agrees with it.

        He and she that are then among pronouns alone go on to the first name or
        description; one that stands later is waited for.
        """
        joined = own
        for other in others:
            if self._join(own, other):
                joined = other
                break
        if self.is_third[own] and joined <= own and not self.is_told[self.first_of[own]]:
            any(self._join(own, other) for other in others if self.is_person[other])
        for pronoun in self._waiting.pop(own, ()):
            self._merge(pronoun, own)

    def _join(self, own: int, other: int) -> bool:
        """Put a mention to the cluster of another, at once or when that one comes."""
        if other > own:
            self._waiting.setdefault(other, []).append(own)
            return True
        return self._merge(own, other)

    def _merge(self, own: int, other: int) -> bool:
        """Make the clusters of two mentions one, if they agree."""
        first, last = self.first_of[own], self.first_of[other]
        if first > last:
            first, last = last, first
        if first == last or not self._agree(last, first):
            return False
        for m in self._members[last]:
            self.first_of[m] = first
        self._members[first] += self._members[last]
        if self.names[last] and self.names[last] != self.names[first]:
            both = self.names[first] | self.names[last]
            # A part of a name adds nothing to it: "Vale" and "Ann" are both of "Ann Vale".
            self.names[first] = frozenset(
                n for n in both if not any(set(n) < set(other) for other in both)
            )
        self.gender[first] = self.gender[first] or self.gender[last]
        self.neuter[first] = self.neuter[first] or self.neuter[last]
        self.is_named_person[first] = self.is_named_person[first] or self.is_named_person[last]
        self.is_told[first] = self.is_told[first] or self.is_told[last]
        self.apart[first] |= self.apart[last]
        self.subjects[first] |= self.subjects[last]
        self.nouns[first] |= self.nouns[last]
        self.body[first] = max(self.body[first], self.body[last])
        return True

    def _agree(self, a: int, b: int) -> bool:
        body, other_body = self.body[a], self.body[b]
        if body != other_body:
            # One of them is of no class, and may be called as the other one.
            own, nouns = (body, self.nouns[b]) if other_body < 0 else (other_body, self.nouns[a])
            if min(body, other_body) >= 0 or (nouns and not may_be_called(own, nouns)):
                return False
        subjects, other_subjects = self.subjects[a], self.subjects[b]
        is_beside = subjects and other_subjects and are_beside(subjects, other_subjects)
        if is_beside or not self.apart[a].isdisjoint(self.apart[b]):
            return False
        gender, other_gender = self.gender[a], self.gender[b]
        if gender != other_gender and UNKNOWN not in {gender, other_gender}:
            return False
        is_no_it = self.neuter[a] and (other_gender or self.is_named_person[b])
        if is_no_it or (self.neuter[b] and (gender or self.is_named_person[a])):
            return False
        names, other_names = self.names[a], self.names[b]
        if not (names and other_names):
            return True
        return all(may_be_one(x, y) for x in names for y in other_names)
