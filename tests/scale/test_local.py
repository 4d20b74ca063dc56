"""Processes of this machine: what is read does not depend on them, whatever happens to them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import RunError
from onrecord.lake import Lake
from onrecord.scale.local import LocalEngine
from onrecord.scale.running import run_shards
from onrecord.scale.tallies import Tally
from tests.scale.made import new_lake, refusals_in, settings_of, texts_in, write_lines
from tests.scale.readers import make_other

pytest.importorskip("fsspec")
pytest.importorskip("pyarrow")
SIZE = 4000


def run(lake: Lake, *inputs: Path, n_workers: int = 1, **more: Any) -> Tally:
    stalled_s = more.pop("stalled_s", 60.0)
    engine = LocalEngine(settings_of(lake, **more), n_workers=n_workers, stalled_s=stalled_s)
    return run_shards(map(str, inputs), lake, engine, shard_bytes=SIZE, pauses_s=(0.01, 0.01))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat").read_text("utf-8")
    return status.rpartition(")")[2].split()[0] != "Z"


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8")
    return [int(one) for one in found.split()]


@pytest.mark.slow
@pytest.mark.parametrize("n_workers", [1, 3])
def test_everything_is_read_once_and_then_no_more(tmp_path: Path, n_workers: int) -> None:
    lake = new_lake(tmp_path)
    texts = [f"Ferry {number} sails from Port Quill." for number in range(250)]
    path = write_lines(tmp_path / "a.jsonl", texts)
    tally = run(lake, path, n_workers=n_workers)
    assert (tally.n_documents, tally.failed) == (250, [])
    assert tally.n_finished > 3
    assert texts_in(lake) == sorted(texts)
    again = run(lake, path, n_workers=n_workers)
    assert (again.n_finished, again.n_known) == (0, tally.n_finished)


@pytest.mark.slow
def test_documents_that_kill_cost_themselves_alone(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    texts = [f"Ferry {number}." + " KILL" * (number in {5, 17}) for number in range(20)]
    tally = run(lake, write_lines(tmp_path / "a.jsonl", texts))
    assert (tally.n_documents, tally.refused["failed"], tally.failed) == (18, 2, [])
    assert texts_in(lake) == sorted(text for text in texts if "KILL" not in text)
    assert len(refusals_in(lake)) == 2


@pytest.mark.slow
def test_a_worker_that_dies_once_loses_nothing(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    texts = [f"Ferry {number}." for number in range(20)] + [f"Gate. ONCE {tmp_path}/mark"]
    tally = run(lake, write_lines(tmp_path / "a.jsonl", texts), n_workers=2)
    assert (tally.n_documents, tally.refused.total(), tally.n_again) == (21, 0, 1)
    assert texts_in(lake) == sorted(texts)


@pytest.mark.slow
def test_a_worker_that_is_stuck_is_replaced(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    path = write_lines(tmp_path / "a.jsonl", ["One.", "Two. STALL", "Three."])
    tally = run(lake, path, stalled_s=2.0)
    assert (tally.n_documents, tally.refused["failed"]) == (2, 1)


@pytest.mark.slow
def test_what_fails_three_times_is_listed_and_done_later(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    path = write_lines(tmp_path / "a.jsonl", [f"{number}. RAISE" for number in range(30)])
    tally = run(lake, path)
    (failed,) = tally.failed
    assert failed.tries == 3
    assert lake.failed() == {failed.id: failed}
    write_lines(path, ["Mended."])
    os.utime(path, ns=(int(failed.pieces[0].stamp),) * 2)
    assert run(lake, path).failed == []
    assert texts_in(lake) == ["Mended."]


@pytest.mark.slow
def test_a_full_disk_and_other_versions_end_the_run(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    path = write_lines(tmp_path / "a.jsonl", ["One. FULL"])
    with pytest.raises(RunError, match=r"No space left.*same command again"):
        run(lake, path)
    with pytest.raises(RunError, match=r"no worker can be started: .*software is '2'"):
        run(lake, path, make_reader=make_other)
    assert lake.finished() == {}


DRIVER = """
import sys
from pathlib import Path
from tests.scale.test_local import new_lake, run
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    run(new_lake(folder), folder / "a.jsonl", n_workers=2)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_driver_leaves_no_process_and_the_next_goes_on(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    texts = [f"Ferry {number}. SLOW" + " sails" * 40 for number in range(40)]
    path = write_lines(tmp_path / "a.jsonl", texts)
    script = tmp_path / "driver.py"
    script.write_text(DRIVER)
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, str(script), str(tmp_path)], env=env) as driver:
        deadline = time.monotonic() + 60
        while not lake.finished() and time.monotonic() < deadline:
            time.sleep(0.05)
        workers = [pid for pid in children(driver.pid) if alive(pid)]
        driver.send_signal(signal.SIGKILL)
    assert workers
    deadline = time.monotonic() + 20
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))
    before = set(lake.finished())
    assert before
    tally = run(lake, path, n_workers=2)
    assert tally.n_known == len(before)
    assert texts_in(lake) == sorted(texts)


def test_a_tally_tells_how_far_a_run_is() -> None:
    tally = Tally(work=1000)
    assert tally.share_done == 0
    assert json.loads(json.dumps(tally.as_json()))["documents"] == 0
