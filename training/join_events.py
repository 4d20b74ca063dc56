"""Make one network of several with other seeds: its scores are the mean of theirs.

    python -m training.join_events WEIGHTS_FOLDER OUT1 OUT2 OUT3

OUT1 and the others are folders in which `training.train_events` wrote its files, with a seed each.
Their layers stand beside each other in one file, which is put into the folder of the weights; it
has the form of a file of one network. Where they differ in who acts and suffers alone, as
`--only-parties` makes them, all else is that of the first.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.events.around import N_AROUND
from onrecord.events.learned import EVENTS_FILE
from training.export_extra import add_file

Arrays = dict[str, NDArray[np.float32]]


# Layers over the numbers of a word, over hidden numbers, and what is added to scores.
_OF_WORDS: Final = ("types", "modes", "factuality")
_HIDDEN: Final = ("asserter_bias", "asserter_signs")
_ADDED: Final = (
    *("types_bias", "types_lexicon", "modes_bias", "factuality_bias", "factuality_rule"),
    "asserter_out_bias",
)


def joined(networks: Sequence[Arrays]) -> Arrays:
    """One network whose scores are the mean of those of several.

    Args:
        networks: Layers by name, of one form. If all find the same events, what is not of
            parties is taken from the first.
    """
    n, first = len(networks), networks[0]
    width = len(first["types"])
    alike = all(np.array_equal(one["types"], first["types"]) for one in networks)
    tell = networks[:1] if alike else networks

    def of(name: str) -> list[NDArray[np.float32]]:
        return [one[name] for one in networks]

    def mean(name: str) -> NDArray[np.float32]:
        return np.mean(of(name), axis=0, dtype=np.float32)

    return {
        **first,
        **{
            name: np.concatenate(
                [
                    *(one[name][..., :width] for one in tell),
                    *(one[..., width:] for one in of(name)),
                ],
                axis=-1,
            )
            for name in ("layer", "layer_bias")
        },
        **(_telling(tell) if len(tell) > 1 else {}),
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


def _telling(networks: Sequence[Arrays]) -> Arrays:
    """The layers that tell of events, but not of parties."""
    n = len(networks)

    def of(name: str) -> list[NDArray[np.float32]]:
        return [one[name] for one in networks]

    return {
        **{name: np.concatenate(of(name)) / n for name in (*_OF_WORDS, "asserter_out")},
        **({"near": _places_beside(of("near")) / n} if "near" in networks[0] else {}),
        **{name: np.mean(of(name), axis=0, dtype=np.float32) for name in _ADDED},
        **{name: _beside(of(name)) for name in ("asserter_own", "asserter_cue")},
        **{name: np.concatenate(of(name), axis=-1) for name in _HIDDEN},
    }


def _places_beside(layers: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Layers over the numbers of words in places, those of all networks in each place."""
    n_types = layers[0].shape[1]
    places = [one.reshape(N_AROUND, -1, n_types) for one in layers]
    return np.concatenate(places, axis=1).reshape(-1, n_types)


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
