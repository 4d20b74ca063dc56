"""Numbers in a text, in digits and in words, with their values."""

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.quantities.word_lists import any_of, given_words

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SCALES = {
    "dozen": 12.0,
    "score": 20.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
}
# Short forms behind digits; m is a million only beside money or before what is counted.
_SHORT_SCALES = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "trn": 1e12,
}
# "dozens" are two of them at least.
_PLURALS = {"tens": 10.0, **{f"{word}s": value for word, value in _SCALES.items()}}
_MANY = 2.0
_SEVERAL = {"several": 3.0, "a few": 3.0, "a couple of": 2.0, "a couple": 2.0, "couple of": 2.0}
# Where a number can begin: at a digit, a sign, or a word.
_SIGNS = r"\d.+$€£¥₹₽₴₩₪₺₦₱"
_START = re.compile(rf"[{_SIGNS}]|\b[a-z]+")
# More digits than any figure of the news has are the number of something, not an amount.
_MAX_DIGITS = 15

_UNITS = any_of([*_SMALL])
_TEN = any_of(_TENS)
_BELOW_100 = rf"(?:(?:{_TEN})(?:[ -](?:{any_of(list(_SMALL)[1:10])}))?|{_UNITS})"
_SCALE = any_of(_SCALES)
_SHORT = any_of(_SHORT_SCALES)
_PLURAL = any_of(_PLURALS)
_WORDS = (
    rf"(?:{_BELOW_100}|an?|half an?)(?:[ -](?:{_SCALE}))(?:,? (?:and )?{_BELOW_100}"
    rf"(?: (?:{_SCALE}))*)*(?: (?:{_SCALE}))*|{_BELOW_100}"
)
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text.

    Attributes:
        start: Its first code point, a currency sign included.
        end: The code point after its last.
        value: The number.
        sign: Currency sign before it, or "".
        is_word: It is written in words.
        is_plural: It is "dozens", "thousands" and the like: so many at least.
        is_vague: It is "several hundred", "a few dozen".
        has_scale: It has a word such as million with it.
        is_grouped: Its digits are in groups of three, as amounts are and years are not.
    """

    start: int
    end: int
    value: float
    sign: str = ""
    is_word: bool = False
    is_plural: bool = False
    is_vague: bool = False
    has_scale: bool = False
    is_grouped: bool = False


def _money_pattern(number: int) -> str:
    """Digits behind a currency sign, with names for the groups."""
    scale = rf"[ \xa0-]?(?:{_SCALE}|{_SHORT})\b"
    return rf"[ \xa0]?(?P<money{number}>{_DIGITS})(?P<money_scale{number}>{scale})?(?!\w)"


@functools.cache
def _pattern() -> re.Pattern[str]:
    signs = [sign.lower() for sign in given_words()["currencies"]]
    words, others = [[s for s in signs if s[0].isalpha() is is_word] for is_word in (True, False)]
    return re.compile(
        # What begins with a digit or a sign. First telephone numbers, versions, dates and hours
        # in digits, and types such as 3M-14: they are no quantities.
        rf"(?=[{_SIGNS}])(?:"
        r"(?P<skip>\+\d[\d ()-]{6,20}\d|(?<![\w.])(?:\d{3}[ -]\d{3}[ -]\d{4}"
        r"|(?<!-)\d{3}-\d{4}(?![\d-])"
        r"|\d+(?:\.\d+){2,}|(?<!-)\d{1,4}([/.-])\d{1,2}\2\d{1,4}(?![\d-])"
        r"|\d{1,2}:\d\d(?::\d\d)?|\d+[a-z]+-\d+))"
        rf"|(?<![\w$€£])(?P<sign0>{any_of(others)}){_money_pattern(0)}"
        rf"|(?<![\w.,/:−+])(?<!\D[-–—])(?<!^[-–—])(?P<digits>{_DIGITS})"
        rf"(?P<scale>[ \xa0-](?:{_SCALE})s?\b|(?:{_SHORT})\b)?"
        # What begins with a letter.
        rf")|\b(?=[a-z])(?:(?P<words>{_WORDS})(?!\w)"
        rf"|(?P<several>{any_of(_SEVERAL)})[ ](?P<several_scale>{_SCALE})\b"
        rf"|(?P<plural>(?:(?:{_PLURAL}) of )*(?:{_PLURAL}))\b(?! ago\b)"
        rf"|(?P<sign1>{any_of(words)}){_money_pattern(1)})"
    )


def find_numbers(text: str) -> Iterator[Number]:
    """All numbers in text order; whether they count something is not asked here.

    >>> [number.value for number in find_numbers("two hundred men, $1.5bn, dozens, 1,550")]
    [200.0, 1500000000.0, 24.0, 1550.0]
    """
    for match in _matches(_lower(text)):
        reader = next((read for kind, read in _readers() if match[kind] is not None), None)
        number = reader(match) if reader else None
        if number is not None:
            yield number


def _matches(lower: str) -> Iterator[re.Match[str]]:
    """What the pattern finds; it is tried only where a first word, a digit or a sign stands."""
    first_words = _first_words()
    starts = [
        start.start()
        for start in _START.finditer(lower)
        if start[0] in first_words or not start[0].isalpha()
    ]
    pattern, end = _pattern(), 0
    for start in starts:
        match = pattern.match(lower, start) if start >= end else None
        if match is not None:
            end = match.end()
            yield match


@functools.cache
def _first_words() -> frozenset[str]:
    """Words, and letters of currency signs, that a number in letters begins with."""
    phrases = [*_SMALL, *_TENS, *_SEVERAL, *_PLURALS, "a", "an", "half"]
    found = (_START.match(words.lower()) for words in (*phrases, *given_words()["currencies"]))
    return frozenset(match[0] for match in found if match is not None)


def _lower(text: str) -> str:
    """The text in lower case, with every letter at its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)


