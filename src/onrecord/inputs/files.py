"""Files, folders and standard input; nothing in them stops the reading of the rest."""

import os
import stat
import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import BinaryIO

from onrecord.inputs.budgets import Budget
from onrecord.inputs.json_lines import is_json_line, read_json_lines
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.streams import STREAMED, limit_of, read_stream, too_large
from onrecord.records import Document, Rejection, RejectionReason

_FIRST_LINE = 1 << 16
_READMES = frozenset({"readme", "readme.md", "readme.txt", "readme.rst"})


def read_path(source: str, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The documents in a file, or in all files below a folder, by name.

    Files that `is_beside` takes and those of ``options.leave_out`` are left out, and a folder
    that several links lead to is read once.
    """
    if not source:
        yield _rejected(source, RejectionReason.NOT_FOUND, "the name is empty")
        return
    # Folders whose entries are being read, the deepest last; not by recursion, as folders
    # may be nested deeper than calls may be.
    seen: set[tuple[int, int]] = set()
    waiting: list[Iterator[Path]] = [iter([Path(source)])]
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
            continue
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield from _from_file(path, status, options)
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = _entries(path, options.leave_out)
        except FileNotFoundError:
            yield _not_found(str(path))
            continue
        except (OSError, ValueError) as error:
            yield _unreadable(str(path), error)
            continue
        if not entries and len(waiting) == 1:
            yield _rejected(str(path), RejectionReason.EMPTY, "the folder holds no files")
        waiting.append(iter(entries))


def read_stdin(options: ReadOptions) -> Iterator[Document | Rejection]:
    """The documents in standard input; lines of JSON are read as they come."""
    stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        yield _rejected("-", RejectionReason.UNREADABLE, "there is no standard input")
        return
    try:
        first = _first_line(stream)
        if is_json_line(first[:400].decode("utf-8", "replace")):
            yield from read_json_lines(stream, "-", options, first=first)
        else:
            budget = Budget(0, at_least=options.max_bytes)
            yield from read_stream(stream, "-", "", options, budget=budget, first=first)
    except (OSError, ValueError) as error:
        yield _unreadable("-", error)


def is_beside(name: str) -> bool:
    """Whether a file of a folder tells of the others, or is hidden, and so is no article.

    >>> is_beside("README.md"), is_beside(".git"), is_beside("readme-first.txt")
    (True, True, False)
    """
    return name.startswith(".") or name.casefold() in _READMES


def _entries(folder: Path, leave_out: AbstractSet[Path]) -> list[Path]:
    names = {path.name for path in leave_out}
    found = (
        entry
        for entry in folder.iterdir()
        if not is_beside(entry.name) and not (entry.name in names and entry.resolve() in leave_out)
    )
    return sorted(found, key=lambda entry: entry.name)


def _from_file(
    path: Path, status: os.stat_result, options: ReadOptions
) -> Iterator[Document | Rejection]:
    source, suffix = str(path), path.suffix.lower()
    if not stat.S_ISREG(status.st_mode):
        detail = "this is no file but a device or pipe; give it as standard input with -"
        yield _rejected(source, RejectionReason.UNREADABLE, detail)
        return
    if suffix not in STREAMED and status.st_size > limit_of(suffix, options):
        yield too_large(source, suffix, options)
        return
    budget = Budget(status.st_size, at_least=options.max_bytes)
    with path.open("rb") as stream:
        yield from read_stream(stream, source, suffix, options, budget=budget)


def _first_line(stream: BinaryIO) -> bytes:
    """The first line that is not blank, with the blank ones before it."""
    first = b""
    while len(first) < _FIRST_LINE:
        line = stream.readline(_FIRST_LINE)
        first += line
        if line.strip(b"\xef\xbb\xbf \t\r\n") or not line:
            break
    return first


def _not_found(source: str) -> Rejection:
    detail = "there is no such file or folder"
    if "://" in source or ":/" in source[:12]:
        detail += "; of addresses only http:// and https:// can be read"
    return _rejected(source, RejectionReason.NOT_FOUND, detail)


def _unreadable(source: str, error: OSError | ValueError) -> Rejection:
    detail = getattr(error, "strerror", None) or str(error)
    return _rejected(source, RejectionReason.UNREADABLE, detail)


def _rejected(source: str, reason: RejectionReason, detail: str) -> Rejection:
    return Rejection(source=source, reason=reason, detail=detail)
