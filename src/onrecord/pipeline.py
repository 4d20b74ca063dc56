"""Documents in, readings out: the stages in their order, with one run for all rows."""

import functools
import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from onrecord.actors.coding import breakaway_sort, country_of, demonym_country, is_body
from onrecord.actors.given import NamedEntries, load_actors
from onrecord.actors.knowledge import Sort
from onrecord.actors.stages import ActorCoder
from onrecord.config import Config
from onrecord.encode.contents import content_reader_of
from onrecord.encode.readings import EncodedReading, WindowFinder
from onrecord.encode.sessions import Encoder, OnnxEncoder, load_tokenizer
from onrecord.encode.vectors import VectorEncoder, WordVectors, join_vectors, vector_encoder_of
from onrecord.encode.weights import Weights, load_weights, packaged_weights
from onrecord.entities.loading import mention_finder_of, pair_scorer_of
from onrecord.entities.stages import EntityFinder
from onrecord.errors import StageOrderError
from onrecord.events.learned import EventModel, event_model_of, state_encoder_of
from onrecord.events.stages import EventFinder
from onrecord.places.gazetteers import Gazetteer, load_gazetteer
from onrecord.places.names import normal_name
from onrecord.places.stages import PlaceFinder
from onrecord.quantities.stages import QuantityFinder
from onrecord.records import Document, Kind, Reading, Run, Span, make_run
from onrecord.segment.persons import gender_of
from onrecord.statements.candidates import CandidateFinder, Thresholds, as_settings
from onrecord.statements.stages import InnerGate, StatementFinder
from onrecord.syntax.loading import tree_finder_of
from onrecord.times.stages import TimeFinder, TimeLinker
from onrecord.versions import software_version

# Documents read together share passes of the encoder; more of them cost memory only.
_BATCH_DOCUMENTS = 16
_BATCH_CHARS = 200_000


# Inhabitants of a town whose name is taken for that of no building.
_LEAST_TOWN = 10_000
# Names of countries and capitals that persons bear too: the words around them tell which.
_PERSONS_TOO = frozenset("jordan georgia chad israel india ireland paris london sydney".split())


