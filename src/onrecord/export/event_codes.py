"""Codes that event data has beside the type: how hostile, which of four classes, which state.

The tables beside this module say where they come from. Columns are in `event_rows`.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from onrecord.records import EventType


def intensity_of(event_type: EventType, mode: str | None) -> float:
    """How cooperative an event is, from -10 to 10; of a mode that has no score, the type's.

    >>> intensity_of(EventType.AID, None), intensity_of(EventType.ASSAULT, "drone")
    (10.0, -9.5)
    """
    known = intensities()
    return known.get((event_type.value, mode or ""), known[event_type.value, ""])


def quad_of(event_type: EventType) -> tuple[int, str]:
    """Number and name of the class of a type: verbal or material, cooperation or conflict.

    >>> quad_of(EventType.COERCE)
    (4, 'material conflict')
    """
    return quads()[event_type.value]


def cow_of(country: str) -> str:
    """The number of a country in the Correlates of War project, "" if it has none.

    >>> cow_of("UKR"), cow_of("HKG")
    ('369', '')
    """
    return _cow_codes().get(country, "")


def cameo_of(event_type: EventType, mode: str | None) -> str:
    """The CAMEO code of a type and mode.

    >>> cameo_of(EventType.ASSAULT, "drone"), cameo_of(EventType.AGREE, None)
    ('195', '030')
    """
    known = _cameo_codes()
    return known.get((event_type.value, mode or ""), known[event_type.value, ""])


def cameo_root_of(code: str) -> tuple[float, int]:
    """Goldstein's scale and GDELT's class of the root of a CAMEO code.

    >>> cameo_root_of("0872")
    (5.0, 2)
    """
    return _cameo_roots()[code[:2]]


def fips_of(country: str) -> str:
    """The FIPS 10-4 code of a country, "" if it has none.

    >>> fips_of("UKR"), fips_of("XXX")
    ('UP', '')
    """
    return _fips_codes().get(country, "")


@cache
def intensities() -> MappingProxyType[tuple[str, str], float]:
    """The score of each type and mode; the mode is "" for an event without one."""
    return MappingProxyType(
        {(kind, mode): float(score) for kind, mode, score in _rows("event_scores.tsv")}
    )


@cache
def quads() -> MappingProxyType[str, tuple[int, str]]:
    """The class of each type."""
    return MappingProxyType(
        {
            kind: (int(code), category)
            for code, category, kinds in _rows("event_quads.tsv")
            for kind in kinds.split()
        }
    )


@cache
def _cow_codes() -> dict[str, str]:
    return dict(_rows("cow_codes.tsv"))


@cache
def _cameo_codes() -> dict[tuple[str, str], str]:
    return {(kind, mode): code for kind, mode, code in _rows("cameo_codes.tsv")}


@cache
def _cameo_roots() -> dict[str, tuple[float, int]]:
    return {root: (float(scale), int(quad)) for root, scale, quad in _rows("cameo_roots.tsv")}


@cache
def _fips_codes() -> dict[str, str]:
    return dict(_rows("fips_codes.tsv"))


def _rows(name: str) -> Iterator[list[str]]:
    text = files("onrecord.export").joinpath(name).read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            yield line.split("\t")
