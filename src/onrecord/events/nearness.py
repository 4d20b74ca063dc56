"""Which place, time or figure of a sentence belongs to a trigger: the nearest in the tree.

Not the nearest in the text: what stands in another clause, or beside a verb of speech that
reports the happening, does not count.
"""

from collections.abc import Iterable
from typing import Final

from onrecord.syntax.trees import Tree

# Steps down into a clause of its own are barred.
_CLAUSES: Final = frozenset(
    ("acl:relcl", "advcl", "advcl:relcl", "ccomp", "parataxis", "csubj", "csubj:pass", "acl")
)
_CLAUSES_AND_PLANS: Final = _CLAUSES | {"xcomp"}
# What a step up out of a clause costs.
_UP: Final = {
    "ccomp": 9.0, "parataxis": 6.0, "acl:relcl": 2.5, "advcl": 2.5, "acl": 1.5, "conj": 1.0,
    "xcomp": 0.5, "csubj": 4.0,
}  # fmt: skip
_FARTHEST: Final = 6.0
_DEEPEST: Final = 40


def nearest(
    tree: Tree,
    trigger: int,
    candidates: Iterable[tuple[int, float]],
    *,
    most: float = _FARTHEST,
    into_plans: bool = True,
) -> int | None:
    """Number of the candidate that is nearest to a trigger; None if all are too far.

    Args:
        tree: Of the sentence.
        trigger: Its word.
        candidates: The word of each, and what is added to its way.
        most: The longest way that counts.
        into_plans: Whether what an infinitive holds counts for the verb that governs it.
    """
    best: tuple[float, int] | None = None
    above = _ways_up(tree, trigger)
    for number, (word, more) in enumerate(candidates):
        way = _way(tree, above, word, _CLAUSES if into_plans else _CLAUSES_AND_PLANS)
        if way is not None and way + more <= most and (best is None or way + more < best[0]):
            best = way + more, number
    return None if best is None else best[1]


def _ways_up(tree: Tree, word: int) -> dict[int, float]:
    """The cost of the way up to each word above."""
    found, cost = {word: 0.0}, 0.0
    for _ in range(_DEEPEST):
        head = tree.heads[word]
        if head == word:
            break
        cost += _UP.get(tree.relations[word], 1.0)
        found[head] = cost
        word = head
    return found


def _way(tree: Tree, above: dict[int, float], word: int, barred: frozenset[str]) -> float | None:
    """The cost of the way up from the trigger and down to a word; None if it is barred."""
    down = 0.0
    for _ in range(_DEEPEST):
        if word in above:
            return above[word] + down
        head = tree.heads[word]
        if head == word or tree.relations[word] in barred:
            return None
        down += 1.5 if tree.relations[word] == "conj" else 1.0
        word = head
    return None
