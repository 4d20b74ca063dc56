"""JSON Lines of articles, and single JSON files, as documents.

How one value of JSON becomes a document stands in `json_values.py`.
"""

import dataclasses
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.inputs.decoding import DecodeError, decode, wide_mark
from onrecord.inputs.json_values import from_json_text, from_json_value, load_json
from onrecord.inputs.lines import LineRange, lines_from, lines_of_stream
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason

_BLANK = b"\xef\xbb\xbf \t\r\n"
# Lines are numbered up to here; to count further takes longer than it helps.
_NUMBERED_BYTES = 1 << 28
_OBJECT_START = re.compile(r'[\s\ufeff]*\{\s*"(?:[^"\\]|\\.){1,60}"\s*:')


def is_json_line(text: str) -> bool:
    """Whether a text begins as an object of JSON Lines does.

    >>> is_json_line('{"text": "The ferry sails."}'), is_json_line("{sic} The ferry sails.")
    (True, False)
    """
    return _OBJECT_START.match(text[:400]) is not None


def read_json_lines(
    stream: BinaryIO, source: str, options: ReadOptions, *, first: bytes = b""
) -> Iterator[Document | Rejection]:
    """A document or a rejection for each line that is not blank; lines are held one at a time.

    A file whose very first line is no text is refused as a whole.

    Args:
        stream: What is read, up to its end.
        source: Its name.
        options: Assumptions and limits.
        first: What has been taken from the stream already, to the end of a line at most.
    """
    is_empty = True
    for number, line in enumerate(lines_of_stream(stream, first, options.max_bytes), 1):
        if not line.strip(_BLANK):
            continue
        is_empty = False
        found = _from_line(line, source, number, options)
        if number == 1 and isinstance(found, Rejection) and found.reason is RejectionReason.BINARY:
            yield _rejected(source, found.reason, found.detail, None)
            return
        yield found
    if is_empty:
        yield _rejected(source, RejectionReason.EMPTY, "it holds no lines with articles", None)


def read_line_range(
    stream: BinaryIO, source: str, options: ReadOptions, *, start: int, end: int
) -> Iterator[Document | Rejection]:
    """A document or a rejection for each line that begins within some bytes of a large file.

    The lines of all ranges of a file are those that `read_json_lines` gives. To number those
    that are refused, what stands before them is read, up to some size of it; after that the
    byte tells where they are.

    Args:
        stream: The file; it can be sought in. Its first line is text, not in wide characters.
        source: Its name.
        options: Assumptions and limits.
        start: First byte of the range.
        end: The byte after the last.
    """
    within = LineRange(stream, start=start, end=end)
    first = within.readline(options.max_bytes + 1)
    before: int | None = None
    for number, line in enumerate(lines_from(within, first, options.max_bytes), 1):
        if not line.strip(_BLANK):
            continue
        found = _from_line(line, source, number, options)
        if isinstance(found, Rejection):
            if within.line_at >= _NUMBERED_BYTES:
                detail = f"{found.detail} (the line begins at byte {within.line_at:,})"
                found = dataclasses.replace(found, line=None, detail=detail)
            else:
                before = within.lines_before() if before is None else before
                found = dataclasses.replace(found, line=before + number)
        yield found


def can_be_cut(head: bytes) -> bool:
    r"""Whether lines of a file can be told by bytes, by how it begins, and are text.

    >>> can_be_cut(b'{"text": "The ferry sails."}\n'), can_be_cut(b"\xff\xfe{\x00")
    (True, False)
    """
    try:
        decode(head.partition(b"\n")[0])
    except DecodeError:
        return False
    return wide_mark(head) is None and b"\x00" not in head


def _from_line(line: bytes, source: str, number: int, options: ReadOptions) -> Document | Rejection:
    if len(line) > options.max_bytes:
        detail = f"the line is longer than {options.max_bytes:,} bytes"
        return _rejected(source, RejectionReason.TOO_LARGE, detail, number)
    try:
        return from_json_text(decode(line), source, number, options)
    except DecodeError as error:
        return _rejected(source, error.reason, error.detail, number)


def read_json_file(text: str, source: str, options: ReadOptions) -> Iterator[Document | Rejection]:
    """A `.json` file: one article, a list of them, or lines of JSON under another name."""
    try:
        value = load_json(text)
    except ValueError as error:
        first, _, rest = text.strip().partition("\n")
        if rest and is_json_line(first) and is_json_line(rest):
            stream = io.BytesIO(text.encode("utf-8", "surrogatepass"))
            yield from read_json_lines(stream, source, options)
        else:
            yield _rejected(source, RejectionReason.BAD_JSON, str(error), None)
        return
    if not isinstance(value, list):
        yield from_json_value(value, source, None, options)
    elif not value:
        yield _rejected(source, RejectionReason.EMPTY, "the list has no articles", None)
    else:
        for number, item in enumerate(value, 1):
            yield from_json_value(item, source, number, options)


def _rejected(source: str, reason: RejectionReason, detail: str, number: int | None) -> Rejection:
    return Rejection(source=source, reason=reason, detail=detail, line=number)
