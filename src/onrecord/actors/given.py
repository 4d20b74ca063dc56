"""Actors that a user adds: files of TOML or CSV.

In TOML one `[[actor]]` for each: name, aliases (a list), code, from, to. In CSV the same
columns, with | between aliases. Only name and code are needed.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.actors.knowledge import CODE, Entry, Sort, make_entry
from onrecord.actors.names import name_key
from onrecord.actors.tables import split_list
from onrecord.errors import InputError

_FIELDS = ("name", "aliases", "code", "from", "to")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_HEADER = re.compile(r"^\s*\[\[\s*actor\s*\]\]")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_FULL_DATE = len("2022-03-01")
NamedEntries = tuple[tuple[str, Entry], ...]


def load_actors(path: str | Path) -> NamedEntries:
    """Names and entries of a file, for `ActorCoder` and `Knowledge.with_entries`.

    Args:
        path: A file whose name ends in .toml or .csv.

    Raises:
        InputError: It cannot be read, or a row is wrong; names file, line and reason.
    """
    source = str(path)
    text = _text(Path(path))
    suffix = Path(path).suffix.lower()
    if suffix not in {".toml", ".csv"}:
        raise InputError(source=source, problem="its name has to end in .toml or .csv")
    rows = _toml_rows(source, text) if suffix == ".toml" else _csv_rows(source, text)
    return tuple(pair for line, row in rows for pair in _entries(f"{source}, line {line}", row))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(source=str(path), problem=f"cannot be read: {error}") from error


def _toml_rows(source: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = at[1] if at else len(text.splitlines())
        raise InputError(source=f"{source}, line {line}", problem=f"no TOML: {error}") from error
    others = sorted(given.keys() - {"actor"})
    if others:
        at_line = next((n for n, line in enumerate(text.splitlines(), 1) if others[0] in line), 1)
        problem = f"{others[0]!r} is not known here; a file holds [[actor]] tables only"
        raise InputError(source=f"{source}, line {at_line}", problem=problem)
    actors = given.get("actor", [])
    if not isinstance(actors, list) or not all(isinstance(row, dict) for row in actors):
        raise InputError(source=f"{source}, line 1", problem="each actor begins with [[actor]]")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    # Inline arrays have no headers; then the first line stands for all.
    lines = lines if len(lines) == len(actors) else [1] * len(actors)
    yield from zip(lines, actors, strict=True)


def _csv_rows(source: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
    try:
        columns = [column.strip().lower() for column in reader.fieldnames or ()]
        reader.fieldnames = columns
        if not {"name", "code"} <= set(columns):
            raise InputError(
                source=f"{source}, line 1", problem="the first line has to name name and code"
            )
        for row in reader:
            if "" in row:
                raise InputError(
                    source=f"{source}, line {reader.line_num}",
                    problem=f"it has more than the {len(columns)} columns of the first line",
                )
            cells = {column: (cell or "").strip() for column, cell in row.items()}
            if any(cells.values()):
                yield reader.line_num, {**cells, "aliases": split_list(cells.get("aliases", ""))}
    except csv.Error as error:
        line = reader.line_num + 1
        raise InputError(source=f"{source}, line {line}", problem=f"no CSV: {error}") from error


def _entries(where: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    unknown = sorted(row.keys() - set(_FIELDS))
    if unknown:
        problem = f"{unknown[0]!r} is not known; fields are {', '.join(_FIELDS)}"
        raise InputError(source=where, problem=problem)
    names = [_name(where, row.get("name")), *_aliases(where, row.get("aliases", []))]
    code = row.get("code")
    if not isinstance(code, str) or not CODE.fullmatch(code):
        problem = f"code is {code!r}; it takes a country, then at most a sector, as UKR.MIL"
        raise InputError(source=where, problem=problem)
    start, end = _day(where, row, "from"), _day(where, row, "to")
    if start and end and start[: len(end)] > end[: len(start)]:
        raise InputError(source=where, problem=f"it ends ({end}) before it begins ({start})")
    entry = make_entry(Sort.BODY, code, f"given: {names[0]}", start=start, end=end, is_given=True)
    for name in names:
        yield name, entry


def _name(where: str, name: object) -> str:
    if not isinstance(name, str) or not name_key(name):
        raise InputError(source=where, problem=f"name is {name!r}; it takes a name with letters")
    return name


def _aliases(where: str, aliases: object) -> list[str]:
    if not isinstance(aliases, list):
        raise InputError(source=where, problem=f"aliases is {aliases!r}; it takes a list of names")
    return [_name(where, alias) for alias in aliases]


def _day(where: str, row: Mapping[str, Any], field: str) -> str:
    """A date as text; a TOML date as well."""
    given = row.get(field, "")
    text = given.isoformat()[:_FULL_DATE] if isinstance(given, date) else given
    if text == "":
        return ""
    if not isinstance(text, str) or not _DATE.fullmatch(text) or not _is_real(text):
        problem = f"{field} is {given!r}; it takes a date such as 2022-03-01, 2022-03 or 2022"
        raise InputError(source=where, problem=problem)
    return text


def _is_real(text: str) -> bool:
    try:
        date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return True
