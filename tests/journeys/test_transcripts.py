"""Interviews and hearings, from their text to who asserts what."""

import time

import pytest

from onrecord.pipeline import Reader
from onrecord.records import Act, Manner, Reading, make_document
from onrecord.schema.invariants import find_violations
from tests.statements.made_transcripts import NO_TRANSCRIPTS, TRANSCRIPTS

pytestmark = pytest.mark.weights

MARKS = {":", "—", "))"}
# Seconds of processor time for 300,000 characters; some five times what a slow machine needs.
_BOUND_S = 240.0


def read(reader: Reader, name: str) -> Reading:
    text, outlet = TRANSCRIPTS[name]
    reading = reader.read(make_document(text=text, outlet=outlet))
    assert find_violations(reading) == []
    return reading


def names(reading: Reading) -> dict[str | None, str | None]:
    return {None: None} | {entity.id: entity.name for entity in reading.entities or ()}


SPEAKERS = {
    "questions and answers": ["Orvik Herald", "Mara Velt"] * 3,
    "capitals": ["CHAIR", "Mara Velt", "Tom Lind", "Mara Velt", "Tom Lind", "CHAIR"],
    "brackets": ["Ardal Post", "Ilse Brandt"] * 3,
    "dashes": ["Lena Oster", "Joran Hald"] * 2,
    "within an article": ["Petra Sund", *["Interviewer", "Petra Sund"] * 2],
    "hearing": [
        *("THE CHAIR", "Olen Marsk", "Dita Rovar"),
        *("THE CHAIR", "Dita Rovar", "THE CHAIR"),
    ],
    "question": [None] * 4,
    "initials": ["Lighthouse Review", "Anselm Dorn"] * 3,
    "two guests": ["Moderator", "Petra Sund", "Joran Hald"] * 2,
}


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_who_speaks(reader: Reader, name: str) -> None:
    reading = read(reader, name)
    known = names(reading)
    turns = [s for s in reading.statements or () if reading.text_of(s.cue) in MARKS]
    assert [known[s.speaker] for s in turns] == SPEAKERS[name]
    for turn in turns:
        assert (turn.depth, turn.parent, turn.manner) == (0, None, Manner.DIRECT)
        is_question = reading.text_of(turn.content).endswith("?")
        assert turn.act is (Act.ASK if is_question else Act.ASSERT)


def test_what_is_said_is_asserted_by_the_speaker(reader: Reader) -> None:
    reading = read(reader, "questions and answers")
    known = names(reading)
    speaker = {s.id: known[s.speaker] for s in reading.statements or ()}
    told = {
        reading.text_of(e.trigger): (speaker.get(e.asserted_by or ""), [known[a] for a in e.actors])
        for e in reading.events or ()
    }
    assert told["sue"] == ("Mara Velt", ["Mara Velt"])
    assert told["protested"][0] is None


def test_statements_in_turns_are_inside_of_them(reader: Reader) -> None:
    reading = read(reader, "questions and answers")
    by_id = {s.id: s for s in reading.statements or ()}
    (deputy,) = [s for s in by_id.values() if reading.text_of(s.source) == "My deputy"]
    assert deputy.depth == 1
    assert names(reading)[by_id[deputy.parent or ""].speaker] == "Mara Velt"


@pytest.mark.parametrize("name", NO_TRANSCRIPTS)
def test_nothing_new(reader: Reader, name: str) -> None:
    reading = reader.read(make_document(text=NO_TRANSCRIPTS[name]))
    assert find_violations(reading) == []
    for statement in reading.statements or ():
        is_label = reading.text_of(statement.cue) in MARKS
        assert not (
            is_label
            and statement.manner is Manner.DIRECT
            and "“" not in reading.text_of(statement.content)
        )


@pytest.mark.slow
def test_a_long_interview_takes_bounded_time(reader: Reader) -> None:
    text, outlet = TRANSCRIPTS["questions and answers"]
    started = time.process_time()
    reading = reader.read(make_document(text=text * (300_000 // len(text)), outlet=outlet))
    assert time.process_time() - started < _BOUND_S
    assert len(reading.statements or ()) > 3000
