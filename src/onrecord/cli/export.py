"""`onrecord export`: what a store holds, in the formats of other programs."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from onrecord.cli.outputs import writable
from onrecord.cli.queries import query_options
from onrecord.cli.sources import say
from onrecord.cli.stores import opened

if TYPE_CHECKING:
    from onrecord.queries import Filters
    from onrecord.records import Reading
    from onrecord.store import Store

_FOLDERS = ("tables-csv", "tables-parquet")
_RDF: Mapping[str, Literal["turtle", "nt"]] = {"turtle": "turtle", "n-triples": "nt"}
_FORMS = (
    *("jsonl", "events-csv", "events-parquet", "gdelt", "geojson", "json-ld"),
    *(*_RDF, *_FOLDERS),
)


@click.command("export")
@click.option(
    "--as",
    "kind",
    type=click.Choice(_FORMS),
    required=True,
    help="Records; events as one table, or under GDELT's columns; a map; linked data; or all"
    " tables, which --output names a folder for.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write to this file or folder."
)
@query_options("since", "until", "outlet", "about", has_format=False)
def export_command(kind: str, output: Path | None, db: Path, filters: "Filters") -> None:
    """What a store holds, in the formats of other programs.

    Of an article with several versions the last one is taken. The store itself opens in
    Datasette and any other program that reads SQLite.
    """
    with opened(db) as store:
        if kind in _FOLDERS:
            _write_folder(store, kind.removeprefix("tables-"), output, filters)
            return
        with writable(output) as stream:
            writer = _writer_of(kind, stream)
            for reading in _readings(store, filters):
                writer.write(reading)
            writer.close()


def _readings(store: "Store", filters: "Filters") -> "Iterator[Reading]":
    """What is exported; at the end it is told if that was nothing."""
    from onrecord.queries.matches import all_numbers

    number = None
    for number in all_numbers(store, filters):
        yield store.reading(number)
    if number is None:
        say("no article was found; nothing stands in what is written")


def _writer_of(kind: str, stream: Any) -> Any:
    """What takes readings one by one and writes them."""
    from onrecord.cli.views import writer_of

    if kind in _RDF:
        return _RdfWriter(stream, kind)
    makers: Mapping[str, Callable[[], Any]] = {
        "gdelt": _gdelt,
        "geojson": _geojson,
        "json-ld": _json_ld,
    }
    if kind in makers:
        return makers[kind]()(stream)
    return writer_of(kind, stream, is_file=True)


def _gdelt() -> Any:
    from onrecord.export.gdelt import GdeltWriter

    return GdeltWriter


def _geojson() -> Any:
    from onrecord.export.geojson import GeoJsonWriter

    return GeoJsonWriter


def _json_ld() -> Any:
    from onrecord.export.json_ld import JsonLdWriter

    return JsonLdWriter


class _RdfWriter:
    """Keeps the graph until the end: no form of RDF that is worth reading can be streamed."""

    def __init__(self, stream: Any, kind: str) -> None:
        self._stream, self._kind = stream, kind
        self._readings: list[Reading] = []

    def write(self, reading: "Reading") -> None:
        self._readings.append(reading)

    def close(self) -> None:
        from onrecord.export.json_ld import write_rdf

        try:
            self._stream.write(write_rdf(self._readings, form=_RDF[self._kind]))
        except ImportError as error:
            raise click.UsageError(
                f"--as {self._kind} needs rdflib: pip install 'onrecord[rdf]'"
            ) from error


def _write_folder(store: "Store", form: str, output: Path | None, filters: "Filters") -> None:
    if output is None or output.is_file():
        raise click.UsageError("Tables are many files; give --output FOLDER.")
    try:
        _write_tables(store, form, output, filters)
    except ImportError as error:
        raise click.UsageError(
            "--as tables-parquet needs pyarrow: pip install 'onrecord[arrow]'"
        ) from error
    except OSError as error:
        raise click.BadParameter(
            f"{error.filename or output}: {error.strerror or error}", param_hint="--output"
        ) from error
    say(f"written to {output}")


def _write_tables(store: "Store", form: str, output: Path, filters: "Filters") -> None:
    from onrecord.export.tables import write_tables
    from onrecord.queries.across import ACROSS, across

    write_tables(_readings(store, filters), output, form="csv" if form == "csv" else "parquet")
    folder = output / "across"
    folder.mkdir(exist_ok=True)
    for name in ACROSS:
        table, path = across(store, name), folder / f"{name}.{form}"
        if form == "csv":
            path.write_text(table.to_csv(), encoding="utf-8")
        else:
            path.write_bytes(table.to_parquet())
