"""The time of a statement, in annotated lines; the expected words stand behind."""

import pytest

from onrecord.records import (
    Reading,
    Span,
    Statement,
    content_id,
    make_document,
    make_run,
    statement_id,
)
from onrecord.segment.sentences import split_sentences
from onrecord.times.linking import time_of
from onrecord.times.stages import TimeFinder, TimeLinker
from tests.marked import parse_marked

RUN = make_run(software="0", model="none", model_digest="", settings={})


def said_when(line: str) -> dict[int, str | None]:
    """The words of the time of each statement of an annotated line."""
    marked = parse_marked(line)
    document = make_document(text=marked.text, published="2022-08-04")
    reading = TimeFinder()([Reading(document=document, run=RUN)])[0]
    times = reading.times or ()
    sentences = [Span(s.start, s.end) for s in split_sentences(marked.text)]
    chosen = {}
    for own in marked.statements:
        sentence = next(s for s in sentences if s.start <= own.cue[0].start < s.end)
        found = time_of(
            marked.text,
            sentence,
            source=own.source,
            cue=own.cue,
            content=own.content,
            times=times,
        )
        chosen[own.number] = found.span.text_in(marked.text) if found else None
    return chosen


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[source Ms Chen] [cue said on Tuesday] [content that the dam broke in May].", "Tuesday"),
        ("[source Ms Chen] [cue said] on Tuesday [content that the dam broke in May].", "Tuesday"),
        ("[content “The dam broke in May,”] [cue said] [source Ms Chen] on Tuesday.", "Tuesday"),
        (
            "[source Ms Chen] [cue told] reporters in Port Quill on Friday [content it held].",
            "Friday",
        ),
        ("[source Ms Chen] on Tuesday [cue said] [content it held].", "Tuesday"),
        ("On Tuesday, [source Ms Chen] [cue said] [content it held].", "Tuesday"),
        ("Earlier on Tuesday [source Ms Chen] [cue denied] [content it].", "Tuesday"),
        (
            "In a 2019 interview with the Ledger, [source Ms Chen] [cue said] [content it held].",
            "2019",
        ),
        ("[source Ms Chen] [cue said] in a 2019 interview [content that it held].", "2019"),
    ],
)
def test_the_time_beside_the_cue_is_when_it_was_said(line: str, expected: str) -> None:
    assert said_when(line) == {1: expected}


@pytest.mark.parametrize(
    "line",
    [
        "[source Ms Chen] [cue said] [content the dam broke on Tuesday].",
        "[content The dam broke on Tuesday], [source Ms Chen] [cue said].",
        "[content On Tuesday the dam broke], [source Ms Chen] [cue said].",
        "[source Ms Chen, mayor since 2019,] [cue said] [content it held].",
        "[content “It held,”] [cue said] [source Ms Chen], who took office in 2019.",
        "[source Ms Chen] has [cue said] since Tuesday [content that it held].",
        "[source Ms Chen] [cue said] for three days [content that it held].",
        "This week's storm was mild, [source Ms Chen] [cue said] [content in the Ledger].",
        "[content “It held,”] [source Ms Chen] [cue said], repeating her January 2 remarks.",
        "It broke on Tuesday. [source Ms Chen] [cue said] [content it held].",
        "[source Ms Chen] [cue said] [content it held]. It broke on Tuesday.",
        "[source Ms Chen] [cue said] [content it held] after a storm on Tuesday.",
    ],
)
def test_times_of_what_is_said_or_of_something_else_are_not(line: str) -> None:
    assert said_when(line) == {1: None}


def test_each_level_of_a_chain_has_its_own_time() -> None:
    line = (
        "[source:1 Ms Chen] [cue:1 said] on Friday [content:1 that [source:2 the mayor] had "
        "[cue:2 denied] on Tuesday [content:2 that it broke in May]]."
    )
    assert said_when(line) == {1: "Friday", 2: "Tuesday"}


def _reading(text: str) -> Reading:
    document = make_document(text=text, published="2022-08-04")
    cue_start = text.index("said")
    spans = {
        "source": (Span(text.index("Ms Chen"), cue_start - 1),),
        "cue": (Span(cue_start, cue_start + 4),),
        "content": (Span(text.index("it"), len(text) - 1),),
    }
    statement = Statement(
        id=statement_id(document.id, **spans),
        document=document.id,
        **spans,
        speaker=None,
        act="assert",
        polarity="affirm",
        addressee=None,
        manner="indirect",
        medium=None,
        parent=None,
        depth=0,
        time=None,
        probability=1.0,
        run=RUN.id,
    )
    return Reading(document=document, run=RUN, statements=(statement,))


def test_the_stages_write_rows_and_leave_what_they_were_given() -> None:
    given = _reading("Ms Chen said on Tuesday it held.")
    timed = TimeFinder()([given])
    linked = TimeLinker()(timed)[0]
    (time,) = linked.times or ()
    assert given.times is None
    assert timed[0].statements == given.statements
    assert (time.type, time.value, time.run) == ("DATE", "2022-08-02", RUN.id)
    assert time.id == content_id("time", given.document.id, time.span)
    assert linked.statements is not None
    assert linked.statements[0].time == time.id
    assert linked.statements[0].id == given.statements[0].id


def test_a_reading_does_not_depend_on_those_beside_it() -> None:
    texts = [
        "Ms Chen said on Tuesday it held.",
        "In May 2019 he left. The next day, Ms Chen said it held.",
        "Ms Chen said it held.",
    ]
    together = TimeLinker()(TimeFinder()([_reading(text) for text in texts]))
    alone = [TimeLinker()(TimeFinder()([_reading(text)]))[0] for text in texts]
    assert together == alone
    assert [r.statements[0].time is None for r in alone] == [False, False, True]


def test_nothing_found_is_empty_and_not_missing() -> None:
    reading = TimeLinker()(TimeFinder()([_reading("Ms Chen said it held.")]))[0]
    assert reading.times == ()


def test_what_the_stages_read_and_write() -> None:
    assert (TimeFinder.reads, TimeFinder.writes) == (frozenset(), {"times"})
    assert TimeLinker.reads == {"statements", "times"}
    assert TimeLinker.writes == {"statements"}
