import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import LakeStorageError
from onrecord.lake import Lake
from onrecord.lake.folders import Folder
from onrecord.scale.notes import ShardNotes
from onrecord.scale.workers import ShardWorker
from tests.scale.made import new_lake, refusals_in, settings_of, tasks_of, texts_in, write_lines
from tests.scale.readers import make_other

pytest.importorskip("fsspec")
pytest.importorskip("pyarrow")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return new_lake(tmp_path)


def note(lake: Lake, shard: str, **values: Any) -> None:
    """What a worker that died has left."""
    kept = {
        "n_deaths": 0,
        "n_idle": 0,
        "is_careful": False,
        "careful": [],
        "left_out": [],
        "unread": [],
    }
    lake.folder.write(f"notes/{shard}.json", json.dumps(kept | values).encode())


def test_a_shard_is_read_and_written(lake: Lake, tmp_path: Path) -> None:
    write_lines(tmp_path / "in/a.jsonl", [f"Ferry {number}." for number in range(9)])
    (tmp_path / "in/b.png").write_bytes(b"\x89PNG\x00")
    advances: list[int] = []
    worker = ShardWorker(settings_of(lake), on_advance=lambda one: advances.append(one.n_documents))
    (task,) = tasks_of(tmp_path / "in")
    finished = worker(task).finished
    assert finished is not None
    assert (finished.n_documents, finished.refused, finished.tries) == (9, {"binary": 1}, 1)
    assert finished.seconds > 0
    assert texts_in(lake) == [f"Ferry {number}." for number in range(9)]
    assert lake.finished() == {task.shard.id: finished}
    assert sum(advances) == 9
    assert lake.folder.names("notes") == []


