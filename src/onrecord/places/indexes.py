"""One file of places, found by name: sorted keys, postings and columns, mapped into memory.

A file is a magic line, the length of a JSON head, the head, and arrays aligned to 64 bytes. The
head names the arrays, the codes of countries and divisions, and a digest of all that was put in.
Names are kept as keys of 64 bits, so that two of them meet by chance once in 10^12 look-ups.
"""

import hashlib
import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import GazetteerError
from onrecord.places.names import name_key
from onrecord.records import Precision

_MAGIC = b"onrecord places 1\n"
_ALIGN = 64
KINDS = (
    Precision.COUNTRY,
    Precision.REGION,
    Precision.DISTRICT,
    Precision.SETTLEMENT,
    Precision.AREA,
    Precision.POINT,
)
COUNTRY, REGION, DISTRICT, SETTLEMENT, AREA, POINT = range(len(KINDS))
# How a name belongs to a place; short is a division's without the word for its kind.
MAIN, OTHER, ABBREVIATION, SHORT = range(4)
_COLUMNS = {
    "key_K": "<u8",
    "first_K": "<u4",
    "place_N": "<u4",
    "form_N": "u1",
    "number_P": "<u4",
    "lat_P": "<f4",
    "lon_P": "<f4",
    "population_P": "<u4",
    "kind_P": "u1",
    "is_capital_P": "u1",
    "country_P": "<u2",
    "region_P": "<u4",
    "name_P": "<u4",
    "names": "u1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place as it goes into an index.

    Attributes:
        number: In GeoNames; 0 if it has none there.
        kind: Position in `KINDS`.
        country: ISO 3166-1 alpha-2, or empty.
        region: Code of its first-level division within the country, or empty.
    """

    number: int
    name: str
    lat: float
    lon: float
    kind: int
    country: str = ""
    region: str = ""
    population: int = 0
    is_capital: bool = False


class IndexWriter:
    """Collects places with their names, and makes the bytes of a file."""

    def __init__(self) -> None:
        self._columns: dict[str, Any] = {
            "number_P": array("I"),
            "lat_P": array("f"),
            "lon_P": array("f"),
            "population_P": array("I"),
            "kind_P": array("B"),
            "is_capital_P": array("B"),
            "country_P": array("H"),
            "region_P": array("I"),
            "name_P": array("I"),
        }
        self._keys, self._places, self._forms = array("Q"), array("I"), array("B")
        self._names = bytearray()
        self._countries: dict[str, int] = {"": 0}
        self._regions: dict[str, int] = {"": 0}

    def __len__(self) -> int:
        return len(self._columns["number_P"])

    def add(self, entry: Entry, names: Iterable[tuple[str, int]]) -> None:
        """A place under its normal names, each with its form."""
        c, place = self._columns, len(self)
        region = f"{entry.country}.{entry.region}" if entry.region else ""
        c["number_P"].append(entry.number)
        c["lat_P"].append(entry.lat)
        c["lon_P"].append(entry.lon)
        c["population_P"].append(min(entry.population, 0xFFFFFFFF))
        c["kind_P"].append(entry.kind)
        c["is_capital_P"].append(entry.is_capital)
        c["country_P"].append(self._countries.setdefault(entry.country, len(self._countries)))
        c["region_P"].append(self._regions.setdefault(region, len(self._regions)))
        self._names += entry.name.encode("utf-8", "replace") + b"\0"
        c["name_P"].append(len(self._names))
        forms: dict[str, int] = {}
        for name, form in names:
            if name and form < forms.get(name, SHORT + 1):
                forms[name] = form
        for name, form in forms.items():
            self._keys.append(name_key(name))
            self._places.append(place)
            self._forms.append(form)

    def to_bytes(self, *, made_of: str) -> bytes:
        """The whole file; ``made_of`` names its sources and versions."""
        keys = np.frombuffer(self._keys, "<u8") if self._keys else np.zeros(0, "<u8")
        order = np.argsort(keys, kind="stable")
        unique, first = np.unique(keys[order], return_index=True)
        own: dict[str, Any] = {
            "key_K": unique,
            "first_K": np.append(first, len(keys)),
            "place_N": np.array(self._places, "<u4")[order],
            "form_N": np.array(self._forms, "u1")[order],
            "names": np.frombuffer(bytes(self._names), "u1"),
            **self._columns,
        }
        arrays = {name: np.asarray(own[name], dtype) for name, dtype in _COLUMNS.items()}
        digest = hashlib.sha256()
        for name in _COLUMNS:
            digest.update(arrays[name].tobytes())
        return _packed(
            arrays,
            {
                "made_of": made_of,
                "digest": digest.hexdigest(),
                "countries": list(self._countries),
                "regions": list(self._regions),
            },
        )


def _packed(arrays: dict[str, NDArray[Any]], head: dict[str, Any]) -> bytes:
    at, places = 0, {}
    for name, values in arrays.items():
        places[name] = (at, len(values))
        at += -(-values.nbytes // _ALIGN) * _ALIGN
    line = json.dumps({**head, "arrays": places}, separators=(",", ":")).encode()
    start = len(_MAGIC) + 8 + len(line)
    line += b" " * (-start % _ALIGN)
    parts = [_MAGIC, len(line).to_bytes(8, "little"), line]
    for values in arrays.values():
        content = values.tobytes()
        parts += [content, b"\0" * (-len(content) % _ALIGN)]
    return b"".join(parts)


class PlaceIndex:
    """A file of places, or its bytes, open for look-ups."""

    def __init__(self, data: NDArray[np.uint8], *, path: str) -> None:
        """Check the head and lay the arrays over the data.

        Raises:
            GazetteerError: It is no such file, or is cut off.
        """
        try:
            head, start = _head_of(data)
            arrays = {
                name: _column(data, start + head["arrays"][name][0], head["arrays"][name][1], dtype)
                for name, dtype in _COLUMNS.items()
            }
            self.made_of, self.digest = str(head["made_of"]), str(head["digest"])
            self.countries, self.regions = list(head["countries"]), list(head["regions"])
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise GazetteerError(
                path=path, problem="it is no gazetteer, or is cut off; delete it"
            ) from error
        self.path, self.arrays = path, arrays

    def __len__(self) -> int:
        return len(self.arrays["number_P"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.arrays[name]

    def name_of(self, place: int) -> str:
        """The main name of a place."""
        ends, names = self.arrays["name_P"], self.arrays["names"]
        start = int(ends[place - 1]) if place else 0
        return bytes(names[start : int(ends[place]) - 1]).decode("utf-8", "replace")

    def find(self, keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which keys and which postings belong together, in the order of the keys."""
        known, first = self.arrays["key_K"], self.arrays["first_K"]
        if not len(known):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        at = np.searchsorted(known, keys)
        at[at == len(known)] = 0
        hits = np.flatnonzero(known[at] == keys)
        start = first[at[hits]].astype(np.int64)
        n = first[at[hits] + 1].astype(np.int64) - start
        owner = np.repeat(hits, n)
        offset = np.arange(len(owner)) - np.repeat(np.cumsum(n) - n, n)
        return owner, np.repeat(start, n) + offset


def keys_of(names: Sequence[str]) -> NDArray[np.uint64]:
    """The keys of normal names."""
    return np.fromiter(map(name_key, names), np.uint64, len(names))


def open_index(path: Path) -> PlaceIndex:
    """A file mapped into memory.

    Raises:
        GazetteerError: It is no such file, is cut off, or cannot be read.
    """
    try:
        data = np.memmap(path, np.uint8, "r")
    except (OSError, ValueError) as error:
        raise GazetteerError(path=str(path), problem=f"it cannot be read ({error})") from error
    return PlaceIndex(np.asarray(data), path=str(path))


def _head_of(data: NDArray[np.uint8]) -> tuple[dict[str, Any], int]:
    if bytes(data[: len(_MAGIC)]) != _MAGIC:
        raise ValueError("magic")
    start = len(_MAGIC) + 8
    length = int.from_bytes(bytes(data[len(_MAGIC) : start]), "little")
    head = json.loads(bytes(data[start : start + length]))
    if not isinstance(head, dict):
        raise TypeError("head")
    return head, start + length


def _column(data: NDArray[np.uint8], start: int, n: int, dtype: str) -> NDArray[Any]:
    end = start + n * np.dtype(dtype).itemsize
    if end > len(data):
        raise ValueError("cut off")
    return data[start:end].view(dtype)
