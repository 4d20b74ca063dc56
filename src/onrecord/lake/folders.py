"""A folder on a disk or in an object store: whole files appear at once, or not at all.

All access is through fsspec, so that one code serves paths, ``s3://``, ``gs://`` and
``memory://``. What the files hold is not known here.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import LakeError, LakeStorageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_PART = ".part-"
_HOW = "install what is missing with: pip install 'onrecord[lake]'"
_HOW_S3 = "pip install 'onrecord[s3]' for s3://, or the fsspec package of another store"


class Folder:
    """A folder by its path or address; it need not be there yet.

    Attributes:
        url: As it was given; absolute for local ones.
        files: The file system that it is in.
        root: Its path in there.
    """

    def __init__(self, url: str) -> None:
        """Find the file system; nothing is read.

        Raises:
            LakeError: A package that is needed is not installed, or nothing has such addresses.
        """
        self.url = url if "://" in url else str(Path(url).absolute())
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise LakeError(path=url, problem=f"fsspec is not installed; {_HOW}") from error
        try:
            self.files: AbstractFileSystem
            self.files, self.root = url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise LakeError(path=url, problem=f"{error}; {_HOW_S3}") from error

    @property
    def is_local(self) -> bool:
        """Whether it is on a disk of this machine."""
        from fsspec.implementations.local import LocalFileSystem

        return isinstance(self.files, LocalFileSystem)

    def path(self, name: str) -> str:
        """The full path of a file, as its file system takes it."""
        return f"{self.root.rstrip('/')}/{name}"

    def address(self, name: str) -> str:
        """The path or address of a file, as a person reads it."""
        return f"{self.url.rstrip('/')}/{name}"

    def read(self, name: str) -> bytes | None:
        """What a file holds; None if it is not there.

        Raises:
            LakeStorageError: It cannot be read.
        """
        with _explained(self.address(name)):
            try:
                found: bytes = self.files.cat_file(self.path(name))
            except FileNotFoundError:
                return None
            return found

    def read_all(self, folder: str, names: Iterable[str] | None = None) -> dict[str, bytes]:
        """What files right inside of a folder hold, by their names, in order.

        Args:
            folder: The folder.
            names: Of the files; None for all. Those that are gone are left out.

        Raises:
            LakeStorageError: One of them cannot be read.
        """
        names = self.names(folder) if names is None else list(names)
        with _explained(self.address(folder)):
            paths = [self.path(f"{folder}/{name}") for name in names]
            found: dict[str, bytes] = self.files.cat(paths, on_error="omit") if paths else {}
        by_name = {path.rpartition("/")[2]: data for path, data in found.items()}
        return {name: by_name[name] for name in names if name in by_name}

    def names(self, folder: str) -> list[str]:
        """The names of the files right inside of a folder, in order; none if it is not there.

        Raises:
            LakeStorageError: It cannot be listed.
        """
        with _explained(self.address(folder)):
            # Others write here at the same time, so what was listed before says nothing.
            self.files.invalidate_cache(self.path(folder))
            try:
                found = self.files.ls(self.path(folder), detail=True)
            except (FileNotFoundError, NotADirectoryError):
                return []
        names = [row["name"].rpartition("/")[2] for row in found if row["type"] == "file"]
        return sorted(name for name in names if name and not name.startswith(_PART))

    def write(self, name: str, data: bytes) -> None:
        """Write a file; it appears whole, in place of one of that name.

        Raises:
            LakeStorageError: It cannot be written: the disk is full, the store is away.
        """
        with _explained(self.address(name)):
            if self.is_local:
                _write_local(Path(self.path(name)), data)
            else:
                self.files.pipe_file(self.path(name), data)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there.

        Raises:
            LakeStorageError: It cannot be removed.
        """
        with _explained(self.address(name)), suppress(FileNotFoundError):
            self.files.rm_file(self.path(name))

    def remove_all(self, names: Iterable[str]) -> None:
        """Remove some files, where they are there."""
        for name in names:
            self.remove(name)


def _write_local(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    number, part = tempfile.mkstemp(dir=path.parent, prefix=_PART)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(part).unlink()
        raise


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """Errors of the file system as those of a lake.

    Packages for object stores raise what they like: errors of the operating system, of their
    client, or of their transport.
    """
    try:
        yield
    except LakeError:
        raise
    except Exception as error:
        said = " ".join(str(error).split())[:300] or type(error).__name__
        raise LakeStorageError(path=address, problem=said) from error
