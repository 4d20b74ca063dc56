"""Lines of a stream of bytes, held one at a time, whatever number of bytes a character has."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Protocol

from onrecord.inputs.decoding import wide_mark

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_CHUNK = 1 << 16


def lines_of_stream(stream: BinaryIO, first: bytes, limit: int) -> Iterator[bytes]:
    """All lines; of one that is longer than the limit, as much as shows that it is."""
    line = first or stream.readline(limit + 1)
    encoding = wide_mark(line)
    if encoding is not None:
        recoded = _Recoded(stream, line, encoding)
        yield from lines_of_stream(io.BufferedReader(recoded), b"", limit)
        return
    *before, line = _LINE.findall(line) or [b""]
    yield from before
    if line and not line.endswith(b"\n"):
        line += stream.readline(max(0, limit + 1 - len(line)))
    yield from lines_from(stream, line, limit)


class HasLines(Protocol):
    """What gives lines of bytes, such as a file."""

    def readline(self, size: int = -1, /) -> bytes:
        """The next line, or as much of it."""
        ...


def lines_from(stream: HasLines, line: bytes, limit: int) -> Iterator[bytes]:
    """A line and all that follow it, in an encoding where lines can be told by bytes."""
    while line:
        yield line
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
        line = stream.readline(limit + 1)


class LineRange:
    """The lines of a file that begin within a range of its bytes.

    Ranges that meet share all lines, and none twice, wherever they are cut.

    Args:
        stream: The file; it can be sought in.
        start: First byte of the range.
        end: The byte after the last.

    Attributes:
        line_at: Where the line that was read last begins.
    """

    def __init__(self, stream: BinaryIO, *, start: int, end: int) -> None:
        self._stream, self._at, self._end = stream, max(0, start - 1), end
        self._is_at_start = True
        stream.seek(self._at)
        if start > 0:  # the line that this byte belongs to began before the range
            while (chunk := stream.readline(_CHUNK)) and not chunk.endswith(b"\n"):
                self._at += len(chunk)
            self._at += len(chunk)
        self.first = self.line_at = self._at

    def readline(self, size: int = -1, /) -> bytes:
        """The next line, or as much of it; nothing where lines belong to the next range."""
        if self._is_at_start:
            if self._at >= self._end:
                return b""
            self.line_at = self._at
        line = self._stream.readline(size)
        self._at += len(line)
        self._is_at_start = line.endswith(b"\n")
        return line

    def lines_before(self) -> int:
        """Number of lines before the first of the range, for which all of them are read."""
        back, n_lines, left = self._stream.tell(), 0, self.first
        self._stream.seek(0)
        while left > 0 and (chunk := self._stream.read(min(left, 1 << 20))):
            n_lines += chunk.count(b"\n")
            left -= len(chunk)
        self._stream.seek(back)
        return n_lines


class _Recoded(io.RawIOBase):
    """A stream in UTF-16 or UTF-32 as one in UTF-8, where lines can be told by bytes."""

    def __init__(self, stream: BinaryIO, first: bytes, encoding: str) -> None:
        self._stream, self._first = stream, first
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        chunk = self._first
        while not self._ready:
            chunk = chunk or self._stream.read(_CHUNK)
            self._first = b""
            self._ready = self._decoder.decode(chunk, final=not chunk).encode()
            if not chunk:
                break
            chunk = b""
        view = memoryview(buffer).cast("B")
        n_bytes = min(len(view), len(self._ready))
        view[:n_bytes] = self._ready[:n_bytes]
        self._ready = self._ready[n_bytes:]
        return n_bytes
