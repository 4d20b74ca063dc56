import gzip
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.inputs import zips
from onrecord.inputs.budgets import ArchiveError, Budget
from onrecord.inputs.documents import read_inputs
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason
from tests.inputs.bad_inputs import GOOD, JSON_LINE, LINE, PAGE, parquet, warc, zipped


def read(path: Path, **options: object) -> list[Document | Rejection]:
    return list(read_inputs([path], options=ReadOptions(**options)))


def texts(found: list[Document | Rejection]) -> list[str]:
    return [one.text if isinstance(one, Document) else str(one.reason) for one in found]


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_zip_is_read_as_a_folder_by_name(tmp_path: Path) -> None:
    members = {"b/2.txt": "Two.", "b/1.txt": "One.", "c.txt": "Three.", ".git/x.txt": "x",
               "__MACOSX/._c.txt": "x", "b/": ""}  # fmt: skip
    assert texts(read(write(tmp_path / "a.ZIP", zipped(members)))) == ["One.", "Two.", "Three."]


def test_every_kind_of_member_is_read(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("fastwarc")
    members: dict[str, bytes | str] = {
        "a.html": PAGE,
        "b.jsonl": JSON_LINE * 2,
        "c.csv": f'text\n"{LINE}"\n',
        "d.tsv": f"title\ttext\nx\t{LINE}\n",
        "e.jsonl.gz": gzip.compress(JSON_LINE.encode()),
        "f.parquet": parquet({"text": [LINE, LINE]}),
        "g.warc.gz": gzip.compress(warc(PAGE)),
        "h.zip": zipped({"i.txt": LINE}),
        "j.json": f"[{JSON_LINE}]",
    }
    found = texts(read(write(tmp_path / "a.zip", zipped(members))))
    title = PAGE[PAGE.index("Gate") :][:9]
    assert [one.startswith(title) for one in found].count(True) == 2
    assert found.count(LINE) == 9
    assert len(found) == 11


def test_rejections_name_archive_member_and_line(tmp_path: Path) -> None:
    members = {"2024/a.jsonl": f"{JSON_LINE}x\n", "2024/b.zip": zipped({"c.txt": " "})}
    path = write(tmp_path / "news.zip", zipped(members))
    _, first, second = read(path)
    assert isinstance(first, Rejection)
    assert isinstance(second, Rejection)
    assert (first.source, first.line) == (f"{path}!2024/a.jsonl", 2)
    assert second.source == f"{path}!2024/b.zip!c.txt"


def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "One.")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "Two.")
    assert texts(read(path)) == ["One.", "Two."]


def test_links_in_a_zip_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("b.txt", LINE)
    assert texts(read(path)) == [LINE]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_of_packing(tmp_path: Path, method: int) -> None:
    assert texts(read(write(tmp_path / "a.zip", zipped({"a.txt": LINE}, method)))) == [LINE]


def test_what_stands_before_the_archive_does_no_harm(tmp_path: Path) -> None:
    assert texts(read(write(tmp_path / "a.zip", b"x" * 99 + zipped({"a.txt": LINE})))) == [LINE]


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.zip", zipped({f"{n}.txt": LINE for n in range(4)}))
    assert texts(read(path)) == [LINE] * 4
    monkeypatch.setattr(zips, "MAX_MEMBERS", 3)
    assert texts(read(path)) == ["too_large"]


def test_members_are_counted_beyond_what_a_plain_listing_can_say(tmp_path: Path) -> None:
    listing = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 900_000, 9, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, 0, 1)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0, 0)
    (rejection,) = read(write(tmp_path / "a.zip", listing + locator + end))
    assert isinstance(rejection, Rejection)
    assert (rejection.reason, "100,000" in rejection.detail) == (RejectionReason.TOO_LARGE, True)


def test_a_budget_is_at_least_a_text_and_else_a_hundredfold() -> None:
    Budget(10, at_least=2000).spend(2000)
    Budget(1000, at_least=1).spend(100_000)
    with pytest.raises(ArchiveError, match="100 times"):
        Budget(1000, at_least=1).spend(100_001)


def test_a_budget_is_one_for_an_archive_and_those_inside(tmp_path: Path) -> None:
    inner = {f"{n}.zip": zipped({"a.txt": " " * 40_000}) for n in range(9)}
    path = write(tmp_path / "a.zip", zipped(inner, zipfile.ZIP_STORED))
    assert texts(read(path, max_bytes=50_000))[-1] == "too_large"


_FEW, _MANY = 30, 240


def articles(n_articles: int) -> Iterator[str]:
    for number in range(n_articles):
        yield f"{number}. " + " ".join(GOOD) * 9


def peak_of(path: Path) -> int:
    tracemalloc.start()
    n_found = sum(isinstance(one, Document) for one in read_inputs([path]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert n_found in {_FEW, _MANY, 1}
    return peak


def written(path: Path, n_articles: int) -> Path:
    """A file of so many articles of the kind that its name says."""
    lines = [json.dumps({"text": text}) for text in articles(n_articles)]
    kind = "".join(path.suffixes)
    if kind == ".zip":
        texts_ = {f"{n}.txt": text for n, text in enumerate(articles(n_articles))}
        return write(path, zipped(texts_))
    if kind == ".jsonl.gz":
        return write(path, gzip.compress("\n".join(lines).encode()))
    if kind == ".csv":
        rows = "".join(f'"{text}"\n' for text in articles(n_articles))
        return write(path, f"text\n{rows}")
    if kind == ".parquet":
        return write(path, parquet({"text": list(articles(n_articles))}))
    # Pages take their time; large pictures between them would fill the memory as well.
    return write(path, warc(PAGE) + warc(b"x" * 400_000, kind="image/png") * (n_articles // 30))


@pytest.mark.slow
@pytest.mark.parametrize("kind", [".zip", ".jsonl.gz", ".csv", ".parquet", ".warc"])
def test_memory_does_not_grow_with_the_number_of_articles(tmp_path: Path, kind: str) -> None:
    if kind in {".parquet", ".warc"}:
        pytest.importorskip({".parquet": "pyarrow", ".warc": "fastwarc"}[kind])
    few = peak_of(written(tmp_path / f"few{kind}", _FEW))
    many = peak_of(written(tmp_path / f"many{kind}", _MANY))
    assert many < 1.5 * few + 300_000
