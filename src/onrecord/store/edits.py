"""Corrections of the rows of one document: a field set, a row dropped, a row added.

All is tried on a `Draft`; what would break a rule of the record is refused with the
reason, and the draft is then thrown away by its owner.
"""

import dataclasses
import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from onrecord.errors import InputError, SpanError
from onrecord.export.records import record_from_values
from onrecord.records import Document, Entity, Mention, RowKind, Statement
from onrecord.schema.fields import Field, fields_of, record_name, sections
from onrecord.schema.invariants import find_violations
from onrecord.store.kept_rows import KeptRows
from onrecord.store.pointers import Draft, repoint, rows_that_need
from onrecord.store.row_ids import row_id_of
from onrecord.store.rows import plain_row

# What follows from the text, or from other rows, is not set by hand.
_FIXED: Mapping[str, str] = {
    "id": "it names the row",
    "document": "it tells where the words stand",
    "run": "it tells what made the row",
    "sha256": "it follows from the text",
    "text": "the text of a document never changes; take in the revised article",
    "links": "it comes from the article",
    "url": "the versions of an article share it",
    "depth": "it follows from `parent`",
}
# What a row that somebody adds need not say.
_DEFAULTS: Mapping[str, Any] = {"probability": 1.0, "candidates": 0, "depth": 0}
_DAY = re.compile(r"[12]\d{3}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(rf"{_DAY.pattern}T\d{{2}}:", re.ASCII)
# Rows that go with the row that they name; others must be rejected first.
_GO_ALONG = frozenset({"mentions", "places"})


def section_of(kind: RowKind) -> str:
    """The section that rows of a kind stand in; `documents` for a document.

    >>> section_of(RowKind.CONTROL_CLAIM)
    'control_claims'
    """
    if kind is RowKind.DOCUMENT:
        return "documents"
    return next(name for name, record in sections().items() if record_name(record) == kind.value)


def kind_of(section: str) -> RowKind:
    """The kind of the rows of a section."""
    return RowKind.DOCUMENT if section == "documents" else RowKind(record_name(sections()[section]))


def set_field(draft: Draft, section: str, row_id: str, field: str, value: Any) -> None:
    """Give a field of a row another value, as JSON has it.

    Raises:
        InputError: There is no such field, or it cannot have this value.
    """
    old = draft.document if section == "documents" else draft.find(section, row_id)
    check_settable(type(old), field)
    new = _parsed(type(old), plain_row(old) | {field: value}, draft, at=field)
    if isinstance(new, Document):
        if field == "published":
            _check_published(new.published)
        draft.document = new
    elif isinstance(new, Mention) and field == "entity":
        move_mentions(draft, (row_id,), new.entity)
    else:
        draft.put(section, new)
    _settle_chains(draft)


def _check_published(value: str | None) -> None:
    """Refuse what would stand in no order of days, as 06/03/2024 and 30 February do.

    Raises:
        InputError: It is neither a day nor a moment with its offset.
    """
    if value is None:
        return
    try:
        if _DAY.fullmatch(value):
            datetime.date.fromisoformat(value)
            return
        if _MOMENT.match(value) and datetime.datetime.fromisoformat(value).tzinfo is not None:
            return
    except ValueError:
        pass
    _refuse(
        "published", f"{value!r} is no date; write it as 2022-08-02 or 2022-08-02T10:15:00+02:00"
    )


def check_settable(record: type, name: str) -> None:
    """Refuse what is no field of a record, or follows from something else.

    Raises:
        InputError: With what to do.
    """
    names = [field.name for field in fields_of(record)]
    if name not in names:
        free = [own for own in names if own not in _FIXED]
        _refuse(name, f"a {record_name(record)} has no such field; it has {', '.join(free)}")
    if name in _FIXED:
        _refuse(name, f"it cannot be set: {_FIXED[name]}")
    if record is Entity and name == "mentions":
        _refuse(name, "it cannot be set; set `entity` of the mentions")


def _parsed(record: type, values: Mapping[str, Any], draft: Draft, *, at: str) -> Any:
    outside = {"document": draft.document.id, "run": draft.run}
    try:
        return record_from_values(record, values, at=record_name(record), outside=outside)
    except SpanError as error:
        raise InputError(source=at, problem=str(error)) from error


def add_row(draft: Draft, section: str, values: Mapping[str, Any]) -> str:
    """Add a row from its printed values; an id in them does not count. The id that it has.

    A mention that names no entity makes one of its own.

    Raises:
        InputError: A value is missing or not allowed, or the row is there already.
    """
    record = sections()[section]
    _check_known(record, values)
    _check_words(values, draft.document.text, record_name(record))
    given = {f.name: _default(f) for f in fields_of(record)} | dict(values)
    is_alone = record is Mention and not values.get("entity")
    given |= {"id": "", **({"entity": ""} if is_alone else {})}
    missing = [name for name in _needed(record) if given[name] is _MISSING]
    if missing:
        _refuse(record_name(record), f"it needs {', '.join(missing)}")
    given = {name: value for name, value in given.items() if value is not _MISSING}
    row = _parsed(record, given, draft, at=record_name(record))
    row = dataclasses.replace(row, id=row_id_of(row))
    if draft.find(section, row.id) is not None:
        _refuse(record_name(record), f"it is there already, as {row.id}")
    _take_in(draft, section, row)
    return str(row.id)


_MISSING = object()


def _default(field: Field) -> Any:
    if field.name in _DEFAULTS:
        return _DEFAULTS[field.name]
    if field.is_nullable:
        return None
    return [] if field.is_list else _MISSING


def _needed(record: type) -> Iterator[str]:
    """Fields without a value of their own, beside those that stand outside of the row."""
    for field in dataclasses.fields(record):
        if field.default is dataclasses.MISSING and field.name not in ("document", "run"):
            yield field.name


def _check_known(record: type, values: Mapping[str, Any]) -> None:
    names = {field.name for field in fields_of(record)}
    unknown = [name for name in values if name not in names]
    if unknown:
        _refuse(record_name(record), f"it has no field {unknown[0]!r}; it has {', '.join(names)}")


def _check_words(value: Any, text: str, at: str) -> None:
    """Refuse spans that come with other words than stand there."""
    if isinstance(value, Mapping):
        start, end, words = (value.get(name) for name in ("start", "end", "text"))
        if isinstance(start, int) and isinstance(end, int) and isinstance(words, str):
            if text[start:end] != words:
                _refuse(at, f"{words!r} is not {text[start:end]!r}, the words at {start} to {end}")
            return
        for item in value.values():
            _check_words(item, text, at)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_words(item, text, at)


def _take_in(draft: Draft, section: str, row: Any) -> None:
    if isinstance(row, Mention):
        if not row.entity:
            row = _with_entity(draft, row)
        draft.put(section, dataclasses.replace(row, entity=""))
        move_mentions(draft, (row.id,), row.entity)
    elif isinstance(row, Entity):
        draft.put(section, dataclasses.replace(row, mentions=()))
        move_mentions(draft, row.mentions, row.id)
    else:
        draft.put(section, row)
    _settle_chains(draft)


def _with_entity(draft: Draft, mention: Mention) -> Mention:
    """A mention that names an entity of its own, which is made."""
    entity = Entity(
        id="",
        document=mention.document,
        name=mention.span.text_in(draft.document.text),
        kind=mention.kind,
        actor=None,
        country=None,
        place=None,
        mentions=(mention.id,),
        run=mention.run,
    )
    entity = dataclasses.replace(entity, id=row_id_of(entity))
    draft.put("entities", dataclasses.replace(entity, mentions=()))
    return dataclasses.replace(mention, entity=entity.id)


def move_mentions(draft: Draft, mentions: tuple[str, ...], entity_id: str) -> None:
    """Let mentions name an entity; one that is left without any becomes that one.

    Raises:
        InputError: There is no such entity or mention.
    """
    entity = draft.find("entities", entity_id)
    if entity is None:
        _refuse("entity", f"{entity_id!r} is the id of no entity of the document")
    for mention_id in mentions:
        mention = draft.find("mentions", mention_id)
        if mention is None:
            _refuse("mentions", f"{mention_id!r} is the id of no mention of the document")
        draft.put("mentions", dataclasses.replace(mention, entity=entity_id))
        if mention.entity != entity_id:
            _leave(draft, mention.entity, mention_id, entity_id)
    own = [m for m in draft.rows("mentions") if m.entity == entity_id]
    ids = tuple(m.id for m in sorted(own, key=lambda m: m.span))
    draft.put("entities", dataclasses.replace(draft.find("entities", entity_id), mentions=ids))


def _leave(draft: Draft, entity_id: str, mention_id: str, other: str) -> None:
    """Take a mention from an entity; without any, all that named it names the other."""
    entity = draft.find("entities", entity_id)
    if entity is None:
        return
    left = tuple(own for own in entity.mentions if own != mention_id)
    if left:
        draft.put("entities", dataclasses.replace(entity, mentions=left))
    else:
        draft.remove("entities", entity_id)
        repoint(draft, "entities", entity_id, other)


def drop_row(draft: Draft, section: str, row_id: str) -> None:
    """Take a row out, and what names it with it, or make that name nothing.

    What a statement reported is then said by the statement around it, else by the outlet.

    Raises:
        InputError: Rows that cannot be without it are left; they are named.
    """
    row = draft.find(section, row_id)
    draft.remove(section, row_id)
    if isinstance(row, Entity):
        _keep_name(draft, row)
    for other, needing in list(rows_that_need(draft, section, row_id)):
        if other not in _GO_ALONG:
            _refuse(row_id, f"the {kind_of(other).value} {needing.id} needs it; reject that first")
        drop_row(draft, other, needing.id)
    repoint(draft, section, row_id, row.parent if isinstance(row, Statement) else None)
    if isinstance(row, Mention):
        _drop_if_empty(draft, row.entity)
    _settle_chains(draft)


def _keep_name(draft: Draft, entity: Entity) -> None:
    """A commitment whose instrument is an entity that goes keeps its name."""
    for row in draft.rows("commitments"):
        if row.instrument == entity.id:
            draft.put("commitments", dataclasses.replace(row, instrument=entity.name))


def _drop_if_empty(draft: Draft, entity_id: str) -> None:
    entity = draft.find("entities", entity_id)
    if entity is not None and not entity.mentions:
        drop_row(draft, "entities", entity_id)


def _settle_chains(draft: Draft) -> None:
    """Count the statements around each statement anew.

    Raises:
        InputError: A statement would stand inside itself.
    """
    rows = {row.id: row for row in draft.rows("statements")}
    for row in rows.values():
        around, parent = {row.id}, row.parent
        while parent is not None and parent in rows:
            if parent in around:
                _refuse("parent", f"the statement {row.id} would stand inside itself")
            around.add(parent)
            parent = rows[parent].parent
        if row.depth != len(around) - 1:
            draft.put("statements", dataclasses.replace(row, depth=len(around) - 1))


def check_rules(old: KeptRows, new: KeptRows) -> None:
    """Refuse what breaks a rule of the record that held before.

    Raises:
        InputError: With the rule.
    """
    known = {_without_places(each) for each in find_violations(old.as_reading())}
    for violation in find_violations(new.as_reading()):
        if _without_places(violation) not in known:
            at, _, problem = violation.partition(": ")
            _refuse(at, problem)


def _without_places(violation: str) -> str:
    return re.sub(r"\[\d+\]", "", violation)


def _refuse(source: str, problem: str) -> NoReturn:
    raise InputError(source=source, problem=problem)
