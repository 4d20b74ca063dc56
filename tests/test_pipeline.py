"""Stages in their order, one run for all rows, and the invariants for any text."""

import dataclasses
import json
import math
import re
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.config import Config
from onrecord.encode.weights import Weights, packaged_weights
from onrecord.errors import ConfigError, StageOrderError, WeightsError
from onrecord.export.records import dumps, reading_from_json
from onrecord.pipeline import Reader, Stage, check_order, thresholds_of
from onrecord.records import Document, Reading, Span, make_document
from onrecord.schema import find_violations
from onrecord.statements.candidates import Thresholds


def stage(name: str, *, reads: str = "", writes: str = "") -> Stage:
    """A stage that does nothing but declare what it reads and writes."""

    class Made:
        def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
            return list(readings)

    Made.__name__ = name
    made: Any = Made()
    Made.reads = frozenset(reads.split())  # type: ignore[attr-defined]
    Made.writes = frozenset(writes.split())  # type: ignore[attr-defined]
    return made


def test_what_is_read_must_have_been_written() -> None:
    first = stage("First", writes="statements entities")
    second = stage("Second", reads="statements", writes="events")
    third = stage("Third", reads="events entities")
    check_order([])
    check_order([first])
    check_order([first, second, third])


def test_an_order_that_cannot_work_is_refused() -> None:
    first = stage("First", writes="statements")
    second = stage("Second", reads="statements places times", writes="events")
    with pytest.raises(StageOrderError, match="Second reads places, times") as caught:
        check_order([first, second])
    assert caught.value.stage == "Second"
    assert caught.value.missing == {"places", "times"}
    with pytest.raises(StageOrderError, match="Second reads"):
        check_order([second, first])


def test_a_stage_may_not_read_what_only_it_writes() -> None:
    with pytest.raises(StageOrderError):
        check_order([stage("Same", reads="events", writes="events")])


def test_thresholds_come_from_the_manifest() -> None:
    assert thresholds_of(Weights(Path(), {})) == Thresholds()
    given_ones = {"cue_bias": 0.5, "weights": [1.0, 2.0, 3.0]}
    found = thresholds_of(Weights(Path(), {"thresholds": given_ones}))
    assert found == Thresholds(cue_bias=0.5, weights=(1.0, 2.0, 3.0))


FILLED = ("statements", "mentions", "entities", "places", "times", "quantities")
FULL = make_document(
    text=(
        "Mayor Ann Vale said on Monday that at least 12 people had been hurt near Lviv. “We "
        "counted them twice,” she told the Ardal Herald.\n\nThe Ukrainian defence ministry "
        "denied on 31 July that 1,550 soldiers had left Odesa, and accused the Orvane Front of "
        "spreading lies in Kyiv."
    ),
    published="2022-08-02T10:15:00+00:00",
)
TEXTS = [
    "The dam will hold, Ms Chen said. “We checked it twice,” she told the Ardal Herald.",
    "The ministry said that the general had admitted to the Herald that he approved the strikes.",
    "The bridge was closed at noon.",
    "“I have never met him,” Mr Ekwall said.\n\n“And I never will.”\n\nThe mayor denied it.",
]


@pytest.mark.weights
def test_one_run_for_all_rows(reader: Reader) -> None:
    reading = reader.read(make_document(text=TEXTS[0]))
    assert reading.run is reader.run
    rows = [*(reading.statements or ()), *(reading.mentions or ()), *(reading.entities or ())]
    assert rows
    assert {row.run for row in rows} == {reader.run.id}
    assert {row.document for row in rows} == {reading.document.id}


@pytest.mark.weights
def test_the_run_names_what_was_used(reader: Reader) -> None:
    weights = packaged_weights()
    assert reader.run.model == weights.name
    assert reader.run.model_digest == weights.digest
    assert reader.run.software
    thresholds = {f.name for f in dataclasses.fields(Thresholds)}
    assert set(reader.run.settings) == thresholds | {"gazetteer", "actors"}
    assert re.fullmatch("[0-9a-f]{64}", reader.run.settings["gazetteer"])
    assert reader.run.settings["actors"] == ""


@pytest.mark.weights
def test_the_same_weights_make_the_same_run_with_any_threads(reader: Reader) -> None:
    assert Reader(Config(n_threads=1)).run == reader.run


