"""Labels of spans, and decoding checked against trying every sequence."""

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.encode.labels import (
    CUE_ROLES,
    FORBIDDEN,
    PARTY_ROLES,
    allowed_steps,
    best_sequences,
    label,
    log_partitions,
    n_labels,
    sequence_scores,
    spans_of,
    spans_of_all,
)

_PARTS = "BIEU"
NAMES = ("O", *(f"{part}-{role}" for role in PARTY_ROLES for part in _PARTS))


def test_labels_count_up_from_o() -> None:
    assert n_labels(CUE_ROLES) == 5
    assert n_labels(PARTY_ROLES) == 9
    assert [label(0, part) for part in _PARTS] == [1, 2, 3, 4]
    assert [label(1, part) for part in _PARTS] == [5, 6, 7, 8]


@pytest.mark.parametrize("roles", [CUE_ROLES, PARTY_ROLES])
def test_steps_allow_whole_spans_and_nothing_else(roles: tuple[str, ...]) -> None:
    n = n_labels(roles)
    names = [("O", None)] + [(part, r) for r in range(len(roles)) for part in "BIEU"]
    allowed = allowed_steps(roles)
    assert allowed.shape == (n + 1, n + 1)
    for (a, (part_a, role_a)), (b, (part_b, role_b)) in itertools.product(
        enumerate(names), enumerate(names)
    ):
        is_within = part_a in "BI"  # a span goes on or ends; else one begins, or none
        goes_on = part_b in "IE" and role_b == role_a
        begins = part_b in "OBU"
        assert allowed[a, b] == (goes_on if is_within else begins), (part_a, part_b)
    for b, (part, _) in enumerate(names):
        assert allowed[n, b] == (part in "OBU"), "the start"
        assert allowed[b, n] == (part in "OEU"), "the end"
    assert not allowed[n, n]


@pytest.mark.parametrize(
    ("words", "role", "expected"),
    [
        ("O O O", 0, []),
        ("U-source O U-source", 0, [(0, 1), (2, 3)]),
        ("B-source I-source E-source", 0, [(0, 3)]),
        ("B-source E-source U-source B-source E-source", 0, [(0, 2), (2, 3), (3, 5)]),
        ("U-source B-content E-content", 0, [(0, 1)]),
        ("U-source B-content E-content", 1, [(1, 3)]),
    ],
)
def test_spans_of_a_sequence(words: str, role: int, expected: list[tuple[int, int]]) -> None:
    labels_W = np.array([NAMES.index(word) for word in words.split()])
    assert spans_of(labels_W, role) == expected


def test_spans_of_several_sequences_stay_apart() -> None:
    lines = ("U-source B-content E-content", "O O O", "B-content I-content E-content")
    labels_NW = np.array([[NAMES.index(word) for word in line.split()] for line in lines])
    assert spans_of_all(labels_NW, 0) == [[(0, 1)], [], []]
    assert spans_of_all(labels_NW, 1) == [[(1, 3)], [], [(0, 3)]]


def test_no_words_have_no_spans() -> None:
    assert spans_of(np.zeros(0, dtype=np.int64), 0) == []


# Brute force: every sequence of labels of one role over up to four words.


