"""Who is said to hold, to have taken, to have lost or to contest a place."""

import time

import pytest

from onrecord.encode.weights import packaged_weights
from onrecord.events.control import control_claims
from onrecord.events.texts import EventText
from onrecord.pipeline import Reader
from onrecord.records import ControlClaim, Kind, Polarity, Precision, make_document
from tests.events.made_texts import MadeText

ROWS = tuple[tuple[str, str | None, str], ...]
CAPTURED = "Rebels/NNS/nsubj/2 captured/VBD/root/0 Orsa/NNP/obj/2"


def rows(text: EventText) -> ROWS:
    """Place, holder and change of each claim."""
    return tuple((c.place, c.holder, c.change.value) for c in control_claims(text))


def only(made: MadeText) -> ControlClaim:
    (claim,) = control_claims(made.made())
    return claim


def captured() -> MadeText:
    return MadeText(CAPTURED).actors("Rebels").named("Orsa")


def test_who_captures_a_place_has_taken_it() -> None:
    claim = only(captured())
    assert (claim.place, claim.holder, claim.change) == ("Orsa", "Rebels", "taken")
    assert (claim.factuality, claim.asserted_by, claim.date) == ("actual", None, None)
    assert claim.span.text_in(captured().text) == "captured Orsa"


def test_who_it_is_captured_from_has_lost_it() -> None:
    made = MadeText(f"{CAPTURED} from/IN/case/5 militants/NNS/obl/2")
    made.actors("Rebels", "militants").named("Orsa")
    assert set(rows(made.made())) == {("Orsa", "Rebels", "taken"), ("Orsa", "militants", "lost")}


def test_each_place_of_a_list_has_a_row() -> None:
    made = MadeText(
        "Rebels/NNS/nsubj/2 took/VBD/root/0 the/DT/det/4 towns/NNS/obj/2 "
        "of/IN/case/6 Orsa/NNP/nmod/4 ,/,/punct/8 Senn/NNP/conj/6 and/CC/cc/10 "
        "Tam/NNP/conj/6"
    )
    made.actors("Rebels").named("Orsa", "Senn", "Tam")
    assert {(place, change) for place, _, change in rows(made.made())} == {
        ("Orsa", "taken"),
        ("Senn", "taken"),
        ("Tam", "taken"),
    }


def test_a_list_survives_wrong_arcs() -> None:
    made = MadeText(
        "Rebels/NNS/nsubj/2 took/VBD/root/0 Orsa/NNP/obj/2 ,/,/punct/2 "
        "Senn/NNP/dep/2 and/CC/cc/2 Tam/NNP/obl/5"
    )
    made.actors("Rebels").named("Orsa", "Senn", "Tam")
    assert [place for place, _, _ in rows(made.made())] == ["Orsa", "Senn", "Tam"]


def test_a_country_after_a_comma_is_no_further_place() -> None:
    made = MadeText(f"{CAPTURED} ,/,/punct/5 Arland/NNP/appos/3")
    made.actors("Rebels").named("Orsa", country="ARL")
    made.named("Arland", precision=Precision.COUNTRY, country="ARL")
    assert rows(made.made()) == (("Orsa", "Rebels", "taken"),)


def test_a_country_joined_to_its_town_is_no_further_place() -> None:
    made = MadeText(f"{CAPTURED} ,/,/punct/5 Arland/NNP/conj/3")
    made.actors("Rebels").named("Orsa", country="ARL")
    made.named("Arland", precision=Precision.COUNTRY, country="ARL")
    assert rows(made.made()) == (("Orsa", "Rebels", "taken"),)


