"""Forward passes: the same for any number of threads and any neighbours.

A tiny model cannot be made without the library that writes graphs, which is no
dependency; what needs a graph uses the packaged one.
"""

import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encode.distances import sentence_buckets, word_buckets
from onrecord.encode.labels import CUE_ROLES, PARTY_ROLES, n_labels
from onrecord.encode.pieces import Window, cut_pieces, make_windows
from onrecord.encode.sessions import OnnxEncoder, load_tokenizer, run_ahead, run_all
from onrecord.encode.weights import Weights, packaged_weights
from onrecord.errors import WeightsError
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences


@pytest.mark.parametrize("n_threads", [1, 2, 5])
@pytest.mark.parametrize("n_items", [0, 1, 2, 17])
def test_results_come_in_the_order_of_the_items(n_items: int, n_threads: int) -> None:
    def slow_square(n: int) -> int:
        time.sleep(0.001 * (n % 3))
        return n * n

    found = run_all(slow_square, iter(range(n_items)), n_threads=n_threads)
    assert found == [n * n for n in range(n_items)]


def test_one_thread_is_the_caller() -> None:
    names = run_all(lambda _: threading.current_thread().name, range(3), n_threads=1)
    assert set(names) == {threading.current_thread().name}


def test_several_threads_are_several() -> None:
    barrier = threading.Barrier(2, timeout=20)
    assert run_all(lambda _: barrier.wait() >= 0, range(2), n_threads=2) == [True, True]


@pytest.mark.parametrize("n_threads", [1, 2])
def test_an_error_in_the_work_is_raised(n_threads: int) -> None:
    with pytest.raises(ZeroDivisionError):
        run_all(lambda n: 1 // n, [2, 1, 0], n_threads=n_threads)


TEXT = """Ms Chen said the dam would hold. “We checked it twice,” she told the Ardal Herald.

The mayor denied that the council had been warned. According to a report, it had.

The bridge was closed at noon, and the road an hour later.
"""


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder(packaged_weights())


def windows_of(text: str, *, max_pieces: int) -> list[Window]:
    tokenizer = load_tokenizer(packaged_weights())
    pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), tokenizer)
    return list(make_windows(pieces, max_pieces=max_pieces))


@pytest.mark.weights
def test_shapes_of_what_comes_out(encoder: OnnxEncoder) -> None:
    (window,) = windows_of(TEXT, max_pieces=200)
    words, cues, parts = encoder.encode(window)
    n = len(window.starts_W)
    assert words.shape[0] == n
    assert cues.shape == (n, n_labels(CUE_ROLES))
    assert parts.shape == (n, sum(packaged_weights().manifest["parts"].values()))
    cue_mean = np.zeros((3, n), dtype=np.float32)
    cue_mean[:, 2] = 1
    distance = np.stack([word_buckets(2, 3, n)] * 3)
    sentence = np.stack([sentence_buckets(window.sentence_W, 2)] * 3)
    labels = encoder.score_roles(words, cue_mean, distance, sentence)
    assert labels.shape == (3, n, n_labels(PARTY_ROLES))
    assert np.isfinite(labels).all()
    assert (labels[0] == labels[2]).all()


@pytest.mark.weights
def test_threads_and_neighbours_change_no_bit(encoder: OnnxEncoder) -> None:
    windows = windows_of(TEXT, max_pieces=30)
    assert len(windows) > 2
    alone = [encoder.encode(window) for window in windows]
    for given_windows in (windows, windows[::-1], windows * 3):
        for n_threads in (1, 2):
            found = run_all(encoder.encode, given_windows, n_threads=n_threads)
            for window, own in zip(given_windows, found, strict=True):
                number = next(n for n, w in enumerate(windows) if w is window)
                assert all((a == b).all() for a, b in zip(own, alone[number], strict=True))


