"""The tables of a reading's view: its statements, and what else was found, folded."""

from collections.abc import Sequence

from onrecord.export.event_overviews import OUTLET, Holds, Terms, What, holds, terms, what
from onrecord.export.html_marks import is_denied
from onrecord.export.html_words import escaped, shortened
from onrecord.export.overviews import HowMuch, When, Where, Who, how_much, when, where, who
from onrecord.export.parties import PartyFinder
from onrecord.records import Reading, Statement

# Longer lists are cut here, which the view says: browsers slow down on them.
_MOST_ROWS = 500
_STATEMENTS = (
    "",
    "who",
    "cue",
    "what",
    "act",
    "polarity",
    "manner",
    "when",
    "depth",
    "probability",
)
_WHAT = (
    "event",
    "words",
    "actors",
    "recipients",
    "place",
    "date",
    "factuality",
    "figures",
    "asserted by",
    "probability",
)
_HOLDS = ("place", "change", "holder", "date", "factuality", "asserted by", "words")
_TERMS = ("instrument", "parties", "limits", "dates", "verification", "asserted by", "words")
_WHO = ("name", "kind", "actor", "country", "mentions", "statements")
_WHERE = (
    "name",
    "region",
    "country",
    "position",
    "precision",
    "probability",
    "places of that name",
    "mentions",
)
_WHEN = ("words", "value", "type", "mentions")
_HOW_MUCH = ("words", "amount", "mentions")
_FIGURES = frozenset(("", "depth", "probability", "places of that name", "mentions", "statements"))
_ACTUAL = "actual"
_FIGURE_CLASS = ' class="onrecord-n"'
_Cells = tuple[str | int | None, ...]


def statements_table(reading: Reading) -> str:
    """A row for each statement; nothing if there is none."""
    statements = reading.statements or ()
    if not statements:
        return ""
    parties = PartyFinder(reading)
    rows = [
        _statement_row(reading, number, statement, parties)
        for number, statement in enumerate(statements[:_MOST_ROWS], start=1)
    ]
    return _table(_STATEMENTS, rows, n_more=len(statements) - _MOST_ROWS, what="statements")


def _statement_row(reading: Reading, number: int, statement: Statement, finder: PartyFinder) -> str:
    kind = ' class="onrecord-denied"' if is_denied(statement) else ""
    indent = f' style="padding-left:{min(statement.depth, 12) + 0.5}em"'
    parties = finder.of(statement)
    roles = (parties.speaker, *map(reading.text_of, (statement.cue, statement.content)))
    who_says, *words = (_words(role) for role in roles)
    values = (statement.act, statement.polarity, statement.manner, parties.time or "")
    cells = [
        _figure(number),
        who_says.replace("<td", f"<td{indent}", 1),
        *words,
        *(f"<td>{escaped(shortened(value))}</td>" for value in values),
        _figure(statement.depth),
        _figure(f"{statement.probability:.2f}"),
    ]
    return f"<tr{kind}>{''.join(cells)}</tr>\n"


def folded_tables(reading: Reading) -> str:
    """All that is no statement, each list behind a line that opens it."""
    found: tuple[tuple[str, tuple[str, ...], list[_Cells]], ...] = (
        ("Events", _WHAT, [_what(one) for one in what(reading)]),
        ("Who holds what", _HOLDS, [_holds(one) for one in holds(reading)]),
        ("What is agreed", _TERMS, [_terms(one) for one in terms(reading)]),
        ("Who and what", _WHO, [_who(one) for one in who(reading)]),
        ("Where", _WHERE, [_where(one) for one in where(reading)]),
        ("When", _WHEN, [_when(one) for one in when(reading)]),
        ("How much", _HOW_MUCH, [_how_much(one) for one in how_much(reading)]),
    )
    return "".join(_folded(*one) for one in found)


def _what(one: What) -> _Cells:
    who_to_whom = (one.kind, one.words, one.actors, one.recipients)
    facts = (one.place, one.date, one.factuality or _ACTUAL, one.amounts)
    return (*who_to_whom, *facts, one.asserter or OUTLET, f"{one.probability:.2f}")


def _holds(one: Holds) -> _Cells:
    facts = (one.change, one.holder, one.date, one.factuality or _ACTUAL)
    return (one.place, *facts, one.asserter or OUTLET, one.words)


def _terms(one: Terms) -> _Cells:
    lists = ("; ".join(values) for values in (one.limits, one.dates, one.verification))
    return (one.instrument, one.parties, *lists, one.asserter or OUTLET, one.words)


def _who(one: Who) -> _Cells:
    return (one.name, one.kind, one.actor, one.country, one.n_mentions, one.n_statements)


def _where(one: Where) -> _Cells:
    position = one.position or one.missing
    facts = (position, one.precision, one.probability, one.candidates, one.n_mentions)
    return (one.name, one.admin1, one.country, *facts)


def _when(one: When) -> _Cells:
    return (one.words, one.value, one.kind, one.n_mentions)


def _how_much(one: HowMuch) -> _Cells:
    return (one.words, one.amount, one.n_mentions)


def _folded(heading: str, heads: Sequence[str], rows: Sequence[_Cells]) -> str:
    if not rows:
        return ""
    shown = [_row(heads, cells) for cells in rows[:_MOST_ROWS]]
    table = _table(heads, shown, n_more=len(rows) - _MOST_ROWS, what="rows")
    return f"<details><summary>{heading}: {len(rows):,}</summary>\n{table}</details>\n"


def _row(heads: Sequence[str], cells: _Cells) -> str:
    shown = (
        _figure("" if cell is None else cell) if head in _FIGURES else _words(str(cell or ""))
        for head, cell in zip(heads, cells, strict=True)
    )
    return f"<tr>{''.join(shown)}</tr>\n"


def _table(heads: Sequence[str], rows: Sequence[str], *, n_more: int, what: str) -> str:
    head = "".join(
        f'<th scope="col"{_FIGURE_CLASS if name in _FIGURES else ""}>{name}</th>' for name in heads
    )
    note = f'<div class="onrecord-note">{n_more:,} more {what} follow.</div>\n'
    return (
        f'<div class="onrecord-rows"><table>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{''.join(rows)}</tbody>\n</table></div>\n{note if n_more > 0 else ''}"
    )


def _figure(value: str | int) -> str:
    return f"<td{_FIGURE_CLASS}>{value}</td>"


def _words(words: str) -> str:
    """Words in whatever direction they run."""
    return f'<td dir="auto">{escaped(shortened(words))}</td>'
