"""Pairs made for training say what their label says."""

import json
import random
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs torch")

from training.entailment_news import changed_figure, negated, news_pairs, view_pairs, without_end
from training.entailment_templates import FRAMES, C, E, N, far, made_pairs


def test_pairs_are_the_same_for_the_same_chance() -> None:
    assert made_pairs(50, random.Random(1)) == made_pairs(50, random.Random(1))
    assert made_pairs(50, random.Random(1)) != made_pairs(50, random.Random(2))


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.__name__)
def test_every_frame_has_all_labels_and_no_pair_with_two(frame: object) -> None:
    assert callable(frame)
    for seed in range(40):
        found = frame(random.Random(seed))
        assert {label for _, _, label in found} == {E, N, C}
        labels: dict[tuple[str, str], int] = {}
        for one, two, label in found:
            assert labels.setdefault((one, two), label) == label
            assert one.endswith(".")
            assert two.endswith(".")


def test_another_figure_is_another() -> None:
    rng = random.Random(1)
    assert all(far(n, rng) != n for n in range(400) for _ in range(4))


def test_a_figure_is_changed_and_a_year_is_not() -> None:
    rng = random.Random(1)
    found = changed_figure("In 2019 a total of 39 died.", rng)
    assert found is not None
    assert found.startswith("In 2019 a total of ")
    assert "39" not in found
    assert changed_figure("It rained in 2019.", rng) is None


def test_a_verb_is_negated_once() -> None:
    assert negated("The dam was closed on Monday.") == "The dam was not closed on Monday."
    assert negated("The dam was not closed.") is None
    assert negated("The dam was closed and has reopened.") is None


def test_an_end_is_cut_where_enough_is_left() -> None:
    assert without_end("The dam above Ardal held all night, officials say.") == (
        "The dam above Ardal held all night."
    )
    assert without_end("Yes, it did.") is None


def test_news_pairs_are_as_many_as_asked_for() -> None:
    articles = [["The dam was closed, with 12 boats waiting.", "It rained all day in the valley."]]
    found = news_pairs(articles, 20, random.Random(1))
    assert len(found) == 20
    assert (
        "It rained all day in the valley.",
        "The dam was closed, with 12 boats waiting.",
        N,
    ) in found
    assert {label for _, _, label in found} <= {E, N, C}


def test_wordings_of_a_view_entail_each_other_and_other_views_do_not(tmp_path: Path) -> None:
    under = tmp_path / "claims/perspectrum"
    under.mkdir(parents=True)
    pool = [{"pId": n, "text": text} for n, text in enumerate("a A b c".split())]
    views = [
        {"pids": pids, "stance_label_3": side}
        for pids, side in (([0, 1], "SUPPORT"), ([2, 99], "SUPPORT"), ([3], "UNDERMINE"))
    ]
    (under / "perspective_pool_v1.0.train.json").write_text(json.dumps(pool))
    claims = json.dumps([{"perspectives": views}])
    (under / "perspectrum_with_answers_v1.0.train.json").write_text(claims)
    found = view_pairs(tmp_path, 10, random.Random(1))
    assert len(found) == 2
    assert found[0] in {("a", "A", E), ("A", "a", E)}
    assert found[1] in {("a", "b", N), ("A", "b", N)}
