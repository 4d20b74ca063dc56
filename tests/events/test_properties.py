"""Any words with any trees and rows: what is found is in order, and nothing breaks."""

import itertools
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.encode.readings import EncodedReading, with_found
from onrecord.encode.types import TYPES
from onrecord.events.frames import FrameReader
from onrecord.events.lexicon import load_lexicon
from onrecord.events.stages import EventFinder
from onrecord.events.texts import EventText
from onrecord.export.records import dumps
from onrecord.records import (
    Act,
    Entity,
    Factuality,
    Kind,
    Manner,
    Mention,
    MentionForm,
    Place,
    Polarity,
    Precision,
    Quantity,
    Reading,
    Span,
    Statement,
    Time,
    TimexType,
    make_document,
)
from onrecord.schema import find_violations
from onrecord.syntax.labels import RELATIONS, TAGS
from onrecord.syntax.trees import FoundTrees
from tests.events.made_texts import RUN, found_trees

# Triggers of all kinds, what governs them, and words for which there are rules.
WORDS = st.sampled_from(
    "attacked attack attacks shelling raid killed blast arrested accused of denied said promised "
    "to withdraw from called off on out signed treaty talks held with launched imposed sanctions "
    "against protesters protest not never no may will if without failed prevent by that who we it "
    "the another this a convoy the soldiers army dozens Orsa Arland Vale Monday in near under "
    "control captured ceasefire violated 40 $ state emergency , . and 's".split()
)
# Relations and tags that there are rules for come more often.
RELATION = st.one_of(
    st.sampled_from(
        "nsubj obj obl nmod case conj xcomp ccomp advcl acl acl:relcl mark nsubj:pass "
        "compound".split()
    ),
    st.sampled_from(RELATIONS),
)
TAG = st.one_of(st.sampled_from("VB VBD VBG VBN NN NNS NNP".split()), st.sampled_from(TAGS))
DATES = st.sampled_from(["2024-05-06", "2030", "1999-01", "PAST_REF", "2024-W20", "", None])


@st.composite
def windows(draw: st.DrawFn) -> tuple[str, list[FoundTrees]]:
    """A text of some sentences, and their trees window by window."""
    text, found, start = "", [], 0
    for _ in range(draw(st.integers(1, 2))):
        columns: dict[str, list[int]] = {name: [] for name in FoundTrees.__slots__}
        for sentence in range(draw(st.integers(1, 2))):
            words = draw(st.lists(WORDS, min_size=1, max_size=12))
            n, before = len(words), len(columns["start_W"])
            numbers = st.integers(0, n - 1)
            for word in words:
                columns["start_W"].append(start)
                columns["end_W"].append(start + len(word))
                columns["sentence_W"].append(sentence)
                columns["head_W"].append(before + draw(numbers))
                columns["root_W"].append(draw(st.integers(-2, 2)))
                columns["relation_W"].append(RELATIONS.index(draw(RELATION)))
                columns["tag_W"].append(TAGS.index(draw(TAG)))
                columns["happened_W"].append(draw(st.integers(-1, 1)))
                columns["type_W"].append(draw(st.integers(0, len(TYPES) - 1)))
                text += word + " "
                start += len(word) + 1
        found.append(found_trees(columns))
    return text, found


@st.composite
def readings(draw: st.DrawFn) -> EncodedReading:
    """Any trees with any rows of earlier stages over them."""
    text, found = draw(windows())
    published = draw(st.sampled_from([None, "2024-05-09"]))
    document = make_document(text=text, published=published)
    edges = sorted({int(at) for own in found for at in (*own.start_W, *own.end_W)})
    common: dict[str, Any] = {"document": document.id, "run": RUN.id}

    def spans(most: int) -> list[Span]:
        pairs = st.tuples(st.sampled_from(edges), st.sampled_from(edges))
        drawn = draw(st.lists(pairs, max_size=most))
        return sorted({Span(min(p), max(p)) for p in drawn if p[0] != p[1]})

    mentions, entities, places = [], [], []
    n_entities = draw(st.integers(1, 4))
    for number, span in enumerate(spans(6)):
        mention = Mention(
            id=f"m{number}", span=span, kind=draw(st.sampled_from(Kind)),
            form=draw(st.sampled_from(MentionForm)),
            entity=f"e{draw(st.integers(1, n_entities))}", **common,
        )  # fmt: skip
        mentions.append(mention)
        if draw(st.booleans()):
            places.append(
                Place(
                    id=f"p{number}", mention=mention.id, name=span.text_in(text), country="ARL",
                    admin1=None, geonames_id=None, lat=None, lon=None,
                    precision=draw(st.sampled_from(Precision)), probability=0.5, candidates=1,
                    **common,
                )
            )  # fmt: skip
    for name, own in itertools.groupby(
        sorted(mentions, key=lambda m: m.entity), key=lambda m: m.entity
    ):
        entities.append(
            Entity(
                id=name, name=name, kind=draw(st.sampled_from(Kind)),
                actor=draw(st.sampled_from([None, "ARL", "ARL.MIL"])),
                country=draw(st.sampled_from([None, "ARL"])), place=None,
                mentions=tuple(m.id for m in own), **common,
            )
        )  # fmt: skip
    speakers = [None, *(e.id for e in entities)]
    statements = [
        Statement(
            id=f"s{number}", source=(), cue=(span,), content=(content,),
            speaker=draw(st.sampled_from(speakers)), act=Act.ASSERT,
            polarity=draw(st.sampled_from(Polarity)), manner=Manner.INDIRECT, addressee=None,
            medium=None, parent=None, depth=0, time=None, probability=1.0, **common,
        )
        for number, (span, content) in enumerate(zip(spans(3), spans(3), strict=False))
    ]  # fmt: skip
    times = [
        Time(
            id=f"t{number}", span=span, type=draw(st.sampled_from(TimexType)), value=draw(DATES),
            **common,
        )
        for number, span in enumerate(spans(3))
    ]  # fmt: skip
    quantities = [
        Quantity(
            id=f"q{number}", span=span, value=float(number),
            unit=draw(st.sampled_from([None, "USD", "person"])), comparator=None, **common,
        )
        for number, span in enumerate(spans(3))
    ]  # fmt: skip
    reading = Reading(
        run=RUN, document=document, mentions=tuple(mentions), entities=tuple(entities),
        places=tuple(places), statements=tuple(statements), times=tuple(times),
        quantities=tuple(quantities),
    )  # fmt: skip
    return with_found(reading, found)


