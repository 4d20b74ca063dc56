"""Mentions and statements made by hand: a text with brackets stands in for the model.

    [source [person! Ann Vale]] [cue said] [content [organization:1 the council] had paid].

A bracket holds what it marks, then perhaps a number, then the words. Brackets nest.

- `[person she]`: a phrase of a type of ``TYPES``, no name.
- `[person! Ann Vale]`: a name of a `Kind` that is a mention as a whole.
- `[person? Ann Vale]`: a name of a `Kind` that is none, as inside of a longer phrase.
- `[source …]`, `[cue …]`, `[content …]`: the roles of a statement; a cue in the content of
  another statement makes that one its parent.

The number of a role is that of its statement; the number of a mention is its chain:
`chain_scorer` puts those of one chain together, and no others.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.readings import EncodedReading
from onrecord.encode.types import TYPES
from onrecord.entities.clusters import PairScorer
from onrecord.entities.names import NAME_KINDS
from onrecord.entities.pairs import N_PRODUCTS, SIZES
from onrecord.entities.spans import WIDTH_PRODUCT, FoundMentions
from onrecord.entities.stages import EntityFinder
from onrecord.records import (
    Act,
    Entity,
    Kind,
    Polarity,
    Reading,
    Span,
    Spans,
    Statement,
    as_spans,
    make_document,
    make_run,
    statement_id,
)
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from onrecord.statements.manners import manner_of

ROLES = ("source", "cue", "content")
WIDTH = N_PRODUCTS * WIDTH_PRODUCT
STRINGS = 3  # the feature of `pair_features` that compares words
_PART = re.compile(
    r"\[(?P<what>[a-z]+)(?P<mark>[!?]?)(?::(?P<number>\d+))? |(?P<close>\])|(?P<open>\[)"
)
_TYPE_OF_KIND = {
    Kind.PERSON: "person",
    Kind.ORGANIZATION: "organization",
    Kind.PLACE: "place",
    Kind.NATIONALITY: "abstract",
    Kind.FACILITY: "place",
    Kind.WEAPON: "object",
    Kind.INSTRUMENT: "abstract",
    Kind.EVENT: "event",
    Kind.OTHER: "object",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One mention before it is a row of columns.

    Attributes:
        span: Its words.
        type: One of ``TYPES``.
        kind: Of a name; None of all else.
        is_phrase: Whether it is a mention as a whole.
        chain: Mentions of one number name the same; 0 for none.
    """

    span: Span
    type: str = "person"
    kind: Kind | None = None
    is_phrase: bool = True
    chain: int = 0


@dataclass
class _Role:
    parent: int | None = None
    spans: dict[str, list[Span]] = field(default_factory=lambda: {role: [] for role in ROLES})


@dataclass(frozen=True, slots=True)
class Parsed:
    """The plain text of a marked one, its mentions in text order, its statements by number."""

    text: str
    mentions: tuple[Made, ...]
    statements: tuple[Statement, ...]


RUN = make_run(software="0", model="made", model_digest="", settings={})


def parse(marked: str) -> Parsed:
    """The text, mentions and statements of a marked text."""
    plain: list[str] = []
    length = at = 0
    stack: list[tuple[re.Match[str], int]] = []
    mentions: list[Made] = []
    roles: dict[int, _Role] = {}
    for match in _PART.finditer(marked):
        words = marked[at : match.start()]
        plain.append(words)
        length += len(words)
        at = match.end()
        if match.group("open"):
            raise ValueError(f"nothing is marked at {match.start()}: {marked}")
        if match.group("what"):
            if match.group("what") == "cue":
                around = [o for o, _ in stack if o.group("what") == "content"]
                own = roles.setdefault(_number(match, 1), _Role())
                own.parent = _number(around[-1], 1) if around else None
            stack.append((match, length))
            continue
        opened, start = stack.pop()
        span = Span(start, length)
        if opened.group("what") in ROLES:
            role = roles.setdefault(_number(opened, 1), _Role())
            role.spans[opened.group("what")].append(span)
        else:
            mentions.append(_mention(opened, span))
    if stack:
        raise ValueError(f"a bracket is not closed: {marked}")
    text = "".join([*plain, marked[at:]])
    mentions.sort(key=lambda m: (m.span.start, -m.span.end))
    return Parsed(text, tuple(mentions), _statements(text, roles))


def _number(match: re.Match[str], default: int) -> int:
    return int(match.group("number") or default)


def _mention(opened: re.Match[str], span: Span) -> Made:
    what, mark, chain = opened.group("what"), opened.group("mark"), _number(opened, 0)
    if not mark:
        return Made(span=span, type=what, chain=chain)
    kind = Kind(what)
    type_ = _TYPE_OF_KIND[kind]
    return Made(span=span, type=type_, kind=kind, is_phrase=mark == "!", chain=chain)


def _statements(text: str, roles: Mapping[int, _Role]) -> tuple[Statement, ...]:
    made: dict[int, Statement] = {}
    for number in sorted(roles, key=lambda n: _depth(roles, n)):
        parent = roles[number].parent
        own = {role: as_spans(spans) for role, spans in roles[number].spans.items()}
        made[number] = made_statement(text, **own, parent=None if parent is None else made[parent])
    return tuple(made[number] for number in sorted(made))


def _depth(roles: Mapping[int, _Role], number: int) -> int:
    parent = roles[number].parent
    return 0 if parent is None else 1 + _depth(roles, parent)


