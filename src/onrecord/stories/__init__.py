"""Documents about the same happenings, found as they arrive.

`link` writes the tables `stories`, `story_documents` and `story_changes` for documents that
arrive in a store, `unlink` takes them out. Start reading at `linking.py`; what a document
is known by stands in `traits.py`, what speaks for a story in `features.py`.
"""

from onrecord.stories.likest import likest_documents
from onrecord.stories.linking import link, unlink
from onrecord.stories.tables import TABLES

__all__ = ["TABLES", "likest_documents", "link", "unlink"]
