"""The words of a document and the clauses of it that somebody stands behind.

A clause is what one sentence has of the content of one statement, without statements inside
it; or a sentence that is nobody's words but the outlet's.
"""

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.claims.word_lists import stem
from onrecord.records import Act, Reading, Span, Spans, Statement
from onrecord.segment.sentences import Sentence, split_sentences

_WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:['’](?!s\b)[^\W_]+)*(?:['’]s\b)?")
_SPLIT = re.compile(r"(?:,?\s+(?:and|but)\s+that\s+)|(?:,\s+(?:but|while|whereas)\s+)|;\s+")
# ", and eleven of them are not": a clause of its own, unlike ", and wounding 12".
_SPLIT = re.compile(
    _SPLIT.pattern
    + r"|,\s+and\s+(?=(?:[\w’']+\s){1,5}?(?:is|are|was|were|has|have|had|did|does|do|will|would)\b)"
)
# "holds it and has never given it up": what is denied is a clause of its own.
_SPLIT = re.compile(
    _SPLIT.pattern
    + r"|,?\s+and\s+(?=(?:has|have|had|is|was|were|are|did|does|do)\s+(?:never|not)\b)"
)
_EDGE = ' \t\n\r\u00a0"“”„«»,;:–—-.…'
_THAT = re.compile(r"[\s\"“”]*(?:that|how)\s+", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:said|says|insisted|insists|claimed|claims|declared|announced|disclosed|bragged|boasted|"
    r"testified|argued|complained|maintained|recalled|reported|alleged|asserted|stated|added|"
    r"explained|warned|wrote|writes|assured|charged|contended|contends|guaranteed|swears|thinks|"
    r"reckons|reckon|allege|proclaimed|rejoiced|established|calculated|estimates|estimated|"
    r"alleges|charges|testifies|maintains|complains|announces|declares|states|argues|recounts|"
    r"is certain|is convinced|is sure|conceded|admitted|revealed|swore|vowed|told)\b"
)
_COMMA = re.compile(r",(?=[\"”’']{0,2}\s)")
_WHO = re.compile(
    r"(?:(?:[a-z’'-]+\s){0,4}[A-ZÀ-Þ]|[a-z]+s\b|(?:the|a|an|its|his|her|their|he|she|they|it|two|three)\b)"
)
_APPOSED = re.compile(r"(?:the|a|an|its|his|her|their)\b")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|did|does|and)\b")
_HAVE = re.compile(r"\s+(?:has|have|had)$")
_MOST_WHO = 90
_LEAST_WORDS = 2
_DEEDS = frozenset((Act.REQUEST, Act.OFFER, Act.PROMISE, Act.THREATEN, Act.WARN))
# A statement that is mostly another one says no more than that one.
_INNER_SHARE = 0.6


