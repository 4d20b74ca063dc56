"""Who speaks: one short text for each way to tell."""

import dataclasses
import time

import pytest

from onrecord.entities import forms
from onrecord.entities.drafts import DocumentMentions
from onrecord.entities.speakers import SpeakerFinder
from onrecord.records import Kind, Reading, Span, as_spans
from tests.entities.made_mentions import (
    Made,
    chain_scorer,
    found_mentions,
    made_statement,
    parse,
    read,
    speakers,
)


@pytest.fixture(autouse=True)
def _no_first_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Genders of names are not the subject."""
    monkeypatch.setattr(forms, "gender_of", lambda name: None)


def finder_of(marked: str) -> SpeakerFinder:
    parsed = parse(marked)
    found = found_mentions(parsed.text, parsed.mentions)
    mentions = DocumentMentions(parsed.text, found, chain_scorer())
    return SpeakerFinder(mentions, parsed.statements)


def kind_of_speaker(reading: Reading, number: int = 0) -> Kind | None:
    kinds = {e.id: e.kind for e in reading.entities or ()}
    return kinds.get((reading.statements or ())[number].speaker or "")


def test_a_name_speaks() -> None:
    marked = "[source [person! Ann Vale]] [cue said] [content the dam held]."
    assert speakers(read(marked)) == ["Ann Vale"]


def test_pronouns_titles_and_descriptions_speak_for_their_entity() -> None:
    marked = """
