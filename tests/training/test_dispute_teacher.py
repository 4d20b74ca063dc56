"""Pairs that the teacher of disputes learns from, and what the model of pairs learns of it."""

import datetime
import random
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs torch")
pytest.importorskip("safetensors", reason="training needs safetensors")

from training.dispute_samples import NONE, Exchange, Situation  # noqa: E402
from training.dispute_teacher import TaughtSamples, rate_at, taught_loss  # noqa: E402
from training.train_disputes import UNLABELLED  # noqa: E402

DAY = datetime.date(2031, 3, 4)


class Samples(TaughtSamples):
    """Without corpora."""

    def __init__(self, recipe: dict[str, Any]) -> None:
        self.recipe = recipe


def situation(articles: tuple[str, ...], labels: dict[tuple[int, int], int]) -> Situation:
    texts = ("Kolmar burnt.", "The fire took a mill.", "Kolmar did not burn.")
    return Situation("s", tuple((DAY, text) for text in texts), labels, articles)


@pytest.mark.parametrize(
    ("articles", "labels", "n_none", "n_disputes"),
    [
        (("a", "a", "b"), {(0, 2): 1}, 1, 3),
        (("a", "a", "b"), {}, 2, 0),
        ((), {(0, 2): 1}, 2, 1),
    ],
)
def test_disputes_of_whole_articles_are_taken_three_times(
    articles: tuple[str, ...], labels: dict[tuple[int, int], int], n_none: int, n_disputes: int
) -> None:
    one = situation(articles, labels)
    exchange = Exchange([one], ["Velmark"])
    rows = Samples({"exchanged": 0.0}).rows_of(one, exchange, random.Random(1))
    assert sum(row.label == NONE for row in rows) == n_none
    assert sum(row.label != NONE for row in rows) == n_disputes


def test_a_pair_without_a_label_of_the_head_costs_nothing() -> None:
    logits = torch.tensor([[2.0, 0.0], [0.0, 1.0]])
    said = torch.tensor([[0.5, 0.5], [0.1, 0.9]])
    both = taught_loss(logits, said, torch.tensor([0, 1]), 0.0)
    first = taught_loss(logits, said, torch.tensor([0, UNLABELLED]), 0.0)
    second = taught_loss(logits, said, torch.tensor([UNLABELLED, 1]), 0.0)
    assert float(both) == pytest.approx(float(first) + float(second))
    assert float(taught_loss(logits, said, torch.tensor([UNLABELLED] * 2), 0.0)) == 0


def test_what_the_teacher_says_counts_beside_the_label() -> None:
    logits, label = torch.tensor([[3.0, 0.0]]), torch.tensor([0])
    agrees = taught_loss(logits, torch.tensor([[0.95, 0.05]]), label, 0.0)
    doubts = taught_loss(logits, torch.tensor([[0.5, 0.5]]), label, 0.0)
    assert float(agrees) < float(doubts)


def test_the_rate_rises_stays_and_falls() -> None:
    recipe = {"warmup": 0.05, "falls_from": 0.2}
    rates = [rate_at(part, recipe) for part in (0.0, 0.025, 0.1, 0.2, 0.6, 1.0)]
    assert rates == pytest.approx([0.0, 0.5, 1.0, 1.0, 0.5, 0.01])
