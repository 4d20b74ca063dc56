"""The tables beside this module: countries, divisions, areas, and what points at them.

Each opens with lines of `#` that name source and licence. They are read when they are needed.
"""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.places.names import normal_name


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """Where a country's pin stands and how it is called."""

    iso2: str
    iso3: str
    lat: float
    lon: float
    names: tuple[str, ...]
    nationalities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionRow:
    """A division of a country; `code` is that of its first level."""

    country: str
    code: str
    number: int
    lat: float
    lon: float
    population: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """An area that is no division of one country."""

    name: str
    lat: float
    lon: float
    country: str | None
    number: int | None
    names: tuple[str, ...]


def rows_of(name: str, n_columns: int) -> Iterator[list[str]]:
    """The cells of a table, short rows filled up."""
    content = files("onrecord.places").joinpath(name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (n_columns - len(cells))


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


@cache
def countries() -> tuple[CountryRow, ...]:
    """All countries and territories that ISO 3166-1 names, and Kosovo."""
    return tuple(
        CountryRow(
            iso2=iso2,
            iso3=iso3,
            lat=float(lat),
            lon=float(lon),
            names=_list(names),
            nationalities=_list(nationalities),
        )
        for iso2, iso3, lat, lon, names, nationalities in rows_of("countries.tsv", 6)
    )


def regions() -> Iterator[DivisionRow]:
    """First-level divisions."""
    for country, code, number, lat, lon, population, name in rows_of("regions.tsv", 7):
        yield DivisionRow(
            country=country,
            code=code,
            number=int(number),
            lat=float(lat),
            lon=float(lon),
            population=int(population),
            name=name,
        )


def districts() -> Iterator[DivisionRow]:
    """Second-level divisions, as far as their position is known."""
    for country, code, number, lat, lon, name in rows_of("districts.tsv.gz", 6):
        yield DivisionRow(
            country=country,
            code=code,
            number=int(number),
            lat=float(lat),
            lon=float(lon),
            population=0,
            name=name,
        )


def areas() -> Iterator[AreaRow]:
    """Continents, seas, ranges, larger and smaller areas."""
    for name, lat, lon, country, number, names in rows_of("areas.tsv", 6):
        yield AreaRow(
            name=name,
            lat=float(lat),
            lon=float(lon),
            country=country or None,
            number=int(number) if number else None,
            names=_list(names),
        )


def region_names() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Other names and abbreviations of first-level divisions, by ``country.code``."""
    return {
        code: (_list(names), _list(abbreviations))
        for code, names, abbreviations in rows_of("region_names.tsv", 3)
    }


@cache
def nationalities() -> dict[str, str]:
    """Normal words for who or what is of a country, with its ISO alpha-2 code.

    What two countries share, such as "Congolese", is left out.
    """
    found: dict[str, str] = {}
    shared = set()
    for row in countries():
        for word in map(normal_name, row.nationalities):
            if found.setdefault(word, row.iso2) != row.iso2:
                shared.add(word)
    return {word: iso2 for word, iso2 in found.items() if word not in shared}


@cache
def area_codes() -> dict[str, str]:
    """Telephone area codes with the ``country.code`` of their division."""
    return {
        number: code for code, numbers in rows_of("area_codes.tsv", 2) for number in numbers.split()
    }


@cache
def local_words() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Words that tell the country of an article, its ISO alpha-2 code, and the whole word."""
    return tuple(
        (word, country, re.compile(rf"(?<![\w-]){re.escape(word)}(?!\w)"))
        for country, words in rows_of("local_words.tsv", 2)
        for word in words.split(";")
    )
