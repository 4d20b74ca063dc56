"""The relations and parts of speech that trees have, and the classes of distances.

After: Universal Dependencies 2 (English) for relations; the Penn Treebank for parts of
speech, as English treebanks of Universal Dependencies keep them.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

# `within` joins the parts of one token of the treebanks ("U", "." of "U.S.").
RELATIONS: Final = (
    "dep within root nsubj nsubj:pass nsubj:outer csubj csubj:pass obj iobj obl obl:agent "
    "obl:unmarked nmod nmod:poss nmod:unmarked nmod:desc amod nummod appos acl acl:relcl advcl "
    "advcl:relcl ccomp xcomp conj cc cc:preconj mark case det det:predet aux aux:pass cop advmod "
    "compound compound:prt flat fixed expl vocative discourse parataxis list dislocated orphan "
    "goeswith reparandum punct"
).split()
TAGS: Final = (
    "X NN NNS NNP NNPS JJ JJR JJS VB VBD VBG VBN VBP VBZ MD RB RBR RBS RP IN TO DT PDT PRP PRP$ "
    "WDT WP WP$ WRB CC CD EX POS UH FW SYM $ , . : '' `` -LRB- -RRB- HYPH"
).split()
WIDTH_ARC: Final = 80
# Distances in words, clipped, each with a score of its own.
FARTHEST: Final = 20
N_DISTANCES: Final = 2 * FARTHEST + 1


def relation_number(relation: str) -> int:
    """Number of a relation; of a subtype that is none of ours, that of what it refines.

    >>> RELATIONS[relation_number("nsubj:pass")], RELATIONS[relation_number("obl:tmod")]
    ('nsubj:pass', 'obl')
    """
    for name in (relation, relation.partition(":")[0]):
        if name in RELATIONS:
            return RELATIONS.index(name)
    return 0


def tag_number(tag: str) -> int:
    """Number of a part of speech; 0 of others."""
    return TAGS.index(tag) if tag in TAGS else 0


def distance_classes(n_words: int) -> NDArray[np.int64]:
    """Class of the way from each word (row) to each word (column), (W, W).

    >>> distance_classes(2).tolist()
    [[20, 21], [19, 20]]
    """
    at = np.arange(n_words)
    gaps: NDArray[np.int64] = at[None, :] - at[:, None]
    return np.asarray(np.clip(gaps, -FARTHEST, FARTHEST) + FARTHEST)


# What hangs on a word depends on what the word is: a noun has no object, a verb no article.
HEADS: Final = ("root", "verb", "noun", "other")
_HEAD_CLASSES: Final = np.array(
    [2 if tag.startswith("NN") else 1 if tag.startswith("VB") else 3 for tag in TAGS]
)
_NEVER_OF_VERBS: Final = frozenset(
    "flat nmod nmod:poss nmod:desc nmod:unmarked compound amod nummod appos acl acl:relcl det "
    "det:predet case root".split()
)
_NEVER_OF_NOUNS: Final = frozenset("obj iobj compound:prt aux:pass nsubj:pass root".split())


def head_classes(tag_W: NDArray[np.int64]) -> NDArray[np.int64]:
    """Index into ``HEADS`` of words as heads, by their parts of speech."""
    return np.asarray(_HEAD_CLASSES[tag_W])


def barred_relations() -> NDArray[np.float32]:
    """What is added to the score of each relation (column) under each class of head (row)."""
    barred = np.zeros((len(HEADS), len(RELATIONS)), dtype=np.float32)
    for column, relation in enumerate(RELATIONS):
        barred[0, column] = 0.0 if relation == "root" else -1e4
        barred[1, column] = -1e4 if relation in _NEVER_OF_VERBS else 0.0
        barred[2, column] = -1e4 if relation in _NEVER_OF_NOUNS else 0.0
        barred[3, column] = -1e4 if relation == "root" else 0.0
    return barred
