"""What holds in every reading, whatever text it was made from.

`find_violations` is for tests, and for records that come from outside.
"""

import hashlib
import itertools
from collections.abc import Iterator
from typing import Any

from onrecord.records import Entity, Mention, Place, Reading, Span, Statement
from onrecord.schema.fields import Field, fields_of, sections, table_pointed_to


def find_violations(reading: Reading) -> list[str]:
    """What is wrong with a reading, each with its row and field; nothing, if all is well.

    Checked: the digest of the text; that every row names this document and run, has an
    id of its own and words that it rests on; that spans lie in the text, and lists of them
    are in order and apart; that ids name rows of the reading; that probabilities are some;
    that chains of statements count their depth and end, and that mentions and entities agree.
    """
    found = list(_document_violations(reading))
    ids = {"documents": {reading.document.id}, "runs": {reading.run.id}} | {
        name: {row.id for row in getattr(reading, name) or ()} for name in sections()
    }
    for name in sections():
        rows = getattr(reading, name) or ()
        if len(ids[name]) < len(rows):
            found.append(f"{name}: two rows have the same id")
        for number, row in enumerate(rows):
            at = f"{name}[{number}]"
            found += _part_violations(row, at, reading.document.text, ids)
            if not _has_evidence(row):
                found.append(f"{at}: no words stand behind it")
    for number, problem in enumerate(reading.problems):
        found += _part_violations(problem, f"problems[{number}]", reading.document.text, ids)
    return found + list(_chain_violations(reading)) + list(_mention_violations(reading))


def _document_violations(reading: Reading) -> Iterator[str]:
    document = reading.document
    if hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest() != (
        document.sha256
    ):
        yield "document.sha256: it is not that of the text"
    for number, link in enumerate(document.links):
        yield from _part_violations(link, f"document.links[{number}]", document.text, {})


def _part_violations(part: Any, at: str, text: str, ids: dict[str, set[str]]) -> Iterator[str]:
    """What is wrong with the values of a row, or of a part of one."""
    for field in fields_of(type(part)):
        given = getattr(part, field.name)
        here = f"{at}.{field.name}"
        values = given if field.is_list else () if given is None else (given,)
        if field.value_type is Span:
            yield from _span_violations(values, here, text)
        elif field.record:
            for value in values:
                yield from _part_violations(value, here, text, ids)
        elif field.points_to:
            yield from _pointer_violations(values, field, here, ids)
        elif field.name == "probability" and not 0 <= given <= 1:
            yield f"{here}: {given} is no probability"


def _span_violations(spans: tuple[Span, ...], here: str, text: str) -> Iterator[str]:
    for span in spans:
        if span.end > len(text):
            yield f"{here}: [{span.start}, {span.end}) ends after the text"
    for span, following in itertools.pairwise(spans):
        if following.start < span.end:
            yield f"{here}: its spans overlap or are not in text order"


def _pointer_violations(
    values: tuple[str, ...], field: Field, here: str, ids: dict[str, set[str]]
) -> Iterator[str]:
    known = ids.get(table_pointed_to(field) or "", set())
    for value in values:
        if value not in known:
            yield f"{here}: {value!r} is the id of no {(field.points_to or '').partition('.')[0]}"


def _has_evidence(row: Any) -> bool:
    """Whether a row has a span, or a mention that has one."""
    if isinstance(row, Entity):
        return bool(row.mentions)
    if isinstance(row, Place):
        return bool(row.mention)
    return any(getattr(row, f.name) for f in fields_of(type(row)) if f.value_type is Span)


def _chain_violations(reading: Reading) -> Iterator[str]:
    rows: dict[str, Statement] = {row.id: row for row in reading.statements or ()}
    for number, row in enumerate(reading.statements or ()):
        parent = None if row.parent is None else rows.get(row.parent)
        expected = 0 if parent is None else parent.depth + 1
        if row.depth != expected:
            yield f"statements[{number}].depth: it is {row.depth}, its parent gives {expected}"


def _mention_violations(reading: Reading) -> Iterator[str]:
    mentions: dict[str, Mention] = {row.id: row for row in reading.mentions or ()}
    for number, entity in enumerate(reading.entities or ()):
        for mention in entity.mentions:
            if mention in mentions and mentions[mention].entity != entity.id:
                yield f"entities[{number}].mentions: {mention!r} names another entity"
