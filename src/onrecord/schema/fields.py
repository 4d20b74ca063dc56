"""The fields of records, as their dataclasses give them: all formats are derived from here.

A field is one value or a list of values of one type. A type is text, a number, an
enumeration, any JSON object, or another dataclass. A dataclass with an id is a row and
has a table of its own; one without, such as a span, is part of the row that holds it.
"""

import collections.abc
import dataclasses
import functools
import inspect
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from onrecord.records import (
    ActorChange,
    ActorEntity,
    ActorName,
    Claim,
    Column,
    Correction,
    Dispute,
    Document,
    KnownActor,
    Provenance,
    Reading,
    Refusal,
    Run,
    Stance,
    Story,
    StoryChange,
    StoryDocument,
    Tombstone,
    Version,
)

_PLAIN = (str, int, float, bool, Mapping)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record.

    Attributes:
        name: Its name in all formats.
        value_type: Type of its value, or of each value of its list: `str`, `int`, `float`,
            `bool`, `Mapping`, an enumeration or a dataclass.
        is_list: Whether it holds a list of them.
        is_nullable: Whether it can be null.
        description: One sentence for readers of tables.
        points_to: ``record.field`` that the value names.
        unit: Unit and range.
        is_key: Whether it is part of the key of the table, for rows with no id of their own.
    """

    name: str
    value_type: type
    is_list: bool
    is_nullable: bool
    description: str
    points_to: str | None
    unit: str | None
    is_key: bool = False

    @property
    def enumeration(self) -> type[Enum] | None:
        """The type, if it is an enumeration."""
        return self.value_type if issubclass(self.value_type, Enum) else None

    @property
    def record(self) -> type | None:
        """The type, if it is a dataclass."""
        return self.value_type if dataclasses.is_dataclass(self.value_type) else None


def fields_of(record: type) -> tuple[Field, ...]:
    """The fields of a record, in order.

    Raises:
        TypeError: A field has no `Column`, or a type that no format can hold.

    >>> from onrecord.records import Span
    >>> [(field.name, field.value_type.__name__) for field in fields_of(Span)]
    [('start', 'int'), ('end', 'int')]
    """
    return _fields_of(record)


@functools.cache
def _fields_of(record: type) -> tuple[Field, ...]:
    hints = typing.get_type_hints(record, include_extras=True)
    return tuple(
        _field(f"{record.__name__}.{field.name}", field.name, hints[field.name])
        for field in dataclasses.fields(record)
    )


def _field(place: str, name: str, hint: Any) -> Field:
    columns = [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Column)]
    if len(columns) != 1:
        raise TypeError(f"{place} needs one Column that describes it")
    inner, is_nullable = _without_null(typing.get_args(hint)[0])
    is_list = typing.get_origin(inner) is tuple
    if is_list:
        inner, *rest = typing.get_args(inner)
        if rest != [...]:
            raise TypeError(f"{place} is a tuple of fixed length; write tuple[…, ...]")
    kind = typing.get_origin(inner) or inner
    if kind is collections.abc.Mapping:
        kind = Mapping
    is_known = kind in _PLAIN or dataclasses.is_dataclass(kind)
    if not isinstance(kind, type) or not (is_known or issubclass(kind, Enum)):
        raise TypeError(f"{place} has type {inner!r}, which has no place in the formats")
    (column,) = columns
    return Field(
        name=name,
        value_type=kind,
        is_list=is_list,
        is_nullable=is_nullable,
        description=column.description,
        points_to=column.points_to,
        unit=column.unit,
        is_key=column.is_key,
    )


def _without_null(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in (types.UnionType, typing.Union):
        return hint, False
    others = [argument for argument in typing.get_args(hint) if argument is not types.NoneType]
    if len(others) != 1:
        raise TypeError(f"{hint} is a choice of types; a field has one")
    return others[0], True


def summary(kind: type) -> str:
    """What a record or an enumeration is: the first paragraph of its docstring, on one line."""
    paragraph = (inspect.getdoc(kind) or "").split("\n\n")[0]
    return " ".join(paragraph.replace("``", "`").split())


def is_row(record: type) -> bool:
    """Whether a dataclass is a row with an id, and no mere part of one."""
    return any(field.name == "id" for field in dataclasses.fields(record))


def record_name(record: type) -> str:
    """The name of a record as columns point to it.

    >>> from onrecord.records import ControlClaim
    >>> record_name(ControlClaim)
    'control_claim'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", record.__name__).lower()


