"""Trees as events are read from them: mistakes that grammar shows to be some are put right.

Heads and relations are learned, word by word. So a possessor may stand as a subject, a
preposition behind its noun, an object before its verb. Each rule here is of English grammar
and, but for headlines, knows no words of events. Rules of names and phrases:
`onrecord.events.noun_mends`; of clauses: `onrecord.events.verb_mends`.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.events import noun_mends, verb_mends
from onrecord.events.headline_mends import mend_headline
from onrecord.events.tree_changes import Arcs, Mend, Rule
from onrecord.syntax.labels import TAGS
from onrecord.syntax.trees import Tree

_INNER: Final = (*noun_mends.INNER, *verb_mends.INNER)
_OUTER: Final = (*noun_mends.OUTER, *verb_mends.OUTER)
# Rules by the relation and the part of speech of the word that they look at first, each
# with the parts of speech of which the sentence must have one.
Rules = Mapping[str, Mapping[str, tuple[tuple[Rule, frozenset[str]], ...]]]


@functools.cache
def _tables() -> tuple[Rules, Rules]:
    """Inner and outer rules."""
    return _by_relation(_INNER), _by_relation(_OUTER)


def _by_relation(mends: Sequence[Mend]) -> Rules:
    found: dict[str, dict[str, tuple[tuple[Rule, frozenset[str]], ...]]] = {}
    for own in mends:
        for relation in own.relations:
            by_tag = found.setdefault(relation, dict.fromkeys(TAGS, ()))
            for tag in own.tags or TAGS:
                by_tag[tag] += ((own.rule, own.needs),)
    return found


def mend(tree: Tree) -> None:
    """Put right the arcs of a tree, in place.

    First what is inside phrases; then, from the right, where lists end, what joins them.
    """
    mend_headline(tree)
    arcs, relations, tags = Arcs(tree), tree.relations, tree.tags
    inner, outer = _tables()
    present = frozenset(tags)
    for word in range(len(tags)):
        if relations[word] in inner:
            for rule, needs in inner[relations[word]][tags[word]]:
                if not needs or not needs.isdisjoint(present):
                    rule(arcs, word)
    for word in range(len(tags) - 1, -1, -1):
        if relations[word] in outer:
            for rule, needs in outer[relations[word]][tags[word]]:
                if not needs or not needs.isdisjoint(present):
                    rule(arcs, word)
