"""What a reviewer decides, made into corrections; positions come from a browser, in UTF-16."""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from onrecord.errors import InputError
from onrecord.records import Correction, RowKind
from onrecord.serve.offsets import code_points_at
from onrecord.serve.settings import RoomSettings
from onrecord.store import Store
from onrecord.store.corrections import (
    Signature,
    accept_row,
    add_row,
    reject_row,
    set_field,
    undo,
)
from onrecord.store.finding import FoundRow, find_row

DECISIONS = ("accept", "reject", "set", "add", "undo")
FIELDS = (
    *("decision", "document", "row", "field", "value", "why", "by", "correction"),
    *("row_kind", "act", "polarity", "manner", "type", "factuality"),
    *("content", "cue", "source", "trigger", "back", "form_key"),
)
_MOST_WORDS, _MOST_NAME = 500, 80
_SPANS_IN_ONE = 8


def decide(store: Store, settings: RoomSettings, form: Mapping[str, str]) -> Correction:
    """Keep one decision.

    Args:
        store: Open for writing.
        settings: How the room was opened.
        form: What the form says, by the names of `FIELDS`.

    Raises:
        InputError: Something in it cannot be used.
        StoreError: There is no such row.
    """
    decision = form.get("decision", "")
    if decision not in _ACTIONS:
        _refuse("decision", f"{decision[:20]!r} is none; it takes {', '.join(DECISIONS)}")
    by = form.get("by", "").strip()[:_MOST_NAME] or "reviewer"
    why = form.get("why", "").strip()[:_MOST_WORDS] or None
    return _ACTIONS[decision](store, settings, form, Signature(by=by, at=settings.now(), why=why))


def _row(store: Store, form: Mapping[str, str]) -> FoundRow:
    document, row = form.get("document", ""), form.get("row", "")
    if not document or not row:
        _refuse("row", "name the document and the row")
    return find_row(store, row, document=document)


def _accept(
    store: Store, settings: RoomSettings, form: Mapping[str, str], signed: Signature
) -> Correction:
    del settings
    return accept_row(store, _row(store, form), signed)


def _reject(
    store: Store, settings: RoomSettings, form: Mapping[str, str], signed: Signature
) -> Correction:
    return reject_row(store, _row(store, form), signed, linking=settings.linking)


def _set(
    store: Store, settings: RoomSettings, form: Mapping[str, str], signed: Signature
) -> Correction:
    field, value = form.get("field", ""), form.get("value", "")
    row = _row(store, form)
    return set_field(store, row, field, value or None, signed, linking=settings.linking)


def _undo(
    store: Store, settings: RoomSettings, form: Mapping[str, str], signed: Signature
) -> Correction:
    return undo(store, form.get("correction", ""), signed, linking=settings.linking)


def _add(
    store: Store, settings: RoomSettings, form: Mapping[str, str], signed: Signature
) -> Correction:
    number = store.number_of(form.get("document", ""))
    text = store.document(number).text
    kind = form.get("row_kind", "statement")
    if kind == "statement":
        values = _statement_values(form, text)
    elif kind == "event":
        values = _event_values(form, text)
    else:
        _refuse("row_kind", f"{kind[:20]!r} cannot be added here; `onrecord correct` can")
    return add_row(store, number, RowKind(kind), values, signed, linking=settings.linking)


def _statement_values(form: Mapping[str, str], text: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: _spans(form.get(name, ""), text, name) for name in ("content", "cue", "source")
    }
    if not values["content"]:
        _refuse("content", "select the words that are said")
    return values | {
        "act": form.get("act") or "assert",
        "polarity": form.get("polarity") or "affirm",
        "manner": form.get("manner") or "indirect",
    }


def _event_values(form: Mapping[str, str], text: str) -> dict[str, Any]:
    spans = _spans(form.get("trigger", ""), text, "trigger")
    if len(spans) != 1:
        _refuse("trigger", "select the one word that names the happening")
    return {
        "trigger": spans[0],
        "type": form.get("type") or "",
        "factuality": form.get("factuality") or "actual",
        "happening": "",
    }


def _spans(given: str, text: str, name: str) -> list[dict[str, int]]:
    """Spans of code points from ``12-40,52-60`` in UTF-16 units."""
    spans: list[dict[str, int]] = []
    for part in [one for one in given.split(",") if one][: _SPANS_IN_ONE + 1]:
        ends = part.split("-")
        is_span = len(ends) == len("ab") and all(_is_number(end) for end in ends)
        if not is_span or len(spans) == _SPANS_IN_ONE:
            _refuse(name, f"{part[:20]!r} is no place; up to {_SPANS_IN_ONE} as 12-40 are")
        start, end = code_points_at(text, [int(end) for end in ends])
        if start >= end:
            _refuse(name, f"{part} holds no words of the text")
        spans.append({"start": start, "end": end})
    return spans


def _is_number(given: str) -> bool:
    return given.isascii() and given.isdigit() and len(given) < len("9999999999")


def _refuse(source: str, problem: str) -> NoReturn:
    raise InputError(source=source, problem=problem)


_ACTIONS: Mapping[
    str, Callable[[Store, RoomSettings, Mapping[str, str], Signature], Correction]
] = {"accept": _accept, "reject": _reject, "set": _set, "add": _add, "undo": _undo}
