"""What a rule has matched, and what is made of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.records import TimexType
from onrecord.times.calendars import Point
from onrecord.times.scenes import Scene
from onrecord.times.tokens import TokenLine, vocabulary

_MULTIPLIERS = frozenset({100.0, 1000.0, 1e6, 1e9})
_FRACTION = re.compile(r"([0-9]{1,6}) ([0-9]{1,2}) / ([1-9][0-9]?)")
_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Made:
    """An expression with its value.

    Attributes:
        type: TIMEX3 type.
        value: TIMEX3 value; None if the text does not tell it.
        point: The date that the text gives by it, for what follows.
    """

    type: TimexType
    value: str | None
    point: Point | None = None


def dated(point: Point | None, value: str | None = None) -> Made:
    """A date at a point; with a value of its own if it is a week, a quarter or the like."""
    return Made(TimexType.DATE, value or (point.value if point else None), point)


class Found:
    """One match, with the words of its groups."""

    def __init__(self, line: TokenLine, match: re.Match[str]) -> None:
        self.line = line
        self.match = match
        self._groups = match.re.groupindex

    def has(self, name: str) -> bool:
        """Whether the group took part."""
        return name in self._groups and self.match.start(name) >= 0

    def get(self, *names: str) -> str:
        """The words of the first of these groups that took part, in lower case; else ""."""
        for name in names:
            if self.has(name):
                words = range(self.match.start(name), self.match.end(name))
                return " ".join(self.line.word(at).lower() for at in words)
        return ""

    def number(self, *names: str) -> int:
        """The digits at the start of a group; 0 without any."""
        digits = re.match(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12}", self.get(*names))
        return int(digits.group().replace(",", "")) if digits else 0

    @property
    def words(self) -> str:
        """All of its words, in lower case."""
        return " ".join(self.line.word(at).lower() for at in range(*self.match.span()))

    @property
    def before(self) -> str:
        """The word before, as it stands."""
        return self.line.word(self.match.start() - 1)

    @property
    def after(self) -> str:
        """The word behind, as it stands."""
        return self.line.word(self.match.end())

    @property
    def start(self) -> int:
        """Its first code point."""
        return self.line.starts[self.match.start()]

    @property
    def end(self) -> int:
        """The code point after its last."""
        return self.line.ends[self.match.end() - 1]

    def tense(self, scene: Scene) -> int | None:
        """The tense of the sentence around it."""
        return scene.tense(self.start, self.end)


Maker = Callable[[Found, Scene], Made | None]


def table(name: str) -> Mapping[str, Any]:
    """A table of values of words."""
    return vocabulary().values[name]


def word_list(name: str) -> frozenset[str]:
    """A list of words of `words.toml`."""
    return vocabulary().lists[name]


def steps_of(rel: str) -> int:
    """How many units away: -1 for the last, 1 for the next, 0 for this."""
    if any(word in rel for word in ("last", "past", "latest")):
        return -1
    return 1 if "next" in rel or "coming" in rel else 0


def unit_of(word: str) -> str:
    """The letter of a unit in the singular or plural."""
    units = table("units")
    found: str = units[word] if word in units else units[word.removesuffix("s")]
    return found


def number_of(words: str) -> float | None:
    """The number that words give; None for such as "several".

    >>> number_of("twenty - five"), number_of("two and a half"), number_of("a few")
    (25.0, 2.5, None)
    """
    words = words.replace("-", " ").strip()
    if words in {"half", "half a", "half an", "a half"}:
        return 0.5
    body, half, _ = words.partition(" and a half")
    fraction = _FRACTION.fullmatch(body)
    if fraction:
        return int(fraction[1]) + int(fraction[2]) / int(fraction[3])
    values = [_value_of(word) for word in body.split() if word not in {"and", "of"}]
    if not values or None in values:
        return None
    return _added([v for v in values if v is not None]) + (0.5 if half else 0.0)


def _value_of(word: str) -> float | None:
    if _NUMBER.fullmatch(word):
        return float(word.replace(",", ""))
    if word == "½":
        return 0.5
    value = table("numbers").get(word)
    return None if value is None else float(value)


def _added(values: list[float]) -> float:
    """Two hundred five thousand: hundreds and thousands multiply what stands before them."""
    total = current = 0.0
    for value in values:
        if value in _MULTIPLIERS and current:
            current *= value
            if value >= 1000:
                total, current = total + current, 0.0
        else:
            current += value
    return total + current
