"""Cases worked out by hand, with the numbers that the literature has for them."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.coreference import (
    Heads,
    as_clusters,
    coreference_scores,
    count_coreference,
    count_pronouns,
    count_text,
)
from evaluation.coreference_assignment import best_assignment
from evaluation.coreference_corpora import load_gum
from evaluation.scores import add_tallies
from tests.evaluation.entity_files import write_entity_corpora


def clusters(*given: str) -> list[list[tuple[int, int]]]:
    """Each letter is a mention."""
    return [[(ord(letter), ord(letter) + 1) for letter in own] for own in given]


def scores(gold, predicted, name: str = "all"):
    found = coreference_scores(count_coreference(clusters(*gold), clusters(*predicted)))
    return {
        metric: (found[f"{name}/{metric}"].recall, found[f"{name}/{metric}"].precision)
        for metric in ("mentions", "muc", "b3", "ceaf_e")
    } | {"conll": found[f"{name}/conll"].value}


# Pradhan et al. 2014, figure 1: e is missed, h and i are spurious.
def test_the_example_of_the_reference_scorer() -> None:
    found = scores(["abc", "defg"], ["ab", "cd", "fghi"])
    assert found["mentions"] == (pytest.approx(6 / 7), pytest.approx(6 / 8))
    assert found["muc"] == (pytest.approx(2 / 5), pytest.approx(2 / 5))
    assert found["b3"] == (pytest.approx(35 / 84), pytest.approx(1 / 2))
    assert found["ceaf_e"] == (pytest.approx(1.3 / 2), pytest.approx(1.3 / 3))
    b3 = 2 * (35 / 84) * 0.5 / (35 / 84 + 0.5)
    assert found["conll"] == pytest.approx((0.4 + b3 + 2 * 1.3 / 5) / 3)


TRUTH = ["12345", "67", "89ABC"]


# Luo 2005, figure 1: (recall, precision) of MUC, B-cubed and CEAF with phi_4.
@pytest.mark.parametrize(
    ("response", "muc", "b3", "ceaf_e"),
    [
        (["12345", "6789ABC"], (1, 9 / 10), (1, 16 / 21), (11 / 18, 11 / 12)),
        (["1234589ABC", "67"], (1, 9 / 10), (1, 7 / 12), (5 / 9, 5 / 6)),
        (["123456789ABC"], (1, 9 / 11), (1, 3 / 8), (10 / 51, 10 / 17)),
        (list("123456789ABC"), (0, None), (1 / 4, 1), (4 / 9, 1 / 9)),
    ],
)
def test_the_example_of_ceaf(response, muc, b3, ceaf_e) -> None:
    found = scores(TRUTH, response)
    assert found["muc"] == pytest.approx(muc) if None not in muc else found["muc"] == muc
    assert found["b3"] == pytest.approx(b3)
    assert found["ceaf_e"] == pytest.approx(ceaf_e)


# Vilain et al. 1995: a chain that falls in two parts, and two that became one.
@pytest.mark.parametrize(
    ("gold", "predicted", "muc"),
    [
        (["abcd"], ["ab", "cd"], (2 / 3, 1)),
        (["ab", "cd"], ["abcd"], (1, 2 / 3)),
        (["abcd"], ["abcd"], (1, 1)),
        (["abcd"], ["ab", "c", "d"], (1 / 3, 1)),
    ],
)
def test_the_examples_of_muc(gold, predicted, muc) -> None:
    found = scores(gold, predicted)["muc"]
    assert found == (pytest.approx(muc[0]), pytest.approx(muc[1]))


def test_clusters_of_one_count_in_all_and_not_in_chains() -> None:
    gold, predicted = ["ab", "c", "d"], ["ab", "c", "e"]
    assert scores(gold, predicted)["b3"] == (pytest.approx(3 / 4), pytest.approx(3 / 4))
    assert scores(gold, predicted)["ceaf_e"] == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert scores(gold, predicted, "chains")["conll"] == 1


def test_a_mention_is_in_one_cluster_only() -> None:
    assert as_clusters(clusters("ab", "bc", "b")) == [frozenset(own) for own in clusters("ab", "c")]
    assert scores(["ab"], ["ab", "ab"])["b3"] == (1, 1)


def test_nothing_on_one_side_scores_nothing() -> None:
    assert scores(["ab"], [])["conll"] == 0
    assert scores([], ["ab"])["conll"] == 0
    assert "all/conll" not in coreference_scores(count_coreference([], []))


def test_texts_are_summed_before_they_are_divided() -> None:
    tallies = [
        count_coreference(clusters("abc"), clusters("abc")),
        count_coreference(clusters("ab"), clusters("a", "b")),
    ]
    found = coreference_scores(add_tallies(tallies))
    assert found["all/muc"].recall == pytest.approx(2 / 3)
    assert found["all/b3"].recall == pytest.approx(4 / 5)


LETTERS = st.lists(st.integers(0, 5), min_size=9, max_size=9)


def grouped(numbers: list[int]) -> list[list[tuple[int, int]]]:
    """Mention n is in the cluster that the number at n names; of 5 it is in none."""
    return [[(n, n + 1) for n, other in enumerate(numbers) if other == own] for own in range(5)]


@given(LETTERS, LETTERS)
def test_the_sides_mirror_each_other(one, two) -> None:
    there = coreference_scores(count_coreference(grouped(one), grouped(two)))
    back = coreference_scores(count_coreference(grouped(two), grouped(one)))
    for metric, score in there.items():
        assert score.precision == pytest.approx(back[metric].recall)
        assert score.value is None or 0 <= score.value <= 1 + 1e-9


@given(LETTERS)
def test_gold_against_itself_is_right(numbers) -> None:
    found = coreference_scores(count_coreference(grouped(numbers), grouped(numbers)))
    for name, score in found.items():
        # The mean has no links to count where all clusters have one mention.
        is_mean = name.endswith("conll")
        assert score.value is None or score.value == pytest.approx(1) or is_mean


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 7).map(lambda n: n / 7)
    )
)
def test_no_other_assignment_is_better(worths) -> None:
    pairs = best_assignment(worths)
    table = np.zeros((5, 5))
    for edge, worth in worths.items():
        table[edge] = worth
    best = max(
        sum(table[row, column] for row, column in enumerate(order))
        for order in itertools.permutations(range(5))
    )
    assert sum(worths[pair] for pair in pairs) == pytest.approx(best)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


def test_many_clusters_that_all_share_are_paired_in_moderate_time() -> None:
    worths = {(i, j): 1 / (1 + abs(i - j)) for i in range(150) for j in range(150)}
    assert best_assignment(worths) == [(n, n) for n in range(150)]


@pytest.fixture
def text(tmp_path):
    (found,) = load_gum(write_entity_corpora(tmp_path), "dev").texts
    return found


def span_of(text, words: str) -> tuple[int, int]:
    start = text.text.index(words)
    return start, start + len(words)


def test_heads_forgive_where_a_mention_ends(text) -> None:
    spans = [span_of(text, words) for words in ("Ada Vale", "She", "Dam Board", "It", "the state")]
    found = coreference_scores(count_text(text, [spans[:2], spans[2:4], spans[4:]]))
    assert found["all/muc"].value == 0
    assert found["heads/all/muc"].precision == 1
    assert found["heads/all/muc"].recall == pytest.approx(2 / 3)
    assert found["heads/chains/conll"].value > found["chains/conll"].value


def test_the_head_of_a_span_is_outside_of_nothing(text) -> None:
    heads = Heads(text)
    assert heads.of(span_of(text, "the Dam Board of Oldport")) == span_of(text, "Board")
    assert heads.of((10_000, 10_001)) == (10_000, 10_001)
    assert heads.of(span_of(text, ",")) == span_of(text, ",")


def test_pronouns_lead_to_what_is_no_pronoun(text) -> None:
    she, it = span_of(text, "She"), span_of(text, "It")
    vale, board = span_of(text, "Minister Ada Vale's"), span_of(text, "the Dam Board of Oldport")
    for predicted, right, unlinked in (
        ([[vale, she], [board, it]], 2, 0),
        ([[vale, it], [board, she]], 0, 0),
        ([[she], [vale]], 0, 2),
        ([[she, it]], 0, 0),
        ([], 0, 2),
    ):
        found = count_pronouns(text, predicted)
        assert found["pronouns/right"].right == right
        assert found["pronouns/unlinked"].right == unlinked
        assert found["pronouns/right"].of == 2
