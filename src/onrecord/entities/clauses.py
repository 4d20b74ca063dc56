"""Mentions that cannot name the same: subject and object of one verb.

After: principle B of the binding theory (Chomsky 1981): "she saw her" are two.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from onrecord.syntax.labels import RELATIONS
from onrecord.syntax.trees import FoundTrees

_PARTIES: Final = frozenset(
    RELATIONS.index(r) for r in ("nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj", "obl:agent")
)
_CONJ: Final = RELATIONS.index("conj")
_DEEPEST: Final = 8
_REFLEXIVE: Final = ("self", "selves")


def clauses_of(
    trees: Sequence[FoundTrees], starts: Sequence[int], ends: Sequence[int], words: Sequence[str]
) -> list[int]:
    """For each mention the number of the verb that it is a party of; -1 for none.

    Args:
        trees: Those of all windows, in text order.
        starts: First code point of each mention.
        ends: After its last.
        words: Its words.
    """
    if not trees:
        return []
    before = np.cumsum([0, *(len(t.start_W) for t in trees)])
    start_W = np.concatenate([t.start_W for t in trees])
    end_W = np.concatenate([t.end_W for t in trees])
    heads = np.concatenate([t.head_W + at for t, at in zip(trees, before, strict=False)]).tolist()
    relations = np.concatenate([t.relation_W for t in trees]).tolist()
    first_M = np.searchsorted(end_W, np.asarray(starts, dtype=np.int64), side="right").tolist()
    after_M = np.searchsorted(start_W, np.asarray(ends, dtype=np.int64), side="left").tolist()
    found = []
    for first, after, own in zip(first_M, after_M, words, strict=True):
        is_reflexive = own.lower().endswith(_REFLEXIVE)
        found.append(-1 if is_reflexive else _verb(heads, relations, first, after))
    return found


def _verb(heads: Sequence[int], relations: Sequence[int], first: int, after: int) -> int:
    """The verb over the head of a phrase."""
    word = next((w for w in range(first, after) if not first <= heads[w] < after), -1)
    if word < 0:
        return -1
    for _ in range(_DEEPEST):
        if relations[word] != _CONJ:
            break
        word = heads[word]
    is_party = relations[word] in _PARTIES and heads[word] != word
    return heads[word] if is_party else -1
