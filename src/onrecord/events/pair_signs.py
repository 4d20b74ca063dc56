"""Who may be a party of an event, and what speaks for it, as numbers that a model weighs.

For each candidate a few signs, one of each group: where it stands, what it is, how it hangs
together with the trigger, and what the rules say. Not here: the model (`pair_scores.py`).

Shapes: N candidates, G groups of signs.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.events.fillers import joined_before
from onrecord.events.forms import is_each_other
from onrecord.events.happenings import Happening
from onrecord.events.made_entities import is_wording, kind_of
from onrecord.events.parties import as_country
from onrecord.events.role_signs import (
    ACTING_KINDS,
    NOUN_SIZES,
    ROLE_SIZES,
    RoleSigns,
    noun_signs,
    rank_of,
)
from onrecord.events.texts import EventText, Sentence
from onrecord.events.told_roles import ToldRoles
from onrecord.records import Entity, EventType, Kind, Mention, MentionForm, Statement
from onrecord.syntax.trees import Tree

# Sentences before and behind that of the trigger in which parties are looked for.
BEFORE: Final = 2
BEHIND: Final = 1
TYPES: Final = tuple(EventType)
# What `PairSigns.by_rule` gives for whom the rules take for a recipient.
RECIPIENT: Final = 2
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
    *(*ROLE_SIZES, *NOUN_SIZES, 6),
)
_OFFSETS: Final = tuple(accumulate(_SIZES, initial=0))
_OFFSET_G: Final = np.array(_OFFSETS[:-1])
N_SIGNS: Final = _OFFSETS[-1]
N_GROUPS: Final = len(_SIZES)
# What candidates of other sentences have in place of a place and of a way.
_ELSEWHERE: Final = 2 * (len(_NEAR) + 1)
_NO_WAY: Final = _STEPS * _STEPS
_NUMBER_OF_KIND: Final[dict[Kind | None, int]] = {
    None: len(_KINDS),
    **{kind: n for n, kind in enumerate(_KINDS)},
}
_NUMBER_OF_FORM: Final = {form: n for n, form in enumerate(_FORMS)}
_NUMBER_OF_RELATION: Final = {relation: n for n, relation in enumerate(_RELATIONS)}
_NUMBER_OF_PREPOSITION: Final = {form: n + 1 for n, form in enumerate(_PREPOSITIONS)}


class Fixed(NamedTuple):
    """What is the same of a word for all triggers: values of signs, or parts of them.

    Attributes:
        look: Kind and form.
        relation: That to its head.
        preposition: Before it.
        n_told: How often the text mentions the entity.
        side: Whether it is a person, an organization, something else, or without a mention.
        head: What the first of the words that it is coordinated with depends on.
        noun: What kind of noun it is, its determiner, and what it hangs on.
        place: Whether the text begins with the entity, and whether the word stands there.
        may_act: Whether it is of a kind that acts as a rule.
    """

    look: int
    relation: int
    preposition: int
    n_told: int
    side: int
    head: int
    noun: tuple[int, int, int]
    place: int
    may_act: bool


class Candidate(NamedTuple):
    """A word that may name a party.

    Attributes:
        sentence: Where it stands.
        word: The word of its tree.
        mention: What it mentions; None if no earlier stage has a row for it.
        entity: The id of the entity, of a nationality that of its country; "" for words
            without a row, each of which is somebody else.
        start: Code point at which the word begins.
        fixed: What is the same for all triggers.
    """

    sentence: Sentence
    word: int
    mention: Mention | None
    entity: str
    start: int
    fixed: Fixed


def _candidate(
    text: EventText, sentence: Sentence, word: int, mention: Mention | None, entity: str
) -> Candidate:
    tree = sentence.tree
    relation = tree.relations[word]
    kind = kind_of(tree, word) if mention is None else mention.kind
    form = len(_FORMS) if mention is None else _NUMBER_OF_FORM[mention.form]
    case = "" if relation in {"nsubj", "obj"} else tree.case(word).partition(" ")[0]
    n_mentions = text.n_mentions_of[entity] if entity else 0
    above = sentence.mention_of_word.get(tree.heads[word])
    fixed = Fixed(
        _NUMBER_OF_KIND[kind] * (len(_FORMS) + 1) + form,
        _NUMBER_OF_RELATION.get(relation, len(_RELATIONS)) * 4 * 3,
        _NUMBER_OF_PREPOSITION.get(case, 0) * 3,
        min((n_mentions + 1).bit_length() - 1, _COUNTS - 1),
        3 if mention is None else _side(mention.kind),
        _head_of_all(tree, word),
        noun_signs(tree, word, None if above is None else above.kind),
        _place_in_text(text, sentence, entity),
        kind in ACTING_KINDS,
    )
    return Candidate(sentence, word, mention, entity, tree.starts[word], fixed)


def _side(kind: Kind) -> int:
    return 0 if kind is Kind.PERSON else 1 if kind is Kind.ORGANIZATION else 2


def _place_in_text(text: EventText, sentence: Sentence, entity: str) -> int:
    """Whether an entity is named in the first sentence, and whether that is the one."""
    if not entity:
        return 5
    own = text.mentions_of.get(entity, ())
    is_first = len(own) > 0 and own[0].span.start < text.sentences[0].end
    return 3 * is_first + (sentence.number == 0)


def _head_of_all(tree: Tree, word: int) -> int:
    while tree.relations[word] == "conj" and tree.heads[word] != word:
        word = tree.heads[word]
    return tree.heads[word]


def _named_in(text: EventText, sentence: Sentence) -> list[Candidate]:
    """Those of a sentence that earlier stages have rows for."""
    found: list[Candidate] = []
    seen: set[str] = set()
    for word, mention in sorted(sentence.mention_of_word.items()):
        entity = _meant(text, sentence, word, mention)
        if entity is not None and mention.id not in seen and not _is_told(sentence, word, mention):
            seen.add(mention.id)
            country = as_country(text, entity).id
            found.append(_candidate(text, sentence, word, mention, country))
    return found


def _is_told(sentence: Sentence, word: int, mention: Mention) -> bool:
    """Whether a description is of what somebody says or what happens: it is no party.

    Nor is "each other": both sides are named already.
    """
    tree = sentence.tree
    if is_each_other(tree.words, word):
        return True
    is_name = mention.form is not MentionForm.DESCRIPTION or tree.tags[word].startswith("NNP")
    return not is_name and mention.kind is not Kind.PERSON and is_wording(tree.words[word])


def _others_in(
    text: EventText, sentence: Sentence, named: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Those of a sentence besides: nouns for persons and the like, pronouns."""
    tree, taken = sentence.tree, {one.word for one in named}
    for word, tag in enumerate(tree.tags):
        may_be_one = tag in _NOUNS or tree.words[word] in _PRONOUNS
        if not may_be_one or word in taken or sentence.mention(word) is not None:
            continue
        if tag in _NOUNS and kind_of(tree, word) is not None and not joined_before(sentence, word):
            yield _candidate(text, sentence, word, None, "")
        elif tree.words[word] in _PRONOUNS:
            entity = sentence.entity(word)
            if entity is not None:
                yield _candidate(text, sentence, word, None, as_country(text, entity).id)


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
    """Those of the sentences around a trigger; words without a row only in its own.

    Args:
        text: All of the text.
        own: The happening.
        known: Those of sentences that were asked for before, by their number and whether
            words without a row are among them; they are added to it.
    """
    number = own.sentence.number
    found: list[Candidate] = []
    for at in range(max(number - BEFORE, 0), min(number + BEHIND + 1, len(text.sentences))):
        if (at, False) not in known:
            known[at, False] = _named_in(text, text.sentences[at])
        if at != number:
            found += known[at, False]
            continue
        if (at, True) not in known:
            named = known[at, False]
            known[at, True] = [*named, *_others_in(text, own.sentence, named)]
        found += (one for one in known[at, True] if not own.first <= one.word <= own.last)
    return found


