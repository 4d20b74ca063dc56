"""What a user names — files, folders, patterns, lists, addresses — as single files.

Nothing is opened here but lists, and each file is looked at once. Folders are walked one at
a time, by name, so that a million files need the memory of one folder's names.
"""

import functools
import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.inputs.files import is_beside
from onrecord.scale.opening import file_system, is_address, is_remote

_LIST = "@"
_PATTERN = frozenset("*?[")
# What kinds of store call the thing that changes with the content, the best first.
_STAMPS = ("ETag", "etag", "md5Hash", "generation", "LastModified", "mtime", "last_modified")


@dataclass(frozen=True, slots=True)
class Source:
    """One file, as it was found.

    Attributes:
        name: Path or address; absolute for files of this machine.
        size: Its bytes; None of what cannot be looked at, which whoever reads it will refuse.
        stamp: What changes when the file does.
    """

    name: str
    size: int | None = None
    stamp: str = ""


def sources_of(inputs: Iterable[str]) -> Iterator[Source]:
    """All files of some inputs, in their order, and each once.

    Args:
        inputs: Files, folders, patterns such as ``news/*.warc.gz``, addresses of object
            stores or pages, and ``@list`` for a file that names inputs, one a line.

    Raises:
        InputError: Standard input is named, which cannot be read twice; a list cannot be
            read, or names a list; a kind of address cannot be read here.
    """
    inputs = list(inputs)
    if len(inputs) == 1 and not inputs[0].startswith(_LIST):
        yield from _sources_of(inputs[0])
        return
    seen: set[int] = set()  # hashes take a third of the memory of names
    for given in inputs:
        for name in _listed(given[1:]) if given.startswith(_LIST) else [given]:
            for source in _sources_of(name):
                if hash(source.name) not in seen:
                    seen.add(hash(source.name))
                    yield source


def check_named(inputs: Iterable[str]) -> None:
    """See that what a user names on this machine is there, before any work is done.

    What a list names is not looked at: among millions of files some may have gone.

    Raises:
        InputError: There is no such file or folder, no file like the pattern, or it is standard
            input, which cannot be read twice.
    """
    for given in inputs:
        _check_file(given)
        if given.startswith(_LIST) or is_address(given) or is_remote(given):
            continue
        path = os.path.abspath(given.removeprefix("file://"))  # noqa: PTH100 - no links
        if os.path.lexists(path):
            continue
        if _PATTERN.isdisjoint(path):
            raise InputError(source=given, problem="there is no such file or folder")
        if next(glob.iglob(path, recursive=True), None) is None:  # noqa: PTH207 - absolute patterns
            raise InputError(source=given, problem="there is no file like this")


def _listed(path: str) -> Iterator[str]:
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for line in lines:
                name = line.strip()
                if name.startswith(_LIST):
                    raise InputError(source=path, problem=f"a list names files, not lists: {name}")
                if name and not name.startswith("#"):
                    yield name
    except (OSError, UnicodeError) as error:
        problem = f"the list cannot be read: {getattr(error, 'strerror', None) or error}"
        raise InputError(source=path, problem=problem) from error


def _check_file(given: str) -> None:
    if given == "-":
        problem = "standard input cannot be read twice; save it as a file and give that"
        raise InputError(source="-", problem=problem)


def _sources_of(given: str) -> Iterator[Source]:
    _check_file(given)
    if is_address(given):
        yield Source(given.strip())
    elif is_remote(given):
        yield from _remote(given)
    else:
        yield from _local(os.path.abspath(given.removeprefix("file://")))  # noqa: PTH100 - no links


def _local(path: str) -> Iterator[Source]:
    if _PATTERN.isdisjoint(path) or os.path.lexists(path):
        yield from _walk(path)
        return
    found = sorted(glob.iglob(path, recursive=True))  # noqa: PTH207 - absolute patterns
    for one in found:
        if "**" not in path or not os.path.isdir(one):  # noqa: PTH112 - a string
            yield from _walk(one)
    if not found:
        yield Source(path)


def _walk(top: str) -> Iterator[Source]:
    """A file, or those below a folder by name, without those that `is_beside` takes."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Iterator[str]] = [iter([top])]
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
            continue
        try:
            status = os.stat(path)  # noqa: PTH116 - half the cost, for millions of files
            if not stat.S_ISDIR(status.st_mode):
                yield _found(path, status)
                continue
            key = (status.st_dev, status.st_ino)
            names = [] if key in seen else _names(path)
            seen.add(key)
        except (OSError, ValueError):
            yield Source(path)
            continue
        if not names and len(waiting) == 1:
            yield Source(path)
        waiting.append(map(functools.partial(os.path.join, path), names))


def _names(folder: str) -> list[str]:
    return sorted(name for name in os.listdir(folder) if not is_beside(name))  # noqa: PTH208


def _found(path: str, status: os.stat_result) -> Source:
    if not stat.S_ISREG(status.st_mode):
        return Source(path)
    return Source(path, status.st_size, str(status.st_mtime_ns))


def _remote(given: str) -> Iterator[Source]:
    system, path = file_system(given)
    try:
        if not _PATTERN.isdisjoint(path):
            infos = system.glob(path, detail=True)
            found = [infos[name] for name in sorted(infos)]
            files = iter([info for info in found if info["type"] == "file"])
        else:
            info = system.info(path)
            files = iter([info]) if info["type"] == "file" else _walk_remote(system, path)
        is_empty = True
        for info in files:
            is_empty = False
            yield _found_remote(system, info)
    except FileNotFoundError:
        is_empty = True
    except Exception as error:
        if not isinstance(error, (OSError, *_store_faults())):
            raise
        raise InputError(source=given, problem=f"it cannot be listed: {error}") from error
    if is_empty:
        yield Source(given)


def _store_faults() -> tuple[type[Exception], ...]:
    """What the library of S3 raises that is no OSError."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError:
        return ()
    return (BotoCoreError, ClientError)


def _walk_remote(system: Any, folder: str) -> Iterator[dict[str, Any]]:
    """The files below a folder by name, without those that `is_beside` takes."""
    infos = sorted(system.ls(folder, detail=True), key=lambda info: str(info["name"]))
    for info in infos:
        name = info["name"].rstrip("/").rpartition("/")[2]
        if is_beside(name) or info["name"].rstrip("/") == folder.rstrip("/"):
            continue
        if info["type"] == "directory":
            yield from _walk_remote(system, info["name"])
        else:
            yield info


def _found_remote(system: Any, info: dict[str, Any]) -> Source:
    stamp = next((str(info[key]) for key in _STAMPS if info.get(key)), "")
    return Source(system.unstrip_protocol(info["name"]), info.get("size"), stamp)
