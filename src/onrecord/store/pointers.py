"""Which fields of the rows of a document name other rows of it, and how they are changed.

A draft is a copy of the rows of one document on which corrections are tried out.
"""

import dataclasses
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.records import Commitment, Document, Limit
from onrecord.schema.fields import fields_of, sections, table_pointed_to
from onrecord.store.kept_rows import KeptRows


class Draft:
    """The rows of one document, to be changed; `kept` gives them back.

    Attributes:
        document: The document.
        run: The id of the run of its rows.
    """

    def __init__(self, kept: KeptRows) -> None:
        self._kept = kept
        self.document: Document = kept.reading.document
        self.run = kept.reading.run.id
        self._sections = {
            name: None if rows is None else dict(rows) for name, rows in kept.sections.items()
        }

    def kept(self) -> KeptRows:
        """The rows as they are now."""
        reading = self._kept.reading.replace(document=self.document)
        return dataclasses.replace(
            self._kept,
            reading=reading,
            sections={n: None if r is None else dict(r) for n, r in self._sections.items()},
        )

    def rows(self, section: str) -> list[Any]:
        """All rows of a section."""
        return [row for _, row in (self._sections[section] or {}).values()]

    def find(self, section: str, row_id: str) -> Any:
        """A row, or None."""
        placed = (self._sections[section] or {}).get(row_id)
        return None if placed is None else placed[1]

    def put(self, section: str, row: Any, *, position: int | None = None) -> None:
        """Take a row in, in place of the one with its id, else at the end of its section."""
        rows = self._sections[section] or {}
        if position is None and row.id in rows:
            position = rows[row.id][0]
        if position is None:
            position = 1 + max((at for at, _ in rows.values()), default=-1)
        self._sections[section] = rows | {row.id: (position, row)}

    def remove(self, section: str, row_id: str) -> None:
        """Take a row out; what points at it is left as it is."""
        (self._sections[section] or {}).pop(row_id, None)

    def close_section(self, section: str) -> None:
        """Make an empty section one that was not looked for."""
        if not self._sections[section]:
            self._sections[section] = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """A field that names rows of a section.

    Attributes:
        section: The section that has the field.
        field: Its name.
        is_list: Whether it names several.
        is_nullable: Whether it can name none.
        of_limits: Whether the id stands in limits, which the field holds.
    """

    section: str
    field: str
    is_list: bool
    is_nullable: bool
    of_limits: bool = False

    def names(self, row: Any, row_id: str) -> bool:
        """Whether the field of a row names a row."""
        value = getattr(row, self.field)
        if self.of_limits:
            return any(limit.quantity == row_id for limit in value)
        return row_id in value if self.is_list else value == row_id


@functools.cache
def pointers_to(section: str) -> tuple[Pointer, ...]:
    """All fields that name rows of a section.

    >>> [(pointer.section, pointer.field) for pointer in pointers_to("times")]
    [('statements', 'time')]
    """
    return tuple(_pointers_to(section))


def _pointers_to(section: str) -> Iterator[Pointer]:
    for name, record in sections().items():
        for field in fields_of(record):
            if field.points_to and table_pointed_to(field) == section:
                yield Pointer(name, field.name, field.is_list, field.is_nullable)
    if section == "quantities":
        yield Pointer("commitments", "limits", is_list=True, is_nullable=False, of_limits=True)
    if section == "entities":
        # It is a name where it is no id.
        yield Pointer("commitments", "instrument", is_list=False, is_nullable=False)


def repoint(draft: Draft, section: str, old: str, new: str | None) -> None:
    """Let all that names one row name another, or none.

    Fields that must name a row are left as they are when there is no other.
    """
    for pointer in pointers_to(section):
        for row in draft.rows(pointer.section):
            if not pointer.names(row, old):
                continue
            value = _repointed(pointer, getattr(row, pointer.field), old, new)
            if value is not None or pointer.is_nullable:
                draft.put(pointer.section, dataclasses.replace(row, **{pointer.field: value}))


def _repointed(pointer: Pointer, value: Any, old: str, new: str | None) -> Any:
    if not pointer.is_list:
        return new
    if pointer.of_limits:
        return tuple(_limits(value, old, new))
    others = [new if own == old else own for own in value]
    return tuple(dict.fromkeys(own for own in others if own is not None))


def _limits(limits: tuple[Limit, ...], old: str, new: str | None) -> Iterator[Limit]:
    for limit in limits:
        if limit.quantity != old:
            yield limit
        elif new is not None:
            yield dataclasses.replace(limit, quantity=new)


def rows_that_need(draft: Draft, section: str, row_id: str) -> Iterator[tuple[str, Any]]:
    """Rows, each with its section, that cannot be without the row they name."""
    for pointer in pointers_to(section):
        if pointer.is_list or pointer.is_nullable:
            continue
        for row in draft.rows(pointer.section):
            if pointer.names(row, row_id) and not isinstance(row, Commitment):
                yield pointer.section, row
