"""The gazetteer: the base index and those of added files, kept in one folder.

The base index is made on first use and kept as a file, whose name tells what it was made of.
A file appears under its name only when it is complete, so that any number of processes may make
it at once. Where nothing can be written it is made in memory, each time.
"""

import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import GazetteerError
from onrecord.places.building import build_index, made_of
from onrecord.places.indexes import (
    PlaceIndex,
    keys_of,
    open_index,
)

_LOG = logging.getLogger(__name__)
_SUFFIX = ".places"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Places that names can mean, one row each, in the order of the names.

    C counts candidates. Countries are two letters as one number, divisions are numbers of
    this gazetteer; 0 is none.
    """

    owner_C: NDArray[np.int64]
    part_C: NDArray[np.int64]
    place_C: NDArray[np.int64]
    form_C: NDArray[np.uint8]
    number_C: NDArray[np.int64]
    lat_C: NDArray[np.float64]
    lon_C: NDArray[np.float64]
    population_C: NDArray[np.float64]
    kind_C: NDArray[np.uint8]
    is_capital_C: NDArray[np.bool_]
    country_C: NDArray[np.int64]
    region_C: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.owner_C)

    def at(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> "Candidates":
        """Some of the rows."""
        return Candidates(**{name: getattr(self, name)[chosen] for name in self.__slots__})

    def owned_by(self, owner_C: NDArray[np.int64]) -> "Candidates":
        """The same rows for other owners."""
        return replace(self, owner_C=owner_C)


def country_number(iso2: str) -> int:
    """Two letters as a number; 0 for none."""
    return ord(iso2[0]) * 256 + ord(iso2[1]) if len(iso2) == 2 else 0


class Gazetteer:
    """Places by name."""

    def __init__(self, indexes: Sequence[PlaceIndex]) -> None:
        self.indexes = tuple(indexes)
        self._regions: dict[str, int] = {"": 0}
        for index in self.indexes:
            for code in index.regions:
                self._regions.setdefault(code, len(self._regions))
        self._region_numbers = [
            np.array([self._regions[code] for code in index.regions], np.int64)
            for index in self.indexes
        ]
        self._country_numbers = [
            np.array([country_number(code) for code in index.countries], np.int64)
            for index in self.indexes
        ]

    def __len__(self) -> int:
        return sum(map(len, self.indexes))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that is in it; another gazetteer may give other places."""
        if len(self.indexes) == 1:
            return self.indexes[0].digest
        digests = "".join(sorted(index.digest for index in self.indexes))
        return hashlib.sha256(digests.encode()).hexdigest()

    def region_number(self, code: str) -> int:
        """The number of a division such as ``US.KY``; 0 if it is not known."""
        return self._regions.get(code, 0)

    def find(self, names: Sequence[str]) -> Candidates:
        """All places that some normal names can mean."""
        keys = keys_of(names)
        parts = [self._find_in(number, keys) for number in range(len(self.indexes))]
        if len(parts) == 1:
            return parts[0]
        joined = Candidates(
            **{
                name: np.concatenate([getattr(part, name) for part in parts])
                for name in Candidates.__slots__
            }
        )
        return joined.at(np.argsort(joined.owner_C, kind="stable"))

    def _find_in(self, part: int, keys: NDArray[np.uint64]) -> Candidates:
        index = self.indexes[part]
        owner, posting = index.find(keys)
        place = index["place_N"][posting].astype(np.int64)
        return Candidates(
            owner_C=owner,
            part_C=np.full(len(owner), part, np.int64),
            place_C=place,
            form_C=index["form_N"][posting],
            number_C=index["number_P"][place].astype(np.int64),
            lat_C=index["lat_P"][place].astype(np.float64),
            lon_C=index["lon_P"][place].astype(np.float64),
            population_C=index["population_P"][place].astype(np.float64),
            kind_C=index["kind_P"][place],
            is_capital_C=index["is_capital_P"][place].astype(bool),
            country_C=self._country_numbers[part][index["country_P"][place]],
            region_C=self._region_numbers[part][index["region_P"][place]],
        )

    def name_of(self, candidates: Candidates, row: int) -> str:
        """The main name of a candidate."""
        part = int(candidates.part_C[row])
        return self.indexes[part].name_of(int(candidates.place_C[row]))

    @cached_property
    def _numbers(self) -> NDArray[np.int64]:
        parts = [index["number_P"].astype(np.int64) for index in self.indexes]
        return np.unique(np.concatenate([np.zeros(1, np.int64), *parts]))

    @cached_property
    def region_names(self) -> dict[int, str]:
        """Names of first-level divisions by their numbers here."""
        from onrecord.places.tables import regions

        found = {self._regions.get(f"{r.country}.{r.code}", 0): r.name for r in regions()}
        found.pop(0, None)
        return found

    def has_number(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which GeoNames numbers are in it."""
        known = self._numbers
        at = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
        return np.asarray(known[at] == numbers)


def default_folder() -> Path:
    """Where this system keeps files of a user that can be made again."""
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "onrecord"
    if sys.platform == "win32":
        return home / "AppData" / "Local" / "onrecord" / "Cache"
    return home / ".cache" / "onrecord"


def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """The gazetteer of a folder, the user's if None; its base is made if it is not there.

    Raises:
        GazetteerError: A file that was added cannot be read.
    """
    own = folder or default_folder()
    try:
        added = sorted(own.glob(f"added-*{_SUFFIX}"))
    except OSError:
        added = []
    return Gazetteer([_base(own), *map(open_index, added)])


def added_path(folder: Path | None, digest: str) -> Path:
    """Where places that are added are kept."""
    return (folder or default_folder()) / f"added-{digest[:12]}{_SUFFIX}"


def _base(folder: Path) -> PlaceIndex:
    name = f"base-{hashlib.sha256(made_of().encode()).hexdigest()[:12]}{_SUFFIX}"
    paths = (folder / name, _temporary() / name)
    for path in paths:
        found = _opened(path)
        if found is not None:
            return found if path == paths[0] else _kept(paths[0], path) or found
    content = build_index()
    for path in paths:
        try:
            write_file(path, content)
            return open_index(path)
        except (OSError, GazetteerError) as error:
            _LOG.info("no gazetteer is kept at %s: %s", path, error)
    return PlaceIndex(np.frombuffer(content, np.uint8), path="memory")


def _kept(path: Path, other: Path) -> PlaceIndex | None:
    """A copy, where it was asked for, of what an earlier call could only keep elsewhere."""
    try:
        write_file(path, other.read_bytes())
        return open_index(path)
    except (OSError, GazetteerError):
        return None


def _opened(path: Path) -> PlaceIndex | None:
    """The base index at a path; one that is broken is as good as none."""
    try:
        found = open_index(path) if path.is_file() and _is_own(path) else None
    except (OSError, GazetteerError) as error:
        _LOG.warning("the gazetteer is made anew: %s", error)
        return None
    return found if found is not None and found.made_of == made_of() else None


def _is_own(path: Path) -> bool:
    """Whether no other user can have laid the file there; an administrator may have."""
    return not hasattr(os, "getuid") or path.stat().st_uid in {os.getuid(), 0}


def _temporary() -> Path:
    """A folder of this user for files that the system may take away."""
    user = str(os.getuid()) if hasattr(os, "getuid") else Path.home().name
    return Path(tempfile.gettempdir()) / f"onrecord-{user}"


def write_file(path: Path, content: bytes) -> None:
    """Write a file that appears under its name only when it is complete.

    Raises:
        OSError: The folder cannot be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
