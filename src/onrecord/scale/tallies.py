"""How a run stands: what was done before, what is done now, what was given up."""

import collections
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from onrecord.lake import FailedShard, FinishedShard
from onrecord.scale.tasks import Advance, Running, ShardTask, sum_of

# A shard that is being done counts as a little less than done.
_MOST_OF_ONE = 0.95


@dataclass(slots=True, kw_only=True)
class Tally:
    """The numbers of a run.

    Attributes:
        n_known: Shards that were done before.
        n_finished: Shards done now.
        n_again: How often a shard was begun again.
        n_documents: Documents in those done now.
        n_chars: Their code points.
        rows: Rows by table.
        refused: Refusals by reason.
        failed: Shards that were given up.
        work: Bytes of text in all that is to be done, roughly.
        is_all_planned: Whether all of it is known.
    """

    n_known: int = 0
    n_finished: int = 0
    n_again: int = 0
    n_documents: int = 0
    n_chars: int = 0
    rows: collections.Counter[str] = field(default_factory=collections.Counter)
    refused: collections.Counter[str] = field(default_factory=collections.Counter)
    failed: list[FailedShard] = field(default_factory=list)
    work: int = 0
    is_all_planned: bool = False
    _work_done: int = 0
    _running: dict[str, Advance] = field(default_factory=dict)

    def finish(self, task: ShardTask, finished: FinishedShard) -> None:
        """A shard more is done."""
        self.n_finished += 1
        self.n_documents += finished.n_documents
        self.n_chars += finished.n_chars
        self.rows.update(finished.counts)
        self.refused.update(finished.refused)
        self._work_done += task.work
        self._running.pop(task.shard.id, None)

    def fail(self, task: ShardTask, failed: FailedShard) -> None:
        """A shard is given up."""
        self.failed.append(failed)
        self._work_done += task.work
        self._running.pop(task.shard.id, None)

    def begin_again(self, task: ShardTask) -> None:
        """A shard will be done once more."""
        self.n_again += 1
        self._running.pop(task.shard.id, None)

    def advance(self, running: Running) -> None:
        """A shard goes on."""
        self._running[running.shard] = running.done

    @property
    def now(self) -> Advance:
        """What is done, with what was read of shards that are not."""
        done = Advance(
            n_documents=self.n_documents,
            n_refused=self.refused.total(),
            n_statements=self.rows["statements"],
            n_events=self.rows["events"],
            n_chars=self.n_chars,
        )
        return sum_of([done, *self._running.values()])

    @property
    def share_done(self) -> float:
        """How much of all that is planned is done, 0 to 1."""
        running = sum(one.n_chars for one in self._running.values())
        mean = self.work / max(1, self.n_finished + len(self._running))
        running = min(running, math.ceil(_MOST_OF_ONE * mean * len(self._running)))
        return min(1.0, (self._work_done + running) / self.work) if self.work else 0.0

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values.

        >>> Tally(n_known=2).as_json()["shards"]
        {'known': 2, 'finished': 0, 'failed': 0, 'again': 0}
        """
        return {
            "shards": {
                "known": self.n_known,
                "finished": self.n_finished,
                "failed": len(self.failed),
                "again": self.n_again,
            },
            "documents": self.n_documents,
            "characters": self.n_chars,
            "refused": dict(self.refused),
            "rows": dict(self.rows),
            "failed": [
                {"id": one.id, "reason": one.reason, "tries": one.tries, "sources": _names(one)}
                for one in self.failed
            ],
        }


def _names(failed: FailedShard) -> list[str]:
    return list(dict.fromkeys(_sources(failed)))


def _sources(failed: FailedShard) -> Iterable[str]:
    return (piece.source for piece in failed.pieces)
