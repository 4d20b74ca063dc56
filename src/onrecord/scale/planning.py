"""Files as shards of about equal work, without those that are done.

Shards are made one by one as they are asked for, so that a million files are no list in
memory. The same files give the same shards; when files come in between, what is done is known
by the pieces, and only the rest is made into new shards.
"""

import bisect
import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.lake import FinishedShard, Piece, Shard, make_shard
from onrecord.lake.shards import PieceKind
from onrecord.scale.cutting import pieces_of
from onrecord.scale.sources import Source

MEGABYTE = 1_000_000
# What a shard says of itself names each of its files.
_MAX_PIECES = 2_000
_CUT_BY_BYTES: tuple[PieceKind, ...] = ("lines", "records")


@dataclass(frozen=True, slots=True)
class Planned:
    """A shard that is to be done.

    Attributes:
        shard: What it is.
        work: Bytes of text in it, roughly.
    """

    shard: Shard
    work: int


class Done:
    """Which shards, and which stretches of which files, are done."""

    def __init__(self, finished: Mapping[str, FinishedShard] | None = None) -> None:
        self._shards: set[str] = set()
        # Of files their hashes alone, as there may be millions.
        self._whole: set[int] = set()
        self._parts: dict[int, list[tuple[int, int]]] = {}
        for shard in (finished or {}).values():
            self.add(shard)

    def add(self, shard: FinishedShard) -> None:
        """A shard more is done."""
        self._shards.add(shard.id)
        for piece in shard.pieces:
            self._add(piece)

    def _add(self, piece: Piece) -> None:
        if piece.kind == "file" or piece.end is None:
            self._whole.add(_key(piece))
        else:
            parts = self._parts.setdefault(_key(piece), [])
            bisect.insort(parts, (piece.start, piece.end))

    @property
    def n_shards(self) -> int:
        """Shards that are done."""
        return len(self._shards)

    def has_shard(self, shard: str) -> bool:
        """Whether a shard is done as it is."""
        return shard in self._shards

    def has(self, piece: Piece) -> bool:
        """Whether all of a piece is done."""
        return not self.rest_of(piece)

    def rest_of(self, piece: Piece) -> list[Piece]:
        """What of a piece is not done."""
        if _whole_key(piece) in self._whole:
            return []
        if piece.kind == "file" or piece.end is None:
            return self._rest_of_whole(piece)
        rest, at = [], piece.start
        for start, end in self._parts.get(_key(piece), ()):
            if at < start < piece.end:
                rest.append(_between(piece, at, start))
            if start < piece.end and end > at:
                at = end
        if at < piece.end:
            rest.append(_between(piece, at, piece.end))
        return rest

    def _rest_of_whole(self, piece: Piece) -> list[Piece]:
        """A whole file, or what is left of it if it was once cut."""
        for kind in _CUT_BY_BYTES:
            cut = dataclasses.replace(piece, kind=kind, start=0, end=piece.size)
            if _key(cut) in self._parts:
                return self.rest_of(cut)
        return [piece]


def _key(piece: Piece) -> int:
    kind = "" if piece.end is None else piece.kind
    return hash((piece.source, piece.size, piece.stamp, "" if kind == "file" else kind))


def _whole_key(piece: Piece) -> int:
    return hash((piece.source, piece.size, piece.stamp, ""))


def _between(piece: Piece, start: int, end: int) -> Piece:
    return dataclasses.replace(piece, start=start, end=end)


@dataclass(slots=True)
class _Group:
    """Pieces that wait until they are enough for a shard."""

    shard_bytes: int
    pieces: list[Piece] = field(default_factory=list)
    works: list[int] = field(default_factory=list)
    work: int = 0

    def is_full_with(self, work: int) -> bool:
        """Whether a piece more would be too much."""
        too_much = self.work + work > self.shard_bytes
        return bool(self.pieces) and (too_much or len(self.pieces) >= _MAX_PIECES)

    def add(self, piece: Piece, work: int) -> None:
        self.pieces.append(piece)
        self.works.append(work)
        self.work += work

    def planned(self, run: str) -> Planned:
        """All of them as a shard; none is left."""
        found = Planned(make_shard(self.pieces, run=run), self.work)
        self.pieces, self.works, self.work = [], [], 0
        return found


def plan(
    sources: Iterable[Source], *, shard_bytes: int, run: str, done: Done | None = None
) -> Iterator[Planned]:
    """The shards that are left to do, in the order of the files.

    Args:
        sources: All files.
        shard_bytes: Bytes of text in a shard, roughly.
        run: Id of the run that will read them.
        done: What is done.
    """
    done = done or Done()
    rest = _Group(shard_bytes)
    for group in _groups(sources, shard_bytes):
        pieces, works = list(group.pieces), list(group.works)
        planned = group.planned(run)
        if done.has_shard(planned.shard.id):
            continue
        left = [done.rest_of(piece) for piece in pieces]
        if all(one == [piece] for one, piece in zip(left, pieces, strict=True)):
            yield planned
            continue
        for piece, work, parts in zip(pieces, works, left, strict=True):
            for part in parts:
                share = work if part == piece else work * _length(part) // max(1, _length(piece))
                if rest.is_full_with(share):
                    yield rest.planned(run)
                rest.add(part, share)
    if rest.pieces:
        yield rest.planned(run)


def _length(piece: Piece) -> int:
    return (piece.end or 1) - piece.start


def _groups(sources: Iterable[Source], shard_bytes: int) -> Iterator[_Group]:
    """The pieces of all files, together as they make shards; what is cut stands alone."""
    group = _Group(shard_bytes)
    for source in sources:
        pieces = pieces_of(source, shard_bytes)
        for piece, work in pieces:
            if len(pieces) > 1:
                yield _Group(shard_bytes, [piece], [work], work)
                continue
            if group.is_full_with(work):
                yield group
            group.add(piece, work)
    if group.pieces:
        yield group
