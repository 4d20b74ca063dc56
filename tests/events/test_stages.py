"""The stage that finds events: rows, places, figures, made entities."""

import dataclasses
from collections.abc import Callable

import pytest

from onrecord.encode.readings import with_found
from onrecord.events.stages import EventFinder
from onrecord.records import (
    Event,
    EventType,
    Factuality,
    Kind,
    Polarity,
    Precision,
    Reading,
    make_document,
)
from onrecord.schema import find_violations
from tests.events.made_texts import RUN, MadeText

SHELLED = "Rebels/NNS/nsubj/2 shelled/VBD/root/0 Orsa/NNP/obj/2"


def shelled(more: str = "", **given: str | None) -> MadeText:
    return MadeText(f"{SHELLED} {more}".strip(), **given).actors("Rebels").named("Orsa")


def only(made: MadeText) -> Event:
    (event,) = made.events()
    return event


def test_a_row_has_all_that_is_told() -> None:
    made = shelled("on/IN/case/5 Monday/NNP/obl/2").dated(Monday="2024-05-06")
    event = only(made)
    assert (event.type, event.mode) == (EventType.ASSAULT, "heavy-weapons")
    assert event.trigger == made.span("shelled")
    assert (event.actors, event.recipients, event.place) == (("Rebels",), ("Orsa",), "Orsa")
    assert event.date is not None
    assert event.date.value == "2024-05-06"
    assert (event.factuality, event.asserted_by) == (Factuality.ACTUAL, None)
    assert event.run == RUN.id
    assert 0.5 <= event.probability <= 1


def test_ids_depend_on_the_document_and_the_words_alone() -> None:
    assert only(shelled()).id == only(shelled()).id
    assert only(shelled()).id != only(shelled("today/NN/obl/2")).id


def test_events_come_in_text_order() -> None:
    made = MadeText(SHELLED, "Police/NN/nsubj/2 arrested/VBD/root/0 men/NNS/obj/2")
    spans = [e.trigger for e in made.events()]
    assert spans == sorted(spans)
    assert len(spans) == 2


def test_weak_triggers_are_left_out() -> None:
    text = shelled().made()
    assert EventFinder(least=1.01).events(text) == []
    assert len(EventFinder(least=0.0).events(text)) >= len(EventFinder().events(text)) == 1


# When.


def test_what_is_dated_ahead_of_publication_is_planned() -> None:
    more = "in/IN/case/5 June/NNP/obl/2"
    assert only(shelled(more).dated(June="2024-06")).factuality is Factuality.PLANNED
    assert only(shelled(more).dated(June="2023-06")).factuality is Factuality.ACTUAL
    unknown = shelled(more, published=None).dated(June="2024-06")
    assert only(unknown).factuality is Factuality.ACTUAL


def test_what_did_not_happen_is_not_planned_by_its_date() -> None:
    sentence = (
        "Rebels/NNS/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 shell/VB/root/0 Orsa/NNP/obj/4 "
        "in/IN/case/7 June/NNP/obl/4"
    )
    made = MadeText(sentence).actors("Rebels").named("Orsa").dated(June="2024-06")
    assert only(made).factuality is Factuality.NEGATED


def test_contradictory_dates_leave_one() -> None:
    made = shelled("on/IN/case/5 Monday/NNP/obl/2")
    made.dated(Monday="2024-05-06").dated(Monday_="1999-01-01")
    date = only(made).date
    assert date is not None
    assert date.value in {"2024-05-06", "1999-01-01"}


# Where.


def test_an_accused_country_is_not_where_it_is_accused() -> None:
    sentence = "Arland/NNP/nsubj/2 accused/VBD/root/0 Norland/NNP/obj/2"
    assert only(MadeText(sentence).named("Arland", "Norland")).place is None


def test_words_have_a_place_only_behind_in() -> None:
    sentence = "Arland/NNP/nsubj/2 accused/VBD/root/0 Norland/NNP/obj/2 {}/IN/case/5 Senn/NNP/obl/2"
    for case, place in (("in", "Senn"), ("over", None)):
        made = MadeText(sentence.format(case)).named("Arland", "Norland", "Senn")
        assert only(made).place == place, case


def test_in_beats_what_is_struck() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 shelled/VBD/root/0 Arland/NNP/obj/2 near/IN/case/5 Orsa/NNP/obl/2"
    )
    assert only(MadeText(sentence).actors("Rebels").named("Arland", "Orsa")).place == "Orsa"


def test_who_acts_is_not_where_it_happens() -> None:
    sentence = "Arland/NNP/nsubj/2 shelled/VBD/root/0 rebels/NNS/obj/2"
    assert only(MadeText(sentence).actors("rebels").named("Arland")).place is None


# Figures.


def test_figures_belong_to_one_event_only() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 shot/VBD/root/0 four/CD/nummod/4 soldiers/NNS/obj/2 and/CC/cc/7 "
        "police/NN/nsubj/7 arrested/VBD/conj/2 two/CD/nummod/9 men/NNS/obj/7"
    )
    made = MadeText(sentence).actors("Rebels", "soldiers", "police", "men")
    made.counted("four", 4, "soldier").counted("two", 2, "man")
    assert [(e.type, e.quantities) for e in made.events()] == [
        (EventType.ASSAULT, ("four",)),
        (EventType.COERCE, ("two",)),
    ]


