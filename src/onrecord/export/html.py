"""A reading as HTML for notebooks: the text with its marks, its statements, and what else it has.

No script, and nothing from outside; all that an article or a page says is escaped. Colours
are translucent, so that the page's own text and background show, light or dark; every mark
can also be told by its line alone. JSON and tables stand in the modules beside this one.
"""

import re
from importlib import resources

from onrecord.export.event_overviews import event_counts
from onrecord.export.html_marks import cut_at_marks, marked
from onrecord.export.html_tables import folded_tables, statements_table
from onrecord.export.html_words import escaped, shortened
from onrecord.export.overviews import counted
from onrecord.records import Reading

# Longer articles are cut here, which the view says: browsers slow down on them.
_MOST_CHARS = 60_000
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
        f"{_head(reading)}{_legend(reading)}{_article(reading)}"
        f"{statements_table(reading)}{folded_tables(reading)}</div>\n"
    )


def _head(reading: Reading) -> str:
    document = reading.document
    title = f'<div class="onrecord-title" dir="auto">{escaped(document.title or "")}</div>\n'
    given = (document.outlet, document.author, document.published)
    facts = [f"<bdi>{escaped(fact)}</bdi>" for fact in given if fact]
    if document.url:
        facts.append(_address(document.url))
    facts += [counted(len(reading.statements or ()), "statement"), *event_counts(reading)]
    line = f'<div class="onrecord-facts">{" · ".join(facts)}</div>\n'
    return (title if document.title else "") + line


def _address(url: str) -> str:
    """An address as a link if it leads to a page, and as words if not."""
    shown = f"<bdi>{escaped(shortened(url))}</bdi>"
    if not _ADDRESS.fullmatch(url):
        return shown
    return f'<a href="{escaped(url)}" rel="noopener noreferrer nofollow">{shown}</a>'


def _legend(reading: Reading) -> str:
    legend = list(_LEGEND)
    legend += [(role, meaning) for rows, role, meaning in _others(reading) if rows]
    samples = [f'<span class="onrecord-{role}">{meaning}</span>' for role, meaning in legend]
    return f'<div class="onrecord-legend">{" ".join(samples)}</div>\n'


def _others(reading: Reading) -> tuple[tuple[object, str, str], ...]:
    """What is marked only where there is some."""
    return (
        (reading.events, "event", "an event"),
        (reading.control_claims, "control", "who holds a place"),
        (reading.commitments, "commitment", "what is agreed"),
        (reading.places, "place", "where"),
        (reading.times, "time", "when"),
    )


def _article(reading: Reading) -> str:
    text = reading.document.text
    end = len(text)
    note = ""
    if end > _MOST_CHARS:
        end = text.rfind("\n", 0, _MOST_CHARS) + 1 or _MOST_CHARS
        note = f'<div class="onrecord-note">{len(text) - end:,} more characters follow.</div>\n'
    pieces = "".join(
        marked(text[span.start : span.end], on) for span, on in cut_at_marks(reading, end)
    )
    return f'<div class="onrecord-text" dir="auto">{pieces}</div>\n{note}'
