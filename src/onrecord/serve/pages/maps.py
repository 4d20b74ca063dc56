"""The map with its timeline: events and claims of control where they are said to be.

What is known of a place decides how it is drawn: only a point or a settlement is a dot, a
district or region is a ring, a country is shaded, and all of it is listed beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.queries import Filters, Table
from onrecord.queries.room_contexts import with_contexts
from onrecord.queries.room_rows import room_rows
from onrecord.records import Column, EventType
from onrecord.serve.pages.base import (
    ABOUT,
    OUTLET,
    SINCE,
    UNTIL,
    Page,
    Parameter,
    Room,
    limit_parameter,
)

_MOST = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """What is said to have happened, and who is said to hold what, with places."""

    asked: Annotated[Mapping[str, Any], Column("What was asked, by name.")]
    rows: Annotated[
        Table,
        Column("Events and claims of control whose place is known, if only by its country."),
    ]
    is_cut: Annotated[bool, Column("Whether there may be more.")]

    @property
    def ordered(self) -> list[dict[str, Any]]:
        """The rows by the days that they are said of, else by publication."""
        return sorted(self.rows, key=lambda row: row["date"] or row["published"] or "")


def build(room: Room) -> MapPage:
    """The rows that have places."""
    given = room.given
    names = ("actor", "place", "outlet", "type", "about", "since", "until")
    filters = Filters(limit=given.number("limit"), **{name: given(name) for name in names})
    kinds = {"events": "event", "control": "control claim"}
    found = room_rows(
        room.store,
        filters=filters,
        kind=kinds.get(given.text("layer")),
        is_placed=True,
        most=given.number("limit"),
    )
    return MapPage(
        asked=given.shown(), rows=with_contexts(room.store, found.table), is_cut=found.is_cut
    )


PAGE = Page(
    name="map",
    path="/map",
    about="Events and claims of control on a map, with a timeline.",
    model=MapPage,
    build=build,
    parameters=(
        Parameter(name="layer", about="Only one of both.", values=("events", "control")),
        Parameter(name="actor", about="Name of who acts, is acted on or holds, or a code."),
        Parameter(name="place", about="Name of a place, or the code of a country."),
        Parameter(
            name="type", about="Type of an event.", values=tuple(one.value for one in EventType)
        ),
        ABOUT,
        OUTLET,
        SINCE,
        UNTIL,
        limit_parameter(120, most=_MOST),
    ),
)
