"""The stage that finds events, control claims and commitments.

Trees come from the same pass of the encoder that found the statements; triggers from the
lexicon; parties, places, dates and figures from the rows of earlier stages. A small network
(`learned.py`), where the weights have one, judges triggers, types, parties and asserters.
"""

import itertools
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar, Final

from onrecord.events.commitments import commitments
from onrecord.events.control import read_control
from onrecord.events.frames import FrameReader, triggers_in
from onrecord.events.groups import with_happenings
from onrecord.events.happenings import Happening, in_one_sense, without_harm
from onrecord.events.judges import Judge
from onrecord.events.learned import EventModel
from onrecord.events.lexicon import load_lexicon
from onrecord.events.nearness import nearest
from onrecord.events.no_acts import without_no_acts
from onrecord.events.pair_scores import Parties
from onrecord.events.states import TextStates
from onrecord.events.tellings import date_near, is_ahead
from onrecord.events.texts import ACTING, EventText, Sentence
from onrecord.records import (
    Event,
    EventType,
    Factuality,
    Kind,
    Place,
    Reading,
    Statement,
    content_id,
)
from onrecord.syntax.trees import FoundTrees, Tree

LEAST: Final = 0.5
# The network has learned from articles. In a sentence or two grammar tells enough, and lexicon
# and rules do better.
LEAST_SENTENCES: Final = 3
# Types that are words more than deeds: a country that is accused is not where it is accused.
_WITHOUT_GROUND: Final = frozenset(
    (
        *(EventType.AGREE, EventType.SUPPORT, EventType.CONCEDE, EventType.COOPERATE),
        *(EventType.AID, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT),
        *(EventType.THREATEN, EventType.SANCTION, EventType.CONSULT),
    )
)
_ALL_KINDS: Final = frozenset(Kind)
# Steps from a figure up to its event, and what ends the way: "a town of 20,000 people".
_FARTHEST_FIGURE: Final = 4
_DESCRIBING: Final = frozenset(("appos", "acl", "acl:relcl", "advcl", "parataxis"))
_LOCATIVE: Final = frozenset("in at near outside around across inside within".split())


