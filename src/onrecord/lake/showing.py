"""What stands in a lake, in numbers: shards, documents by month, rows and bytes by table."""

import collections
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.lake.lakes import Lake
    from onrecord.lake.shards import FailedShard


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A lake in numbers; a document of two shards counts twice here.

    Attributes:
        n_shards: Shards that are finished.
        n_documents: Documents in them.
        n_refused: Inputs that were turned away.
        n_chars: Code points of the documents.
        months: Documents by month.
        rows: Rows by table.
        bytes: Bytes by table.
        refused: Refusals by reason.
        seconds: Of work, over all shards.
        failed: Shards that were given up.
    """

    n_shards: int
    n_documents: int
    n_refused: int
    n_chars: int
    months: dict[str, int]
    rows: dict[str, int]
    bytes: dict[str, int]
    refused: dict[str, int]
    seconds: float
    failed: "tuple[FailedShard, ...]"

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        failed = [
            {
                "id": one.id,
                "sources": [piece.source for piece in one.pieces],
                "reason": one.reason,
                "tries": one.tries,
            }
            for one in self.failed
        ]
        names = [name for name in self.__slots__ if name != "failed"]
        return {**{name: getattr(self, name) for name in names}, "failed": failed}


def overview(lake: "Lake") -> Overview:
    """What stands in a lake, by its finished shards; no table is read.

    Raises:
        LakeError: A file about a shard cannot be read.
    """
    shards = list(lake.finished().values())
    months: collections.Counter[str] = collections.Counter()
    rows: collections.Counter[str] = collections.Counter()
    sizes: collections.Counter[str] = collections.Counter()
    refused: collections.Counter[str] = collections.Counter()
    for shard in shards:
        refused.update(shard.refused)
        for file in shard.files:
            rows[file.table] += file.n_rows
            sizes[file.table] += file.n_bytes
            if file.table == "documents":
                months[file.month] += file.n_rows
    return Overview(
        n_shards=len(shards),
        n_documents=sum(shard.n_documents for shard in shards),
        n_refused=sum(shard.n_refused for shard in shards),
        n_chars=sum(shard.n_chars for shard in shards),
        months=dict(sorted(months.items())),
        rows=dict(sorted(rows.items())),
        bytes=dict(sorted(sizes.items())),
        refused=dict(sorted(refused.items())),
        seconds=round(sum(shard.seconds for shard in shards), 3),
        failed=tuple(lake.failed().values()),
    )
