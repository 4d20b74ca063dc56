"""All that is known of names, as one index from words to entries."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.actors import tables
from onrecord.actors.names import Word, name_key
from onrecord.actors.tables import read_rows, split_list

# Names of so few letters are words or initials of much else when not in capitals.
_SHORT = 3
_SHORT_ANYHOW = frozenset({"eu", "un", "uk", "uae", "usa"})
# Subjects whose names of one word are common words too: Labour, Guardian, Apple.
_COMMON_WORDS = frozenset({"parties", "media", "companies", "agencies", "persons", "regions"})
CODE = re.compile(r"[A-Z]{3}(?:\.[A-Z]{3})?(?:\.(?:OPP|PRE))?")


class Sort(StrEnum):
    """What an entry tells of a name."""

    COUNTRY = "country"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    SEAT = "seat"
    REGION = "region"
    BODY = "body"
    PERSON = "person"
    ROLE = "role"


# The sorts that name a country and can stand before a role: "Russian", "Moscow", "Texas".
OF_COUNTRY = frozenset(
    {Sort.COUNTRY, Sort.ADJECTIVE, Sort.PEOPLE, Sort.CAPITAL, Sort.REGION, Sort.SEAT}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a name.

    Attributes:
        sort: What it tells.
        codes: Actor codes; of several, the one of the country that a text is about counts.
        country: ISO 3166-1 alpha-3, None for bodies of many countries.
        start: First day, month or year of the meaning; None when it always held.
        end: The last one; None when it still holds.
        strength: Of a role: strong, weak, plain or title.
        why: Table and name, for those who ask where a code comes from.
        is_given: A user gave it; it goes before what the package knows.
        is_vague: It is also the name of something else, so it tells no country by itself.
        needs_capital: Without a capital letter it is a common word.
    """

    sort: Sort
    codes: tuple[str, ...]
    country: str | None
    why: str
    start: str | None = None
    end: str | None = None
    strength: str = "strong"
    is_given: bool = False
    is_vague: bool = False
    needs_capital: bool = False

    def holds_at(self, date: str) -> bool:
        """Whether the meaning holds on a date, which may be a month or a year only."""
        return not self.is_before(date) and not self.is_after(date)

    def is_before(self, date: str) -> bool:
        """Whether the date lies before the first day."""
        return self.start is not None and lies_before(date, self.start)

    def is_after(self, date: str) -> bool:
        """Whether the date lies after the last day."""
        return self.end is not None and lies_before(self.end, date)


def lies_before(first: str, second: str) -> bool:
    """Whether one date ends before the other begins, as far as both are known."""
    n = min(len(first), len(second))
    return first[:n] < second[:n]


class Knowledge:
    """Entries by the words of their names."""

    def __init__(self, named: Iterable[tuple[str, Entry]]) -> None:
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._n_words: dict[str, int] = {}
        self._initials: set[str] = set()
        for name, entry in named:
            self._add(name, entry)

    def _add(self, name: str, entry: Entry) -> None:
        key = name_key(name, keeps_article=name.startswith("The "))
        before = self._entries.get(key, ())
        self._entries[key] = (entry, *before) if entry.is_given else (*before, entry)
        if len(key) <= _SHORT and name.isupper() and key not in _SHORT_ANYHOW:
            self._initials.add(key)
        first = key.split(" ", 1)[0]
        self._n_words[first] = max(self._n_words.get(first, 0), key.count(" ") + 1)

    def with_entries(self, named: Iterable[tuple[str, Entry]]) -> "Knowledge":
        """The same and more; what is given goes before what was there."""
        new = Knowledge(())
        new._entries, new._n_words = dict(self._entries), dict(self._n_words)
        new._initials = set(self._initials)
        for name, entry in named:
            new._add(name, entry)
        return new

    def named(self, key: str) -> tuple[Entry, ...]:
        """All meanings of a name as `name_key` writes it."""
        return self._entries.get(key, ())

    def longest(self, words: Sequence[Word], at: int) -> tuple[int, tuple[Entry, ...]]:
        """How many words from here are the longest known name, and its meanings."""
        most = min(self._n_words.get(words[at].key, 0), len(words) - at)
        for n in range(most, 0, -1):
            own = words[at : at + n]
            key = " ".join([word.key for word in own])
            found = self._entries.get(key)
            if found is not None and (own[0].is_upper or key not in self._initials):
                fitting = tuple(entry for entry in found if _fits(entry, own))
                if fitting:
                    return n, fitting
        return 0, ()


def _fits(entry: Entry, words: Sequence[Word]) -> bool:
    if entry.strength == "title":
        return words[-1].is_capital
    if entry.sort is Sort.ROLE or entry.is_given:
        return True
    if len(words) > 1:
        return words[-1].is_capital or not entry.needs_capital
    word = words[0]
    is_short = len(word.key) <= _SHORT and word.key not in _SHORT_ANYHOW
    return word.is_capital or not (entry.needs_capital or is_short)


@functools.cache
def built_in() -> Knowledge:
    """What the package knows."""
    return Knowledge(
        pair
        for read in (_countries, _breakaway, _regions, _seats, _bodies, _offices, _roles)
        for pair in read()
    )


