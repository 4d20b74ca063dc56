"""Names of a document, chosen from all that may be."""

import numpy as np
import pytest

from onrecord.entities import name_choice
from onrecord.entities.name_choice import LEAST_NAME, chosen, weighed, with_chosen_names
from onrecord.entities.name_features import FEATURES, Candidate, features_of, plain
from onrecord.entities.names import NAME_KINDS
from onrecord.records import Kind, Span
from tests.entities.made_mentions import Made, found_mentions


def candidate(text: str, words: str, kind: Kind, share: float, *, nth: int = 0) -> Candidate:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Candidate(start=start, end=start + len(words), shares={kind: share})


def features(text: str, *given: Candidate) -> list[dict[str, float]]:
    found = features_of(text, given, known=lambda _name: None, town=lambda _name: False)
    return [own for _, _, own in found]


def test_every_feature_has_a_weight_for_a_group_that_there_is() -> None:
    weights = name_choice._weights()
    assert set(weights) == {"person", "organization", "place"}
    plain_names = {plain(f, f.partition(":")[2] or "person") for f in FEATURES}
    assert all(set(own) <= plain_names for own in weights.values())


def test_what_shares_words_is_chosen_once() -> None:
    text = "We met Ann Vale of Ardal."
    given = [
        candidate(text, "Ann Vale of Ardal", Kind.ORGANIZATION, 0.6),
        candidate(text, "Ann Vale", Kind.PERSON, 0.9),
        candidate(text, "Ardal", Kind.PLACE, 0.7),
    ]
    found = [(0, Kind.ORGANIZATION, 0.6), (1, Kind.PERSON, 0.9), (2, Kind.PLACE, 0.7)]
    assert chosen(given, found) == [found[1], found[2]]
    assert chosen(given, [(0, Kind.ORGANIZATION, LEAST_NAME - 0.01)]) == []


def test_sure_names_and_other_kinds_keep_their_probability() -> None:
    text = "Ann Vale signed the Ardal Accord."
    given = [
        candidate(text, "Ann Vale", Kind.PERSON, 0.99),
        candidate(text, "Ardal Accord", Kind.INSTRUMENT, 0.6),
    ]
    found = weighed(text, given, known=lambda _name: None, town=lambda _name: False)
    assert found == [(0, Kind.PERSON, 0.99), (1, Kind.INSTRUMENT, 0.6)]


def test_what_stands_around_a_span() -> None:
    text = "Mr Vale's firm, in Ardal (north), met the Brill committee."
    vale, ardal, brill = features(
        text,
        candidate(text, "Vale", Kind.PERSON, 0.5),
        candidate(text, "Ardal", Kind.PLACE, 0.5),
        candidate(text, "Brill", Kind.ORGANIZATION, 0.5),
    )
    assert vale["after_title"]
    assert vale["before_possessive"]
    assert not vale["sentence_start"]
    assert ardal["after_place_word"]
    assert ardal["before_bracket"]
    assert brill["after_the"]
    assert brill["before_noun"]


def test_the_rest_of_the_document_counts() -> None:
    text = "Vale left. We saw Vale. a rose is a rose. i like Rose."
    first, second, rose = features(
        text,
        candidate(text, "Vale", Kind.PERSON, 0.4),
        candidate(text, "Vale", Kind.PERSON, 0.8, nth=1),
        candidate(text, "Rose", Kind.PERSON, 0.5),
    )
    assert first["again_mean"] == pytest.approx(0.8)
    assert second["again_mean"] == pytest.approx(0.4)
    assert first["sentence_start"]
    assert not second["sentence_start"]
    assert rose["lower_elsewhere"]
    assert not rose["is_again"]
    assert rose["lower_i"]


def test_case_of_words() -> None:
    text = "the NATO office in newport and McVale"
    capitals, lower, mixed = features(
        text,
        candidate(text, "NATO", Kind.ORGANIZATION, 0.5),
        candidate(text, "newport", Kind.PLACE, 0.5),
        candidate(text, "McVale", Kind.PERSON, 0.5),
    )
    assert capitals["all_capitals"]
    assert not capitals["all_lower"]
    assert lower["all_lower"]
    assert lower["lower_first"]
    assert mixed["mixed_case"]
    assert not mixed["some_capitals"]


def test_mentions_that_are_no_phrase_and_no_name_are_gone() -> None:
    text = "Ann Vale met the mayor in the end."
    made = [
        Made(span=Span(0, 8), kind=None, type="person", is_phrase=True),
        Made(span=Span(4, 8), kind=None, type="person", is_phrase=False),
    ]
    found = found_mentions(text, made)
    found.names_MK[:, NAME_KINDS.index(Kind.PERSON)] = [0.99, 0.1]
    named = with_chosen_names(text, found, known=lambda _n: None, town=lambda _n: False)
    assert named.kind_M.tolist() == [NAME_KINDS.index(Kind.PERSON)]
    assert named.end_M.tolist() == [8]


def test_mentions_without_names_to_choose_from_stay() -> None:
    found = found_mentions("The mayor left.", [])
    assert with_chosen_names("The mayor left.", found, known=str, town=bool) is found  # type: ignore[arg-type]


def test_thousands_of_one_name_are_weighed_in_bounded_steps() -> None:
    text = "Vale met Ardal. " * 3000
    given = [
        Candidate(start=16 * n, end=16 * n + 4, shares={Kind.PERSON: 0.7}) for n in range(3000)
    ]
    found = weighed(text, given, known=lambda _name: None, town=lambda _name: False)
    assert len(chosen(given, found)) in {0, 3000}


def test_no_candidates_no_names() -> None:
    assert weighed("", [], known=lambda _name: None, town=lambda _name: False) == []
    assert np.isclose(sum(Candidate(start=0, end=1, shares={Kind.PLACE: 0.2}).groups.values()), 0.2)
