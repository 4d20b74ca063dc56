import json

import pytest

from evaluation.corpora import GoldCorpus
from evaluation.errors import FormError, PredictionError
from evaluation.predictions import (
    GoldText,
    Predictions,
    load_predictions,
    predict,
    save_readings,
    texts_of,
)
from onrecord.encode.weights import packaged_weights
from onrecord.export.records import reading_to_json
from onrecord.records import Span
from tests.evaluation.marked_texts import corpus_of, gold_record, predicted_reading

LINE = "[source The board] [cue said] [content [source:2 he] [cue:2 denied] [content:2 it]]."
FACTS = {2: {"parent": "p1", "depth": 1}}
CORPUS = corpus_of(LINE)
TEXT = CORPUS.articles[0].text


def load(tmp_path, *rows) -> Predictions:
    path = tmp_path / "predictions.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return load_predictions(path, texts_of(CORPUS))


def printed(url="a", line=LINE) -> dict:
    return reading_to_json(predicted_reading(line, FACTS, url=url))


def test_outermost_statements_of_a_reading(tmp_path) -> None:
    found = load(tmp_path, printed())
    assert [s.id for s in found.outermost("a")] == ["p1"]
    reading = found.reading("a")
    assert reading is not None
    assert [s.id for s in reading.statements or ()] == ["p1", "p2"]


def test_a_reading_belongs_to_the_text_with_the_same_words(tmp_path) -> None:
    assert load(tmp_path, printed(url=None)).reading("a") is not None
    assert load(tmp_path, printed(url="https://example.org")).reading("a") is not None


def test_spans_only(tmp_path) -> None:
    found = load(tmp_path, {"id": "a", "attributions": [{"cue": [[10, 14]], "content": None}]})
    (own,) = found.outermost("a")
    assert (own.source, own.cue, own.content) == ((), (Span(10, 14),), ())
    with pytest.raises(PredictionError, match="spans only"):
        found.reading("a")


def test_a_text_without_a_line_has_nothing(tmp_path) -> None:
    found = load(tmp_path)
    assert (found.outermost("a"), found.reading("a")) == ((), None)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        pytest.param([{"id": "z", "attributions": []}], "has no text 'z'", id="unknown name"),
        pytest.param([{"id": "a", "attributions": []}] * 2, "has a line already", id="twice"),
        pytest.param(
            [printed(), {"id": "a", "attributions": []}], "has a line already", id="both kinds"
        ),
        pytest.param(
            [printed(line=LINE.replace("denied", "admitted"))],
            "differs from the gold text at 18: 'admitted it.', gold has 'denied it.'",
            id="other words",
        ),
        pytest.param(
            [printed(url="z", line=LINE + " So?")], "has no text 'z'", id="a text unknown"
        ),
    ],
)
def test_predictions_that_do_not_belong_to_the_gold(tmp_path, rows, problem) -> None:
    with pytest.raises(PredictionError, match=problem):
        load(tmp_path, *rows)


def without(key: str) -> dict:
    return {name: value for name, value in printed().items() if name != key}


def with_wrong_span() -> dict:
    row = printed()
    row["statements"][0]["cue"] = [{"start": 4, "end": 999, "text": "x"}]
    return row


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(without("run"), id="a key is missing"),
        pytest.param(with_wrong_span(), id="a span outside the text"),
        pytest.param({**printed(), "statements": [3]}, id="a row that is none"),
        pytest.param({"id": "a", "attributions": [{"cue": [[5, 2]]}]}, id="a span backwards"),
        pytest.param({"attributions": []}, id="no name"),
    ],
)
def test_files_that_are_not_in_their_form(tmp_path, row) -> None:
    with pytest.raises(FormError, match=r"predictions\.jsonl line 1: "):
        load(tmp_path, row)


def test_saved_readings_come_back(tmp_path) -> None:
    reading = predicted_reading(LINE, FACTS, url="a")
    path = tmp_path / "readings.jsonl"
    save_readings(Predictions(system="x", readings={"a": reading}), path)
    loaded = load_predictions(path, texts_of(CORPUS)).reading("a")
    assert loaded is not None
    assert loaded.statements == reading.statements


def test_texts_of_either_kind_of_corpus() -> None:
    assert texts_of(CORPUS) == {"a": GoldText(id="a", text=TEXT)}
    gold = GoldCorpus(name="gold/dev", digest="", records=(gold_record(LINE, url="u"),))
    assert texts_of(gold) == {"u": GoldText(id="u", text=TEXT)}


@pytest.mark.weights
def test_texts_are_read_in_batches_under_their_own_names() -> None:
    texts = {
        str(n): GoldText(id=str(n), text=f"The dam number {n} is safe, the mayor said.")
        for n in range(18)
    }
    done: list[int] = []
    found = predict(texts, on_progress=done.append)
    assert list(found.readings) == list(texts)
    assert all(reading.document.url == name for name, reading in found.readings.items())
    assert (sum(done), len(done)) == (18, 2)
    assert found.system.startswith(f"{packaged_weights().name} ")
