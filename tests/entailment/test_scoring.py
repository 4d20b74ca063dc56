"""Probabilities of pairs: each by itself, whatever the texts are."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from onrecord.encode.weights import load_weights, packaged_weights
from onrecord.encode.word_tables import WordTable
from onrecord.entailment.loading import entailment_of
from onrecord.entailment.scoring import (
    CONTRADICTS,
    ENTAILS,
    GROUNDS,
    LABELS,
    NEUTRAL,
    EntailmentScorer,
)
from onrecord.errors import WeightsError
from tests.entailment.test_pairs import made_tokenizer


class FakeSession:
    """Scores that say how many pieces there were."""

    def run(self, names: list[str], given: dict[str, Any]) -> list[Any]:
        n_pieces = len(given["kinds"])
        assert given["words"].shape == (n_pieces, 2)
        if names == ["grounds"]:
            return [np.array([n_pieces, 0, 0, given["kinds"][0], 0], dtype=np.float32)]
        assert names == ["scores"]
        return [np.array([n_pieces, 0, given["hypothesis"].sum()], dtype=np.float32)]


def made_scorer(sharpness: float = 1.0) -> EntailmentScorer:
    table = WordTable(np.zeros((300, 2), dtype=np.uint8), zero=0, scale=1.0)
    session: Any = FakeSession()
    return EntailmentScorer(session, made_tokenizer(), table, sharpness=sharpness)


def test_probabilities_add_up_to_one() -> None:
    found = made_scorer()([("a b", "c"), ("a", "b c d")])
    assert found.shape == (2, len(LABELS))
    assert found.dtype == np.float32
    assert np.allclose(found.sum(axis=1), 1)


def test_no_pairs_give_no_rows() -> None:
    assert made_scorer()([]).shape == (0, 3)


def test_grounds_add_up_to_one_and_know_the_days_between() -> None:
    scorer = made_scorer()
    found = scorer.grounds([("a b", "c", None), ("a b", "c", 2), ("a b", "c", -2)])
    assert found.shape == (3, len(GROUNDS))
    assert np.allclose(found.sum(axis=1), 1)
    assert found[0, 3] < found[1, 3] == found[2, 3]


def test_no_words_are_in_no_dispute() -> None:
    assert made_scorer().grounds([("", "a", 1), ("a", "…", None)]).tolist() == [[1, 0, 0, 0, 0]] * 2


@pytest.mark.parametrize(("premise", "hypothesis"), [("", "a"), ("a", " \n"), ("…", "a"), ("", "")])
def test_nothing_follows_from_a_text_without_words(premise: str, hypothesis: str) -> None:
    assert made_scorer()([(premise, hypothesis)]).tolist() == [[0, 1, 0]]


def test_less_sharp_scores_are_nearer_to_each_other() -> None:
    pairs = [("a b", "c")]
    assert made_scorer(0.1)(pairs).max() < made_scorer(1.0)(pairs).max()


def test_weights_without_the_model_are_refused(tmp_path: Path) -> None:
    manifest = {"name": "n", "version": "1", "max_pieces": 9, "cue_steps": [], "role_steps": []}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"files": {}}))
    with pytest.raises(WeightsError, match=r"entailment\.onnx"):
        entailment_of(load_weights(tmp_path))


@pytest.fixture(scope="module")
def scorer() -> EntailmentScorer:
    return entailment_of(packaged_weights())


PAIRS = [
    ("Twelve people were killed in the strike on Odrava.", "People were killed in Odrava."),
    ("Twelve people were killed in the strike on Odrava.", "Nobody was killed in Odrava."),
    ("Twelve people were killed in the strike on Odrava.", "20 people were killed in Odrava."),
    ("The rebels control Odrava.", "The rebels do not control Odrava."),
    ("The ministry approved the plan.", "The ministry rejected the plan."),
    ("The ministry approved the plan.", "The mayor will visit a school."),
    ("The dam held.", "The dam held."),
]
EXPECTED = [ENTAILS, *[CONTRADICTS] * 4, NEUTRAL, ENTAILS]


@pytest.mark.weights
@pytest.mark.parametrize(("pair", "label"), list(zip(PAIRS, EXPECTED, strict=True)))
def test_plain_cases(scorer: EntailmentScorer, pair: tuple[str, str], label: int) -> None:
    assert scorer([pair])[0].argmax() == label


@pytest.mark.weights
def test_other_pairs_change_nothing(scorer: EntailmentScorer) -> None:
    together = scorer(PAIRS)
    assert np.array_equal(together, np.concatenate([scorer([pair]) for pair in PAIRS]))
    assert np.array_equal(together[::-1], scorer(PAIRS[::-1]))


@pytest.mark.weights
def test_odd_texts_have_probabilities(scorer: EntailmentScorer) -> None:
    odd = [
        "\ud800 half",
        "[SEP] [CLS]",
        "a" * 20_000,
        "word " * 20_000,
        "مرحبا 世界",
        "x\x00y",
        "1",
    ]
    found = scorer([(one, two) for one in odd for two in odd])
    assert np.isfinite(found).all()
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
