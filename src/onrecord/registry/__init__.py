"""The registry: who is one and the same in several documents, and why; persons can correct it.

`link` writes it for documents that arrive in a store, `unlink` takes them out; `merge` and
`split` are a person's decisions. `linking.py` is where to start reading.
"""

from onrecord.registry.finding import Found, find_actors
from onrecord.registry.linking import link, unlink
from onrecord.registry.merging import list_changes, merge, split
from onrecord.registry.tables import TABLES

__all__ = ["TABLES", "Found", "find_actors", "link", "list_changes", "merge", "split", "unlink"]
