"""Pairs of articles written for this project, half of which hold a dispute.

The files are in `tests/claims/disputes`; its README says how they were written and what
counts. Here they are read and checked; `disputes` scores what is found in them.
"""

import datetime
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.errors import CorpusError, FormError
from evaluation.json_rows import (
    decoded,
    digest_of,
    read_bytes,
    refuse_repeated,
    rows_of,
    text_of,
)
from onrecord.records import Document, Ground, Span, Spans, StanceKind, as_spans, make_document

FOLDER: Path = Path(__file__).parents[1] / "tests" / "claims" / "disputes"
PARTS = ("measured", "dev", "dev2", "dev3", "dev4", "dev5", "dev6", "fresh", "agency")
# The kinds of pairs that hold a dispute; all other kinds hold none.
OWN_WORDS = "own words"
DISPUTED = ("denial", "figure", "holder", "actor", OWN_WORDS)
_ARTICLES = ("a", "b")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSide:
    """One side of a dispute.

    Attributes:
        name: Who takes it, as the article has it.
        stance: Asserts or denies; both sides of an incompatible figure assert.
        article: Which of the two articles it stands in.
        words: The words that show it, in that article.
        also: Words of the other article that tell the same.
    """

    name: str
    stance: StanceKind
    article: int
    words: Spans
    also: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDispute:
    """Two accounts that cannot both hold.

    Attributes:
        grounds: The grounds that may be named; the first is the closest.
        issue: What is at issue, in words.
        sides: One in each article.
        is_counted: False for a dispute that is real but beside the point of its pair.
    """

    grounds: tuple[Ground, ...]
    issue: str
    sides: tuple[GoldSide, GoldSide]
    is_counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputePair:
    """Two articles, and what is disputed between them.

    Attributes:
        id: Its name.
        kind: The ground, or why there is no dispute although it looks like one.
        genre: What the articles are about.
        articles: In the order of their publication.
        disputes: None in a pair of the second half.
    """

    id: str
    kind: str
    genre: str
    articles: tuple[Document, Document]
    disputes: tuple[GoldDispute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSet:
    """One part of the pairs: disputed ones first, then by kind and name."""

    name: str
    digest: str
    pairs: tuple[DisputePair, ...]


def load_disputes(part: str = "dev", *, folder: Path = FOLDER) -> DisputeSet:
    """All pairs of a part.

    Args:
        part: One of `PARTS`; "measured" and "fresh" are not to be tuned on.
        folder: Where the parts are.

    Raises:
        CorpusError: There are no files.
        FormError: One is not in its form.
    """
    paths = sorted((folder / part).glob("*.toml"))
    if not paths:
        raise CorpusError(source=str(folder / part), problem="there are no files *.toml")
    contents = {path: read_bytes(path) for path in paths}
    pairs = [pair for path, content in contents.items() for pair in _pairs(content, path)]
    refuse_repeated([pair.id for pair in pairs], folder / part)
    order = {kind: number for number, kind in enumerate(DISPUTED)}
    pairs.sort(key=lambda pair: (order.get(pair.kind, len(order)), pair.kind, pair.id))
    return DisputeSet(
        name=f"disputes/{part}", digest=digest_of(b"".join(contents.values())), pairs=tuple(pairs)
    )


def _pairs(content: bytes, path: Path) -> Iterator[DisputePair]:
    try:
        given = tomllib.loads(decoded(content, path))
    except tomllib.TOMLDecodeError as error:
        raise FormError(source=str(path), problem=f"it is no TOML: {error}") from error
    for number, row in enumerate(rows_of(given, "pair", str(path)), 1):
        yield _pair(row, f"{path} pair {number}")


def _pair(row: Mapping[str, Any], where: str) -> DisputePair:
    kind = text_of(row, "kind", where)
    first, second = (_article(row.get(name), f"{where} {name}") for name in _ARTICLES)
    articles = (first, second)
    disputes = rows_of(row, "dispute", where) if "dispute" in row else ()
    if bool(disputes) != (kind in DISPUTED):
        raise FormError(source=where, problem=f"a pair of the kind {kind!r} has {len(disputes)}")
    return DisputePair(
        id=text_of(row, "id", where),
        kind=kind,
        genre=text_of(row, "genre", where),
        articles=articles,
        disputes=tuple(_dispute(one, articles, f"{where} dispute") for one in disputes),
    )


def _article(given: object, where: str) -> Document:
    """An article; the lines around its text are no part of it."""
    if not isinstance(given, Mapping):
        raise FormError(source=where, problem="it is no table")
    published = text_of(given, "published", where)
    try:
        datetime.datetime.fromisoformat(published)
    except ValueError as error:
        raise FormError(source=where, problem=f"published: {error}") from error
    return make_document(
        text=text_of(given, "text", where).strip("\n"),
        title=text_of(given, "title", where),
        outlet=text_of(given, "outlet", where),
        url=text_of(given, "url", where),
        published=published,
        language="en",
    )


def _dispute(
    row: Mapping[str, Any], articles: tuple[Document, Document], where: str
) -> GoldDispute:
    sides = [_side(side, articles, f"{where} side") for side in rows_of(row, "side", where)]
    if len(sides) != 2 or sides[0].article == sides[1].article:
        raise FormError(source=where, problem="it needs two sides, one in each article")
    grounds = _strings(row, "grounds", where)
    if not grounds or not set(grounds) <= set(Ground):
        raise FormError(source=where, problem=f"grounds: {grounds!r} are not all in {[*Ground]}")
    return GoldDispute(
        grounds=tuple(map(Ground, grounds)),
        issue=text_of(row, "issue", where),
        sides=(sides[0], sides[1]),
        is_counted=row.get("is_counted", True) is True,
    )


def _side(row: Mapping[str, Any], articles: tuple[Document, Document], where: str) -> GoldSide:
    article, stance = text_of(row, "article", where), text_of(row, "stance", where)
    if article not in _ARTICLES or stance not in {StanceKind.ASSERTS, StanceKind.DENIES}:
        raise FormError(source=where, problem=f"{article!r} and {stance!r} are no such things")
    place = _ARTICLES.index(article)
    words, also = _strings(row, "words", where), _strings(row, "also", where)
    if not words:
        raise FormError(source=where, problem="it has no words")
    return GoldSide(
        name=text_of(row, "name", where),
        stance=StanceKind(stance),
        article=place,
        words=as_spans(_span(one, articles[place].text, where) for one in words),
        also=as_spans(_span(one, articles[1 - place].text, where) for one in also),
    )


def _span(words: str, text: str, where: str) -> Span:
    if text.count(words) != 1:
        raise FormError(source=where, problem=f"{words!r} occurs {text.count(words)} times")
    start = text.index(words)
    return Span(start, start + len(words))


def _strings(row: Mapping[str, Any], key: str, where: str) -> Sequence[str]:
    values = row.get(key, [])
    if not isinstance(values, list) or not all(
        value and isinstance(value, str) for value in values
    ):
        raise FormError(source=where, problem=f'"{key}" must be a list of strings')
    return values
