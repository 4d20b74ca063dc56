"""A run: inputs into a lake, by some engine; what fails is tried again, then listed.

A second run of the same does what is missing. Nothing else is kept between runs than the lake.
"""

import dataclasses
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from onrecord.errors import LakeStorageError, RunError
from onrecord.lake import FailedShard, Lake
from onrecord.lake.shards import finished_from_json
from onrecord.scale.engines import Engine
from onrecord.scale.notes import ShardNotes
from onrecord.scale.planning import Done, plan
from onrecord.scale.queues import TaskQueue
from onrecord.scale.sources import sources_of
from onrecord.scale.tallies import Tally
from onrecord.scale.tasks import Running, ShardOutcome

# Files about finished shards that are asked for side by side, and held in memory.
_AT_ONCE, _IN_MEMORY = 16, 128
# Times that a shard may fail, and seconds before it is tried again.
_MAX_FAILURES = 3
PAUSES_S = (2.0, 10.0)
# Deaths of one shard, each of which told which document it was.
_MAX_DEATHS = 24


def run_shards(
    inputs: Iterable[str],
    lake: Lake,
    engine: Engine,
    *,
    shard_bytes: int,
    pauses_s: tuple[float, ...] = PAUSES_S,
    on_change: Callable[[Tally], None] | None = None,
) -> Tally:
    """Read all inputs into a lake, but for what it has.

    Args:
        inputs: Files, folders, patterns, addresses, lists.
        lake: Open; its run is that of the engine's workers.
        engine: Does the work.
        shard_bytes: Bytes of text in a shard, roughly.
        pauses_s: How long to wait before a shard is tried again.
        on_change: Called whenever something has been done.

    Returns:
        The numbers of this run, with the shards that were given up.

    Raises:
        InputError: An input cannot be looked at.
        LakeError: The lake cannot be read.
        RunError: No shard can be done any more, as the disk is full or no worker starts.
    """
    done = done_in(lake)
    queue = TaskQueue(plan(sources_of(inputs), shard_bytes=shard_bytes, run=lake.run.id, done=done))
    run = _Run(lake, queue, done, pauses_s, Tally(n_known=done.n_shards))
    events = engine.run(queue)
    try:
        for event in events:
            run.take(event)
            if on_change is not None:
                on_change(run.tally)
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()
    run.forget_mended()
    return run.tally


def done_in(lake: Lake) -> Done:
    """What is done in a lake; of each shard only so much is kept as tells that.

    Raises:
        LakeError: It cannot be read.
    """
    done = Done()
    names = [f"shards/{name}" for name in lake.folder.names("shards")]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for at in range(0, len(names), _IN_MEMORY):
            for data in pool.map(lake.folder.read, names[at : at + _IN_MEMORY]):
                if data is not None:
                    done.add(finished_from_json(data))
    return done


@dataclass(slots=True)
class _Run:
    """What a run knows while it goes on."""

    lake: Lake
    queue: TaskQueue
    done: Done
    pauses_s: tuple[float, ...]
    tally: Tally
    n_known: dict[str, int] = field(default_factory=dict)
    n_deaths: dict[str, int] = field(default_factory=dict)

    def take(self, event: ShardOutcome | Running) -> None:
        """Count an event, and decide what becomes of a shard that failed."""
        if isinstance(event, Running):
            self.tally.advance(event)
        elif event.finished is not None:
            self.queue.end()
            self.done.add(event.finished)
            self.tally.finish(event.task, event.finished)
        else:
            self._failed(event)
        self.tally.work = self.queue.work
        self.tally.is_all_planned = self.queue.is_all_planned

    def _failed(self, outcome: ShardOutcome) -> None:
        task, failure = outcome.task, outcome.failure
        if failure is None or failure.stops_run:
            reason = failure.reason if failure else "a worker said nothing"
            raise RunError(problem=f"{reason}; mend this and give the same command again")
        n_failed = task.n_failed
        if not (failure.is_death and self._has_told(task.shard.id)):
            n_failed += 1
        if n_failed < _MAX_FAILURES:
            pause = self.pauses_s[min(n_failed, len(self.pauses_s)) - 1] if n_failed else 0.0
            again = dataclasses.replace(task, n_failed=n_failed)
            self.queue.again(again, pause_s=pause)
            self.tally.begin_again(task)
            return
        self.queue.end()
        failed = FailedShard(
            id=task.shard.id, pieces=task.shard.pieces, reason=failure.reason, tries=n_failed
        )
        self.tally.fail(task, failed)
        try:
            self.lake.give_up(failed)
        except LakeStorageError as error:
            raise RunError(problem=f"{error}; nothing can be written there any more") from error

    def _has_told(self, shard: str) -> bool:
        """Whether the death of a worker told something of who is to blame."""
        self.n_deaths[shard] = self.n_deaths.get(shard, 0) + 1
        if self.n_deaths[shard] > _MAX_DEATHS:
            return False
        try:
            n_known = ShardNotes(self.lake.folder, shard).look().n_known
        except LakeStorageError:
            return False
        before, self.n_known[shard] = self.n_known.get(shard, 0), n_known
        return n_known > before

    def forget_mended(self) -> None:
        """Take out failures of shards whose pieces have been done since, as other shards."""
        for failed in self.lake.failed().values():
            if all(self.done.has(piece) for piece in failed.pieces):
                self.lake.folder.remove(f"failed/{failed.id}.json")