def test_settlements_of_a_region_are_those_that_are_named() -> None:
    made = MadeText(
        "Rebels/NNS/nsubj/2 seized/VBD/root/0 ten/CD/nummod/4 villages/NNS/obj/2 "
        "in/IN/case/6 Holm/NNP/nmod/4 ,/,/punct/9 including/IN/case/9 "
        "Orsa/NNP/nmod/4"
    )
    made.actors("Rebels").named("Holm", precision=Precision.REGION).named("Orsa")
    assert rows(made.made()) == (("Orsa", "Rebels", "taken"),)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (
                "Orsa/NNP/nsubj:pass/3 was/VBD/aux:pass/3 seized/VBN/root/0 by/IN/case/5 "
                "rebels/NNS/obl:agent/3"
            ),
            ("Orsa", "rebels", "taken"),
        ),
        (
            (
                "Orsa/NNP/nsubj:pass/3 was/VBD/aux:pass/3 recaptured/VBN/root/0 "
                "at/IN/case/5 noon/NN/obl/3"
            ),
            ("Orsa", None, "taken"),
        ),
        (
            "rebels/NNS/nsubj/2 lost/VBD/root/0 Orsa/NNP/obj/2",
            ("Orsa", "rebels", "lost"),
        ),
        (
            ("rebels/NNS/nsubj/2 control/VBP/root/0 parts/NNS/obj/2 of/IN/case/5 Orsa/NNP/nmod/3"),
            ("Orsa", "rebels", "held"),
        ),
        (
            "rebels/NNS/nsubj/2 encircled/VBD/root/0 Orsa/NNP/obj/2",
            ("Orsa", "rebels", "contested"),
        ),
        (
            "rebels/NNS/nsubj/2 withdrew/VBD/root/0 from/IN/case/4 Orsa/NNP/obl/2",
            ("Orsa", "rebels", "lost"),
        ),
        (
            "Orsa/NNP/nsubj/2 fell/VBD/root/0 to/IN/case/4 rebels/NNS/obl/2",
            ("Orsa", "rebels", "taken"),
        ),
        (
            (
                "a/DT/det/2 clinic/NN/root/0 in/IN/case/7 rebels/NNS/compound/6 "
                "-/HYPH/punct/6 held/VBN/amod/7 Orsa/NNP/nmod/2"
            ),
            ("Orsa", "rebels", "held"),
        ),
        (
            (
                "areas/NNS/root/0 of/IN/case/3 Orsa/NNP/nmod/1 held/VBN/acl/1 by/IN/case/6 "
                "rebels/NNS/obl/4"
            ),
            ("Orsa", "rebels", "held"),
        ),
        (
            (
                "Orsa/NNP/nsubj/5 is/VBZ/cop/5 under/IN/case/5 the/DT/det/5 "
                "control/NN/root/0 of/IN/case/7 rebels/NNS/nmod/5"
            ),
            ("Orsa", "rebels", "held"),
        ),
        (
            (
                "Orsa/NNP/nsubj/2 came/VBD/root/0 under/IN/case/5 the/DT/det/5 "
                "control/NN/obl/2 of/IN/case/7 rebels/NNS/nmod/5"
            ),
            ("Orsa", "rebels", "taken"),
        ),
        (
            (
                "Orsa/NNP/nsubj/5 is/VBZ/cop/5 in/IN/case/5 the/DT/det/5 hands/NNS/root/0 "
                "of/IN/case/7 rebels/NNS/nmod/5"
            ),
            ("Orsa", "rebels", "held"),
        ),
        (
            (
                "the/DT/det/2 retaking/NN/root/0 of/IN/case/4 Orsa/NNP/nmod/2 by/IN/case/6 "
                "rebels/NNS/nmod/2"
            ),
            ("Orsa", "rebels", "taken"),
        ),
        (
            (
                "Orsa/NNP/nsubj/5 is/VBZ/cop/5 the/DT/det/5 largest/JJS/amod/5 town/NN/root/0 "
                "controlled/VBN/acl/5 by/IN/case/8 rebels/NNS/obl:agent/6"
            ),
            ("Orsa", "rebels", "held"),
        ),
        (
            (
                "rebels/NNS/nsubj/2 took/VBD/root/0 full/JJ/amod/4 control/NN/obj/2 "
                "of/IN/case/6 Orsa/NNP/nmod/4"
            ),
            ("Orsa", "rebels", "taken"),
        ),
        (
            (
                "rebels/NNS/nsubj/2 remain/VBP/root/0 in/IN/case/4 control/NN/obl/2 "
                "of/IN/case/6 Orsa/NNP/nmod/4"
            ),
            ("Orsa", "rebels", "held"),
        ),
        (
            (
                "control/NN/nsubj/4 of/IN/case/3 Orsa/NNP/nmod/1 passed/VBD/root/0 "
                "to/IN/case/6 rebels/NNS/obl/4"
            ),
            ("Orsa", "rebels", "taken"),
        ),
        (
            (
                "the/DT/det/2 capture/NN/nsubj/7 of/IN/case/4 Orsa/NNP/nmod/2 by/IN/case/6 "
                "rebels/NNS/nmod/2 stunned/VBD/root/0"
            ),
            ("Orsa", "rebels", "taken"),
        ),
        (
            (
                "Orsa/NNP/nsubj/7 ,/,/punct/5 which/WDT/obj/5 rebels/NNS/nsubj/5 "
                "captured/VBD/acl:relcl/1 ,/,/punct/1 burned/VBD/root/0"
            ),
            ("Orsa", "rebels", "taken"),
        ),
        (
            (
                "Orsa/NNP/nsubj/7 ,/,/punct/5 which/WDT/nsubj:pass/5 rebels/NNS/dep/7 "
                "captured/VBD/dep/4 ,/,/punct/1 burned/VBD/root/0"
            ),
            ("Orsa", "rebels", "taken"),
        ),
    ],
)
def test_ways_to_say_it(sentence: str, expected: tuple[str, str | None, str]) -> None:
    made = MadeText(sentence).named("Orsa")
    if "rebels" in made.text:
        made.actors("rebels")
    assert rows(made.made()) == (expected,)


