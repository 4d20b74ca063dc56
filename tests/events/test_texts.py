"""One reading as events are looked for in it."""

import dataclasses

import pytest

from onrecord.events.texts import EventText
from onrecord.records import Entity, Kind, Polarity, Precision, Reading, Span, make_document
from tests.events.made_texts import RUN, MadeText

LISTED = (
    "Ann/NNP/nsubj/5 Vale/NNP/flat/1 and/CC/cc/4 Ben/NNP/conj/1 left/VBD/root/0 the/DT/det/7 "
    "town/NN/obj/5 ././punct/5"
)
SECOND = "They/PRP/nsubj/2 rested/VBD/root/0"


def name(entity: Entity | None) -> str | None:
    return None if entity is None else entity.name


# Words and what they mention.


def test_the_head_of_a_phrase_mentions_it() -> None:
    own = MadeText(LISTED).actors("Ann Vale", "Ben").made().sentences[0]
    assert name(own.entity(0)) == "Ann Vale"
    assert name(own.entity(3)) == "Ben"


def test_all_words_of_a_name_mention_it() -> None:
    own = MadeText(LISTED).actors("Ann Vale").made().sentences[0]
    assert name(own.entity(1)) == "Ann Vale"


def test_a_mention_of_several_does_not_stand_for_the_first() -> None:
    own = MadeText(LISTED).actors("Ann Vale and Ben").made().sentences[0]
    assert own.mention(0) is None


def test_the_longest_mention_counts() -> None:
    sentence = "The/DT/det/2 mayor/NN/nsubj/5 ,/,/punct/2 Vale/NNP/appos/2 left/VBD/root/0"
    own = MadeText(sentence).actors("The mayor", "The mayor , Vale").made().sentences[0]
    assert name(own.entity(1)) == "The mayor , Vale"


def test_a_title_mentions_whose_it_is() -> None:
    sentence = "Mayor/NN/nmod:desc/2 Vale/NNP/nsubj/3 left/VBD/root/0"
    own = MadeText(sentence).actors("Vale").made().sentences[0]
    assert name(own.entity(0)) == "Vale"


def test_parts_mention_the_whole() -> None:
    sentence = "dozens/NNS/nsubj/4 of/IN/case/3 rebels/NNS/nmod/1 left/VBD/root/0"
    own = MadeText(sentence).actors("dozens of rebels").made().sentences[0]
    assert name(own.entity(2)) == "dozens of rebels"


def test_words_that_name_nobody() -> None:
    own = MadeText("Nobody/NN/nsubj/2 left/VBD/root/0").actors("Nobody").made().sentences[0]
    assert own.entity(0) is None
    assert own.entity(1) is None


def test_who_says_i() -> None:
    made = MadeText("Vale/NNP/nsubj/2 said/VBD/root/0 we/PRP/nsubj/4 left/VBD/ccomp/2")
    made.actors("Vale").said("Vale", "said", "we left")
    made.statements[0] = dataclasses.replace(made.statements[0], speaker="Vale")
    own = made.made().sentences[0]
    assert name(own.entity(2)) == "Vale"
    outside = MadeText("We/PRP/nsubj/2 left/VBD/root/0").made().sentences[0]
    assert outside.entity(0) is None


def test_who_says_it_of_itself() -> None:
    said = "said/VBD/root/0 {}/PRP/nsubj/5 was/VBD/cop/5 ready/JJ/ccomp/2"
    made = MadeText(f"Vale/NNP/nsubj/2 {said.format('it')}")
    made.actors("Vale").said("Vale", "said", "it was ready")
    made.statements[0] = dataclasses.replace(made.statements[0], speaker="Vale")
    assert name(made.made().sentences[0].entity(2)) == "Vale", "an organization"
    person = MadeText(f"Vale/NNP/nsubj/2 {said.format('he')}")
    person.actors("Vale").said("Vale", "said", "he was ready")
    person.statements[0] = dataclasses.replace(person.statements[0], speaker="Vale")
    assert person.made().sentences[0].entity(2) is None, "he is no organization"


def test_each_other_is_nobody() -> None:
    rows = "Vale/NNP/nsubj/2 blamed/VBD/root/0 each/DT/det/4 other/JJ/obj/2"
    assert MadeText(rows).actors("each other").made().sentences[0].entity(3) is None


def test_two_names_that_are_joined_are_two() -> None:
    rows = "Vale/NNP/nsubj/4 and/CC/cc/3 Holt/NNP/dep/1 met/VBD/root/0"
    own = MadeText(rows).actors("Vale and Holt", "Vale", "Holt").made().sentences[0]
    assert name(own.entity(0)) == "Vale"


