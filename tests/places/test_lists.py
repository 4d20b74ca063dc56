"""Names on no map get the country of the list that they stand in, and no more."""

import re

from onrecord.places.lists import with_countries_of_lists
from onrecord.places.resolver import Answer
from onrecord.records import Precision

KNOWN = {
    "Dorn": ("NOR", Precision.SETTLEMENT),
    "Velt": ("NOR", Precision.SETTLEMENT),
    "Lowen": ("SWE", Precision.SETTLEMENT),
    "Norland": ("NOR", Precision.REGION),
}


def countries(text: str) -> list[str | None]:
    """The countries of the names of a text, those of `KNOWN` being on the map."""
    spans = [m.span() for m in re.finditer(r"[A-Z][a-z]+", text)]
    answers = []
    for start, end in spans:
        country, precision = KNOWN.get(text[start:end], (None, None))
        answers.append(Answer(country=country, precision=precision))
    found = with_countries_of_lists(text, spans, answers)
    assert all(a.lat is None and (a.precision is None or a.precision) for a in found)
    return [answer.country for answer in found]


def test_a_list_gives_its_country() -> None:
    assert countries("Dorn, Harsk and Velt") == ["NOR", "NOR", "NOR"]
    assert countries("Dorn, Velt, and the Harsk") == ["NOR", "NOR", "NOR"]


def test_two_must_be_known_and_agree() -> None:
    assert countries("Dorn and Harsk") == ["NOR", None]
    assert countries("Dorn, Harsk, Velt and Lowen") == ["NOR", None, "NOR", "SWE"]


def test_regions_tell_nothing() -> None:
    assert countries("Norland, Dorn, Velt and Harsk") == ["NOR", "NOR", "NOR", None]


def test_a_list_ends_at_other_words() -> None:
    assert countries("Dorn and Velt fell; later Harsk") == ["NOR", "NOR", None]
    assert countries("Harsk said Dorn and Velt") == [None, "NOR", "NOR"]
