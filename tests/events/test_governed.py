"""Recipients that stand in what a word is about, and not in slots of its own."""

import pytest

from onrecord.records import Kind
from tests.events.made_texts import MadeText


def test_to_whom_somebody_refuses_to_do_something() -> None:
    sentence = (
        "Guards/NNS/nsubj/2 refused/VBD/root/0 to/TO/mark/4 free/VB/xcomp/2 poachers/NNS/obj/4"
    )
    assert "REJECT refused: Guards > poachers" in MadeText(sentence).told()


def test_whom_the_noun_of_a_threat_would_befall() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 threatened/VBD/root/0 to/TO/mark/4 launch/VB/xcomp/2 "
        "raids/NNS/obj/4 on/IN/case/7 farmers/NNS/nmod/5"
    )
    assert "THREATEN threatened: Rebels > farmers" in MadeText(sentence).told()


def test_of_words_on_a_deed_who_did_it_counts() -> None:
    sentence = (
        "Arland/NNP/nsubj/2 condemned/VBD/root/0 the/DT/det/4 killing/NN/obj/2 of/IN/case/6 "
        "monks/NNS/nmod/4 by/IN/case/8 rebels/NNS/nmod/4"
    )
    found = MadeText(sentence).actors("Arland").told()
    assert "ACCUSE condemned: Arland > rebels" in found


def test_who_suffers_a_deed_is_not_condemned() -> None:
    sentence = (
        "Arland/NNP/nsubj/2 condemned/VBD/root/0 the/DT/det/4 killing/NN/obj/2 of/IN/case/6 "
        "monks/NNS/nmod/4"
    )
    assert "ACCUSE condemned: Arland > -" in MadeText(sentence).actors("Arland").told()


def test_who_is_to_do_what_is_demanded() -> None:
    sentence = (
        "Arland/NNP/nsubj/2 demanded/VBD/root/0 the/DT/det/4 withdrawal/NN/obj/2 of/IN/case/6 "
        "troops/NNS/nmod/4 from/IN/case/8 Dorn/NNP/nmod/4"
    )
    found = MadeText(sentence).actors("Arland").named("Dorn").told()
    assert "REQUEST demanded: Arland > troops" in found


def test_whose_thing_is_turned_down() -> None:
    sentence = (
        "Workers/NNS/nsubj/2 rejected/VBD/root/0 Orr/NNP/nmod:poss/5 's/POS/case/3 roadmap/NN/obj/2"
    )
    found = MadeText(sentence).actors("Orr", kind=Kind.PERSON).told()
    assert found == ["REJECT rejected: Workers > Orr"]


@pytest.mark.parametrize("relation", ["advcl", "ccomp"])
def test_of_whom_a_march_demands_something(relation: str) -> None:
    sentence = (
        "Students/NNS/nsubj/2 marched/VBD/root/0 to/TO/mark/4 "
        f"demand/VB/{relation}/2 flour/NN/obj/4 from/IN/case/7 owners/NNS/obl/4"
    )
    found = MadeText(sentence).actors("owners", kind=Kind.PERSON).told()
    assert any(event.startswith("PROTEST marched: Students > owners") for event in found)


def test_whom_force_is_to_scatter() -> None:
    sentence = (
        "Police/NNS/nsubj/2 fired/VBD/root/0 shots/NNS/obj/2 to/TO/mark/5 "
        "disperse/VB/advcl/2 protesters/NNS/obj/5"
    )
    assert "ASSAULT fired: Police > protesters" in MadeText(sentence).told()


def test_of_whom_a_threat_hangs() -> None:
    sentence = (
        "Pilots/NNS/nsubj/2 threatened/VBD/root/0 to/TO/mark/4 strike/VB/xcomp/2 "
        "unless/IN/mark/8 the/DT/det/7 company/NN/nsubj/8 pays/VBZ/advcl/2"
    )
    found = MadeText(sentence).told()
    assert any(event.startswith("THREATEN threatened: Pilots > the company") for event in found)


def test_those_who_agree_together_have_no_recipient() -> None:
    sentence = (
        "Arland/NNP/nsubj/4 and/CC/cc/3 Borland/NNP/conj/1 agreed/VBD/root/0 to/TO/mark/6 "
        "free/VB/xcomp/4 poachers/NNS/obj/6"
    )
    found = MadeText(sentence).actors("Arland", "Borland").told()
    assert "AGREE agreed: Arland, Borland > -" in found
