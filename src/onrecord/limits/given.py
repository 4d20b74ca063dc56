"""Figures and limits that a user gives as CSV files.

Figures: a line for each (party, date, what, value, source, url), or a line for each party
and date with a column for each thing that is counted. Limits: instrument, party, of,
comparator, value, from, until, source.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.actors.names import name_key
from onrecord.errors import InputError
from onrecord.limits.amounts import Amount, AmountError, comparator_named, parse_amount
from onrecord.limits.calendars import date_in_cell, first_day, last_day
from onrecord.limits.countries import party_named
from onrecord.limits.kinds import kind_of
from onrecord.limits.models import Asserter, Basis, Bound, Evidence, Figure, Party, Scope
from onrecord.limits.scopes import scope_of
from onrecord.limits.tables import Line, Table, read_table

# What columns are called; the first name is ours.
_FIGURE_COLUMNS = {
    "party": ("party", "country", "state", "side", "holder"),
    "date": ("date", "as of", "day"),
    "what": ("what", "of", "item", "kind"),
    "value": ("value", "figure", "number", "count", "amount"),
    "source": ("source", "given by", "asserter", "where seen"),
    "url": ("url", "link", "address"),
    "note": ("note", "notes", "comment", "remark"),
    "provenance": ("provenance",),
    "not_seen": ("cells not seen",),
}
_LIMIT_COLUMNS = {
    "instrument": ("instrument", "treaty", "agreement"),
    "party": ("party", "parties", "country"),
    "of": ("of", "what"),
    "comparator": ("comparator",),
    "value": ("value", "limit"),
    "from": ("from", "since"),
    "until": ("until", "to"),
    "per": ("per",),
    "source": ("source",),
    "url": ("url", "link"),
    "note": ("note", "notes"),
}
# In a column `provenance`: no source of the row was seen, its figures are recalled.
_RECALLED = "r"
_DATES = "it takes a date such as 2022-03-01, 2022-03 or 2022"
_WORDS_CHARS = 300


@dataclass(frozen=True, slots=True)
class GivenFigures:
    """The figures of a file.

    Attributes:
        figures: Those that have a source, and empty cells as figures without a value.
        n_left_out: Those that the file itself marks as not seen in any source.
    """

    figures: tuple[Figure, ...]
    n_left_out: int


def load_figures(path: str | Path) -> GivenFigures:
    """Figures of a CSV file.

    Args:
        path: The file; the first line names the columns.

    Raises:
        InputError: It cannot be read or a line is wrong; names file, line and reason.
    """
    table = read_table(path)
    columns = _columns(table, _FIGURE_COLUMNS)
    _need(table, columns, ("party", "date"))
    known = set(columns.values())
    wide = () if "value" in columns else tuple(c for c in table.columns if c and c not in known)
    if not wide or "what" in columns:
        _need(table, columns, ("what", "value"))
    found: list[Figure] = []
    n_left_out = 0
    for line in table.lines:
        cells = wide or (columns["value"],)
        kept = [cell for cell in cells if not _is_not_seen(line, columns, cell)]
        n_left_out += len([cell for cell in cells if cell not in kept and line.cell(cell)])
        found += [_figure(line, columns, cell, is_wide=bool(wide)) for cell in kept]
    return GivenFigures(tuple(found), n_left_out)


def _columns(table: Table, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The columns of a file by what they are called here."""
    found: dict[str, str] = {}
    for own, known in names.items():
        column = next((name for name in known if name in table.columns), None)
        if column is not None and column not in found.values():
            found[own] = column
    return found


def _need(table: Table, columns: Mapping[str, str], names: Sequence[str]) -> None:
    missing = [name for name in names if name not in columns]
    if missing:
        problem = f"the first line names no column {' and no column '.join(missing)}"
        raise InputError(source=f"{table.source}, line 1", problem=problem)


def _is_not_seen(line: Line, columns: Mapping[str, str], cell: str) -> bool:
    if line.cell(columns.get("provenance")).lower() == _RECALLED:
        return True
    named = line.cell(columns.get("not_seen")).lower().split("|")
    return cell in {" ".join(name.replace("_", " ").split()) for name in named}


