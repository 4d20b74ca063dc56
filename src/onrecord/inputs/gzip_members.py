"""The members of a gzip file one by one, from any byte on; a damaged one costs itself alone.

Archives of the web pack each record by itself, so that a part of a large archive can be read:
where a member begins, a record does.
"""

import io
import zlib
from typing import TYPE_CHECKING, BinaryIO

from onrecord.inputs.budgets import ArchiveError, Budget
from onrecord.records import RejectionReason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP = b"\x1f\x8b"
_MAGIC = b"\x1f\x8b\x08"
_RESERVED_FLAGS = 0xE0
_HEAD = 1 << 12
_CHUNK = 1 << 16
_WITH_HEADER = 31
_PADDING = b"\x00\r\n"


class PackedBytes:
    """The bytes of a packed file from some place on.

    Args:
        stream: The file; members that follow a damaged one are only found again if it can be
            sought in.
        at: The place of the first byte that the stream gives.
    """

    def __init__(self, stream: BinaryIO, at: int = 0) -> None:
        self._stream, self.at = stream, at
        self.ahead = b""

    def fill(self, size: int = 1) -> bool:
        """Have so many bytes ahead; whether there are any."""
        while len(self.ahead) < size and (chunk := self._stream.read(_CHUNK)):
            self.ahead += chunk
        return bool(self.ahead)

    def skip(self, size: int) -> None:
        """Go on by bytes that are ahead."""
        self.ahead = self.ahead[size:]
        self.at += size

    def go_to(self, at: int) -> None:
        """Go to a place near by; back only if the stream can be sought in."""
        if at >= self.at:
            self.skip(at - self.at)
        elif self._stream.seekable():
            self._stream.seek(at)
            self.at, self.ahead = at, b""

    def find_member(self, beginning: bytes) -> bool:
        """Go on to the next member that holds something that begins so; whether there is one."""
        while self.fill(_HEAD):
            found = self.ahead.find(_MAGIC)
            if found < 0:
                self.skip(max(1, len(self.ahead) - len(_MAGIC) + 1))
                continue
            self.skip(found)
            self.fill(_HEAD)
            if begins_with(self.ahead[:_HEAD], beginning):
                return True
            self.skip(1)
        return False

    def is_at_member(self) -> bool:
        """Whether a member begins here, after what fills up blocks of tapes and disks."""
        while self.fill(_HEAD):
            n_padding = len(self.ahead) - len(self.ahead.lstrip(_PADDING))
            if n_padding == 0:
                break
            self.skip(n_padding)
        return self.ahead.startswith(_MAGIC)


def begins_with(head: bytes, beginning: bytes) -> bool:
    """Whether some bytes are the first of a member that holds something that begins so."""
    if len(head) < 4 or head[3] & _RESERVED_FLAGS:
        return False
    try:
        return zlib.decompressobj(_WITH_HEADER).decompress(head, len(beginning)) == beginning
    except zlib.error:
        return False


class Member(io.RawIOBase):
    """What one member holds; reading it moves its file on, to the end of the member at most.

    Reading raises ArchiveError where the member is damaged or cut off, also when its checksum
    is wrong, and when the budget is spent.
    """

    def __init__(self, packed: PackedBytes, budget: Budget) -> None:
        self._packed, self._budget = packed, budget
        self._unpacker = zlib.decompressobj(_WITH_HEADER)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Unpack as much as comes at once."""
        view = memoryview(buffer).cast("B")
        chunk = b""
        while not chunk and not self._unpacker.eof:
            if not self._packed.fill():
                raise ArchiveError(RejectionReason.UNREADABLE, "it is cut off")
            chunk = self._unpacked(len(view))
        self._budget.spend(len(chunk))
        view[: len(chunk)] = chunk
        return len(chunk)

    def _unpacked(self, size: int) -> bytes:
        ahead = self._packed.ahead
        try:
            chunk = self._unpacker.decompress(ahead, size)
        except zlib.error as error:
            raise ArchiveError(RejectionReason.UNREADABLE, "it is damaged") from error
        left = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
        self._packed.skip(len(ahead) - len(left))
        return chunk