def test_a_made_entity_stands_where_there_is_no_mention() -> None:
    own = MadeText(LISTED).typed(town="place").made().sentences[0]
    assert name(own.entity(6)) == "the town"


# Rows of sentences.


def test_rows_belong_to_their_sentence() -> None:
    made = MadeText(LISTED, SECOND).actors("They", "Ben").counted("town", 1.0, None)
    first, second = made.dated(rested="2024").made().sentences
    assert [m.id for m in first.mentions] == ["m-Ben"]
    assert [m.id for m in second.mentions] == ["m-They"]
    assert (len(first.times), len(second.times)) == (0, 1)
    assert (len(first.quantities), len(second.quantities)) == (1, 0)


def test_the_word_that_heads_a_stretch() -> None:
    text = MadeText(LISTED).made()
    own = text.sentences[0]
    assert own.word_over(Span(0, 8)) == 0
    assert own.word_over(Span(text.text.index("the town"), text.text.index(" ."))) == 6
    assert own.word_over(Span(3, 4)) is None, "nothing but a space"


# Places and countries.


def test_a_place_is_known_by_its_mention_and_by_its_entity() -> None:
    made = MadeText(LISTED, SECOND).named("Ben").actors("They")
    made.mentions[1] = dataclasses.replace(made.mentions[1], entity="Ben")
    text = made.made()
    places = [text.place(m) for m in text.mentions]
    assert [p and p.name for p in places] == ["Ben", "Ben"]


def test_countries_by_code() -> None:
    made = MadeText(LISTED).actors("Ann Vale", kind=Kind.PLACE, actor="ARL")
    made.actors("Ben", kind=Kind.PLACE, actor="NOR.MIL")
    assert {code: e.name for code, e in made.made().countries.items()} == {"ARL": "Ann Vale"}


# Who asserts something.


def test_the_innermost_statement_asserts() -> None:
    sentence = (
        "A/NN/nsubj/2 said/VBD/root/0 B/NN/nsubj/4 denied/VBD/ccomp/2 it/PRP/nsubj/6 "
        "fell/VBD/ccomp/4"
    )
    made = MadeText(sentence).said("A", "said", "B denied it fell")
    made.said("B", "denied", "it fell", polarity=Polarity.DENY)
    made.statements[1] = dataclasses.replace(made.statements[1], depth=1, parent="A")
    text = made.made()
    found = text.statements_over(made.span("fell"))
    assert [s.id for s in found] == ["B", "A"]
    inner, outer = text.asserter(made.span("fell")), text.asserter(made.span("denied"))
    assert inner is not None
    assert outer is not None
    assert (inner.id, outer.id) == ("B", "A")
    assert text.asserter(made.span("said")) is None, "the outlet"


def test_a_stretch_that_is_partly_in_a_content_is_not_asserted_there() -> None:
    made = MadeText("A/NN/nsubj/2 said/VBD/root/0 it/PRP/nsubj/4 fell/VBD/ccomp/2")
    made.said("A", "said", "it fell")
    assert made.made().asserter(made.span("said it")) is None


def test_nobody_speaks_where_no_statement_is() -> None:
    text = MadeText(LISTED).made()
    assert text.asserter(Span(0, 3)) is None
    assert text.speaker_at(Span(0, 3)) is None


# Readings without rows.


@pytest.mark.parametrize("given", [None, ()])
def test_a_reading_in_which_nothing_was_found(given: tuple[()] | None) -> None:
    reading = Reading(
        run=RUN, document=make_document(text="It fell."), mentions=given, entities=given,
        places=given, times=given, quantities=given, statements=given,
    )  # fmt: skip
    text = EventText(reading, [])
    rows = (text.sentences, text.mentions, text.times, text.quantities)
    assert not any(rows)
    assert not any((text.countries, text.places, text.mentions_of))
    assert text.with_made(reading, []) is reading


def test_a_place_with_a_position_wins() -> None:
    made = MadeText(LISTED, SECOND).named("Ben", "They", precision=Precision.COUNTRY)
    made.mentions[1] = dataclasses.replace(made.mentions[1], entity="Ben")
    made.places[1] = dataclasses.replace(made.places[1], lat=1.0, lon=2.0)
    assert made.made().places_by_entity["Ben"].name == "They"


def test_who_are_joined_in_a_phrase_are_its_members() -> None:
    made = MadeText(LISTED).actors("Ann Vale and Ben", "Ann Vale", "Ben", kind=Kind.PERSON).made()
    assert made.members_of("Ann Vale and Ben") == ["Ann Vale", "Ben"]
    assert made.members_of("Ben") == ["Ben"]
