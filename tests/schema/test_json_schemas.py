"""The JSON Schema of the printed record."""

import copy
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from onrecord.export.records import reading_to_json
from onrecord.records import Act, Reading, make_document, make_run
from onrecord.schema import json_schema
from tests.records.generated import few, readings

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_each_call_gives_a_schema_of_its_own() -> None:
    json_schema()["properties"].clear()
    assert json_schema() == SCHEMA


@few
@given(readings())
def test_every_printed_record_is_valid(reading: Reading) -> None:
    VALIDATOR.validate(reading_to_json(reading))


def test_every_definition_is_used_and_described() -> None:
    for name, definition in SCHEMA["$defs"].items():
        assert definition["description"]
        assert f"#/$defs/{name}" in json.dumps(SCHEMA)
    assert SCHEMA["$defs"]["Act"]["enum"] == [act.value for act in Act]


def test_no_key_is_optional_and_none_is_added() -> None:
    objects = [SCHEMA, *(d for d in SCHEMA["$defs"].values() if d["type"] == "object")]
    assert len(objects) > 14
    for one in objects:
        assert list(one["properties"]) == one["required"]
        assert one["additionalProperties"] is False
        assert all(value["description"] for value in one["properties"].values())


STATEMENT: dict[str, Any] = {
    "id": "s",
    "source": [{"start": 5, "end": 8, "text": "she"}],
    "cue": [{"start": 9, "end": 13, "text": "said"}],
    "content": [{"start": 0, "end": 3, "text": "Yes"}],
    "speaker": None,
    "act": "assert",
    "polarity": "affirm",
    "manner": "indirect",
    "addressee": None,
    "medium": None,
    "parent": None,
    "depth": 0,
    "time": None,
    "probability": 0.9,
}


def _record(**changes: Any) -> dict[str, Any]:
    run = make_run(software="1", model="m", model_digest="d", settings={})
    reading = Reading(document=make_document(text="Yes, she said."), run=run)
    record = reading_to_json(reading)
    record["statements"] = [copy.deepcopy(STATEMENT) | changes]
    return record


def test_the_record_that_the_refused_ones_differ_from_is_valid() -> None:
    VALIDATOR.validate(_record())


@pytest.mark.parametrize(
    "changes",
    [
        {"act": "mutter"},
        {"act": None},
        {"depth": "0"},
        {"depth": 0.5},
        {"id": 7},
        {"id": None},
        {"parent": 7},
        {"probability": "likely"},
        {"source": None},
        {"source": {"start": 5, "end": 8, "text": "she"}},
        {"source": [{"start": 5, "end": 8}]},
        {"source": [{"start": -1, "end": 8, "text": "she"}]},
        {"source": [{"start": 0, "end": 0, "text": ""}]},
        {"source": [{"start": 5, "end": 8, "text": "she", "bytes": 3}]},
        {"document": "d"},
    ],
)
def test_a_faulty_statement_is_refused(changes: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(_record(**changes))


def test_a_missing_key_is_refused_everywhere() -> None:
    for key in _record():
        record = _record()
        del record[key]
        assert not VALIDATOR.is_valid(record), key
    for key in STATEMENT:
        record = _record()
        del record["statements"][0][key]
        assert not VALIDATOR.is_valid(record), key
