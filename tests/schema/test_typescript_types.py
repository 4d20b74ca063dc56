"""The TypeScript types of the printed record."""

import itertools
import re

from onrecord.records import Reading
from onrecord.schema import json_schema, typescript_types

TEXT = typescript_types()


def _interfaces() -> dict[str, dict[str, str]]:
    found = re.findall(r"export interface (\w+) \{\n(.*?)\n\}", TEXT, re.DOTALL)
    return {name: dict(re.findall(r"^  (\w+): (.+);$", body, re.MULTILINE)) for name, body in found}


def test_the_types_have_the_keys_of_the_schema() -> None:
    schema = json_schema()
    expected = {
        name: list(definition["properties"])
        for name, definition in {Reading.__name__: schema, **schema["$defs"]}.items()
        if "properties" in definition
    }
    assert {name: list(keys) for name, keys in _interfaces().items()} == expected


def test_enumerations_are_unions_of_their_values() -> None:
    unions = {
        name: re.findall(r'"([^"]+)"', body)
        for name, body in re.findall(r"export type (\w+) =(.*?);", TEXT, re.DOTALL)
    }
    definitions = json_schema()["$defs"].items()
    assert unions == {name: given["enum"] for name, given in definitions if "enum" in given}


def test_types_of_fields() -> None:
    statement = _interfaces()["Statement"]
    assert statement["source"] == "Span[]"
    assert statement["act"] == "Act"
    assert statement["parent"] == "string | null"
    assert statement["depth"] == "number"
    assert _interfaces()["Run"]["settings"] == "Record<string, unknown>"
    assert _interfaces()["Event"]["date"] == "EventDate | null"
    assert _interfaces()["Span"]["text"] == "string"


def test_every_type_that_is_named_is_declared() -> None:
    declared = set(re.findall(r"export (?:interface|type) (\w+)", TEXT))
    known = {"string", "number", "boolean", "null", "unknown", "Record"}
    used = {
        word
        for keys in _interfaces().values()
        for value in keys.values()
        for word in re.findall(r"\w+", value)
    }
    assert used - known <= declared


def test_every_key_and_type_has_a_comment() -> None:
    lines = TEXT.splitlines()
    for before, line in itertools.pairwise(lines):
        if re.match(r"  \w+: |export ", line):
            assert before.strip().startswith("/** "), line
            assert before.endswith(" */")