class PairSigns:
    """The signs of the candidates of one trigger."""

    def __init__(
        self,
        text: EventText,
        own: Happening,
        rule: tuple[Sequence[str], Sequence[str]],
        statement: Statement | None,
        told: ToldRoles | None = None,
    ) -> None:
        """What is the same for all candidates.

        Args:
            text: All of the text.
            own: The happening.
            rule: Ids of the actors and recipients that the rules find.
            statement: Who asserts it.
            told: The roles in all happenings of the text.
        """
        self.text, self.own = text, own
        tree = own.sentence.tree
        self._number = own.sentence.number
        self._rule = dict.fromkeys(rule[1], 2) | dict.fromkeys(rule[0], 1)
        self._filled = 2 * bool(rule[0]) + bool(rule[1])
        self._type = TYPES.index(own.trigger.type)
        self._voice = _voice(tree, own.word)
        self._above = {word: n for n, word in enumerate((own.word, *tree.above(own.word)))}
        self._governor = tree.heads[own.word]
        self._speaker = None if statement is None else statement.speaker
        self._addressee = None if statement is None else statement.addressee
        self._contents = () if statement is None else statement.content
        self._roles = RoleSigns(own, told or ToldRoles())

    def by_rule(self, one: Candidate) -> int:
        """What the rules take it for: 1 an actor, 2 a recipient, 0 neither."""
        if one.entity:
            return self._rule.get(one.entity, 0)
        if one.sentence.number != self._number:
            return 0
        return 1 if one.word in self.own.actors else 2 if one.word in self.own.recipients else 0

    def of(self, found: Sequence[Candidate]) -> NDArray[np.int64]:
        """The signs (N, G) of candidates, one number of each group, below `N_SIGNS`."""
        return signs_of(self.rows(found))

    def rows(self, found: Sequence[Candidate]) -> list[tuple[int, ...]]:
        """The value of each candidate in each group."""
        ranks = self._ranks(found)
        return [self._values(one, ranks.get(n, 0)) for n, one in enumerate(found)]

    def _ranks(self, found: Sequence[Candidate]) -> dict[int, int]:
        """Of those in the sentence that may act, how many stand nearer to the trigger."""
        here = [
            (one.word, n)
            for n, one in enumerate(found)
            if one.sentence.number == self._number and one.fixed.may_act
        ]
        here.sort()
        behind = [n for word, n in here if word > self.own.word]
        before = [n for word, n in reversed(here) if word < self.own.word]
        return {
            number: rank_of(n, is_behind=side is behind)
            for side in (before, behind)
            for n, number in enumerate(side)
        }

    def _values(self, one: Candidate, rank: int) -> tuple[int, ...]:
        fixed, word, entity = one.fixed, one.word, one.entity
        away = one.sentence.number - self._number
        if away == 0:
            link = 2 if fixed.head == self.own.word else 1 if fixed.head == self._governor else 0
            place = _place(word - self.own.word)
            way = self._way(one.sentence.tree, word)
            roles = self._roles.of(entity, word, rank)
        else:
            link, place, way = 0, _ELSEWHERE, _NO_WAY
            roles = self._roles.of(entity, None, rank)
        speaks = entity == self._speaker and entity != ""
        hears = entity == self._addressee and entity != "" and not speaks
        is_inside = bool(self._contents) and self._is_inside(one)
        return (
            4 * self.by_rule(one) + self._filled,
            away + BEFORE,
            place,
            fixed.look,
            fixed.relation + self._voice * 3 + link,
            fixed.preposition + link,
            self._type,
            way,
            fixed.n_told,
            4 * hears + 2 * speaks + is_inside,
            self._type * 4 + fixed.side,
            *roles,
            *fixed.noun,
            fixed.place,
        )

    def _way(self, tree: Tree, word: int) -> int:
        """Steps up from the trigger, and then down to the candidate."""
        down, last = 0, _STEPS - 1
        while word not in self._above:
            if tree.heads[word] == word:
                return last * _STEPS + min(down, last)
            word = tree.heads[word]
            down += 1
        return min(self._above[word], last) * _STEPS + min(down, last)

    def _is_inside(self, one: Candidate) -> bool:
        return any(c.start <= one.start < c.end for c in self._contents)


def signs_of(rows: Sequence[tuple[int, ...]]) -> NDArray[np.int64]:
    """Signs (N, G) out of the value of each candidate in each group."""
    values = np.array(rows, dtype=np.int64)
    signs: NDArray[np.int64] = values.reshape(-1, N_GROUPS) + _OFFSET_G
    return signs


def by_rule_of(signs_NG: NDArray[np.int64]) -> NDArray[np.int64]:
    """What the rules take candidates for, (N,), out of their signs, as `PairSigns.by_rule`."""
    return signs_NG[:, 0] // 4


def _voice(tree: Tree, word: int) -> int:
    if tree.tags[word] in _NOUNS:
        return 0
    if not tree.is_verb(word):
        return 3
    return 2 if tree.is_passive(word) else 1


def _place(behind: int) -> int:
    """Whether it stands before or behind the trigger, and how far from it."""
    far = sum([abs(behind) > n for n in _NEAR])
    return far if behind < 0 else len(_NEAR) + 1 + far


__all__ = [
    "N_GROUPS",
    "N_SIGNS",
    "RECIPIENT",
    "Candidate",
    "PairSigns",
    "by_rule_of",
    "candidates_of",
    "signs_of",
]
