"""What people set right in a store: fields set, rows rejected, added and accepted.

Each is a transaction of its own. How rows change stands in `edits`, how corrections
outlive a new reading in `effects`, what reviews tell of precision in `reviews`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from onrecord.errors import InputError, StoreError
from onrecord.records import Correction, CorrectionKind, Document, RowKind, Span, content_id
from onrecord.schema.fields import sections
from onrecord.store import edits
from onrecord.store.arrivals import Arrival
from onrecord.store.edits import kind_of, section_of
from onrecord.store.effects import (
    Effect,
    applied,
    apply_all,
    correction_by_id,
    effect_of,
    first_anchors,
    forget_actors,
    keep_correction,
    keep_effect,
)
from onrecord.store.finding import FoundRow
from onrecord.store.kept_rows import KeptRows, change_rows, load_rows
from onrecord.store.pointers import Draft
from onrecord.store.rows import codec, plain_row
from onrecord.store.stores import Store


@dataclass(frozen=True, slots=True)
class Linking:
    """What links documents, so that what holds across documents follows a correction.

    Attributes:
        unlink: Takes documents out of what links them, before their rows change.
        link: Links them again.
    """

    unlink: Callable[[Store, Sequence[int]], None]
    link: Callable[[Store, Sequence[Arrival]], None]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who corrects, when and why.

    Attributes:
        by: Who.
        at: The time, in ISO 8601.
        why: Why, in words.

    Raises:
        InputError: Nobody is named.
    """

    by: str
    at: str
    why: str | None = None

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise InputError(source="by", problem="a correction names who makes it")


def set_field(
    store: Store,
    row: FoundRow,
    field: str,
    value: Any,
    signed: Signature,
    *,
    linking: Linking | None = None,
) -> Correction:
    """Give a field of a row another value.

    Args:
        store: A store open for writing.
        row: Which row.
        field: The name of the field.
        value: The value as JSON has it, or as Python has it in a record.
        signed: Who corrects, when and why.
        linking: What links documents.

    Raises:
        InputError: The field cannot have this value.
    """
    value, printed = _plain_value(value), _printed(store, row)
    edits.check_settable(Document if row.section == "documents" else sections()[row.section], field)
    if printed[field] == value:
        _refuse(field, f"it is {value!r} already")
    return _correct(
        store,
        row,
        _made(
            store,
            row,
            CorrectionKind.SET,
            signed,
            field=field,
            old={"value": printed[field]},
            new={"value": value},
        ),
        linking,
    )


def reject_row(
    store: Store, row: FoundRow, signed: Signature, *, linking: Linking | None = None
) -> Correction:
    """Say that a row should not be there; what names it then names nothing.

    Raises:
        InputError: Another row cannot be without it, or it is a document.
    """
    if row.section == "documents":
        _refuse(row.id, "a document is not rejected; delete it from the store")
    made = _made(store, row, CorrectionKind.REJECT, signed, old=_printed(store, row))
    return _correct(store, row, made, linking)


def accept_row(store: Store, row: FoundRow, signed: Signature) -> Correction:
    """Say that a row is right as it is."""
    made = _made(store, row, CorrectionKind.ACCEPT, signed, new=_printed(store, row))
    return _correct(store, row, made, None)


def add_row(
    store: Store,
    number: int,
    kind: RowKind,
    values: Mapping[str, Any],
    signed: Signature,
    *,
    linking: Linking | None = None,
) -> Correction:
    """Add a row that was missed, from its values as they are printed.

    Raises:
        InputError: A value is missing or not allowed, or the row is there already.
    """
    if kind is RowKind.DOCUMENT:
        _refuse("document", "a document is not added by a correction; take it in")
    section = section_of(kind)
    draft = Draft(_kept(store, number))
    row_id = edits.add_row(draft, section, dict(values))
    row = FoundRow(number, section, row_id)
    new = plain_row(draft.find(section, row_id))
    if kind is RowKind.MENTION and not values.get("entity"):
        new["entity"] = None  # one of its own, made again with it after a new reading
    made = _made(store, row, CorrectionKind.ADD, signed, new=new)
    return _correct(store, row, made, linking)


def undo(
    store: Store, correction_id: str, signed: Signature, *, linking: Linking | None = None
) -> Correction:
    """Take a correction back; all others hold as before. An undo can be undone too.

    Raises:
        StoreError: There is no such correction.
        InputError: It was taken back already.
    """
    with store.writing():
        taken = _correction(store, correction_id)
        if taken.undone_by is not None:
            _refuse(taken.id, f"it was taken back already, by {taken.undone_by}")
        number = store.number_of(taken.document)
        row = FoundRow(number, section_of(taken.row_kind), taken.id)
        made = keep_correction(
            store.connection,
            _made(store, row, CorrectionKind.UNDO, signed, row_kind=taken.row_kind),
        )
        _mark(store, taken.id, made.id)
        if taken.kind is CorrectionKind.UNDO:
            _mark(store, taken.row, None)
        _relinked(
            store,
            number,
            linking,
            lambda kept: apply_all(store.connection, kept, is_fresh=False),
        )
        return made


