"""What, who, where, when and how much, for a terminal: a short list each, under the statements.

Where the window is wide enough the facts of a list stand in columns, else one after the other;
those of events and commitments, which are many and long, always do.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.cli.view_events import holds_row, more_line, terms_row, what_row
from onrecord.cli.view_words import shortened
from onrecord.export.event_overviews import EventFinder, holds, terms
from onrecord.export.overviews import (
    HowMuch,
    When,
    Where,
    Who,
    counted,
    how_much,
    when,
    where,
    who,
)
from onrecord.records import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_MOST_ROWS = 20
_LONGEST_CELL = 60
# Wider windows show columns even where some words must then be broken into lines.
_COLUMNS_FROM = 78
_GAP, _BETWEEN = "  ", " · "
# What a line is about, and facts on it; an empty fact keeps its column.
Row = tuple[str, ...]
_Layout = Callable[[Sequence[Row], int], Iterator["RenderableType"]]


def sections(reading: Reading, *, width: int) -> Iterator[list["RenderableType"]]:
    """The lists that are not empty, each under its heading.

    Args:
        reading: What was found.
        width: Columns that a line may take.
    """
    finder = EventFinder(reading)
    found: tuple[tuple[str, list[Row], _Layout], ...] = (
        (
            "What, in the outlet's own words",
            [what_row(finder.of(event)) for event in finder.under(None)],
            _lines,
        ),
        ("Who holds what", [holds_row(one) for one in holds(reading)], _lines_or_columns),
        ("What is agreed", [terms_row(one) for one in terms(reading)], _lines),
        ("Who", [_who(one) for one in who(reading) if one.is_party], _lines_or_columns),
        ("Where", [_where(one) for one in where(reading)], _lines_or_columns),
        ("When", [_when(one) for one in when(reading)], _lines_or_columns),
        ("How much", [_how_much(one) for one in how_much(reading)], _lines_or_columns),
    )
    for heading, rows, layout in found:
        if rows:
            yield list(_section(heading, rows, layout, width))


def _who(one: Who) -> Row:
    said = counted(one.n_statements, "statement") if one.n_statements else ""
    return (one.name, one.kind, one.actor or "", counted(one.n_mentions, "mention"), said)


def _where(one: Where) -> Row:
    region = ", ".join(part for part in (one.admin1, one.country) if part)
    facts = (one.missing or one.position, one.precision, one.probability)
    return (one.name, region, *(fact or "" for fact in facts), counted(one.n_mentions, "mention"))


def _when(one: When) -> Row:
    return (one.words, one.value or "no value", one.kind, _times(one.n_mentions))


def _how_much(one: HowMuch) -> Row:
    return (one.words, one.amount, _times(one.n_mentions))


def _times(n: int) -> str:
    return f"×{n:,}" if n > 1 else ""


def _section(
    heading: str, rows: Sequence[Row], layout: _Layout, width: int
) -> Iterator["RenderableType"]:
    from rich.text import Text

    yield Text(heading, style="bold")
    yield from layout(
        [(_cell(head) or "(no words)", *facts) for head, *facts in rows[:_MOST_ROWS]], width
    )
    if len(rows) > _MOST_ROWS:
        yield more_line(len(rows) - _MOST_ROWS, "")


def _lines(rows: Sequence[Row], width: int) -> Iterator["RenderableType"]:
    """Rows of any length, their facts one after the other."""
    return (_in_lines(row, width) for row in rows)


def _lines_or_columns(rows: Sequence[Row], width: int) -> Iterator["RenderableType"]:
    """Rows of one length, in columns if they fit."""
    rows = [tuple(map(_cell, row)) for row in rows]
    if width >= _COLUMNS_FROM or _width_in_columns(rows) <= width:
        yield _in_columns(rows)
    else:
        yield from _lines(rows, width)


def _cell(words: str) -> str:
    return shortened(words, _LONGEST_CELL) if words else ""


def _width_in_columns(rows: Sequence[Row]) -> int:
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _in_columns(rows: Sequence[Row]) -> "Table":
    from rich.table import Table

    table = Table.grid(padding=(0, len(_GAP)))
    used = [n for n in range(len(rows[0])) if any(row[n] for row in rows)]
    for number in used:
        table.add_column(style="dim" if number else None, overflow="fold")
    for row in rows:
        table.add_row(*(row[number] for number in used))
    return table


def _in_lines(row: Row, width: int) -> "RenderableType":
    """The facts behind what they are about, or below it where they are too many."""
    from rich.cells import cell_len
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    facts = _packed([fact for fact in row[1:] if fact], width - len(_GAP))
    if not facts:
        return Text(row[0])
    if len(facts) == 1 and cell_len(row[0] + _GAP + facts[0]) <= width:
        return Text.assemble(row[0], _GAP, (facts[0], "dim"))
    below = Text("\n".join(facts), style="dim")
    return Group(Text(row[0]), Padding(below, (0, 0, 0, len(_GAP))))


def _packed(facts: Sequence[str], width: int) -> list[str]:
    """Facts in lines, as many as fit on each, none of them broken."""
    from rich.cells import cell_len

    lines: list[str] = []
    for fact in facts:
        if lines and cell_len(lines[-1] + _BETWEEN + fact) <= width:
            lines[-1] += _BETWEEN + fact
        else:
            lines.append(fact)
    return lines
