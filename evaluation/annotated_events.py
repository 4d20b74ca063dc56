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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.event_articles import AnnotatedText, load_annotated
from evaluation.intervals import bootstrap
from evaluation.predictions import GoldText, Predictions
from evaluation.report import Report
from evaluation.scores import Share, Tally, add_tallies, matched, scores_of
from onrecord.records import Event, Reading

NAME = "articles/dev"
_ROLES = ("actors", "recipients")
_DETERMINERS = re.compile(r"^(?:the|a|an|this|that|these|those|its|his|her|their|our|my)\s+")


def annotated_texts(folder: Path) -> dict[str, AnnotatedText]:
    """The articles that nothing was learned from, by name."""
    return {one.name: one for one in load_annotated(folder, is_dev=True)}


def gold_texts(articles: Mapping[str, AnnotatedText]) -> dict[str, GoldText]:
    """What is to be read, by name."""
    return {
        name: GoldText(id=name, text=one.text, published=one.published)
        for name, one in articles.items()
    }


def annotated_report(
    articles: Mapping[str, AnnotatedText], predictions: Predictions, *, n_rounds: int = 0
) -> Report:
    """Scores of the events of readings."""
    tallies = [_tally(one, predictions.reading(name)) for name, one in articles.items()]
    rows = [[one.text, list(one.events)] for one in articles.values()]
    return Report(
        corpus=NAME,
        digest=hashlib.sha256(json.dumps(rows).encode()).hexdigest(),
        system=predictions.system,
        n_articles=len(tallies),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def _tally(article: AnnotatedText, reading: Reading | None) -> Tally:
    found = sorted(() if reading is None else reading.events or (), key=lambda e: e.trigger)
    pairs = _pairs(article.events, found)
    right = [(gold, own) for gold, own in pairs if gold["type"] == own.type.value]
    core = [gold for gold, _ in right if gold["core"]]
    n_free = len(right) - len(core)
    out: Tally = {
        "trigger": matched(len(pairs), n_predicted=len(found), n_gold=len(article.events)),
        "trigger+type": matched(len(right), n_predicted=len(found), n_gold=len(article.events)),
        "trigger+type/core": matched(
            len(core),
            n_predicted=len(found) - n_free,
            n_gold=sum(event["core"] for event in article.events),
        ),
    }
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


def _pairs(
    gold: Sequence[Mapping[str, Any]], found: Sequence[Event]
) -> list[tuple[Mapping[str, Any], Event]]:
    pairs, left = [], list(found)
    for event in gold:
        start, end = event["trigger"]
        one = next((e for e in left if e.trigger.start < end and start < e.trigger.end), None)
        if one is not None:
            left.remove(one)
            pairs.append((event, one))
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
