"""Make one network of several that differ in who acts and suffers alone: the mean of their scores.

    python -m training.join_parties WEIGHTS_FOLDER OUT1 OUT2 OUT3

OUT1 and the others are folders in which `training.train_events --only-parties` wrote its files,
with a seed each. Their layers stand beside each other in one file, which is put into the folder of
the weights; it has the form of a file of one network.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.events.learned import EVENTS_FILE
from training.export_extra import add_file

Arrays = dict[str, NDArray[np.float32]]


def joined(networks: Sequence[Arrays]) -> Arrays:
    """One network whose scores of parties are the mean of those of several."""
    n, first = len(networks), networks[0]
    width = len(first["types"])

    def of(name: str) -> list[NDArray[np.float32]]:
        return [one[name] for one in networks]

    def mean(name: str) -> NDArray[np.float32]:
        return np.mean(of(name), axis=0, dtype=np.float32)

    own = {name: first[name][..., :width] for name in ("layer", "layer_bias")}
    return {
        **first,
        **{
            name: np.concatenate([own[name], *(one[..., width:] for one in of(name))], axis=-1)
            for name in own
        },
        **{name: _beside(of(name)) for name in ("pair_own", "pair_other")},
        # Numbers of both are added up: the first half to one score, the others to the other.
        "both_own": _halves_beside(of("both_own")) / n,
        "both_other": _halves_beside(of("both_other")),
        **{
            name: np.concatenate(of(name), axis=-1)
            for name in ("pair_bias", "pair_signs", "joint_in", "joint_in_bias")
        },
        **{name: np.concatenate(of(name)) / n for name in ("pair_out", "joint_out")},
        **{name: mean(name) for name in ("pair_out_bias", "pair_direct", "joint_out_bias")},
    }


def _beside(layers: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Layers along the diagonal of one, so that each sees its own numbers alone."""
    shape = sum(one.shape[0] for one in layers), sum(one.shape[1] for one in layers)
    out = np.zeros(shape, dtype=np.float32)
    row = column = 0
    for one in layers:
        out[row : row + one.shape[0], column : column + one.shape[1]] = one
        row, column = row + one.shape[0], column + one.shape[1]
    return out


def _halves_beside(layers: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    half = layers[0].shape[1] // 2
    return np.concatenate(
        [_beside([one[:, :half] for one in layers]), _beside([one[:, half:] for one in layers])],
        axis=1,
    )


def main() -> None:
    """Read, join, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("networks", type=Path, nargs="+")
    args = parser.parse_args()
    networks = []
    for folder in args.networks:
        with np.load(folder / EVENTS_FILE) as file:
            networks.append({name: file[name].astype(np.float32) for name in file.files})
    halves = {name: one.astype(np.float16) for name, one in joined(networks).items()}
    np.savez_compressed(args.weights / EVENTS_FILE, **halves)  # type: ignore[arg-type]
    settings = json.loads((args.networks[0] / "events.json").read_text())
    add_file(args.weights, EVENTS_FILE, settings)


if __name__ == "__main__":
    main()
