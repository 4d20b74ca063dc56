"""Products on one thread are the products that NumPy gives."""

import numpy as np
import pytest

from onrecord.encode.products import product


@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 768, 256), (300, 129, 3)])
def test_a_product_is_that_of_numpy(shape: tuple[int, int, int]) -> None:
    n, k, m = shape
    dice = np.random.default_rng(n + k + m)
    left = dice.normal(size=(n, k)).astype(np.float32)
    right = dice.normal(size=(k, m)).astype(np.float32)
    assert product(left, right) == pytest.approx(left @ right, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize(("n", "k", "m"), [(0, 4, 2), (3, 0, 2), (3, 4, 0)])
def test_nothing_adds_up_to_zeros(n: int, k: int, m: int) -> None:
    found = product(np.ones((n, k), np.float32), np.ones((k, m), np.float32))
    assert found.shape == (n, m)
    assert not found.any()
