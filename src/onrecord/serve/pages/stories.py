"""Pages of stories: all of them, and one with its articles and what copies what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.queries import Table, stories, story
from onrecord.queries.room_contexts import with_both_contexts
from onrecord.queries.room_stories import story_claims, story_disputes
from onrecord.records import Column
from onrecord.serve.pages.base import (
    ABOUT,
    OUTLET,
    SINCE,
    UNTIL,
    Page,
    Room,
    first_rows,
    id_parameter,
    limit_parameter,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesPage:
    """Stories, the ones told last first."""

    asked: Annotated[Mapping[str, Any], Column("What was asked, by name.")]
    stories: Annotated[Table, Column("Stories with documents, voices and disputes counted.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """A story with its articles."""

    story: Annotated[Mapping[str, Any], Column("The story, with its counts.")]
    articles: Annotated[
        Table, Column("Its articles in order, the first 500, with what copies what.")
    ]
    claims: Annotated[Table, Column("What several articles speak about, disputed claims first.")]
    disputes: Annotated[Table, Column("Its disputes, the ones found last first.")]


def build_stories(room: Room) -> StoriesPage:
    """Stories that the filters take."""
    filters = room.given.filters("since", "until", "outlet", "about")
    return StoriesPage(asked=room.given.shown(), stories=stories(room.store, filters=filters))


def build_story(room: Room) -> StoryPage:
    """The story with an id."""
    told, articles = story(room.store, room.given.text("id"))
    return StoryPage(
        story=told,
        articles=first_rows(articles),
        claims=story_claims(room.store, told["id"]),
        disputes=with_both_contexts(room.store, story_disputes(room.store, told["id"])),
    )


STORIES = Page(
    name="stories",
    path="/stories",
    about="Stories, with their independent voices counted.",
    model=StoriesPage,
    build=build_stories,
    parameters=(ABOUT, OUTLET, SINCE, UNTIL, limit_parameter(40)),
)
STORY = Page(
    name="story",
    path="/story/{id}",
    about="A story: its articles in order, and which copies which.",
    model=StoryPage,
    build=build_story,
    parameters=(id_parameter("story"),),
)
