import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.names import name_forms, named

WORDS = st.lists(
    st.sampled_from(
        ["Ada", "Brook", "the", "Minister", "of", "us", "’s", "(AB)", "É.", "-", "U.S."]
    ),
    max_size=5,
).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ada Brook", "ADA BROOK", id="case"),
        pytest.param("Zoë Crépin", "Zoe Crepin", id="accents"),
        pytest.param("the harbour board", "Harbour Board", id="determiner"),
        pytest.param("its own board", "own board", id="possessive determiner"),
        pytest.param("Ada Brook’s", "Ada Brook", id="possessive with a curly mark"),
        pytest.param("the rebels'", "Rebels", id="possessive plural"),
        pytest.param("Mayor Ada Brook", "Ada Brook", id="title"),
        pytest.param("Deputy Prime Minister Ada Brook", "Ada Brook", id="words before the title"),
        pytest.param("Secretary of State Ada Brook", "Ada Brook", id="title with an office"),
        pytest.param("Harbour Union (HU)", "the Harbour Union", id="brackets"),
        pytest.param("U.S. Navy", "US Navy", id="initials"),
        pytest.param("the US", "U.S.", id="a country is no pronoun"),
        pytest.param("Brook,", "Brook", id="a mark at the edge"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert named(one).is_same(named(other))
    assert named(other).is_same(named(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ada Brook", "Ben Brook", id="other first name"),
        pytest.param("Ada Brook", "Brook", id="a part is another name unless it is listed"),
        pytest.param("he", "He", id="a pronoun names nobody"),
        pytest.param("them", "them", id="nor does this one"),
        pytest.param("a friend of Mayor Ada Brook", "Ada Brook", id="somebody else's title"),
        pytest.param("Prime Minister", "Minister", id="a title is no name after a title"),
        pytest.param("mayor of Kelton", "Kelton", id="an office is no place"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_not_the_same(one: str, other: str) -> None:
    assert not named(one).is_same(named(other))


def test_any_of_the_other_names_will_do() -> None:
    gold = named("Ada Brook", ["the mayor", "Mrs Brook"])
    assert gold.is_same(named("She", ["she", "The mayor"]))
    assert not gold.is_same(named("She", ["she", "her"]))
    assert not gold.is_same(None)


@given(WORDS, WORDS)
def test_it_is_the_same_seen_from_either_side(one, other) -> None:
    assert named(one).is_same(named(other)) == named(other).is_same(named(one))


@given(WORDS)
def test_forms_are_folded_and_never_empty(name) -> None:
    for form in name_forms(name):
        assert form == form.casefold() != ""
        assert "." not in form or "É." in name
