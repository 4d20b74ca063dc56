"""Readings as text for a person, and as JSON."""

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Protocol, TextIO

import click

from onrecord.cli.consoles import console_for
from onrecord.cli.view_words import one_line
from onrecord.export.event_overviews import event_counts
from onrecord.export.overviews import counted
from onrecord.export.records import dumps
from onrecord.records import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.segment import Segment

_INDENT = 2


class Writer(Protocol):
    """Takes readings one by one."""

    def write(self, reading: Reading) -> None:
        """Write one."""
        ...

    def close(self) -> None:
        """Write what is left."""
        ...


def writer_of(form: str, stream: TextIO, *, is_file: bool) -> Writer:
    """What writes readings in one of the forms that the command offers.

    Raises:
        UsageError: Parquet would go to a terminal, or pyarrow is not installed.
    """
    if form == "text":
        return TextWriter(stream, is_file=is_file)
    if form == "events-csv":
        from onrecord.export.event_tables import EventCsvWriter

        return EventCsvWriter(stream)
    if form == "events-parquet":
        return _parquet_writer(stream)
    return JsonWriter(stream, form)


def _parquet_writer(stream: TextIO) -> Writer:
    from onrecord.export.event_tables import EventParquetWriter

    if stream.isatty():
        raise click.UsageError("Parquet is no text for a terminal; give --output FILE or a pipe.")
    try:
        return EventParquetWriter(stream.buffer)
    except ImportError as error:
        raise click.UsageError(
            "events-parquet needs pyarrow: pip install 'onrecord[arrow]'"
        ) from error


class JsonWriter:
    """Readings as one object, a list of objects, or a line each."""

    def __init__(self, stream: IO[str], form: str) -> None:
        self._stream, self._form = stream, form
        self._first: Reading | None = None
        self._n_written = 0

    def write(self, reading: Reading) -> None:
        """Write one; the first waits, as a single one is not put into a list."""
        if self._form == "jsonl":
            self._stream.write(dumps(reading) + "\n")
        elif self._n_written == 0 and self._first is None:
            self._first = reading
        else:
            self._write_first()
            self._stream.write(",\n" + dumps(reading, indent=1))
            self._n_written += 1

    def _write_first(self) -> None:
        if self._first is not None:
            self._stream.write("[\n" + dumps(self._first, indent=1))
            self._first, self._n_written = None, 1

    def close(self) -> None:
        """Write the one that waits, or close the list."""
        if self._form == "jsonl":
            return
        if self._n_written:
            self._stream.write("\n]\n")
        elif self._first is not None:
            self._stream.write(dumps(self._first, indent=1) + "\n")


class TextWriter:
    """Readings as trees of statements below the sentences that they stand in, and lists."""

    def __init__(self, stream: IO[str], *, is_file: bool) -> None:
        self._console = console_for(stream, is_file=is_file)
        self._n_written = 0

    def write(self, reading: Reading) -> None:
        """Write one."""
        from onrecord.cli.view_sections import sections
        from onrecord.cli.view_statements import StatementsView

        if self._n_written:
            self._console.rule(style="dim")
        self._n_written += 1
        self._head(reading)
        for parts in StatementsView(reading).sentences():
            self._console.print()
            for part in parts:
                self._print(part, indent=_INDENT)
        for heading, *parts in sections(reading, width=self._console.width - _INDENT):
            self._console.print()
            self._print(heading)
            for part in parts:
                self._print(part, indent=_INDENT)

    def close(self) -> None:
        """Nothing is left."""

    def _head(self, reading: Reading) -> None:
        from rich.text import Text

        document = reading.document
        if document.title:
            self._print(Text(one_line(document.title), style="bold"))
        n = len(reading.statements or ())
        facts = [document.outlet, document.author, document.published, document.url]
        facts += [counted(n, "statement"), *event_counts(reading)]
        line = " · ".join(one_line(fact) for fact in facts if fact)
        self._print(Text(line, style="dim"))
        if document.language != "en":
            note = "This may not be English; the model reads English only."
            self._print(Text(note, style="italic"))

    def _print(self, part: "RenderableType", *, indent: int = 0) -> None:
        """Print a part without the blanks at the ends of its lines."""
        from rich.segment import Segment, Segments

        options = self._console.options.update(width=self._console.width - indent)
        found: list[Segment] = []
        for line in self._console.render_lines(part, options, pad=False):
            kept = _without_last_blanks(line)
            found += [Segment(" " * indent), *kept] if kept else []
            found.append(Segment.line())
        self._console.print(Segments(found), end="")


def _without_last_blanks(line: "Sequence[Segment]") -> "list[Segment]":
    from rich.segment import Segment

    kept = list(line)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    return [*kept[:-1], Segment(kept[-1].text.rstrip(), kept[-1].style)] if kept else []
