import pytest

from evaluation.coreference_corpora import GapItem
from evaluation.coreference_gap import answers, count_item, gap_scores, is_mention_of
from evaluation.scores import add_tallies


def item(text: str, pronoun: str, a: str, b: str, meant: str = "") -> GapItem:
    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return GapItem(
        id="x",
        text=text,
        pronoun=span(pronoun),
        a=span(a),
        b=span(b),
        is_a=meant == "a",
        is_b=meant == "b",
        is_feminine=pronoun == "she",
    )


TEXT = "the former Governor Ada Vale, an ally of Jo Holt, and Tom Rill's aide said she left"


@pytest.mark.parametrize(
    ("mention", "name", "is_it"),
    [
        ("Ada Vale", "Ada Vale", True),
        ("Vale", "Ada Vale", True),
        ("Governor Ada Vale", "Ada Vale", True),
        ("the former Governor Ada Vale", "Ada Vale", True),
        ("Governor Ada", "Ada Vale", True),
        ("the former Governor Ada Vale, an ally of Jo Holt", "Ada Vale", True),
        ("the former Governor Ada Vale, an ally of Jo Holt", "Jo Holt", False),
        ("an ally of Jo Holt", "Jo Holt", False),
        ("Tom Rill's aide", "Tom Rill", False),
        ("Tom Rill's", "Tom Rill", True),
        ("Jo Holt, and", "Tom Rill", False),
    ],
)
def test_a_mention_is_a_name_that_is_its_head(mention, name, is_it) -> None:
    def span(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    assert is_mention_of(span(mention), span(name), TEXT) is is_it


def test_two_names_together_are_neither() -> None:
    text = "Ada Vale and Jo Holt left"
    assert not is_mention_of((0, 20), (0, 8), text)
    assert not is_mention_of((0, 20), (13, 20), text)


def test_clusters_answer_for_the_pronoun() -> None:
    own = item("Ada Vale saw Jo Holt as she left", "she", "Ada Vale", "Jo Holt", "a")
    she, ada, jo = own.pronoun, own.a, own.b
    assert answers(own, [[ada, she], [jo]]) == (True, False)
    assert answers(own, [[jo, she]]) == (False, True)
    assert answers(own, [[ada, jo, she]]) == (True, True)
    assert answers(own, [[she], [ada, jo]]) == (False, False)
    assert answers(own, []) == (False, False)
    # A mention that only overlaps the pronoun is not it.
    assert answers(own, [[ada, (she[0], she[1] + 5)]]) == (False, False)


def test_scores_by_hand() -> None:
    she = item("Ada Vale saw Jo Holt as she left", "she", "Ada Vale", "Jo Holt", "a")
    he = item("Ben Ode saw Tom Rill as he left", "he", "Ben Ode", "Tom Rill", "b")
    neither = item("Ben Ode saw Tom Rill as he left", "he", "Ben Ode", "Tom Rill")
    tallies = [
        count_item(she, (True, True)),
        count_item(he, (False, True)),
        count_item(he, (False, False)),
        count_item(neither, (True, False)),
    ]
    found = gap_scores(add_tallies(tallies))
    assert (found["gap/overall"].precision, found["gap/overall"].recall) == (2 / 4, 2 / 3)
    assert (found["gap/feminine"].precision, found["gap/feminine"].recall) == (1 / 2, 1)
    assert (found["gap/masculine"].precision, found["gap/masculine"].recall) == (1 / 2, 1 / 2)
    assert found["gap/bias"].value == pytest.approx((2 / 3) / (1 / 2))


def test_there_is_no_bias_without_both_genders() -> None:
    she = item("Ada Vale saw Jo Holt as she left", "she", "Ada Vale", "Jo Holt", "a")
    assert "gap/bias" not in gap_scores(count_item(she, (True, False)))
