"""Scores of stories and happenings, on examples small enough to work out by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from evaluation.clusters import (
    ORDERS,
    b_cubed,
    document_tallies,
    event_homes,
    event_score,
    found_homes,
    link,
    link_by_words,
    ordered,
)
from evaluation.clusters_corpora import StoryCorpus, StoryDocument, day_of, load_ecb_plus
from evaluation.clusters_fit import FIXED, fit, logistic, rows_of, with_same_times
from evaluation.clusters_parts import fit_parts, rows_of_halves
from evaluation.errors import CorpusError
from evaluation.scores import add_tallies, scores_of
from onrecord.stories.features import FEATURES
from onrecord.stories.parts import FEATURES as PART_FEATURES
from onrecord.stories.traits import traits_of
from onrecord.stories.words import rarity
from tests.stories.made import invented, invented_words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of two documents in the form of ECB+."""
    own = tmp_path / "clusters" / "ecb_plus"
    own.mkdir(parents=True)
    rows = [
        {
            "doc_id": name,
            "split": "dev",
            "topic": 1,
            "subtopic": "1ecb",
            "title": title,
            "date_publish": "June 5, 2013 4 : 59 PM",
            "url": "http : / / a.example / b",
            "text": text,
        }
        for name, title, text in (
            ("1_1ecb", "The old mill burned.", "It burned `` all night '' ."),
            ("1_2ecb", "Fire in the mill.", "A mill burned."),
        )
    ]
    lines = [json.dumps(row) for row in rows]
    (own / "documents.jsonl").write_text("\n".join(lines), encoding="utf-8")
    tokens = {
        ("1_1ecb", 0): "The old mill burned .".split(),
        ("1_1ecb", 1): "It burned `` all night '' .".split(),
        ("1_2ecb", 1): "A mill burned .".split(),
    }
    (own / "ECB_Dev_corpus.txt").write_text(
        "\n\n".join(
            "\n".join(f"{name}\t{at}\t{n}\t{word}\t-" for n, word in enumerate(words))
            for (name, at), words in tokens.items()
        ),
        encoding="utf-8",
    )
    mentions = [
        {
            "doc_id": name,
            "sent_id": at,
            "tokens_number": [number],
            "tokens_str": "burned",
            "coref_chain": chain,
        }
        for name, at, number, chain in (
            ("1_1ecb", 0, 3, "ACT1"),
            ("1_1ecb", 1, 1, "ACT1"),
            ("1_2ecb", 1, 2, "ACT1"),
        )
    ]
    (own / "ECB_Dev_Event_gold_mentions.json").write_text(json.dumps(mentions), encoding="utf-8")
    return tmp_path


def test_mentions_are_found_in_the_text(folder: Path) -> None:
    corpus = load_ecb_plus(folder, "dev")
    texts = {document.id: document.text for document in corpus.documents}
    assert texts["1_1ecb"] == "The old mill burned.\n\nIt burned `` all night '' ."
    starts = [mention.start for mention in corpus.mentions]
    assert starts == [13, 25, 26]
    assert {texts[m.document][m.start : m.end] for m in corpus.mentions} == {"burned"}
    assert corpus.documents[0].published == "2013-06-05"
    assert corpus.documents[0].url == "http://a.example/b"


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"documents\.jsonl"):
        load_ecb_plus(tmp_path, "dev")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Posted 10 / 25 / 11 06 : 44 PM", "2011-10-25"),
        ("25 / 10 / 2011", "2011-10-25"),
        ("published : 2012 - 04 - 04 11 : 47", "2012-04-04"),
        ("June 6th, 2013 7 : 38pm", "2013-06-06"),
        ("31 February 2012", None),
        (None, None),
    ],
)
def test_days_of_the_corpus(words: str | None, day: str | None) -> None:
    assert day_of(words) == day


def test_b_cubed_by_hand() -> None:
    gold = {"a": 1, "b": 1, "c": 2}
    counts = b_cubed(gold, {"a": "x", "b": "y", "c": "y"})
    total = sum((counts[name] for name in "bc"), counts["a"])
    assert total.hits_predicted == pytest.approx(1 + 0.5 + 0.5)
    assert total.hits_gold == pytest.approx(0.5 + 0.5 + 1)


def corpus_of(names: dict[str, str]) -> StoryCorpus:
    documents = tuple(
        StoryDocument(
            id=name, topic=1, subtopic=subtopic, title="", published=None, url=None, text=""
        )
        for name, subtopic in names.items()
    )
    return StoryCorpus(name="made", digest="", documents=documents, mentions=())


def made(shared: int = 0) -> tuple[StoryCorpus, dict]:
    names, readings = {}, {}
    for seed in ("1ecb", "1ecbplus"):
        words = invented_words(seed, 50 - shared) + invented_words("both", shared)
        for number in range(6):
            name = f"{number}{seed}"
            names[name] = seed
            readings[name] = (invented(words, name), None)
    return corpus_of(names), readings


def test_documents_through_a_store() -> None:
    corpus, readings = made()
    for order in ORDERS[:2]:
        linked = link(readings, ordered(corpus, order))
        scores = scores_of(add_tallies(document_tallies(corpus, linked.stories)))
        assert scores["subtopics/b3"].value == 1
        assert scores["topics/b3"].recall == pytest.approx(0.5)
        assert linked.n_changes == 0
    baseline = link_by_words(readings, ordered(corpus, ORDERS[0]))
    assert scores_of(add_tallies(document_tallies(corpus, baseline)))["subtopics/b3"].value == 1


def test_events_of_a_corpus(folder: Path) -> None:
    corpus = load_ecb_plus(folder, "dev")
    readings = {own.id: (invented(own.text.split(), own.id), None) for own in corpus.documents}
    homes = event_homes(corpus, readings, {"1_1ecb": 1, "1_2ecb": 1})
    assert event_score(corpus, homes["lemma"], "lemma")["lemma/mentions"].n == 3
    linked = link(readings, ordered(corpus, ORDERS[0]))
    assert found_homes(corpus, linked) == {}


def test_orders_are_the_same_each_time() -> None:
    corpus, _ = made()
    for order in ORDERS:
        assert ordered(corpus, order) == ordered(corpus, order)
    assert len({tuple(ordered(corpus, order)) for order in ORDERS}) == len(ORDERS)


def test_a_fit_tells_right_from_wrong() -> None:
    X_NF = np.array([[0.0, 1], [0.2, 1], [0.8, 1], [1.0, 1]])
    weights = logistic(X_NF, np.array([0.0, 0, 1, 1]), penalty=0.1)
    assert (X_NF @ weights > 0).tolist() == [False, False, True, True]


def test_fits_have_all_weights() -> None:
    corpus, readings = made(shared=20)
    traits = {
        name: traits_of(
            reading, lambda terms: {t: rarity(t, n_with=0, n_documents=0) for t in terms}
        )
        for name, (reading, _) in readings.items()
    }
    story_of = {document.id: document.subtopic for document in corpus.documents}
    rows = rows_of(traits, story_of)
    assert {is_right for _, is_right in rows} == {True, False}
    weights = fit(with_same_times(rows))
    assert set(weights) == {*FEATURES, "bias"}
    assert weights["gap"] == FIXED["gap"]
    parts = fit_parts(rows_of_halves(traits, story_of))
    assert set(parts) == {*PART_FEATURES, "bias"}
    assert parts["nearness"] < 0
