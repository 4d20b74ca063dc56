"""Labels of other codebooks as PLOVER's sixteen types: one table, `tables/plover_versions.tsv`.

>>> types_of(LabelSet.PLOVER_2016, "DEMAND")
(<EventType.REQUEST: 'REQUEST'>,)
>>> [type.value for type in types_of(LabelSet.CAMEO, "0872")]
['RETREAT']
"""

import functools
from collections.abc import Iterator, Mapping
from enum import StrEnum

from onrecord.events.tables import read_rows
from onrecord.records.vocabularies import EventType

_LEFT_OUT, _UNKNOWN = "-", "?"


class LabelSet(StrEnum):
    """Whose labels they are.

    Attributes:
        PLOVER_2021: The sixteen types themselves.
        PLOVER_2016: PLOVER 0.5b1; ``TYPE/mode`` for one mode of a type.
        PLV: The fifteen root codes of PLV.
        CAMEO: CAMEO's codes of two to four digits.
        WEIS_PETRARCH: The codes of PETRARCH's validation dictionary, mostly of WEIS.
    """

    PLOVER_2021 = "plover-2021"
    PLOVER_2016 = "plover-0.5b1"
    PLV = "plv"
    CAMEO = "cameo"
    WEIS_PETRARCH = "weis-petrarch"


# Sets whose codes are digits, of which the first ones are the broader class.
_BY_BEGINNING = frozenset({LabelSet.CAMEO, LabelSet.WEIS_PETRARCH})


def types_of(labels: LabelSet, code: str) -> tuple[EventType, ...] | None:
    """The types that a label covers, the most usual first.

    Args:
        labels: Whose label it is.
        code: The label. Digits may go on after those of the table; a mode after ``/`` that
            the table does not name is that of its type.

    Returns:
        None if the label is not known or has no meaning of its own; () if it stands for
        something that PLOVER leaves out.

    >>> types_of(LabelSet.CAMEO, "012"), types_of(LabelSet.PLV, "FIGHT")
    ((), None)
    """
    table = _table()[labels]
    for known in (
        _beginnings(code) if labels in _BY_BEGINNING else (code, code.split("/", maxsplit=1)[0])
    ):
        if known in table:
            return table[known]
    return None


def label_of(labels: LabelSet, event_type: EventType) -> str | None:
    """The label under which a set has a type: the first that covers it, modes aside.

    >>> label_of(LabelSet.PLV, EventType.RETREAT)
    'YIELD'
    """
    for code, types in _table()[labels].items():
        if types and event_type in types and "/" not in code:
            return code
    return None


def _beginnings(code: str) -> Iterator[str]:
    return (code[:length] for length in range(len(code), 0, -1))


@functools.cache
def _table() -> Mapping[LabelSet, Mapping[str, tuple[EventType, ...] | None]]:
    table: dict[LabelSet, dict[str, tuple[EventType, ...] | None]] = {own: {} for own in LabelSet}
    for row in read_rows("plover_versions"):
        table[LabelSet(row["labels"])][row["code"]] = _types(row["types"])
    return table


def _types(cell: str) -> tuple[EventType, ...] | None:
    if cell == _UNKNOWN:
        return None
    return () if cell == _LEFT_OUT else tuple(EventType(own) for own in cell.split("|"))
