"""Marks on the text of a reading: statements, events, control claims, commitments, places, times.

A mark is a class and a line of the title that a browser shows under the pointer. Marks may
cross: the text is cut wherever one begins or ends.
"""

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.export.event_overviews import OUTLET, EventFinder, Holds, Terms, What
from onrecord.export.html_words import escaped, shortened
from onrecord.export.overviews import missing_of
from onrecord.export.parties import Parties, PartyFinder
from onrecord.records import Place, Polarity, Reading, Span, Statement

# What is no statement comes after all of them, however deep those are: the longest first.
_CLAUSES, _TRIGGERS, _INNERMOST = 2**31, 2**31 + 1, 2**31 + 2


@dataclass(frozen=True, slots=True)
class Mark:
    """What one row says of a stretch of the text.

    Attributes:
        depth: Marks with a greater depth are named after those with a smaller one.
        classes: Without the prefix that all classes have.
        label: A line of the title.
    """

    span: Span
    depth: int
    classes: tuple[str, ...]
    label: str


def cut_at_marks(reading: Reading, end: int) -> Iterator[tuple[Span, list[Mark]]]:
    """The text up to a position, cut wherever a mark begins or ends, with the marks on each piece.

    Outer marks stand before the inner ones.
    """
    marks = sorted(
        (mark for mark in _marks(reading) if mark.span.start < end),
        key=lambda mark: (mark.span.start, mark.depth),
    )
    bounds = {0, end} | {at for mark in marks for at in (mark.span.start, mark.span.end)}
    cuts = sorted(at for at in bounds if at <= end)
    on: list[Mark] = []
    waiting = 0
    for start, stop in itertools.pairwise(cuts):
        on = [mark for mark in on if mark.span.end > start]
        while waiting < len(marks) and marks[waiting].span.start <= start:
            bisect.insort(on, marks[waiting], key=lambda mark: mark.depth)
            waiting += 1
        yield Span(start, stop), on


def marked(words: str, on: Sequence[Mark]) -> str:
    """Words with the classes and the title that all marks on them give."""
    if not on:
        return escaped(words)
    classes = dict.fromkeys(f"onrecord-{name}" for mark in on for name in mark.classes)
    title = escaped("\n".join(dict.fromkeys(mark.label for mark in on)))
    return f'<span class="{" ".join(classes)}" title="{title}">{escaped(words)}</span>'


def is_denied(statement: Statement) -> bool:
    """Whether the cue turns the content down."""
    return statement.polarity is Polarity.DENY


def _marks(reading: Reading) -> Iterator[Mark]:
    yield from _statement_marks(reading)
    yield from _event_marks(reading)
    spans = {mention.id: mention.span for mention in reading.mentions or ()}
    for place in reading.places or ():
        if place.mention in spans:
            yield Mark(spans[place.mention], _INNERMOST, ("place",), _place_label(place))
    for time in reading.times or ():
        label = f"time: {shortened(time.value) if time.value else 'no value'}"
        yield Mark(time.span, _INNERMOST, ("time",), label)


def _statement_marks(reading: Reading) -> Iterator[Mark]:
    parties = PartyFinder(reading)
    for number, statement in enumerate(reading.statements or (), start=1):
        label = f"{number}: {_statement_label(statement, parties.of(statement))}"
        denied = ("deny",) if is_denied(statement) else ()
        inner = ("inner",) if statement.depth > 0 else ()
        for role, more in (("source", ()), ("cue", denied), ("content", inner)):
            for span in getattr(statement, role):
                yield Mark(span, statement.depth, (role, *more), f"{role} of {label}")


def _event_marks(reading: Reading) -> Iterator[Mark]:
    finder = EventFinder(reading)
    for claim in reading.control_claims or ():
        yield Mark(claim.span, _CLAUSES, ("control",), _holds_label(finder.holds(claim)))
    for commitment in reading.commitments or ():
        label = _terms_label(finder.terms(commitment))
        yield Mark(commitment.span, _CLAUSES, ("commitment",), label)
    for event in reading.events or ():
        yield Mark(event.trigger, _TRIGGERS, ("event",), _event_label(finder.of(event)))


def _event_label(one: What) -> str:
    """Type, parties and asserter: ``event: ASSAULT aerial, Arland → Orvane, says Ann Vale``."""
    return _label("event", one.kind, *one.facts, _said(one.asserter))


def _holds_label(one: Holds) -> str:
    change = one.change if one.holder is None else f"{one.change} by {one.holder}"
    return _label("control", one.place, change, one.factuality, one.date, _said(one.asserter))


def _terms_label(one: Terms) -> str:
    facts = (one.instrument, one.parties, *one.limits, *one.dates)
    return _label("commitment", *facts, _said(one.asserter))


def _label(kind: str, *facts: str | None) -> str:
    return f"{kind}: {', '.join(shortened(fact) for fact in facts if fact)}"


def _said(asserter: str | None) -> str:
    return f"says {asserter or OUTLET}"


def _statement_label(statement: Statement, parties: Parties) -> str:
    """Act, speaker, listeners and date in one line."""
    act = f"{statement.act}, deny" if is_denied(statement) else str(statement.act)
    parts = [act, f"by {shortened(parties.speaker)}"]
    given = (("to ", parties.addressee), ("via ", parties.medium), ("", parties.time))
    parts += [f"{before}{shortened(words)}" for before, words in given if words]
    return ", ".join(parts)


def _place_label(place: Place) -> str:
    """Name, country and how sure it is: ``place: Odesa, UKR (settlement, 0.93)``."""
    name = ", ".join(shortened(part) for part in (place.name, place.country) if part)
    if place.lat is None or place.lon is None:
        return f"place: {name} ({missing_of(place)})"
    sure = f"{place.probability:.2f}"
    return f"place: {name} ({', '.join(filter(None, (place.precision, sure)))})"
