"""Zip archives: their members as files of a folder, without writing one to the disk."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from onrecord.inputs.budgets import ArchiveError, Budget, unpacked
from onrecord.records import Document, Rejection, RejectionReason

# What is kept in memory of a zip is its listing; a hundred megabytes for so many members.
MAX_MEMBERS = 100_000
_MAX_LISTING_BYTES = 256 * MAX_MEMBERS
_END, _END_SIZE = b"PK\x05\x06", 22
_MAX_COMMENT = 65_535
_END_64, _LOCATOR_64, _LOCATOR_64_SIZE = b"PK\x06\x06", b"PK\x06\x07", 20
_ENCRYPTED = 0x1
_OFFICE = frozenset({"[content_types].xml", "mimetype"})
_HIDDEN = "__MACOSX"
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
)

ReadMember = Callable[[BinaryIO, str], Iterator[Document | Rejection]]


def read_zip(
    stream: BinaryIO, source: str, budget: Budget, read_member: ReadMember
) -> Iterator[Document | Rejection]:
    """The documents in all members, by name; hidden ones are left out, as in folders.

    Args:
        stream: The archive; it can be sought in.
        source: Its name, which stands before ``!`` in the names of its members.
        budget: What it may unpack to.
        read_member: Reads the bytes of one member, given its name.
    """
    try:
        _check_listing(stream)
        archive = zipfile.ZipFile(stream)
    except ArchiveError as error:
        yield Rejection(source=source, reason=error.reason, detail=error.detail)
        return
    except _BROKEN as error:
        yield Rejection(source=source, reason=RejectionReason.UNREADABLE, detail=_why(error))
        return
    with archive:
        members = sorted(archive.infolist(), key=lambda info: info.filename)
        if any(info.filename.lower() in _OFFICE for info in members):
            detail = "this is an office document or a book; save it as text"
            yield Rejection(source=source, reason=RejectionReason.BINARY, detail=detail)
            return
        yield from _from_members(archive, members, source, budget, read_member)


def _from_members(
    archive: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    source: str,
    budget: Budget,
    read_member: ReadMember,
) -> Iterator[Document | Rejection]:
    is_empty = True
    for info in members:
        if info.is_dir() or _is_link(info) or _is_hidden(info.filename):
            continue
        is_empty = False
        name = f"{source}!{_printable(info.filename)}"
        try:
            yield from _from_member(archive, info, name, budget, read_member)
        except ArchiveError as error:
            is_bomb = error.reason is RejectionReason.TOO_LARGE
            detail = f"{error.detail}; the files after it are not read" if is_bomb else error.detail
            yield Rejection(source=name, reason=error.reason, detail=detail)
            if is_bomb:
                return
    if is_empty:
        detail = "the archive holds no files"
        yield Rejection(source=source, reason=RejectionReason.EMPTY, detail=detail)


def _from_member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    budget: Budget,
    read_member: ReadMember,
) -> Iterator[Document | Rejection]:
    if info.flag_bits & _ENCRYPTED:
        detail = "it is encrypted; unpack it with its password and give the file"
        raise ArchiveError(RejectionReason.UNREADABLE, detail)
    try:
        member = archive.open(info)
    except _BROKEN as error:
        raise ArchiveError(RejectionReason.UNREADABLE, _why(error)) from error
    with member:
        yield from read_member(unpacked(cast("zipfile.ZipExtFile", member), budget), name)


def _check_listing(stream: BinaryIO) -> None:
    """Refuse an archive whose listing would fill the memory, before it is read.

    Raises:
        ArchiveError: It names too many members.
        OSError: The stream cannot be read.
    """
    size = stream.seek(0, io.SEEK_END)
    start = max(0, size - _END_SIZE - _MAX_COMMENT)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or at + _END_SIZE > len(tail):
        return  # no zip; the library says so
    n_members, n_bytes = struct.unpack_from("<HI", tail, at + 10)
    locator = tail[max(0, at - _LOCATOR_64_SIZE) : at]
    if locator.startswith(_LOCATOR_64) and len(locator) == _LOCATOR_64_SIZE:
        stream.seek(min(size, struct.unpack_from("<Q", locator, 8)[0]))
        end = stream.read(56)
        if end.startswith(_END_64) and len(end) == 56:
            n_members, n_bytes = struct.unpack_from("<QQ", end, 32)
    stream.seek(0)
    if n_members > MAX_MEMBERS or n_bytes > _MAX_LISTING_BYTES:
        detail = (
            f"it holds more than {MAX_MEMBERS:,} files; split it, or give articles as JSON Lines"
        )
        raise ArchiveError(RejectionReason.TOO_LARGE, detail)


def _is_link(info: zipfile.ZipInfo) -> bool:
    """Whether a member is no file but the name of another."""
    return stat.S_ISLNK(info.external_attr >> 16)


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any(part == _HIDDEN or (part.startswith(".") and part.strip(".")) for part in parts)


def _printable(name: str) -> str:
    """A name from a stranger as it can be shown on a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _why(error: Exception) -> str:
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return f"it cannot be read as a zip archive: {said}"
