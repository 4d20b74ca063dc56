"""Contents that are read again: what the graph is told, and what comes of it."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.encode.contents import N_ENDS, Contents, content_features, content_reader_of
from onrecord.encode.labels import CUE_ROLES, PARTY_ROLES, n_labels
from onrecord.encode.pieces import PLACES, QUOTES, Window, join_windows, sub_window
from onrecord.encode.sessions import Encoded
from onrecord.encode.weights import Weights, packaged_weights
from onrecord.statements.candidates import CandidateFinder, Thresholds
from tests.marked import MarkedEncoder, parse_marked, steps
from tests.statements.made import window_of

NESTED = (
    "[source Ms Chen] [cue said] [content the [source:2 mayor of Ardal] [cue:2 denied] "
    "[content:2 the council had been warned]]."
)


def test_words_of_a_content_know_where_they_stood() -> None:
    outer = window_of("She said the dam would surely hold, he said so too.")
    one = sub_window(outer, [(2, 7)], unquote=False)
    two = sub_window(outer, [(2, 4), (6, 7)], unquote=False)
    assert outer.outer_W is None
    assert one.outer_W is not None
    assert one.outer_W.tolist() == [2, 3, 4, 5, 6]
    joined = join_windows([one, two])
    assert joined.outer_W is not None
    assert joined.outer_W.tolist() == [2, 3, 4, 5, 6, 2, 3, 6]
    inner = sub_window(joined, [(5, 8)], unquote=False)
    assert inner.outer_W is not None
    assert inner.outer_W.tolist() == [2, 3, 6]


def test_windows_of_which_one_was_not_taken_out_know_nothing() -> None:
    outer = window_of("The gate was shut.")
    joined = join_windows([outer, sub_window(outer, [(0, 2)], unquote=False)])
    assert joined.outer_W is None


def test_places_are_counted_from_both_ends_of_each_content() -> None:
    outer = window_of(" ".join(["word"] * 30))
    parts = [sub_window(outer, [(0, 3)], unquote=False), sub_window(outer, [(5, 17)], unquote=True)]
    features = content_features(join_windows(parts), [3, 12])
    assert features["start"].tolist() == [0, 1, 2, *range(N_ENDS), *[N_ENDS] * 4]
    assert features["end"].tolist() == [2, 1, 0, *[N_ENDS] * 4, *reversed(range(N_ENDS))]
    assert features["content"].tolist() == [0] * 3 + [1] * 12
    assert features["place"].tolist()[3] == PLACES.index("paragraph")
    assert set(features["quote"].tolist()) == {QUOTES.index("outside")}


class Telling:
    """Gives the marked cues again, and keeps what it was asked."""

    def __init__(self, encoder: MarkedEncoder) -> None:
        self.encoder = encoder
        self.asked: list[tuple[int, list[int]]] = []

    def read(
        self, words_WD: NDArray[np.float32], window: Window, lengths: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        self.asked.append((len(words_WD), list(lengths)))
        found = self.encoder.encode(window)
        assert found.words_WD.tolist() == words_WD.tolist()
        return found.words_WD, found.cues_WL


class Once(MarkedEncoder):
    """May not be asked about a content."""

    def encode(self, window: Window) -> Encoded:
        assert window.outer_W is None
        return super().encode(window)


def finder_of(encoder: MarkedEncoder, contents: Contents | None) -> CandidateFinder:
    return CandidateFinder(
        encoder,
        cue_steps=steps(CUE_ROLES),
        role_steps=steps(PARTY_ROLES),
        thresholds=Thresholds(),
        contents=contents,
    )


def test_contents_are_read_by_their_graph_and_not_by_the_encoder() -> None:
    marked = parse_marked(NESTED)
    graph = Telling(MarkedEncoder(marked))
    window = window_of(marked.text)
    (found,) = finder_of(Once(marked), graph).find([window])
    (before,) = finder_of(MarkedEncoder(marked), None).find([window])
    assert [(c.cue, c.sources, c.contents, c.parent is None) for c in found] == [
        (c.cue, c.sources, c.contents, c.parent is None) for c in before
    ]
    assert {c.parent is None for c in found} == {True, False}
    assert graph.asked
    assert all(sum(lengths) == n_words for n_words, lengths in graph.asked)


@pytest.mark.weights
def test_weights_without_the_graph_have_no_reader_of_contents() -> None:
    weights = packaged_weights()
    files = {name: one for name, one in weights.manifest["files"].items() if "contents" not in name}
    assert content_reader_of(Weights(weights.folder, {**weights.manifest, "files": files})) is None


@pytest.mark.weights
@pytest.mark.parametrize("n_words", [1, 2, 40])
def test_the_packaged_graph_gives_vectors_and_scores_of_all_words(n_words: int) -> None:
    graph = content_reader_of(packaged_weights())
    assert graph is not None
    window = window_of(" ".join(["word"] * n_words))
    width = 768
    words = np.random.default_rng(1).normal(size=(n_words, width)).astype(np.float32)
    vectors, cues = graph.read(words, window, [n_words])
    assert vectors.shape == (n_words, width)
    assert cues.shape == (n_words, n_labels(CUE_ROLES))
    assert np.isfinite(vectors).all()
    assert np.isfinite(cues).all()
