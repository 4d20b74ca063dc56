"""What of a lake is linked together: blocks of documents of one time about the same actors.

A window of days is one block, or, when it has too many documents, some for the actors and
countries that documents are most about. A document is in up to four of them then, so that
what it shares with others is found in one. No step looks at all pairs, and a block has no
more documents than can be linked in a few minutes.
"""

import collections
import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from onrecord.lake.views import opened_views
from onrecord.records import content_id
from onrecord.versions import software_version

if TYPE_CHECKING:
    import duckdb

    from onrecord.lake.lakes import Lake

# Grows when linking over a lake finds other things.
VERSION: Final = 1
COPIES: Final = "copies"
UNDATED: Final = "undated"
_NO_KEY: Final = "no actor"
_DOCUMENTS: Final = "SELECT id, published, month, title IS NOT NULL FROM documents"
# Which two actors and which two countries a document is most about. On 281 articles of Wikinews
# these are shared by 123 of 126 pairs of one story, with one country by 116.
_KEYS: Final = """
WITH named AS (
  SELECT document, 'actor ' || lower(name) AS key, len(mentions) AS n, true AS is_actor
  FROM entities WHERE kind IN ('person', 'organization')
  UNION ALL
  SELECT document, 'country ' || country, sum(len(mentions)), false
  FROM entities WHERE country IS NOT NULL GROUP BY ALL
), ranked AS (
  SELECT document, key, is_actor,
    row_number() OVER (PARTITION BY document, is_actor ORDER BY n DESC, key) AS rank
  FROM named WHERE document IN (SELECT id FROM asked)
)
SELECT document, key FROM ranked WHERE rank <= 2 ORDER BY document, is_actor DESC, rank
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """How a lake is cut into blocks.

    Attributes:
        window_days: Days of a window.
        overlap_days: Days before a window that are in it too; what is further apart than
            that is linked where it falls into one window.
        most_documents: About the most documents of a block; a window with more of them is
            cut by actors and countries.
        judges: Whether a model judges pairs of texts; blocks without it are other ones.
    """

    window_days: int = 56
    overlap_days: int = 14
    most_documents: int = 4000
    judges: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A document, as far as the plan needs it."""

    id: str
    published: str | None
    month: str
    has_title: bool

    @property
    def order(self) -> tuple[bool, str, str]:
        """By this documents are linked: those without a time last."""
        return self.published is None, self.published or "", self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Documents that are linked together.

    Attributes:
        id: Hash of all that its result depends on.
        window: The first day of its window, or ``undated``.
        bucket: Which of its window; ``all``, or ``copies`` for the block that looks for
            copies alone, over all buckets.
        months: Where its documents are kept.
        documents: Their ids, in order.
    """

    id: str
    window: str
    bucket: str
    months: tuple[str, ...]
    documents: tuple[str, ...]


def documents_in(lake: "Lake") -> dict[str, Told]:
    """All documents of a lake by id, in the order in which they are linked.

    Raises:
        LakeError: DuckDB is not installed, or a file is broken.
    """
    with opened_views(lake, only={"documents"}) as connection:
        rows = connection.execute(_DOCUMENTS).fetchall()
    told = [Told(id=r[0], published=r[1], month=r[2], has_title=r[3]) for r in rows]
    return {one.id: one for one in sorted(told, key=lambda one: one.order)}


def plan(lake: "Lake", told: Mapping[str, Told], settings: LinkSettings) -> list[Block]:
    """The blocks of a lake, in order.

    Raises:
        LakeError: DuckDB is not installed, or a file is broken.
    """
    blocks: list[Block] = []
    large: dict[str, tuple[list[Told], set[str]]] = {}
    for window, own, core in _windows(told.values(), settings):
        if len(own) <= settings.most_documents:
            blocks.append(_block(lake, settings, window, "all", own))
        else:
            large[window] = own, core
    if large:
        with opened_views(lake, only={"entities"}) as connection:
            for window, (own, core) in large.items():
                keys = _keys_of(connection, own)
                blocks += _buckets(lake, settings, window, own, core, keys)
                blocks.append(_block(lake, settings, window, COPIES, own))
    return sorted(blocks, key=lambda block: (block.window, block.bucket))


def _windows(
    told: Iterable[Told], settings: LinkSettings
) -> Iterator[tuple[str, list[Told], set[str]]]:
    """Each window that has documents of its own: with those before it, and which are its own."""
    size, overlap = settings.window_days, settings.overlap_days
    documents: dict[int | None, list[Told]] = collections.defaultdict(list)
    core: dict[int | None, set[str]] = collections.defaultdict(set)
    for one in told:
        day = _day_of(one)
        if day is None:
            documents[None].append(one)
            core[None].add(one.id)
            continue
        core[day // size].add(one.id)
        for window in range(day // size, (day + overlap) // size + 1):
            documents[window].append(one)
    for number in sorted(core, key=lambda n: math.inf if n is None else n):
        first = UNDATED if number is None else date.fromordinal(max(1, number * size)).isoformat()
        yield first, documents[number], core[number]


def _day_of(one: Told) -> int | None:
    """The day of publication as a running number; that of a month is its first."""
    try:
        return date.fromisoformat(f"{one.published or ''}-01"[:10]).toordinal()
    except ValueError:
        return None


def _buckets(
    lake: "Lake",
    settings: LinkSettings,
    window: str,
    own: Sequence[Told],
    core: set[str],
    keys: Mapping[str, Sequence[str]],
) -> Iterator[Block]:
    """The blocks of a window that is too large for one.

    Keys that few documents share are put together by their hash. The documents of one that
    very many share, such as a country, are cut by time, with some in two of the parts.
    """
    most = settings.most_documents
    members: dict[str, list[Told]] = collections.defaultdict(list)
    for one in own:
        for key in keys.get(one.id) or [_NO_KEY]:
            members[key].append(one)
    rare = {key: found for key, found in members.items() if len(found) <= most}
    n_buckets = 1 << math.ceil(math.log2(max(1, sum(map(len, rare.values())) / most)))
    buckets: dict[str, dict[str, Told]] = collections.defaultdict(dict)
    for key, found in rare.items():
        name = f"{_number(key) % n_buckets + 1} of {n_buckets}"
        buckets[name] |= {one.id: one for one in found}
    for key in sorted(members.keys() - rare.keys()):
        found, step = members[key], most - most // 4
        for start in range(0, len(found) - most // 4, step):
            buckets[f"{key} from {start}"] = {one.id: one for one in found[start : start + most]}
    for name, documents in buckets.items():
        if not core.isdisjoint(documents):
            found = sorted(documents.values(), key=lambda one: one.order)
            yield _block(lake, settings, window, name, found)


def _number(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=6).digest(), "big")


def _keys_of(connection: "duckdb.DuckDBPyConnection", own: Sequence[Told]) -> dict[str, list[str]]:
    import pyarrow

    connection.register("asked", pyarrow.table({"id": [one.id for one in own]}))
    found: dict[str, list[str]] = collections.defaultdict(list)
    for document, key in connection.execute(_KEYS).fetchall():
        found[document].append(key)
    connection.unregister("asked")
    return found


def _block(
    lake: "Lake", settings: LinkSettings, window: str, bucket: str, own: Sequence[Told]
) -> Block:
    documents = tuple(one.id for one in own)
    made_by = VERSION, software_version(), lake.run.id, settings.judges
    return Block(
        id=content_id("block", made_by, window, bucket, documents),
        window=window,
        bucket=bucket,
        months=tuple(sorted({one.month for one in own})),
        documents=documents,
    )
