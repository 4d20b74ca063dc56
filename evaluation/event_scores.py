"""Counts for events: labels of cases, and who did what to whom.

Labels: precision, recall and F1 of each label, their plain mean (macro-F1) and accuracy.

Who did what to whom is counted in units of a text, each once however often it is said:
types; types with an actor; types with an actor and a recipient; and pairs of these two
whatever the type. An event of several actors and recipients is each of them with each;
one of several actors and no recipient, of a type that people do together, is each of
them with each other, as event data have it. Units are paired one to one, as many as can
be. A gold event with several types is right with any of them. Texts with a gold event of
unknown type (None) count for pairs only; events that PLOVER leaves out are no gold.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from evaluation.entity_texts import Stretch
from evaluation.event_corpora import CodedText, GoldActor, GoldEvent, Types
from evaluation.matching import pair_best_first
from evaluation.scores import Counts, Score, Share, Tally, matched, scores_of
from onrecord.records import EventType, Factuality, Reading

# Of several actors and no recipient these are done by each to each.
RECIPROCAL = frozenset(
    {
        EventType.AGREE,
        EventType.CONSULT,
        EventType.COOPERATE,
        EventType.SUPPORT,
        EventType.ASSAULT,
    }
)
_LABEL = "label/"
_WORD = re.compile(r"\w+(?:[.-]\w+)*")
_SMALL = frozenset(
    "a an the of in on at for from to and or with by s his her its their who which that".split()
)
_STOPS = frozenset("of in on at for from to with by who which that".split())


def label_tally(gold: Sequence[str], predicted: Sequence[str], *, weight: float = 1.0) -> Tally:
    """Counts of each label, and of the cases that are right.

    Args:
        gold: The label of each case.
        predicted: What was said of it.
        weight: What a case counts, as when it is predicted several times.
    """
    tally: Tally = {}
    for own, said in zip(gold, predicted, strict=True):
        hit = weight * (own == said)
        _add(tally, f"{_LABEL}{own}", Counts(0, 0, hit, weight))
        _add(tally, f"{_LABEL}{said}", Counts(hit, weight, 0, 0))
        _add(tally, "accuracy", Share(hit, weight))
    return tally


def _add(tally: Tally, metric: str, counts: Counts | Share) -> None:
    tally[metric] = tally[metric] + counts if metric in tally else counts  # type: ignore[operator]  # a metric has one kind


def label_scores(tally: Tally) -> dict[str, Score]:
    """Macro-F1 over the labels of the gold, accuracy, and the score of each label."""
    every = scores_of(tally)
    labels = {metric: own for metric, own in every.items() if metric.startswith(_LABEL)}
    in_gold = [own for own in labels.values() if own.n]
    values = [own.value or 0.0 for own in in_gold]
    macro = Score(
        precision=_mean([own.precision or 0.0 for own in in_gold]),
        recall=_mean([own.recall or 0.0 for own in in_gold]),
        value=_mean(values),
        n_predicted=sum(own.n_predicted or 0 for own in labels.values()),
        n=sum(own.n or 0 for own in in_gold),
    )
    return {"macro-f1": macro, "accuracy": every["accuracy"], **dict(sorted(labels.items()))}


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An entity of a reading as it takes part in an event.

    Attributes:
        id: Of the entity.
        mentions: Where it is mentioned.
        texts: The words of each mention, and its name.
        code: Country or class of organization of its actor code, or else its country.
    """

    id: str
    mentions: tuple[Stretch, ...]
    texts: tuple[str, ...]
    code: str | None


IsSame = Callable[[GoldActor, Party], bool]


def same_place(gold: GoldActor, party: Party) -> bool:
    """Whether a mention holds words of the gold actor, or they hold it."""
    return any(
        (start <= first and after <= end) or (first <= start and end <= after)
        for first, after in gold.spans
        for start, end in party.mentions
    )


