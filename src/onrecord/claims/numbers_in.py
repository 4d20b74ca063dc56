"""Numbers as the words of a clause have them, with their noun: what no other finder has read.

"One vine in twenty", "a third of the vines", "two dozen names", "fifteen thousand marched".
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.claims.compatibility import Interval, interval_of
from onrecord.claims.models import Count
from onrecord.claims.word_lists import counting, modes, stem, thing_of

_UNITS: Final = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    w: 10 * n
    for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES: Final = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_PARTS: Final = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5,
                 "fifths": 5, "tenth": 10, "tenths": 10}  # fmt: skip
_WORD: Final = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:['’][a-z]+)?|%")
_COMPARATORS: Final = (
    ("at least", r"(?:at least|no fewer than|no less than|not fewer than|a minimum of|upwards of)"),
    ("at most", r"(?:at most|no more than|not more than|up to|at best|a maximum of|barely|only)"),
    ("more than", r"(?:more than|over|above|well over|in excess of)"),
    ("less than", r"(?:fewer than|less than|under|below|not even|nearly|almost)"),
    ("about", r"(?:about|around|some|roughly|approximately|an estimated|close to)"),
)
_BEFORE: Final = tuple(
    (name, re.compile(rf"\b{pattern}(?: an?| the)? ?$", re.IGNORECASE))
    for name, pattern in _COMPARATORS
)
_SHARE: Final = "share"
_REACH: Final = 3
_YEARS: Final = (1900, 2100)
_ANY: Final = re.compile(
    r"\d|\b(?:" + "|".join((*_UNITS, *_TENS, *_SCALES, *_PARTS)) + ")", re.IGNORECASE
)
# A range has two numbers that stand for one.
_RANGE: Final = re.compile(r"\bbetween\b.*\band\b|\bfrom\b.*\bto\b", re.IGNORECASE)
_ONE_IN: Final = re.compile(r"\bone(?: [a-z]+)? (?:in|out of|of every) (?P<of>\w+)", re.IGNORECASE)
# A bare "one" or "two" tells too little.
_LEAST: Final = 2


def numbers_in(text: str) -> tuple[Count, ...]:
    """Numbers of a clause as counts of kind "~", in text order.

    >>> [(c.value, c.thing) for c in numbers_in("killed one vine in twenty, and two dozen goats")]
    [(5.0, 'share'), (24.0, 'goat')]
    """
    if not _ANY.search(text) or _RANGE.search(text):
        return ()
    shares = list(_ONE_IN.finditer(text))
    found = [
        _of_share(100.0 / of, text, m.start(), m[0])
        for m in shares
        if (of := _simple(m["of"])) is not None and of > 1
    ]
    taken = [m.span() for m in shares]
    words = [m for m in _WORD.finditer(text) if not any(a <= m.start() < b for a, b in taken)]
    at = 0
    while at < len(words):
        value, end = _read(words, at)
        if value is None:
            at += 1
            continue
        made = _made(text, words, at, end, value)
        if made is not None:
            found.append(made)
        at = end
    return tuple(found)


def _simple(word: str) -> float | None:
    lower = word.lower()
    if lower[:1].isdigit():
        return float(lower.replace(",", "")) if re.fullmatch(r"[\d,]*\d(?:\.\d+)?", lower) else None
    value = _UNITS.get(lower, _TENS.get(lower))
    return None if value is None else float(value)


def _read(words: Sequence[re.Match[str]], at: int) -> tuple[float | None, int]:
    """The number that begins at a word, and where it ends; None if none does."""
    total, current, end = 0.0, None, at
    first = words[at][0].lower()
    if first in {"a", "an"} and _next(words, at) in _SCALES | _PARTS:
        current, end = 1.0, at + 1
    while end < len(words):
        lower = words[end][0].lower()
        value = _simple(lower)
        if value is not None and (current is None or (current % 100 == 0 and value < 100) or (
            current % 100 >= 20 and current % 10 == 0 and value < 10
        )):  # fmt: skip
            current = (current or 0.0) + value
        elif lower in _SCALES and current is not None:
            scale = _SCALES[lower]
            if scale >= 1000:
                total, current = total + current * scale, 0.0
            else:
                current *= scale
        elif lower == "and" and end > at and _simple(_next(words, end)) is not None and (
            words[end - 1][0].lower() in _SCALES
        ):  # fmt: skip
            pass
        else:
            break
        end += 1
    return (None, at + 1) if current is None or end == at else (total + current, end)


def _next(words: Sequence[re.Match[str]], at: int) -> str:
    return words[at + 1][0].lower() if at + 1 < len(words) else ""


def _made(
    text: str, words: Sequence[re.Match[str]], at: int, end: int, value: float
) -> Count | None:
    start, shown = words[at].start(), text[words[at].start() : words[end - 1].end()]
    behind = [w[0].lower() for w in words[end : end + _REACH]]
    if behind and behind[0] in _PARTS:
        return _of_share(100.0 * value / _PARTS[behind[0]], text, start, shown)
    if behind and (behind[0] in {"percent", "%"} or behind[:2] == ["per", "cent"]):
        return _of_share(value, text, start, shown)
    noun = next(_nouns(behind), None)
    before = text[max(0, start - 14) : start].split()
    is_date = bool(before) and (before[-1] == "May" or _is_of_time(before[-1].strip(",").lower()))
    if is_date or _is_time(behind) or (noun is None and _is_year(value)) or value < _LEAST:
        return None
    told = (counting().of_stem.get(stem(word)) for word in behind)
    what = next((one for one in told if one is not None), None)
    thing = None if noun is None or what is not None else thing_of(noun)
    return Count(
        interval=_interval(value, text, start), value=value, what=what or "~", thing=thing,
        is_part=behind[:1] == ["more"] or behind[1:2] == ["more"], shown=shown,
    )  # fmt: skip


def _of_share(value: float, text: str, start: int, shown: str) -> Count:
    around = _interval(value, text, start)
    room = Interval(around.low * 0.9, around.high * 1.1)
    return Count(interval=room, value=value, what="~", thing=_SHARE, shown=shown)


def _interval(value: float, text: str, start: int) -> Interval:
    before = text[max(0, start - 24) : start]
    name = next((name for name, pattern in _BEFORE if pattern.search(before)), None)
    return interval_of(value, None, name)


def _nouns(behind: Sequence[str]) -> Iterator[str]:
    skip = modes()["small"] | modes()["numbers"]
    for word in behind:
        if word in skip and word != "of":
            return
        if word != "of" and not word.endswith(("ly", "ed")):
            yield word


def _is_of_time(word: str) -> bool:
    known = modes()["units_of_time"]
    return word in known or word.removesuffix("s") in known or word in {"o’clock", "o'clock"}


def _is_time(behind: Sequence[str]) -> bool:
    return bool(behind) and _is_of_time(behind[0])


def _is_year(value: float) -> bool:
    return _YEARS[0] <= value <= _YEARS[1]
