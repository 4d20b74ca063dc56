"""The records of a web archive (WARC) as bytes, from any place on.

A record that is damaged, cut off, or says a wrong length of itself costs itself alone: the
next is looked for. What the records hold stands in `web_archives`.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.inputs.budgets import ArchiveError, Budget
from onrecord.inputs.gzip_members import GZIP, Member, PackedBytes, begins_with
from onrecord.records import RejectionReason

_BEGINNING = b"WARC/"
_MAX_LINE = 1 << 13
_MAX_HEAD = 1 << 16
_CHUNK = 1 << 16
_LENGTH = re.compile(
    rb"^content-length:[ \t]*([0-9]{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)
_RESPONSE = re.compile(rb"^warc-type:[ \t]*response[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_FIRST_LINE = re.compile(rb"WARC/[0-9.]{1,9}\r?\n")
_BEFORE = len(b"\r\n\r\n")
_EMPTY = frozenset({b"\r\n", b"\n"})
_NO_ARCHIVE = "this is no web archive"


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """The answer of a server, as it stands in an archive.

    Attributes:
        at: Its place in the archive: its first byte, packed. Of records that are packed
            together, the place of the first and the number of those before.
        head: The lines about it.
        body: What it holds, up to a limit.
        length: The size of all that it holds.
    """

    at: int
    head: bytes
    body: bytes
    length: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of an archive where no record could be read.

    Attributes:
        at: Where it begins.
        reason: Why.
        detail: Why, in words.
    """

    at: int
    reason: RejectionReason
    detail: str


def packed_records(
    stream: BinaryIO, budget: Budget, *, limit: int, start: int = 0, end: int | None = None
) -> Iterator[WarcRecord | Damage]:
    """The answers of servers in an archive that is packed with gzip.

    Args:
        stream: The archive, packed, at this start.
        budget: What it may unpack to.
        limit: As much of each body is given.
        start: Where to begin; records count that begin here or later.
        end: Where to end; records count that begin before. At the end of the file if None.
    """
    packed = PackedBytes(stream, start)
    if start > 0 and not packed.find_member(_BEGINNING):
        return
    while packed.fill():
        is_member, at = packed.is_at_member(), packed.at
        if not packed.ahead or (end is not None and at >= end):
            return
        try:
            _check_member(packed, is_member=is_member)
            yield from _records_of_member(packed, budget, limit)
        except ArchiveError as error:
            yield Damage(at, error.reason, error.detail)
            if error.reason is RejectionReason.TOO_LARGE:
                return
            packed.go_to(at + 1)
            if not packed.find_member(_BEGINNING):
                return


def plain_records(
    stream: BinaryIO, *, limit: int, start: int = 0, end: int | None = None
) -> Iterator[WarcRecord | Damage]:
    """The answers of servers in an archive that is not packed; arguments as before."""
    lines = _Lines(stream, start)
    if start > 0:  # an empty line before it may tell that a record begins right here
        lines.go_back(max(0, start - _BEFORE))
        while lines.find_record() and (lines.begin() or 0) < start:
            lines.line()
    while (at := lines.begin()) is not None and (end is None or at < end):
        try:
            record = _record(lines, limit, at)
        except ArchiveError as error:
            yield Damage(at, error.reason, error.detail)
            lines.go_back(at + 1)
            if not lines.find_record():
                return
            continue
        if _is_response(record):
            yield record


def _check_member(packed: PackedBytes, *, is_member: bool) -> None:
    if not is_member:
        raise ArchiveError(RejectionReason.UNREADABLE, _between(packed.at))
    if packed.at == 0 and begins_with(packed.ahead, GZIP):
        detail = "it is packed twice; unpack it and give the file"
        raise ArchiveError(RejectionReason.TOO_LARGE, detail)


def _between(at: int) -> str:
    return _NO_ARCHIVE if at == 0 else "it is damaged: something else stands between records"


