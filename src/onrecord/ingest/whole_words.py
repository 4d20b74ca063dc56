"""Readings whose words are all UTF-8, for what links documents: positions stay as they are.

Half of a surrogate pair, which JSON can bring in, is no UTF-8. The store keeps it as it came;
tables of linkers and what they compare have U+FFFD in its place.
"""

import dataclasses
import re
from enum import Enum
from typing import Any

from onrecord.records import Reading

_HALF = re.compile("[\ud800-\udfff]")


def whole_words(reading: Reading) -> Reading:
    """The same reading with U+FFFD for each half of a pair; itself if there is none."""
    document = reading.document
    given = (getattr(document, field.name) for field in dataclasses.fields(document))
    if not any(isinstance(value, str) and _HALF.search(value) for value in given):
        return reading
    made: Reading = _whole(reading)
    return made


def _whole(value: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, tuple):
        return tuple(map(_whole, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _whole(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.init
        }
        return dataclasses.replace(value, **changed)
    return value
