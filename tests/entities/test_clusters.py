"""Which mentions go together, and which never do."""

import dataclasses
import time
import tracemalloc
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.types import TYPES
from onrecord.entities import forms
from onrecord.entities.apart import COUNTRY, may_be_one
from onrecord.entities.bodies import class_of_body
from onrecord.entities.clauses import OTHER_ROLE, POSSESSOR, SUBJECT, no_clauses
from onrecord.entities.clusters import candidate_pairs, cluster, later_pairs, products_of
from onrecord.entities.forms import FORMS, NAME, SHE, traits_of
from onrecord.entities.pairs import N_PLAIN, N_PRODUCTS, PLACE, Mentions
from onrecord.pipeline import Reader
from onrecord.records import make_document
from tests.entities.made_mentions import (
    WIDTH,
    chain_scorer,
    greedy_scorer,
    head_scorer,
    made_scorer,
)

NEAR, FAR = 30, 400


@pytest.fixture(autouse=True)
def _two_first_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Genders of names are not the subject: Ann is a woman's, Tom a man's, no other is known."""
    known = {"ann": "f", "tom": "m"}
    monkeypatch.setattr(forms, "gender_of", lambda name: known.get(name.lower().split(" ")[0]))


def made(words: Sequence[str]) -> Mentions:
    at = np.arange(len(words), dtype=np.int64)
    return Mentions(
        start_M=at * 10,
        end_M=at * 10 + 5,
        type_M=np.zeros_like(at),
        sentence_M=at,
        quoted_M=np.zeros_like(at),
        traits=traits_of(words),
    )


def clusters(
    words: Sequence[str],
    *,
    names: Sequence[str] = (),
    scorer: object = None,
    chains: Sequence[int] | None = None,
) -> list[int]:
    """First mention of the cluster of each, all put together where nothing forbids it.

    Args:
        words: Of each mention.
        names: Those of them that are names of persons.
        scorer: Another scorer than the one to which all are one.
        chains: For each mention, a number that makes its vectors.
    """
    vectors = np.zeros((len(words), WIDTH), dtype=np.float32)
    for n, chain in enumerate(chains or ()):
        vectors[n, chain] = 4.0
    own = scorer or greedy_scorer()
    as_names = [tuple(w.lower().split()) if w in names else () for w in words]
    return cluster(made(words), vectors, vectors, own, as_names)  # type: ignore[arg-type]


def pairs(words: Sequence[str]) -> list[tuple[int, int]]:
    own, other = candidate_pairs(traits_of(words))
    return list(zip(own.tolist(), other.tolist(), strict=True))


def test_no_mentions_have_no_pairs() -> None:
    assert pairs([]) == []
    assert pairs(["Ann"]) == []
    assert clusters([]) == []
    assert clusters(["Ann"]) == [0]


def test_near_mentions_are_all_pairs_in_order() -> None:
    found = pairs(["Ann", "she", "the mayor", "it"])
    assert found == [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)]


def test_far_mentions_are_pairs_if_their_words_meet() -> None:
    filler = ["he"] * (NEAR + 5)
    last = len(filler) + 1
    for one, other in (
        ("the mayor of Ardal", "a mayor"),
        ("Minister Ann Vale", "Vale"),
        ("Vale", "Minister Ann Vale"),
        ("North Ardal Rowing Association", "NARA"),
    ):
        assert (last, 0) in pairs([one, *filler, other])
    for one, other in (("Ann Vale", "Tom Orr"), ("she", "she"), ("she", "Ann")):
        assert (last, 0) not in pairs([one, *filler, other])


def test_the_farthest_mentions_are_no_pairs() -> None:
    for n_between, expected in ((FAR - 1, True), (FAR, False)):
        words = ["Ann Vale", *["he"] * n_between, "Vale"]
        assert ((n_between + 1, 0) in pairs(words)) is expected


WORDS = ["she", "it", "Ann Vale", "Vale", "Tom Vale", "the mayor", "NARA", "—", "people"]


@given(st.lists(st.sampled_from(WORDS), max_size=700))
def test_no_pair_comes_twice_and_all_are_sorted(words: list[str]) -> None:
    found = pairs(words)
    assert found == sorted(set(found))
    assert all(0 <= other < own < len(words) for own, other in found)
    near = {(own, other) for own, other in found if own - other <= NEAR}
    assert len(near) == sum(min(n, NEAR) for n in range(len(words)))


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=450))
def test_pairs_before_a_mention_do_not_depend_on_what_follows(words: list[str]) -> None:
    half = len(words) // 2
    numbers = {own for own, _ in pairs(words[:half])}
    whole = [pair for pair in pairs(words) if pair[0] in numbers]
    assert whole == pairs(words[:half])


def many(n: int) -> list[str]:
    """Mentions as a long text has them: some names again and again, many pronouns."""
    return [("she", f"Ann Vale{i % 50}", "the mayor", f"a word{i}")[i % 4] for i in range(n)]


def test_thousands_of_mentions_take_bounded_time_and_memory() -> None:
    words = many(5_000)
    began = time.process_time()
    tracemalloc.start()
    found = clusters(words, scorer=head_scorer())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == len(words)
    assert time.process_time() - began < 8
    assert most < 200e6


def test_thousands_of_equal_mentions_take_bounded_time_and_memory() -> None:
    began = time.process_time()
    tracemalloc.start()
    found = clusters(["Ann Vale"] * 5_000, names=["Ann Vale"])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert set(found) == {0}
    assert time.process_time() - began < 20
    assert most < 200e6


def test_pairs_grow_with_the_number_of_mentions() -> None:
    counts = [len(pairs(many(n))) for n in (2_000, 4_000, 8_000)]
    assert counts[1] < 2.3 * counts[0]
    assert counts[2] < 2.3 * counts[1]


def test_products_compare_the_later_with_the_earlier() -> None:
    rng = np.random.default_rng(0)
    own, other = rng.normal(size=(2, 3, WIDTH)).astype(np.float32)
    found = products_of(own, other, np.array([2, 1]), np.array([0, 1]))
    width = WIDTH // N_PRODUCTS
    assert found.shape == (2, N_PRODUCTS)
    by_hand = own[2, width : 2 * width] @ other[0, width : 2 * width] / width**0.5
    assert found[0, 1] == pytest.approx(by_hand, rel=1e-5)


def test_scorers_add_features_and_products_and_bend_the_sum() -> None:
    scorer = made_scorer(tables={0: {3: 2.0}, 1: {1: -9.0}}, products=0.5, bias=1.0)
    features = np.zeros((3, len(scorer.tables)), dtype=np.int64)
    features[1, 0], features[2, 1] = 3, 1
    products = np.full((3, N_PRODUCTS), 1.0, dtype=np.float32)
    assert scorer.scores(features, products).tolist() == pytest.approx([3.0, 5.0, 0.0])


def test_scoring_leaves_what_it_is_given_as_it_was() -> None:
    scorer = made_scorer(products=0.5, bias=1.0)
    features = np.zeros((2, len(scorer.tables)), dtype=np.int64)
    products = np.ones((2, N_PRODUCTS), dtype=np.float32)
    first = scorer.scores(features, products).tolist()
    assert scorer.scores(features, products).tolist() == first
    assert (products == 1).all()
    assert scorer.bias_H.tolist() == [1.0]


def test_what_is_not_above_zero_stays_alone() -> None:
    assert clusters(["Ann", "Ann", "she"], scorer=made_scorer()) == [0, 1, 2]


def test_chains_come_back_whole() -> None:
    words = ["the mayor", "a man", "she", "him", "the mayor"]
    assert clusters(words, chains=[1, 2, 1, 2, 1], scorer=chain_scorer()) == [0, 1, 0, 1, 0]


def test_a_cluster_is_named_by_its_first_mention() -> None:
    found = clusters(many(500), scorer=head_scorer())
    assert all(found[first] == first <= n for n, first in enumerate(found))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann Vale", "Bea Vale"), ("Ann Vale", "Ann Orr"), ("Vale", "Orr"), ("Ann Vale", "Orr")],
)
def test_persons_of_other_names_are_two(one: str, other: str) -> None:
    assert clusters([one, other], names=[one, other]) == [0, 1]


def test_a_short_name_joins_one_person_only() -> None:
    words = ["Ann Vale", "Bea Vale", "Vale", "Ann Vale", "Bea Vale", "Ann"]
    found = clusters(words, names=words)
    assert found[:2] == [0, 1]
    assert found[3:5] == [0, 1]
    assert found[5] == 0
    assert found[2] in {0, 1}


def test_a_description_bridges_no_two_persons() -> None:
    words = ["Ann Vale", "the mayor", "Bea Vale"]
    assert clusters(words, names=["Ann Vale", "Bea Vale"]) == [0, 0, 2]


def test_the_next_best_is_taken_when_the_best_is_another_person() -> None:
    words = ["Bea Vale", "Ann Vale", "Bea Vale"]
    assert clusters(words, names=words) == [0, 1, 0]


def test_pronouns_of_two_genders_are_two() -> None:
    assert clusters(["he", "she", "him", "her"]) == [0, 1, 0, 1]


def test_a_pronoun_joins_no_name_of_the_other_gender() -> None:
    assert clusters(["Ann Vale", "he"], names=["Ann Vale"]) == [0, 1]
    assert clusters(["Ann Vale", "she"], names=["Ann Vale"]) == [0, 0]
    assert clusters(["Mr Vale", "her"], names=["Mr Vale"]) == [0, 1]


def test_a_gender_that_a_cluster_gained_counts() -> None:
    assert clusters(["Kestrel Vale", "she", "he"], names=["Kestrel Vale"]) == [0, 0, 2]


def test_descriptions_leave_the_gender_open() -> None:
    """A spokesman of a company is no reason against "she" for what he speaks for."""
    assert clusters(["the spokesman", "she"]) == [0, 0]


def test_it_is_no_he_and_no_she() -> None:
    assert clusters(["he", "it", "its"]) == [0, 1, 1]
    assert clusters(["it", "she", "her"]) == [0, 1, 1]
    assert clusters(["the ship", "it", "she"]) == [0, 0, 2]
    assert clusters(["Tom Orr", "it"], names=["Tom Orr"]) == [0, 1]


def test_it_may_be_a_place_with_a_name() -> None:
    m, vectors = made(["Ardal", "it"]), np.zeros((2, WIDTH), dtype=np.float32)
    m.type_M[0] = PLACE
    assert cluster(m, vectors, vectors, greedy_scorer(), [("ardal",), ()]) == [0, 0]


def test_it_is_no_person_with_a_name() -> None:
    assert clusters(["Kestrel Vale", "it"], names=["Kestrel Vale"]) == [0, 1]
    assert clusters(["it", "Kestrel Vale"], names=["Kestrel Vale"]) == [0, 1]


def test_pronouns_alone_go_on_to_a_person() -> None:
    """The second "she" is likeliest the first one, and then also the next best: the name."""
    alike = {SHE * len(FORMS) + SHE: 4.0, SHE * len(FORMS) + NAME: 2.0}
    scorer = made_scorer(tables={0: alike})
    words = ["she", "Ann Vale", "she"]
    assert clusters(words, names=["Ann Vale"], scorer=scorer) == [0, 0, 0]


def test_a_person_may_be_named_after_the_pronoun() -> None:
    later = {10: 3.0, 11: 3.0}
    scorer = made_scorer(tables={6: later})
    assert clusters(["she", "Ann Vale"], scorer=scorer) == [0, 0]
    assert clusters(["Tom Orr", "she", "it", "Ann Vale", "her"], scorer=scorer)[:4] == [0, 1, 2, 1]


def test_layers_without_trees_look_back_only() -> None:
    scorer = made_scorer(tables={6: {10: 3.0, 11: 3.0}})
    old = dataclasses.replace(scorer, tables=scorer.tables[:N_PLAIN])
    assert clusters(["she", "Ann Vale"], scorer=old) == [0, 1]


def test_pronouns_look_ahead_for_persons_only() -> None:
    m = made(["she", "it", "Ann Vale", "the mayor", "they"])
    m.type_M[3] = 1
    own, other = later_pairs(m, np.arange(5))
    assert list(zip(own.tolist(), other.tolist(), strict=True)) == [(0, 2)]


def test_of_equals_the_nearest_before_is_taken() -> None:
    words = ["Tom Orr", "Tom Vale", "he", "Tom Holt"]
    assert clusters(words, names=[w for w in words if w != "he"])[2] == 1


def test_parties_of_one_verb_are_two() -> None:
    m, vectors = made(["Ann Vale", "her"]), np.zeros((2, WIDTH), dtype=np.float32)
    names: list[tuple[str, ...]] = [("ann", "vale"), ()]
    assert cluster(m, vectors, vectors, greedy_scorer(), names, apart=[4, 4]) == [0, 1]
    assert cluster(m, vectors, vectors, greedy_scorer(), names, apart=[4, -1]) == [0, 0]


def test_two_subjects_of_one_sentence_with_other_nouns_are_two_and_stay_so() -> None:
    words = ["the union", "its", "the firm", "the firm"]
    m, vectors = made(words), np.zeros((4, WIDTH), dtype=np.float32)
    names: list[tuple[str, ...]] = [(), (), (), ()]
    assert cluster(m, vectors, vectors, greedy_scorer(), names) == [0, 0, 0, 0]
    subjects = dataclasses.replace(
        no_clauses(4), role_M=np.array([SUBJECT, POSSESSOR, SUBJECT, SUBJECT])
    )
    one = dataclasses.replace(m, sentence_M=np.array([0, 0, 0, 1]), clauses=subjects)
    assert cluster(one, vectors, vectors, greedy_scorer(), names) == [0, 0, 2, 2]
    two = dataclasses.replace(one, sentence_M=np.array([0, 0, 1, 2]))
    assert cluster(two, vectors, vectors, greedy_scorer(), names) == [0, 0, 0, 0]


def test_a_body_of_a_class_has_no_other_nouns() -> None:
    m, vectors = made(["the agency", "the army", "the troops"]), np.zeros((3, WIDTH), np.float32)
    body = dataclasses.replace(m, type_M=np.ones(3, dtype=np.int64))
    army = class_of_body("army")
    found = cluster(body, vectors, vectors, greedy_scorer(), [(), (), ()], bodies=[-1, army, -1])
    assert found == [0, 1, 1]
    assert cluster(body, vectors, vectors, greedy_scorer(), [(), (), ()]) == [0, 0, 0]


def test_both_sides_are_no_one_body() -> None:
    assert clusters(["the police", "both sides", "they"]) == [0, 1, 1]
    assert clusters(["Orlin and Dassel", "both sides"]) == [0, 0]
    assert clusters(["two diplomats", "the two men"]) == [0, 0]
    assert clusters(["the leaders", "the two leaders"]) == [0, 0]
    assert clusters(["both sides", "each side", "a nurse"]) == [0, 0, 2]


def test_an_indefinite_description_is_nobody_of_before() -> None:
    m, vectors = made(["the colonel", "a nurse", "a colonel"]), np.zeros((3, WIDTH), np.float32)
    names: list[tuple[str, ...]] = [(), (), ()]
    assert cluster(m, vectors, vectors, greedy_scorer(), names) == [0, 1, 0]
    one = dataclasses.replace(m, sentence_M=np.zeros(3, dtype=np.int64))
    assert cluster(one, vectors, vectors, greedy_scorer(), names) == [0, 0, 0]


def test_whose_something_is_stands_apart_from_it() -> None:
    m, vectors = made(["my client", "my"]), np.zeros((2, WIDTH), np.float32)
    inside = dataclasses.replace(m, start_M=np.array([0, 0]), end_M=np.array([9, 2]))
    assert cluster(inside, vectors, vectors, greedy_scorer(), [(), ()]) == [0, 1]
    assert cluster(m, vectors, vectors, greedy_scorer(), [(), ()]) == [0, 0]


def test_what_says_something_is_no_thing() -> None:
    m, vectors = made(["the decision", "it"]), np.zeros((2, WIDTH), np.float32)
    thing = dataclasses.replace(m, type_M=np.array([TYPES.index("abstract"), 1]))
    says = dataclasses.replace(no_clauses(2), wills_M=np.array([False, True]))
    for own, expected in ((thing, [0, 0]), (dataclasses.replace(thing, clauses=says), [0, 1])):
        assert cluster(own, vectors, vectors, greedy_scorer(), [(), ()]) == expected
    body = dataclasses.replace(m, type_M=np.array([1, 1]), clauses=says)
    assert cluster(body, vectors, vectors, greedy_scorer(), [(), ()]) == [0, 0]


def test_who_acts_is_nothing_that_happens() -> None:
    m, vectors = made(["the murders", "the authorities"]), np.zeros((2, WIDTH), np.float32)
    event = dataclasses.replace(m, type_M=np.array([TYPES.index("event"), 1]))
    assert cluster(event, vectors, vectors, greedy_scorer(), [(), ()]) == [0, 1]
    body = dataclasses.replace(m, type_M=np.array([1, 0]))
    assert cluster(body, vectors, vectors, greedy_scorer(), [(), ()]) == [0, 0]


def test_no_camp_says_anything() -> None:
    says = dataclasses.replace(no_clauses(2), wills_M=np.array([False, True]))
    vectors = np.zeros((2, WIDTH), np.float32)
    for place, expected in (("a camp", [0, 1]), ("the country", [0, 0])):
        m = made([place, "it"])
        own = dataclasses.replace(m, type_M=np.array([PLACE, 1]), clauses=says)
        assert cluster(own, vectors, vectors, greedy_scorer(), [(), ()]) == expected


def test_they_are_no_adjective() -> None:
    m, vectors = made(["Kenyan", "they"]), np.zeros((2, WIDTH), np.float32)
    qualifies = dataclasses.replace(no_clauses(2), role_M=np.array([OTHER_ROLE, SUBJECT]))
    acts = dataclasses.replace(no_clauses(2), role_M=np.array([SUBJECT, SUBJECT]))
    for clauses, expected in ((qualifies, [0, 1]), (acts, [0, 0])):
        own = dataclasses.replace(m, clauses=clauses)
        assert cluster(own, vectors, vectors, greedy_scorer(), [(), ()]) == expected


def test_two_countries_are_two_and_may_be_it() -> None:
    m, vectors = made(["Kenya", "its", "Ghanaian"]), np.zeros((3, WIDTH), dtype=np.float32)
    names: list[tuple[str, ...]] = [(COUNTRY, "KEN"), (), (COUNTRY, "GHA")]
    assert cluster(m, vectors, vectors, greedy_scorer(), names) == [0, 0, 2]
    assert cluster(m, vectors, vectors, greedy_scorer(), [names[0], (), names[0]]) == [0, 0, 0]


def test_bodies_of_two_classes_are_two_and_stay_so() -> None:
    words = ["the Orsa Front", "it", "the army"]
    m, vectors = made(words), np.zeros((3, WIDTH), dtype=np.float32)
    names: list[tuple[str, ...]] = [(), (), ()]
    assert cluster(m, vectors, vectors, greedy_scorer(), names) == [0, 0, 0]
    apart = cluster(m, vectors, vectors, greedy_scorer(), names, bodies=[8, -1, 1])
    assert apart[0] != apart[2]
    assert cluster(m, vectors, vectors, greedy_scorer(), names, bodies=[1, -1, 1]) == [0, 0, 0]


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "The Orsa Front said it had taken the port. The Ukrainian army said it holds it.",
            "The Orsa Front",
            "The Ukrainian army",
        ),
        (
            "The Pell Union attacked the port. The Arlish interior ministry said three died.",
            "The Pell Union",
            "The Arlish interior ministry",
        ),
    ],
)
def test_opposing_sides_are_two(reader: Reader, text: str, one: str, other: str) -> None:
    reading = reader.read(make_document(text=text))
    of = {m.span.text_in(text): m.entity for m in reading.mentions or ()}
    assert of[one] != of[other]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ann vale", "ann vale", True),
        ("ann vale", "vale", True),
        ("ann", "ann vale", True),
        ("ann maria vale", "ann vale", True),
        ("vale ann", "ann vale", True),
        ("a vale", "ann vale", True),
        ("j. vale", "jane vale", True),
        ("a vale", "bea vale", False),
        ("ann vale", "bea vale", False),
        ("ann vale", "anna vale", False),
        ("vale", "orr", False),
        ("ann", "bea vale", False),
        ("ann vale", "ann orr", False),
    ],
)
def test_names_that_may_be_of_one_person(one: str, other: str, expected: bool) -> None:
    a, b = tuple(one.split()), tuple(other.split())
    assert may_be_one(a, b) is expected
    assert may_be_one(b, a) is expected


@given(st.lists(st.sampled_from(["Ann Vale", "Bea Vale", "Tom Vale", "Vale", "he", "she", "it"])))
def test_no_cluster_ever_holds_what_disagrees(words: list[str]) -> None:
    found = clusters(words, names=["Ann Vale", "Bea Vale", "Tom Vale", "Vale"])
    assert len(found) == len(words)
    for first in set(found):
        own = {w for w, f in zip(words, found, strict=True) if f == first}
        assert len(own & {"Ann Vale", "Bea Vale", "Tom Vale"}) <= 1
        assert len(own & {"he", "she", "it"}) <= 1
        assert not ("he" in own and "Ann Vale" in own)
        assert not ("she" in own and "Tom Vale" in own)
