"""The page of search and table: rows narrowed by facets, with what is shown as a download."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.queries import Table
from onrecord.queries.room_contexts import with_contexts
from onrecord.queries.room_rows import KINDS, MOST_COUNTED, room_rows
from onrecord.queries.tables import table_of
from onrecord.records import Act, Column, EventType
from onrecord.serve.pages.base import OUTLET, SINCE, UNTIL, Page, Parameter, Room, limit_parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Rows of articles that a search takes."""

    asked: Annotated[Mapping[str, Any], Column("What was asked, by name.")]
    rows: Annotated[Table, Column("The rows, those of the articles kept last first.")]
    facets: Annotated[Table, Column("Values of each facet with their counts.")]
    n_counted: Annotated[int, Column("Rows that the facets count.")]
    n_documents: Annotated[int, Column("Articles that were looked at.")]
    is_cut: Annotated[bool, Column("Whether there may be more than was counted.")]


def build(room: Room) -> SearchPage:
    """The rows that are asked for."""
    given = room.given
    found = room_rows(
        room.store,
        filters=_filters(room),
        kind=given("kind"),
        asserter=given("asserter"),
        most=MOST_COUNTED if given("facets") == "yes" else given.number("limit"),
    )
    facets = [
        {"facet": name, "value": value, "n": n}
        for name, values in found.facets.items()
        for value, n in values
    ]
    return SearchPage(
        asked=given.shown(),
        rows=with_contexts(room.store, found.table),
        facets=table_of(("facet", "value", "n"), facets),
        n_counted=found.n_counted,
        n_documents=found.n_documents,
        is_cut=found.is_cut,
    )


def _filters(room: Room) -> Any:
    from onrecord.queries import Filters

    given = room.given
    names = ("actor", "place", "outlet", "act", "type", "since", "until")
    return Filters(
        about=given("q"), limit=given.number("limit"), **{name: given(name) for name in names}
    )


PAGE = Page(
    name="search",
    path="/search",
    about="What articles say, in a table narrowed by facets.",
    model=SearchPage,
    build=build,
    parameters=(
        Parameter(name="q", about='Words: all of them; "in this order", OR, -without, begin*.'),
        Parameter(name="kind", about="Kind of row.", values=KINDS),
        Parameter(name="actor", about="Name of who speaks, acts or is acted on, or a code."),
        Parameter(name="act", about="Act of a statement.", values=tuple(one.value for one in Act)),
        Parameter(
            name="type", about="Type of an event.", values=tuple(one.value for one in EventType)
        ),
        Parameter(name="place", about="Name of a place, or the code of a country."),
        OUTLET,
        Parameter(
            name="asserter",
            about="On whose word: the outlet itself, or a source.",
            values=("outlet", "source"),
        ),
        SINCE,
        UNTIL,
        Parameter(
            name="facets",
            about="Whether to count more rows than are shown, for facets.",
            values=("yes", "no"),
            default="yes",
        ),
        limit_parameter(50),
    ),
)
