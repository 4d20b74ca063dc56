"""How much an archive may unpack to, and streams that keep to it.

A few kilobytes can unpack to terabytes, and a listing of members can name one piece of the
file a thousand times. So what comes out is counted, over all members and all archives
inside, and nothing that an archive says of its own sizes is believed.
"""

import io
import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Protocol

from onrecord.records import RejectionReason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Text packs to a fifth or a tenth, the same page over and over to a fiftieth.
_MAX_RATIO = 100
# An archive inside an archive is read, one inside that is not.
MAX_NESTING = 2
_BROKEN = (
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


class ArchiveError(Exception):
    """An archive that cannot be read on; carries the reason for a rejection."""

    def __init__(self, reason: RejectionReason, detail: str) -> None:
        self.reason, self.detail = reason, detail
        super().__init__(detail)


class Budget:
    """Bytes that may still be unpacked from one file.

    Args:
        n_packed: Size of the file.
        at_least: What even the smallest file may unpack to.
    """

    def __init__(self, n_packed: int, *, at_least: int) -> None:
        self._left = max(at_least, _MAX_RATIO * n_packed)

    def spend(self, n_bytes: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            ArchiveError: There are too many.
        """
        self._left -= n_bytes
        if self._left < 0:
            raise ArchiveError(
                RejectionReason.TOO_LARGE,
                f"it unpacks to more than {_MAX_RATIO} times its size, as made to exhaust who"
                " reads it; if you trust it, unpack it and give the files",
            )


class Unpacker(Protocol):
    """A stream of what is unpacked, as the libraries of gzip and zip have it."""

    def read1(self, size: int, /) -> bytes:
        """As much as comes at once, up to a size."""
        ...


class _Unpacked(io.RawIOBase):
    """What comes out of an unpacker, counted; its many errors are one."""

    def __init__(self, stream: Unpacker, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        try:
            # As much as comes at once: what stands before a fault is not lost.
            chunk = self._stream.read1(len(view))
        except _BROKEN as error:
            raise ArchiveError(RejectionReason.UNREADABLE, _why(error)) from error
        self._budget.spend(len(chunk))
        view[: len(chunk)] = chunk
        return len(chunk)


def unpacked(stream: Unpacker, budget: Budget) -> BinaryIO:
    """A stream of what an unpacker gives, within a budget.

    Reading it raises ArchiveError for whatever is wrong.
    """
    return io.BufferedReader(_Unpacked(stream, budget), 1 << 16)


def _why(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "it is cut off"
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return f"it is damaged: {said}"
