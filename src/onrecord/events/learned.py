"""What a small network says of triggers, types, parties, asserters and factuality.

It reads the numbers of words that the encoder's pass left (`states.py`), and what the lexicon
and the rules found: it confirms, drops, retypes and adds triggers, and picks parties among
all who are named around them (`pair_scores.py`). It was trained on news that we annotated
(`training/train_events.py`). Without its weights, lexicon and rules decide alone.

Shapes: N words, H numbers of a word, T types.
"""

import dataclasses
import io
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.products import product
from onrecord.encode.sessions import Encoder
from onrecord.encode.weights import Weights
from onrecord.encode.word_tables import word_table_of
from onrecord.errors import WeightsError
from onrecord.events.arguments import arguments_of
from onrecord.events.around import N_AROUND, words_around
from onrecord.events.charged import is_charge
from onrecord.events.codebook import by_codebook
from onrecord.events.control_words import load_control_words
from onrecord.events.fillers import add_parties
from onrecord.events.forms import lemmas_of
from onrecord.events.happenings import Happening
from onrecord.events.lexicon import Trigger
from onrecord.events.pair_scores import PairLayers, PairScorer
from onrecord.events.pair_signs import N_SIGNS, TYPES
from onrecord.events.states import StateEncoder, TextStates
from onrecord.events.texts import EventText, Sentence
from onrecord.events.told_roles import ToldRoles
from onrecord.records import Act, EventType, Factuality, Kind, Manner, Statement

EVENTS_FILE: Final = "events.npz"
FACTUALITIES: Final = tuple(Factuality)
# What the lexicon says of a word: the strength of each type, and whether it would be an event.
N_LEXICON: Final = len(TYPES) + 1
_LEAST_STRENGTH: Final = 0.5
# A word with a middling row of the lexicon is kept from this probability on; all that follow are
# set with the 100 articles kept back, the 309 later ones, `own_world_later` and gold/dev in view.
_LEAST_KNOWN: Final = 0.95
# Where a row of the lexicon is worth so much, the probability need not be more than even; where a
# row says that the word, used so, is mostly no event, it must be near to sure.
_STRONG: Final = 0.7
_LEAST_STRONG: Final = 0.5
_LEAST_WEAK: Final = 0.9
# Words without a row hear the words around them where they are at least so likely by themselves.
_LEAST_HEARD: Final = 0.2
# What the type that the lexicon gives is worth beside others.
_TRUST: Final = 2.0
# The probability of words by which fighters take places, as control claims show it, and the types
# that such words have.
_TAKEN: Final = 0.85
_BY_FORCE: Final = frozenset((EventType.ASSAULT,))
# What these tell is an attitude, which is a statement.
_ATTITUDES: Final = frozenset("want wish hope fear believe think prefer expect".split())
# Where the parties of a word stand that no row of the lexicon tells of.
_VERB_SLOTS: Final = ((("subj",), ("by",)), (("obj",),))
_NOUN_SLOTS: Final = ((("by",), ("poss",), ("amod",)), (("of",), ("against",), ("on",), ("with",)))
# Weapons as they stand behind a figure, where no earlier stage has a mention.
_ARMS: Final = frozenset(("bomb", "launcher", "missile", "rocket", "warhead", "weapon"))
# A mode that neither lexicon nor means tell is given from this probability on.
_LEAST_MODE: Final = 0.8
_ACTS: Final = tuple(Act)
_MANNERS: Final = tuple(Manner)
_DEPTHS: Final = 3
_PROBABILITIES: Final = (0.6, 0.75, 0.85, 0.93)
# Added for the outlet, as the network is too sure that statements tell what they hold; set with
# the 100 and the 309 articles and `own_world_later` in view.
_OUTLET: Final = 0.2
# Signs of a statement that holds a trigger, and how many values each has.
_STATEMENT_SIZES: Final = (
    *(_DEPTHS, len(_PROBABILITIES) + 1, len(_ACTS), len(_MANNERS)),
    *(2, 2, len(TYPES), 3),
)
STATEMENT_SIGNS: Final = sum(_STATEMENT_SIZES)
# Whose word it is: the outlet's, that of the innermost statement, or of the one around it.
N_ASSERTERS: Final = 3

Array = NDArray[np.float32]


def made_happening(sentence: Sentence, word: int, event_type: EventType) -> Happening:
    """The happening of a word for which the lexicon has nothing."""
    tree = sentence.tree
    is_verb = tree.is_verb(word)
    actors, recipients = _VERB_SLOTS if is_verb else _NOUN_SLOTS
    row = Trigger(tree.words[word], "", is_verb, event_type, None, actors, recipients, (), 0.0)
    arguments = arguments_of(tree, word, is_verb=is_verb)
    found = Happening(sentence, word, word, word, row, arguments, 0.0)
    add_parties(found)
    return found


