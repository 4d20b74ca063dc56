"""Which of the candidates around a trigger act and suffer, as the network of events scores them.

Who they are, and what speaks for them: `pair_signs.py`. Some
triggers are scored together, for which what depends on one word alone is worked out once: a few
large arrays take much less time than many small ones.

Shapes: T triggers, N candidates of all of them, E entities of all of them, H numbers of a word, R
hidden numbers of a pair, B numbers of both, X hidden numbers and behind them those of both, G
groups of signs, S signs.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

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
    signs_of,
)
from onrecord.events.states import TextStates
from onrecord.events.texts import EventText
from onrecord.events.told_roles import ToldRoles
from onrecord.records import Kind, Statement
from onrecord.syntax.trees import Tree

# What it adds to a score that the rules pick a party for a role, and takes that they pick another.
_PICKED: Final = 0.5
_FILLED: Final = 0.5
_MOST_PARTIES: Final = 6
_DESCRIBING: Final = frozenset(("compound", "amod", "nmod:poss", "nmod:desc"))
# What it adds that another one of a list is a party.
_LISTED: Final = 1.5
# Triggers that are scored together.
_AT_ONCE: Final = 64

# What an entity hears: its own scores and the best ones of others, both within `FARTHEST`.
N_JOINT: Final = 4
FARTHEST: Final = 8.0
JOINT_SCALE: Final = 4.0

Array = NDArray[np.float32]
Integers = NDArray[np.int64]
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


class Asked(NamedTuple):
    """A happening whose parties are asked for.

    Attributes:
        own: The happening.
        rule: Ids of the actors and recipients that the rules find.
        statement: Who asserts it.
    """

    own: Happening
    rule: tuple[Sequence[str], Sequence[str]]
    statement: Statement | None


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

    def parties(self, asked: Sequence[Asked]) -> list[Parties]:
        """Ids of actors and recipients of some happenings; nobody is both in one of them."""
        found = [(tuple(one.rule[0]), tuple(one.rule[1])) for one in asked]
        known: list[tuple[int, int, list[Candidate]]] = []
        for place, one in enumerate(asked):
            number, candidates = (
                self.states.at(one.own.start),
                candidates_of(self.text, one.own, self._known),
            )
            if number is not None and candidates:
                known.append((place, number, candidates))
        for at in range(0, len(known), _AT_ONCE):
            places, numbers, candidates_T = zip(*known[at : at + _AT_ONCE], strict=True)
            scored = self._parties([asked[place] for place in places], numbers, candidates_T)
            for place, parties in zip(places, scored, strict=True):
                found[place] = parties
        return found

    def _parties(
        self, asked: Sequence[Asked], numbers: Sequence[int], found_T: Sequence[list[Candidate]]
    ) -> list[Parties]:
        """Parties of some happenings, whose words have these numbers, out of these candidates."""
        found = [one for own in found_T for one in own]
        trigger_N = np.repeat(np.arange(len(asked)), [len(own) for own in found_T])
        signs_NG = signs_of(self._rows(asked, found_T))
        scores_N2 = self._scores(numbers, trigger_N, self._words(found), signs_NG)
        # All candidates of a trigger that mention one entity are one.
        entities: dict[tuple[int, str | int], int] = {}
        entity_N = np.array(
            [
                entities.setdefault((trigger, one.entity or n), len(entities))
                for n, (trigger, one) in enumerate(zip(trigger_N.tolist(), found, strict=True))
            ]
        )
        best_E2 = np.full((len(entities), 2), -np.inf, dtype=np.float32)
        np.maximum.at(best_E2, entity_N, scores_N2)
        # The rules say the same of all candidates of an entity.
        likeliest_N = np.argsort(-scores_N2.max(axis=1), kind="stable")
        _, first_E = np.unique(entity_N[likeliest_N], return_index=True)
        likeliest_E = likeliest_N[first_E]
        trigger_E, by_rule_N = trigger_N[likeliest_E], by_rule_of(signs_NG)
        begin_T = np.searchsorted(trigger_E, np.arange(len(asked)))
        best_E2 += self._joint(best_E2, begin_T, trigger_E)
        shifts_T32 = np.stack([_SHIFTS[bool(one.rule[0]), bool(one.rule[1])] for one in asked])
        best_E2 += shifts_T32[trigger_E, by_rule_N[likeliest_E]]
        named, scores, taken_for = likeliest_E.tolist(), best_E2.tolist(), by_rule_N.tolist()
        parties = []
        ends_N = np.searchsorted(trigger_N, np.arange(len(asked)), side="right").tolist()
        ends_E = [*begin_T[1:].tolist(), len(named)]
        at_N = at_E = 0
        for end_N, end_E in zip(ends_N, ends_E, strict=True):
            own = [found[n] for n in named[at_E:end_E]]
            _share(own, scores[at_E:end_E], self.layers.least)
            actors, recipients = self._picked(own, scores[at_E:end_E])
            if not recipients:
                things = [
                    one
                    for one, taken in zip(found[at_N:end_N], taken_for[at_N:end_N], strict=True)
                    if taken == RECIPIENT and is_thing(one)
                ]
                ids = dict.fromkeys(one.entity or _made_entity(one) for one in things)
                recipients = tuple(one for one in ids if one and one not in actors)
            parties.append((actors, recipients))
            at_N, at_E = end_N, end_E
        return parties

    def _rows(
        self, asked: Sequence[Asked], found_T: Sequence[list[Candidate]]
    ) -> list[tuple[int, ...]]:
        """The signs of all candidates."""
        rows = []
        for one, found in zip(asked, found_T, strict=True):
            rows += PairSigns(self.text, one.own, one.rule, one.statement, self.told).rows(found)
        return rows

    def _joint(self, best_E2: Array, begin_T: Integers, trigger_E: Integers) -> Array:
        """What it changes of the scores of entities that others of the trigger are likely too."""
        # The best score of the others is the best of all, and the second best for that one.
        most_T2 = np.maximum.reduceat(best_E2, begin_T)
        others_E2, rest_E2 = most_T2[trigger_E], best_E2.copy()
        for side in (0, 1):
            best = np.flatnonzero(best_E2[:, side] == others_E2[:, side])
            _, first = np.unique(trigger_E[best], return_index=True)
            rest_E2[best[first], side] = -np.inf
            others_E2[best[first], side] = np.maximum.reduceat(rest_E2[:, side], begin_T)
        given_EJ = np.concatenate([best_E2, others_E2], axis=1).clip(-FARTHEST, FARTHEST)
        layers = self.layers
        hidden_EK = np.maximum(given_EJ / JOINT_SCALE @ layers.joint_in_JK + layers.joint_in_K, 0)
        return np.asarray(hidden_EK @ layers.joint_out_K2 + layers.joint_out_2)

    def _words(self, found: Sequence[Candidate]) -> list[int]:
        """The numbers of the words of candidates; -1 of those of which nothing is known."""
        number_of = self.states.number_of
        return [number_of.get(one.start, -1) for one in found]

    def _scores(
        self, numbers: Sequence[int], trigger_N: Integers, words: Sequence[int], signs_NG: Integers
    ) -> Array:
        """Scores (N, 2) of candidates as actor and as recipient."""
        layers, n_hidden = self.layers, self.layers.n_hidden
        own_TX = product(self._numbers(numbers), layers.own_HX)
        # Most words are candidates for more than one trigger.
        distinct, word_N = np.unique(words, return_inverse=True)
        own_NX = own_TX[trigger_N]
        pair_NX = product(self._numbers(distinct), layers.other_HX)[word_N]
        signs_NX = layers.signs_SX.take(signs_NG[:, 0], axis=0)
        for sign_N in signs_NG.T[1:]:
            signs_NX += layers.signs_SX.take(sign_N, axis=0)
        hidden_NR, both_NB = pair_NX[:, :n_hidden], pair_NX[:, n_hidden:]
        hidden_NR += own_NX[:, :n_hidden] + layers.bias_R
        hidden_NR += signs_NX[:, 2:]
        np.maximum(hidden_NR, 0, out=hidden_NR)
        both_NB *= own_NX[:, n_hidden:]
        return np.asarray(product(pair_NX, layers.out_X2) + (signs_NX[:, :2] + layers.bias_2))

    def _numbers(self, words: Sequence[int] | Integers) -> Array:
        """The numbers of words that tell of parties."""
        return self.states.last_of(np.asarray(words, dtype=np.int64), self.layers.n_numbers)

    def _picked(self, found: Sequence[Candidate], scores: Sequence[Sequence[float]]) -> Parties:
        """Who is likely enough to act or to suffer, the likeliest first."""
        # Who is unlikely in both roles changes nothing of what is picked.
        least = min(self.layers.least)
        best = [
            (acts, suffers, one)
            for one, (acts, suffers) in zip(found, scores, strict=True)
            if max(acts, suffers) >= least
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


def _share(
    found: Sequence[Candidate], scores: Sequence[list[float]], least: Sequence[float]
) -> None:
    """Raise the scores of those who stand in a list with a party: they likely share its role."""
    for side in (0, 1):
        parties = [
            number
            for number, own in enumerate(scores)
            if own[side] >= least[side] and own[side] >= own[1 - side]
        ]
        beside: set[int] = set()
        for number in parties:
            one, listed = found[number], _list_of(found[number])
            beside.update(
                place
                for place, other in enumerate(found if listed else ())
                if place != number and other.word in listed and other.sentence is one.sentence
            )
        for place in beside:
            raised = scores[place][side] + _LISTED
            if scores[place][1 - side] < max(raised, least[1 - side]):
                scores[place][side] = raised


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
