"""The model of pairs: padding changes nothing, and what is exported is what was trained."""

import random
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")
pytest.importorskip("onnx", reason="training needs onnx")

from onrecord.entailment.pairs import N_KINDS, PairPieces  # noqa: E402
from training.entailment_model import PairModel, batch_tensors  # noqa: E402
from training.entailment_samples import balanced, is_kept_back  # noqa: E402
from training.export_entailment import PairGraph, fitted_sharpness  # noqa: E402

RECIPE: dict[str, Any] = {"n_layers": 1, "dropout": 0.1, "head_dropout": 0.1, "width_head": 8}
WIDTH = 384


def made_pair(n_premise: int, n_hypothesis: int, seed: int) -> PairPieces:
    rng = np.random.default_rng(seed)
    n_pieces = n_premise + n_hypothesis + 3
    hypothesis = np.zeros(n_pieces, dtype=np.float32)
    hypothesis[n_premise + 2 : -1] = 1
    return PairPieces(rng.integers(0, 50, n_pieces), rng.integers(0, N_KINDS, n_pieces), hypothesis)


@pytest.fixture(scope="module")
def model() -> PairModel:
    torch.manual_seed(1)
    made = PairModel(RECIPE).eval()
    torch.nn.init.normal_(made.kinds.weight)
    return made


@pytest.fixture(scope="module")
def table() -> Any:
    return torch.randn(50, WIDTH, generator=torch.Generator().manual_seed(2))


PAIRS = [made_pair(5, 3, 1), made_pair(9, 7, 2), made_pair(2, 1, 3)]


@torch.no_grad()
def test_padding_changes_no_score(model: PairModel, table: Any) -> None:
    together = model(*batch_tensors(PAIRS, table))
    alone = [model(*batch_tensors([pair], table)) for pair in PAIRS]
    for head, scores in enumerate(together):
        assert torch.allclose(scores, torch.cat([one[head] for one in alone]), atol=1e-4)


@torch.no_grad()
def test_the_graph_of_one_pair_gives_the_same(model: PairModel, table: Any) -> None:
    for pair in PAIRS:
        found = PairGraph(model)(
            table[torch.from_numpy(pair.ids_T)],
            torch.from_numpy(pair.kind_T),
            torch.from_numpy(pair.hypothesis_T),
        )
        for scores, batch in zip(found, model(*batch_tensors([pair], table)), strict=True):
            assert torch.allclose(scores, batch[0], atol=1e-4)


def test_scores_that_are_too_sure_are_made_less_sharp() -> None:
    logits = torch.tensor([[4.0, 0, 0]] * 10)
    labels = torch.tensor([0] * 6 + [1] * 4)
    assert fitted_sharpness(logits, labels) < 0.4
    assert fitted_sharpness(logits / 8, torch.tensor([0] * 10)) == 3.0


def test_no_label_is_much_more_frequent_than_the_rarer_of_two() -> None:
    rows = [("p", str(n), label) for label, size in enumerate((5, 50, 20)) for n in range(size)]
    found = balanced(rows, 2.0, random.Random(1))
    assert [sum(row[2] == label for row in found) for label in range(3)] == [5, 10, 10]


def test_a_few_pairs_are_kept_back() -> None:
    kept = [is_kept_back(("p", str(n), 0)) for n in range(3000)]
    assert 60 < sum(kept) < 140
