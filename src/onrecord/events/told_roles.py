"""Who acts and suffers in all happenings of a text, as the rules find them.

Who is attacked in one sentence is likely attacked in the next one; whom an arrest befell is
whom it is condemned for. `role_signs.py` makes signs of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from onrecord.events.forms import lemmas_of
from onrecord.events.happenings import Happening
from onrecord.records import EventType

_HIGHEST: Final = 5
_DEEPEST: Final = 3
Rule = tuple[Sequence[str], Sequence[str]]
OfWord = Mapping[int, Happening]
# What a happening is counted by: its type, its word, nothing.
Key = EventType | str
_NONE: Final[Mapping[Key, tuple[int, int]]] = {}


class ToldRoles:
    """The roles of entities in the happenings of a text.

    Attributes:
        of_words: The happenings of each sentence by their words.
    """

    def __init__(self, of_words: Mapping[int, OfWord] | None = None) -> None:
        self.of_words = of_words or {}
        self._rules: dict[int, tuple[Happening, Rule]] = {}
        self._counts: dict[str, dict[Key, tuple[int, int]]] = {}

    def add(self, own: Happening, rule: Rule) -> None:
        """A happening with the ids of actors and recipients that the rules find."""
        self._rules[id(own)] = (own, rule)
        keys = keys_of(own)
        for entity in {*rule[0], *rule[1]}:
            counts = self._counts.setdefault(entity, {})
            acts, suffers = entity in rule[0], entity in rule[1]
            for key in keys:
                n_acts, n_suffers = counts.get(key, (0, 0))
                counts[key] = n_acts + acts, n_suffers + suffers

    def rule(self, own: Happening) -> Rule | None:
        """What the rules find for a happening that was added."""
        found = self._rules.get(id(own))
        return None if found is None else found[1]

    def counts(self, entity: str) -> Mapping[Key, tuple[int, int]]:
        """How often an entity acts, and suffers, in happenings of a type, of a word, and in all."""
        return self._counts.get(entity, _NONE)

    def above(self, own: Happening) -> Happening | None:
        """The happening under which another one stands: "condemned" of "condemned the raid"."""
        tree, word = own.sentence.tree, own.word
        of_word = self.of_words.get(own.sentence.number, {})
        for _ in range(_HIGHEST):
            if tree.heads[word] == word:
                return None
            word = tree.heads[word]
            found = of_word.get(word)
            if found is not None and found is not own:
                return found
        return None

    def below(self, own: Happening) -> Happening | None:
        """The first happening that stands under another one."""
        tree = own.sentence.tree
        of_word = self.of_words.get(own.sentence.number, {})
        level: Iterable[int] = tree.children[own.word]
        for _ in range(_DEEPEST):
            words = list(level)
            for word in words:
                found = of_word.get(word)
                if found is not None and found is not own:
                    return found
            level = (child for word in words for child in tree.children[word])
        return None


def keys_of(own: Happening) -> tuple[Key, Key, Key]:
    """What a happening is counted by."""
    lemmas = lemmas_of(own.sentence.tree.words[own.word])
    return own.trigger.type, "=" + (lemmas[1] if len(lemmas) > 1 else lemmas[0]), ""
