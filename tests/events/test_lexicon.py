"""Rows of the lexicon: how they are read, and which goes first."""

import itertools

import pytest

from onrecord.events.lexicon import (
    Need,
    Trigger,
    load_lexicon,
    merged,
    need_of,
    slots_of,
    trigger_of,
)
from onrecord.events.tables import read_rows
from onrecord.records import EventType

ROW = {
    "lemma": "shell",
    "type": "ASSAULT",
    "mode": "",
    "actor": "subj",
    "recipient": "obj|on",
    "needs": "",
    "strength": "",
}


def verb(**changes: str) -> Trigger:
    return trigger_of(ROW | changes, is_verb=True)


def test_a_row_is_a_trigger() -> None:
    found = verb(needs="obj:place; subj!=rain,hail", strength="0.9")
    assert (found.lemma, found.particle, found.type) == ("shell", "", EventType.ASSAULT)
    assert found.mode is None
    assert found.recipients == (("obj",), ("on",))
    assert found.needs == (
        Need("obj", wanted=True, kind="place"),
        Need("subj", wanted=False, lemmas=frozenset({"rain", "hail"})),
    )
    assert found.strength == 0.9


def test_a_row_without_a_strength_is_as_likely_as_not() -> None:
    assert verb().strength == 0.5


def test_only_verbs_have_particles() -> None:
    assert (verb(lemma="pull out of").lemma, verb(lemma="pull out of").particle) == (
        "pull",
        "out of",
    )
    noun = trigger_of(ROW | {"lemma": "air strike"}, is_verb=False)
    assert (noun.lemma, noun.particle) == ("air strike", "")


def test_a_type_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="FIGHT"):
        verb(type="FIGHT")


@pytest.mark.parametrize(
    ("part", "need"),
    [
        ("obj", Need("obj", wanted=True)),
        ("!obj", Need("obj", wanted=False)),
        ("obj=Town, city", Need("obj", wanted=True, lemmas=frozenset({"town", "city"}))),
        ("subj != dog", Need("subj", wanted=False, lemmas=frozenset({"dog"}))),
        ("to:actor", Need("to", wanted=True, kind="actor")),
        ("!to:actor", Need("to", wanted=False, kind="actor")),
        (" passive ", Need("passive", wanted=True)),
    ],
)
def test_needs(part: str, need: Need) -> None:
    assert need_of(part) == need


def test_slots_that_are_tried_in_order() -> None:
    assert slots_of("subj + with | by") == (("subj", "with"), ("by",))
    assert slots_of("") == slots_of("-") == ()


def test_special_rows_go_before_general_ones() -> None:
    plain, placed = verb(), verb(needs="obj:place")
    loose = verb(needs="obj")
    assert merged([[plain], [placed], [loose]]) == [placed, loose, plain]


def test_rows_of_one_table_keep_their_order() -> None:
    plain, placed = verb(), verb(needs="obj:place")
    assert merged([[plain, placed]]) == [plain, placed]


def test_the_lexicon_is_read_once() -> None:
    assert load_lexicon() is load_lexicon()


def test_verbs_with_particles_go_before_the_plain_verb() -> None:
    for rows in load_lexicon().verbs.values():
        kinds = [bool(row.particle) for row in rows]
        assert kinds == sorted(kinds, reverse=True)


def test_longer_nouns_go_before_shorter_ones() -> None:
    for forms in load_lexicon().nouns.values():
        lengths = [len(words) for words, _ in forms]
        assert lengths == sorted(lengths, reverse=True)


def test_all_rows_are_likely_to_some_degree() -> None:
    lexicon = load_lexicon()
    rows = itertools.chain(
        itertools.chain.from_iterable(lexicon.verbs.values()),
        (row for forms in lexicon.nouns.values() for _, own in forms for row in own),
    )
    for row in rows:
        assert 0 < row.strength <= 1
        assert not any(slot == () for slot in (*row.actors, *row.recipients))


def test_cells_that_a_line_leaves_out_are_empty() -> None:
    for row in read_rows("light_verbs"):
        assert set(row) >= {"lemma", "particle", "effect", "actor", "recipient", "event", "unless"}
        assert all(value is not None for value in row.values())


def test_a_table_that_is_not_there_is_missed() -> None:
    with pytest.raises(FileNotFoundError):
        read_rows("verbs_of_nobody")
