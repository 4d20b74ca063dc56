"""The stage that finds statements: text in, rows out.

One pass of the encoder over the article, one more over each content, then rules for
what is certain: chains, quoted paragraphs, manner, act, polarity, listeners.
"""

import bisect
import copy
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.adding import completed, innermost
from onrecord.encode.known_words import KnownWords
from onrecord.encode.pieces import Window, cut_pieces, make_windows
from onrecord.encode.readings import WindowFinder, with_found
from onrecord.encode.sessions import Encoded, Encoder, run_ahead
from onrecord.records import (
    Act,
    Document,
    Entity,
    Kind,
    Manner,
    Mention,
    MentionForm,
    Polarity,
    Reading,
    Span,
    Statement,
    content_id,
    joined_text,
    statement_id,
)
from onrecord.segment.quotations import Quotation, pair_quotes
from onrecord.segment.sentences import Sentence, split_sentences
from onrecord.statements.candidates import Candidate, CandidateFinder
from onrecord.statements.cues import read_cue, reporting_words
from onrecord.statements.drafts import Draft, Nearby, make_drafts
from onrecord.statements.listeners import find_listeners, find_object
from onrecord.statements.manners import manner_of
from onrecord.statements.paragraphs import join_quoted_paragraphs
from onrecord.syntax.trees import FoundTrees

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Windows of one block share the steps of decoding; with smaller ones less is left for one
# thread alone at the end.
_BLOCK_WINDOWS = 40
_BLOCK_WINDOWS_OF_SEVERAL = 10
# Most that the encoder reads on other threads while the rows of a block are made.
_WINDOWS_AHEAD = 16
_CONTEXT_PIECES = 48
_BETWEEN_CHARS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class InnerGate:
    """Whether any word of a content looks like a cue to the first pass already.

    Attributes:
        column: Of the scores among all parts.
        least: Score that a word must have for its content to be read again.
    """

    column: int
    least: float

    def is_open(self, parts_WC: NDArray[np.float32], candidate: Candidate) -> bool:
        """Whether the contents of a candidate are worth a second pass."""
        scores_W = parts_WC[:, self.column]
        return any(scores_W[first:after].max() >= self.least for first, after in candidate.contents)


