"""Who may be a party of an event, and what speaks for it, as numbers that a model weighs.

For each candidate a few signs, one of each group: where it stands, what it is, how it hangs
together with the trigger, and what the rules say. Not here: the model (`learned.py`).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from onrecord.events.happenings import Happening
from onrecord.events.made_entities import kind_of
from onrecord.events.parties import as_country
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Entity, EventType, Kind, Mention, MentionForm, Statement
from onrecord.syntax.trees import Tree

# Sentences before and behind that of the trigger in which parties are looked for.
BEFORE: Final = 2
BEHIND: Final = 1
TYPES: Final = tuple(EventType)
_KINDS: Final = tuple(Kind)
_FORMS: Final = tuple(MentionForm)
_PREPOSITIONS: Final = (
    *("by", "of", "against", "on", "with", "to", "from", "in", "for", "at", "between", "over"),
    *("among", "into", "near"),
)
_RELATIONS: Final = (
    *("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "compound"),
    *("amod", "appos", "conj", "nmod:desc", "root"),
)
_STEPS: Final = 4
# Words between, up to which a candidate is near, and not far.
_NEAR: Final = (3, 8)
_COUNTS: Final = 4
_NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS"))
_PRONOUNS: Final = frozenset("i we us he she it they them him her me who both".split())
_OURS: Final = frozenset("i we me us my our myself ourselves".split())
_RELATIVE: Final = frozenset(("who", "which", "that", "whom"))
# Names of entities that no name or description was linked to.
_BARE: Final = _PRONOUNS | _OURS | _RELATIVE | {"those", "this", "these", "his", "its", "their"}
# How many values each group of signs has.
_SIZES: Final = (
    *(12, BEFORE + BEHIND + 1, 2 * (len(_NEAR) + 1) + 1),
    *((len(_KINDS) + 1) * (len(_FORMS) + 1), (len(_RELATIONS) + 1) * 4 * 3),
    *((len(_PREPOSITIONS) + 1) * 3, len(TYPES), _STEPS * _STEPS + 1, _COUNTS, 6),
    *(len(TYPES) * 4,),
)
_OFFSETS: Final = tuple(accumulate(_SIZES, initial=0))
N_SIGNS: Final = _OFFSETS[-1]
N_GROUPS: Final = len(_SIZES)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may name a party.

    Attributes:
        sentence: Where it stands.
        word: The word of its tree.
        mention: What it mentions; None if no earlier stage has a row for it.
        entity: The id of the entity, of a nationality that of its country; "" for words
            without a row, each of which is somebody else.
    """

    sentence: Sentence
    word: int
    mention: Mention | None
    entity: str

    @property
    def start(self) -> int:
        """Code point at which the word begins."""
        return self.sentence.tree.starts[self.word]


def candidates_in(text: EventText, sentence: Sentence, *, is_own: bool) -> list[Candidate]:
    """Those of one sentence; words without a row only in that of the trigger."""
    found: list[Candidate] = []
    seen: set[str] = set()
    tree = sentence.tree
    for word, mention in sorted(sentence.mention_of_word.items()):
        entity = _meant(text, sentence, word, mention)
        if entity is not None and mention.id not in seen:
            seen.add(mention.id)
            found.append(Candidate(sentence, word, mention, as_country(text, entity).id))
    if is_own:
        taken = {one.word for one in found}
        for word, tag in enumerate(tree.tags):
            if word in taken or sentence.mention(word) is not None:
                continue
            if tag in _NOUNS and kind_of(tree, word) is not None:
                found.append(Candidate(sentence, word, None, ""))
            elif tree.words[word] in _PRONOUNS:
                entity = sentence.entity(word)
                if entity is not None:
                    found.append(Candidate(sentence, word, None, as_country(text, entity).id))
    return found


def _meant(text: EventText, sentence: Sentence, word: int, mention: Mention) -> Entity | None:
    """Whom a mention means; of a pronoun that is linked to nothing, what it must stand for."""
    entity = text.entities.get(mention.entity)
    if entity is None or entity.name.lower() not in _BARE:
        return entity
    tree = sentence.tree
    if tree.words[word] in _OURS:
        return text.speaker_at(sentence.span(word, word))
    verb = tree.heads[word]
    if tree.words[word] in _RELATIVE and tree.relations[verb] == "acl:relcl":
        other = sentence.mention_of_word.get(tree.heads[verb])
        return None if other is None else text.entities.get(other.entity)
    return None


def candidates_of(
    text: EventText, own: Happening, known: dict[tuple[int, bool], list[Candidate]]
) -> list[Candidate]:
    """Those of the sentences around a trigger.

    Args:
        text: All of the text.
        own: The happening.
        known: Those of sentences that were asked for before; they are added to it.
    """
    number = own.sentence.number
    found: list[Candidate] = []
    for at in range(max(number - BEFORE, 0), min(number + BEHIND + 1, len(text.sentences))):
        key = (at, at == number)
        if key not in known:
            known[key] = candidates_in(text, text.sentences[at], is_own=key[1])
        found += (
            one for one in known[key] if at != number or not own.first <= one.word <= own.last
        )
    return found


