"""Situations to train on: their form, their pairs, and how they are varied."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs torch")

from onrecord.entailment.scoring import GROUNDS
from training.dispute_samples import (
    Exchange,
    article_rows,
    cross_rows,
    load_situations,
    with_words,
)

FOLDER = Path(__file__).parents[2] / "training" / "disputes"
TESTS = Path(__file__).parents[1] / "claims"
MADE = """\
{"id": "m-1", "topic": "mill", "sentences": [
{"date": "2031-05-03", "text": "Nobody was hurt at the mill of Vessin, said Arne Toll."},
{"date": "2031-05-02", "text": "The mill of Vessin burned, and 3 men were hurt, said Ida Brask."},
{"date": "2031-05-03", "text": "Toll runs the mill."}], "disputes": [[0, 1, "figure"]]}
""".replace("\n{", "{").replace("\n", "")


@pytest.fixture
def made(tmp_path):
    (tmp_path / "m.jsonl").write_text(MADE + "\n", encoding="utf-8")
    (situation,) = load_situations([tmp_path / "m.jsonl"])
    return situation


def test_rows_are_all_pairs_the_earlier_first(made) -> None:
    rows = made.rows()
    assert [(GROUNDS[row.label], row.days) for row in rows] == [
        ("figure", 1), ("none", 0), ("none", 1),
    ]  # fmt: skip
    assert rows[0].first.startswith("The mill")
    assert rows[0].second.startswith("Nobody")


def test_sentences_of_one_article_are_no_pair(made) -> None:
    two = replace(made, articles=("a", "b", "a"))
    assert [(row.first[:9], GROUNDS[row.label]) for row in two.rows()] == [
        ("The mill ", "figure"), ("The mill ", "none"),
    ]  # fmt: skip


def test_a_variant_has_the_pairs_of_its_new_sentence_alone(tmp_path) -> None:
    row = json.loads(MADE)
    row["disputes"] = [[0, 1, "figure"], [0, 2, "denial"]]
    text = "Two men were hurt by the fire, said Ida Brask."
    row["variants"] = [{"at": 1, "text": text, "disputes": [[1, 2, "actor"]]}]
    (tmp_path / "m.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    base, variant = load_situations([tmp_path / "m.jsonl"])
    assert [one.id for one in (base, variant)] == ["m-1", "m-1~1"]
    assert len(base.rows()) == 3
    assert [(row.first[:9], row.second[:9], GROUNDS[row.label]) for row in variant.rows()] == [
        ("Two men w", "Nobody wa", "none"), ("Two men w", "Toll runs", "actor"),
    ]  # fmt: skip


def test_names_are_exchanged_alike_in_all_sentences(made) -> None:
    exchange = Exchange([made], ["Orlavik"])
    texts = [text for _, text in exchange.of(made, random.Random(1), share=1.0).sentences]
    assert texts[0] == "Nobody was hurt at the mill of Orlavik, said Orlavik Orlavik."
    assert texts[2] == "Toll runs the mill.".replace("Toll", "Orlavik")


def test_figures_become_words_and_words_figures() -> None:
    found = {with_words("3 boats and four men, 3.5 metres", random.Random(n)) for n in range(40)}
    assert found == {
        "3 boats and four men, 3.5 metres",
        "three boats and four men, 3.5 metres",
        "3 boats and 4 men, 3.5 metres",
    }


def test_sentences_of_two_situations_are_in_no_dispute(made) -> None:
    rows = cross_rows([made, made], 5, random.Random(1))
    assert [row.label for row in rows] == [0] * 5


def test_articles_have_few_sentences_in_dispute() -> None:
    labels = [row.label for row in article_rows(TESTS)]
    assert 10 <= sum(label > 0 for label in labels) < len(labels) / 20


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_situations_keep_to_their_form(path) -> None:
    situations = load_situations([path])
    assert len({one.id for one in situations}) == len(situations)
    for one in situations:
        # Whole articles have more sentences than situations, and shorter ones.
        most, least_words = (28, 2) if one.articles else (10, 3)
        assert 2 <= len(one.sentences) <= most
        assert all(0 <= i < j < len(one.sentences) for i, j in one.labels), one.id
        assert all(least_words <= len(text.split()) < 70 for _, text in one.sentences), one.id


def test_disputes_of_articles_are_between_two() -> None:
    situations = load_situations(sorted(FOLDER.glob("articles*.jsonl")))
    assert len(situations) > 900
    for one in situations:
        assert len(one.articles) == len(one.sentences), one.id
        assert all(one.articles[i] != one.articles[j] for i, j in one.labels), one.id
