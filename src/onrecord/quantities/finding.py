"""Quantities of a text: numbers with unit and bound, without dates, names and scores."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.quantities.guards import is_no_quantity
from onrecord.quantities.numbers import Number, find_numbers
from onrecord.quantities.units import Unit, unit_behind
from onrecord.quantities.word_lists import bound_before, word_lists

# Bounds stand in so many characters before a number.
_BEFORE_CHARS = 44
_BEHIND_CHARS = 16
_ABOUT = "about"
_BETWEEN = "between"
_RANGE = re.compile(r"\s?[-–—]\s?|[ \xa0](?:to|or|and)[ \xa0]", re.IGNORECASE)
_BETWEEN_BEFORE = re.compile(r"\bbetween\s+(?:about\s+|some\s+)?$", re.IGNORECASE)
_FROM_BEFORE = re.compile(r"\bfrom\s+(?:about\s+|some\s+)?$", re.IGNORECASE)
# "killing at least 12": the verb before tells what the twelve are.
_VERB_BEFORE = re.compile(
    r"\b(kill|wound|injur|arrest|detain|displac)(?:ed|ing|e)\s+(?:at least\s+|about\s+|some\s+|"
    r"more than\s+|nearly\s+|up to\s+|over\s+|as many as\s+)?$",
    re.IGNORECASE,
)
_DONE = {
    "kill": "killed",
    "wound": "wounded",
    "injur": "injured",
    "arrest": "arrested",
    "detain": "detained",
    "displac": "displaced",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity in a text.

    Attributes:
        start: First code point of the bound, or of the number.
        end: The code point after the unit.
        value: The number; of a range, its lower end.
        upper: Upper end of a range.
        unit: What is counted, in the singular.
        comparator: at most, at least, more than, less than, about, between, or None.
    """

    start: int
    end: int
    value: float
    upper: float | None
    unit: str | None
    comparator: str | None


def find_quantities(text: str) -> tuple[Found, ...]:
    """Quantities in text order.

    >>> found, = find_quantities("It keeps no more than 1,550 deployed nuclear warheads.")
    >>> found.value, found.unit, found.comparator
    (1550.0, 'nuclear warhead', 'at most')
    """
    return tuple(_find(text))


def _find(text: str) -> Iterator[Found]:
    numbers = list(find_numbers(text))
    n = 0
    while n < len(numbers):
        first = numbers[n]
        second = numbers[n + 1] if n + 1 < len(numbers) else None
        found = _range(text, first, second) if second is not None else None
        step = 2 if found is not None else 1
        if found is None:
            found = _single(text, first)
        if found is not None:
            yield found
        n += step


def _range(text: str, first: Number, second: Number) -> Found | None:
    """Two numbers as one: "10-15 people", "between 10 and 15"."""
    between = text[first.end : second.start] if second.start - first.end < 8 else ""
    joint = _RANGE.fullmatch(between)
    if joint is None or (second.sign and second.sign != first.sign):
        return None
    before = text[max(0, first.start - _BEFORE_CHARS) : first.start]
    is_between = _BETWEEN_BEFORE.search(before)
    word = between.strip().lower()
    if word == "and" and is_between is None:
        return None
    if word == "to" and _FROM_BEFORE.search(before):
        return None
    low = _with_scale_of(first, second)
    unit = unit_behind(text, second.end)
    joined = Number(first.start, second.end, low, sign=first.sign, is_word=first.is_word)
    if low >= second.value or _is_dropped(text, joined, unit):
        return None
    if unit.name is None and not first.sign and is_between is None:
        return None  # a score, a vote, an address
    start = first.start - (len(before) - is_between.start() if is_between else 0)
    if is_between is None:
        start, _ = _comparator_before(text, first.start)
    return Found(start, unit.end, low, second.value, _name(first, unit), _BETWEEN)


def _with_scale_of(first: Number, second: Number) -> float:
    """The first of "10-15 million": the scale is said once."""
    if first.has_scale or not second.has_scale or first.is_grouped:
        return first.value
    scale = next((s for s in (1e12, 1e9, 1e6, 1e5, 1e3, 1e2) if second.value >= s), 1.0)
    return first.value * scale


def _single(text: str, number: Number) -> Found | None:
    unit = unit_behind(text, number.end, is_one=number.value == 1)
    number, unit = _million_or_metre(text, number, unit)
    if _is_dropped(text, number, unit):
        return None
    start, comparator = _comparator_before(text, number.start)
    name, end = _name(number, unit), unit.end
    behind = word_lists().behind.match(text, number.end, number.end + _BEHIND_CHARS)
    if behind is not None:
        comparator = comparator or str(behind.lastgroup).replace("_", " ")
        after = unit_behind(text, behind.end())
        name, end = (name, max(end, behind.end())) if name else (after.name, after.end)
    if comparator is None:
        comparator = _implied(number)
    if name is None:
        verb = _VERB_BEFORE.search(text, max(0, start - _BEFORE_CHARS), start)
        name = _DONE[verb[1].lower()] if verb else None
    return Found(start, end, number.value, None, name, comparator)


def _million_or_metre(text: str, number: Number, unit: Unit) -> tuple[Number, Unit]:
    """Whether m is short for million, as in "5m people", or for metre, as in "5m" alone."""
    is_m = text[number.end - 1] == "m" and text[number.end - 2 : number.end - 1].isdigit()
    if not is_m or number.sign or unit.name is not None:
        return number, unit
    metres = Number(number.start, number.end, number.value / 1e6, is_grouped=number.is_grouped)
    return metres, Unit("metre", number.end)


def _is_dropped(text: str, number: Number, unit: Unit) -> bool:
    return unit.is_time or is_no_quantity(text, number, unit)


def _name(number: Number, unit: Unit) -> str | None:
    """The unit; beside a currency sign, what stands behind is no unit."""
    return word_lists().currencies[number.sign] if number.sign else unit.name


def _implied(number: Number) -> str | None:
    if number.is_plural:
        return "at least"
    return _ABOUT if number.is_vague else None


def _comparator_before(text: str, start: int) -> tuple[int, str | None]:
    """Where the bound before a number begins, and what it is.

    Of two, as in "up to about 300", the outer one counts unless it says "about" only.
    """
    comparator: str | None = None
    for _ in range(2):
        window = text[max(0, start - _BEFORE_CHARS) : start]
        match = bound_before(window)
        if match is None:
            break
        start -= len(window) - match.start()
        name = str(match.lastgroup).replace("_", " ")
        comparator = name if comparator is None or name != _ABOUT else comparator
    return start, comparator


def without_times(found: Sequence[Found], times: Sequence[tuple[int, int]]) -> tuple[Found, ...]:
    """Those that do not lie in one of the spans, which are given in text order."""
    kept: list[Found] = []
    at = 0
    for quantity in found:
        while at < len(times) and times[at][1] <= quantity.start:
            at += 1
        inside = at < len(times) and times[at][0] < quantity.end
        if not inside:
            kept.append(quantity)
    return tuple(kept)
