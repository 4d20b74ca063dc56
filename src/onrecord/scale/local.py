"""The engine of one machine: processes beside this one, each with a reader of its own.

Each process has a wire of its own, so that one that is killed in the middle of a word harms
no other. One that dies, or is silent for too long, is replaced.
"""

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.context import SpawnProcess
from typing import Any

from onrecord.errors import RunError
from onrecord.scale.processes import BROKEN, READY, serve
from onrecord.scale.queues import TaskQueue
from onrecord.scale.tasks import (
    Advance,
    Failure,
    Running,
    ShardOutcome,
    ShardTask,
    WorkerSettings,
    sum_of,
)

# A worker is silent while an article of some megabytes goes through the slow parts.
STALLED_S = 900.0
_LOOK_EVERY_S = 1.0
_GRACE_S = 5.0
_MAX_START_DEATHS = 3


@dataclass(slots=True, eq=False)
class _Worker:
    """One process, and the task that it is at."""

    process: SpawnProcess
    wire: "connection.Connection[Any, Any]"
    is_ready: bool = False
    task: ShardTask | None = None
    done: Advance = field(default_factory=Advance)
    heard: float = field(default_factory=time.monotonic)
    is_stalled: bool = False

    def give(self, task: ShardTask) -> None:
        self.task, self.done, self.heard = task, Advance(), time.monotonic()
        with contextlib.suppress(OSError):  # one that has just died; its end is noticed
            self.wire.send(task)

    def why_it_ended(self) -> str:
        """In words."""
        code = self.process.exitcode
        if self.is_stalled:
            return "its worker did nothing for too long, and was ended"
        if code is not None and code < 0:
            name = signal.Signals(-code).name
            hint = "; the memory may be too small" if name == "SIGKILL" else ""
            return f"its worker was ended by {name}{hint}"
        return f"its worker ended with status {code}"


class LocalEngine:
    """Runs workers as processes of this machine.

    Args:
        settings: What all workers are given.
        n_workers: Processes side by side.
        stalled_s: Seconds after which a silent worker is taken for stuck.
    """

    def __init__(
        self, settings: WorkerSettings, *, n_workers: int, stalled_s: float = STALLED_S
    ) -> None:
        self._settings, self._n_workers, self._stalled_s = settings, n_workers, stalled_s
        self._workers: list[_Worker] = []
        self._n_start_deaths = 0

    def run(self, queue: TaskQueue) -> Iterator[ShardOutcome | Running]:
        """Do all tasks of a queue; see `onrecord.scale.engines`."""
        try:
            while not queue.is_done:
                self._hand_out(queue)
                has_free = any(worker.task is None for worker in self._workers)
                can_take = has_free or len(self._workers) < self._n_workers
                yield from self._listen(queue.wait_s if can_take else None)
        finally:
            self._end_all()

    def _hand_out(self, queue: TaskQueue) -> None:
        """Give tasks to workers that are free; start one more where none is."""
        for worker in self._workers:
            if worker.task is None and (task := queue.take()) is not None:
                worker.give(task)
        while len(self._workers) < self._n_workers and (task := queue.take()) is not None:
            self._start().give(task)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=serve, args=(there,), daemon=True, name="onrecord-worker")
        process.start()
        there.close()
        worker = _Worker(process, here)
        with contextlib.suppress(OSError):
            here.send(self._settings)
        self._workers.append(worker)
        return worker

    def _listen(self, wait_s: float | None) -> Iterator[ShardOutcome | Running]:
        timeout = _LOOK_EVERY_S if wait_s is None else min(_LOOK_EVERY_S, wait_s)
        by_end: dict[Any, _Worker] = {}
        for worker in self._workers:
            by_end[worker.wire] = by_end[worker.process.sentinel] = worker
        ready = connection.wait(list(by_end), timeout)
        for worker in dict.fromkeys(by_end[end] for end in ready):
            yield from self._hear(worker)
        self._end_stalled()

    def _hear(self, worker: _Worker) -> Iterator[ShardOutcome | Running]:
        """All that a worker says, and that it has ended if so: its wire closes after all words."""
        while True:
            try:
                if not worker.wire.poll():
                    return
                message = worker.wire.recv()
            except (EOFError, OSError):
                break
            found = self._understood(worker, message)
            if found is not None:
                yield found
        worker.process.join(_GRACE_S)
        worker.process.kill()
        worker.process.join()
        yield from self._bury(worker)

    def _understood(self, worker: _Worker, message: Any) -> ShardOutcome | Running | None:
        worker.heard = time.monotonic()
        if isinstance(message, ShardOutcome):
            worker.task = None
            return message
        if isinstance(message, Advance):
            worker.done = sum_of([worker.done, message])
            return Running(worker.task.shard.id, worker.done) if worker.task else None
        what, failure = message
        if what == BROKEN:
            raise RunError(problem=f"no worker can be started: {failure.reason}")
        worker.is_ready = what == READY
        self._n_start_deaths = 0
        return None

    def _bury(self, worker: _Worker) -> Iterator[ShardOutcome]:
        self._workers.remove(worker)
        worker.wire.close()
        why = worker.why_it_ended()
        if not worker.is_ready:
            self._n_start_deaths += 1
            if self._n_start_deaths >= _MAX_START_DEATHS:
                raise RunError(problem=f"workers end while they start: {why}")
        if worker.task is not None:
            failure = Failure(reason=why, is_death=worker.is_ready)
            yield ShardOutcome(task=worker.task, failure=failure)

    def _end_stalled(self) -> None:
        for worker in self._workers:
            silent_s = time.monotonic() - worker.heard
            allowed_s = self._stalled_s if worker.is_ready else max(self._stalled_s, STALLED_S)
            if worker.task is not None and silent_s > allowed_s:
                worker.is_stalled = True
                worker.process.kill()

    def _end_all(self) -> None:
        """End all workers: those that are free at once, the others in the middle of a shard."""
        for worker in self._workers:
            if worker.task is None:
                with contextlib.suppress(OSError):
                    worker.wire.send(None)
            else:
                worker.process.terminate()
        deadline = time.monotonic() + _GRACE_S
        for worker in self._workers:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.wire.close()
        self._workers.clear()
