"""What the words of a mention tell by themselves."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.entities import forms
from onrecord.entities.forms import (
    BARE,
    DEFINITE,
    FEMALE,
    FORMS,
    HE,
    INDEFINITE,
    IT,
    MALE,
    ME,
    NAME,
    OTHER,
    PLURAL,
    POSSESSED,
    SHE,
    SINGULAR,
    THEY,
    THIS,
    UNKNOWN,
    WE,
    WHO,
    YOU,
    Traits,
    head_at,
    traits_of,
)
from onrecord.segment.persons import gender_of


@pytest.fixture(autouse=True)
def _two_first_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Genders of names are not the subject: Ann is a woman's, Tom a man's, no other is known."""
    known = {"ann": "f", "tom": "m"}
    monkeypatch.setattr(forms, "gender_of", lambda name: known.get(name.lower().split(" ")[0]))


def form_of(words: str) -> int:
    return int(traits_of([words]).form_M[0])


def head_of(words: str) -> str:
    return str(traits_of([words]).heads_M[0])


def gender(words: str) -> int:
    return int(traits_of([words]).gender_M[0])


def number(words: str) -> int:
    return int(traits_of([words]).number_M[0])


def equal(column: str, one: str, other: str) -> bool:
    values = getattr(traits_of([one, other]), column)
    return bool(values[0] == values[1] and values[0] >= 0)


def test_forms_are_numbered_in_their_order() -> None:
    assert FORMS[NAME] == "name"
    assert FORMS[BARE] == "bare"
    assert (FORMS[HE], FORMS[WHO], FORMS[OTHER]) == ("he", "who", "other")
    assert len(FORMS) == OTHER + 1


@pytest.mark.parametrize(
    ("words", "form"),
    [
        *[(w, HE) for w in ("he", "Him", "HIS", "himself")],
        *[(w, SHE) for w in ("She", "her", "hers", "herself")],
        *[(w, IT) for w in ("it", "Its", "itself")],
        *[(w, THEY) for w in ("they", "them", "Their", "theirs", "themselves")],
        *[(w, ME) for w in ("I", "me", "My", "mine", "myself")],
        *[(w, WE) for w in ("We", "us", "our", "ours", "ourselves")],
        *[(w, YOU) for w in ("you", "Your", "yourselves")],
        *[(w, THIS) for w in ("this", "That", "these", "those")],
        *[(w, WHO) for w in ("who", "whom", "Whose", "which", "what")],
        *[(w, OTHER) for w in ("one", "there", "everyone", "Nobody", "both")],
    ],
)
def test_pronouns_have_forms_of_their_own_and_no_head(words: str, form: int) -> None:
    traits = traits_of([words])
    assert traits.form_M[0] == form
    assert traits.head_M[0] == -1
    assert traits.words_M[0] == 0
    assert traits.initials_M[0] == -1
    assert traits.heads_M[0] == ""


def test_marks_around_a_pronoun_change_nothing() -> None:
    assert form_of("“She,") == SHE
    assert form_of(" it ") == IT


def test_us_in_capitals_may_be_either() -> None:
    assert form_of("US officials") == BARE
    assert form_of("the US") == NAME


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("Ann Vale", NAME),
        ("Ms Vale", NAME),
        ("Minister Ann Vale", NAME),
        ("the Ardal Herald", NAME),
        ("The Hague", NAME),
        ("the Bank of Ardal", NAME),
        ("Bank of Ardal", NAME),
        ("the mayor", DEFINITE),
        ("The mayor of Ardal", DEFINITE),
        ("this council", DEFINITE),
        ("both sides", DEFINITE),
        ("his brother", POSSESSED),
        ("Vale's brother", POSSESSED),
        ("Vale’s elder brother", POSSESSED),
        ("the mayor's office", DEFINITE),
        ("a soldier", INDEFINITE),
        ("An officer who left", INDEFINITE),
        ("several villages", INDEFINITE),
        ("no one", INDEFINITE),
        ("officials", BARE),
        ("two soldiers", BARE),
        ("senior defence officials", BARE),
    ],
)
def test_forms_of_phrases(words: str, form: int) -> None:
    assert form_of(words) == form


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("the mayor of Ardal", "mayor"),
        ("the head of the council of elders", "head"),
        ("a man who left the town", "man"),
        ("the bridge over the river", "bridge"),
        ("Ann Vale, the mayor of Ardal", "vale"),
        ("the minister, Ann Vale", "minister"),
        ("Ann Vale, 54, a former judge,", "vale"),
        ("Ann Vale and Tom Orr", "vale"),
        ("the defence ministry", "ministry"),
        ("Vale's", "vale"),
        ("Vale’s", "vale"),
        ("the villagers’", "villagers"),
        ("Vale's brother", "brother"),
        ("the attorney-general", "attorney-general"),
        (", the mayor", "mayor"),
        ("AT&T", "at&t"),
        ("J. K. Vale", "vale"),
    ],
)
def test_heads(words: str, head: str) -> None:
    assert head_of(words) == head


