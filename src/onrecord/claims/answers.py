"""What the model of pairs says of two sentences, both ways round."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from onrecord.records import Ground

_MOST_LOGIT: Final = 6.0
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
        back = self.back or self.of_grounds
        return (log_odds(self.chance) + log_odds(sum(back.values()))) / 2

    @property
    def peak(self) -> float:
        """The share of the likeliest ground in the probability of any dispute."""
        both = [self.of_grounds[g] + self.back.get(g, 0.0) for g in self.of_grounds]
        return max(both) / sum(both) if both and sum(both) > 0 else 0.0


def log_odds(chance: float) -> float:
    """The logarithm of the odds of a probability, within bounds.

    >>> log_odds(0.5), log_odds(1.0)
    (0.0, 6.0)
    """
    value = min(max(chance, 1e-6), 1 - 1e-6)
    return max(-_MOST_LOGIT, min(_MOST_LOGIT, math.log(value / (1 - value))))
