import json

import pytest
from click.testing import CliRunner

from evaluation import event_commands
from evaluation.commands import commands
from evaluation.corpora import CORPORA
from evaluation.predictions import Predictions
from onrecord.export.records import reading_to_json
from tests.evaluation.event_files import FLOOD, write_event_corpora
from tests.evaluation.event_readings import event_reading


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(CORPORA, str(write_event_corpora(tmp_path)))
    return tmp_path


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(a) for a in arguments], catch_exceptions=False)


def test_plv(folder) -> None:
    out = folder / "out.json"
    arguments = ("--folds", "2", "--repeats", "2", "--seed", "3", "--bootstrap", "5")
    result = run("plv", "--typer", "majority", *arguments, "--json", out)
    assert "plv/train: 12 articles" in result.output
    found = json.loads(out.read_text())
    assert found["system"] == "majority, cross-validated in 2 folds 2 times from seed 3"
    assert found["metrics"]["accuracy"]["value"] == pytest.approx(1 / 3)
    assert found["metrics"]["macro-f1"]["interval"] is not None


def test_plover(folder) -> None:
    path = folder / "readings.jsonl"
    reading = event_reading(
        FLOOD, {"k": ("Kenya",)}, ("RETREAT", "freed", ["k"], []), codes={"k": "KEN"}, url="R1"
    )
    path.write_text(json.dumps(reading_to_json(reading)) + "\n", encoding="utf-8")
    result = run("plover", "--predictions", path, "--list")
    assert "plover: 3 articles" in result.output
    assert "code/type+actor                 100.00   20.00   33.33" in result.output
    assert "  found  RETREAT 'freed' (actual): Kenya > -" in result.output


def test_petrarch(folder) -> None:
    nothing = folder / "nothing.jsonl"
    nothing.write_text("")
    result = run("petrarch", "--predictions", nothing)
    assert "petrarch: 5 articles" in result.output
    assert "nothing                              -       -  100.00" in result.output
    assert "1 sentences are left out" in result.output


def test_readings_of_a_file_are_not_saved_again(folder) -> None:
    path = folder / "readings.jsonl"
    path.write_text("")
    result = run("plover", "--predictions", path, "--save", folder / "again.jsonl")
    assert result.exit_code == 2
    assert "--predictions goes with neither" in result.output


def test_uds(folder) -> None:
    out = folder / "out.json"
    result = run("uds", "--json", out, "--list")
    assert "by majority" in result.output
    assert "by lemma" in result.output
    assert "-0.80 +1.20 'leave'" in result.output
    assert json.loads(out.read_text())["lemma"]["metrics"]["accuracy"]["value"] == 0.5


def test_meantime(folder) -> None:
    result = run("uds", "--on", "meantime", "--scorer", "majority")
    assert "meantime: 2 articles" in result.output
    assert "accuracy                             -       -   50.00" in result.output


def test_what_has_floors_is_measured(folder, monkeypatch) -> None:
    nothing = Predictions(system="none")
    monkeypatch.setattr(event_commands, "_readings", lambda *_: nothing)
    monkeypatch.setattr(event_commands, "BEST_TYPER", "words")
    reports = event_commands.measured_events(folder, None)
    assert [own.corpus for own in reports] == ["plv/train", "plover", "petrarch", "uds_ih2/dev"]
