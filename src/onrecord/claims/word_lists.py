"""What the tables of words hold, as sets and mappings; each is read once."""

import csv
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_DOUBLED = re.compile(r"([bdfgklmnprtvz])\1$")
_VOWEL = re.compile(r"[aeiouy]")


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a table of this package, by the names in its first line."""
    path = importlib.resources.files("onrecord.claims") / "word_tables" / name
    lines = [n for n in path.read_text(encoding="utf-8").splitlines() if n and n[0] != "#"]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@functools.cache
def modes() -> Mapping[str, frozenset[str]]:
    """The lists of ``modes.toml``, by name."""
    path = importlib.resources.files("onrecord.claims") / "word_tables" / "modes.toml"
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in given.items()}


@functools.cache
def irregular() -> Mapping[str, str]:
    """Lemmas of forms that no rule leads to."""
    return {row["form"]: row["lemma"] for row in read_rows("irregular.tsv")}


@functools.lru_cache(1 << 15)
def stem(word: str) -> str:
    """What the forms of a word share; no lemma, only the same for all of them.

    >>> stem("shelling") == stem("shelled") == stem("shells"), stem("closed") == stem("close")
    (True, True)
    """
    word = word.lower().removesuffix("'s").removesuffix("’s")
    word = irregular().get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("shes", "ches", "sses", "xes")) else word[:-1]
    for end in ("ing", "ied", "ed"):
        if word.endswith(end) and _VOWEL.search(word[: -len(end)]) and len(word) - len(end) >= 3:
            word = word[: -len(end)] + ("y" if end == "ied" else "")
            if end != "ied" and _DOUBLED.search(word) and not word.endswith(("ll", "ss")):
                word = word[:-1]
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


@functools.lru_cache(1 << 14)
def singular(word: str) -> str:
    """A noun in the singular, in lower case; unlike `stem`, it keeps "plane" and "plan" apart.

    >>> singular("Planes"), singular("plans"), singular("churches"), singular("troops")
    ('plane', 'plan', 'church', 'troop')
    """
    word = word.lower().removesuffix("'s").removesuffix("’s")
    word = irregular().get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-2] if word.endswith(("shes", "ches", "sses", "xes")) else word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Deeds:
    """Groups of words for deeds.

    Attributes:
        of_stem: Groups by the stem of one word.
        of_pair: Groups by two stems that follow each other.
        family: Families by group.
    """

    of_stem: Mapping[str, tuple[str, ...]]
    of_pair: Mapping[tuple[str, str], tuple[str, ...]]
    family: Mapping[str, str]


@functools.cache
def deeds() -> Deeds:
    """The groups of ``deeds.tsv``."""
    single: dict[str, tuple[str, ...]] = {}
    pairs: dict[tuple[str, str], tuple[str, ...]] = {}
    family = {}
    for row in read_rows("deeds.tsv"):
        family[row["deed"]] = row["family"]
        for words in row["words"].split("|"):
            first, *rest = [stem(w) for w in words.split()]
            if rest:
                pairs[first, rest[0]] = (*pairs.get((first, rest[0]), ()), row["deed"])
            else:
                known = single.get(first, ())
                single[first] = known if row["deed"] in known else (*known, row["deed"])
    return Deeds(single, pairs, family)


@functools.cache
def related() -> frozenset[frozenset[str]]:
    """Pairs of families of which one is often told by the other."""
    return frozenset(frozenset((r["family"], r["other"])) for r in read_rows("related.tsv"))


@functools.cache
def kin_of(family: str) -> str:
    """What related families have in common; else the family itself."""
    for row in read_rows("related.tsv"):
        if family in {row["family"], row["other"]}:
            return row["kin"]
    return family


@functools.cache
def things() -> Mapping[str, str]:
    """The group of a noun, by its singular."""
    found: dict[str, str] = {}
    for row in read_rows("things.tsv"):
        for word in row["words"].split("|"):
            found.setdefault(singular(word), row["thing"])
    return found


def thing_of(word: str) -> str:
    """What a noun has in common with others that mean the same; else its stem."""
    return things().get(singular(word)) or stem(word)


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted, by a word, and how its number changes."""

    of_stem: Mapping[str, str]
    grows: Mapping[str, str]


@functools.cache
def counting() -> Counting:
    """The counts of ``counts.tsv``."""
    found: dict[str, str] = {}
    grows = {}
    for row in read_rows("counts.tsv"):
        grows[row["count"]] = row["grows"]
        for word in row["words"].split("|"):
            found.setdefault(stem(word), row["count"])
    return Counting(found, grows)


@dataclass(frozen=True, slots=True)
class Scenery:
    """Venues and causes, by singular; and the family of a cause."""

    venues: Mapping[str, str]
    causes: Mapping[str, str]
    families: Mapping[str, str]


@functools.cache
def scenery() -> Scenery:
    """What ``venues.tsv`` holds."""
    venues: dict[str, str] = {}
    causes: dict[str, str] = {}
    families: dict[str, str] = {}
    for row in read_rows("venues.tsv"):
        target = venues if row["kind"] == "venue" else causes
        families[row["name"]] = row["family"]
        for word in row["words"].split("|"):
            target[singular(word)] = row["name"]
    return Scenery(venues, causes, families)


@functools.cache
def sides() -> Mapping[str, str]:
    """The side of a noun for a party, as it stands in ``parties.tsv``."""
    return {w: row["side"] for row in read_rows("parties.tsv") for w in row["words"].split("|")}


@functools.cache
def holding_words() -> Mapping[str, frozenset[str]]:
    """Forms of the words of ``holding.tsv``: `held` and `taken` for verbs, else by their kind."""
    found: dict[str, frozenset[str]] = {}
    for row in read_rows("holding.tsv"):
        name = row["change"] if row["kind"] == "verb" else row["kind"]
        found[name] = found.get(name, frozenset()) | frozenset(row["words"].split("|"))
    return found


@functools.cache
def holding_verbs() -> frozenset[str]:
    """Forms of verbs of holding and taking."""
    return holding_words()["held"] | holding_words()["taken"]
