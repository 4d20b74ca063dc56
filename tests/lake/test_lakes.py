"""Shards into a lake and readings out of it, on all kinds of file systems."""

import json
import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import LakeError, LakeStorageError
from onrecord.export.records import reading_to_json
from onrecord.lake import FailedShard, Piece, make_shard, open_lake
from onrecord.lake.lakes import is_lake
from onrecord.lake.shards import finished_from_json, to_json
from onrecord.records import Reading, Rejection, RejectionReason, make_run
from tests.export.made import RUN, crates
from tests.lake.made import MadeVectors, new_lake, page, write

REJECTION = Rejection(source="x.zip!a", reason=RejectionReason.EMPTY, detail="no words", line=3)


@pytest.fixture(params=["disk", "memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "disk":
        yield str(tmp_path / "lake")
        return
    fsspec = pytest.importorskip("fsspec")
    yield f"memory://{tmp_path.name}"
    fsspec.filesystem("memory").store.clear()


def test_what_goes_in_comes_out(url: str) -> None:
    lake = new_lake(url)
    given = [page(1), page(2, "2024-06-30T23:00:00-05:00"), page(3, None), crates()]
    finished = write(lake, "a", given, [REJECTION])
    found = list(open_lake(url).readings())
    assert sorted(found, key=_id) == sorted(given, key=_id)
    assert [_month(one) for one in found] == ["2022-08", "2024-05", "2024-06", ""]
    assert list(lake.readings("2024-06")) == [given[1]]
    assert list(lake.readings("1999-01")) == []
    assert (finished.n_documents, finished.n_refused) == (4, 1)
    assert finished.refused == {"empty": 1}
    assert finished.counts["readings"] == 4
    assert finished.n_chars == sum(len(one.document.text) for one in given)


def test_sections_that_no_stage_filled_stay_null(url: str) -> None:
    lake = new_lake(url)
    bare = page(1).replace(events=None, times=())
    write(lake, "a", [bare])
    (found,) = lake.readings()
    assert found == bare
    assert found.events is None


def test_a_document_of_two_shards_is_read_once(url: str) -> None:
    lake = new_lake(url)
    write(lake, "a", [page(1), page(2), page(1)])
    write(lake, "b", [page(2), page(3)])
    found = [reading.document.title for reading in lake.readings()]
    assert sorted(found) == ["Page 1", "Page 2", "Page 3"]
    wanted = {page(2).document.id, page(3).document.id}
    assert {one.document.id for one in lake.readings(documents=wanted)} == wanted


def test_the_first_shard_by_id_wins(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    short = page(1).replace(times=())
    by_id = {
        write(lake, name, [reading]).id: reading for name, reading in (("a", page(1)), ("b", short))
    }
    assert list(lake.readings()) == [by_id[min(by_id)]]


def test_vectors_come_back_with_their_document(url: str) -> None:
    lake = new_lake(url)
    write(lake, "a", [(page(1), MadeVectors()), (page(2), None), (page(3), MadeVectors())])
    found = {r.document.title: vectors for r, vectors in lake.readings_with_vectors()}
    assert found["Page 2"] is None
    first, third = found["Page 1"], found["Page 3"]
    assert first is not None
    assert third is not None
    assert first.spans == third.spans
    assert (first.codes_ND == third.codes_ND).all()
    trigger = page(1).events[0].trigger  # type: ignore[index]
    wanted = MadeVectors().of([trigger])
    assert abs(first.of([trigger]) - wanted).max() < 0.01


def test_what_no_finished_shard_names_is_not_read(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    finished = write(lake, "a", [page(1)])
    marker = tmp_path / "shards" / f"{finished.id}.json"
    kept = marker.read_bytes()
    marker.unlink()
    assert list(lake.readings()) == []
    assert not lake.is_finished(finished.id)
    again = write(lake, "a", [page(1)])
    assert again == finished
    assert marker.read_bytes() == kept


def test_writing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write(new_lake(tmp_path / folder), "a", [(page(n), MadeVectors()) for n in range(3)])
    one, two = (_files(tmp_path / folder) for folder in ("one", "two"))
    assert one == two
    assert all(".part-" not in name for name in one)


def test_a_failed_shard_is_listed_until_it_is_done(url: str) -> None:
    lake = new_lake(url)
    shard = make_shard([Piece(source="/in/a.jsonl", kind="file")], run=RUN.id)
    failed = FailedShard(id=shard.id, pieces=shard.pieces, reason="the disk is full", tries=3)
    lake.give_up(failed)
    assert lake.failed() == {shard.id: failed}
    finished = write(lake, "a", [page(1)])
    assert lake.failed() == {}
    assert lake.finished() == {shard.id: finished}


def test_a_shard_without_documents_is_done_too(url: str) -> None:
    lake = new_lake(url)
    finished = write(lake, "a", [], [REJECTION, REJECTION])
    assert [file.table for file in finished.files] == ["refusals"]
    assert list(lake.readings()) == []


def test_a_lake_is_of_one_run(url: str) -> None:
    new_lake(url)
    other = make_run(software="2", model="m", model_digest="d", settings={"least": 0.5})
    with pytest.raises(LakeError, match=r"software is '2', there it is '1'; setting least is 0.5"):
        open_lake(url, other)
    with pytest.raises(LakeError, match="a reading is of run"):
        write(open_lake(url), "a", [page(1).replace(run=other)])
    assert open_lake(url).run == RUN


def test_what_is_no_lake_is_told(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match=r"there is no lake: lake\.json is missing"):
        open_lake(str(tmp_path))
    assert not is_lake(str(tmp_path))
    new_lake(tmp_path)
    assert is_lake(str(tmp_path))
    manifest = tmp_path / "lake.json"
    values = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**values, "tables": "other"}))
    with pytest.raises(LakeError, match="whose tables are other ones"):
        open_lake(str(tmp_path))
    manifest.write_text("[]")
    with pytest.raises(LakeError, match="describes no lake"):
        open_lake(str(tmp_path))


def test_an_address_that_nothing_serves_is_told() -> None:
    with pytest.raises(LakeError, match="fsspec package of another store"):
        open_lake("nowhere://bucket/lake")


def test_a_broken_file_is_told_with_its_name(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    finished = write(lake, "a", [page(1)])
    path = next(tmp_path / file.path for file in finished.files if file.table == "events")
    path.write_bytes(b"no parquet")
    with pytest.raises(LakeError, match=r"events/month=2024-05/.*though its shard is finished"):
        list(lake.readings())
    path.unlink()
    with pytest.raises(LakeError, match=r"events/month=2024-05/"):
        list(lake.readings())


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    tmp_path.chmod(0o500)
    with pytest.raises(LakeStorageError):
        write(lake, "a", [page(1)])
    tmp_path.chmod(0o700)


def test_a_disk_that_is_full_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = new_lake(tmp_path)

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LakeStorageError, match="No space left on device") as caught:
        write(lake, "a", [page(1)])
    assert caught.value.can_retry
    monkeypatch.undo()
    assert lake.finished() == {}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "lake.json"]
    write(lake, "a", [page(1)])
    assert len(list(lake.readings())) == 1


def test_a_lake_can_be_sent_to_another_process(url: str) -> None:
    lake = new_lake(url)
    sent = pickle.loads(pickle.dumps(lake))
    write(sent, "a", [page(1)])
    assert list(lake.readings()) == [page(1)]


def test_json_of_a_finished_shard(tmp_path: Path) -> None:
    finished = write(new_lake(tmp_path), "a", [page(1)])
    assert finished_from_json(to_json(finished)) == finished
    with pytest.raises(LakeError, match="no FinishedShard of this version"):
        finished_from_json("{}")
    with pytest.raises(LakeError, match="'odd' is no kind of piece"):
        finished_from_json(to_json(finished).replace('"file"', '"odd"'))


def test_printed_records_are_the_same(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    write(lake, "a", [page(1)])
    (found,) = lake.readings()
    assert reading_to_json(found) == reading_to_json(page(1))


def _id(reading: Reading) -> str:
    return reading.document.id


def _month(reading: Reading) -> str:
    return (reading.document.published or "")[:7]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_file_is_no_lake(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_text("x")
    with pytest.raises(LakeError, match="it is a file"):
        open_lake(str(path))
