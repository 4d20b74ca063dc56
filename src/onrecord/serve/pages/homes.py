"""The first page: what is new, what is disputed, and how much is covered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.feeds.coverage import read_coverage
from onrecord.queries import Table, disputes, stories
from onrecord.queries.room_contexts import with_both_contexts
from onrecord.queries.room_counts import (
    has_table,
    newest_documents,
    refusals_by_reason,
    room_counts,
)
from onrecord.queries.tables import table_of
from onrecord.records import Column
from onrecord.serve.pages.base import Page, Room

_STORIES, _DISPUTES = 12, 6
_FEED_COLUMNS = (
    *("outlet", "url", "last_success", "last_new", "per_day", "usual_pause_h", "silent_since"),
    *("failures", "reason", "n_waiting", "n_refused"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What is new in the store."""

    counts: Annotated[Mapping[str, Any], Column("Articles, stories, disputes and actors.")]
    stories: Annotated[Table, Column("Stories with something new, the latest first.")]
    disputes: Annotated[Table, Column("Disputes, the ones found last first.")]
    articles: Annotated[Table, Column("The articles that were kept last.")]
    feeds: Annotated[Table, Column("Feeds that are watched: what they bring, which are silent.")]
    refusals: Annotated[Table, Column("Inputs that were turned away, by reason.")]


def build(room: Room) -> HomePage:
    """What is new in the store."""
    store = room.store
    feeds = read_coverage(store.connection) if has_table(store, "feeds") else []
    return HomePage(
        counts=room_counts(store),
        stories=stories(store, limit=_STORIES),
        disputes=with_both_contexts(store, disputes(store, limit=_DISPUTES)),
        articles=newest_documents(store),
        feeds=table_of(_FEED_COLUMNS, [feed.as_json() for feed in feeds]),
        refusals=refusals_by_reason(store),
    )


PAGE = Page(name="home", path="/", about="What is new.", model=HomePage, build=build)
