import dataclasses
import json

import pytest

from evaluation.corpora import Article, Attribution, GoldCorpus
from evaluation.overlaps import jaccard
from evaluation.predictions import Predictions
from evaluation.report import agreement_report, dumps, gold_report, polnear_report, to_json, to_text
from tests.evaluation.marked_texts import (
    attributions_of,
    corpus_of,
    gold_record,
    predicted_reading,
    predictions_of,
)
from tests.marked import parse_marked

ONE = "[source Ms Chen] [cue said] [content it rains]."
WIDE = "[source Ms Chen] [cue said] [content it rains] now and then."
TWO = "[source He] [cue hopes] [content it ends]. [source:2 She] [cue:2 does] [content:2 not]."
SECOND = "He hopes it ends. [source She] [cue does] [content not]."


def versions(*marked: str) -> tuple[Article, ...]:
    """One article, marked by several annotators."""
    lines = [parse_marked(own) for own in marked]
    return tuple(
        Article(id="a", text=line.text, attributions=attributions_of(line), annotator=str(n))
        for n, line in enumerate(lines)
    )


def test_counts_add_up_over_articles() -> None:
    report = polnear_report(corpus_of(ONE, TWO), predictions_of(ONE, SECOND))
    score = report.scores["relation/exact"]
    assert (score.precision, score.recall) == (2 / 2, 2 / 3)
    assert (report.n_articles, report.corpus, report.system) == (2, "polnear/dev", "by hand")


def test_an_article_without_predictions_counts_as_missed() -> None:
    report = polnear_report(corpus_of(ONE, TWO), predictions_of(ONE))
    assert report.scores["relation/exact"].recall == 1 / 3


def test_each_annotator_is_gold_by_itself() -> None:
    corpus = dataclasses.replace(corpus_of(ONE), articles=versions(TWO, SECOND))
    report = polnear_report(corpus, predictions_of(SECOND), n_rounds=5)
    score = report.scores["relation/exact"]
    assert (score.precision, score.recall) == (2 / 2, 2 / 3)
    assert report.n_articles == 1


def test_annotators_against_each_other_in_all_pairs() -> None:
    alone = Article(id="b", text="x", attributions=(Attribution(source=(), cue=(), content=()),))
    corpus = dataclasses.replace(corpus_of(ONE), articles=(*versions(TWO, SECOND, TWO), alone))
    score = agreement_report(corpus).scores["relation/exact"]
    # Two of the three agree on two, and each of them shares one with the third, who has one.
    # Both ways round: 2·(2 + 1 + 1) hits, of 2·(2 + 2 + 1) attributions.
    assert score.value == pytest.approx(8 / 10)
    assert agreement_report(corpus).n_articles == 1


def test_inner_statements_are_left_out_where_gold_is_of_outermost_ones() -> None:
    line = "[source The board] [cue said] [content [source:2 he] [cue:2 denied] [content:2 it]]."
    reading = predicted_reading(line, {2: {"parent": "p1", "depth": 1}}, url="a")
    outer = "[source The board] [cue said] [content he denied it]."
    found = Predictions(system="x", readings={"a": reading})
    assert polnear_report(corpus_of(outer), found).scores["relation/exact"].value == 1
    record = gold_record(line, {2: {"parent": "s1"}}, url="a")
    gold = GoldCorpus(name="gold/dev", digest="", records=(record,))
    scores = gold_report(gold, found).scores
    assert scores["statements/exact"].value == scores["statements/chain"].value == 1
    assert gold_report(gold, Predictions(system="x")).scores["statements/exact"].value == 0


def test_another_overlap() -> None:
    gold = "[source Ms Chen] [cue said] [content it rains]."
    half = "Ms [source Chen] [cue said] [content it rains]."
    corpus, found = corpus_of(gold), predictions_of(half)
    assert polnear_report(corpus, found).scores["relation/relaxed"].value == 1
    strict = polnear_report(corpus, found, overlap=jaccard)
    assert strict.scores["relation/relaxed"].value == 0


def test_the_table_and_json_say_the_same() -> None:
    report = polnear_report(corpus_of(ONE, TWO), predictions_of(ONE, SECOND), n_rounds=20)
    lines = {line.split()[0]: line.split() for line in to_text(report).splitlines()[3:]}
    assert lines["relation/exact"][1:6] == ["100.00", "66.67", "80.00", "2", "3"]
    assert lines["relation/exact"][7] == "to"
    assert lines["source|content"][1:5] == ["-", "-", "100.00", "2"]
    found = json.loads(dumps(to_json(report)))
    own = found["metrics"]["relation/exact"]
    assert own["value"] == pytest.approx(0.8)
    assert own["interval"][0] <= 0.8 <= own["interval"][1]
    assert (found["n_articles"], found["digest"]) == (2, "d" * 64)
    assert set(found["metrics"]) == set(lines)


def test_no_intervals_unless_asked_for() -> None:
    report = polnear_report(corpus_of(ONE), predictions_of(ONE))
    assert report.intervals == {}
    assert to_json(report)["metrics"]["relation/exact"]["interval"] is None
