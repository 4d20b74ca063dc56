"""What tests of workers and engines share: a folder of lines, a lake, settings."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.lake import Lake, open_lake
from onrecord.scale.planning import Planned, plan
from onrecord.scale.queues import TaskQueue
from onrecord.scale.running import run_shards
from onrecord.scale.sources import sources_of
from onrecord.scale.tallies import Tally
from onrecord.scale.tasks import ShardOutcome, ShardTask, WorkerSettings
from onrecord.scale.workers import ShardWorker
from tests.scale.readers import RUN, make_echo


def settings_of(lake: Lake, **more: Any) -> WorkerSettings:
    given = {"make_reader": make_echo, "has_vectors": False, **more}
    return WorkerSettings(lake=lake.url, run=RUN, **given)


def new_lake(folder: Path) -> Lake:
    return open_lake(str(folder / "lake"), RUN, create=True)


def write_lines(path: Path, texts: Iterable[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"text": text, "published": "2024-05-02"}) for text in texts)
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def shards_of(*inputs: object, size: int = 10**6) -> list[Planned]:
    sources = sources_of(str(one) for one in inputs)
    return list(plan(sources, shard_bytes=size, run=RUN.id))


def tasks_of(*inputs: object, size: int = 10**6) -> list[ShardTask]:
    return [ShardTask(shard=one.shard, work=one.work) for one in shards_of(*inputs, size=size)]


def queue_of(*inputs: object, size: int = 10**6) -> TaskQueue:
    return TaskQueue(iter(shards_of(*inputs, size=size)))


def texts_in(lake: Lake) -> list[str]:
    return sorted(reading.document.text for reading in lake.readings())


def refusals_in(lake: Lake) -> list[dict[str, Any]]:
    from pyarrow import parquet

    files = sorted(Path(lake.url).glob("refusals/*.parquet"))
    return [row for file in files for row in parquet.ParquetFile(file).read().to_pylist()]


class InlineEngine:
    """Does all tasks in this process, one after the other."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._worker = ShardWorker(settings)

    def run(self, queue: TaskQueue) -> Iterator[ShardOutcome]:
        while not queue.is_done:
            task = queue.take()
            if task is not None:
                yield self._worker(task)


def run_inline(lake: Lake, *inputs: object, size: int = 4000, **more: Any) -> Tally:
    engine = InlineEngine(settings_of(lake, **more))
    return run_shards(map(str, inputs), lake, engine, shard_bytes=size, pauses_s=(0.01,))
