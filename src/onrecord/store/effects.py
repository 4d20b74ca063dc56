"""Corrections applied to the rows of a document, taken back, and applied again.

What each correction changed is kept beside it, row by row. So the rows as the program
found them can be had again: any correction can be taken back, and after a new reading all
are applied anew, in their order. One that finds no row is kept, with the reason.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.errors import OnRecordError
from onrecord.records import Correction, CorrectionKind, Document
from onrecord.schema.fields import sections
from onrecord.store.anchors import Anchors, anchors_of, find_again, renamed, rows_named
from onrecord.store.edits import add_row, check_rules, drop_row, section_of, set_field
from onrecord.store.kept_rows import KeptRows, Placed, change_rows
from onrecord.store.pointers import Draft, repoint
from onrecord.store.rows import codec, plain_row, row_from_plain, write_rows

# What follows from the rest of a row.
_OF_ITSELF = frozenset({"id", "depth", "mentions"})
_CHANGING = frozenset({CorrectionKind.SET, CorrectionKind.REJECT, CorrectionKind.ADD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a correction did to the rows as they are now.

    Attributes:
        row: The row it holds for; None if there is none.
        anchors: Words of the rows that it names.
        changes: Rows before and after, in order.
        problem: Why it holds for no row.
    """

    row: str | None
    anchors: Anchors = field(default_factory=dict)
    changes: Sequence[Mapping[str, Any]] = ()
    problem: str | None = None


def corrections_of(connection: sqlite3.Connection, document_id: str) -> list[Correction]:
    """All corrections of a document, in order."""
    return _corrections(connection, "document = ?", document_id)


def correction_by_id(connection: sqlite3.Connection, correction_id: str) -> Correction | None:
    """The correction with an id."""
    return next(iter(_corrections(connection, "id = ?", correction_id)), None)


def _corrections(connection: sqlite3.Connection, where: str, *values: str) -> list[Correction]:
    kind = codec("corrections")
    columns = ", ".join(f'"{name}"' for name in kind.columns)
    found = connection.execute(
        f"SELECT {columns} FROM corrections WHERE {where} ORDER BY number",  # noqa: S608
        values,
    )
    return [kind.record_of(row) for row in found]


def keep_correction(connection: sqlite3.Connection, correction: Correction) -> Correction:
    """Write a correction; the same with its number."""
    kind = codec("corrections")
    values = kind.values_of(correction)
    values[kind.columns.index("number")] = None
    write_rows(connection, kind, [values])
    kept = correction_by_id(connection, correction.id)
    return correction if kept is None else kept


def keep_effect(connection: sqlite3.Connection, number: int, effect: Effect) -> None:
    """Write what a correction did, in place of what it did before."""
    connection.execute(
        "INSERT OR REPLACE INTO correction_effects VALUES (?, ?, ?, ?, ?)",
        (
            number,
            effect.row,
            json.dumps(effect.anchors),
            json.dumps(effect.changes),
            effect.problem,
        ),
    )


def effect_of(connection: sqlite3.Connection, number: int) -> Effect:
    """What a correction did."""
    row = connection.execute(
        "SELECT * FROM correction_effects WHERE correction = ?", (number,)
    ).fetchone()
    if row is None:
        return Effect(row=None)
    return Effect(
        row=row["row"],
        anchors=json.loads(row["anchors"]),
        changes=json.loads(row["changes"]),
        problem=row["problem"],
    )


def changes_between(old: KeptRows, new: KeptRows) -> list[dict[str, Any]]:
    """What differs between rows before and after, as `taken_back` needs it."""
    found: list[dict[str, Any]] = []
    if old.reading.document != new.reading.document:
        change = {"before": _particulars(old), "after": _particulars(new)}
        found.append({"section": "documents", "id": "", **change})
    for name in sections():
        before, after = old.sections[name], new.sections[name]
        if before is None and after is not None:
            found.append({"section": name, "id": None, "before": None, "after": None})
        for row_id in {**(before or {}), **(after or {})}:
            was, is_now = (before or {}).get(row_id), (after or {}).get(row_id)
            if was != is_now:
                found.append(
                    {
                        "section": name,
                        "id": row_id,
                        "before": _plain_placed(was),
                        "after": _plain_placed(is_now),
                    }
                )
    return found


def _particulars(kept: KeptRows) -> dict[str, Any]:
    """The fields of a document beside its text."""
    values = plain_row(kept.reading.document)
    return {name: value for name, value in values.items() if name not in ("text", "links")}


def _plain_placed(placed: Placed | None) -> list[Any] | None:
    return None if placed is None else [placed[0], plain_row(placed[1])]


def take_back(draft: Draft, changes: Sequence[Mapping[str, Any]]) -> None:
    """Undo changes, the last first."""
    for change in reversed(changes):
        name, before = change["section"], change["before"]
        if name == "documents":
            draft.document = _with_values(draft.document, before)
        elif change["id"] is None:
            draft.close_section(name)
        elif before is None:
            draft.remove(name, change["id"])
        else:
            position, values = before
            row = row_from_plain(name, values, document=draft.document.id, run=draft.run)
            draft.put(name, row, position=position)