class StatementFinder:
    """Finds the statements of documents, and those whom they name as listeners."""

    reads: ClassVar[frozenset[str]] = frozenset()
    writes: ClassVar[frozenset[str]] = frozenset({"statements", "mentions", "entities"})

    def __init__(
        self,
        finder: CandidateFinder,
        tokenizer: "Tokenizer",
        *,
        max_pieces: int,
        n_threads: int = 1,
        on_progress: Callable[[int], None] | None = None,
        also: Sequence[WindowFinder] = (),
        inner: InnerGate | None = None,
    ) -> None:
        """Prepare.

        Args:
            finder: Of candidates in windows.
            tokenizer: That of the encoder.
            max_pieces: Most pieces of a window.
            n_threads: Blocks read side by side.
            on_progress: Called now and then with the number of code points read since.
            also: What is found in the same pass for other stages.
            inner: Which contents are worth reading again; all that hold a word that
                reports if None.
        """
        self.finder = finder
        self.also = also
        self.inner = inner
        self.words = KnownWords(tokenizer)
        self.max_pieces = max_pieces
        self.n_threads = n_threads
        self.on_progress = on_progress

    def with_encoder(self, encoder: Encoder, *, also: Sequence[WindowFinder]) -> "StatementFinder":
        """The same finder with another encoder, and other finders beside it."""
        out, out.finder = copy.copy(self), copy.copy(self.finder)
        out.finder.encoder, out.also = encoder, also
        return out

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings with statements, in the same order."""
        return list(self.each(readings))

    def each(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """New readings with statements, in the same order, as they come.

        While one is looked at by the caller, windows of later ones are read on other
        threads, if there are some.
        """
        started: deque[_Started] = deque()
        windows, again = itertools.tee(_windows(readings, started, self))
        bare = innermost(self.finder.encoder)
        encoded = run_ahead(
            lambda given: bare.encode(given[1]),
            windows,
            n_threads=self.n_threads,
            n_ahead=_WINDOWS_AHEAD,
        )
        for block in _blocks(zip(again, encoded, strict=True), self.n_threads):
            # Rows of documents that are read to the end are made while others are read.
            while started[0] is not block[0][0]:
                yield self._finished(started.popleft())
            for (one, _, _), (own, other) in zip(block, self._read(block), strict=True):
                one.candidates.extend(own)
                one.others.extend(other)
            if self.on_progress is not None:
                self.on_progress(sum(int(w.ends_W[-1] - w.starts_W[0]) for _, w, _ in block))
        while started:
            yield self._finished(started.popleft())

    def _finished(self, one: "_Started") -> Reading:
        trees = [found for found in one.others if isinstance(found, FoundTrees)]
        done = _with_statements(one.reading, one.text, one.candidates, trees)
        return with_found(done, one.others) if self.also else done

    def _read(self, block: "Block") -> list[tuple[list[Candidate], list[Any]]]:
        """Candidates of each window, and what else is found there."""
        parts: dict[int, NDArray[np.float32]] = {}

        def may_report(n: int, candidate: Candidate) -> bool:
            if not block[n][0].text.may_report(candidate):
                return False
            own = parts[n] if self.inner and candidate.parent is None else None
            return own is None or self.inner is None or self.inner.is_open(own, candidate)

        windows = [window for _, window, _ in block]
        encoder = self.finder.encoder
        encoded = [completed(encoder, window, one) for _, window, one in block]
        found = self.finder.find(
            windows, may_report=may_report, on_parts=parts.__setitem__, encoded=encoded
        )
        ordered = [parts[n] for n in range(len(windows))]
        by_finder = [also.find_all(windows, ordered) for also in self.also]
        others = [[own[n] for own in by_finder] for n in range(len(windows))]
        return list(zip(found, others, strict=True))

    def windows_of(self, own: "_SegmentedText") -> Iterator[Window]:
        """What the encoder reads of a text."""
        pieces = cut_pieces(own.text, own.sentences, own.quotations, self.words)
        return make_windows(pieces, max_pieces=self.max_pieces, context_pieces=_CONTEXT_PIECES)

    def windows(self, document: Document) -> list[Window]:
        """What the encoder reads of a document, contents read by themselves aside."""
        return list(self.windows_of(_SegmentedText(document)))


@dataclass(slots=True, eq=False)
class _Started:
    """A document that is being read, with what was found in its windows so far."""

    reading: Reading
    text: "_SegmentedText"
    candidates: list[Candidate] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)


Block = list[tuple[_Started, Window, Encoded]]


def _windows(
    readings: Iterable[Reading], started: deque[_Started], finder: StatementFinder
) -> Iterator[tuple[_Started, Window]]:
    """Windows with what they belong to, which comes to stand at the end of a queue."""
    for reading in readings:
        one = _Started(reading, _SegmentedText(reading.document))
        started.append(one)
        for window in finder.windows_of(one.text):
            yield one, window


class _SegmentedText:
    """A text with its sentences and quotations; lines that are links have no sentences."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.quotations: tuple[Quotation, ...] = pair_quotes(self.text)
        links = sorted((k.span.start, k.span.end) for k in document.links if k.span)
        self.sentences: tuple[Sentence, ...] = tuple(_outside(split_sentences(self.text), links))

    @cached_property
    def reporting(self) -> list[int]:
        """Where words that report begin, in text order."""
        return reporting_words(self.text)

    def may_report(self, candidate: Candidate) -> bool:
        """Whether a word of the contents of a candidate can be a cue."""
        window, starts = candidate.window, self.reporting
        return any(
            bisect.bisect_left(starts, int(window.starts_W[first]))
            < bisect.bisect_left(starts, int(window.ends_W[after - 1]))
            for first, after in candidate.contents
        )

    def paragraphs(self) -> list[Span]:
        """Lines of the text that have sentences, as spans without outer white space."""
        found: list[Span] = []
        for sentence in self.sentences:
            if sentence.starts_paragraph or not found:
                found.append(Span(sentence.start, sentence.end))
            else:
                found[-1] = Span(found[-1].start, sentence.end)
        return found


def _outside(sentences: Sequence[Sentence], links: Sequence[tuple[int, int]]) -> Iterator[Sentence]:
    at = 0
    for sentence in sentences:
        while at < len(links) and links[at][1] <= sentence.start:
            at += 1
        if at == len(links) or sentence.end <= links[at][0]:
            yield sentence


def _blocks(
    windows: Iterable[tuple[tuple[_Started, Window], Encoded]], n_threads: int
) -> Iterator[Block]:
    """Windows in blocks, smaller ones for several threads, so that all end at about one time."""
    n_windows = _BLOCK_WINDOWS if n_threads == 1 else _BLOCK_WINDOWS_OF_SEVERAL
    read = ((*given, encoded) for given, encoded in windows)
    while block := list(itertools.islice(read, n_windows)):
        yield block


