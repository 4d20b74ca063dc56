"""What the words around a place name tell: what it lies in, what it is, what else is named.

Only the text is looked at here, no gazetteer; names come out normal.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from onrecord.places.names import normal_name
from onrecord.places.tables import local_words

# What a word beside a name says about it.
NO_HINT, AS_DIVISION, AS_SETTLEMENT = range(3)

_DIVISION_WORDS = tuple(
    "province region oblast state county district governorate prefecture department krai kray "
    "republic voivodeship canton territory parish raion rayon municipality emirate provinces "
    "counties".split()
)
_DIVISIONS = frozenset(_DIVISION_WORDS)
_SETTLEMENTS = frozenset("city town village suburb township port capital hamlet resort".split())
_HINTS = _DIVISIONS | _SETTLEMENTS
_PARTS = frozenset(
    "downtown central greater metropolitan metro inner outer old upper lower mid rural southern "
    "northern eastern western southeastern southwestern northeastern northwestern south-eastern "
    "south-western north-eastern north-western southeast southwest northeast northwest".split()
)
_NAME = r"[^\W\d_a-z]\w*+(?:[.\-'’]\w++)*+(?:(?<!\w{4})\.)?"
_AFTER_COMMA = re.compile(
    rf"(?:['’]s)?\s*(?:,|\()\s*((?:the\s+)?{_NAME}(?:\s+(?:of\s+)?{_NAME}){{0,3}})"
)
_WORD_AFTER = re.compile(r"(?:['’]s)?\s+([a-z]+)\b")
_WORD_BEFORE = re.compile(r"\b([A-Za-z]+)\s+of\s+$")
_CONTEXT = re.compile(rf"{_NAME}(?:\s+(?:(?:of|and|the)\s+)?{_NAME})*")
_PREPOSITION = re.compile(r"\b(?:in|at|near|from|outside|around|to|of)\s+(?:the\s+)?$")
_POSSESSIVE = re.compile(r"['’]s?$")
_DATELINE = re.compile(r"\s*(?:,\s*[\w. ]{2,30})?\s*(?:\([^)\n]{1,30}\)\s*)?(?:—|–|--|-)\s")
_AREA_CODE = re.compile(r"(\d\d\d)(?<!\d{4})\)?[-. /]{1,2}\d{3}[-. ]\d{4}(?!\d)")
_AROUND = 70
_MAX_WORDS = 4
_MAX_RUN = 12


_CALLED_DIVISION = re.compile(rf"(?:['’]s)?\s+(?:{'|'.join(_DIVISION_WORDS)})\b", re.IGNORECASE)
_DIVISION_OF = re.compile(rf"\b(?:{'|'.join(_DIVISION_WORDS)})\s+of\s+$", re.IGNORECASE)


def calls_a_division(text: str, start: int, end: int) -> bool:
    """Whether the words beside a name call it a division: "Luhansk region", "province of Homs"."""
    before = text[max(0, start - 20) : start]
    return bool(_CALLED_DIVISION.match(text, end) or _DIVISION_OF.search(before))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A place name where it stands.

    Attributes:
        names: Normal forms under which it may be in a gazetteer, best first, with hints.
        containers: Normal names after a comma that it may lie in, longest first.
        hint: Whether the words beside it call it a division or a settlement.
        in_dateline: Whether it opens the article as the place of writing.
    """

    names: tuple[tuple[str, int], ...]
    containers: tuple[str, ...]
    hint: int
    in_dateline: bool


def read_phrase(text: str, start: int, end: int) -> Phrase:
    """What a name and the words beside it tell."""
    after, before = text[end : end + _AROUND], text[max(0, start - _AROUND) : start]
    return Phrase(
        names=tuple(_variants(text[start:end])),
        containers=tuple(_after_comma(after)),
        hint=_hint(before, after),
        in_dateline=_is_dateline(text, start, end),
    )


