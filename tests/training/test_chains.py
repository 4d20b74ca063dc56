"""Sums over label sequences: all of them counted one by one, and in pairs as on a GPU."""

import itertools
import math

import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from training.chains import _in_pairs, log_sum_of_paths  # noqa: E402

N_LABELS, N_WORDS = 3, 5


def made(n_sequences: int) -> tuple[torch.Tensor, ...]:
    dice = torch.Generator().manual_seed(3)
    scores = torch.randn(n_sequences, N_WORDS, N_LABELS, generator=dice)
    steps = torch.randn(N_LABELS, N_LABELS, generator=dice)
    first, last = torch.randn(2, N_LABELS, generator=dice)
    return scores, steps, first, last


def test_as_all_sequences_one_by_one() -> None:
    scores, steps, first, last = made(1)
    total = 0.0
    for path in itertools.product(range(N_LABELS), repeat=N_WORDS):
        score = float(first[path[0]] + last[path[-1]])
        score += sum(float(scores[0, w, label]) for w, label in enumerate(path))
        score += sum(float(steps[a, b]) for a, b in itertools.pairwise(path))
        total += math.exp(score)
    found = log_sum_of_paths(scores, steps, first, last, torch.ones(1, N_WORDS, dtype=torch.bool))
    assert float(found) == pytest.approx(math.log(total), abs=1e-4)


def test_in_pairs_as_word_by_word() -> None:
    scores, steps, first, last = made(N_WORDS)
    steps[0, 1] = -1e4
    mask = torch.arange(N_WORDS)[None] <= torch.arange(N_WORDS)[:, None]
    found = _in_pairs(first + scores[:, 0], scores, steps, mask)
    expected = log_sum_of_paths(scores, steps, first, last, mask)
    assert torch.allclose(torch.logsumexp(found + last, 1), expected, atol=1e-4)


def test_one_word() -> None:
    scores, steps, first, _ = made(2)
    alpha = first + scores[:, 0]
    mask = torch.ones(2, 1, dtype=torch.bool)
    assert torch.equal(_in_pairs(alpha, scores[:, :1], steps, mask), alpha)
