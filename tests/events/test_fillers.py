"""Who counts as somebody in the slots of a trigger."""

import pytest

from onrecord.records import Kind
from tests.events.made_texts import MadeText


def test_a_house_stands_for_who_works_in_it() -> None:
    sentence = "The/DT/det/2 palace/NN/nsubj/3 pardoned/VBD/root/0 poachers/NNS/obj/3"
    assert MadeText(sentence).told() == ["CONCEDE pardoned: The palace > poachers"]


def test_a_house_does_not_attack() -> None:
    sentence = "The/DT/det/2 palace/NN/nsubj/3 attacked/VBD/root/0 soldiers/NNS/obj/3"
    assert MadeText(sentence).told() == ["ASSAULT attacked: - > soldiers"]


def test_of_several_towns_the_names_count() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 overran/VBD/root/0 the/DT/det/4 towns/NNS/obj/2 of/IN/case/6 "
        "Orsa/NNP/nmod/4 and/CC/cc/8 Dorn/NNP/conj/6"
    )
    assert MadeText(sentence).named("Orsa", "Dorn").told() == [
        "ASSAULT overran: Rebels > Orsa, Dorn"
    ]


def test_whose_a_deed_is_beside_who_suffers() -> None:
    sentence = (
        "Arland/NNP/nmod:poss/3 's/POS/case/1 expulsion/NN/nsubj/6 of/IN/case/5 "
        "teachers/NNS/nmod/3 ended/VBD/root/0"
    )
    assert MadeText(sentence).actors("Arland").told() == ["SANCTION expulsion: Arland > teachers"]


def test_who_is_held_to_account_did_it() -> None:
    sentence = (
        "Judges/NNS/nsubj/2 jailed/VBD/root/0 Orr/NNP/obj/2 for/IN/case/6 the/DT/det/6 "
        "murder/NN/obl/2 of/IN/case/8 nuns/NNS/nmod/6"
    )
    found = MadeText(sentence).actors("Orr", "nuns", kind=Kind.PERSON).told()
    assert "ASSAULT murder: Orr > nuns" in found


def test_both_sides_of_talks() -> None:
    sentence = (
        "Miners/NNS/nsubj/3 are/VBP/cop/3 ready/JJ/root/0 for/IN/case/5 talks/NNS/obl/3 "
        "with/IN/case/7 owners/NNS/nmod/5"
    )
    found = MadeText(sentence).actors("Miners", "owners").typed(talks="event").told()
    assert "CONSULT talks: Miners, owners > - (planned)" in found


def test_who_rejects_a_demand_did_not_make_it() -> None:
    sentence = "Vale/NNP/nsubj/2 rejected/VBD/root/0 the/DT/det/4 demand/NN/obj/2"
    found = MadeText(sentence).actors("Vale", kind=Kind.PERSON).told()
    assert not any(event.startswith("REQUEST demand: Vale") for event in found)


@pytest.mark.parametrize(
    ("trade", "found"),
    [("beekeeper", ["COERCE arrested: - > A beekeeper"]), ("beer", ["COERCE arrested: - > -"])],
)
def test_trades_are_people(trade: str, found: list[str]) -> None:
    sentence = f"A/DT/det/2 {trade}/NN/nsubj:pass/4 was/VBD/aux:pass/4 arrested/VBN/root/0"
    assert MadeText(sentence).typed(**{trade: "object"}).told() == found


def test_who_writes_acts_and_not_the_letter() -> None:
    sentence = (
        "A/DT/det/2 letter/NN/nsubj/6 from/IN/case/5 the/DT/det/5 guild/NN/nmod/2 "
        "condemned/VBD/root/0 the/DT/det/8 soldiers/NNS/obj/6"
    )
    found = MadeText(sentence).typed(letter="person").actors("the guild").told()
    assert found == ["ACCUSE condemned: the guild > the soldiers"]


def test_two_countries_joined_before_their_troops_both_act() -> None:
    sentence = (
        "Arlish/NNP/nsubj/5 and/CC/cc/3 Borlish/NNP/conj/1 troops/NNS/nsubj/5 "
        "attacked/VBD/root/0 the/DT/det/7 rebels/NNS/obj/5"
    )
    found = MadeText(sentence).named("Arlish", "Borlish").told()
    assert found == ["ASSAULT attacked: Arlish, Borlish > the rebels"]


def test_whose_words_stand_behind_in() -> None:
    sentence = (
        "In/IN/case/3 an/DT/det/3 appeal/NN/obl/7 to/IN/case/5 soldiers/NNS/nmod/3 "
        "monks/NNS/nsubj/7 wept/VBD/root/0"
    )
    assert MadeText(sentence).told() == ["REQUEST appeal: monks > soldiers"]
