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
# Parts of speech of which a sentence must have one so that some rules are asked; the first
# group is of rules that are asked of all sentences.
_GROUPS: Final = tuple(dict.fromkeys([frozenset[str](), *(m.needs for m in (*_INNER, *_OUTER))]))
# Rules, each with the number of its group, by the relation and the part of speech of the word
# that they look at first.
Rules = Mapping[str, Mapping[str, Sequence[tuple[Rule, int]]]]


@functools.cache
def _tables() -> tuple[Rules, Rules]:
    """Inner and outer rules."""
    return _by_relation(_INNER), _by_relation(_OUTER)


def _by_relation(mends: Sequence[Mend]) -> Rules:
    found: dict[str, dict[str, list[tuple[Rule, int]]]] = {}
    for own in mends:
        for relation in own.relations:
            by_tag = found.setdefault(relation, {})
            for tag in own.tags or TAGS:
                by_tag.setdefault(tag, []).append((own.rule, _GROUPS.index(own.needs)))
    return found


def mend(tree: Tree) -> None:
    """Put right the arcs of a tree, in place.

    First what is inside phrases; then, from the right, where lists end, what joins them.
    """
    mend_headline(tree)
    arcs, relations, tags = Arcs(tree), tree.relations, tree.tags
    inner, outer = _tables()
    present = frozenset(tags)
    is_asked = [not group or not group.isdisjoint(present) for group in _GROUPS]
    # Rules may change what stands behind them in these lists.
    for word, relation in enumerate(relations):
        by_tag = inner.get(relation)
        for rule, group in by_tag.get(tags[word], ()) if by_tag else ():
            if is_asked[group]:
                rule(arcs, word)
    for word in range(len(tags) - 1, -1, -1):
        by_tag = outer.get(relations[word])
        for rule, group in by_tag.get(tags[word], ()) if by_tag else ():
            if is_asked[group]:
                rule(arcs, word)