class EventFinder:
    """Finds who is said to have done what to whom."""

    reads: ClassVar[frozenset[str]] = frozenset(
        {"statements", "mentions", "entities", "places", "times", "quantities"}
    )
    writes: ClassVar[frozenset[str]] = frozenset(
        {"events", "control_claims", "commitments", "mentions", "entities", "places"}
    )

    def __init__(self, model: EventModel | None = None, *, least: float = LEAST) -> None:
        """Prepare.

        Args:
            model: Judges what the lexicon finds; without it, lexicon and rules decide.
            least: Least strength of a trigger, where there is no model.
        """
        self.model, self.least = model, least
        self._reader: FrameReader | None = None

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings with events, in the same order."""
        return [self._read(reading) for reading in readings]

    @property
    def reader(self) -> FrameReader:
        """The lexicon, loaded when it is first needed."""
        if self._reader is None:
            self._reader = FrameReader(load_lexicon())
        return self._reader

    def _read(self, reading: Reading) -> Reading:
        found = [f for f in getattr(reading, "found", ()) if isinstance(f, FoundTrees)]
        text = EventText(reading, found)
        claims, taking = read_control(text)
        events = self.events(text, TextStates(getattr(reading, "found", ())), taking)
        terms = commitments(text)
        reading = text.with_made(reading, (*events, *claims, *terms))
        return reading.replace(
            events=tuple(events), control_claims=tuple(claims), commitments=tuple(terms)
        )

    def events(
        self,
        text: EventText,
        states: TextStates | None = None,
        taking: AbstractSet[int] = frozenset(),
    ) -> list[Event]:
        """The events of a text, in its order; the network judges them if it knows the words.

        Args:
            text: All of it.
            states: The numbers of its words.
            taking: Where words begin by which fighters take places, as control claims have it.
        """
        rows: dict[str, Event] = {}
        told: dict[str, Happening] = {}
        of_words: dict[int, dict[int, Happening]] = {}
        found = list(triggers_in(text.sentences, self.reader))
        in_one_sense(found)
        least, model = self.least, None
        is_long = len(text.sentences) >= LEAST_SENTENCES
        if self.model is not None and states is not None and states.is_known and is_long:
            found = self.model.triggers(text, states, found, taking)
            least, model = self.model.least, self.model
            found = list(_without_harm(found, least=least, hit=ACTING))
        else:
            found = list(_without_harm(found, least=least, hit=_ALL_KINDS))
        found = list(without_no_acts(found, least=least))
        for happening in found:
            of_word = of_words.setdefault(happening.sentence.number, {})
            of_word.update(dict.fromkeys(range(happening.first, happening.last + 1), happening))
        shown = [happening for happening in found if happening.strength >= least]
        judge = Judge(text, model, states, of_words=of_words, shown=shown)
        told_by = [judge.asserter(happening) for happening in shown]
        parties = judge.parties(list(zip(shown, told_by, strict=True)))
        for happening, statement, own in zip(shown, told_by, parties, strict=True):
            of_word = of_words[happening.sentence.number]
            event = _event(text, happening, of_word, judge, statement, own)
            rows.setdefault(event.id, event)
            told.setdefault(event.id, happening)
        ordered = sorted(rows.values(), key=lambda e: (e.trigger, e.id))
        return with_happenings(ordered, text, told)


def _without_harm(
    found: Sequence[Happening], *, least: float, hit: AbstractSet[Kind]
) -> Iterator[Happening]:
    """Those of a text, in its order, less harm that stands beside the noun of its attack."""
    for _, one in itertools.groupby(found, key=lambda own: own.sentence.number):
        yield from without_harm(list(one), least=least, hit=hit)


def _event(
    text: EventText,
    own: Happening,
    of_word: dict[int, Happening],
    judge: Judge,
    statement: Statement | None,
    parties: Parties,
) -> Event:
    sentence = own.sentence
    place = place_of(own)
    document = text.reading.document.id
    light = own.arguments.light
    # When something ends is not when it happened.
    ended = light is not None and light[1].effect == "ends"
    date = None if ended else date_near(sentence, own.word)
    factuality = judge.factuality(own, statement)
    if factuality is Factuality.ACTUAL and is_ahead(date, text.reading.document.published):
        factuality = Factuality.PLANNED
    return Event(
        id=content_id("event", document, own.span, own.trigger.type),
        document=document,
        trigger=own.span,
        type=own.trigger.type,
        mode=judge.mode(own),
        actors=parties[0],
        recipients=parties[1],
        place=None if place is None else place.id,
        date=date,
        factuality=factuality,
        asserted_by=None if statement is None else statement.id,
        quantities=_quantities(sentence, own, of_word),
        probability=round(min(own.strength, 1.0), 4),
        run=text.reading.run.id,
    )


def place_of(own: Happening) -> Place | None:
    """Where it happened, as far as its sentence tells."""
    sentence = own.sentence
    tree = sentence.tree
    candidates: list[tuple[int, float]] = []
    places: list[Place] = []
    for word, place in sentence.places:
        more = None if word in own.actors else _unlikeliness(tree, word, own)
        if more is not None:
            candidates.append((word, more))
            places.append(place)
    found = nearest(tree, own.word, candidates)
    return None if found is None else places[found]


def _unlikeliness(tree: Tree, word: int, own: Happening) -> float | None:
    """What speaks against a place in this role; None if it cannot be where it happened."""
    case = tree.case(word).split()
    relation = tree.relations[word]
    if set(case) & _LOCATIVE:
        return 0.0
    if own.trigger.type in _WITHOUT_GROUND:
        return None
    if relation in {"nsubj", "nsubj:pass", "nmod:poss"} and word not in own.recipients:
        return None
    return 1.0 if case or word in own.recipients else 2.0


def _quantities(
    sentence: Sentence, own: Happening, of_word: dict[int, Happening]
) -> tuple[str, ...]:
    """Figures that belong to it and to no other happening: the dead, amounts, weapons."""
    return tuple(
        quantity.id
        for word, quantity in sentence.quantities_by_word
        if _trigger_over(sentence.tree, word, own, of_word) is own
    )


def _trigger_over(
    tree: Tree, word: int, own: Happening, of_word: dict[int, Happening]
) -> Happening | None:
    """The happening that a figure hangs on, if it is not part of a description."""
    for _ in range(_FARTHEST_FIGURE):
        if tree.relations[word] in _DESCRIBING:
            return None
        word = tree.heads[word]
        if word in own.also:
            return own
        if word in of_word:
            return of_word[word]
    return None
