"""Scores of words to names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from onrecord.entities.names import (
    N_NAME_LABELS,
    NAME_KINDS,
    name_label,
    plain_names,
)
from onrecord.records import Kind
from tests.entities.made_mentions import word_scores

PERSON, ORGANIZATION, PLACE = Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE


def scores(labels: str) -> NDArray[np.float32]:
    """Sure scores for labels such as `O B-person I-person`, one for each word."""
    given = labels.split()
    numbers = {
        n: name_label(Kind(own[2:]), begins=own[0] == "B")
        for n, own in enumerate(given)
        if own != "O"
    }
    return word_scores(len(given), numbers, n_labels=N_NAME_LABELS)


def names(labels: str) -> list[tuple[int, int, Kind]]:
    return [(first, after, kind) for first, after, kind, _ in plain_names(scores(labels))]


def test_labels_are_all_there_once() -> None:
    labels = [name_label(kind, begins=b) for kind in NAME_KINDS for b in (True, False)]
    assert sorted(labels) == list(range(1, N_NAME_LABELS))
    assert all(label % 2 == 1 for label in labels[::2])


def test_every_kind_of_the_record_can_be_a_name() -> None:
    assert set(NAME_KINDS) == set(Kind)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("O", []),
        ("B-person", [(0, 1, PERSON)]),
        ("O B-person I-person O", [(1, 3, PERSON)]),
        ("B-place O B-place", [(0, 1, PLACE), (2, 3, PLACE)]),
        # Two names of one kind, or of two kinds, side by side.
        ("B-person I-person B-person", [(0, 2, PERSON), (2, 3, PERSON)]),
        ("B-person B-person B-person", [(0, 1, PERSON), (1, 2, PERSON), (2, 3, PERSON)]),
        ("B-place B-organization I-organization", [(0, 1, PLACE), (1, 3, ORGANIZATION)]),
        # A name that nothing begins.
        ("I-person I-person O", [(0, 2, PERSON)]),
        ("O O I-person", [(2, 3, PERSON)]),
        ("B-place O I-place", [(0, 1, PLACE), (2, 3, PLACE)]),
        # It goes on whatever kind its words are told to be; they vote.
        ("B-person I-place I-person", [(0, 3, PERSON)]),
        ("B-place I-organization I-organization", [(0, 3, ORGANIZATION)]),
    ],
)
def test_names_of_sure_labels(labels: str, expected: list[tuple[int, int, Kind]]) -> None:
    assert names(labels) == expected


def test_no_words_have_no_names() -> None:
    assert plain_names(np.zeros((0, N_NAME_LABELS), dtype=np.float32)) == []


def test_equal_scores_make_names_of_all_words() -> None:
    """O is one label of many; where nothing is known, all others together are likelier."""
    found = plain_names(np.zeros((3, N_NAME_LABELS), dtype=np.float32))
    assert [(first, after) for first, after, _, _ in found] == [(0, 1), (1, 2), (2, 3)]


def test_kinds_add_up_against_no_name() -> None:
    """Unsure of the kind, sure that it is a name."""
    own = scores("O B-person O")
    own[1, :] = -10
    own[1, [0, name_label(PERSON, begins=True), name_label(PLACE, begins=True)]] = 1.0, 0.9, 0.8
    ((first, after, kind, probability),) = plain_names(own)
    assert (first, after, kind) == (1, 2, PERSON)
    assert 0.3 < probability < 0.4


def test_a_sure_word_outvotes_an_unsure_one() -> None:
    own = scores("B-person I-person")
    own[1, name_label(PLACE, begins=False)] = 11.0
    own[1, name_label(PERSON, begins=False)] = 10.5
    assert [kind for *_, kind, _ in plain_names(own)] == [PERSON]


def test_sure_names_are_probable() -> None:
    ((*_, probability),) = plain_names(scores("B-person I-person"))
    assert probability > 0.99


def test_large_scores_overflow_nothing() -> None:
    own = scores("O B-person I-person") * 1e4
    assert [(first, after) for first, after, _, _ in plain_names(own)] == [(1, 3)]


@given(
    arrays(
        np.float32,
        st.tuples(st.integers(0, 30), st.just(N_NAME_LABELS)),
        elements=st.floats(-30, 30, width=32),
    )
)
def test_any_scores_give_names_in_order_and_apart(own: NDArray[np.float32]) -> None:
    at = 0
    for first, after, kind, probability in plain_names(own):
        assert at <= first < after <= len(own)
        assert kind in NAME_KINDS
        assert 0 <= probability <= 1.0001
        at = after


@given(st.lists(st.sampled_from(("O", "B-person", "B-place")), min_size=1, max_size=20))
def test_words_that_begin_names_are_names_of_their_own(labels: list[str]) -> None:
    found = names(" ".join(labels))
    assert found == [(n, n + 1, Kind(own[2:])) for n, own in enumerate(labels) if own != "O"]
