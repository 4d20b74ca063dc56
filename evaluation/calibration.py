"""Whether the probability of a statement is the share of such statements that are right.

A predicted statement is right when it is one of the `relaxed` pairs. A corpus that
marks outermost attributions only is compared with outermost statements only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.cases import ArticleCases
from evaluation.errors import PredictionError


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Statements whose probabilities are alike.

    Attributes:
        low: Lowest probability, included.
        high: Highest one, left out except in the last bin.
        n: Statements.
        mean: Their mean probability; None of no statements.
        right: The share of them that is right; None of no statements.
    """

    low: float
    high: float
    n: int
    mean: float | None
    right: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A reliability table.

    Attributes:
        bins: Of equal width, from 0 to 1.
        n: Statements in all bins.
        expected_error: Mean distance of `mean` and `right` over statements (Naeini et
            al. 2015; Guo et al. 2017).
        brier: Mean squared distance of a probability from 1 or 0 (Brier 1950).
    """

    bins: tuple[Bin, ...]
    n: int
    expected_error: float
    brier: float


def calibrate(outcomes: Sequence[tuple[float, bool]], *, n_bins: int = 10) -> Calibration:
    """The table of some statements.

    Args:
        outcomes: The probability of each, and whether it is right.
        n_bins: How many bins.
    """
    members: list[list[tuple[float, bool]]] = [[] for _ in range(n_bins)]
    for probability, is_right in outcomes:
        members[min(int(probability * n_bins), n_bins - 1)].append((probability, is_right))
    bins = tuple(_bin(number, own, n_bins) for number, own in enumerate(members))
    n = len(outcomes)
    distances = (
        b.n * abs(b.mean - b.right) for b in bins if b.mean is not None and b.right is not None
    )
    squares = ((probability - is_right) ** 2 for probability, is_right in outcomes)
    return Calibration(
        bins=bins,
        n=n,
        expected_error=sum(distances) / n if n else 0.0,
        brier=sum(squares) / n if n else 0.0,
    )


def _bin(number: int, members: Sequence[tuple[float, bool]], n_bins: int) -> Bin:
    n = len(members)
    return Bin(
        low=number / n_bins,
        high=(number + 1) / n_bins,
        n=n,
        mean=sum(probability for probability, _ in members) / n if n else None,
        right=sum(is_right for _, is_right in members) / n if n else None,
    )


def outcomes_of(articles: Iterable[ArticleCases]) -> list[tuple[float, bool]]:
    """The probability of each predicted statement, and whether it is right.

    Raises:
        PredictionError: A statement has no probability.
    """
    outcomes = []
    for article in articles:
        right = set(article.pairs.values())
        for place, case in enumerate(article.predicted):
            if case.probability is None:
                raise PredictionError(
                    source=article.id,
                    problem="a statement has no probability; give what `onrecord read` prints",
                )
            outcomes.append((case.probability, place in right))
    return outcomes


def to_text(calibration: Calibration) -> str:
    """A table for a person."""
    lines = [f"{'probability':13} {'n':>6} {'mean':>7} {'right':>7}"]
    for own in calibration.bins:
        cells = ["-" if x is None else f"{100 * x:.2f}" for x in (own.mean, own.right)]
        lines.append(f"{own.low:.2f} to {own.high:.2f}  {own.n:>6} {cells[0]:>7} {cells[1]:>7}")
    lines.append(
        f"{calibration.n} statements, expected calibration error "
        f"{100 * calibration.expected_error:.2f} %, Brier score {calibration.brier:.4f}"
    )
    return "\n".join(lines)


def to_json(calibration: Calibration) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "n": calibration.n,
        "expected_error": calibration.expected_error,
        "brier": calibration.brier,
        "bins": [
            {"low": b.low, "high": b.high, "n": b.n, "mean": b.mean, "right": b.right}
            for b in calibration.bins
        ],
    }
