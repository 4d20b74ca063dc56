"""What goes wrong outside: kills, full disks, files cut short, rights, other programs."""

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import StoreBusyError, StoreError
from onrecord.store import Store, open_store
from tests.store.adding import made
from tests.store.made import AT, LATER, check_whole, full_reading

ROOT = Path(__file__).parents[2]
HERE = "https://news.example/harbour"


def fill(store: Store, n_documents: int, *, seed: int = 0) -> None:
    for page in range(n_documents):
        with store.writing():
            store.add(made(seed, page), at=AT)


class Adder:
    """A process beside this one that adds readings; see `adding`."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.adding"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )

    def killed(self, path: Path, seed: int, after_s: float) -> list[list[int]]:
        """Start to add, kill it after a time; what it had told by then."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"path": str(path), "seed": seed}) + "\n")
        self.process.stdin.flush()
        child = json.loads(self.process.stdout.readline())["pid"]
        time.sleep(after_s)
        os.kill(child, signal.SIGKILL)
        told = []
        while (line := json.loads(self.process.stdout.readline())) != "dead":
            told.append(line)
        return told

    def close(self) -> None:
        self.process.communicate()


@pytest.fixture
def adder() -> Any:
    adder = Adder()
    yield adder
    adder.close()


def _kill_in_a_loop(adder: Adder, folder: Path, *, n_rounds: int, n_on_one_file: int) -> None:
    dice = random.Random(n_rounds)
    n_told = 0
    told: dict[int, tuple[int, int]] = {}
    for number in range(n_rounds):
        path = folder / f"{number // n_on_one_file}.db"
        if number % n_on_one_file == 0:
            told = {}
        new = adder.killed(path, number, dice.choice((0.02, 0.1, 0.3)) * dice.random())
        n_told += len(new)
        told |= {document: (seed, page) for document, seed, page in new}
        _check_after_a_kill(path, told, last_seed=number)
    assert n_told


def _check_after_a_kill(path: Path, told: dict[int, tuple[int, int]], *, last_seed: int) -> None:
    """All that was told is there, all that is there is whole, and nothing is there twice."""
    with open_store(path, create=True) as store:
        check_whole(store)
        numbers = list(store.numbers())
        assert told.keys() <= set(numbers)
        urls = [store.document(number).url for number in numbers]
        assert len(set(urls)) == len(urls)
        for number, url in zip(numbers, urls, strict=True):
            seed, page = map(int, str(url).split("/")[-2:])
            assert told.get(number, (seed, page)) == (seed, page)
            if seed == last_seed:
                assert store.reading(number) == made(seed, page)


def test_a_kill_at_any_moment_loses_nothing_and_leaves_nothing_half(
    adder: Adder, tmp_path: Path
) -> None:
    _kill_in_a_loop(adder, tmp_path, n_rounds=20, n_on_one_file=4)


@pytest.mark.slow
def test_two_hundred_kills(adder: Adder, tmp_path: Path) -> None:
    _kill_in_a_loop(adder, tmp_path, n_rounds=200, n_on_one_file=20)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.33, 0.5, 0.77, 0.95, 0.999])
def test_a_log_that_was_cut_short_loses_its_end_only(tmp_path: Path, share: float) -> None:
    path, copy = tmp_path / "made.db", tmp_path / "copy.db"
    with open_store(path, create=True) as store:
        fill(store, 3)
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with store.writing():
            store.add(made(1, 0), at=AT)
        for page in (1, 2):
            with store.writing():
                store.add(made(1, page), at=AT)
        shutil.copy(path, copy)
        log = Path(f"{path}-wal").read_bytes()
    Path(f"{copy}-wal").write_bytes(log[: int(len(log) * share)])
    with open_store(copy) as store:
        check_whole(store)
        numbers = list(store.numbers())
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) in (3, 4, 5)
        assert [store.reading(number) for number in numbers[3:]] == [
            made(1, page) for page in range(len(numbers) - 3)
        ]