def check(reading: Reading) -> None:
    """What holds for the events of any reading."""
    assert find_violations(reading) == []
    text = reading.document.text
    assert reading.events == tuple(sorted(reading.events or (), key=lambda e: (e.trigger, e.id)))
    by_happening: dict[str, str] = {}
    for event in reading.events or ():
        assert event.trigger.text_in(text).strip()
        assert not set(event.actors) & set(event.recipients)
        assert len(set(event.actors)) == len(event.actors)
        assert len(set(event.recipients)) == len(event.recipients)
        assert len(set(event.quantities)) == len(event.quantities)
        assert event.factuality in Factuality
        assert by_happening.setdefault(event.happening, event.type) == event.type
        if event.date is not None:
            assert event.date.value[0].isdigit()
    figures = [q for event in reading.events or () for q in event.quantities]
    assert len(figures) == len(set(figures)), "a figure is of one event only"


@settings(max_examples=150)
@given(readings())
def test_invariants_hold_for_any_trees_and_rows(given_reading: EncodedReading) -> None:
    (after,) = EventFinder()([given_reading])
    assert isinstance(after, EncodedReading)
    check(after.plain())


@settings(max_examples=50)
@given(readings())
def test_the_same_is_found_again(given_reading: EncodedReading) -> None:
    first, second = (EventFinder()([given_reading])[0] for _ in range(2))
    assert isinstance(first, EncodedReading)
    assert isinstance(second, EncodedReading)
    assert dumps(first.plain()) == dumps(second.plain())


@settings(max_examples=50)
@given(windows())
@example(("", []))
def test_trees_alone_are_enough(given_windows: tuple[str, list[FoundTrees]]) -> None:
    text, found = given_windows
    document = make_document(text=text)
    for rows in (None, ()):
        reading = Reading(
            run=RUN, document=document, mentions=rows, entities=rows, statements=rows,
            places=rows, times=rows, quantities=rows,
        )  # fmt: skip
        (after,) = EventFinder()([with_found(reading, found)])
        assert isinstance(after, EncodedReading)
        check(after.plain())


@settings(max_examples=100)
@given(readings())
def test_every_happening_has_words_of_its_own(given_reading: EncodedReading) -> None:
    reader = FrameReader(load_lexicon())
    found = [f for f in given_reading.found if isinstance(f, FoundTrees)]
    for sentence in EventText(given_reading, found).sentences:
        taken: set[int] = set()
        for happening in reader.read(sentence):
            words = set(range(happening.first, happening.last + 1))
            assert words <= set(range(len(sentence.tree)))
            assert happening.word in words
            assert not words & taken
            taken |= words
            assert 0 < happening.strength <= 1
            for own in (happening.actors, happening.recipients):
                assert len(own) == len(set(own))
                assert set(own) <= set(range(len(sentence.tree)))


@settings(max_examples=30)
@given(readings(), st.integers(0, 3))
def test_what_is_left_out_of_the_rows_is_left_out_of_events(
    given_reading: EncodedReading, number: int
) -> None:
    name = ("places", "times", "quantities", "statements")[number]
    (after,) = EventFinder()([given_reading.replace(**{name: ()})])
    for event in after.events or ():
        if name == "places":
            assert event.place is None
        if name == "times":
            assert event.date is None
        if name == "quantities":
            assert event.quantities == ()
        if name == "statements":
            assert event.asserted_by is None
