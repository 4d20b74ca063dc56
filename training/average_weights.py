"""The weights between two trainings of which one went on from the other.

    python -m training.average_weights FIRST SECOND OUT/weights.pt --second 0.75

What the second learned for its own tasks mostly stays, and what it forgot of the first comes
back (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor


def between(first: Tensor, second: Tensor, share: float) -> Tensor:
    """The mean; rows that only the second has, of parts that were added, as they are there."""
    if first.shape == second.shape:
        return torch.lerp(first, second, share)
    return torch.cat([torch.lerp(first, second[: len(first)], share), second[len(first) :]])


def main() -> None:
    """Write the mean; what only the second has, weights or else, is taken as it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--second", dest="share", type=float, required=True)
    args = parser.parse_args()
    first = torch.load(args.first, weights_only=False)["weights"]
    kept = torch.load(args.second, weights_only=False)
    mean = {
        name: between(first[name], value, args.share)
        if name in first and value.is_floating_point()
        else value
        for name, value in kept["weights"].items()
    }
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(kept | {"weights": mean}, args.out)


if __name__ == "__main__":
    main()
