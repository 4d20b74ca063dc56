"""The heads of entities out of the weights in the package."""

import io

import numpy as np

from onrecord.encode.weights import Weights
from onrecord.entities.clusters import PairScorer
from onrecord.entities.pairs import N_PLAIN, N_PRODUCTS, SIZES
from onrecord.entities.spans import MentionFinder
from onrecord.errors import WeightsError

PAIRS_FILE = "pairs.npz"


def mention_finder_of(weights: Weights) -> MentionFinder:
    """Finds mentions in what these weights say of a window."""
    manifest = weights.manifest
    steps = manifest.get("name_steps")
    return MentionFinder(
        {str(name): int(size) for name, size in manifest["parts"].items()},
        np.array(manifest["widths"], dtype=np.float32),
        span_bias=float(manifest["span_bias"]),
        name_steps=None if steps is None else np.array(steps, dtype=np.float32),
        threshold=float(manifest.get("mention_threshold", 0.5)),
    )


def pair_scorer_of(weights: Weights) -> PairScorer:
    """Compares mentions as these weights do.

    Raises:
        WeightsError: The file of the layer is missing or another one, or its arrays have
            other shapes than the features ask for.
    """
    with np.load(io.BytesIO(weights.read(PAIRS_FILE))) as file:
        arrays = {name: file[name] for name in file.files}
    shapes = {name: array.shape for name, array in arrays.items()}
    n_tables = sum(name.startswith("table_") for name in shapes)
    width = int(np.prod(shapes.get("bias", ())))
    expected: dict[str, tuple[int, ...]]
    expected = {f"table_{n}": (size, width) for n, size in enumerate(SIZES[:n_tables])}
    expected |= {"products": (N_PRODUCTS, width), "bias": (width,), "out": (width,)}
    if n_tables not in {N_PLAIN, len(SIZES)} or shapes != expected | {"out_bias": (1,)}:
        path = str(weights.folder / PAIRS_FILE)
        raise WeightsError(path=path, expected="other shapes", found="")
    return PairScorer(
        tables=tuple(arrays[f"table_{n}"].astype(np.float32) for n in range(n_tables)),
        products_KH=arrays["products"],
        bias_H=arrays["bias"],
        out_H=arrays["out"],
        out_bias=float(arrays["out_bias"][0]) + float(weights.manifest.get("pair_bias", 0.0)),
    )
