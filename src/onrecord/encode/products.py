"""Products of matrices on one thread.

NumPy's own run on all cores that there are, and wait for each other by spinning: reading with
vectors took twice the processor time, and two readers side by side got in each other's way
(`benchmarks/performance.py`). ONNX Runtime, which is there anyway, keeps to one.
"""

import base64
import functools
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.sessions import load_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# A graph with one node, y = MatMul(x, w), of ONNX's operator set 13; made with `onnx.helper`.
_GRAPH: Final = (
    "CAgSCG9ucmVjb3JkOmEKEQoBeAoBdxIBeSIGTWF0TXVsEgdwcm9kdWN0WhUKAXgSEAoOCAESCgoDEgFuCgMSAWta"
    "FQoBdxIQCg4IARIKCgMSAWsKAxIBbWIVCgF5EhAKDggBEgoKAxIBbgoDEgFtQgQKABAN"
)


def product(left_NK: NDArray[np.float32], right_KM: NDArray[np.float32]) -> NDArray[np.float32]:
    """The product (N, M) of two matrices of 32 bits; zeros if there is nothing to add up.

    >>> product(np.ones((2, 3), np.float32), np.ones((3, 1), np.float32)).tolist()
    [[3.0], [3.0]]
    """
    if not left_NK.size or not right_KM.size:
        return np.zeros((left_NK.shape[0], right_KM.shape[1]), dtype=np.float32)
    (found,) = _session().run(["y"], {"x": left_NK, "w": right_KM})
    return np.asarray(found)


@functools.cache
def _session() -> "InferenceSession":
    return load_session(base64.b64decode(_GRAPH))
