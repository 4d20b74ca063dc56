"""Boosted trees of decisions over signs: a sum of what many small trees say (Friedman 2001).

They stand in ``dispute_trees.tsv``, a node a line: of which tree it is, by which sign it decides,
from up to which value on it goes to its first branch, else to its second one, by their places in
the tree; or the value of a leaf. What all trees start from is the leaf of the tree 0.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.claims.word_lists import read_rows

TABLE: Final = "dispute_trees.tsv"


@dataclass(frozen=True, slots=True)
class Node:
    """A decision, or a leaf.

    Attributes:
        sign: By which it decides; empty for a leaf.
        value: Up to which the first branch is taken; of a leaf, what it adds.
        below: The place of the first branch in its tree.
        above: The place of the second one.
    """

    sign: str
    value: float
    below: int = 0
    above: int = 0


Tree = Sequence[Node]


def sum_of(trees: Sequence[Tree], signs: Mapping[str, float]) -> float:
    """What all trees say together.

    >>> sum_of([[Node("days", 2.0, 1, 2), Node("", 0.5), Node("", -1.0)]], {"days": 3.0})
    -1.0
    """
    total = 0.0
    for tree in trees:
        node = tree[0]
        while node.sign:
            node = tree[node.below if signs[node.sign] <= node.value else node.above]
        total += node.value
    return total


@functools.cache
def trees() -> tuple[Tree, ...]:
    """Those of the table."""
    found: dict[str, list[Node]] = {}
    for row in read_rows(TABLE):
        branches = (int(row["below"] or 0), int(row["above"] or 0))
        node = Node(row["sign"], float(row["value"]), *branches)
        found.setdefault(row["tree"], []).append(node)
    return tuple(found.values())


def rows_of(given: Sequence[Tree]) -> str:
    """Trees as the lines of the table, its first line among them."""
    lines = ["tree\tsign\tvalue\tbelow\tabove"]
    for number, tree in enumerate(given):
        for node in tree:
            branches = f"{node.below}\t{node.above}" if node.sign else "\t"
            lines.append(f"{number}\t{node.sign}\t{node.value:.6g}\t{branches}")
    return "\n".join(lines) + "\n"
