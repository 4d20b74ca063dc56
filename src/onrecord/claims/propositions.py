"""What is said to be so, or not to be so, in one document: the pure half of claims.

Nothing here knows of other documents. A proposition is a clause with who stands behind it.
"""

import dataclasses
from collections.abc import Sequence

from onrecord.claims.circumstances import circumstances_of
from onrecord.claims.clauses import (
    Parts,
    agent_of,
    has_verb,
    is_open,
    main_deed,
    main_event,
    names_of,
    parts_of,
    told_stems,
)
from onrecord.claims.counts import counts_of, none_counted
from onrecord.claims.facts import Facts
from onrecord.claims.holdings import holdings_of
from onrecord.claims.models import Account, Proposition, Scene, Words
from onrecord.claims.negations import Negation, negation_in
from onrecord.claims.parties import entity_at, party_of_outlet, party_of_source
from onrecord.claims.periods import day_number
from onrecord.claims.references import (
    calls_untrue,
    find_reference,
    is_denial,
    is_empty,
    names_saying,
    untrue_that,
)
from onrecord.claims.scenes import scene_of_clause, scene_of_document
from onrecord.claims.texts import Clause, Text, Word, clauses_of
from onrecord.claims.word_lists import modes, stem, thing_of
from onrecord.records import Act, Event, EventType, Reading, RowKind, Span, StanceKind

# Propositions of one document; those of a longer text are its first ones.
MOST_PROPOSITIONS = 80
# Length from which on words of the outlet count even without an event.
_LEAST_CHARS = 30
_TOLD = 8
_SPEECH_TYPES = frozenset(
    (EventType.ACCUSE, EventType.REJECT, EventType.REQUEST, EventType.CONSULT)
)


def propositions_of(reading: Reading) -> tuple[Proposition, ...]:
    """The propositions of a document, in text order."""
    return account_of(reading, number=0).propositions


def account_of(reading: Reading, *, number: int) -> Account:
    """The propositions of a document with its scene.

    Args:
        reading: What was read.
        number: The number of the document in the store.
    """
    text = Text(reading)
    facts = Facts(reading, text)
    clauses = [c for c in clauses_of(text) if _is_kept(facts, c)][:MOST_PROPOSITIONS]
    events = []
    scenes: list[Scene] = []
    parts_list = []
    for clause in clauses:
        parts = parts_of(facts, clause)
        main = main_deed(facts, clause, parts)
        event = main_event(facts, clause, main[0] if main else None)
        events.append((main, event))
        parts_list.append(parts)
        scenes.append(scene_of_clause(facts, clause, text.words_in(clause.spans), event))
    made = [
        _made(facts, clause, parts, main, event, scene)
        for clause, parts, (main, event), scene in zip(
            clauses, parts_list, events, scenes, strict=True
        )
    ]
    scene = scene_of_document(facts, clauses, scenes)
    return Account(
        number=number,
        published=day_number(reading.document.published),
        outlet=party_of_outlet(reading.document.outlet),
        scene=scene,
        told=frozenset().union(*(p.core | p.more | p.deeds for p in made[:_TOLD])),
        propositions=tuple(_resolved(_placed(made, scene))),
        circumstances=circumstances_of(reading),
    )


def _placed(made: Sequence[Proposition], scene: Scene) -> list[Proposition]:
    """Holdings of "the town" with the name of the town that the article is about."""
    return [
        dataclasses.replace(
            one,
            holdings=tuple(
                h if h.place.local else dataclasses.replace(h, place=scene.where)
                for h in one.holdings
                if h.place.local or scene.where.local
            ),
        )
        if one.holdings
        else one
        for one in made
    ]


def _is_kept(facts: Facts, clause: Clause) -> bool:
    """Whether a clause is worth keeping: of the outlet's own what tells something, or is long."""
    if clause.statement is not None or clause.source:
        return True
    if sum(map(len, clause.spans)) >= _LEAST_CHARS:
        return True
    own = [e for e in facts.events_in(clause.spans) if e.asserted_by is None]
    return any(e.type not in _SPEECH_TYPES for e in own)


def _made(
    facts: Facts, clause: Clause, parts: Parts, main: tuple[Word, Words] | None,
    event: Event | None, scene: Scene,
) -> Proposition:  # fmt: skip
    statement = clause.statement
    speaker = None
    if statement is not None:
        speaker = party_of_source(facts, statement.source, statement.speaker)
    if speaker is None and clause.source:
        speaker = party_of_source(facts, clause.source, entity_at(facts, clause.source))
    negation = negation_in(parts)
    stance, is_short, is_actual = _stance(
        facts, clause, parts, event, negation, has_speaker=speaker is not None
    )
    if negation is not None and negation.deed is not None:
        main = (negation.deed, negation.groups)
    row_kind, row = _row(facts, clause, event)
    deeds = frozenset(w.stem for w, _ in parts.deeds) | ({main[0].stem} if main else set())
    groups = frozenset().union(*(g for _, g in parts.deeds))
    own = agent_of(facts, clause, parts, main[0] if main else None, event, speaker)
    names = names_of(facts, (*parts.core, *parts.more))
    entity_names = _named_by_mentions(facts, clause)
    counts = counts_of(facts, clause) or none_counted(facts, clause)
    sentence = facts.text.sentences[clause.sentence]
    return Proposition(
        spans=clause.spans,
        sentence=Span(sentence.start, sentence.end),
        row_kind=row_kind,
        row=row,
        speaker=speaker,
        speaker_spans=clause.source or (() if statement is None else statement.source),
        stance=stance,
        act=_act(facts, clause, is_short=is_short),
        is_actual=is_actual,
        is_short=is_short,
        deeds=deeds,
        groups=groups,
        main=main[0].stem if main else None,
        main_groups=main[1] if main else frozenset(),
        core=told_stems(facts, parts.core, deeds),
        more=told_stems(facts, parts.more, frozenset()),
        names=names | entity_names,
        spelled=names,
        own=own,
        objects=_objects(facts, clause, parts, event, main),
        scene=scene,
        counts=counts,
        holdings=holdings_of(facts, clause, speaker, is_negated=stance is StanceKind.DENIES)
        if is_actual
        else (),
        is_lead=clause.sentence < 2,
        is_update=any(w.lower in modes()["updates"] for w in (*parts.core, *parts.more)),
    )