@functools.cache
def sections() -> Mapping[str, type]:
    """The sections of a reading and the rows that each holds, in order."""
    return types.MappingProxyType(
        {f.name: f.value_type for f in fields_of(Reading) if f.is_list and is_row(f.value_type)}
    )


@functools.cache
def tables() -> Mapping[str, type]:
    """The tables of readings and the records that each holds, as Parquet and CSV have them.

    None points to one that is not here.
    """
    return types.MappingProxyType(
        {"runs": Run, "documents": Document, "readings": Reading, **sections()}
    )


@functools.cache
def store_tables() -> Mapping[str, type]:
    """All tables of a store: those of readings, and what it keeps across documents."""
    return types.MappingProxyType(
        {
            **tables(),
            "versions": Version,
            "tombstones": Tombstone,
            "refusals": Refusal,
            "known_actors": KnownActor,
            "actor_names": ActorName,
            "actor_entities": ActorEntity,
            "actor_changes": ActorChange,
            "provenances": Provenance,
            "stories": Story,
            "story_documents": StoryDocument,
            "story_changes": StoryChange,
            "claims": Claim,
            "stances": Stance,
            "disputes": Dispute,
            "corrections": Correction,
        }
    )


def table_pointed_to(field: Field) -> str | None:
    """The table whose row a field names."""
    if field.points_to is None:
        return None
    pointed = field.points_to.partition(".")[0]
    return next(name for name, record in store_tables().items() if record_name(record) == pointed)


def printed_fields(record: type) -> tuple[Field, ...]:
    """The fields that the printed record has.

    A row leaves out its document and run, which the printed reading names once; the
    reading itself leaves out what is no row.
    """
    return _printed_fields(record)


@functools.cache
def _printed_fields(record: type) -> tuple[Field, ...]:
    if record is Reading:
        return tuple(field for field in fields_of(record) if is_row(field.value_type))
    if is_row(record):
        return tuple(f for f in fields_of(record) if f.name not in {"document", "run"})
    return fields_of(record)


@functools.cache
def table_fields(record: type) -> tuple[Field, ...]:
    """The fields that the table of a record has: all, each row in it as a plain value.

    Only readings hold rows: one is its id there, and a section is the number of its rows.
    """
    return tuple(_flat(field) for field in fields_of(record))


def _flat(field: Field) -> Field:
    if not is_row_field(field):
        return field
    if field.is_list:
        words = field.name.replace("_", " ")
        return dataclasses.replace(
            field,
            name=f"n_{field.name}",
            value_type=int,
            is_list=False,
            description=f"Its number of {words}; null if they were not looked for.",
            unit="count",
        )
    return dataclasses.replace(
        field, value_type=str, points_to=f"{record_name(field.value_type)}.id"
    )


def is_row_field(field: Field) -> bool:
    """Whether a field holds rows."""
    return field.record is not None and is_row(field.value_type)


def reached_from(*records: type) -> tuple[type, ...]:
    """The records given, and the enumerations and dataclasses in their fields, in order."""
    found: dict[type, None] = {}

    def visit(kind: type) -> None:
        if kind not in found:
            found[kind] = None
            for inner in _inside(kind):
                visit(inner)

    for record in records:
        visit(record)
    return tuple(found)


def _inside(kind: type) -> Iterator[type]:
    if dataclasses.is_dataclass(kind):
        for field in fields_of(kind):
            if field.record or field.enumeration:
                yield field.value_type