def _may_tell(sentence: Sentence, word: int) -> bool:
    """Whether a word may be an act: a warhead is none, nor is what enters into force."""
    tree = sentence.tree
    if tree.is_verb(word):
        # What somebody wants is a statement; whom the police want may be an act.
        return tree.tags[word] == "VBN" or _ATTITUDES.isdisjoint(lemmas_of(tree.words[word]))
    in_force = tree.words[word] == "force" and tree.words[max(0, word - 1)] in {"in", "into"}
    mention = sentence.mention(word)
    is_weapon = mention is not None and mention.kind is Kind.WEAPON
    return not (in_force or is_weapon or _ARMS & set(lemmas_of(tree.words[word])))


def lexicon_signs(own: Happening | None) -> Array:
    """What the lexicon says of a word (N_LEXICON,)."""
    signs = np.zeros(N_LEXICON, dtype=np.float32)
    if own is not None:
        signs[TYPES.index(own.trigger.type)] = own.strength
        signs[-1] = own.strength >= _LEAST_STRENGTH
    return signs


def statement_signs(own: Happening, statements: Sequence[Statement]) -> list[int]:
    """Signs of the statements that hold a trigger, the innermost first."""
    first, tree = statements[0], own.sentence.tree
    inside = first.content[0].start <= tree.starts[0]
    values = (
        min(len(statements), _DEPTHS) - 1,
        sum(first.probability > p for p in _PROBABILITIES),
        _ACTS.index(first.act),
        _MANNERS.index(first.manner),
        int(tree.is_verb(own.word)),
        int(first.speaker is not None),
        TYPES.index(own.trigger.type),
        0 if inside else 1 + (tree.starts[own.word] < first.cue[0].start if first.cue else 0),
    )
    at, signs = 0, []
    for value, size in zip(values, _STATEMENT_SIZES, strict=True):
        signs.append(at + int(value))
        at += size
    return signs


def is_quoted(own: Happening, statements: Sequence[Statement]) -> bool:
    """Whether a trigger is given word for word, by the contents that hold it.

    It stands in quotation marks, or in paragraphs behind a line that ends with "said:".
    """
    text = own.sentence.text.text
    for statement in statements:
        if statement.manner is Manner.DIRECT or _is_behind_line(statement, text):
            return True
        around = next((c for c in statement.content if c.contains(own.span)), None)
        if statement.manner is Manner.MIXED and around is not None:
            before = text[around.start : own.span.start]
            if before.count("“") > before.count("”") or before.count('"') % 2:
                return True
    return False


def _is_behind_line(statement: Statement, text: str) -> bool:
    """Whether a content begins in the line after its cue and a colon."""
    if not statement.cue:
        return False
    between = text[statement.cue[-1].end : statement.content[0].start]
    return between.lstrip(" \t").startswith(":") and "\n" in between


