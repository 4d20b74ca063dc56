"""Readings as rows of tables, and back: values that Arrow takes, no files.

One table for each kind of row; what is written where stands in `onrecord.export.tables`
and in `onrecord.lake`.
"""

import collections
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from onrecord.errors import InputError
from onrecord.export.records import record_from_values
from onrecord.records import Document, Problem, Reading, Run
from onrecord.schema.fields import Field, fields_of, is_row_field, sections, table_fields

_SURROGATE = re.compile("[\ud800-\udfff]")


def readings_of(
    rows: Mapping[str, Iterator[dict[str, Any]]], runs: Mapping[str, Run]
) -> Iterator[Reading]:
    """The readings whose rows these are, in their order, one at a time.

    Args:
        rows: Of the tables ``readings``, ``documents`` and all sections, each in the order in
            which `rows_of` gives them.
        runs: By id.

    Raises:
        InputError: A row is missing or has another type, or rows are in another order.
    """
    read = list(rows["readings"])
    n_left = collections.Counter(row.get("document") for row in read)
    documents = _Documents(rows["documents"])
    for number, row in enumerate(read):
        at = f"readings[{number}]"
        if row.get("run") not in runs:
            raise InputError(source=at, problem=f"there is no run {row.get('run')!r}")
        document = documents.take(row.get("document"), at)
        n_left[document.id] -= 1
        if not n_left[document.id]:
            documents.forget(document.id)
        found = {name: _section(name, rows[name], row.get(f"n_{name}"), row) for name in sections()}
        problems = tuple(
            record_from_values(Problem, given, at=f"{at}.problems")
            for given in row.get("problems") or ()
        )
        yield Reading(run=runs[row["run"]], document=document, problems=problems, **found)
    for name in ("documents", *sections()):
        if next(rows[name], None) is not None:
            raise InputError(source=name, problem="it has more rows than the readings say")


class _Documents:
    """Documents as they come in their table; one that is read again later is kept."""

    def __init__(self, rows: Iterator[dict[str, Any]]) -> None:
        self._rows = rows
        self._kept: dict[str, Document] = {}

    def take(self, document: str | None, at: str) -> Document:
        if document not in self._kept:
            row = next(self._rows, None)
            if row is None or row.get("id") != document:
                raise InputError(source=at, problem="its document does not come next in documents")
            found: Document = record_from_values(Document, row, at=f"document {document}")
            self._kept[found.id] = found
            return found
        return self._kept[document]

    def forget(self, document: str) -> None:
        del self._kept[document]


def run_of(row: dict[str, Any]) -> Run:
    """The run that is a row of its table.

    Raises:
        InputError: It is none.
    """
    at = f"run {row.get('id')}"
    try:
        settings = json.loads(row.get("settings") or "")
    except ValueError as error:
        raise InputError(source=at, problem=f"its settings are no JSON: {error}") from error
    run: Run = record_from_values(Run, {**row, "settings": settings}, at=at)
    return run


def _section(
    name: str, rows: Iterator[dict[str, Any]], n_rows: int | None, reading: dict[str, Any]
) -> tuple[Any, ...] | None:
    """The next rows of a table, all of which must belong to this reading."""
    if n_rows is None:
        return None
    found = []
    for _ in range(n_rows):
        row = next(rows, {})
        if any(row.get(key) != reading[key] for key in ("document", "run")):
            raise InputError(source=name, problem="rows are missing, or in another order")
        found.append(record_from_values(sections()[name], row, at=f"{name} {row.get('id')}"))
    return tuple(found)


def rows_of(readings: Iterable[Reading]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All rows with the table that each belongs to; none comes twice."""
    seen: set[tuple[str, ...]] = set()
    for reading in readings:
        key = (reading.document.id, reading.run.id)
        if key in seen:
            continue
        seen.add(key)
        for name, record in (("runs", reading.run), ("documents", reading.document)):
            if (name, record.id) not in seen:
                seen.add((name, record.id))
                yield name, row_values(record)
        yield "readings", _reading_values(reading)
        for name in sections():
            for row in getattr(reading, name) or ():
                yield name, row_values(row)


def _reading_values(reading: Reading) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field, column in zip(fields_of(Reading), table_fields(Reading), strict=True):
        value = getattr(reading, field.name)
        if not is_row_field(field):
            values[column.name] = _field_value(field, value)
        elif field.is_list:
            values[column.name] = None if value is None else len(value)
        else:
            values[column.name] = value.id
    return values


def row_values(record: Any) -> dict[str, Any]:
    """The fields of a record as Arrow takes them: spans and parts are objects."""
    return {f.name: _field_value(f, getattr(record, f.name)) for f in fields_of(type(record))}


def _field_value(field: Field, value: Any) -> Any:
    if field.is_list:
        return [_value(item) for item in value]
    return _value(value)


def _value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return json.dumps(value)
    if value is None or isinstance(value, int | float):
        return value
    return row_values(value)
