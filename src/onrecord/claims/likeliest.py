"""The likeliest dispute of two clauses, and which of those of two documents are kept.

What rules find comes first, if the weights do not speak against it; else the likeliest dispute
of two documents counts, if it is likely enough. Doubtful ones are left out.
"""

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.models import Proposition
from onrecord.claims.pairs import Quarrel
from onrecord.claims.parties import is_same_speaker
from onrecord.claims.scored_quarrels import possible
from onrecord.claims.scoring import Aligned, likelihood
from onrecord.claims.settings import LEAST_LIKELY, LEAST_OF_RULES, LEAST_OUTSIDE
from onrecord.records import Ground, StanceKind


@dataclass(frozen=True, slots=True)
class Likely:
    """The likeliest dispute of two clauses.

    Attributes:
        quarrel: With its probability.
        known: The first clause, with the stance that it takes in it.
        new: The second.
        of_grounds: The probability of each ground that was looked at.
    """

    quarrel: Quarrel
    known: Proposition
    new: Proposition
    of_grounds: dict[Ground, float]


def likeliest(one: Aligned) -> Likely | None:
    """The likeliest dispute of two clauses of two documents; None if they can be in none."""
    p, q = one.pair.p, one.pair.q
    found = [(likelihood(x.ground, x.features), x) for x in possible(one)]
    if not found:
        return None
    value, best = max(found, key=lambda pair: pair[0])
    quarrel = Quarrel(
        best.ground, is_same_speaker(p.speaker, q.speaker), round(value, 2),
        {**best.why, "features": one.pair.match.features},
    )  # fmt: skip
    if best.ground is Ground.DENIAL:
        p, q = (_denying(p), q) if best.is_swapped else (p, _denying(q))
    grounds: dict[Ground, float] = {}
    for likely, x in found:
        grounds[x.ground] = max(likely, grounds.get(x.ground, 0.0))
    return Likely(quarrel, p, q, grounds)


def _denying(one: Proposition) -> Proposition:
    return dataclasses.replace(one, stance=StanceKind.DENIES)


def is_upheld(quarrel: Quarrel, likely: Likely | None) -> bool:
    """Whether the weights do not speak against what a rule has found.

    A ground that was not weighed says nothing, but that two figures are not weighed means that
    one of them is told on both sides, or a plan.
    """
    if likely is None:
        return True
    otherwise = 0.0 if quarrel.ground is Ground.FIGURE else 1.0
    return likely.of_grounds.get(quarrel.ground, otherwise) >= LEAST_OF_RULES


def is_likely(likely: Likely, *, is_one_story: bool) -> bool:
    """Whether a dispute that no rule has found is likely enough to be shown."""
    least = LEAST_LIKELY if is_one_story else LEAST_OUTSIDE
    return likely.quarrel.probability >= least


def ranks_of(cosine_NM: NDArray[np.float32]) -> NDArray[np.intp]:
    """How many clauses are nearer than each: the less and the more of rows and columns (N, M, 2).

    >>> ranks_of(np.array([[0.9, 0.1]], dtype=np.float32))[0].tolist()
    [[0, 0], [0, 1]]
    """
    rows = _ranks(cosine_NM)
    columns = _ranks(cosine_NM.T).T
    return np.stack([np.minimum(rows, columns), np.maximum(rows, columns)], axis=-1)


def rank_at(ranks_NM2: NDArray[np.intp], n: int, m: int) -> tuple[int, int]:
    """The ranks of one pair."""
    return int(ranks_NM2[n, m, 0]), int(ranks_NM2[n, m, 1])


def _ranks(cosine_NM: NDArray[np.float32]) -> NDArray[np.intp]:
    order = np.argsort(-cosine_NM, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(cosine_NM.shape[1])[None, :], axis=1)
    return ranks
