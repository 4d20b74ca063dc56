"""The fit of what names are chosen by."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from onrecord.entities.name_features import FEATURES, GROUPS  # noqa: E402
from training.fit_names import Cases, fit  # noqa: E402


def cases(*, shift: float, seed: int, counts: bool = True) -> Cases:
    """Spans whose odds tell all, but for how many of a source are names."""
    rng = np.random.default_rng(seed)
    x = np.zeros((600, len(FEATURES)))
    group = rng.integers(0, len(GROUPS), len(x))
    for n, name in enumerate(GROUPS):
        x[group == n, FEATURES.index(f"one:{name}")] = 1.0
    odds = rng.normal(0, 2, len(x))
    x[:, FEATURES.index("odds")] = odds
    chance = 1 / (1 + np.exp(-(odds + shift)))
    return Cases(x, (rng.random(len(x)) < chance).astype(float), 1.0, counts)


def scores(weights: np.ndarray, odds: float) -> float:
    return float(weights[FEATURES.index("odds")] * odds + weights[FEATURES.index("one:person")])


def test_odds_count_and_the_rest_does_not() -> None:
    weights = fit([cases(shift=0.0, seed=1)], strength=1.0)
    assert weights[FEATURES.index("odds")] > 0.7
    assert abs(scores(weights, 0.0)) < 0.5
    assert weights[FEATURES.index("town")] == 0


def test_what_ships_has_the_intercepts_of_the_sources_that_count() -> None:
    posts = cases(shift=-3.0, seed=2, counts=False)
    weights = fit([cases(shift=1.0, seed=3), posts], strength=1.0)
    assert scores(weights, 0.0) > 0.3
