"""Commitments: treaties, agreements, ceasefires, resolutions, and what is said of their terms.

One row for each instrument and each who speaks of it. What the text does not say is null.
"""

import itertools
from dataclasses import dataclass, field
from typing import Final

from onrecord.events.commitment_instruments import (
    Instrument,
    InstrumentReader,
    Naming,
    topic_of,
)
from onrecord.events.commitment_limits import LimitReader
from onrecord.events.commitment_parties import PartyReader
from onrecord.events.commitment_terms import TermReader
from onrecord.events.commitment_words import load_commitment_words
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Act, Commitment, Limit, Span, Statement, as_spans, content_id

_DATES = ("signed", "in_force", "extended", "suspended", "expires")
# What parties agree, offer or threaten "to do" with an instrument is told by who reports it.
_UNDERTAKINGS: Final = frozenset({Act.PROMISE, Act.OFFER, Act.THREATEN, Act.REQUEST})
_SETTING: Final = frozenset("allowed permitted limited capped restricted entitled".split())
_ARTICLES: Final = (["a"], ["an"], ["the"])
# A contract is one between states only where two are named.
_PARTIES: Final = 2


@dataclass(slots=True, eq=False)
class _Draft:
    """What one asserter says of one instrument."""

    instrument: Instrument
    span: Span
    parties: list[str] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    verification: list[Span] = field(default_factory=list)
    sets_terms: bool = False
    is_strong: bool = False
    is_planned: bool = False

    @property
    def has_terms(self) -> bool:
        """Whether more is known than who is bound."""
        return bool(self.dates or self.limits or self.verification or self.sets_terms)

    def is_row(self, parties: PartyReader) -> bool:
        """Whether enough is known of it."""
        terms = bool(self.dates or self.limits or self.verification)
        if "contract" in self.instrument.families:
            states = any(map(parties.is_state, self.parties))
            if len(self.parties) < _PARTIES or not states:
                return False
        if not self.instrument.families:
            return any(map(parties.is_state, self.parties)) and bool(self.dates or self.limits)
        if not self.instrument.is_named or self.is_planned:
            return terms
        known = self.is_strong or len(self.parties) >= _PARTIES
        return terms or known or self.sets_terms


def commitments(text: EventText) -> list[Commitment]:
    """The commitments of a text, in its order."""
    instruments, parties = InstrumentReader(text), PartyReader(text)
    drafts: dict[tuple[int, str], _Draft] = {}
    before: list[Naming] = []
    for sentence in text.sentences:
        if not instruments.may_name(sentence):
            namings: list[Naming] = _carried(sentence, before)
            before = []
        else:
            namings = instruments.read(sentence)
            before = namings
        if namings:
            _read(text, sentence, namings, parties, drafts)
    found = {key: draft for key, draft in drafts.items() if draft.is_row(parties)}
    told = {instrument for instrument, asserted_by in found if not asserted_by}
    # Somebody who speaks of a treaty that is known, and says nothing of its terms.
    rows = [
        _row(text, draft, asserted_by or None)
        for (instrument, asserted_by), draft in found.items()
        if draft.has_terms or not asserted_by or instrument not in told
    ]
    return sorted(rows, key=lambda r: (r.span, r.id))


def _carried(sentence: Sentence, before: list[Naming]) -> list[Naming]:
    """The instrument of the sentence before, where this one goes on with what it sets."""
    if not before:
        return []
    words = sentence.words[:12]
    goes_on = words[:1] == ["it"] or any(
        one in {"each", "both", "either"}
        and other in {"side", "sides", "party", "parties", "country"}
        for one, other in itertools.pairwise(words)
    )
    sets = not _SETTING.isdisjoint(sentence.words)
    return [topic_of(before)] if goes_on or sets else []


def _read(
    text: EventText,
    sentence: Sentence,
    namings: list[Naming],
    parties: PartyReader,
    drafts: dict[tuple[int, str], _Draft],
) -> None:
    """Add what one sentence says."""
    own = [n for n in namings if n.sentence is sentence]
    for naming in own:
        _draft(text, drafts, naming, naming.span)
    for term in TermReader(text, sentence, own, parties).terms():
        draft = _draft(text, drafts, term.naming, term.at)
        draft.is_strong = draft.is_strong or not term.is_weak
        if term.field == "parties":
            if term.value not in draft.parties:
                draft.parties.append(term.value)
        elif term.span is not None:
            draft.verification.append(term.span)
        else:
            draft.dates.setdefault(term.field, term.value)
    for found in LimitReader(text, sentence, namings, parties).limits():
        draft = _draft(text, drafts, found.naming, found.at)
        if found.limit is None:
            draft.sets_terms = True
        elif all(found.limit.quantity != limit.quantity for limit in draft.limits):
            draft.limits.append(found.limit)
            per = found.limit.per
            if per in text.entities and per not in draft.parties:
                draft.parties.append(per)


def _draft(
    text: EventText, drafts: dict[tuple[int, str], _Draft], naming: Naming, at: Span
) -> _Draft:
    statement = _asserter(text, naming, at)
    key = (id(naming.instrument), "" if statement is None else statement.id)
    if key not in drafts:
        drafts[key] = _Draft(naming.instrument, naming.span, is_planned=naming.is_planned)
    return drafts[key]


def _asserter(text: EventText, naming: Naming, at: Span) -> Statement | None:
    """Who asserts a term; None for the outlet. A treaty does not speak of itself."""
    for statement in text.statements_over(at):
        itself = any(s.overlaps(naming.span) for s in statement.source)
        itself = itself or _is_signing(text, statement, naming)
        if not itself and not _is_undertaking(text, statement):
            return statement
    return None


def _is_signing(text: EventText, statement: Statement, naming: Naming) -> bool:
    """Whether a statement is the signing itself: "they signed a deal that caps catches"."""
    cue = [w for s in statement.cue for w in s.text_in(text.text).lower().split()]
    rows = [row for w in cue for row in load_commitment_words().rows("date", w)]
    if all(row.value != "signed" for row in rows):
        return False
    if any(s.overlaps(naming.span) for s in statement.cue):
        return True
    start = statement.content[0].start
    before = text.text[start : naming.span.start].lower().split()
    return start <= naming.span.start and (not before or before in _ARTICLES)


def _is_undertaking(text: EventText, statement: Statement) -> bool:
    """Whether a statement is what somebody agreed, offered or threatened to do."""
    words = text.text[statement.content[0].start : statement.content[0].start + 8]
    return statement.act in _UNDERTAKINGS and words.startswith("to ")


def _row(text: EventText, draft: _Draft, asserted_by: str | None) -> Commitment:
    document, name = text.reading.document.id, draft.instrument.name
    return Commitment(
        id=content_id("commitment", document, draft.span, name, asserted_by),
        document=document,
        instrument=name,
        span=draft.span,
        parties=tuple(draft.parties),
        limits=tuple(draft.limits),
        verification=as_spans(draft.verification),
        asserted_by=asserted_by,
        run=text.reading.run.id,
        **{date: draft.dates.get(date) for date in _DATES},
    )
