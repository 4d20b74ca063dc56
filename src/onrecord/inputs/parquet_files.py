"""Articles in Parquet: a few rows in memory at a time, in the order of the file."""

import datetime
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.inputs.options import ReadOptions
from onrecord.inputs.tables import COLUMNS, bad_row, document_from_row, no_text_column
from onrecord.records import Document, Rejection, RejectionReason

_ROWS_AT_ONCE = 64
# Pages of a group of rows are read one by one, not the group at once.
_BUFFER = 1 << 20
_HOW = "install them with: pip install 'onrecord[arrow]'"


def read_parquet(
    stream: BinaryIO, source: str, options: ReadOptions
) -> Iterator[Document | Rejection]:
    """A document or a rejection for each row; the line of a rejection is that of the row.

    Args:
        stream: The file; it can be sought in.
        source: Its name.
        options: Assumptions and limits.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        detail = f"Parquet files need the packages of the extra arrow; {_HOW}"
        yield Rejection(source=source, reason=RejectionReason.UNREADABLE, detail=detail)
        return
    number = 0
    try:
        file = pq.ParquetFile(stream, buffer_size=_BUFFER)
        names = {name.strip().lower(): name for name in file.schema_arrow.names}
        if "text" not in names:
            yield no_text_column(source, names)
            return
        wanted = {key: names[key] for key in COLUMNS if key in names}
        for batch in file.iter_batches(
            _ROWS_AT_ONCE, columns=list(wanted.values()), use_threads=False
        ):
            for row in _rows(batch, wanted):
                number += 1
                yield _document(row, source, number, options)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        said = " ".join(str(error).split())[:200]
        detail = f"it cannot be read as Parquet: {said}"
        reason = RejectionReason.UNREADABLE
        yield Rejection(
            source=source, reason=reason, detail=detail, line=number + 1 if number else None
        )
        return
    if number == 0:
        detail = "the table has no rows"
        yield Rejection(source=source, reason=RejectionReason.EMPTY, detail=detail)


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
