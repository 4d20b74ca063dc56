"""The marks on the text of an article: rows as intervals, and intervals as nested elements.

Statements of a chain lie inside of each other, and so do their elements; where two marks
cross, the inner one is cut. Every word is escaped on its way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from onrecord.records import Reading, Span
from onrecord.serve.offsets import units_of
from onrecord.serve.words import marked_up

# What opens first where several begin and end together: frames around triggers.
_RANKS = (
    *("content", "control", "commitment", "source", "cue"),
    *("event", "figure", "name", "place", "time", "found"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the text that a row rests on.

    Attributes:
        span: Where.
        part: What it is of the row: content, cue, source, event, control, commitment,
            figure, name, place, time.
        row: The address of the row, such as ``s-0123``.
        classes: More words for styles.
        is_first: Whether it is the first stretch of its row: the one that the address opens.
    """

    span: Span
    part: str
    row: str
    classes: tuple[str, ...] = ()
    is_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of the text as HTML.

    Attributes:
        units: UTF-16 units of the text before it; what a browser counts from.
        html: Its words with their marks.
    """

    units: int
    html: Markup


def paragraphs_of(text: str, marks: Sequence[Mark]) -> list[Paragraph]:
    """The lines of a text with the marks on them; lines without words are left out."""
    lines = list(_lines(text))
    units = units_of(text, [line.start for line in lines])
    waiting = sorted(marks, key=_order)
    given = _by_line(lines, waiting)
    opened: set[str] = set()
    return [
        Paragraph(units=before, html=_line_html(text, line, on, opened))
        for line, before, on in zip(lines, units, given, strict=True)
    ]


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _by_line(lines: Sequence[Span], marks: Sequence[Mark]) -> list[list[Mark]]:
    """For each line the marks that lie on it, in their order."""
    given: list[list[Mark]] = []
    waiting, number = list[Mark](), 0
    for line in lines:
        waiting = [mark for mark in waiting if mark.span.end > line.start]
        while number < len(marks) and marks[number].span.start < line.end:
            waiting.append(marks[number])
            number += 1
        given.append([mark for mark in waiting if mark.span.overlaps(line)])
    return given


def _order(mark: Mark) -> tuple[int, int, int]:
    return mark.span.start, -mark.span.end, _RANKS.index(mark.part)


def _line_html(text: str, line: Span, marks: Iterable[Mark], opened: set[str]) -> Markup:
    """A line cut wherever a mark begins or ends, with elements opened and closed in order."""
    pieces: list[Markup] = []
    stack: list[Mark] = []
    todo = sorted(marks, key=lambda mark: -max(mark.span.start, line.start))
    cuts = {line.start, line.end}
    for mark in todo:
        cuts |= {max(mark.span.start, line.start), min(mark.span.end, line.end)}
    bounds = sorted(cuts)
    for position, end in zip(bounds, [*bounds[1:], None], strict=True):
        again = _close(stack, pieces, position)
        while todo and max(todo[-1].span.start, line.start) <= position:
            again.append(todo.pop())
        for mark in sorted(again, key=lambda one: (-one.span.end, _RANKS.index(one.part))):
            if mark.span.end > position and end is not None:
                stack.append(mark)
                pieces.append(_open_tag(mark, opened))
        if end is not None:
            pieces.append(marked_up(text[position:end]))
    pieces.extend(Markup("</span>") for _ in stack)
    return Markup("").join(pieces)


def _close(stack: list[Mark], pieces: list[Markup], position: int) -> list[Mark]:
    """Close what ends here, and what stands inside of it; the latter is to open again."""
    ending = [number for number, mark in enumerate(stack) if mark.span.end <= position]
    if not ending:
        return []
    inner = stack[ending[0] :]
    del stack[ending[0] :]
    pieces.extend(Markup("</span>") for _ in inner)
    return [mark for mark in inner if mark.span.end > position]


def _open_tag(mark: Mark, opened: set[str]) -> Markup:
    classes = " ".join(("m", mark.part, *mark.classes))
    if mark.is_first and mark.row not in opened:
        opened.add(mark.row)
        return Markup('<span class="{}" data-row="{}" id="{}">').format(classes, mark.row, mark.row)
    return Markup('<span class="{}" data-row="{}">').format(classes, mark.row)


def marks_of(reading: Reading) -> list[Mark]:
    """The marks of all rows of a reading."""
    found = [*_statement_marks(reading), *_event_marks(reading), *_word_marks(reading)]
    seen: set[str] = set()
    firsts: list[Mark] = []
    for mark in found:
        is_first = mark.row not in seen
        seen.add(mark.row)
        firsts.append(_as_first(mark) if is_first else mark)
    return firsts


def name_marks(reading: Reading, entity: str) -> list[Mark]:
    """The marks of all words that name an entity."""
    spans = sorted(one.span for one in reading.mentions or () if one.entity == entity)
    return [
        Mark(span=span, part="name", row=f"n-{entity}", is_first=number == 0)
        for number, span in enumerate(spans)
    ]


def _as_first(mark: Mark) -> Mark:
    return Mark(span=mark.span, part=mark.part, row=mark.row, classes=mark.classes, is_first=True)


def _statement_marks(reading: Reading) -> Iterator[Mark]:
    heights = _heights(reading)
    for row in reading.statements or ():
        address = f"s-{row.id}"
        denied = ("denied",) if row.polarity.value == "deny" else ()
        frame = (f"depth-{min(row.depth, 3)}", f"holds-{min(heights[row.id], 3)}", *denied)
        for span in row.content:
            yield Mark(span=span, part="content", row=address, classes=frame)
        for span in row.cue:
            yield Mark(span=span, part="cue", row=address, classes=denied)
        for span in row.source:
            yield Mark(span=span, part="source", row=address)


def _heights(reading: Reading) -> dict[str, int]:
    """How many frames deep a statement holds others."""
    rows = {row.id: row for row in reading.statements or ()}
    heights = dict.fromkeys(rows, 0)
    for row in sorted(rows.values(), key=lambda one: -one.depth):
        if row.parent in heights:
            heights[row.parent] = max(heights[row.parent], heights[row.id] + 1)
    return heights


def _event_marks(reading: Reading) -> Iterator[Mark]:
    for event in reading.events or ():
        classes = (_whose(event.asserted_by), event.factuality.value)
        yield Mark(span=event.trigger, part="event", row=f"e-{event.id}", classes=classes)
    for claim in reading.control_claims or ():
        classes = (_whose(claim.asserted_by), claim.factuality.value)
        yield Mark(span=claim.span, part="control", row=f"k-{claim.id}", classes=classes)
    for terms in reading.commitments or ():
        whose = (_whose(terms.asserted_by),)
        yield Mark(span=terms.span, part="commitment", row=f"c-{terms.id}", classes=whose)


def _whose(asserted_by: str | None) -> str:
    return "by-outlet" if asserted_by is None else "by-source"


def _word_marks(reading: Reading) -> Iterator[Mark]:
    spans = {mention.id: mention.span for mention in reading.mentions or ()}
    for place in reading.places or ():
        if place.mention in spans:
            yield Mark(span=spans[place.mention], part="place", row=f"p-{place.id}")
    for time in reading.times or ():
        yield Mark(span=time.span, part="time", row=f"t-{time.id}")
    for quantity in reading.quantities or ():
        yield Mark(span=quantity.span, part="figure", row=f"q-{quantity.id}")
