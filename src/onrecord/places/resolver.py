"""Which places the names of one document mean, decided for all of them together.

Units spread their weight over their candidates by probability; the mass that gathers in
countries, divisions and near by then speaks for the candidates there, in a few rounds.
Legend: C candidates, F features.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.places.boards import AT, Board, make_board
from onrecord.places.gazetteers import Candidates, Gazetteer, country_number
from onrecord.places.indexes import COUNTRY, KINDS, REGION, SETTLEMENT
from onrecord.places.models import Model, packaged_model, probabilities
from onrecord.places.phrases import calls_a_division
from onrecord.places.tables import countries
from onrecord.records import Precision

Floats = NDArray[np.float64]
_ROUNDS = 3
# Below this no pin is set; it moves with the weights. Tuned on LGL: of pins below it, fewer than
# one in three are right.
_LEAST = 0.15
# Candidates of one country that together are this probable tell the country without a pin.
_LEAST_COUNTRY = 0.8
# A town less sure and smaller than this, in another country than the other names, is no pin: of
# seven such in LGL and TR-News none was right. Villages share names, and most are in no gazetteer.
_SURE, _LARGE = 0.65, 200_000
_ELSEWHERE, _TOGETHER, _LEAST_MASS = 0.1, 0.6, 2.0
# Where the name of a division and a town in it alone means the division as often as not.
_FEDERATIONS = frozenset(("USA", "CAN", "AUS", "IND", "BRA"))
_LEAST_SEAT = 20_000
_SEAT_KM = 120.0
_KM_PER_DEGREE = 111.2
# Words that alone are a side of the world or of a conflict, never the town of that name.
_SIDES = frozenset(
    f"{the}{side}"
    for the in ("", "the ")
    for side in ("west", "east", "north", "south", "centre", "center", "global south")
)


def features_of(board: Board, probability_C: Floats) -> Floats:
    """All features, those of mass by the given probabilities."""
    values = board.features_CF.copy()
    mass_C = probability_C * board.weight_C
    around = board.neighbourhoods
    region, country = around.in_region(mass_C), around.in_country(mass_C)
    near = around.near(mass_C)
    total = mass_C.sum() + 0.5
    for name, mass in (("region", region), ("country", country), ("near", near)):
        values[:, AT[f"{name}_mass"]] = np.log1p(mass)
        values[:, AT[f"{name}_share"]] = mass / total
    return values


def solve(board: Board, model: Model, *, rounds: int = _ROUNDS) -> Floats:
    """The probability of each candidate."""
    names = board.candidates.owner_C, np.array(board.bounds[:-1], np.int64)
    found = probabilities(board.features_CF @ model.weights_F, *names)
    for _ in range(rounds):
        found = probabilities(features_of(board, found) @ model.weights_F, *names)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one place name means; the fields are those of `onrecord.records.Place`.

    Attributes:
        n_candidates: Places of that name in the gazetteer.
    """

    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    probability: float = 0.0
    n_candidates: int = 0

    @property
    def is_found(self) -> bool:
        """Whether the gazetteer has a place that fits."""
        return self.precision is not None


