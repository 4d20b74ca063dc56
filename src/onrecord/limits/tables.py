"""CSV files as people save them: any usual separator, byte order marks, lines that are counted."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError
from onrecord.inputs.decoding import DecodeError, decode

_SEPARATORS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')
_SPACES = re.compile(r"[\s_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file below its head.

    Attributes:
        source: File and line, for messages.
        file: Name of the file.
        number: Its first line, from 1.
        cells: The cells by column.
        has_comma_decimals: The separator is no comma, so that 1,5 can be one and a half.
    """

    source: str
    file: str
    number: int
    cells: Mapping[str, str]
    has_comma_decimals: bool

    def cell(self, column: str | None) -> str:
        """A cell; empty when the file has no such column."""
        return self.cells.get(column or "", "")

    def wrong(self, problem: str) -> InputError:
        """The error that names this line."""
        return InputError(source=self.source, problem=problem)


@dataclass(frozen=True, slots=True)
class Table:
    """A file.

    Attributes:
        source: Its path.
        columns: Its heads, in lower case, with single spaces.
        lines: Its lines that are not empty.
    """

    source: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def read_table(path: str | Path) -> Table:
    """A file of CSV.

    Raises:
        InputError: It cannot be read, has no head, or a line has too many cells.
    """
    source = str(path)
    text = _text(Path(path))
    head = next((line for line in text.splitlines() if line.strip()), "")
    bare = _QUOTED.sub("", head)
    separator = max(_SEPARATORS, key=bare.count)
    rows = _rows(source, text, separator)
    number, first = next(rows, (1, []))
    columns = tuple(_SPACES.sub(" ", cell).strip().lower() for cell in first)
    named = [column for column in columns if column]
    if not named:
        raise InputError(source=source, problem="it is empty; the first line names the columns")
    double = next((column for column in named if named.count(column) > 1), None)
    if double is not None:
        problem = f"two columns are called {double!r}"
        raise InputError(source=f"{source}, line {number}", problem=problem)
    lines = tuple(_line(source, columns, at, row, separator) for at, row in rows)
    return Table(source, columns, lines)


def _text(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        raise InputError(source=str(path), problem=problem) from error
    except DecodeError as error:
        raise InputError(source=str(path), problem=f"is no text: {error.detail}") from error


def _rows(source: str, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that have a cell with something in it, with the line that each begins on."""
    reader = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator, strict=True
    )
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(source=f"{source}, line {start}", problem=f"no CSV: {error}") from error


def _line(
    source: str, columns: tuple[str, ...], number: int, row: list[str], separator: str
) -> Line:
    where = f"{source}, line {number}"
    if any(cell.strip() for cell in row[len(columns) :]):
        problem = f"it has {len(row)} cells, the first line {len(columns)}"
        raise InputError(source=where, problem=problem)
    cells = {
        column: " ".join(cell.split()) for column, cell in zip(columns, row, strict=False) if column
    }
    return Line(where, source, number, cells, separator != ",")
