"""A lake: readings of any number of documents as a folder of Parquet tables.

`shards` says what a part of a run is, `lakes` opens a folder and writes, `reading` gives
readings back, `views` answers SQL, `importing` fills a store, `linking` finds stories, claims
and disputes. How the parts of a run are read stands outside of here.
"""

from onrecord.lake.lakes import Lake, open_lake
from onrecord.lake.shards import (
    FailedShard,
    FinishedShard,
    Piece,
    Shard,
    ShardFile,
    make_shard,
)

__all__ = [
    "FailedShard",
    "FinishedShard",
    "Lake",
    "Piece",
    "Shard",
    "ShardFile",
    "make_shard",
    "open_lake",
]
