"""What speaks for and against a document in a story, and the probability that comes of it.

The weights are a small logistic model (`weights.tsv`), fitted on the train topics of ECB+ by
`python -m evaluation clusters-fit`. The one for the time between publications is set by
hand: topics of ECB+ lie years apart, so that it cannot be learned there.
"""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np

from onrecord.stories.groups import Group
from onrecord.stories.models import logistic, weights_in
from onrecord.stories.traits import N_BAGS, Bag, Traits

FEATURES: Final = (
    "mean_likeness",
    "max_likeness",
    "fit",
    "log_n",
    "other_names",
    "other_places",
    "other_days",
    "years",
    "figures",
    "from_future",
    "vector_fit",
    "no_vector",
    "gap",
)
# Below this cosine, two lists of names or places are taken for different ones.
_NOTHING: Final = 0.02
_GAP_DAYS: Final = 7


def probability(features: Mapping[str, float], weights: Mapping[str, float] | None = None) -> float:
    """That a document belongs to a story."""
    return logistic(features, weights or fitted_weights())


def features_of(document: Traits, story: Group) -> dict[str, float]:
    """The features of a document beside a story."""
    likenesses = story.likenesses(document)
    cosines = _cosines(document, story)
    mean = float(likenesses.mean())
    vector_fit = story.vector_fit(document)
    return {
        "mean_likeness": mean,
        "max_likeness": float(likenesses.max()),
        "fit": mean / story.cohesion,
        "log_n": math.log(len(story)),
        "other_names": _is_other(cosines.get(Bag.NAMES)),
        "other_places": _is_other(cosines.get(Bag.PLACES)),
        "other_days": _is_other(cosines.get(Bag.DAYS)),
        "years": cosines.get(Bag.YEARS) or 0.0,
        "figures": cosines.get(Bag.FIGURES) or 0.0,
        "from_future": _from_future(document, story),
        "vector_fit": vector_fit or 0.0,
        "no_vector": float(vector_fit is None),
        "gap": math.log2(1 + gap_days(document, story) / _GAP_DAYS),
    }


def gap_days(document: Traits, story: Group) -> int:
    """Days between a document and the time that a story spans; 0 if either is not dated."""
    days = [own.published for own in story.members if own.published is not None]
    if document.published is None or not days:
        return 0
    return max(0, min(days) - document.published, document.published - max(days))


def _cosines(document: Traits, story: Group) -> dict[Bag, float]:
    """The cosine of each bag that both have."""
    theirs_U = story.weights_of(document)
    products = np.bincount(story.bag_U, story.sums_U * theirs_U, minlength=N_BAGS)
    squares = np.bincount(story.bag_U, story.sums_U**2, minlength=N_BAGS)
    own = np.bincount((document.ids_T & (N_BAGS - 1)).astype(np.int64), minlength=N_BAGS)
    return {
        bag: float(products[bag] / math.sqrt(squares[bag]))
        for bag in Bag
        if squares[bag] > 0 and own[bag]
    }


def _is_other(cosine: float | None) -> float:
    return float(cosine is not None and cosine < _NOTHING)


def _from_future(document: Traits, story: Group) -> float:
    """Whether one of the two, being undated, names a year after the other was published."""
    days = [own.published for own in story.members if own.published is not None]
    if document.published is None and days:
        return float((document.latest_year or 0) > _year(max(days)))
    if document.published is not None and not days:
        years = [own.latest_year for own in story.members if own.latest_year]
        late = [year for year in years if year > _year(document.published)]
        return len(late) / len(years) if years else 0.0
    return 0.0


def _year(day: int) -> int:
    """The year of a day, near enough."""
    return int(day / 365.2425) + 1


def fitted_weights() -> Mapping[str, float]:
    """The weights of the package by feature."""
    return weights_in("weights")
