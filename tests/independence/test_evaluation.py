"""Copies made by rule, the counts of what is joined, and the corpus where there is one."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.independence import (
    Article,
    Count,
    evaluate,
    independence_command,
    load_articles,
    make_copies,
    similar_pairs,
    to_text,
)
from evaluation.independence_copies import RULES, added, cut, edited, reordered, sentences_of
from tests.independence.made import DAM, FAIR, paragraphs

ARTICLES = [
    Article(url="https://a.example/1", title="Dam", published="2022-08-02", text=DAM),
    Article(url="https://a.example/2", title="Fair", published="2022-08-03", text=FAIR),
]


def test_rules_do_what_they_say() -> None:
    chance = random.Random(1)
    assert DAM.startswith(cut(DAM, 1 / 3)[:200])
    assert 0.3 < len(cut(DAM, 1 / 3).split()) / len(DAM.split()) < 0.45
    assert sorted(reordered(DAM, (), chance).split("\n\n")) == sorted(DAM.split("\n\n"))
    foreign = sentences_of(FAIR)[:2]
    assert all(sentence in added(DAM, foreign, chance) for sentence in foreign)
    assert 0.9 < len(edited(DAM, (), chance).split()) / len(DAM.split()) < 1
    assert "neighboring" in edited(DAM, (), chance) or "neighbor" in edited(DAM, (), chance)


def test_the_same_copies_every_time() -> None:
    one, other = (make_copies(ARTICLES, random.Random(7)) for _ in range(2))
    assert one == other
    assert len(one) == 2 * len(RULES)


def test_own_articles_are_told_apart() -> None:
    found = evaluate(ARTICLES, in_any_order=False)
    assert found.joined["all"].n >= 0.9 * found.joined["all"].of
    assert found.n_mixed == 0
    assert (found.pairs.n, found.pairs.of) == (0, 1)
    assert "voices of two articles: 0" in to_text(found)


def test_similar_pairs_come_first() -> None:
    texts = [DAM, FAIR, paragraphs(DAM, 0, 1), paragraphs(FAIR, 2)]
    assert similar_pairs(texts, 2) == [(0, 2), (1, 3)]


def test_intervals_of_shares() -> None:
    own = Count(n=0, of=2000).interval()
    assert own.low == 0
    assert own.high == pytest.approx(0.0019, abs=1e-4)
    half = Count(n=50, of=100).interval()
    assert (half.low, half.high) == pytest.approx((0.404, 0.596), abs=1e-3)
    assert str(Count(n=0, of=0)) == "none"


@pytest.mark.corpus
@pytest.mark.slow
def test_wikinews(corpora: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONRECORD_CORPORA", str(corpora))
    path = tmp_path / "numbers.json"
    result = CliRunner().invoke(independence_command, ["--articles", "30", "--json", str(path)])
    assert result.exit_code == 0, result.output
    found = json.loads(path.read_text("utf-8"))
    assert found["joined"]["all"]["n"] >= 0.97 * found["joined"]["all"]["of"]
    assert found["joined"]["all"]["of"] == 30 * len(RULES)
    assert found["n_mixed"] == 0
    assert found["pairs"] == {"n": 0, "of": 2000}


@pytest.mark.corpus
def test_the_corpus_is_read_whole(corpora: Path) -> None:
    articles, digest = load_articles(corpora)
    assert len(articles) == 281
    assert digest.startswith("5ae0205f99b1")
