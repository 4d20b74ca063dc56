"""GeoNames country dumps: tab-separated files of 19 columns, plain or zipped.

Settlements, divisions, and what has a name on a map of land and water are taken; buildings,
roads and other spots are left out, as their names are mostly those of something else.
Format: https://download.geonames.org/export/dump/readme.txt
"""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from onrecord.errors import GazetteerError
from onrecord.places.building import is_readable
from onrecord.places.gazetteers import added_path, load_gazetteer, write_file
from onrecord.places.indexes import (
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
from onrecord.places.names import division_names, normal_name

_COLUMNS = 19
_CLASSES = frozenset("PALHT")
_MAX_LINE = 1_000_000
_BLOCK = 50_000


def add_dump(path: Path, folder: Path | None = None) -> int:
    """Add the places of a dump to the gazetteer of a folder, the user's if None.

    Returns:
        How many were not in the gazetteer before.

    Raises:
        GazetteerError: The file is no such dump, or the folder cannot be written.
    """
    gazetteer = load_gazetteer(folder)
    writer, seen = IndexWriter(), set[int]()
    digest = hashlib.sha256()
    for block in _blocks(read_dump(path)):
        numbers = np.array([entry.number for entry, _ in block], np.int64)
        is_known = gazetteer.has_number(numbers).tolist()
        for (entry, names), known in zip(block, is_known, strict=True):
            if not known and entry.number not in seen:
                seen.add(entry.number)
                writer.add(entry, names)
                digest.update(f"{entry}{names}".encode())
    if len(writer):
        target = added_path(folder, digest.hexdigest())
        try:
            write_file(target, writer.to_bytes(made_of=path.name))
        except OSError as error:
            raise GazetteerError(
                path=str(target.parent), problem=f"it cannot be written ({error.strerror})"
            ) from error
    return len(writer)


def _blocks(
    rows: Iterator[tuple[Entry, list[tuple[str, int]]]],
) -> Iterator[list[tuple[Entry, list[tuple[str, int]]]]]:
    block = []
    for row in rows:
        block.append(row)
        if len(block) == _BLOCK:
            yield block
            block = []
    if block:
        yield block


def read_dump(path: Path) -> Iterator[tuple[Entry, list[tuple[str, int]]]]:
    """The places of a dump with their names.

    Raises:
        GazetteerError: Naming the file, the line and what is wrong.
    """
    try:
        with _opened(path) as stream:
            yield from _rows(stream, str(path))
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise GazetteerError(path=str(path), problem=f"it cannot be read ({error})") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as head:
        is_zip = head.read(4) == b"PK\x03\x04"
    if not is_zip:
        with path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive:
        inside = [n for n in archive.namelist() if n.lower().endswith(".txt")]
        tables = [n for n in inside if Path(n).name.lower() != "readme.txt"]
        if len(tables) != 1:
            raise GazetteerError(
                path=str(path), problem=f"it holds {len(tables)} tables instead of one"
            )
        with archive.open(tables[0]) as stream:
            yield stream


def _rows(stream: IO[bytes], path: str) -> Iterator[tuple[Entry, list[tuple[str, int]]]]:
    number = 0
    while line := stream.readline(_MAX_LINE):
        number += 1
        try:
            entry = _row(line)
        except ValueError as error:
            raise GazetteerError(path=path, line=number, problem=str(error)) from error
        if entry is not None:
            yield entry


def _row(line: bytes) -> tuple[Entry, list[tuple[str, int]]] | None:
    """One place; None for a blank line and for what is left out.

    Raises:
        ValueError: Saying what is wrong.
    """
    try:
        text = line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is no UTF-8: {error.reason}") from error
    if not text.strip():
        return None
    cells = text.split("\t")
    if len(cells) != _COLUMNS:
        raise ValueError(f"it has {len(cells)} columns instead of {_COLUMNS}")
    number = _whole("geonameid", cells[0], 1, 2**32 - 1)
    lat, lon = _degrees("latitude", cells[4], 90), _degrees("longitude", cells[5], 180)
    country, population = cells[8], _whole("population", cells[14] or "0", 0, 2**40)
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise ValueError(f"the country is {country!r}; it takes two letters")
    if not cells[1].strip():
        raise ValueError("the name is empty")
    if cells[6] not in _CLASSES:
        return None
    kind = _kind(cells[6], cells[7])
    entry = Entry(
        number=number,
        name=cells[1],
        lat=lat,
        lon=lon,
        kind=kind,
        country=country.upper(),
        region=cells[10] if cells[10] != "00" else "",
        population=population,
        is_capital=cells[7] == "PPLC",
    )
    return entry, _names(kind, cells)


def _names(kind: int, cells: list[str]) -> list[tuple[str, int]]:
    full, *shorter = (
        division_names(cells[1]) if kind in {REGION, DISTRICT} else [normal_name(cells[1])]
    )
    names = [(full, MAIN), (normal_name(cells[2]), MAIN)]
    names += [(name, MAIN if kind == REGION else SHORT) for name in shorter]
    others = cells[3].split(",") if cells[3] else []
    return names + [(normal_name(name), OTHER) for name in others if is_readable(name)]


def _kind(feature_class: str, code: str) -> int:
    if feature_class == "P":
        return SETTLEMENT
    if code.startswith("PCL"):
        return COUNTRY
    if feature_class == "A" and code.startswith("ADM"):
        return REGION if code == "ADM1" else DISTRICT
    return AREA


def _whole(name: str, cell: str, least: int, most: int) -> int:
    if not (cell.isascii() and cell.isdigit() and least <= int(cell[:20]) <= most):
        raise ValueError(f"the {name} is {cell[:40]!r}; it takes a whole number")
    return int(cell)


def _degrees(name: str, cell: str, most: int) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = most + 1.0
    if not abs(value) <= most:
        raise ValueError(f"the {name} is {cell[:40]!r}; it takes {-most} to {most}")
    return value
