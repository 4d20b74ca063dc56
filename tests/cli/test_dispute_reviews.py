"""`onrecord correct`, `disputes --possible` and `quality` on disputes of a small store."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.cli import stores
from onrecord.cli.correct import correct_commands, quality_command
from onrecord.cli.queries import disputes_command
from onrecord.ingest.linking import TABLES
from onrecord.store import open_store
from tests.claims.test_judging import FIRST, SECOND, FakeJudge, first, linked, second

BY = ("--by", "Mio Tarn", "--why", "read both")
pytestmark = pytest.mark.usefixtures("plain_weights")

JUDGES = {"shown": FakeJudge(figure=0.999), "possible": FakeJudge(figure=0.5)}


@pytest.fixture(params=["shown", "possible"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(stores, "packaged_entailment", lambda: JUDGES[request.param])
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path, kind: str) -> Path:
    path = tmp_path / "news.db"
    with open_store(path, create=True, tables=TABLES) as store:
        linked(store, JUDGES[kind], first(), second())
    return path


def run(command: Any, path: Path, *arguments: str) -> str:
    given = [*arguments, "--db", str(path)]
    done = CliRunner().invoke(command, given, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def asked(path: Path, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(disputes_command, path, "--format", "json", *more))
    return found


def all_of_them(path: Path) -> list[dict[str, Any]]:
    return [*asked(path), *asked(path, "--possible")]


def test_each_kind_is_listed_apart(path: Path, kind: str) -> None:
    assert (len(asked(path)), len(asked(path, "--possible"))) == (
        (1, 0) if kind == "shown" else (0, 1)
    )
    (row,) = all_of_them(path)
    text = run(disputes_command, path, *(["--possible"] if kind == "possible" else []))
    assert f"dispute {row['id'][:10]}" in text
    assert f"“{FIRST}”" in " ".join(text.split())
    facts = text.splitlines()[0].split(" · ")
    if kind == "possible":
        assert facts[0] == "possible: incompatible figure"
        assert facts[1] == f"{row['probability']:.0%}"
    else:
        assert facts[0] == "incompatible figure"


def test_accepted_rejected_and_taken_back(path: Path, kind: str) -> None:
    (row,) = all_of_them(path)
    rejected = run(correct_commands, path, "reject", row["id"][:8], *BY).strip()
    assert all_of_them(path) == []
    (line,) = run(correct_commands, path, "list").splitlines()
    assert line.startswith(rejected)
    assert "Mio Tarn  reject dispute (incompatible figure)" in line
    run(correct_commands, path, "undo", rejected[:8], *BY)
    assert [one["id"] for one in all_of_them(path)] == [row["id"]]
    assert "undone by Mio Tarn" in run(correct_commands, path, "list")
    run(correct_commands, path, "accept", row["id"], *BY)
    (shown,) = asked(path)
    assert (shown["probability"], shown["first_words"], shown["second_words"]) == (1, FIRST, SECOND)
    (told,) = json.loads(run(correct_commands, path, "list", "--format", "json"))[1:]
    assert (told["kind"], told["was_shown"]) == ("accept", kind == "shown")
    (exported,) = map(json.loads, run(correct_commands, path, "export", "-").splitlines())
    assert exported["first"]["words"] == FIRST
    assert exported["second"]["outlet"] == "Other Herald"
    (counted,) = json.loads(run(quality_command, path, "--format", "json"))
    assert (counted["n_reviewed"], counted["n_accepted"]) == (1, 1)
    what = "disputes that were shown" if kind == "shown" else "possible disputes"
    assert run(quality_command, path).startswith(f"{what}: 1 reviewed, 1 are some (100%")


def test_another_ground(path: Path) -> None:
    (row,) = all_of_them(path)
    run(correct_commands, path, "set", row["id"], "ground", "holder", *BY)
    assert [one["ground"] for one in asked(path)] == ["incompatible holder"]


def test_a_ground_that_is_none(path: Path) -> None:
    (row,) = all_of_them(path)
    given = ["set", row["id"], "ground", "place", *BY, "--db", str(path)]
    done = CliRunner().invoke(correct_commands, given)
    assert done.exit_code == 2
    assert "'place' is no ground; it is one of denial, figure, holder, actor" in done.output
