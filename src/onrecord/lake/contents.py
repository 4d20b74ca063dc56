"""Readings out of finished shards, each document once.

The same document may stand in several shards, such as two crawls of one page: the first
shard counts, in order of their ids.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.export.table_rows import readings_of
from onrecord.lake.parquets import column_in, rows_in, vectors_in
from onrecord.lake.shard_files import VECTORS
from onrecord.records import Reading
from onrecord.schema.fields import sections

if TYPE_CHECKING:
    from onrecord.encode.kept_vectors import KeptVectors
    from onrecord.lake.lakes import Lake
    from onrecord.lake.shards import FinishedShard


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The files of one shard for one month.

    Attributes:
        shard: Its id.
        month: The month.
        files: The path of the file of each table that has rows.
        n_rows: Its documents.
        seen: Ids of the documents of this month that were read from shards before; shared.
    """

    shard: str
    month: str
    files: Mapping[str, str]
    n_rows: int
    seen: set[bytes]

    def read(
        self, lake: "Lake", documents: AbstractSet[str] | None, *, has_vectors: bool
    ) -> "Iterator[tuple[Reading, KeptVectors | None]]":
        """Its readings that were in no shard before, with vectors if those are asked for.

        Raises:
            LakeError: A file is gone or broken.
        """
        wanted = self.fresh(lake, documents)
        if wanted is not None and not wanted:
            return
        rows = {name: self._rows(lake, name, wanted) for name in ("readings", *sections())}
        rows["documents"] = self._rows(lake, "documents", wanted)
        vectors = self._vectors(lake, wanted) if has_vectors else iter(())
        waiting = next(vectors, None)
        for reading in readings_of(rows, {lake.run.id: lake.run}):
            kept = None
            if waiting is not None and waiting[0] == reading.document.id:
                kept, waiting = waiting[1], next(vectors, None)
            yield reading, kept

    def fresh(self, lake: "Lake", documents: AbstractSet[str] | None) -> set[str] | None:
        """The documents that are to be read here; None if that is all of them."""
        new = self.ids(lake)
        wanted = set(new) if documents is None else set(new) & documents
        return None if len(wanted) == self.n_rows else wanted

    def ids(self, lake: "Lake") -> list[str]:
        """The ids of its documents that were in no shard before, in order."""
        own = column_in(lake.folder, self.files["readings"], "document")
        new = [one for one in own if _short(one) not in self.seen]
        self.seen.update(map(_short, new))
        return new

    def _rows(self, lake: "Lake", table: str, wanted: set[str] | None) -> Iterator[dict[str, Any]]:
        if table not in self.files:
            return iter(())
        key = "id" if table == "documents" else "document"
        return rows_in(lake.folder, self.files[table], wanted, key=key)

    def _vectors(
        self, lake: "Lake", wanted: set[str] | None
    ) -> "Iterator[tuple[str, KeptVectors]]":
        if VECTORS not in self.files:
            return iter(())
        return vectors_in(lake.folder, self.files[VECTORS], wanted)


def contents_of(shards: "Iterable[FinishedShard]") -> dict[str, list[Part]]:
    """The parts of each month, in their order."""
    files: dict[str, dict[str, dict[str, str]]] = {}
    n_rows: dict[tuple[str, str], int] = {}
    for shard in sorted(shards, key=lambda shard: shard.id):
        for file in shard.files:
            if file.month:
                by_table = files.setdefault(file.month, {}).setdefault(shard.id, {})
                by_table[file.table] = file.path
                if file.table == "readings":
                    n_rows[file.month, shard.id] = file.n_rows
    found = {}
    for month in sorted(files):
        seen: set[bytes] = set()
        found[month] = [
            Part(shard=shard, month=month, files=own, n_rows=n_rows[month, shard], seen=seen)
            for shard, own in files[month].items()
        ]
    return found


def _short(document: str) -> bytes:
    """An id as few bytes, as there may be millions of them."""
    try:
        return bytes.fromhex(document)
    except ValueError:
        return document.encode()
