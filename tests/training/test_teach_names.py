"""Labelings drawn from a chain, and texts that are taught."""

import json
import random

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch")

from onrecord.encode.pieces import join_window
from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import packaged_weights
from onrecord.entities.names import N_NAME_LABELS, allowed_name_steps, name_label
from onrecord.records import Kind
from training.entity_samples import cut_text
from training.own_names import plain_text
from training.taught_names import taught_source
from training.teach_names import draw_labels, labeling_of

STEPS = np.where(allowed_name_steps(), 0.0, -50.0)
BEGINS, INSIDE = (name_label(Kind.PERSON, begins=b) for b in (True, False))


def test_labels_are_drawn_as_often_as_they_are_probable() -> None:
    scores = np.full((2, N_NAME_LABELS), -30.0)
    # The first word is a name with three to one, the second goes on with it if it is one.
    scores[0, [0, BEGINS]] = 0.0, np.log(3.0)
    scores[1, [0, INSIDE]] = 0.0, 8.0
    dice = np.random.default_rng(3)
    drawn = [tuple(draw_labels(scores, STEPS, dice).tolist()) for _ in range(400)]
    assert set(drawn) <= {(0, 0), (BEGINS, INSIDE), (BEGINS, 0)}
    # "Inside" follows a name only, so that the name is far likelier than its own score says.
    assert drawn.count((BEGINS, INSIDE)) > 390


@pytest.mark.parametrize(("odds", "share"), [(1.0, 0.5), (4.0, 0.8)])
def test_what_is_doubtful_is_drawn_as_doubtful(odds: float, share: float) -> None:
    scores = np.full((1, N_NAME_LABELS), -30.0)
    scores[0, [0, BEGINS]] = 0.0, np.log(odds)
    dice = np.random.default_rng(4)
    drawn = [draw_labels(scores, STEPS, dice)[0] == BEGINS for _ in range(1000)]
    assert np.mean(drawn) == pytest.approx(share, abs=0.05)


def test_a_taught_text_has_one_of_its_labelings(tmp_path) -> None:
    tokenizer = load_tokenizer(packaged_weights())
    path = tmp_path / "taught.jsonl"
    text = "Ada Brill wrote to Kolmar."
    labelings = [[[0, 9, "PER"]], [[0, 9, "PER"], [19, 25, "LOC"]]]
    path.write_text(json.dumps({"text": text, "labelings": labelings}) + "\n")
    source = taught_source(path, tokenizer, share=1.0, max_pieces=100)
    rng = random.Random(2)
    place = name_label(Kind.PLACE, begins=True)
    seen = set()
    for _ in range(30):
        (sample,) = source(rng)
        assert sample.allowed is not None
        (allowed,) = sample.allowed
        assert allowed[0].nonzero()[0].tolist() == [BEGINS]
        seen.add(bool(allowed[4, place]))
    assert seen == {True, False}


def test_labelings_have_code_points() -> None:
    tokenizer = load_tokenizer(packaged_weights())
    cut = cut_text(plain_text("a", "Ada Brill wrote."), tokenizer)
    window = join_window(cut.paragraphs[0])
    labels = [BEGINS, INSIDE, 0, 0]
    assert labeling_of(window, labels) == [(0, 9, "PER")]