def test_a_full_disk_is_told_and_nothing_is_half(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    with open_store(path, create=True) as store:
        fill(store, 2)
        (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
        store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="the disk is full") as raised:
            fill(store, 50, seed=1)
        assert raised.value.path == str(path)
        check = list(store.numbers())
        store.connection.execute("PRAGMA max_page_count = 1000000")
        check_whole(store)
        fill(store, 3, seed=2)
        assert len(list(store.numbers())) == len(check) + 3
        check_whole(store)


_LIMITED = """
import resource, signal, sys
from onrecord.errors import StoreError
from onrecord.store import open_store
from tests.store.test_faults import fill
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_store(sys.argv[1], create=True) as store:
    fill(store, 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    try:
        fill(store, 400, seed=1)
    except StoreError as error:
        print(error)
    try:
        fill(store, 1, seed=2)
    except StoreError as error:
        print(error)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit of file sizes here")
def test_a_file_that_may_not_grow_is_told_and_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    ended = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(path), "1500000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "nothing of this step was kept" in ended.stdout
    with open_store(path) as store:
        check_whole(store)
        for number in store.numbers():
            seed, page = map(int, str(store.document(number).url).split("/")[-2:])
            assert store.reading(number) == made(seed, page)
        assert number >= 2


_WITHOUT_RIGHTS = """
import os, sys
from onrecord.errors import StoreError
from onrecord.store import open_store
from onrecord.store.sql import run_sql
from tests.store.made import AT, full_reading
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
folder = sys.argv[1]
with open_store(f"{folder}/made.db", mode="read") as store:
    print(list(store.numbers()))
print(run_sql(f"{folder}/made.db", "SELECT count(*) FROM said").rows)
for name, mode in (("made.db", "write"), ("secret.db", "read"), ("new.db", "write")):
    try:
        with open_store(f"{folder}/{name}", mode=mode, create=True) as store, store.writing():
            store.add(full_reading(url="https://news.example/new"), at=AT)
        print("written")
    except StoreError as error:
        print(error)
"""


def test_files_and_folders_without_rights_are_named(tmp_path: Path) -> None:
    folder = Path("/tmp") / f"onrecord-{os.getpid()}-{tmp_path.name}"
    folder.mkdir()
    try:
        for name in ("made.db", "secret.db"):
            with open_store(folder / name, create=True) as store:
                fill(store, 1)
        (folder / "made.db").chmod(0o444)
        (folder / "secret.db").chmod(0)
        folder.chmod(0o555)
        ended = subprocess.run(
            [sys.executable, "-c", _WITHOUT_RIGHTS, str(folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
    lines = ended.stdout.splitlines()
    assert lines[:2] == ["[1]", "[(3,)]"], ended.stderr
    assert "made.db: it may not be written to" in lines[2]
    assert "secret.db: it cannot be read" in lines[3]
    assert "new.db: it cannot be opened" in lines[4]


def test_readers_see_what_was_kept_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    with open_store(path, create=True) as writer:
        fill(writer, 1)
        with open_store(path, mode="read", busy_s=0.0) as reader, writer.writing():
            writer.add(made(1, 1), at=AT)
            writer.delete(1, at=AT)
            assert list(reader.numbers()) == [1]
            assert reader.reading(1) == made(0, 0)
            with open_store(path, mode="read", busy_s=0.0) as late:
                assert list(late.numbers()) == [1]
                with pytest.raises(StoreError, match="open for reading"), late.writing():
                    pass
        with open_store(path, mode="read") as reader:
            assert list(reader.numbers()) == [2]


def test_a_second_writer_gives_up_after_a_time(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    with open_store(path, create=True) as one, open_store(path, busy_s=0.05) as other:
        assert other.busy_s == 0.05
        with one.writing():
            start = time.monotonic()
            with pytest.raises(StoreBusyError, match="another program is writing"), other.writing():
                pass
            assert 0.04 < time.monotonic() - start < 5
            one.add(made(0, 0), at=AT)
        fill(other, 1, seed=1)
        check_whole(other)
        assert len(list(one.numbers())) == 2
    assert StoreBusyError.can_retry
    assert not StoreError.can_retry


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    began = threading.Event()

    def write_slowly() -> None:
        with open_store(path) as one, one.writing():
            began.set()
            time.sleep(0.2)
            one.add(made(0, 0), at=AT)

    with open_store(path, create=True, busy_s=0.01) as other:
        other.busy_s = 30.0
        thread = threading.Thread(target=write_slowly)
        thread.start()
        began.wait()
        fill(other, 1, seed=1)
        thread.join()
        assert [other.reading(number) for number in other.numbers()] == [made(0, 0), made(1, 0)]


def test_two_processes_that_make_one_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    failed: list[BaseException] = []

    def work(seed: int) -> None:
        try:
            with open_store(path, create=True) as store:
                fill(store, 5, seed=seed)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with open_store(path) as store:
        check_whole(store)
        assert len(list(store.numbers())) == 15


def test_many_that_open_a_new_file_at_once_wait_for_each_other(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def work(path: Path) -> None:
        try:
            open_store(path, create=True).close()
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    for number in range(20):
        path = tmp_path / f"{number}.db"
        threads = [threading.Thread(target=work, args=(path,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failed


def test_a_clock_that_goes_back_changes_no_order(tmp_path: Path) -> None:
    with open_store(tmp_path / "made.db", create=True) as store:
        for at, title in ((LATER, "One"), (AT, "Two"), (LATER, "Three")):
            with store.writing():
                reading = full_reading(url=HERE, title=title, text=f"{title}. {_text()}")
                store.add(reading, at=at)
        rows = store.connection.execute(
            "SELECT version, replaces, added_at FROM versions ORDER BY document"
        )
        assert [tuple(row) for row in rows] == [(1, None, LATER), (2, 1, AT), (3, 2, LATER)]


def _text() -> str:
    return full_reading().document.text


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    with open_store(path, create=True) as store:
        fill(store, 5)
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x99" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        _read_all(path)


def _read_all(path: Path) -> None:
    with open_store(path, mode="read") as store:
        for number in store.numbers():
            store.reading(number)


@pytest.mark.parametrize(
    ("made_as", "problem"),
    [
        ("folder", "it is a folder"),
        ("text", "no SQLite file"),
        ("empty", "it is empty, and no store"),
        ("cut", "no SQLite file|damaged|empty"),
        ("other", "another program"),
        ("stranger", "another program"),
        ("newer", "a newer onrecord made it"),
        ("missing", "no such file"),
        ("nowhere", "no such file"),
    ],
)
@pytest.mark.parametrize("mode", ["read", "write"])
def test_what_is_no_store_is_told(tmp_path: Path, made_as: str, problem: str, mode: Any) -> None:
    path = tmp_path / "given.db"
    _MAKERS[made_as](path)
    if made_as == "nowhere":
        path = tmp_path / "no" / "given.db"
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=problem) as raised:
        open_store(path, mode=mode).close()
    assert raised.value.path == str(path)
    # The traceback is still held here, and with it every connection that was left open.
    held = Path("/proc/self/fd")
    if held.is_dir():
        assert str(path) not in {str(one.readlink()) for one in held.iterdir() if one.is_symlink()}
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_new_store_needs_a_folder_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="make it first"):
        open_store(tmp_path / "no" / "given.db", create=True)
    (tmp_path / "empty.db").touch()
    with open_store(tmp_path / "empty.db", create=True) as store:
        fill(store, 1)


@pytest.mark.parametrize("name", ["a?mode=ro&x=#1%20.db", "für Tarn.db", "no-suffix"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    with open_store(tmp_path / name, create=True) as store:
        fill(store, 1)
    assert [file.name for file in tmp_path.iterdir()] == [name]
    with open_store(tmp_path / name, mode="read") as store:
        assert list(store.numbers()) == [1]


def _sqlite(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def _newer(path: Path) -> None:
    open_store(path, create=True).close()
    _sqlite(path, "PRAGMA user_version = 99")


def _cut(path: Path) -> None:
    open_store(path, create=True).close()
    path.write_bytes(path.read_bytes()[:50])


_MAKERS: dict[str, Any] = {
    "folder": lambda path: path.mkdir(),
    "text": lambda path: path.write_text("The mayor said so. " * 900),
    "empty": lambda path: path.touch(),
    "cut": _cut,
    "other": lambda path: _sqlite(path, "CREATE TABLE a (b)"),
    "stranger": lambda path: _sqlite(
        path, "PRAGMA application_id = 7", "PRAGMA user_version = 1", "CREATE TABLE a (b)"
    ),
    "newer": _newer,
    "missing": lambda _: None,
    "nowhere": lambda _: None,
}
