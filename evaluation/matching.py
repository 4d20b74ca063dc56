"""Which gold row goes with which predicted row: one to one, as many pairs as there can be.

The number of pairs is the same in whatever order they are sought; which of several
possible partners a row gets is not, and some metrics look at the partners. Two orders
are in use: `pair_in_order` for attributions, `pair_best_first` for records.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

Edge = tuple[int, int]


def pair_in_order(worths: Mapping[Edge, float]) -> dict[int, int]:
    """Pairs {gold: predicted}, sought for one gold row after the other.

    Args:
        worths: How good each possible pair (gold, predicted) is; what is not in it is
            no possible pair. A gold row tries its best partner first.

    >>> pair_in_order({(0, 0): 2.0, (0, 1): 1.0, (1, 0): 3.0})
    {0: 1, 1: 0}
    """
    pairs = _Pairs(worths)
    pairs.complete(sorted(pairs.partners))
    return pairs.by_gold


def pair_best_first(worths: Mapping[Edge, float]) -> dict[int, int]:
    """Pairs {gold: predicted}; the best are taken first, and others change partners for more.

    >>> pair_best_first({(0, 0): 1.0, (1, 0): 2.0})
    {1: 0}
    """
    pairs = _Pairs(worths)
    for gold, predicted in _best_first(worths):
        if gold not in pairs.by_gold and predicted not in pairs.by_predicted:
            pairs.join(gold, predicted)
    pairs.complete(gold for gold in sorted(pairs.partners) if gold not in pairs.by_gold)
    return pairs.by_gold


def _best_first(worths: Mapping[Edge, float]) -> list[Edge]:
    return sorted(worths, key=lambda edge: (-worths[edge], edge))


class _Pairs:
    """Pairs made so far, and the partners that each gold row can have, best first."""

    def __init__(self, worths: Mapping[Edge, float]) -> None:
        self.by_gold: dict[int, int] = {}
        self.by_predicted: dict[int, int] = {}
        self.partners: defaultdict[int, list[int]] = defaultdict(list)
        for gold, predicted in _best_first(worths):
            self.partners[gold].append(predicted)

    def join(self, gold: int, predicted: int) -> None:
        self.by_gold[gold], self.by_predicted[predicted] = predicted, gold

    def complete(self, alone: Iterable[int]) -> None:
        """Find partners for gold rows that have none; rows with a partner keep one.

        After: Kuhn 1955, by augmenting paths, depth first.
        """
        for gold in alone:
            self._find_partner(gold, set())

    def _find_partner(self, gold: int, asked: set[int]) -> bool:
        for predicted in self.partners[gold]:
            if predicted in asked:
                continue
            asked.add(predicted)
            holder = self.by_predicted.get(predicted)
            if holder is None or self._find_partner(holder, asked):
                self.join(gold, predicted)
                return True
        return False
