"""What is asked about pairs of articles and answered, with its signs, to fit weights on.

Pairs of articles in `tests/claims/disputes`, situations of whole articles in `training/disputes`,
and documents of ECB+ (training part) about one event, which hardly ever disagree. Not here: what
is fitted (`fit_disputes.py`, `fit_asking.py`).
"""

import itertools
import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.clusters_corpora import load_ecb_plus
from evaluation.dispute_pairs import DisputePair, load_disputes
from onrecord.claims.candidates import Known
from onrecord.claims.comparing import compared_by_words
from onrecord.claims.judging import (
    Asked,
    Judge,
    answered,
    asked_pairs,
    ground_of,
    plain_words,
    signs_for,
)
from onrecord.claims.packing import pack, unpack
from onrecord.claims.propositions import account_of
from onrecord.claims.writing import Side
from onrecord.encode.vectors import WordVectors, cosines, quantise
from onrecord.inputs.documents import document_from_text
from onrecord.pipeline import Reader
from onrecord.records import Document as Article
from onrecord.records import Ground, Reading, Span, Spans

FOLDER = Path(__file__).parent / "disputes"
PLAIN = Path(__file__).parent.parent / "tests" / "claims" / "pairs"
# Documents of ECB+ before a new one that it is put beside.
_BESIDE_NEWS = 3
Read = tuple[Reading, WordVectors]


class Source(StrEnum):
    """Where a sample is from.

    - pairs: a pair of articles of `tests/claims/disputes`
    - plain: a pair of short articles of `tests/claims/pairs`
    - kinds: a situation of `training/disputes` whose kind is named, like these
    - situations: another one
    - briefs: a situation, cut to a sentence or two of each article
    - news: two documents of ECB+
    """

    PAIRS = "pairs"
    PLAIN = "plain"
    KINDS = "kinds"
    SITUATIONS = "situations"
    BRIEFS = "briefs"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair of clauses that may be shown.

    Attributes:
        group: The pair of articles, or the two documents.
        signs: By name.
        is_right: It is a dispute, and on this ground where that is told.
        source: Where it is from.
    """

    group: str
    signs: Mapping[str, float]
    is_right: bool
    source: Source


class Document:
    """A document with its account, as it is linked."""

    def __init__(self, read: Read, number: int) -> None:
        reading, vectors = read
        self.text = reading.document.text
        self.id = reading.document.id
        self.account = account_of(reading, number=number)
        spans = [p.spans for p in self.account.propositions]
        self.codes = quantise(vectors.of_many(spans)) if spans else np.zeros((0, 0), np.int8)
        self.known = Known(unpack(number, pack(self.account)), self.codes.tobytes(), True)


def asked_of(new: Document, known: Sequence[Document], judge: Judge) -> list[Asked]:
    """What is asked about a document beside others of its story, where a dispute is possible."""
    texts = {d.account.number: d.text for d in (new, *known)}
    near = [
        (d.known, cosines(new.codes, d.codes)) for d in known if d.codes.size and new.codes.size
    ]
    rules = [
        (c.known.document, c.known.position, c.new.position)
        for c in compared_by_words(new.account, near)
        if c.quarrel is not None
    ]

    def text_of(number: int, span: Span) -> str:
        return plain_words(texts[number][span.start : span.end])

    asked = answered(asked_pairs(new.account, near, rules), judge, text_of)
    return [one for one in asked if one.answer.back]


def pair_samples(pair: DisputePair, reads: Sequence[Read], judge: Judge) -> Iterator[Sample]:
    """Those of a pair of articles; what is not counted in it is left out."""
    first, second = (Document(read, number) for number, read in enumerate(reads, start=1))
    for one in asked_of(second, [first], judge):
        is_right = _is_right(pair, (_sentence(one.known), _sentence(one.new)), ground_of(one))
        if is_right is not None:
            yield Sample(pair.id, signs_for(one), is_right, Source.PAIRS)


def _sentence(side: Side) -> Spans:
    return side.one.spans if side.one.sentence is None else (side.one.sentence,)


def _is_right(pair: DisputePair, spans: tuple[Spans, Spans], ground: Ground) -> bool | None:
    for dispute in pair.disputes:
        sides = sorted(dispute.sides, key=lambda side: side.article)
        given = list(zip(spans, sides, strict=True))
        if all(_meet(own, side.words) for own, side in given):
            return ground in dispute.grounds if dispute.is_counted else None
        if all(_meet(own, (*side.words, *side.also)) for own, side in given):
            return None
    return False


def _meet(spans: Spans, others: Spans) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def news_samples(events: Iterable[Sequence[Read]], judge: Judge) -> Iterator[Sample]:
    """Those of documents about one event, each beside the few before it; all count as none."""
    for reads in events:
        known: list[Document] = []
        for read in reads:
            new = Document(read, len(known) + 1)
            for other in known[-_BESIDE_NEWS:]:
                for one in asked_of(new, [other], judge):
                    yield Sample(f"{new.id}/{other.id}", signs_for(one), False, Source.NEWS)
            known.append(new)


@dataclass(frozen=True, slots=True)
class Told:
    """An article of a situation.

    Attributes:
        article: Its text.
        places: Where each of its sentences stands, by their numbers in the situation.
    """

    article: Article
    places: dict[int, Span]

    def number_at(self, span: Span) -> int:
        """Which sentence a span is of; -1 for none."""
        return next((n for n, place in self.places.items() if place.overlaps(span)), -1)


def articles_of(situation: Mapping[str, Any]) -> Iterator[Told]:
    """The articles of a situation, as documents."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(situation["sentences"]):
        numbers[sentence["article"]].append(number)
    for name, own in numbers.items():
        text, places = "", dict[int, Span]()
        for number in own:
            words = " ".join(situation["sentences"][number]["text"].split())
            places[number] = Span(len(text), len(text) + len(words))
            text += f"{words} "
        article = document_from_text(
            text.strip(), title=situation.get("titles", {}).get(name), outlet=f"Outlet {name}",
            published=situation["sentences"][own[0]]["date"],
        )  # fmt: skip
        yield Told(article, places)


