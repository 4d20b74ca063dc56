"""Statements in the making: spans of the text, before they have ids.

Here candidates become spans and hang together as chains. Not here: paragraphs of a
quotation that have no cue of their own (`paragraphs.py`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.records import Span, Spans, as_spans, covers, joined_text
from onrecord.segment.quotations import Quotation
from onrecord.statements.candidates import Candidate, Run
from onrecord.statements.citing import cited, without_cited
from onrecord.statements.cues import read_cue
from onrecord.statements.deeds import reports_nothing
from onrecord.statements.extensions import (
    as_charged,
    as_expected,
    as_named,
    as_quoted,
    as_told,
    extend_cue,
    is_nobody,
)
from onrecord.statements.quoted import FARTHEST, goes_on_with, is_introduced, whole_quotations
from onrecord.statements.reports import PROBABILITY, Report, Sentences, reports_in
from onrecord.statements.spoken_paragraphs import spoken_paragraphs
from onrecord.statements.turns import PROBABILITY as TURN_PROBABILITY
from onrecord.statements.turns import Turn, find_turns, inside_turns
from onrecord.syntax.trees import FoundTrees

_BLOCK_CHARS = 1024
_THAT = re.compile(r"that\s+(?=\w)", re.IGNORECASE)
_THAT_BEFORE = re.compile(r"\bthat\s+$", re.IGNORECASE)
_WORD = re.compile(r"\w")
_OPENING_MARKS = "\"“„«‘'"
_NEXT_MARK = re.compile(rf"\s*[\r\n]\s*[{_OPENING_MARKS}]+\s*$")


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A statement in spans.

    Attributes:
        source: Who speaks; empty if nobody is named.
        cue: The words that report it.
        content: What is said.
        probability: That this is a statement.
        parent: Place of the statement around it in the list, or None.
        depth: Statements around it.
        turn: The turn of a transcript that it is, if it is one.
    """

    source: Spans
    cue: Spans
    content: Spans
    probability: float
    parent: int | None
    depth: int
    turn: Turn | None = None


