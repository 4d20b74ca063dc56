"""Likeness of documents, groups of them, halves, and the decision on two stories or one."""

import numpy as np
import pytest

from onrecord.stories.features import FEATURES, features_of, fitted_weights, probability
from onrecord.stories.groups import SHARES, Group, halves, nearness
from onrecord.stories.parts import part_features, probability_of_two
from onrecord.stories.traits import Bag, Traits, traits_of
from onrecord.stories.words import rarity
from tests.stories.made import (
    FAIR,
    OTHER_QUAKE,
    QUAKE,
    QUAKE_AGAIN,
    invented,
    invented_words,
    reading,
)


def static(terms):
    return {term: rarity(term, n_with=0, n_documents=0) for term in terms}


def traits(text: str, **values) -> Traits:
    return traits_of(reading(text, **values), static)


def some(seed: str, n: int) -> list[Traits]:
    words = invented_words(seed, 50)
    return [traits_of(invented(words, f"{seed}{number}"), static) for number in range(n)]


def test_likeness_is_one_with_itself_where_all_bags_are_there() -> None:
    own = traits(QUAKE, title="Quake", names=["Lena Dorn"], places=[("Ostrava Bay", 1)])
    assert Group([own]).likenesses(own)[0] == pytest.approx(sum(SHARES.values()), abs=1e-3)


def test_likeness_is_the_same_from_both_sides() -> None:
    one, other = traits(QUAKE), traits(QUAKE_AGAIN)
    there, back = Group([one]).likenesses(other), Group([other]).likenesses(one)
    assert there[0] == pytest.approx(back[0])
    assert there[0] > Group([one]).likenesses(traits(FAIR))[0]


def test_sums_give_what_pairs_give() -> None:
    members = some("a", 5)
    by_pairs = sum(
        Group([one]).likenesses(other)[0]
        for number, one in enumerate(members)
        for other in members[:number]
    )
    assert Group(members).pair_sum == pytest.approx(by_pairs)


def test_nothing_is_like_nothing() -> None:
    empty = traits("…")
    group = Group([traits(QUAKE)])
    assert group.likenesses(empty)[0] == 0
    assert Group([empty]).likenesses(empty)[0] == 0
    assert nearness(Group([]), group) == 0
    assert Group([]).pair_sum == 0


def test_halves_of_two_stories_are_the_stories() -> None:
    one, other = some("a", 5), some("b", 4)
    mixed = [own for pair in zip(one, other, strict=False) for own in pair] + one[4:]
    first, second = halves(Group(mixed)) or ([], [])
    assert (first, second) == ([0, 2, 4, 6, 8], [1, 3, 5, 7])


def test_what_is_too_small_has_no_halves() -> None:
    assert halves(Group(some("a", 3))) is None
    assert halves(Group([])) is None


def test_one_that_stands_apart_is_no_half() -> None:
    group = Group([*some("a", 6), *some("b", 1)])
    found = halves(group)
    assert found is None or min(map(len, found)) >= 2


def test_two_stories_are_two_and_one_is_one() -> None:
    one, other = some("a", 8), some("b", 8)
    assert probability_of_two(Group(one), Group(other)) > 0.9
    assert probability_of_two(Group(one[:4]), Group(one[4:])) < 0.2


def test_features_of_parts_do_not_depend_on_their_order() -> None:
    one, other = Group(some("a", 4)), Group(some("b", 3))
    assert part_features(one, other) == pytest.approx(part_features(other, one))


def test_other_names_and_places_speak_against() -> None:
    story = Group([traits(QUAKE, names=["Lena Dorn"], places=[("Ostrava Bay", 1)])])
    same = features_of(traits(QUAKE_AGAIN, names=["Lena Dorn"], places=[("Ostrava Bay", 1)]), story)
    other = features_of(traits(OTHER_QUAKE, names=["Ivo Hask"], places=[("Velm", 2)]), story)
    assert (same["other_names"], same["other_places"]) == (0, 0)
    assert (other["other_names"], other["other_places"]) == (1, 1)
    assert probability(same) > 0.3
    assert probability(other) < 0.1


def test_time_between_publications_speaks_against() -> None:
    story = Group([traits(QUAKE, published="2022-08-02")])
    chances = [
        probability(features_of(traits(QUAKE_AGAIN, published=day), story))
        for day in ("2022-08-02", "2022-08-20", "2023-08-02")
    ]
    assert chances[0] > chances[1] > chances[2]


def test_an_undated_document_cannot_name_a_year_to_come() -> None:
    story = Group([traits(QUAKE, published="2012-08-02")])
    late = traits(QUAKE_AGAIN + " It was the worst since 2019.", published=None)
    assert features_of(late, story)["from_future"] == 1
    assert features_of(traits(QUAKE_AGAIN, published=None), story)["from_future"] == 0


def test_without_vectors_their_fit_is_unknown() -> None:
    one = traits_of(reading(QUAKE), static, np.array([127, 0], dtype=np.int8))
    features = features_of(traits(QUAKE), Group([one]))
    assert (features["vector_fit"], features["no_vector"]) == (0, 1)
    with_vector = features_of(one, Group([one]))
    assert with_vector["no_vector"] == 0
    assert with_vector["vector_fit"] > 0


def test_weights_are_there_for_all_features() -> None:
    assert set(fitted_weights()) == {*FEATURES, "bias"}


def test_bags_have_length_one() -> None:
    own = traits(QUAKE, title="Quake", names=["Lena Dorn"], places=[("Ostrava Bay", 1)])
    for bag in (Bag.WORDS, Bag.HEAD, Bag.NAMES, Bag.PLACES):
        weights = own.weights_T[own.ids_T % 8 == bag]
        assert np.linalg.norm(weights) == pytest.approx(1, abs=1e-3)
    assert (np.diff(own.ids_T.astype(np.int64)) > 0).all()
