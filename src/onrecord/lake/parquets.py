"""Parquet files of a lake: their bytes out of rows, and rows out of them.

Which files there are stands in `lakes`; what the columns mean in `onrecord.schema`.
"""

import io
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from onrecord.encode.kept_vectors import KeptVectors
from onrecord.errors import LakeError
from onrecord.export.tables import ParquetWriter
from onrecord.records import Span

if TYPE_CHECKING:
    import pyarrow

    from onrecord.lake.folders import Folder

_BATCH_ROWS = 256
_HOW = "pyarrow is not installed; install what is missing with: pip install 'onrecord[lake]'"


class RowFile:
    """The bytes of a file of rows, in the making.

    Attributes:
        n_rows: How many were written so far.
    """

    def __init__(self, record: type) -> None:
        self.n_rows = 0
        self._stream = io.BytesIO()
        self._writer = ParquetWriter(record, self._stream)

    def write(self, row: dict[str, Any]) -> None:
        """One row more."""
        self._writer.write(row)
        self.n_rows += 1

    def data(self) -> bytes:
        """The whole file; nothing can be written any more."""
        with self._writer:
            pass
        return self._stream.getvalue()


class VectorFile:
    """The bytes of a file of vectors, in the making: a row for each list of spans.

    Attributes:
        n_rows: How many were written so far.
    """

    def __init__(self) -> None:
        self.n_rows = 0
        self._documents: list[str] = []
        self._kept: list[KeptVectors] = []

    def write(self, document: str, kept: KeptVectors) -> None:
        """The vectors of one document more."""
        if kept.spans:
            self._documents.append(document)
            self._kept.append(kept)
            self.n_rows += len(kept.spans)

    def data(self) -> bytes:
        """The whole file."""
        import numpy as np
        import pyarrow
        from pyarrow import parquet

        codes_ND = np.concatenate([kept.codes_ND for kept in self._kept])
        flat = pyarrow.array(codes_ND.ravel())
        columns = {
            "document": pyarrow.array(
                [d for d, k in zip(self._documents, self._kept, strict=True) for _ in k.spans]
            ),
            "spans": pyarrow.array(
                [[(s.start, s.end) for s in spans] for kept in self._kept for spans in kept.spans],
                type=_spans_type(),
            ),
            "vector": pyarrow.FixedSizeListArray.from_arrays(flat, codes_ND.shape[1]),
        }
        stream = io.BytesIO()
        parquet.write_table(pyarrow.table(columns), stream, compression="zstd")
        return stream.getvalue()


def parquet_of(rows: list[dict[str, Any]], schema: "pyarrow.Schema") -> bytes:
    """The bytes of a file of rows."""
    import pyarrow
    from pyarrow import parquet

    stream = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema), stream, compression="zstd")
    return stream.getvalue()


def _spans_type() -> "pyarrow.DataType":
    import pyarrow

    point = pyarrow.int32()
    return pyarrow.list_(pyarrow.struct([("start", point), ("end", point)]))


def need_pyarrow(path: str) -> None:
    """Say how to install it, if it is not there.

    Raises:
        LakeError: It is not.
    """
    try:
        import pyarrow.parquet  # noqa: F401 - whether it can be
    except ImportError as error:
        raise LakeError(path=path, problem=_HOW) from error


def rows_in(
    folder: "Folder", name: str, documents: AbstractSet[str] | None = None, *, key: str = "document"
) -> Iterator[dict[str, Any]]:
    """The rows of a file, or those of some documents, in order.

    Raises:
        LakeError: It is gone, or no Parquet.
    """
    for batch in _batches(folder, name, documents, key=key):
        yield from batch.to_pylist()


def column_in(folder: "Folder", name: str, column: str) -> list[Any]:
    """All values of one column of a file.

    Raises:
        LakeError: It is gone, or no Parquet.
    """
    found: list[Any] = []
    for batch in _batches(folder, name, None, key=column, columns=[column]):
        found += batch.column(0).to_pylist()
    return found


def vectors_in(
    folder: "Folder", name: str, documents: AbstractSet[str] | None = None
) -> Iterator[tuple[str, KeptVectors]]:
    """The vectors of each document of a file, in order.

    Raises:
        LakeError: It is gone, or no Parquet.
    """
    waiting: list[tuple[str, KeptVectors]] = []
    for batch in _batches(folder, name, documents, key="document"):
        for document, kept in _by_document(batch):
            if waiting and waiting[-1][0] == document:
                waiting[-1] = (document, _joined(waiting[-1][1], kept))
                continue
            yield from waiting
            waiting = [(document, kept)]
    yield from waiting


def _by_document(batch: "pyarrow.RecordBatch") -> Iterator[tuple[str, KeptVectors]]:
    import numpy as np

    ids = batch.column("document").to_pylist()
    column = batch.column("vector")
    codes_ND = np.asarray(column.flatten()).reshape(len(ids), column.type.list_size)
    spans = [
        tuple(Span(one["start"], one["end"]) for one in row)
        for row in batch.column("spans").to_pylist()
    ]
    start = 0
    for number in range(1, len(ids) + 1):
        if number == len(ids) or ids[number] != ids[start]:
            own = slice(start, number)
            yield ids[start], KeptVectors(tuple(spans[own]), codes_ND[own])
            start = number


def _joined(one: KeptVectors, other: KeptVectors) -> KeptVectors:
    import numpy as np

    codes_ND = np.concatenate([one.codes_ND, other.codes_ND])
    return KeptVectors((*one.spans, *other.spans), codes_ND)


def _batches(
    folder: "Folder",
    name: str,
    documents: AbstractSet[str] | None,
    *,
    key: str,
    columns: list[str] | None = None,
) -> "Iterator[pyarrow.RecordBatch]":
    import pyarrow
    from pyarrow import compute, parquet

    wanted = None if documents is None else pyarrow.array(sorted(documents))
    try:
        with parquet.ParquetFile(_source(folder, name)) as file:
            for batch in file.iter_batches(_BATCH_ROWS, columns=columns, use_threads=False):
                if wanted is None:
                    yield batch
                else:
                    own = batch.filter(compute.is_in(batch.column(key), value_set=wanted))
                    if own.num_rows:
                        yield own
    except (FileNotFoundError, pyarrow.ArrowInvalid, KeyError) as error:
        problem = f"it cannot be read as Parquet, though its shard is finished: {error}"
        raise LakeError(path=folder.address(name), problem=problem) from error


def _source(folder: "Folder", name: str) -> Any:
    """What pyarrow reads from: a path, or the bytes of what is elsewhere."""
    import pyarrow

    if folder.is_local:
        return folder.path(name)
    data = folder.read(name)
    if data is None:
        raise FileNotFoundError(folder.address(name))
    return pyarrow.BufferReader(data)
