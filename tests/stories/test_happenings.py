"""Mentions of events that are one happening, and their traits."""

import numpy as np
import pytest

from onrecord.records import EventType
from onrecord.stories.event_traits import event_traits, head_of, lemma_of
from onrecord.stories.happening_rows import packed, unpacked
from onrecord.stories.happenings import (
    FEATURES,
    fitted_weights,
    join,
    pair_features,
    place,
    probabilities,
)
from tests.stories.made import QUAKE, QUAKE_AGAIN, reading, span_of


def mentions(text: str, *words: str, **values):
    own = reading(text, **values)
    return event_traits(own, [span_of(text, word) for word in words], None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shot", "shoot"),
        ("took part", "parts"),
        ("resigned", "resigning"),
        ("killed", "was killed"),
    ],
)
def test_forms_of_an_event_have_one_head(one: str, other: str) -> None:
    assert head_of(one) == head_of(other)


def test_lemmas_of_irregular_verbs() -> None:
    assert lemma_of("Fell") == lemma_of("falls")


def test_what_stands_around_is_that_of_the_sentence() -> None:
    (first, last) = mentions(
        QUAKE, "earthquake", "pulled", names=["Lena Dorn"], places=[("Ostrava Bay", 7)]
    )
    assert list(first.places) == [7]
    assert list(last.places) == []
    assert len(last.arguments_A) == 2
    assert first.head not in first.words_W


def test_same_words_of_one_story_are_one_happening() -> None:
    own = mentions(QUAKE, "earthquake", "pulled", names=["Lena Dorn"])
    other = mentions(QUAKE_AGAIN, "earthquake", "pulled", names=["Lena Dorn"])
    chances = probabilities(pair_features(own, other, [1, 1], [2, 2]))
    assert (chances.diagonal() > 0.4).all()
    assert chances[0, 1] < 0.3
    assert chances[1, 0] < 0.3


def test_features_have_their_shape_also_of_nothing() -> None:
    own = mentions(QUAKE, "earthquake")
    assert pair_features(own, [], [1], []).shape == (1, 0, len(FEATURES))
    assert set(fitted_weights()) == {*FEATURES, "bias"}


def test_join_by_the_mean_of_pairs() -> None:
    chances = np.array([[1, 0.9, 0.1], [0.9, 1, 0.6], [0.1, 0.6, 1]])
    assert join(chances, least=0.4) == [0, 0, 2]
    assert join(chances, least=0.3) == [0, 0, 0]
    assert join(np.zeros((0, 0))) == []


def test_place_by_the_mean_of_a_happening() -> None:
    chances = np.array([[0.9, 0.1, 0.45], [0.2, 0.2, 0.1]])
    assert place(chances, ["a", "a", "b"], least=0.4) == ["a", None]
    assert place(np.zeros((2, 0)), []) == [None, None]


def test_traits_there_and_back() -> None:
    (own,) = mentions(QUAKE, "earthquake", names=["Lena Dorn"], places=[("Ostrava Bay", 7)])
    back = unpacked(packed(own))
    assert (back.head, back.type) == (own.head, own.type)
    for name in ("near_W", "words_W", "arguments_A", "places", "days", "vector_D", "context_D"):
        assert np.array_equal(getattr(back, name), getattr(own, name)), name


def test_the_type_of_a_found_event_is_kept() -> None:
    own = reading(QUAKE, events=[("pulled", EventType.AID)])
    found, unknown = event_traits(own, [span_of(QUAKE, "pulled"), span_of(QUAKE, "shook")], None)
    assert found.type
    assert not unknown.type
