import gzip
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.scale.sources import Source, check_named, sources_of

pytest.importorskip("fsspec")


def names(*inputs: object) -> list[str]:
    return [Path(source.name).name for source in sources_of(map(str, inputs))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b/2.txt",
        "b/1.txt",
        "a.jsonl",
        ".hidden/3.txt",
        "b/.4.txt",
        "c/d/5.html",
        "c/ReadMe.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def test_folders_by_name_without_what_is_hidden(folder: Path) -> None:
    assert names(folder) == ["a.jsonl", "1.txt", "2.txt", "5.html"]


def test_files_are_absolute_with_size_and_stamp(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (source,) = sources_of(["a.jsonl"])
    status = (folder / "a.jsonl").stat()
    assert source == Source(str(folder / "a.jsonl"), 1, str(status.st_mtime_ns))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("b/*.txt", ["1.txt", "2.txt"]),
        ("**/*.txt", ["1.txt", "2.txt"]),
        ("[bc]", ["1.txt", "2.txt", "5.html"]),
        ("none*", ["none*"]),
    ],
)
def test_patterns(folder: Path, pattern: str, found: list[str]) -> None:
    assert names(folder / pattern) == found


def test_a_file_with_the_name_of_a_pattern_is_that_file(folder: Path) -> None:
    (folder / "x[1].txt").write_text("x")
    assert names(folder / "x[1].txt") == ["x[1].txt"]


def test_each_file_once_whatever_names_it(folder: Path) -> None:
    assert names(folder / "b", folder / "b/1.txt", folder) == [
        *("1.txt", "2.txt", "a.jsonl", "5.html")
    ]


def test_lists_name_inputs(folder: Path) -> None:
    lines = f"# two of them\n{folder}/b/2.txt\n\n{folder}/a.jsonl\n"
    (folder / "list").write_text(lines)
    assert names(f"@{folder}/list") == ["2.txt", "a.jsonl"]
    (folder / "list").write_text("@other")
    with pytest.raises(InputError, match="not lists"):
        names(f"@{folder}/list")
    with pytest.raises(InputError, match="list cannot be read"):
        names(f"@{folder}/no-list")


def test_what_is_not_there_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    assert list(sources_of([str(tmp_path / "no.txt")])) == [Source(str(tmp_path / "no.txt"))]
    assert list(sources_of([str(tmp_path)])) == [Source(str(tmp_path))]


def test_circles_of_links_end(folder: Path) -> None:
    (folder / "b" / "around").symlink_to(folder)
    assert names(folder) == ["a.jsonl", "1.txt", "2.txt", "5.html"]


def test_addresses_of_the_web_are_taken_as_they_are() -> None:
    assert list(sources_of([" https://courier.example/1"])) == [Source("https://courier.example/1")]


def test_standard_input_cannot_be_read_twice() -> None:
    with pytest.raises(InputError, match="save it as a file"):
        names("-")


def test_object_stores_as_folders_and_patterns() -> None:
    import fsspec

    store = fsspec.filesystem("memory")
    for name in ("b/2.warc.gz", "b/1.warc.gz", "a.jsonl", ".git/x.txt"):
        store.pipe_file(f"/news/{name}", gzip.compress(b"x"))
    found = list(sources_of(["memory://news"]))
    assert [source.name for source in found] == [
        *("memory:///news/a.jsonl", "memory:///news/b/1.warc.gz", "memory:///news/b/2.warc.gz")
    ]
    assert all(source.size == len(gzip.compress(b"x")) for source in found)
    assert names("memory://news/b/*.gz") == ["1.warc.gz", "2.warc.gz"]
    assert names("memory://none") == ["none"]


def test_kinds_of_address_that_nothing_reads() -> None:
    with pytest.raises(InputError, match="cannot be read here"):
        names("nosuch://bucket/a.txt")


@pytest.mark.parametrize("name", ["none", "none/*.txt"])
def test_what_is_named_and_is_not_there_is_told_before_any_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="there is no"):
        check_named([str(tmp_path), str(tmp_path / name)])


def test_only_files_of_this_machine_are_looked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The weir held.")
    check_named([str(tmp_path / "*.txt"), "@none", "s3://none/none", "https://none.example/"])