def test_figures_of_a_description_belong_to_none() -> None:
    made = shelled(
        ",/,/punct/6 a/DT/det/6 town/NN/appos/3 of/IN/case/9 200/CD/nummod/9 people/NNS/nmod/6"
    )
    assert only(made.counted("200", 200, "person")).quantities == ()


# Who asserts it.


def test_a_statement_asserts_what_stands_in_it() -> None:
    made = MadeText(
        "Vale/NNP/nsubj/2 said/VBD/root/0 rebels/NNS/nsubj/4 shelled/VBD/ccomp/2 Orsa/NNP/obj/4"
    )
    made.actors("rebels").named("Orsa").said("Vale", "said", "rebels shelled Orsa")
    assert only(made).asserted_by == "Vale"


def test_who_denies_it_asserts_that_it_did_not_happen() -> None:
    made = MadeText(
        "Vale/NNP/nsubj/2 denied/VBD/root/0 that/IN/mark/5 rebels/NNS/nsubj/5 "
        "shelled/VBD/ccomp/2 Orsa/NNP/obj/5"
    )
    made.actors("rebels", "Vale").named("Orsa")
    made.said("Vale", "denied", "that rebels shelled Orsa", Polarity.DENY)
    (event,) = (e for e in made.events() if e.type is EventType.ASSAULT)
    assert (event.asserted_by, event.factuality) == ("Vale", Factuality.NEGATED)


# As a stage.

BURNED = (
    "Rebels/NNS/nsubj/2 burned/VBD/root/0 a/DT/det/5 supply/NN/compound/5 convoy/NN/obj/2 "
    "././punct/2"
)
SEIZED = "Police/NN/nsubj/2 seized/VBD/root/0 the/DT/det/4 convoy/NN/obj/2 ././punct/2"


def read(made: MadeText) -> Reading:
    (reading,) = EventFinder()([made.encoded()])
    return reading


def test_the_trees_of_the_pass_give_the_same_as_those_by_hand() -> None:
    made = shelled()
    assert read(made).events == tuple(made.events())


def test_made_entities_come_into_the_record_with_their_mentions() -> None:
    reading = read(MadeText(BURNED, SEIZED).actors("Rebels", "Police"))
    (convoy,) = (e for e in reading.entities or () if e.name == "a supply convoy")
    assert [convoy.id in e.recipients for e in reading.events or ()] == [True, True]
    words = {m.id: m.span.text_in(reading.document.text) for m in reading.mentions or ()}
    assert [words[m] for m in convoy.mentions] == ["a supply convoy", "the convoy"]
    assert find_violations(reading) == []


def test_entities_that_no_event_names_stay_out() -> None:
    made = MadeText("A/DT/det/2 convoy/NN/nsubj/3 slept/VBD/root/0 ././punct/3", SHELLED)
    reading = read(made.actors("Rebels").named("Orsa"))
    assert [e.name for e in reading.entities or ()] == ["Rebels", "Orsa"]


def test_a_mention_of_another_stage_and_a_made_one_over_the_same_words_have_two_ids() -> None:
    made = MadeText("Police/NNS/nsubj/2 attacked/VBD/root/0 soldiers/NNS/obj/2")
    made.actors("Police", "soldiers", kind=Kind.PERSON)
    first, second = made.mentions
    made.mentions[1] = dataclasses.replace(second, entity="Police")
    made.entities = {
        "Police": dataclasses.replace(made.entities["Police"], mentions=(first.id, second.id))
    }
    reading = read(made)
    assert len(reading.entities or ()) == 2
    assert find_violations(reading) == []


def test_the_reading_that_is_given_is_left_as_it_was() -> None:
    given = MadeText(BURNED).actors("Rebels").encoded()
    (after,) = EventFinder()([given])
    assert given.events is None
    assert len(given.entities or ()) == 1
    assert (after.events, after.found) != (None, None)  # type: ignore[attr-defined]


def test_readings_do_not_depend_on_their_neighbours() -> None:
    first, second = shelled().encoded(), MadeText(BURNED, SEIZED).actors("Rebels").encoded()
    assert EventFinder()([first, second])[1] == EventFinder()([second])[0]


@pytest.mark.parametrize("rows", [None, ()])
def test_a_reading_without_any_rows(rows: tuple[()] | None) -> None:
    given = (
        MadeText(SHELLED)
        .encoded()
        .replace(
            mentions=rows, entities=rows, statements=rows, places=rows, times=rows, quantities=rows
        )
    )
    (after,) = EventFinder()([given])
    (event,) = after.events or ()
    assert (event.place, event.date, event.asserted_by, event.quantities) == (None, None, None, ())


@pytest.mark.parametrize(
    "made",
    [
        lambda: Reading(run=RUN, document=make_document(text="")),
        lambda: Reading(run=RUN, document=make_document(text="Rebels shelled Orsa.")),
        lambda: with_found(Reading(run=RUN, document=make_document(text="x")), ["no tree"]),
    ],
)
def test_a_reading_without_trees_has_no_events(made: Callable[[], Reading]) -> None:
    (after,) = EventFinder()([made()])
    assert (after.events, after.control_claims, after.commitments) == ((), (), ())


def test_no_readings() -> None:
    assert EventFinder()([]) == []


def test_a_country_is_a_place_like_others() -> None:
    sentence = "Riots/NNS/nsubj/4 in/IN/case/3 Arland/NNP/nmod/1 spread/VBD/root/0"
    made = MadeText(sentence).named("Arland", precision=Precision.COUNTRY)
    assert only(made).place == "Arland"
