import io
import os
import stat
import sys
import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from onrecord.inputs.documents import read_inputs
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason

LINE = "The board denied it."
JSON_LINE = '{"text": "The board denied it."}'

needs_fifo = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights here")
not_as_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is forbidden to root"
)


def read(*sources, **options) -> list[Document | Rejection]:
    return list(read_inputs(sources, options=ReadOptions(**options)))


def reasons(found: list[Document | Rejection]) -> list[str]:
    return [str(f.reason) if isinstance(f, Rejection) else f.text for f in found]


class Stdin:
    """Standard input as it would be in a pipe."""

    def __init__(self, content: bytes | io.RawIOBase) -> None:
        raw = io.BytesIO(content) if isinstance(content, bytes) else content
        self.buffer = io.BufferedReader(raw)


def test_files_are_read_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Second.")
    (tmp_path / "a.txt").write_text("First.")
    assert reasons(read(tmp_path / "a.txt", str(tmp_path / "b.txt"))) == ["First.", "Second."]


def test_every_line_end_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Gate\r\nshut\rby\nnobody.\u2028End".encode())
    assert reasons(read(path)) == ["Gate\r\nshut\rby\nnobody.\u2028End"]


def test_one_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE)
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tmp_path / "c.txt").write_bytes(b" \n")
    found = read(
        tmp_path / "a.txt", tmp_path / "none", tmp_path / "b.png", tmp_path / "c.txt", "a\0b",
        "http://[bad", "ftp://courier.example/a", "", tmp_path / "a.txt",
    )  # fmt: skip
    assert reasons(found) == [
        LINE, "not_found", "binary", "empty", "unreadable", "unreachable", "not_found",
        "not_found", LINE,
    ]  # fmt: skip


def test_a_rejection_names_what_was_given(tmp_path: Path) -> None:
    (rejection,) = read(tmp_path / "none.txt")
    assert isinstance(rejection, Rejection)
    assert rejection.source == str(tmp_path / "none.txt")
    (rejection,) = read("ftp://courier.example/a")
    assert isinstance(rejection, Rejection)
    assert "only http" in rejection.detail


def test_a_folder_is_read_by_name_with_the_folders_in_it(tmp_path: Path) -> None:
    for name in (
        "c.txt",
        "b/2.txt",
        "b/1.txt",
        "b/a/0.txt",
        "a.txt",
        ".hidden",
        ".git/x.txt",
        "README.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    assert reasons(read(tmp_path)) == ["a.txt", "b/1.txt", "b/2.txt", "b/a/0.txt", "c.txt"]


def test_an_empty_folder_is_said_to_be_so(tmp_path: Path) -> None:
    assert reasons(read(tmp_path)) == ["empty"]
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.txt").write_text(LINE)
    assert reasons(read(tmp_path)) == [LINE]


def test_folders_deeper_than_calls_may_be(tmp_path: Path) -> None:
    n_deep = min(1400, (3900 - len(str(tmp_path))) // 2)
    folders = [f"{tmp_path}{'/d' * n}" for n in range(1, n_deep + 1)]
    for folder in folders:
        Path(folder).mkdir()
    path = Path(folders[-1]) / "a.txt"
    path.write_text(LINE)
    try:
        assert n_deep > sys.getrecursionlimit()
        assert reasons(read(tmp_path)) == [LINE]
    finally:
        path.unlink()
        for folder in reversed(folders):
            Path(folder).rmdir()


@needs_links
def test_loops_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text(LINE)
    for n in range(4):
        (tmp_path / "inner" / f"loop{n}").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "inner")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert sorted(reasons(read(tmp_path))) == [LINE, "not_found", "unreadable"]


@needs_links
def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE)
    (tmp_path / "b").symlink_to(tmp_path / "a.txt")
    assert reasons(read(tmp_path / "b")) == [LINE]


@needs_fifo
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "z.txt").write_text(LINE)
    assert reasons(read(tmp_path)) == ["unreadable", LINE]


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="no devices here")
def test_devices_are_not_read() -> None:
    assert reasons(read("/dev/zero")) == ["unreadable"]


@not_as_root
def test_what_is_forbidden(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE)
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").chmod(0)
    try:
        assert reasons(read(tmp_path)) == ["unreadable", "unreadable"]
    finally:
        (tmp_path / "b").chmod(stat.S_IRWXU)


