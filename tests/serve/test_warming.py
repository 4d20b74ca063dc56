"""The file of a store is read when the room opens, and the room closes while it is read."""

import time
from pathlib import Path

import pytest

from onrecord.serve import warming
from onrecord.serve.warming import free_memory, warmed


def test_a_file_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"x" * 100)
    monkeypatch.setattr(warming, "_CHUNK", 10)
    pauses: list[float] = []

    class Never:
        def wait(self, seconds: float) -> bool:
            pauses.append(seconds)
            return False

    warming._read(path, Never())  # type: ignore[arg-type]
    assert len(pauses) == 10


def test_a_file_that_is_larger_than_half_of_the_memory_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"x" * 100)
    monkeypatch.setattr(warming, "free_memory", lambda: 150)

    class Refuses:
        def wait(self, _seconds: float) -> bool:
            raise AssertionError("it was read")

    warming._read(path, Refuses())  # type: ignore[arg-type]


def test_closing_does_not_wait_for_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"x" * 100_000)
    monkeypatch.setattr(warming, "_CHUNK", 1)
    begun = time.monotonic()
    with warmed(path):
        pass
    assert time.monotonic() - begun < 5


def test_a_missing_file_is_left_to_the_pages(tmp_path: Path) -> None:
    with warmed(tmp_path / "none.db"):
        pass


def test_free_memory_without_a_system_that_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "_MEMINFO", Path("/nowhere/meminfo"))
    assert free_memory() == 2 * 1024**3
