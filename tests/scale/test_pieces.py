import gzip
import itertools
import json
import random
from pathlib import Path

import pytest

from onrecord.inputs.documents import read_inputs
from onrecord.inputs.options import ReadOptions
from onrecord.lake import Piece
from onrecord.records import Document, Rejection
from onrecord.scale.cutting import pieces_of
from onrecord.scale.opening import SourceFaultError, opened
from onrecord.scale.pieces import read_piece
from onrecord.scale.sources import sources_of
from tests.inputs.bad_inputs import PAGE, warc

pytest.importorskip("fsspec")


def cut(path: Path, edges: list[int], kind: str) -> list[Document | Rejection]:
    size = path.stat().st_size
    found: list[Document | Rejection] = []
    for start, end in itertools.pairwise(edges):
        piece = Piece(source=str(path), kind=kind, start=start, end=end, size=size)  # type: ignore[arg-type]
        found += read_piece(piece, ReadOptions())
    return found


def edges_of(path: Path, seed: int, n_edges: int = 7) -> list[int]:
    chance, size = random.Random(seed), path.stat().st_size
    return sorted({0, size, *(chance.randrange(size) for _ in range(n_edges))})


@pytest.mark.parametrize("seed", range(20))
def test_lines_are_the_same_wherever_a_file_is_cut(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    kinds = [
        '{"text": "The ferry sails from Port Quill, %d."}',
        "no json %d",
        "",
        '{"text": "é%d"}',
    ]
    lines = [chance.choice(kinds) for _ in range(40)]
    path = tmp_path / "a.jsonl"
    text = "\n".join(line % number if "%" in line else line for number, line in enumerate(lines))
    path.write_text(text + "\n" * chance.randrange(2))
    assert cut(path, edges_of(path, seed), "lines") == list(read_inputs([path]))


def test_a_line_longer_than_a_range_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": letter * 500}) + "\n" for letter in "abc"))
    found = cut(path, [*list(range(0, path.stat().st_size, 50)), path.stat().st_size], "lines")
    assert [one.text[0] for one in found if isinstance(one, Document)] == ["a", "b", "c"]


@pytest.mark.parametrize("is_packed", [True, False])
def test_records_are_the_same_wherever_an_archive_is_cut(tmp_path: Path, is_packed: bool) -> None:
    pytest.importorskip("fastwarc")
    records = [warc(PAGE.replace("Gate", f"Gate {number}")) for number in range(6)]
    path = tmp_path / ("a.warc.gz" if is_packed else "a.warc")
    path.write_bytes(b"".join(gzip.compress(one) if is_packed else one for one in records))
    whole = list(read_inputs([path]))
    assert len(whole) == 6
    exact = [0]
    for record in records:
        exact.append(exact[-1] + len(gzip.compress(record) if is_packed else record))
    for edges in (exact, edges_of(path, 1), edges_of(path, 2)):
        assert cut(path, edges, "records") == whole


def test_rows_are_the_same_group_by_group(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    texts = [None if number % 7 == 0 else f"{number}. The ferry sails." for number in range(50)]
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet", row_group_size=8)
    path = tmp_path / "a.parquet"
    (source,) = sources_of([str(path)])
    pieces = [piece for piece, _ in pieces_of(source, 150)]
    assert len(pieces) > 2
    found = [one for piece in pieces for one in read_piece(piece, ReadOptions())]
    assert found == list(read_inputs([path]))


def test_a_damaged_group_of_rows_costs_itself_alone(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    texts = [f"{number}. " + "The ferry sails. " * 9 for number in range(40)]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": texts}), path, row_group_size=10, use_dictionary=False)
    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    content = bytearray(path.read_bytes())
    start, size = column.data_page_offset, column.total_compressed_size
    content[start : start + size] = b"\xff" * size
    path.write_bytes(content)
    found = list(read_inputs([path]))
    lines = [one.line for one in found if isinstance(one, Rejection)]
    assert (len(found), lines) == (31, [11])


def test_object_stores_are_read_like_files(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    import fsspec

    store = fsspec.filesystem("memory")
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(warc(PAGE)) * 4)
    (tmp_path / "b.txt").write_text("The ferry sails.")
    (tmp_path / "c.jsonl").write_text('{"text": "The ferry sails."}\n' * 30)
    for path in sorted(tmp_path.iterdir()):
        store.pipe_file(f"/pieces/{path.name}", path.read_bytes())
        (source,) = sources_of([f"memory://pieces/{path.name}"])
        pieces = [piece for piece, _ in pieces_of(source, 100)]
        assert len(pieces) > 1 or path.suffix == ".txt"
        found = [one for piece in pieces for one in read_piece(piece, ReadOptions())]
        assert found == list(read_inputs([path]))


def test_what_is_not_in_a_store_is_refused() -> None:
    piece = Piece(source="memory://nowhere/a.txt", kind="file")
    (rejection,) = read_piece(piece, ReadOptions())
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "not_found"


def test_a_file_that_changed_after_it_was_cut_is_no_refusal(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "The ferry sails."}\n')
    piece = Piece(source=str(path), kind="lines", start=0, end=9, size=99)
    with pytest.raises(SourceFaultError, match="when it was cut"):
        list(read_piece(piece, ReadOptions()))


def test_a_store_that_fails_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    store = fsspec.filesystem("memory")
    store.pipe_file("/faulty/a.jsonl", b'{"text": "The ferry sails."}\n' * 9)

    def fail(*_given: object, **_more: object) -> None:
        raise RuntimeError("the store is away")

    piece = Piece(source="memory://faulty/a.jsonl", kind="lines", start=0, end=99, size=9 * 29)
    monkeypatch.setattr(type(store), "open", fail)
    with pytest.raises(SourceFaultError, match="RuntimeError: the store is away"):
        list(read_piece(piece, ReadOptions()))


def test_a_store_that_fails_on_the_way_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1_000_000)

    def lose_it_on_the_way() -> None:
        with opened(str(path)) as stream:
            stream.raw._raw.close()  # type: ignore[attr-defined]
            with pytest.raises(OSError, match="closed"):
                stream.read()

    with pytest.raises(SourceFaultError):
        lose_it_on_the_way()