def same_words(gold: GoldActor, party: Party) -> bool:
    """Whether the head of one side is a word of the other.

    The head is the last word before the first "of", "in", "who" and the like; of the gold
    only the words before it count, so that a mayor of a town is not the town. Articles,
    possessives and plural endings do not count.
    """
    own = _words(_before_stops(gold.words))
    return any(
        own[-1] in theirs or _head(text) in own
        for text in party.texts
        for theirs in [_words(text)]
        if theirs and own
    )


def same_code(gold: GoldActor, party: Party) -> bool:
    """Whether the country, or the class of organization, is the same."""
    return bool(gold.code) and gold.code == party.code


def _words(text: str) -> list[str]:
    """The words that mean something, without plural endings."""
    plain = re.sub(r"['’]s?\b", " ", text.casefold())
    return [_stem(own) for own in _WORD.findall(plain) if own not in _SMALL]


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _head(text: str) -> str:
    words = _words(_before_stops(text)) or _words(text)
    return words[-1] if words else ""


def _before_stops(text: str) -> str:
    """A phrase without what follows its first "of" and the like."""
    words = text.split()
    stops = (n for n, own in enumerate(words) if n and own.casefold() in _STOPS)
    return " ".join(words[: next(stops, None)])


_Actor = TypeVar("_Actor")
_Dyad = tuple[_Actor | None, _Actor | None]


@dataclass(frozen=True, slots=True)
class Unit(Generic[_Actor]):
    """Types, and an actor and a recipient or None; () for types that do not matter."""

    types: Types
    actor: _Actor | None = None
    recipient: _Actor | None = None


def dyads(
    actors: Sequence[_Actor], recipients: Sequence[_Actor], *, is_reciprocal: bool
) -> "list[_Dyad[_Actor]]":
    """Each actor with each recipient, or with each other; None where there is nobody.

    >>> dyads(["A", "B"], [], is_reciprocal=True)
    [('A', 'B'), ('B', 'A')]
    >>> dyads(["A", "B"], ["C"], is_reciprocal=True), dyads(["A"], [], is_reciprocal=True)
    ([('A', 'C'), ('B', 'C')], [('A', None)])
    """
    if is_reciprocal and len(actors) > 1 and not recipients:
        return list(itertools.permutations(actors, 2))
    nobody: list[_Actor | None] = [None]
    return list(itertools.product(actors or nobody, recipients or nobody))


def gold_units(events: Iterable[GoldEvent]) -> list[Unit[GoldActor]]:
    """The units of gold events but those that PLOVER leaves out; unknown types are ()."""
    return _distinct(
        Unit(event.types or (), actor, recipient)
        for event in events
        if event.types != ()
        for actor, recipient in dyads(
            event.actors,
            event.recipients,
            is_reciprocal=not RECIPROCAL.isdisjoint(event.types or ()),
        )
    )


def found_units(reading: Reading, *, only_actual: bool) -> list[Unit[Party]]:
    """The units of the events of a reading.

    Args:
        reading: Its events may not have been sought, which is as if none were found.
        only_actual: Leave out what is negated, possible or planned.
    """
    parties = _parties(reading)
    return _distinct(
        Unit((event.type,), actor, recipient)
        for event in reading.events or ()
        if not only_actual or event.factuality is Factuality.ACTUAL
        for actor, recipient in dyads(
            [parties[own] for own in event.actors],
            [parties[own] for own in event.recipients],
            is_reciprocal=event.type in RECIPROCAL,
        )
    )


def _distinct(units: "Iterable[Unit[_Actor]]") -> "list[Unit[_Actor]]":
    """Each unit once."""
    keyed = {(own.types, _key(own.actor), _key(own.recipient)): own for own in units}
    return list(keyed.values())


def _key(actor: object) -> object:
    """What makes actors the same: of the gold of a text their place, or else their words."""
    return actor.spans or actor.words or actor.code if isinstance(actor, GoldActor) else actor


