"""The rules of `rules.toml`, compiled; and where in a line of tokens they can match."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.times.tokens import TokenLine, rules_table, vocabulary

_PART = re.compile(r"<([a-z_]+)>(?!\()")
_CLASS = re.compile(r"\{([a-z_0-9]+)\}")
_GROUP_NAME = re.compile(r"(\(\?P<[a-z0-9_]+>)")
# An expression reaches no further than this from the word that it is found by.
_REACH_BEFORE = 9
_REACH_AFTER = 12


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One kind of expression.

    Attributes:
        name: As it stands in the file.
        maker: Name of the function that makes a value.
        pattern: Over the characters of word classes.
        number: Its place in the file.
    """

    name: str
    maker: str
    pattern: re.Pattern[str]
    number: int


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules.

    Attributes:
        by_core: The rules that a word can be the core of, by its character.
        cores: Finds such words.
    """

    by_core: Mapping[str, tuple[Rule, ...]]
    cores: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens that a rule matches; the later ones of two at one place give way."""

    rule: Rule
    match: re.Match[str]

    @property
    def order(self) -> tuple[int, int, int]:
        """First in the text, then longest, then first in the file."""
        return self.match.start(), -self.match.end(), self.rule.number


@functools.cache
def rule_book() -> RuleBook:
    """The rules in the package."""
    table, classes = rules_table(), vocabulary().classes
    by_core: dict[str, list[Rule]] = {}
    for number, given in enumerate(table["rules"]):
        pattern = re.compile(_expand(given["pattern"], table["parts"], classes))
        rule = Rule(given["name"], given["maker"], pattern, number)
        for character in sorted({c for name in given["core"].split() for c in classes[name]}):
            by_core.setdefault(character, []).append(rule)
    return RuleBook(
        {character: tuple(rules) for character, rules in by_core.items()},
        re.compile(f"[{''.join(sorted(by_core))}]"),
    )


def _expand(pattern: str, parts: Mapping[str, str], classes: Mapping[str, str]) -> str:
    """The regular expression behind a pattern: parts put in, classes as character sets."""
    pieces = _GROUP_NAME.split(pattern)
    for at, piece in enumerate(pieces):
        if not _GROUP_NAME.fullmatch(piece):
            pieces[at] = _PART.sub(lambda m: _expand(parts[m[1]], parts, classes), piece)
    return _CLASS.sub(lambda m: f"[{classes[m[1]]}]", "".join(pieces))


def find_candidates(line: TokenLine) -> Iterator[list[Candidate]]:
    """Candidates in text order, those of neighbouring words together."""
    book = rule_book()
    for first, last in _windows(line, book):
        characters = dict.fromkeys(line.classes[first : last + 1])
        rules = dict.fromkeys(r for c in characters for r in book.by_core.get(c, ()))
        start = max(0, first - _REACH_BEFORE)
        end = min(len(line.classes), last + _REACH_AFTER)
        found = [
            Candidate(rule, match)
            for rule in rules
            for match in rule.pattern.finditer(line.classes, start, end)
            if match.start() <= last + 2 and match.end() > first
        ]
        if found:
            yield sorted(found, key=lambda c: c.order)


def _windows(line: TokenLine, book: RuleBook) -> Iterator[tuple[int, int]]:
    """First and last core word of each run of core words that are near each other."""
    first = last = -1
    for match in book.cores.finditer(line.classes):
        at = match.start()
        if first >= 0 and at - last > _REACH_BEFORE:
            yield first, last
            first = -1
        first, last = (at if first < 0 else first), at
    if first >= 0:
        yield first, last
