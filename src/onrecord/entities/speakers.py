"""Who speaks: sources of statements to entities.

A source is a mention as a rule; then its entity speaks. The rest are rules: "I" and "we"
inside of what somebody says, quotations that go on with no source of their own, and
words for what was written, behind which stands who wrote it. Speakers of transcripts are in
`turns.py`.
"""

import bisect
import re
from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.entities.drafts import DocumentMentions, EntityDraft
from onrecord.entities.forms import ME, NAME, WE, WHO
from onrecord.entities.turns import speakers_of_turns
from onrecord.records import Kind, Manner, Span, Spans, Statement
from onrecord.records.span_finders import SpanFinder

_WRITTEN_WORDS: Final = (
    r"\b(?:statement|report|letter|tweet|post|message|memo|article|email|e-mail|document|speech|"
    r"testimony|affidavit|release|communiqué|communique|note|blog|comment|remark|interview|"
    r"filing|paper|study|survey|poll)s?"
)
_PLAIN: Final = re.compile(
    r"(?:the|that|this)\s+(?:(?:joint|written|latest|\w+day)\s+)?\w+$", re.IGNORECASE
)
_WRITTEN: Final = re.compile(_WRITTEN_WORDS + "$")
_WRITTEN_BY: Final = re.compile(_WRITTEN_WORDS + r"\s+(?:\w+\s+){0,3}?(?:by|from)\s+(?=\w)")
_GROUPS: Final = re.compile(
    r"\b(?:ministry|government|office|agency|department|council|army|police|court|company|"
    r"party|committee|commission|union|group|bank|forces|troops|media|newspaper|channel|"
    r"parliament|senate|house|university|organi[sz]ation|association|administration|embassy|"
    r"board|authority|authorities|military|militia|coalition|alliance|opposition|campaign)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\w")
_MARK: Final = re.compile(r"[\"“”‘«»]")
_GAP_CHARS: Final = 400
_SPEAKING: Final = frozenset((Kind.PERSON, Kind.ORGANIZATION))


