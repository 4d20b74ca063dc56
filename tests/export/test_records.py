"""The printed record, and back."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from onrecord.errors import InputError, OnRecordError
from onrecord.export.records import dumps, reading_from_json, reading_to_json
from onrecord.records import (
    Act,
    Kind,
    Manner,
    Mention,
    MentionForm,
    Polarity,
    Quantity,
    Reading,
    Span,
    Statement,
    make_document,
    make_run,
)
from tests.records.generated import few, readings

# The keys that the published form of the record has, written out: a change is noticed.
KEYS = {
    "run": "id software model model_digest settings",
    "document": "id sha256 title outlet url author published language text links",
    "mentions": "id span kind form entity",
    "entities": "id name kind actor country place mentions",
    "statements": "id source cue content speaker act polarity manner addressee medium parent"
    " depth time probability",
    "events": "id trigger type mode actors recipients place date factuality asserted_by"
    " quantities probability happening",
    "places": "id mention name country admin1 geonames_id lat lon precision probability candidates",
    "times": "id span type value",
    "quantities": "id span value upper unit comparator",
    "control_claims": "id span place holder change factuality asserted_by date",
    "commitments": "id instrument span parties limits signed in_force extended suspended expires"
    " verification asserted_by",
}
TEXT = "😀 Yes, she said to the Ardal Post."


def _reading(text: str = TEXT) -> Reading:
    run = make_run(software="0.1.0", model="statements-1", model_digest="00", settings={"a": [1]})
    document = make_document(text=text, outlet="The Harbour Herald")
    outside = {"document": document.id, "run": run.id}
    statement = Statement(
        id="s",
        source=(Span(7, 10),),
        cue=(Span(11, 15),),
        content=(Span(2, 5),),
        speaker=None,
        act=Act.ASSERT,
        polarity=Polarity.AFFIRM,
        manner=Manner.INDIRECT,
        addressee=None,
        medium=None,
        parent=None,
        depth=0,
        time=None,
        probability=0.93,
        **outside,
    )
    sections = dict.fromkeys(KEYS, ())
    del sections["run"], sections["document"]
    return Reading(run=run, document=document, **sections | {"statements": (statement,)})


def test_keys_are_those_of_the_published_form() -> None:
    printed = reading_to_json(_reading())
    assert list(printed) == list(KEYS)
    for section in ("run", "document"):
        assert list(printed[section]) == KEYS[section].split()
    assert list(printed["statements"][0]) == KEYS["statements"].split()


@few
@given(readings())
def test_every_row_has_the_keys_of_the_published_form(reading: Reading) -> None:
    printed = reading_to_json(reading)
    for section, keys in KEYS.items():
        for row in printed[section] if isinstance(printed[section], list) else ():
            assert list(row) == keys.split()
    for event in printed["events"]:
        assert event["date"] is None or list(event["date"]) == ["value", "span"]
    for commitment in printed["commitments"]:
        assert all(list(limit) == ["quantity", "of", "per"] for limit in commitment["limits"])


def test_a_span_is_printed_with_its_words() -> None:
    (row,) = reading_to_json(_reading())["statements"]
    assert row["source"] == [{"start": 7, "end": 10, "text": "she"}]
    assert row["act"] == "assert"
    assert type(row["act"]) is str


def test_what_was_not_looked_for_is_printed_empty() -> None:
    reading = _reading().replace(statements=None)
    assert reading_to_json(reading)["statements"] == []


@few
@given(readings(as_printed=True))
def test_what_goes_out_comes_back(reading: Reading) -> None:
    assert reading_from_json(reading_to_json(reading)) == reading
    for indent in (None, 1):
        written = dumps(reading, indent=indent)
        assert reading_from_json(json.loads(written)) == reading
        assert json.loads(written.encode("utf-8")) == reading_to_json(reading)


@few
@given(readings())
def test_a_line_is_one_line_of_utf_8(reading: Reading) -> None:
    line = dumps(reading)
    assert "\n" not in line
    assert "\r" not in line
    assert line.encode("utf-8").decode("utf-8") == line


def test_half_of_a_pair_is_escaped_and_comes_back() -> None:
    reading = _reading("Yes \ud83d and no, she said. \ude00!").replace(statements=())
    written = dumps(reading)
    assert "Yes \\ud83d and" in written
    assert reading_from_json(json.loads(written)) == reading


def test_letters_are_written_as_they_are() -> None:
    assert "😀 Yes" in dumps(_reading())


def test_two_halves_that_meet_are_refused_rather_than_read_as_one_sign() -> None:
    reading = _reading("Yes \ud83d\ude00 and no.").replace(statements=())
    with pytest.raises(InputError, match="sha256"):
        reading_from_json(json.loads(dumps(reading)))


def test_a_number_that_json_cannot_hold_is_never_written() -> None:
    reading = _reading()
    quantity = Quantity(
        id="q",
        document=reading.document.id,
        run=reading.run.id,
        span=Span(0, 1),
        value=float("nan"),
        unit=None,
        comparator=None,
    )
    with pytest.raises(ValueError, match="JSON"):
        dumps(reading.replace(quantities=(quantity,)))


def test_keys_of_later_versions_are_passed_over() -> None:
    printed = reading_to_json(_reading())
    printed["claims"] = []
    printed["statements"][0]["stance"] = None
    assert reading_from_json(printed) == _reading()


def _at(*path: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(printed: dict[str, Any]) -> None:
        *way, last = path
        inner: Any = printed
        for step in way:
            inner = inner[step]
        if value is None and isinstance(inner, dict) and last in inner:
            del inner[last]
        else:
            inner[last] = value

    return change


_ROW = ("statements", 0)


@pytest.mark.parametrize(
    ("change", "where", "problem"),
    [
        (_at("run", value=None), "record", "the key 'run' is missing"),
        (_at("events", value=None), "record", "the key 'events' is missing"),
        (_at("events", value={}), "events", "takes a list"),
        (_at("document", value=[]), "document", "takes an object"),
        (_at("document", "text", value=5), "document.text", "it is 5; it takes str"),
        (_at(*_ROW, "depth", value=None), "statements[0]", "the key 'depth' is missing"),
        (_at(*_ROW, "depth", value=True), "statements[0].depth", "it is True; it takes int"),
        (_at(*_ROW, "depth", value=0.0), "statements[0].depth", "it takes int"),
        (_at(*_ROW, "probability", value="high"), "statements[0].probability", "takes float"),
        (_at(*_ROW, "probability", value=float("inf")), "statements[0].probability", "finite"),
        (_at(*_ROW, "probability", value=2), "statements[0].probability", "no probability"),
        (_at(*_ROW, "act", value="mutter"), "statements[0].act", "one of assert, accuse"),
        (_at(*_ROW, "act", value=["deny"]), "statements[0].act", "one of assert, accuse"),
        (_at(*_ROW, "source", value="she"), "statements[0].source", "takes a list"),
        (_at(*_ROW, "source", 0, value="she"), "statements[0].source[0]", "takes an object"),
        (_at(*_ROW, "source", 0, "end", value=99), "statements[0].source", "after the text"),
        (_at(*_ROW, "source", 0, "end", value="9"), "statements[0].source[0].end", "takes int"),
        (_at(*_ROW, "source", 0, "text", value="he"), "record.statements.source", "'he' is not"),
        (_at(*_ROW, "source", 0, "text", value=None), "record.statements.source", "missing"),
        (_at(*_ROW, "speaker", value="x"), "statements[0].speaker", "id of no entity"),
        (_at("run", "settings", value=[]), "run.settings", "takes Mapping"),
    ],
)
def test_a_faulty_record_is_refused_by_place(
    change: Callable[[dict[str, Any]], None], where: str, problem: str
) -> None:
    printed = copy.deepcopy(reading_to_json(_reading()))
    change(printed)
    with pytest.raises(InputError) as caught:
        reading_from_json(printed)
    assert caught.value.source == where
    assert problem in caught.value.problem


@pytest.mark.parametrize("given", [None, [], "record", 5])
def test_what_is_no_object_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match="record: it is"):
        reading_from_json(given)


def test_an_empty_span_is_refused() -> None:
    printed = reading_to_json(_reading())
    printed["statements"][0]["source"] = [{"start": 7, "end": 7, "text": ""}]
    with pytest.raises(OnRecordError, match=r"\[7, 7\) is no span"):
        reading_from_json(printed)


def test_positions_counted_in_utf_16_are_noticed() -> None:
    printed = reading_to_json(_reading())
    for span in printed["statements"][0]["source"]:
        span["start"], span["end"] = span["start"] + 1, span["end"] + 1
    with pytest.raises(InputError, match="'she' is not 'he '"):
        reading_from_json(printed)


def test_a_dangling_mention_is_refused() -> None:
    reading = _reading()
    mention = Mention(
        id="m",
        document=reading.document.id,
        run=reading.run.id,
        span=Span(0, 1),
        kind=Kind.OTHER,
        form=MentionForm.NAME,
        entity="nowhere",
    )
    with pytest.raises(InputError, match="'nowhere' is the id of no entity"):
        reading_from_json(reading_to_json(reading.replace(mentions=(mention,))))


def test_a_record_of_the_published_form_is_read() -> None:
    """Fields that came later than the published form may be missing."""
    printed = reading_to_json(_reading())
    for section, later in (("mentions", "form"), ("quantities", "upper")):
        for row in printed[section]:
            del row[later]
    assert reading_from_json(printed).mentions is not None
