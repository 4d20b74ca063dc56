"""Readings of one month in the order of their publication, through a file on the disk.

Shards hold them as they were read. Only where each stands waits in memory.
"""

import pickle
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.records import Reading

if TYPE_CHECKING:
    from onrecord.encode.kept_vectors import KeptVectors
    from onrecord.lake.lakes import Lake

    Kept = tuple[Reading, KeptVectors | None]

_LEVEL = 1


def in_order(
    lake: "Lake", month: str, *, documents: AbstractSet[str] | None = None, folder: Path
) -> "Iterator[Kept]":
    """The readings of a month, or of some of its documents, by (published, id).

    Args:
        lake: The lake.
        month: The month.
        documents: Those that are wanted; None for all.
        folder: Where a file may stand meanwhile; it has no name there.
    """
    places: list[tuple[str, str, int, int]] = []
    with tempfile.TemporaryFile(dir=folder) as spilled:
        for kept in lake.readings_with_vectors(month, documents=documents):
            document = kept[0].document
            data = zlib.compress(pickle.dumps(kept), _LEVEL)
            places.append((document.published or "", document.id, spilled.tell(), len(data)))
            spilled.write(data)
        places.sort()
        for _, _, start, size in places:
            spilled.seek(start)
            # What this very function has written a moment ago.
            found: Kept = pickle.loads(zlib.decompress(spilled.read(size)))  # noqa: S301
            yield found


def batches(found: "Iterable[Kept]", size: int) -> "Iterator[list[Kept]]":
    """The same in lists of some; the last may be shorter."""
    batch: list[Kept] = []
    for one in found:
        batch.append(one)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
