"""How likely two clauses are in dispute, by what the model of pairs says and what else is known.

A logistic model over few features. Weights stand in `dispute_weights.tsv`, fitted by
`training/fit_disputes.py`.
"""

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from onrecord.claims.pairs import Pair
from onrecord.claims.word_lists import read_rows
from onrecord.records import Ground

_MOST_LOGIT: Final = 6.0
# What is taken off where the model was asked one way only: the other way it is less sure.
_OF_ONE_WAY: Final = 0.5
Features = Mapping[str, float]
Chances = Mapping[Ground, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of two sentences.

    Attributes:
        of_grounds: The probability of a dispute on each ground, the earlier sentence first.
        back: The same with the later one first; empty where that was not asked.
    """

    of_grounds: Chances = field(default_factory=dict)
    back: Chances = field(default_factory=dict)

    @property
    def chance(self) -> float:
        """The probability of any dispute, the earlier sentence first."""
        return sum(self.of_grounds.values())

    @property
    def odds(self) -> float:
        """The logarithm of the odds of any dispute, within bounds; the mean of both ways."""
        if not self.back:
            return max(-_MOST_LOGIT, _odds(self.of_grounds) - _OF_ONE_WAY)
        return (_odds(self.of_grounds) + _odds(self.back)) / 2

    @property
    def peak(self) -> float:
        """The share of the likeliest ground in the probability of any dispute."""
        both = [self.of_grounds[g] + self.back.get(g, 0.0) for g in self.of_grounds]
        return max(both) / sum(both) if both and sum(both) > 0 else 0.0


def _odds(chances: Chances) -> float:
    value = min(max(sum(chances.values()), 1e-6), 1 - 1e-6)
    return max(-_MOST_LOGIT, min(_MOST_LOGIT, math.log(value / (1 - value))))


def features_of(pair: Pair, answer: Answer) -> Features:
    """What speaks for a dispute and against it."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    speakers = [s for s in (p.speaker, q.speaker) if s is not None]
    names = (p.spelled & q.spelled) - frozenset().union(*(s.names for s in speakers))
    return {
        "model": answer.odds,
        "one ground": answer.peak,
        "cosine": pair.cosine,
        "names": min(len(names), 2) / 2,
        "scene": min(len(a.scene.names & b.scene.names), 6) / 6,
        "speakers": len(speakers) / 2,
        "bias": 1.0,
    }


@functools.cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_rows("dispute_weights.tsv")}


def likelihood(features: Features) -> float:
    """A probability by the weights."""
    known = _weights()
    return 1.0 / (1.0 + math.exp(-sum(known[name] * x for name, x in features.items())))