class EventModel:
    """The layers behind those of `StateEncoder`."""

    def __init__(self, arrays: Mapping[str, Array], modes: Sequence[tuple[str, str]]) -> None:
        """Take the layers.

        Args:
            arrays: By name, as `training/train_events.py` writes them.
            modes: Type and mode of each column of modes.
        """
        self.of = arrays
        self.modes = modes
        self.least = _LEAST_STRONG
        # For words without a row.
        self.least_new = float(arrays["thresholds"][0])
        self.n_own = len(arrays["types"])
        self.pair_layers = PairLayers(arrays)
        self.columns_of = {
            name: [n for n, (other, _) in enumerate(modes) if other == name] for name, _ in modes
        }

    def triggers(
        self,
        text: EventText,
        states: TextStates,
        found: Sequence[Happening],
        taking: AbstractSet[int] = frozenset(),
    ) -> list[Happening]:
        """The happenings of a text with the types and strengths that the network gives.

        Args:
            text: All of it.
            states: The numbers of its words.
            found: What the lexicon finds, weak ones too.
            taking: Where words begin by which fighters take places, whatever it says of them.
        """
        bare_NT = product(states.first(self.n_own), self.of["types"])
        bare_NT += self.of["types_bias"]
        self._hear_around(text, states, found, bare_NT)
        every = [*found, *self._made(text, states, found, bare_NT)]
        numbers = {own: n for own in every if (n := states.at(own.start)) is not None}
        if numbers:
            signs = [lexicon_signs(own) @ self.of["types_lexicon"] for own in numbers]
            likely_NT = _softmax(bare_NT[[*numbers.values()]] + np.stack(signs))
            for own, likely_T in zip(numbers, likely_NT, strict=True):
                self._judge(own, likely_T)
        every += _taken(text, every, taking)
        return sorted(every, key=lambda own: (own.sentence.number, own.word))

    def _hear_around(
        self,
        text: EventText,
        states: TextStates,
        found: Sequence[Happening],
        scores_NT: Array,
    ) -> None:
        """Add to the scores of words that may tell something what stands around them."""
        if "near" not in self.of:
            return
        heard = {n for own in found if (n := states.at(own.start)) is not None}
        likely = np.flatnonzero(1 - _softmax(scores_NT)[:, 0] >= _LEAST_HEARD)
        numbers: list[int] = []
        around: list[list[int]] = []
        for number in sorted(heard.union(likely.tolist())):
            start = states.starts[number]
            sentence = text.sentence_from(start)
            word = None if sentence is None else sentence.word_from(start)
            if sentence is None or word is None:
                continue
            others = [
                None if other < 0 else states.at(sentence.tree.starts[other])
                for other in words_around(sentence.tree, word)
            ]
            numbers.append(number)
            around.append([-1 if other is None else other for other in others])
        if numbers:
            around_NK = np.array(around)
            own_NKH = states.first(self.n_own)[around_NK] * (around_NK >= 0)[..., None]
            near_GT = self.of["near"]
            scores_NT[numbers] += product(own_NKH.reshape(len(numbers), -1), near_GT)

    def _made(
        self,
        text: EventText,
        states: TextStates,
        found: Sequence[Happening],
        scores_NT: Array,
    ) -> list[Happening]:
        """Happenings of likely words for which the lexicon has nothing."""
        known = {start for own in found if states.at(own.start) is not None for start in own.starts}
        likely = np.flatnonzero(1 - _softmax(scores_NT)[:, 0] >= self.least_new)
        made: list[Happening] = []
        for number in likely.tolist():
            start = states.starts[number]
            sentence = None if start in known else text.sentence_from(start)
            word = None if sentence is None else sentence.word_from(start)
            if sentence is not None and word is not None and _may_tell(sentence, word):
                event_type = TYPES[int(scores_NT[number, 1:].argmax())]
                made.append(made_happening(sentence, word, event_type))
        return made

    def _judge(self, own: Happening, likely_T: Array) -> None:
        least = self._least_of(own.strength)
        own.strength = float(1 - likely_T[0])
        if own.strength < least:
            own.strength = 0.0
        if _is_battle(own):
            return
        likely_T[1 + TYPES.index(own.trigger.type)] *= _TRUST
        event_type, mode = by_codebook(own, TYPES[int(likely_T[1:].argmax())])
        if event_type is not own.trigger.type:
            own.trigger = dataclasses.replace(own.trigger, type=event_type, mode=mode)

    def _least_of(self, strength: float) -> float:
        """From which probability on a word is kept, by what its row of the lexicon is worth."""
        if strength >= _STRONG:
            return _LEAST_STRONG
        if strength >= _LEAST_STRENGTH:
            return _LEAST_KNOWN
        return max(self.least_new, _LEAST_WEAK if strength else 0.0)

    def _own(self, states: TextStates, number: int) -> Array:
        """The numbers of a word that tell of what happens; the others tell of parties."""
        return np.asarray(states.first(self.n_own)[number])

    def mode(self, own: Happening, states: TextStates) -> str | None:
        """The mode that it surely has, of those of its type; None if none is sure."""
        number = states.at(own.start)
        columns = self.columns_of.get(own.trigger.type.value, [])
        if number is None or not columns:
            return None
        scores = self._own(states, number) @ self.of["modes"] + self.of["modes_bias"]
        likely = _softmax(scores[columns])
        best = int(likely.argmax())
        return self.modes[columns[best]][1] or None if likely[best] >= _LEAST_MODE else None

    def factuality(self, own: Happening, states: TextStates, by_rule: Factuality) -> Factuality:
        """How it is told."""
        number = states.at(own.start)
        if number is None or by_rule is Factuality.NEGATED:
            # A negation stands in the words; the network is there for what they only imply.
            return by_rule
        scores = self._own(states, number) @ self.of["factuality"] + self.of["factuality_bias"]
        scores = scores + self.of["factuality_rule"][FACTUALITIES.index(by_rule)]
        return FACTUALITIES[int(scores.argmax())]

    def asserter(
        self, own: Happening, states: TextStates, statements: Sequence[Statement]
    ) -> Statement | None:
        """On whose word it is told, of the statements that hold it; None for the outlet."""
        if not statements:
            return None
        if is_charge(own.sentence.text.text, statements[0]):
            return statements[0]
        tree = own.sentence.tree
        number = states.at(tree.starts[own.word])
        if number is None:
            return statements[0]
        hidden = self._own(states, number) @ self.of["asserter_own"] + self.of["asserter_bias"]
        cue = statements[0].cue
        at = cue_word(own.sentence, statements[0])
        said = states.at(tree.starts[at]) if cue and at is not None else None
        if said is not None:
            hidden = hidden + self._own(states, said) @ self.of["asserter_cue"]
        hidden = hidden + self.of["asserter_signs"][statement_signs(own, statements)].sum(0)
        scores = np.maximum(hidden, 0) @ self.of["asserter_out"] + self.of["asserter_out_bias"]
        scores[0] += _OUTLET
        if is_quoted(own, statements):
            # What stands in quotation marks the outlet does not say itself.
            scores[0] = -np.inf
        best = int(scores[: len(statements) + 1].argmax())
        return None if best == 0 else statements[best - 1]

    def pairs(self, text: EventText, states: TextStates, told: ToldRoles) -> PairScorer:
        """What picks the parties of the happenings of a text."""
        return PairScorer(self.pair_layers, text, states, told)


