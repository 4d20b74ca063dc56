"""What a reading found, a line for each: who, where, when and how much, for the views.

Rows that say the same are one line with their number. Nothing is left out or cut here; the
views do that, and say so.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from onrecord.records import Place, Precision, Quantity, Reading

# Digits after the point: a degree is 111 km, and no digit claims more than is known.
_DIGITS = {
    Precision.POINT: 3,
    Precision.SETTLEMENT: 2,
    Precision.DISTRICT: 1,
    Precision.REGION: 1,
    Precision.COUNTRY: 0,
    Precision.AREA: 0,
}
_MOST_EXACT = 1e15
_Row = TypeVar("_Row", bound=tuple[str | None, ...])


@dataclass(frozen=True, slots=True)
class Who:
    """An entity, how often it is named, and how often it speaks or is spoken to."""

    name: str
    kind: str
    actor: str | None
    country: str | None
    n_mentions: int
    n_statements: int
    n_heard: int

    @property
    def is_party(self) -> bool:
        """Whether it speaks, is spoken to or through, or has an actor code."""
        return bool(self.n_statements or self.n_heard or self.actor)


@dataclass(frozen=True, slots=True)
class Where:
    """A place as all rows that mean it have it.

    Attributes:
        country: ISO 3166-1 alpha-3.
        position: Latitude and longitude in degrees, as exact as the precision allows.
        probability: That it is this place: the least and the greatest of its rows.
        missing: Why there is no position, in words; None if there is one.
    """

    name: str
    admin1: str | None
    country: str | None
    position: str | None
    precision: str | None
    probability: str | None
    candidates: int
    n_mentions: int
    missing: str | None


@dataclass(frozen=True, slots=True)
class When:
    """An expression of time and its TIMEX3 value."""

    words: str
    value: str | None
    kind: str
    n_mentions: int


@dataclass(frozen=True, slots=True)
class HowMuch:
    """A figure in words, and what it comes to."""

    words: str
    amount: str
    n_mentions: int


def who(reading: Reading) -> list[Who]:
    """All entities: those that say most first, then those that are named most."""
    statements = reading.statements or ()
    said = Counter(s.speaker for s in statements)
    heard = Counter(e for s in statements for e in {s.addressee, s.medium})
    found = [
        Who(
            name=entity.name,
            kind=str(entity.kind),
            actor=entity.actor,
            country=entity.country,
            n_mentions=len(entity.mentions),
            n_statements=said[entity.id],
            n_heard=heard[entity.id],
        )
        for entity in reading.entities or ()
    ]
    return sorted(found, key=lambda one: (-one.n_statements, -one.n_heard, -one.n_mentions))


def where(reading: Reading) -> list[Where]:
    """All places, those with a position first, each of them once."""
    groups: dict[tuple[object, ...], list[Place]] = {}
    for place in reading.places or ():
        same = (place.geonames_id, place.name, place.country, place.admin1, place.lat, place.lon)
        groups.setdefault(same, []).append(place)
    found = [_where(rows) for rows in groups.values()]
    return sorted(found, key=lambda one: one.position is None)


def _where(rows: Sequence[Place]) -> Where:
    place = rows[0]
    position = position_of(place)
    return Where(
        name=place.name,
        admin1=place.admin1,
        country=place.country,
        position=position,
        precision=place.precision,
        probability=None if position is None else _between(row.probability for row in rows),
        candidates=place.candidates,
        n_mentions=len({row.mention for row in rows}),
        missing=None if position else missing_of(place),
    )


def position_of(place: Place) -> str | None:
    """Latitude and longitude, with digits for its precision; None if it has none."""
    if place.lat is None or place.lon is None:
        return None
    digits = 0 if place.precision is None else _DIGITS[place.precision]
    return ", ".join(f"{round(value, digits) + 0.0:.{digits}f}" for value in (place.lat, place.lon))


def missing_of(place: Place) -> str:
    """Why a place has no position."""
    if not place.candidates:
        return "not in the gazetteer"
    return f"not resolved, {counted(place.candidates, 'place')} of that name"


def _between(probabilities: Iterable[float]) -> str:
    shown = sorted({f"{probability:.2f}" for probability in probabilities})
    return shown[0] if len(shown) == 1 else f"{shown[0]}–{shown[-1]}"


def when(reading: Reading) -> list[When]:
    """All expressions of time in text order, those with the same words and value once."""
    rows = [
        (_line(reading.text_of(time.span)), time.value, str(time.type).lower())
        for time in sorted(reading.times or (), key=lambda time: time.span)
    ]
    return [When(*row, n) for row, n in _distinct(rows)]


def how_much(reading: Reading) -> list[HowMuch]:
    """All figures in text order, those with the same words and amount once."""
    rows = [
        (_line(reading.text_of(quantity.span)), amount_of(quantity))
        for quantity in sorted(reading.quantities or (), key=lambda quantity: quantity.span)
    ]
    return [HowMuch(*row, n) for row, n in _distinct(rows)]


def amount_of(quantity: Quantity) -> str:
    """Comparator, value and unit: ``at most 1,550 nuclear warhead``, ``between 3 and 5 ship``."""
    amount = number_in_words(quantity.value)
    if quantity.upper is not None:
        amount = f"{amount} and {number_in_words(quantity.upper)}"
    parts = (quantity.comparator, amount, quantity.unit)
    return " ".join(part for part in parts if part)


def number_in_words(value: float) -> str:
    """A number with commas, and no more digits than it has.

    >>> [number_in_words(value) for value in (1550.0, 0.25, -1234.5, 2e30)]
    ['1,550', '0.25', '-1,234.5', '2e+30']
    """
    return f"{value:,.15g}" if abs(value) < _MOST_EXACT else f"{value:.6g}"


def counted(n: int, what: str) -> str:
    """A number of things.

    >>> counted(1, "mention"), counted(2000, "mention")
    ('1 mention', '2,000 mentions')
    """
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def _distinct(rows: Iterable[_Row]) -> list[tuple[_Row, int]]:
    """Rows that differ by more than capitals, in their order, with how many of each there are."""
    first: dict[tuple[str, ...], _Row] = {}
    counts: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        same = tuple((part or "").casefold() for part in row)
        first.setdefault(same, row)
        counts[same] += 1
    return [(row, counts[same]) for same, row in first.items()]


def _line(words: str) -> str:
    return " ".join(words.split())
