"""Readings as tables: in memory for Arrow, as folders of Parquet or CSV files, and back.

One table for each kind of row; `onrecord.schema.arrow_schema` has its columns. pyarrow is
imported only where it is needed, and CSV does not need it.

Nothing is lost but this: half of a surrogate pair, which no UTF-8 can hold, becomes
U+FFFD, so that positions stay right; and a second reading of a document by the same run
is left out, as it has the same rows.
"""

import collections
import csv
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, Protocol, Self

from onrecord.errors import InputError
from onrecord.export.records import record_from_values
from onrecord.records import Document, Problem, Reading, Run
from onrecord.schema.arrow_schemas import arrow_schema, record_arrow_schema
from onrecord.schema.fields import (
    Field,
    fields_of,
    is_row_field,
    sections,
    table_fields,
    tables,
)

if TYPE_CHECKING:
    import pyarrow

_SURROGATE = re.compile("[\ud800-\udfff]")
# Rows wait in memory until there are so many; larger groups compress only slightly better.
_GROUP_ROWS = 4096
_GROUP_CHARS = 16_000_000
_BATCH_ROWS = 256


def write_tables(
    readings: Iterable[Reading],
    folder: str | os.PathLike[str],
    *,
    form: Literal["parquet", "csv"] = "parquet",
) -> dict[str, Path]:
    """Write readings as one file per table; the files appear when all are complete.

    In CSV, lists, spans and settings are JSON, and null looks like the empty string. Words
    stay as they are there, so a program that takes ``=…`` for a formula must be told not to.

    Args:
        readings: Any number; a few are held in memory at a time.
        folder: Made if it is not there; files of the same names are replaced.
        form: Parquet, which `read_tables` reads back, or CSV.

    Returns:
        The file of each table.

    Raises:
        InputError: There is no such form.
        ImportError: pyarrow is not installed, for Parquet.
    """
    if form not in _WRITERS:
        raise InputError(source="form", problem=f"it is {form!r}; it takes {', '.join(_WRITERS)}")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"{name}.{form}" for name in tables()}
    with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as parts:
        with ExitStack() as stack:
            writers = {
                name: stack.enter_context(_WRITERS[form](tables()[name], Path(parts) / file.name))
                for name, file in files.items()
            }
            for name, row in _rows(readings):
                writers[name].write(row)
        for file in files.values():
            (Path(parts) / file.name).replace(file)
    return files


def to_arrow(readings: Iterable[Reading]) -> dict[str, "pyarrow.Table"]:
    """Readings as one Arrow table each for all kinds of row.

    Raises:
        ImportError: pyarrow is not installed; ``pip install 'onrecord[arrow]'`` does it.
    """
    import pyarrow

    found: dict[str, list[dict[str, Any]]] = {name: [] for name in tables()}
    for name, row in _rows(readings):
        found[name].append(row)
    return {
        name: pyarrow.Table.from_pylist(rows, schema=arrow_schema(name))
        for name, rows in found.items()
    }


def read_tables(folder: str | os.PathLike[str]) -> Iterator[Reading]:
    """The readings that were written as Parquet, in their order, one at a time.

    Raises:
        InputError: A file is missing or no Parquet, a column is missing, a value has another
            type, or rows are not in the order in which they were written.
        ImportError: pyarrow is not installed.
    """
    rows = {name: _parquet_rows(Path(folder) / f"{name}.parquet") for name in tables()}
    runs = {run.id: run for run in map(_run, rows["runs"])}
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


def _run(row: dict[str, Any]) -> Run:
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


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                yield from batch.to_pylist()
    except FileNotFoundError as error:
        raise InputError(source=str(path), problem="there is no such table") from error
    except pyarrow.ArrowInvalid as error:
        raise InputError(source=str(path), problem=f"it is no Parquet file: {error}") from error


def _rows(readings: Iterable[Reading]) -> Iterator[tuple[str, dict[str, Any]]]:
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


class _Writer(Protocol):
    """Writes the rows of one table; its file is complete when it has been left."""

    def __init__(self, record: type, path: Path) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...

    def write(self, row: dict[str, Any]) -> None: ...


class ParquetWriter:
    """Rows in groups of a size that compresses well and fits in memory."""

    def __init__(self, record: type, target: Path | IO[bytes]) -> None:
        from pyarrow import parquet

        self._schema = record_arrow_schema(record)
        self._file = parquet.ParquetWriter(target, self._schema, compression="zstd")
        self._waiting: list[dict[str, Any]] = []
        self._n_chars = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._write_group()
        self._file.close()

    def write(self, row: dict[str, Any]) -> None:
        """Write a row, now or with those that follow."""
        self._waiting.append(row)
        self._n_chars += len(row.get("text", ""))
        if len(self._waiting) >= _GROUP_ROWS or self._n_chars >= _GROUP_CHARS:
            self._write_group()

    def _write_group(self) -> None:
        import pyarrow

        self._file.write_table(pyarrow.Table.from_pylist(self._waiting, schema=self._schema))
        self._waiting, self._n_chars = [], 0


class _CsvWriter:
    """Rows as RFC 4180 has them, in UTF-8, below a line of names."""

    def __init__(self, record: type, path: Path) -> None:
        self._names: Sequence[str] = [field.name for field in table_fields(record)]
        self._stream: IO[str] = path.open("w", encoding="utf-8", newline="")
        self._lines = csv.writer(self._stream)
        self._lines.writerow(self._names)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()

    def write(self, row: dict[str, Any]) -> None:
        self._lines.writerow([_cell(row[name]) for name in self._names])


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


_WRITERS: Mapping[str, type[_Writer]] = {"parquet": ParquetWriter, "csv": _CsvWriter}
