"""Quoted paragraphs that have no cue of their own: they go on with a neighbour's words."""

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.records import Span, as_spans
from onrecord.segment.quotations import Quotation
from onrecord.statements.drafts import Draft


def join_quoted_paragraphs(
    drafts: Sequence[Draft], quotations: Sequence[Quotation], paragraphs: Sequence[Span]
) -> list[Draft]:
    """Give quoted paragraphs without a cue to the statement of the neighbour.

    A paragraph that is quoted as a whole, and of which no statement outside the
    quotation marks says anything, goes on with the last quoted words of the paragraph
    before; failing that it leads up to the first ones of the paragraph after. What is
    reported inside it is then inside that statement.
    """
    out = list(drafts)
    quoted = _whole_quotations(quotations, paragraphs)
    by_paragraph = _by_paragraph(out, paragraphs)
    opening = {q.start for q in quotations if not q.is_single}
    children = _children(out)
    joined: dict[int, int] = {}
    for number in quoted:
        own = by_paragraph.get(number, ())
        if any(not _is_inside(out[place], quoted[number]) for place in own):
            continue
        owner = joined.get(number - 1)
        if owner is None:
            owner = _last_owner(by_paragraph.get(number - 1, ()), out, paragraphs, number - 1)
        follows = number + 1 < len(paragraphs) and paragraphs[number + 1].start in opening
        if owner is None and follows:
            owner = _first_owner(by_paragraph.get(number + 1, ()), out, paragraphs[number + 1])
        if owner is None:
            continue
        joined[number] = owner
        for place in own:
            if place != owner:
                _put_inside(out, place, owner, children)
    added: dict[int, list[Span]] = {}
    for number, owner in joined.items():
        added.setdefault(owner, []).append(quoted[number])
    for owner, spans in added.items():
        out[owner] = replace(out[owner], content=as_spans([*out[owner].content, *spans]))
    return out


def _whole_quotations(
    quotations: Sequence[Quotation], paragraphs: Sequence[Span]
) -> dict[int, Span]:
    """Paragraphs that are one quotation, or one and a final mark, by number."""
    starting = {q.start: q for q in quotations if not q.is_single}
    found = {}
    for number, paragraph in enumerate(paragraphs):
        quotation = starting.get(paragraph.start)
        if quotation is not None and quotation.end >= paragraph.end - 1:
            found[number] = Span(quotation.start, min(quotation.end, paragraph.end))
    return found


def _by_paragraph(drafts: Sequence[Draft], paragraphs: Sequence[Span]) -> dict[int, list[int]]:
    """Places of the outermost drafts with a cue or content in each paragraph."""
    starts = [p.start for p in paragraphs]
    found: dict[int, list[int]] = {}
    for place, draft in enumerate(drafts):
        if draft.depth:
            continue
        numbers: set[int] = set()
        for span in (*draft.cue, *draft.content):
            first = max(0, bisect.bisect_right(starts, span.start) - 1)
            last = max(0, bisect.bisect_left(starts, span.end) - 1)
            numbers.update(n for n in range(first, last + 1) if span.overlaps(paragraphs[n]))
        for number in numbers:
            found.setdefault(number, []).append(place)
    return found


def _is_inside(draft: Draft, quoted: Span) -> bool:
    return all(quoted.contains(span) for span in (*draft.source, *draft.cue, *draft.content))


def _put_inside(
    drafts: list[Draft], place: int, owner: int, children: Mapping[int, Sequence[int]]
) -> None:
    """Make one draft, and all inside it, deeper by one."""
    drafts[place] = replace(drafts[place], parent=owner)
    level = [place]
    while level:
        at = level.pop()
        drafts[at] = replace(drafts[at], depth=drafts[at].depth + 1)
        level += children.get(at, ())


def _children(drafts: Sequence[Draft]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, draft in enumerate(drafts):
        if draft.parent is not None:
            found.setdefault(draft.parent, []).append(place)
    return found


def _last_owner(
    places: Sequence[int], drafts: Sequence[Draft], paragraphs: Sequence[Span], number: int
) -> int | None:
    """The outermost statement whose words come last in a paragraph."""
    ends = [
        (span.end, place)
        for place in places
        if drafts[place].depth == 0
        for span in drafts[place].content
        if paragraphs[number].contains(span)
    ]
    return max(ends)[1] if ends else None


def _first_owner(places: Sequence[int], drafts: Sequence[Draft], paragraph: Span) -> int | None:
    """The outermost statement whose quoted words open a paragraph."""
    for place in places:
        draft = drafts[place]
        if draft.depth == 0 and any(s.start == paragraph.start for s in draft.content):
            return place
    return None
