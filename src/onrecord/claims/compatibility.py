"""Whether two figures can both hold: numbers as intervals, by their comparators.

"At least 12" and 15 both hold; 12 and "at least 30" do not. "About", ranges and round numbers
leave room: conventions, tuned on nothing.
"""

import math
from dataclasses import dataclass

_ABOUT_SHARE = 0.2
_ROUND_SHARE = 0.1
# From here on a number that ends in zeros is taken for a rounded one.
_ROUND_FROM = 1000
# "Dozens", "hundreds": their least number is a way of speaking.
_LOOSE_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a figure can stand for, both ends included."""

    low: float
    high: float

    def meets(self, other: "Interval") -> bool:
        """Whether one number fits both."""
        return self.low <= other.high and other.low <= self.high


def interval_of(
    value: float, upper: float | None, comparator: str | None, *, is_word: bool = False
) -> Interval:
    """The numbers that a figure can stand for.

    Args:
        value: The number, or the lower end.
        upper: The upper end of a range.
        comparator: As the record has it.
        is_word: It is "dozens", "hundreds" or the like.

    >>> interval_of(12, None, "at least")
    Interval(low=12, high=inf)
    """
    top = value if upper is None else upper
    room = _ROUND_SHARE if is_round(value) and is_round(top) else 0.0
    about = (value * (1 - _ABOUT_SHARE), top * (1 + _ABOUT_SHARE))
    bounds = {
        "about": about,
        "at most": (0.0, top),
        "less than": (0.0, math.nextafter(top, -math.inf)),
        "at least": (value, math.inf),
        "more than": (math.nextafter(value, math.inf), math.inf),
    }
    exact = (value * (1 - room), top * (1 + room))
    loose = (value * (1 - _LOOSE_SHARE), math.inf)
    return Interval(*(loose if is_word else bounds.get(comparator or "", exact)))


def is_round(value: float) -> bool:
    """Whether a number is one that writers round to.

    >>> is_round(5000), is_round(4812), is_round(40)
    (True, False, False)
    """
    if value < _ROUND_FROM or value != int(value):
        return False
    digits = str(int(value))
    return len(digits.rstrip("0")) <= 2


def can_both_hold(first: Interval, second: Interval) -> bool:
    """Whether two figures for one thing can both be right."""
    return first.meets(second)


def can_be_part(part: Interval, total: Interval) -> bool:
    """Whether the one can be a part of the other: it must not be larger than all."""
    return part.low <= total.high
