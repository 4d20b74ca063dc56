"""What a document is known by when stories are sought: a few weighted terms and some dates.

Terms stand in bags (words, words of the head, names, places, days and so on); each bag is
brought to length 1. Only numbers of terms are kept, never words. Not here: how alike two
documents are (`groups.py`).

Shapes: T terms of a document, D numbers of a vector.
"""

import datetime
import enum
import functools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Document, Kind, MentionForm, Precision, Reading
from onrecord.stories.words import number_of, term_of, tokens_in, words_in


class Bag(enum.IntEnum):
    """Kinds of terms; the number stands in the last bits of the number of a term."""

    WORDS = 0
    HEAD = 1
    NAMES = 2
    HEAD_NAMES = 3
    PLACES = 4
    DAYS = 5
    YEARS = 6
    FIGURES = 7


N_BAGS: Final = len(Bag)
# Most terms of each bag that are kept.
_MOST: Final = {
    Bag.WORDS: 128, Bag.HEAD: 32, Bag.NAMES: 32, Bag.HEAD_NAMES: 12,
    Bag.PLACES: 10, Bag.DAYS: 8, Bag.YEARS: 6, Bag.FIGURES: 12,
}  # fmt: skip
N_KEYS: Final = 14
# News tells what happened first; what follows is background and other matters.
_MOST_CHARS: Final = 4000
_HEAD_CHARS: Final = 400
_COUNTED: Final = 0.3
_COMMON: Final = 0.5
_IN_TITLE: Final = 1.5
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d\b")
_NO_NAMES: Final = frozenset({Kind.PLACE, Kind.NATIONALITY})
_WIDE: Final = frozenset({Precision.COUNTRY, Precision.AREA})
Weights = dict[str, float]
# Gives the rarity of each of some terms.
Rarities = Callable[[Iterable[str]], Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Traits:
    """The terms of a document and its dates.

    Attributes:
        ids_T: Numbers of terms with their bag, rising.
        weights_T: Of each bag a row of length 1.
        published: Day of publication, counted as `date.toordinal` does.
        latest_year: The latest year that the words name.
        vector_D: Of its head, in whole numbers; empty if there is none.
        keys: Terms that candidates are sought by, the most telling first.
    """

    ids_T: NDArray[np.uint32]
    weights_T: NDArray[np.float32]
    published: int | None
    latest_year: int | None
    vector_D: NDArray[np.int8]
    keys: tuple[int, ...]


def traits_of(
    reading: Reading, rarities: Rarities, vector_D: NDArray[np.int8] | None = None
) -> Traits:
    """The traits of a document."""
    bags = bags_of(reading, rarities)
    rows = sorted(
        (term_id(bag, term), weight) for bag, own in bags.items() for term, weight in _unit(own)
    )
    return Traits(
        ids_T=np.array([own for own, _ in rows], dtype=np.uint32),
        weights_T=np.array([weight for _, weight in rows], dtype=np.float16).astype(np.float32),
        published=published_day(reading.document),
        latest_year=_latest_year(reading.document.text),
        vector_D=np.zeros(0, dtype=np.int8) if vector_D is None else vector_D,
        keys=tuple(_keys(bags)),
    )


@functools.lru_cache(maxsize=1 << 17)
def term_id(bag: Bag, term: str) -> int:
    """The number of a term in a bag: 29 bits of the term, three of the bag."""
    return (number_of(term) >> 3) << 3 | bag


def bags_of(reading: Reading, rarities: Rarities) -> dict[Bag, Weights]:
    """The terms of each bag with their weights, the heaviest ones only."""
    text = reading.document.text[:_MOST_CHARS]
    title = reading.document.title or ""
    end = head_end(text, title)
    terms = [(start, term_of(word)) for start, word in tokens_in(text)]
    title_terms = list(words_in(title))
    body = Counter(term for _, term in terms)
    if not text.startswith(title):
        body.update(title_terms)
    in_title = frozenset(title_terms)
    head = in_title.union(term for start, term in terms if start < end)
    names, head_names = _names(reading, end, in_title)
    rare = rarities(body.keys() | names.keys() | head_names.keys() | head)
    told = {term: max(rare[term] - _COMMON, 0.0) for term in rare}
    bags: dict[Bag, Weights] = {
        Bag.WORDS: {t: (1 + _COUNTED * math.log(n)) * told[t] for t, n in body.items()},
        Bag.HEAD: {t: (_IN_TITLE if t in in_title else 1) * told[t] for t in head},
        Bag.NAMES: {t: (1 + math.log(n)) * told[t] for t, n in names.items()},
        Bag.HEAD_NAMES: {t: n * told[t] for t, n in head_names.items()},
        Bag.PLACES: _logs(_places(reading)),
        Bag.DAYS: dict.fromkeys(days_in(reading), 1.0),
        Bag.YEARS: _logs(_years(reading)),
        Bag.FIGURES: dict.fromkeys(_figures(reading), 1.0),
    }
    return {bag: _heaviest(own, _MOST[bag]) for bag, own in bags.items()}


def published_day(document: Document) -> int | None:
    """The day of publication; None if it is not known."""
    match = _DAY.match(document.published or "")
    if match is None:
        return None
    try:
        return datetime.date(*map(int, match.groups())).toordinal()
    except ValueError:
        return None


def days_in(reading: Reading) -> Iterator[str]:
    """Days that events are dated to, or that the words name."""
    dates = [event.date.value for event in reading.events or () if event.date and event.date.span]
    dates += [time.value for time in reading.times or () if time.value]
    for value in dict.fromkeys(dates):
        if match := _DAY.match(value):
            yield match.group()


def head_end(text: str, title: str) -> int:
    """Where the title, if the text begins with it, and the first sentences end."""
    return _HEAD_CHARS + (len(title) if title and text.startswith(title) else 0)


def _names(
    reading: Reading, end: int, in_title: frozenset[str]
) -> tuple[Counter[str], Counter[str]]:
    """The words of names that are no places, in all and in the head."""
    kinds = {entity.id: entity.kind for entity in reading.entities or ()}
    text = reading.document.text
    names: Counter[str] = Counter()
    in_head: Counter[str] = Counter()
    for mention in reading.mentions or ():
        if mention.form is not MentionForm.NAME or mention.span.start >= _MOST_CHARS:
            continue
        words = [t for t in words_in(mention.span.text_in(text)) if len(t) > 1 and t[0].isalpha()]
        if kinds.get(mention.entity, mention.kind) not in _NO_NAMES:
            names.update(words)
        if mention.span.start < end:
            in_head.update(words)
    for term in in_title & in_head.keys():
        in_head[term] += 1
    return names, in_head


def _places(reading: Reading) -> Counter[str]:
    return Counter(
        str(place.geonames_id)
        for place in reading.places or ()
        if place.geonames_id and place.precision not in _WIDE
    )


def _years(reading: Reading) -> Counter[str]:
    values = [time.value or "" for time in reading.times or ()]
    return Counter(
        match.group()
        for value in (*values, reading.document.published or "")
        if (match := _YEAR.match(value))
    )


def _figures(reading: Reading) -> set[str]:
    """Numbers with what they count; of one and two there are too many."""
    return {
        f"{quantity.unit}={quantity.value:g}"
        for quantity in reading.quantities or ()
        if quantity.unit and quantity.value not in (1, 2)
    }


def _latest_year(text: str) -> int | None:
    years = [int(match) for match in re.findall(r"\b(?:19|20)\d\d\b", text[:_MOST_CHARS])]
    return max((year for year in years if year < 2050), default=None)


def _keys(bags: Mapping[Bag, Weights]) -> list[int]:
    """The terms that tell most: in the head, in names, said often."""
    worth: Counter[str] = Counter()
    for bag in (Bag.WORDS, Bag.HEAD, Bag.NAMES, Bag.HEAD_NAMES):
        for term, weight in _unit(bags[bag]):
            worth[term] += weight  # type: ignore[assignment]  # a counter of fractions
    best = sorted(worth, key=lambda term: (-worth[term], term))[:N_KEYS]
    return [term_id(Bag.WORDS, term) for term in best]


def _logs(counts: Counter[str]) -> Weights:
    return {term: 1 + math.log(n) for term, n in counts.items()}


def _heaviest(weights: Weights, most: int) -> Weights:
    kept = sorted(
        (term for term in weights if weights[term] > 0), key=lambda term: (-weights[term], term)
    )
    return {term: weights[term] for term in kept[:most]}


def _unit(weights: Weights) -> list[tuple[str, float]]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return [(term, weight / length) for term, weight in weights.items()]
