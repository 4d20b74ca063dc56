"""Fits the weights of pairs of events (`onrecord/stories/happening_weights.tsv`).

Pairs are those of gold mentions within one sub-topic of the train topics of ECB+, each once
with vectors and once without, as a file of readings comes.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import numpy as np

from evaluation.clusters_corpora import EventMention, StoryCorpus
from evaluation.clusters_fit import logistic
from onrecord.records import Reading, Span
from onrecord.store import SpanVectors
from onrecord.stories.event_traits import EventTraits, event_traits
from onrecord.stories.happenings import FEATURES, pair_features

_HEAD: Final = """\
# Weights of a logistic model: that two mentions of events are one happening, see `happenings.py`.
#
# Fitted on {n} pairs of the train topics of ECB+ (annotations CC BY 3.0; only these numbers
# are kept) by: python -m evaluation clusters-fit.
"""


def happening_table(
    corpus: StoryCorpus, readings: Mapping[str, tuple[Reading, SpanVectors | None]]
) -> str:
    """The table of fitted weights."""
    subtopics = {document.id: document.subtopic for document in corpus.documents}
    numbers = {name: number for number, name in enumerate(sorted(subtopics))}
    traits = mention_traits(corpus, readings)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, mention in enumerate(corpus.mentions):
        places[subtopics[mention.document]].append(place)
    features, same = [], []
    for own in places.values():
        mentions = [corpus.mentions[place] for place in own]
        documents = [numbers[mention.document] for mention in mentions]
        chains = np.array([mention.chain for mention in mentions])
        above = np.triu_indices(len(own), 1)
        chosen = [traits[place] for place in own]
        for given in (chosen, [without_vectors(one) for one in chosen]):
            features.append(pair_features(given, given, documents, documents)[above])
            same.append((chains[above[0]] == chains[above[1]]).astype(np.float64))
    X_NF = np.concatenate(features)
    weights = logistic(np.hstack([X_NF, np.ones((len(X_NF), 1))]), np.concatenate(same))
    lines = [
        f"{name}\t{weight:.4f}\n" for name, weight in zip((*FEATURES, "bias"), weights, strict=True)
    ]
    return _HEAD.format(n=len(X_NF)) + "".join(lines)


def mention_traits(
    corpus: StoryCorpus, readings: Mapping[str, tuple[Reading, SpanVectors | None]]
) -> list[EventTraits]:
    """The traits of all gold mentions, in their order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, mention in enumerate(corpus.mentions):
        places[mention.document].append(place)
    found: dict[int, EventTraits] = {}
    for name, own in places.items():
        spans = [span_of(corpus.mentions[place]) for place in own]
        found.update(
            zip(own, event_traits(readings[name][0], spans, readings[name][1]), strict=True)
        )
    return [found[place] for place in range(len(corpus.mentions))]


def without_vectors(traits: EventTraits) -> EventTraits:
    """The traits as they are when there was no encoder."""
    nothing = np.zeros(0, dtype=np.int8)
    return dataclasses.replace(traits, vector_D=nothing, context_D=nothing)


def span_of(mention: EventMention) -> Span:
    """Where a mention stands; the start of its document if that was not found."""
    return Span(mention.start, max(mention.end, mention.start + 1))
