"""What one mention of an event is known by: its word, and who, where and when stands around it.

Shapes: W words, A arguments, D numbers of a vector.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.events.tables import read_rows
from onrecord.records import Event, Kind, Reading, Span
from onrecord.segment.sentences import split_sentences
from onrecord.stories.words import known_shares, number_of, term_of, tokens_in

if TYPE_CHECKING:
    from onrecord.store import SpanVectors

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
# Words of more than this share of documents do not name a happening, nor tell it apart.
_COMMON: Final = 0.4
_LIGHT: Final = 0.3
_MOST_WORDS: Final = 24
_MOST_ARGUMENTS: Final = 12
_NEAR_WORDS: Final = 4
_NEAR_CHARS: Final = 50
Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EventTraits:
    """One mention of an event.

    Attributes:
        head: The number of the term of its word.
        type: Its type and mode as a number; 0 if it has none.
        near_W: Numbers of the terms right before and after it.
        words_W: Numbers of the other terms of its sentence.
        arguments_A: Numbers of the words of names in its sentence.
        places: Of GeoNames, in its sentence.
        days: Named in its sentence, as running numbers.
        vector_D: Of its word, in whole numbers; empty if there is none.
        context_D: Of its sentence, likewise.
    """

    head: int
    type: int
    near_W: Numbers
    words_W: Numbers
    arguments_A: Numbers
    places: Numbers
    days: Numbers
    vector_D: NDArray[np.int8]
    context_D: NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What stands in one sentence."""

    words: tuple[int, ...]
    arguments: tuple[int, ...]
    places: tuple[int, ...]
    days: tuple[int, ...]


def event_traits(
    reading: Reading, spans: Sequence[Span], vectors: "SpanVectors | None"
) -> list[EventTraits]:
    """The traits of mentions of events that stand at some spans of a document."""
    from onrecord.encode.vectors import quantise

    sentences = [Span(own.start, own.end) for own in split_sentences(reading.document.text)]
    scene_of = functools.cache(_Scenes(reading).of)
    around = [_sentence_of(span, sentences) for span in spans]
    types = {(e.trigger.start, e.trigger.end): f"{e.type}/{e.mode}" for e in reading.events or ()}
    nothing = np.zeros((len(spans), 0), dtype=np.int8)
    words_ND = contexts_ND = nothing
    if vectors is not None and spans:
        words_ND = quantise(vectors.of_many([[span] for span in spans]))
        contexts_ND = quantise(vectors.of_many([[span] for span in around]))
    return [
        _traits(
            head_of(span.text_in(reading.document.text)),
            _type_of(span, types),
            _near(reading.document.text, span, sentence),
            scene_of(sentence),
            words_ND[row],
            contexts_ND[row],
        )
        for row, (span, sentence) in enumerate(zip(spans, around, strict=True))
    ]


def happened(events: Iterable[Event]) -> Iterator[Event]:
    """The events that an outlet or somebody tells, one for each word."""
    seen: set[Span] = set()
    for event in events:
        if event.trigger not in seen:
            seen.add(event.trigger)
            yield event


def head_of(words: str) -> int:
    """The number of the term that names an event: the last word that is not a common one.

    >>> head_of("shot dead") == head_of("dead"), head_of("checked into") == head_of("checks")
    (True, True)
    >>> head_of("sank") == head_of("sinking")
    True
    """
    terms = [lemma_of(word) for _, word in tokens_in(words)]
    telling = [term for term in terms if known_shares().get(term, 0.0) < _COMMON]
    return number_of((telling or terms or [""])[-1])


@functools.lru_cache(maxsize=1 << 16)
def lemma_of(word: str) -> str:
    """The term of a word, of irregular verbs that of their first form."""
    return term_of(_irregular().get(word.lower(), word))


@functools.cache
def _irregular() -> Mapping[str, str]:
    """Lemmas by past forms and participles."""
    return {
        form: row["lemma"]
        for row in read_rows("irregular_verbs")
        for column in ("past", "participle")
        for form in row[column].split("|")
        if form
    }


class _Scenes:
    """The sentences of a document with names, places and days in them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._mentions = {mention.id: mention for mention in reading.mentions or ()}
        self._entities = {entity.id: entity for entity in reading.entities or ()}

    def of(self, sentence: Span) -> _Scene:
        """What stands in a sentence; pronouns stand for the names of whom they mean."""
        terms = {lemma_of(word) for _, word in tokens_in(sentence.text_in(self._text))}
        shares = known_shares()
        by_share = sorted((shares.get(term, 0.0), term) for term in terms)
        telling = [term for share, term in by_share if share < _LIGHT]
        return _Scene(
            words=tuple(number_of(term) for term in telling[:_MOST_WORDS]),
            arguments=tuple(sorted(set(self._arguments(sentence))))[:_MOST_ARGUMENTS],
            places=tuple(sorted(set(self._places(sentence)))),
            days=tuple(sorted(set(self._days(sentence)))),
        )

    def _arguments(self, sentence: Span) -> Iterator[int]:
        for mention in self._mentions.values():
            entity = self._entities.get(mention.entity)
            if entity is None or not sentence.overlaps(mention.span):
                continue
            if entity.kind is not Kind.PLACE:
                for _, word in tokens_in(entity.name):
                    if known_shares().get(term_of(word), 0.0) < _LIGHT:
                        yield number_of(term_of(word))

    def _places(self, sentence: Span) -> Iterator[int]:
        for place in self._reading.places or ():
            mention = self._mentions.get(place.mention)
            if place.geonames_id and mention and sentence.overlaps(mention.span):
                yield place.geonames_id

    def _days(self, sentence: Span) -> Iterator[int]:
        for time in self._reading.times or ():
            if time.value and _DAY.match(time.value) and sentence.overlaps(time.span):
                yield number_of(time.value[:10])


def _sentence_of(span: Span, sentences: Sequence[Span]) -> Span:
    return next((own for own in sentences if own.overlaps(span)), span)


def _near(text: str, span: Span, sentence: Span) -> list[int]:
    """The telling terms among the words beside a mention, within its sentence."""
    before = text[max(sentence.start, span.start - _NEAR_CHARS) : span.start]
    after = text[span.end : max(span.end, min(sentence.end, span.end + _NEAR_CHARS))]
    words = [word for _, word in tokens_in(before)][-_NEAR_WORDS:]
    words += [word for _, word in tokens_in(after)][:_NEAR_WORDS]
    terms = {lemma_of(word) for word in words}
    return sorted(number_of(term) for term in terms if known_shares().get(term, 0.0) < _LIGHT)


def _type_of(span: Span, types: Mapping[tuple[int, int], str]) -> int:
    for (start, end), name in types.items():
        if start < span.end and span.start < end:
            return number_of(name)
    return 0


def _traits(
    head: int,
    kind: int,
    near: Iterable[int],
    scene: _Scene,
    vector: NDArray[np.int8],
    context: NDArray[np.int8],
) -> EventTraits:
    def array(numbers: Iterable[int]) -> Numbers:
        return np.array(list(numbers), dtype=np.uint32)

    return EventTraits(
        head=head,
        type=kind,
        near_W=array(near),
        words_W=array(own for own in scene.words if own != head),
        arguments_A=array(scene.arguments),
        places=array(scene.places),
        days=array(scene.days),
        vector_D=vector,
        context_D=context,
    )
