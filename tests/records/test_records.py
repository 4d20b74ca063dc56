"""What all records have in common."""

import copy
import dataclasses
import hashlib
import inspect
import pickle

import pytest
from hypothesis import given

import onrecord.records
from onrecord.records import (
    Column,
    Problem,
    Reading,
    Rejection,
    RejectionReason,
    Span,
    make_document,
    make_run,
)
from onrecord.schema.fields import fields_of, reached_from, store_tables
from tests.records.generated import few, readings, texts

_REACHED = reached_from(Reading, Rejection, *store_tables().values())
KINDS = [kind for kind in _REACHED if dataclasses.is_dataclass(kind)]


def test_all_records_are_public_and_reached() -> None:
    public = {
        given
        for given in vars(onrecord.records).values()
        if inspect.isclass(given) and dataclasses.is_dataclass(given)
    }
    assert public == {*KINDS, Column}
    assert {kind.__name__ for kind in KINDS} <= set(onrecord.records.__all__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_record_is_frozen_without_a_dict_and_named_by_keyword(kind: type) -> None:
    made = kind.__dataclass_params__
    assert made.frozen
    assert "__slots__" in vars(kind)
    assert kind is Span or all(field.kw_only for field in dataclasses.fields(kind))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_is_described_in_a_sentence(kind: type) -> None:
    for field in fields_of(kind):
        assert field.description.endswith((".", "null.")), field.name
        assert field.description[0].isupper() or field.description[0] in "'`", field.name


@few
@given(readings())
def test_every_record_survives_pickling_and_copying(reading: Reading) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(reading, protocol)) == reading
    assert copy.deepcopy(reading) == reading


@pytest.mark.parametrize(
    "record",
    [
        Rejection(source="-", reason=RejectionReason.EMPTY, detail="it is empty"),
        Problem(stage="S", what="odd", span=Span(0, 1)),
        Column("What.", points_to="entity.id", unit="count"),
    ],
)
def test_records_outside_a_reading_survive_pickling(record: object) -> None:
    again = pickle.loads(pickle.dumps(record))
    assert again == record
    assert type(again) is type(record)


@few
@given(texts())
def test_a_document_keeps_its_text_and_the_digest_of_it(text: str) -> None:
    document = make_document(text=text)
    assert document.text == text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    assert document.sha256 == digest
    assert (document.title, document.url, document.links) == (None, None, ())


def test_a_run_keeps_its_settings_as_json_values_of_its_own() -> None:
    settings = {"weights": (1.0, 2.0), "inner": {"steps": ((1,), ())}}
    run = make_run(software="1", model="m", model_digest="d", settings=settings)
    assert run.settings == {"weights": [1.0, 2.0], "inner": {"steps": [[1], []]}}
    settings["weights"] = ()
    assert run.settings["weights"] == [1.0, 2.0]
    again = make_run(software="1", model="m", model_digest="d", settings=run.settings)
    assert again == run


def _reading() -> Reading:
    run = make_run(software="1", model="m", model_digest="d", settings={})
    return Reading(document=make_document(text="Yes, she said."), run=run)


def test_nothing_has_been_looked_for_at_first() -> None:
    reading = _reading()
    assert reading.statements is None
    assert reading.problems == ()


def test_replace_leaves_the_first_reading_as_it_was() -> None:
    reading = _reading()
    changed = reading.replace(statements=())
    assert (reading.statements, changed.statements) == (None, ())
    assert changed.document is reading.document


def test_text_of_joins_fragments_with_a_mark() -> None:
    reading = _reading()
    assert reading.text_of(Span(5, 8)) == "she"
    assert reading.text_of((Span(0, 3), Span(9, 13))) == "Yes … said"
    assert reading.text_of(()) == ""


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        _reading().document.text = "No"  # type: ignore[misc]  # that is the point
