"""Forward passes: one window at a time, so that neighbours never change a result.

Dynamic int8 ranges are taken over all that a pass sees; two windows in one pass would
depend on each other. Threads run passes side by side instead.

Shapes: W words, D width, C cues or columns, L labels.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Window
from onrecord.encode.weights import Weights
from onrecord.errors import WeightsError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Given = TypeVar("Given")
Made = TypeVar("Made")


class Encoded(NamedTuple):
    """One pass over a window.

    Attributes:
        words_WD: Vectors of words, for the role head.
        cues_WL: Scores of the labels of cues.
        parts_WC: Columns of all other heads, as the manifest of the weights names them.
    """

    words_WD: NDArray[np.float32]
    cues_WL: NDArray[np.float32]
    parts_WC: NDArray[np.float32]


class Encoder(Protocol):
    """What finders of statements need of a model; tests give a small made-up one."""

    def encode(self, window: Window) -> "Encoded":
        """What the heads make of the words of a window."""
        ...

    def score_roles(
        self,
        words_WD: NDArray[np.float32],
        cue_mean_CW: NDArray[np.float32],
        distance_CW: NDArray[np.int64],
        sentence_CW: NDArray[np.int64],
    ) -> NDArray[np.float32]:
        """Source and content label scores (C, W, L) of each cue."""
        ...


class OnnxEncoder:
    """The packaged graphs under ONNX Runtime on the CPU, each pass on one thread."""

    def __init__(self, weights: Weights) -> None:
        """Load them.

        Raises:
            WeightsError: One is missing, another one, or of an older kind.
        """
        self.weights = weights
        self._encoder = load_session(weights.read("encoder.onnx"))
        self._roles = load_session(weights.read("roles.onnx"))
        # Those of versions before 4 take several cues.
        if any(len(given.shape) > 1 for given in self._roles.get_inputs()[1:]):
            path = str(weights.folder / "roles.onnx")
            raise WeightsError(path=path, expected="version 4", found="")

    def encode(self, window: Window) -> "Encoded":
        """What the heads make of the words of a window."""
        words, cues, parts = self._encoder.run(
            ["words", "cues", "parts"],
            {
                "ids": window.ids_T,
                "case": window.case_T,
                "quote": window.quote_T,
                "place": window.place_T,
                "first": window.first_W,
            },
        )
        return Encoded(words, cues, parts)

    def score_roles(
        self,
        words_WD: NDArray[np.float32],
        cue_mean_CW: NDArray[np.float32],
        distance_CW: NDArray[np.int64],
        sentence_CW: NDArray[np.int64],
    ) -> NDArray[np.float32]:
        """Source and content label scores (C, W, L) of each cue."""
        # One cue at a time: another beside it would change the ranges of its numbers.
        found = []
        for cue, distance, sentence in zip(cue_mean_CW, distance_CW, sentence_CW, strict=True):
            inputs = {"words": words_WD, "cue_mean": cue, "distance": distance}
            found.append(self._roles.run(["labels"], {**inputs, "sentence": sentence})[0])
        return np.stack(found)


def load_session(graph: bytes) -> "InferenceSession":
    """A graph, ready to run on one thread."""
    import onnxruntime

    # Some builds report how they are used; what is read here is nobody else's business.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def load_tokenizer(weights: Weights) -> "Tokenizer":
    """The WordPiece tokenizer of these weights, cutting nothing off."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(weights.read("tokenizer.json").decode())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def run_all(work: Callable[[Given], Made], items: Iterable[Given], *, n_threads: int) -> list[Made]:
    """``list(map(work, items))`` on some threads; graphs leave the interpreter's lock."""
    items = list(items)
    if n_threads <= 1 or len(items) <= 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(n_threads, thread_name_prefix="onrecord") as pool:
        return list(pool.map(work, items))


def run_ahead(
    work: Callable[[Given], Made], items: Iterable[Given], *, n_threads: int, n_ahead: int
) -> Iterator[Made]:
    """``map(work, items)`` on some threads, of which that of the caller is one.

    The others take items ahead of need. What none of them has begun when it is wanted is done
    by the caller: so there is never one thread more than was asked for, and none waits while
    there is work.

    Args:
        work: What is done with each item.
        items: What it is done with.
        n_threads: How many, the caller's among them.
        n_ahead: Most items that are done or begun before they are wanted.
    """
    if n_threads <= 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(n_threads - 1, thread_name_prefix="onrecord") as pool:
        waiting: deque[tuple[Given, Future[Made]]] = deque()
        try:
            for item in items:
                waiting.append((item, pool.submit(work, item)))
                if len(waiting) > n_ahead:
                    yield _first(waiting, work)
            while waiting:
                yield _first(waiting, work)
        finally:
            for _, future in waiting:
                future.cancel()


def _first(waiting: deque[tuple[Given, Future[Made]]], work: Callable[[Given], Made]) -> Made:
    """The first result; until it is there, others that nobody has begun are made."""
    while not waiting[0][1].done():
        at = next((n for n, (_, future) in enumerate(waiting) if _is_taken(future)), None)
        if at is None:
            break
        made: Future[Made] = Future()
        made.set_result(work(waiting[at][0]))
        waiting[at] = (waiting[at][0], made)
    return waiting.popleft()[1].result()


def _is_taken(future: Future[Made]) -> bool:
    """Whether nobody had begun this one, and now nobody else will."""
    return not future.done() and future.cancel()
