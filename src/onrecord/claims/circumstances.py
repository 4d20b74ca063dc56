"""Which places and days all of a document tells of, and whether those of two documents meet.

Two articles with one sort of happening at a place of one name, or on two days, tell of two
matters: this is what shows it. Not here: the scene of a clause (`scenes.py`).
"""

import math
from collections import defaultdict
from collections.abc import Iterable

from onrecord.claims.models import Circumstances
from onrecord.claims.periods import period_of
from onrecord.records import Precision, Reading

# Characters in which an article tells what it is about.
_EARLY = 350
# Days and countries that are kept of one document.
_MOST = 40
# From so many days on it does not matter how many they are.
MOST_DAYS = 60
UNKNOWN = -1.0
_OF_TOWNS = frozenset((Precision.SETTLEMENT, Precision.DISTRICT))
# What a place counts whose country is a guess.
_LEAST_SHARE = 0.01


def circumstances_of(reading: Reading) -> Circumstances:
    """Places and days of a document, its dateline among them."""
    countries: dict[str, float] = defaultdict(float)
    for place in reading.places or ():
        if place.country:
            countries[place.country] += place.probability + _LEAST_SHARE
    towns = {
        place.geonames_id
        for place in reading.places or ()
        if place.geonames_id is not None and place.precision in _OF_TOWNS
    }
    days: list[tuple[int, int]] = []
    for time in reading.times or ():
        period = period_of(time.value)
        if period is not None and period[0] == period[1]:
            days.append((time.span.start, period[0]))
    ranked = sorted(countries.items(), key=lambda row: -row[1])
    return Circumstances(
        towns=frozenset(towns),
        countries=tuple((code, round(n, 2)) for code, n in ranked[:_MOST]),
        days=_once(day for _, day in days),
        early=_once(day for at, day in days if at < _EARLY),
    )


def _once(days: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(days))[:_MOST]


def days_apart(first: Iterable[int], second: Iterable[int]) -> float:
    """The least days between two sets of days, `MOST_DAYS` at most; `UNKNOWN` if one is empty.

    >>> days_apart((10, 20), (23,)), days_apart((), (3,))
    (3.0, -1.0)
    """
    others = tuple(second)
    least = min((abs(a - b) for a in first for b in others), default=None)
    return UNKNOWN if least is None else float(min(least, MOST_DAYS))


def countries_alike(first: Circumstances, second: Circumstances) -> float:
    """The cosine of the countries of two documents; 0.5 if one names none."""
    if not first.countries or not second.countries:
        return 0.5
    mine, other = dict(first.countries), dict(second.countries)
    both = sum(n * other.get(code, 0.0) for code, n in mine.items())
    norms = (math.hypot(*counts.values()) for counts in (mine, other))
    return float(both / math.prod(norms))


def towns_shared(first: Circumstances, second: Circumstances) -> float:
    """The share of the towns of the one that names fewer which the other has too.

    `UNKNOWN` if one of them names none.
    """
    if not first.towns or not second.towns:
        return UNKNOWN
    return len(first.towns & second.towns) / min(len(first.towns), len(second.towns))
