"""What a type checker must make of the public names; checked by it, never run."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, assert_type

import onrecord
from onrecord import Config, Document, Reader, Reading, Rejection, Span, Statement
from onrecord.export.html import reading_to_html
from onrecord.export.records import dumps, reading_from_json, reading_to_json
from onrecord.export.tables import read_tables, write_tables
from onrecord.records import Act, Entity, Event, Spans, content_id
from onrecord.schema import json_schema


def reading() -> None:
    read = onrecord.read("The gate is shut, the mayor said.", outlet="The Harbour Herald")
    assert_type(read, Reading)
    assert_type(read.document, Document)
    assert_type(read.statements, tuple[Statement, ...] | None)
    for statement in read.statements or ():
        assert_type(statement.source, Spans)
        assert_type(statement.act, Act)
        assert_type(statement.parent, str | None)
        assert_type(statement.probability, float)
        assert_type(read.text_of(statement.content), str)
        assert_type(statement.cue[0].text_in(read.document.text), str)
    assert_type(read.replace(events=()).events, tuple[Event, ...] | None)


def files() -> None:
    found = onrecord.read_files(["a.txt", Path("b.html")], reader=Reader(Config(n_threads=1)))
    assert_type(found, Iterator[Reading | Rejection])
    for one in found:
        if isinstance(one, Rejection):
            assert_type(one.line, int | None)
        else:
            assert_type(one, Reading)


def handing_out(read: Reading) -> None:
    assert_type(reading_to_json(read), dict[str, Any])
    assert_type(reading_from_json({}), Reading)
    assert_type(dumps(read, indent=1), str)
    assert_type(reading_to_html(read), str)
    assert_type(write_tables([read], "folder", form="csv"), dict[str, Path])
    assert_type(read_tables("folder"), Iterator[Reading])
    assert_type(json_schema(), dict[str, Any])
    assert_type(read.run.settings, Mapping[str, Any])
    assert_type(content_id("x", 1), str)


# Each line below is wrong; an ignore that hides nothing is an error too.


def mistakes(entity: Entity, statement: Statement, read: Reading) -> None:
    Statement()  # type: ignore[call-arg]  # every field has to be given
    Span("0", 1)  # type: ignore[arg-type]  # positions are numbers
    Span(0)  # type: ignore[call-arg]  # a span has an end
    statement.depth = 1  # type: ignore[misc]  # records are frozen
    entity.verdict  # type: ignore[attr-defined]  # there is no such field  # noqa: B018 - that is the point
    onrecord.read(b"bytes")  # type: ignore[arg-type]  # a text is no bytes
    onrecord.read("a", "b")  # type: ignore[call-arg]  # all but the text is named
    Config(n_thread=1)  # type: ignore[call-arg]  # the setting has another name
    write_tables([read], "folder", form="xlsx")  # type: ignore[arg-type]  # no such form
    len(read.statements)  # type: ignore[arg-type]  # it may not have been looked for
