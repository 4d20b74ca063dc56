"""Signs of candidates beside those of `pair_signs.py`: roles, slots, nouns, and who is nearer.

What they do elsewhere in the text, in which slot of the trigger they stand, what kind of noun
they are, and how many who may act stand nearer to it. Each group of signs has one value for
each candidate.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from onrecord.encode.types import TYPES as WORD_TYPES
from onrecord.events.happenings import Happening
from onrecord.events.made_entities import kind_of
from onrecord.events.told_roles import Key, Rule, ToldRoles, keys_of
from onrecord.records import EventType, Kind
from onrecord.syntax.trees import Tree

_TYPES: Final = tuple(EventType)
_NUMBER_OF_EVENT: Final = {event_type: n for n, event_type in enumerate(_TYPES)}
_KINDS: Final = tuple(Kind)
_NUMBER_OF_KIND: Final = {kind: n for n, kind in enumerate(_KINDS)}
_SLOTS: Final = (
    *("subj", "obj", "iobj", "by", "of", "against", "on", "with", "to", "from", "in", "for"),
    *("at", "between", "over", "among", "into", "near", "poss", "amod", "that", "inf"),
    *("carrier", "target", "after", "about", "as", "during"),
)
_NUMBER_OF_SLOT: Final = {slot: n + 1 for n, slot in enumerate(_SLOTS)}
# Slots that are told apart for each type.
_CORE_SLOTS: Final = {
    slot: n + 1 for n, slot in enumerate(("subj", "obj", "by", "of", "against", "to", "poss"))
}
_DETERMINERS: Final = {
    **dict.fromkeys(("the",), 1),
    **dict.fromkeys(("a", "an"), 2),
    **dict.fromkeys(("this", "that", "these", "those"), 3),
    **dict.fromkeys(("no", "any"), 4),
    **dict.fromkeys(("some",), 5),
    **dict.fromkeys(("his", "her", "its", "their", "our", "my", "your"), 6),
}
_COUNTED: Final = 7
_OTHER_DETERMINER: Final = 8
_NUMBER_OF_TYPE: Final = {name: n for n, name in enumerate(WORD_TYPES)}
_MOST: Final = 2
_MOST_OF_ALL: Final = 3
_N_CORE: Final = len(_CORE_SLOTS) + 1
# Who acts as a rule.
ACTING_KINDS: Final = frozenset({Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE, Kind.NATIONALITY})
_FARTHEST_RANK: Final = 4
# How many values each group has, in the order of `RoleSigns.of` and of `noun_signs`.
ROLE_SIZES: Final = (
    *((_MOST + 1) ** 2, (_MOST + 1) ** 2, (_MOST_OF_ALL + 1) ** 2),
    *((len(_SLOTS) + 2) * 3, (len(_TYPES) + 1) * 4, (len(_TYPES) + 1) * 4, 4 * 4),
    *(len(_TYPES) * _N_CORE, 2 * (_FARTHEST_RANK + 1) + 1),
)
NOUN_SIZES: Final = ((len(WORD_TYPES) + 1) * 4, (_OTHER_DETERMINER + 1) * 2, len(_KINDS) + 3)


def noun_signs(tree: Tree, word: int, above: Kind | None) -> tuple[int, int, int]:
    """What a word is: its type and number, its determiner, and what it hangs on.

    Args:
        tree: Of its sentence.
        word: The word.
        above: The kind of what the word that it hangs on mentions.
    """
    tag, head = tree.tags[word], tree.heads[word]
    number = 0 if tag == "NN" else 1 if tag == "NNS" else 2 if tag.startswith("NNP") else 3
    determiner = 0
    for child in tree.children[word]:
        if child > word:
            break
        if tree.relations[child] == "nummod":
            determiner = _COUNTED
        elif tree.relations[child] in {"det", "nmod:poss"} and not determiner:
            determiner = _DETERMINERS.get(tree.words[child], _OTHER_DETERMINER)
    if head == word:
        hangs_on = len(_KINDS) + 1
    elif tree.is_verb(head):
        hangs_on = len(_KINDS) + 2
    else:
        kind = above or kind_of(tree, head)
        hangs_on = len(_KINDS) if kind is None else _NUMBER_OF_KIND[kind]
    of_type = _NUMBER_OF_TYPE.get(tree.types[word], len(WORD_TYPES))
    return of_type * 4 + number, determiner * 2 + (number == 1), hangs_on


class RoleSigns:
    """What the rest of the text, and the slots of a trigger, say of the candidates of it."""

    def __init__(self, own: Happening, told: ToldRoles) -> None:
        """What is the same for all candidates.

        Args:
            own: The happening.
            told: The roles in all happenings of the text.
        """
        self.own, self.told = own, told
        self._type = _NUMBER_OF_EVENT[own.trigger.type]
        self._keys = keys_of(own)
        # It does not count for itself.
        self._own_rule = told.rule(own) or ((), ())
        self._voice = 2 if own.arguments.is_passive else 1
        self._voice = self._voice if own.trigger.is_verb else 0
        self._slots: dict[int, str] = {}
        tree = own.sentence.tree
        for slot, words in own.arguments.slots.items():
            for word in words:
                for joined in tree.joined(word):
                    self._slots.setdefault(joined, slot)
        self._above, self._below = (
            _Relative(one, told.rule(one)) if one is not None else None
            for one in (told.above(own), told.below(own))
        )
        self._relatives = [
            (0 if one is None else 1 + _NUMBER_OF_EVENT[one.own.trigger.type]) * 4
            for one in (self._above, self._below)
        ]

    def of(self, entity: str, word: int | None, rank: int) -> tuple[int, ...]:
        """The values of a candidate.

        Args:
            entity: Its id; "" if it has no row.
            word: Its word, if it stands in the sentence of the trigger.
            rank: How many stand nearer to the trigger, as `rank_of` gives it.
        """
        slot = None if word is None else self._slots.get(word)
        n_slot = 0 if slot is None else _NUMBER_OF_SLOT.get(slot, len(_SLOTS) + 1)
        above = 0 if self._above is None else self._above.role_of(entity, word)
        below = 0 if self._below is None else self._below.role_of(entity, word)
        counts = self.told.counts(entity)
        of_type, of_word, of_all = self._told(entity, counts) if counts else (0, 0, 0)
        return (
            *(of_type, of_word, of_all, n_slot * 3 + self._voice),
            *(self._relatives[0] + above, self._relatives[1] + below, above * 4 + below),
            *(self._type * _N_CORE + _CORE_SLOTS.get(slot or "", 0), rank),
        )

    def _told(self, entity: str, counts: Mapping[Key, tuple[int, int]]) -> tuple[int, int, int]:
        """How often it acts and suffers in others of the type, of the word, and in all."""
        acts, suffers = entity in self._own_rule[0], entity in self._own_rule[1]
        found = []
        for key, most in zip(self._keys, (_MOST, _MOST, _MOST_OF_ALL), strict=True):
            told = counts.get(key)
            if told is None:
                found.append(0)
            else:
                acting, suffering = min(told[0] - acts, most), min(told[1] - suffers, most)
                found.append(acting * (most + 1) + suffering)
        return found[0], found[1], found[2]


class _Relative(NamedTuple):
    """A happening above or below another one, with what the rules find for it."""

    own: Happening
    rule: Rule | None

    def role_of(self, entity: str, word: int | None) -> int:
        """What somebody is to it: 2 an actor, 3 a recipient, 1 neither."""
        if self.rule is not None and entity:
            return 2 if entity in self.rule[0] else 3 if entity in self.rule[1] else 1
        if word is None:
            return 1
        return 2 if word in self.own.actors else 3 if word in self.own.recipients else 1


def rank_of(n_nearer: int, *, is_behind: bool) -> int:
    """The value for a candidate that is the n-th on its side of the trigger; 0 is none."""
    return 1 + is_behind * (_FARTHEST_RANK + 1) + min(n_nearer, _FARTHEST_RANK)