def test_both_sides_of_a_loss_have_rows() -> None:
    made = MadeText(
        "Troops/NNS/nsubj/2 lost/VBD/root/0 control/NN/obj/2 of/IN/case/5 "
        "Orsa/NNP/nmod/3 to/IN/case/7 rebels/NNS/obl/2"
    )
    made.actors("Troops", "rebels").named("Orsa")
    assert set(rows(made.made())) == {("Orsa", "Troops", "lost"), ("Orsa", "rebels", "taken")}


def test_all_who_fight_for_a_place_contest_it() -> None:
    made = MadeText(
        "Rebels/NNS/nsubj/4 and/CC/cc/3 troops/NNS/conj/1 fight/VBP/root/0 "
        "for/IN/case/6 control/NN/obl/4 of/IN/case/8 Orsa/NNP/nmod/6"
    )
    made.actors("Rebels", "troops").named("Orsa")
    assert set(rows(made.made())) == {
        ("Orsa", "Rebels", "contested"),
        ("Orsa", "troops", "contested"),
    }


@pytest.mark.parametrize(
    ("sentence", "factuality"),
    [
        (
            ("Rebels/NNS/nsubj/2 vowed/VBD/root/0 to/TO/mark/4 retake/VB/xcomp/2 Orsa/NNP/obj/4"),
            "planned",
        ),
        (
            ("Rebels/NNS/nsubj/2 failed/VBD/root/0 to/TO/mark/4 retake/VB/xcomp/2 Orsa/NNP/obj/4"),
            "negated",
        ),
        (
            ("Rebels/NNS/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 retake/VB/root/0 Orsa/NNP/obj/4"),
            "negated",
        ),
        ("Rebels/NNS/nsubj/3 may/MD/aux/3 retake/VB/root/0 Orsa/NNP/obj/3", "possible"),
        (
            (
                "the/DT/det/2 loss/NN/nsubj/7 of/IN/case/4 Orsa/NNP/nmod/2 would/MD/aux/7 "
                "be/VB/cop/7 bad/JJ/root/0"
            ),
            "possible",
        ),
    ],
)
def test_factuality(sentence: str, factuality: str) -> None:
    made = MadeText(sentence).named("Orsa")
    if "Rebels" in made.text:
        made.actors("Rebels")
    assert only(made).factuality == factuality


def test_the_innermost_statement_asserts_it() -> None:
    made = MadeText(
        "Ann/NNP/nsubj/2 said/VBD/root/0 rebels/NNS/nsubj/4 captured/VBD/ccomp/2 Orsa/NNP/obj/4"
    )
    made.actors("rebels").named("Orsa").said("Ann", "said", "rebels captured Orsa")
    assert only(made).asserted_by == "Ann"


def test_what_is_denied_is_negated_in_the_eyes_of_who_denies() -> None:
    made = MadeText(
        "Ann/NNP/nsubj/2 denied/VBD/root/0 rebels/NNS/nsubj/4 captured/VBD/ccomp/2 Orsa/NNP/obj/4"
    )
    made.actors("rebels").named("Orsa")
    made.said("Ann", "denied", "rebels captured Orsa", polarity=Polarity.DENY)
    claim = only(made)
    assert (claim.asserted_by, claim.factuality) == ("Ann", "negated")


def test_the_date_is_the_nearest() -> None:
    made = MadeText(f"{CAPTURED} on/IN/case/5 Tuesday/NNP/obl/2")
    made.actors("Rebels").named("Orsa").dated(Tuesday="2024-05-07")
    date = only(made).date
    assert date is not None
    assert date.value == "2024-05-07"


