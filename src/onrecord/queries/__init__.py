"""Questions to a store, answered as tables: who said, did, holds, denies what, since when.

    from onrecord.queries import disputes
    from onrecord.store import open_store

    with open_store("news.db") as store:
        print(disputes(store, since="2024-01-01").to_pandas())

Each answer is a `Table`; each row names the document and the place of its words. Nothing
here writes, and no answer costs more in a larger store than a smaller one by much: what
could be long is cut at a limit, the newest first.
"""

from onrecord.queries.actors import who
from onrecord.queries.claims import claim
from onrecord.queries.controls import control
from onrecord.queries.disputes import disputes
from onrecord.queries.filters import Filters
from onrecord.queries.possible import possible_disputes
from onrecord.queries.searches import search
from onrecord.queries.stories import stories, story
from onrecord.queries.tables import Table
from onrecord.queries.timelines import timeline

__all__ = [
    "Filters",
    "Table",
    "claim",
    "control",
    "disputes",
    "possible_disputes",
    "search",
    "stories",
    "story",
    "timeline",
    "who",
]
