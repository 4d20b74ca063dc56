"""Gold for events: PLV's pairs, PLOVER's gold records, PETRARCH's unit sentences.

Each loader takes the folder that holds the corpora. Labels are those of PLOVER 2021, by
the one table of `onrecord.events.versions`; a gold event may have several types where an
older label covers several, and none (None) where its code has no meaning.

PLOVER's gold records mark one event of a sentence, not all; a record whose text is that
of another stands beside it. PETRARCH's codings are what that program must give with its
own validation dictionaries, so a code of an actor is turned back into the words that the
dictionary has for it (`evaluation.event_phrases`). Records that test the program and not
the coding (broken parses, discarded stories) are left out.
"""

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.entity_texts import Stretch
from evaluation.errors import FormError
from evaluation.event_phrases import ActorPhrases, load_phrases
from evaluation.json_rows import decoded, digest_of, read_bytes
from evaluation.predictions import GoldText
from onrecord.events.versions import LabelSet, types_of
from onrecord.records import EventType

Types = tuple[EventType, ...]
_MARK = re.compile(r"<(/?)([st])>")
# Codes of the gold records that ISO 3166 does not have, and what they stand for there.
_ISO = {"JAP": "JPN", "ITL": "ITA"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPair:
    """A sentence with who does something to whom marked in it.

    Attributes:
        text: The sentence.
        sources: Where the one who does it stands; empty if nobody is marked.
        targets: Where the one to whom it is done stands.
    """

    text: str
    sources: tuple[Stretch, ...]
    targets: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCorpus:
    """Pairs with their labels, a name, and the SHA-256 of the file."""

    name: str
    digest: str
    pairs: tuple[EventPair, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldActor:
    """Who takes part in a gold event.

    Attributes:
        words: As the corpus has them; of PETRARCH, the words of the dictionary.
        spans: Where these stand in the text, if the corpus or its dictionary tells.
        code: Code of the corpus; of PLOVER's records its country part.
    """

    words: str
    spans: tuple[Stretch, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """One coded event; None for its types if its code has no meaning of its own."""

    id: str
    label: str
    types: Types | None
    actors: tuple[GoldActor, ...]
    recipients: tuple[GoldActor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedText:
    """A text with its coded events; () where it should give none."""

    id: str
    text: str
    published: str | None
    events: tuple[GoldEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedCorpus:
    """Coded texts.

    Attributes:
        name: ``plover`` or ``petrarch``.
        digest: SHA-256 of the file, or of the names and digests of all files.
        texts: In the order of the corpus.
        n_left_out: Texts left out because a code of an actor has no words in them.
    """

    name: str
    digest: str
    texts: tuple[CodedText, ...]
    n_left_out: int = 0

    def gold_texts(self) -> dict[str, GoldText]:
        """What is to be read, by name."""
        return {
            own.id: GoldText(id=own.id, text=own.text, published=own.published)
            for own in self.texts
        }


def load_plv(folder: Path) -> PairCorpus:
    """The training part of PLV, with its fifteen root codes.

    Raises:
        FormError: The file is missing or not in its form.
    """
    path = folder / "events" / "plv" / "PLV_train.tsv"
    content = read_bytes(path)
    rows = csv.DictReader(decoded(content, path).splitlines(), delimiter="\t")
    pairs, labels = [], []
    for number, row in enumerate(rows, 2):
        where = f"{path} row {number}"
        marked, label = row.get("marked_sentence"), row.get("gold_root")
        if not marked or not label or types_of(LabelSet.PLV, label) is None:
            raise FormError(source=where, problem="it has no marked sentence with a root code")
        pairs.append(read_pair(marked, where))
        labels.append(label)
    return PairCorpus(
        name="plv/train", digest=digest_of(content), pairs=tuple(pairs), labels=tuple(labels)
    )


def read_pair(marked: str, where: str) -> EventPair:
    """A sentence with ``<s>`` and ``<t>`` around source and target, which may come again.

    >>> read_pair("<s>Arland </s>sues <t>Norland</t>.", "here").sources
    ((0, 6),)

    Raises:
        FormError: A mark does not open or close.
    """
    text, start = "", 0
    is_open: dict[str, int] = {}
    found: dict[str, list[Stretch]] = {"s": [], "t": []}
    for mark in _MARK.finditer(marked):
        text += marked[start : mark.start()]
        start = mark.end()
        closes, role = bool(mark.group(1)), mark.group(2)
        if closes != (role in is_open):
            raise FormError(source=where, problem=f"{mark.group()} neither opens nor closes")
        if closes:
            found[role].append(_trimmed(text, is_open.pop(role), len(text)))
        else:
            is_open[role] = len(text)
    if is_open:
        raise FormError(source=where, problem="a mark is not closed")
    return EventPair(
        text=text + marked[start:],
        sources=tuple(span for span in found["s"] if span[0] < span[1]),
        targets=tuple(span for span in found["t"] if span[0] < span[1]),
    )


def _trimmed(text: str, start: int, end: int) -> Stretch:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def load_plover(folder: Path) -> CodedCorpus:
    """PLOVER's gold standard records, labelled by version 0.5b1.

    Raises:
        FormError: The file is missing or not in its form.
    """
    path = folder / "events" / "plover" / "gold_standard_records" / "PLOVER_GSR_CAMEO.txt"
    content = read_bytes(path)
    try:
        rows = json.loads(decoded(content, path))
    except ValueError as error:
        raise FormError(source=str(path), problem=f"it is no JSON: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise FormError(source=str(path), problem="it is no list of records")
    by_text: dict[str, list[GoldEvent]] = {}
    for number, row in enumerate(rows, 1):
        where = f"{path} record {number}"
        if row.get("event") == "DOCUMENT":
            continue
        text = row.get("text")
        if not isinstance(text, str) or not text.strip():
            raise FormError(source=where, problem="it has no text")
        by_text.setdefault(text.strip(), []).append(_record_event(row, where))
    texts = tuple(
        CodedText(id=events[0].id, text=text, published=None, events=tuple(events))
        for text, events in by_text.items()
    )
    return CodedCorpus(name="plover", digest=digest_of(content), texts=texts)


def _record_event(row: Mapping[str, Any], where: str) -> GoldEvent:
    label, mode = str(row.get("event") or ""), str(row.get("mode") or "")
    types = types_of(LabelSet.PLOVER_2016, f"{label}/{mode}" if mode else label)
    if types is None:
        raise FormError(source=where, problem=f"{label!r} is no type of PLOVER 0.5b1")
    return GoldEvent(
        id=str(row.get("id") or where),
        label=label,
        types=types,
        actors=_record_actors(row.get("source")),
        recipients=_record_actors(row.get("target")),
    )


def _record_actors(given: Any) -> tuple[GoldActor, ...]:
    """Who stands in a field; records without anybody have null, "" or words in it."""
    if not isinstance(given, list):
        return ()
    rows = (row for row in given if isinstance(row, Mapping))
    pairs = (
        (" ".join(str(row.get("actorText") or "").split()), str(row.get("code") or ""))
        for row in rows
    )
    return tuple(
        GoldActor(words=words, code=_ISO.get(code, code)) for words, code in pairs if words or code
    )


def load_petrarch(folder: Path) -> CodedCorpus:
    """PETRARCH's unit sentences, their actors turned back into words.

    Raises:
        FormError: A file is missing or not in its form.
    """
    base = folder / "events" / "petrarch"
    path = base / "PETR.UnitTest.records.xml"
    content = read_bytes(path)
    phrases, digests = load_phrases(base / "validation_dictionaries")
    try:
        root = ET.fromstring(decoded(content, path))  # noqa: S314 - a corpus of one's own
    except ET.ParseError as error:
        raise FormError(source=str(path), problem=f"it is no XML: {error}") from error
    texts = list(_petrarch_texts(root.iter("Sentence"), phrases, str(path)))
    lines = "".join(sorted([f"{path.name} {digest_of(content)}\n", *digests]))
    placed = tuple(own for own in texts if own is not None)
    return CodedCorpus(
        name="petrarch",
        digest=digest_of(lines.encode()),
        texts=placed,
        n_left_out=len(texts) - len(placed),
    )


def _petrarch_texts(
    sentences: Iterable[ET.Element], phrases: ActorPhrases, source: str
) -> Iterator[CodedText | None]:
    """Texts; None for one that has an actor without words."""
    for number, sentence in enumerate(sentences, 1):
        name = f"{number:03} {sentence.get('id', '')}".rstrip()
        text = " ".join((sentence.findtext("Text") or "").split())
        codings = [own for own in sentence.findall("EventCoding") if "noevents" not in own.attrib]
        if any("error" in own.attrib for own in codings):
            continue
        if not text:
            raise FormError(source=f"{source} sentence {number}", problem="it has no text")
        day = sentence.get("date", "")
        published = f"{day[:4]}-{day[4:6]}-{day[6:8]}" if re.fullmatch(r"\d{8}", day) else None
        placed = [_petrarch_event(own, name, text, day, phrases) for own in codings]
        events = tuple(own for own in placed if own is not None)
        is_whole = len(events) == len(placed)
        yield (
            CodedText(id=name, text=text, published=published, events=events) if is_whole else None
        )


def _petrarch_event(
    coding: ET.Element, name: str, text: str, day: str, phrases: ActorPhrases
) -> GoldEvent | None:
    """A coding; None if one of its actors has no words in the text."""
    label = coding.get("eventcode", "")
    sides: list[tuple[GoldActor, ...]] = []
    for field in ("sourcecode", "targetcode"):
        code = coding.get(field, "")
        spans = phrases.places_of(code, text, day)
        if spans is None:
            sides.append(())
        elif not spans:
            return None
        else:
            sides.append((GoldActor(words=text[slice(*spans[0])], spans=spans, code=code),))
    return GoldEvent(
        id=name,
        label=label,
        types=types_of(LabelSet.WEIS_PETRARCH, label),
        actors=sides[0],
        recipients=sides[1],
    )
