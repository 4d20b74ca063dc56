"""Who holds places without a name: areas, settlements, plants and bases."""

import pytest

from onrecord.events.control import control_claims
from onrecord.records import Kind
from tests.events.made_texts import MadeText


def rows(made: MadeText) -> list[tuple[str, str | None, str]]:
    """Name of the place, holder and change of each claim."""
    text = made.made()
    claims = control_claims(text)
    places = text.places | text.made_places.by_id
    return [(places[c.place].name, c.holder, c.change.value) for c in claims]


HELD = (
    "areas/NNS/root/0 in/IN/case/4 the/DT/det/4 east/NN/nmod/1 held/VBN/acl/1 by/IN/case/7 "
    "rebels/NNS/obl:agent/5"
)


def test_an_area_without_a_name_is_held() -> None:
    made = MadeText(HELD).actors("rebels").actors("areas in the east", kind=Kind.PLACE)
    assert rows(made) == [("areas in the east", "rebels", "held")]


def test_a_made_place_has_words_and_no_position() -> None:
    text = MadeText(HELD).actors("rebels").actors("areas in the east", kind=Kind.PLACE).made()
    claims = control_claims(text)
    reading = text.with_made(text.reading, claims)
    (place,) = reading.places or ()
    assert (place.id, place.mention) == (claims[0].place, "m-areas in the east")
    assert (place.country, place.lat, place.lon, place.precision) == (None,) * 4


def test_its_name_ends_before_a_clause() -> None:
    made = MadeText("areas/NNS/root/0 that/WDT/obj/4 rebels/NNS/nsubj/4 control/VBP/acl:relcl/1")
    made.actors("rebels").actors("areas that rebels control", kind=Kind.PLACE)
    assert rows(made) == [("areas", "rebels", "held")]


@pytest.mark.parametrize(
    ("who", "expected"), [("rebels", [("the mine", "rebels", "taken")]), ("workers", [])]
)
def test_only_who_fights_or_rules_seizes_a_site(
    who: str, expected: list[tuple[str, str | None, str]]
) -> None:
    made = MadeText(f"{who}/NNS/nsubj/2 seized/VBD/root/0 the/DT/det/4 mine/NN/obj/2")
    assert rows(made.actors(who).actors("the mine", kind=Kind.FACILITY)) == expected


def test_a_site_that_only_the_claim_needs_gets_a_mention() -> None:
    text = MadeText("rebels/NNS/nsubj/2 captured/VBD/root/0 a/DT/det/4 base/NN/obj/2")
    made = text.actors("rebels").made()
    reading = made.with_made(made.reading, control_claims(made))
    (place,) = reading.places or ()
    assert place.mention in {mention.id for mention in reading.mentions or ()}
    assert place.name == "a base"


def test_a_list_goes_on_behind_what_is_no_town() -> None:
    made = MadeText(
        "rebels/NNS/nsubj/2 captured/VBD/root/0 Orsa/NNP/obj/2 ,/,/punct/6 a/DT/det/6 "
        "hill/NN/conj/3 and/CC/cc/8 Senn/NNP/conj/3"
    )
    made.actors("rebels").named("Orsa", "Senn").actors("a hill", kind=Kind.PLACE)
    assert sorted(rows(made)) == [
        ("Orsa", "rebels", "taken"),
        ("Senn", "rebels", "taken"),
        ("a hill", "rebels", "taken"),
    ]


def test_villages_south_of_a_town_are_not_the_town() -> None:
    made = MadeText(
        "rebels/NNS/nsubj/2 took/VBD/root/0 villages/NNS/obj/2 south/RB/advmod/3 of/IN/case/6 "
        "Orsa/NNP/nmod/4"
    )
    made.actors("rebels").actors("villages south of Orsa", kind=Kind.PLACE).named("Orsa")
    assert rows(made) == [("villages south of Orsa", "rebels", "taken")]


def test_no_territory_is_no_place() -> None:
    made = MadeText("rebels/NNS/nsubj/2 hold/VBP/root/0 no/DT/det/4 territory/NN/obj/2").actors(
        "rebels"
    )
    assert rows(made.actors("no territory", kind=Kind.PLACE)) == []
