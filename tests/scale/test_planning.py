import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lake import FinishedShard, Piece, Shard
from onrecord.scale.cutting import pieces_of
from onrecord.scale.planning import Done, Planned, plan
from onrecord.scale.sources import Source, sources_of
from tests.inputs.bad_inputs import parquet


def finished(*shards: Shard) -> dict[str, FinishedShard]:
    return {
        shard.id: FinishedShard(
            id=shard.id, pieces=shard.pieces, files=(), n_documents=1, n_refused=0, n_chars=1,
            counts={}, refused={}, seconds=1.0, tries=1,
        )
        for shard in shards
    }  # fmt: skip


def files(n_files: int, size: int = 300) -> list[Source]:
    return [Source(f"/news/{number:04}.txt", size, "s") for number in range(n_files)]


def planned(sources: list[Source], done: Done | None = None, size: int = 5000) -> list[Planned]:
    return list(plan(sources, shard_bytes=size, run="r", done=done))


def names(found: list[Planned]) -> list[str]:
    return [piece.source for one in found for piece in one.shard.pieces]


def test_small_files_go_together_in_their_order() -> None:
    found = planned(files(30))
    assert names(found) == [source.name for source in files(30)]
    assert [len(one.shard.pieces) for one in found] == [10, 10, 10]
    assert planned(files(30)) == found


def test_a_shard_names_its_run() -> None:
    other = list(plan(files(3), shard_bytes=5000, run="other"))
    assert other[0].shard.id != planned(files(3))[0].shard.id


def test_what_is_done_is_left_out() -> None:
    first, second, third = planned(files(30))
    done = Done(finished(first.shard, third.shard))
    assert planned(files(30), done) == [second]


def test_files_that_come_in_between_are_the_only_ones_left() -> None:
    done = Done(finished(*(one.shard for one in planned(files(30)))))
    more = sorted([*files(30), Source("/news/0003b.txt", 300, "s"), Source("/news/0.txt", 9, "s")],
                  key=lambda source: source.name)  # fmt: skip
    (left,) = planned(more, done)
    assert names([left]) == ["/news/0.txt", "/news/0003b.txt"]


def test_a_file_that_was_changed_is_read_again() -> None:
    done = Done(finished(*(one.shard for one in planned(files(3)))))
    changed = [*files(2), Source("/news/0002.txt", 300, "later")]
    assert names(planned(changed, done)) == ["/news/0002.txt"]


def test_large_archives_are_cut_by_bytes() -> None:
    (first, *_), last = (found := pieces_of(Source("/a.warc.gz", 10**6, "s"), 20_000)), found[-1]
    assert {piece.kind for piece, _ in found} == {"records"}
    assert (first[0].start, last[0].end) == (0, 10**6)
    assert all(a.end == b.start for (a, _), (b, _) in itertools.pairwise(found))


def test_only_what_can_be_read_in_parts_is_cut(tmp_path: Path) -> None:
    line = json.dumps({"text": "The ferry sails."}) + "\n"
    for name, content, n_pieces in (
        ("a.jsonl", line * 1000, 5),
        ("a.ndjson", (line * 1000).encode("utf-16"), 1),
        ("b.jsonl", b"\x89PNG\x00" * 9000, 1),
        ("a.zip", b"x" * 40_000, 1),
        ("a.txt", b"x" * 40_000, 1),
    ):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (source,) = sources_of([str(path)])
        assert len(pieces_of(source, 5000)) == n_pieces, name


def test_tables_are_cut_between_groups_of_rows(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    texts = [f"{number}. " + "The ferry sails. " * 20 for number in range(1000)]
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet", row_group_size=100,
                   use_dictionary=False, compression="none")  # fmt: skip
    (source,) = sources_of([str(tmp_path / "a.parquet")])
    found = [piece for piece, _ in pieces_of(source, 80_000)]
    assert [(piece.start, piece.end) for piece in found] == [
        (0, 2),
        (2, 4),
        (4, 6),
        (6, 8),
        (8, 10),
    ]
    (tmp_path / "b.parquet").write_bytes(parquet({"text": texts})[:-100])
    (source,) = sources_of([str(tmp_path / "b.parquet")])
    assert [piece.kind for piece, _ in pieces_of(source, 100)] == ["file"]


@given(st.lists(st.integers(0, 100)), st.lists(st.integers(0, 100)))
def test_whatever_was_cut_before_the_rest_is_what_is_missing(
    ends: list[int], chosen: list[int]
) -> None:
    edges = sorted({0, 100, *ends})
    parts = [
        Piece(source="/a.jsonl", kind="lines", start=a, end=b, size=100)
        for a, b in itertools.pairwise(edges)
    ]
    kept = [part for number, part in enumerate(parts) if number in chosen]
    done = Done(finished(*(Shard(id=str(part.start), pieces=(part,)) for part in kept)))
    whole = Piece(source="/a.jsonl", kind="lines", start=0, end=100, size=100)
    missing = {at for part in done.rest_of(whole) for at in range(part.start, part.end or 0)}
    assert missing == set(range(100)) - {
        at for part in kept for at in range(part.start, part.end or 0)
    }


def test_a_file_that_was_cut_once_is_not_read_again_as_a_whole() -> None:
    source = Source("/a.warc.gz", 10**6, "s")
    done = Done(finished(*(one.shard for one in planned([source], size=20_000))))
    assert planned([source], done, size=10**9) == []
    done = Done(finished(*(one.shard for one in planned([source], size=10**9))))
    assert planned([source], done, size=20_000) == []


def test_a_million_files_are_planned_as_they_are_asked_for() -> None:
    asked = 0

    def endless() -> object:
        nonlocal asked
        while True:
            asked += 1
            yield Source(f"/{asked}.txt", 1000, "s")

    shards = plan(endless(), shard_bytes=10_000, run="r")  # type: ignore[arg-type]
    next(shards)
    assert asked < 20
