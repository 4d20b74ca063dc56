"""Articles in Parquet: a few rows in memory at a time, in the order of the file."""

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from onrecord.inputs.options import ReadOptions
from onrecord.inputs.tables import COLUMNS, bad_row, document_from_row, no_text_column
from onrecord.records import Document, Rejection, RejectionReason

_ROWS_AT_ONCE = 64
# Pages of a group of rows are read one by one, not the group at once.
_BUFFER = 1 << 20
_HOW = "install them with: pip install 'onrecord[arrow]'"


def read_parquet(
    stream: BinaryIO, source: str, options: ReadOptions, *, groups: range | None = None
) -> Iterator[Document | Rejection]:
    """A document or a rejection for each row; the line of a rejection is that of the row.

    A group of rows that is damaged is refused from there on, and the next is read.

    Args:
        stream: The file; it can be sought in.
        source: Its name.
        options: Assumptions and limits.
        groups: Numbers of the groups of rows to read; all if None.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        detail = f"Parquet files need the packages of the extra arrow; {_HOW}"
        yield Rejection(source=source, reason=RejectionReason.UNREADABLE, detail=detail)
        return
    faults = (pa.ArrowException, OSError, ValueError, OverflowError)
    try:
        file = pq.ParquetFile(stream, buffer_size=_BUFFER)
        names = {name.strip().lower(): name for name in file.schema_arrow.names}
    except faults as error:
        yield _unreadable(source, error, None)
        return
    if "text" not in names:
        yield no_text_column(source, names)
        return
    wanted = {key: names[key] for key in COLUMNS if key in names}
    if groups is None and file.metadata.num_rows == 0:
        detail = "the table has no rows"
        yield Rejection(source=source, reason=RejectionReason.EMPTY, detail=detail)
    sizes = [file.metadata.row_group(at).num_rows for at in range(file.metadata.num_row_groups)]
    starts = [0, *itertools.accumulate(sizes)]
    for group in range(len(sizes)) if groups is None else groups:
        number = starts[group]
        try:
            for row in _rows_of_group(file, group, wanted):
                number += 1
                yield _document(row, source, number, options)
        except faults as error:
            yield _unreadable(source, error, number + 1)


@dataclass(frozen=True, slots=True)
class RowGroup:
    """What a Parquet file says of one of its groups of rows.

    Attributes:
        n_rows: Rows in it.
        n_bytes: Size of the texts in it, unpacked.
    """

    n_rows: int
    n_bytes: int


def row_groups(stream: BinaryIO) -> list[RowGroup]:
    """The groups of rows of a Parquet file; none of one that cannot be read so."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return []
    try:
        found = pq.ParquetFile(stream, buffer_size=_BUFFER).metadata
        groups = [found.row_group(at) for at in range(found.num_row_groups)]
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        return []
    return [RowGroup(group.num_rows, _text_bytes(group)) for group in groups]


def _text_bytes(group: Any) -> int:
    columns = [group.column(at) for at in range(group.num_columns)]
    texts = [c for c in columns if c.path_in_schema.strip().lower() == "text"]
    return sum(column.total_uncompressed_size for column in texts or columns)


def _rows_of_group(file: Any, group: int, wanted: dict[str, str]) -> Iterator[dict[str, Any]]:
    for batch in file.iter_batches(
        _ROWS_AT_ONCE, row_groups=[group], columns=list(wanted.values()), use_threads=False
    ):
        yield from _rows(batch, wanted)


def _unreadable(source: str, error: Exception, line: int | None) -> Rejection:
    said = " ".join(str(error).split())[:200]
    detail = f"it cannot be read as Parquet: {said}"
    return Rejection(source=source, reason=RejectionReason.UNREADABLE, detail=detail, line=line)


def _rows(batch: Any, wanted: dict[str, str]) -> Iterator[dict[str, Any]]:
    columns = {key: batch.column(name) for key, name in wanted.items()}
    for at in range(batch.num_rows):
        yield {key: column[at].as_py() for key, column in columns.items()}


def _document(
    row: dict[str, Any], source: str, number: int, options: ReadOptions
) -> Document | Rejection:
    moment = row.get("published")
    if isinstance(moment, datetime.datetime) and moment.tzinfo is None:
        moment = moment.date()  # where its clock stands is not known
    if isinstance(moment, datetime.date):
        row = {**row, "published": moment.isoformat()}
    for key, value in row.items():
        if value is not None and not isinstance(value, str):
            detail = f"{key} is no string but {type(value).__name__}"
            return bad_row(source, number, detail)
    return document_from_row(row, source, number, options)