@pytest.mark.parametrize(
    "sentence",
    [
        ("Rebels/NNS/nsubj/2 seized/VBD/root/0 drugs/NNS/obj/2 in/IN/case/5 Orsa/NNP/obl/2"),
        (
            "Rebels/NNS/nsubj/2 captured/VBD/root/0 a/DT/det/4 soldier/NN/obj/2 "
            "in/IN/case/6 Orsa/NNP/nmod/4"
        ),
        ("Rebels/NNS/nsubj/2 took/VBD/root/0 office/NN/obj/2 in/IN/case/5 Orsa/NNP/obl/2"),
        ("Rebels/NNS/nsubj/2 held/VBD/root/0 talks/NNS/obj/2 in/IN/case/5 Orsa/NNP/obl/2"),
        (
            "Rebels/NNS/nsubj/2 withdrew/VBD/root/0 an/DT/det/4 envoy/NN/obj/2 "
            "from/IN/case/6 Orsa/NNP/obl/2"
        ),
        (
            "Rebels/NNS/nsubj/2 captured/VBD/root/0 the/DT/det/5 Orsa/NNP/compound/5 "
            "embassy/NN/obj/2"
        ),
        "Prices/NNS/nsubj/4 in/IN/case/3 Orsa/NNP/nmod/1 fell/VBD/root/0",
        "Orsa/NNP/nsubj/2 fell/VBD/root/0 silent/JJ/xcomp/2",
    ],
)
def test_a_place_that_is_no_object_is_not_held(sentence: str) -> None:
    made = MadeText(sentence).named("Orsa")
    if "Rebels" in made.text:
        made.actors("Rebels")
    assert rows(made.made()) == ()


@pytest.mark.parametrize(
    ("holder", "kind", "actor", "behind"),
    [
        ("Quist", Kind.PERSON, None, ""),
        ("Kestrel", Kind.ORGANIZATION, "ARL.BUS", ""),
        ("Greens", Kind.ORGANIZATION, None, " in/IN/case/6 the/DT/det/6 election/NN/obl/2"),
        ("Rovers", Kind.ORGANIZATION, None, " in/IN/case/6 the/DT/det/6 match/NN/obl/2"),
    ],
)
def test_who_does_not_fight_takes_no_place(
    holder: str, kind: Kind, actor: str | None, behind: str
) -> None:
    made = MadeText(f"{holder}/NNP/nsubj/2 took/VBD/root/0 Orsa/NNP/obj/2{behind}")
    made.actors(holder, kind=kind, actor=actor).named("Orsa")
    assert rows(made.made()) == ()


def test_a_place_without_a_row_has_no_claim() -> None:
    assert rows(MadeText(CAPTURED).actors("Rebels", "Orsa").made()) == ()


def test_rows_have_ids_of_their_content() -> None:
    first, second = control_claims(captured().made()), control_claims(captured().made())
    assert [c.id for c in first] == [c.id for c in second]


def test_a_sentence_of_thousands_of_words_takes_bounded_time() -> None:
    part = "Rebels/NNS/conj/1 captured/VBD/conj/1 Orsa/NNP/conj/1 and/CC/cc/1 "
    made = MadeText("Rebels/NNS/nsubj/2 captured/VBD/root/0" + part * 1200)
    text = made.actors("Rebels").named("Orsa").made()
    start = time.monotonic()
    control_claims(text)
    assert time.monotonic() - start < 10


@pytest.mark.weights
@pytest.mark.skipif(
    "arc_distances" not in str(packaged_weights().manifest), reason="the weights find no trees"
)
@pytest.mark.parametrize(
    ("sentence", "places", "change", "factuality"),
    [
        ("Government forces recaptured Aleppo from the rebels.", {"Aleppo"}, "taken", "actual"),
        ("Troops pulled out of Mosul on Monday.", {"Mosul"}, "lost", "actual"),
        (
            "Damascus and Aleppo were captured by the militia.",
            {"Damascus", "Aleppo"},
            "taken",
            "actual",
        ),
        ("The general vowed to take back Mosul from the rebels.", {"Mosul"}, "taken", "planned"),
        ("Mosul is under the control of the Northern Front.", {"Mosul"}, "held", "actual"),
        ("Police seized drugs in Mosul.", set(), "", ""),
        ("Carmakers pulled out of Peru.", set(), "", ""),
        ("Two retailers withdrew from Mosul.", set(), "", ""),
        ("The festival was held in Mosul.", set(), "", ""),
    ],
)
def test_whole_sentences(
    reader: Reader, sentence: str, places: set[str], change: str, factuality: str
) -> None:
    reading = reader.read(make_document(text=sentence, published="2024-05-09"))
    names = {place.id: place.name for place in reading.places or ()}
    found = [c for c in reading.control_claims or () if not change or c.change == change]
    assert {names[c.place] for c in found} == places
    assert {c.factuality for c in found} <= {factuality}
