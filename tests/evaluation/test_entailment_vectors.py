"""Vectors of texts: what is to be found comes first, or it does not."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation.entailment_vectors import (
    load_clef,
    load_perspectrum,
    retrieval_report,
    tally_of,
)
from evaluation.scores import scores_of


def by_length(texts: Sequence[str]) -> NDArray[np.float32]:
    """A vector that turns with the length of a text."""
    angles = np.array([len(text) / 20 for text in texts])
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clef = tmp_path / "claims/clef2020_t2"
    write(
        clef / "verified_claims.docs.tsv", '\tvclaim\ttitle\n0\tA dam.\tx\n1\t"A ""long"" one"\ty\n'
    )
    write(clef / "train/tweets.queries.tsv", "\ttweet_content\n7\tA dam!\n8\tnot asked\n")
    write(clef / "train/tweet-vclaim-pairs.qrels", "7\t0\t0\t1\n")
    views = tmp_path / "claims/perspectrum"
    pool = [{"pId": n, "text": "v" * n, "source": "s"} for n in range(1, 6)]
    write(views / "perspective_pool_v1.0.train.json", json.dumps(pool))
    claims = [{"cId": 1, "perspectives": [{"pids": [1, 2, 99]}, {"pids": [5]}]}]
    write(views / "perspectrum_with_answers_v1.0.train.json", json.dumps(claims))
    return tmp_path


def test_a_tweet_asks_for_its_claim(folder: Path) -> None:
    given = load_clef(folder)
    assert given.questions == ("A dam!",)
    assert given.texts == ("A dam.", 'A "long" one')
    assert given.answers == (frozenset({0}),)
    report = retrieval_report(given, by_length, system="made", n_rounds=5)
    assert report.scores["found in the first 1"].value == 1
    assert report.n_articles == 1


def test_a_wording_asks_for_the_others(folder: Path) -> None:
    given = load_perspectrum(folder)
    assert given.questions == ("v",)
    assert given.answers == (frozenset({1}),)
    assert given.own == (0,)


def test_the_place_of_the_first_answer_counts() -> None:
    cosines = np.array([0.9, 0.2, 0.8, 0.7], dtype=np.float32)
    found = scores_of(tally_of(cosines, frozenset({3, 1}), own=0))
    assert found["mean reciprocal rank"].value == 0.5
    assert found["found in the first 1"].value == 0
    assert found["found in the first 5"].value == 1
