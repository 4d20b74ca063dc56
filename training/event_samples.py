"""Samples for the network of events, out of annotated articles that were read once.

Shapes: N words, X width of a word, K places around a word, S candidates, G groups of signs.
"""

import dataclasses
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evaluation.annotated_events import normal
from evaluation.event_articles import AnnotatedText
from onrecord.encode.pieces import Window
from onrecord.encode.sessions import Encoded, Encoder
from onrecord.encode.word_tables import WordTable, word_table_of
from onrecord.events.around import N_AROUND, words_around
from onrecord.events.frames import FrameReader, triggers_in
from onrecord.events.happenings import Happening, in_one_sense
from onrecord.events.learned import (
    FACTUALITIES,
    cue_word,
    lexicon_signs,
    made_happening,
    statement_signs,
)
from onrecord.events.lexicon import load_lexicon
from onrecord.events.modes import mode_of
from onrecord.events.pair_scores import is_thing
from onrecord.events.pair_signs import RECIPIENT, TYPES, Candidate, PairSigns, candidates_of
from onrecord.events.parties import parties_of
from onrecord.events.states import StateEncoder
from onrecord.events.tellings import told_by
from onrecord.events.texts import EventText
from onrecord.events.told_roles import ToldRoles
from onrecord.pipeline import Reader
from onrecord.records import EventType, Factuality, Reading, Span
from onrecord.records.documents import make_document
from onrecord.segment.sentences import split_sentences
from onrecord.statements.stages import StatementFinder
from onrecord.syntax.trees import FoundTrees

NOT_ASKED: Final = -100
# Sentences that tell no event are taken so much more seldom.
_SILENT: Final = 0.4
_WIDTH: Final = 768
# Shares of annotated events, and of others of the lexicon, that are heard of as found.
_FOUND: Final = 0.75
_WRONG: Final = 0.15
_LEAST_WRONG: Final = 0.5
_DENIALS: Final = frozenset(("deny", "denies", "denied", "denying", "denial", "denials"))


@dataclass(frozen=True, slots=True, eq=False)
class KeptWords:
    """All words of a window with what the encoder and the vocabulary say of them."""

    start_N: NDArray[np.int64]
    words_NX: NDArray[np.float16]


class Keeper:
    """An encoder that also hands on its vectors of words, as `StateEncoder` sees them."""

    def __init__(self, encoder: Encoder, table: WordTable) -> None:
        self.encoder, self.table = encoder, table

    def encode(self, window: Window) -> Encoded:
        """With the vectors behind the columns of the heads."""
        words, cues, parts = self.encoder.encode(window)
        both = np.concatenate([parts, words, self.table.of_words(window)], axis=1)
        return Encoded(words, cues, both)

    def score_roles(self, *given: Any) -> NDArray[np.float32]:
        """As the encoder does."""
        return self.encoder.score_roles(*given)

    def find_all(
        self, windows: Sequence[Window], parts: Sequence[NDArray[np.float32]]
    ) -> list[KeptWords]:
        """The vectors of the words for which each window answers."""
        return [
            KeptWords(w.starts_W[slice(*w.own)], p[slice(*w.own), -_WIDTH:].astype(np.float16))
            for w, p in zip(windows, parts, strict=True)
        ]


