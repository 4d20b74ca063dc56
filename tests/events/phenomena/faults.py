"""What is wrong with a reading of a marked sentence, in words; nothing if all is right.

Words that mean the same party need not be cut alike: they agree when their head words are the
same, or when half of the words up to the head are (Dice), as of "Arlish forces" and "Arlish".
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from onrecord.records import Commitment, ControlClaim, Event, Reading, Span, Statement
from tests.events.phenomena.marks import DATES, Mark, MarkedSentence, Row

_WORD = re.compile(r"\w+")
_STOP = frozenset("the a an s".split())
# After these the head of a phrase has passed, unless it is an amount ("dozens of farmers").
_AFTER_HEAD = re.compile(
    r"[,(—–]|\b(?:of|from|in|at|on|near|who|which|that|with|for|against|by|to|under|outside|between)\b"
)
_AMOUNTS = frozenset(
    "dozens hundreds thousands millions tens scores group groups number crowd members".split()
)


Found = TypeVar("Found", Event, ControlClaim, Commitment)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: of what sort, and in words."""

    sort: str
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Expected rows by what was found for them, and the faults.

    Attributes:
        pairs: Number or letter of an expected row to the row found for it.
        faults: In the order of the sentence.
    """

    pairs: dict[str, Event | ControlClaim | Commitment]
    faults: tuple[Fault, ...]


def words_of(text: str, span: Span) -> frozenset[int]:
    """Where the words of a span begin, articles left out."""
    found = {
        m.start() + span.start: m.group().casefold() for m in _WORD.finditer(span.text_in(text))
    }
    return frozenset(at for at, word in found.items() if word not in _STOP) or frozenset(found)


def core_of(text: str, span: Span) -> Span:
    """The words of a phrase up to its head: without what hangs on behind."""
    words = span.text_in(text)
    start = 0
    for match in _AFTER_HEAD.finditer(words):
        before = _WORD.findall(words[start : match.start()])
        if before and before[-1].casefold() not in _AMOUNTS:
            return Span(span.start + start, span.start + match.start())
        start = match.end()
    return Span(span.start + start, span.end) if start < len(words) else span


def are_alike(text: str, one: Span, other: Span) -> bool:
    """Whether two spans mean the same party, place or speaker."""
    ours, theirs = (words_of(text, core_of(text, span)) for span in (one, other))
    if not ours & theirs:
        return False
    return max(ours) == max(theirs) or 2 * len(ours & theirs) >= 0.5 * (len(ours) + len(theirs))


def compare(sentence: MarkedSentence, reading: Reading, sections: Iterable[str]) -> Comparison:
    """What of some sections was found as marked, and what is wrong.

    Args:
        sentence: With what is expected.
        reading: Of the same text; a section that is None counts as empty.
        sections: Of "event", "control" and "commitment".
    """
    comparer = _Comparer(sentence, reading)
    for section in sections:
        getattr(comparer, f"compare_{section}s")()
    return Comparison(comparer.pairs, tuple(comparer.faults))


class _Comparer:
    """One sentence and its reading."""

    def __init__(self, sentence: MarkedSentence, reading: Reading) -> None:
        self.sentence, self.reading, self.text = sentence, reading, sentence.text
        self.spans = {m.id: m.span for m in reading.mentions or ()}
        self.entities = {e.id: e for e in reading.entities or ()}
        self.statements = {s.id: s for s in reading.statements or ()}
        self.places = {p.id: p for p in reading.places or ()}
        self.quantities = {q.id: q for q in reading.quantities or ()}
        self.pairs: dict[str, Event | ControlClaim | Commitment] = {}
        self.faults: list[Fault] = []

    def fault(self, sort: str, words: str) -> None:
        self.faults.append(Fault(sort, words))

    def words(self, span: Span) -> str:
        return f"“{span.text_in(self.text)}”"

    # Which row was found for which

    def compare_events(self) -> None:
        found = list(self.reading.events or ())
        rows = self.sentence.of("event")
        pairs = self.pair(rows, found, lambda row, e: self.is_at(row, e.trigger, e.type))
        for row in rows:
            event = pairs.get(row.row)
            if isinstance(event, Event):
                self.check_event(row, event)
            elif not row.is_optional:
                self.fault("event missing", f"no {self.name(row)}")
        for event in found:
            if all(event is not paired for paired in pairs.values()):
                self.fault("other event", f"other event: {event.type} {self.words(event.trigger)}")

    def compare_controls(self) -> None:
        found = list(self.reading.control_claims or ())
        rows = self.sentence.of("control")
        pairs = self.pair(rows, found, self.is_claim)
        for row in rows:
            claim = pairs.get(row.row)
            if isinstance(claim, ControlClaim):
                name = self.name(row)
                holders = [] if claim.holder is None else [claim.holder]
                self.check_parties(name, "holder", row.of("holder"), holders)
                self.check_view(row, name, claim.factuality, claim.asserted_by)
                self.check_date(row, name, claim)
            elif not row.is_optional:
                self.fault("control missing", f"no claim {self.name(row)}")
        for claim in found:
            if all(claim is not paired for paired in pairs.values()):
                place = self.places.get(claim.place)
                words = f"{claim.change} {self.words(claim.span)} {place.name if place else ''}"
                self.fault("other control", f"other control claim: {words}")

    def compare_commitments(self) -> None:
        found = list(self.reading.commitments or ())
        rows = self.sentence.of("commitment")
        pairs = self.pair(rows, found, self.is_instrument)
        for row in rows:
            commitment = pairs.get(row.row)
            if isinstance(commitment, Commitment):
                self.check_commitment(row, commitment)
            elif not row.is_optional:
                self.fault("commitment missing", f"no commitment {self.name(row)}")
        for commitment in found:
            if all(commitment is not paired for paired in pairs.values()):
                self.fault("other commitment", f"other commitment: {self.words(commitment.span)}")

    def pair(
        self, rows: Sequence[Row], found: Sequence[Found], fits: Callable[[Row, Found], bool]
    ) -> dict[str, Found]:
        """One found row for each expected one; those with fewest faults stand together."""
        costs = []
        for row in rows:
            costs += [(self.cost(row, f), row.row, n) for n, f in enumerate(found) if fits(row, f)]
        pairs: dict[str, Found] = {}
        taken: set[int] = set()
        for _, label, n in sorted(costs):
            if label not in pairs and n not in taken:
                pairs[label] = found[n]
                taken.add(n)
        self.pairs.update(pairs)
        return pairs

    def cost(self, row: Row, found: Event | ControlClaim | Commitment) -> int:
        """Faults of a pair, for choosing among several rows at the same words."""
        trial = _Comparer(self.sentence, self.reading)
        match found:
            case Event():
                trial.check_event(row, found)
            case ControlClaim():
                holders = [] if found.holder is None else [found.holder]
                trial.check_parties("", "holder", row.of("holder"), holders)
                trial.check_view(row, "", found.factuality, found.asserted_by)
            case Commitment():
                trial.check_commitment(row, found)
        return len(trial.faults)

    def is_at(self, row: Row, span: Span, name: str) -> bool:
        """Whether words with a type or change stand where it is marked."""
        return name in row.names and any(self.share_a_word(span, t) for t in row.triggers)

    def share_a_word(self, one: Span, other: Span) -> bool:
        return bool(words_of(self.text, one) & words_of(self.text, other))

    def is_claim(self, row: Row, claim: ControlClaim) -> bool:
        place = self.places.get(claim.place)
        at = None if place is None else self.spans.get(place.mention)
        return self.is_at(row, claim.span, claim.change) and any(
            at is not None and are_alike(self.text, at, mark.span) for mark in row.of("place")
        )

    def is_instrument(self, row: Row, commitment: Commitment) -> bool:
        entity = self.entities.get(commitment.instrument)
        spans = [self.spans[m] for m in entity.mentions if m in self.spans] if entity else []
        named = [t.text_in(self.text) for t in row.triggers]
        return any(
            commitment.instrument in name or name in commitment.instrument for name in named
        ) or any(
            are_alike(self.text, span, trigger)
            for span in [*spans, commitment.span]
            for trigger in row.triggers
        )

    # What is wrong with a row

    def name(self, row: Row) -> str:
        words = " … ".join(t.text_in(self.text) for t in row.triggers)
        places = "".join(f" {self.words(m.span)}" for m in row.of("place") if row.kind == "control")
        return " ".join(["|".join(sorted(row.names)), f"“{words}”"]).strip() + places

    def check_event(self, row: Row, event: Event) -> None:
        name = self.name(row)
        self.check_either(name, row, event)
        self.check_view(row, name, event.factuality, event.asserted_by)
        if row.mode is not None and event.mode != row.mode:
            self.fault("mode", f"{name}: mode {event.mode}, not {row.mode}")
        if marks := row.of("place"):
            self.check_place(name, marks, event.place)
        self.check_date(row, name, event)
        if any(r.of("quantity") for r in self.sentence.rows):
            self.check_quantities(name, row.of("quantity"), event.quantities)

    def check_either(self, name: str, row: Row, event: Event) -> None:
        """Actors and recipients; what may be either is taken from where it was found."""
        eithers = row.of("either")
        actors = [*row.of("actor"), *(m for m in eithers if self.found_in(m, event.actors))]
        others = [m for m in eithers if m not in actors]
        self.check_parties(name, "actor", actors, event.actors)
        self.check_parties(name, "recipient", [*row.of("recipient"), *others], event.recipients)

    def found_in(self, mark: Mark, entities: Iterable[str]) -> bool:
        return any(self.is_entity(mark, entity) for entity in entities)

    def is_entity(self, mark: Mark, entity: str) -> bool:
        own = self.entities.get(entity)
        return own is not None and any(
            m in self.spans and are_alike(self.text, self.spans[m], mark.span) for m in own.mentions
        )

    def check_parties(
        self, name: str, role: str, marks: Sequence[Mark], found: Sequence[str]
    ) -> None:
        left = list(found)
        for mark in sorted(marks, key=lambda m: m.is_optional):
            match = next((e for e in left if self.is_entity(mark, e)), None)
            if match is not None:
                left.remove(match)
            elif not mark.is_optional:
                self.fault(role, f"{name}: {role} {self.words(mark.span)} is missing")
        for entity in left:
            own = self.entities.get(entity)
            self.fault(role, f"{name}: other {role} “{own.name if own else entity}”")

    def check_view(self, row: Row, name: str, factuality: str, asserted_by: str | None) -> None:
        """Factuality and asserter."""
        if factuality not in row.factualities:
            wanted = "|".join(sorted(row.factualities))
            self.fault("factuality", f"{name}: {factuality}, not {wanted}")
        sources, cues = row.of("source"), row.of("cue")
        statement = None if asserted_by is None else self.statements.get(asserted_by)
        if statement is None:
            if any(not mark.is_optional for mark in (*sources, *cues)):
                self.fault("asserter", f"{name}: asserted by the outlet")
            return
        if not self.is_asserter(statement, sources, cues):
            source = self.reading.text_of(statement.source) or "nobody named"
            words = f"“{source}”, “{self.reading.text_of(statement.cue)}”"
            self.fault("asserter", f"{name}: asserted by {words}")

    def is_asserter(
        self, statement: Statement, sources: Sequence[Mark], cues: Sequence[Mark]
    ) -> bool:
        if not statement.source:
            return any(self.share_a_word(c.span, s) for c in cues for s in statement.cue)
        speaker = statement.speaker
        return any(
            are_alike(self.text, span, mark.span) for mark in sources for span in statement.source
        ) or (speaker is not None and any(self.is_entity(mark, speaker) for mark in sources))

    def check_place(self, name: str, marks: Sequence[Mark], found: str | None) -> None:
        place = None if found is None else self.places.get(found)
        if place is None:
            if any(not mark.is_optional for mark in marks):
                self.fault("place", f"{name}: no place")
            return
        span = self.spans.get(place.mention)
        if span is None or not any(are_alike(self.text, span, m.span) for m in marks):
            self.fault("place", f"{name}: place “{place.name}”")

    def check_date(self, row: Row, name: str, found: Event | ControlClaim) -> None:
        marks = row.of("date")
        if not marks:
            return
        date = found.date
        value = "nothing" if date is None else date.value
        wanted = {v for m in marks for v in (m.value or "").split("|")}
        at_words = date is not None and (
            date.span is None
            or any(words_of(self.text, date.span) & words_of(self.text, m.span) for m in marks)
        )
        if not (at_words and any(value.startswith(v) for v in wanted)):
            self.fault("date", f"{name}: date {value}, not {'|'.join(sorted(wanted))}")

    def check_quantities(self, name: str, marks: Sequence[Mark], found: Sequence[str]) -> None:
        left = [self.quantities[q] for q in found if q in self.quantities]
        for mark in sorted(marks, key=lambda m: m.is_optional):
            match = next((q for q in left if self.is_figure(mark, q.span, q.value)), None)
            if match is not None:
                left.remove(match)
            elif not mark.is_optional:
                self.fault("quantity", f"{name}: quantity {self.words(mark.span)} is missing")
        for quantity in left:
            self.fault("quantity", f"{name}: other quantity {self.words(quantity.span)}")

    def is_figure(self, mark: Mark, span: Span, value: float) -> bool:
        same_words = words_of(self.text, span) & words_of(self.text, mark.span)
        return bool(same_words) and float(mark.value or "nan") == value

    def check_commitment(self, row: Row, commitment: Commitment) -> None:
        name = self.name(row)
        self.check_parties(name, "party", row.of("party"), commitment.parties)
        self.check_view(row, name, next(iter(row.factualities)), commitment.asserted_by)
        limits = [limit.quantity for limit in commitment.limits]
        self.check_quantities(name, row.of("limit"), limits)
        for field in DATES:
            wanted = row.of(field)
            found = getattr(commitment, field)
            values = {mark.value for mark in wanted}
            may_be_absent = all(mark.is_optional for mark in wanted)
            if found not in values and not (found is None and may_be_absent):
                listed = "|".join(sorted(str(value) for value in values)) or "nothing"
                self.fault("commitment date", f"{name}: {field} {found}, not {listed}")
        self.check_verification(name, row.of("verification"), commitment.verification)

    def check_verification(self, name: str, marks: Sequence[Mark], found: Sequence[Span]) -> None:
        for mark in marks:
            if not mark.is_optional and not any(mark.span.overlaps(span) for span in found):
                self.fault("verification", f"{name}: {self.words(mark.span)} is missing")
        for span in found:
            if not any(mark.span.overlaps(span) for mark in marks):
                self.fault("verification", f"{name}: other means {self.words(span)}")
