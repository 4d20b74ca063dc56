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
from onrecord.events.made_entities import kind_of
from onrecord.events.pair_signs import (
    RECIPIENT,
    Candidate,
    PairSigns,
    by_rule_of,
    candidates_of,
)
from onrecord.events.states import TextStates
from onrecord.events.texts import EventText
from onrecord.events.told_roles import ToldRoles
from onrecord.records import Kind, Statement
from onrecord.syntax.trees import Tree

# What it adds to a score that the rules pick a party for a role, and takes that they pick another.
_PICKED: Final = 1.5
_FILLED: Final = 1.0
_MOST_PARTIES: Final = 6
_DESCRIBING: Final = frozenset(("compound", "amod", "nmod:poss", "nmod:desc"))
# What it adds that another one of a list is a party.
_LISTED: Final = 1.5

# What an entity hears: its own scores and the best ones of others, both within `FARTHEST`.
N_JOINT: Final = 4
FARTHEST: Final = 8.0
JOINT_SCALE: Final = 4.0

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
        self.joint_in_JK, self.joint_in_K = arrays["joint_in"], arrays["joint_in_bias"]
        self.joint_out_K2, self.joint_out_2 = arrays["joint_out"], arrays["joint_out_bias"]
        self.least = [_log_odds(float(one)) for one in arrays["thresholds"][1:]]


class PairScorer:
    """Picks the parties of the happenings of one text."""

    def __init__(
        self, layers: PairLayers, text: EventText, states: TextStates, told: ToldRoles
    ) -> None:
        self.layers, self.text, self.states, self.told = layers, text, states, told
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
        signs_NG = PairSigns(self.text, own, rule, statement, self.told).of(found)
        scores = self._scores(number, self._words(found), signs_NG)
        # All candidates that mention one entity are one.
        numbers: dict[str | int, int] = {}
        entity_N = [
            numbers.setdefault(one.entity or n, len(numbers)) for n, one in enumerate(found)
        ]
        best_E2 = np.full((len(numbers), 2), -np.inf, dtype=np.float32)
        np.maximum.at(best_E2, entity_N, scores)
        best_E2 += self._joint(best_E2)
        # The rules say the same of all candidates of an entity.
        likeliest = np.argsort(-scores.max(1), kind="stable")
        _, first_E = np.unique(np.array(entity_N)[likeliest], return_index=True)
        best = likeliest[first_E]
        best_E2 += _SHIFTS[bool(rule[0]), bool(rule[1])][by_rule_of(signs_NG)[best]]
        named = [found[n] for n in best]
        _share(named, best_E2, self.layers.least)
        actors, recipients = self._picked(named, best_E2)
        if not recipients:
            by_rule = zip(found, by_rule_of(signs_NG).tolist(), strict=True)
            things = [one for one, taken_for in by_rule if taken_for == RECIPIENT and is_thing(one)]
            ids = dict.fromkeys(one.entity or _made_entity(one) for one in things)
            recipients = tuple(one for one in ids if one and one not in actors)
        return actors, recipients

    def _joint(self, best_E2: Array) -> Array:
        """What it changes of the scores of entities that others are likely too."""
        other_E2 = np.full_like(best_E2, -FARTHEST)
        for side in (0, 1) if len(best_E2) > 1 else ():
            second, first = np.argpartition(best_E2[:, side], -2)[-2:]
            other_E2[:, side] = best_E2[first, side]
            other_E2[first, side] = best_E2[second, side]
        given_EJ = np.concatenate([best_E2, other_E2], axis=1).clip(-FARTHEST, FARTHEST)
        layers = self.layers
        hidden_EK = np.maximum(given_EJ / JOINT_SCALE @ layers.joint_in_JK + layers.joint_in_K, 0)
        return np.asarray(hidden_EK @ layers.joint_out_K2 + layers.joint_out_2)

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
        """Who is likely enough to act or to suffer, the likeliest first."""
        # Who is unlikely in both roles changes nothing of what is picked.
        (likely,) = (np.maximum.reduce(scores, axis=1) >= min(self.layers.least)).nonzero()
        best = [
            (acts, suffers, found[place])
            for place, (acts, suffers) in zip(likely.tolist(), scores[likely].tolist(), strict=True)
        ]
        sides: tuple[list[str], list[str]] = ([], [])
        taken: tuple[list[Candidate], list[Candidate]] = ([], [])
        for acts, suffers, one in sorted(best, key=lambda own: -max(own[:2])):
            side = int(suffers > acts)
            own = sides[side]
            if max(acts, suffers) >= self.layers.least[side] and len(own) < _MOST_PARTIES:
                entity = one.entity or _made_entity(one)
                is_part = any(_is_part(one, other) for other in taken[side])
                if entity and not is_part and entity not in sides[0] and entity not in sides[1]:
                    own.append(entity)
                    taken[side].append(one)
        return tuple(sides[0]), tuple(sides[1])


def _is_part(one: Candidate, other: Candidate) -> bool:
    """Whether one of two words tells whose or which the other is: "Vale" of "Vale's office"."""
    if one.sentence is not other.sentence:
        return False
    tree = one.sentence.tree
    words = [_first_of_name(tree, own.word) for own in (one, other)]
    return any(
        tree.heads[word] == head and tree.relations[word] in _DESCRIBING
        for word, head in (words, words[::-1])
    )


def is_thing(one: Candidate) -> bool:
    """Whether a candidate is a building, a ship or the like, which the annotators left out."""
    if one.mention is not None:
        return one.mention.kind is Kind.FACILITY
    return kind_of(one.sentence.tree, one.word) is Kind.FACILITY


def _first_of_name(tree: Tree, word: int) -> int:
    while tree.relations[word] in {"flat", "within"} and tree.heads[word] != word:
        word = tree.heads[word]
    return word


def _share(found: Sequence[Candidate], scores: Array, least: Sequence[float]) -> None:
    """Raise the scores of those who stand in a list with a party: they likely share its role."""
    for side in (0, 1):
        is_party = (scores[:, side] >= least[side]) & (scores[:, side] >= scores[:, 1 - side])
        beside: set[int] = set()
        for number in is_party.nonzero()[0].tolist():
            one, listed = found[number], _list_of(found[number])
            beside.update(
                place
                for place, other in enumerate(found if listed else ())
                if place != number and other.word in listed and other.sentence is one.sentence
            )
        for place in beside:
            raised = float(scores[place, side]) + _LISTED
            if scores[place, 1 - side] < max(raised, least[1 - side]):
                scores[place, side] = raised


def _list_of(one: Candidate) -> list[int]:
    """The words of the list that a candidate stands in; empty if it stands alone."""
    tree, word = one.sentence.tree, one.word
    while tree.relations[word] == "conj" and tree.heads[word] != word:
        word = tree.heads[word]
    found = tree.joined(word)
    return found if len(found) > 1 else []


def _made_entity(one: Candidate) -> str:
    entity = one.sentence.entity(one.word)
    return "" if entity is None else entity.id


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))
