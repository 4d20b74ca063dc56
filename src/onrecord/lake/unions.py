"""Groups that were found in several blocks, joined where they share what both could hold.

Not here: what the groups are; stories, actors and claims are joined alike.
"""

import collections
import itertools
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)
# A group as one block has found it: the block, and its id there.
Found = tuple[str, str]


class Unions(Generic[Item]):
    """Sets that grow together; an item that was not named stands alone."""

    def __init__(self) -> None:
        self._above: dict[Item, Item] = {}

    def __iter__(self) -> Iterator[Item]:
        """All items that were joined to another."""
        return iter({*self._above.keys(), *self._above.values()})

    def top(self, item: Item) -> Item:
        """What stands for the set of an item."""
        path = []
        while (above := self._above.get(item, item)) != item:
            path.append(item)
            item = above
        for one in path:
            self._above[one] = item
        return item

    def join(self, one: Item, other: Item) -> None:
        """Make one set of two."""
        first, second = self.top(one), self.top(other)
        if first != second:
            self._above[second] = first


def joined(
    members: Mapping[Found, Iterable[Item]], blocks: Mapping[Item, Iterable[str]]
) -> Unions[Found]:
    """Join groups of different blocks.

    Two are one if they share more than half of what the smaller of them holds, of that which
    both blocks have looked at.

    Args:
        members: What each group holds that other blocks have looked at too.
        blocks: The blocks that have looked at an item.

    >>> seen = {item: ["a", "b"] for item in "wxyz"}
    >>> found = joined({("a", "1"): "wx", ("b", "2"): "wxy", ("b", "3"): "z"}, seen)
    >>> found.top(("a", "1")) == found.top(("b", "2")), found.top(("b", "3"))
    (True, ('b', '3'))
    """
    groups_of: dict[Item, list[Found]] = collections.defaultdict(list)
    beside: collections.Counter[tuple[Found, str]] = collections.Counter()
    for group, items in members.items():
        for item in items:
            groups_of[item].append(group)
            beside.update((group, block) for block in blocks[item] if block != group[0])
    shared: collections.Counter[tuple[Found, Found]] = collections.Counter()
    for groups in groups_of.values():
        shared.update(itertools.combinations(sorted(groups), 2))
    unions: Unions[Found] = Unions()
    for (one, other), n in sorted(shared.items()):
        least = min(beside[one, other[0]], beside[other, one[0]])
        if 2 * n > least:
            unions.join(one, other)
    return unions


def homes(
    members: Mapping[Found, Iterable[Item]], sizes: Mapping[Found, int], unions: Unions[Found]
) -> dict[Item, Found]:
    """The joined group of each item: that of the largest group that holds it.

    >>> homes({("a", "1"): "x", ("b", "2"): "x"}, {("a", "1"): 1, ("b", "2"): 5}, Unions())
    {'x': ('b', '2')}
    """
    home: dict[Item, Found] = {}
    for group in sorted(members, key=lambda own: (-sizes[own], own)):
        for item in members[group]:
            home.setdefault(item, unions.top(group))
    return home
