"""What an attack is carried out with does not carry it out."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The army carried out drone strikes on Orsa.", ["The army"]),
        ("Arland's drone strikes on Orsa went on.", ["Arland"]),
        ("Drone strikes killed three people in Orsa.", []),
        ("Tank fire killed a boy.", []),
        ("Rebel attacks went on.", ["Rebel"]),
    ],
)
def test_a_weapon_before_an_attack_is_no_actor(
    reader: Reader, text: str, actors: list[str]
) -> None:
    found = reader.read(make_document(text=text, published="2024-05-09"))
    names = {e.id: e.name for e in found.entities or ()}
    (event,) = found.events or ()
    assert [names[a] for a in event.actors] == actors