def _with_values(document: Document, values: Mapping[str, Any]) -> Document:
    return Document(**{**values, "text": document.text, "links": document.links})


def first_anchors(draft: Draft, correction: Correction) -> dict[str, dict[str, Any]]:
    """The words of all rows that a correction names, while they are as it means them."""
    section = section_of(correction.row_kind)
    named = [(section, correction.row)] if section in sections() else []
    return anchors_of(draft, [*named, *rows_named(section, _new_values(correction))])


def _new_values(correction: Correction) -> Mapping[str, Any]:
    new = correction.new or {}
    if correction.kind is CorrectionKind.SET and correction.field:
        return {correction.field: new["value"]}
    return new


def applied(kept: KeptRows, correction: Correction, anchors: Anchors) -> tuple[KeptRows, Effect]:
    """Rows with a correction, or as they were with the reason why it cannot be applied."""
    draft = Draft(kept)
    section = section_of(correction.row_kind)
    try:
        row = _apply(draft, section, correction, anchors)
        if row is None and correction.kind is CorrectionKind.REJECT:
            return kept, Effect(row=None, anchors=anchors)
        if row is None:
            problem = "the row is not there, nor one with nearly the same words"
            return kept, Effect(row=None, anchors=anchors, problem=problem)
        changed = draft.kept()
        check_rules(kept, changed)
    except OnRecordError as error:
        return kept, Effect(row=None, anchors=anchors, problem=str(error))
    return changed, Effect(row=row, anchors=anchors, changes=changes_between(kept, changed))


def _apply(draft: Draft, section: str, correction: Correction, anchors: Anchors) -> str | None:
    """Apply a correction; the id of the row that it is about, None if that is not there."""
    values = renamed(draft, section, _new_values(correction), anchors)
    if section == "documents":
        row: str | None = correction.row
    else:
        row = find_again(draft, section, correction.row, anchors)
    if correction.kind is CorrectionKind.ADD:
        return _add_again(draft, section, values, row)
    if row is None:
        return None
    if correction.kind is CorrectionKind.REJECT:
        drop_row(draft, section, row)
    elif correction.kind is CorrectionKind.SET:
        _set_again(draft, section, row, values)
    return row


def _set_again(draft: Draft, section: str, row: str, values: Mapping[str, Any]) -> None:
    """Set fields, but those that a new reading has so by itself."""
    own = draft.document if section == "documents" else draft.find(section, row)
    for name, value in values.items():
        if name not in (plain := plain_row(own)) or plain[name] != value:
            set_field(draft, section, row, name, value)


def _add_again(draft: Draft, section: str, values: dict[str, Any], found: str | None) -> str:
    """Add a row; one that the program now finds by itself becomes the one that was added."""
    if found is not None and found == values.get("id"):
        own = {name: value for name, value in values.items() if name not in _OF_ITSELF}
        if own.get("entity", "") is None:  # it was to have an entity of its own, and has one
            del own["entity"]
        _set_again(draft, section, found, own)
        return found
    if found is None or section in ("mentions", "entities", "places"):
        return add_row(draft, section, values)
    draft.remove(section, found)
    row = add_row(draft, section, values)
    repoint(draft, section, found, row)
    return row


def apply_all(connection: sqlite3.Connection, kept: KeptRows, *, is_fresh: bool) -> KeptRows:
    """Apply all corrections of a document anew, and write what changes; the rows then.

    Args:
        connection: The store.
        kept: The rows that it has.
        is_fresh: Whether they are as the program found them; else what corrections did to
            them is taken back first.
    """
    all_of_them = corrections_of(connection, kept.reading.document.id)
    changing = [each for each in all_of_them if each.kind in _CHANGING]
    effects = {each.number: effect_of(connection, each.number) for each in all_of_them}
    draft = Draft(kept)
    if not is_fresh:
        for correction in reversed(changing):
            take_back(draft, effects[correction.number].changes)
    rows = draft.kept()
    for correction in all_of_them:
        anchors = effects[correction.number].anchors
        if correction.kind is CorrectionKind.UNDO:
            continue
        if correction.undone_by is not None:
            effect = Effect(row=None, anchors=anchors)
        else:
            rows, effect = applied(rows, correction, anchors)
        keep_effect(connection, correction.number, effect)
    forget_actors(connection, kept, rows)
    change_rows(connection, kept, rows)
    return rows


def forget_actors(connection: sqlite3.Connection, old: KeptRows, new: KeptRows) -> None:
    """Let go of the actors of entities that will not be there."""
    gone = (old.sections["entities"] or {}).keys() - (new.sections["entities"] or {}).keys()
    connection.executemany(
        "DELETE FROM actor_entities WHERE document = ? AND entity = ?",
        [(old.number, entity) for entity in sorted(gone)],
    )
