"""Several networks of events beside each other in the file of one."""

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("onnx", reason="training needs onnx")

from onrecord.events.around import N_AROUND
from training.join_events import Arrays, joined

_IN, _OWN, _SIDES, _HIDDEN, _BOTH = 6, 3, 4, 5, 2
_SHAPES = {
    "layer": (_IN, _OWN + _SIDES),
    "layer_bias": (_OWN + _SIDES,),
    "types": (_OWN, 17),
    "types_bias": (17,),
    "types_lexicon": (17, 17),
    "near": (N_AROUND * _OWN, 17),
    "modes": (_OWN, 2),
    "modes_bias": (2,),
    "factuality": (_OWN, 4),
    "factuality_bias": (4,),
    "factuality_rule": (4, 4),
    "asserter_own": (_OWN, _HIDDEN),
    "asserter_bias": (_HIDDEN,),
    "asserter_cue": (_OWN, _HIDDEN),
    "asserter_signs": (7, _HIDDEN),
    "asserter_out": (_HIDDEN, 3),
    "asserter_out_bias": (3,),
    "pair_own": (_SIDES, _HIDDEN),
    "pair_other": (_SIDES, _HIDDEN),
    "pair_bias": (_HIDDEN,),
    "pair_signs": (7, _HIDDEN),
    "pair_out": (_HIDDEN, 2),
    "pair_out_bias": (2,),
    "pair_direct": (7, 2),
    "both_own": (_SIDES, 2 * _BOTH),
    "both_other": (_SIDES, 2 * _BOTH),
    "joint_in": (4, 3),
    "joint_in_bias": (3,),
    "joint_out": (3, 2),
    "joint_out_bias": (2,),
}


def network(seed: int) -> Arrays:
    dice = np.random.default_rng(seed)
    return {name: dice.normal(size=shape).astype(np.float32) for name, shape in _SHAPES.items()}


def states(of: Arrays, words_NX: NDArray[np.float32]) -> tuple[NDArray[np.float32], ...]:
    rows = np.maximum(words_NX @ of["layer"] + of["layer_bias"], 0)
    return rows[:, : len(of["types"])], rows[:, len(of["types"]) :]


def told(of: Arrays, words_NX: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Scores of types, modes, factuality and asserters."""
    own, _ = states(of, words_NX)
    hidden = own @ of["asserter_own"] + of["asserter_bias"]
    hidden = hidden + own[::-1] @ of["asserter_cue"] + of["asserter_signs"][[1, 3]].sum(0)
    around = np.stack([np.roll(own, place, axis=0) for place in range(N_AROUND)], axis=1)
    near = around.reshape(len(own), -1) @ of["near"]
    return [
        own @ of["types"] + of["types_bias"] + of["types_lexicon"][2] + near,
        own @ of["modes"] + of["modes_bias"],
        own @ of["factuality"] + of["factuality_bias"] + of["factuality_rule"][1],
        np.maximum(hidden, 0) @ of["asserter_out"] + of["asserter_out_bias"],
    ]


def pairs(of: Arrays, words_NX: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores of parties, each word beside its neighbour."""
    _, sides = states(of, words_NX)
    hidden = sides @ of["pair_own"] + sides[::-1] @ of["pair_other"] + of["pair_bias"]
    hidden = np.maximum(hidden + of["pair_signs"][[0, 5]].sum(0), 0)
    both = (sides @ of["both_own"]) * (sides[::-1] @ of["both_other"])
    direct = both.reshape(len(sides), 2, -1).sum(2) + of["pair_direct"][[0, 5]].sum(0)
    return hidden @ of["pair_out"] + of["pair_out_bias"] + direct


WORDS = np.random.default_rng(9).normal(size=(5, _IN)).astype(np.float32)


def test_scores_are_the_mean_of_those_of_all() -> None:
    networks = [network(seed) for seed in (1, 2, 3)]
    both = joined(networks)
    assert both["layer"].shape == (_IN, 3 * (_OWN + _SIDES))
    for place, found in enumerate(told(both, WORDS)):
        mean = np.mean([told(one, WORDS)[place] for one in networks], axis=0)
        np.testing.assert_allclose(found, mean, rtol=1e-4, atol=1e-5)
    mean = np.mean([pairs(one, WORDS) for one in networks], axis=0)
    np.testing.assert_allclose(pairs(both, WORDS), mean, rtol=1e-4, atol=1e-4)


def test_networks_that_differ_in_parties_alone_share_the_rest() -> None:
    first, second = network(1), network(2)
    second = {
        n: a if n.startswith(("pair", "both", "joint")) else first[n] for n, a in second.items()
    }
    both = joined([first, second])
    assert both["layer"].shape == (_IN, _OWN + 2 * _SIDES)
    for found, own in zip(told(both, WORDS), told(first, WORDS), strict=True):
        np.testing.assert_array_equal(found, own)
    mean = np.mean([pairs(one, WORDS) for one in (first, second)], axis=0)
    np.testing.assert_allclose(pairs(both, WORDS), mean, rtol=1e-4, atol=1e-4)
