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
# Parts of speech without which some rules have nothing to do.
_TELLING: Final = frozenset(tag for rule in (*_INNER, *_OUTER) for tag in rule.needs)
# Rules by the relation and the part of speech of the word that they look at first.
Rules = Mapping[str, Mapping[str, tuple[Rule, ...]]]


@functools.lru_cache(maxsize=256)
def _tables(tags: frozenset[str]) -> tuple[Rules, Rules]:
    """Inner and outer rules for sentences with some parts of speech."""
    return _by_relation(_INNER, tags), _by_relation(_OUTER, tags)


def _by_relation(mends: Sequence[Mend], tags: frozenset[str]) -> Rules:
    own = [mend for mend in mends if not mend.needs or mend.needs & tags]
    return {
        relation: {
            tag: tuple(
                m.rule for m in own if relation in m.relations and (not m.tags or tag in m.tags)
            )
            for tag in TAGS
        }
        for relation in sorted({relation for m in own for relation in m.relations})
    }


def mend(tree: Tree) -> None:
    """Put right the arcs of a tree, in place.

    First what is inside phrases; then, from the right, where lists end, what joins them.
    """
    mend_headline(tree)
    arcs, relations, tags = Arcs(tree), tree.relations, tree.tags
    inner, outer = _tables(_TELLING.intersection(tags))
    for word in range(len(tags)):
        if relations[word] in inner:
            for rule in inner[relations[word]][tags[word]]:
                rule(arcs, word)
    for word in range(len(tags) - 1, -1, -1):
        if relations[word] in outer:
            for rule in outer[relations[word]][tags[word]]:
                rule(arcs, word)
