"""Articles in a table of text: columns parted by commas, semicolons or tabs, a head first.

A row that breaks the rules of quotation marks may have swallowed others, or be swallowed.
After one, only rows that are surely whole are read, until one is found: a piece of an
article must never pass for an article.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from onrecord.inputs.dates import iso_date
from onrecord.inputs.decoding import DecodeError, decode
from onrecord.inputs.lines import lines_of_stream
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.tables import COLUMNS, bad_row, document_from_row, no_text_column
from onrecord.records import Document, Rejection, RejectionReason

TABLES = frozenset({".csv", ".tsv"})
_DELIMITERS = ",;\t|"
_ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)
# What is looked at once more after faulty rows of one file, in rows of the largest size.
_MAX_AGAIN = 4
_BLANK = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True)
class _Head:
    """The first row: what parts the columns, and their names."""

    delimiter: str
    names: tuple[str, ...]

    def row(self, cells: list[str]) -> dict[str, str | None]:
        """The cells of the columns that are known."""
        pairs = zip(self.names, cells, strict=False)
        return {name: cell for name, cell in pairs if name in COLUMNS}


@dataclass(slots=True)
class _Lines:
    """Lines of the file, some of which can be given back to be read again."""

    source: Iterator[bytes]
    waiting: deque[bytes] = field(default_factory=deque)
    taken: list[bytes] = field(default_factory=list)
    number: int = 0
    n_bytes: int = 0
    n_bytes_again: int = 0

    def __iter__(self) -> Iterator[str]:
        """Decoded lines; each is taken.

        Raises:
            DecodeError: The line is no text.
        """
        while (line := self._next()) is not None:
            self.taken.append(line)
            self.number += 1
            self.n_bytes += len(line)
            if b"\x00" in line:
                detail = "this is no text: it holds zero bytes"
                raise DecodeError(RejectionReason.BINARY, detail)
            yield decode(line) if line.strip(_BLANK) else line.decode("latin-1")

    def _next(self) -> bytes | None:
        return self.waiting.popleft() if self.waiting else next(self.source, None)

    def start_row(self) -> None:
        """Forget what was taken."""
        self.taken.clear()
        self.n_bytes = 0

    def give_back(self) -> None:
        """Give back all that was taken, but for the first line."""
        again = self.taken[1:]
        self.waiting.extendleft(reversed(again))
        self.number -= len(again)
        self.n_bytes_again += self.n_bytes
        self.start_row()


def read_csv(stream: BinaryIO, source: str, options: ReadOptions) -> Iterator[Document | Rejection]:
    """A document or a rejection for each row; rows are held one at a time.

    The line of a rejection is that at which its row begins.
    """
    lines = _Lines(lines_of_stream(stream, b"", options.max_bytes))
    head = _read_head(lines, source)
    if isinstance(head, Rejection):
        yield head
        return
    if "text" not in head.names:
        yield no_text_column(source, head.names)
        return
    # A setting of the whole process, which is only ever raised; the lines are bounded here.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes + 1))
    n_rows = 0
    for found in _rows(lines, head, source, options):
        n_rows += 1
        yield found
    if n_rows == 0:
        detail = "the table has a head and no rows"
        yield Rejection(source=source, reason=RejectionReason.EMPTY, detail=detail)


def _read_head(lines: _Lines, source: str) -> _Head | Rejection:
    try:
        first = next((line for line in lines if line.strip("\ufeff \t\r\n")), None)
    except DecodeError as error:
        return Rejection(source=source, reason=error.reason, detail=error.detail)
    if first is None:
        detail = "it holds nothing but white space"
        return Rejection(source=source, reason=RejectionReason.EMPTY, detail=detail)
    heads = [_head(first, delimiter) for delimiter in _DELIMITERS]
    return max(heads, key=lambda head: ("text" in head.names, len(head.names)))


def _head(line: str, delimiter: str) -> _Head:
    try:
        cells = next(csv.reader([line.lstrip("\ufeff")], delimiter=delimiter), [])
    except csv.Error:
        cells = []
    return _Head(delimiter, tuple(cell.strip().lower() for cell in cells))


def _rows(
    lines: _Lines, head: _Head, source: str, options: ReadOptions
) -> Iterator[Document | Rejection]:
    fault: tuple[int, str] | None = None  # its line and why; what follows is in doubt
    while lines.n_bytes_again <= _MAX_AGAIN * options.max_bytes:
        lines.start_row()
        first = lines.number + 1
        cells = _read_row(lines, head, options)
        if cells is None or cells == []:
            if cells is None:
                yield from _faulty(source, fault, lines.number)
                return
            continue
        why = cells if isinstance(cells, str) else _why_bad(cells, head)
        if isinstance(cells, list) and not why and (not fault or _is_sure(cells, head, lines)):
            yield from _faulty(source, fault, first - 1)
            fault = None
            yield document_from_row(head.row(cells), source, first, options)
            continue
        fault = fault or (first, why or "")
        lines.give_back()
    yield from _faulty(source, fault, None)


def _faulty(source: str, fault: tuple[int, str] | None, last: int | None) -> Iterator[Rejection]:
    """The rejection of a faulty row with the rows after it that cannot be told apart."""
    if fault is None:
        return
    first, why = fault
    if last is None:
        why += "; the rest of the table cannot be told apart"
    elif last > first:
        why += f"; lines {first} to {last} are left out"
    yield bad_row(source, first, why)


def _read_row(lines: _Lines, head: _Head, options: ReadOptions) -> list[str] | str | None:
    """The cells of the next row; why there are none; or None at the end."""
    reader = csv.reader(_bounded(lines, options), delimiter=head.delimiter, strict=True)
    try:
        return next(reader)
    except StopIteration:
        return None
    except DecodeError as error:
        return error.detail
    except _LongRowError:
        return f"the row is longer than {options.max_bytes:,} bytes, or is not closed by a quote"
    except csv.Error as error:
        if "unexpected end" in str(error):
            return "its quotation mark is not closed"
        return f"{error}; a quotation mark in a cell has to be doubled"


class _LongRowError(Exception):
    """A row goes on for longer than is read."""


def _bounded(lines: _Lines, options: ReadOptions) -> Iterator[str]:
    for line in lines:
        if lines.n_bytes > options.max_bytes:
            raise _LongRowError
        yield line


def _why_bad(cells: list[str], head: _Head) -> str | None:
    n_more = len(cells) - len(head.names)
    if n_more > 0 and not any(cell.strip() for cell in cells[len(head.names) :]):
        return None
    if n_more != 0:
        return f"the row has {len(cells)} cells and the head {len(head.names)}"
    return None


def _is_sure(cells: list[str], head: _Head, lines: _Lines) -> bool:
    """Whether a row is whole by itself, and no piece of one before it.

    Its quotation marks stand around whole cells, and its address or date is one.
    """
    mark = re.escape(head.delimiter)
    cell = rf'(?:"(?:[^"]|"")*"|[^"{mark}\r\n]*)'
    raw = b"".join(lines.taken).decode("utf-8", "replace").rstrip("\r\n")
    if re.fullmatch(rf"{cell}(?:{mark}{cell})*", raw) is None:
        return False
    row = head.row(cells)
    url, published = row.get("url"), row.get("published")
    if url or published:
        return bool((not url or _ADDRESS.fullmatch(url)) and (not published or iso_date(published)))
    return "url" not in head.names and "published" not in head.names
