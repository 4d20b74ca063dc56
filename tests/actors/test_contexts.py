import pytest

from onrecord.actors import contexts
from onrecord.actors.knowledge import built_in


def at(text: str, name: str) -> tuple[int, int]:
    start = text.index(name)
    return start, start + len(name)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("On Monday Kenyan Finance Minister Ion Vale spoke.", "Kenyan Finance Minister"),
        ("He said that army chief Ion Vale left.", "army chief"),
        ("It was seen by Ion Vale.", None),
        ("Russian troops shelled Ion Vale again.", None),
        ("The minister said: Ion Vale left.", None),
    ],
)
def test_a_title_stands_right_before_a_name(text: str, title: str | None) -> None:
    found = contexts.title_before(text, at(text, "Ion Vale")[0], built_in())
    assert found == title


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ion Vale, a Kenyan nurse, spoke.", "a Kenyan nurse"),
        ("Ion Vale, 41, spokesman for the army, spoke.", "spokesman for the army"),
        ("Ion Vale (the mayor of Lagos) spoke.", "the mayor of Lagos"),
        ("Ion Vale, who is a student, spoke.", "a student"),
        ("Ion Vale, said police.", None),
        ("Ion Vale spoke, a minister.", None),
    ],
)
def test_what_is_said_of_a_name_stands_behind_it(text: str, told: str | None) -> None:
    assert contexts.apposition_after(text, at(text, "Ion Vale")[1], built_in()) == told


@pytest.mark.parametrize(
    "text",
    [
        "It rained in Mali.",
        "They came from the Mali.",
        "Rain fell in northern Mali.",
        "Rain fell in Niger, Chad and Mali.",
        "A town near Timbuktu, Mali.",
    ],
)
def test_a_place_behind_a_preposition_is_where_something_is(text: str) -> None:
    assert contexts.is_placed(text, at(text, "Mali")[0])


@pytest.mark.parametrize(
    "text", ["Mali left.", "They asked Mali.", "Talks between Niger and Mali."]
)
def test_other_places_may_act(text: str) -> None:
    assert not contexts.is_placed(text, at(text, "Mali")[0])


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Bamako denied it.", True),
        ("Bamako has also rejected it.", True),
        ("Talks with Bamako went on.", True),
        ("Bamako is hot.", False),
        ("In Bamako said nobody.", False),
        ("Bamako has been hit.", False),
    ],
)
def test_a_capital_acts_where_it_speaks_or_is_spoken_to(text: str, acts: bool) -> None:
    assert contexts.acts_here(text, *at(text, "Bamako")) is acts
