"""Stories, actors, claims and disputes over all documents of a lake.

Blocks of documents are linked on their own, by any number of processes; a second call links
those blocks alone that are new or have changed. Then what they found is joined, and appears
at once, in place of what was there.
"""

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from onrecord.lake.joining import join
from onrecord.lake.link_blocks import FOLDER, file_of, link_block, read_block
from onrecord.lake.link_plans import Block, LinkSettings, documents_in, plan
from onrecord.lake.link_tables import LINK_TABLES, LINKS, LINKS_MANIFEST, link_fields
from onrecord.lake.parquets import parquet_of
from onrecord.records import content_id
from onrecord.schema.arrow_schemas import fields_arrow_schema

if TYPE_CHECKING:
    from onrecord.claims import Entailment
    from onrecord.lake.lakes import Lake
    from onrecord.lake.link_rows import Row

_FILE_ROWS = 100_000
# What is made in each process, as models cannot be sent there.
EntailmentMaker = Callable[[], "Entailment | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What came of linking a lake.

    Attributes:
        n_blocks: Blocks of the lake.
        n_known: Blocks that had been linked before.
        rows: Rows by table.
    """

    n_blocks: int
    n_known: int
    rows: dict[str, int]


def link_lake(
    lake: "Lake",
    settings: LinkSettings | None = None,
    *,
    workers: int = 1,
    entailment: EntailmentMaker | None = None,
    on_block: Callable[[int, int], None] | None = None,
) -> Linked:
    """Link all documents of a lake.

    Args:
        lake: The lake; nothing should be read into it meanwhile.
        settings: How it is cut into blocks.
        workers: Processes that link blocks; 1 links them in this one.
        entailment: Makes what judges pairs of texts; without it words and vectors decide.
        on_block: Called with the number of blocks that are done, and of all.

    Raises:
        LakeError: DuckDB is not installed, or a file of the lake is broken.
        LakeStorageError: A file cannot be written; what was linked stays.
    """
    settings = replace(settings or LinkSettings(), judges=entailment is not None)
    told = documents_in(lake)
    blocks = plan(lake, told, settings)
    done = set(lake.folder.names(FOLDER))
    missing = [block for block in blocks if _name(block) not in done]
    n_done = len(blocks) - len(missing)
    for _ in _linked(lake, missing, workers, entailment):
        n_done += 1
        if on_block is not None:
            on_block(n_done, len(blocks))
    found = join(blocks, lambda block: read_block(lake, block), told)
    rows = _write(lake, blocks, found, settings)
    _clear(lake, blocks, done)
    return Linked(n_blocks=len(blocks), n_known=len(blocks) - len(missing), rows=rows)


def _linked(
    lake: "Lake", blocks: Sequence[Block], workers: int, entailment: EntailmentMaker | None
) -> Iterator[None]:
    """Link blocks, the largest first, so that no process is left with a large one."""
    largest = sorted(blocks, key=lambda block: (-len(block.documents), block.id))
    if workers <= 1 or len(blocks) <= 1:
        judge = entailment() if entailment is not None and blocks else None
        for block in largest:
            link_block(lake, block, entailment=judge)
            yield
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(workers, len(blocks)), context, initializer=_begin, initargs=(lake, entailment)
    ) as pool:
        futures = [pool.submit(_link_one, block) for block in largest]
        try:
            for future in futures:
                yield future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


# What a process of its own works with, set once when it begins.
_OWN: "dict[str, tuple[Lake, Entailment | None]]" = {}


def _begin(lake: "Lake", entailment: EntailmentMaker | None) -> None:
    _OWN["work"] = lake, entailment() if entailment is not None else None


def _link_one(block: Block) -> None:
    lake, judge = _OWN["work"]
    link_block(lake, block, entailment=judge)


def _write(
    lake: "Lake",
    blocks: Sequence[Block],
    found: "Iterable[tuple[str, Row]]",
    settings: LinkSettings,
) -> dict[str, int]:
    """All tables in new files, then what names them; then the old files go. Rows by table."""
    own = content_id("links", [block.id for block in blocks])
    files: dict[str, list[str]] = {table: [] for table in LINK_TABLES}
    waiting: dict[str, list[Row]] = {table: [] for table in LINK_TABLES}
    rows = dict.fromkeys(LINK_TABLES, 0)

    def write(table: str) -> None:
        if waiting[table]:
            name = f"{LINKS}/{table}/{own}-{len(files[table])}.parquet"
            schema = fields_arrow_schema(link_fields(table))
            lake.folder.write(name, parquet_of(waiting[table], schema))
            files[table].append(name)
            waiting[table] = []

    for table, row in found:
        waiting[table].append(row)
        rows[table] += 1
        if len(waiting[table]) >= _FILE_ROWS:
            write(table)
    for table in LINK_TABLES:
        write(table)
    about = {"id": own, "settings": asdict(settings), "n_blocks": len(blocks), "files": files}
    lake.folder.write(LINKS_MANIFEST, json.dumps(about, indent=1).encode())
    for table in LINK_TABLES:
        kept = {name.rpartition("/")[2] for name in files[table]}
        old = [name for name in lake.folder.names(f"{LINKS}/{table}") if name not in kept]
        lake.folder.remove_all(f"{LINKS}/{table}/{name}" for name in old)
    return rows


def _clear(lake: "Lake", blocks: Sequence[Block], done: set[str]) -> None:
    """Remove what was found in blocks that are no more."""
    kept = {_name(block) for block in blocks}
    lake.folder.remove_all(f"{FOLDER}/{name}" for name in sorted(done - kept))


def _name(block: Block) -> str:
    return file_of(block).rpartition("/")[2]
