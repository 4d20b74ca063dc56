"""The rows of a reading by where they stand, and the names that a document uses."""

import bisect
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from onrecord.actors.coding import country_of, demonym_country
from onrecord.claims.texts import Text, Word
from onrecord.claims.word_lists import modes, sides, singular, stem, things
from onrecord.records import (
    ControlClaim,
    Entity,
    Event,
    Mention,
    MentionForm,
    Place,
    Quantity,
    Reading,
    Span,
    Time,
)

_ENDINGS = ("ian", "ean", "ish", "ese", "an", "ic")
_VOWELS = "aeiouy"
_LEAST = 3


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Spanned)


@lru_cache(1 << 14)
def name_key(word: str) -> str:
    """What a name shares with the adjective made of it; the code of a known country.

    >>> name_key("Norlandic") == name_key("Norland"), name_key("Tarsian") == name_key("Tarsia")
    (True, True)
    """
    plain = word.removesuffix("'s").removesuffix("’s")
    code = country_of(plain) or demonym_country(plain)
    if code is not None:
        return code
    key = plain.lower()
    if key.endswith(("ians", "ans")):
        key = key[:-1]
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= _LEAST:
            key = key[: -len(ending)]
            break
    while len(key) > _LEAST and key[-1] in _VOWELS:
        key = key[:-1]
    return key


class Located(Generic[T]):
    """Rows with a span, found by where they begin."""

    def __init__(self, rows: Iterable[T]) -> None:
        self.rows: list[T] = sorted(rows, key=lambda r: r.span)
        self._starts = [r.span.start for r in self.rows]

    def within(self, spans: Sequence[Span]) -> list[T]:
        """Rows that begin in some spans."""
        found: list[T] = []
        for span in spans:
            first = bisect.bisect_left(self._starts, span.start)
            found += self.rows[first : bisect.bisect_left(self._starts, span.end)]
        return found


class Facts:
    """What a reading holds, by place in the text and by id."""

    def __init__(self, reading: Reading, text: Text) -> None:
        self.reading, self.text = reading, text
        self.entities: dict[str, Entity] = {e.id: e for e in reading.entities or ()}
        self.mentions: dict[str, Mention] = {m.id: m for m in reading.mentions or ()}
        self.places: dict[str, Place] = {p.id: p for p in reading.places or ()}
        self.quantities: dict[str, Quantity] = {q.id: q for q in reading.quantities or ()}
        self._mentions = Located(self.mentions.values())
        self._times = Located(reading.times or ())
        self._quantities = Located(self.quantities.values())
        self._control = Located(reading.control_claims or ())
        self.events = sorted(reading.events or (), key=lambda e: e.trigger)
        self._triggers = [e.trigger.start for e in self.events]
        self.place_of_mention: dict[str, Place] = {}
        for place in self.places.values():
            self.place_of_mention.setdefault(place.mention, place)
        self._first_words = {s.start for s in text.sentences}
        self.proper = self._proper_names()
        self.proper_keys = frozenset(
            name_key(w.form) for w in text.words if w.is_capital and w.lower in self.proper
        )

    def _proper_names(self) -> frozenset[str]:
        """Words that stand with a capital letter inside a sentence, or in a name."""
        skip = modes()["units_of_time"]
        inside = {w.lower for w in self.text.words if w.is_capital and not self.is_first(w)}
        lower = {w.lower for w in self.text.words if not w.is_capital}
        counted = {w.start for q in self.quantities.values() for w in self.text.words_in((q.span,))}
        for mention in self.mentions.values():
            if mention.form is not MentionForm.NAME:
                continue
            for word in self.text.words_in((mention.span,)):
                if (
                    word.is_capital
                    and word.start not in counted
                    and not (self.is_first(word) and self._is_common(word, lower))
                ):
                    inside.add(word.lower)
        return frozenset(inside - skip - modes()["small"] - modes()["numbers"] - {"i"})

    @staticmethod
    def _is_common(word: Word, lower: set[str]) -> bool:
        """Whether a word at the start of a sentence has its capital letter from there."""
        noun = singular(word.form)
        if word.lower in lower or word.lower in sides() or noun in things():
            return True
        return noun != word.lower

    def is_first(self, word: Word) -> bool:
        """Whether a word opens its sentence, perhaps behind a quotation mark."""
        at = word.start
        if at in self._first_words:
            return True
        before = self.text.text[max(0, at - 2) : at]
        return bool(before) and before[-1] in "“\"‘'(" and (len(before) < 2 or before[0] in " \n,:")

    def is_name(self, word: Word) -> bool:
        """Whether a word is part of a name here."""
        return word.is_capital and word.lower in self.proper

    def mentions_in(self, spans: Sequence[Span]) -> list[Mention]:
        """Mentions that begin in some spans, those that begin first and are longest first."""
        found = self._mentions.within(spans)
        return sorted(found, key=lambda m: (m.span.start, -m.span.end))

    def times_in(self, spans: Sequence[Span]) -> list[Time]:
        """Expressions of time in some spans."""
        return self._times.within(spans)

    def quantities_in(self, spans: Sequence[Span]) -> list[Quantity]:
        """Figures in some spans."""
        return self._quantities.within(spans)

    def control_in(self, spans: Sequence[Span]) -> list[ControlClaim]:
        """Claims of control in some spans."""
        return self._control.within(spans)

    def events_in(self, spans: Sequence[Span]) -> list[Event]:
        """Events whose trigger begins in some spans."""
        found: list[Event] = []
        for span in spans:
            first = bisect.bisect_left(self._triggers, span.start)
            found += self.events[first : bisect.bisect_left(self._triggers, span.end)]
        return found

    def names_in(self, spans: Sequence[Span]) -> frozenset[str]:
        """Keys of the names in some spans."""
        return frozenset(name_key(w.form) for w in self.text.words_in(spans) if self.is_name(w))


# Words behind which names are no longer those of who is named: "parents in Lindau".
ASIDE = frozenset("in from near at on off outside who whose which".split())


def names_of_entity(entity: Entity | None) -> frozenset[str]:
    """Keys of the words with capital letters in the name of an entity, but for its first "The"."""
    if entity is None:
        return frozenset()
    words: list[str] = []
    for word in entity.name.split():
        if words and word.lower() in ASIDE:
            break
        if word[:1].isupper():
            words.append(word)
    lower = modes()["small"] | modes()["units_of_time"]
    plain = [w.strip(',.()"“”') for w in words]
    numbers = modes()["numbers"]
    return frozenset(
        name_key(w)
        for w in plain
        if w and w.lower() not in lower and w.lower().split("-")[0] not in numbers
    )


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """Stems of some words."""
    return frozenset(stem(w) for w in words)
