"""`onrecord gazetteer`: what the gazetteer has, and how to add to it."""

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.places.listings import Listed

_LEAST_WIDTH = 76
_folder = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the gazetteer is kept; the user's cache if not given.",
)


@click.group("gazetteer", context_settings={"help_option_names": ["-h", "--help"]})
def gazetteer_commands() -> None:
    """The places that names in articles are looked up in: GeoNames, and what you add."""


@gazetteer_commands.command("find")
@click.argument("name")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table for a person; a list of objects.",
)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="Most places to show."
)
@_folder
def find_command(name: str, form: str, limit: int, folder: Path | None) -> None:
    """The places that NAME can mean; exit status 1 if there is none."""
    from onrecord.places.gazetteers import load_gazetteer
    from onrecord.places.listings import list_places

    found = list_places(load_gazetteer(folder), name, limit=limit)
    if form == "json":
        rows = [dataclasses.asdict(place) for place in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif found:
        _show(found)
    else:
        click.echo(f"onrecord: no place is called {name}", err=True)
    if not found:
        sys.exit(1)


@gazetteer_commands.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_folder
def add_command(file: Path, folder: Path | None) -> None:
    """Add the places of FILE, a country dump of GeoNames (plain or .zip).

    Such files have villages, and stand at https://download.geonames.org/export/dump/ as
    UA.zip and the like. Adding a file twice adds nothing.
    """
    from onrecord.places.dumps import add_dump

    n_added = add_dump(file, folder)
    click.echo(f"{n_added} places added", err=True)


def _show(found: "Sequence[Listed]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("place", overflow="fold")
    table.add_column("is a", no_wrap=True)
    table.add_column("country", no_wrap=True)
    table.add_column("division", overflow="fold")
    for heading in ("people", "position", "GeoNames"):
        table.add_column(heading, justify="right", no_wrap=True)
    for place in found:
        table.add_row(
            place.name,
            place.precision,
            place.country or "",
            place.admin1 or "",
            "" if place.population is None else f"{place.population:,}",
            f"{place.lat:.2f} {place.lon:.2f}",
            "" if place.geonames_id is None else str(place.geonames_id),
        )
    console = Console(file=sys.stdout, highlight=False, markup=False)
    # A narrower one would cut numbers and leave names out; the terminal breaks the lines itself.
    console.width = max(console.width, _LEAST_WIDTH)
    console.print(table)