class Nearby:
    """Spans by the part of the text where they stand, so that nobody looks at all of them."""

    def __init__(self) -> None:
        self._blocks: defaultdict[int, list[tuple[Span, int]]] = defaultdict(list)

    def add(self, spans: Iterable[Span], owner: int) -> None:
        """These spans belong to a number."""
        for span in spans:
            for block in range(span.start // _BLOCK_CHARS, (span.end - 1) // _BLOCK_CHARS + 1):
                self._blocks[block].append((span, owner))

    def over(self, span: Span) -> Iterator[tuple[Span, int]]:
        """Spans that share a code point with this one, with their numbers; some come twice."""
        start, end = span.start, span.end
        for block in range(start // _BLOCK_CHARS, (end - 1) // _BLOCK_CHARS + 1):
            for item in self._blocks.get(block, ()):
                if item[0].start < end and start < item[0].end:
                    yield item


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A statement in spans, before its parent is known, with the candidate that it was."""

    spans: tuple[Spans, Spans, Spans]
    probability: float
    candidate: Candidate | None = None
    turn: Turn | None = None


def make_drafts(
    candidates: Sequence[Candidate],
    text: str,
    quotations: Sequence[Quotation] = (),
    trees: Sequence[FoundTrees] = (),
) -> list[Draft]:
    """Drafts with outer ones before those inside them; parents are resolved.

    A cue found twice, once in the article and once in a content read by itself, counts
    once. A candidate whose cue and content lie in the content of another is inside it,
    however it was found.

    Args:
        candidates: Of all windows of a text.
        text: The text.
        quotations: Its quotations, which a content of theirs takes as a whole.
        trees: Its sentences, in which grammar shows more statements.
    """
    kept = list(_kept(candidates, text))
    spans = within_quotations([one.spans for one in kept], quotations, text)
    spans = completed(spans, quotations, text)
    kept = [replace(one, spans=own) for one, own in zip(kept, spans, strict=True)]
    kept = _with_paragraphs(kept, text, trees)
    kept.extend(_reported(kept, text, trees))
    kept = _with_quotations(kept, text, quotations, trees)
    kept = _with_turns(kept, text)
    order = sorted(kept, key=lambda one: (-extent(one.spans[2]), one.spans[1], one.spans[2]))
    place_of = {id(one.candidate): n for n, one in enumerate(order) if one.candidate is not None}
    drafts: list[Draft] = []
    contents = Nearby()
    for place, one in enumerate(order):
        source, cue, content = one.spans
        parent = _parent(cue, content, drafts, contents)
        found_in = None if one.candidate is None else one.candidate.parent
        if parent is None and found_in is not None:
            known = place_of.get(id(found_in))
            parent = known if known is not None and known < place else None
        depth = 0 if parent is None else drafts[parent].depth + 1
        drafts.append(Draft(source, cue, content, one.probability, parent, depth, one.turn))
        contents.add(content, place)
    return _with_cited(drafts, text)


def _with_cited(drafts: list[Draft], text: str) -> list[Draft]:
    """Statements with those of whom they cite, in place of what "citing" alone was taken for."""
    found = cited(text, [(own.source, own.cue, own.content) for own in drafts])
    out = list(drafts)
    known = {own.cue: place for place, own in enumerate(drafts)}
    for (source, cue, content), parent in found:
        outer = drafts[parent]
        own = Draft(source, cue, content, PROBABILITY, parent, outer.depth + 1)
        if cue in known:
            out[known[cue]] = own
        elif not any(part.overlaps(cue[0]) for other in drafts for part in other.cue):
            out.append(own)
    return out


def _kept(candidates: Sequence[Candidate], text: str) -> Iterator[_Found]:
    """Candidates that tell of words and not of deeds, each cue once."""
    taken = Nearby()
    for number, candidate in enumerate(candidates):
        cue = _spans(candidate, (candidate.cue,))
        if any(True for part in cue for _ in taken.over(part)):
            continue
        if candidate.parent is not None and read_cue(joined_text(cue, text)).word is None:
            # No corpus marks what stands inside a content; there the table decides.
            continue
        source = _without_that(_spans(candidate, candidate.sources), text)
        content = _without_next_mark(_spans(candidate, candidate.contents), text)
        content = _with_that(content, cue, text)
        if reports_nothing(
            joined_text(cue, text),
            joined_text(content, text),
            has_source=bool(source),
            is_behind=content[0] < cue[0],
            is_object=bool(source) and cue[0] < source[0],
        ):
            continue
        source, cue = as_quoted(text, source, cue)
        cue, content = without_cited(text, cue, content)
        source, content = as_charged(text, source, cue, content)
        source, content = as_expected(text, source, cue, content)
        source = as_named(text, source, cue, content)
        if is_nobody(text, source):
            continue
        if candidate.parent is None:
            source = as_told(text, source, cue)
        taken.add(cue, number)
        cue = extend_cue(text, cue, (*source, *content))
        yield _Found((source, cue, content), candidate.probability, candidate)


def _reported(kept: Sequence[_Found], text: str, trees: Sequence[FoundTrees]) -> Iterator[_Found]:
    """What grammar shows where nothing was found; what was found may stand inside of it.

    It may stand in turn inside a content, with all of its words. Hearsay does not: where it
    stands inside of what somebody says, it is the speaker's.
    """
    speaking, said = Nearby(), Nearby()
    for number, one in enumerate(kept):
        source, cue, content = one.spans
        speaking.add((*source, *cue), number)
        said.add(content, number)

    def is_free(span: Span) -> bool:
        return not any(True for _ in speaking.over(span))

    for number, own in enumerate(reports_in(text, trees, is_free), len(kept)):
        whole = (*own.source, *own.cue)
        if is_nobody(text, own.source) or not all(map(is_free, whole)):
            continue
        around = {n: span for part in own.cue for span, n in said.over(part)}
        if around and (own.is_hearsay or not _is_in_one(own, around.values())):
            continue
        beside = [
            span
            for part in own.content
            for nearby in (speaking, said)
            for span, n in nearby.over(part)
            if n not in around
        ]
        if all(any(part.contains(span) for part in own.content) for span in beside):
            speaking.add(whole, number)
            said.add(own.content, number)
            yield _Found((own.source, own.cue, own.content), PROBABILITY)


def _is_in_one(own: Report, spans: Iterable[Span]) -> bool:
    """Whether all words of a report stand in one of some contents."""
    parts = (*own.source, *own.cue, *own.content)
    return any(all(span.contains(part) for part in parts) for span in spans)


def _with_paragraphs(
    kept: Sequence[_Found], text: str, trees: Sequence[FoundTrees]
) -> list[_Found]:
    """Statements with the paragraphs that are said behind a line that ends with a colon."""
    out = list(kept)
    cues, said = Nearby(), Nearby()
    for number, one in enumerate(out):
        cues.add(one.spans[1], number)
        said.add(one.spans[2], number)
    for new in spoken_paragraphs(text, trees):
        owner = next((number for _, number in cues.over(new.cue[0])), None)
        if owner is not None:
            source, cue, content = out[owner].spans
            for line in new.content:
                content = _with(content, line)
            out[owner] = replace(out[owner], spans=(source, cue, content))
        elif not any(True for _ in said.over(new.cue[0])):
            out.append(_Found((new.source, new.cue, new.content), PROBABILITY))
    return out


def _with_quotations(
    kept: Sequence[_Found],
    text: str,
    quotations: Sequence[Quotation],
    trees: Sequence[FoundTrees],
) -> list[_Found]:
    """Statements with the whole quotations that nobody spoke of so far, and new ones of these."""
    out = list(kept)
    beside, speaking = Nearby(), Nearby()
    for number, one in enumerate(out):
        source, cue, content = one.spans
        beside.add((*source, *cue, *content), number)
        speaking.add((*source, *content), number)
    sentences = Sentences(text, trees)
    for quotation in whole_quotations(text, quotations):
        if any(True for _ in speaking.over(quotation)):
            continue
        before = Span(max(0, quotation.start - FARTHEST), max(1, quotation.start))
        near = {number for _, number in beside.over(before)}
        own = goes_on_with([(n, out[n].spans) for n in near], text, quotation)
        if own is not None:
            source, cue, content = out[own].spans
            out[own] = replace(out[own], spans=(source, cue, _with(content, quotation)))
        elif is_introduced(text, quotation):
            new = sentences.introducing(quotation)
            if new is not None:
                out.append(_Found((new.source, new.cue, new.content), PROBABILITY))
    return out


def _with_turns(kept: Sequence[_Found], text: str) -> list[_Found]:
    """Statements with the turns of a transcript, in which others stand as a whole or not at all."""
    turns = find_turns(text)
    if not turns:
        return list(kept)
    spans = inside_turns([one.spans for one in kept], turns)
    out = [replace(one, spans=own) for one, own in zip(kept, spans, strict=True) if own is not None]
    for turn in turns:
        roles = ((turn.source,), (turn.cue,), turn.content)
        out.append(_Found(roles, TURN_PROBABILITY, turn=turn))
    return out


def within_quotations(
    spans: Sequence[tuple[Spans, Spans, Spans]], quotations: Sequence[Quotation], text: str
) -> list[tuple[Spans, Spans, Spans]]:
    """Contents that go on beyond the quotation that began before their cue end with it.

    In “We warn them that it will fall”, he said, what is warned of ends before what he said.

    Args:
        spans: Source, cue and content of each statement.
        quotations: Those of the text.
        text: The text.
    """
    by_place = _closed(quotations)
    out = []
    for source, cue, content in spans:
        around = next(
            (q for q, _ in by_place.over(cue[0]) if q.start < cue[0].start and q.end > cue[-1].end),
            None,
        )
        kept = content
        if around is not None:
            kept = tuple(_clipped(c, around, text) for c in content)
        out.append((source, cue, kept))
    return out


def _closed(quotations: Sequence[Quotation]) -> "Nearby":
    """The numbers of quotations in double marks that are closed, by place."""
    by_place = Nearby()
    for number, q in enumerate(quotations):
        if q.is_closed and not q.is_single:
            by_place.add((Span(q.start, q.end),), number)
    return by_place


def _clipped(part: Span, around: Span, text: str) -> Span:
    """A fragment up to the last word of a quotation in which it begins."""
    if not (around.start <= part.start < around.end < part.end):
        return part
    end = around.end
    while end > part.start + 1 and not text[end - 1].isalnum():
        end -= 1
    return Span(part.start, end)


def completed(
    spans: Sequence[tuple[Spans, Spans, Spans]], quotations: Sequence[Quotation], text: str
) -> list[tuple[Spans, Spans, Spans]]:
    """Contents that begin or end within a quotation have all of it, if they alone speak of it.

    Args:
        spans: Source, cue and content of each statement.
        quotations: Those of the text.
        text: The text.
    """
    by_place = _closed(quotations)
    speaking: defaultdict[int, set[int]] = defaultdict(set)
    partly: defaultdict[int, set[int]] = defaultdict(set)
    for n, (_, cue, content) in enumerate(spans):
        for part in content:
            for around, number in by_place.over(part):
                if any(around.overlaps(c) for c in cue):
                    continue
                speaking[number].add(n)
                if _WORD.search(text, part.end, around.end) or _WORD.search(
                    text, around.start, part.start
                ):
                    partly[number].add(n)
    out = list(spans)
    for number, owners in speaking.items():
        if len(owners) == 1 and partly[number] == owners:
            (n,) = owners
            source, cue, content = out[n]
            q = quotations[number]
            first = min(c.start for c in content if c.end > q.start)
            start = q.start if _WORD.search(text, q.start, max(first, q.start)) else first
            out[n] = source, cue, _with(content, Span(max(start, q.start), q.end))
    return out


def _with(content: Spans, more: Span) -> Spans:
    """The content with one more stretch, joined with what it touches."""
    touching = [c for c in content if c.start <= more.end and more.start <= c.end]
    kept = [c for c in content if c not in touching]
    whole = Span(
        min([more.start, *(c.start for c in touching)]), max([more.end, *(c.end for c in touching)])
    )
    return as_spans([*kept, whole])


def _without_that(source: Spans, text: str) -> Spans:
    """The source without the conjunction before it: "[that] the board denied it"."""
    if not source:
        return source
    match = _THAT.match(text, source[0].start, source[0].end)
    return source if match is None else (Span(match.end(), source[0].end), *source[1:])


def _with_that(content: Spans, cue: Spans, text: str) -> Spans:
    """The content with the conjunction right before it, as PolNeAR has nearly all (279 of 281)."""
    first = content[0]
    match = _THAT_BEFORE.search(text, max(0, first.start - 9), first.start)
    if match is None or any(c.start < first.start and match.start() < c.end for c in cue):
        return content
    return (Span(match.start(), first.end), *content[1:])


def _without_next_mark(content: Spans, text: str) -> Spans:
    """The content without a mark at its end that opens the next paragraph."""
    trimmed = []
    for span in content:
        last, match = text[span.end - 1], None
        if last in _OPENING_MARKS or last.isspace():
            match = _NEXT_MARK.search(text, max(span.start + 1, span.end - 12), span.end)
        trimmed.append(span if match is None else Span(span.start, match.start()))
    return tuple(trimmed)


def extent(spans: Spans) -> int:
    """Code points in all fragments."""
    return sum(len(span) for span in spans)


def _parent(cue: Spans, content: Spans, before: Sequence[Draft], contents: Nearby) -> int | None:
    """The smallest content before it that holds the cue and the content."""
    holding = [
        (extent(before[place].content), place)
        for _, place in contents.over(cue[0])
        if covers(before[place].content, cue)
        and covers(before[place].content, content)
        and not any(c.overlaps(o) for c in before[place].cue for o in content)
    ]
    return min(holding)[1] if holding else None


def _spans(candidate: Candidate, runs: Sequence[Run]) -> Spans:
    """Runs of words as spans; words apart in the text make spans apart."""
    starts, ends = candidate.window.starts_W, candidate.window.ends_W
    spans = [Span(int(starts[first]), int(ends[after - 1])) for first, after in runs]
    return tuple(spans) if len(spans) < 2 else as_spans(spans)
