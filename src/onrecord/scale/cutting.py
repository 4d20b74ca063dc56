"""How large files are cut into pieces, and how much work a piece is.

A piece is cut where it falls: whoever reads it looks for the first line, row group or record
that begins in it. So nothing is read here but the footer of a table and the first bytes of
lines.
"""

import itertools
import os
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.inputs.contents import JSON_LINES, PAGES
from onrecord.inputs.json_lines import can_be_cut
from onrecord.inputs.parquet_files import row_groups
from onrecord.lake import Piece
from onrecord.scale.opening import SourceFaultError, opened
from onrecord.scale.sources import Source

# Bytes of text in a byte of file, roughly: archives of pages shrink to a third when packed,
# and a tenth of a page is its article. They are only to make shards of about equal work.
_TEXT_SHARE = {
    **dict.fromkeys(JSON_LINES, 0.9),
    **dict.fromkeys(PAGES, 0.08),
    ".warc": 0.03,
    ".warc.gz": 0.12,
    ".gz": 3.0,
    ".zip": 2.0,
    ".parquet": 2.0,
}
_ARCHIVES = frozenset({".warc", ".warc.gz"})
# A file costs a moment, however small it is, and a page of the web this much.
_LEAST_BYTES = 200
_UNKNOWN_BYTES = 5_000
# A file that is larger than a shard by less than this is left whole.
_SLACK = 1.5
_HEAD = 1 << 16


def kind_of_name(name: str) -> str:
    """What a name says of how a file can be cut and of the work in it.

    >>> kind_of_name("s3://news/a.warc.gz"), kind_of_name("/a/b.JSONL")
    ('.warc.gz', '.jsonl')
    """
    lower = name.lower()
    return ".warc.gz" if lower.endswith(".warc.gz") else os.path.splitext(lower)[1]  # noqa: PTH122


def work_of(piece: Piece) -> int:
    """Bytes of text in a piece, roughly."""
    if piece.kind == "rows":
        n_groups = (piece.end or 1) - piece.start
        return _LEAST_BYTES * n_groups
    if piece.size is None:
        return _UNKNOWN_BYTES
    end = piece.size if piece.end is None else piece.end
    share = _TEXT_SHARE.get(kind_of_name(piece.source), 1.0)
    return _LEAST_BYTES + int(share * (end - piece.start))


def pieces_of(source: Source, shard_bytes: int) -> list[tuple[Piece, int]]:
    """A file as it is to be read: whole, or in pieces of about a shard, with their work.

    Args:
        source: The file.
        shard_bytes: Bytes of text in a shard.
    """
    whole = Piece(source=source.name, kind="file", size=source.size, stamp=source.stamp)
    work, kind = work_of(whole), kind_of_name(source.name)
    if source.size is None or work <= _SLACK * shard_bytes:
        # Records have places, by which the one that does harm can be told.
        has_records = kind in _ARCHIVES and source.size
        return [(_part(whole, "records", 0, source.size or 0) if has_records else whole, work)]
    try:
        if kind in JSON_LINES and _has_plain_lines(source):
            return list(_stretches(whole, "lines", work, shard_bytes))
        if kind in _ARCHIVES:
            return list(_stretches(whole, "records", work, shard_bytes))
        if kind == ".parquet":
            return list(_groups(whole, source, shard_bytes)) or [(whole, work)]
    except (OSError, SourceFaultError, InputError):
        pass  # whoever reads it says so
    return [(whole, work)]


def _has_plain_lines(source: Source) -> bool:
    with opened(source.name, size=source.size) as stream:
        return can_be_cut(stream.read(_HEAD))


def _stretches(whole: Piece, kind: str, work: int, shard_bytes: int) -> Iterator[tuple[Piece, int]]:
    """Equal stretches of bytes."""
    size, n_pieces = whole.size or 0, max(1, round(work / shard_bytes))
    edges = [size * at // n_pieces for at in range(n_pieces + 1)]
    for start, end in itertools.pairwise(edges):
        piece = _part(whole, kind, start, end)
        yield piece, work_of(piece)


def _groups(whole: Piece, source: Source, shard_bytes: int) -> Iterator[tuple[Piece, int]]:
    """Row groups, as many together as make a shard."""
    with opened(source.name, size=source.size) as stream:
        groups = row_groups(stream)
    start = work = 0
    for at, group in enumerate(groups):
        if at > start and work + group.n_bytes > shard_bytes:
            yield _part(whole, "rows", start, at), work
            start = at
            work = 0
        work += group.n_bytes
    if len(groups) > start:
        yield _part(whole, "rows", start, len(groups)), work


def _part(whole: Piece, kind: str, start: int, end: int) -> Piece:
    return Piece(
        source=whole.source,
        kind=kind,  # type: ignore[arg-type]  # one of those that a piece has
        start=start,
        end=end,
        size=whole.size,
        stamp=whole.stamp,
    )
