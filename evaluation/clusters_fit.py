"""Fits the weights of a document beside a story (`onrecord/stories/weights.tsv`).

Documents of the train topics of ECB+ are put into their gold stories in random orders; at
each step the story that is right and the nearest wrong ones give a row. In ECB+ two events
of one kind lie years apart, in a stream of news they do not: half of the wrong rows get the
times of a right one, so that dates alone do not tell stories apart.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.stories.features import FEATURES, features_of
from onrecord.stories.groups import Group
from onrecord.stories.kept_traits import MOST_MEMBERS
from onrecord.stories.traits import Traits

# Set by hand, see `onrecord.stories.features`.
FIXED: Final = {"gap": -0.35}
_TIMES: Final = ("other_days", "years", "from_future")
_ORDERS: Final = 3
_MOST_WRONG: Final = 5
_SAME_TIME: Final = 0.6
_NO_VECTOR: Final = 0.3
_PENALTY: Final = 1.0
_STEPS: Final = 50
_SEED: Final = 2022
Features = Mapping[str, float]
Row = tuple[Features, bool]
_HEAD: Final = """\
# Weights of a logistic model: that a document belongs to a story, see `features.py`.
#
# Fitted on {n} pairs of the {topics} train topics of ECB+ (annotations CC BY 3.0; only these
# numbers are kept) by: python -m evaluation clusters-fit. The weight of `gap` is set by hand.
"""


def weights_table(traits: Mapping[str, Traits], story_of: Mapping[str, str]) -> str:
    """The table of fitted weights, for documents with the story of each."""
    rows = with_missing_vectors(with_same_times(rows_of(traits, story_of)))
    weights = fit(rows)
    topics = len({name.removesuffix("plus") for name in story_of.values()})
    lines = [f"{name}\t{weights[name]:.4f}\n" for name in (*FEATURES, "bias")]
    return _HEAD.format(n=len(rows), topics=topics) + "".join(lines)


def rows_of(traits: Mapping[str, Traits], story_of: Mapping[str, str]) -> list[Row]:
    """Features of documents beside the right story and near wrong ones, and which it is."""
    chance = random.Random(_SEED)  # noqa: S311 - an order, no secret
    rows: list[Row] = []
    for _ in range(_ORDERS):
        order = sorted(traits)
        chance.shuffle(order)
        rows += _rows_in_order(order, traits, story_of)
    return rows


def _rows_in_order(
    order: Sequence[str], traits: Mapping[str, Traits], story_of: Mapping[str, str]
) -> Iterator[Row]:
    stories: defaultdict[str, list[Traits]] = defaultdict(list)
    groups: dict[str, Group] = {}
    for name in order:
        own, right = traits[name], story_of[name]
        near = {story: float(groups[story].likenesses(own).max()) for story in groups}
        wrong = sorted((s for s in near if s != right), key=lambda s: (-near[s], s))
        for story in (right, *wrong[:_MOST_WRONG]):
            if near.get(story, 0.0) > 0:
                yield features_of(own, groups[story]), story == right
        stories[right].append(own)
        groups[right] = Group(stories[right][-MOST_MEMBERS:])


def with_same_times(rows: Iterable[Row]) -> list[Row]:
    """The rows, with the times of right ones in many of the wrong ones."""
    given = list(rows)
    right = [features for features, is_right in given if is_right]
    chance = random.Random(_SEED)  # noqa: S311 - a choice, no secret
    changed = []
    for features, is_right in given:
        if not is_right and chance.random() < _SAME_TIME:
            other = chance.choice(right)
            features = {**features, **{name: other[name] for name in _TIMES}}  # noqa: PLW2901
        changed.append((features, is_right))
    return changed


def with_missing_vectors(rows: Iterable[Row]) -> list[Row]:
    """The rows, a part of them as they are when there are no vectors."""
    chance = random.Random(_SEED)  # noqa: S311 - a choice, no secret
    without = {"vector_fit": 0.0, "no_vector": 1.0}
    return [
        ({**features, **without} if chance.random() < _NO_VECTOR else features, is_right)
        for features, is_right in rows
    ]


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Weights of all features, fixed ones as they are, and of the bias."""
    names = [name for name in FEATURES if name not in FIXED]
    X_NF = np.array([[own[name] for name in names] + [1.0] for own, _ in rows])
    y_N = np.array([float(is_right) for _, is_right in rows])
    fitted = logistic(X_NF, y_N)
    return {**dict(zip((*names, "bias"), fitted.tolist(), strict=True)), **FIXED}


def logistic(
    X_NF: NDArray[np.float64], y_N: NDArray[np.float64], *, penalty: float = _PENALTY
) -> NDArray[np.float64]:
    """Weights of a logistic model by Newton's steps; the last column, the bias, is free."""
    weights_F = np.zeros(X_NF.shape[1])
    penalty_F = np.full(X_NF.shape[1], penalty)
    penalty_F[-1] = 1e-6
    for _ in range(_STEPS):
        chance_N = 1 / (1 + np.exp(-np.clip(X_NF @ weights_F, -30, 30)))
        slope_F = X_NF.T @ (chance_N - y_N) + penalty_F * weights_F
        bend_FF = (X_NF * (chance_N * (1 - chance_N))[:, None]).T @ X_NF + np.diag(penalty_F)
        step_F = np.linalg.solve(bend_FF, slope_F)
        weights_F -= step_F
        if np.abs(step_F).max() < 1e-8:
            break
    return weights_F
