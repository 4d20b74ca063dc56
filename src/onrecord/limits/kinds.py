"""What a limit or a figure counts, and whether two of them count the same.

The rule is a narrow one. Words that mean the same are made one (`terms.tsv`). Then the things
counted must be the same, no word may exclude another ('deployed', 'non-deployed'), and
either all words agree, or one side says no more than the other and at least half of it.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.actors.coding import country_of, demonym_country
from onrecord.limits.models import Match
from onrecord.limits.terms import terms
from onrecord.quantities.units import singular

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# Words that tell nothing of what is counted; those of the second kind hold phrases together.
_DROPPED = frozenset(
    "the a an its his her their our each every both these those that which are is were".split()
)
_JOINING = frozenset("and or of on in for whether not as well per by with to".split())
# Phrases made of phrases are found in so many rounds.
_MAX_ROUNDS = 3
# A heading of a file or the words of a limit are no longer.
_MAX_CHARS = 300
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Kind:
    """What is counted.

    Attributes:
        words: The words that tell it, in one form for all that mean the same.
        implied: Words that were left out as the others say it, such as 'strategic'.
        measure: How it is measured, if it is not counted.
    """

    words: frozenset[str]
    implied: frozenset[str] = frozenset()
    measure: str | None = None

    @property
    def things(self) -> frozenset[str]:
        """The words for things, else all words."""
        return (self.words & terms().things) or self.words


@functools.lru_cache(maxsize=4096)
def kind_of(given: str, unit: str | None = None) -> Kind:
    """What words count.

    Args:
        given: Words of a text, or the heading of a column.
        unit: The measure, where the words lack it.

    >>> sorted(kind_of("deployed strategic nuclear warheads").words)
    ['deployed', 'warhead']
    >>> kind_of("kg of enriched uranium").measure
    'kilogram'
    """
    words = _singulars(given.replace("_", " ")[:_MAX_CHARS])
    implied: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        replaced = _replaced(words, implied)
        if replaced == words:
            break
        words = replaced
    told = terms()
    measures = [word for word in words if word in told.measures]
    plain = [word for word in words if word not in _JOINING and word not in told.measures]
    measure = measures[0] if measures and plain else _measure(unit)
    kept = plain or measures
    wide = [part for word in kept for part in told.narrower.get(word, (word,))]
    return Kind(frozenset(wide), frozenset(implied), measure)


def _measure(unit: str | None) -> str | None:
    words = _replaced(_singulars(unit or ""), set())
    return next((word for word in words if word in terms().measures), None)


def _singulars(given: str) -> list[str]:
    """Words in the singular, without those that say whose it is."""
    found = []
    for match in _WORD.finditer(given):
        word = _POSSESSIVE.sub("", match.group())
        if word and not _is_country(word) and word.lower() not in _DROPPED:
            found.append(singular(word.lower()))
    return found


@functools.lru_cache(maxsize=4096)
def _is_country(word: str) -> bool:
    is_name = word[:1].isupper() and not word.isupper()
    is_short = word.isupper() and len(word) <= 3
    return (is_name or is_short) and (demonym_country(word) or country_of(word)) is not None


def _replaced(words: Sequence[str], implied: set[str]) -> list[str]:
    """The words with each phrase of the table replaced by what it means, once."""
    told = terms()
    found: list[str] = []
    at = 0
    while at < len(words):
        rows = told.same.get(words[at], ())
        row = next((row for row in rows if tuple(words[at : at + len(row[0])]) == row[0]), None)
        if row is None:
            found.append(words[at])
            at += 1
            continue
        phrase, means = row
        found += means
        if not told.opposites & set(means):
            implied |= told.opposites & set(phrase)
        at += len(phrase)
    return found


def match_kinds(limit: Kind, figure: Kind) -> Match | None:
    """How well a figure fits a limit; None when it counts something else.

    >>> match_kinds(kind_of("deployed nuclear warheads"), kind_of("deployed warheads")).value
    'exact'
    >>> match_kinds(kind_of("deployed nuclear warheads"), kind_of("warheads")).value
    'partial'
    >>> match_kinds(kind_of("deployed launchers"), kind_of("non-deployed launchers")) is None
    True
    """
    if not limit.words or not figure.words or limit.measure != figure.measure:
        return None
    if limit.words == figure.words:
        return None if _exclude(limit.implied, figure.implied) else Match.EXACT
    if _exclude(limit.words | limit.implied, figure.words | figure.implied):
        return None
    told = terms().things
    if limit.words & told != figure.words & told or not limit.words & figure.words:
        return None
    if not (limit.words <= figure.words or figure.words <= limit.words):
        return None
    share = len(limit.words & figure.words) / len(limit.words | figure.words)
    return Match.PARTIAL if share >= _LEAST_SHARE else None


def _exclude(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether a word of one excludes a word of the other."""
    told = terms()
    if any(f"non-{word}" in second for word in first):
        return True
    if any(f"non-{word}" in first for word in second):
        return True
    return any(
        frozenset((one, other)) in told.apart
        for one in first & told.opposites
        for other in second & told.opposites
    )
