"""Counts that add up over articles, and the scores that they come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Score:
    """One metric, as fractions; None where there was nothing to score.

    Attributes:
        precision: Share of the predicted units that are right; None for a plain share.
        recall: Share of the gold units that were found; None for a plain share.
        value: F1, or the share itself: the number to compare.
        n_predicted: Predicted units; None for a plain share.
        n: Gold units, or the cases that the share is of.
    """

    precision: float | None
    recall: float | None
    value: float | None
    n_predicted: float | None
    n: float | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits and units of both sides; the score is an F1.

    Attributes:
        hits_predicted: Predicted units that are right, each counting up to 1.
        n_predicted: Predicted units.
        hits_gold: Gold units that were found, each counting up to 1.
        n_gold: Gold units.
    """

    hits_predicted: float
    n_predicted: float
    hits_gold: float
    n_gold: float

    def __add__(self, other: Self) -> "Counts":
        return Counts(
            self.hits_predicted + other.hits_predicted,
            self.n_predicted + other.n_predicted,
            self.hits_gold + other.hits_gold,
            self.n_gold + other.n_gold,
        )

    def score(self) -> Score:
        """Precision, recall and their harmonic mean, which is 0 when either is 0 or missing."""
        precision = _ratio(self.hits_predicted, self.n_predicted)
        recall = _ratio(self.hits_gold, self.n_gold)
        value: float | None = 0.0
        if precision is None and recall is None:
            value = None
        elif precision and recall:
            value = 2 * precision * recall / (precision + recall)
        return Score(precision, recall, value, self.n_predicted, self.n_gold)


@dataclass(frozen=True, slots=True)
class Share:
    """Cases that are right, out of all; the score is that share."""

    right: float
    of: float

    def __add__(self, other: Self) -> "Share":
        return Share(self.right + other.right, self.of + other.of)

    def score(self) -> Score:
        """The share; None of no cases."""
        return Score(None, None, _ratio(self.right, self.of), None, self.of)


Tally = dict[str, Counts | Share]


def matched(hits: float, *, n_predicted: float, n_gold: float) -> Counts:
    """Counts of units that are paired one to one: a hit is one on either side."""
    return Counts(hits, n_predicted, hits, n_gold)


def add_tallies(tallies: Iterable[Tally]) -> Tally:
    """The sums of all metrics over articles."""
    total: Tally = {}
    for tally in tallies:
        for metric, own in tally.items():
            total[metric] = total[metric] + own if metric in total else own  # type: ignore[operator]  # a metric has one kind
    return total


def scores_of(tally: Tally) -> dict[str, Score]:
    """The score of each metric."""
    return {metric: counts.score() for metric, counts in tally.items()}


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
