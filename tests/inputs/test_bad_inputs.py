import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from onrecord.inputs.documents import read_inputs
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection
from tests.inputs.bad_inputs import CASES, LINE, Case

pytest.importorskip("pyarrow")
pytest.importorskip("fastwarc")

MADE = [made() for made in CASES]
FIRST, LAST = "First of all, the gate was open.", "Last of all, the gate was shut."


def check(found: list[Document | Rejection], case: Case) -> None:
    assert len(found) == len(case.expected), found
    for one, expected in zip(found, case.expected, strict=True):
        if isinstance(one, Document):
            assert isinstance(expected, str)
            assert one.text.startswith(expected)
            continue
        reason, words = (expected, "") if isinstance(expected, str) else expected
        assert str(one.reason) == reason, one
        assert words in one.detail
        assert 10 < len(one.detail) < 400
        assert case.name in one.source


def read(path: Path, case: Case) -> list[Document | Rejection]:
    return list(read_inputs([path], options=ReadOptions(**case.more)))


@pytest.mark.parametrize("case", MADE, ids=lambda case: case.name)
def test_in_a_folder_between_good_ones(tmp_path: Path, case: Case) -> None:
    (tmp_path / "0.txt").write_text(FIRST)
    (tmp_path / case.name).write_bytes(case.content)
    (tmp_path / "~.txt").write_text(LAST)
    first, *found, last = read(tmp_path, case)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert (first.text, last.text) == (FIRST, LAST)
    check(found, case)


NESTED = {"nested.zip"}
INSIDE = [case for case in MADE if not case.more and case.name not in NESTED]


@pytest.mark.parametrize("case", INSIDE, ids=lambda case: case.name)
def test_in_an_archive_between_good_ones(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("0.txt", FIRST)
        archive.writestr(f"2024/{case.name}", case.content)
        archive.writestr("~.txt", LAST)
    first, *found, last = read(path, case)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert (first.text, last.text) == (FIRST, LAST)
    check(found, case)
    for one in found:
        if isinstance(one, Rejection):
            assert one.source.startswith(f"{path}!2024/{case.name}")


def test_there_are_enough_of_them_and_none_twice() -> None:
    assert len(MADE) >= 60
    assert max(Counter(case.name for case in MADE).values()) == 1
    assert max(Counter(case.content for case in MADE if case.content).values()) <= 5


def test_all_in_one_folder_give_the_same_as_each_alone(tmp_path: Path) -> None:
    plain = [case for case in MADE if not case.more]
    for case in plain:
        (tmp_path / case.name).write_bytes(case.content)
    found = list(read_inputs([tmp_path]))
    assert len(found) == sum(len(case.expected) for case in plain)


@pytest.mark.parametrize("suffix", [".zip", ".gz", ".csv", ".parquet", ".warc", ".warc.gz", ".xml"])
@pytest.mark.parametrize(
    "content",
    [b"", b"\x00", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\x1f\x8b", b"PAR1", b"WARC/1.0\r\n",
     b"<rss><channel>", b"\xff\xfe", b"text\n", b'text\n"', LINE.encode(), bytes(range(256))],
)  # fmt: skip
def test_beginnings_of_files_raise_nothing(tmp_path: Path, content: bytes, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(content)
    found = list(read_inputs([tmp_path / f"a{suffix}"]))
    assert found
    assert all(isinstance(one, Document | Rejection) for one in found)


def test_a_name_from_a_stranger_does_not_reach_the_terminal(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a\x1b[31m.txt", " ")
    (tmp_path / "a.zip").write_bytes(stream.getvalue())
    (rejection,) = read_inputs([tmp_path / "a.zip"])
    assert isinstance(rejection, Rejection)
    assert "\x1b" not in rejection.source
