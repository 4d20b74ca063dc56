"""Stories and happenings of ECB+ against gold: documents go through a store as in daily use.

    subtopics/b3       Documents by how alike their two clusters are (Bagga & Baldwin 1998);
                       gold are the sub-topics, two events of one kind in each topic.
    topics/b3          The same with whole topics as gold.
    events/conll       Gold mentions of events in predicted happenings: mean of MUC, B3 and
                       CEAF-e; clusters reach across documents. Singletons are scored.
    lemma/conll        The baseline: mentions with one head term in one predicted story.
    found/conll        The same for events that the reader itself finds: a gold mention is
                       theirs if they overlap, and missing if none does; found events that
                       overlap none are left out, as gold leaves out whole sentences.

Intervals draw topics: counts are those of the mentions and documents of one topic.
"""

import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evaluation.clusters_corpora import StoryCorpus
from evaluation.clusters_happenings import mention_traits, span_of
from evaluation.coreference import coreference_scores, count_coreference
from evaluation.intervals import bootstrap
from evaluation.report import Report
from evaluation.scores import Counts, Score, Tally, add_tallies, scores_of
from onrecord import stories
from onrecord.records import Reading, Span
from onrecord.store import Arrival, SpanVectors, open_store
from onrecord.stories.groups import Group
from onrecord.stories.happenings import join, pair_features, probabilities
from onrecord.stories.traits import traits_of
from onrecord.stories.words import rarity

Readings = Mapping[str, tuple[Reading, SpanVectors | None]]
# Document or mention -> the name of its cluster.
Homes = Mapping[str, Hashable]
ORDERS: Final = ("by date", "shuffled 1", "shuffled 2", "shuffled 3")
# Least mean cosine at which the baseline joins; tuned on the train topics.
LEAST_COSINE: Final = 0.1
_AT: Final = "2022-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a store made of documents.

    Attributes:
        stories: The number of the story of each document.
        happenings: The happening at each trigger, by document.
        n_changes: Merges and splits on the way.
    """

    stories: Mapping[str, int]
    happenings: Mapping[str, Sequence[tuple[Span, str]]]
    n_changes: int


def ordered(corpus: StoryCorpus, order: str) -> list[str]:
    """Documents in an order of arrival; those without a date come last by date."""
    names = sorted(document.id for document in corpus.documents)
    if order == ORDERS[0]:
        dates = {document.id: document.published for document in corpus.documents}
        return sorted(names, key=lambda name: (dates[name] is None, dates[name] or "", name))
    random.Random(order).shuffle(names)  # noqa: S311 - an order, no secret
    return names


def link(readings: Readings, order: Sequence[str]) -> Linked:
    """Put documents into a new store, in an order, and give what it made of them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "stories.db", create=True, tables=(stories.TABLES,)) as store,
    ):
        numbers: dict[int, str] = {}
        with store.writing():
            for name in order:
                reading, vectors = readings[name]
                number = store.add(reading, at=_AT).number
                if number is not None and number not in numbers:
                    numbers[number] = name
                    stories.link(store, [Arrival(number=number, reading=reading, vectors=vectors)])
        query = store.connection.execute
        triggers = {
            name: {event.id: event.trigger for event in readings[name][0].events or ()}
            for name in order
        }
        happenings: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
        for number, event, name in query("SELECT document, event, happening FROM story_happenings"):
            document = numbers[number]
            happenings[document].append((triggers[document][event], name))
        return Linked(
            stories={
                numbers[n]: story
                for n, story in query("SELECT document, story FROM story_documents")
            },
            happenings=happenings,
            n_changes=query("SELECT COUNT(*) FROM story_changes").fetchone()[0],
        )


def link_by_words(
    readings: Readings, order: Sequence[str], *, least: float = LEAST_COSINE
) -> dict[str, int]:
    """The baseline: one pass, each document to the story of the greatest mean cosine of words."""

    def static(terms: object) -> dict[str, float]:
        return {str(term): rarity(str(term), n_with=0, n_documents=0) for term in terms}  # type: ignore[attr-defined]  # terms

    homes: dict[str, int] = {}
    members: list[list[str]] = []
    groups: list[Group] = []
    traits = {
        name: traits_of(
            Reading(run=readings[name][0].run, document=readings[name][0].document), static
        )
        for name in order
    }
    for name in order:
        means = [float(group.likenesses(traits[name]).mean()) for group in groups]
        best = max(range(len(means)), key=means.__getitem__, default=None)
        if best is None or means[best] < least:
            best = len(members)
            members.append([])
            groups.append(Group([]))
        homes[name] = best
        members[best].append(name)
        groups[best] = Group([traits[own] for own in members[best]])
    return homes


def document_tallies(corpus: StoryCorpus, homes: Homes) -> list[Tally]:
    """Counts of documents, by topic."""
    documents = corpus.documents
    subtopics = {document.id: document.subtopic for document in documents}
    topics = {document.id: document.topic for document in documents}
    found = {"subtopics/b3": b_cubed(subtopics, homes), "topics/b3": b_cubed(topics, homes)}
    tallies: defaultdict[int, Tally] = defaultdict(dict)
    for metric, counts in found.items():
        by_topic: defaultdict[int, Counts] = defaultdict(lambda: Counts(0, 0, 0, 0))
        for name, own in counts.items():
            by_topic[topics[name]] += own
        for topic, own in by_topic.items():
            tallies[topic][metric] = own
    return [tallies[topic] for topic in sorted(tallies)]


