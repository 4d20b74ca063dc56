"""ECB+: documents about the same happenings, and mentions of events across them.

A topic holds two events of one kind ("ecb" and "ecbplus"), each with its documents. The
text of a document is its title, an empty line, and its words. Gold mentions are counted in
tokens of a file of their own, which leaves out some sentences; they are found in the text
letter by letter. Not here: scores (`evaluation.clusters`).
"""

import datetime
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evaluation.errors import CorpusError

_FOLDER: Final = Path("clusters") / "ecb_plus"
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAME: Final = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SEP: Final = r"\s*[/.-]\s*"
# Of American papers and blogs, where the month comes first unless it cannot.
_DATES: Final = (
    re.compile(rf"{_NAME}\.?,?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?\s*,?\s+(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?\s+{_NAME}\.?,?\s+(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<year>(?:19|20)\d\d){_SEP}(?P<month>\d\d?){_SEP}(?P<day>\d\d?)\b"),
    re.compile(rf"\b(?P<month>\d\d?){_SEP}(?P<day>\d\d?){_SEP}(?P<year>(?:(?:19|20)\d\d|\d\d))\b"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDocument:
    """A document with the event that it is about."""

    id: str
    topic: int
    subtopic: str
    title: str
    published: str | None
    url: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """A gold mention: its chain is the happening, across documents."""

    document: str
    sentence: int
    tokens: tuple[int, ...]
    words: str
    chain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCorpus:
    """Documents of some topics and the mentions of events in them."""

    name: str
    digest: str
    documents: tuple[StoryDocument, ...]
    mentions: tuple[EventMention, ...]


def load_ecb_plus(folder: Path, part: str) -> StoryCorpus:
    """The documents and mentions of a part, "train" or "dev".

    Raises:
        CorpusError: A file of it is not there.
    """
    rows = _lines(folder / _FOLDER / "documents.jsonl")
    documents = tuple(_document(row) for row in rows if row["split"] == part)
    texts = {document.id: document.text for document in documents}
    prefix = f"ECB_{part.title()}"
    places = _token_places(folder / _FOLDER / f"{prefix}_corpus.txt", texts)
    given = json.loads(_read(folder / _FOLDER / f"{prefix}_Event_gold_mentions.json"))
    return StoryCorpus(
        name=f"ecb+ {part}",
        digest=hashlib.sha256(
            "\0".join(document.text for document in documents).encode()
        ).hexdigest(),
        documents=documents,
        mentions=tuple(_mentions(given, places)),
    )


def day_of(words: str | None) -> str | None:
    """The first day in the words that ECB+ keeps as a date, as ISO 8601.

    >>> day_of("Updated Saturday, December 05, 2009 8 : 28 PM"), day_of("12 / 16 / 08 1 : 30 AM")
    ('2009-12-05', '2008-12-16')
    >>> day_of("18 September 2013"), day_of("She was 91.")
    ('2013-09-18', None)
    """
    found = [match for pattern in _DATES if (match := pattern.search((words or "").lower()))]
    for match in sorted(found, key=lambda own: own.start()):
        parts = match.groupdict()
        name = parts.get("name")
        month = _MONTHS.index(name) + 1 if name else int(parts["month"])
        year, day = int(parts["year"]), int(parts["day"])
        year += 2000 if year < 100 else 0
        if month > 12:
            month, day = day, month
        try:
            return datetime.date(year, month, day).isoformat()
        except ValueError:
            continue
    return None


def _document(row: Mapping[str, Any]) -> StoryDocument:
    url = "".join(row["url"].split()) if row["url"] else None
    return StoryDocument(
        id=row["doc_id"],
        topic=row["topic"],
        subtopic=row["subtopic"],
        title=row["title"],
        published=day_of(row["date_publish"]),
        url=url,
        text="\n\n".join(part for part in (row["title"], row["text"]) if part),
    )


def _mentions(
    given: Iterable[Mapping[str, Any]], places: Mapping[tuple[str, int, int], tuple[int, int]]
) -> Iterator[EventMention]:
    """Mentions whose first and last token were found in the text of their document."""
    for row in given:
        numbers = tuple(row["tokens_number"])
        own = [places.get((row["doc_id"], row["sent_id"], number)) for number in numbers]
        spans = [span for span in own if span is not None]
        yield EventMention(
            document=row["doc_id"],
            sentence=row["sent_id"],
            tokens=numbers,
            words=row["tokens_str"],
            chain=row["coref_chain"],
            start=spans[0][0] if spans else 0,
            end=spans[-1][1] if spans else 0,
        )


def _token_places(
    path: Path, texts: Mapping[str, str]
) -> dict[tuple[str, int, int], tuple[int, int]]:
    """Where tokens stand in the text of their document, by document, sentence and number."""
    sentences: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for line in _read(path).splitlines():
        if line.strip():
            document, sentence, number, token = line.split("\t")[:4]
            sentences[document, int(sentence)].append((int(number), token))
    places: dict[tuple[str, int, int], tuple[int, int]] = {}
    ends: defaultdict[str, int] = defaultdict(int)
    for (document, at), tokens in sorted(sentences.items()):
        text = texts.get(document, "")
        found = _find_sentence(text, [token for _, token in tokens], ends[document])
        for (place, _), span in zip(tokens, found, strict=False):
            places[document, at, place] = span
        ends[document] = found[-1][1] if found else ends[document]
    return places


def _find_sentence(text: str, tokens: Sequence[str], start: int) -> list[tuple[int, int]]:
    """The spans of the tokens of one sentence, first looked for after ``start``; else none."""
    letters = [re.sub(r"[^\w]", "", token) for token in tokens]
    between = r"[^\w]*"
    pattern = between.join(
        between.join(map(re.escape, own)) if own else "" for own in letters if own
    )
    match = re.compile(pattern).search(text, start) or re.compile(pattern).search(text)
    if not pattern or match is None:
        return []
    spans, at = [], match.start()
    for own in letters:
        if not own:
            spans.append((at, at + 1))
            continue
        inner = re.compile(between.join(map(re.escape, own))).search(text, at)
        if inner is None:
            return []
        spans.append(inner.span())
        at = inner.end()
    return spans


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in _read(path).splitlines():
        yield json.loads(line)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CorpusError(source=str(path), problem="it is not there; see docs/models") from error
