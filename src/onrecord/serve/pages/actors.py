"""Pages of actors: one with what it said and did, and a list to find it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.queries import Table
from onrecord.queries.actors import RELATIONS
from onrecord.queries.room_actors import (
    actor_disputes,
    actor_rows,
    actor_with_id,
    actors_like,
    counterparts,
)
from onrecord.queries.room_contexts import with_both_contexts, with_contexts
from onrecord.records import Act, Column, EventType
from onrecord.serve.pages.base import (
    ABOUT,
    OUTLET,
    SINCE,
    UNTIL,
    Page,
    Parameter,
    Room,
    id_parameter,
    limit_parameter,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsPage:
    """Actors by name."""

    asked: Annotated[Mapping[str, Any], Column("What was asked, by name.")]
    actors: Annotated[Table, Column("Actors, the most often named first.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage:
    """An actor with its record."""

    asked: Annotated[Mapping[str, Any], Column("What was asked, by name.")]
    actor: Annotated[Mapping[str, Any], Column("Name, kind, code, and since when it is named.")]
    names: Annotated[Table, Column("The names that articles use for it.")]
    rows: Annotated[Table, Column("What it said, was said about, did, and had done to it.")]
    counterparts: Annotated[Table, Column("Who stands on the other side of these rows.")]
    disputes: Annotated[Table, Column("Disputes with it on a side; with its own words first.")]


def build_actors(room: Room) -> ActorsPage:
    """Actors whose names begin so."""
    given = room.given
    found = actors_like(room.store, given.text("q"), limit=given.number("limit"))
    return ActorsPage(asked=given.shown(), actors=found)


def build_actor(room: Room) -> ActorPage:
    """The actor with an id."""
    given = room.given
    number, told, names = actor_with_id(room.store, given.text("id"))
    rows = actor_rows(
        room.store,
        number,
        told["name"],
        relation=given("relation"),
        filters=given.filters("since", "until", "outlet", "act", "type", "about"),
    )
    return ActorPage(
        asked=given.shown(),
        actor=told,
        names=names,
        rows=with_contexts(room.store, rows),
        counterparts=counterparts(rows),
        disputes=with_both_contexts(room.store, actor_disputes(room.store, number)),
    )


ACTORS = Page(
    name="actors",
    path="/actors",
    about="Who is named across articles.",
    model=ActorsPage,
    build=build_actors,
    parameters=(
        Parameter(name="q", about="The beginning of a name."),
        limit_parameter(60),
    ),
)
ACTOR = Page(
    name="actor",
    path="/actor/{id}",
    about="An actor: said, said about, did, was done to; counterparts; its own earlier words.",
    model=ActorPage,
    build=build_actor,
    parameters=(
        id_parameter("actor"),
        Parameter(name="relation", about="Only one of the four.", values=RELATIONS),
        Parameter(name="act", about="Act of a statement.", values=tuple(one.value for one in Act)),
        Parameter(
            name="type", about="Type of an event.", values=tuple(one.value for one in EventType)
        ),
        ABOUT,
        OUTLET,
        SINCE,
        UNTIL,
        limit_parameter(100),
    ),
)