def made_statement(
    text: str,
    *,
    source: Spans = (),
    cue: Spans = (),
    content: Spans = (),
    parent: Statement | None = None,
) -> Statement:
    """A statement with these words in the document that has only a text."""
    document = make_document(text=text).id
    return Statement(
        id=statement_id(document, source=source, cue=cue, content=content),
        document=document,
        source=source,
        cue=cue,
        content=content,
        speaker=None,
        act=Act.ASSERT,
        polarity=Polarity.AFFIRM,
        manner=manner_of(text, content, cue, pair_quotes(text)),
        addressee=None,
        medium=None,
        parent=None if parent is None else parent.id,
        depth=0 if parent is None else parent.depth + 1,
        time=None,
        probability=0.9,
        run=RUN.id,
    )


def found_mentions(text: str, mentions: Sequence[Made]) -> FoundMentions:
    """Columns over mentions, as one window over the whole text would give them."""
    ordered = sorted(mentions, key=lambda m: (m.span.start, -m.span.end))
    starts = np.array([m.span.start for m in ordered], dtype=np.int64)
    sentences = split_sentences(text)
    begins = np.array([s.start for s in sentences], dtype=np.int64)
    quoted = np.zeros(len(text), dtype=np.int64)
    for quotation in pair_quotes(text):
        quoted[quotation.start : quotation.end] = 1
    vectors = np.zeros((len(ordered), WIDTH), dtype=np.float32)
    for n, m in enumerate(ordered):
        if m.chain:
            vectors[n, m.chain % WIDTH] = 4.0
    return FoundMentions(
        start_M=starts,
        end_M=np.array([m.span.end for m in ordered], dtype=np.int64),
        type_M=np.array([TYPES.index(m.type) for m in ordered], dtype=np.int64),
        kind_M=np.array(
            [-1 if m.kind is None else NAME_KINDS.index(m.kind) for m in ordered], dtype=np.int64
        ),
        phrase_M=np.array([m.is_phrase for m in ordered], dtype=np.bool_),
        score_M=np.full(len(ordered), 0.9, dtype=np.float32),
        sentence_M=np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0),
        quoted_M=quoted[starts] if ordered else starts,
        own_MC=vectors,
        other_MC=vectors.copy(),
        names_MK=np.zeros((len(ordered), len(NAME_KINDS)), dtype=np.float32),
        n_sentences=max(len(sentences), 1),
    )


def made_scorer(
    *,
    tables: Mapping[int, Mapping[int, float]] | None = None,
    products: float = 0.0,
    bias: float = 0.0,
) -> PairScorer:
    """A scorer that adds a value for each feature given and for the products of vectors.

    Args:
        tables: For the number of a feature, the score of some of its values.
        products: Weight of each product.
        bias: Added to the sum; what is not above 0 then is 0, which is "neither".
    """
    made = [np.zeros((n, 1), dtype=np.float32) for n in SIZES]
    for number, values in (tables or {}).items():
        for value, score in values.items():
            made[number][value] = score
    return PairScorer(
        tables=tuple(made),
        products_KH=np.full((N_PRODUCTS, 1), products, dtype=np.float32),
        bias_H=np.array([bias], dtype=np.float32),
        out_H=np.ones(1, dtype=np.float32),
        out_bias=0.0,
    )


def chain_scorer() -> PairScorer:
    """Mentions of one chain are one, whatever their words."""
    return made_scorer(products=1.0, bias=-0.5)


def head_scorer() -> PairScorer:
    """Mentions with equal head words are one."""
    return made_scorer(tables={STRINGS: {n: 1.0 for n in range(SIZES[STRINGS]) if n & 2}})


def greedy_scorer() -> PairScorer:
    """All mentions are one, where nothing forbids it."""
    return made_scorer(bias=1.0)


def made_reading(marked: str) -> EncodedReading:
    """The reading of a marked text as it comes to the stage of entities."""
    parsed = parse(marked)
    return EncodedReading(
        run=RUN,
        document=make_document(text=parsed.text),
        mentions=(),
        entities=(),
        statements=parsed.statements,
        found=(found_mentions(parsed.text, parsed.mentions),),
    )


def read(marked: str, scorer: PairScorer | None = None) -> Reading:
    """What the stage makes of a marked text; chains as marked if no scorer is given."""
    return EntityFinder(scorer or chain_scorer())([made_reading(marked)])[0]


def speakers(reading: Reading) -> list[str | None]:
    """Name of the speaker of each statement, in the order of the reading."""
    by_id = {e.id: e.name for e in reading.entities or ()}
    return [None if s.speaker is None else by_id[s.speaker] for s in reading.statements or ()]


def words_of(reading: Reading, entity: Entity) -> list[str]:
    """The words of each mention of an entity."""
    spans: dict[str, Span] = {m.id: m.span for m in reading.mentions or ()}
    return [reading.text_of(spans[m]) for m in entity.mentions]


def entities(reading: Reading) -> dict[str, list[str]]:
    """The words of all mentions by the name of their entity."""
    return {e.name: words_of(reading, e) for e in reading.entities or ()}


def word_scores(n_words: int, labels: Mapping[int, int], *, n_labels: int) -> NDArray[np.float32]:
    """Scores that make the label of each word sure, 0 where none is given."""
    scores = np.zeros((n_words, n_labels), dtype=np.float32)
    scores[:, 0] = 10.0
    for word, own in labels.items():
        scores[word, 0] = 0.0
        scores[word, own] = 10.0
    return scores
