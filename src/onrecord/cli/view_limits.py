"""Limits and figures for a terminal: a block for each limit, below it its parties and dates.

The wording tells numbers and who gives them, never whether anybody keeps to an agreement.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO

from onrecord.cli.consoles import console_for
from onrecord.cli.view_words import one_line, shortened
from onrecord.export.overviews import number_in_words
from onrecord.limits.models import (
    Asserter,
    Bound,
    Compared,
    Evidence,
    Figure,
    Row,
    Scope,
    State,
)

_MOST_DATES = 10
_MOST_FIGURES = 6
_MOST_PLACES = 3
_LONGEST = 90
_BETWEEN = " · "
_NO_DATE = "no date"
# Bounds of which the limit itself is on the lower side.
_WITH_LOWER = {"at most", "more than", "between", None}


class LimitsWriter:
    """Writes rows as text."""

    def __init__(self, stream: IO[str], *, width: int | None = None) -> None:
        """Take a stream.

        Args:
            stream: Where to write.
            width: Columns of a line; the terminal's, or 100 where there is none, if None.
        """
        self._console = console_for(stream, width=width)

    def write(self, rows: Iterable[Row]) -> None:
        """Write rows, which come limit by limit and party by party."""
        for n, (limit, own) in enumerate(groupby(rows, key=lambda row: row.limit)):
            if n:
                self._console.print()
            self._write_limit(limit)
            for _, of_party in groupby(own, key=lambda row: row.party):
                self._write_party(list(of_party))

    def _write_limit(self, limit: Bound) -> None:
        self._line(limit_in_words(limit), style="bold")
        facts = [
            "all parties together" if limit.scope is Scope.TOTAL else "each party by itself",
            f"from {limit.start}" if limit.start else "",
            f"until {limit.until}" if limit.until else "",
            f"suspended {limit.suspended}" if limit.suspended else "",
        ]
        self._line(_joined(facts), indent=2, style="dim")
        for problem in limit.problems:
            self._line(one_line(problem), indent=2, style="dim italic")
        places = list(zip(limit.evidence, limit.asserters, strict=True))
        for evidence, asserter in places[:_MOST_PLACES]:
            self._line(f"stated: {_place(evidence, asserter)}", indent=2, style="dim")
        self._more(len(places) - _MOST_PLACES, "places", indent=2)

    def _write_party(self, rows: Sequence[Row]) -> None:
        first = rows[0]
        if first.party is not None:
            name = first.party.name
        else:
            name = "All together" if first.limit.scope is Scope.TOTAL else "(party not named)"
        self._console.print()
        if first.date is None and not first.figures:
            self._line(f"{one_line(name)}: {state_in_words(first)}", indent=2)
            return
        self._line(one_line(name), indent=2)
        for row in rows[:_MOST_DATES]:
            self._line(f"{row.date or _NO_DATE:10}  {state_in_words(row)}", indent=4, hang=12)
            for one in row.figures[:_MOST_FIGURES]:
                self._line(figure_in_words(row, one), indent=6, hang=2, style="dim")
            self._more(len(row.figures) - _MOST_FIGURES, "figures", indent=6)
        self._more(len(rows) - _MOST_DATES, "dates", indent=4)

    def _more(self, n: int, what: str, *, indent: int) -> None:
        if n > 0:
            words = f"… and {n:,} more {what if n > 1 else what[:-1]}; --format json has all"
            self._line(words, indent=indent, style="dim italic")

    def _line(self, words: str, *, indent: int = 0, hang: int = 2, style: str = "") -> None:
        """Words in as many lines as they take, those below the first further in."""
        from rich.text import Text

        width = self._console.width - indent
        hang = hang if width > 2 * hang else 2
        first, *others = _wrapped(words, width, width - hang)
        self._console.print(Text(" " * indent + first, style=style), soft_wrap=True)
        for line in others:
            shown = Text(" " * (indent + hang) + line, style=style)
            self._console.print(shown, soft_wrap=True)


def _wrapped(words: str, first_width: int, width: int) -> Iterator[str]:
    """Words in lines that a terminal can show; a word that is longer than a line is broken."""
    from rich.cells import cell_len, chop_cells

    line, room = "", first_width
    # A point between facts stays at the end of its line.
    for part in words.replace(_BETWEEN, "\xa0· ").split(" "):
        word = part.replace("\xa0·", " ·")
        if line and cell_len(f"{line} {word}") > room:
            yield line.rstrip()
            line, room = "", width
        joined = f"{line} {word}" if line else word
        if cell_len(joined) > room and word:
            *whole, joined = chop_cells(joined, width)
            yield from whole
            room = width
        line = joined
    yield line.rstrip()


def limit_in_words(limit: Bound) -> str:
    """A limit in one line: ``Ardal Accord: at most 1,550 warheads``."""
    if limit.value is None:
        return one_line(f"{limit.instrument}: {limit.of or 'a limit'}, no number given")
    number = _amount(limit.comparator, limit.value, limit.upper, limit.unit, limit.of)
    return one_line(f"{limit.instrument}: {number} {limit.of}")


def state_in_words(row: Row) -> str:
    """What is reported of one date, in words that judge nothing."""
    below, above = _sides(row.limit)
    words = {
        State.UNDER: f"reported {below} the limit",
        State.OVER: f"reported {above} the limit",
        State.DISPUTED: "disputed: figures on both sides of the limit",
        State.UNCLEAR: "unclear",
        State.NOT_REPORTED: "not reported",
    }
    return words[row.state]


def _sides(limit: Bound) -> tuple[str, str]:
    if limit.comparator in _WITH_LOWER:
        return "at or below", "above"
    return "below", "at or above"


def figure_in_words(row: Row, one: Compared) -> str:
    """A figure, who gives it, and where it stands."""
    figure = one.figure
    below, above = _sides(row.limit)
    sides = {State.UNDER: f"{below}: ", State.OVER: f"{above}: "}
    is_mixed = row.state in {State.DISPUTED, State.UNCLEAR}
    side = sides.get(one.state, "") if is_mixed else ""
    date = figure.date if figure.date != row.date else ""
    parts = [_figure(figure), date or "", _place(figure.evidence, figure.asserter)]
    why = f" ({one_line(one.why)})" if one.why else ""
    return side + _joined(parts) + why


def _figure(figure: Figure) -> str:
    evidence = figure.evidence
    if evidence.file is None:
        return f"“{shortened(evidence.words or '', _LONGEST)}”"
    if figure.value is None:
        return "no figure"
    return _amount(figure.comparator, figure.value, figure.upper, figure.unit, figure.of)


def _amount(
    comparator: str | None, value: float, upper: float | None, unit: str | None, of: str
) -> str:
    number = number_in_words(value)
    if upper is not None:
        number = f"{number} to {number_in_words(upper)}"
        comparator = None if comparator == "between" else comparator
    has_unit = unit is None or unit.casefold() in of.casefold()
    return " ".join(part for part in (comparator, number, "" if has_unit else unit) if part)


def _place(evidence: Evidence, asserter: Asserter) -> str:
    """Who says it and where: the outlet, or the file, only once."""
    if evidence.file is not None:
        name = Path(evidence.file).name
        return _joined([asserter.name or "", f"{name}:{evidence.line}"])
    where = evidence.outlet or evidence.title or evidence.document or ""
    named = "" if asserter.name == where else asserter.name or "(nobody named)"
    at = f"[{evidence.start}–{evidence.end}]"
    return _joined([named, f"{shortened(where, _LONGEST)} {at}"])


def _joined(parts: Iterable[str]) -> str:
    return _BETWEEN.join(one_line(part) for part in parts if part)
