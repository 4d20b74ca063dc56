"""The words around a word in its tree that help to tell whether it is an event, and of which type.

Who does it, what it is done to, what it depends on: the model of events (`learned.py`) hears the
numbers of those words too, each place with weights of its own.
"""

from collections.abc import Mapping
from typing import Final

from onrecord.syntax.trees import Tree

# The place of what the word itself depends on; those of its dependents follow.
_ABOVE: Final = 0
_OBLIQUE: Final = 3
# The places of dependents by their relation, and where only what is before its colon counts.
_PLACES: Final[Mapping[str, int]] = {
    **dict.fromkeys(("nsubj", "csubj", "nmod:poss"), 1),
    **dict.fromkeys(("nsubj:pass", "obj", "iobj"), 2),
    **dict.fromkeys(("obl", "nmod"), _OBLIQUE),
    **dict.fromkeys(("compound", "amod"), 5),
    **dict.fromkeys(("xcomp", "ccomp", "advcl"), 6),
    "conj": 7,
}
N_AROUND: Final = 8


def words_around(tree: Tree, word: int) -> list[int]:
    """The words in the places around a word, N_AROUND of them, -1 where there is none.

    What it depends on, subject or possessor, object, two obliques, what modifies it, a clause
    below it, what is joined to it; the first of each.
    """
    found = [-1] * N_AROUND
    if tree.heads[word] != word:
        found[_ABOVE] = tree.heads[word]
    for other in tree.children[word]:
        relation = tree.relations[other]
        place = _PLACES.get(relation, _PLACES.get(relation.partition(":")[0]))
        if place == _OBLIQUE and found[place] >= 0:
            place += 1
        if place is not None and found[place] < 0:
            found[place] = other
    return found
