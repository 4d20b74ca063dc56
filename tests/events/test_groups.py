"""Which events of a document are one happening, and what they share."""

import dataclasses
from typing import Any

import pytest

from onrecord.events.groups import is_same, with_happenings
from onrecord.records import Event, EventDate, EventType, Factuality
from tests.events.made_texts import MadeText

FIRST = (
    "Rebels/NNS/nsubj/2 attacked/VBD/root/0 Orsa/NNP/obj/2 on/IN/case/5 Monday/NNP/obl/2 "
    "././punct/2"
)
LATER = "{}/DT/det/2 attack/NN/nsubj/3 lasted/VBD/root/0 hours/NNS/obj/3 ././punct/3"


def attacks(*later: str) -> list[Event]:
    """The first attack and what is said afterwards."""
    made = MadeText(FIRST, *later).actors("Rebels").named("Orsa").dated(Monday="2024-05-06")
    return made.events()


def test_every_event_has_a_happening() -> None:
    (event,) = attacks()
    assert event.happening
    assert event.happening != event.id


@pytest.mark.parametrize("word", ["The", "That", "This"])
def test_the_attack_is_the_one_before(word: str) -> None:
    first, later = attacks(LATER.format(word))
    assert later.happening == first.happening
    assert (later.actors, later.recipients) == (first.actors, first.recipients)
    assert (later.place, later.date) == (first.place, first.date)


@pytest.mark.parametrize("word", ["Another", "A", "No"])
def test_another_attack_is_another(word: str) -> None:
    first, later = attacks(LATER.format(word))
    assert later.happening != first.happening
    assert (later.actors, later.recipients, later.place, later.date) == ((), (), None, None)


def test_all_mentions_go_back_to_the_first() -> None:
    found = attacks(LATER.format("The"), LATER.format("The"), LATER.format("Another"))
    assert [e.happening == found[0].happening for e in found] == [True, True, True, False]


def test_the_happening_of_a_document_is_its_own() -> None:
    made = MadeText(FIRST, "More/JJR/root/0").actors("Rebels").named("Orsa")
    (other,) = made.events()
    assert other.happening != attacks()[0].happening


def event(trigger: str = "attack", **changes: Any) -> Event:
    """An event at a word of a text."""
    given: dict[str, Any] = {
        "id": trigger, "document": "d", "trigger": TEXT.span(trigger), "type": EventType.ASSAULT,
        "mode": None, "actors": ("a",), "recipients": ("r",), "place": None, "date": None,
        "factuality": Factuality.ACTUAL, "asserted_by": None, "quantities": (),
        "probability": 1.0, "run": "r",
    }  # fmt: skip
    return Event(**given | changes)


TEXT = (
    MadeText("raid/NN/root/0 raids/NNS/conj/1 attack/NN/conj/1 Orsa/NNP/nmod/1 Senn/NNP/nmod/1")
    .named("Orsa", "Senn")
)  # fmt: skip


def same(**changes: Any) -> bool:
    """Whether a later mention by a form of the word is the same."""
    given: dict[str, Any] = {
        "mode": "aerial", "place": "Orsa", "date": EventDate(value="2024-05-06", span=None),
    }  # fmt: skip
    before = event("raid", **given)
    return is_same(before, event("raids", **given | changes), TEXT.made(), None)


def test_the_same_parties_and_word() -> None:
    assert same()
    assert same(place=None, date=None, mode=None)
    assert same(date=EventDate(value="2024-05", span=None)), "as far as both tell"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("factuality", Factuality.PLANNED),
        ("mode", "drone"),
        ("actors", ("b",)),
        ("recipients", ("b",)),
        ("place", "Senn"),
        ("date", EventDate(value="2024-05-07", span=None)),
    ],
)
def test_what_speaks_against_it(field: str, value: object) -> None:
    assert not same(**{field: value})


def test_what_did_not_happen_may_be_planned_and_possible_at_once() -> None:
    before = event("raid", factuality=Factuality.PLANNED)
    assert is_same(before, event("raids", factuality=Factuality.POSSIBLE), TEXT.made(), None)


def test_the_same_place_and_day() -> None:
    day = EventDate(value="2024-05-06", span=None)
    before = event("raid", actors=(), recipients=(), date=day, place="Orsa")
    after = event("attack", actors=(), recipients=(), date=day, place="Orsa")
    assert is_same(before, after, TEXT.made(), None)
    assert not is_same(before, dataclasses.replace(after, date=None), TEXT.made(), None)


def test_other_types_are_never_one() -> None:
    protest = event("raids", type=EventType.PROTEST)
    first, second = with_happenings([event("raid"), protest], TEXT.made(), {})
    assert first.happening != second.happening


def test_nothing_is_nothing() -> None:
    assert with_happenings([], TEXT.made(), {}) == []


def test_actors_are_taken_only_from_who_asserts_the_same() -> None:
    told = "Vale/NNP/nsubj/2 said/VBD/root/0"
    first = f"{told} rebels/NNS/nsubj/4 attacked/VBD/ccomp/2 Orsa/NNP/obj/4 ././punct/2"
    made = MadeText(first, LATER.format("The")).actors("rebels", "Vale").named("Orsa")
    made.said("Vale", "said", "rebels attacked Orsa")
    one, other = (e for e in made.events() if e.type is EventType.ASSAULT)
    assert one.actors == ("rebels",)
    assert other.happening == one.happening
    assert other.recipients == one.recipients
    assert other.actors == (), "the outlet does not say so"
