"""How much the other names of a document speak for each candidate.

A name spreads its weight over its candidates by probability; that mass then counts for
candidates of the other names in the same country, in the same division, and near by.
Legend: C candidates in the order of their names, K groups of candidates that share a key.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Cells of this many degrees; what lies in a cell or in one of the eight around it is near.
_CELL = 1.0
_ROWS, _COLUMNS = 182, 362
_AROUND = np.array([row * _COLUMNS + column for row in (-1, 0, 1) for column in (-1, 0, 1)])
_EARTH_KM = 6371.0


def cells_of(lat_C: Floats, lon_C: Floats) -> Ints:
    """The cell of each position; a margin keeps neighbours apart at the edges of the map."""
    row = np.floor((lat_C + 90) / _CELL).astype(np.int64) + 1
    column = np.floor((lon_C + 180) / _CELL).astype(np.int64) + 1
    return row * _COLUMNS + column


@dataclass(frozen=True, slots=True)
class _Groups:
    """Candidates by a key, and by key and name."""

    group_C: Ints
    own_C: Ints

    @classmethod
    def of(cls, key_C: Ints, owner_C: Ints) -> "_Groups":
        _, group_C = np.unique(key_C, return_inverse=True)
        _, own_C = np.unique(owner_C * (len(key_C) + 1) + group_C, return_inverse=True)
        return cls(group_C, own_C)

    def others(self, mass_C: Floats) -> Floats:
        """Mass of the other names' candidates with the same key."""
        every = np.bincount(self.group_C, mass_C)[self.group_C]
        own = np.bincount(self.own_C, mass_C)[self.own_C]
        return np.asarray(np.maximum(every - own, 0.0))


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells with the numbers of those around each; one more stands for empty ones."""

    cell_C: Ints
    around_K9: Ints

    @classmethod
    def of(cls, cell_C: Ints) -> "_Cells":
        cells, inverse = np.unique(cell_C, return_inverse=True)
        near = cells[:, None] + _AROUND
        at = np.minimum(np.searchsorted(cells, near), max(len(cells) - 1, 0))
        return cls(inverse, np.where(cells[at] == near, at, len(cells)) if len(cells) else at)

    def around(self, mass_C: Floats) -> Floats:
        """Mass in the cell of each candidate and in those around it."""
        mass_K = np.append(np.bincount(self.cell_C, mass_C, len(self.around_K9)), 0.0)
        return np.asarray(mass_K[self.around_K9].sum(axis=1)[self.cell_C])


class Neighbourhoods:
    """Where the candidates of a document share a country, a division, or a part of the map."""

    def __init__(
        self, *, owner_C: Ints, country_C: Ints, region_C: Ints, cell_C: Ints, is_spot_C: Ints
    ) -> None:
        self._has_country_C, self._has_region_C = country_C != 0, region_C != 0
        self._is_spot_C = is_spot_C != 0
        self._country, self._region = _Groups.of(country_C, owner_C), _Groups.of(region_C, owner_C)
        self._cells = _Cells.of(cell_C)
        self._own_cells = _Cells.of(owner_C * (_ROWS * _COLUMNS) + cell_C)

    def in_country(self, mass_C: Floats) -> Floats:
        """Mass of other names in the country of each candidate; none if it has no country."""
        return np.where(self._has_country_C, self._country.others(mass_C), 0.0)

    def in_region(self, mass_C: Floats) -> Floats:
        """Mass of other names in the first-level division of each candidate."""
        return np.where(self._has_region_C, self._region.others(mass_C), 0.0)

    def near(self, mass_C: Floats) -> Floats:
        """Mass of other names around each candidate; countries and areas lie nowhere near."""
        spots_C = np.where(self._is_spot_C, mass_C, 0.0)
        own_C = self._own_cells.around(spots_C)
        return np.maximum(self._cells.around(spots_C) - own_C, 0.0)


def distance_km(lat_C: Floats, lon_C: Floats, lat: float, lon: float) -> Floats:
    """Distances of some positions from one, in kilometres along the sphere.

    >>> distance_km(np.array([0.0]), np.array([0.0]), 0.0, 180.0).round().tolist()
    [20015.0]
    """
    north = np.radians(lat_C - lat) / 2
    east = np.radians(lon_C - lon) / 2
    across = np.cos(np.radians(lat_C)) * np.cos(np.radians(lat))
    h = np.sin(north) ** 2 + across * np.sin(east) ** 2
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0))))
