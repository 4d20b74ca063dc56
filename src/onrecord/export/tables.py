"""Readings as tables: in memory for Arrow, as folders of Parquet or CSV files, and back.

One table for each kind of row; `onrecord.schema.arrow_schema` has its columns. pyarrow is
imported only where it is needed, and CSV does not need it.

Nothing is lost but this: half of a surrogate pair, which no UTF-8 can hold, becomes
U+FFFD, so that positions stay right; and a second reading of a document by the same run
is left out, as it has the same rows.
"""

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, Protocol, Self

from onrecord.errors import InputError
from onrecord.export.table_rows import readings_of, row_values, rows_of, run_of
from onrecord.records import Reading
from onrecord.schema.arrow_schemas import arrow_schema, record_arrow_schema
from onrecord.schema.fields import table_fields, tables

if TYPE_CHECKING:
    import pyarrow

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
            for name, row in rows_of(readings):
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
    for name, row in rows_of(readings):
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
    runs = {run.id: run for run in map(run_of, rows["runs"])}
    yield from readings_of(rows, runs)


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


__all__ = ["ParquetWriter", "read_tables", "row_values", "to_arrow", "write_tables"]
_WRITERS: Mapping[str, type[_Writer]] = {"parquet": ParquetWriter, "csv": _CsvWriter}