def test_a_document_that_cannot_be_read_costs_itself_alone(lake: Lake, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", ["One.", "Two. RAISE", "Three.", "Four.", "Five."])
    (task,) = tasks_of(path)
    assert ShardWorker(settings_of(lake))(task).failure is None
    assert texts_in(lake) == ["Five.", "Four.", "One.", "Three."]
    (refusal,) = refusals_in(lake)
    assert refusal["reason"] == "failed"
    assert "ValueError: this text cannot be read" in refusal["detail"]


def test_when_nothing_can_be_read_it_is_not_the_documents(lake: Lake, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [f"{number}. RAISE" for number in range(30)])
    failure = ShardWorker(settings_of(lake))(tasks_of(path)[0]).failure
    assert failure is not None
    assert "no document can be read" in failure.reason
    assert not failure.stops_run
    assert lake.finished() == {}


def test_what_killed_before_is_found_and_left_out(lake: Lake, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", ["One.", "Two. KILL", "Three."])
    (task,) = tasks_of(path)
    ids = [one.id for one in _documents(path)]
    note(lake, task.shard.id, at={"batch": ids})
    suspects = ShardNotes(lake.folder, task.shard.id).look()
    assert (suspects.careful, suspects.n_deaths, suspects.is_careful) == (set(ids), 1, True)
    note(lake, task.shard.id, careful=ids, n_deaths=1, is_careful=True, at={"alone": ids[1]})
    finished = ShardWorker(settings_of(lake))(task).finished
    assert finished is not None
    assert finished.tries == 3
    assert texts_in(lake) == ["One.", "Three."]
    (refusal,) = refusals_in(lake)
    assert "ended the program" in refusal["detail"]
    assert lake.folder.names("notes") == []


def test_a_file_or_record_that_killed_before_it_was_a_document(lake: Lake, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"in/{name}.txt").parent.mkdir(exist_ok=True)
        (tmp_path / f"in/{name}.txt").write_text(f"Ferry {name}.")
    (task,) = tasks_of(tmp_path / "in")
    note(lake, task.shard.id, is_careful=True, at={"place": [1, -1]})
    assert ShardWorker(settings_of(lake))(task).finished is not None
    assert texts_in(lake) == ["Ferry a.", "Ferry c."]
    assert [row["source"] for row in refusals_in(lake)] == [str(tmp_path / "in/b.txt")]


def test_a_record_of_an_archive_that_killed_before(lake: Lake, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    import gzip

    from tests.inputs.bad_inputs import PAGE, warc

    packed = [gzip.compress(warc(PAGE.replace("Gate", f"Gate {n}"))) for n in range(3)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(packed))
    (task,) = tasks_of(tmp_path / "a.warc.gz", size=100)[:1]
    note(lake, task.shard.id, is_careful=True, at={"place": [0, 0]})
    finished = ShardWorker(settings_of(lake))(task).finished
    assert finished is not None
    assert finished.refused["failed"] == 1


@pytest.mark.parametrize("size", [100, 10**6])
def test_a_page_that_breaks_the_extraction_costs_itself_alone(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    pytest.importorskip("fastwarc")
    import gzip

    from onrecord.inputs import pages
    from tests.inputs.bad_inputs import PAGE, warc

    real = pages.read_page

    def read_page(text: str, **more: Any) -> Any:
        if "BREAK" in text:
            raise RecursionError("too deep")
        return real(text, **more)

    monkeypatch.setattr(pages, "read_page", read_page)
    made = [PAGE.replace("Gate", f"Gate {n}" + " BREAK" * (n == 2)) for n in range(4)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.warc.gz").write_bytes(b"".join(gzip.compress(warc(one)) for one in made))
    for number, page in enumerate(made):
        (tmp_path / f"in/{number}.html").write_text(page)
    worker = ShardWorker(settings_of(lake))
    found = [worker(task).finished for task in tasks_of(tmp_path / "in", size=size)]
    assert sum(one.refused.get("failed", 0) for one in found if one) == 2
    assert all("RecursionError: too deep" in row["detail"] for row in refusals_in(lake))
    assert sum(one.n_documents for one in found if one) == 6


def test_a_damaged_note_tells_only_that_somebody_died(lake: Lake, tmp_path: Path) -> None:
    (task,) = tasks_of(write_lines(tmp_path / "a.jsonl", ["One."]))
    lake.folder.write(f"notes/{task.shard.id}.json", b"{")
    assert ShardWorker(settings_of(lake))(task).finished is not None


def test_a_full_disk_stops_the_run(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task,) = tasks_of(write_lines(tmp_path / "a.jsonl", ["One."]))
    real = Folder.write

    def full(self: Folder, name: str, data: bytes) -> None:
        if name.endswith(".parquet"):
            problem = "No space left on device"
            raise LakeStorageError(path=name, problem=problem) from OSError(28, problem)
        real(self, name, data)

    monkeypatch.setattr(Folder, "write", full)
    failure = ShardWorker(settings_of(lake))(task).failure
    assert failure is not None
    assert failure.stops_run
    assert "No space left" in failure.reason
    assert lake.finished() == {}
    monkeypatch.undo()
    assert ShardWorker(settings_of(lake))(task).finished is not None


def test_a_store_that_is_away_is_a_failure_that_may_pass(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task,) = tasks_of(write_lines(tmp_path / "a.jsonl", ["One."]))
    (tmp_path / "a.jsonl").unlink()
    monkeypatch.setattr("onrecord.scale.passes.read_piece", _away)
    failure = ShardWorker(settings_of(lake))(task).failure
    assert failure is not None
    assert not failure.stops_run
    assert "timed out" in failure.reason


def test_a_worker_of_another_version_does_nothing(lake: Lake, tmp_path: Path) -> None:
    (task,) = tasks_of(write_lines(tmp_path / "a.jsonl", ["One."]))
    failure = ShardWorker(settings_of(lake, make_reader=make_other))(task).failure
    assert failure is not None
    assert failure.stops_run
    assert "software is '2'" in failure.reason


def _away(*_given: object, **_more: object) -> Any:
    raise TimeoutError("timed out")


def _documents(path: Path) -> list[Any]:
    from onrecord.inputs.documents import read_inputs

    return list(read_inputs([path]))
