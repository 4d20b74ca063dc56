"""How many independent voices documents are: copies, agencies, publishers, versions.

`link` writes the table `provenances` for documents that arrive in a store, `unlink` takes them
out; `linking.py` is where to start reading.
"""

from onrecord.independence.linking import link, unlink
from onrecord.independence.publishers import Families, load_families
from onrecord.independence.tables import TABLES
from onrecord.independence.voices import count_voices

__all__ = ["TABLES", "Families", "count_voices", "link", "load_families", "unlink"]
