"""Logistic models with named features, out of small tables of the package."""

import functools
import importlib.resources
import math
from collections.abc import Mapping
from typing import Final

# Beyond this a probability is 0 or 1 in any case, and its logit would be lost.
_MOST: Final = 30.0


@functools.cache
def weights_in(name: str) -> Mapping[str, float]:
    """The weights of a table by feature, with that of the bias."""
    path = importlib.resources.files("onrecord.stories") / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {feature: float(weight) for feature, weight in rows}


def logistic(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that features come to.

    >>> logistic({"near": 2.0}, {"near": 1.0, "bias": -2.0})
    0.5
    """
    score = weights["bias"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(min(score, _MOST), -_MOST)))
