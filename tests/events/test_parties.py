"""Entities of actors and recipients."""

import dataclasses

from onrecord.events.parties import as_country
from onrecord.records import Kind, MentionForm
from tests.events.made_texts import MadeText


def test_a_nationality_is_its_country_if_the_text_names_it() -> None:
    sentence = (
        "Arlandish/JJ/amod/2 raids/NNS/nsubj/4 on/IN/case/4 Orsa/NNP/nmod/2 hurt/VBD/root/0 "
        "Arland/NNP/obj/5"
    )
    made = MadeText(sentence).actors("Arlandish", kind=Kind.NATIONALITY, actor="ARL")
    made.named("Orsa")
    assert made.made().entities["Arlandish"].country == "ARL"
    alone = made.made()
    assert as_country(alone, alone.entities["Arlandish"]).name == "Arlandish"
    made.actors("Arland", kind=Kind.PLACE, actor="ARL")
    both = made.made()
    assert as_country(both, both.entities["Arlandish"]).name == "Arland"
    assert as_country(both, both.entities["Orsa"]).name == "Orsa"


def test_who_carries_out_a_raid_does_what_the_raid_does() -> None:
    sentence = (
        "A/DT/det/2 raid/NN/nsubj/5 by/IN/case/4 rebels/NNS/nmod/2 forced/VBD/root/0 "
        "soldiers/NNS/obj/5 out/RP/compound:prt/5"
    )
    found = MadeText(sentence).actors("rebels", "soldiers").told()
    assert "ASSAULT forced: rebels > soldiers" in found


def test_killed_in_a_raid_by_somebody() -> None:
    sentence = (
        "Soldiers/NNS/nsubj:pass/3 were/VBD/aux:pass/3 shot/VBN/root/0 in/IN/case/6 a/DT/det/6 "
        "raid/NN/obl/3 by/IN/case/8 rebels/NNS/nmod/6"
    )
    found = MadeText(sentence).actors("Soldiers", "rebels").told()
    assert "ASSAULT shot: rebels > Soldiers" in found


def test_each_party_is_there_once() -> None:
    sentence = (
        "Vale/NNP/nsubj/4 and/CC/cc/3 Ann/NNP/conj/1 shot/VBD/root/0 soldiers/NNS/obj/4 "
        "and/CC/cc/7 troops/NNS/conj/5"
    )
    made = MadeText(sentence).actors("Vale", "Ann", "soldiers", "troops", kind=Kind.PERSON)
    for number in (1, 3):
        made.mentions[number] = dataclasses.replace(
            made.mentions[number], entity=made.mentions[number - 1].entity
        )
    (event,) = made.events()
    assert event.actors == ("Vale",)
    assert event.recipients == ("soldiers",)


def test_who_is_on_the_other_side_already_is_somebody_else() -> None:
    made = MadeText("Police/NNS/nsubj/2 attacked/VBD/root/0 soldiers/NNS/obj/2")
    made.actors("Police", "soldiers", kind=Kind.PERSON)
    made.mentions[1] = dataclasses.replace(made.mentions[1], entity="Police")
    (event,) = made.events()
    assert event.actors == ("Police",)
    assert event.recipients
    assert event.recipients != event.actors


def test_him_is_not_who_acts() -> None:
    sentence = (
        "Vale/NNP/nsubj/2 beat/VBD/root/0 Orr/NNP/obj/2 and/CC/cc/5 shot/VBD/conj/2 him/PRP/obj/5"
    )
    made = MadeText(sentence).actors("Vale", "Orr", "him", kind=Kind.PERSON)
    made.mentions[2] = dataclasses.replace(
        made.mentions[2], entity="Vale", form=MentionForm.PRONOUN
    )
    assert "ASSAULT shot: Vale > Orr" in made.told()


def test_both_are_two() -> None:
    made = MadeText(
        "Arland/NNP/nsubj/4 and/CC/cc/3 Dorn/NNP/conj/1 traded/VBD/root/0",
        "Both/DT/nsubj/2 rejected/VBD/root/0 it/PRP/obj/2",
    ).actors("Arland", "Dorn", "Both")
    made.mentions[2] = dataclasses.replace(
        made.mentions[2], entity="Arland", form=MentionForm.PRONOUN
    )
    assert "REJECT rejected: Arland, Dorn > -" in made.told()
