"""The engine of a cluster: Ray Data with an actor for each copy of the model.

A shard is a row of a Ray dataset, and a worker an actor that maps it to its outcome. Ray
restarts actors that die and gives their tasks to others, also when a machine is lost; what a
worker that died has noted stands in the lake, so that the next one goes on from there. Shards
of which nothing comes back, or that fail, go into the next round.
"""

import contextlib
import importlib
import logging
import pickle
import socket
import time
from collections.abc import Iterator
from typing import Any

from onrecord.errors import RunError
from onrecord.scale.queues import TaskQueue
from onrecord.scale.tasks import Failure, Running, ShardOutcome, ShardTask, WorkerSettings
from onrecord.scale.workers import ShardWorker

# Outcomes alone travel through Ray's memory; rows go from the worker to the lake.
_OBJECTS_BYTES = 256 << 20
_MAX_ROUND = 20_000
# One task that waits beside the one that is done, so that no worker is idle in between.
_IN_FLIGHT = 2
# Where its switch is, in newer versions and in older ones.
_USAGE = ("ray._common.usage.usage_lib", "ray._private.usage.usage_lib")
_KNOCK_S = 10.0
_HOW = "install it with: pip install 'onrecord[ray]'"


class RayEngine:
    """Runs workers as actors of a Ray cluster.

    Args:
        settings: What all workers are given.
        n_workers: Actors side by side at most; as many as the cluster has cores if None.
        address: The cluster; one of this machine is started if None.
    """

    def __init__(
        self, settings: WorkerSettings, *, n_workers: int | None = None, address: str | None = None
    ) -> None:
        self._settings, self._n_workers, self._address = settings, n_workers, address
        self._ray = _imported()

    def run(self, queue: TaskQueue) -> Iterator[ShardOutcome | Running]:
        """Do all tasks of a queue; see `onrecord.scale.engines`."""
        if queue.is_done:
            return
        is_ours = self._connect()
        try:
            while not queue.is_done:
                tasks = _taken(queue)
                if tasks:
                    yield from self._round(tasks)
                else:
                    time.sleep(queue.wait_s or 0.1)
        finally:
            if is_ours:
                self._ray.shutdown()

    def _connect(self) -> bool:
        """Be connected; whether this has connected."""
        if self._ray.is_initialized():
            return False
        report_nothing()
        given: dict[str, Any] = {"address": self._address}
        if self._address is None:
            given = {
                "address": "local",
                "num_cpus": self._n_workers,
                "object_store_memory": _OBJECTS_BYTES,
                "include_dashboard": False,
            }
        try:
            _knock(self._address)
            self._ray.init(log_to_driver=False, logging_level=logging.ERROR, **given)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            said = " ".join(str(error).split())[:300]
            problem = f"the Ray cluster {self._address or ''} cannot be reached: {said}"
            raise RunError(problem=problem) from error
        return True

    def _round(self, tasks: list[ShardTask]) -> Iterator[ShardOutcome]:
        """Some tasks, each of which has an outcome in the end."""
        left = {task.shard.id: task for task in tasks}
        problem = "nothing came back of it"
        try:
            for row in self._dataset(tasks).iter_rows():
                outcome: ShardOutcome = pickle.loads(row["outcome"])  # noqa: S301 - our own
                if left.pop(outcome.task.shard.id, None) is not None:
                    yield outcome
        except self._ray.exceptions.RayError as error:
            problem = " ".join(str(error).split())[:300]
        for task in left.values():
            failure = Failure(reason=f"its worker was lost: {problem}", is_death=True)
            yield ShardOutcome(task=task, failure=failure)

    def _dataset(self, tasks: list[ShardTask]) -> Any:
        from ray import data

        context = data.DataContext.get_current()
        context.max_errored_blocks = -1  # whose shards go into the next round
        context.enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        rows = [{"task": pickle.dumps(task)} for task in tasks]
        n_most = max(1, min(len(tasks), self._n_workers or self._n_cores()))
        pool = data.ActorPoolStrategy(
            min_size=1, max_size=n_most, max_tasks_in_flight_per_actor=_IN_FLIGHT
        )
        actor: Any = ShardActor  # a class stands for its calls here
        return data.from_items(rows, override_num_blocks=len(rows)).map(
            actor,
            fn_constructor_args=[pickle.dumps(self._settings)],
            compute=pool,
            num_cpus=1,
        )

    def _n_cores(self) -> int:
        return int(self._ray.cluster_resources().get("CPU", 1))


class ShardActor:
    """A worker, as Ray Data calls it."""

    def __init__(self, settings: bytes) -> None:
        logging.getLogger("onrecord").addHandler(logging.NullHandler())
        self._worker = ShardWorker(pickle.loads(settings))  # noqa: S301 - our own

    def __call__(self, row: dict[str, bytes]) -> dict[str, bytes]:
        """The outcome of a task."""
        task: ShardTask = pickle.loads(row["task"])  # noqa: S301 - our own
        return {"outcome": pickle.dumps(self._worker(task))}


def _taken(queue: TaskQueue) -> list[ShardTask]:
    tasks: list[ShardTask] = []
    while len(tasks) < _MAX_ROUND and (task := queue.take()) is not None:
        tasks.append(task)
    return tasks


def _imported() -> Any:
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise RunError(problem=f"the engine ray needs the package ray; {_HOW}") from error
    return ray


def _knock(address: str | None) -> None:
    """See whether somebody answers there, for which Ray itself would wait minutes.

    Raises:
        OSError: Nobody does.
    """
    host, _, port = (address or "").rpartition(":")
    if host and port.isdecimal() and "/" not in host:
        socket.create_connection((host.strip("[]"), int(port)), _KNOCK_S).close()


def report_nothing() -> None:
    """Ray tells its makers how it is used, unless the process that starts it says no."""
    for module in _USAGE:
        with contextlib.suppress(ImportError):
            usage: Any = importlib.import_module(module)
            usage.set_usage_stats_enabled_via_env_var(False)
            return