def brief_of(situation: Mapping[str, Any]) -> dict[str, Any]:
    """A situation cut to a sentence or two of each article, those of a dispute among them."""
    rng = random.Random(situation["id"])
    sentences, disputes = situation["sentences"], situation["disputes"]
    needed = set(rng.choice(disputes)[:2]) if disputes else set[int]()
    kept: set[int] = set()
    for name in dict.fromkeys(one["article"] for one in sentences):
        own = [n for n, one in enumerate(sentences) if one["article"] == name]
        at = next((own.index(n) for n in own if n in needed), rng.randrange(min(2, len(own))))
        start = max(0, at - rng.randrange(2)) if at else 0
        kept.update(own[start : max(at, start + rng.randrange(2)) + 1])
    order = {old: new for new, old in enumerate(sorted(kept))}
    return {
        **situation,
        "id": f"{situation['id']} brief",
        "sentences": [sentences[n] for n in sorted(kept)],
        "disputes": [
            [order[i], order[j], ground] for i, j, ground in disputes if {i, j} <= kept
        ],
    }  # fmt: skip


def read_situations(
    files: Iterable[str], reader: Reader, *, with_briefs: bool = False
) -> Iterator[tuple[dict[str, Any], list[tuple[Told, Document]]]]:
    """Situations of whole articles, with what is read in each of these.

    With briefs, each is followed by what `brief_of` makes of it.
    """
    for name in files:
        for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue
            situation = json.loads(line)
            for one in (situation, brief_of(situation)) if with_briefs else (situation,):
                told = list(articles_of(one))
                reads = reader.read_with_vectors([each.article for each in told])
                documents = [Document(read, n) for n, read in enumerate(reads, start=1)]
                yield one, list(zip(told, documents, strict=True))


def situation_samples(files: Iterable[str], reader: Reader, judge: Judge) -> Iterator[Sample]:
    """Those of two articles of a situation, and of what is left of it as a brief."""
    for situation, given in read_situations(files, reader, with_briefs=True):
        labels = {frozenset(row[:2]) for row in situation["disputes"]}
        source = Source.KINDS if situation.get("kind") else Source.SITUATIONS
        if situation["id"].endswith(" brief"):
            source = Source.BRIEFS
        for (first, known), (second, new) in itertools.combinations(given, 2):
            group = f"{situation['id']}/{known.account.number}{new.account.number}"
            for one in asked_of(new, [known], judge):
                at = (
                    first.number_at(_sentence(one.known)[0]),
                    second.number_at(_sentence(one.new)[0]),
                )
                yield Sample(group, signs_for(one), frozenset(at) in labels, source)


def plain_samples(reader: Reader, judge: Judge) -> Iterator[Sample]:
    """Those of short and plainly worded pairs; of a dispute the likeliest of its ground counts."""
    for path in sorted(PLAIN.glob("*.toml")):
        for pair in tomllib.loads(path.read_text(encoding="utf-8"))["pair"]:
            articles = [
                document_from_text(
                    one["text"].strip(), title=one["title"], outlet=one["outlet"],
                    published=one["published"],
                )
                for one in (pair["a"], pair["b"])
            ]  # fmt: skip
            known, new = map(Document, reader.read_with_vectors(articles), (1, 2))
            asked = asked_of(new, [known], judge)
            grounds = {dispute["ground"] for dispute in pair.get("disputes", ())}
            likeliest = max(
                (one for one in asked if ground_of(one).value in grounds),
                key=lambda one: one.answer.odds,
                default=None,
            )
            for one in asked:
                if one is likeliest or not grounds:
                    yield Sample(pair["name"], signs_for(one), one is likeliest, Source.PLAIN)


def read_pairs(parts: Sequence[str], reader: Reader) -> list[tuple[DisputePair, list[Read]]]:
    """Pairs of articles of some parts, as they are read."""
    pairs = [pair for part in parts for pair in load_disputes(part).pairs]
    return [(pair, list(reader.read_with_vectors(pair.articles))) for pair in pairs]


def read_events(corpora: Path, part: str, reader: Reader) -> list[list[Read]]:
    """Documents of ECB+ by event."""
    documents = load_ecb_plus(corpora, part).documents
    keyed = sorted(enumerate(documents), key=lambda row: (row[1].topic, row[1].subtopic, row[0]))
    events = []
    for _, group in itertools.groupby(keyed, key=lambda row: (row[1].topic, row[1].subtopic)):
        given = [
            document_from_text(d.text, outlet=f"Outlet {n}", published=d.published)
            for n, d in group
        ]
        events.append(list(reader.read_with_vectors(given)))
    return events
