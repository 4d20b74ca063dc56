"""Which of the candidates around a trigger act and suffer, as the network of events scores them.

Who they are, and what speaks for them: `pair_signs.py`. What depends on one word alone is
worked out once for a text.

Shapes: N candidates, W words of a text, H numbers of a word, R hidden numbers of a pair, B
numbers of both, G groups of signs, S signs.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.products import product
from onrecord.events.happenings import Happening
from onrecord.events.pair_signs import Candidate, PairSigns, by_rule_of, candidates_of
from onrecord.events.states import TextStates
from onrecord.events.texts import EventText
from onrecord.records import Statement

# What it adds to a score that the rules pick a party for a role, and takes that they pick another.
_PICKED: Final = 2.0
_FILLED: Final = 1.5
_MOST_PARTIES: Final = 6

Array = NDArray[np.float32]
Parties = tuple[tuple[str, ...], tuple[str, ...]]
# What the rules change of both scores of a candidate that they take for nobody, an actor, or a
# recipient, by whether they find actors, and recipients.
_SHIFTS: Final = {
    (has_actors, has_recipients): np.array(
        [
            [-_FILLED * has_actors, -_FILLED * has_recipients],
            [_PICKED, -_FILLED * has_recipients],
            [-_FILLED * has_actors, _PICKED],
        ],
        dtype=np.float32,
    )
    for has_actors in (False, True)
    for has_recipients in (False, True)
}


class PairLayers:
    """The layers for pairs of a trigger and a candidate."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """Take them from all of the network, by name."""
        self.n_numbers, self.n_hidden = arrays["pair_own"].shape
        self.bias_R, self.bias_2 = arrays["pair_bias"], arrays["pair_out_bias"]
        # One product gives hidden numbers of a pair, and behind them those of both.
        self.own_HX = np.concatenate([arrays["pair_own"], arrays["both_own"]], axis=1)
        self.other_HX = np.concatenate([arrays["pair_other"], arrays["both_other"]], axis=1)
        # Numbers of both are added up to scores, the first half to one, the others to the other.
        sides_B2 = np.repeat(np.eye(2, dtype=np.float32), arrays["both_own"].shape[1] // 2, axis=0)
        self.out_X2 = np.concatenate([arrays["pair_out"], sides_B2])
        # Hidden numbers behind scores, so that both are added up together.
        self.signs_SX = np.concatenate([arrays["pair_direct"], arrays["pair_signs"]], axis=1)
        self.least = [_log_odds(float(one)) for one in arrays["thresholds"][1:]]


class PairScorer:
    """Picks the parties of the happenings of one text."""

    def __init__(self, layers: PairLayers, text: EventText, states: TextStates) -> None:
        self.layers, self.text, self.states = layers, text, states
        self._known: dict[tuple[int, bool], list[Candidate]] = {}

    @cached_property
    def _numbers(self) -> Array:
        """The numbers of each word that tell of parties, and a row of zeros for unknown ones."""
        rows = self.states.all_rows
        numbers = np.zeros((len(rows) + 1, self.layers.n_numbers), dtype=np.float32)
        numbers[:-1] = rows[:, -self.layers.n_numbers :]
        return numbers

    @cached_property
    def _others(self) -> Array:
        """What each word is worth as a candidate, whatever the trigger."""
        return product(self._numbers, self.layers.other_HX)

    def parties(
        self,
        own: Happening,
        rule: tuple[Sequence[str], Sequence[str]],
        statement: Statement | None,
    ) -> Parties:
        """Ids of actors and recipients; nobody is both.

        Args:
            own: The happening.
            rule: What the rules find.
            statement: Who asserts it.
        """
        number = self.states.at(own.start)
        found = candidates_of(self.text, own, self._known)
        if number is None or not found:
            return tuple(rule[0]), tuple(rule[1])
        signs_NG = PairSigns(self.text, own, rule, statement).of(found)
        scores = self._scores(number, self._words(found), signs_NG)
        scores += _SHIFTS[bool(rule[0]), bool(rule[1])][by_rule_of(signs_NG)]
        return self._picked(found, scores)

    def _words(self, found: Sequence[Candidate]) -> list[int]:
        """The rows of candidates; -1, the last, of words of which nothing is known."""
        number_of = self.states.number_of
        return [number_of.get(one.start, -1) for one in found]

    def _scores(self, number: int, words: Sequence[int], signs_NG: NDArray[np.int64]) -> Array:
        """Scores (N, 2) of candidates as actor and as recipient."""
        layers, n_hidden = self.layers, self.layers.n_hidden
        own_X, pair_NX = self._numbers[number] @ layers.own_HX, self._others[words]
        signs_NX = np.add.reduce(layers.signs_SX.take(signs_NG.T, axis=0), axis=0)
        hidden_NR, both_NB = pair_NX[:, :n_hidden], pair_NX[:, n_hidden:]
        hidden_NR += own_X[:n_hidden] + layers.bias_R
        hidden_NR += signs_NX[:, 2:]
        np.maximum(hidden_NR, 0, out=hidden_NR)
        both_NB *= own_X[n_hidden:]
        return np.asarray(pair_NX @ layers.out_X2 + (signs_NX[:, :2] + layers.bias_2))

    def _picked(self, found: Sequence[Candidate], scores: Array) -> Parties:
        """Who is likely enough to act or to suffer, the likeliest first; entities count once."""
        # Who is unlikely in both roles changes nothing of what is picked.
        (likely,) = (np.maximum.reduce(scores, axis=1) >= min(self.layers.least)).nonzero()
        best: dict[str | int, tuple[float, float, Candidate]] = {}
        for place, (acts, suffers) in zip(likely.tolist(), scores[likely].tolist(), strict=True):
            one = found[place]
            key = one.entity or place
            before = best.get(key, (acts, suffers, one))
            best[key] = max(acts, before[0]), max(suffers, before[1]), before[2]
        sides: tuple[list[str], list[str]] = ([], [])
        for acts, suffers, one in sorted(best.values(), key=lambda own: -max(own[:2])):
            side = int(suffers > acts)
            own = sides[side]
            if max(acts, suffers) >= self.layers.least[side] and len(own) < _MOST_PARTIES:
                entity = one.entity or _made_entity(one)
                if entity and entity not in sides[0] and entity not in sides[1]:
                    own.append(entity)
        return tuple(sides[0]), tuple(sides[1])


def _made_entity(one: Candidate) -> str:
    entity = one.sentence.entity(one.word)
    return "" if entity is None else entity.id


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))
