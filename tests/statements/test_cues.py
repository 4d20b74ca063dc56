"""What cues do: a table of cases, and every form of every word in the package's table."""

import itertools
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from onrecord.records import Act, Polarity
from onrecord.statements.cues import cue_table, noun_forms, read_cue, verb_forms, words_of

CASES = [
    tuple("" if part == "-" else part for part in line.split(" | "))
    for line in (Path(__file__).parent / "cue_cases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
GIVEN = tomllib.loads(
    (resources.files("onrecord.statements") / "cue_words.toml").read_text(encoding="utf-8")
)
_NO_ACTS = {"reproach", "common", "deeds", "feelings"}
CLASSES = {name: words for name, words in GIVEN.items() if name not in _NO_ACTS}


@pytest.mark.parametrize(("cue", "content", "act", "polarity"), CASES)
def test_act_and_polarity(cue: str, content: str, act: str, polarity: str) -> None:
    found = read_cue(cue, content)
    assert (found.act, found.polarity) == (Act(act), Polarity(polarity))


@pytest.mark.parametrize("cue", ["DENIED", "Denied", "has—at last—denied", "denied,", "“denied”"])
def test_letters_and_marks_do_not_matter(cue: str) -> None:
    assert read_cue(cue).act is Act.DENY


def test_every_act_has_words() -> None:
    assert set(CLASSES) == {act.value for act in Act}


VERBS = list(
    itertools.chain.from_iterable(
        [(name, verb) for verb in words["verbs"].split()] for name, words in CLASSES.items()
    )
)


@pytest.mark.parametrize(("name", "verb"), sorted(set(VERBS)))
def test_every_form_of_every_verb_is_known(name: str, verb: str) -> None:
    table = cue_table()
    for form in verb_forms(verb):
        # A form that two verbs share goes to the one that stands first.
        owners = [n for n, v in VERBS if form in verb_forms(v)]
        assert table.verbs[form] is Act(owners[0])
        assert words_of(form) == [form]
    assert name in {n for n, v in VERBS if v == verb}


@pytest.mark.parametrize("name", list(CLASSES))
def test_every_noun_and_phrase_is_known(name: str) -> None:
    table = cue_table()
    for noun in CLASSES[name]["nouns"].split():
        assert {form for form in noun_forms(noun) if form not in table.nouns} == set()
    for phrase in CLASSES[name]["phrases"]:
        assert read_cue(phrase).act is Act(name)
        assert " ".join(words_of(phrase)) == phrase, "as it is looked for"


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("say", "say says said saying"),
        ("deny", "deny denies denied denying"),
        ("relay", "relay relays relayed relaying"),
        ("accuse", "accuse accuses accused accusing"),
        ("stress", "stress stresses stressed stressing"),
        ("wish", "wish wishes wished wishing"),
        ("preach", "preach preaches preached preaching"),
        ("veto", "veto vetoes vetoed vetoing"),
        ("agree", "agree agrees agreed agreeing"),
        ("guarantee", "guarantee guarantees guaranteed guaranteeing"),
        ("admit", "admit admits admitted admitting"),
        ("swear", "swear swears swore sworn swearing"),
    ],
)
def test_forms_of_verbs(verb: str, forms: str) -> None:
    assert " ".join(verb_forms(verb)) == forms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("didn't say", ["did", "n't", "say"]),
        ("didn’t say", ["did", "n't", "say"]),
        ("can't", ["ca", "n't"]),
        ("won't", ["wo", "n't"]),
        ("Ms Chen's claim", ["ms", "chen", "claim"]),
        ("the ministers’ claim", ["the", "ministers", "claim"]),
        ("said—no; 5 times", ["said", "no", "times"]),
        ("", []),
        (" \n", []),
    ],
)
def test_words_of_a_cue(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_the_word_that_told_is_named() -> None:
    assert read_cue("has at last denied").word == "denied"
    assert read_cue("called on").word == "called on"
    assert read_cue("issued a denial").word == "denial"
    assert read_cue("hmm").word is None


def test_a_reproach_with_a_hyphen() -> None:
    assert read_cue("called", "the inquiry “a witch-hunt”").act is Act.CRITICISE
    assert read_cue("called", "the inquiry “a fact-check”").act is Act.ASSERT
