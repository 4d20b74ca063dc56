"""Documents in, readings out: the stages in their order, with one run for all rows."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from onrecord.config import Config
from onrecord.encode.sessions import OnnxEncoder, load_tokenizer
from onrecord.encode.weights import Weights, load_weights, packaged_weights
from onrecord.errors import StageOrderError
from onrecord.records import Document, Reading, Run, make_run
from onrecord.statements.candidates import CandidateFinder, Thresholds, as_settings
from onrecord.statements.stages import StatementFinder
from onrecord.versions import software_version

# Documents read together share passes of the encoder; more of them cost memory only.
_BATCH_DOCUMENTS = 16
_BATCH_CHARS = 200_000


class Stage(Protocol):
    """Reads some kinds of record in a reading and adds others."""

    reads: ClassVar[frozenset[str]]
    writes: ClassVar[frozenset[str]]

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings, in the same order; the ones given are left as they were."""
        ...


class Reader:
    """Reads documents. Loading the weights takes a moment; keep one reader and use it again."""

    def __init__(
        self,
        config: Config | None = None,
        *,
        stages: Sequence[Stage] = (),
        on_progress: Callable[[int], None] | None = None,
    ) -> None:
        """Load the weights.

        Args:
            config: Settings; the defaults if None.
            stages: Other stages than the built-in ones.
            on_progress: Called now and then with the number of code points read since.
        """
        config = config or Config()
        weights = load_weights(config.weights) if config.weights else packaged_weights()
        thresholds = thresholds_of(weights)
        self.run: Run = make_run(
            software=software_version(),
            model=weights.name,
            model_digest=weights.digest,
            settings=as_settings(thresholds),
        )
        self.stages: tuple[Stage, ...] = tuple(stages) or (
            _statement_finder(weights, thresholds, config.n_threads, on_progress),
        )
        check_order(self.stages)

    def read(self, document: Document) -> Reading:
        """What stands in one document."""
        return self.read_batch([document])[0]

    def read_batch(self, documents: Sequence[Document]) -> list[Reading]:
        """What stands in some documents, which are held in memory together."""
        readings = [Reading(document=document, run=self.run) for document in documents]
        for stage in self.stages:
            readings = stage(readings)
        return readings

    def is_full(self, documents: Sequence[Document]) -> bool:
        """Whether these are enough to be read together: more would only take memory."""
        n_chars = sum(len(document.text) for document in documents)
        return len(documents) >= _BATCH_DOCUMENTS or n_chars >= _BATCH_CHARS


def thresholds_of(weights: Weights) -> Thresholds:
    """The thresholds that were tuned for these weights."""
    given = dict(weights.manifest.get("thresholds", {}))
    if "weights" in given:
        given["weights"] = tuple(given["weights"])
    return Thresholds(**given)


def _statement_finder(
    weights: Weights,
    thresholds: Thresholds,
    n_threads: int,
    on_progress: Callable[[int], None] | None,
) -> StatementFinder:
    finder = CandidateFinder(
        OnnxEncoder(weights),
        cue_steps=weights.cue_steps,
        role_steps=weights.role_steps,
        thresholds=thresholds,
        max_pieces=int(weights.manifest["max_pieces"]),
    )
    return StatementFinder(
        finder,
        load_tokenizer(weights),
        max_pieces=int(weights.manifest["max_pieces"]),
        n_threads=n_threads,
        on_progress=on_progress,
    )


def check_order(stages: Sequence[Stage]) -> None:
    """Refuse an order in which something is read before it is written.

    Raises:
        StageOrderError: Naming the first such stage.
    """
    written: set[str] = set()
    for stage in stages:
        missing = stage.reads - written
        if missing:
            raise StageOrderError(stage=type(stage).__name__, missing=frozenset(missing))
        written |= stage.writes
