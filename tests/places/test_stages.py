import pytest

from onrecord.places.gazetteers import Gazetteer
from onrecord.places.stages import PlaceFinder
from onrecord.records import (
    Entity,
    Kind,
    Mention,
    MentionForm,
    Precision,
    Reading,
    Span,
    content_id,
    make_document,
    make_run,
)
from tests.places.made import unmark


@pytest.fixture(scope="module")
def finder(gazetteer: Gazetteer) -> PlaceFinder:
    return PlaceFinder(gazetteer)


def reading(marked: str, *kinds: Kind, entities: str = "", forms: str = "") -> Reading:
    """A reading whose bracketed words are mentions; letters say which are one entity, and
    whether each is a name (n), a description (d) or a pronoun (p)."""
    text, spans = unmark(marked)
    document = make_document(text=text)
    run = make_run(software="test", model="", model_digest="", settings={})
    letters = entities or "abcdefgh"[: len(spans)]
    form = {
        "n": MentionForm.NAME,
        "d": MentionForm.DESCRIPTION,
        "p": MentionForm.PRONOUN,
    }
    mentions = tuple(
        Mention(
            id=content_id("mention", document.id, (start, end)),
            document=document.id,
            span=Span(start, end),
            kind=kind,
            form=form[own],
            entity=letter,
            run=run.id,
        )
        for (start, end), kind, letter, own in zip(
            spans, kinds, letters, forms or "n" * len(spans), strict=True
        )
    )
    rows = tuple(
        Entity(
            id=letter,
            document=document.id,
            name="",
            kind=next(m.kind for m in mentions if m.entity == letter),
            actor=None,
            country=None,
            place=None,
            mentions=tuple(m.id for m in mentions if m.entity == letter),
            run=run.id,
        )
        for letter in dict.fromkeys(letters)
    )
    return Reading(run=run, document=document, mentions=mentions, entities=rows)


def test_each_place_name_has_a_row_and_its_entity_points_at_it(finder: PlaceFinder) -> None:
    given = reading("[Ann Vale] left [Kharkiv] for [Poltava].", Kind.PERSON, Kind.PLACE, Kind.PLACE)
    (found,) = finder([given])
    assert given.places is None
    assert [place.mention for place in found.places] == [m.id for m in given.mentions[1:]]
    assert [entity.country for entity in found.entities] == [None, "UKR", "UKR"]
    assert [entity.place for entity in found.entities] == [None, *(p.id for p in found.places)]
    assert all(place.run == given.run.id for place in found.places)


def test_a_row_without_pin_keeps_the_words(finder: PlaceFinder) -> None:
    (found,) = finder([reading("They left [Qwxzburg].", Kind.PLACE)])
    (place,) = found.places
    assert (place.name, place.lat, place.probability) == ("Qwxzburg", None, 0.0)


def test_pronouns_and_descriptions_have_the_place_of_their_entity(finder: PlaceFinder) -> None:
    given = reading(
        "She left [Kharkiv]. [The city] was dark. [It] slept.",
        *[Kind.PLACE] * 3,
        entities="aaa",
        forms="ndp",
    )
    (found,) = finder([given])
    assert len({place.id for place in found.places}) == 3
    assert {place.name for place in found.places} == {"Kharkiv"}


def test_a_description_with_a_name_is_placed_by_it(finder: PlaceFinder) -> None:
    (found,) = finder([reading("In [the port city of Odesa] and more.", Kind.PLACE, forms="d")])
    assert found.places[0].country == "UKR"


def test_a_clause_behind_a_place_names_another(finder: PlaceFinder) -> None:
    given = reading("[The city, which they took after Odesa,] was dark.", Kind.PLACE, forms="d")
    (found,) = finder([given])
    assert found.places == ()


def test_a_pronoun_of_nothing_has_no_row(finder: PlaceFinder) -> None:
    (found,) = finder([reading("They sleep [there].", Kind.PLACE, forms="p")])
    assert found.places == ()


def test_a_facility_stands_in_the_town_that_it_is_named_after(finder: PlaceFinder) -> None:
    given = reading("From [Kharkiv] they saw [Kharkiv airport].", Kind.PLACE, Kind.FACILITY)
    (found,) = finder([given])
    assert found.places[1].name == "Kharkiv"
    assert found.places[1].precision == Precision.SETTLEMENT
    assert found.entities[1].place == found.places[1].id


@pytest.mark.parametrize("facility", ["Lincoln Memorial", "Vale Airport", "the White House"])
def test_other_facilities_have_no_pin(finder: PlaceFinder, facility: str) -> None:
    (found,) = finder([reading(f"They saw [{facility}].", Kind.FACILITY)])
    assert found.places == ()


def test_readings_do_not_change_each_other(finder: PlaceFinder) -> None:
    one = reading("In [Paris], Texas.", Kind.PLACE)
    other = reading("In [Paris], France.", Kind.PLACE)
    assert finder([one, other]) == [*finder([one]), *finder([other])]
