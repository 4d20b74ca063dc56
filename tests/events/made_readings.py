"""A reading that holds what is marked in a sentence, made without any model."""

from collections.abc import Iterable

from onrecord.records import (
    Act,
    Change,
    Commitment,
    ControlClaim,
    Entity,
    Event,
    EventDate,
    EventType,
    Factuality,
    Kind,
    Limit,
    Manner,
    Mention,
    Place,
    Polarity,
    Quantity,
    Reading,
    Span,
    Statement,
    make_document,
    make_run,
)
from tests.events.phenomena.marks import DATES, Mark, MarkedSentence, Row


def read_marks(sentence: MarkedSentence, *, with_optional: bool = True) -> Reading:
    """What a reader makes of a sentence who finds all that is marked.

    Args:
        sentence: With its marks.
        with_optional: Also what a careful reader may leave out.
    """
    maker = _Maker(sentence, with_optional=with_optional)
    rows = [row for row in sentence.rows if with_optional or not row.is_optional]
    return Reading(
        run=make_run(software="0", model="marked", model_digest="", settings={}),
        document=make_document(text=sentence.text),
        events=tuple(maker.event(row) for row in rows if row.kind == "event"),
        control_claims=tuple(maker.claim(row) for row in rows if row.kind == "control"),
        commitments=tuple(maker.commitment(row) for row in rows if row.kind == "commitment"),
        mentions=tuple(maker.mentions.values()),
        entities=tuple(maker.entities.values()),
        statements=tuple(maker.statements.values()),
        places=tuple(maker.places.values()),
        quantities=tuple(maker.quantities.values()),
    )


class _Maker:
    """Rows of one sentence, one for each span that is marked."""

    def __init__(self, sentence: MarkedSentence, *, with_optional: bool) -> None:
        self.text, self.with_optional = sentence.text, with_optional
        self.mentions: dict[str, Mention] = {}
        self.entities: dict[str, Entity] = {}
        self.statements: dict[str, Statement] = {}
        self.places: dict[str, Place] = {}
        self.quantities: dict[str, Quantity] = {}

    def wanted(self, row: Row, *kinds: str) -> list[Mark]:
        return [m for m in row.of(*kinds) if self.with_optional or not m.is_optional]

    def mention(self, span: Span) -> str:
        """The id of the mention at a span; its entity has the same."""
        id_ = f"m{span.start}-{span.end}"
        words = span.text_in(self.text)
        self.mentions[id_] = Mention(
            id=id_, document="d", span=span, kind=Kind.OTHER, entity=id_, run="r"
        )
        self.entities[id_] = Entity(
            id=id_, document="d", name=words, kind=Kind.OTHER, actor=None, country=None,
            place=None, mentions=(id_,), run="r",
        )  # fmt: skip
        return id_

    def parties(self, row: Row, *kinds: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.mention(m.span) for m in self.wanted(row, *kinds)))

    def place(self, marks: Iterable[Mark]) -> str | None:
        for mark in marks:
            id_ = self.mention(mark.span)
            self.places[id_] = Place(
                id=id_, document="d", mention=id_, name=mark.span.text_in(self.text), country=None,
                admin1=None, geonames_id=None, lat=None, lon=None, precision=None,
                probability=0.0, candidates=0, run="r",
            )  # fmt: skip
            return id_
        return None

    def quantity(self, mark: Mark) -> str:
        id_ = f"q{mark.span.start}-{mark.span.end}"
        self.quantities[id_] = Quantity(
            id=id_, document="d", span=mark.span, value=float(mark.value or 0), unit=None,
            comparator=None, run="r",
        )  # fmt: skip
        return id_

    def asserter(self, row: Row) -> str | None:
        sources, cues = self.wanted(row, "source"), self.wanted(row, "cue")
        if not sources and not cues:
            return None
        id_ = "s" + "-".join(str(m.span.start) for m in (*sources, *cues))
        self.statements[id_] = Statement(
            id=id_, document="d", source=tuple(m.span for m in sources),
            cue=tuple(m.span for m in cues) or row.triggers, content=row.triggers, speaker=None,
            act=Act.ASSERT, polarity=Polarity.AFFIRM, manner=Manner.INDIRECT, addressee=None,
            medium=None, parent=None, depth=0, time=None, probability=1.0, run="r",
        )  # fmt: skip
        return id_

    def date(self, row: Row) -> EventDate | None:
        for mark in self.wanted(row, "date"):
            return EventDate(value=(mark.value or "").split("|")[0], span=mark.span)
        return None

    def event(self, row: Row) -> Event:
        return Event(
            id=row.row, document="d", trigger=row.triggers[0], type=EventType(min(row.names)),
            mode=row.mode, actors=self.parties(row, "actor", "either"),
            recipients=self.parties(row, "recipient"), place=self.place(self.wanted(row, "place")),
            date=self.date(row), factuality=Factuality(min(row.factualities)),
            asserted_by=self.asserter(row),
            quantities=tuple(self.quantity(m) for m in self.wanted(row, "quantity")),
            probability=1.0, run="r",
        )  # fmt: skip

    def claim(self, row: Row) -> ControlClaim:
        holders = self.parties(row, "holder")
        return ControlClaim(
            id=row.row, document="d", span=row.triggers[0], place=self.place(row.of("place")) or "",
            holder=holders[0] if holders else None, change=Change(min(row.names)),
            factuality=Factuality(min(row.factualities)), asserted_by=self.asserter(row),
            date=self.date(row), run="r",
        )  # fmt: skip

    def commitment(self, row: Row) -> Commitment:
        dates = {field: next((m.value for m in self.wanted(row, field)), None) for field in DATES}
        limits = [Limit(quantity=self.quantity(m), of="", per=None) for m in row.of("limit")]
        return Commitment(
            id=row.row, document="d", instrument=row.triggers[0].text_in(self.text),
            span=row.triggers[0], parties=self.parties(row, "party"), limits=tuple(limits),
            verification=tuple(m.span for m in self.wanted(row, "verification")),
            asserted_by=self.asserter(row), run="r", **dates,
        )  # fmt: skip