def cue_word(sentence: Sentence, statement: Statement) -> int | None:
    """The word of a sentence that heads the cue of a statement; None if it stands elsewhere."""
    for span in statement.cue:
        if sentence.start <= span.start < sentence.end:
            return sentence.word_over(span)
    return None


def _taken(
    text: EventText, found: Sequence[Happening], taking: AbstractSet[int]
) -> list[Happening]:
    """Happenings for words by which places are taken; those that are known are made sure."""
    known: set[int] = set()
    for own in found:
        at = {start for start in own.starts if start in taking}
        if at and own.trigger.type in _BY_FORCE:
            own.strength = max(own.strength, _TAKEN)
            known |= at
        elif at and own.strength >= _LEAST_STRONG and own.trigger.type is not EventType.COERCE:
            known |= at
    made: list[Happening] = []
    for start in sorted(taking - known):
        sentence = text.sentence_from(start)
        word = None if sentence is None else sentence.word_from(start)
        if sentence is not None and word is not None:
            own = made_happening(sentence, word, EventType.ASSAULT)
            own.strength = _TAKEN
            made.append(own)
    return made


def _is_battle(own: Happening) -> bool:
    """Whether those who fight do it to those who fight; the type is then no question."""
    if own.trigger.type is not EventType.ASSAULT or not own.trigger.is_verb:
        return False
    words = own.sentence.tree.words
    is_armed = load_control_words().is_one
    return all(
        any(is_armed("force", words[w]) for w in side) for side in (own.actors, own.recipients)
    )


def _softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


def event_model_of(weights: Weights) -> EventModel | None:
    """The network out of the weights; None if they have none.

    Raises:
        WeightsError: Its file is missing or another one, or was made for other signs.
    """
    arrays = event_arrays_of(weights)
    if arrays is None:
        return None
    sizes = (len(arrays["pair_signs"]), len(arrays["asserter_signs"]))
    n_near = len(arrays["near"]) if "near" in arrays else N_AROUND * len(arrays["types"])
    if (*sizes, n_near) != (N_SIGNS, STATEMENT_SIGNS, N_AROUND * len(arrays["types"])):
        path = str(weights.folder / EVENTS_FILE)
        raise WeightsError(path=path, expected="other shapes", found="")
    modes = [tuple(one) for one in weights.manifest["event_modes"]]
    return EventModel(arrays, [(str(name), str(mode)) for name, mode in modes])


def state_encoder_of(weights: Weights, encoder: Encoder, model: EventModel) -> StateEncoder:
    """An encoder that also gives the numbers of words, by these weights.

    Raises:
        WeightsError: The encoder's file is missing or another one.
    """
    sizes = {str(name): int(size) for name, size in weights.manifest["parts"].items()}
    before = list(sizes).index("tags")
    first = sum(list(sizes.values())[:before])
    return StateEncoder(
        encoder,
        word_table_of(weights),
        (model.of["layer"], model.of["layer_bias"]),
        tags=slice(first, first + sizes["tags"]),
        n_columns=sum(sizes.values()),
    )


def event_arrays_of(weights: Weights) -> dict[str, Array] | None:
    """All layers by name, with 32 bits."""
    if EVENTS_FILE not in weights.manifest["files"]:
        return None
    with np.load(io.BytesIO(weights.read(EVENTS_FILE))) as file:
        return {name: file[name].astype(np.float32) for name in file.files}


__all__ = ["EventModel", "event_model_of", "made_happening"]
