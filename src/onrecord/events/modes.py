"""The mode of an event out of the weapons and means beside a trigger that has none."""

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping

from onrecord.events.forms import lemmas_of
from onrecord.events.happenings import Happening
from onrecord.events.tables import read_rows
from onrecord.records import EventType
from onrecord.syntax.trees import Tree

_SLOTS = ("subj", "by", "with", "in", "amod", "via", "over", "from", "using", "carrier")


def mode_of(own: Happening) -> str | None:
    """Its mode, as its row or the words for means around it tell."""
    if own.trigger.mode is not None:
        return own.trigger.mode
    modes = _means().get(own.trigger.type.value)
    if modes is None:
        return None
    words = set(_words(own))
    return next((mode for mode, own_words in modes if own_words & words), None)


def is_means(lemma: str) -> bool:
    """Whether a word names a weapon or another means of an attack."""
    return any(lemma in words for _, words in _means()[EventType.ASSAULT.value])


def _words(own: Happening) -> Iterator[str]:
    tree = own.sentence.tree
    for word in range(own.first, own.last + 1):
        yield from lemmas_of(tree.words[word])
    for slot in _SLOTS:
        for word in own.arguments.get(slot):
            yield from _phrase(tree, word)


def _phrase(tree: Tree, word: int) -> Iterator[str]:
    yield from lemmas_of(tree.words[word])
    for child in tree.all_children(word, "compound", "amod"):
        yield from lemmas_of(tree.words[child])


@functools.cache
def _means() -> Mapping[str, list[tuple[str, frozenset[str]]]]:
    found: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for row in read_rows("means"):
        found[row["type"]].append((row["mode"], frozenset(row["words"].split())))
    return dict(found)
