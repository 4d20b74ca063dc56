"""The heads of trees out of the weights in the package."""

import numpy as np

from onrecord.encode.weights import Weights
from onrecord.syntax.trees import TreeFinder


def tree_finder_of(weights: Weights) -> TreeFinder | None:
    """Finds trees in what these weights say of a window; None if they were not trained to."""
    manifest = weights.manifest
    distances = manifest.get("arc_distances")
    if distances is None:
        return None
    columns, at = {}, 0
    for name, size in manifest["parts"].items():
        columns[str(name)] = slice(at, at + int(size))
        at += int(size)
    return TreeFinder(columns, np.array(distances, dtype=np.float32))
