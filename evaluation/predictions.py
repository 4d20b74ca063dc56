"""Predictions for the texts of a corpus: read now, or loaded from a file.

Two kinds of file are understood: what `onrecord read --format jsonl` prints, and lines
of ``{"id": …, "attributions": [{"source": [[start, end], …], "cue": …, "content": …}]}``.
A corpus such as PolNeAR marks outermost attributions only, so `Predictions.outermost`
leaves out the statements inside others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.corpora import Corpus, GoldCorpus, attributions_of
from evaluation.errors import FormError, PredictionError
from evaluation.json_rows import json_lines, read_bytes, text_of
from evaluation.overlaps import HasRoles
from onrecord.config import Config
from onrecord.errors import OnRecordError
from onrecord.export.records import dumps, reading_from_json
from onrecord.inputs.documents import document_from_text
from onrecord.pipeline import Reader
from onrecord.records import Document, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    """A text to be predicted on: its name in the corpus, and its date if known."""

    id: str
    text: str
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictions:
    """What one system says about the texts of a corpus; a text that it lacks has nothing.

    Attributes:
        system: Model and digest, or the file that they come from.
        readings: Whole readings, by the name of their text.
        attributions: Spans only, by the name of their text.
    """

    system: str
    readings: Mapping[str, Reading] = field(default_factory=dict)
    attributions: Mapping[str, Sequence[HasRoles]] = field(default_factory=dict)

    def outermost(self, name: str) -> Sequence[HasRoles]:
        """The statements of a text that stand in no other one."""
        reading = self.readings.get(name)
        if reading is not None:
            return [s for s in reading.statements or () if s.depth == 0]
        return self.attributions.get(name, ())

    def reading(self, name: str) -> Reading | None:
        """The reading of a text, if there is one.

        Raises:
            PredictionError: There are spans only.
        """
        if name in self.attributions:
            raise PredictionError(
                source=self.system,
                problem="it holds spans only; give what `onrecord read --format jsonl` prints",
            )
        return self.readings.get(name)


def texts_of(corpus: Corpus | GoldCorpus) -> dict[str, GoldText]:
    """The texts of a corpus by name, each once."""
    if isinstance(corpus, GoldCorpus):
        return {
            record.url: GoldText(id=record.url, text=record.text, published=record.published)
            for record in corpus.records
        }
    return {article.id: GoldText(id=article.id, text=article.text) for article in corpus.articles}


def predict(
    texts: Mapping[str, GoldText],
    *,
    weights: Path | None = None,
    n_threads: int = 2,
    on_progress: Callable[[int], None] | None = None,
) -> Predictions:
    """Read texts as `onrecord read` does.

    Args:
        texts: By name; the name becomes the address of the document.
        weights: A folder of weights; the packaged ones if None.
        n_threads: Passes of the model side by side.
        on_progress: Called now and then with the number of texts read since.
    """
    reader = Reader(Config(weights=weights, n_threads=n_threads))
    readings: dict[str, Reading] = {}
    for batch in _batches(reader, texts.values()):
        found = reader.read_batch(list(batch.values()))
        readings.update(zip(batch, found, strict=True))
        if on_progress is not None:
            on_progress(len(batch))
    return Predictions(
        system=f"{reader.run.model} {reader.run.model_digest[:12]}", readings=readings
    )


def _batches(reader: Reader, texts: Iterable[GoldText]) -> Iterator[dict[str, Document]]:
    batch: dict[str, Document] = {}
    for given in texts:
        batch[given.id] = document_from_text(given.text, url=given.id, published=given.published)
        if reader.is_full(list(batch.values())):
            yield batch
            batch = {}
    if batch:
        yield batch


def save_readings(predictions: Predictions, path: Path) -> None:
    """Write readings as `onrecord read --format jsonl` prints them."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(dumps(reading) + "\n" for reading in predictions.readings.values())


def load_predictions(path: Path, texts: Mapping[str, GoldText]) -> Predictions:
    """Predictions of a file, for some gold texts.

    Args:
        path: JSON Lines of readings or of attributions.
        texts: By name. A reading belongs to the text whose name is its address, or else
            to the one with the same words.

    Raises:
        FormError: The file is not in its form.
        PredictionError: A line belongs to no text, or its text has a line already, or
            the words that it counts are other ones.
    """
    readings: dict[str, Reading] = {}
    attributions: dict[str, Sequence[HasRoles]] = {}
    name_of = {given.text: name for name, given in texts.items()}
    for where, row in json_lines(read_bytes(path), path):
        reading = _reading(row, where) if "document" in row else None
        name = text_of(row, "id", where) if reading is None else reading.document.url
        if reading is not None and name not in texts:
            name = name_of.get(reading.document.text, name)
        if name is None or name not in texts:
            raise PredictionError(source=where, problem=f"the corpus has no text {name!r}")
        if name in readings or name in attributions:
            raise PredictionError(source=where, problem=f"{name!r} has a line already")
        text = texts[name].text
        if reading is None:
            attributions[name] = attributions_of(row, text, where)
        elif reading.document.text == text:
            readings[name] = reading
        else:
            raise PredictionError(source=where, problem=_difference(reading.document.text, text))
    return Predictions(system=str(path), readings=readings, attributions=attributions)


def _reading(row: Mapping[str, Any], where: str) -> Reading:
    try:
        return reading_from_json(row)
    except OnRecordError as error:
        raise FormError(source=where, problem=f"it is no reading: {error}") from error


def _difference(found: str, gold: str) -> str:
    """Where two texts part, in words."""
    pairs = enumerate(zip(found, gold, strict=False))
    at = next((n for n, (own, other) in pairs if own != other), min(len(found), len(gold)))
    return (
        f"the text differs from the gold text at {at}: "
        f"{found[at : at + 20]!r}, gold has {gold[at : at + 20]!r}"
    )