def _countries() -> Iterator[tuple[str, Entry]]:
    for row in read_rows("countries"):
        code = row["actor"] or row["code"]
        why = f"countries: {row['name']}"
        for column, sort in _COUNTRY_COLUMNS:
            for given in split_list(row[column]):
                name = given.rstrip("?")
                entry = Entry(sort, (code,), row["code"], why, is_vague=name != given)
                yield name, entry
                if sort is Sort.ADJECTIVE and name[-1] in "nibk":
                    yield f"{name}s", Entry(Sort.PEOPLE, (code,), row["code"], why)


_COUNTRY_COLUMNS = (
    ("name", Sort.COUNTRY),
    ("also", Sort.COUNTRY),
    ("adjectives", Sort.ADJECTIVE),
    ("people", Sort.PEOPLE),
    ("capitals", Sort.CAPITAL),
)


def _breakaway() -> Iterator[tuple[str, Entry]]:
    for row in read_rows("breakaway"):
        names = split_list(row["names"])
        codes, country = (row["code"],), row["code"][:3]
        for name in names:
            yield name, Entry(Sort.COUNTRY, codes, country, f"breakaway: {names[0]}")
        for name in split_list(row["adjectives"]):
            yield name, Entry(Sort.ADJECTIVE, codes, country, f"breakaway: {names[0]}")
            yield f"{name}s", Entry(Sort.PEOPLE, codes, country, f"breakaway: {names[0]}")


def _regions() -> Iterator[tuple[str, Entry]]:
    for row in read_rows("regions"):
        for column, sort in (("names", Sort.REGION), ("adjectives", Sort.ADJECTIVE)):
            for name in split_list(row[column]):
                why = f"regions: {name}"
                yield name, Entry(sort, (row["code"],), row["code"], why, needs_capital=True)


def _seats() -> Iterator[tuple[str, Entry]]:
    for row in read_rows("seats"):
        for name in split_list(row["names"]):
            yield name, Entry(Sort.SEAT, (row["code"],), _country(row["code"]), f"seats: {name}")


def _bodies() -> Iterator[tuple[str, Entry]]:
    for subject in tables.DATED:
        sort = Sort.PERSON if subject == "persons" else Sort.BODY
        for row in read_rows(subject):
            entry = make_entry(
                sort,
                row["code"],
                f"{subject}: {row['name']}",
                start=row["from"],
                end=row["to"],
                needs_capital=subject in _COMMON_WORDS,
            )
            for name in (row["name"], *split_list(row["also"])):
                yield name, entry
    for subject in ("media", "companies"):
        for row in read_rows(subject):
            for name in split_list(row["names"]):
                yield (
                    name,
                    make_entry(Sort.BODY, row["code"], f"{subject}: {name}", needs_capital=True),
                )


def make_entry(
    sort: Sort,
    codes: str,
    why: str,
    *,
    start: str = "",
    end: str = "",
    needs_capital: bool = False,
    is_given: bool = False,
) -> Entry:
    """An entry from the cells of a table; a cell may hold several codes with | between."""
    given = tuple(split_list(codes))
    return Entry(
        sort,
        given,
        _country(given[0]),
        why,
        start=start or None,
        end=end or None,
        needs_capital=needs_capital,
        is_given=is_given,
    )


def _offices() -> Iterator[tuple[str, Entry]]:
    for row in read_rows("offices"):
        why = f"offices: {row['person']}, {row['office']}"
        entry = make_entry(
            Sort.PERSON,
            _office_code(row["office"], row["code"]),
            why,
            start=row["from"],
            end=row["to"],
            needs_capital=True,
        )
        names = [row["person"], *split_list(row["also"])]
        for name in names:
            # One name such as Francis is a given name of others; its aliases tell more.
            if " " in name or len(names) == 1 or name != row["person"]:
                yield name, entry


def _office_code(office: str, code: str) -> str:
    if office == "pope":
        return f"{code}.REL"
    return code if code.startswith("IGO") else f"{code}.GOV"


def _roles() -> Iterator[tuple[str, Entry]]:
    for row in read_rows("roles"):
        codes = () if row["sector"] == "-" else (row["sector"],)
        for words in split_list(row["words"]):
            entry = Entry(Sort.ROLE, codes, None, f"roles: {words}", strength=row["strength"])
            for form in plural_forms(words):
                yield form, entry


def plural_forms(words: str) -> list[str]:
    """A noun and its plural.

    >>> plural_forms("member of parliament"), plural_forms("gunman")
    (['member of parliament', 'members of parliament'], ['gunman', 'gunmen'])
    """
    head, preposition, rest = _PREPOSITION.match(words).groups()  # type: ignore[union-attr]
    if head.endswith("man"):
        plural = f"{head[:-2]}en"
    elif head.endswith("s") and not head.endswith("ss"):
        return [words]
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        plural = f"{head[:-1]}ies"
    elif head.endswith(("s", "x", "ch", "sh")):
        plural = f"{head}es"
    else:
        plural = f"{head}s"
    return [words, f"{plural}{preposition}{rest}"]


_PREPOSITION = re.compile(r"(.+?)( of the | of | in |-in-|-of-|$)(.*)")


def _country(code: str) -> str | None:
    first = code[:3]
    return None if first in NO_COUNTRY else first


NO_COUNTRY = frozenset({"IGO", "NGO", "MNC", "UNK"})


@functools.cache
def dependencies() -> dict[str, str]:
    """Codes of countries and territories, and under what code they act."""
    return {row["code"]: row["actor"] or row["code"] for row in read_rows("countries")}
