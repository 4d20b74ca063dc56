"""Does one shard after another: reads its documents, writes its rows; one class for all engines.

Whatever is wrong with the inputs becomes a refusal in the shard. What is wrong with the
machine (an input or the lake out of reach, a full disk) becomes the failure of the shard.
"""

import dataclasses
import errno
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from onrecord.errors import LakeStorageError, OnRecordError, RunError
from onrecord.lake import FinishedShard, Lake, open_lake
from onrecord.lake.shards import finished_from_json, to_json
from onrecord.records import Rejection
from onrecord.scale.notes import ShardNotes
from onrecord.scale.passes import ShardPass
from onrecord.scale.tasks import Advance, Failure, ShardOutcome, ShardTask, WorkerSettings

_MAX_IDLE_DEATHS = 3
# What no other shard can do either.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


class ShardWorker:
    """Holds one reader, made when it is first needed; makes outcomes of tasks.

    Args:
        settings: All that is the same for all shards.
        on_advance: Called after each batch, and now and then while one takes long.
    """

    def __init__(
        self, settings: WorkerSettings, *, on_advance: Callable[[Advance], None] | None = None
    ) -> None:
        self.settings = settings
        self._on_advance = on_advance or _ignored
        self._made: tuple[Any, Lake] | None = None

    def __call__(self, task: ShardTask) -> ShardOutcome:
        """Do one shard. Nothing that an input holds and no fault of the machine raises."""
        try:
            finished = self._do(task)
        except Exception as error:  # noqa: BLE001 - told to whoever sent the task, who decides
            return ShardOutcome(task=task, failure=failure_of(error))
        return ShardOutcome(task=task, finished=finished)

    def prepare(self) -> tuple[Any, Lake]:
        """The reader and the lake, made once.

        Raises:
            OnRecordError: One cannot be made, or the reader would read otherwise than the lake
                was read.
        """
        if self._made is None:
            settings = self.settings
            reader = settings.make_reader(settings.config, on_progress=self._beat)
            self._made = reader, open_lake(settings.lake, reader.run)
        return self._made

    def _do(self, task: ShardTask) -> FinishedShard:
        reader, lake = self.prepare()
        started = time.monotonic()
        done = _done_before(lake, task.shard.id)
        if done is not None:
            return done
        notes = ShardNotes(lake.folder, task.shard.id)
        if notes.begin().n_idle >= _MAX_IDLE_DEATHS:
            notes.end()
            problem = f"{notes.suspects.n_deaths} workers ended without a word while they did it"
            raise RunError(problem=problem)
        one = ShardPass(
            task.shard,
            reader,
            self.settings.options,
            notes,
            has_vectors=self.settings.has_vectors,
            on_advance=self._on_advance,
        )
        tries = 1 + max(task.n_failed, notes.suspects.n_deaths)
        try:
            finished = lake.write_shard(
                task.shard, one.readings(), _later(one), seconds=0.0, tries=tries
            )
        except Exception:
            notes.pause()
            raise
        notes.end()
        return _timed(lake, finished, time.monotonic() - started)

    def _beat(self, _n_chars: int) -> None:
        """The encoder goes on; what it has read is counted when the batch is done."""
        self._on_advance(Advance())


def _done_before(lake: Lake, shard: str) -> FinishedShard | None:
    """A shard that another worker has done, whose outcome was lost on the way."""
    found = lake.folder.read(f"shards/{shard}.json")
    return None if found is None else finished_from_json(found)


def failure_of(error: BaseException) -> Failure:
    """What an error means for its shard and for the run."""
    said = " ".join(str(error).split())[:500]
    reason = said if isinstance(error, OnRecordError) else f"{type(error).__name__}: {said}"
    is_final = isinstance(error, OnRecordError) and not error.can_retry
    return Failure(reason=reason, stops_run=is_final or _is_full(error))


def _is_full(error: BaseException) -> bool:
    """Whether a disk is full, or must not be written to."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in _FULL:
            return True
        seen = seen.__cause__
    return False


def _later(one: ShardPass) -> Iterator[Rejection]:
    """What was turned away, asked for when all has been read."""
    yield from one.refused


def _timed(lake: Lake, finished: FinishedShard, seconds: float) -> FinishedShard:
    """The shard with the time that it took, which is known when all of it is written."""
    timed = dataclasses.replace(finished, seconds=round(seconds, 3))
    with suppress(LakeStorageError):
        lake.folder.write(f"shards/{finished.id}.json", to_json(timed).encode())
    return timed


def _ignored(_advance: Advance) -> None:
    """Nobody asks for progress."""
