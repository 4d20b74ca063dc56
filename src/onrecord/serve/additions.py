"""Rows that a reviewer adds: words selected in a browser, made into the values of a record.

Who speaks, where it is and on whose word it stands follows from the words: a name, a place or
a time that the record has there, and the innermost statement around them (`picks`).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from onrecord.errors import InputError
from onrecord.records import Correction, RowKind
from onrecord.serve.picks import Picked, printed_span, refuse
from onrecord.store import Store, edits
from onrecord.store.corrections import Linking, Signature, add_row
from onrecord.store.kept_rows import load_rows
from onrecord.store.pointers import Draft

# What can be picked for a row, by the names of form fields.
PICKS = (
    *("content", "cue", "source", "trigger", "words"),
    *("actor", "recipient", "where", "when", "holder", "instrument"),
)
# What is chosen or typed.
TYPED = (
    *("act", "polarity", "manner", "type", "factuality", "change", "kind", "entity"),
    *("timex", "value", "upper", "unit", "comparator", "name", "country", "precision"),
    *("lat", "lon", "signed", "in_force", "extended", "suspended", "expires"),
)
COMPARATORS = ("at most", "at least", "more than", "less than", "about", "between")
_DAYS = ("signed", "in_force", "extended", "suspended", "expires")


def add(
    store: Store, number: int, form: Mapping[str, str], signed: Signature, linking: Linking | None
) -> Correction:
    """Add one row to a document; the name that a new place needs comes with it.

    Args:
        store: Open for writing.
        number: The document.
        form: ``row_kind``, and what it needs of `PICKS` and `TYPED`.
        signed: Who adds it.
        linking: What links documents.

    Raises:
        InputError: Something is missing, or cannot be used.
    """
    kind = form.get("row_kind") or "statement"
    if kind not in _BUILDERS:
        refuse("row_kind", f"{kind[:20]!r} cannot be added; it takes {', '.join(_BUILDERS)}")
    added = Picked(store.reading(number), form)
    rows = [(RowKind(one), values) for one, values in _BUILDERS[kind](added)]
    made = [
        add_row(store, number, one, values, signed, linking=linking)
        for one, values in _tried(store, number, rows)
    ]
    return made[-1]


def _tried(
    store: Store, number: int, rows: list[tuple[RowKind, dict[str, Any]]]
) -> list[tuple[RowKind, dict[str, Any]]]:
    """The rows, after all of them were added to a copy of the document: all are, or none."""
    kept = load_rows(store.connection, number)
    if kept is not None and len(rows) > 1:
        draft = Draft(kept)
        for kind, values in rows:
            row_id = edits.add_row(draft, edits.section_of(kind), dict(values))
            if kind is RowKind.MENTION:
                rows[-1][1]["mention"] = row_id
    return rows


_Rows = Iterable[tuple[str, dict[str, Any]]]


def _statement(added: Picked) -> _Rows:
    spans = {name: added.spans(name) for name in ("content", "cue", "source")}
    if not spans["content"]:
        refuse("content", "select the words that are said")
    named = added.entity("source") if _has_name(added, "source") else None
    parent = added.around([*spans["content"], *spans["cue"], *spans["source"]])
    values = {name: [printed_span(one) for one in found] for name, found in spans.items()}
    yield (
        "statement",
        values
        | {
            "speaker": named,
            "parent": parent,
            "act": added.typed("act", "assert"),
            "polarity": added.typed("polarity", "affirm"),
            "manner": added.typed("manner", "indirect"),
        },
    )


def _has_name(added: Picked, name: str) -> bool:
    """Whether a name is known in the words; who speaks need not have one."""
    try:
        return added.mention(name) is not None
    except InputError:
        return False


def _event(added: Picked) -> _Rows:
    trigger = added.one("trigger", "the one word that names the happening")
    yield (
        "event",
        {
            "trigger": printed_span(trigger),
            "type": added.typed("type", ""),
            "factuality": added.typed("factuality", "actual"),
            "actors": added.entities("actor"),
            "recipients": added.entities("recipient"),
            "place": added.place("where"),
            "date": added.date("when"),
            "asserted_by": added.around([trigger]),
            "happening": "",
        },
    )


def _control_claim(added: Picked) -> _Rows:
    span = added.one("words", "the words that say who holds it")
    place = added.place("where")
    if place is None:
        refuse("where", "select the name of the place")
    yield (
        "control_claim",
        {
            "span": printed_span(span),
            "place": place,
            "holder": added.entity("holder"),
            "change": added.typed("change", ""),
            "factuality": added.typed("factuality", "actual"),
            "date": added.date("when"),
            "asserted_by": added.around([span]),
        },
    )


def _commitment(added: Picked) -> _Rows:
    span = added.one("words", "the words that speak of the agreement")
    named = added.one("instrument", "the name of the agreement")
    entity = added.entity("instrument") if _has_name(added, "instrument") else None
    yield (
        "commitment",
        {
            "span": printed_span(span),
            "instrument": entity or named.text_in(added.text),
            "asserted_by": added.around([span]),
            **{name: added.typed(name) for name in _DAYS},
        },
    )


def _place(added: Picked) -> _Rows:
    span = added.one("words", "the name of the place")
    mentions = [one for one in added.reading.mentions or () if one.span == span]
    if not mentions:
        yield "mention", {"span": printed_span(span), "kind": "place", "form": "name"}
    yield (
        "place",
        {
            "mention": mentions[0].id if mentions else "",
            "name": added.typed("name", span.text_in(added.text)),
            "country": added.typed("country"),
            "precision": added.typed("precision"),
            "lat": added.number("lat"),
            "lon": added.number("lon"),
        },
    )


def _time(added: Picked) -> _Rows:
    span = added.one("words", "the words that tell the time")
    yield (
        "time",
        {
            "span": printed_span(span),
            "type": added.typed("timex", "DATE"),
            "value": added.typed("value"),
        },
    )


def _quantity(added: Picked) -> _Rows:
    span = added.one("words", "the figure with what it counts")
    value = added.number("value")
    if value is None:
        refuse("value", "type the number")
    yield (
        "quantity",
        {
            "span": printed_span(span),
            "value": value,
            "upper": added.number("upper"),
            "unit": added.typed("unit"),
            "comparator": added.typed("comparator"),
        },
    )


def _mention(added: Picked) -> _Rows:
    span = added.one("words", "the name")
    values = {
        "span": printed_span(span),
        "kind": added.typed("kind", "other"),
        "form": "name",
    }
    entity = added.typed("entity")
    yield "mention", values | ({} if entity is None else {"entity": entity})


_BUILDERS: Mapping[str, Callable[[Picked], _Rows]] = {
    "statement": _statement,
    "event": _event,
    "control_claim": _control_claim,
    "commitment": _commitment,
    "mention": _mention,
    "place": _place,
    "time": _time,
    "quantity": _quantity,
}
KINDS = tuple(_BUILDERS)
