import builtins
import gzip
import io
from pathlib import Path

import pytest

from onrecord.inputs.documents import read_inputs
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.web_archives import read_warc
from onrecord.records import Document, Rejection, RejectionReason
from tests.inputs.bad_inputs import PAGE, warc

pytest.importorskip("fastwarc")
DATED = PAGE.replace("<body>", '<meta name=date content="2020-01-02"><body>')


def read(content: bytes, **options: object) -> list[Document | Rejection]:
    return list(read_warc(io.BytesIO(content), "a.warc", ReadOptions(**options)))


def test_pages_with_their_addresses() -> None:
    first, second = read(warc(PAGE, PAGE))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.url, second.url) == ("https://courier.example/0", "https://courier.example/1")
    assert first.title == "Gate shut"


@pytest.mark.parametrize("is_one_piece", [True, False])
def test_packed_record_by_record_or_as_a_whole(tmp_path: Path, is_one_piece: bool) -> None:
    records = [warc(PAGE), warc(PAGE)]
    packed = (
        gzip.compress(b"".join(records)) if is_one_piece else b"".join(map(gzip.compress, records))
    )
    (tmp_path / "a.warc.gz").write_bytes(packed)
    assert [type(one) for one in read_inputs([tmp_path / "a.warc.gz"])] == [Document] * 2


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html\r\nContent-Encoding: gzip", gzip.compress(PAGE.encode())),
        ("text/html; charset=windows-1252", PAGE.replace("shut", "sh\u00fat").encode("cp1252")),
        ("APPLICATION/XHTML+XML", PAGE.encode()),
    ],
)
def test_pages_as_servers_send_them(kind: str, body: bytes) -> None:
    (document,) = read(warc(body, kind=kind))
    assert isinstance(document, Document)
    assert "Port Quill denied" in document.text


def test_when_a_page_was_fetched_is_no_date_of_it_unless_told_so() -> None:
    for is_asked, published in ((False, None), (True, "2024-05-02T10:15:00+00:00")):
        plain, dated = read(warc(PAGE, DATED), use_capture_date=is_asked)
        assert isinstance(plain, Document)
        assert isinstance(dated, Document)
        assert (plain.published, dated.published) == (published, "2020-01-02")


def test_a_page_that_is_refused_is_named_by_archive_and_address() -> None:
    (rejection, document) = read(warc("<html><p>Sign in</html>", PAGE))
    assert isinstance(rejection, Rejection)
    assert isinstance(document, Document)
    assert rejection.source == "a.warc!https://courier.example/0"
    assert rejection.reason is RejectionReason.NOT_AN_ARTICLE


def test_a_large_page_does_not_stop_the_others() -> None:
    found = read(warc("<html>" + "x" * 20_000, PAGE), max_page_bytes=10_000)
    assert [str(getattr(one, "reason", "read")) for one in found] == ["too_large", "read"]


def test_a_page_packed_as_a_bomb_is_refused_by_its_size() -> None:
    bomb = gzip.compress(b"<html>" + b" " * 50_000_000)
    found = read(warc(bomb, PAGE, kind="text/html\r\nContent-Encoding: gzip"))
    assert isinstance(found[0], Rejection)
    assert found[0].reason is RejectionReason.TOO_LARGE


def test_an_archive_packed_twice_keeps_to_its_budget(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(gzip.compress(warc(PAGE))))
    assert [type(one) for one in read_inputs([tmp_path / "a.warc.gz"])] == [Document]
    packed = gzip.compress(gzip.compress(gzip.compress(warc(PAGE))))
    (tmp_path / "a.warc.gz").write_bytes(packed)
    (rejection,) = read_inputs([tmp_path / "a.warc.gz"])
    assert isinstance(rejection, Rejection)
    assert "packed twice" in rejection.detail


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    read(warc(PAGE) + b"junk\r\n" * 9 + warc(PAGE))
    assert capfd.readouterr() == ("", "")


def test_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *more: object) -> object:
        if name.partition(".")[0] == "fastwarc":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    (rejection,) = read(warc(PAGE))
    assert isinstance(rejection, Rejection)
    assert "pip install 'onrecord[archives]'" in rejection.detail
