"""Positions of browsers and of records: UTF-16 units there, code points here.

The only place where one is made into the other.

>>> units_before("a😀b", 2)
3
>>> code_point_at("a😀b", 3)
2
"""

import bisect
from collections.abc import Iterable

_LAST_OF_ONE_UNIT = "\uffff"


def units_before(text: str, position: int) -> int:
    """How many UTF-16 units stand before a code point."""
    return position + sum(1 for sign in text[:position] if sign > _LAST_OF_ONE_UNIT)


def code_point_at(text: str, units: int) -> int:
    """The code point that begins after so many units; inside of one, that one.

    What lies behind the text is its end.
    """
    return next(iter(code_points_at(text, [units])))


def code_points_at(text: str, many: Iterable[int]) -> list[int]:
    """The same for many positions, in one pass over the text."""
    wide = [number for number, sign in enumerate(text) if sign > _LAST_OF_ONE_UNIT]
    # The unit at which each wide code point has its second half.
    halves = [number + count for count, number in enumerate(wide, start=1)]
    return [min(len(text), max(0, at) - bisect.bisect_left(halves, at + 0.5)) for at in many]


def units_of(text: str, starts: Iterable[int]) -> list[int]:
    """UTF-16 units before each of some code points, given in order."""
    found: list[int] = []
    position = units = 0
    for start in starts:
        units += start - position
        units += sum(1 for sign in text[position:start] if sign > _LAST_OF_ONE_UNIT)
        position = start
        found.append(units)
    return found
