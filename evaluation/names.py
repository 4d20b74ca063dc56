"""Whether two lists of names can be of the same person or body.

Gold names somebody by a canonical name and aliases, a reading by the words of its
mentions. Names are compared without case, accents, determiners and 's, and also
without a title in front. Word lists are in `names.toml`.
"""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_EDGES = re.compile(r"^\W+|\W+$")
_POSSESSIVE = re.compile(r"'s?$")


@dataclass(frozen=True, slots=True)
class _Words:
    determiners: frozenset[str]
    pronouns: frozenset[str]
    offices: frozenset[str]
    joining: frozenset[str]
    titles: frozenset[str]


@functools.cache
def _words() -> _Words:
    given = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    return _Words(
        determiners=frozenset(given["determiners"].split()),
        pronouns=frozenset(given["pronouns"].split()),
        offices=frozenset(given["offices"]),
        joining=frozenset(given["joining"].split()),
        titles=frozenset(word for line in given["titles"].values() for word in line.split()),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as one side knows them: a name to show, and forms to compare."""

    name: str
    forms: frozenset[str]

    def is_same(self, other: "Named | None") -> bool:
        """Whether a name of the one equals a name of the other."""
        return other is not None and not self.forms.isdisjoint(other.forms)


def named(name: str, others: Iterable[str] = ()) -> Named:
    """Somebody with a name and other names."""
    return Named(name, name_forms(name).union(*map(name_forms, others)))


@functools.lru_cache(maxsize=4096)
def name_forms(name: str) -> frozenset[str]:
    """The forms under which a name is compared; none for a pronoun.

    >>> sorted(name_forms("The U.S. President Ann Vale"))
    ['ann vale', 'us president ann vale']
    """
    name = _INITIALS.sub(lambda match: match.group().replace(".", ""), name)
    forms: set[str] = set()
    for variant in {name, _IN_BRACKETS.sub(" ", name)}:
        words = _without_determiners(variant)
        if _form(words) in _words().pronouns and words != ["US"]:
            continue
        forms |= {_form(words), _form(_without_title(words))}
    return frozenset(forms - {""})


def _without_determiners(name: str) -> list[str]:
    words = [word for word in (_EDGES.sub("", part) for part in name.split()) if word]
    first = 0
    while first < len(words) - 1 and _folded(words[first]) in _words().determiners:
        first += 1
    return words[first:]


def _without_title(words: Sequence[str]) -> Sequence[str]:
    """The words after the last title; none when what stands before is no plain title."""
    known = _words()
    after = max((n for n, word in enumerate(words, 1) if _folded(word) in known.titles), default=0)
    name = words[after:]
    if len(name) > 2 and _folded(" ".join(name[:2])) in known.offices:
        name = name[2:]
    is_title = after and known.joining.isdisjoint(map(_folded, words[:after]))
    return name if is_title and name and name[0][0].isupper() else ()


def _form(words: Sequence[str]) -> str:
    return _POSSESSIVE.sub("", _folded(" ".join(words)))


def _folded(text: str) -> str:
    """Lower case, without accents, with straight apostrophes."""
    straight = text.replace("’", "'").replace("‘", "'")
    parts = unicodedata.normalize("NFKD", straight)
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()
