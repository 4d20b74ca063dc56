"""Places made by hand: small indexes, dumps, and texts in which every place name is marked."""

import re
from pathlib import Path

import numpy as np

from onrecord.places.gazetteers import Gazetteer
from onrecord.places.indexes import MAIN, Entry, IndexWriter, PlaceIndex
from onrecord.places.names import normal_name
from onrecord.places.resolver import Answer, resolve

_MARKED = re.compile(r"\[([^\]]+)\]")


def index_of(*entries: Entry) -> PlaceIndex:
    """An index in memory, each place under its own name."""
    writer = IndexWriter()
    for entry in entries:
        writer.add(entry, [(normal_name(entry.name), MAIN)])
    return PlaceIndex(np.frombuffer(writer.to_bytes(made_of="a test"), np.uint8), path="memory")


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its brackets, and where they stood.

    >>> unmark("In [Rome] now")
    ('In Rome now', [(3, 7)])
    """
    text, spans, at = "", [], 0
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text += found[1]
        at = found.end()
    return text + marked[at:], spans


def answers(marked: str, gazetteer: Gazetteer, **given: str) -> list[Answer]:
    """What the bracketed names mean."""
    text, spans = unmark(marked)
    return resolve(text, spans, gazetteer=gazetteer, **given)


def dump_line(**changes: str) -> str:
    """A line of a GeoNames dump: a village that is nowhere else."""
    cells = {
        "geonameid": "99000001",
        "name": "Verkhnia Testivka",
        "asciiname": "Verkhnia Testivka",
        "alternatenames": "Upper Testivka,Верхня Тестівка",
        "latitude": "48.5",
        "longitude": "37.5",
        "class": "P",
        "code": "PPL",
        "country": "UA",
        "cc2": "",
        "admin1": "05",
        "admin2": "",
        "admin3": "",
        "admin4": "",
        "population": "120",
        "elevation": "",
        "dem": "150",
        "timezone": "Europe/Kyiv",
        "date": "2024-01-01",
    }
    return "\t".join((cells | changes).values())


def write_dump(path: Path, *lines: str) -> Path:
    """A dump with some lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
