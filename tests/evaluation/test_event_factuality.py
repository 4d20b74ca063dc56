import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from evaluation.errors import CorpusError, FormError
from evaluation.factuality import (
    SCORERS,
    LemmaScorer,
    MajorityScorer,
    cases_of,
    happened_report,
    happened_scores,
    predicate_tally,
)
from evaluation.factuality_corpora import label_of_event, load_meantime_events, load_uds
from evaluation.scores import add_tallies
from onrecord.encode.weights import packaged_weights
from onrecord.records import Factuality
from tests.evaluation.event_files import write_event_corpora
from tests.evaluation.made_trees import use_made_trees


@pytest.fixture
def folder(tmp_path):
    return write_event_corpora(tmp_path)


def test_predicates_stand_at_their_words(folder) -> None:
    corpus = load_uds(folder)
    (text,) = corpus.texts  # the document without predicates is not there
    assert text.text == "Ms Vale didn't leave Oldport.\n\nThe Dam Board paid."
    found = [(text.text[p.start : p.end], p.lemma, p.value, p.sentence) for p in text.predicates]
    assert found == [("leave", "leave", -0.8, 0), ("paid", "paid", 0.6, 1)]


def test_the_training_part_may_be_packed(folder) -> None:
    path = folder / "ewt" / "en_ewt-ud-train.conllu"
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
    plain = load_uds(folder, "train")
    path.unlink()
    assert load_uds(folder, "train") == plain
    assert [own.value for own in plain.texts[0].predicates] == [1.2, 0.2]


def test_baselines(folder) -> None:
    train, dev = load_uds(folder, "train").texts, load_uds(folder).texts
    assert MajorityScorer(train)(dev) == [[0.7, 0.7]]
    assert LemmaScorer(train)(dev) == [[1.2, 0.2]]
    assert LemmaScorer(())(dev) == [[0, 0]]


def test_the_head_of_the_package(folder, monkeypatch) -> None:
    scorer = SCORERS["head"]([], use_made_trees(monkeypatch))
    (text,) = load_uds(folder).texts
    before = replace(text.predicates[0], start=0, end=2)
    # The made-up encoder says 4 of the first word of a sentence, and 1 less of each other.
    assert scorer([replace(text, predicates=(before, *text.predicates))]) == [[4, -1, 1]]


def test_report(folder) -> None:
    corpus = load_uds(folder)
    scorer = LemmaScorer(load_uds(folder, "train").texts)
    found = happened_report(corpus, scorer, name="lemma", n_rounds=10)
    assert found.n_articles == 2  # sentences
    assert found.scores["accuracy"].value == 0.5
    assert found.scores["not happened"].value == 0
    assert found.scores["pearson"].value == pytest.approx(-1)
    assert "accuracy" in found.intervals
    (line,) = cases_of(corpus, scorer)
    assert line.startswith("-0.80 +1.20 'leave'")


def test_correlation() -> None:
    pairs = [(-1.0, 0.2), (0.5, 0.1), (1.0, 0.9), (0.3, -0.4)]
    scores = happened_scores(add_tallies(predicate_tally(*own) for own in pairs))
    assert scores["pearson"].value == pytest.approx(np.corrcoef(np.transpose(pairs))[0, 1])
    assert scores["accuracy"].value == 0.5
    assert "sum/x" not in scores


def test_no_correlation_with_what_is_always_the_same() -> None:
    scores = happened_scores(add_tallies(predicate_tally(x, 0.3) for x in (1.0, -1.0)))
    assert scores["pearson"].value is None


def test_events_of_meantime(folder) -> None:
    (text,) = load_meantime_events(folder).texts
    assert text.text == "Dam breaks\nIt will be shut down\nLater "
    assert text.published == "2021-05-05"
    found = [(text.text[p.start : p.end], p.value, p.label) for p in text.predicates]
    assert found == [
        ("breaks", 1.0, Factuality.ACTUAL),
        ("shut down", -1.0, Factuality.PLANNED),
    ]


@pytest.mark.parametrize(
    ("attributes", "label"),
    [
        ({"polarity": "NEG", "time": "FUTURE"}, Factuality.NEGATED),
        ({"polarity": "POS", "certainty": "PROBABLE", "time": "FUTURE"}, Factuality.POSSIBLE),
        ({"special_cases": "COND_MAIN_CLAUSE", "time": "NON_FUTURE"}, Factuality.POSSIBLE),
        ({"certainty": "CERTAIN", "time": "FUTURE"}, Factuality.PLANNED),
        ({"certainty": "UNDERSPECIFIED"}, Factuality.ACTUAL),
    ],
)
def test_labels_of_meantime(attributes: dict[str, str], label: Factuality) -> None:
    assert label_of_event(attributes) is label


@pytest.mark.parametrize("content", ["{", "[]", "{}", json.dumps({"data": {"ewt-dev-9": {}}})])
def test_broken_values_are_refused(folder, content: str) -> None:
    (folder / "factuality" / "uds_ih2" / "factuality.normalized.json").write_text(content)
    with pytest.raises(FormError):
        load_uds(folder)


def test_missing_files_are_refused(folder, tmp_path) -> None:
    (folder / "ewt" / "en_ewt-ud-dev.conllu").unlink()
    with pytest.raises(FormError):
        load_uds(folder)
    with pytest.raises(CorpusError):
        load_meantime_events(tmp_path / "nowhere")


@pytest.mark.corpus
def test_uds_is_read_whole(corpora) -> None:
    corpus = load_uds(corpora)
    assert sum(len(text.predicates) for text in corpus.texts) == 2646


@pytest.mark.corpus
@pytest.mark.slow
def test_lemmas_say_more_than_the_majority(corpora) -> None:
    train, dev = load_uds(corpora, "train").texts, load_uds(corpora)
    weights = packaged_weights()
    found = {
        name: happened_report(dev, SCORERS[name](train, weights), name=name)
        .scores["accuracy"]
        .value
        or 0
        for name in ("majority", "lemma")
    }
    assert found["lemma"] > found["majority"] > 0.6
