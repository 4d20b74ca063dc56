"""Any stream of bytes by what its name says it is: an archive, a table, lines, or one text.

Archives are read in place; what is in them is read as if it stood in a folder.
"""

import gzip
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from onrecord.inputs.budgets import MAX_NESTING, ArchiveError, Budget, unpacked
from onrecord.inputs.contents import JSON_LINES, PAGES, documents_in
from onrecord.inputs.csv_files import TABLES, read_csv
from onrecord.inputs.json_lines import read_json_lines
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason

_CHUNK = 1 << 20
# Archives inside archives, and tables that are sought in, go to the disk above this.
_IN_MEMORY = 16_000_000
# Kinds whose articles come one by one, so that the file may be of any size.
STREAMED = JSON_LINES | TABLES | {".gz", ".zip", ".parquet", ".warc"}


def read_stream(
    stream: BinaryIO,
    source: str,
    suffix: str,
    options: ReadOptions,
    *,
    budget: Budget,
    nesting: int = 0,
    first: bytes = b"",
) -> Iterator[Document | Rejection]:
    """The documents in a stream, and rejections for what in it is none.

    Args:
        stream: What is read, to its end.
        source: Its name.
        suffix: What the name says of its kind, such as ``.csv``.
        options: Assumptions and limits.
        budget: What archives may unpack to.
        nesting: How many archives it stands in.
        first: What has been taken from it already.

    Raises:
        ArchiveError: The archive around it ends here, or is damaged.
    """
    if suffix in {".gz", ".zip"} and nesting >= MAX_NESTING:
        detail = "it is an archive inside archives; unpack it and give the files"
        yield Rejection(source=source, reason=RejectionReason.TOO_LARGE, detail=detail)
    elif suffix == ".gz":
        yield from _from_gzip(stream, source, options, budget, nesting)
    elif suffix == ".zip":
        yield from _from_zip(stream, source, options, budget, nesting)
    elif suffix in JSON_LINES:
        yield from read_json_lines(stream, source, options, first=first)
    elif suffix in TABLES:
        yield from read_csv(stream, source, options)
    elif suffix == ".parquet":
        yield from _from_parquet(stream, source, options)
    elif suffix == ".warc":
        yield from _from_warc(stream, source, options, budget)
    else:
        yield from _whole(stream, source, suffix, options, first)


def suffix_of(name: str) -> str:
    """What a name says of its kind; a name that begins with a point says nothing."""
    return PurePosixPath(name).suffix.lower()


def limit_of(suffix: str, options: ReadOptions) -> int:
    """The largest text or page of this kind."""
    return options.max_page_bytes if suffix in PAGES else options.max_bytes


def too_large(source: str, suffix: str, options: ReadOptions) -> Rejection:
    """The rejection of a text or page over the limit."""
    limit = limit_of(suffix, options)
    detail = f"it is larger than {limit:,} bytes; split it, or give articles as JSON Lines"
    return Rejection(source=source, reason=RejectionReason.TOO_LARGE, detail=detail)


def _from_gzip(
    stream: BinaryIO, source: str, options: ReadOptions, budget: Budget, nesting: int
) -> Iterator[Document | Rejection]:
    inner = suffix_of(source.removesuffix(source[-3:]))
    if inner == ".warc":  # whose records are packed one by one
        yield from _from_warc(stream, source, options, budget)
        return
    content = unpacked(gzip.GzipFile(fileobj=stream, mode="rb"), budget)
    try:
        yield from read_stream(content, source, inner, options, budget=budget, nesting=nesting + 1)
    except ArchiveError as error:
        yield Rejection(source=source, reason=error.reason, detail=error.detail)


def _from_zip(
    stream: BinaryIO, source: str, options: ReadOptions, budget: Budget, nesting: int
) -> Iterator[Document | Rejection]:
    from onrecord.inputs.zips import read_zip

    def read_member(member: BinaryIO, name: str) -> Iterator[Document | Rejection]:
        return read_stream(
            member, name, suffix_of(name), options, budget=budget, nesting=nesting + 1
        )

    with _sought_in(stream) as archive:
        yield from read_zip(archive, source, budget, read_member)


def _from_parquet(
    stream: BinaryIO, source: str, options: ReadOptions
) -> Iterator[Document | Rejection]:
    from onrecord.inputs.parquet_files import read_parquet

    with _sought_in(stream) as file:
        yield from read_parquet(file, source, options)


def _from_warc(
    stream: BinaryIO, source: str, options: ReadOptions, budget: Budget
) -> Iterator[Document | Rejection]:
    from onrecord.inputs.web_archives import read_warc

    return read_warc(stream, source, options, budget=budget)


@contextmanager
def _sought_in(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself, or a copy of it on the disk, in which one can go back."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        while chunk := stream.read(_CHUNK):
            file.write(chunk)
        file.seek(0)
        yield cast("BinaryIO", file)


def _whole(
    stream: BinaryIO, source: str, suffix: str, options: ReadOptions, first: bytes
) -> Iterator[Document | Rejection]:
    """What has to be in memory as a whole: one text, one page, one JSON file, one feed."""
    limit = limit_of(suffix, options)
    content = _read_up_to(stream, limit, first)
    if len(content) > limit:
        yield too_large(source, suffix, options)
    else:
        yield from documents_in(content, source, suffix, options)


def _read_up_to(stream: IO[bytes], limit: int, first: bytes) -> bytes:
    """All of the stream, or a little more than the limit."""
    content = io.BytesIO()
    content.write(first)
    while content.tell() <= limit and (chunk := stream.read(_CHUNK)):
        content.write(chunk)
    return content.getvalue()