def _mark(store: Store, correction_id: str, undone_by: str | None) -> None:
    store.connection.execute(
        "UPDATE corrections SET undone_by = ? WHERE id = ?", (undone_by, correction_id)
    )


def list_corrections(
    store: Store, *, document: str | None = None
) -> Iterator[tuple[Correction, str | None]]:
    """All corrections in order, each with why it holds for no row now, if so."""
    kind = codec("corrections")
    columns = ", ".join(f'"{name}"' for name in kind.columns)
    where = "" if document is None else "WHERE document = ?"
    rows = store.connection.execute(
        f"SELECT {columns} FROM corrections {where} ORDER BY number",  # noqa: S608 - own words
        () if document is None else (document,),
    ).fetchall()
    for values in rows:
        correction: Correction = kind.record_of(values)
        yield correction, effect_of(store.connection, correction.number).problem


def _correct(store: Store, row: FoundRow, made: Correction, linking: Linking | None) -> Correction:
    with store.writing():
        known = correction_by_id(store.connection, made.id)
        if known is not None:
            return known
        kept = _kept(store, row.number)
        changed, effect = _tried(kept, made)
        made = keep_correction(store.connection, made)
        keep_effect(store.connection, made.number, effect)
        if changed is not kept:
            _relinked(store, row.number, linking, lambda old: _write(store, old, changed))
    return made


def _tried(kept: KeptRows, made: Correction) -> tuple[KeptRows, Effect]:
    """Rows with a correction.

    Raises:
        InputError: It cannot be applied.
    """
    draft = Draft(kept)
    anchors = first_anchors(draft, made)
    changed, effect = applied(kept, made, anchors)
    if effect.problem is not None:
        source, _, problem = effect.problem.partition(": ")
        _refuse(source, problem)
    if made.kind is CorrectionKind.ADD:
        effect = replace(effect, anchors=first_anchors(Draft(changed), made))
    return (changed if effect.changes else kept), effect


def _write(store: Store, old: KeptRows, new: KeptRows) -> KeptRows:
    forget_actors(store.connection, old, new)
    change_rows(store.connection, old, new)
    return new


def _relinked(
    store: Store, number: int, linking: Linking | None, change: Callable[[KeptRows], KeptRows]
) -> None:
    if linking is not None:
        linking.unlink(store, (number,))
    rows = change(_kept(store, number))
    if linking is not None:
        linking.link(store, (Arrival(number=number, reading=rows.as_reading()),))


def _kept(store: Store, number: int) -> KeptRows:
    kept = load_rows(store.connection, number)
    if kept is None:
        raise StoreError(path=str(store.path), problem=f"there is no document {number}")
    return kept


def _printed(store: Store, row: FoundRow) -> dict[str, Any]:
    """A row as JSON values."""
    if row.section == "documents":
        values = plain_row(store.document(row.number))
        del values["text"], values["links"]
        return values
    found = Draft(_kept(store, row.number)).find(row.section, row.id)
    if found is None:
        raise StoreError(path=str(store.path), problem=f"there is no row {row.id}")
    return plain_row(found)


def _plain_value(value: Any) -> Any:
    """A value of a record as JSON has it; the words that come with spans are left out."""
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, Mapping):
        if "start" in value and "end" in value:
            return {"start": value["start"], "end": value["end"]}
        return {name: _plain_value(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_value(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain_value(getattr(value, name)) for name in value.__dataclass_fields__}
    return getattr(value, "value", value)


def _made(
    store: Store,
    row: FoundRow,
    kind: CorrectionKind,
    signed: Signature,
    *,
    field: str | None = None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    row_kind: RowKind | None = None,
) -> Correction:
    document = store.document(row.number).id
    row_kind = row_kind or kind_of(row.section)
    parts = (kind, document, row_kind, row.id, field, old, new, signed.why, signed.by, signed.at)
    return Correction(
        number=0,
        id=content_id("correction", *parts),
        kind=kind,
        document=document,
        row_kind=row_kind,
        row=row.id,
        field=field,
        old=old,
        new=new,
        why=signed.why,
        by=signed.by,
        at=signed.at,
        undone_by=None,
    )


def _correction(store: Store, correction_id: str) -> Correction:
    found = correction_by_id(store.connection, correction_id)
    if found is None:
        found_by_prefix = store.connection.execute(
            "SELECT id FROM corrections WHERE id >= ? AND id < ? LIMIT 2",
            (correction_id, f"{correction_id}\U0010ffff"),
        ).fetchall()
        if len(found_by_prefix) == 1:
            found = correction_by_id(store.connection, found_by_prefix[0][0])
    if found is None:
        problem = f"there is no one correction with the id {correction_id!r}"
        raise StoreError(path=str(store.path), problem=problem)
    return found


def _refuse(source: str, problem: str) -> NoReturn:
    raise InputError(source=source, problem=problem)