@pytest.mark.weights
def test_other_actors_make_another_run(reader: Reader, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("name,code\nArdal Guard,UKR.REB\n", "utf-8")
    second.write_text("name,code\nArdal Guard,UKR.MIL\n", "utf-8")
    runs = [Reader(Config(actors=given)).run for given in ((first,), (second,), (first, second))]
    assert len({run.settings["actors"] for run in runs}) == 3
    assert len({run.id for run in (*runs, reader.run)}) == 4
    first.rename(tmp_path / "c.csv")
    assert Reader(Config(actors=(tmp_path / "c.csv",))).run == runs[0], (
        "names of files do not count"
    )


@pytest.mark.weights
def test_every_section_of_a_full_article_is_filled(reader: Reader) -> None:
    reading = reader.read(FULL)
    for section in FILLED:
        assert getattr(reading, section), section
    assert any(statement.speaker for statement in reading.statements or ())
    assert any(statement.time for statement in reading.statements or ())
    assert any(entity.place for entity in reading.entities or ())
    assert any(entity.actor for entity in reading.entities or ())
    assert any(place.geonames_id for place in reading.places or ())
    check_rows(reading)


@pytest.mark.weights
@pytest.mark.parametrize("text", ["", "\n", "x", "Why not?", "The bridge was closed at noon."])
def test_nothing_found_is_not_the_same_as_not_looked_for(reader: Reader, text: str) -> None:
    reading = reader.read(make_document(text=text))
    assert reading.statements == ()
    assert {name: type(getattr(reading, name)) for name in FILLED} == dict.fromkeys(FILLED, tuple)
    assert (reading.events, reading.control_claims, reading.commitments) == ((), (), ())


@pytest.mark.weights
def test_all_noun_phrases_stand_in_one_cluster_each(reader: Reader) -> None:
    clusters = reader.clusters_of(FULL)
    spans = [span for cluster in clusters for span in cluster]
    assert len(spans) == len(set(spans)) > 0
    named = {mention.span for mention in reader.read(FULL).mentions or ()}
    assert named & set(spans)


@pytest.mark.weights
def test_other_stages_take_the_place_of_the_built_in_ones() -> None:
    reader = Reader(stages=[stage("Nothing", writes="statements")])
    assert reader.read(make_document(text=TEXTS[0])).statements is None
    with pytest.raises(StageOrderError):
        Reader(stages=[stage("Needs", reads="statements")])


@pytest.mark.weights
def test_progress_is_told_while_reading() -> None:
    told: list[int] = []
    reader = Reader(on_progress=told.append)
    reader.read_batch([make_document(text=text) for text in TEXTS])
    assert sum(told) > 0.8 * sum(map(len, TEXTS))


@pytest.mark.weights
def test_no_documents_no_readings(reader: Reader) -> None:
    assert reader.read_batch([]) == []


@pytest.mark.weights
def test_when_a_batch_is_full(reader: Reader) -> None:
    short = make_document(text="The dam held.")
    long = make_document(text="x" * 200_000)
    assert not reader.is_full([])
    assert not reader.is_full([short] * 15)
    assert reader.is_full([short] * 16)
    assert reader.is_full([long])


def test_a_reader_needs_threads_and_weights(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="n_threads"):
        Reader(Config(n_threads=0))
    with pytest.raises(WeightsError):
        Reader(Config(weights=tmp_path))


# The same bytes, whatever else is read.


@pytest.mark.weights
def test_neighbours_order_and_threads_change_no_byte(reader: Reader) -> None:
    documents = [*(make_document(text=text) for text in TEXTS), FULL]
    alone = [dumps(reader.read(document)) for document in documents]
    single = Reader(Config(n_threads=1))
    for other in (reader, single):
        assert [dumps(r) for r in other.read_batch(documents)] == alone
        assert [dumps(r) for r in other.read_batch(documents[::-1])] == alone[::-1]
        for by in range(1, len(documents)):
            turned = documents[by:] + documents[:by]
            assert [dumps(r) for r in other.read_batch(turned)] == alone[by:] + alone[:by]
        twice = [dumps(r) for r in other.read_batch(documents * 2)]
        assert twice == alone * 2
        assert [dumps(r) for r in other.read_each(iter(documents * 2))] == twice


@pytest.mark.weights
@pytest.mark.parametrize("n_threads", [1, 2])
def test_documents_are_taken_as_readings_are_asked_for(n_threads: int) -> None:
    taken: list[int] = []

    def documents() -> Iterator[Document]:
        for n in range(400):
            taken.append(n)
            yield make_document(text=f"The dam will hold, Ms Chen said on day {n}.")

    found = Reader(Config(n_threads=n_threads)).read_each(documents())
    assert isinstance(found, Generator)
    assert taken == []
    first = next(found)
    assert first.statements
    assert "day 0." in first.document.text
    assert len(taken) < 100
    found.close()


@pytest.mark.weights
@pytest.mark.slow
def test_a_long_article_reads_the_same_with_any_neighbours(reader: Reader) -> None:
    long = make_document(text="\n\n".join([*TEXTS, FULL.text] * 12), published=FULL.published)
    alone = dumps(reader.read(long))
    others = [*(make_document(text=text) for text in TEXTS), FULL]
    for batch in ([*others, long], [long, *others]):
        at = batch.index(long)
        assert dumps(reader.read_batch(batch)[at]) == alone
    assert dumps(Reader(Config(n_threads=1)).read(long)) == alone


# Any text at all.

_ODD = (
    "\u200b \u200e \u200f \u2060 \ufeff \u00ad \u00a0 \u2028 \u2029 \x0b \x0c \x85 \x00 \x1f \x7f "
    "é e\u0301 ﬁ ß İ ı 大坝 ダム الوزير הסכר यह 😀 👩\u200d👩\u200d👦 🇺🇦 \U0010ffff \ufffd \ud800 "
    "𝐃𝐚𝐦 ½ ① “ ” ‘ ’ « » „ 「 」 \" ' '' `` … — – ¿ ["
).split(" ")
_PARTS = st.one_of(
    st.sampled_from([*TEXTS, *FULL.text.split("\n\n")]),
    st.sampled_from(
        ["Ann Vale", " of Kyiv", "in Odesa, Texas,", " the ministry ", "US officials", " them ",
         " on 31 February ", "last week", "3/0/99999", "at least 12 killed", "$2-3 billion",
         " on Monday ", "United Nations", " who ", "’s ", "1,550 ", "-", "("]
    ),
    st.sampled_from(
        ["said", " said ", "Ms Chen", " told ", "“It held,”", " she ", " denied that ", ".", " ",
         "\n", "\n\n", "\r\n", "“", "”", "according to"]
    ),
    st.sampled_from(_ODD),
    st.text(max_size=12),
)  # fmt: skip
ANY_TEXT = st.lists(_PARTS, max_size=14).map("".join)


def document_of(text: str) -> Document:
    return make_document(text=text, published=FULL.published)


@pytest.mark.weights
@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@example(text="")
@example(text="\ud800 said \udfff it held, Ms Chen said.")
@example(text="“" * 60 + " Ms Chen said.")
@given(text=ANY_TEXT)
def test_invariants_hold_for_any_text(reader: Reader, text: str) -> None:
    document = document_of(text)
    reading = reader.read(document)
    assert reading.document.text == text
    check_rows(reading)
    # The same bytes again, between neighbours, and back from JSON.
    printed = dumps(reading)
    neighbours = [document_of(TEXTS[0]), document, document_of(text + " "), document_of(TEXTS[1])]
    assert dumps(reader.read_batch(neighbours)[1]) == printed
    assert dumps(reading_from_json(json.loads(printed))) == printed


@pytest.mark.weights
@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(ANY_TEXT, min_size=1, max_size=3))
def test_order_and_threads_change_no_byte_of_any_text(
    reader: Reader, single: Reader, texts: list[str]
) -> None:
    documents = [document_of(text) for text in texts]
    expected = [dumps(reader.read(document)) for document in documents]
    assert [dumps(r) for r in single.read_batch(documents[::-1])] == expected[::-1]


