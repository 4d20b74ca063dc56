"""The page of disputes: what was found, what may be one, and what people have said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.ingest.dispute_rows import estimates
from onrecord.queries import Table, disputes, possible_disputes
from onrecord.queries.room_contexts import with_both_contexts
from onrecord.queries.room_disputes import recent_reviews
from onrecord.queries.tables import table_of
from onrecord.records import Column, Ground
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

_GROUNDS = tuple(ground.value for ground in Ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputesPage:
    """Disputes, the ones found last first."""

    asked: Annotated[Mapping[str, Any], Column("What was asked, by name.")]
    disputes: Annotated[
        Table, Column("Two accounts each that cannot both hold; none if possible ones are asked.")
    ]
    possible: Annotated[
        Table, Column("Pairs of accounts that may be in dispute; none if others are asked.")
    ]
    is_writable: Annotated[bool, Column("Whether this room takes decisions.")]
    reviews: Annotated[Table, Column("What people said of disputes last; it can be taken back.")]
    estimates: Annotated[
        tuple[Mapping[str, Any], ...],
        Column("How many of those that people looked at are disputes, with intervals of 95 %."),
    ]


def build(room: Room) -> DisputesPage:
    """Disputes that the filters take, or possible ones."""
    filters = room.given.filters("since", "until", "outlet", "about", "actor")
    is_possible = room.given("which") == "possible"
    ask = possible_disputes if is_possible else disputes
    found = ask(room.store, ground=room.given("ground"), filters=filters)
    reviews = recent_reviews(room.store)
    found, none = with_both_contexts(room.store, found), table_of(found.columns, [])
    return DisputesPage(
        asked=room.given.shown(),
        disputes=none if is_possible else found,
        possible=found if is_possible else none,
        is_writable=room.settings.is_writable,
        reviews=reviews,
        estimates=tuple(estimates(room.store)) if len(reviews) else (),
    )


PAGE = Page(
    name="disputes",
    path="/disputes",
    about="What cannot both hold, with the words of both sides; and what may be a dispute.",
    model=DisputesPage,
    build=build,
    parameters=(
        Parameter(
            name="which",
            about="What was found, or what is only possible, for somebody to decide on.",
            values=("found", "possible"),
            default="found",
        ),
        Parameter(name="ground", about="Why both cannot hold.", values=_GROUNDS),
        Parameter(name="actor", about="Somebody whom the articles name."),
        *(ABOUT, OUTLET, SINCE, UNTIL),
        limit_parameter(30, most=200),
    ),
)