def test_an_error_while_reading_is_a_rejection(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "a.txt").write_text(LINE)

    def forbidden(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    (rejection,) = read(tmp_path / "a.txt")
    assert isinstance(rejection, Rejection)
    assert (rejection.reason, rejection.detail) == (RejectionReason.UNREADABLE, "Permission denied")


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/gate\xff.txt")
    Path(path).write_text(LINE)
    assert reasons(read(path)) == [LINE]
    assert reasons(read(tmp_path)) == [LINE]
    (rejection,) = read(path + "x")
    assert isinstance(rejection, Rejection)
    assert rejection.source == path + "x"


def test_names_longer_than_any() -> None:
    assert reasons(read("a" * 5000, "b/" * 4000)) == ["unreadable", "unreadable"]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    started = time.monotonic()
    found = read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reasons(found) == ["too_large"]
    assert peak < 1_000_000
    assert time.monotonic() - started < 5


def test_the_limit_of_a_page_is_lower(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html>" + "a" * 200)
    (tmp_path / "a.txt").write_text("a" * 200)
    assert reasons(read(tmp_path, max_page_bytes=100)) == ["too_large", "a" * 200]


@pytest.mark.slow
def test_the_largest_text_takes_memory_in_proportion(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    n_lines = 20_000_000 // 100
    path.write_bytes((b"The harbour board denied it. " * 4)[:99].join([b"", b"\n"]) * n_lines)
    tracemalloc.start()
    started = time.monotonic()
    (document,) = read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(document, Document)
    assert len(document.text) == 100 * n_lines
    assert peak < 4.5 * path.stat().st_size
    assert time.monotonic() - started < 20


def test_standard_input(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin("Gate\r\nshut – “so”".encode()))
    assert reasons(read("-")) == ["Gate\r\nshut – “so”"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ["empty"]),
        (b"\n\n", ["empty"]),
        (f"{JSON_LINE}\nnonsense\n{JSON_LINE}".encode(), [LINE, "bad_json", LINE]),
        (f"\n\r\n{JSON_LINE}\n".encode(), [LINE]),
        (f"{JSON_LINE}\n".encode("utf-8-sig"), [LINE]),
        (f"{JSON_LINE}\n{JSON_LINE}".encode("utf-16"), [LINE, LINE]),
        (bytes(50), ["binary"]),
        (b"{not json}\n", ["{not json}\n"]),
    ],
)
def test_kinds_of_standard_input(monkeypatch, content: bytes, expected: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(content))
    assert reasons(read("-")) == expected


def test_lines_before_the_first_that_is_not_blank_are_counted(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(f"\n\n{JSON_LINE}\n{{\n".encode()))
    rejection = read("-")[1]
    assert isinstance(rejection, Rejection)
    assert rejection.line == 4


def test_a_long_first_line_on_standard_input(monkeypatch) -> None:
    long = '{"text": "' + "a" * 200_000 + '"}'
    monkeypatch.setattr(sys, "stdin", Stdin(f"{long}\n{JSON_LINE}\n".encode()))
    assert reasons(read("-")) == ["a" * 200_000, LINE]


def test_no_standard_input(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert reasons(read("-")) == ["unreadable"]


def test_standard_input_that_breaks(monkeypatch) -> None:
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _buffer) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stdin", Stdin(Broken()))
    assert reasons(read("-")) == ["unreadable"]


def test_endless_standard_input_is_refused(monkeypatch) -> None:
    class Zeros(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            buffer[:] = b"a" * len(buffer)
            return len(buffer)

    monkeypatch.setattr(sys, "stdin", Stdin(Zeros()))
    assert reasons(read("-", max_bytes=5_000_000)) == ["too_large"]


@needs_fifo
def test_lines_of_standard_input_are_read_as_they_come(monkeypatch) -> None:
    receiver, sender = os.pipe()
    with os.fdopen(receiver, "rb") as incoming, os.fdopen(sender, "wb", buffering=0) as outgoing:
        monkeypatch.setattr(sys, "stdin", type("Pipe", (), {"buffer": incoming}))
        found = read_inputs(["-"])
        for _ in range(3):
            outgoing.write(JSON_LINE.encode() + b"\n")
            answer: list = []
            thread = threading.Thread(target=lambda a=answer: a.append(next(found)), daemon=True)
            thread.start()
            thread.join(10)
            assert [one.text for one in answer] == [LINE]
        outgoing.close()
        assert list(found) == []
