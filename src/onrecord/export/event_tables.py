"""Events of many readings as one table, CSV or Parquet; its columns are in `event_rows`.

Rows are written as readings come. In CSV every event is one line and nothing in it is taken for
a formula; Parquet has lists as lists and all words as they are.
"""

import contextlib
import csv
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Literal, Protocol

from onrecord.errors import InputError
from onrecord.export.event_rows import EventRow, event_rows
from onrecord.export.tables import ParquetWriter, row_values
from onrecord.records import Reading
from onrecord.schema.fields import table_fields

BETWEEN = "; "
# Spreadsheets take a cell that begins so for a formula; the wide ones in some languages.
_FORMULA = re.compile(r"[=+\-@|%＝＋－＠]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class EventWriter(Protocol):
    """Takes readings one by one."""

    def write(self, reading: Reading) -> None:
        """Write the events of one."""
        ...

    def close(self) -> None:
        """Write what is left; the stream stays open."""
        ...


class EventCsvWriter:
    """Events in lines below a line of names; lists have ``; `` between their values."""

    def __init__(self, stream: IO[str]) -> None:
        self._names = event_columns()
        self._lines = csv.writer(stream, lineterminator="\n")
        self._lines.writerow(self._names)
        self._rows = _Rows()

    def write(self, reading: Reading) -> None:
        """Write the events of one."""
        for row in self._rows.of(reading):
            self._lines.writerow([_cell(row[name]) for name in self._names])

    def close(self) -> None:
        """Nothing is left."""


class EventParquetWriter:
    """Events in groups of rows.

    Raises:
        ImportError: pyarrow is not installed; ``pip install 'onrecord[arrow]'`` does it.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._file = ParquetWriter(EventRow, stream)
        self._rows = _Rows()

    def write(self, reading: Reading) -> None:
        """Write the events of one."""
        for row in self._rows.of(reading):
            self._file.write(row)

    def close(self) -> None:
        """Write the last group and what closes the file."""
        self._file.__exit__(None, None, None)


def write_events(
    readings: Iterable[Reading],
    path: str | os.PathLike[str],
    *,
    form: Literal["parquet", "csv"] = "parquet",
) -> Path:
    """Write all events as one file, which appears when it is complete.

    Args:
        readings: Any number; one is held in memory at a time.
        path: Replaced if it is there.
        form: Parquet, or CSV for a spreadsheet.

    Raises:
        InputError: There is no such form.
        ImportError: pyarrow is not installed, for Parquet.
    """
    if form not in {"parquet", "csv"}:
        raise InputError(source="form", problem=f"it is {form!r}; it takes parquet, csv")
    path = Path(path)
    part = path.with_name(f".{path.name}.part")
    try:
        if form == "csv":
            with part.open("w", encoding="utf-8", newline="\n") as lines:
                _write_all(readings, EventCsvWriter(lines))
        else:
            with part.open("wb") as stream:
                _write_all(readings, EventParquetWriter(stream))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def event_columns() -> tuple[str, ...]:
    """The names of the columns, in order."""
    return tuple(field.name for field in table_fields(EventRow))


def _write_all(readings: Iterable[Reading], writer: EventWriter) -> None:
    with contextlib.closing(writer):
        for reading in readings:
            writer.write(reading)


class _Rows:
    """The rows of readings; a second reading of a document by the same run has none."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()

    def of(self, reading: Reading) -> Iterable[dict[str, Any]]:
        key = (reading.document.id, reading.run.id)
        if key in self._seen:
            return ()
        self._seen.add(key)
        return map(row_values, event_rows(reading))


def _cell(value: Any) -> Any:
    """A value for a spreadsheet: words in one line, and none of them a formula."""
    if isinstance(value, list):
        words = BETWEEN.join(_words(str(item)).replace(";", ",") for item in value)
    elif isinstance(value, str):
        words = _words(value)
    else:
        return value
    return f"'{words}" if _FORMULA.match(words) else words


def _words(value: str) -> str:
    return _CONTROL.sub("\ufffd", " ".join(value.split()))
