import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from evaluation import commands
from evaluation.commands import floor_commands
from evaluation.corpora import CORPORA, GOLD
from evaluation.errors import CorpusError, FloorError
from evaluation.floors import load_floors
from evaluation.report import polnear_report
from onrecord.export.records import reading_to_json
from tests.evaluation.marked_texts import corpus_of, predicted_reading, predictions_of
from tests.marked import parse_marked

LINE = "[source Ms Chen] [cue said] [content the dam will hold]."


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A PolNeAR of one article and a gold of one record, both with the same statement."""
    line = parse_marked(LINE)
    (own,) = line.statements
    roles = {
        role: [[s.start, s.end] for s in getattr(own, role)]
        for role in ("source", "cue", "content")
    }
    facts = {"id": "s1", "act": "assert", "polarity": "affirm", "manner": "indirect"}
    polnear = {"id": "a", "text": line.text, "attributions": [roles]}
    record = {"url": "a", "text": line.text, "entities": [], "statements": [{**roles, **facts}]}
    data = tmp_path / "polnear" / "data" / "dev"
    for name in ("text", "attributions"):
        (data / name).mkdir(parents=True)
    (tmp_path / "polnear" / "dev.jsonl").write_text(json.dumps(polnear))
    (data / "text" / "a.txt").write_text(line.text)
    notes = "T1\tCue 8 12\tx\nT2\tContent 13 30\tx\nE1\tCue:T1 Content:T2\n"
    (data / "attributions" / "a_x.ann").write_text(notes)
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "gold.jsonl").write_text(json.dumps(record))
    reading = reading_to_json(predicted_reading(LINE, url="a"))
    (tmp_path / "readings.jsonl").write_text(json.dumps(reading) + "\n")
    (tmp_path / "nothing.jsonl").write_text("")
    monkeypatch.setenv(CORPORA, str(tmp_path))
    monkeypatch.setenv(GOLD, str(tmp_path / "dev" / "gold.jsonl"))
    return tmp_path


def run(*arguments: object, group=commands.commands):
    return CliRunner().invoke(group, [str(a) for a in arguments], catch_exceptions=False)


def test_polnear_prints_a_table_and_writes_json(small) -> None:
    out = small / "out.json"
    result = run("polnear", "--predictions", small / "readings.jsonl", "--json", out)
    assert result.exit_code == 0
    assert "relation/exact                  100.00  100.00  100.00" in result.output
    assert json.loads(out.read_text())["metrics"]["relation/exact"]["value"] == 1


def test_polnear_with_all_annotators(small) -> None:
    path = small / "readings.jsonl"
    result = run("polnear", "--predictions", path, "--all-annotators", "--bootstrap", "3")
    assert "polnear/dev, all annotators: 1 articles" in result.output
    # This annotator marked no source.
    assert "relation/exact                    0.00    0.00    0.00" in result.output
    assert "95 % interval" in result.output


def test_gold(small) -> None:
    result = run("gold", "--predictions", small / "readings.jsonl")
    assert result.exit_code == 0
    assert "statements/exact                100.00  100.00  100.00" in result.output


def test_agreement(small) -> None:
    assert "0 articles" in run("agreement").output


@pytest.mark.parametrize("against", ["polnear", "gold"])
def test_compare(small, against) -> None:
    files = small / "nothing.jsonl", small / "readings.jsonl"
    result = run("compare", *files, "--against", against)
    assert "gained a  indirect assert" in result.output
    assert "[source Ms Chen] [cue said] [content the dam will hold]." in result.output
    found = json.loads(run("compare", *files, "--against", against, "--json").output)
    assert found["n_found"] == [0, 1]


def test_calibration(small) -> None:
    out = small / "out.json"
    result = run("calibration", "--predictions", small / "readings.jsonl", "--json", out)
    assert "1 statements, expected calibration error 50.00 %" in result.output
    assert json.loads(out.read_text())["n"] == 1


def test_predictions_of_a_file_are_not_read_again(small) -> None:
    path = small / "readings.jsonl"
    result = run("polnear", "--predictions", path, "--save", small / "again.jsonl")
    assert result.exit_code == 2
    assert "--predictions goes with neither" in result.output


# As many cases as a floor needs.
LINES = "\n".join(
    f"[source:{n} Ms Chen] [cue:{n} said] [content:{n} dam {n} will hold]." for n in range(1, 21)
)


def reports(*_: object):
    return [polnear_report(corpus_of(LINES), predictions_of(LINES))]


def test_floors_are_raised_then_checked_then_broken(small, monkeypatch) -> None:
    path = small / "floors.json"
    monkeypatch.setattr(commands, "measure", reports)
    with pytest.raises(FloorError, match="it has no floor for these corpora"):
        run("check", "--file", path, group=floor_commands)
    result = run("raise", "--file", path, group=floor_commands)
    assert "polnear/dev relation/exact: None -> 100.0" in result.output
    assert run("check", "--file", path, group=floor_commands).exit_code == 0

    def worse(*_: object):
        return [polnear_report(corpus_of(LINES), predictions_of())]

    monkeypatch.setattr(commands, "measure", worse)
    result = run("check", "--file", path, group=floor_commands)
    assert result.exit_code == 1
    assert "below: polnear/dev relation/exact: 0.00, floor 100.00 - 0.3" in result.output


@pytest.mark.parametrize(
    "options", [["--lower"], ["--reason", "why"], ["--lower", "--reason", " "]]
)
def test_lowering_takes_a_flag_and_a_reason(small, monkeypatch, options) -> None:
    monkeypatch.setattr(commands, "measure", reports)
    path = small / "floors.json"
    result = run("raise", "--file", path, *options, group=floor_commands)
    assert result.exit_code == 2
    assert "--lower and --reason go together" in result.output
    assert load_floors(path) == []


def test_what_is_missing_is_one_line_and_exit_status_2(monkeypatch) -> None:
    monkeypatch.delenv(CORPORA, raising=False)
    with pytest.raises(CorpusError):
        run("polnear")
    done = subprocess.run(
        [sys.executable, "-m", "evaluation", "polnear"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"evaluation: {CORPORA}: it is not set")
    assert len(done.stderr.splitlines()) == 1


def test_floors_run_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evaluation.floors", "raise", "--lower"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--lower and --reason go together" in done.stderr


@pytest.mark.weights
def test_all_corpora_with_floors_are_measured(small) -> None:
    found = [*commands.measure("polnear", None), *commands.measure("gold", None)]
    names = ["polnear/dev", "polnear/dev, all annotators", "gold/dev"]
    assert [(r.corpus, r.n_articles) for r in found] == [(name, 1) for name in names]
    assert {r.system for r in found} == {found[0].system}
    assert [r.corpus for r in commands.measure("gold", None)] == ["gold/dev"]


@pytest.mark.weights
def test_readings_that_were_saved_score_the_same(small) -> None:
    path = small / "saved.jsonl"
    now, later = run("gold", "--save", path), run("gold", "--predictions", path)
    assert now.exit_code == later.exit_code == 0
    assert now.output.splitlines()[-20:] == later.output.splitlines()[-20:]
