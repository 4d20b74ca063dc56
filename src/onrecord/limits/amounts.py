"""Numbers in the cells of a file: separators of thousands, bounds, ranges, measures."""

import re
from dataclasses import dataclass

_NOTHING = frozenset(
    {"", "-", "–", "—", "?", "n/a", "na", "none", "null", "unknown", "not provided", "not reported"}
)
_BOUNDS = {
    "at most": "at most",
    "up to": "at most",
    "no more than": "at most",
    "not more than": "at most",
    "maximum": "at most",
    "max": "at most",
    "<=": "at most",
    "≤": "at most",
    "at least": "at least",
    "no less than": "at least",
    "no fewer than": "at least",
    "not less than": "at least",
    "minimum": "at least",
    "min": "at least",
    ">=": "at least",
    "≥": "at least",
    "more than": "more than",
    "over": "more than",
    "above": "more than",
    ">": "more than",
    "less than": "less than",
    "fewer than": "less than",
    "under": "less than",
    "below": "less than",
    "<": "less than",
    "about": "about",
    "around": "about",
    "approximately": "about",
    "ca.": "about",
    "c.": "about",
    "~": "about",
    "≈": "about",
    "between": "between",
    "=": None,
}
_DIGITS = r"\d[\d.,'’\u00a0\u202f\u2009 ]*\d|\d"
_AMOUNT = re.compile(
    rf"(?P<sign>[-−]\s?)?(?P<low>{_DIGITS})"
    rf"(?:\s?(?:[-–—]|to|and)\s?(?P<high>{_DIGITS}))?\s?(?P<unit>[^\W\d_][^\W\d_ ]*|%)?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_SPACED = re.compile(r"\d{1,3}(?:[ '’\u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?")
_BY_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BY_POINT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMMA_DECIMAL = re.compile(r"\d+,\d+")
_AMBIGUOUS = re.compile(r"\d{1,3}[.,]\d{3}")
_SPACE = re.compile(r"[ '’\u00a0\u202f\u2009]")
_MOST_DIGITS = 15


class AmountError(ValueError):
    """A cell holds no number that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a cell gives it."""

    value: float
    upper: float | None = None
    comparator: str | None = None
    unit: str | None = None


def parse_amount(given: str, *, has_comma_decimals: bool = False) -> Amount | None:
    """The number of a cell; None when it is empty or says that there is none.

    Args:
        given: The cell.
        has_comma_decimals: A comma can be a decimal one here.

    Raises:
        AmountError: It is no number, is negative, or can be read in two ways.

    >>> parse_amount("1,550").value, parse_amount("about 1 500").comparator, parse_amount("n/a")
    (1550.0, 'about', None)
    """
    words = " ".join(given.split())
    if words.lower() in _NOTHING:
        return None
    comparator, rest = _bound(words)
    match = _AMOUNT.fullmatch(rest)
    if match is None:
        raise AmountError(f"{given[:60]!r} is no number")
    if match["sign"]:
        raise AmountError(f"{given[:60]!r} is below zero; nobody has so many of anything")
    low = _number(match["low"], has_comma_decimals=has_comma_decimals)
    if match["high"] is None:
        return Amount(low, None, None if comparator == "between" else comparator, match["unit"])
    high = _number(match["high"], has_comma_decimals=has_comma_decimals)
    if low > high:
        raise AmountError(f"{given[:60]!r} ends below its beginning")
    return Amount(low, high, "between", match["unit"])


def comparator_named(given: str) -> str | None:
    """The bound that words or a sign name; None for none.

    Raises:
        AmountError: They name none that is known.
    """
    words = " ".join(given.lower().split())
    if not words:
        return None
    if words not in _BOUNDS:
        known = "at most, at least, more than, less than, about, between"
        raise AmountError(f"{given[:60]!r} is no comparator; it takes {known}")
    return _BOUNDS[words]


def _bound(words: str) -> tuple[str | None, str]:
    lower = words.lower()
    for name in sorted(_BOUNDS, key=len, reverse=True):
        if lower.startswith(name) and not lower[len(name) : len(name) + 1].isalpha():
            return _BOUNDS[name], words[len(name) :].strip()
    return None, words


def _number(given: str, *, has_comma_decimals: bool) -> float:
    if has_comma_decimals and _AMBIGUOUS.fullmatch(given):
        plain = re.sub(r"\D", "", given)
        raise AmountError(f"{given!r} can be read in two ways here; write {plain} for thousands")
    if _PLAIN.fullmatch(given):
        text = given
    elif _SPACED.fullmatch(given):
        text = _SPACE.sub("", given).replace(",", ".")
    elif _BY_COMMA.fullmatch(given):
        text = given.replace(",", "")
    elif _BY_POINT.fullmatch(given):
        text = given.replace(".", "").replace(",", ".")
    elif has_comma_decimals and _COMMA_DECIMAL.fullmatch(given):
        text = given.replace(",", ".")
    else:
        raise AmountError(f"{given[:60]!r} is no number")
    if len(text) > _MOST_DIGITS:
        raise AmountError(f"{given[:60]!r} has too many digits")
    return float(text)
