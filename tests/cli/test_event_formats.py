"""Events as a table through the command: to a file, into a pipe, to a reader that leaves."""

import csv
import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main, read
from onrecord.export.event_tables import event_columns
from onrecord.records import Reading
from tests.contracts.modules import ROOT
from tests.export.made import harbour

# The command with readings made by hand instead of the pipeline's.
_PROGRAM = """
import sys
from onrecord.cli import main, read
from onrecord.records import make_document
from tests.export.made import harbour

def found(*_):
    reading = harbour()
    for number in range(int(sys.argv.pop())):
        document = make_document(text=reading.document.text, url=f"https://a.example/{number}")
        yield reading.replace(document=document)

read.readings_of = found
main.main()
"""


def _command(form: str, n: int) -> list[str]:
    return [sys.executable, "-c", _PROGRAM, "read", "x", "--format", form, str(n)]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Reading]:
    """What the command finds."""
    readings = [harbour()]

    def found(*_: object) -> Iterator[Reading]:
        return iter(readings)

    monkeypatch.setattr(read, "readings_of", found)
    return readings


def test_csv_goes_to_standard_output(made: list[Reading]) -> None:
    done = CliRunner().invoke(main.commands, ["read", "x", "--format", "events-csv"])
    rows = list(csv.DictReader(io.StringIO(done.stdout), strict=True))
    assert done.exit_code == 0
    assert [row["trigger"] for row in rows] == [
        "shelled",
        "killing",
        "seized",
        "withdraw",
        "struck",
    ]


def test_nothing_found_is_a_line_of_names(made: list[Reading]) -> None:
    made.clear()
    done = CliRunner().invoke(main.commands, ["read", "x", "--format", "events-csv"])
    assert done.stdout == ",".join(event_columns()) + "\n"


@pytest.mark.parametrize("form", ["events-csv", "events-parquet"])
def test_a_file_is_what_the_pipe_is(made: list[Reading], tmp_path: Path, form: str) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "events"
    call = ["read", "x", "--format", form]
    piped = CliRunner().invoke(main.commands, call)
    done = CliRunner().invoke(main.commands, [*call, "--output", str(path)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert path.read_bytes() == piped.stdout_bytes
    assert list(tmp_path.iterdir()) == [path]


def test_parquet_in_a_pipe_is_whole() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    done = subprocess.run(_command("events-parquet", 2), capture_output=True, check=True, cwd=ROOT)
    assert parquet.read_table(io.BytesIO(done.stdout)).num_rows == 10
    assert done.stderr == b""


@pytest.mark.parametrize("form", ["events-csv", "events-parquet", "jsonl", "json", "text"])
def test_a_reader_that_goes_away_is_no_error(form: str) -> None:
    pytest.importorskip("pyarrow")
    with subprocess.Popen(
        _command(form, 3_000), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(4)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_parquet_is_not_sent_to_a_terminal() -> None:
    parent, child = pty.openpty()
    done = subprocess.run(
        _command("events-parquet", 1), stdout=child, stderr=subprocess.PIPE, check=False, cwd=ROOT
    )
    os.close(child)
    os.close(parent)
    assert done.returncode == 2
    assert b"give --output FILE or a pipe" in done.stderr


def test_without_pyarrow_it_says_what_to_install(
    made: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    done = CliRunner().invoke(main.commands, ["read", "x", "--format", "events-parquet"])
    assert done.exit_code == 2
    assert "pip install 'onrecord[arrow]'" in done.stderr
