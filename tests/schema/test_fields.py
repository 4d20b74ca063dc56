"""Walking the fields of records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import pytest

from onrecord.records import (
    Act,
    Column,
    Commitment,
    ControlClaim,
    Document,
    Event,
    EventDate,
    Limit,
    Reading,
    Run,
    Span,
    Statement,
)
from onrecord.schema.fields import (
    fields_of,
    is_row,
    printed_fields,
    reached_from,
    record_name,
    sections,
    summary,
    table_fields,
    table_pointed_to,
    tables,
)
from tests.records.generated import SECTIONS


def _field(record: type, name: str) -> Any:
    return next(field for field in fields_of(record) if field.name == name)


@pytest.mark.parametrize(
    ("record", "name", "value_type", "is_list", "is_nullable"),
    [
        (Statement, "id", str, False, False),
        (Statement, "source", Span, True, False),
        (Statement, "act", Act, False, False),
        (Statement, "parent", str, False, True),
        (Statement, "depth", int, False, False),
        (Statement, "probability", float, False, False),
        (Event, "date", EventDate, False, True),
        (Event, "actors", str, True, False),
        (Commitment, "limits", Limit, True, False),
        (Run, "settings", Mapping, False, False),
        (Reading, "statements", Statement, True, True),
        (Reading, "document", Document, False, False),
    ],
)
def test_types_are_read_from_annotations(
    record: type, name: str, value_type: type, is_list: bool, is_nullable: bool
) -> None:
    field = _field(record, name)
    assert (field.value_type, field.is_list, field.is_nullable) == (
        value_type,
        is_list,
        is_nullable,
    )


def test_a_field_says_what_its_column_says() -> None:
    field = _field(Statement, "parent")
    assert field.points_to == "statement.id"
    assert table_pointed_to(field) == "statements"
    assert field.description == "The statement that reports this one."
    assert _field(Statement, "depth").unit == "count"
    assert table_pointed_to(_field(Statement, "depth")) is None


@dataclass(frozen=True)
class _NoColumn:
    name: str


@dataclass(frozen=True)
class _TwoTypes:
    name: Annotated[int | str, Column("Two.")]


@dataclass(frozen=True)
class _Pair:
    name: Annotated[tuple[int, int], Column("Two.")]


@dataclass(frozen=True)
class _Bytes:
    name: Annotated[bytes, Column("Unknown.")]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (_NoColumn, "needs one Column"),
        (_TwoTypes, "a choice of types"),
        (_Pair, "fixed length"),
        (_Bytes, "no place in the formats"),
    ],
)
def test_what_no_format_can_hold_is_refused(record: type, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        fields_of(record)


def test_sections_stand_in_the_order_of_the_record() -> None:
    assert tuple(sections()) == SECTIONS
    assert tuple(tables()) == ("runs", "documents", "readings", *SECTIONS)


def test_the_name_of_a_table_is_the_plural_of_its_record() -> None:
    plurals = {"entity": "entities", "quantity": "quantities"}
    for table, record in tables().items():
        name = record_name(record)
        assert table == plurals.get(name, f"{name}s")
    assert record_name(ControlClaim) == "control_claim"


def test_every_pointer_leads_to_a_field_that_is_there() -> None:
    n_pointers = 0
    for kind in reached_from(*tables().values()):
        for field in fields_of(kind) if hasattr(kind, "__dataclass_fields__") else ():
            if field.points_to:
                n_pointers += 1
                table = table_pointed_to(field)
                assert table is not None
                assert field.points_to.split(".")[1] in {f.name for f in fields_of(tables()[table])}
    assert n_pointers > 30


def test_every_found_row_names_its_document_and_run() -> None:
    for record in sections().values():
        assert is_row(record)
        assert _field(record, "document").points_to == "document.id"
        assert _field(record, "run").points_to == "run.id"


def test_printed_rows_leave_out_document_and_run() -> None:
    for record in sections().values():
        names = [field.name for field in fields_of(record)]
        printed = [field.name for field in printed_fields(record)]
        assert printed == [name for name in names if name not in {"document", "run"}]
    assert [field.name for field in printed_fields(Reading)] == ["run", "document", *SECTIONS]
    assert printed_fields(Document) == fields_of(Document)


def test_a_reading_becomes_ids_and_numbers_in_its_table() -> None:
    columns = {field.name: field for field in table_fields(Reading)}
    assert columns["document"].value_type is str
    assert columns["document"].points_to == "document.id"
    assert columns["n_control_claims"].value_type is int
    assert columns["n_control_claims"].is_nullable
    assert "control claims" in columns["n_control_claims"].description
    assert columns["problems"].is_list
    assert table_fields(Statement) == fields_of(Statement)


def test_a_summary_is_one_line() -> None:
    assert summary(Span) == "The code points from `start` up to, and without, `end`."
    assert summary(Act) == "What a speaker does by the statement."
