"""Figures that articles report: how many somebody is said to have.

A quantity is one when the words before it, or right behind it, tell that somebody has so
many. Changes ("lost 200 tanks"), plans, and what a statement denies are none. Nothing is
worked out: no sums, no differences, no figure for "the same number".
"""

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.actors.names import name_key
from onrecord.limits.calendars import first_day
from onrecord.limits.countries import party_of
from onrecord.limits.figure_dates import DateFinder
from onrecord.limits.holdings import clause_end, counted_words, is_held
from onrecord.limits.models import Asserter, Evidence, Figure, Party
from onrecord.records import (
    Act,
    Document,
    Entity,
    Kind,
    Mention,
    MentionForm,
    Polarity,
    Quantity,
    Reading,
    Span,
    Statement,
)
from onrecord.segment.sentences import split_sentences

_JOINED = re.compile(r"\s*(?:,\s*)?(?:and|or|&)\s+(?:the\s+)?", re.IGNORECASE)
_EACH = re.compile(r"\beach\b|\bapiece\b", re.IGNORECASE)
# What is asked for, promised or threatened is not said to be so.
_NOT_SAID = frozenset({Act.ASK, Act.REQUEST, Act.PROMISE, Act.OFFER, Act.THREATEN})
_HOLDERS = frozenset(
    {Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE, Kind.NATIONALITY, Kind.FACILITY, Kind.OTHER}
)


@dataclass(frozen=True, slots=True)
class _Holder:
    """A mention of somebody who can have what is counted."""

    span: Span
    party: Party


def find_figures(reading: Reading) -> tuple[Figure, ...]:
    """The figures of one document, in text order; sections that are None count as empty."""
    return tuple(_Finder(reading).figures())


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._entities = {entity.id: entity for entity in reading.entities or ()}
        self._statements = {statement.id: statement for statement in reading.statements or ()}
        self._holders = self._find_holders()
        self._holder_starts = [holder.span.start for holder in self._holders]
        self._dates = DateFinder(reading)
        sentences = split_sentences(self._text)
        self._starts = [sentence.start for sentence in sentences]
        self._ends = [sentence.end for sentence in sentences]

    def _find_holders(self) -> list[_Holder]:
        found = []
        for mention in self._reading.mentions or ():
            entity = self._entities.get(mention.entity)
            party = None if mention.kind not in _HOLDERS else entity_party(entity)
            if party is None and entity is not None and _is_named_body(mention, entity):
                party = Party(name=entity.name)
            if party is not None:
                found.append(_Holder(mention.span, party))
        return sorted(found, key=lambda holder: holder.span)

    def figures(self) -> Iterator[Figure]:
        limits = {limit.quantity for one in self._reading.commitments or () for limit in one.limits}
        covering = _Covering(self._reading.statements or ())
        for quantity in sorted(self._reading.quantities or (), key=lambda one: one.span):
            if quantity.id not in limits:
                chain = covering.around(quantity.span, self._statements)
                yield from self._figures_at(quantity, chain)

    def _figures_at(self, quantity: Quantity, chain: Sequence[Statement]) -> Iterator[Figure]:
        sentence = self._sentence(quantity.span)
        if any(one.polarity is Polarity.DENY or one.act in _NOT_SAID for one in chain):
            return
        of, end = counted_words(self._text, quantity, sentence.end)
        if not of or not is_held(self._text, Span(quantity.span.start, end), sentence):
            return
        date, basis = self._dates.date_of(Span(quantity.span.start, end), sentence, chain)
        published = self._dates.published
        if published and date and first_day(date) > published:
            return  # what is foreseen
        for party in self._parties(quantity, sentence, chain):
            yield Figure(
                of=of,
                party=party,
                date=date,
                basis=basis,
                value=quantity.value,
                upper=quantity.upper,
                comparator=quantity.comparator,
                unit=quantity.unit,
                asserter=asserter_of(self._reading, chain[0] if chain else None, self._entities),
                evidence=words_evidence(self._reading.document, Span(quantity.span.start, end)),
            )

    def _sentence(self, span: Span) -> Span:
        at = bisect.bisect_right(self._starts, span.start) - 1
        if at < 0:
            return span
        return Span(self._starts[at], max(self._ends[at], span.end))

    def _parties(
        self, quantity: Quantity, sentence: Span, chain: Sequence[Statement]
    ) -> list[Party | None]:
        """Who has it: mostly one, two for "Russia and the United States have 10 each"."""
        sources = [span for one in chain for span in one.source]
        content = [span for one in chain[:1] for span in one.content]
        first = bisect.bisect_left(self._holder_starts, sentence.start)
        last = bisect.bisect_left(self._holder_starts, sentence.end)
        inside = [
            holder
            for holder in self._holders[first:last]
            if not any(span.overlaps(holder.span) for span in sources)
            and (not content or any(span.overlaps(holder.span) for span in content))
        ]
        before = [one for one in inside if one.span.start < quantity.span.end]
        if before:
            return self._with_joined(before, sentence)
        behind = clause_end(self._text, quantity.span.end, sentence.end)
        after = [one for one in inside if one.span.start < behind]
        if after:
            return [after[0].party]
        for one in chain[:1]:
            speaker = entity_party(self._entities.get(one.speaker or ""))
            if speaker is not None:
                return [speaker]
        return [None]

    def _with_joined(self, before: Sequence[_Holder], sentence: Span) -> list[Party | None]:
        """The nearest one; of two that are joined, both if the text says 'each', else neither."""
        nearest = before[-1]
        others = [
            one
            for one in before
            if one.party.key != nearest.party.key and one.span.end <= nearest.span.start
        ]
        if others:
            gap = self._text[others[-1].span.end : nearest.span.start]
            if _JOINED.fullmatch(gap):
                is_each = _EACH.search(self._text, nearest.span.end, sentence.end)
                return [others[-1].party, nearest.party] if is_each else [None]
        return [nearest.party]


