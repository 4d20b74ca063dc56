"""Opens a lake, writes shards into it, and tells which are done.

A shard is done when its file under ``shards/`` is there, which is written last: what a
killed program has left behind is never read, and is replaced when its shard is done again.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import InputError, LakeError
from onrecord.export.records import record_from_values
from onrecord.lake.folders import Folder
from onrecord.lake.parquets import need_pyarrow
from onrecord.lake.shards import (
    FailedShard,
    FinishedShard,
    Shard,
    failed_from_json,
    finished_from_json,
    to_json,
)
from onrecord.records import Reading, Rejection, Run, content_id
from onrecord.schema.arrow_schemas import arrow_text

if TYPE_CHECKING:
    from onrecord.encode.kept_vectors import KeptVectors
    from onrecord.lake.contents import Part
    from onrecord.lake.shard_files import Read

FORMAT = 1
MANIFEST = "lake.json"
_PAGES = ("http://", "https://")
_SHARDS, _FAILED = "shards", "failed"


def open_lake(url: str, run: Run | None = None, *, create: bool = False) -> "Lake":
    """Open a lake, or make one.

    Args:
        url: A folder on a disk, or its address in an object store, such as ``s3://…``.
        run: What will read documents into it; None to take what is there.
        create: Make it if it is not there; this needs a run.

    Raises:
        LakeError: It is no lake, one of another run, or something that is needed is missing.
        LakeStorageError: What keeps its files failed.
    """
    folder = Folder(url)
    if folder.is_local and Path(folder.root).is_file():
        raise LakeError(path=folder.url, problem="it is a file; give a folder")
    need_pyarrow(folder.url)
    manifest = folder.read(MANIFEST)
    if manifest is None:
        if not create or run is None:
            problem = f"there is no lake: {MANIFEST} is missing; `onrecord run` makes one"
            raise LakeError(path=folder.url, problem=problem)
        folder.write(MANIFEST, _manifest_of(run).encode())
        return Lake(folder, run)
    kept = _run_in(manifest, folder)
    if run is not None and run.id != kept.id:
        raise LakeError(path=folder.url, problem=_differences(kept, run))
    return Lake(folder, kept)


def is_lake(url: str) -> bool:
    """Whether there is a lake; a folder of anything else is none.

    Raises:
        LakeError: Nothing has such addresses, or fsspec is missing and an address needs it.
    """
    if "://" not in url:
        return (Path(url) / MANIFEST).is_file()
    if url.startswith(_PAGES):
        return False
    return Folder(url).read(MANIFEST) is not None


class Lake:
    """An open lake; `open_lake` gives one. It can be sent to other processes.

    Attributes:
        folder: Where its files are.
        run: What has read all its documents.
    """

    def __init__(self, folder: Folder, run: Run) -> None:
        self.folder, self.run = folder, run
        # Finished shards by the names of their files, so that each is asked for once.
        self._known: dict[str, FinishedShard] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Lake, (self.folder, self.run)

    @property
    def url(self) -> str:
        """Its path or address."""
        return self.folder.url

    def finished(self) -> dict[str, FinishedShard]:
        """The shards that are done, in order of their ids."""
        found = self._finished_in(self.folder.names(_SHARDS))
        return {one.id: one for one in found.values()}

    def _finished_in(self, names: Iterable[str]) -> dict[str, FinishedShard]:
        return {
            name: finished_from_json(data, at=self.folder.address(f"{_SHARDS}/{name}"))
            for name, data in self.folder.read_all(_SHARDS, names).items()
        }

    def is_finished(self, shard: str) -> bool:
        """Whether one shard is done."""
        return self.folder.read(f"{_SHARDS}/{shard}.json") is not None

    def failed(self) -> dict[str, FailedShard]:
        """The shards that were given up, in order of their ids."""
        found = self.folder.read_all(_FAILED)
        read = [
            failed_from_json(data, at=self.folder.address(f"{_FAILED}/{name}"))
            for name, data in found.items()
        ]
        return {one.id: one for one in read}

    def write_shard(
        self,
        shard: Shard,
        readings: "Iterable[Read]",
        refusals: Iterable[Rejection],
        *,
        seconds: float | Callable[[], float],
        tries: int,
    ) -> FinishedShard:
        """Write all files of a shard, and last that it is done.

        Args:
            shard: The shard.
            readings: What was read, each alone or with what gives vectors of its words, which
                are kept then. They are taken as they come; the rows wait packed in memory.
            refusals: What was turned away.
            seconds: That it took, or what tells so when all is written but the last.
            tries: How often it was begun.

        Raises:
            LakeError: A reading is of another run.
            LakeStorageError: A file could not be written; the shard is not done.
        """
        from onrecord.lake.shard_files import ShardContents

        contents = ShardContents(shard.id, self.run.id)
        contents.take(readings)
        contents.refuse(refusals)
        files = []
        for file, data in contents.files():
            self.folder.write(file.path, data)
            files.append(file)
        finished = FinishedShard(
            id=shard.id,
            pieces=shard.pieces,
            files=tuple(sorted(files, key=lambda file: file.path)),
            n_documents=contents.n_documents,
            n_refused=contents.refused.total(),
            n_chars=contents.n_chars,
            counts=dict(sorted(contents.counts.items())),
            refused=dict(sorted(contents.refused.items())),
            seconds=seconds() if callable(seconds) else seconds,
            tries=tries,
        )
        self.folder.write(f"{_SHARDS}/{shard.id}.json", to_json(finished).encode())
        self.folder.remove(f"{_FAILED}/{shard.id}.json")
        return finished

    def give_up(self, failed: FailedShard) -> None:
        """Keep that a shard could not be done, and why.

        Raises:
            LakeStorageError: It could not be written.
        """
        self.folder.write(f"{_FAILED}/{failed.id}.json", to_json(failed).encode())

    def readings(
        self, month: str | None = None, *, documents: AbstractSet[str] | None = None
    ) -> Iterator[Reading]:
        """All readings, or those of a month or of some documents; each document once.

        Months come in order, and in a month shards in order of their ids.
        """
        for reading, _ in self._read(month, documents, has_vectors=False):
            yield reading

    def readings_with_vectors(
        self, month: str | None = None, *, documents: AbstractSet[str] | None = None
    ) -> "Iterator[tuple[Reading, KeptVectors | None]]":
        """The same, each with the vectors that were kept of it."""
        yield from self._read(month, documents, has_vectors=True)

    def months(self) -> list[str]:
        """The months that have documents, in order; ``unknown`` is last."""
        return list(self._contents())

    def documents(self, month: str) -> list[str]:
        """The ids of the documents of a month, each once."""
        return [one for part in self._contents().get(month, ()) for one in part.ids(self)]

    def _contents(self) -> "dict[str, list[Part]]":
        """The parts of each month, by the shards that are finished now."""
        from onrecord.lake.contents import contents_of

        names = self.folder.names(_SHARDS)
        self._known |= self._finished_in(name for name in names if name not in self._known)
        return contents_of(self._known[name] for name in names if name in self._known)

    def _read(
        self, month: str | None, documents: AbstractSet[str] | None, *, has_vectors: bool
    ) -> "Iterator[tuple[Reading, KeptVectors | None]]":
        found = self._contents()
        for name in found if month is None else [month]:
            for part in found.get(name, ()):
                yield from part.read(self, documents, has_vectors=has_vectors)


def _manifest_of(run: Run) -> str:
    values = {"format": FORMAT, "run": dataclasses.asdict(run), "tables": tables_version()}
    return json.dumps(values, ensure_ascii=False, indent=1)


def tables_version() -> str:
    """What the tables of this version are; another one has other columns."""
    return content_id("tables", arrow_text())


def _run_in(manifest: bytes, folder: Folder) -> Run:
    at = folder.address(MANIFEST)
    try:
        values: dict[str, Any] = json.loads(manifest)
        form, tables = values["format"], values["tables"]
        run: Run = record_from_values(Run, values["run"], at="run")
    except (ValueError, TypeError, KeyError, InputError) as error:
        raise LakeError(path=at, problem=f"it describes no lake: {error}") from error
    if form != FORMAT or tables != tables_version():
        problem = (
            f"it was made by onrecord {run.software}, whose tables are other ones;"
            " read it with that version, or run the inputs again into another folder"
        )
        raise LakeError(path=at, problem=problem)
    return run


def _differences(kept: Run, given: Run) -> str:
    """What two runs do not have in common, in words."""
    told = [
        f"{name} is {getattr(given, name)!r}, there it is {getattr(kept, name)!r}"
        for name in ("software", "model", "model_digest")
        if getattr(kept, name) != getattr(given, name)
    ]
    names = sorted({*kept.settings, *given.settings})
    told += [
        f"setting {name} is {given.settings.get(name)!r}, there it is {kept.settings.get(name)!r}"
        for name in names
        if kept.settings.get(name) != given.settings.get(name)
    ]
    return (
        f"it is of another run ({'; '.join(told)}); use the same program and settings,"
        " or another folder"
    )