def b_cubed(gold: Homes, predicted: Homes) -> dict[str, Counts]:
    """What each item adds to B3: the share of its predicted cluster that is right, and of gold.

    >>> b_cubed({"a": 1, "b": 1}, {"a": 1, "b": 2})["a"]
    Counts(hits_predicted=1.0, n_predicted=1, hits_gold=0.5, n_gold=1)
    """
    clusters: tuple[defaultdict[Hashable, set[str]], ...] = (defaultdict(set), defaultdict(set))
    for side, homes in zip(clusters, (gold, predicted), strict=True):
        for name in gold:
            side[homes[name]].add(name)
    counts = {}
    for name in gold:
        own, other = clusters[0][gold[name]], clusters[1][predicted[name]]
        shared = len(own & other)
        counts[name] = Counts(shared / len(other), 1, shared / len(own), 1)
    return counts


def event_homes(
    corpus: StoryCorpus, readings: Readings, homes: Homes
) -> dict[str, dict[int, Hashable]]:
    """Clusters of gold mentions, by their place in the corpus: by the system and the baseline."""
    traits = mention_traits(corpus, readings)
    numbers = {document.id: number for number, document in enumerate(corpus.documents)}
    by_story: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, mention in enumerate(corpus.mentions):
        by_story[homes[mention.document]].append(place)
    found: dict[str, dict[int, Hashable]] = {"events": {}, "lemma": {}}
    for story, places in by_story.items():
        own = [traits[place] for place in places]
        documents = [numbers[corpus.mentions[place].document] for place in places]
        chances = probabilities(pair_features(own, own, documents, documents))
        for place, one, first in zip(places, own, join(chances), strict=True):
            found["events"][place] = (story, first)
            found["lemma"][place] = (story, one.head)
    return found


def found_homes(corpus: StoryCorpus, linked: Linked) -> dict[int, Hashable]:
    """The happenings of gold mentions that some found event overlaps."""
    found: dict[int, Hashable] = {}
    for place, mention in enumerate(corpus.mentions):
        own = span_of(mention)
        for span, happening in linked.happenings.get(mention.document, ()):
            if own.overlaps(span):
                found[place] = happening
                break
    return found


def event_tallies(corpus: StoryCorpus, homes: Mapping[int, Hashable], name: str) -> list[Tally]:
    """Counts of mentions, by topic; clusters are cut where topics end."""
    topics = {document.id: document.topic for document in corpus.documents}
    by_topic: defaultdict[int, list[int]] = defaultdict(list)
    for place, mention in enumerate(corpus.mentions):
        by_topic[topics[mention.document]].append(place)
    return [_tally(corpus, homes, name, by_topic[topic]) for topic in sorted(by_topic)]


def event_score(corpus: StoryCorpus, homes: Mapping[int, Hashable], name: str) -> dict[str, Score]:
    """Scores of all mentions together, clusters as they are."""
    return coreference_scores(_tally(corpus, homes, name, range(len(corpus.mentions))))


def _tally(
    corpus: StoryCorpus, homes: Mapping[int, Hashable], name: str, places: Sequence[int]
) -> Tally:
    gold: defaultdict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    predicted: defaultdict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    for place in places:
        gold[corpus.mentions[place].chain].append((place, place + 1))
        if place in homes:
            predicted[homes[place]].append((place, place + 1))
    counts = count_coreference(gold.values(), predicted.values())
    return {
        f"{name}/{metric.partition('/')[2]}": own
        for metric, own in counts.items()
        if metric.startswith("all/")
    }


def story_report(corpus: StoryCorpus, homes: Homes, *, system: str, n_rounds: int = 0) -> Report:
    """Scores of stories."""
    tallies = document_tallies(corpus, homes)
    return _report(corpus, system, scores_of(add_tallies(tallies)), tallies, n_rounds, scores_of)


def event_report(
    corpus: StoryCorpus,
    homes: Mapping[str, Mapping[int, Hashable]],
    *,
    system: str,
    n_rounds: int = 0,
) -> Report:
    """Scores of happenings by several systems."""
    scores: dict[str, Score] = {}
    tallies: list[Tally] = []
    for name, own in homes.items():
        scores |= event_score(corpus, own, name)
        parts = event_tallies(corpus, own, name)
        tallies = [a | b for a, b in zip(tallies or [{}] * len(parts), parts, strict=True)]
    return _report(corpus, system, scores, tallies, n_rounds, coreference_scores)


def _report(
    corpus: StoryCorpus,
    system: str,
    scores: Mapping[str, Score],
    tallies: Sequence[Tally],
    n_rounds: int,
    scorer: Callable[[Tally], Mapping[str, Score]],
) -> Report:
    return Report(
        corpus=corpus.name,
        digest=corpus.digest,
        system=system,
        n_articles=len(corpus.documents),
        scores=scores,
        intervals=bootstrap(tallies, n_rounds=n_rounds, scores=scorer),
    )
