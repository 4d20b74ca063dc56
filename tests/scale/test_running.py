"""Runs in one process: what is done, what is tried again, what is given up."""

import gzip
from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.lake import open_lake
from onrecord.lake.folders import Folder
from onrecord.records import Reading
from onrecord.scale.workers import ShardWorker
from tests.inputs.bad_inputs import PAGE, warc
from tests.scale.made import (
    new_lake,
    refusals_in,
    run_inline,
    settings_of,
    tasks_of,
    texts_in,
    write_lines,
)
from tests.scale.readers import RUN, Echo

pytest.importorskip("fsspec")
pytest.importorskip("pyarrow")


def ids(readings: object) -> list[str]:
    return sorted(one.document.id for one in readings if isinstance(one, Reading))  # type: ignore[attr-defined]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Inputs of several kinds."""
    inputs = tmp_path / "in"
    write_lines(inputs / "a.jsonl", [f"Ferry {number}. " + "x" * 200 for number in range(60)])
    for number in range(9):
        (inputs / f"b{number}.txt").write_text(f"Gate {number}.")
    (inputs / "c.warc.gz").write_bytes(
        b"".join(gzip.compress(warc(PAGE.replace("Gate", f"Gate {n}"))) for n in range(6))
    )
    return inputs


def test_shards_of_any_size_give_the_same_rows(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    found = []
    for size in (150, 4000, 10**7):
        lake = new_lake(tmp_path / str(size))
        assert run_inline(lake, folder, size=size).failed == []
        found.append(sorted(lake.readings(), key=lambda reading: reading.document.id))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 75


def test_only_what_is_new_is_read(folder: Path, tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    first = run_inline(lake, folder / "a.jsonl", folder / "b1.txt")
    assert first.n_documents == 61
    second = run_inline(lake, folder / "a.jsonl", folder / "b0.txt", folder / "b1.txt", size=900)
    assert (second.n_documents, second.n_finished) == (1, 1)
    (folder / "b0.txt").write_text("Gate 0 is open again.")
    assert run_inline(lake, folder / "b0.txt").n_documents == 1


def test_a_failure_that_was_mended_as_another_shard_is_forgotten(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = new_lake(tmp_path)
    real = Echo.read_batch

    def away(*_given: object) -> None:
        raise OSError("the disk is away")

    monkeypatch.setattr(Echo, "read_batch", away)
    tally = run_inline(lake, folder / "a.jsonl")
    assert {failed.reason for failed in tally.failed} == {"OSError: the disk is away"}
    assert {failed.tries for failed in tally.failed} == {3}
    assert len(lake.failed()) == len(tally.failed) == tally.n_again / 2
    monkeypatch.setattr(Echo, "read_batch", real)
    assert run_inline(lake, folder / "a.jsonl", size=10**7).failed == []
    assert lake.failed() == {}


def test_a_full_disk_ends_the_run_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = new_lake(tmp_path)
    monkeypatch.setattr(Echo, "read_batch", _full)
    with pytest.raises(RunError, match="No space left on device; mend this"):
        run_inline(lake, folder)
    assert lake.failed() == {}
    monkeypatch.undo()
    assert run_inline(lake, folder / "b1.txt").n_documents == 1


def test_what_is_not_there_is_a_refusal(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    (tmp_path / "empty").mkdir()
    tally = run_inline(lake, tmp_path / "no.txt", tmp_path / "empty", tmp_path / "*.none")
    assert tally.refused == {"not_found": 2, "empty": 1}
    refused = {Path(row["source"]).name for row in refusals_in(lake)}
    assert refused == {"no.txt", "empty", "*.none"}
    (tmp_path / "no.txt").write_text("There it is.")
    assert run_inline(lake, tmp_path / "no.txt").n_documents == 1


def test_nothing_is_read_twice_when_an_outcome_is_lost(folder: Path, tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    worker = ShardWorker(settings_of(lake))
    (task,) = tasks_of(folder / "b1.txt")
    first = worker(task)
    (folder / "b1.txt").unlink()
    assert worker(task) == first
    assert texts_in(lake) == ["Gate 1."]


def _full(*_given: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.network
@pytest.mark.filterwarnings("ignore")
def test_an_object_store_that_errs_now_and_then(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fastwarc")
    s3fs = pytest.importorskip("s3fs")
    servers = pytest.importorskip("moto.server")
    server = servers.ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "made")
    try:
        s3fs.S3FileSystem.clear_instance_cache()
        store = s3fs.S3FileSystem()
        store.mkdir("crawl")
        store.put(str(folder), "crawl/in", recursive=True)
        plain = new_lake(tmp_path)
        run_inline(plain, folder)
        lake = open_lake("s3://crawl/lake", RUN, create=True)
        n_writes, real = 0, Folder.write

        def sometimes(self: Folder, name: str, data: bytes) -> None:
            nonlocal n_writes
            n_writes += 1
            if n_writes % 40 == 0:
                self.files.pipe_file("no-such-bucket/x", b"x")
            real(self, name, data)

        monkeypatch.setattr(Folder, "write", sometimes)
        tally = run_inline(lake, "s3://crawl/in")
        assert (tally.failed, tally.n_again > 0) == ([], True)
        assert ids(lake.readings()) == ids(plain.readings())
        assert run_inline(lake, "s3://crawl/in").n_finished == 0
    finally:
        server.stop()
        s3fs.S3FileSystem.clear_instance_cache()