def _with_statements(
    reading: Reading,
    own: _SegmentedText,
    candidates: Sequence[Candidate],
    trees: Sequence[FoundTrees],
) -> Reading:
    drafts = join_quoted_paragraphs(
        make_drafts(candidates, own.text, own.quotations, trees), own.quotations, own.paragraphs()
    )
    rows = _Rows(reading)
    ids = [
        statement_id(reading.document.id, source=d.source, cue=d.cue, content=d.content)
        for d in drafts
    ]
    nearby = _NearbyQuotations(own.quotations)
    statements = []
    for draft, own_id in zip(drafts, ids, strict=True):
        parent = None if draft.parent is None else ids[draft.parent]
        statements.append(_statement(rows, nearby, draft, own_id, parent))
    statements.sort(key=lambda s: (_first(s), s.depth, s.cue, s.id))
    return reading.replace(
        statements=tuple(statements),
        mentions=tuple(
            sorted(rows.mentions.values(), key=lambda m: (m.span.start, m.span.end, m.id))
        ),
        entities=tuple(sorted(rows.entities.values(), key=lambda e: e.mentions)),
    )


def _first(statement: Statement) -> int:
    return min(s.start for s in (*statement.source, *statement.cue, *statement.content))


class _NearbyQuotations:
    """Quotations of a text by place, so that no statement looks at all of them."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.quotations = quotations
        self._spans = Nearby()
        for number, q in enumerate(quotations):
            self._spans.add((Span(q.start, q.end),), number)

    def over(self, spans: Sequence[Span]) -> list[Quotation]:
        """Those that share a code point with a span."""
        numbers = {number for span in spans for _, number in self._spans.over(span)}
        return [self.quotations[number] for number in sorted(numbers)]


def _statement(
    rows: "_Rows", nearby: _NearbyQuotations, draft: Draft, own_id: str, parent: str | None
) -> Statement:
    reading, text = rows.reading, rows.reading.document.text
    addressee, medium = (None, None) if draft.turn else rows.listeners(draft)
    act, polarity, manner = _ways(text, draft, nearby)
    return Statement(
        id=own_id,
        document=reading.document.id,
        source=draft.source,
        cue=draft.cue,
        content=draft.content,
        speaker=None,
        act=act,
        polarity=polarity,
        manner=manner,
        addressee=addressee,
        medium=medium,
        parent=parent,
        depth=draft.depth,
        time=None,
        probability=round(draft.probability, 4),
        run=reading.run.id,
    )


def _ways(text: str, draft: Draft, nearby: _NearbyQuotations) -> tuple[Act, Polarity, Manner]:
    """What a speaker does by a statement, and how."""
    if draft.turn is not None:
        return Act.ASK if draft.turn.is_question else Act.ASSERT, Polarity.AFFIRM, Manner.DIRECT
    cue = read_cue(joined_text(draft.cue, text), joined_text(draft.content, text))
    manner = manner_of(text, draft.content, draft.cue, nearby.over(draft.content))
    return cue.act, cue.polarity, manner


class _Rows:
    """Mentions and entities of one reading, as statements come to name them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mentions: dict[str, Mention] = {}
        self.entities: dict[str, Entity] = {}

    def listeners(self, draft: Draft) -> tuple[str | None, str | None]:
        """Entities of addressee and medium."""
        text = self.reading.document.text
        start, end = draft.cue[0].start, draft.cue[-1].end
        after = [s.start for s in (*draft.content, *draft.source) if s.start >= end]
        content = draft.content[0].start
        end = min([*after, end + _BETWEEN_CHARS, len(text)])
        found = find_listeners(text[start:end])
        addressee, medium = (
            None if at is None else Span(start + at[0], start + at[1])
            for at in (found.addressee, found.medium)
        )
        if addressee is None and content >= draft.cue[-1].end:
            at = find_object(
                text[start : draft.cue[-1].end], text[content : content + _BETWEEN_CHARS]
            )
            addressee = None if at is None else Span(content + at[0], content + at[1])
        return (
            None if addressee is None else self._entity(addressee, Kind.PERSON),
            None if medium is None else self._entity(medium, Kind.ORGANIZATION),
        )

    def _entity(self, span: Span, kind: Kind) -> str:
        document, run = self.reading.document, self.reading.run.id
        mention_id = content_id("mention", document.id, span, kind)
        entity_id = content_id("entity", document.id, (mention_id,))
        self.mentions[mention_id] = Mention(
            id=mention_id,
            document=document.id,
            span=span,
            kind=kind,
            form=MentionForm.DESCRIPTION,
            entity=entity_id,
            run=run,
        )
        self.entities[entity_id] = Entity(
            id=entity_id,
            document=document.id,
            name=span.text_in(document.text),
            kind=kind,
            actor=None,
            country=None,
            place=None,
            mentions=(mention_id,),
            run=run,
        )
        return entity_id
