"""What a reviewer decides: made into corrections of rows, or said of a dispute.

What is added stands in `additions`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onrecord.ingest.dispute_decisions import decide_on, take_decision_back
from onrecord.records import Correction, Ground
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
# The kind of rows that stand in no document.
DISPUTE = "dispute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision that was kept.

    Attributes:
        id: Under which it can be taken back.
        kind: What was done: one of `DECISIONS`.
        by: Who decided.
        row: The id of the row, or of the dispute.
        row_kind: What it is.
        document: The id of its document; None for a dispute.
    """

    id: str
    kind: str
    by: str
    row: str
    row_kind: str
    document: str | None = None


def decide(store: Store, settings: RoomSettings, form: Mapping[str, str]) -> Decided:
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
    is_dispute = form.get("row_kind") == DISPUTE and decision != "add"
    if decision not in DECISIONS:
        refuse("decision", f"{decision[:20]!r} is none; it takes {', '.join(DECISIONS)}")
    by = form.get("by", "").strip()[:_MOST_NAME] or "reviewer"
    why = form.get("why", "").strip()[:_MOST_WORDS] or None
    signed = Signature(by=by, at=settings.now(), why=why)
    if is_dispute:
        return _on_dispute(store, settings, form, signed)
    made = _ACTIONS[decision](store, settings, form, signed)
    return Decided(
        id=made.id, kind=made.kind.value, by=made.by,
        row=made.row, row_kind=made.row_kind.value, document=made.document,
    )  # fmt: skip


def _on_dispute(
    store: Store, settings: RoomSettings, form: Mapping[str, str], signed: Signature
) -> Decided:
    decision, row = form["decision"], form.get("row", "")
    if decision == "undo":
        review = take_decision_back(store, form.get("correction", ""), signed, settings.judge)
    else:
        ground = _ground(form) if decision == "set" else None
        is_one = decision != "reject"
        review = decide_on(store, row, signed, settings.judge, is_dispute=is_one, ground=ground)
    return Decided(id=review.id, kind=decision, by=signed.by, row=row, row_kind=DISPUTE)


def _ground(form: Mapping[str, str]) -> Ground:
    given = form.get("value", "")
    if form.get("field") != "ground":
        refuse("field", "of a dispute only its ground can be set")
    if given not in set(Ground):
        refuse("value", f"{given[:30]!r} is no ground; it takes {', '.join(Ground)}")
    return Ground(given)


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