class _Covering:
    """Finds the statements around a place, the innermost first."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        pieces = [(span, one) for one in statements for span in one.content]
        self._pieces = sorted(pieces, key=lambda piece: (piece[0].start, -piece[0].end))
        self._starts = [span.start for span, _ in self._pieces]
        self._longest = max((len(span) for span, _ in self._pieces), default=0)

    def around(self, span: Span, by_id: dict[str, Statement]) -> list[Statement]:
        """The innermost statement in whose content a span lies, and those around that one."""
        last = bisect.bisect_right(self._starts, span.start)
        first = bisect.bisect_left(self._starts, span.end - self._longest)
        inside = [
            (one.depth, -len(s), one) for s, one in self._pieces[first:last] if s.contains(span)
        ]
        if not inside:
            return []
        innermost = max(inside, key=lambda found: found[:2])[2]
        chain = [innermost]
        while (parent := by_id.get(chain[-1].parent or "")) is not None and parent not in chain:
            chain.append(parent)
        return chain


def entity_party(entity: Entity | None) -> Party | None:
    """The party that an entity is, or is part of."""
    if entity is None:
        return None
    is_place = entity.kind in {Kind.PLACE, Kind.NATIONALITY, Kind.FACILITY}
    return party_of(entity.name, actor=entity.actor, country=entity.country, is_place=is_place)


def _is_named_body(mention: Mention, entity: Entity) -> bool:
    """Whether it is an organization that nothing is known of, under its name."""
    return (
        entity.actor is None
        and mention.kind is Kind.ORGANIZATION
        and mention.form is MentionForm.NAME
    )


def asserter_of(
    reading: Reading, statement: Statement | None, entities: dict[str, Entity]
) -> Asserter:
    """Who says it: the speaker of the innermost statement, else the outlet."""
    document = reading.document
    if statement is None:
        side = name_key(document.outlet or "") or f"document {document.id}"
        return Asserter(name=document.outlet, side=side)
    speaker = entities.get(statement.speaker or "")
    words = " ".join(reading.text_of(statement.source).split()) or None
    name = words if speaker is None else speaker.name
    party = entity_party(speaker)
    side = party.key if party is not None else name_key(name or "")
    return Asserter(
        name=name, side=side or f"nobody named in {document.id}", statement=statement.id
    )


def words_evidence(document: Document, span: Span) -> Evidence:
    """Words of a document as evidence."""
    return Evidence(
        document=document.id,
        title=document.title,
        outlet=document.outlet,
        url=document.url,
        start=span.start,
        end=span.end,
        words=span.text_in(document.text),
    )
