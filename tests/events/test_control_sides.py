"""Gains of which nobody is named as the taker go to the side that tells of them, or to nobody."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document


def holders(reader: Reader, text: str) -> dict[str, str | None]:
    """Who holds each place, by their names."""
    reading = reader.read(make_document(text=text, published="2024-05-09"))
    names = {e.id: e.name for e in reading.entities or ()}
    places = {p.id: p.name for p in reading.places or ()}
    return {
        places[c.place]: None if c.holder is None else names[c.holder]
        for c in reading.control_claims or ()
    }


@pytest.mark.weights
def test_an_army_tells_of_its_own_gains(reader: Reader) -> None:
    found = holders(
        reader,
        "Ethiopian troops crossed the river at dawn. Ethiopia's army said the town of Lalibela had "
        "been liberated. The army said the towns of Dessie and Woldia had been captured as well.",
    )
    assert found["Lalibela"] is not None
    assert "army" in found["Lalibela"]
    assert found.get("Dessie") == found["Lalibela"]


@pytest.mark.weights
def test_nobody_is_made_up(reader: Reader) -> None:
    found = holders(
        reader,
        "A baker in Gondar spoke to us. She said the town of Lalibela had been captured. "
        "The road to the town is closed.",
    )
    assert found == {"Lalibela": None}


@pytest.mark.weights
def test_an_area_lies_where_its_holder_is_told_of(reader: Reader) -> None:
    found = holders(reader, "Food is short in villages held by rebel fighters in northern Mali.")
    assert set(found) == {"Mali"}
    assert str(found["Mali"]).startswith("rebel fighters")


@pytest.mark.weights
def test_what_is_included_is_taken_too(reader: Reader) -> None:
    found = holders(
        reader, "Rebels captured Aleppo on Monday, including the largest power plant in Syria."
    )
    assert set(found) == {"Aleppo", "the largest power plant in Syria"}