_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def _money(match: re.Match[str]) -> Number | None:
    n = 0 if match["money0"] is not None else 1
    value = _digits(match[f"money{n}"])
    scale = _scale(match[f"money_scale{n}"])
    if value is None:
        return None
    sign = next(s for s in given_words()["currencies"] if s.lower() == match[f"sign{n}"])
    return Number(match.start(), match.end(), value * scale, sign=sign, has_scale=scale > 1)


def _plain(match: re.Match[str]) -> Number | None:
    given = match["digits"]
    value = _digits(given)
    scale = _scale(match["scale"])
    if value is None:
        return None
    grouped = not given.replace(".", "").isdigit()
    return Number(
        match.start(), match.end(), value * scale, has_scale=scale > 1, is_grouped=grouped
    )


def _several(match: re.Match[str]) -> Number:
    value = _SEVERAL[match["several"]] * _SCALES[match["several_scale"]]
    return Number(match.start(), match.end(), value, is_word=True, is_vague=True, has_scale=True)


def _plural(match: re.Match[str]) -> Number:
    value = _MANY
    for word in match["plural"].split(" of "):
        value *= _PLURALS[word]
    return Number(match.start(), match.end(), value, is_word=True, is_plural=True, has_scale=True)


def _in_words(match: re.Match[str]) -> Number:
    given = match["words"]
    return Number(
        match.start(),
        match.end(),
        value_of_words(given),
        is_word=True,
        has_scale=any(word in _SCALES for word in re.split(r"[ -]", given)),
    )


def _readers() -> tuple[tuple[str, Callable[[re.Match[str]], Number | None]], ...]:
    return (
        ("digits", _plain),
        ("words", _in_words),
        ("money0", _money),
        ("money1", _money),
        ("plural", _plural),
        ("several", _several),
    )


def _digits(given: str) -> float | None:
    plain = re.sub(r"[,\u00a0\u202f]", "", given)
    return float(plain) if len(plain) <= _MAX_DIGITS else None


def _scale(given: str | None) -> float:
    if not given:
        return 1.0
    word = given.strip(" \xa0-")
    return _SCALES.get(word) or _SHORT_SCALES.get(word) or _SCALES[word.rstrip("s")]


def value_of_words(words: str) -> float:
    """The value of a number in words.

    >>> value_of_words("two hundred and fifty thousand"), value_of_words("half a million")
    (250000.0, 500000.0)
    """
    total = current = 0.0
    for word in re.split(r"[ ,-]+", words):
        if word in _SMALL:
            current += _SMALL[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "half":
            current = 0.5
        elif word in {"a", "an"}:
            current = current or 1.0
        elif word in {"hundred", "dozen", "score"}:
            current = (current or 1.0) * _SCALES[word]
        elif word in _SCALES:
            total += (current or 1.0) * _SCALES[word]
            current = 0.0
    return total + current
