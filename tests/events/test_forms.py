"""Forms of verbs and nouns, and the way back to lemmas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.events.forms import (
    gerunds,
    lemmas_of,
    noun_forms,
    participles,
    pasts,
    third_person,
    verb_forms,
)
from onrecord.events.lexicon import load_lexicon
from onrecord.events.tables import NOUNS, VERBS, read_rows

DOUBLING = "cancel commit overrun begin forbid transfer quit rebut eavesdrop annul fulfil".split()


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("attack", "attack attacks attacked attacking"),
        ("seize", "seize seizes seized seizing"),
        ("deny", "deny denies denied denying"),
        ("deploy", "deploy deploys deployed deploying"),
        ("clash", "clash clashes clashed clashing"),
        ("veto", "veto vetoes vetoed vetoing"),
        ("agree", "agree agrees agreed agreeing"),
        ("tie", "tie ties tied tying"),
        ("ban", "ban bans banned banning"),
        ("raid", "raid raids raided raiding"),
        ("visit", "visit visits visited visiting"),
        ("panic", "panic panics panicked panicking"),
        ("shoot", "shoot shoots shot shooting"),
        ("strike", "strike strikes struck stricken striking"),
        ("withhold", "withhold withholds withheld withholding"),
        ("retake", "retake retakes retook retaken retaking"),
        ("be", "am are be is was were been being"),
    ],
)
def test_forms_of_verbs(lemma: str, forms: str) -> None:
    assert verb_forms(lemma) == set(forms.split())


@pytest.mark.parametrize(
    "form",
    "cancelled canceled committed overrunning beginning forbidding transferred quitting rebutted "
    "eavesdropping annulled fulfilled".split(),
)
def test_verbs_that_double_their_last_letter_though_they_are_long(form: str) -> None:
    assert any(form in verb_forms(lemma) for lemma in DOUBLING)


def test_pasts_and_participles_are_apart() -> None:
    assert (pasts("overthrow"), participles("overthrow")) == (("overthrew",), ("overthrown",))
    assert pasts("shell") == participles("shell") == ("shelled",)


def test_a_short_rest_behind_a_prefix_is_no_verb() -> None:
    assert pasts("resign") == ("resigned",)
    assert pasts("redo") != ("redid",), "two letters are too few to tell"


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("protest", {"protest", "protests"}),
        ("clash", {"clash", "clashes"}),
        ("treaty", {"treaty", "treaties"}),
        ("crisis", {"crisis", "crises"}),
        ("air strike", {"air strike", "air strikes"}),
        ("man", {"man", "men"}),
    ],
)
def test_forms_of_nouns(lemma: str, forms: set[str]) -> None:
    assert noun_forms(lemma) == forms


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("cities", "city"),
        ("seized", "seize"),
        ("banned", "ban"),
        ("denied", "deny"),
        ("struck", "strike"),
        ("men", "man"),
        ("clashes", "clash"),
        ("troops", "troop"),
        ("shelling", "shell"),
        ("dying", "die"),
        ("withdrew", "withdraw"),
        ("retaken", "retake"),
        ("crisis", "crisis"),
    ],
)
def test_lemmas_of_forms(word: str, lemma: str) -> None:
    assert lemma in lemmas_of(word)


def test_a_word_is_its_own_first_lemma() -> None:
    assert lemmas_of("press") == ("press",), "no plural of 'pres'"
    assert lemmas_of("ed") == ("ed",)
    assert lemmas_of("")[0] == ""


@given(st.text(max_size=12))
def test_any_word_has_lemmas_each_once(word: str) -> None:
    found = lemmas_of(word)
    assert found[0] == word
    assert len(found) == len(set(found))


@given(st.from_regex(r"[a-z]{1,10}", fullmatch=True))
def test_any_letters_have_forms(lemma: str) -> None:
    assert lemma in verb_forms(lemma)
    assert third_person(lemma) in verb_forms(lemma)
    assert all(form.endswith("ing") for form in gerunds(lemma))
    assert noun_forms(lemma)


def test_every_verb_of_the_tables_is_found_by_its_forms() -> None:
    verbs = load_lexicon().verbs
    for table in VERBS:
        for row in read_rows(table):
            lemma, _, particle = row["lemma"].strip().partition(" ")
            for form in verb_forms(lemma):
                assert any((t.lemma, t.particle) == (lemma, particle) for t in verbs[form])
                assert lemma in lemmas_of(form), form


def test_every_noun_of_the_tables_is_found_by_its_last_word() -> None:
    nouns = load_lexicon().nouns
    for table in NOUNS:
        for row in read_rows(table):
            words = tuple(row["lemma"].strip().replace("-", " - ").split())
            assert words in {form for form, _ in nouns[words[-1]]}
