"""An attack and what it hits are one: what the verb beside the noun says is hit is the noun's."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document

HITS = [
    ("Two hamlets were struck by artillery fire on Monday.", "fire", ["Two hamlets"]),
    ("The chapel in Orlin was hit by shelling overnight.", "shelling", ["The chapel in Orlin"]),
    ("The depot was targeted in a drone attack overnight.", "drone attack", ["The depot"]),
    ("Mortar fire hit two farms in the north.", "Mortar fire", ["two farms"]),
    ("The mill was damaged by rocket fire.", "rocket fire", None),
    ("Sniper fire wounded two medics.", "Sniper fire", ["two medics"]),
    (
        "An air strike hit a clinic in Dorn, killing four nurses.",
        "air strike",
        ["a clinic", "four nurses"],
    ),
    (
        "The market was hit in an air strike, killing nine people.",
        "air strike",
        ["The market", "nine people"],
    ),
    ("Rockets landed on a school in Orlin.", "landed", ["a school"]),
    ("Mortar rounds fell on a camp of herders.", "fell", ["a camp of herders"]),
]


@pytest.mark.weights
@pytest.mark.parametrize(("sentence", "trigger", "recipients"), HITS)
def test_what_is_hit_suffers_the_attack(
    reader: Reader, sentence: str, trigger: str, recipients: list[str] | None
) -> None:
    found = reader.read(make_document(text=sentence, published="2024-05-09"))
    names = {e.id: e.name for e in found.entities or ()}
    (event,) = found.events or ()
    assert event.trigger.text_in(sentence).endswith(trigger)
    assert event.type == "ASSAULT"
    assert not event.actors or names[event.actors[0]] == "Sniper"
    if recipients is not None:
        assert [names[one] for one in event.recipients] == recipients


@pytest.mark.weights
@pytest.mark.parametrize(
    "sentence", ["Shells struck a market in Dorn.", "Two fishermen were wounded by a sea mine."]
)
def test_what_is_fired_or_laid_does_nothing_by_itself(reader: Reader, sentence: str) -> None:
    (event,) = reader.read(make_document(text=sentence)).events or ()
    assert event.actors == ()
    assert event.recipients


@pytest.mark.weights
@pytest.mark.parametrize(
    "sentence",
    ["Forest fire damaged power lines near Orlin.", "A house fire killed two people in Orlin."],
)
def test_other_fires_are_no_attack(reader: Reader, sentence: str) -> None:
    assert not reader.read(make_document(text=sentence)).events