@pytest.mark.parametrize(
    ("words", "head"), [("10,000 people", "people"), ("the 1,500 troops of Ardal", "troops")]
)
def test_a_comma_inside_of_a_number_ends_no_head(words: str, head: str) -> None:
    assert head_of(words) == head
    assert number(words) == PLURAL


def test_head_at_stands_before_what_follows_it() -> None:
    assert head_at(["mayor", "of", "ardal"]) == 0
    assert head_at(["of", "all"]) == 1
    assert head_at(["mayor"]) == 0
    assert head_at([]) == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("he", MALE),
        ("her", FEMALE),
        ("it", UNKNOWN),
        ("Mr Vale", MALE),
        ("Mrs. Vale", FEMALE),
        ("Sir Tom Orr", MALE),
        ("the chairman", MALE),
        ("a woman of forty", FEMALE),
        ("the spokeswoman", FEMALE),
        ("Tom Orr", MALE),
        ("Ann", FEMALE),
        ("Ann Vale, the king", FEMALE),
        ("the mayor", UNKNOWN),
        ("Kestrel Vale", UNKNOWN),
        ("the wife of the king", FEMALE),
    ],
)
def test_genders(words: str, expected: int) -> None:
    assert gender(words) == expected


def test_first_names_of_the_table_tell_the_gender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "gender_of", gender_of)
    assert gender("Sergei Arden") == MALE
    assert gender("Senator Mary Vale") == FEMALE
    assert gender("Mary Vale, the king of Ardal") == FEMALE
    assert gender("Kestrel Vale") == UNKNOWN


def test_first_names_are_asked_for_names_alone() -> None:
    assert gender("tom cats") == UNKNOWN


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("he", SINGULAR),
        ("I", SINGULAR),
        ("they", PLURAL),
        ("we", PLURAL),
        ("you", UNKNOWN),
        ("the soldiers", PLURAL),
        ("the soldier", SINGULAR),
        ("people of the town", PLURAL),
        ("the police", PLURAL),
        ("the boss", SINGULAR),
        ("the campus", SINGULAR),
        ("the crisis", SINGULAR),
        ("Ann Vale", UNKNOWN),
    ],
)
def test_numbers(words: str, expected: int) -> None:
    assert number(words) == expected


def test_two_persons_are_not_told_to_be_one() -> None:
    assert number("Ann Vale and Tom Orr") != SINGULAR


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the mayor", "a mayor", True),
        ("The Mayor", "the mayor", True),
        ("the Ardal Herald", "Ardal Herald", True),
        ("Vale", "Vale's", True),
        ("Vale", "Vale’s", True),
        ("his brother", "her brother", True),
        ("Ann Vale", "Vale", False),
        ("the mayor of Ardal", "the mayor", False),
        ("the  mayor", "the mayor", True),
        ("the mayor,", "the mayor", True),
    ],
)
def test_whole_words_without_determiner(one: str, other: str, same: bool) -> None:
    assert equal("whole_M", one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("North Ardal Rowing Association", "NARA", True),
        ("the North Ardal Rowing Association", "NARA", True),
        ("United Harbours", "U.H.", True),
        ("the League of Harbour Towns", "LHT", True),
        ("north ardal rowing association", "NARA", False),
        ("Ann Vale", "Ardal Valley", False),
        ("Ann", "A", False),
        ("SHOUTING", "SHOUTING", False),
    ],
)
def test_initials(one: str, other: str, same: bool) -> None:
    """A word of initials goes with a name; two names of several words do not by them."""
    traits = traits_of([one, other])
    short = traits.acronym_M[1]
    assert bool(short >= 0 and short == traits.initials_M[0]) is same


