"""One tree while its arcs are put right, and what the rules ask of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from onrecord.syntax.trees import Tree

NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP"))
FINITE: Final = frozenset(("VBD", "VBZ", "VBP"))
_INSIDE: Final = frozenset(
    ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "VBN", "VBG", "HYPH", "DT", "PRP$")
)
_PARTS: Final = frozenset(
    "compound amod nmod:poss nmod:desc nmod:unmarked flat det nummod within".split()
)


class Arcs:
    """A tree whose arcs may change."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.words, self.tags = tree.words, tree.tags
        self.heads, self.relations = tree.heads, tree.relations
        self.types = tree.types

    def attach(self, word: int, head: int, relation: str) -> bool:
        """Hang a word on another one; False if that would make a ring."""
        if head != self.heads[word]:
            at = head
            while self.heads[at] != at:
                if at == word:
                    return False
                at = self.heads[at]
            if at == word:
                return False
            children = self.tree.children
            if self.heads[word] != word:
                children[self.heads[word]].remove(word)
            # Words without children share a list, so that it must stay as it is.
            children[head] = sorted([*children[head], word])
            self.heads[word] = head
        self.relations[word] = relation
        return True

    def is_noun(self, word: int) -> bool:
        """Whether a word is a noun, name or personal pronoun."""
        return self.tags[word] in NOUNS

    def is_verb(self, word: int) -> bool:
        """Whether a word is a form of a verb."""
        return self.tags[word].startswith("VB")

    def is_time(self, word: int) -> bool:
        """Whether a noun tells a time."""
        return self.types[word] == "time"

    def has(self, word: int, *relations: str) -> bool:
        """Whether something hangs on a word in one of these ways."""
        return self.tree.child(word, *relations) is not None

    def case_of(self, word: int) -> int | None:
        """The preposition of a noun, if it stands before it."""
        for child in self.tree.children[word]:
            if child > word:
                break
            if self.relations[child] == "case" and self.tags[child] in {"IN", "TO"}:
                return child
        return None

    def first_of(self, word: int) -> int:
        """The first word of the phrase of a noun: its article, adjectives, possessors."""
        first = word
        for child in reversed([c for c in self.tree.children[word] if c < word]):
            if self.relations[child] not in _PARTS and self.tags[child] not in {"HYPH", "POS"}:
                break
            first = min(first, child, *self.tree.children[child])
        return first

    def noun_after(self, word: int) -> int | None:
        """The last noun of the run of nouns and adjectives right behind a word."""
        last = None
        for at in range(word + 1, len(self.words)):
            if self.tags[at] not in _INSIDE:
                break
            if self.tags[at] in {"DT", "PRP$"} and last is not None:
                break
            if self.is_noun(at):
                last = at
        return last

    def top_of_phrase(self, word: int, after: int = -1) -> int:
        """The head of the noun phrase that a word is part of, right of some place."""
        for _ in range(len(self.words)):
            head = self.heads[word]
            if head == word or self.relations[word] not in _PARTS or head <= after:
                return word
            word = head
        return word


Rule = Callable[[Arcs, int], None]


@dataclass(frozen=True, slots=True)
class Mend:
    """One rule, and when it is asked.

    Attributes:
        rule: Puts right what stands at a word.
        relations: Those of the words that it looks at.
        tags: Their parts of speech; any will do if empty.
        needs: Parts of speech of which the sentence must have one; any will do if empty.
    """

    rule: Rule
    relations: frozenset[str]
    tags: frozenset[str]
    needs: frozenset[str]


def mend_of(rule: Rule, relations: str, tags: str = "", *, needs: str = "") -> Mend:
    """A rule with its relations and parts of speech, written with spaces between."""
    return Mend(rule, *(frozenset(words.split()) for words in (relations, tags, needs)))
