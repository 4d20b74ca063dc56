"""Readings made by hand for the tests of views: a text, and rows at words of it.

All persons and bodies are invented.
"""

from typing import Any

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
    MentionForm,
    Place,
    Polarity,
    Precision,
    Quantity,
    Reading,
    Span,
    Statement,
    Time,
    TimexType,
    make_document,
    make_run,
)

RUN = make_run(software="1", model="m", model_digest="d", settings={})
TEXT = (
    "The mayor, Ann Vale, told the Ardal Post on Tuesday that no more than 1,550 crates had "
    "reached Odesa. He denied that on Telegram: two boats from Upper Wessel were full."
)


def at(words: str, text: str = TEXT) -> Span:
    """Where words stand in a text for the first time."""
    return Span(text.index(words), text.index(words) + len(words))


class Maker:
    """Adds rows to a reading of one text, by their words."""

    def __init__(self, text: str = TEXT, **document: Any) -> None:
        self.text = text
        self.document = make_document(text=text, language="en", **document)
        self.rows: dict[str, list[Any]] = {}

    def _add(self, section: str, row: Any) -> str:
        self.rows.setdefault(section, []).append(row)
        return str(row.id)

    def _outside(self, section: str) -> dict[str, str]:
        number = len(self.rows.get(section, ()))
        return {
            "id": f"{section}{number}",
            "document": self.document.id,
            "run": RUN.id,
        }

    def entity(self, name: str, *mentions: Span, **changes: Any) -> str:
        """An entity with mentions at some spans."""
        outside = self._outside("entities")
        kind = changes.get("kind", Kind.PERSON)
        ids = tuple(
            self._add(
                "mentions",
                Mention(
                    **self._outside("mentions"),
                    span=span,
                    kind=kind,
                    form=MentionForm.NAME,
                    entity=outside["id"],
                ),
            )
            for span in mentions
        )
        values = {"kind": kind, "actor": None, "country": None, "place": None}
        return self._add(
            "entities", Entity(**outside, name=name, mentions=ids, **(values | changes))
        )

    def place(self, name: str, span: Span | None, **changes: Any) -> str:
        """A settlement; with a mention of its own at a span."""
        if span is not None:
            self.entity(name, span, kind=Kind.PLACE)
        values = {
            "country": "UKR",
            "admin1": "Odesa Oblast",
            "geonames_id": 698740,
            "lat": 46.47747,
            "lon": 30.73262,
            "precision": Precision.SETTLEMENT,
            "probability": 0.93,
            "candidates": 5,
            "mention": self.rows["mentions"][-1].id,
        }
        return self._add("places", Place(**self._outside("places"), name=name, **values | changes))

    def unknown_place(self, name: str, span: Span) -> str:
        """A name that the gazetteer does not have."""
        nothing = dict.fromkeys(("country", "admin1", "geonames_id", "lat", "lon", "precision"))
        return self.place(name, span, **nothing, probability=0.0, candidates=0)

    def time(self, span: Span, value: str | None, kind: TimexType = TimexType.DATE) -> str:
        """An expression of time."""
        return self._add("times", Time(**self._outside("times"), span=span, type=kind, value=value))

    def quantity(self, span: Span, value: float, **changes: Any) -> str:
        """A figure."""
        values = {"unit": None, "comparator": None} | changes
        return self._add(
            "quantities", Quantity(**self._outside("quantities"), span=span, value=value, **values)
        )

    def statement(self, **changes: Any) -> str:
        """A statement; roles are one span or several."""
        values: dict[str, Any] = {
            "source": (),
            "cue": (),
            "content": (),
            "speaker": None,
            "act": Act.ASSERT,
            "polarity": Polarity.AFFIRM,
            "manner": Manner.INDIRECT,
            "addressee": None,
            "medium": None,
            "parent": None,
            "depth": 0,
            "time": None,
            "probability": 0.5,
        }
        for role in ("source", "cue", "content"):
            if isinstance(changes.get(role), Span):
                changes[role] = (changes[role],)
        return self._add(
            "statements", Statement(**self._outside("statements"), **(values | changes))
        )

    def event(self, trigger: Span, event_type: EventType, **changes: Any) -> str:
        """An event of which nothing else is known, unless it is said."""
        values: dict[str, Any] = {
            "mode": None,
            "actors": (),
            "recipients": (),
            "place": None,
            "date": None,
            "factuality": Factuality.ACTUAL,
            "asserted_by": None,
            "quantities": (),
            "probability": 0.5,
        }
        return self._add(
            "events",
            Event(**self._outside("events"), trigger=trigger, type=event_type, **values | changes),
        )

    def control(self, span: Span, place: str, change: Change, **changes: Any) -> str:
        """A control claim."""
        values = {
            "holder": None,
            "factuality": Factuality.ACTUAL,
            "asserted_by": None,
            "date": None,
        }
        outside = self._outside("control_claims")
        return self._add(
            "control_claims",
            ControlClaim(**outside, span=span, place=place, change=change, **values | changes),
        )

    def commitment(self, span: Span, instrument: str, **changes: Any) -> str:
        """A commitment."""
        nothing = dict.fromkeys(("signed", "in_force", "extended", "suspended", "expires"))
        values = {"parties": (), "limits": (), "verification": (), "asserted_by": None, **nothing}
        outside = self._outside("commitments")
        return self._add(
            "commitments",
            Commitment(**outside, span=span, instrument=instrument, **values | changes),
        )

    def reading(self) -> Reading:
        """All of it; sections without rows stay None."""
        rows = {name: tuple(rows) for name, rows in self.rows.items()}
        return Reading(document=self.document, run=RUN, **rows)


