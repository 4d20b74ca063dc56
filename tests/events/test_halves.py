"""Numbers of 16 bits are those that NumPy gives."""

import numpy as np

from onrecord.events.halves import from_halves, to_halves

_LARGEST = 65504.0


def test_each_number_of_16_bits_comes_back() -> None:
    halves = np.arange(0x7C00, dtype=np.uint16).view(np.float16)
    assert (from_halves(halves) == halves.astype(np.float32)).all()
    assert (to_halves(from_halves(halves)).view(np.uint16) == halves.view(np.uint16)).all()


def test_what_lies_between_is_rounded_as_by_numpy() -> None:
    rng = np.random.default_rng(0)
    bits = rng.integers(0, np.float32(_LARGEST).view(np.uint32), 100_000, dtype=np.uint32)
    numbers = np.concatenate([bits.view(np.float32), np.array([0, 1e-9, 6e-8, 6.1e-5], np.float32)])
    assert (to_halves(numbers) == numbers.astype(np.float16)).all()


def test_ties_go_to_even_numbers() -> None:
    assert to_halves(np.array([2049, 2051], np.float32)).tolist() == [2048, 2052]
