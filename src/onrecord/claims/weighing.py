"""How likely two clauses are in dispute, by all signs together (`signs.py`).

The mean of a logistic model, whose weights stand in `dispute_weights.tsv`, and of boosted trees
(`trees.py`). Both are fitted by `training/fit_disputes.py`.
"""

import functools
import math
from collections.abc import Mapping

from onrecord.claims.signs import Signs
from onrecord.claims.trees import sum_of, trees
from onrecord.claims.word_lists import read_rows

_BIAS = "bias"


@functools.cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_rows("dispute_weights.tsv")}


def likelihood(signs: Signs) -> float:
    """A probability by both."""
    known = _weights()
    total = known[_BIAS] + sum(w * signs[name] for name, w in known.items() if name != _BIAS)
    return (_logistic(total) + _logistic(sum_of(trees(), signs))) / 2


def _logistic(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-total))