def resolve(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    gazetteer: Gazetteer,
    model: Model | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> list[Answer]:
    """What the place names of one document mean.

    Args:
        text: The text of the document.
        spans: Start and end of each place name in it.
        gazetteer: Where names are looked up.
        model: Weights; the packaged ones if None.
        outlet: Who published it.
        url: Where it was published.

    Returns:
        One answer for each span, in the order given.
    """
    board = make_board(text, spans, gazetteer=gazetteer, outlet=outlet, url=url)
    found = solve(board, model or packaged_model())
    by_unit = [
        _answer(board, gazetteer, number, found)
        for number, unit in enumerate(board.units)
        if unit.mentions
    ]
    seats = {
        number: seat
        for number, unit in enumerate(board.units)
        if unit.mentions and (seat := _seat(board, gazetteer, number, found)) is not None
    }
    answers = []
    for number, unit in enumerate(board.unit_of):
        if unit is None or text[slice(*spans[number])].lower() in _SIDES:
            answers.append(_unknown(board, number))
            continue
        seat = None if calls_a_division(text, *spans[number]) else seats.get(unit)
        answers.append(seat or by_unit[unit])
    return answers


def _seat(board: Board, gazetteer: Gazetteer, unit: int, probability_C: Floats) -> Answer | None:
    """The town of the same name, where a division is the likeliest and the town lies in it.

    Outside of a few federations, a name alone means the town: "Luhansk" against "Luhansk
    region". Both lie close together, so that the town takes over the probability.
    """
    candidates, part = board.candidates, board.rows_of(unit)
    row = part.start + int(np.argmax(probability_C[part]))
    country, region = int(candidates.country_C[row]), int(candidates.region_C[row])
    if int(candidates.kind_C[row]) != REGION or iso3_of(country) in _FEDERATIONS:
        return None
    towns = [
        at
        for at in range(part.start, part.stop)
        if candidates.kind_C[at] == SETTLEMENT
        and candidates.country_C[at] == country
        and (candidates.region_C[at] == region or _km(candidates, at, row) <= _SEAT_KM)
        and candidates.population_C[at] >= _LEAST_SEAT
    ]
    if not towns:
        return None
    town = max(towns, key=lambda at: float(candidates.population_C[at]))
    probability = float(probability_C[row] + probability_C[town])
    return _answer_of(board, gazetteer, unit, town, min(probability, 1.0))


def _km(candidates: Candidates, a: int, b: int) -> float:
    """Distance of two candidates, which lie close together."""
    lat_a, lat_b = float(candidates.lat_C[a]), float(candidates.lat_C[b])
    east = (float(candidates.lon_C[a]) - float(candidates.lon_C[b])) * math.cos(
        math.radians((lat_a + lat_b) / 2)
    )
    return math.hypot(lat_a - lat_b, east) * _KM_PER_DEGREE


def _answer(board: Board, gazetteer: Gazetteer, unit: int, probability_C: Floats) -> Answer:
    candidates, part = board.candidates, board.rows_of(unit)
    own = probability_C[part]
    row = part.start + int(np.argmax(own))
    if probability_C[row] < _LEAST:
        n = part.stop - part.start
        return Answer(country=_shared_country(candidates.country_C[part], own), n_candidates=n)
    if _is_stray(board, unit, row, probability_C):
        return Answer(n_candidates=part.stop - part.start)
    return _answer_of(board, gazetteer, unit, row, float(probability_C[row]))


def _is_stray(board: Board, unit: int, row: int, probability_C: Floats) -> bool:
    """Whether an unsure town lies in another country than nearly all that is named beside it."""
    candidates = board.candidates
    if (
        int(candidates.kind_C[row]) != SETTLEMENT
        or probability_C[row] >= _SURE
        or candidates.population_C[row] >= _LARGE
    ):
        return False
    mass_C = probability_C * board.weight_C
    mass_C[board.rows_of(unit)] = 0.0
    total = float(mass_C.sum())
    of_country = np.bincount(candidates.country_C, mass_C)
    return (
        total > _LEAST_MASS
        and of_country[candidates.country_C[row]] < _ELSEWHERE * total
        and of_country.max() > _TOGETHER * total
    )


def _answer_of(
    board: Board, gazetteer: Gazetteer, unit: int, row: int, probability: float
) -> Answer:
    candidates, part = board.candidates, board.rows_of(unit)
    n = part.stop - part.start
    region = int(candidates.region_C[row])
    number = int(candidates.number_C[row])
    kind = int(candidates.kind_C[row])
    return Answer(
        name=gazetteer.name_of(candidates, row),
        country=iso3_of(int(candidates.country_C[row])),
        admin1=gazetteer.region_names.get(region) if kind > COUNTRY else None,
        geonames_id=number or None,
        lat=round(float(candidates.lat_C[row]), 5),
        lon=round(float(candidates.lon_C[row]), 5),
        precision=KINDS[kind],
        probability=round(probability, 4),
        n_candidates=n,
    )


def _shared_country(country_C: NDArray[np.int64], probability_C: Floats) -> str | None:
    """The country of nearly all of the mass, if there is one."""
    total = float(probability_C.sum())
    for country in np.unique(country_C).tolist():
        if country and probability_C[country_C == country].sum() >= _LEAST_COUNTRY * total > 0:
            return iso3_of(country)
    return None


def _unknown(board: Board, mention: int) -> Answer:
    """A name that the gazetteer does not have keeps the country that the text puts it in."""
    return Answer(country=iso3_of(board.country_of.get(mention, 0)))


@cache
def _iso3() -> dict[int, str]:
    return {country_number(row.iso2): row.iso3 for row in countries()}


def iso3_of(country: int) -> str | None:
    """ISO 3166-1 alpha-3 of a country's number here; None for none."""
    return _iso3().get(country)
