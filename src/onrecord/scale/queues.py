"""The shards of a run that are still to be done: new ones as planned, failed ones after a pause."""

import collections
import heapq
import itertools
import time
from collections.abc import Iterator

from onrecord.scale.planning import Planned
from onrecord.scale.tasks import ShardTask

# So many files are looked at ahead of the work, to tell how much there is.
_AHEAD_PIECES = 200_000


class TaskQueue:
    """Gives tasks to an engine.

    Args:
        planned: All shards, made as they are asked for.

    Attributes:
        work: Bytes of text in all that was planned so far, roughly.
        n_shards: Shards planned so far.
        is_all_planned: Whether there are no more.
        n_out: Tasks that were taken and have not ended.
    """

    def __init__(self, planned: Iterator[Planned]) -> None:
        self._planned = planned
        self._ahead: collections.deque[Planned] = collections.deque()
        self._again: list[tuple[float, int, ShardTask]] = []
        self._order = itertools.count()
        self.work = self.n_shards = self.n_out = 0
        self._n_pieces = 0
        self.is_all_planned = False
        self._look_ahead()

    def take(self) -> ShardTask | None:
        """A task that can be done now; None if there is none now."""
        if self._again and self._again[0][0] <= time.monotonic():
            self.n_out += 1
            return heapq.heappop(self._again)[2]
        self._look_ahead()
        if not self._ahead:
            return None
        one = self._ahead.popleft()
        self._n_pieces -= len(one.shard.pieces)
        self.n_out += 1
        return ShardTask(shard=one.shard, work=one.work)

    def again(self, task: ShardTask, *, pause_s: float) -> None:
        """A task that was taken is to be done once more, after a pause."""
        self.n_out -= 1
        heapq.heappush(self._again, (time.monotonic() + pause_s, next(self._order), task))

    def end(self) -> None:
        """A task that was taken has ended."""
        self.n_out -= 1

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self.is_all_planned and not (self._ahead or self._again or self.n_out)

    @property
    def wait_s(self) -> float | None:
        """Seconds until a task that failed can be tried again; None if none waits."""
        return max(0.0, self._again[0][0] - time.monotonic()) if self._again else None

    def _look_ahead(self) -> None:
        while not self.is_all_planned and self._n_pieces < _AHEAD_PIECES:
            one = next(self._planned, None)
            if one is None:
                self.is_all_planned = True
                return
            self._ahead.append(one)
            self._n_pieces += len(one.shard.pieces)
            self.work += one.work
            self.n_shards += 1
