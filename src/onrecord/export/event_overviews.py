"""What happened, who holds what and what is agreed, a line for each, for the views.

Names stand as the entities have them, with their actor codes. Nothing is left out or cut here;
the views do that, and say so.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.export.overviews import amount_of, counted
from onrecord.export.parties import NOBODY, PartyFinder
from onrecord.records import (
    Commitment,
    ControlClaim,
    Event,
    EventDate,
    Factuality,
    Limit,
    Reading,
    Statement,
)

ARROW = "→"
OUTLET = "the outlet"
_UNKNOWN = "(unknown)"
_DATES = ("signed", "in_force", "extended", "suspended", "expires")


@dataclass(frozen=True, slots=True)
class What:
    """An event in words.

    Attributes:
        kind: Type and mode: ``ASSAULT aerial``.
        words: Its trigger.
        actors: Who did it, with codes; ``; `` between several.
        recipients: To whom.
        place: Name and country.
        date: TIMEX3 value.
        factuality: None if it is actual, as the asserter has it.
        amounts: Its figures, in the words of the text.
        asserter: Who asserts it; None for the outlet.
        probability: That it is such an event.
    """

    kind: str
    words: str
    actors: str
    recipients: str
    place: str | None
    date: str | None
    factuality: str | None
    amounts: str
    asserter: str | None
    probability: float

    @property
    def parties(self) -> str:
        """Who did it to whom: ``Ann Vale → Bo Orly``; "" if nobody is named."""
        if not self.recipients:
            return self.actors
        return " ".join(part for part in (self.actors, ARROW, self.recipients) if part)

    @property
    def facts(self) -> tuple[str, ...]:
        """What there is to say of it, but the asserter."""
        where = self.place and f"at {self.place}"
        given = (self.parties, where, self.date, self.factuality, self.amounts)
        return tuple(fact for fact in given if fact)


@dataclass(frozen=True, slots=True)
class Holds:
    """A control claim in words.

    Attributes:
        place: Name and country.
        change: What happened, from the holder's side.
        holder: Name and code of whose control it is.
        date: TIMEX3 value.
        factuality: None if it is actual, as the asserter has it.
        asserter: Who asserts it; None for the outlet.
        words: The words that say so.
    """

    place: str
    change: str
    holder: str | None
    date: str | None
    factuality: str | None
    asserter: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text says of an instrument, in words.

    Attributes:
        instrument: Its name.
        parties: Names and codes; ``; `` between several.
        limits: Such as ``at most 1,550 deployed nuclear warheads per party``.
        dates: Such as ``signed 2010-04-08``.
        verification: The words that name means of verification.
        asserter: Who asserts it; None for the outlet.
        words: The words that speak of it.
    """

    instrument: str
    parties: str
    limits: tuple[str, ...]
    dates: tuple[str, ...]
    verification: tuple[str, ...]
    asserter: str | None
    words: str


