import json

import pytest
from click.testing import CliRunner

from evaluation import entity_commands
from evaluation.commands import commands
from evaluation.corpora import CORPORA, GOLD
from onrecord.export.records import reading_to_json
from tests.evaluation.entity_files import GAP, gap_row, write_entity_corpora
from tests.evaluation.marked_texts import predicted_reading

BLOG = "Ms Vale didn't leave Oldport.\n\nThe Dam Board paid."
NEWS = "Minister Ada Vale's dam\n\nShe asked the Dam Board of Oldport, the state. It paid."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(CORPORA, str(write_entity_corpora(tmp_path)))
    return tmp_path


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(a) for a in arguments], catch_exceptions=False)


def write_reading(path, text: str, url: str, **entities) -> None:
    own = predicted_reading(text, entities=entities, url=url)
    path.write_text(json.dumps(reading_to_json(own)) + "\n", encoding="utf-8")


def test_entities(folder) -> None:
    path, out = folder / "readings.jsonl", folder / "out.json"
    write_reading(path, BLOG, "weblog-one", a=("Vale",), b=("Oldport",))
    result = run("entities", "--predictions", path, "--json", out, "--bootstrap", "5")
    assert "uner_ewt/dev: 2 articles" in result.output
    found = json.loads(out.read_text())["metrics"]
    assert found["names/exact"]["precision"] == 0.5  # all entities of these readings are persons
    assert found["names/exact/PER"]["recall"] == 1
    assert found["names/span"]["recall"] == pytest.approx(2 / 5)
    assert found["names/exact"]["interval"] is not None


def test_entities_of_a_copy_in_capitals(folder) -> None:
    path = folder / "readings.jsonl"
    write_reading(path, BLOG.upper(), "weblog-one", a=("VALE",))
    result = run("entities", "--predictions", path, "--case", "upper")
    assert "uner_ewt/dev/upper" in result.output
    assert "names/exact                     100.00   20.00" in result.output


@pytest.mark.parametrize("name", ["gum", "gum-news", "wikigold", "wnut17", "twitter"])
def test_entities_of_all_corpora(folder, name) -> None:
    nothing = folder / "nothing.jsonl"
    nothing.write_text("")
    result = run("entities", "--corpus", name, "--predictions", nothing)
    assert "names/exact                          -    0.00    0.00" in result.output


def test_coreference(folder) -> None:
    path = folder / "readings.jsonl"
    board = "the Dam Board of Oldport"
    write_reading(path, NEWS, "GUM_news_dam", a=("Minister Ada Vale's", "She"), b=(board, "It"))
    result = run("coreference", "--predictions", path)
    assert "chains/muc                      100.00   66.67   80.00" in result.output
    assert "pronouns/right                       -       -  100.00" in result.output
    result = run("coreference", "--corpus", "ontogum", "--predictions", path)
    assert "chains/conll                         -       -  100.00" in result.output


def test_coreference_of_works(folder) -> None:
    nothing = folder / "nothing.jsonl"
    nothing.write_text("")
    result = run("coreference", "--corpus", "litbank", "--predictions", nothing)
    assert "all/conll                            -       -    0.00" in result.output


def test_gap(folder) -> None:
    path = folder / "readings.jsonl"
    text = "Ada saw Ben Ode; he left."
    write_reading(path, text, "x-3", a=("Ben Ode", "he"))
    rows = [GAP.split("\n")[0], gap_row("x-3", text, "he", "Ada", "Ben Ode", "B"), ""]
    (folder / "coref" / "gap" / "gap-validation.tsv").write_text("\n".join(rows))
    result = run("gap", "--predictions", path)
    assert "gap/dev: 1 articles" in result.output
    assert "gap/masculine                   100.00  100.00  100.00" in result.output


def test_readings_of_a_file_are_not_read_again(folder) -> None:
    path = folder / "readings.jsonl"
    path.write_text("")
    result = run("entities", "--predictions", path, "--save", folder / "again.jsonl")
    assert result.exit_code == 2
    assert "--predictions goes with neither" in result.output


def test_speakers(tmp_path, monkeypatch) -> None:
    text = "Ms Vale said the dam holds."
    roles = {"source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 26]]}
    facts = {"id": "s1", "act": "assert", "polarity": "affirm", "speaker": "Ann Vale"}
    entities = [{"name": "Ann Vale", "aliases": ["Ms Vale"]}]
    record = {"url": "a", "text": text, "entities": entities, "statements": [{**roles, **facts}]}
    gold, path = tmp_path / "gold.jsonl", tmp_path / "readings.jsonl"
    gold.write_text(json.dumps(record))
    monkeypatch.setenv(GOLD, str(gold))
    marked = "[source Ms Vale] [cue said] [content the dam holds]."
    own = predicted_reading(marked, url="a")
    path.write_text(json.dumps(reading_to_json(own)) + "\n")
    result = run("speakers", "--predictions", path, "--list")
    assert "speakers/unknown                     -       -  100.00" in result.output
    assert result.output.endswith("unknown\ta\tMs Vale\tAnn Vale\t-\n")


def test_the_reader_is_asked_once_for_each_text(folder, monkeypatch) -> None:
    asked = []

    class Reader:
        def __init__(self, config) -> None:
            self.run = predicted_reading("x", url="x").run

        def clusters_of(self, document):
            asked.append(document.url)
            return []

    monkeypatch.setattr(entity_commands, "Reader", Reader)
    assert "gap/overall                          -    0.00" in run("gap").output
    assert asked == ["x-1", "x-2"]


@pytest.mark.weights
def test_the_packaged_weights_read_names(folder) -> None:
    path = folder / "saved.jsonl"
    now, later = run("entities", "--save", path), run("entities", "--predictions", path)
    assert now.output.splitlines()[-1] == later.output.splitlines()[-1]