@pytest.mark.weights
def test_the_other_cues_of_a_call_change_nothing(encoder: OnnxEncoder) -> None:
    (window,) = windows_of(TEXT, max_pieces=200)
    words = encoder.encode(window).words_WD
    n = len(window.starts_W)
    cue_mean = np.eye(n, dtype=np.float32)[:4]
    distance = np.stack([word_buckets(c, c + 1, n) for c in range(4)])
    sentence = np.stack([sentence_buckets(window.sentence_W, c) for c in range(4)])
    together = encoder.score_roles(words, cue_mean, distance, sentence)
    alone = encoder.score_roles(words, cue_mean[2:3], distance[2:3], sentence[2:3])
    assert (together[2] == alone[0]).all()


def test_graphs_of_older_weights_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    class Graph:
        def get_inputs(self) -> list[SimpleNamespace]:
            return [SimpleNamespace(shape=["words", 768]), SimpleNamespace(shape=["cues", "words"])]

    monkeypatch.setattr("onrecord.encode.sessions.load_session", lambda _graph: Graph())
    monkeypatch.setattr(Weights, "read", lambda _weights, _name: b"")
    with pytest.raises(WeightsError, match=r"roles\.onnx .*version 4"):
        OnnxEncoder(Weights(Path("older"), {"files": {}}))


@pytest.mark.weights
def test_the_tokenizer_cuts_nothing_off_and_adds_nothing() -> None:
    tokenizer = load_tokenizer(packaged_weights())
    encoding = tokenizer.encode("dam " * 2000, add_special_tokens=False)
    assert len(encoding.ids) == 2000


@pytest.mark.weights
@settings(max_examples=60)
@given(
    st.text(
        st.one_of(st.sampled_from("aé́İ ßﬁ大👩‍👩‍👦\u200b\u00ad\n“”'."), st.characters()), max_size=80
    )
)
def test_words_of_any_text_stand_inside_it(text: str) -> None:
    for window in windows_of(text, max_pieces=50):
        assert (window.starts_W < window.ends_W).all()
        assert (window.ends_W[:-1] <= window.starts_W[1:]).all()
        assert window.starts_W[0] >= 0
        assert window.ends_W[-1] <= len(text)


@pytest.mark.parametrize("n_threads", [1, 3])
def test_work_ahead_comes_in_order_and_stays_near(n_threads: int) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(20):
            taken.append(n)
            yield n

    made = run_ahead(lambda n: n * n, items(), n_threads=n_threads, n_ahead=4)
    assert next(made) == 0
    assert len(taken) <= 5
    assert list(made) == [n * n for n in range(1, 20)]


def test_the_caller_does_what_nobody_has_begun() -> None:
    own = threading.get_ident()
    held, done_by = threading.Event(), {}

    def work(n: int) -> int:
        done_by[n] = threading.get_ident()
        if done_by[n] != own:
            held.wait(timeout=5)
        elif n == 5:
            held.set()
        return n

    # The one other thread is held at its first item until the caller has done all the rest.
    made = run_ahead(work, range(6), n_threads=2, n_ahead=5)
    assert list(made) == list(range(6))
    assert list(done_by.values()).count(own) >= 5


def test_no_thread_more_than_was_asked_for_works_at_once() -> None:
    busy, most, lock = 0, 0, threading.Lock()

    def work(n: int) -> int:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.002)
        with lock:
            busy -= 1
        return n

    assert list(run_ahead(work, range(30), n_threads=3, n_ahead=10)) == list(range(30))
    assert most <= 3


def test_work_ahead_that_nobody_wants_is_not_done() -> None:
    begun = threading.Event()
    done: list[int] = []

    def work(n: int) -> int:
        done.append(n)
        if n:
            begun.wait(timeout=5)
        return n

    made = run_ahead(work, range(20), n_threads=2, n_ahead=3)
    next(made)
    begun.set()
    assert isinstance(made, Generator)
    made.close()
    assert len(done) <= 4


@pytest.mark.parametrize("n_threads", [1, 2])
def test_an_error_in_work_ahead_is_raised(n_threads: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(run_ahead(lambda n: 1 // n, [2, 1, 0, 1], n_threads=n_threads, n_ahead=2))
