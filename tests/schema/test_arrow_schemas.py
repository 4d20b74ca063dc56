"""The Arrow schemas of the tables."""

import subprocess
import sys

import pytest

from onrecord.schema import arrow_schema, arrow_text, tables

pyarrow = pytest.importorskip("pyarrow")


def test_spans_are_lists_of_start_and_end() -> None:
    source = arrow_schema("statements").field("source")
    span = source.type.value_type
    assert pyarrow.types.is_list(source.type)
    assert [(f.name, f.type, f.nullable) for f in span] == [
        ("start", pyarrow.int64(), False),
        ("end", pyarrow.int64(), False),
    ]


def test_rows_carry_document_and_run() -> None:
    for name in tables():
        if name not in {"runs", "documents"}:
            schema = arrow_schema(name)
            for column in ("document", "run"):
                assert schema.field(column).type == pyarrow.string()
                assert not schema.field(column).nullable


def test_a_column_says_what_it_means() -> None:
    field = arrow_schema("statements").field("parent")
    assert field.nullable
    assert field.metadata == {
        b"description": b"The statement that reports this one.",
        b"points_to": b"statement.id",
    }
    assert arrow_schema("places").field("lat").metadata[b"unit"] == b"degrees, WGS 84"


def test_a_table_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        arrow_schema("verdicts")


def test_the_text_names_every_column_of_every_table_with_its_type() -> None:
    blocks = dict(block.split("\n", 1) for block in arrow_text().strip().split("\n\n"))
    assert list(blocks) == list(tables())
    for name, block in blocks.items():
        lines = [line.strip() for line in block.splitlines()]
        assert len(lines) == len(arrow_schema(name))
        for line, field in zip(lines, arrow_schema(name), strict=True):
            own, kind = line.split(": ", 1)
            assert own == field.name
            assert kind.endswith(" not null") != field.nullable
            plain = {"string", "int64", "double", "bool"}
            if (short := kind.removesuffix(" not null")) in plain:
                assert str(field.type) == short
            else:
                assert short.startswith(("list<", "struct<"))


def test_pyarrow_is_imported_only_for_a_schema() -> None:
    code = (
        "import sys; from onrecord.schema import arrow_schema, arrow_text; arrow_text();"
        "assert 'pyarrow' not in sys.modules; arrow_schema('runs');"
        "assert 'pyarrow' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