def _parties(reading: Reading) -> dict[str, Party]:
    spans: dict[str, list[Stretch]] = {}
    for mention in reading.mentions or ():
        spans.setdefault(mention.entity, []).append((mention.span.start, mention.span.end))
    text = reading.document.text
    return {
        entity.id: Party(
            id=entity.id,
            mentions=tuple(spans.get(entity.id, ())),
            texts=(*(text[slice(*own)] for own in spans.get(entity.id, ())), entity.name),
            code=entity.actor.split(".")[0] if entity.actor else entity.country,
        )
        for entity in reading.entities or ()
    }


def coded_tally(
    gold: CodedText,
    reading: Reading | None,
    comparisons: Mapping[str, IsSame],
    *,
    only_actual: bool = False,
) -> Tally:
    """What is right of one text.

    Args:
        gold: The text with its coded events.
        reading: What was found in it.
        comparisons: How actors are compared, by the name that stands in the metrics.
        only_actual: Leave out events that are negated, possible or planned.

    Returns:
        ``type``, ``type/<TYPE>``, and for each comparison ``<name>/type+actor``,
        ``<name>/type+actor+recipient`` and ``<name>/actor+recipient``; ``nothing``, the
        share of texts without gold events in which nothing is found.
    """
    own = gold_units(gold.events)
    found = [] if reading is None else found_units(reading, only_actual=only_actual)
    tally: Tally = {}
    if all(event.types is not None for event in gold.events):
        tally |= _type_tally(own, found)
        for name, same in comparisons.items():
            tally[f"{name}/type+actor"] = _paired(_by_actor(own), _by_actor(found), same)
            tally[f"{name}/type+actor+recipient"] = _paired(own, found, same)
    for name, same in comparisons.items():
        tally[f"{name}/actor+recipient"] = _paired(_untyped(own), _untyped(found), same)
    if not own:
        tally["nothing"] = Share(float(not found), 1)
    return tally


def _type_tally(gold: Sequence[Unit[GoldActor]], found: Sequence[Unit[Party]]) -> Tally:
    """Counts of types; a gold event of several types is of the one that was found."""
    own = list(dict.fromkeys(unit.types for unit in gold))
    said = list(dict.fromkeys(unit.types[0] for unit in found))
    pairs = pair_best_first(
        {(g, p): 1.0 for g, t in enumerate(own) for p, s in enumerate(said) if s in t}
    )
    tally: Tally = {"type": matched(len(pairs), n_predicted=len(said), n_gold=len(own))}
    for g, types in enumerate(own):
        is_hit = g in pairs
        name = (said[pairs[g]] if is_hit else types[0]).value
        _add(tally, f"type/{name}", Counts(0, 0, float(is_hit), 1))
    for p, own_type in enumerate(said):
        _add(tally, f"type/{own_type.value}", Counts(float(p in pairs.values()), 1, 0, 0))
    return tally


def _by_actor(units: "Iterable[Unit[_Actor]]") -> "list[Unit[_Actor]]":
    return _distinct(Unit(own.types, own.actor) for own in units)


def _untyped(units: "Iterable[Unit[_Actor]]") -> "list[Unit[_Actor]]":
    return _distinct(Unit((), own.actor, own.recipient) for own in units)


def _paired(gold: Sequence[Unit[GoldActor]], found: Sequence[Unit[Party]], same: IsSame) -> Counts:
    pairs = pair_best_first(
        {
            (g, p): 1.0
            for g, own in enumerate(gold)
            for p, said in enumerate(found)
            if set(said.types) <= set(own.types)
            and _are_same(own.actor, said.actor, same)
            and _are_same(own.recipient, said.recipient, same)
        }
    )
    return matched(len(pairs), n_predicted=len(found), n_gold=len(gold))


def _are_same(gold: GoldActor | None, party: Party | None, same: IsSame) -> bool:
    if gold is None or party is None:
        return gold is None and party is None
    return same(gold, party)