class Word(NamedTuple):
    """A word of the text, its form in lower case, its stem, and whether it has a capital."""

    start: int
    end: int
    form: str
    lower: str
    stem: str
    is_capital: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that one speaker, or the outlet, stands behind.

    Attributes:
        spans: Where they stand, all in one sentence.
        sentence: Which one.
        statement: In whose content they stand; None for the outlet.
        chain: The statements around that one, from the inside out.
        source: Who says it, where no statement has it: "…, a captain insisted".
    """

    spans: Spans
    sentence: int
    statement: Statement | None
    chain: tuple[Statement, ...]
    source: Spans = ()


class Text:
    """A document cut into sentences and words."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.sentences: Sequence[Sentence] = split_sentences(self.text)
        self._sentence_starts = [s.start for s in self.sentences]
        self.words = [
            Word(m.start(), m.end(), form := m[0], form.lower(), stem(form), form[:1].isupper())
            for m in _WORD.finditer(self.text)
        ]
        self._starts = [w.start for w in self.words]

    def words_in(self, spans: Iterable[Span]) -> list[Word]:
        """Words that begin in some spans, in their order."""
        found: list[Word] = []
        for span in spans:
            first = bisect.bisect_left(self._starts, span.start)
            last = bisect.bisect_left(self._starts, span.end)
            found += self.words[first:last]
        return found

    def sentence_at(self, at: int) -> int:
        """The sentence in which a code point stands."""
        return max(0, bisect.bisect_right(self._sentence_starts, at) - 1)

    def cut(self, start: int, end: int) -> Iterator[tuple[int, Span]]:
        """A stretch in pieces that each lie in one sentence."""
        at = self.sentence_at(start)
        while at < len(self.sentences) and self.sentences[at].start < end:
            one = self.sentences[at]
            first, last = max(start, one.start), min(end, one.end)
            if first < last:
                yield at, Span(first, last)
            at += 1

    def trimmed(self, span: Span) -> Span | None:
        """A span without marks and "that" at its edges."""
        start, end = span.start, span.end
        that = _THAT.match(self.text, start, end)
        start = that.end() if that else start
        while start < end and self.text[start] in _EDGE:
            start += 1
        while end > start and self.text[end - 1] in _EDGE:
            end -= 1
        return Span(start, end) if start < end else None


def without(span: Span, taken: Sequence[Span]) -> list[Span]:
    """What is left of a span when others, in text order, are taken out of it."""
    left, at = [], span.start
    for other in taken:
        if other.end <= at or other.start >= span.end:
            continue
        if other.start > at:
            left.append(Span(at, other.start))
        at = max(at, other.end)
    if at < span.end:
        left.append(Span(at, span.end))
    return left


def clauses_of(text: Text) -> list[Clause]:
    """The clauses of a document, in text order."""
    statements = [s for s in text.reading.statements or () if s.content]
    by_id = {s.id: s for s in statements}
    children: dict[str, list[Statement]] = {}
    for one in statements:
        if one.parent is not None:
            children.setdefault(one.parent, []).append(one)
    found: list[Clause] = []
    for one in statements:
        chain = _chain(one, by_id)
        inner = [] if one.act is Act.DENY else sorted(_said_spans(text, children.get(one.id, ())))
        content, source = _with_source(text, one)
        for number, spans in _pieces(text, content, inner).items():
            found += [Clause(s, number, one, chain, source) for s in _split(text, spans)]
    taken = _Sorted(_said_spans(text, statements))
    sources = _Sorted(_source_spans(statements))
    for number, sentence in enumerate(text.sentences):
        whole = Span(sentence.start, sentence.end)
        left = without(whole, taken.near(whole))
        beside = [t for s in left for t in without(s, sources.near(whole))]
        if not left or not any(_tells(text, s) for s in beside):
            continue
        own = tuple(t for s in left if (t := text.trimmed(s)))
        said, source = trailing_source(text, own)
        found += [Clause(s, number, None, (), source) for s in _split(text, said)]
    return sorted(found, key=lambda c: (c.spans[0], c.spans[-1].end))


def trailing_source(text: Text, spans: Spans) -> tuple[Spans, Spans]:
    """A sentence that ends with who says it, cut there: "The road is open, a captain insisted".

    Returns:
        What is said, and who says it; all of the sentence, and nothing, if it does not end so.
    """
    if len(spans) != 1:
        return spans, ()
    start, end = spans[0].start, spans[0].end
    for found in _SAYS.finditer(text.text, start, end):
        commas = [m.start() for m in _COMMA.finditer(text.text, start, found.start())]
        if commas and not text.text[commas[-1] + 1 : found.start()].strip():
            commas = commas[:-1]
        while commas:
            who = text.text[commas[-1] + 1 : found.start()].strip(" ,\"”’'")
            who = _HAVE.sub("", who)
            if _WHO.match(who) and not _FINITE.search(who) and len(who) < _MOST_WHO:
                at = commas[-1]
                said = text.trimmed(Span(start, at))
                first = at + 1 + len(text.text[at + 1 :]) - len(text.text[at + 1 :].lstrip())
                before = text.text[commas[-2] + 1 : at].strip() if len(commas) > 1 else ""
                if _APPOSED.match(before) and not _FINITE.search(before):
                    said = text.trimmed(Span(start, commas[-2]))
                    first = commas[-2] + 2
                source = text.trimmed(Span(first, found.start()))
                if said is None or source is None or len(text.words_in((said,))) <= _LEAST_WORDS:
                    break
                return (said,), (source,)
            break
    return spans, ()


