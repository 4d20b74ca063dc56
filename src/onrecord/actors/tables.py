"""The tables of the package, as rows; their first lines say where they come from."""

import functools
import importlib.resources
from collections.abc import Iterator

# Subjects with one row for each name: code, name, also, from, to.
DATED = ("organizations", "armed_groups", "parties", "agencies", "persons")
# Subjects with many names in a row, all of the same code.
LISTED = ("media", "companies", "seats")
ALL = (*DATED, *LISTED, "acting_verbs", "breakaway", "countries", "offices", "regions", "roles")


def read_rows(subject: str) -> list[dict[str, str]]:
    """Rows of `tables/<subject>.tsv` by column."""
    lines = _lines(subject)
    columns = next(lines).split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


@functools.cache
def table_text(subject: str) -> str:
    """A table with its comments."""
    path = importlib.resources.files("onrecord.actors") / "tables" / f"{subject}.tsv"
    return path.read_text(encoding="utf-8")


def _lines(subject: str) -> Iterator[str]:
    return (line for line in table_text(subject).splitlines() if line and not line.startswith("#"))


def split_list(cell: str) -> list[str]:
    """Values of a cell that holds several, with | between."""
    return [value for value in cell.split("|") if value]