def bits(words: str, others: str) -> tuple[int, int]:
    traits = traits_of([words, others])
    return int(traits.words_M[0]), int(traits.words_M[1])


def test_words_of_a_short_name_are_among_those_of_the_long_one() -> None:
    short, long = bits("Vale", "Minister Ann Vale")
    assert short & ~long == 0
    assert long & ~short != 0


def test_small_words_do_not_count() -> None:
    one, other = bits("the Bank of Ardal", "Ardal Bank")
    assert one == other != 0


def test_other_words_are_not_shared() -> None:
    one, other = bits("Ann Vale", "Tom Orr")
    assert one & other == 0


def test_no_mentions_have_no_traits() -> None:
    traits = traits_of([])
    assert all(len(getattr(traits, name)) == 0 for name in Traits.__slots__)


@pytest.mark.parametrize("words", ["", " ", "\n", "—", "…", "''", "'s", "’s", ",", ", ,", "$", "_"])
def test_words_without_letters_are_taken(words: str) -> None:
    traits = traits_of([words, "Ann Vale"])
    assert traits.form_M[0] == BARE or words in {"'s", "’s"}
    assert traits.whole_M[0] != traits.whole_M[1]
    assert not traits.gender_M[0]


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("Žofie Černá", "černá"),
        ("Øyvind Åse", "åse"),
        ("İpek Işık", "işık"),
        ("Олена Дуб", "дуб"),
        ("山田", "山田"),
        ("محمد", "محمد"),
        ("ﬁnders", "ﬁnders"),
        ("Ann\u00a0Vale", "vale"),
        ("Ann\u200bVale", "vale"),
        ("𝒜nn", "𝒜nn"),
        ("Vale\ud800", "vale"),
        ("O’Dell", "o’dell"),
    ],
)
def test_letters_of_any_script(words: str, head: str) -> None:
    assert head_of(words) == head


@pytest.mark.parametrize(
    "words",
    [
        "a" * 10_000,
        "Ann " * 2_500,
        "," * 10_000,
        " " * 10_000,
        "a, " * 3_000,
        "a-" * 5_000,
        "'s" * 5_000,
        "the " + "very " * 2_000 + "end",
    ],
)
def test_very_long_mentions_cost_little(words: str) -> None:
    began = time.perf_counter()
    traits = traits_of([words] * 20)
    assert time.perf_counter() - began < 1
    assert len(set(traits.whole_M.tolist())) == 1


def test_many_mentions_cost_linear_time() -> None:
    began = time.perf_counter()
    traits = traits_of([f"Minister Ann Vale{n}" for n in range(5_000)])
    assert time.perf_counter() - began < 2
    assert len(set(traits.whole_M.tolist())) == 5_000


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_words_have_traits_in_range(words: list[str]) -> None:
    traits = traits_of(words)
    for name, most in (("form_M", len(FORMS)), ("gender_M", 3), ("number_M", 3)):
        column = getattr(traits, name)
        assert len(column) == len(words)
        assert ((column >= 0) & (column < most)).all()
    for name in ("whole_M", "head_M", "initials_M", "acronym_M"):
        assert (getattr(traits, name) >= -1).all()
    assert traits.words_M.dtype == np.uint64


@given(st.text(max_size=40))
def test_equal_words_have_equal_traits(words: str) -> None:
    traits = traits_of(["Ann Vale", words, words])
    assert all(getattr(traits, name)[1] == getattr(traits, name)[2] for name in Traits.__slots__)
