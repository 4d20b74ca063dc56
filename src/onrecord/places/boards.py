"""All candidates of all names of a document, with what speaks for each of them by itself.

What the other names mean is no part of this; see `onrecord.places.resolver`. Legend: C
candidates in the order of their units, F features.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.places.evidence import Neighbourhoods, cells_of
from onrecord.places.gazetteers import Candidates, Gazetteer, country_number
from onrecord.places.indexes import (
    ABBREVIATION,
    AREA,
    COUNTRY,
    DISTRICT,
    OTHER,
    REGION,
    SETTLEMENT,
    SHORT,
)
from onrecord.places.models import FEATURES
from onrecord.places.outlets import read_outlet
from onrecord.places.phrases import AS_DIVISION, AS_SETTLEMENT, Phrase, read_context, read_phrase
from onrecord.places.tables import area_codes
from onrecord.places.units import Lookup, Unit, context_units, marked_units

Floats = NDArray[np.float64]
AT = {name: number for number, name in enumerate(FEATURES)}
# Where newspapers of towns are mostly in English.
_ENGLISH = np.array([country_number(code) for code in ("US", "GB", "CA", "AU", "NZ", "IE")])
# Degrees within which a place counts as in a district, or at a settlement.
_IN_DISTRICT = 0.8
_AT_SETTLEMENT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All candidates of all units of a document.

    Attributes:
        features_CF: Features that do not depend on probabilities; the others are 0.
        weight_C: Weight of a candidate's unit.
        unit_of: Unit of each mention, None if the gazetteer does not have its name.
        country_of: Number of the country that the text puts a mention without unit in.
    """

    units: tuple[Unit, ...]
    candidates: Candidates
    features_CF: Floats
    weight_C: Floats
    neighbourhoods: Neighbourhoods
    unit_of: tuple[int | None, ...]
    country_of: Mapping[int, int]
    bounds: Sequence[int]

    def rows_of(self, unit: int) -> slice:
        """The candidates of a unit."""
        return slice(self.bounds[unit], self.bounds[unit + 1])


def make_board(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    gazetteer: Gazetteer,
    outlet: str | None = None,
    url: str | None = None,
) -> Board:
    """Look up all names of a document, and count what speaks for each candidate."""
    phrases = [read_phrase(text, start, end) for start, end in spans]
    context = read_context(text, spans)
    home = read_outlet(name=outlet, url=url)
    lookup = Lookup(gazetteer, phrases, context, home)
    marked = marked_units(lookup, phrases)
    units = [*marked, *context_units(lookup, context, home, {unit.name for unit in marked})]
    sizes = [len(unit.rows) for unit in units]
    rows = np.concatenate([unit.rows for unit in units]) if units else np.zeros(0, np.int64)
    candidates = lookup.found.at(rows).owned_by(np.repeat(np.arange(len(units)), sizes))
    unit_of: list[int | None] = [None] * len(spans)
    for number, unit in enumerate(marked):
        for mention in unit.mentions:
            unit_of[mention] = number
    features = _Fixed(units, candidates, lookup)
    features.add_kinds()
    features.add_containers()
    features.add_outlet(home.names, country_number(home.country or ""))
    features.add_area_codes(
        {gazetteer.region_number(area_codes().get(c, "")): n for c, n in context.area_codes.items()}
    )
    return Board(
        units=tuple(units),
        candidates=candidates,
        features_CF=features.values_CF,
        weight_C=np.repeat(np.array([unit.weight for unit in units], np.float64), sizes),
        neighbourhoods=Neighbourhoods(
            owner_C=candidates.owner_C,
            country_C=candidates.country_C,
            region_C=candidates.region_C,
            cell_C=cells_of(candidates.lat_C, candidates.lon_C),
            is_spot_C=(candidates.kind_C != COUNTRY) & (candidates.kind_C != AREA),
        ),
        unit_of=tuple(unit_of),
        country_of=_countries_of(phrases, unit_of, lookup),
        bounds=features.bounds,
    )


def _countries_of(
    phrases: Sequence[Phrase], unit_of: Sequence[int | None], lookup: Lookup
) -> dict[int, int]:
    """Countries of names that the gazetteer does not have, by what stands after a comma."""
    found: dict[int, int] = {}
    for number, phrase in enumerate(phrases):
        if unit_of[number] is not None:
            continue
        for name in phrase.containers:
            rows = lookup.rows(name)
            large = rows[lookup.found.kind_C[rows] <= REGION]
            countries = np.unique(lookup.found.country_C[large])
            if len(countries) == 1:
                found[number] = int(countries[0])
                break
    return found


