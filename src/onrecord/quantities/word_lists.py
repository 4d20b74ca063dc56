"""What `words.toml` holds, as patterns and sets."""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class WordLists:
    """Words beside numbers.

    Attributes:
        before: Bounds right before a number; the name of the group tells which.
        last_words: The last words of bounds, to look no further without one.
        behind: Bounds right behind it.
        currencies: Units by sign.
        measures: Units by short form.
        measure: The short forms, as a pattern.
        phrases: Patterns of several words and their units.
        any_phrase: One pattern for all of them, to look no further without one.
        irregular: Singulars by plural.
        before_nouns: Plurals that stand before another noun.
        surely: Plurals that are counted even behind a name.
        times: Words of time in the singular.
        adjectives: Words that are no part of what is counted.
        ends: Words at which a noun phrase ends.
    """

    before: re.Pattern[str]
    last_words: frozenset[str]
    behind: re.Pattern[str]
    currencies: Mapping[str, str]
    measures: Mapping[str, str]
    measure: re.Pattern[str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    any_phrase: re.Pattern[str]
    irregular: Mapping[str, str]
    before_nouns: frozenset[str]
    surely: frozenset[str]
    times: frozenset[str]
    adjectives: frozenset[str]
    ends: frozenset[str]


@functools.cache
def word_lists() -> WordLists:
    """The lists, read once."""
    given = given_words()
    nouns = given["nouns"]
    return WordLists(
        before=re.compile(
            rf"(?<![\w-])(?:{_named_groups(given['comparators'])})\s*$", re.IGNORECASE
        ),
        last_words=frozenset(
            words.split()[-1].replace("\\", "")
            for group in given["comparators"].values()
            for words in group
        ),
        behind=re.compile(
            rf"\s?(?:{_named_groups(given['comparators_behind'])})(?![\w-])", re.IGNORECASE
        ),
        currencies=given["currencies"],
        measures=given["measures"],
        measure=re.compile(rf"[ \xa0]?-?({any_of(given['measures'])})(?![\w²])"),
        phrases=tuple(
            (re.compile(rf"[\s-](?:{pattern})\b", re.IGNORECASE), unit)
            for pattern, unit in given["phrases"].items()
        ),
        any_phrase=re.compile(rf"[\s-](?:{'|'.join(given['phrases'])})\b", re.IGNORECASE),
        irregular=nouns["irregular"],
        before_nouns=frozenset(nouns["before_nouns"].split()),
        surely=frozenset(nouns["surely"].split()),
        times=frozenset(nouns["times"].split()),
        adjectives=frozenset(nouns["adjectives"].split()),
        ends=frozenset(given["ends"]["words"].split()),
    )


def bound_before(window: str) -> re.Match[str] | None:
    """The bound with which the words before a number end."""
    lists = word_lists()
    last = window.split()[-1:]
    if not last or last[0].lower() not in lists.last_words:
        return None
    return lists.before.search(window)


@functools.cache
def given_words() -> dict[str, Any]:
    """The file as it is."""
    path = importlib.resources.files("onrecord.quantities") / "words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _named_groups(comparators: Mapping[str, Iterable[str]]) -> str:
    return "|".join(
        f"(?P<{name.replace(' ', '_')}>{'|'.join(sorted(words, key=lambda w: -len(w)))})"
        for name, words in comparators.items()
    )


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