def _figure(line: Line, columns: Mapping[str, str], cell: str, *, is_wide: bool) -> Figure:
    of = cell if is_wide else line.cell(columns["what"])
    if not of:
        raise line.wrong("it does not say what is counted")
    amount = _amount(line, cell)
    name = line.cell(columns["party"])
    date = _date(line, columns["date"])
    return Figure(
        of=of,
        party=party_named(name) if name else None,
        date=date,
        basis=None if date is None else Basis.FILE,
        value=None if amount is None else amount.value,
        upper=None if amount is None else amount.upper,
        comparator=None if amount is None else amount.comparator,
        unit=None if amount is None else amount.unit,
        asserter=_asserter(line, columns),
        evidence=_evidence(line, columns),
    )


def _amount(line: Line, column: str) -> Amount | None:
    try:
        return parse_amount(line.cell(column), has_comma_decimals=line.has_comma_decimals)
    except AmountError as error:
        raise line.wrong(f"{column}: {error}") from error


def _date(line: Line, column: str | None) -> str | None:
    given = line.cell(column)
    date = date_in_cell(given)
    if given and date is None:
        raise line.wrong(f"{column} is {given[:60]!r}; {_DATES}")
    return date


def _asserter(line: Line, columns: Mapping[str, str]) -> Asserter:
    name = line.cell(columns.get("source")) or None
    return Asserter(name=name, side=name_key(name or "") or f"file {line.file}")


def _evidence(line: Line, columns: Mapping[str, str]) -> Evidence:
    words = ", ".join(cell for cell in line.cells.values() if cell)
    return Evidence(
        file=line.file,
        line=line.number,
        url=line.cell(columns.get("url")) or None,
        words=words[:_WORDS_CHARS] or None,
    )


def load_limits(path: str | Path) -> tuple[Bound, ...]:
    """Limits of a CSV file.

    Args:
        path: The file; the first line names the columns.

    Raises:
        InputError: It cannot be read or a line is wrong; names file, line and reason.
    """
    table = read_table(path)
    columns = _columns(table, _LIMIT_COLUMNS)
    _need(table, columns, ("instrument", "of", "value"))
    others = [c for c in table.columns if c and c not in columns.values()]
    if others:
        problem = f"{others[0]!r} is not known; columns are {', '.join(_LIMIT_COLUMNS)}"
        raise InputError(source=f"{table.source}, line 1", problem=problem)
    return tuple(_limits(table, columns))


def _limits(table: Table, columns: Mapping[str, str]) -> Iterator[Bound]:
    for line in table.lines:
        instrument, of = line.cell(columns["instrument"]), line.cell(columns["of"])
        if not instrument or not of:
            raise line.wrong("it names no instrument, or not what is limited")
        amount = _amount(line, columns["value"])
        start, until = (_date(line, columns.get(name)) for name in ("from", "until"))
        if start and until and first_day(start) > last_day(until):
            raise line.wrong(f"it ends ({until}) before it begins ({start})")
        parties, per, scope = _for_whom(line, columns)
        yield Bound(
            instrument=instrument,
            parties=parties,
            of=of,
            per=per,
            scope=scope,
            comparator=_comparator(line, columns, amount),
            value=None if amount is None else amount.value,
            upper=None if amount is None else amount.upper,
            unit=(None if amount is None else amount.unit) or kind_of(of).measure,
            start=start,
            until=until,
            evidence=(_evidence(line, columns),),
            asserters=(_asserter(line, columns),),
            problems=() if amount is not None else ("no number is given",),
        )


def _for_whom(
    line: Line, columns: Mapping[str, str]
) -> tuple[tuple[Party, ...], str | None, Scope]:
    """The parties of a limit; `each` and an empty cell name none, `total` means all together."""
    named, per = line.cell(columns.get("party")), line.cell(columns.get("per")) or None
    scope = scope_of(named)
    if scope is None and named:
        names = [name.strip() for name in named.split("|")]
        return tuple(party_named(name) for name in names if name), per, _scope(per)
    return (), per or named or None, scope or _scope(per)


def _scope(per: str | None) -> Scope:
    return scope_of(per or "") or Scope.PARTY


def _comparator(line: Line, columns: Mapping[str, str], amount: Amount | None) -> str | None:
    try:
        named = comparator_named(line.cell(columns.get("comparator")))
    except AmountError as error:
        raise line.wrong(str(error)) from error
    own = None if amount is None else amount.comparator
    if named and own and named != own:
        raise line.wrong(f"the comparator is {named!r}, and the value says {own!r}")
    return named or own
