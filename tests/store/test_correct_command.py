"""`onrecord correct` and `onrecord quality` on a small store."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.correct import correct_commands, quality_command
from onrecord.errors import InputError, StoreError
from onrecord.store import open_store
from tests.store.made import AT, full_reading

READING = full_reading()
STATEMENT = READING.statements[0].id  # type: ignore[index]
BY = ("--by", "Mio Tarn")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    from onrecord.ingest.linking import TABLES

    path = tmp_path / "made.db"
    with open_store(path, create=True, tables=TABLES) as store, store.writing():
        store.add(READING, at=AT)
    return path


def run(command: Any, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, catch_exceptions=False)


def correct(path: Path, *arguments: str) -> str:
    by = () if arguments[0] in ("list", "export") else BY
    result = run(correct_commands, *arguments, "--db", str(path), *by)
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def first(path: Path) -> Any:
    with open_store(path, mode="read") as store:
        return store.reading(1)


def test_set_undo_and_list(path: Path) -> None:
    made = correct(path, "set", STATEMENT[:12], "act", "warn", "--why", "heard it")
    correct(path, "set", READING.document.id, "title", "Pier under fire")
    assert first(path).statements[0].act == "warn"
    correct(path, "undo", made[:12])
    assert first(path).statements[0].act == "assert"
    listed = correct(path, "list").splitlines()
    assert len(listed) == 3
    assert 'act: "assert" -> "warn"  heard it  undone by' in listed[0]
    assert correct(path, "list", "--unapplied") == ""
    rows = json.loads(correct(path, "list", "--format", "json", "--document", READING.document.id))
    assert [row["kind"] for row in rows] == ["set", "set", "undo"]


def test_reject_accept_add_and_export(path: Path, tmp_path: Path) -> None:
    document = READING.document.id
    correct(path, "reject", READING.mentions[0].id, "--document", document)  # type: ignore[index]
    correct(path, "accept", STATEMENT)
    correct(path, "add", document, "time", '{"span": {"start": 0, "end": 4}, "type": "DATE"}')
    assert len(first(path).times) == 1
    file = tmp_path / "train.jsonl"
    correct(path, "export", str(file))
    kinds = [json.loads(line)["kind"] for line in file.read_text("utf-8").splitlines()]
    assert kinds == ["reject", "accept", "add"]
    assert len(correct(path, "export", "-").splitlines()) == 3


def test_what_cannot_be_is_told(path: Path) -> None:
    with pytest.raises(InputError, match="one of assert"):
        correct(path, "set", STATEMENT, "act", "mutter")
    with pytest.raises(StoreError, match="begins with 'zzzz'"):
        correct(path, "reject", "zzzz")
    for values in ("{", "[]"):
        result = run(
            correct_commands, "add", "abcd", "time", values, "--db", str(path), "--by", "x"
        )
        assert result.exit_code == 2
    assert run(correct_commands, "accept", STATEMENT, "--db", str(path)).exit_code == 2


def test_quality_and_samples(path: Path) -> None:
    nothing = run(quality_command, "--db", str(path))
    assert "nothing was reviewed" in nothing.output
    assert run(quality_command).exit_code == 2
    correct(path, "accept", STATEMENT)
    shown = run(quality_command, "--db", str(path))
    assert "statement" in shown.stdout
    assert "21% to 100%" in shown.stdout
    assert "no fair sample" in shown.output
    found = json.loads(run(quality_command, "--db", str(path), "--format", "json").stdout)
    assert [row["n_accepted"] for row in found] == [1, 1]
    sample = ("sample", "2", "--db", str(path), "--kind", "event")
    drawn = json.loads(run(quality_command, *sample, "--format", "json").stdout)
    assert len(drawn) == 2
    text = run(quality_command, *sample).stdout
    assert all(row["row"]["id"] in text for row in drawn)
    assert text == run(quality_command, *sample).stdout
    assert text != run(quality_command, *sample, "--seed", "9").stdout
    correct(path, "accept", drawn[0]["row"]["id"])
    shown = run(quality_command, "--db", str(path), "--drawn")
    assert "statement" not in shown.stdout
    assert "of them reviewed" in shown.output
