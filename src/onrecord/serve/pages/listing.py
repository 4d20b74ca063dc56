"""All pages of the room."""

from onrecord.serve.pages import (
    actors,
    articles,
    claims,
    commitments,
    disputes,
    homes,
    maps,
    reviews,
    searches,
    stories,
)

PAGES = (
    *(homes.PAGE, articles.PAGE, searches.PAGE, stories.STORIES, stories.STORY, disputes.PAGE),
    *(claims.PAGE, actors.ACTORS, actors.ACTOR, maps.PAGE, commitments.PAGE, reviews.PAGE),
)