def _with_source(text: Text, one: Statement) -> tuple[Spans, Spans]:
    """Content and source of a statement; a source that was taken for content is found again."""
    if one.source or not one.cue or one.cue[0].start < one.content[-1].end:
        return one.content, ()
    whole = Span(one.content[-1].start, one.cue[-1].end)
    said, source = trailing_source(text, (whole,))
    return ((*one.content[:-1], *said), source) if source else (one.content, ())


class _Sorted:
    """Spans in text order, of which those near another are found without looking at all."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [s.start for s in self._spans]
        self._ends = list(itertools.accumulate((s.end for s in self._spans), max))

    def near(self, whole: Span) -> list[Span]:
        """Those that overlap it, in text order."""
        first = bisect.bisect_right(self._ends, whole.start)
        last = bisect.bisect_left(self._starts, whole.end)
        return [s for s in self._spans[first:last] if s.overlaps(whole)]


def _chain(one: Statement, by_id: dict[str, Statement]) -> tuple[Statement, ...]:
    chain: list[Statement] = []
    parent = by_id.get(one.parent or "")
    while parent is not None and parent not in chain and parent is not one:
        chain.append(parent)
        parent = by_id.get(parent.parent or "")
    return tuple(chain)


def _tells(text: Text, span: Span) -> bool:
    return len(text.words_in((span,))) > _LEAST_WORDS


def _said_spans(text: Text, statements: Iterable[Statement]) -> list[Span]:
    """Cues and contents; to ask, to offer and to promise are deeds too, and stay where they are.

    What is promised or warned of by "that" is said, and no part of the deed.
    """
    told = [s for s in statements if not _is_deed(text, s)]
    return [span for s in told for role in (s.cue, s.content) for span in role]


def _is_deed(text: Text, one: Statement) -> bool:
    if one.act is Act.ACCUSE:
        return not one.source
    starts_with_that = _THAT.match(text.text, one.content[0].start) is not None
    before = text.text[max(0, one.content[0].start - 6) : one.content[0].start].strip()
    return one.act in _DEEDS and not starts_with_that and before != "that"


def _source_spans(statements: Iterable[Statement]) -> list[Span]:
    return [span for s in statements for span in s.source]


def _pieces(text: Text, content: Spans, inner: Sequence[Span]) -> dict[int, Spans]:
    """The content by sentence, without what stands in statements inside it."""
    pieces: dict[int, Spans] = {}
    for span in content:
        for number, part in text.cut(span.start, span.end):
            left = without(part, inner)
            if sum(map(len, left)) < (1 - _INNER_SHARE) * len(part):
                continue
            own = tuple(t for s in left if (t := text.trimmed(s)))
            if own:
                pieces[number] = (*pieces.get(number, ()), *own)
    return pieces


def _split(text: Text, spans: Spans) -> Iterator[Spans]:
    """Clauses that are joined by "and that", "but" or a semicolon, one by one."""
    current: list[Span] = []
    for span in spans:
        at = span.start
        for mark in _SPLIT.finditer(text.text, span.start, span.end):
            if mark.start() > at and (part := text.trimmed(Span(at, mark.start()))):
                yield (*current, part)
                current = []
            at = mark.end()
        if at < span.end and (part := text.trimmed(Span(at, span.end))):
            current.append(part)
    if current:
        yield tuple(current)
