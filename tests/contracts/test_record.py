"""The record holds its invariants for what is really read, whatever the text."""

import functools
import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.config import Config
from onrecord.export.records import dumps, reading_from_json, reading_to_json
from onrecord.records import Reading, make_document
from onrecord.schema import find_violations, json_schema
from tests.contracts.modules import ROOT
from tests.records.generated import many, texts

pytestmark = pytest.mark.weights

_EXAMPLES = sorted(
    path for path in (ROOT / "examples").iterdir() if path.suffix in {".txt", ".html", ".jsonl"}
)
_WORDS = st.sampled_from(
    (
        '“|”|"|‘It is shut,’| said |denied that|Ms Varga|told the Ardal Post|\n\n|the mayor |'
        "according to |: |— |accused him of|. |he had admitted that "
    ).split("|")
)


@functools.cache
def _reader() -> onrecord.Reader:
    return onrecord.Reader(Config(n_threads=1))


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema())


def _check(reading: Reading) -> None:
    assert find_violations(reading) == []
    printed = reading_to_json(reading)
    _validator().validate(printed)
    again = reading_from_json(json.loads(dumps(reading)))
    assert reading_to_json(again) == printed
    assert "onrecord-reading" in reading._repr_html_()


@pytest.mark.parametrize("path", _EXAMPLES, ids=lambda path: path.name)
def test_examples(path: object) -> None:
    found = list(onrecord.read_files([str(path)], reader=_reader()))
    assert found
    for reading in found:
        assert isinstance(reading, Reading)
        assert reading.statements
        _check(reading)


@many
@given(st.lists(_WORDS | texts(), min_size=1, max_size=12).map("".join))
def test_any_text(text: str) -> None:
    document = make_document(text=text)
    reading = _reader().read(document)
    assert reading.document is document
    _check(reading)


def test_rows_do_not_depend_on_neighbours_or_order() -> None:
    given = [make_document(text=path.read_text("utf-8")) for path in _EXAMPLES[-3:]]
    alone = [dumps(_reader().read(document)) for document in given]
    assert [dumps(reading) for reading in _reader().read_batch(given)] == alone
    assert [dumps(reading) for reading in _reader().read_batch(given[::-1])] == alone[::-1]