class PairSigns:
    """The signs of the candidates of one trigger."""

    def __init__(
        self,
        text: EventText,
        own: Happening,
        rule: tuple[Sequence[str], Sequence[str]],
        statement: Statement | None,
    ) -> None:
        """What is the same for all candidates.

        Args:
            text: All of the text.
            own: The happening.
            rule: Ids of the actors and recipients that the rules find.
            statement: Who asserts it.
        """
        self.text, self.own = text, own
        tree = own.sentence.tree
        self._rule = ({*rule[0]}, {*rule[1]})
        self._filled = 2 * bool(rule[0]) + bool(rule[1])
        self._type = TYPES.index(own.trigger.type)
        self._voice = _voice(tree, own.word)
        self._above = {word: n for n, word in enumerate(_up(tree, own.word))}
        self._governor = tree.heads[own.word]
        self._speaker = None if statement is None else statement.speaker
        self._contents = () if statement is None else statement.content

    def by_rule(self, one: Candidate) -> int:
        """What the rules take it for: 1 an actor, 2 a recipient, 0 neither."""
        if one.entity:
            return 1 if one.entity in self._rule[0] else 2 if one.entity in self._rule[1] else 0
        if one.sentence.number != self.own.sentence.number:
            return 0
        return 1 if one.word in self.own.actors else 2 if one.word in self.own.recipients else 0

    def of(self, one: Candidate) -> list[int]:
        """Its signs, one number of each group, below `N_SIGNS`."""
        return [o + v for o, v in zip(_OFFSETS, self._values(one), strict=False)]

    def _values(self, one: Candidate) -> Iterator[int]:
        own, tree = self.own, one.sentence.tree
        away = one.sentence.number - own.sentence.number
        yield 4 * self.by_rule(one) + self._filled
        yield away + BEFORE
        yield _place(one.word - own.word) if away == 0 else 2 * (len(_NEAR) + 1)
        yield _look(one, tree)
        relation = tree.relations[one.word]
        link = self._link(one, away)
        number = _RELATIONS.index(relation) if relation in _RELATIONS else len(_RELATIONS)
        yield (number * 4 + self._voice) * 3 + link
        case = tree.case(one.word).split()[:1] if relation not in {"nsubj", "obj"} else []
        known = _PREPOSITIONS.index(case[0]) if case and case[0] in _PREPOSITIONS else -1
        yield (known + 1) * 3 + link
        yield self._type
        yield self._way(one, tree) if away == 0 else _STEPS * _STEPS
        n_mentions = len(self.text.mentions_of.get(one.entity, ())) if one.entity else 0
        yield min(int(math.log2(n_mentions + 1)), _COUNTS - 1)
        yield 2 * (one.entity == self._speaker and bool(one.entity)) + self._inside(one)
        kind = one.mention.kind if one.mention is not None else None
        side = 0 if kind is Kind.PERSON else 1 if kind is Kind.ORGANIZATION else 2
        yield self._type * 4 + (side if kind is not None else 3)

    def _link(self, one: Candidate, away: int) -> int:
        if away:
            return 0
        tree, first = one.sentence.tree, one.word
        while tree.relations[first] == "conj" and tree.heads[first] != first:
            first = tree.heads[first]
        head = tree.heads[first]
        return 2 if head == self.own.word else 1 if head == self._governor else 0

    def _way(self, one: Candidate, tree: Tree) -> int:
        """Steps up from the trigger, and then down to the candidate."""
        down, last = 0, _STEPS - 1
        for down, word in enumerate(_up(tree, one.word)):
            if word in self._above:
                return min(self._above[word], last) * _STEPS + min(down, last)
        return last * _STEPS + min(down, last)

    def _inside(self, one: Candidate) -> int:
        if not self._contents:
            return 0
        return int(any(c.start <= one.start < c.end for c in self._contents))


def _up(tree: Tree, word: int) -> Iterator[int]:
    yield word
    yield from tree.above(word)


def _voice(tree: Tree, word: int) -> int:
    if tree.tags[word] in _NOUNS:
        return 0
    if not tree.is_verb(word):
        return 3
    return 2 if tree.is_passive(word) else 1


def _place(behind: int) -> int:
    """Whether it stands before or behind the trigger, and how far from it."""
    far = sum(abs(behind) > n for n in _NEAR)
    return far if behind < 0 else len(_NEAR) + 1 + far


def _look(one: Candidate, tree: Tree) -> int:
    if one.mention is not None:
        return _KINDS.index(one.mention.kind) * (len(_FORMS) + 1) + _FORMS.index(one.mention.form)
    kind = kind_of(tree, one.word)
    number = len(_KINDS) if kind is None else _KINDS.index(kind)
    return number * (len(_FORMS) + 1) + len(_FORMS)


__all__ = ["N_GROUPS", "N_SIGNS", "Candidate", "PairSigns", "candidates_of"]
