"""Whether two groups of documents are one story or two: what is compared, and the decision.

It is asked of the two halves of a story, which may part, and of two stories, which may be
one. The weights are a small logistic model (`part_weights.tsv`), fitted on the train topics
of ECB+ by `python -m evaluation clusters-fit`.
"""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np

from onrecord.stories.groups import USUAL_LIKENESS, Group, nearness
from onrecord.stories.models import logistic, weights_in
from onrecord.stories.traits import N_BAGS, Bag

FEATURES: Final = (
    "nearness",
    "nearness_told",
    "balance",
    "log_n",
    "names",
    "places",
    "years",
    "figures",
)
# Of two lists where one is empty it is not known whether they agree.
_UNKNOWN: Final = 0.5
_BAGS: Final = {
    "names": Bag.NAMES, "places": Bag.PLACES, "years": Bag.YEARS, "figures": Bag.FIGURES,
}  # fmt: skip


def probability_of_two(
    first: Group, second: Group, weights: Mapping[str, float] | None = None
) -> float:
    """That two groups tell two stories."""
    return logistic(part_features(first, second), weights or fitted_weights())


def part_features(first: Group, second: Group) -> dict[str, float]:
    """The features of two groups side by side."""
    n = len(first) + len(second)
    return {
        "nearness": nearness(first, second),
        "nearness_told": _nearness_told(first, second),
        "balance": min(len(first), len(second)) / n,
        "log_n": math.log(n),
        **_agreements(first, second),
    }


def _nearness_told(first: Group, second: Group) -> float:
    """Nearness without what all documents of the two share."""
    table = Group((*first.members, *second.members)).table()
    n = len(first)
    across = float(table[:n, n:].mean())
    blocks = table[:n, :n], table[n:, n:]
    within = sum(float(block.sum() - np.trace(block)) / 2 for block in blocks)
    prior = USUAL_LIKENESS / 2
    return across / ((within + prior) / (first.n_pairs + second.n_pairs + 1))


def _agreements(first: Group, second: Group) -> dict[str, float]:
    """The cosines of the bags that tell who, where and when."""
    _, at, other_at = np.intersect1d(
        first.ids_U, second.ids_U, assume_unique=True, return_indices=True
    )
    products = np.bincount(
        first.bag_U[at], first.sums_U[at] * second.sums_U[other_at], minlength=N_BAGS
    )
    lengths = [
        np.sqrt(np.bincount(group.bag_U, group.sums_U**2, minlength=N_BAGS))
        for group in (first, second)
    ]
    both = lengths[0] * lengths[1]
    return {
        name: float(products[bag] / both[bag]) if both[bag] > 0 else _UNKNOWN
        for name, bag in _BAGS.items()
    }


def fitted_weights() -> Mapping[str, float]:
    """The weights of the package by feature."""
    return weights_in("part_weights")
