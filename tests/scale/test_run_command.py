"""`onrecord run`: the very rows that `onrecord read` gives, whoever does the work."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from onrecord.lake import open_lake
from onrecord.pipeline import Reader
from onrecord.public import read_files
from onrecord.records import Reading

pytest.importorskip("fsspec")
pytest.importorskip("pyarrow")
pytestmark = pytest.mark.weights
EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("briefs.jsonl", "dam-breach-courier.html", "diesel-admission.txt", "karabakh-towns.txt",
         "odesa-port-ledger.txt", "odesa-port-post.txt", "new-start-limits.txt")  # fmt: skip
SHARD_MB = 0.01
COMMAND = [sys.executable, "-m", "onrecord.cli.main", "run"]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(EXAMPLES / name, folder / name)
    return folder


def by_id(readings: Iterable[object]) -> dict[str, Reading]:
    return {one.document.id: one for one in readings if isinstance(one, Reading)}


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    given = [*COMMAND, *map(str, arguments)]
    return subprocess.run(given, capture_output=True, text=True, check=False, timeout=300)


def test_the_rows_of_read_and_then_nothing_to_do(
    inputs: Path, tmp_path: Path, reader: Reader
) -> None:
    done = run(
        inputs, "-o", tmp_path / "lake", "--workers", 2, "--shard-mb", SHARD_MB, "--format=json"
    )
    assert done.returncode == 0, done.stderr
    tally = json.loads(done.stdout)
    assert tally["shards"]["finished"] > 1
    expected = by_id(read_files([inputs], reader=reader))
    assert by_id(open_lake(str(tmp_path / "lake")).readings()) == expected
    again = run(inputs, "-o", tmp_path / "lake", "--workers", 2, "--shard-mb", SHARD_MB)
    assert again.returncode == 0
    assert "0 shards done, " in again.stderr


@pytest.mark.slow
@pytest.mark.parametrize("n_workers", [1, 3])
def test_the_rows_do_not_depend_on_workers_and_shards(
    inputs: Path, tmp_path: Path, reader: Reader, n_workers: int
) -> None:
    lake = tmp_path / "lake"
    done = run(inputs, "-o", lake, "--workers", n_workers, "--shard-mb", SHARD_MB * n_workers)
    assert done.returncode == 0, done.stderr
    assert by_id(open_lake(str(lake)).readings()) == by_id(read_files([inputs], reader=reader))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_told_to_end_keeps_what_is_done(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    text = (EXAMPLES / "diesel-admission.txt").read_text("utf-8")
    path = tmp_path / "many.jsonl"
    with path.open("w") as stream:
        for count in range(60):
            stream.write(json.dumps({"text": f"{count}. {text}"}) + "\n")
    lake = tmp_path / "lake"
    given = [*COMMAND, str(path), "-o", str(lake), "--workers", "1", "--shard-mb", "0.01"]
    with subprocess.Popen(given, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 120
        while not list(lake.glob("shards/*.json")) and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == status
    assert "done; what is done stays, and the same command goes on" in said
    assert open_lake(str(lake)).finished()


def test_what_is_wrong_with_the_call_is_said(tmp_path: Path) -> None:
    wrong = run("a.txt", "-o", tmp_path / "lake", "--address", "auto")
    assert (wrong.returncode, "--engine ray" in wrong.stderr) == (2, True)
    wrong = run("-", "-o", tmp_path / "lake")
    assert (wrong.returncode, "save it as a file" in wrong.stderr) == (2, True)
    missing = run(tmp_path / "no.txt", "-o", tmp_path / "lake", "--workers", 1)
    assert (missing.returncode, "there is no such file" in missing.stderr) == (2, True)
    assert not (tmp_path / "lake").exists()
