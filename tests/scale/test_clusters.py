"""A Ray cluster of two nodes on this machine: the same rows, also when a node is lost."""

import builtins
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import RunError
from onrecord.lake import open_lake
from onrecord.pipeline import Reader
from onrecord.public import read_files
from onrecord.records import Reading
from onrecord.scale.clusters import RayEngine, report_nothing
from onrecord.scale.running import run_shards
from onrecord.scale.tasks import WorkerSettings
from onrecord.scale.workers import ShardWorker
from tests.scale.made import (
    new_lake,
    queue_of,
    refusals_in,
    settings_of,
    tasks_of,
    texts_in,
    write_lines,
)

pytest.importorskip("fsspec")
pytest.importorskip("pyarrow")
needs_ray = pytest.mark.filterwarnings("ignore")
SIZE = 3000
EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("briefs.jsonl", "dam-breach-courier.html", "odesa-port-ledger.txt", "odesa-port-post.txt")
MEMORY = {"object_store_memory": 80 << 20}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes of one core each."""
    ray = pytest.importorskip("ray", reason="the engine ray needs: pip install 'onrecord[ray]'")
    from ray.cluster_utils import Cluster

    report_nothing()
    with warnings.catch_warnings(action="ignore"):
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, **MEMORY})
        try:
            cluster.add_node(num_cpus=1, **MEMORY)
            cluster.wait_for_nodes()
            ray.init(address=cluster.address, log_to_driver=False)
            yield cluster
        finally:
            ray.shutdown()
            cluster.shutdown()


@pytest.mark.slow
@needs_ray
def test_two_nodes_give_the_rows_of_one_worker(tmp_path: Path, cluster: Any) -> None:
    texts = [f"Ferry {n} sails." + " x" * 90 + " KILL" * (n == 17) for n in range(60)]
    path = write_lines(tmp_path / "a.jsonl", texts)
    lake = new_lake(tmp_path)
    engine = RayEngine(settings_of(lake))
    tally = run_shards([str(path)], lake, engine, shard_bytes=SIZE, pauses_s=(0.1,))
    assert (tally.n_documents, tally.refused, tally.failed) == (59, {"failed": 1}, [])
    assert tally.n_finished > 2
    assert len(refusals_in(lake)) == 1
    alone = new_lake(tmp_path / "alone")
    write_lines(path, [text for text in texts if "KILL" not in text])
    for task in tasks_of(path):
        assert ShardWorker(settings_of(alone))(task).finished is not None
    assert sorted(alone.readings(), key=_id) == sorted(lake.readings(), key=_id)


@pytest.mark.slow
@needs_ray
def test_a_node_that_is_lost_loses_nothing(tmp_path: Path, cluster: Any) -> None:
    texts = [f"Ferry {n}. SLOW" + " x" * 90 for n in range(60)]
    path = write_lines(tmp_path / "a.jsonl", texts)
    lake = new_lake(tmp_path)
    node = cluster.add_node(num_cpus=1, **MEMORY)
    cluster.wait_for_nodes()

    def lose() -> None:
        while len(lake.finished()) < 2:
            time.sleep(0.05)
        cluster.remove_node(node, allow_graceful=False)

    loser = threading.Thread(target=lose)
    loser.start()
    engine = RayEngine(settings_of(lake))
    tally = run_shards([str(path)], lake, engine, shard_bytes=SIZE, pauses_s=(0.1,))
    loser.join(30)
    assert (tally.n_documents, tally.refused.total(), tally.failed) == (60, 0, [])
    assert texts_in(lake) == sorted(texts)


@pytest.mark.slow
@pytest.mark.weights
@needs_ray
def test_the_rows_are_those_that_read_gives(tmp_path: Path, cluster: Any, reader: Reader) -> None:
    lake = open_lake(str(tmp_path / "lake"), reader.run, create=True)
    engine = RayEngine(WorkerSettings(lake=lake.url, run=reader.run))
    inputs = [str(EXAMPLES / name) for name in NAMES]
    tally = run_shards(inputs, lake, engine, shard_bytes=5000)
    assert (tally.failed, tally.n_finished > 1) == ([], True)
    expected = [one for one in read_files(inputs, reader=reader) if isinstance(one, Reading)]
    assert sorted(lake.readings(), key=_id) == sorted(expected, key=_id)


@needs_ray
def test_ray_is_told_to_report_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray")
    usage_lib = pytest.importorskip("ray._common.usage.usage_lib")
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    report_nothing()
    assert not usage_lib.usage_stats_enabled()


@needs_ray
def test_a_cluster_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray")
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    lake = new_lake(tmp_path)
    path = write_lines(tmp_path / "a.jsonl", ["One."])
    engine = RayEngine(settings_of(lake), address="127.0.0.1:1")
    with pytest.raises(RunError, match=r"127.0.0.1:1 cannot be reached: .*refused"):
        next(engine.run(queue_of(path)))


def test_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *more: object) -> object:
        if name.partition(".")[0] == "ray":
            raise ImportError(name)
        return real(name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RunError, match="pip install 'onrecord\\[ray\\]'"):
        RayEngine(settings_of(new_lake(tmp_path)))


def _id(reading: Any) -> str:
    return str(reading.document.id)