def _variants(surface: str) -> Iterator[tuple[str, int]]:
    if len(surface) > 120:
        return
    surface = _POSSESSIVE.sub("", surface.strip(' \t\n,;:()"“”'))
    full = normal_name(surface)
    yield full, NO_HINT
    words = full.split()
    while len(words) > 1 and words[0] in _PARTS:
        words = words[1:]
        yield " ".join(words), NO_HINT
    if len(words) > 1 and words[-1] == "co":
        yield " ".join([*words[:-1], "county"]), NO_HINT
    if len(words) > 1 and words[-1] in _DIVISIONS:
        yield " ".join(words[:-1]), AS_DIVISION
    if len(words) > 1 and (words[-1] in _SETTLEMENTS or words[-1] == "area"):
        yield " ".join(words[:-1]), AS_SETTLEMENT
    if len(words) > 2 and words[1] == "of" and words[0] in _SETTLEMENTS:
        yield " ".join(words[2:]), AS_SETTLEMENT
    if len(words) > 2 and words[1] == "of" and words[0] in _DIVISIONS:
        yield " ".join(words[2:]), AS_DIVISION
    if "," in surface:
        yield normal_name(surface.split(",")[0]), NO_HINT


def _after_comma(after: str) -> Iterator[str]:
    found = _AFTER_COMMA.match(after)
    if found:
        yield from _prefixes(found[1])


def _prefixes(words: str) -> Iterator[str]:
    parts = words.split()
    for n in range(min(len(parts), _MAX_WORDS), 0, -1):
        yield normal_name(_POSSESSIVE.sub("", " ".join(parts[:n])))


def _hint(before: str, after: str) -> int:
    found = _WORD_AFTER.match(after)
    word = found[1] if found else ""
    if word not in _HINTS:
        found = _WORD_BEFORE.search(before)
        word = found[1] if found else ""
    if word in _DIVISIONS:
        return AS_DIVISION
    return AS_SETTLEMENT if word in _SETTLEMENTS else NO_HINT


def _is_dateline(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return start - line <= 3 and bool(_DATELINE.match(text, end, end + _AROUND))


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands in a text beside the marked names.

    Attributes:
        runs: Runs of capitalised words with their counts, and whether one stands after "in",
            "near" and the like.
        area_codes: Telephone area codes with their counts.
        countries: Codes of countries that words of public life tell, with counts.
    """

    runs: Mapping[str, tuple[int, bool]]
    area_codes: Mapping[str, int]
    countries: Mapping[str, int]


def read_context(text: str, spans: Sequence[tuple[int, int]]) -> Context:
    """Capitalised words outside of marked spans, and telephone numbers."""
    runs: dict[str, tuple[int, bool]] = {}
    marked = sorted(spans)
    at = 0
    for found in _CONTEXT.finditer(text):
        start, end = found.span()
        while at < len(marked) and marked[at][1] <= start:
            at += 1
        if at < len(marked) and marked[at][0] < end:
            continue
        count, is_after = runs.get(found[0], (0, False))
        is_after = is_after or bool(_PREPOSITION.search(text, max(0, start - 14), start))
        runs[found[0]] = (count + 1, is_after)
    return Context(
        runs=runs,
        area_codes=Counter(_AREA_CODE.findall(text)),
        countries=_countries(text),
    )


def _countries(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    by_first = _local_words()
    # Most words are in no text, and `in` is much faster than a pattern.
    firsts = [first for first in by_first if first in text]
    rows = sorted([row for first in firsts for row in by_first[first]], key=itemgetter(0))
    for _, word, country, pattern in rows:
        if word in text:
            found[country] += len(pattern.findall(text))
    return +found


@functools.cache
def _local_words() -> Mapping[str, Sequence[tuple[int, str, str, re.Pattern[str]]]]:
    """Words that tell the country of an article, with their place in the list, by the first."""
    found: dict[str, list[tuple[int, str, str, re.Pattern[str]]]] = {}
    for number, (word, country, pattern) in enumerate(local_words()):
        found.setdefault(word.split()[0], []).append((number, word, country, pattern))
    return found


@functools.lru_cache(maxsize=4096)
def pieces_of(run: str) -> tuple[tuple[int, int, str], ...]:
    """Normal names of up to three words in a run, longest first, with first and last word."""
    words = run.split()[:_MAX_RUN]
    found = []
    for n in range(min(3, len(words)), 0, -1):
        for at in range(len(words) - n + 1):
            if words[at][0].isupper() and words[at + n - 1][0].isupper():
                name = normal_name(_POSSESSIVE.sub("", " ".join(words[at : at + n])))
                if name:
                    found.append((at, at + n, name))
    return tuple(found)
