"""What goes to a worker and what comes back; all of it can be sent to another process."""

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Any

from onrecord.config import Config
from onrecord.inputs.options import ReadOptions
from onrecord.lake import FinishedShard, Shard
from onrecord.records import Run

if TYPE_CHECKING:
    from onrecord.pipeline import Reader


def packaged_reader(config: Config, *, on_progress: Callable[[int], None]) -> "Reader":
    """The reader of every other command."""
    from onrecord.pipeline import Reader

    return Reader(config, on_progress=on_progress, owns_process=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    """All that a worker needs to know once.

    Attributes:
        lake: Path or address of the lake.
        run: What the lake was made by; a worker that would read otherwise does nothing.
        config: Settings of the reader.
        options: Assumptions and limits of reading inputs.
        make_reader: Makes the reader; a function of a module, so that it can be sent.
        has_vectors: Whether vectors of words are kept, which linkers ask for.
    """

    lake: str
    run: Run
    config: Config = field(default_factory=lambda: Config(n_threads=1))
    options: ReadOptions = field(default_factory=ReadOptions)
    make_reader: Callable[..., Any] = packaged_reader
    has_vectors: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardTask:
    """A shard that a worker is to do.

    Attributes:
        shard: What it is.
        work: Bytes of text in it, roughly.
        n_failed: How often it failed before.
    """

    shard: Shard
    work: int
    n_failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a shard is not done.

    Attributes:
        reason: In words.
        stops_run: Whether other shards would fail as well: the disk is full.
        is_death: Whether the worker died, so that it could not say why.
    """

    reason: str
    stops_run: bool = False
    is_death: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardOutcome:
    """How a shard ended: one of the two is there.

    Attributes:
        task: What was to be done.
        finished: What was done.
        failure: Why it was not.
    """

    task: ShardTask
    finished: FinishedShard | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Advance:
    """What a worker has done since it last said so.

    Attributes:
        n_documents: Documents read.
        n_refused: Inputs turned away.
        n_statements: Statements found.
        n_events: Events found.
        n_chars: Code points read.
    """

    n_documents: int = 0
    n_refused: int = 0
    n_statements: int = 0
    n_events: int = 0
    n_chars: int = 0


@dataclass(frozen=True, slots=True)
class Running:
    """How far a shard is.

    Attributes:
        shard: Its id.
        done: What was done of it in this try.
    """

    shard: str
    done: Advance


def sum_of(advances: Iterable[Advance]) -> Advance:
    """What was done in all of them.

    >>> sum_of([Advance(n_documents=1), Advance(n_documents=2, n_chars=9)]).n_documents
    3
    """
    return Advance(*map(sum, zip(*map(astuple, advances), strict=True)))
