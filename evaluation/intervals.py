"""How far a score would move with other articles of the same kind: bootstrap intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.scores import Counts, Score, Share, Tally, scores_of

DEFAULT_SEED = 2022
_PERCENT = 95


@dataclass(frozen=True, slots=True)
class Interval:
    """The values between which 95 % of the resampled scores lie, both included."""

    low: float
    high: float


def bootstrap(
    tallies: Sequence[Tally],
    *,
    n_rounds: int,
    seed: int = DEFAULT_SEED,
    scores: Callable[[Tally], Mapping[str, Score]] = scores_of,
) -> dict[str, Interval]:
    """Percentile intervals of the scores.

    Articles are drawn with replacement, as statements of one article are alike and do
    not vary by themselves.

    Args:
        tallies: The counts of each article.
        n_rounds: Sets of articles to draw.
        seed: The same seed draws the same sets.
        scores: Makes scores of summed counts.

    Returns:
        An interval for each metric that had anything to score in some round.

    After: Efron & Tibshirani 1993, chapter 13.
    """
    if not tallies or n_rounds < 1:
        return {}
    rng = np.random.default_rng(seed)
    times_drawn = rng.multinomial(len(tallies), [1 / len(tallies)] * len(tallies), size=n_rounds)
    kinds = {metric: type(counts) for tally in tallies for metric, counts in tally.items()}
    sums = {metric: times_drawn @ _columns(tallies, metric, kinds[metric]) for metric in kinds}
    values: dict[str, list[float]] = {}
    for number in range(n_rounds):
        drawn = {metric: kinds[metric](*map(float, rows[number])) for metric, rows in sums.items()}
        for metric, score in scores(drawn).items():
            if score.value is not None:
                values.setdefault(metric, []).append(score.value)
    return {metric: _interval(own) for metric, own in values.items()}


def _columns(
    tallies: Sequence[Tally], metric: str, kind: type[Counts | Share]
) -> NDArray[np.float64]:
    """The counts of a metric, a row for each article; zeros where an article has none."""
    nothing: tuple[Any, ...] = (0.0,) * (4 if kind is Counts else 2)
    rows = [astuple(tally[metric]) if metric in tally else nothing for tally in tallies]
    return np.array(rows, dtype=np.float64)


def _interval(values: Sequence[float]) -> Interval:
    outside = (100 - _PERCENT) / 2
    low, high = np.percentile(values, [outside, 100 - outside])
    return Interval(float(low), float(high))