class SpeakerFinder:
    """Resolves the sources of one document; may make entities of sources that have none."""

    def __init__(
        self,
        mentions: DocumentMentions,
        statements: Sequence[Statement],
        *,
        outlet: str | None = None,
    ) -> None:
        """Prepare.

        Args:
            mentions: Of the document.
            statements: Of the document.
            outlet: Who published it, if that is known.
        """
        self.turns = speakers_of_turns(mentions, statements, outlet=outlet)
        self.mentions = mentions
        self.text = mentions.text
        self.statements = statements
        self.by_id = {s.id: s for s in statements}
        self.finder = SpanFinder(mentions.spans)
        self.made: dict[Span, int] = {}
        self.found: dict[str, int | None] = {}
        outer = [s for s in statements if s.depth == 0 and s.source]
        self.outer = sorted(outer, key=_start)
        self.outer_starts = [_start(s) for s in self.outer]
        self._members: dict[int, list[int]] = {}
        self._mention_at: dict[Span, int | None] = {}

    def find(self) -> Mapping[str, int | None]:
        """Number of the entity that speaks, by statement; None if unknown."""
        ordered = sorted(self.statements, key=lambda s: (s.depth, _start(s)))
        for statement in ordered:
            if statement.id in self.turns:
                self.found[statement.id] = self.turns[statement.id]
            elif statement.source:
                self.found[statement.id] = self._of_source(statement)
        before: Statement | None = None
        for statement in sorted(self.statements, key=lambda s: (_start(s), s.depth)):
            if not statement.source:
                self.found[statement.id] = self._carried_on(statement, before)
            if statement.depth == 0:
                before = statement
        return self.found

    def give_first_persons(self) -> None:
        """Make every "I" and "my" in what somebody says that speaker, once these are found."""
        starts = [
            (self.mentions.spans[m].start, m) for m, f in enumerate(self.mentions.forms) if f == ME
        ]
        whose: dict[int, int | None] = {}
        # Inner statements last: their speaker counts.
        for statement in sorted(self.statements, key=lambda s: s.depth) if starts else ():
            content = [(span.start, span.end) for span in statement.content]
            inside = [m for at, m in starts if any(s <= at < e for s, e in content)]
            is_told = statement.manner is Manner.INDIRECT
            if not inside or (is_told and not self._holds_quotation(statement)):
                continue
            whose |= dict.fromkeys(inside, None if is_told else self.found.get(statement.id))
        for m, speaker in whose.items():
            if speaker is not None:
                self._move(m, speaker)

    def _move(self, m: int, speaker: int) -> None:
        """Make a mention one of a speaker; who is named by it alone is that speaker."""
        before = self.mentions.entity_of.get(m)
        self.mentions.move(m, speaker)
        if before is not None and not self.mentions.entities[before].mentions:
            found = [s for s, number in self.found.items() if number == before]
            self.found |= dict.fromkeys(found, speaker)

    def _holds_quotation(self, statement: Statement) -> bool:
        return any(_MARK.search(span.text_in(self.text)) for span in statement.content)

    def entity_at(self, span: Span, kind: Kind | None = None) -> int | None:
        """The entity that words name; with a kind, one is made if there is none."""
        m = self.mention_at(span)
        entity = None if m is None else self.mentions.entity_of.get(m)
        if entity is not None or kind is None:
            return entity
        if m is not None:
            return self._promote(m, kind)
        if span not in self.made:
            self.made[span] = self._add(EntityDraft(kind, words=[span]))
        return self.made[span]

    def mention_at(self, span: Span) -> int | None:
        """The mention that words are: the same span, else the one whose head is theirs.

        Else a person inside of them, or what is named there; never a mere possessor.
        """
        if span not in self._mention_at:
            self._mention_at[span] = self._find_mention(span)
        return self._mention_at[span]

    def _find_mention(self, span: Span) -> int | None:
        inside = self.finder.over(span)
        exact = [m for m in inside if _trimmed(self.text, self.mentions.spans[m]) == span]
        if exact:
            return exact[0]
        own_head = _head_end(self.text, span)
        heads = [m for m in inside if _head_end(self.text, self.mentions.spans[m]) == own_head]
        if heads:
            return max(heads, key=lambda m: self._worth(m, span))
        within = [m for m in inside if span.contains(self.mentions.spans[m])]
        named = [m for m in within if self.mentions.kinds[m] in _SPEAKING and not self._owns(m)]
        persons = [m for m in named if self.mentions.kinds[m] is Kind.PERSON]
        return next(iter(persons or named), None)

    def _owns(self, m: int) -> bool:
        end = self.mentions.spans[m].end
        return self.text[end : end + 2] in {"'s", "’s"}

    def _worth(self, m: int, span: Span) -> tuple[bool, int]:
        own = self.mentions.spans[m]
        return span.contains(own), min(own.end, span.end) - max(own.start, span.start)

    def _promote(self, m: int, kind: Kind) -> int:
        """An entity of the cluster of a mention that was none so far."""
        if not self._members:
            for n, first in enumerate(self.mentions.cluster_of):
                self._members.setdefault(first, []).append(n)
        own = self._members[self.mentions.cluster_of[m]]
        number = self._add(EntityDraft(kind, own))
        self.mentions.entity_of |= dict.fromkeys(own, number)
        return number

    def _add(self, draft: EntityDraft) -> int:
        self.mentions.entities.append(draft)
        return len(self.mentions.entities) - 1

    def _of_source(self, statement: Statement) -> int | None:
        span = _trimmed(self.text, _whole(statement.source))
        words = span.text_in(self.text)
        m = self.mention_at(span)
        form = self.mentions.forms[m] if m is not None else NAME
        if form in {ME, WE} and m is not None and self.mentions.spans[m] == span:
            return self._first_person(statement, m)
        if _WRITTEN.search(words):
            writer = self._writer(statement, span)
            if writer is not None:
                return writer
        by = _WRITTEN_BY.search(words)
        if by is not None:
            writer = self.entity_at(Span(span.start + by.end(), span.end))
            if writer is not None and self.mentions.entities[writer].kind in _SPEAKING:
                return writer
        if m is not None and form == WHO:
            before = self._before_who(m)
            if before is not None:
                return before
        kind = Kind.ORGANIZATION if _GROUPS.search(words) else Kind.PERSON
        entity = self.entity_at(span, kind)
        if entity is not None and m is not None:
            self._describe(entity, m, span)
        return entity

    def _describe(self, entity: int, m: int, span: Span) -> None:
        """Keep the words of a source with the name that ends or opens them: they tell who it is."""
        own, draft = self.mentions.spans[m], self.mentions.entities[entity]
        is_beside = own.end == span.end or own.start == span.start
        if draft.kind in _SPEAKING and own != span and span.contains(own) and is_beside:
            draft.words.append(span)

    def _first_person(self, statement: Statement, m: int) -> int | None:
        """Whose words they are that "I" or "we" stands in, if they are given as spoken."""
        around = self.by_id.get(statement.parent or "")
        while around is not None:
            speaker = self.found.get(around.id)
            if around.manner is not Manner.INDIRECT and speaker is not None:
                return speaker
            around = self.by_id.get(around.parent or "")
        return self.entity_at(self.mentions.spans[m], Kind.PERSON)

    def _writer(self, statement: Statement, span: Span) -> int | None:
        """Who wrote what speaks: its possessor, or the speaker of what came before."""
        inside = [
            m
            for m in self.finder.over(span)
            if span.contains(self.mentions.spans[m])
            and self.mentions.spans[m].end < span.end
            and self.mentions.entity_of.get(m) is not None
        ]
        owners = [
            m
            for m in inside
            if self.mentions.entities[self.mentions.entity_of[m]].kind in _SPEAKING
        ]
        if owners:
            return self.mentions.entity_of[owners[0]]
        if _PLAIN.match(span.text_in(self.text)) is None:
            return None
        at = bisect.bisect_left(self.outer_starts, _start(statement))
        if not at or _start(statement) - self.outer_starts[at - 1] > 4 * _GAP_CHARS:
            return None
        return self.found.get(self.outer[at - 1].id)

    def _before_who(self, m: int) -> int | None:
        """What a relative pronoun stands for: the phrase around it, or just before it."""
        start = self.mentions.spans[m].start
        for n in range(m - 1, max(-1, m - 30), -1):
            own = self.mentions.spans[n]
            gap = self.text[own.end : start] if own.end <= start else ""
            if own.end > start or (len(gap) <= 2 and not _WORD.search(gap)):
                entity = self.mentions.entity_of.get(n)
                if entity is not None:
                    return entity
        return None

    def _carried_on(self, statement: Statement, before: Statement | None) -> int | None:
        """A quotation with no source goes on with the speaker of the one just before it."""
        if statement.manner is not Manner.DIRECT or before is None or statement.parent is not None:
            return None
        if before.manner is Manner.INDIRECT or not statement.content:
            return None
        gap = statement.content[0].start - _end(before)
        return self.found.get(before.id) if 0 <= gap <= _GAP_CHARS else None


