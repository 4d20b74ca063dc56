"""A reading as HTML for notebooks: the text with its marks, and a table of its statements.

No script, and nothing from outside; all that an article or a page says is escaped. Colours
are translucent, so that the page's own text and background show, light or dark; every mark
can also be told by its line alone. JSON and tables stand in the modules beside this one.
"""

import bisect
import html
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from onrecord.records import Polarity, Reading, Span, Statement

# Longer articles and lists are cut here, which the view says: browsers slow down on them.
_MOST_CHARS = 60_000
_MOST_ROWS = 500
_SHOWN_WORDS = 200
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_LEGEND = (
    ("source", "who speaks"),
    ("cue", "what reports it"),
    ("cue onrecord-deny", "what turns it down"),
    ("content", "what is said"),
    ("content onrecord-inner", "said within what is said"),
)


def reading_to_html(reading: Reading) -> str:
    """The reading as one element that stands on its own, with its style."""
    style = resources.files("onrecord.export").joinpath("reading.css").read_text("utf-8")
    return (
        f'<div class="onrecord-reading">\n<style>\n{style}</style>\n'
        f"{_head(reading)}{_legend()}{_article(reading)}{_table(reading)}</div>\n"
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A fragment of a role of a statement."""

    span: Span
    role: str
    statement: Statement
    label: str


def _escaped(words: str) -> str:
    """Words as HTML, in an attribute too; what a page cannot show is U+FFFD."""
    return html.escape(_UNSHOWABLE.sub("\ufffd", words), quote=True)


def _head(reading: Reading) -> str:
    document = reading.document
    title = f'<div class="onrecord-title" dir="auto">{_escaped(document.title or "")}</div>\n'
    given = (document.outlet, document.author, document.published)
    facts = [f"<bdi>{_escaped(fact)}</bdi>" for fact in given if fact]
    if document.url:
        facts.append(_address(document.url))
    n = len(reading.statements or ())
    facts.append("1 statement" if n == 1 else f"{n} statements")
    line = f'<div class="onrecord-facts">{" · ".join(facts)}</div>\n'
    return (title if document.title else "") + line


def _address(url: str) -> str:
    """An address as a link if it leads to a page, and as words if not."""
    shown = f"<bdi>{_escaped(_shortened(url))}</bdi>"
    if not _ADDRESS.fullmatch(url):
        return shown
    return f'<a href="{_escaped(url)}" rel="noopener noreferrer nofollow">{shown}</a>'


def _legend() -> str:
    samples = [f'<span class="onrecord-{role}">{meaning}</span>' for role, meaning in _LEGEND]
    return f'<div class="onrecord-legend">{" ".join(samples)}</div>\n'


def _article(reading: Reading) -> str:
    text = reading.document.text
    end = len(text)
    note = ""
    if end > _MOST_CHARS:
        end = text.rfind("\n", 0, _MOST_CHARS) + 1 or _MOST_CHARS
        note = f'<div class="onrecord-note">{len(text) - end:,} more characters follow.</div>\n'
    pieces = "".join(_piece(text[span.start : span.end], on) for span, on in _cut(reading, end))
    return f'<div class="onrecord-text" dir="auto">{pieces}</div>\n{note}'


def _cut(reading: Reading, end: int) -> Iterator[tuple[Span, list[_Mark]]]:
    """The text up to a position, cut wherever a mark begins or ends, with the marks on each piece.

    Outer marks stand before the inner ones.
    """
    marks = sorted(
        (mark for mark in _marks(reading) if mark.span.start < end),
        key=lambda mark: (mark.span.start, mark.statement.depth),
    )
    bounds = {0, end} | {at for mark in marks for at in (mark.span.start, mark.span.end)}
    cuts = sorted(at for at in bounds if at <= end)
    on: list[_Mark] = []
    waiting = 0
    for start, stop in itertools.pairwise(cuts):
        on = [mark for mark in on if mark.span.end > start]
        while waiting < len(marks) and marks[waiting].span.start <= start:
            bisect.insort(on, marks[waiting], key=lambda mark: mark.statement.depth)
            waiting += 1
        yield Span(start, stop), on


def _marks(reading: Reading) -> Iterator[_Mark]:
    names = _names(reading)
    for number, statement in enumerate(reading.statements or (), start=1):
        act = f"{statement.act}, deny" if _is_denied(statement) else str(statement.act)
        who = _shortened(_speaker(reading, statement, names))
        for role in ("source", "cue", "content"):
            label = f"{role} of {number}: {act}, by {who}"
            for span in getattr(statement, role):
                yield _Mark(span, role, statement, label)


def _piece(words: str, on: Sequence[_Mark]) -> str:
    """Words with the classes and the title that all marks on them give."""
    if not on:
        return _escaped(words)
    classes = dict.fromkeys(f"onrecord-{mark.role}" for mark in on)
    if any(mark.role == "cue" and _is_denied(mark.statement) for mark in on):
        classes["onrecord-deny"] = None
    if any(mark.role == "content" and mark.statement.depth > 0 for mark in on):
        classes["onrecord-inner"] = None
    title = _escaped("\n".join(mark.label for mark in on))
    return f'<span class="{" ".join(classes)}" title="{title}">{_escaped(words)}</span>'


def _table(reading: Reading) -> str:
    statements = reading.statements or ()
    if not statements:
        return ""
    names = _names(reading)
    rows = "".join(
        _row(reading, number, statement, names)
        for number, statement in enumerate(statements[:_MOST_ROWS], start=1)
    )
    heads = ("", "who", "cue", "what", "act", "polarity", "manner", "depth", "probability")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    more = len(statements) - _MOST_ROWS
    note = f'<div class="onrecord-note">{more:,} more statements follow.</div>\n'
    return (
        f'<div class="onrecord-rows"><table>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table></div>\n{note if more > 0 else ''}"
    )


def _row(reading: Reading, number: int, statement: Statement, names: Mapping[str, str]) -> str:
    kind = ' class="onrecord-denied"' if _is_denied(statement) else ""
    indent = f' style="padding-left:{min(statement.depth, 12) + 0.5}em"'
    words = [
        _speaker(reading, statement, names),
        reading.text_of(statement.cue),
        reading.text_of(statement.content),
    ]
    cells = [f'<td dir="auto">{_escaped(_shortened(cell))}</td>' for cell in words]
    cells[0] = cells[0].replace("<td", f"<td{indent}", 1)
    cells += [f"<td>{value}</td>" for value in (statement.act, statement.polarity)]
    cells += [f"<td>{statement.manner}</td>", f'<td class="onrecord-n">{statement.depth}</td>']
    cells.append(f'<td class="onrecord-n">{statement.probability:.2f}</td>')
    return f'<tr{kind}><td class="onrecord-n">{number}</td>{"".join(cells)}</tr>\n'


def _names(reading: Reading) -> dict[str, str]:
    return {entity.id: entity.name for entity in reading.entities or ()}


def _speaker(reading: Reading, statement: Statement, names: Mapping[str, str]) -> str:
    """The words of the source, and the name of the entity where that differs."""
    words = reading.text_of(statement.source) or "(nobody named)"
    name = names.get(statement.speaker or "", words)
    return words if name == words else f"{words} = {name}"


def _is_denied(statement: Statement) -> bool:
    return statement.polarity is Polarity.DENY


def _shortened(words: str) -> str:
    line = " ".join(words[: 2 * _SHOWN_WORDS].split())
    is_whole = len(words) <= 2 * _SHOWN_WORDS and len(line) <= _SHOWN_WORDS
    return line if is_whole else line[: _SHOWN_WORDS - 1] + "…"