def crates() -> Reading:
    """Two statements with all that can be known of them."""
    maker = Maker(title="No crates in Odesa", outlet="Ardal Post", published="2022-08-03")
    vale = maker.entity("Ann Vale", at("The mayor, Ann Vale"), at("Ann Vale"), actor="UKR.GOV")
    orly = maker.entity("Bo Orly", at("He"), country="UKR")
    post = maker.entity("Ardal Post", at("the Ardal Post"), kind=Kind.ORGANIZATION, actor="GBR.JRN")
    telegram = maker.entity("Telegram", at("Telegram"), kind=Kind.ORGANIZATION)
    maker.place("Odesa", at("Odesa"))
    maker.unknown_place("Upper Wessel", at("Upper Wessel"))
    tuesday = maker.time(at("Tuesday"), "2022-08-02")
    maker.quantity(at("no more than 1,550 crates"), 1550.0, unit="crate", comparator="at most")
    maker.quantity(at("two boats"), 2.0, unit="boat")
    maker.statement(
        source=at("The mayor, Ann Vale"),
        cue=at("told the Ardal Post on Tuesday"),
        content=at("that no more than 1,550 crates had reached Odesa"),
        speaker=vale,
        addressee=post,
        time=tuesday,
        probability=0.97,
    )
    maker.statement(
        source=at("He"),
        cue=at("denied"),
        content=(at("that on"), at("two boats from Upper Wessel were full")),
        speaker=orly,
        medium=telegram,
        act=Act.DENY,
        polarity=Polarity.DENY,
    )
    return maker.reading()


HARBOUR = (
    "Northern Front troops shelled the harbour of Odesa on Tuesday, killing at least 12 people. "
    "General Bo Orly said the Front had seized Upper Wessel and would withdraw by July. "
    "The ministry said that Ann Vale had admitted that drones struck two boats. "
    "The Tarn Treaty limits each party to 1,550 deployed warheads, checked by on-site inspections."
)


def on(words: str) -> Span:
    """Where words stand in the text about the harbour."""
    return at(words, HARBOUR)


def harbour() -> Reading:
    """Events of the outlet, of a statement and of one inside another; a claim; a treaty."""
    maker = Maker(HARBOUR, title="Harbour shelled", outlet="Ardal Post", published="2022-08-03")
    body = {"kind": Kind.ORGANIZATION}
    front = maker.entity(
        "Northern Front", on("Northern Front troops"), on("the Front"), actor="UKR.REB.PRE", **body
    )
    orly = maker.entity("Bo Orly", on("General Bo Orly"), actor="UKR.MIL")
    vale = maker.entity("Ann Vale", on("Ann Vale"), country="GEO")
    ministry = maker.entity("ministry", on("The ministry"), actor="IGO.UNO", **body)
    port = maker.entity("harbour of Odesa", on("the harbour of Odesa"), kind=Kind.FACILITY)
    treaty = maker.entity("Tarn Treaty", on("The Tarn Treaty"), kind=Kind.INSTRUMENT)
    odesa = maker.place("Odesa", on("Odesa"))
    wessel = maker.unknown_place("Upper Wessel", on("Upper Wessel"))
    people = maker.quantity(on("at least 12 people"), 12.0, unit="person", comparator="at least")
    boats = maker.quantity(on("two boats"), 2.0, unit="boat")
    warheads = maker.quantity(on("1,550 deployed warheads"), 1550.0, unit="warhead")
    said = maker.statement(
        source=on("General Bo Orly"),
        cue=on("said"),
        content=on("the Front had seized Upper Wessel and would withdraw by July"),
        speaker=orly,
    )
    outer = maker.statement(
        source=on("The ministry"),
        cue=on("said that"),
        content=on("that Ann Vale had admitted that drones struck two boats"),
        speaker=ministry,
    )
    inner = maker.statement(
        source=on("Ann Vale"),
        cue=on("had admitted"),
        content=on("that drones struck two boats"),
        speaker=vale,
        act=Act.ADMIT,
        parent=outer,
        depth=1,
    )
    maker.event(
        on("shelled"),
        EventType.ASSAULT,
        mode="heavy-weapons",
        actors=(front,),
        recipients=(port,),
        place=odesa,
        date=EventDate(value="2022-08-02", span=on("Tuesday")),
        quantities=(people,),
        happening="h1",
    )
    maker.event(
        on("killing"),
        EventType.ASSAULT,
        actors=(front,),
        date=EventDate(value="2022-08-03", span=None),
        happening="h1",
    )
    maker.event(
        on("seized"),
        EventType.COERCE,
        mode="seize",
        actors=(front,),
        place=wessel,
        asserted_by=said,
    )
    maker.event(
        on("withdraw"),
        EventType.RETREAT,
        mode="withdraw",
        actors=(front, orly),
        asserted_by=said,
        factuality=Factuality.PLANNED,
        date=EventDate(value="2022-07", span=on("July")),
    )
    maker.event(
        on("struck"), EventType.ASSAULT, mode="drone", asserted_by=inner, quantities=(boats,)
    )
    maker.control(
        on("the Front had seized Upper Wessel"),
        wessel,
        Change.TAKEN,
        holder=front,
        asserted_by=said,
    )
    maker.commitment(
        on("The Tarn Treaty"),
        treaty,
        parties=(ministry, front),
        limits=(Limit(quantity=warheads, of="deployed warheads", per="party"),),
        signed="2010-04-08",
        in_force="2011-02-05",
        verification=(on("on-site inspections"),),
    )
    return maker.reading()
