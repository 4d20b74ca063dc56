"""What a reviewer decides, made into corrections; what is added stands in `additions`."""

from collections.abc import Callable, Mapping

from onrecord.records import Correction
from onrecord.serve.additions import PICKS, TYPED, add
from onrecord.serve.picks import number_given, refuse
from onrecord.serve.settings import RoomSettings
from onrecord.store import Store
from onrecord.store.corrections import (
    Signature,
    accept_row,
    reject_row,
    set_field,
    undo,
)
from onrecord.store.finding import FoundRow, find_row

DECISIONS = ("accept", "reject", "set", "add", "undo")
FIELDS = (
    *("decision", "document", "row", "field", "value", "why", "by", "correction"),
    *("row_kind", "back", "form_key"),
    *(name for name in (*PICKS, *TYPED) if name != "value"),
)
_MOST_WORDS, _MOST_NAME = 500, 80
_NUMBERS = frozenset(
    {("quantities", "value"), ("quantities", "upper"), ("places", "lat"), ("places", "lon")}
)


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
        refuse("decision", f"{decision[:20]!r} is none; it takes {', '.join(DECISIONS)}")
    by = form.get("by", "").strip()[:_MOST_NAME] or "reviewer"
    why = form.get("why", "").strip()[:_MOST_WORDS] or None
    return _ACTIONS[decision](store, settings, form, Signature(by=by, at=settings.now(), why=why))


def _row(store: Store, form: Mapping[str, str]) -> FoundRow:
    document, row = form.get("document", ""), form.get("row", "")
    if not document or not row:
        refuse("row", "name the document and the row")
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
    row = _row(store, form)
    field, given = form.get("field", ""), form.get("value", "").strip()
    is_number = (row.section, field) in _NUMBERS
    value = number_given(given, "value") if is_number else given or None
    return set_field(store, row, field, value, signed, linking=settings.linking)


def _undo(
    store: Store, settings: RoomSettings, form: Mapping[str, str], signed: Signature
) -> Correction:
    return undo(store, form.get("correction", ""), signed, linking=settings.linking)


def _add(
    store: Store, settings: RoomSettings, form: Mapping[str, str], signed: Signature
) -> Correction:
    number = store.number_of(form.get("document", ""))
    return add(store, number, form, signed, settings.linking)


_ACTIONS: Mapping[
    str, Callable[[Store, RoomSettings, Mapping[str, str], Signature], Correction]
] = {"accept": _accept, "reject": _reject, "set": _set, "add": _add, "undo": _undo}
