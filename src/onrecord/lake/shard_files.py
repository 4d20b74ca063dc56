"""What one shard writes: its readings, refusals and vectors as files by month and table."""

import collections
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.errors import LakeError
from onrecord.export.table_rows import row_values, rows_of
from onrecord.lake.months import month_of
from onrecord.lake.parquets import RowFile, VectorFile
from onrecord.lake.shards import ShardFile
from onrecord.records import Reading, Rejection
from onrecord.schema.fields import tables

if TYPE_CHECKING:
    from onrecord.encode.kept_vectors import KeptVectors
    from onrecord.store import SpanVectors

    Read = Reading | tuple[Reading, SpanVectors | None]

REFUSALS = "refusals"
VECTORS = "vectors"


class ShardContents:
    """The rows of a shard, as they come.

    Attributes:
        n_documents: Different ones so far.
        n_chars: Their code points.
        counts: Rows by table.
        refused: Refusals by reason.
    """

    def __init__(self, shard: str, run: str) -> None:
        self.shard, self.run = shard, run
        self.n_documents = self.n_chars = 0
        self.counts: collections.Counter[str] = collections.Counter()
        self.refused: collections.Counter[str] = collections.Counter()
        self._seen: set[str] = set()
        self._rows: dict[tuple[str, str], RowFile] = {}
        self._vectors: dict[str, VectorFile] = {}
        self._refusals = RowFile(Rejection)

    def take(self, found: "Iterable[Read]") -> None:
        """Readings, with or without what gives vectors of their words; each document once.

        Raises:
            LakeError: Another run has read one.
        """
        for one in found:
            reading, vectors = one if isinstance(one, tuple) else (one, None)
            if reading.run.id != self.run:
                problem = f"a reading is of run {reading.run.id}; the lake has run {self.run}"
                raise LakeError(path=f"shard {self.shard}", problem=problem)
            if reading.document.id not in self._seen:
                self._seen.add(reading.document.id)
                self._take(reading, vectors)

    def refuse(self, rejections: Iterable[Rejection]) -> None:
        """What was turned away."""
        for one in rejections:
            self._refusals.write(row_values(one))
            self.refused[one.reason.value] += 1

    def files(self) -> Iterator[tuple[ShardFile, bytes]]:
        """All files with their bytes, in no special order; nothing can be added any more."""
        for (table, month), rows in self._rows.items():
            yield self._file(table, month, rows)
        for month, vectors in self._vectors.items():
            if vectors.n_rows:
                yield self._file(VECTORS, month, vectors)
        if self._refusals.n_rows:
            yield self._file(REFUSALS, "", self._refusals)

    def _take(self, reading: Reading, vectors: "SpanVectors | None") -> None:
        month = month_of(reading.document.published)
        for table, row in rows_of([reading]):
            if table == "runs":
                continue
            if (table, month) not in self._rows:
                self._rows[table, month] = RowFile(tables()[table])
            self._rows[table, month].write(row)
            self.counts[table] += 1
        self.n_documents += 1
        self.n_chars += len(reading.document.text)
        if vectors is not None:
            file = self._vectors.setdefault(month, VectorFile())
            file.write(reading.document.id, _kept(reading, vectors))

    def _file(
        self, table: str, month: str, contents: RowFile | VectorFile
    ) -> tuple[ShardFile, bytes]:
        data = contents.data()
        inner = f"month={month}/" if month else ""
        path = f"{table}/{inner}{self.shard}.parquet"
        file = ShardFile(
            path=path, table=table, month=month, n_rows=contents.n_rows, n_bytes=len(data)
        )
        return file, data


def _kept(reading: Reading, vectors: "SpanVectors") -> "KeptVectors":
    from onrecord.encode.kept_vectors import KeptVectors
    from onrecord.ingest.kept_vectors import kept_vectors

    return vectors if isinstance(vectors, KeptVectors) else kept_vectors(reading, vectors)
