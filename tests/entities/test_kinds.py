"""Finer kinds by the head word, and the shape of their table."""

import tomllib
from collections import Counter
from importlib import resources

import pytest

from onrecord.encode.types import TYPES
from onrecord.entities.forms import BARE, DEFINITE, INDEFINITE, NAME
from onrecord.entities.kinds import kind_of_word, refined
from onrecord.records import Kind

TABLE = tomllib.loads(
    resources.files("onrecord.entities").joinpath("kinds.toml").read_text(encoding="utf-8")
)
WORDS = [(kind, w) for kind, own in TABLE.items() for key in own for w in own[key].split()]


def test_the_table_says_where_it_comes_from() -> None:
    text = resources.files("onrecord.entities").joinpath("kinds.toml").read_text(encoding="utf-8")
    assert text.startswith("#")


def test_sections_are_kinds_and_hold_lists_of_words() -> None:
    assert {Kind(name) for name in TABLE} == {
        Kind.WEAPON,
        Kind.INSTRUMENT,
        Kind.FACILITY,
        Kind.EVENT,
        Kind.ORGANIZATION,
    }
    for own in TABLE.values():
        assert own.keys() <= {"words", "named"}
        assert all(isinstance(words, str) and words.split() for words in own.values())


@pytest.mark.parametrize("kind", TABLE)
def test_words_are_in_lower_case_and_single(kind: str) -> None:
    for section, word in WORDS:
        if section == kind:
            assert word == word.lower()
            assert word.isalpha()


def test_no_word_stands_in_two_places() -> None:
    counts = Counter(word for _, word in WORDS)
    assert [word for word, n in counts.items() if n > 1] == []


@pytest.mark.parametrize(("section", "word"), WORDS)
def test_every_word_is_found(section: str, word: str) -> None:
    assert kind_of_word(word, is_named=True) is Kind(section)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("missiles", Kind.WEAPON),
        ("torpedoes", Kind.WEAPON),
        ("bridges", Kind.FACILITY),
        ("churches", Kind.FACILITY),
        ("laws", Kind.INSTRUMENT),
        ("treaties", Kind.INSTRUMENT),
        ("factories", Kind.FACILITY),
        ("embassies", Kind.FACILITY),
    ],
)
def test_plurals_are_found(word: str, kind: Kind) -> None:
    assert kind_of_word(word, is_named=False) is kind


@pytest.mark.parametrize("word", ["", "s", "es", "ies", "mayor", "vale", "missile-like", "ß" * 99])
def test_other_words_tell_nothing(word: str) -> None:
    assert kind_of_word(word, is_named=True) is None


def test_some_words_hold_for_names_alone() -> None:
    assert kind_of_word("war", is_named=True) is Kind.EVENT
    assert kind_of_word("war", is_named=False) is None


@pytest.mark.parametrize(
    ("kind", "head", "expected"),
    [
        (Kind.OTHER, "missile", Kind.WEAPON),
        (Kind.OTHER, "treaty", Kind.INSTRUMENT),
        (Kind.PLACE, "bridge", Kind.FACILITY),
        (Kind.OTHER, "war", Kind.EVENT),
        (Kind.INSTRUMENT, "war", Kind.EVENT),
        # Surnames, newspapers and companies keep what the encoder says.
        (Kind.PERSON, "bridge", Kind.PERSON),
        (Kind.ORGANIZATION, "rocket", Kind.ORGANIZATION),
        (Kind.PERSON, "war", Kind.PERSON),
        (Kind.PLACE, "treaty", Kind.PLACE),
        (Kind.OTHER, "mayor", Kind.OTHER),
    ],
)
def test_names_change_their_kind_only_where_it_is_open(
    kind: Kind, head: str, expected: Kind
) -> None:
    assert refined(kind, head, "object", NAME) is expected


@pytest.mark.parametrize(
    ("head", "mention_type", "form", "expected"),
    [
        ("missile", "object", DEFINITE, Kind.WEAPON),
        ("missiles", "object", BARE, Kind.WEAPON),
        ("missile", "person", DEFINITE, None),
        ("treaty", "abstract", DEFINITE, Kind.INSTRUMENT),
        ("treaty", "event", INDEFINITE, Kind.INSTRUMENT),
        ("bridge", "place", DEFINITE, Kind.FACILITY),
        ("bridge", "object", DEFINITE, Kind.FACILITY),
        ("bridge", "organization", DEFINITE, None),
        ("war", "event", DEFINITE, None),
        ("mayor", "person", DEFINITE, None),
        # A name that the encoder does not take for one.
        ("missile", "object", NAME, None),
    ],
)
def test_descriptions_have_a_kind_if_their_type_allows(
    head: str, mention_type: str, form: int, expected: Kind | None
) -> None:
    assert refined(None, head, mention_type, form) is expected


@pytest.mark.parametrize("mention_type", TYPES)
@pytest.mark.parametrize("form", [NAME, DEFINITE])
def test_every_type_is_taken(mention_type: str, form: int) -> None:
    for _, word in WORDS:
        assert refined(None, word, mention_type, form) in {None, kind_of_word(word, is_named=True)}
