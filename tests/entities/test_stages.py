"""The stage from mentions and statements to rows."""

import dataclasses
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encode.readings import EncodedReading
from onrecord.encode.types import TYPES
from onrecord.entities import forms
from onrecord.entities.stages import EntityFinder
from onrecord.records import (
    Entity,
    Kind,
    Mention,
    MentionForm,
    Reading,
    Span,
    Statement,
    as_spans,
    content_id,
    make_document,
)
from onrecord.schema.invariants import find_violations
from tests.entities.made_mentions import (
    RUN,
    Made,
    chain_scorer,
    entities,
    found_mentions,
    greedy_scorer,
    head_scorer,
    made_reading,
    made_scorer,
    made_statement,
    read,
    speakers,
    words_of,
)


@pytest.fixture(autouse=True)
def _no_first_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Genders of names are not the subject."""
    monkeypatch.setattr(forms, "gender_of", lambda name: None)


ARTICLE = """
[source [person:1 Defence Minister [person?:1 Ann Vale]]] [cue told]
[organization!:2 the Ardal Herald]
[content [source:2 [organization!:3 the council]] [cue:2 had denied] [content:2 the leak]]
on [time Monday].
[content:3 “[source:4 [person:1 I]] [cue:4 knew] [content:4 of it],”]
[source:3 [person:1 she]] [cue:3 said].
[source:5 Those who fled] [cue:5 said] [content:5 [object the missile] hit [place! Ardal]].
[event The talks] go on, [person:9 he] left.
""".strip().replace("\n", " ")


def listened(reading: EncodedReading, words: str, kind: Kind) -> EncodedReading:
    """The reading as the stage before leaves it when its first statement has an addressee."""
    start = reading.document.text.index(words)
    span = Span(start, start + len(words))
    mention_id = content_id("mention", reading.document.id, span, kind)
    entity_id = content_id("entity", reading.document.id, (mention_id,))
    mention = Mention(
        id=mention_id,
        document=reading.document.id,
        span=span,
        kind=kind,
        form=MentionForm.DESCRIPTION,
        entity=entity_id,
        run=RUN.id,
    )
    entity = Entity(
        id=entity_id,
        document=reading.document.id,
        name=words,
        kind=kind,
        actor=None,
        country=None,
        place=None,
        mentions=(mention_id,),
        run=RUN.id,
    )
    first, *others = reading.statements or ()
    return dataclasses.replace(
        reading,
        mentions=(mention,),
        entities=(entity,),
        statements=(dataclasses.replace(first, addressee=entity_id, medium=entity_id), *others),
    )


def found_in(*readings: Reading) -> Reading:
    """What the stage makes of the last one, all read together."""
    return EntityFinder(chain_scorer())(readings)[-1]


def rows(reading: Reading) -> tuple[object, ...]:
    return reading.mentions, reading.entities, reading.statements


def test_the_stage_says_what_it_reads_and_writes() -> None:
    assert EntityFinder.reads == {"statements", "mentions", "entities"}
    assert EntityFinder.writes == {"statements", "mentions", "entities"}


def test_an_article_gives_entities_with_all_their_mentions() -> None:
    reading = read(ARTICLE)
    assert find_violations(reading) == []
    assert entities(reading) == {
        "Ann Vale": ["Defence Minister Ann Vale", "Ann Vale", "I", "she"],
        "Ardal Herald": ["the Ardal Herald"],
        "council": ["the council"],
        "Those who fled": ["Those who fled"],
        "the missile": ["the missile"],
        "Ardal": ["Ardal"],
    }


def test_every_statement_has_its_speaker() -> None:
    assert speakers(read(ARTICLE)) == [
        "Ann Vale",
        "council",
        "Ann Vale",
        "Ann Vale",
        "Those who fled",
    ]


def test_descriptions_and_pronouns_have_the_kind_of_their_entity() -> None:
    reading = read(ARTICLE)
    kinds = {e.id: e.kind for e in reading.entities or ()}
    assert all(m.kind is kinds[m.entity] for m in reading.mentions or ())


def test_rows_name_their_document_and_run() -> None:
    reading = read(ARTICLE)
    for own in (reading.mentions, reading.entities, reading.statements):
        assert {row.document for row in own or ()} == {reading.document.id}
        assert {row.run for row in own or ()} == {RUN.id}
    assert {(e.actor, e.country, e.place) for e in reading.entities or ()} == {(None, None, None)}


def test_forms_of_mentions_tell_names_descriptions_and_pronouns() -> None:
    reading = read(ARTICLE)
    forms_of = {reading.text_of(m.span): m.form for m in reading.mentions or ()}
    assert forms_of == {
        "Defence Minister Ann Vale": MentionForm.DESCRIPTION,
        "Ann Vale": MentionForm.NAME,
        "I": MentionForm.PRONOUN,
        "she": MentionForm.PRONOUN,
        "the Ardal Herald": MentionForm.NAME,
        "the council": MentionForm.NAME,
        "Those who fled": MentionForm.DESCRIPTION,
        "the missile": MentionForm.DESCRIPTION,
        "Ardal": MentionForm.NAME,
    }


def test_mentions_stand_in_text_order() -> None:
    spans = [m.span for m in read(ARTICLE).mentions or ()]
    assert spans == sorted(spans)


def test_lone_pronouns_and_happenings_without_a_name_have_no_row() -> None:
    assert entities(read("[event The talks] go on, [person he] left.")) == {}


def test_a_lone_pronoun_that_speaks_has_a_row() -> None:
    reading = read("[source [person He]] [cue said] [content it held].")
    assert entities(reading) == {"He": ["He"]}
    assert speakers(reading) == ["He"]


def test_named_happenings_have_a_row() -> None:
    assert entities(read("[event! The Ardal Games] go on.")) == {"Ardal Games": ["The Ardal Games"]}


def test_statements_keep_all_but_speaker_and_listeners() -> None:
    before = made_reading(ARTICLE)
    after = found_in(before)
    for one, other in zip(before.statements or (), after.statements or (), strict=True):
        for name in Statement.__slots__:
            if name != "speaker":
                assert getattr(one, name) == getattr(other, name)


@pytest.mark.parametrize(
    ("words", "kind", "name", "mentions"),
    [
        # The words of an entity that was found; more words than a mention; no mention at all.
        ("the Ardal Herald", Kind.ORGANIZATION, "Ardal Herald", ["the Ardal Herald"]),
        ("the Ardal Herald on Monday", Kind.ORGANIZATION, "Ardal Herald", ["the Ardal Herald"]),
        ("reporters", Kind.PERSON, "reporters", ["reporters"]),
        ("Monday", Kind.PERSON, "Monday", ["Monday"]),
    ],
)
def test_listeners_are_kept(words: str, kind: Kind, name: str, mentions: list[str]) -> None:
    marked = (
        "[source [person! Ann Vale]] [cue told] [organization! the Ardal Herald] on [time Monday] "
        "before reporters [content it held]."
    )
    reading = found_in(listened(made_reading(marked), words, kind))
    assert find_violations(reading) == []
    by_id = {e.id: e for e in reading.entities or ()}
    (statement,) = reading.statements or ()
    assert statement.addressee == statement.medium
    own = by_id[statement.addressee or ""]
    assert (own.name, words_of(reading, own)) == (name, mentions)
    assert speakers(reading) == ["Ann Vale"]


def test_a_listener_who_speaks_is_one_entity() -> None:
    marked = (
        "[source [person! Ann Vale]] [cue told] [person!:2 Tom Orr] [content it held]. "
        "[source:2 [person:2 He]] [cue:2 said] [content:2 no]."
    )
    reading = found_in(listened(made_reading(marked), "Tom Orr", Kind.PERSON))
    first, second = reading.statements or ()
    assert first.addressee == second.speaker is not None


def test_what_the_stage_is_given_stays_as_it_was() -> None:
    before = made_reading(ARTICLE)
    copy = dataclasses.replace(before)
    found_in(before)
    assert before == copy


def test_reading_twice_gives_the_same_rows() -> None:
    assert rows(read(ARTICLE)) == rows(read(ARTICLE))


def test_what_was_found_is_read_again_to_the_same_rows() -> None:
    """The rows of the first time stand in for the listeners of the second."""
    once = found_in(listened(made_reading(ARTICLE), "Ardal", Kind.PLACE))
    assert rows(found_in(once)) == rows(once)


def test_a_batch_gives_the_rows_of_each_reading_in_order() -> None:
    marked = [ARTICLE, "Nobody came.", "[person! Tom Orr] left.", ARTICLE]
    together = EntityFinder(chain_scorer())([made_reading(m) for m in marked])
    assert [rows(own) for own in together] == [rows(read(m)) for m in marked]


def test_clusters_hold_all_phrases_also_those_that_are_no_row() -> None:
    reading = made_reading(
        "[person:1 Judge [person? Ann Vale]] left [time:2 today]. [person:1 She] saw [object it]."
    )
    found = EntityFinder(chain_scorer()).clusters(reading)
    assert [[reading.text_of(span) for span in own] for own in found] == [
        ["Judge Ann Vale", "She"],
        ["today"],
        ["it"],
    ]


def test_clusters_of_a_reading_without_the_pass_of_the_encoder_are_none() -> None:
    reading = Reading(run=RUN, document=make_document(text="Ann"))
    assert EntityFinder(chain_scorer()).clusters(reading) == []


def test_no_readings_give_none() -> None:
    assert EntityFinder(chain_scorer())([]) == []


def test_ids_depend_on_the_document() -> None:
    one, other = (read(f"[person! Ann Vale] left{mark}") for mark in ".!")
    assert {e.id for e in one.entities or ()}.isdisjoint(e.id for e in other.entities or ())
    assert {m.id for m in one.mentions or ()}.isdisjoint(m.id for m in other.mentions or ())


def test_ids_do_not_depend_on_the_order_of_equal_mentions() -> None:
    text = "Judge Ann Vale left."
    mentions = [
        Made(span=Span(0, 14)),
        Made(span=Span(6, 14), kind=Kind.PERSON, is_phrase=False),
    ]
    found = []
    for own in (mentions, mentions[::-1]):
        reading = EncodedReading(
            run=RUN,
            document=make_document(text=text),
            statements=(),
            found=(found_mentions(text, own),),
        )
        found.append(rows(found_in(reading)))
    assert found[0] == found[1]


def test_a_mention_found_by_two_windows_is_one_row() -> None:
    text = "Ann Vale left."
    found = found_mentions(text, [Made(span=Span(0, 8), kind=Kind.PERSON)])
    for scorer in (made_scorer(), greedy_scorer()):
        reading = EncodedReading(
            run=RUN, document=make_document(text=text), statements=(), found=(found, found)
        )
        (after,) = EntityFinder(scorer)([reading])
        assert find_violations(after) == []
        assert len(after.mentions or ()) == 1


def test_a_reading_without_the_pass_of_the_encoder_stays_as_it_is() -> None:
    reading = Reading(
        run=RUN, document=make_document(text="Ann"), statements=(), mentions=(), entities=()
    )
    assert EntityFinder(chain_scorer())([reading]) == [reading]


def test_things_that_other_stages_left_in_a_reading_are_passed_over() -> None:
    plain = made_reading("[person! Ann Vale] left.")
    mixed = dataclasses.replace(plain, found=("something else", *plain.found, 7))
    (after,) = EntityFinder(chain_scorer())([mixed])
    assert entities(after) == {"Ann Vale": ["Ann Vale"]}
    (none,) = EntityFinder(chain_scorer())([dataclasses.replace(plain, found=("something",))])
    assert none.entities == ()


def test_encoded_readings_become_plain_ones() -> None:
    (after,) = EntityFinder(chain_scorer())([made_reading(ARTICLE)])
    assert isinstance(after, EncodedReading)
    plain = after.plain()
    assert type(plain) is Reading
    assert (plain.entities, plain.mentions, plain.statements) == (
        after.entities,
        after.mentions,
        after.statements,
    )
    assert find_violations(plain) == []


def test_what_windows_left_is_kept_for_other_stages() -> None:
    before = made_reading(ARTICLE)
    (after,) = EntityFinder(chain_scorer())([before])
    assert isinstance(after, EncodedReading)
    assert after.found is before.found


def test_thousands_of_mentions_cost_linear_time() -> None:
    unit = "[source:{n} [person!:1 Ann Vale]] [cue:{n} said] [content:{n} [person:2 he] left]. "
    marked = "".join(unit.replace("{n}", str(n)) for n in range(1, 1_001))
    given_reading = made_reading(marked)
    began = time.process_time()
    (reading,) = EntityFinder(chain_scorer())([given_reading])
    assert time.process_time() - began < 4
    assert speakers(reading) == ["Ann Vale"] * 1_000


# Halves of pairs, marks alone, and words for which there are rules.
WORDS = st.sampled_from(
    [
        *("Ann Vale", "Vale", "he", "she", "I", "We", "who", "it", "this", "the mayor"),
        *("his letter", "the statement", "the ministry's", "10,000", "said", "of", "and"),
        *("“", "”", "'s", ",", ".", "\n", "NARA", "🦊", "\u200b", "é", "\ud800", "Mr", "the"),
        *("a", "The Post", "'", "(", "—"),
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=30).map(" ".join),
    st.text(st.characters(), min_size=1, max_size=60),
)


@st.composite
def any_reading(draw: st.DrawFn) -> EncodedReading:
    """Any text, with any mentions and statements in it."""
    text = draw(TEXTS)
    place = st.integers(0, len(text))

    def spans(most: int) -> list[Span]:
        ends = draw(st.lists(st.tuples(place, place), max_size=most))
        return [Span(min(e), max(e)) for e in ends if e[0] != e[1]]

    mentions = [
        Made(
            span=span,
            type=draw(st.sampled_from(TYPES)),
            kind=(kind := draw(st.none() | st.sampled_from(list(Kind)))),
            is_phrase=kind is None or draw(st.booleans()),
            chain=draw(st.integers(0, 3)),
        )
        for span in spans(12)
    ]
    statements: dict[str, Statement] = {}
    for _ in range(draw(st.integers(0, 5))):
        content = as_spans(spans(2)) or as_spans([(0, len(text))])
        above = draw(st.sampled_from([None, *statements.values()]))
        own = made_statement(
            text, source=as_spans(spans(2)), cue=as_spans(spans(1)), content=content, parent=above
        )
        statements.setdefault(own.id, own)
    reading = EncodedReading(
        run=RUN,
        document=make_document(text=text),
        mentions=(),
        entities=(),
        statements=tuple(statements.values()),
        found=(found_mentions(text, mentions),),
    )
    listener = [s for s in spans(1) if statements]
    return listened(reading, listener[0].text_in(text), Kind.PERSON) if listener else reading


SCORERS = (made_scorer(), chain_scorer(), head_scorer(), greedy_scorer())


@settings(max_examples=150)
@given(any_reading(), st.sampled_from(SCORERS))
def test_any_text_and_any_mentions_give_rows_without_violations(
    before: EncodedReading, scorer: object
) -> None:
    (after,) = EntityFinder(scorer)([before])  # type: ignore[arg-type]
    assert find_violations(after) == []
    listed = [m for e in after.entities or () for m in e.mentions]
    assert sorted(listed) == sorted(m.id for m in after.mentions or ())
    assert len({m.span for m in after.mentions or ()}) == len(listed)
    assert all(e.name for e in after.entities or ())
    for one, other in zip(before.statements or (), after.statements or (), strict=True):
        assert (one.addressee is None) == (other.addressee is None)
        assert (one.medium is None) == (other.medium is None)
        assert other.source == () or other.speaker is not None
    assert EntityFinder(scorer)([before])[0].entities == after.entities  # type: ignore[arg-type]


def test_a_name_keeps_the_kind_that_it_has_by_itself() -> None:
    reading = read("[place!:1 Kenya] said [nationality!:1 Kenyan] ships left, [place:1 it] said.")
    (entity,) = reading.entities or ()
    assert (entity.name, entity.kind) == ("Kenya", Kind.PLACE)
    kinds = [mention.kind for mention in reading.mentions or ()]
    assert kinds == [Kind.PLACE, Kind.NATIONALITY, Kind.PLACE]
