"""What is known of the parts of a run: pieces of inputs, shards, and how those ended.

A shard is the unit of work: it is done, or it is not. These are plain values, as JSON and
back; the files of a lake that hold them are `onrecord.lake.lakes`' business.
"""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from onrecord.errors import LakeError
from onrecord.records.ids import content_id

PieceKind = Literal["file", "lines", "rows", "records"]
_KINDS = frozenset(get_args(PieceKind))
_Kind = TypeVar("_Kind", bound="Shard | FinishedShard | FailedShard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One stretch of one input.

    Attributes:
        source: Path or address; absolute for local files.
        kind: ``file`` is all of it, ``lines`` are bytes of JSON Lines, ``rows`` are row groups
            of a Parquet file, ``records`` are compressed bytes of a WARC file.
        start: First byte, or row group.
        end: After the last; null: to the end.
        size: Bytes of the whole source when it was planned.
        stamp: Time of change, or ETag, when it was planned.
    """

    source: str
    kind: PieceKind
    start: int = 0
    end: int | None = None
    size: int | None = None
    stamp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Pieces that are read together, and whose rows appear together."""

    id: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardFile:
    """One file of a finished shard.

    Attributes:
        path: Below the folder of the lake.
        table: Its table; ``refusals`` and ``vectors`` are such too.
        month: Of publication, as ``2024-05``, or ``unknown``; empty where months say nothing.
        n_rows: Rows in it.
        n_bytes: Its size.
    """

    path: str
    table: str
    month: str
    n_rows: int
    n_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedShard:
    """A shard whose files are all there.

    Attributes:
        id: Of the shard.
        pieces: What it was read from.
        files: All that was written.
        n_documents: Different documents in it.
        n_refused: Inputs that were turned away.
        n_chars: Code points of its documents.
        counts: Rows by table.
        refused: Refusals by reason.
        seconds: That it took.
        tries: How often it was begun.
    """

    id: str
    pieces: tuple[Piece, ...]
    files: tuple[ShardFile, ...]
    n_documents: int
    n_refused: int
    n_chars: int
    counts: Mapping[str, int]
    refused: Mapping[str, int]
    seconds: float
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedShard:
    """A shard that was given up.

    Attributes:
        id: Of the shard.
        pieces: What it would have been read from.
        reason: What went wrong the last time.
        tries: How often it was begun.
    """

    id: str
    pieces: tuple[Piece, ...]
    reason: str
    tries: int


def make_shard(pieces: Iterable[Piece], *, run: str) -> Shard:
    """A shard with its id, which names its pieces and the run that reads them.

    >>> piece = Piece(source="/a.txt", kind="file", size=3)
    >>> make_shard([piece], run="r") == make_shard([piece], run="r")
    True
    >>> make_shard([piece], run="r").id == make_shard([piece], run="other").id
    False
    """
    given = tuple(pieces)
    return Shard(id=content_id("shard", run, [dataclasses.asdict(p) for p in given]), pieces=given)


def to_json(record: Shard | FinishedShard | FailedShard) -> str:
    """A record as one JSON object.

    >>> shard = make_shard([Piece(source="/a.txt", kind="file")], run="r")
    >>> shard_from_json(to_json(shard)) == shard
    True
    """
    return json.dumps(dataclasses.asdict(record), ensure_ascii=False, indent=1)


def shard_from_json(text: str | bytes, *, at: str = "shard") -> Shard:
    """A shard as `to_json` wrote it.

    Raises:
        LakeError: It is none.
    """
    return _built(Shard, text, at)


def finished_from_json(text: str | bytes, *, at: str = "shard") -> FinishedShard:
    """A finished shard as `to_json` wrote it.

    Raises:
        LakeError: It is none.
    """
    return _built(FinishedShard, text, at)


def failed_from_json(text: str | bytes, *, at: str = "shard") -> FailedShard:
    """A failed shard as `to_json` wrote it.

    Raises:
        LakeError: It is none.
    """
    return _built(FailedShard, text, at)


def _built(kind: type[_Kind], text: str | bytes, at: str) -> _Kind:
    try:
        values: dict[str, Any] = json.loads(text)
        values["pieces"] = tuple(_piece(piece) for piece in values["pieces"])
        if "files" in values:
            values["files"] = tuple(ShardFile(**file) for file in values["files"])
        return kind(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        problem = f"it is no {kind.__name__} of this version: {error}"
        raise LakeError(path=at, problem=problem) from error


def _piece(values: dict[str, Any]) -> Piece:
    piece = Piece(**values)
    if piece.kind not in _KINDS:
        raise ValueError(f"{piece.kind!r} is no kind of piece")
    return piece