def _act(facts: Facts, clause: Clause, *, is_short: bool) -> str:
    """The act of the statement; to call an accusation absurd is to deny it."""
    if is_short and clause.statement is not None and names_saying(facts, clause):
        return Act.DENY.value
    return "" if clause.statement is None else clause.statement.act.value


def _named_by_mentions(facts: Facts, clause: Clause) -> Words:
    """Names of those whom the clause mentions by other words."""
    from onrecord.claims.facts import names_of_entity

    found: set[str] = set()
    for mention in facts.mentions_in(clause.spans):
        if mention.span.end - mention.span.start < 60:
            found |= names_of_entity(facts.entities.get(mention.entity))
    return frozenset(found)


def _stance(
    facts: Facts, clause: Clause, parts: Parts, event: Event | None, negation: Negation | None,
    *, has_speaker: bool,
) -> tuple[StanceKind, bool, bool]:  # fmt: skip
    """What is done with the clause; whether it is a short denial; whether it is told as so."""
    statement = clause.statement
    is_turned = statement is not None and is_denial(facts, statement, clause)
    is_turned = is_turned or untrue_that(facts, clause)
    if not untrue_that(facts, clause) and (
        (is_turned and is_empty(facts, clause)) or calls_untrue(facts, clause)
    ):
        is_open_chain = any(s.polarity == "deny" for s in clause.chain)
        return StanceKind.DENIES, True, not is_open_chain and (has_speaker or statement is None)
    if statement is not None and statement.polarity == "deny" and not is_turned:
        return StanceKind.REPORTS, False, False
    is_told = not is_open(facts, clause, parts, event)
    if negation is not None and negation.deed is None:
        is_told = False
    if not is_turned and statement is not None and statement.act is not Act.ACCUSE:
        is_told = is_told and has_verb(parts.core)
    if statement is not None and not has_speaker:
        return StanceKind.REPORTS, False, is_told
    if is_turned != (negation is not None):
        return StanceKind.DENIES, False, is_told
    return StanceKind.ASSERTS, False, is_told


def _row(facts: Facts, clause: Clause, event: Event | None) -> tuple[RowKind, str]:
    if clause.statement is not None:
        return RowKind.STATEMENT, clause.statement.id
    if event is not None:
        return RowKind.EVENT, event.id
    for claim in facts.control_in(clause.spans):
        return RowKind.CONTROL_CLAIM, claim.id
    for other in facts.events_in(clause.spans):
        return RowKind.EVENT, other.id
    for quantity in facts.quantities_in(clause.spans):
        return RowKind.QUANTITY, quantity.id
    return RowKind.DOCUMENT, facts.reading.document.id


def _objects(
    facts: Facts,
    clause: Clause,
    parts: Parts,
    event: Event | None,
    main: tuple[Word, Words] | None,
) -> Words:
    """Stems of the nouns that the deed is done to."""
    found: set[str] = set()
    for entity in event.recipients if event is not None else ():
        row = facts.entities.get(entity)
        if row is None:
            continue
        for mention in (facts.mentions[m] for m in row.mentions if m in facts.mentions):
            if any(s.overlaps(mention.span) for s in clause.spans):
                words = facts.text.words_in((mention.span,))
                found |= {thing_of(w.form) for w in words if _is_noun(facts, w)}
    if not found and main is not None and main[0] in parts.core:
        at = parts.core.index(main[0])
        for word in parts.core[at + 1 : at + 6]:
            if word.lower in {"in", "on", "at", "by", "after", "with", "near", "over"}:
                break
            if _is_noun(facts, word):
                found.add(thing_of(word.form))
    return frozenset(found)


def _is_noun(facts: Facts, word: Word) -> bool:
    known = modes()
    skip = known["small"] | known["units_of_time"] | known["numbers"]
    return word.lower not in skip and not facts.is_name(word) and not word.form[0].isdigit()


def _resolved(made: Sequence[Proposition]) -> list[Proposition]:
    """Short denials with what they are about."""
    skip = modes()["untrue"] | modes()["empty"] | modes()["said_things"]
    stems = frozenset(stem(w) for w in skip)
    shares = frozenset(stem(w) for w in modes()["shares"])
    resolved = list(made)
    for n, one in enumerate(made):
        if not one.is_short:
            continue
        extra = (
            frozenset(s for s in one.core | one.deeds | one.more if not s.endswith("li")) - stems
        )
        is_own_share = bool(shares & (one.core | one.deeds | one.more))
        at = find_reference(n, resolved, one.speaker, extra, is_own_share=is_own_share)
        if at is not None:
            other = made[at]
            resolved[n] = dataclasses.replace(
                one, refers=at, deeds=other.deeds, groups=other.groups, main=other.main,
                main_groups=other.main_groups,
                core=other.core, more=other.more, names=other.names,
                spelled=other.spelled, own=other.own,
                objects=other.objects, scene=other.scene,
            )  # fmt: skip
    return resolved
