"""Places of a name as a list, the most likely meant without any text first."""

from dataclasses import dataclass

import numpy as np

from onrecord.places.gazetteers import Gazetteer
from onrecord.places.indexes import KINDS, SETTLEMENT
from onrecord.places.names import country_name, normal_name
from onrecord.places.resolver import iso3_of
from onrecord.places.tables import nationalities
from onrecord.records import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A place in the gazetteer; the names of fields are those of `onrecord.records.Place`."""

    name: str
    precision: Precision
    country: str | None
    admin1: str | None
    geonames_id: int | None
    lat: float
    lon: float
    population: int | None


def list_places(gazetteer: Gazetteer, name: str, *, limit: int | None = None) -> list[Listed]:
    """Places that a name can mean: countries and divisions first, then by population."""
    normal = normal_name(name)
    if not normal:
        return []
    people = nationalities().get(normal)
    found = gazetteer.find([country_name(people) if people else normal])
    kind = np.minimum(found.kind_C, SETTLEMENT)
    order = np.lexsort((found.number_C, -found.population_C, found.form_C, kind))
    listed = []
    for row in order[:limit].tolist():
        population = int(found.population_C[row])
        listed.append(
            Listed(
                name=gazetteer.name_of(found, row),
                precision=KINDS[int(found.kind_C[row])],
                country=iso3_of(int(found.country_C[row])),
                admin1=gazetteer.region_names.get(int(found.region_C[row])),
                geonames_id=int(found.number_C[row]) or None,
                lat=round(float(found.lat_C[row]), 5),
                lon=round(float(found.lon_C[row]), 5),
                population=population or None,
            )
        )
    return listed
