"""Files of this machine and of object stores, opened to be read.

A fault of what keeps a file (a disk, an object store) is not a fault of what stands in it:
the first may pass and is tried again, the second is a refusal. So reading goes through a
stream that remembers the first.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_LOCAL = "file://"
# What is asked of an object store at once, and read ahead.
_BLOCK = 8 << 20
_BUFFER = 1 << 18
# Which extra has the packages of a kind of address.
_EXTRAS = {"s3": "s3", "s3a": "s3"}


class SourceFaultError(Exception):
    """What keeps a file failed while it was read; the same may go well later."""


def is_address(source: str) -> bool:
    """Whether a source is a page of the web, which is fetched and read as one article.

    >>> is_address("https://courier.example/1"), is_address("s3://news/1.warc.gz")
    (True, False)
    """
    return _WEB.match(source) is not None


def is_remote(source: str) -> bool:
    """Whether a source is no path of this machine.

    >>> is_remote("s3://news/1.warc.gz"), is_remote("/data/1.warc.gz"), is_remote("file:///a")
    (True, False, False)
    """
    return _SCHEME.match(source) is not None and not source.startswith(_LOCAL)


def file_system(source: str) -> tuple[Any, str]:
    """What keeps the files of an address, and the name that it has for this one.

    Raises:
        InputError: No package here can read such addresses.
    """
    scheme = source.partition("://")[0].lower()
    try:
        from fsspec.core import url_to_fs

        found: tuple[Any, str] = url_to_fs(source)
    except ImportError as error:
        extra = _EXTRAS.get(scheme, "lake")
        how = f"install what reads it, for example with: pip install 'onrecord[{extra}]'"
        raise InputError(source=source, problem=f"{error}; {how}") from error
    except ValueError as error:
        problem = f"addresses that begin with {scheme}:// cannot be read here: {error}"
        raise InputError(source=source, problem=problem) from error
    return found


@contextmanager
def opened(source: str, *, size: int | None = None) -> Iterator[BinaryIO]:
    """A file, open to be read and sought in.

    Args:
        source: A path of this machine or an address of an object store.
        size: Its bytes, if they are known.

    Raises:
        SourceFaultError: What keeps it failed, here or while it was read.
        FileNotFoundError: It is not there.
        PermissionError: It must not be read.
    """
    try:
        raw = _open(source, size)
    except (FileNotFoundError, PermissionError, InputError):
        raise
    except Exception as error:  # each kind of store has its own errors
        raise SourceFaultError(_said(source, error)) from error
    watched = _Watched(raw)
    try:
        with io.BufferedReader(watched, _BUFFER) as stream:
            yield stream
    finally:
        raw.close()
    if watched.fault is not None:
        raise SourceFaultError(_said(source, watched.fault)) from watched.fault


def _open(source: str, size: int | None) -> Any:
    if not is_remote(source):
        return Path(source.removeprefix(_LOCAL)).open("rb", buffering=0)
    system, path = file_system(source)
    options = {} if size is None else {"size": size}
    try:
        return system.open(path, "rb", block_size=_BLOCK, cache_type="readahead", **options)
    except TypeError:  # a kind of store that has no such settings
        return system.open(path, "rb")


def _said(source: str, error: BaseException) -> str:
    said = " ".join(str(error).split())[:300]
    return f"{source}: {type(error).__name__}: {said}"


class _Watched(io.RawIOBase):
    """A stream that remembers what went wrong below it."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.fault: BaseException | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        try:
            chunk = self._raw.read(len(view))
        except Exception as error:
            self.fault = self.fault or error
            raise OSError(str(error)) from error
        view[: len(chunk)] = chunk
        return len(chunk)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return int(self._raw.seek(offset, whence))

    def tell(self) -> int:
        return int(self._raw.tell())
