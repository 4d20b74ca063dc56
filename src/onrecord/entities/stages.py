"""The stage that finds entities: all mentions, what they name, and who speaks.

Mentions come from the same pass of the encoder that found the statements
(`encode/readings.py`); statements get their speakers, listeners and media here.

Shapes: M mentions.
"""

from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np

from onrecord.entities.clauses import clauses_of
from onrecord.entities.clusters import PairScorer
from onrecord.entities.drafts import (
    DocumentMentions,
    EntityDraft,
    KnownCountry,
    KnownKind,
    KnownTown,
)
from onrecord.entities.forms import BARE
from onrecord.entities.legal_forms import with_legal_forms
from onrecord.entities.name_choice import with_chosen_names
from onrecord.entities.spans import FoundMentions, joined
from onrecord.entities.speakers import SpeakerFinder
from onrecord.records import (
    Entity,
    Kind,
    Mention,
    MentionForm,
    Reading,
    Span,
    Statement,
    content_id,
)
from onrecord.syntax.trees import FoundTrees

_MARKS: Final = frozenset('"“”')


class EntityFinder:
    """Finds the entities of documents and the speakers of their statements."""

    reads: ClassVar[frozenset[str]] = frozenset({"statements", "mentions", "entities"})
    writes: ClassVar[frozenset[str]] = frozenset({"statements", "mentions", "entities"})

    def __init__(
        self,
        scorer: PairScorer,
        *,
        known: KnownKind = lambda _words: None,
        country: KnownCountry = lambda _words: None,
        town: KnownTown = lambda _words: False,
    ) -> None:
        """Prepare.

        Args:
            scorer: Of pairs of mentions.
            known: The kind of a name that is known by itself, such as that of a country.
            country: The code of a country by its name.
            town: Whether a name is that of a town.
        """
        self.scorer = scorer
        self.known, self.country, self.town = known, country, town

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings with entities, in the same order."""
        return [self._read(reading) for reading in readings]

    def _read(self, reading: Reading) -> Reading:
        mentions = self._mentions(reading)
        return reading if mentions is None else _with_entities(reading, mentions)

    def _mentions(self, reading: Reading) -> DocumentMentions | None:
        found = [f for f in getattr(reading, "found", ()) if isinstance(f, FoundMentions)]
        if not found:
            return None
        text = reading.document.text
        named = with_chosen_names(text, joined(found), known=self.known, town=self.town)
        mentions = with_legal_forms(text, named)
        trees = [f for f in getattr(reading, "found", ()) if isinstance(f, FoundTrees)]
        starts, ends = mentions.start_M.tolist(), mentions.end_M.tolist()
        words = [text[s:e] for s, e in zip(starts, ends, strict=True)]
        clauses = clauses_of(trees, mentions.start_M, mentions.end_M, words, text=text)
        across_M = [_crosses_quotation(text, s, e) for s, e in zip(starts, ends, strict=True)]
        kept_M = (mentions.kind_M >= 0) | ~(clauses.is_whole_M | np.array(across_M, dtype=np.bool_))
        if not kept_M.all():
            mentions, clauses = mentions.at(kept_M), clauses.of(np.flatnonzero(kept_M))
        return DocumentMentions(
            text,
            mentions,
            self.scorer,
            known=self.known,
            country=self.country,
            town=self.town,
            clauses=clauses,
        )

    def clusters(self, reading: Reading) -> list[list[Span]]:
        """All noun phrases of a text by what they name, those too that are no row of the record.

        Args:
            reading: As the stage takes it.
        """
        mentions = self._mentions(reading)
        if mentions is None:
            return []
        own: dict[int, list[Span]] = {}
        for m in mentions.noun_phrases:
            own.setdefault(mentions.cluster_of[m], []).append(mentions.spans[m])
        return list(own.values())


def _crosses_quotation(text: str, start: int, end: int) -> bool:
    """Whether a quotation begins or ends inside of a phrase.

    >>> words = 'I ask you to support this slate," Lind said.'
    >>> _crosses_quotation(words, 6, 38), _crosses_quotation(words, 22, 32)
    (True, False)
    """
    words = text[start:end]
    is_odd = words.count('"') % 2 == 1 or words.count("“") != words.count("”")
    # "the group “Hamas”": its last mark stands right behind it.
    return is_odd and _MARKS.isdisjoint(text[end : end + 1] + text[max(0, start - 1) : start])


def _with_entities(reading: Reading, mentions: DocumentMentions) -> Reading:
    statements = reading.statements or ()
    finder = SpeakerFinder(mentions, statements, outlet=reading.document.outlet)
    speakers = finder.find()
    finder.give_first_persons()
    listeners = {m.entity: (m.span, m.kind) for m in reading.mentions or ()}

    def listener(entity: str | None) -> int | None:
        return None if entity is None else finder.entity_at(*listeners[entity])

    heard = [(listener(s.addressee), listener(s.medium)) for s in statements]
    needed = {n for n in speakers.values() if n is not None}
    needed |= {n for pair in heard for n in pair if n is not None}
    rows = _Rows(reading, mentions)
    ids = {
        number: rows.add(draft)
        for number, draft in enumerate(mentions.entities)
        if number in needed or _is_worth_a_row(mentions, draft)
    }

    def id_of(number: int | None) -> str | None:
        return None if number is None else ids[number]

    told = [
        _replaced(s, id_of(speakers.get(s.id)), id_of(addressee), id_of(medium))
        for s, (addressee, medium) in zip(statements, heard, strict=True)
    ]
    return reading.replace(
        statements=tuple(told),
        mentions=tuple([mention for _, mention in sorted(rows.mentions.items())]),
        entities=tuple(rows.entities),
    )


def _is_worth_a_row(mentions: DocumentMentions, draft: EntityDraft) -> bool:
    """Names, and descriptions of persons, bodies and places; no lone pronouns."""
    if draft.is_named:
        return True
    return draft.kind is not Kind.EVENT and any(mentions.forms[m] <= BARE for m in draft.mentions)


def _replaced(
    statement: Statement, speaker: str | None, addressee: str | None, medium: str | None
) -> Statement:
    own = {name: getattr(statement, name) for name in Statement.__slots__}
    return Statement(**own | {"speaker": speaker, "addressee": addressee, "medium": medium})


class _Rows:
    """Rows of one reading as entities come to be printed."""

    def __init__(self, reading: Reading, mentions: DocumentMentions) -> None:
        self.edges = [(span.start, span.end) for span in mentions.spans]
        self.numbers = {edges: m for m, edges in enumerate(self.edges)}
        self.document, self.run = reading.document.id, reading.run.id
        self.source = mentions
        # By start and end, which are compared much faster than spans are.
        self.mentions: dict[tuple[int, int], Mention] = {}
        self.entities: list[Entity] = []

    def add(self, draft: EntityDraft) -> str:
        """The id of the entity."""
        own = {self.edges[m] for m in draft.mentions} | {(w.start, w.end) for w in draft.words}
        new = sorted(own.difference(self.mentions))
        if not new:
            return self.mentions[min(own)].entity
        spans = [self._span(edges) for edges in new]
        is_name, own_kinds = self.source.is_name, self.source.kinds
        # A name has the kind that it has by itself, which is not always that of its entity.
        named = {e: m for e in new if (m := self.numbers.get(e)) is not None and is_name[m]}
        kinds = [(own_kinds[named[e]] if e in named else None) or draft.kind for e in new]
        ids = tuple(
            [
                content_id("mention", self.document, span, kind)
                for span, kind in zip(spans, kinds, strict=True)
            ]
        )
        entity = content_id("entity", self.document, ids)
        for edges, span, kind, own_id in zip(new, spans, kinds, ids, strict=True):
            self.mentions[edges] = Mention(
                id=own_id,
                document=self.document,
                span=span,
                kind=kind,
                form=self._form(edges),
                entity=entity,
                run=self.run,
            )
        self.entities.append(
            Entity(
                id=entity,
                document=self.document,
                name=self.source.name_of(draft),
                kind=draft.kind,
                actor=None,
                country=None,
                place=None,
                mentions=ids,
                run=self.run,
            )
        )
        return entity

    def _span(self, edges: tuple[int, int]) -> Span:
        m = self.numbers.get(edges)
        return Span(*edges) if m is None else self.source.spans[m]

    def _form(self, edges: tuple[int, int]) -> MentionForm:
        m = self.numbers.get(edges)
        if m is None:
            return MentionForm.DESCRIPTION
        if self.source.is_name[m]:
            return MentionForm.NAME
        return MentionForm.PRONOUN if self.source.forms[m] > BARE else MentionForm.DESCRIPTION
