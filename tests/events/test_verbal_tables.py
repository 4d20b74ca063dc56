"""The shape of the trigger tables of words and cooperation, and of the verbs that carry nouns."""

from collections import Counter
from collections.abc import Iterable

import pytest

from onrecord.events.forms import verb_forms
from onrecord.events.lexicon import load_lexicon, trigger_of
from onrecord.events.tables import read_rows
from onrecord.records import EventType

COLUMNS = ["lemma", "type", "mode", "actor", "recipient", "needs", "strength"]
# After the tables of modes of the PLOVER manual of 2021; the types without modes have none.
MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    # Few words of these stand here, such as "condemn to death".
    "SANCTION": "convict expel withdraw discontinue",
    "RETREAT": "withdraw release disarm ceasefire access resign",
}
TABLES = ("verbs_verbal", "nouns_verbal")
ALL_TABLES = ("verbs_conflict", "nouns_conflict", *TABLES)
RELATIONS = frozenset("subj obj iobj comp poss amod".split())
FORMS = frozenset("inf that passive active carrier target".split())
KINDS = frozenset(
    "actor person org organization place facility weapon instrument nationality event money".split()
)
# What is no event at all: such rows stand before the sense that they keep away.
NO_EVENT = 0.3


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_known_types_modes_and_strengths(name: str) -> None:
    for row in read_rows(name):
        assert list(row) == COLUMNS
        assert row["lemma"] == row["lemma"].strip().lower()
        assert row["type"] in MODES, row
        assert not row["mode"] or row["mode"] in MODES[row["type"]].split(), row
        assert 0 < float(row["strength"]) < 1, row
        assert row["actor"], row
        assert row["recipient"], row


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name: str) -> None:
    assert repeated((row["lemma"], row["needs"]) for row in read_rows(name)) == []


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_behind_one_without_needs(name: str) -> None:
    general: set[str] = set()
    for row in read_rows(name):
        assert row["lemma"] not in general, row
        if not row["needs"]:
            general.add(row["lemma"])


@pytest.mark.parametrize("name", ALL_TABLES)
def test_needs_and_slots_are_such_as_are_known(name: str) -> None:
    for row in read_rows(name):
        trigger = trigger_of(row, is_verb=name.startswith("verbs"))
        for group in (*trigger.actors, *trigger.recipients):
            assert all(is_slot(slot) for slot in group), row
        for need in trigger.needs:
            assert is_slot(need.slot) or need.slot in FORMS, (row, need)
            assert not need.kind or need.kind in KINDS, (row, need)
            assert "" not in need.lemmas, row


@pytest.mark.parametrize("name", ALL_TABLES)
def test_no_need_of_a_row_is_given_twice(name: str) -> None:
    for row in read_rows(name):
        assert repeated(part for part in row["needs"].split(";") if part) == [], row


def test_all_types_have_verbs_and_nouns() -> None:
    for kind in ("verbs", "nouns"):
        found = {
            row["type"]
            for name in ALL_TABLES
            if name.startswith(kind)
            for row in read_rows(name)
            if float(row["strength"]) > NO_EVENT
        }
        assert found == {event.value for event in EventType}


def test_all_rows_can_be_read() -> None:
    lexicon = load_lexicon()
    assert len(lexicon.verbs) > 2000
    assert len(lexicon.nouns) > 1000


def test_light_verbs_are_well_formed() -> None:
    rows = read_rows("light_verbs")
    for row in rows:
        assert row["effect"] in {
            "does",
            "ends",
            "negates",
            "plans",
            "asks",
            "answers",
            "possible",
        }, row
        assert row["actor"] in {"-", "subj", "obj", "iobj", "to", "from", "with", "by"}, row
        assert row["event"] in {"obj", "subj"}, row
        assert row["lemma"] in verb_forms(row["lemma"]), row
    assert repeated((r["lemma"], r["particle"], r["event"]) for r in rows) == []


def is_slot(name: str) -> bool:
    """Whether a word is a relation or looks like a preposition."""
    return name in RELATIONS or (name.isalpha() and name.islower() and name not in FORMS)


def repeated(keys: Iterable[object]) -> list[object]:
    """Those that are there more than once."""
    return [key for key, times in Counter(keys).items() if times > 1]