@pytest.fixture(scope="module")
def single() -> Reader:
    """A reader on one thread."""
    return Reader(Config(n_threads=1))


def check_rows(reading: Reading) -> None:
    """The invariants of a record, and what they leave to those who fill it."""
    assert find_violations(reading) == []
    text = reading.document.text
    rows = [row for name in FILLED for row in getattr(reading, name) or ()]
    assert len({row.id for row in rows}) == len(rows), "ids are apart across sections too"
    for span in all_spans(reading):
        assert span.text_in(text).strip(), "a span of nothing but space is no evidence"
    for statement in reading.statements or ():
        assert statement.cue
        assert statement.content
    for entity in reading.entities or ():
        named = {m.id for m in reading.mentions or () if m.entity == entity.id}
        assert set(entity.mentions) == named != set()
    for place in reading.places or ():
        assert (place.lat is None) == (place.lon is None) == (place.geonames_id is None)
        assert place.lat is None or place.precision is not None, "no pin without a precision"
    for quantity in reading.quantities or ():
        assert math.isfinite(quantity.value)
        assert quantity.upper is None or quantity.upper > quantity.value


def all_spans(reading: Reading) -> Iterator[Span]:
    for s in reading.statements or ():
        yield from (*s.source, *s.cue, *s.content)
    for section in ("mentions", "times", "quantities"):
        yield from (row.span for row in getattr(reading, section) or ())


@pytest.mark.parametrize("owns_process", [False, True])
def test_only_a_program_that_just_reads_spares_its_tables(
    owns_process: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr("onrecord.pipeline.gc.freeze", lambda: frozen.append(True))
    reader = Reader(stages=[stage("Nothing")], owns_process=owns_process)
    documents = [make_document(text=f"Text {n}.") for n in range(3)]
    assert [r.document.text for r in reader.read_batch(documents)] == [
        "Text 0.",
        "Text 1.",
        "Text 2.",
    ]
    reader.read(documents[0])
    assert len(frozen) == owns_process
