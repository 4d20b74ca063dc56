"""What the tests of lakes share: shards of made readings."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.lake import FinishedShard, Lake, Piece, make_shard, open_lake
from onrecord.records import Reading, Rejection, Span
from tests.export.made import RUN
from tests.store.made import full_reading

WIDTH = 8


class MadeVectors:
    """Vectors that depend on the places of spans alone."""

    def of(self, spans: Any) -> NDArray[np.float32]:
        return self.of_many([spans])[0]

    def of_many(self, many: Any) -> NDArray[np.float32]:
        found = np.zeros((len(many), WIDTH), dtype=np.float32)
        for row, spans in enumerate(many):
            for span in spans:
                found[row] += self._of(span)
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return (found / np.where(length > 0, length, 1)).astype(np.float32)

    def _of(self, span: Span) -> NDArray[np.float32]:
        numbers = np.arange(WIDTH) * 7 + span.start * 3 + span.end * 5
        return np.sin(numbers.astype(np.float32))


def page(number: int, published: str | None = "2024-05-02", **document: Any) -> Reading:
    """One reading with rows of all kinds."""
    return full_reading(
        url=f"https://news.example/{number}",
        title=f"Page {number}",
        published=published,
        **document,
    )


def new_lake(path: Path | str) -> Lake:
    return open_lake(str(path), RUN, create=True)


def write(
    lake: Lake, name: str, readings: Iterable[Any], refusals: Iterable[Rejection] = ()
) -> FinishedShard:
    """A shard of one file of that name."""
    shard = make_shard([Piece(source=f"/in/{name}.jsonl", kind="file")], run=lake.run.id)
    return lake.write_shard(shard, readings, refusals, seconds=1.5, tries=1)
