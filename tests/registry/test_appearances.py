"""What the registry sees of the entities of one document, and what it leaves out."""

from onrecord.records import Kind, Precision
from onrecord.registry.appearances import Appearance, appearances_of
from tests.registry.made import Named, body, person, place, reading_of, told


def seen(*named: Named) -> list[Appearance]:
    return appearances_of(reading_of(told(*named)))


def test_nobody_without_a_name() -> None:
    assert seen(person("-US officials", code="USA.GOV"), person("~he"), body("-the ministry")) == []


def test_weapons_and_treaties_are_no_actors() -> None:
    weapon = Named(words=("Tarn Rocket",), kind=Kind.WEAPON)
    treaty = Named(words=("Tarn Treaty",), kind=Kind.INSTRUMENT)
    assert seen(weapon, treaty) == []


def test_names_come_from_mentions_that_are_names() -> None:
    (own,) = seen(person("Ann Vale", "Vale", "-the minister", "~she", code="NOR.GOV"))
    assert [name.normal for name in own.names] == ["ann vale", "vale"]
    assert own.is_full


def test_a_name_within_a_description_counts_when_nothing_else_does() -> None:
    (own,) = seen(person("-the mayor, Ann Vale"))
    assert [name.shown for name in own.names] == ["Ann Vale"]


def test_two_persons_read_as_one_are_the_one_named_more() -> None:
    (own,) = seen(person("Ann Vale", "Jon Harrow", "Ann Vale", "Vale"))
    assert {name.normal for name in own.names} == {"ann vale", "vale"}


def test_two_bodies_read_as_one_are_the_one_named_more() -> None:
    (own,) = seen(body("Labour Party", "Conservative Party", "Labour Party", "Labour"))
    assert {name.normal for name in own.names} == {"labour party", "labour"}


def test_other_names_of_a_body_are_kept() -> None:
    initials, table = seen(body("Tarn Relief Council", "TRC"), body("United Nations", "UN"))
    assert len(initials.names) == len(table.names) == 2


def test_a_body_of_a_state_has_no_names_of_others() -> None:
    (own,) = seen(body("US Supreme Court", "United States District Court", code="USA.JUD"))
    assert {name.normal for name in own.names} == {"us supreme court"}


def test_offices_are_kept_with_their_country() -> None:
    (own,) = seen(person("Ann Vale", "-the foreign minister, Ann Vale", code="NOR.GOV"))
    assert own.roles == {"foreign minister:NOR"}
    assert "office:foreign minister:NOR:vale" in own.keys


def test_a_former_office_is_none() -> None:
    (own,) = seen(person("Ann Vale", "-former president Ann Vale", code="NOR.ELI"))
    assert own.roles == frozenset()


def test_states_by_name_capital_and_code() -> None:
    by_name, by_capital = seen(place("Norway", code="NOR"), place("Oslo", code="NOR"))
    assert by_name.key == by_capital.key == "state:NOR"
    assert by_name.title == "Norway"


def test_a_country_on_the_map_is_the_state() -> None:
    (own,) = seen(place("Norway", country="NOR", geonames_id=1, precision=Precision.COUNTRY))
    assert own.key == "state:NOR"


def test_words_that_do_not_name_the_state_are_not_it() -> None:
    (own,) = seen(place("Ardal", code="NOR"))
    assert own.key is None


def test_places_by_their_number_when_that_is_probable() -> None:
    sure, unsure = seen(
        place("Ardal", country="NOR", geonames_id=11),
        place("Tarn", country="NOR", geonames_id=12, probability=0.2),
    )
    assert sure.key == "place:11"
    assert unsure.key is None


def test_two_places_read_as_one_are_none() -> None:
    assert seen(place("Russia and Ukraine")) == []


def test_a_body_of_a_state_needs_code_and_name() -> None:
    (own,) = seen(body("-the Norwegian defence ministry", "~it", code="NOR.GOV"))
    assert own.key == "body:Defence ministry:NOR"
    assert own.title == "Defence ministry of Norway"
    assert seen(body("-the Norwegian defence ministry")) == []


def test_the_tables_of_actors_know_other_names() -> None:
    first, second = seen(body("United Nations", code="IGO.UNO"), body("UN", code="IGO.UNO"))
    assert first.key == second.key
    assert first.key is not None
