"""Gold for whether what a predicate says happened: UDS It-Happened on EWT, and MEANTIME.

UDS-IH2: the value of a predicate is above zero if it happened, below if it did not, in
the eyes of several annotators. Texts are whole documents of EWT, with its paragraphs and
spaces.

MEANTIME marks events as certain, probable or possible, negated, and future or not
(`label_of_event`); what is actual has the value 1, all else -1. It is for tuning. Its
texts are its tokens with spaces between.
"""

import gzip
import json
import re
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.entity_conllu import ConlluSentence, conllu_documents
from evaluation.entity_texts import Stretch, lay_out
from evaluation.errors import CorpusError, FormError
from evaluation.json_rows import decoded, digest_of, read_bytes
from onrecord.records import Factuality

_PREDICATE = re.compile(r"-semantics-(?:sub)?pred-(\d+)$")
_LAST_SENTENCE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A word that names a happening.

    Attributes:
        start: Its first code point.
        end: The code point after its last.
        lemma: Its base form, in lower case.
        value: Above zero if it happened, below if it did not.
        label: The factuality that the corpus gives, if it gives more than that.
        sentence: Number of its sentence in the text.
    """

    start: int
    end: int
    lemma: str
    value: float
    sentence: int
    label: Factuality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateText:
    """A text with predicates, in text order, and its date if it is known."""

    id: str
    text: str
    predicates: tuple[Predicate, ...]
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateCorpus:
    """Texts, a name, and the SHA-256 of the file or of the names and digests of all files."""

    name: str
    digest: str
    texts: tuple[PredicateText, ...]


def load_uds(folder: Path, part: str = "dev") -> PredicateCorpus:
    """UDS-IH2 on the documents of EWT that have predicates.

    Args:
        folder: Holds ``factuality/uds_ih2`` and ``ewt``.
        part: ``train`` or ``dev``.

    Raises:
        FormError: A file is missing or not in its form.
    """
    base = folder / "factuality" / "uds_ih2"
    path = base / "factuality.normalized.json"
    content, ids = read_bytes(path), _json(base / "ud_ids.json")
    values = _values_by_sentence(_json(path), ids, f"ewt-{part}-", str(path))
    trees = folder / "ewt" / f"en_ewt-ud-{part}.conllu"
    treebank = decoded(_read_either(trees), trees)
    lemmas = _lemmas(treebank)
    texts = tuple(
        _uds_text(name, sentences, values, lemmas)
        for name, sentences in conllu_documents(treebank, str(trees))
        if any(own.comments.get("sent_id") in values for own in sentences)
    )
    return PredicateCorpus(name=f"uds_ih2/{part}", digest=digest_of(content), texts=texts)


def _json(path: Path) -> Mapping[str, Any]:
    try:
        value = json.loads(decoded(read_bytes(path), path))
    except ValueError as error:
        raise FormError(source=str(path), problem=f"it is no JSON: {error}") from error
    if not isinstance(value, Mapping):
        raise FormError(source=str(path), problem="it is no object")
    return value


def _values_by_sentence(
    given: Mapping[str, Any], ids: Mapping[str, Any], prefix: str, source: str
) -> dict[str, list[tuple[int, float]]]:
    """The word of each predicate and its value, by the id of its sentence in EWT."""
    values: dict[str, list[tuple[int, float]]] = {}
    try:
        for name, predicates in given["data"].items():
            if name.startswith(prefix):
                own = values.setdefault(ids[name]["sentence_id"], [])
                for key, row in predicates.items():
                    found = _PREDICATE.search(key)
                    if found is not None:
                        value = row["factuality"]["factual"]["value"]
                        own.append((int(found.group(1)), float(value)))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        problem = f"it is not in its form: {error!r}"
        raise FormError(source=source, problem=problem) from error
    return values


def _read_either(path: Path) -> bytes:
    """A file, or what its .gz beside it holds."""
    if path.exists():
        return read_bytes(path)
    packed = path.with_name(path.name + ".gz")
    try:
        return gzip.decompress(read_bytes(packed))
    except (OSError, EOFError, zlib.error) as error:
        raise FormError(source=str(packed), problem=f"it cannot be unpacked: {error}") from error


def _lemmas(treebank: str) -> dict[tuple[str, int], str]:
    """The lemma of each word, by the id of its sentence and its number there."""
    lemmas, sentence = {}, ""
    for line in treebank.split("\n"):
        if line.startswith("# sent_id"):
            sentence = line.partition("=")[2].strip()
        number, _, rest = line.partition("\t")
        if number.isdecimal():
            lemmas[sentence, int(number)] = rest.split("\t")[1].casefold()
    return lemmas


def _uds_text(
    name: str,
    sentences: Sequence[ConlluSentence],
    values: Mapping[str, Sequence[tuple[int, float]]],
    lemmas: Mapping[tuple[str, int], str],
) -> PredicateText:
    laid = lay_out([own.sentence() for own in sentences])
    predicates, first = [], 0
    for number, own in enumerate(sentences):
        name_of = own.comments.get("sent_id", "")
        for at, value in sorted(values.get(name_of, ())):
            if not 1 <= at <= len(own.words):
                continue  # three of the training part, whose sentences are cut otherwise now
            start, end = laid.words[first + at - 1]
            predicates.append(
                Predicate(
                    start=start,
                    end=end,
                    lemma=lemmas.get((name_of, at), ""),
                    value=value,
                    sentence=number,
                )
            )
        first += len(own.words)
    return PredicateText(id=name, text=laid.text, predicates=tuple(predicates))


def load_meantime_events(folder: Path) -> PredicateCorpus:
    """The events of MEANTIME, annotated within documents, in sentences 0 to 5.

    Raises:
        CorpusError: They are not there.
        FormError: A file is not in its form.
    """
    base = folder / "time" / "meantime" / "intra-doc_annotation"
    paths = sorted(base.glob("*/*.xml"))
    if not paths:
        raise CorpusError(source=str(base), problem="it holds no files of this corpus")
    texts, lines = [], []
    for path in paths:
        content = read_bytes(path)
        lines.append(f"{path.name} {digest_of(content)}\n")
        texts.append(read_meantime_events(decoded(content, path), str(path)))
    return PredicateCorpus(
        name="meantime", digest=digest_of("".join(sorted(lines)).encode()), texts=tuple(texts)
    )


def read_meantime_events(content: str, where: str) -> PredicateText:
    """One CAT file of MEANTIME.

    Raises:
        FormError: It is not in its form.
    """
    try:
        root = ET.fromstring(content)  # noqa: S314 - a corpus of one's own
    except ET.ParseError as error:
        raise FormError(source=where, problem=f"it is no XML: {error}") from error
    text, spans = "", dict[str, tuple[Stretch, int]]()
    sentence = 0
    for token in root.iter("token"):
        own, word = int(token.get("sentence", "0")), token.text or ""
        if own != sentence:
            text, sentence = text.rstrip(" ") + "\n", own
        spans[token.get("t_id", "")] = ((len(text), len(text) + len(word)), own)
        text += word + " "
    predicates = []
    for event in root.iter("EVENT_MENTION"):
        anchors = [
            spans[key] for a in event.iter("token_anchor") if (key := a.get("t_id", "")) in spans
        ]
        if anchors and anchors[0][1] <= _LAST_SENTENCE:
            label = label_of_event(event.attrib)
            predicates.append(
                Predicate(
                    start=min(span for span, _ in anchors)[0],
                    end=max(span[1] for span, _ in anchors),
                    lemma=event.get("pred", "").casefold(),
                    value=1.0 if label is Factuality.ACTUAL else -1.0,
                    sentence=anchors[0][1],
                    label=label,
                )
            )
    days = (
        timex.get("value")
        for timex in root.iter("TIMEX3")
        if timex.get("functionInDocument") == "CREATION_TIME"
    )
    return PredicateText(
        id=Path(where).stem,
        text=text,
        predicates=tuple(sorted(predicates, key=lambda own: (own.start, own.end))),
        published=next(days, None),
    )


def label_of_event(attributes: Mapping[str, str]) -> Factuality:
    """MEANTIME's attributes as one of the four.

    What is turned down is negated; of the rest, conditions and what is not certain are
    possible, and what lies ahead is planned.

    >>> label_of_event({"polarity": "POS", "certainty": "CERTAIN", "time": "FUTURE"}).value
    'planned'
    """
    if attributes.get("polarity") == "NEG":
        return Factuality.NEGATED
    certainty, special = attributes.get("certainty", ""), attributes.get("special_cases", "")
    if certainty in {"PROBABLE", "POSSIBLE"} or special.startswith("COND"):
        return Factuality.POSSIBLE
    return Factuality.PLANNED if attributes.get("time") == "FUTURE" else Factuality.ACTUAL
