"""Links one block of a lake, in a store that is thrown away, by the linkers of stores.

What is found becomes one file of the lake, whose name depends on all that it was made of:
a block that has its file is never linked again.
"""

import gzip
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import independence
from onrecord.errors import LakeError
from onrecord.ingest.ingesting import DONE, keep_and_link
from onrecord.ingest.linking import TABLES
from onrecord.lake.link_plans import COPIES
from onrecord.lake.link_rows import Rows, rows_of_store
from onrecord.lake.link_tables import LINKS
from onrecord.lake.ordering import batches, in_order
from onrecord.records import Reading
from onrecord.schema.fields import sections
from onrecord.store import Arrival, open_store

if TYPE_CHECKING:
    from onrecord.claims import Entailment
    from onrecord.lake.lakes import Lake
    from onrecord.lake.link_plans import Block
    from onrecord.store import Store

FOLDER = f"{LINKS}/blocks"
_BATCH = 50
# Nothing of this store outlives the block, and no row of it tells the time.
_AT = "1970-01-01T00:00:00Z"


def file_of(block: "Block") -> str:
    """The file of what was found in a block."""
    return f"{FOLDER}/{block.id}.json.gz"


def link_block(lake: "Lake", block: "Block", *, entailment: "Entailment | None" = None) -> None:
    """Link the documents of a block, and keep what is found.

    Raises:
        LakeError: A file of the lake is broken, or cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        path = Path(folder) / "block.db"
        with open_store(path, create=True, tables=TABLES) as store:
            store.connection.execute("PRAGMA synchronous = OFF")
            _fill(store, lake, block, entailment)
            found = rows_of_store(store.connection)
    # The time is left out, so that the same rows are the same bytes.
    data = gzip.compress(json.dumps(found, ensure_ascii=False).encode(), 6, mtime=0)
    lake.folder.write(file_of(block), data)


def read_block(lake: "Lake", block: "Block") -> Rows:
    """What was found in a block.

    Raises:
        LakeError: It is gone or broken.
    """
    name = file_of(block)
    data = lake.folder.read(name)
    try:
        found: Rows = json.loads(gzip.decompress(data or b""))
    except (OSError, EOFError, ValueError) as error:
        problem = f"it holds no links: {error}; remove it and link the lake again"
        raise LakeError(path=lake.folder.address(name), problem=problem) from error
    return found


def _fill(store: "Store", lake: "Lake", block: "Block", entailment: "Entailment | None") -> None:
    wanted, folder = set(block.documents), store.path.parent
    for month in block.months:
        for batch in batches(in_order(lake, month, documents=wanted, folder=folder), _BATCH):
            with store.writing():
                for reading, vectors in batch:
                    if block.bucket == COPIES:
                        _look_for_copies(store, reading)
                    else:
                        keep_and_link(store, reading, vectors, at=_AT, entailment=entailment)


def _look_for_copies(store: "Store", reading: Reading) -> None:
    """Keep the text of a document, and find whom it copies."""
    added = store.add(reading.replace(**dict.fromkeys(sections())), at=_AT)
    if added.number is not None and added.status not in DONE:
        bare = reading.replace(document=store.document(added.number))
        independence.link(store, (Arrival(number=added.number, reading=bare),))