def _records_of_member(packed: PackedBytes, budget: Budget, limit: int) -> Iterator[WarcRecord]:
    at, number = packed.at, 0
    lines = _Lines(io.BufferedReader(Member(packed, budget), _CHUNK))
    waiting: WarcRecord | None = None
    while lines.begin() is not None:
        # The last of a member is given when its checksum is known to be right.
        if waiting is not None:
            yield waiting
        record = _record(lines, limit, at + number)
        waiting = record if _is_response(record) else None
        number += 1
    if waiting is not None:
        yield waiting


def _is_response(record: WarcRecord) -> bool:
    return _RESPONSE.search(record.head) is not None


class _Lines:
    """A stream of what is unpacked, which knows where it is."""

    def __init__(self, stream: BinaryIO, at: int = 0) -> None:
        self._stream, self._at = stream, at
        self._ahead = b""  # a line that was read and is the next all the same

    def begin(self) -> int | None:
        """Pass over empty lines; where something begins, or None at the end."""
        while not self._ahead:
            line = self.line()
            if not line:
                return None
            if line not in _EMPTY:
                self._ahead = line
        return self._at - len(self._ahead)

    def next_beginning(self) -> bytes:
        """The next line, without going on."""
        return self._ahead

    def line(self) -> bytes:
        """The next line, or as much of it."""
        if self._ahead:
            line, self._ahead = self._ahead, b""
            return line
        line = self._stream.readline(_MAX_LINE)
        self._at += len(line)
        return line

    def read(self, size: int) -> bytes:
        """So many bytes, or as many as there are."""
        return b"".join(self._chunks(size))

    def pass_over(self, size: int) -> int:
        """Go on by so many bytes, or as many as there are; how many are missing."""
        return size - sum(map(len, self._chunks(size)))

    def _chunks(self, size: int) -> Iterator[bytes]:
        while size > 0 and (chunk := self._stream.read(min(size, _CHUNK))):
            size -= len(chunk)
            self._at += len(chunk)
            yield chunk

    def go_back(self, at: int) -> None:
        """Go back to a place, if the stream can be sought in."""
        if at < self._at and self._stream.seekable():
            self._stream.seek(at)
            self._at, self._ahead = at, b""

    def find_record(self) -> bool:
        """Go on to the next line that a record begins with; whether there is one."""
        before = b""
        while line := self.line():
            if _FIRST_LINE.fullmatch(line) and before in _EMPTY:
                self._ahead = line
                return True
            before = line
        return False


def _record(lines: _Lines, limit: int, at: int) -> WarcRecord:
    """The record that begins here.

    Raises:
        ArchiveError: It is damaged, cut off, or none.
    """
    head = _head(lines, at)
    length = _LENGTH.search(head)
    if length is None:
        raise ArchiveError(RejectionReason.UNREADABLE, "it is damaged: a record has no length")
    n_bytes = int(length.group(1))
    body = lines.read(min(n_bytes, limit)) if _RESPONSE.search(head) else b""
    if lines.pass_over(n_bytes - len(body)):
        raise ArchiveError(RejectionReason.UNREADABLE, "it is cut off in a record")
    if lines.begin() is not None and not lines.next_beginning().startswith(_BEGINNING):
        detail = "it is damaged: a record does not end where it says"
        raise ArchiveError(RejectionReason.UNREADABLE, detail)
    return WarcRecord(at, head, body, n_bytes)


def _head(lines: _Lines, at: int) -> bytes:
    """The lines about a record, with the empty one after them."""
    head = lines.line()
    if not head.startswith(_BEGINNING):
        raise ArchiveError(RejectionReason.UNREADABLE, _between(at))
    while True:
        line = lines.line()
        head += line
        if line in _EMPTY:
            return head
        if not line:
            raise ArchiveError(RejectionReason.UNREADABLE, "it is cut off in a record")
        if len(head) > _MAX_HEAD:
            detail = "it is damaged: the lines about a record do not end"
            raise ArchiveError(RejectionReason.UNREADABLE, detail)
