"""Who does it to each other is both sides already; "each other" is nobody besides."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document

BEFORE = "Talks between the two armies ended without a result on Sunday. "


@pytest.mark.weights
@pytest.mark.parametrize(
    "sentence",
    [
        "Arland and Brenia accused each other of shelling Orsa.",
        "Arland and Brenia blamed one another for the attack on Orsa.",
        "Arland and Brenia threatened each other with war.",
    ],
)
@pytest.mark.parametrize("before", ["", 2 * BEFORE])
def test_each_other_is_no_party(reader: Reader, before: str, sentence: str) -> None:
    found = reader.read(make_document(text=before + sentence, published="2024-05-09"))
    names = {e.id: e.name for e in found.entities or ()}
    own = [e for e in found.events or () if e.trigger.start >= len(before)]
    assert own
    parties = {names[one] for e in own for one in (*e.actors, *e.recipients)}
    assert not {"each other", "one another", "other", "another", "one"} & parties
    first = min(own, key=lambda e: e.trigger.start)
    assert {names[a] for a in first.actors} == {"Arland", "Brenia"}


@pytest.mark.weights
def test_a_description_is_not_named_by_what_leans_on_another(reader: Reader) -> None:
    text = (
        "Soldiers shelled the bridge on Monday. The bridge to his village was gone, "
        "Ivo Brill said. The bridge was old."
    )
    found = reader.read(make_document(text=text, published="2024-05-09"))
    (bridge,) = (e for e in found.entities or () if "bridge" in e.name)
    assert (bridge.name, len(bridge.mentions)) == ("the bridge", 3)
