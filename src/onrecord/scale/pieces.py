"""The documents in a piece of an input: a whole file, or the lines, rows or records in it.

What a file holds is read by `onrecord.inputs`, as `onrecord read` does; here is only where
it is opened, and which part of it is asked for.
"""

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from onrecord.inputs.budgets import Budget
from onrecord.inputs.documents import read_inputs
from onrecord.inputs.json_lines import read_line_range
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.parquet_files import read_parquet
from onrecord.inputs.streams import STREAMED, limit_of, read_stream, suffix_of, too_large
from onrecord.inputs.web_archives import MayRead, read_warc, read_warc_range
from onrecord.lake import Piece
from onrecord.records import Document, Rejection, RejectionReason
from onrecord.scale.opening import SourceFaultError, is_address, is_remote, opened


def read_piece(
    piece: Piece, options: ReadOptions, *, may_read: MayRead | None = None
) -> Iterator[Document | Rejection]:
    """A document for each article that begins in the piece, a rejection for what is none.

    Args:
        piece: What to read.
        options: Assumptions and limits.
        may_read: Asked before each record of a web archive.

    Raises:
        SourceFaultError: What keeps the file failed, or the file was changed after it was cut.
    """
    if is_address(piece.source) or (piece.kind == "file" and not is_remote(piece.source)):
        yield from read_inputs([piece.source], options=options)
        return
    try:
        with opened(piece.source, size=piece.size) as stream:
            yield from _READERS[piece.kind](stream, piece, options, may_read)
    except FileNotFoundError:
        detail = "there is no such file"
        yield Rejection(source=piece.source, reason=RejectionReason.NOT_FOUND, detail=detail)
    except PermissionError as error:
        detail = error.strerror or str(error)
        yield Rejection(source=piece.source, reason=RejectionReason.UNREADABLE, detail=detail)


def _file(
    stream: BinaryIO, piece: Piece, options: ReadOptions, _may_read: MayRead | None
) -> Iterator[Document | Rejection]:
    suffix = suffix_of(piece.source)
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if suffix not in STREAMED and size > limit_of(suffix, options):
        yield too_large(piece.source, suffix, options)
        return
    budget = Budget(size, at_least=options.max_bytes)
    yield from read_stream(stream, piece.source, suffix, options, budget=budget)


def _lines(
    stream: BinaryIO, piece: Piece, options: ReadOptions, _may_read: MayRead | None
) -> Iterator[Document | Rejection]:
    end = _end_of(piece, stream)
    return read_line_range(stream, piece.source, options, start=piece.start, end=end)


def _rows(
    stream: BinaryIO, piece: Piece, options: ReadOptions, _may_read: MayRead | None
) -> Iterator[Document | Rejection]:
    _end_of(piece, stream)
    groups = range(piece.start, piece.end or piece.start)
    return read_parquet(stream, piece.source, options, groups=groups)


def _records(
    stream: BinaryIO, piece: Piece, options: ReadOptions, may_read: MayRead | None
) -> Iterator[Document | Rejection]:
    end = _end_of(piece, stream)
    if piece.start == 0 and end == piece.size:
        budget = Budget(end, at_least=options.max_bytes)
        return read_warc(stream, piece.source, options, budget=budget, may_read=may_read)
    return read_warc_range(
        stream, piece.source, options, start=piece.start, end=end, may_read=may_read
    )


def _end_of(piece: Piece, stream: BinaryIO) -> int:
    """Where a piece ends in bytes.

    Raises:
        SourceFaultError: The file is not the one that was cut.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if piece.size is not None and size != piece.size:
        said = f"it had {piece.size:,} bytes when it was cut into pieces and has {size:,} now"
        raise SourceFaultError(f"{piece.source}: {said}; give the command again")
    return size if piece.end is None else piece.end


_READERS: dict[str, Callable[..., Iterator[Document | Rejection]]] = {
    "file": _file,
    "lines": _lines,
    "rows": _rows,
    "records": _records,
}