def _start(statement: Statement) -> int:
    return min(s.start for s in (*statement.source, *statement.cue, *statement.content))


def _end(statement: Statement) -> int:
    return max(s.end for s in (*statement.source, *statement.cue, *statement.content))


def _whole(spans: Spans) -> Span:
    return Span(spans[0].start, spans[-1].end)


_EDGES: Final = " \t\r\n,;:.\"'“”‘’()[]–—-"


def _trimmed(text: str, span: Span) -> Span:
    """The span without marks at its edges and a possessive ending."""
    start, end = span.start, span.end
    while start < end - 1 and text[start] in _EDGES:
        start += 1
    while end - 1 > start and text[end - 1] in _EDGES:
        end -= 1
    if end - 2 > start and text[end - 2 : end] in {"'s", "’s"}:
        end -= 2
    return Span(start, end)


_AFTER: Final = re.compile(
    r"[,(;:–—]|(?<!\s)\s++(?:[,(;:–—]|(?:of|in|on|at|for|from|to|with|by|who|whom|whose|which|"
    r"that|as|about|against|between|during|under|over|into|after|before|where|when)\s)",
    re.IGNORECASE,
)


def _head_end(text: str, span: Span) -> int:
    match = _AFTER.search(text, span.start + 1, span.end)
    end = match.start() if match else span.end
    return _trimmed(text, Span(span.start, max(end, span.start + 1))).end