[source [person!:1 Ann Vale]] [cue said] [content it held].
[source:2 [person:1 She]] [cue:2 said] [content:2 it would].
[source:3 [person:1 The mayor]] [cue:3 added] [content:3 no more].
""".strip()
    assert speakers(read(marked)) == ["Ann Vale"] * 3


def test_a_long_source_speaks_for_the_mention_at_its_head() -> None:
    marked = (
        "[source [person:1 [person?:1 Ann Vale], the mayor of [place! Ardal],]] "
        "[cue said] [content it held]."
    )
    assert speakers(read(marked)) == ["Ann Vale"]


def test_a_source_wider_than_its_mention_finds_it() -> None:
    marked = "[source [person!:1 Ann Vale], who runs [place! Ardal],] [cue said] [content it held]."
    assert speakers(read(marked)) == ["Ann Vale"]


def test_a_source_narrower_than_its_mention_finds_it() -> None:
    marked = "[person:1 [source [person?:1 Ann Vale]], the mayor,] [cue said] [content it held]."
    assert speakers(read(marked)) == ["Ann Vale"]


def test_a_title_before_a_name_changes_nothing() -> None:
    marked = "[source Defence Minister [person! Ann Vale]] [cue said] [content it held]."
    assert speakers(read(marked)) == ["Ann Vale"]


def test_marks_around_a_source_change_nothing() -> None:
    for source in ("“[person! Ann Vale],”", "[person! Ann Vale]’s", "— [person! Ann Vale] —"):
        marked = f"[source {source}] [cue said] [content it held]."
        assert speakers(read(marked)) == ["Ann Vale"]


def test_what_a_source_only_speaks_of_does_not_speak() -> None:
    """The head of a source speaks, not the names in it."""
    marked = "[source The brother of [person! Ann Vale]] [cue said] [content it held]."
    assert speakers(read(marked)) != [None]
    marked = "[source [person The brother of [person! Ann Vale]]] [cue said] [content it held]."
    assert speakers(read(marked)) == ["The brother of Ann Vale"]


def test_sources_that_are_no_mention_become_an_entity() -> None:
    marked = "[source Those close to the talks] [cue said] [content they had failed]."
    reading = read(marked)
    assert speakers(reading) == ["Those close to the talks"]
    assert kind_of_speaker(reading) is Kind.PERSON
    (entity,) = reading.entities or ()
    (mention,) = reading.mentions or ()
    assert entity.mentions == (mention.id,)
    assert reading.text_of(mention.span) == "Those close to the talks"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("the ministry", Kind.ORGANIZATION),
        ("Officials at the talks", Kind.PERSON),
        ("the Ardal town council", Kind.ORGANIZATION),
        ("The armed forces", Kind.ORGANIZATION),
        ("witnesses", Kind.PERSON),
        ("organisations of the region", Kind.PERSON),
    ],
)
def test_groups_and_persons_are_told_apart_by_their_words(source: str, kind: Kind) -> None:
    reading = read(f"[source {source}] [cue said] [content it had held].")
    assert kind_of_speaker(reading) is kind


def test_the_same_made_source_is_one_entity() -> None:
    """Two statements with one source: "residents said A and denied B"."""
    marked = (
        "[source [source:2 residents]] [cue said] [content it held] "
        "and [cue:2 denied] [content:2 that it leaked]."
    )
    reading = read(marked)
    assert len(reading.entities or ()) == 1
    assert speakers(reading) == ["residents", "residents"]


def test_a_mention_of_no_kind_that_speaks_becomes_an_entity() -> None:
    marked = "[source [abstract:1 the evidence]] [cue shows] [content it held]. [abstract:1 It] is."
    reading = read(marked)
    assert speakers(reading) == ["the evidence"]
    assert len(reading.mentions or ()) == 2


FIRST = "[content “[source:2 [person {0}]] [cue:2 believe] [content:2 it held],”] "


@pytest.mark.parametrize("word", ["I", "We", "we"])
def test_first_persons_in_direct_speech_are_who_speaks(word: str) -> None:
    marked = FIRST.format(word) + "[source [person! Ann Vale]] [cue said]."
    assert speakers(read(marked)) == ["Ann Vale", "Ann Vale"]


def test_my_is_who_speaks_though_it_was_taken_for_somebody_else() -> None:
    marked = (
        '[person!:2 Tom Orr] left. "[content [person:2 My] client was at sea,"] '
        "[cue said] [source [person!:1 Ann Vale]]."
    )
    reading = read(marked)
    names = {e.id: e.name for e in reading.entities or ()}
    told = {m.span.text_in(reading.document.text): names[m.entity] for m in reading.mentions or ()}
    assert told == {"Tom Orr": "Tom Orr", "My": "Ann Vale", "Ann Vale": "Ann Vale"}


def test_who_is_i_alone_is_the_speaker_whose_words_it_stands_in() -> None:
    marked = FIRST.format("I") + "[source [person! Ann Vale]] [cue said]."
    parsed = parse(marked)
    found = found_mentions(parsed.text, parsed.mentions)
    mentions = DocumentMentions(parsed.text, found, chain_scorer())
    loose = [dataclasses.replace(s, parent=None, depth=0) for s in parsed.statements]
    finder = SpeakerFinder(mentions, loose)
    assert len(set(finder.find().values())) == 2
    finder.give_first_persons()
    (speaker,) = set(finder.found.values())
    assert speaker is not None
    assert len(mentions.entities[speaker].mentions) == 2


def test_first_persons_in_mixed_speech_are_who_speaks() -> None:
    marked = (
        "[source [person! Ann Vale]] [cue said] [content it was “bad, as "
        "[source:2 [person we]] [cue:2 said] [content:2 before]”]."
    )
    assert speakers(read(marked)) == ["Ann Vale", "Ann Vale"]


def test_first_persons_in_indirect_speech_are_the_speaker_around_it() -> None:
    marked = (
        "[content “[source:2 [person! Tom Orr]] [cue:2 said] [content:2 that "
        "[source:3 [person I]] [cue:3 knew] [content:3 of it]]”], "
        "[source [person! Ann Vale]] [cue said]."
    )
    assert speakers(read(marked)) == ["Ann Vale", "Tom Orr", "Ann Vale"]


def test_first_persons_in_quoted_speech_of_another_are_the_inner_speaker() -> None:
    marked = (
        "[content “[source:2 [person! Tom Orr]] [cue:2 said], [content:2 “"
        "[source:3 [person I]] [cue:3 knew] [content:3 of it]”]”], "
        "[source [person! Ann Vale]] [cue said]."
    )
    assert speakers(read(marked)) == ["Ann Vale", "Tom Orr", "Tom Orr"]


def test_first_persons_of_the_outlet_are_nobody_else() -> None:
    marked = (
        "[source [person! Ann Vale]] [cue said] [content it held]. "
        "[source:2 [person I]] [cue:2 believe] [content:2 so]."
    )
    assert speakers(read(marked)) == ["Ann Vale", "I"]


def test_a_first_person_as_part_of_a_source_is_no_first_person() -> None:
    marked = (
        "[content “[source:2 [person My brother]] [cue:2 believes] [content:2 it held],”] "
        "[source [person! Ann Vale]] [cue said]."
    )
    assert speakers(read(marked)) == ["Ann Vale", "My brother"]


WRITER = "[source [person!:1 Ann Vale]] [cue said] [content it held]. "


@pytest.mark.parametrize("words", ["the statement", "The statement", "that letter", "the report"])
def test_what_was_written_speaks_for_who_spoke_before(words: str) -> None:
    marked = WRITER + f"[source:2 {words}] [cue:2 said] [content:2 no more]."
    assert speakers(read(marked)) == ["Ann Vale", "Ann Vale"]
    marked = WRITER + f"[source:2 [abstract {words}]] [cue:2 said] [content:2 no more]."
    assert speakers(read(marked)) == ["Ann Vale", "Ann Vale"]


@pytest.mark.parametrize("words", ["a statement", "another report", "statements"])
def test_what_is_new_speaks_for_itself(words: str) -> None:
    marked = WRITER + f"[source:2 {words}] [cue:2 said] [content:2 no more]."
    assert speakers(read(marked)) == ["Ann Vale", words]


@pytest.mark.parametrize(
    "source",
    [
        "[abstract [person:1 his] letter]",
        "[person:1 his] letter",
        "[abstract [person:1 Vale's] latest report]",
        "[abstract [person! Tom Orr]'s statement]",
    ],
)
def test_what_was_written_speaks_for_its_owner(source: str) -> None:
    chain = "Tom Orr" if "Orr" in source else "Ann Vale"
    marked = (
        "[person!:1 Ann Vale] left. [source [person! Bea Lund]] [cue said] [content it held]. "
        f"[source:2 {source}] [cue:2 said] [content:2 no more]."
    )
    assert speakers(read(marked)) == ["Bea Lund", chain]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a statement by [person! Tom Orr]", "Tom Orr"),
        ("[abstract A letter from [person! Tom Orr] to [person! Bea Lund]]", "Tom Orr"),
        ("[abstract a report issued by [organization the ministry]]", "the ministry"),
        # Nobody wrote these as far as the words tell.
        ("[abstract a report from [place! Ardal]]", "a report from Ardal"),
        ("[abstract a report by experts]", "a report by experts"),
    ],
)
def test_what_was_written_speaks_for_who_is_said_to_have_written_it(source: str, name: str) -> None:
    marked = WRITER + f"[source:2 {source}] [cue:2 said] [content:2 no more]."
    assert speakers(read(marked)) == ["Ann Vale", name]


def test_an_organization_owns_what_it_wrote() -> None:
    marked = "[source The [organization! Ardal Ministry] statement] [cue said] [content it held]."
    assert speakers(read(marked)) == ["Ardal Ministry"]


def test_places_and_days_own_no_statement() -> None:
    marked = WRITER + (
        "[source:2 [abstract the [time Monday] statement]] [cue:2 said] [content:2 no more]."
    )
    assert speakers(read(marked)) == ["Ann Vale", "Ann Vale"]


@pytest.mark.parametrize("name", ["The Ardal Post", "The Post", "The Morning Paper"])
def test_newspapers_named_like_something_written_speak_for_themselves(name: str) -> None:
    marked = WRITER + f"[source:2 [organization! {name}]] [cue:2 reported] [content:2 a leak]."
    first, second = speakers(read(marked))
    assert first == "Ann Vale"
    assert second is not None
    assert second.removeprefix("The ") == name.removeprefix("The ")
    marked = WRITER + f"[source:2 {name}] [cue:2 reported] [content:2 a leak]."
    assert speakers(read(marked)) == ["Ann Vale", name]


def test_words_that_end_like_something_written_are_none() -> None:
    marked = WRITER + "[source:2 [person the keynote]] [cue:2 said] [content:2 no more]."
    assert speakers(read(marked)) == ["Ann Vale", "the keynote"]


def test_a_statement_with_nobody_before_it_speaks_for_itself() -> None:
    marked = "[source The statement] [cue said] [content it held]."
    assert speakers(read(marked)) == ["The statement"]


def test_a_statement_far_from_all_speakers_speaks_for_itself() -> None:
    marked = WRITER + "Nobody came. " * 200 + "[source:2 The letter] [cue:2 said] [content:2 no]."
    assert speakers(read(marked)) == ["Ann Vale", "The letter"]


def test_a_statement_has_the_nearest_speaker_before_it() -> None:
    marked = (
        WRITER + "[source:2 [person! Tom Orr]] [cue:2 said] [content:2 so]. "
        "[source:3 The letter] [cue:3 said] [content:3 no]. "
        "[source:4 [person! Bea Lund]] [cue:4 said] [content:4 so]."
    )
    assert speakers(read(marked)) == ["Ann Vale", "Tom Orr", "Tom Orr", "Bea Lund"]


def test_relative_pronouns_speak_for_what_stands_before_them() -> None:
    for between in (", ", " "):
        marked = (
            f"[person! Ann Vale]{between}[source [person who]] [cue said] [content it held], left."
        )
        assert speakers(read(marked)) == ["Ann Vale"]


def test_relative_pronouns_speak_for_the_phrase_around_them() -> None:
    marked = "[person The man [source [person who]] [cue said] [content it held]] has left."
    assert speakers(read(marked)) == ["The man"]


def test_a_relative_pronoun_with_nothing_before_it_is_unknown_or_itself() -> None:
    marked = "[source [person Who]] [cue said] [content it held]?"
    assert speakers(read(marked)) in ([None], ["Who"])


QUOTED = "[content “It held,”] [source [person! Ann Vale]] [cue said]. "


def test_quotations_go_on_with_the_speaker_before() -> None:
    marked = QUOTED + "[content:2 “It will,”] [cue:2 came] the answer."
    assert speakers(read(marked)) == ["Ann Vale", "Ann Vale"]


def sourceless(
    text: str, before: str, content: str, *, source: str = "Ann Vale"
) -> list[str | None]:
    """Speakers of a statement with a source, then of one with none."""
    finder = finder_of(text)
    plain = finder.text
    quoted = as_spans([found_at(plain, content)])
    first = made_statement(
        plain,
        source=as_spans([found_at(plain, source)]),
        cue=as_spans([found_at(plain, "said")]),
        content=as_spans([found_at(plain, before)]),
    )
    second = made_statement(plain, content=quoted)
    own = SpeakerFinder(finder.mentions, (first, second))
    names = own.find()
    drafts = own.mentions.entities
    numbers = [names.get(s.id) for s in (first, second)]
    return [None if n is None else own.mentions.name_of(drafts[n]) for n in numbers]


def found_at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


TWO = "“It held,” [person! Ann Vale] said.\n“It will hold again.”"


def test_a_quoted_paragraph_has_the_speaker_of_the_one_before() -> None:
    assert sourceless(TWO, "“It held,”", "“It will hold again.”") == ["Ann Vale", "Ann Vale"]


def test_a_quotation_far_below_has_no_known_speaker() -> None:
    text = TWO.replace("\n", "\n" + "Nobody came. " * 60 + "\n")
    assert sourceless(text, "“It held,”", "“It will hold again.”") == ["Ann Vale", None]


def test_a_quotation_after_indirect_speech_has_no_known_speaker() -> None:
    text = "[person! Ann Vale] said it held.\n“It will hold again.”"
    assert sourceless(text, "it held", "“It will hold again.”") == ["Ann Vale", None]


def test_indirect_speech_with_no_source_has_no_known_speaker() -> None:
    text = "“It held,” [person! Ann Vale] said.\nIt was reported to leak."
    assert sourceless(text, "“It held,”", "to leak") == ["Ann Vale", None]


def test_a_first_quotation_with_no_source_has_no_known_speaker() -> None:
    text = "“It will hold again.” “It held,” [person! Ann Vale] said."
    assert sourceless(text, "“It held,”", "“It will hold again.”") == ["Ann Vale", None]


def test_entities_are_made_only_when_a_kind_is_given() -> None:
    finder = finder_of("Those close to [person! Ann Vale] left in the night.")
    span = Span(25, 32)
    before = len(finder.mentions.entities)
    assert finder.entity_at(Span(33, 37)) is None
    made = finder.entity_at(Span(33, 37), Kind.PERSON)
    assert made == before
    assert finder.entity_at(Span(33, 37), Kind.PERSON) == made
    assert finder.entity_at(span) is None
    assert finder.entity_at(found_at(finder.text, "Ann Vale")) == 0


def test_no_statements_have_no_speakers() -> None:
    assert finder_of("[person! Ann Vale] left.").find() == {}


def test_every_statement_is_answered_for() -> None:
    finder = finder_of(QUOTED + WRITER.replace("source", "source:2").replace("cue", "cue:2"))
    assert set(finder.find()) == {s.id for s in finder.statements}


def test_thousands_of_statements_cost_linear_time() -> None:
    unit = "The letter said it held. Residents who fled said no. The evidence shows it.\n"
    text = unit * 2_000
    statements, mentions = [], []
    for at in range(0, len(text), len(unit)):
        for source, cue, content in (
            ("The letter", "said", "it held"),
            ("Residents who fled", "said no", "no"),
            ("The evidence", "shows", "it."),
        ):
            spans = (as_spans([found_at_in(text, w, at)]) for w in (source, cue, content))
            own = dict(zip(("source", "cue", "content"), spans, strict=True))
            statements.append(fast_statement(text, own))
        mentions.append(Made(span=found_at_in(text, "The evidence", at), type="abstract"))
    found = found_mentions(text, mentions)
    own_mentions = DocumentMentions(text, found, None)
    began = time.perf_counter()
    speakers_found = SpeakerFinder(own_mentions, statements).find()
    assert time.perf_counter() - began < 3
    assert len(speakers_found) == len(statements)


def found_at_in(text: str, words: str, start: int) -> Span:
    at = text.index(words, start)
    return Span(at, at + len(words))


_TEMPLATE = made_statement("a b c", cue=as_spans([(0, 1)]), content=as_spans([(2, 3)]))


def fast_statement(text: str, roles: dict[str, tuple[Span, ...]]):  # type: ignore[no-untyped-def]
    """A statement that shares all but its spans with another: only they are read."""
    values = {name: getattr(_TEMPLATE, name) for name in type(_TEMPLATE).__slots__}
    own = "-".join(str(s.start) for spans in roles.values() for s in spans)
    return type(_TEMPLATE)(**values | roles | {"id": own})


@pytest.mark.parametrize(
    "words", ["a" + " " * 10_000 + "b", "a, " * 3_000, "’s" * 5_000, ", " * 5_000]
)
def test_very_long_sources_cost_little(words: str) -> None:
    began = time.perf_counter()
    marked = f"[source [person {words}]] [cue said] [content it held]."
    assert len(speakers(read(marked))) == 1
    assert time.perf_counter() - began < 1