@dataclass(slots=True, eq=False)
class TextSamples:
    """What one article gives to learn from; indexes count its kept words.

    Attributes:
        words_NX: Vectors of the words that are asked about.
        lexicon_NL: What the lexicon says of each.
        type_N: 0 for no event, else one more than the number of its type; `NOT_ASKED` of
            words that are only parties.
        factuality_N, rule_N: As annotated, and as the rules have it; `NOT_ASKED` of others.
        mode_N: The annotated mode with its type, "" where there is none to learn.
        is_core_N: Whether a coder would record it.
        around_NK: The words around each that may be an event; -1 where there is none.
        triggers: For each annotated event its word, its candidates, and its asserter.
    """

    words_NX: NDArray[np.float16]
    lexicon_NL: NDArray[np.float32]
    type_N: NDArray[np.int64]
    factuality_N: NDArray[np.int64]
    rule_N: NDArray[np.int64]
    mode_N: list[tuple[str, str] | None]
    is_core_N: NDArray[np.bool_]
    around_NK: NDArray[np.int64]
    triggers: list["TriggerSample"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class TriggerSample:
    """One annotated event.

    Attributes:
        word: Its word.
        words_S, entity_S, signs_SG: Of each candidate: its word, the number of its entity
            among those of the event, and its signs.
        party_E2: Of each entity whether it is an actor, and a recipient; `NOT_ASKED` where
            the annotation does not tell.
        n_parties: How many of both were annotated, also those that no candidate is.
        asserter: 0 to 2, or `NOT_ASKED`.
        cue: The word of the cue of the innermost statement, or -1.
        signs_A: Signs of the statements that hold it.
    """

    word: int
    words_S: NDArray[np.int64]
    entity_S: NDArray[np.int64]
    signs_SG: NDArray[np.int64]
    party_E2: NDArray[np.float32]
    n_parties: tuple[int, int]
    asserter: int
    cue: int
    signs_A: list[int]


class SampleReader:
    """Reads articles up to where events are looked for, and makes samples of them."""

    def __init__(self, reader: Reader) -> None:
        first = reader.stages[0]
        if not isinstance(first, StatementFinder):
            raise TypeError("the first stage of the reader has to be that of statements")
        encoder = first.finder.encoder
        if isinstance(encoder, StateEncoder):
            encoder = encoder.encoder
        keeper = Keeper(encoder, word_table_of(reader.weights))
        others = [one for one in first.also if not isinstance(one, StateEncoder)]
        self.reader = reader
        self.stages = (
            first.with_encoder(keeper, also=(*others, keeper)),
            *reader.stages[1:-1],
        )
        self.frames = FrameReader(load_lexicon())

    def __call__(self, article: AnnotatedText) -> TextSamples:
        """The samples of one article."""
        published = article.published and f"{article.published}T00:00:00+00:00"
        reading = Reading(
            document=make_document(text=article.text, published=published), run=self.reader.run
        )
        for stage in self.stages:
            (reading,) = stage([reading])
        found = getattr(reading, "found", ())
        return _Samples(reading, found, self.frames, article.events).made()


class _Samples:
    """Makes the samples of one reading."""

    def __init__(
        self,
        reading: Reading,
        found: Sequence[Any],
        frames: FrameReader,
        events: Sequence[Mapping[str, Any]],
    ) -> None:
        kept = [one for one in found if isinstance(one, KeptWords)]
        self.starts = np.concatenate([one.start_N for one in kept])
        self.words_NX = np.concatenate([one.words_NX for one in kept])
        self.text = EventText(reading, [f for f in found if isinstance(f, FoundTrees)])
        happenings = list(triggers_in(self.text.sentences, frames))
        in_one_sense(happenings)
        self.by_word = {(h.sentence.number, h.word): h for h in happenings}
        self.of_words: dict[int, dict[int, Happening]] = {}
        for own in happenings:
            covered = self.of_words.setdefault(own.sentence.number, {})
            covered.update(dict.fromkeys(range(own.first, own.last + 1), own))
        self.events = events
        self.names = {
            e.id: {normal(e.name)}
            | {normal(m.span.text_in(self.text.text)) for m in self.text.mentions_of[e.id]}
            for e in list(self.text.entities.values())
        }
        self.known: dict[tuple[int, bool], list[Candidate]] = {}
        self.told = ToldRoles(self.of_words)

    def made(self) -> TextSamples:
        """All samples; words that nothing asks for are left out."""
        n_words = len(self.starts)
        out = TextSamples(
            words_NX=self.words_NX,
            lexicon_NL=np.stack([lexicon_signs(None)] * n_words) if n_words else np.zeros((0, 17)),
            type_N=np.full(n_words, NOT_ASKED),
            factuality_N=np.full(n_words, NOT_ASKED),
            rule_N=np.full(n_words, NOT_ASKED),
            mode_N=[None] * n_words,
            is_core_N=np.zeros(n_words, dtype=np.bool_),
            around_NK=np.full((n_words, N_AROUND), -1),
        )
        for sentence in self.text.sentences:
            for start, tag in zip(sentence.tree.starts, sentence.tree.tags, strict=True):
                if tag[:2] in {"NN", "VB", "JJ"}:
                    out.type_N[self.at(start)] = 0
        for own in self.by_word.values():
            number = self.at(own.sentence.tree.starts[own.word])
            out.lexicon_NL[number] = lexicon_signs(own)
            out.type_N[number] = 0
        annotated = [(event, own) for event in self.events if (own := self._happening(event))]
        self._hear([own for _, own in annotated])
        for event, own in annotated:
            self._add(out, event, own)
        for sentence in self.text.sentences:
            for start, word in zip(sentence.tree.starts, sentence.tree.words, strict=True):
                # To deny is a statement in the record, and no event as in the annotations.
                if word in _DENIALS:
                    out.type_N[self.at(start)] = 0
        self._look_around(out)
        return _without_others(out)

    def _look_around(self, out: TextSamples) -> None:
        for sentence in self.text.sentences:
            numbers = [self.at(start) for start in sentence.tree.starts]
            for word, number in enumerate(numbers):
                if out.type_N[number] != NOT_ASKED:
                    around = words_around(sentence.tree, word)
                    out.around_NK[number] = [numbers[w] if w >= 0 else -1 for w in around]

    def at(self, start: int) -> int:
        return int(np.searchsorted(self.starts, start))

    def _happening(self, event: Mapping[str, Any]) -> Happening | None:
        """The happening of an annotated event."""
        span = Span(*event["trigger"])
        sentence = self.text.sentence_at(span)
        word = None if sentence is None else sentence.word_over(span)
        if sentence is None or word is None:
            return None
        event_type = EventType(event["type"])
        own = self.by_word.get((sentence.number, word))
        if own is None:
            return made_happening(sentence, word, event_type)
        if own.trigger.type is not event_type:
            trigger = dataclasses.replace(own.trigger, type=event_type, mode=None)
            return dataclasses.replace(own, trigger=trigger)
        return own

    def _hear(self, annotated: Sequence[Happening]) -> None:
        """Hand on roles in as many right and wrong events as are found when a text is read."""
        dice = random.Random(self.text.reading.document.id)
        words = {(own.sentence.number, own.word) for own in annotated}
        for own in annotated:
            covered = self.of_words.setdefault(own.sentence.number, {})
            covered.update(dict.fromkeys(range(own.first, own.last + 1), own))
        others = [
            own
            for at, own in self.by_word.items()
            if at not in words and own.strength >= _LEAST_WRONG
        ]
        for share, found in ((_FOUND, annotated), (_WRONG, others)):
            for own in found:
                if dice.random() < share:
                    self.told.add(own, self._rule(own))

    def _rule(self, own: Happening) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return parties_of(self.text, own, self.of_words.get(own.sentence.number, {}))

    def _add(self, out: TextSamples, event: Mapping[str, Any], own: Happening) -> None:
        sentence, word, event_type = own.sentence, own.word, own.trigger.type
        number = self.at(sentence.tree.starts[word])
        statements = self.text.statements_over(own.span)
        statement = statements[0] if statements else None
        by_rule = told_by(
            sentence,
            word,
            statement,
            light=own.arguments.light,
            of_type=event_type.value,
        )
        out.type_N[number] = 1 + TYPES.index(event_type)
        out.factuality_N[number] = FACTUALITIES.index(Factuality(event["factuality"]))
        out.rule_N[number] = FACTUALITIES.index(by_rule)
        out.is_core_N[number] = event["core"]
        if "mode" in event and mode_of(own) is None:
            out.mode_N[number] = (event_type.value, event["mode"] or "")
        rule = self._rule(own)
        found = candidates_of(self.text, own, self.known)
        signs = PairSigns(self.text, own, rule, statement, self.told)
        entities: dict[object, int] = {}
        entity_S = [
            entities.setdefault(one.entity or (one.sentence.number, one.word), len(entities))
            for one in found
        ]
        party_E2 = np.zeros((len(entities), 2), dtype=np.float32)
        for side, role in enumerate(("actors", "recipients")):
            for one, entity in zip(found, entity_S, strict=True):
                party_E2[entity, side] += any(self._is(one, party) for party in event[role])
        for one, entity in zip(found, entity_S, strict=True):
            # The annotators name owners and victims, the record also what is hit.
            if signs.by_rule(one) == RECIPIENT and is_thing(one) and not party_E2[entity].any():
                party_E2[entity, 1] = NOT_ASKED
        cue = cue_word(sentence, statement) if statement is not None else None
        out.triggers.append(
            TriggerSample(
                word=number,
                words_S=np.array([self.at(one.start) for one in found], dtype=np.int64),
                entity_S=np.array(entity_S, dtype=np.int64),
                signs_SG=signs.of(found),
                party_E2=np.minimum(party_E2, 1),
                n_parties=(len(event["actors"]), len(event["recipients"])),
                asserter=self._asserter(event["asserter"], statements),
                cue=-1 if cue is None else self.at(sentence.tree.starts[cue]),
                signs_A=statement_signs(own, statements) if statements else [],
            )
        )

    def _is(self, one: Candidate, party: Mapping[str, Any]) -> bool:
        """Whether a candidate is an annotated party: the same words, or the same name."""
        span = Span(*party["span"])
        # Who is named inside a party is somebody else: "Arland" of "Arland's army".
        if span.start <= one.start < span.end and one.word == one.sentence.word_over(span):
            return True
        return bool(self.names.get(one.entity, set()) & self._names_of(party))

    def _names_of(self, party: Mapping[str, Any]) -> set[str]:
        spans = [party["span"], *([party["name"]] if "name" in party else [])]
        return {normal(self.text.text[start:end]) for start, end in spans}

    def _asserter(self, given: Any, statements: Sequence[Any]) -> int:
        """Which of the statements that hold a trigger tells it; 0 for the outlet."""
        if not statements:
            return NOT_ASKED
        if given is None:
            return 0
        for number, statement in enumerate(statements[:2]):
            if given == "?":
                return 1
            says = self.names.get(statement.speaker or "", set()) & self._names_of(given)
            start, end = given["span"]
            if says or any(s.start < end and start < s.end for s in statement.source):
                return 1 + number
        return NOT_ASKED


def _without_others(out: TextSamples) -> TextSamples:
    """Only the words that something asks for."""
    asked = out.type_N != NOT_ASKED
    asked[out.around_NK[out.around_NK >= 0]] = True
    for one in out.triggers:
        asked[one.word] = True
        asked[one.words_S] = True
        if one.cue >= 0:
            asked[one.cue] = True
    new = np.cumsum(asked) - 1
    for one in out.triggers:
        one.word = int(new[one.word])
        one.words_S = new[one.words_S]
        one.cue = int(new[one.cue]) if one.cue >= 0 else -1
    return dataclasses.replace(
        out,
        words_NX=out.words_NX[asked],
        lexicon_NL=out.lexicon_NL[asked],
        type_N=out.type_N[asked],
        factuality_N=out.factuality_N[asked],
        rule_N=out.rule_N[asked],
        mode_N=[mode for mode, is_asked in zip(out.mode_N, asked, strict=True) if is_asked],
        is_core_N=out.is_core_N[asked],
        around_NK=np.where(out.around_NK < 0, -1, new[out.around_NK])[asked],
    )


def sentences_alone(article: AnnotatedText, share: float, seed: int) -> list[AnnotatedText]:
    """Some sentences of an article, each as a text of its own, with what it tells itself.

    Parties, names and asserters that stand elsewhere are left out.
    """
    # Not `hash`, which is another one in each process.
    dice = random.Random(f"{seed} {article.name}")
    found: list[AnnotatedText] = []
    for sentence in split_sentences(article.text):
        inside = [
            event
            for event in article.events
            if sentence.start <= event["trigger"][0] and event["trigger"][1] <= sentence.end
        ]
        if dice.random() < share * (1 if inside else _SILENT):
            events = tuple(_moved(event, sentence.start, sentence.end) for event in inside)
            text = article.text[sentence.start : sentence.end]
            name = f"{article.name}-{sentence.start}"
            found.append(AnnotatedText(name, text, article.published, events))
    return found


def _moved(event: Mapping[str, Any], start: int, end: int) -> dict[str, Any]:
    asserter = event["asserter"]
    if isinstance(asserter, Mapping):
        asserter = next(iter(_inside([asserter], start, end)), "?")
    return {
        **event,
        "trigger": [at - start for at in event["trigger"]],
        "actors": _inside(event["actors"], start, end),
        "recipients": _inside(event["recipients"], start, end),
        "asserter": asserter,
    }


def _inside(parties: Sequence[Mapping[str, Any]], start: int, end: int) -> list[dict[str, Any]]:
    return [
        {
            key: [at - start for at in span]
            for key, span in party.items()
            if start <= span[0] and span[1] <= end
        }
        for party in parties
        if start <= party["span"][0] and party["span"][1] <= end
    ]
