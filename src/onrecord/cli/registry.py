"""`onrecord actors`: who is one and the same in several documents, and setting that right."""

import csv
import dataclasses
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.sources import plain_stdout, say
from onrecord.cli.stores import db_option, opened

if TYPE_CHECKING:
    from onrecord.registry import Found

_ID_SIGNS = 10
_COLUMNS = (
    *("id", "name", "kind", "code", "country", "first_seen", "n_documents", "names"),
    *("entity", "document", "title", "published", "probability"),
)
_db = db_option(help="The store, a file that ingest makes.")
_form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="For a person; a list of objects; a table.",
)


def _signed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that tell who decides, and why."""
    command = click.option("--by", metavar="NAME", help="Who decides.")(command)
    return click.option("--why", required=True, metavar="WORDS", help="Why.")(command)


@click.group("actors", context_settings={"help_option_names": ["-h", "--help"]})
def actors_commands() -> None:
    """Who is one and the same in several documents; what you decide outlives new readings."""


@actors_commands.command("find")
@click.argument("name")
@click.option(
    "--entities",
    "n_entities",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Also show up to N of the entities that each one is, with their documents.",
)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="Most actors to show."
)
@_form
@_db
def find_command(name: str, n_entities: int, limit: int, form: str, db: Path) -> None:
    """Actors called NAME, or whose names begin so; exit status 1 if there is none."""
    from onrecord.registry import find_actors

    with opened(db) as store:
        found = find_actors(store, name, limit=limit, n_entities=n_entities)
    plain_stdout()
    if form == "json":
        rows = [dataclasses.asdict(actor) for actor in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_cells(found))
    else:
        for actor in found:
            click.echo("\n".join(_lines(actor)))
    if not found:
        say(f"nobody in {db.name} is called {name}")
        sys.exit(1)


@actors_commands.command("merge")
@click.argument("actor", metavar="A")
@click.argument("other", metavar="B")
@_signed
@_form
@_db
def merge_command(actor: str, other: str, why: str, by: str | None, form: str, db: Path) -> None:
    """Make actors A and B one, under the id of A.

    A and B are ids, or their beginnings, as `onrecord actors find` shows them.
    """
    from onrecord.cli.ingest import now
    from onrecord.registry import merge

    with opened(db, mode="write") as store, store.writing():
        stays = merge(store, actor, other, why=why, by=by, at=now())
    _tell(stays, form)


@actors_commands.command("split")
@click.argument("actor", metavar="A")
@click.option(
    "--entities",
    required=True,
    metavar="ID,ID...",
    help="The entities that are somebody else; `find --entities` shows them.",
)
@_signed
@_form
@_db
def split_command(actor: str, entities: str, why: str, by: str | None, form: str, db: Path) -> None:
    """Make some entities of actor A another actor, and print its id."""
    from onrecord.cli.ingest import now
    from onrecord.registry import split

    named = [part for part in entities.replace(",", " ").split() if part]
    with opened(db, mode="write") as store, store.writing():
        made = split(store, actor, named, why=why, by=by, at=now())
    _tell(made, form)


@actors_commands.command("changes")
@_form
@_db
def changes_command(form: str, db: Path) -> None:
    """All merges and splits, by the program and by persons, in order."""
    from onrecord.registry import list_changes

    with opened(db) as store:
        found = [dataclasses.asdict(change) for change in list_changes(store)]
    plain_stdout()
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("number", "kind", "actor", "other", "reason", "by", "at", "n_moved"))
        writer.writerows(_change_cells(found))
    else:
        for change in found:
            facts = (change["at"], change["kind"], change["actor"], change["other"])
            click.echo(
                f"{'  '.join(facts)}  {change['by'] or 'the program'}: {change['why']['reason']}"
            )


def _tell(actor_id: str, form: str) -> None:
    plain_stdout()
    if form == "json":
        click.echo(json.dumps({"actor": actor_id}))
    else:
        click.echo(f"actor\n{actor_id}" if form == "csv" else actor_id)


def _cells(found: "Sequence[Found]") -> Iterator[list[Any]]:
    """One row for each entity that is shown; of an actor without any, one row."""
    for actor in found:
        own = [getattr(actor, name) for name in _COLUMNS[:7]] + ["|".join(actor.names)]
        for entity in actor.entities or [None]:
            yield own + [getattr(entity, name, None) for name in _COLUMNS[8:]]


def _change_cells(found: Sequence[dict[str, Any]]) -> Iterator[list[Any]]:
    for change in found:
        why = change["why"]
        yield [
            *(change[name] for name in ("number", "kind", "actor", "other")),
            *(why["reason"], change["by"], change["at"], len(why.get("moved", ()))),
        ]


def _lines(actor: "Found") -> Iterator[str]:
    """An actor for a person: name and code, other names, entities."""
    documents = f"{actor.n_documents:,} document{'' if actor.n_documents == 1 else 's'}"
    facts = [actor.name, actor.kind, actor.code or actor.country or "", documents]
    facts += [f"since {actor.first_seen[:10]}"] if actor.first_seen else []
    yield f"{actor.id[:_ID_SIGNS]}  {' · '.join(fact for fact in facts if fact)}"
    others = [name for name in actor.names if name != actor.name]
    if others:
        yield f"  also {', '.join(others)}"
    for entity in actor.entities:
        day, title = (entity.published or "")[:10], entity.title or entity.document[:_ID_SIGNS]
        yield f"  {entity.entity}  {day}  {title}  {entity.probability:.2f}"
