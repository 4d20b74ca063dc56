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
        self.of = arrays
        self.n_hidden = arrays["pair_own"].shape[1]
        self.n_numbers = len(arrays["pair_own"])
        # One product gives both of what a candidate's numbers are multiplied with.
        self.other_HX = np.concatenate([arrays["pair_other"], arrays["both_other"]], axis=1)
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
        numbers = (self.states.at(one.start) for one in found)
        return [-1 if number is None else number for number in numbers]

    def _scores(self, number: int, words: Sequence[int], signs_NG: NDArray[np.int64]) -> Array:
        """Scores (N, 2) of candidates as actor and as recipient."""
        of, n_hidden = self.layers.of, self.layers.n_hidden
        own, other_NX = self._numbers[number], self._others[words]
        signs_NX = np.add.reduce(self.layers.signs_SX.take(signs_NG.T, axis=0), axis=0)
        hidden_NR = other_NX[:, :n_hidden] + (own @ of["pair_own"] + of["pair_bias"])
        hidden_NR += signs_NX[:, 2:]
        scores = np.maximum(hidden_NR, 0, out=hidden_NR) @ of["pair_out"]
        both_NB = (own @ of["both_own"]) * other_NX[:, n_hidden:]
        scores += np.add.reduce(both_NB.reshape(len(words), 2, -1), axis=2)
        scores += signs_NX[:, :2] + of["pair_out_bias"]
        return np.asarray(scores)

    def _picked(self, found: Sequence[Candidate], scores: Array) -> Parties:
        """Who is likely enough to act or to suffer, the likeliest first; entities count once."""
        # Who is unlikely in both roles changes nothing of what is picked.
        likely = np.flatnonzero(np.maximum.reduce(scores, axis=1) >= min(self.layers.least))
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
