"""Verbs that carry a noun, and what they make of it."""

import pytest

from onrecord.events.light_verbs import LightVerb, light_verb
from tests.events.made_texts import tree_of


def light(sentence: str, verb: int, *, case: str = "", of_subject: bool = False) -> str:
    found = light_verb(tree_of(sentence), verb, case=case, of_subject=of_subject)
    return "" if found is None else f"{found.lemma} {found.particle}".strip() + f": {found.effect}"


@pytest.mark.parametrize(
    ("sentence", "verb", "effect"),
    [
        ("They/PRP/nsubj/2 launched/VBD/root/0 raids/NNS/obj/2", 1, "launch: does"),
        ("They/PRP/nsubj/2 halted/VBD/root/0 raids/NNS/obj/2", 1, "halt: ends"),
        ("They/PRP/nsubj/2 averted/VBD/root/0 raids/NNS/obj/2", 1, "avert: negates"),
        ("They/PRP/nsubj/2 planned/VBD/root/0 raids/NNS/obj/2", 1, "plan: plans"),
        ("They/PRP/nsubj/2 painted/VBD/root/0 raids/NNS/obj/2", 1, ""),
    ],
)
def test_what_becomes_of_the_noun(sentence: str, verb: int, effect: str) -> None:
    assert light(sentence, verb) == effect


def test_a_particle_makes_another_verb() -> None:
    assert light("They/PRP/nsubj/2 called/VBD/root/0 off/RP/compound:prt/2 talks/NNS/obj/2", 1) == (
        "call off: negates"
    )
    assert light("They/PRP/nsubj/2 called/VBD/root/0 talks/NNS/obj/2", 1) == "call: plans"


def test_a_noun_behind_a_preposition() -> None:
    sentence = "It/PRP/nsubj/2 came/VBD/root/0 under/IN/case/4 attack/NN/obl/2"
    assert light(sentence, 1, case="under") == "come under: does"
    assert light(sentence, 1, case="over") == ""


def test_the_subject_of_what_happens() -> None:
    sentence = "Fighting/NN/nsubj/2 broke/VBD/root/0 out/RP/compound:prt/2"
    assert light(sentence, 1, of_subject=True) == "break out: does"
    assert light(sentence, 1) == ""


def test_some_types_are_left_alone() -> None:
    tree = tree_of("They/PRP/nsubj/2 denied/VBD/root/0 it/PRP/obj/2")
    found = light_verb(tree, 1)
    assert isinstance(found, LightVerb)
    assert {"REQUEST", "ACCUSE"} <= found.unless
    assert found.actor == "subj"
    assert found.recipient == ""