class Stage(Protocol):
    """Reads some kinds of record in a reading and adds others."""

    reads: ClassVar[frozenset[str]]
    writes: ClassVar[frozenset[str]]

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings, in the same order; the ones given are left as they were."""
        ...


class Reader:
    """Reads documents. Loading the weights takes a moment; keep one reader and use it again."""

    # Whether the program does little else but read.
    owns_process = False
    # Until the first document is read.
    _may_freeze = False

    def __init__(
        self,
        config: Config | None = None,
        *,
        stages: Sequence[Stage] = (),
        on_progress: Callable[[int], None] | None = None,
        owns_process: bool = False,
    ) -> None:
        """Load the weights.

        Args:
            config: Settings; the defaults if None.
            stages: Other stages than the built-in ones.
            on_progress: Called now and then with the number of code points read since.
            owns_process: Whether the program does little else but read. Then all objects that
                there are after the first document, mostly tables, are left out of garbage
                collection, whose passes over them take 3 % of the time.
        """
        config = config or Config()
        weights = load_weights(config.weights) if config.weights else packaged_weights()
        self.weights: Weights = weights
        thresholds = thresholds_of(weights)
        settings = as_settings(thresholds)
        own = tuple(stages)
        if not own:
            gazetteer = load_gazetteer(config.gazetteer)
            given = given_actors(config.actors)
            settings |= {"gazetteer": gazetteer.digest, "actors": actors_digest(given)}
            events = event_model_of(weights)
            own = (
                _statement_finder(weights, thresholds, config.n_threads, on_progress, events),
                TimeFinder(),
                QuantityFinder(),
                EntityFinder(
                    pair_scorer_of(weights),
                    known=kind_of_known,
                    country=country_code,
                    town=towns_of(gazetteer),
                ),
                PlaceFinder(gazetteer),
                ActorCoder(given),
                TimeLinker(),
                EventFinder(events),
            )
        self.stages: tuple[Stage, ...] = own
        self.run: Run = make_run(
            software=software_version(),
            model=weights.name,
            model_digest=weights.digest,
            settings=settings,
        )
        check_order(self.stages)
        self.owns_process = self._may_freeze = owns_process

    def read(self, document: Document) -> Reading:
        """What stands in one document."""
        return self.read_batch([document])[0]

    def read_batch(self, documents: Sequence[Document]) -> list[Reading]:
        """What stands in some documents, which are held in memory together."""
        return [plain_reading(r) for r in self._run(self.stages, documents)]

    def read_with_vectors(self, documents: Sequence[Document]) -> list[tuple[Reading, WordVectors]]:
        """The same readings, each with what gives a vector for any span of its text.

        Raises:
            StageOrderError: The first stage of this reader is not the one with the encoder.
            WeightsError: These weights make no vectors.
        """
        finder, keeper = self._with_vectors
        readings = self._run((finder, *self.stages[1:]), documents)
        found = [getattr(reading, "found", ()) for reading in readings]
        vectors = [join_vectors(own, keeper.head) for own in found]
        return list(zip(map(plain_reading, readings), vectors, strict=True))

    def read_each(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """What stands in each of many documents, in their order, as they come.

        A few are read ahead. On several threads this is faster than one batch after the
        other, at whose ends some threads have nothing to do.
        """
        for reading in self._each(self.stages, documents):
            yield plain_reading(reading)

    def _run(self, stages: Sequence[Stage], documents: Sequence[Document]) -> list[Reading]:
        return list(self._each(stages, documents))

    def _each(self, stages: Sequence[Stage], documents: Iterable[Document]) -> Iterator[Reading]:
        readings = (Reading(document=document, run=self.run) for document in documents)
        read: Iterator[Reading] = functools.reduce(_through, stages, iter(readings))
        return self._frozen(read) if self._may_freeze else read

    def _frozen(self, readings: Iterator[Reading]) -> Iterator[Reading]:
        """The readings; once the first is there, the tables that it needed are spared."""
        for reading in readings:
            if self._may_freeze:
                gc.freeze()
                self._may_freeze = False
            yield reading

    @functools.cached_property
    def _with_vectors(self) -> tuple[StatementFinder, VectorEncoder]:
        """The first stage, which also keeps vectors of words, and what makes them."""
        first = self.stages[0] if self.stages else None
        if not isinstance(first, StatementFinder):
            raise StageOrderError(stage="read_with_vectors", missing=frozenset({"statements"}))
        keeper = vector_encoder_of(self.weights, first.finder.encoder)
        return first.with_encoder(keeper, also=(*first.also, keeper)), keeper

    def clusters_of(self, document: Document) -> list[list[Span]]:
        """All noun phrases of a document by what they name, also those that are no entity.

        Raises:
            StageOrderError: This reader has no stage that finds entities.
        """
        readings = [Reading(document=document, run=self.run)]
        for stage in self.stages:
            if isinstance(stage, EntityFinder):
                return stage.clusters(readings[0])
            readings = stage(readings)
        raise StageOrderError(stage="clusters_of", missing=frozenset({"entities"}))

    def is_full(self, documents: Sequence[Document]) -> bool:
        """Whether these are enough to be read together: more would only take memory."""
        n_chars = sum(len(document.text) for document in documents)
        return len(documents) >= _BATCH_DOCUMENTS or n_chars >= _BATCH_CHARS


def _through(readings: Iterator[Reading], stage: Stage) -> Iterator[Reading]:
    """Readings as they come out of a stage; those of the encoder are waited for the least."""
    if isinstance(stage, StatementFinder):
        yield from stage.each(readings)
        return
    for reading in readings:
        yield from stage([reading])


def plain_reading(reading: Reading) -> Reading:
    """A reading without what the encoder left for later stages."""
    return reading.plain() if isinstance(reading, EncodedReading) else reading


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
    events: EventModel | None,
) -> StatementFinder:
    encoder: Encoder = OnnxEncoder(weights)
    also = finders_of(weights)
    if events is not None:
        keeper = state_encoder_of(weights, encoder, events)
        encoder = keeper
        also.append(keeper)
    finder = CandidateFinder(
        encoder,
        cue_steps=weights.cue_steps,
        role_steps=weights.role_steps,
        thresholds=thresholds,
        max_pieces=int(weights.manifest["max_pieces"]),
        contents=content_reader_of(weights),
    )
    return StatementFinder(
        finder,
        load_tokenizer(weights),
        max_pieces=int(weights.manifest["max_pieces"]),
        n_threads=n_threads,
        on_progress=on_progress,
        also=also,
        inner=inner_gate_of(weights),
    )


def finders_of(weights: Weights) -> list[WindowFinder]:
    """What these weights find in the pass of the statements, for later stages."""
    trees = tree_finder_of(weights)
    return [mention_finder_of(weights), *([trees] if trees else [])]


def inner_gate_of(weights: Weights) -> InnerGate | None:
    """The gate of contents that these weights were tuned to, if they were."""
    least = weights.manifest.get("inner_least")
    if least is None:
        return None
    sizes = weights.manifest["parts"]
    before = list(sizes).index("inner")
    return InnerGate(column=sum(list(sizes.values())[:before]), least=float(least))


@functools.lru_cache(maxsize=4096)
def kind_of_known(name: str) -> Kind | None:
    """The kind of a name of a country, a capital, a people or a body; None of persons' too.

    >>> kind_of_known("Kenya"), kind_of_known("Kenyan"), kind_of_known("Jordan")
    (<Kind.PLACE: 'place'>, <Kind.NATIONALITY: 'nationality'>, None)
    """
    if name.lower() in _PERSONS_TOO or gender_of(name) is not None:
        return None
    breakaway = breakaway_sort(name)
    if country_of(name) is not None or breakaway is Sort.COUNTRY:
        return Kind.PLACE
    if demonym_country(name) is not None or breakaway is not None:
        return Kind.NATIONALITY
    return Kind.ORGANIZATION if is_body(name) else None


@functools.lru_cache(maxsize=4096)
def country_code(name: str) -> str | None:
    """The code of a country by its name, or by that of its people.

    >>> country_code("Kenya"), country_code("Kenyan"), country_code("Lenz")
    ('KEN', 'KEN', None)
    """
    return country_of(name) or demonym_country(name)


def towns_of(gazetteer: Gazetteer) -> Callable[[str], bool]:
    """Whether a name is that of a town of some size, by the gazetteer."""

    @functools.lru_cache(maxsize=4096)
    def is_town(name: str) -> bool:
        found = gazetteer.find([normal_name(name)])
        return bool(len(found)) and float(found.population_C.max()) >= _LEAST_TOWN

    return is_town


def given_actors(paths: Sequence[Path]) -> NamedEntries:
    """The actors of some files, in their order.

    Raises:
        InputError: One cannot be read, or has a wrong row.
    """
    return tuple(entry for path in paths for entry in load_actors(path))


def actors_digest(given: NamedEntries) -> str:
    """A digest of added actors; empty if there are none."""
    return hashlib.sha256(repr(given).encode()).hexdigest()[:20] if given else ""


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
