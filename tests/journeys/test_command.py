"""The command as people run it: a process of its own, with all that can go wrong around it."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
TRUCE = str(EXAMPLES / "sudan-truce.txt")
COMMAND = [sys.executable, "-m", "onrecord.cli.main"]

pytestmark = [pytest.mark.weights, pytest.mark.slow]


def run(
    *arguments: str, stdin: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **variables},
    )


def test_one_article_as_json_is_one_object_with_every_section() -> None:
    done = run("read", TRUCE, "--format", "json")
    record = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(record) == [
        "run", "document", "mentions", "entities", "statements", "events", "places", "times",
        "quantities", "control_claims", "commitments",
    ]  # fmt: skip
    assert record["document"]["text"] == Path(TRUCE).read_text(encoding="utf-8")
    assert record["statements"]


def test_several_articles_as_json_are_a_list_and_as_lines_a_line_each() -> None:
    files = [TRUCE, str(EXAMPLES / "briefs.jsonl")]
    listed = json.loads(run("read", *files, "--format", "json").stdout)
    lines = run("read", *files, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == listed
    assert len(listed) == 4


def test_the_same_bytes_alone_and_among_others_on_one_thread_and_on_two() -> None:
    alone = run("read", TRUCE, "--format", "jsonl", "--threads", "1").stdout
    among = run(
        "read", str(EXAMPLES / "briefs.jsonl"), TRUCE, "--format", "jsonl", "--threads", "2"
    )
    assert among.stdout.endswith(b"\n" + alone)


def test_what_is_refused_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    binary = tmp_path / "photo.jpg"
    binary.write_bytes(b"\xff\xd8\xff" + bytes(200))
    done = run("read", "no-such-file.txt", str(binary), TRUCE, "--format", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert b"no-such-file.txt: not_found" in done.stderr
    assert b"photo.jpg: binary" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "--format", "xml", TRUCE],
        ["read", "--published", "31 February 2022", TRUCE],
        ["read", "--threads", "0", TRUCE],
        ["read", "--output", "/no/such/folder/x.json", TRUCE],
        ["reed", TRUCE],
    ],
)
def test_a_wrong_call_says_so(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert b"Error" in done.stderr
    assert b"Traceback" not in done.stderr


def test_standard_input_is_read() -> None:
    done = run("read", "-", "--format", "jsonl", stdin=Path(TRUCE).read_bytes())
    assert json.loads(done.stdout)["statements"]


def test_assumptions_stand_in_the_document() -> None:
    done = run(
        "read", TRUCE, "--format", "json", "--outlet", "Ardal Post", "--published", "2023-05-24"
    )
    document = json.loads(done.stdout)["document"]
    assert (document["outlet"], document["published"]) == ("Ardal Post", "2023-05-24")


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "record.json"
    done = run("read", TRUCE, "--format", "json", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads(target.read_text(encoding="utf-8"))["statements"]
    assert [p.name for p in tmp_path.iterdir()] == ["record.json"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    before = Path(os.devnull).stat()
    assert run("read", TRUCE, "--output", os.devnull).returncode == 0
    assert Path(os.devnull).stat().st_mode == before.st_mode


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
@pytest.mark.parametrize(
    "arguments",
    [("read", TRUCE), ("read", TRUCE, "--format", "json"), ("read", "--help"), ("--version",)],
)
def test_a_full_disk_is_told_in_one_line(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr == b"onrecord: the output cannot be written: No space left on device\n"


def test_a_stop_while_the_program_is_loaded_is_told_in_one_line() -> None:
    code = """
import sys
class Stops:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stops())
from onrecord.cli.entry import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (130, b"\nonrecord: stopped\n")


def test_a_folder_that_holds_the_store_gives_its_articles_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ann Vale said the dam will hold.", encoding="utf-8")
    (tmp_path / "b.db").write_bytes(b"SQLite format 3\x00" + bytes(100))
    store = str(tmp_path / "news.db")
    for _ in range(2):
        done = run("ingest", str(tmp_path), "--db", store, "--format", "json")
        assert json.loads(done.stdout)["refused"] == {"binary": 1}, done.stderr
        assert b"news.db" not in done.stderr
    assert b"binary" in run("ingest", store, "--db", store).stderr, "it was named"


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "read", TRUCE, TRUCE, TRUCE], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_stopped_from_the_keyboard(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text(Path(TRUCE).read_text(encoding="utf-8") * 400, encoding="utf-8")
    target = tmp_path / "out.json"
    with subprocess.Popen(
        [*COMMAND, "read", str(long), "--output", str(target)], stderr=subprocess.PIPE
    ) as process:
        time.sleep(2.0)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read()
    assert process.returncode == 130
    assert said.strip() == b"onrecord: stopped"
    assert not target.exists()


def test_no_colour_where_nobody_sees_it() -> None:
    assert b"\x1b" not in run("read", TRUCE).stdout


@pytest.mark.parametrize("columns", [20, 48, 120])
def test_a_terminal_of_any_width(columns: int) -> None:
    """In a terminal lines fit its width, unless it is too narrow for anything."""
    parent, child = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "read", TRUCE],
        stdout=child,
        stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": str(columns), "TERM": "xterm", "NO_COLOR": "1"},
    ) as process:
        os.close(child)
        shown = b""
        while True:
            try:
                chunk = os.read(parent, 65536)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
    os.close(parent)
    assert process.returncode == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode("utf-8")).splitlines()
    assert max(len(line) for line in lines) <= max(columns, 24)
    colours = re.findall(rb"\x1b\[(?:\d+;)*(?:[349][0-7]|[34]8;[0-9;]*)m", shown)
    assert colours == []


def test_the_tree_of_a_chain_is_indented() -> None:
    shown = run(
        "read",
        "-",
        stdin=b"The ministry said the general had admitted to the Ardal Herald "
        b"that the council approved the plan.",
    ).stdout.decode()
    assert re.search(r"└── the general  had admitted.*  \[admit\].*Ardal Herald\n", shown)
    assert re.search(r"\n +[└├]── the council.*  approved  ", shown)