def cases(seed: int, n_words: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Scores of labels at words, and of steps, the forbidden ones out of reach."""
    random = np.random.default_rng(seed)
    n = n_labels(CUE_ROLES)
    emissions = random.normal(size=(1, n_words, n)).astype(np.float32)
    steps = random.normal(size=(n + 1, n + 1)).astype(np.float32)
    steps[~allowed_steps(CUE_ROLES)] = FORBIDDEN
    return emissions, steps


def every_sequence(
    emissions: NDArray[np.float32], steps: NDArray[np.float32]
) -> Iterator[tuple[tuple[int, ...], float]]:
    """All label sequences of the first item with their scores."""
    n_words, n = emissions.shape[1:]
    for labels in itertools.product(range(n), repeat=n_words):
        path = (n, *labels, n)
        score = sum(float(steps[a, b]) for a, b in itertools.pairwise(path))
        score += sum(float(emissions[0, w, a]) for w, a in enumerate(labels))
        yield labels, score


@pytest.mark.parametrize("n_words", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", range(5))
def test_the_best_sequence_is_the_best_of_all(seed: int, n_words: int) -> None:
    emissions, steps = cases(seed, n_words)
    lengths = np.array([n_words])
    best, best_score = max(every_sequence(emissions, steps), key=lambda found: found[1])
    labels = best_sequences(emissions, lengths, steps)
    assert tuple(labels[0].tolist()) == best
    assert sequence_scores(emissions, labels, lengths, steps)[0] == pytest.approx(best_score, 1e-5)


@pytest.mark.parametrize("n_words", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", range(5))
def test_the_partition_sums_over_all(seed: int, n_words: int) -> None:
    emissions, steps = cases(seed, n_words)
    total = np.log(sum(np.exp(score) for _, score in every_sequence(emissions, steps)))
    assert log_partitions(emissions, np.array([n_words]), steps)[0] == pytest.approx(total, 1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_probabilities_of_all_sequences_sum_to_one(seed: int) -> None:
    emissions, steps = cases(seed, 3)
    lengths = np.array([3])
    log_sum = log_partitions(emissions, lengths, steps)[0]
    total = 0.0
    for labels, _ in every_sequence(emissions, steps):
        score = sequence_scores(emissions, np.array([labels]), lengths, steps)[0]
        total += float(np.exp(score - log_sum))
    assert total == pytest.approx(1.0, 1e-5)


def test_padding_and_neighbours_change_nothing() -> None:
    random = np.random.default_rng(3)
    lengths = np.array([1, 5, 3, 2])
    n = n_labels(PARTY_ROLES)
    steps = random.normal(size=(n + 1, n + 1)).astype(np.float32)
    steps[~allowed_steps(PARTY_ROLES)] = FORBIDDEN
    emissions = random.normal(size=(4, 5, n)).astype(np.float32)
    labels = best_sequences(emissions, lengths, steps)
    scores = sequence_scores(emissions, labels, lengths, steps)
    sums = log_partitions(emissions, lengths, steps)
    for item, length in enumerate(lengths.tolist()):
        own = emissions[item : item + 1, :length]
        own_length = np.array([length])
        own_labels = best_sequences(own, own_length, steps)
        assert labels[item, :length].tolist() == own_labels[0].tolist()
        assert labels[item, length:].tolist() == [0] * (5 - length)
        own_scores = sequence_scores(own, own_labels, own_length, steps)
        assert scores[item] == pytest.approx(own_scores[0], 1e-6)
        assert sums[item] == pytest.approx(log_partitions(own, own_length, steps)[0], 1e-6)


def test_forbidden_steps_never_come_out() -> None:
    random = np.random.default_rng(4)
    allowed = allowed_steps(PARTY_ROLES)
    n = n_labels(PARTY_ROLES)
    steps = np.where(allowed, 0.0, FORBIDDEN).astype(np.float32)
    emissions = (20 * random.normal(size=(50, 12, n))).astype(np.float32)
    lengths = random.integers(1, 13, size=50)
    labels = best_sequences(emissions, lengths, steps)
    for own, length in zip(labels.tolist(), lengths.tolist(), strict=True):
        path = [n, *own[:length], n]
        assert all(allowed[a, b] for a, b in itertools.pairwise(path))


def plain_viterbi(emissions_WL: NDArray[np.float32], steps: NDArray[np.float32]) -> list[int]:
    """The textbook's way, for one sequence; the first of equal labels wins."""
    n = emissions_WL.shape[1]
    score = steps[n, :n] + emissions_WL[0]
    back = []
    for row in emissions_WL[1:]:
        paths = score[:, None] + steps[:n, :n]
        back.append(paths.argmax(axis=0))
        score = paths.max(axis=0) + row
    labels = [int((score + steps[:n, n]).argmax())]
    for came in reversed(back):
        labels.append(int(came[labels[-1]]))
    return labels[::-1]


@pytest.mark.parametrize("is_rounded", [False, True])
def test_sequences_of_all_lengths_are_decoded_as_each_by_itself(is_rounded: bool) -> None:
    random = np.random.default_rng(5)
    n = n_labels(PARTY_ROLES)
    steps = random.normal(size=(n + 1, n + 1)).astype(np.float32)
    steps[~allowed_steps(PARTY_ROLES)] = FORBIDDEN
    emissions = (3 * random.normal(size=(60, 20, n))).astype(np.float32)
    if is_rounded:  # many paths are equally good
        emissions, steps = np.round(emissions), np.round(steps)
    emissions[::3, 7, 1:] = FORBIDDEN
    lengths = random.integers(1, 21, size=60)
    found = best_sequences(emissions, lengths, steps)
    for own, labels, length in zip(emissions, found.tolist(), lengths.tolist(), strict=True):
        assert labels[:length] == plain_viterbi(own[:length], steps)


def test_partitions_stay_finite_where_every_path_is_forbidden() -> None:
    steps = np.full((6, 6), FORBIDDEN, dtype=np.float32)
    emissions = np.zeros((2, 3, 5), dtype=np.float32)
    assert np.isfinite(log_partitions(emissions, np.array([3, 1]), steps)).all()


def test_nothing_has_nothing() -> None:
    steps = np.zeros((6, 6), dtype=np.float32)
    for shape in ((0, 4, 5), (3, 0, 5)):
        emissions = np.zeros(shape, dtype=np.float32)
        lengths = np.zeros(shape[0], dtype=np.int64)
        labels = best_sequences(emissions, lengths, steps)
        assert labels.shape == shape[:2]
        assert log_partitions(emissions, lengths, steps).shape == shape[:1]
        assert sequence_scores(emissions, labels, lengths, steps).shape == shape[:1]
