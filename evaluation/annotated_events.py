"""Events of whole articles against those that we annotated, end to end.

A trigger is found if a predicted one shares a word with it, one to one in text order. All
else is counted over triggers that were found with the right type. Core events are those
that a coder would record; a prediction that is right about another one costs nothing there.
Parties are compared by their names, in any case and without articles and possessives.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from evaluation.event_articles import AnnotatedText, Part, load_annotated
from evaluation.intervals import bootstrap
from evaluation.predictions import GoldText, Predictions
from evaluation.report import Report
from evaluation.scores import Share, Tally, add_tallies, matched, scores_of
from onrecord.records import Event, Reading

Found = TypeVar("Found")
_ROLES = ("actors", "recipients")
_DETERMINERS = re.compile(r"^(?:the|a|an|this|that|these|those|its|his|her|their|our|my)\s+")


def annotated_texts(folder: Path, part: Part = "dev") -> dict[str, AnnotatedText]:
    """The articles of a part, by name."""
    return {one.name: one for one in load_annotated(folder, part)}


def gold_texts(articles: Mapping[str, AnnotatedText]) -> dict[str, GoldText]:
    """What is to be read, by name."""
    return {
        name: GoldText(id=name, text=one.text, published=one.published)
        for name, one in articles.items()
    }


def annotated_report(
    articles: Mapping[str, AnnotatedText],
    predictions: Predictions,
    *,
    part: Part = "dev",
    n_rounds: int = 0,
) -> Report:
    """Scores of the events of readings."""
    tallies = [_tally(one, predictions.reading(name)) for name, one in articles.items()]
    rows = [[one.text, list(one.events)] for one in articles.values()]
    return Report(
        corpus=f"articles/{part}",
        digest=hashlib.sha256(json.dumps(rows).encode()).hexdigest(),
        system=predictions.system,
        n_articles=len(tallies),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def annotators_report(
    first: Mapping[str, AnnotatedText], second: Mapping[str, AnnotatedText], *, n_rounds: int = 0
) -> Report:
    """Events of one annotator against those of another one of the same articles.

    Args:
        first: Taken for the truth.
        second: Taken for what is found; articles that it lacks are left out.
    """
    tallies = [_agreed(first[name].events, one.events) for name, one in second.items()]
    rows = [[one.text, list(one.events)] for one in second.values()]
    return Report(
        corpus="articles/again",
        digest=hashlib.sha256(json.dumps(rows).encode()).hexdigest(),
        system="second annotator",
        n_articles=len(tallies),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def _agreed(gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> Tally:
    pairs = _pairs(gold, found, span_of=lambda event: event["trigger"])
    right = [(one, other) for one, other in pairs if one["type"] == other["type"]]
    out = _of_triggers(gold, len(found), len(pairs), [one for one, _ in right])
    told = sum(one["factuality"] == other["factuality"] for one, other in right)
    out["factuality"] = Share(told, len(right))
    said = sum((one["asserter"] is None) == (other["asserter"] is None) for one, other in right)
    out["outlet or speaker"] = Share(said, len(right))
    return out


def _of_triggers(
    gold: Sequence[Mapping[str, Any]],
    n_found: int,
    n_paired: int,
    right: Sequence[Mapping[str, Any]],
) -> Tally:
    """Triggers, with their types, and those that a coder would record."""
    n_core = sum(event["core"] for event in right)
    return {
        "trigger": matched(n_paired, n_predicted=n_found, n_gold=len(gold)),
        "trigger+type": matched(len(right), n_predicted=n_found, n_gold=len(gold)),
        "trigger+type/core": matched(
            n_core,
            n_predicted=n_found - (len(right) - n_core),
            n_gold=sum(event["core"] for event in gold),
        ),
    }


def _tally(article: AnnotatedText, reading: Reading | None) -> Tally:
    found = sorted(() if reading is None else reading.events or (), key=lambda e: e.trigger)
    pairs = _pairs(article.events, found, span_of=_span_of)
    right = [(gold, own) for gold, own in pairs if gold["type"] == own.type.value]
    out = _of_triggers(article.events, len(found), len(pairs), [gold for gold, _ in right])
    names = {} if reading is None else _names_in(reading)
    for role in _ROLES:
        hits = n_gold = n_predicted = 0
        for gold, own in right:
            given = [_names_of(party, article.text) for party in gold[role]]
            shown = [names.get(one, set()) for one in getattr(own, role)]
            hits += sum(any(party & other for other in shown) for party in given)
            n_gold, n_predicted = n_gold + len(given), n_predicted + len(shown)
        out[role] = matched(min(hits, n_predicted), n_predicted=n_predicted, n_gold=n_gold)
    told = sum(gold["factuality"] == own.factuality.value for gold, own in right)
    out["factuality"] = Share(told, len(right))
    said = sum(_is_asserter(gold["asserter"], own, article.text, reading) for gold, own in right)
    out["asserter"] = Share(said, len(right))
    return out


def _span_of(event: Event) -> tuple[int, int]:
    return event.trigger.start, event.trigger.end


def _pairs(
    gold: Sequence[Mapping[str, Any]],
    found: Sequence[Found],
    *,
    span_of: Callable[[Found], Sequence[int]],
) -> list[tuple[Mapping[str, Any], Found]]:
    pairs, left = [], [(span_of(event), event) for event in found]
    for event in gold:
        start, end = event["trigger"]
        one = next((e for e in left if e[0][0] < end and start < e[0][1]), None)
        if one is not None:
            left.remove(one)
            pairs.append((event, one[1]))
    return pairs


def _names_in(reading: Reading) -> dict[str, set[str]]:
    """All names of each entity."""
    names = {e.id: {normal(e.name)} for e in reading.entities or ()}
    for mention in reading.mentions or ():
        names[mention.entity].add(normal(mention.span.text_in(reading.document.text)))
    return names


def _names_of(party: Mapping[str, Any], text: str) -> set[str]:
    spans = [party["span"], *([party["name"]] if "name" in party else [])]
    return {normal(text[start:end]) for start, end in spans}


def _is_asserter(given: Any, own: Event, text: str, reading: Reading | None) -> bool:
    """Whether the same speaker tells it, the outlet, or in both somebody who is not named."""
    if given is None or own.asserted_by is None or reading is None:
        return given is None and own.asserted_by is None
    statement = next(s for s in reading.statements or () if s.id == own.asserted_by)
    if given == "?":
        return True
    start, end = given["span"]
    if any(s.start < end and start < s.end for s in statement.source):
        return True
    names = _names_in(reading).get(statement.speaker or "", set())
    return bool(names & _names_of(given, text))


def normal(name: str) -> str:
    """A name as others of the same may be: no case, accents, article, possessive.

    >>> normal("The Élan group's")
    'elan group'
    """
    plain = unicodedata.normalize("NFKD", " ".join(name.lower().split()))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"['’]s$", "", _DETERMINERS.sub("", plain))