class EventFinder:
    """Looks up what the events, control claims and commitments of one reading name."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._parties = PartyFinder(reading)
        self._entities = {row.id: row for row in reading.entities or ()}
        self._places = {row.id: row for row in reading.places or ()}
        self._quantities = {row.id: row for row in reading.quantities or ()}
        self._statements = {row.id: row for row in reading.statements or ()}
        self._under: dict[str | None, list[Event]] = {}
        for event in sorted(reading.events or (), key=lambda event: event.trigger):
            # What names no statement of the reading stands by itself, with its asserter.
            by = event.asserted_by if event.asserted_by in self._statements else None
            self._under.setdefault(by, []).append(event)

    def under(self, statement: Statement | None) -> Sequence[Event]:
        """The events that a statement asserts, or for None the outlet, in text order."""
        return self._under.get(None if statement is None else statement.id, ())

    def of(self, event: Event) -> What:
        """An event in words."""
        amounts = [self._quantities[one] for one in event.quantities if one in self._quantities]
        return What(
            kind=" ".join(part for part in (event.type.value, event.mode) if part),
            words=self._reading.text_of(event.trigger),
            actors=self._names(event.actors),
            recipients=self._names(event.recipients),
            place=self._place(event.place),
            date=_value(event.date),
            factuality=_unless_actual(event.factuality),
            amounts="; ".join(self._reading.text_of(one.span) for one in amounts),
            asserter=self._asserter(event.asserted_by),
            probability=event.probability,
        )

    def holds(self, claim: ControlClaim) -> Holds:
        """A control claim in words."""
        return Holds(
            place=self._place(claim.place) or _UNKNOWN,
            change=claim.change.value,
            holder=None if claim.holder is None else self._names([claim.holder]) or None,
            date=_value(claim.date),
            factuality=_unless_actual(claim.factuality),
            asserter=self._asserter(claim.asserted_by),
            words=self._reading.text_of(claim.span),
        )

    def terms(self, commitment: Commitment) -> Terms:
        """A commitment in words."""
        known = self._entities.get(commitment.instrument)
        dates = [(name, getattr(commitment, name)) for name in _DATES]
        return Terms(
            instrument=commitment.instrument if known is None else known.name,
            parties=self._names(commitment.parties),
            limits=tuple(map(self._limit, commitment.limits)),
            dates=tuple(f"{name.replace('_', ' ')} {value}" for name, value in dates if value),
            verification=tuple(self._reading.text_of(span) for span in commitment.verification),
            asserter=self._asserter(commitment.asserted_by),
            words=self._reading.text_of(commitment.span),
        )

    def _names(self, row_ids: Iterable[str]) -> str:
        known = (self._entities[row_id] for row_id in row_ids if row_id in self._entities)
        return "; ".join(f"{one.name} ({one.actor})" if one.actor else one.name for one in known)

    def _place(self, row_id: str | None) -> str | None:
        place = self._places.get(row_id or "")
        if place is None:
            return None
        return ", ".join(part for part in (place.name, place.country) if part)

    def _limit(self, limit: Limit) -> str:
        quantity = self._quantities.get(limit.quantity)
        amount = _UNKNOWN
        if quantity is not None:
            amount = amount_of(dataclasses.replace(quantity, unit=None) if limit.of else quantity)
        party = self._entities.get(limit.per or "")
        per = f"for {party.name}" if party else limit.per and f"per {limit.per}"
        return " ".join(part for part in (amount, limit.of, per) if part)

    def _asserter(self, row_id: str | None) -> str | None:
        if row_id is None:
            return None
        statement = self._statements.get(row_id)
        if statement is None:
            return _UNKNOWN
        parties = self._parties.of(statement)
        return NOBODY if parties.name is None and not parties.is_named else parties.speaker


def what(reading: Reading) -> list[What]:
    """All events, in text order."""
    finder = EventFinder(reading)
    events = sorted(reading.events or (), key=lambda event: event.trigger)
    return [finder.of(event) for event in events]


def holds(reading: Reading) -> list[Holds]:
    """All control claims, in text order."""
    finder = EventFinder(reading)
    claims = sorted(reading.control_claims or (), key=lambda claim: claim.span)
    return [finder.holds(claim) for claim in claims]


def terms(reading: Reading) -> list[Terms]:
    """All commitments, in text order."""
    finder = EventFinder(reading)
    rows = sorted(reading.commitments or (), key=lambda commitment: commitment.span)
    return [finder.terms(commitment) for commitment in rows]


def event_counts(reading: Reading) -> Iterator[str]:
    """How many events there are, and how many happenings if some are told more than once."""
    events = reading.events or ()
    if events:
        yield counted(len(events), "event")
    n = n_happenings(reading)
    if n < len(events):
        yield counted(n, "happening")


def n_happenings(reading: Reading) -> int:
    """How many happenings the events mention; one without an id is a happening of its own."""
    return len({event.happening or event.id for event in reading.events or ()})


def _value(date: EventDate | None) -> str | None:
    return None if date is None else date.value


def _unless_actual(factuality: Factuality) -> str | None:
    return None if factuality is Factuality.ACTUAL else factuality.value