class _Fixed:
    """Features that do not depend on what the other names mean."""

    def __init__(self, units: Sequence[Unit], candidates: Candidates, lookup: Lookup) -> None:
        self.units, self.own, self.lookup = units, candidates, lookup
        self.values_CF = np.zeros((len(candidates), len(FEATURES)))
        self.bounds = np.searchsorted(candidates.owner_C, np.arange(len(units) + 1)).tolist()
        self.is_settlement_C = candidates.kind_C == SETTLEMENT

    def _set(self, name: str, values: NDArray[np.bool_] | Floats) -> None:
        self.values_CF[:, AT[name]] = values

    def add_kinds(self) -> None:
        """What a candidate is, how large, and whether that fits the words beside the name."""
        own, spot = self.own, self.is_settlement_C
        size = np.where(spot, np.log10(own.population_C + 1) / 7, 0.0)
        self._set("bias", np.ones(len(own)))
        self._set("population", size)
        if len(own):
            first = np.array(self.bounds[:-1])
            largest = np.maximum.reduceat(size, first)[own.owner_C]
            self._set("behind_largest", np.where(spot, largest - size, 0.0))
        for name, kind in (
            ("is_country", COUNTRY),
            ("is_region", REGION),
            ("is_district", DISTRICT),
            ("is_area", AREA),
        ):
            self._set(name, own.kind_C == kind)
        self._set("is_capital", own.is_capital_C)
        self._set("is_other_name", own.form_C == OTHER)
        self._set("is_abbreviation", own.form_C == ABBREVIATION)
        self._set("is_short", own.form_C == SHORT)
        hint_C = np.array([unit.hint for unit in self.units], np.int64)[own.owner_C]
        is_division = (own.kind_C == REGION) | (own.kind_C == DISTRICT)
        self._set("as_division", (hint_C == AS_DIVISION) & is_division)
        self._set("as_settlement", (hint_C == AS_SETTLEMENT) & spot)

    def add_containers(self) -> None:
        """Whether a name is said to lie in what the candidate lies in, and the reverse."""
        by_name = {unit.name: number for number, unit in enumerate(self.units)}
        for number, unit in enumerate(self.units):
            for names in dict.fromkeys(unit.containers):
                for name in names:
                    used = self._match(number, self.lookup.rows(name))
                    if used is None:
                        continue
                    other = by_name.get(name)
                    if other is not None and len(used):
                        at = np.flatnonzero(np.isin(self.units[other].rows, used))
                        self.values_CF[self.bounds[other] + at, AT["is_container"]] = 1.0
                    break

    def _match(self, number: int, rows: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """Mark the candidates of a unit that lie in a container; the containers that count."""
        found, part = self.lookup.found, slice(self.bounds[number], self.bounds[number + 1])
        own, fits_any, used = self.own, False, []
        for row in rows.tolist():
            kind = int(found.kind_C[row])
            fits = _lies_in(own, part, found, row)
            if fits.any():
                fits_any = True
                if kind <= REGION:
                    inside = self.values_CF[part, AT["in_container"]]
                    np.maximum(inside, fits, out=inside)
                    used.append(row)
        return np.array(used, np.int64) if fits_any else None

    def add_outlet(self, names: Sequence[str], country: int) -> None:
        """Whether it lies in the country of the outlet, or has a name that is in its name."""
        if country:
            self._set("outlet_country", self.own.country_C == country)
        known = set(names)
        in_name = np.array([unit.name in known for unit in self.units], bool)[self.own.owner_C]
        self._set("outlet_name", in_name * self.values_CF[:, AT["behind_largest"]])
        self._set("outlet_name_english", in_name & np.isin(self.own.country_C, _ENGLISH))

    def add_area_codes(self, regions: dict[int, int]) -> None:
        """Whether telephone numbers of its division stand in the text."""
        regions.pop(0, None)
        for region, n in regions.items():
            self.values_CF[self.own.region_C == region, AT["area_code"]] = np.log1p(n)


def _lies_in(own: Candidates, part: slice, found: Candidates, row: int) -> NDArray[np.bool_]:
    """Which of some candidates lie in a place."""
    kind, kind_C = found.kind_C[row], own.kind_C[part]
    if kind == COUNTRY:
        if (kind_C == COUNTRY).any():
            # "Left Russia, U.S. officials say": no town in Ohio.
            return np.zeros(len(kind_C), bool)
        return np.asarray((own.country_C[part] == found.country_C[row]) & (kind_C != COUNTRY))
    in_region = own.region_C[part] == found.region_C[row]
    if kind == REGION:
        return np.asarray(in_region & (kind_C > REGION))
    if kind == DISTRICT:
        near = _near(own, part, found, row, _IN_DISTRICT)
        return np.asarray(near & in_region & (kind_C > DISTRICT))
    near = _near(own, part, found, row, _AT_SETTLEMENT)
    return np.asarray(near & (own.place_C[part] != found.place_C[row]) & (kind_C == SETTLEMENT))


def _near(
    own: Candidates, part: slice, other: Candidates, row: int, degrees: float
) -> NDArray[np.bool_]:
    lat = own.lat_C[part] - other.lat_C[row]
    lon = (own.lon_C[part] - other.lon_C[row]) * np.cos(np.radians(other.lat_C[row]))
    return np.asarray(np.hypot(lat, lon) < degrees)
