"""The page of the review: one row at a time, the least certain first, or a sample by chance."""

import dataclasses
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.errors import StoreError
from onrecord.queries import Table
from onrecord.queries.room_documents import actors_in, claims_in
from onrecord.queries.room_reviews import (
    REVIEWED,
    agreement,
    gone_or_read_again,
    is_reviewed,
    recent_corrections,
    rows_of_others,
    uncertain_rows,
)
from onrecord.records import (
    Act,
    Change,
    Column,
    EventType,
    Factuality,
    Kind,
    Manner,
    Polarity,
    Precision,
    Reading,
    Span,
    TimexType,
)
from onrecord.serve.additions import COMPARATORS
from onrecord.serve.marks import Paragraph, marks_of, name_marks, paragraphs_of
from onrecord.serve.pages.base import Page, Parameter, Room
from onrecord.serve.pages.shown_rows import RowFinder, ShownRow
from onrecord.store.edits import kind_of
from onrecord.store.finding import FoundRow, find_row
from onrecord.store.reviews import draw_sample, estimates

_SAMPLE_ROWS, _AROUND, _MOST_ENTITIES, _MOST_MARKS = 200, 120, 200, 400
# How long a sample stays the same while articles come in.
_SAMPLE_S = 600.0


def _values(kind: Iterable[Any]) -> tuple[str, ...]:
    return tuple(one.value for one in kind)


