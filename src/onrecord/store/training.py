"""Corrections as data to train with: the text, and the row before and after."""

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.records import Correction, CorrectionKind
from onrecord.store.corrections import list_corrections
from onrecord.store.edits import section_of
from onrecord.store.effects import Effect, effect_of
from onrecord.store.kept_rows import load_document
from onrecord.store.stores import Store


def training_rows(store: Store) -> Iterator[dict[str, Any]]:
    """One object for each correction that holds, in order.

    Its `kind` is set, reject, add or accept; `before` is the row as it was, `after` as it
    shall be, with the words at their spans; one of both is null where there is no row.
    """
    for correction, problem in list_corrections(store):
        if correction.undone_by is not None or correction.kind is CorrectionKind.UNDO:
            continue
        if problem is None:
            yield _training_row(store, correction)


def _training_row(store: Store, correction: Correction) -> dict[str, Any]:
    number = store.number_of(correction.document)
    document = load_document(store.connection, number)
    text = "" if document is None else document.text
    effect = effect_of(store.connection, correction.number)
    before, after = _before_and_after(correction, effect)
    return {
        "kind": correction.kind.value,
        "row_kind": correction.row_kind.value,
        "field": correction.field,
        "before": _with_words(before, text),
        "after": _with_words(after, text),
        "why": correction.why,
        "by": correction.by,
        "at": correction.at,
        "correction": correction.id,
        "document": {
            "id": correction.document,
            "title": document and document.title,
            "outlet": document and document.outlet,
            "published": document and document.published,
            "language": document and document.language,
            "text": text,
        },
    }


def _before_and_after(
    correction: Correction, effect: Effect
) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
    """The row that a correction is about, before it and after it."""
    section = section_of(correction.row_kind)
    for change in effect.changes:
        if change["section"] == section == "documents":
            return change["before"], change["after"]
        if change["section"] == section and change["id"] == effect.row:
            before, after = change["before"], change["after"]
            return before and before[1], after and after[1]
    whole = correction.old if correction.new is None else correction.new
    if correction.kind is CorrectionKind.SET or whole is None:
        return correction.old, correction.new
    return (whole, None) if correction.kind is CorrectionKind.REJECT else (whole, whole)


def _with_words(value: Any, text: str) -> Any:
    """Printed values, each span with its words."""
    if isinstance(value, Mapping):
        if value.keys() == {"start", "end"}:
            return {**value, "text": text[value["start"] : value["end"]]}
        return {name: _with_words(item, text) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_words(item, text) for item in value]
    return value
