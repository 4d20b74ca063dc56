import json

import pytest
from click.testing import CliRunner

from evaluation import event_commands
from evaluation.commands import commands
from evaluation.corpora import CORPORA
from evaluation.predictions import Predictions
from onrecord.encode.weights import Weights
from onrecord.export.records import reading_to_json
from tests.evaluation.entity_files import write_entity_corpora
from tests.evaluation.event_files import FLOOD, write_event_corpora
from tests.evaluation.event_readings import event_reading
from tests.evaluation.made_trees import use_made_trees


@pytest.fixture
def folder(tmp_path, monkeypatch):
    write_entity_corpora(tmp_path)
    monkeypatch.setenv(CORPORA, str(write_event_corpora(tmp_path)))
    return tmp_path


@pytest.fixture
def trees(monkeypatch):
    return use_made_trees(monkeypatch)


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


def test_uds(folder, trees) -> None:
    out = folder / "out.json"
    result = run("uds", "--json", out, "--list")
    assert "by majority" in result.output
    assert "by lemma" in result.output
    assert "by head" in result.output
    assert "-0.80 +1.20 'leave'" in result.output
    found = json.loads(out.read_text())
    assert set(found) == {"majority", "lemma", "head"}
    assert found["lemma"]["metrics"]["accuracy"]["value"] == 0.5


def test_uds_by_the_head_of_the_package(folder, trees) -> None:
    out = folder / "out.json"
    result = run("uds", "--scorer", "head", "--list", "--bootstrap", "5", "--json", out)
    assert "by head" in result.output
    assert "by lemma" not in result.output
    assert "'leave'" not in result.output, "the made-up head is right on both"
    found = json.loads(out.read_text())["head"]["metrics"]
    assert found["accuracy"]["value"] == 1
    assert found["pearson"]["value"] == pytest.approx(1)


@pytest.mark.parametrize("corpus", ["ewt", "gum"])
def test_trees(folder, trees, corpus: str) -> None:
    out = folder / "out.json"
    result = run("trees", "--corpus", corpus, "--bootstrap", "5", "--json", out)
    assert result.exit_code == 0
    found = json.loads(out.read_text())
    assert found["corpus"] == f"{corpus}/dev/trees"
    assert found["system"] == "made-0"
    assert set(found["metrics"]) == {"unlabelled", "labelled", "relation", "tag"}
    values = {name: own["value"] for name, own in found["metrics"].items()}
    assert 0 <= values["labelled"] <= min(values["unlabelled"], values["relation"]) < 1
    assert values["unlabelled"] > 0
    assert "labelled" in result.output


@pytest.mark.parametrize("arguments", [("trees",), ("uds", "--scorer", "head")])
def test_weights_without_trees_read_none(folder, monkeypatch, arguments: tuple[str, ...]) -> None:
    bare = Weights(folder, {"name": "bare", "version": "0"})
    monkeypatch.setattr(event_commands, "packaged_weights", lambda: bare)
    with pytest.raises(ValueError, match="bare-0 have no heads of trees"):
        run(*arguments)


def test_meantime(folder) -> None:
    result = run("uds", "--on", "meantime", "--scorer", "majority")
    assert "meantime: 2 articles" in result.output
    assert "accuracy                             -       -   50.00" in result.output


def test_what_has_floors_is_measured(folder, trees, monkeypatch) -> None:
    nothing = Predictions(system="none")
    monkeypatch.setattr(event_commands, "_readings", lambda *_: nothing)
    monkeypatch.setattr(event_commands, "BEST_TYPER", "words")
    monkeypatch.setattr(event_commands, "annotated_texts", lambda *_: {})
    reports = event_commands.measured_events(folder, None)
    assert [own.corpus for own in reports] == [
        *("plv/train", "plover", "petrarch", "articles/dev", "articles/later"),
        *("uds_ih2/dev", "ewt/dev/trees", "gum/dev/trees"),
    ]