# What a reviewer can choose, beside what names other rows; all other fields are set by
# `onrecord correct`.
_CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "statements": {
        "act": _values(Act),
        "polarity": _values(Polarity),
        "manner": _values(Manner),
    },
    "events": {"type": _values(EventType), "factuality": _values(Factuality)},
    "control_claims": {"change": _values(Change), "factuality": _values(Factuality)},
    "places": {"precision": ("", *_values(Precision))},
    "entities": {"kind": _values(Kind)},
    "times": {"type": _values(TimexType)},
    "quantities": {"comparator": ("", *COMPARATORS)},
}
# What a reviewer can type.
_TYPED: Mapping[str, tuple[str, ...]] = {
    "commitments": ("signed", "in_force", "extended", "suspended", "expires"),
    "places": ("name", "country", "lat", "lon"),
    "entities": ("name", "actor", "country"),
    "times": ("value",),
    "quantities": ("value", "upper", "unit"),
}
# What names another row: who speaks, who holds.
_NAMING: Mapping[str, str] = {"statements": "speaker", "control_claims": "holder"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that a reviewer can give a field."""

    value: Annotated[str, Column("The value; empty for none.")]
    label: Annotated[str, Column("What it is, in words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A field that a reviewer can set."""

    field: Annotated[str, Column("Its name.")]
    now: Annotated[str, Column("What it holds now; empty for none.")]
    values: Annotated[
        tuple[Choice, ...], Column("What it can hold; none if it is typed, as a word or number.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """A row to decide on, with the words around it."""

    row: Annotated[ShownRow, Column("The row in words.")]
    table: Annotated[str, Column("The table that it stands in.")]
    document: Annotated[Mapping[str, Any], Column("Its article: id, title, outlet, published.")]
    choices: Annotated[tuple[Choices, ...], Column("The fields that can be set here.")]
    paragraphs: tuple[Paragraph, ...]  # for the page alone


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The review: a row, and what has been decided so far."""

    asked: Annotated[Mapping[str, Any], Column("What was asked, by name.")]
    item: Annotated[ReviewItem | None, Column("The row to decide on; null if none is left.")]
    n_waiting: Annotated[int, Column("Rows that wait in this queue, as far as it was looked for.")]
    is_sample: Annotated[bool, Column("Whether the rows were drawn by chance.")]
    is_writable: Annotated[bool, Column("Whether this room takes corrections.")]
    estimates: Annotated[
        tuple[Mapping[str, Any], ...],
        Column("Precision of reviewed rows with intervals of 95 %, by kind."),
    ]
    agreement: Annotated[
        Mapping[str, Any], Column("Rows that several people reviewed, and on how many they agree.")
    ]
    recent: Annotated[Table, Column("The last corrections, which can be taken back.")]


def build(room: Room) -> ReviewPage:
    """The next row of the queue that is asked for."""
    given, store = room.given, room.store
    table, order = given.text("table"), given.text("order")
    waiting = list(_waiting(room, table, order))
    at = min(given.number("skip"), max(0, len(waiting) - 1))
    item = None
    if given("row"):
        item = _item(room, find_row(store, given.text("row"), document=given("document")))
    elif waiting:
        item = _item(room, waiting[at])
    return ReviewPage(
        asked=given.shown(),
        item=item,
        n_waiting=len(waiting),
        is_sample=order == "sample",
        is_writable=room.settings.is_writable,
        estimates=tuple(dataclasses.asdict(one) for one in estimates(store) if one.value is None),
        agreement=agreement(store),
        recent=recent_corrections(store),
    )


def _waiting(room: Room, table: str, order: str) -> Iterable[FoundRow]:
    """Rows that nobody has decided on, or that only others have."""
    given, store = room.given, room.store
    if order == "sample":
        for row in _drawn(room, table, given.number("seed")):
            if not is_reviewed(store, _id_of(room, row.number), row.id):
                yield row
        return
    if order == "second":
        found = rows_of_others(store, table, kind_of(table).value, given("by") or "reviewer")
    else:
        document = store.number_of(given.text("document")) if given("document") else None
        found = uncertain_rows(store, table, document=document)
    for number, row_id in found:
        yield FoundRow(number, table, row_id)


def _drawn(room: Room, table: str, seed: int) -> list[FoundRow]:
    """Rows drawn by chance; they stay the same for a while, also when articles come in."""
    store = room.store
    found: list[FoundRow] = room.memory(
        ("drawn", table, seed),
        gone_or_read_again(store),
        lambda: draw_sample(store, kind_of(table), _SAMPLE_ROWS, seed=seed),
        seconds=_SAMPLE_S,
    )
    return found


def _id_of(room: Room, number: int) -> str:
    found = room.store.connection.execute("SELECT id FROM documents WHERE number = ?", (number,))
    return str(found.fetchone()[0])


def _item(room: Room, found: FoundRow) -> ReviewItem:
    store = room.store
    reading = store.reading(found.number)
    finder = RowFinder(reading, actors_in(store, found.number), claims_in(store, found.number))
    is_entity = found.section == "entities"
    shown = finder.entities() if is_entity else finder.rows()
    row = next((one for one in shown if one.id == found.id), None)
    if row is None:
        raise StoreError(path=str(store.path), problem=f"no row to review has the id {found.id}")
    record = next(one for one in getattr(reading, found.section) if one.id == found.id)
    marks = name_marks(reading, found.id) if is_entity else marks_of(reading)
    marks = [mark for mark in marks if mark.row == row.address][:_MOST_MARKS]
    # The names of an entity can stand far from each other; the first ones tell enough.
    near = marks[:1] if is_entity else marks
    document = reading.document
    return ReviewItem(
        row=row,
        table=found.section,
        document={name: getattr(document, name) for name in ("id", "title", "outlet", "published")},
        choices=tuple(_choices(reading, found.section, record)),
        paragraphs=tuple(_around(document.text, [one.span for one in near], marks)),
    )


def _choices(reading: Reading, section: str, record: Any) -> Iterable[Choices]:
    """The fields of a row that can be set here, also who speaks or holds."""
    for name, values in _CHOICES.get(section, {}).items():
        shown = tuple(Choice(value=value, label=value or "none") for value in values)
        yield Choices(field=name, now=_shown_value(getattr(record, name)), values=shown)
    for name in _TYPED.get(section, ()):
        yield Choices(field=name, now=_shown_value(getattr(record, name)), values=())
    if section in _NAMING:
        entities = sorted(reading.entities or (), key=lambda one: one.name.casefold())
        named = (Choice(value=one.id, label=one.name) for one in entities[:_MOST_ENTITIES])
        nobody = Choice(value="", label="nobody")
        now = getattr(record, _NAMING[section]) or ""
        yield Choices(field=_NAMING[section], now=now, values=(nobody, *named))


def _shown_value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(getattr(value, "value", value))


def _around(text: str, spans: list[Span], marks: list[Any]) -> Iterable[Paragraph]:
    """The lines that hold a row, with the ends of those around them cut."""
    if not spans:
        return []
    start = max(0, min(span.start for span in spans) - _AROUND)
    end = max(span.end for span in spans) + _AROUND
    start = text.rfind("\n", 0, start) + 1
    cut = text.find("\n", end)
    shown = text if cut < 0 else text[:cut]
    # Lines before the first one that is shown are blanked, so that positions stay as they are.
    blank = "".join("\n" if sign == "\n" else " " for sign in shown[:start])
    return list(itertools.islice(paragraphs_of(blank + shown[start:], marks), 20))


PAGE = Page(
    name="review",
    path="/review",
    about="Rows to accept, correct or reject, and what the decisions tell of precision.",
    model=ReviewPage,
    build=build,
    parameters=(
        Parameter(
            name="table", about="Rows of which table.", values=REVIEWED, default="statements"
        ),
        Parameter(
            name="order",
            about="The least certain first, a sample by chance, or what others decided on.",
            values=("uncertain", "sample", "second"),
            default="uncertain",
        ),
        Parameter(name="seed", about="Which sample.", least=0, most=999_999, default="1"),
        Parameter(name="skip", about="Rows to pass over.", least=0, most=200, default="0"),
        Parameter(name="by", about="Who reviews; for what others decided on."),
        Parameter(name="document", about="Only rows of the article with this id."),
        Parameter(name="row", about="The row with this id."),
    ),
)
