"""One SQLite file with readings of many documents, and what is known across them.

`Store` adds, gives back and deletes; `onrecord.store.corrections` sets right,
`onrecord.store.sql` answers queries. What links documents (stories, actors, claims)
stands in packages of its own, which write into the same file.
"""

from onrecord.store.arrivals import Added, Arrival, SpanVectors
from onrecord.store.stores import Store, open_store

__all__ = ["Added", "Arrival", "SpanVectors", "Store", "open_store"]
