"""Modes of events whose trigger has none, out of weapons and means."""

import pytest

from onrecord.records import Event
from tests.events.made_texts import MadeText


def only(sentence: str, *actors: str, place: str = "Orsa") -> Event:
    made = MadeText(sentence).actors(*actors)
    if place in sentence:
        made.named(place)
    (event,) = made.events()
    return event


ATTACKED = "Rebels/NNS/nsubj/2 attacked/VBD/root/0 Orsa/NNP/obj/2"
ORSA = "Orsa/NNP/nsubj:pass/3 was/VBD/aux:pass/3 attacked/VBN/root/0"
LAUNCHED = (
    "Rebels/NNS/nsubj/2 launched/VBD/root/0 a/DT/det/5 mortar/NN/compound/5 attack/NN/obj/2 "
    "on/IN/case/7 Orsa/NNP/nmod/5"
)


@pytest.mark.parametrize(
    ("sentence", "actors", "mode"),
    [
        (ATTACKED, ["Rebels"], None),
        (ATTACKED.replace("Rebels", "Drones"), ["Drones"], "drone"),
        (f"{ORSA} with/IN/case/5 warplanes/NNS/obl/3", [], "aerial"),
        (LAUNCHED, ["Rebels"], "heavy-weapons"),
    ],
)
def test_means_tell_the_mode(sentence: str, actors: list[str], mode: str | None) -> None:
    assert only(sentence, *actors).mode == mode


def test_the_mode_of_the_row_comes_first() -> None:
    sentence = (
        "Police/NN/nsubj/2 arrested/VBD/root/0 protesters/NNS/obj/2 with/IN/case/5 drones/NNS/obl/2"
    )
    assert only(sentence, "Police", "protesters").mode == "arrest"
