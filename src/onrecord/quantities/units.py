"""What a number counts: the noun behind it, in the singular."""

import functools
import re
from dataclasses import dataclass

from onrecord.quantities.word_lists import word_lists

# The noun phrase behind a number is looked for in so many characters and words.
_WINDOW_CHARS = 90
_MAX_WORDS = 5
_WORD = re.compile(r"(?P<gap>[ \xa0]|\r?\n(?!\s))(?P<word>[^\W\d_][\w’'.&-]*)")
_PARTICIPLE = re.compile(r"\w{2,}(?:ed|ing)$")
# Measures that stand behind a number and a hyphen: "a 40-member team".
_HYPHENED = re.compile(
    r"-(kilomet(?:re|er)|met(?:re|er)|mile|tonne|ton|foot|acre|hectare|megawatt|kiloton|megaton|"
    r"seat|member|lit(?:re|er)|gallon|barrel|pound)\b"
)
_SURELY_SINGULAR = ("ss", "us", "is")
_OF_MONEY = re.compile(
    r"[ \xa0](?:of )?((?:US |U\.S\. |Australian |Canadian |Hong Kong )?"
    r"(?:dollar|euro|pound|rouble|ruble|rupee|yuan|hryvnia|franc|shekel|peso|rial|riyal|dinar|"
    r"cent|krona|krone|lira|naira|rand|won|yen|real|dirham|taka)s?)\b",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted.

    Attributes:
        name: In the singular, None when nothing can be told.
        end: The code point after its last word.
        is_time: It is a word of time.
    """

    name: str | None
    end: int
    is_time: bool = False


def unit_behind(text: str, end: int, *, is_one: bool = False) -> Unit:
    """The unit of the number that ends here.

    Args:
        text: The text.
        end: The code point after the number.
        is_one: The number is one, so that its noun has no plural.

    >>> unit_behind("1,550 deployed nuclear warheads in all", 5).name
    'nuclear warhead'
    """
    lists = word_lists()
    short = lists.measure.match(text, end, end + 12)
    if short is not None:
        return Unit(lists.measures[short[1]], short.end())
    has_phrase = lists.any_phrase.match(text, end, end + 40) is not None
    for pattern, name in lists.phrases if has_phrase else ():
        found = pattern.match(text, end, end + 40)
        if found is not None:
            return Unit(name, found.end())
    money = _OF_MONEY.match(text, end, end + 40)
    if money is not None:
        return Unit(singular(money[1]), money.end())
    hyphened = _HYPHENED.match(text, end, end + 20)
    if hyphened is not None:
        return Unit(hyphened[1], hyphened.end())
    return _noun_behind(text, end, is_one=is_one)


def _noun_behind(text: str, end: int, *, is_one: bool) -> Unit:
    words = _phrase_words(text, end)
    head = _head(words, is_one=is_one)
    if head is None:
        return Unit(None, end)
    kept = [word for word, _ in words[: head + 1]]
    last = singular(kept[-1].rstrip("’'"))
    is_time = last.lower() in word_lists().times
    name = " ".join([*(w for w in kept[:-1] if _tells(w)), last])
    return Unit(name, words[head][1], is_time)


def _phrase_words(text: str, end: int) -> list[tuple[str, int]]:
    """Words up to the end of the noun phrase, with where they end."""
    found: list[tuple[str, int]] = []
    ends, at, limit = word_lists().ends, end, end + _WINDOW_CHARS
    while len(found) < _MAX_WORDS:
        match = _WORD.match(text, at, limit)
        if match is None:
            break
        word = match["word"].rstrip(".")
        if word.lower() == "of" and not found:
            at = match.end()  # "dozens of men"
            continue
        if word.lower() in ends or match.end() == limit:
            break
        found.append((word, match.start("word") + len(word)))
        if len(word) < len(match["word"]) or word.endswith(("'s", "’s")):
            break
        at = match.end()
    return found


def _head(words: list[tuple[str, int]], *, is_one: bool) -> int | None:
    """The first plural of the phrase, or the second of two such as "arms dealers"."""
    before_nouns = word_lists().before_nouns
    for n, (word, _) in enumerate(words):
        if is_plural(word) and word.lower() not in word_lists().adjectives:
            follows = n + 1 < len(words) and is_plural(words[n + 1][0])
            return n + 1 if follows and word.lower() in before_nouns else n
    if is_one and words:
        plain = [n for n, (word, _) in enumerate(words[:2]) if not _PARTICIPLE.match(word)]
        lower = [n for n in plain if words[n][0].islower() and _tells(words[n][0])]
        return (lower[-1] if len(words) <= 2 else lower[0]) if lower else None
    return None


def is_plural(word: str) -> bool:
    """Whether a word can be a plural.

    >>> is_plural("warheads"), is_plural("people"), is_plural("crisis")
    (True, True, False)
    """
    lower = word.lower()
    if lower in word_lists().irregular:
        return True
    if not lower.endswith("s") or len(lower) <= 2 or "." in lower:
        return False
    return not lower.endswith((*_SURELY_SINGULAR, "'s", "’s"))


def _tells(word: str) -> bool:
    """Whether a word before the noun is part of what is counted."""
    lower = word.lower()
    return lower not in word_lists().adjectives and not _PARTICIPLE.match(lower)


@functools.lru_cache(maxsize=4096)
def singular(noun: str) -> str:
    """The singular of a plural; other words stay as they are.

    >>> singular("warheads"), singular("people"), singular("countries"), singular("churches")
    ('warhead', 'person', 'country', 'church')
    """
    lower = noun.lower()
    irregular = word_lists().irregular.get(lower)
    if irregular is not None:
        return irregular
    if not lower.endswith("s") or lower.endswith(_SURELY_SINGULAR) or len(lower) <= 2:
        return noun
    if lower.endswith("ies") and len(lower) > 4:
        return f"{noun[:-3]}y"
    if lower.endswith(("ches", "shes", "xes", "sses", "zzes", "oes")) and len(lower) > 4:
        return noun[:-2]
    return noun[:-1]
