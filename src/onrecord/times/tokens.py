"""A text as a line of word classes: one character for each word, mark or line end.

Rules are regular expressions over that line, so that they see words and not letters.
"""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_AMPM = r"[ap]\.\s?m\.?(?![a-z])|[ap]m\b"
# Digits are ASCII ones: other scripts' dates are not read. Every code point but white space
# belongs to a token, so nothing can hide between two of them. Words come first, as most are.
_TOKEN = re.compile(
    rf"(?P<word>(?!{_AMPM})[^\W\d_]+)"
    rf"|(?P<ampm>{_AMPM})"
    r"""
    |(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])
            (?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)
    |(?P<slashed>(?<![0-9./])[0-9]{1,4}(?P<mark>[/.])[0-9]{1,2}(?P=mark)[0-9]{2,4}(?![0-9]|[/.][0-9]))
    |(?P<clock>[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:]))
    |(?P<clock12>[01]?[0-9](?:[:.][0-5][0-9])?[ap]m\b)
    |(?P<decade>[0-9]{2,4}s\b)
    |(?P<nth>[0-9]{1,3}(?:st|nd|rd|th)\b)
    |(?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)
    |(?P<newline>[\r\n\u2028\u2029\x0b\x0c\x85]+)
    |(?P<other>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_MARKS = {
    ".": "dot stop", "!": "stop", "?": "stop", ";": "stop", ":": "colon", ",": "comma",
    "-": "hyphen", "–": "hyphen", "—": "hyphen", "‐": "hyphen", "‑": "hyphen", "−": "hyphen",
    "'": "apos", "’": "apos", "‘": "apos", "/": "slash", "(": "open", ")": "close",
    "%": "percent", "$": "money", "£": "money", "€": "money", "¥": "money", "½": "number",
    "+": "plus",
}  # fmt: skip
# Longer numbers are no counts of days or years.
_MAX_DIGITS = 12
# Kinds of tokens that are known by how they are spelled.
_SPELLED = frozenset(("word", "other"))
# The class of all that no rule names.
OTHER = "\x01"


# Words before a month or a year that show that it is one.
BEFORE_DATES = frozenset(
    """in of by since until till from to through during before after between early late mid this
    last next for and or around circa about throughout the every each year ca c born died on"""
    """ -""".split()
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of `words.toml`.

    Attributes:
        words: The character of each spelling of a known word or mark.
        classes: The characters that stand for each class.
        numbers: The character of a kind of token that is no word.
        values: What words mean, by table.
        holidays: When each holiday is.
        lists: Words that tell numbers from years.
    """

    words: Mapping[str, str]
    classes: Mapping[str, str]
    numbers: Mapping[frozenset[str], str]
    values: Mapping[str, Mapping[str, Any]]
    holidays: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TokenLine:
    """The tokens of a text.

    Attributes:
        text: The text.
        classes: A character for each token.
        starts: Where each token begins.
        ends: Where each ends.
    """

    text: str
    classes: str
    starts: list[int]
    ends: list[int]

    def word(self, at: int) -> str:
        """A token as it stands in the text; "" outside of it."""
        return self.text[self.starts[at] : self.ends[at]] if 0 <= at < len(self.starts) else ""


def _table(name: str) -> dict[str, Any]:
    path = importlib.resources.files("onrecord.times") / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.cache
def rules_table() -> Mapping[str, Any]:
    """What `rules.toml` holds."""
    return _table("rules.toml")


_NUMBER_KINDS = [
    frozenset(kinds.split())
    for kinds in (
        "iso", "slashed", "clock", "clock12", "ampm", "decade", "nth", "nth dayth", "newline",
        "number", "number three", "number day", "number two", "number day two",
        "year", "year number",
    )
]  # fmt: skip


@functools.cache
def vocabulary() -> Vocabulary:
    """The words in the package, each with the character of its set of classes."""
    given = _table("words.toml")
    memberships: dict[str, set[str]] = {mark: set(kinds.split()) for mark, kinds in _MARKS.items()}
    for name, entry in given["classes"].items():
        for word in entry.get("words", "").split():
            for spelling in (word, word.capitalize(), word.upper()):
                memberships.setdefault(spelling, set()).add(name)
        for word in entry.get("capital", "").split():
            for spelling in (word.capitalize(), word.upper()):
                memberships.setdefault(spelling, set()).add(name)
    characters: dict[frozenset[str], str] = {}
    for kinds in [*_NUMBER_KINDS, *map(frozenset, memberships.values())]:
        # Letters of a private area: none of them means anything in a regular expression.
        characters.setdefault(kinds, chr(0xE000 + len(characters)))
    classes: dict[str, str] = {}
    for kinds, character in characters.items():
        for kind in kinds:
            classes[kind] = classes.get(kind, "") + character
    return Vocabulary(
        words={word: characters[frozenset(kinds)] for word, kinds in memberships.items()},
        classes=classes,
        numbers={kinds: characters[kinds] for kinds in _NUMBER_KINDS},
        values=given["values"],
        holidays=given["holidays"],
        lists={name: frozenset(words.split()) for name, words in given["lists"].items()},
    )


def read_tokens(text: str) -> TokenLine:
    """The tokens of a text with their classes, in time that grows with its length."""
    matches = list(_TOKEN.finditer(text))
    known = vocabulary()
    words = known.words
    classes = [
        words.get(match[0], OTHER) if match.lastgroup in _SPELLED else _class_of(match, known)
        for match in matches
    ]
    starts, ends = [match.start() for match in matches], [match.end() for match in matches]
    return TokenLine(text, "".join(classes), starts, ends)


def _class_of(match: re.Match[str], known: Vocabulary) -> str:
    """The character of a token that is no word."""
    kind, word = match.lastgroup or "newline", match[0]
    if kind == "number":
        return _number_class(word, known.numbers)
    if kind == "nth" and 1 <= int(word[:-2]) <= 31:
        return known.numbers[frozenset({"nth", "dayth"})]
    return known.numbers[frozenset({kind})]


def _number_class(word: str, kinds_of: Mapping[frozenset[str], str]) -> str:
    if len(word) > _MAX_DIGITS:
        return OTHER
    if not word.isdigit():
        return kinds_of[frozenset({"number"})]
    if len(word) == 4:
        return kinds_of[frozenset({"year", "number"})]
    if len(word) == 3:
        return kinds_of[frozenset({"number", "three"})]
    kinds = {"number"}
    if len(word) <= 2 and 1 <= int(word) <= 31:
        kinds.add("day")
    if len(word) == 2:
        kinds.add("two")
    return kinds_of[frozenset(kinds)]
