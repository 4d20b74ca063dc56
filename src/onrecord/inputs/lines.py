"""Lines of a stream of bytes, held one at a time, whatever number of bytes a character has."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

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
    while line:
        yield line
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
        line = stream.readline(limit + 1)


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
