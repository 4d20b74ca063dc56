"""The model: one weight for each feature of a candidate, and a softmax over a name's candidates.

Beside its candidates each name can mean none of them, which has score 0. Weights were fitted by
`python -m evaluation.places --fit`; see docs/decisions/0008-gazetteer.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.places.tables import rows_of

FEATURES = (
    "bias",
    "population",
    "behind_largest",
    "is_country",
    "is_region",
    "is_district",
    "is_area",
    "is_capital",
    "is_other_name",
    "is_abbreviation",
    "is_short",
    "in_container",
    "is_container",
    "as_division",
    "as_settlement",
    "outlet_country",
    "outlet_name",
    "outlet_name_english",
    "area_code",
    "region_mass",
    "country_mass",
    "near_mass",
    "region_share",
    "country_share",
    "near_share",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights in the order of `FEATURES`."""

    weights_F: NDArray[np.float64]

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> "Model":
        """A model with some weights; the others are 0."""
        return cls(weights_F=np.array([weights.get(name, 0.0) for name in FEATURES]))


@cache
def packaged_model() -> Model:
    """The weights beside this module."""
    return Model.of({name: float(weight) for name, weight in rows_of("weights.tsv", 2)})


def probabilities(
    score_C: NDArray[np.float64], owner_C: NDArray[np.int64], first_U: NDArray[np.int64]
) -> NDArray[np.float64]:
    """A softmax over the candidates of each name and a score of 0 for none of them.

    Args:
        score_C: Scores of candidates, those of a name side by side.
        owner_C: Name of each candidate, counted from 0; each has a candidate.
        first_U: First candidate of each name.
    """
    if not len(score_C):
        return score_C
    top_U = np.maximum(np.maximum.reduceat(score_C, first_U), 0.0)
    raised = np.exp(score_C - top_U[owner_C])
    total_U = np.add.reduceat(raised, first_U) + np.exp(-top_U)
    return np.asarray(raised / total_U[owner_C])
