"""Corpora of names and coreference and what a system says of them in, scores out."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evaluation.coreference import coreference_scores, count_text
from evaluation.coreference_corpora import GapCorpus, load_gum, load_litbank, load_ontogum
from evaluation.coreference_gap import answers, count_item, gap_scores
from evaluation.entities import count_names, gold_names, predicted_names, scheme_of
from evaluation.entity_corpora import (
    load_broad_twitter,
    load_re3d,
    load_uner,
    load_wikigold,
    load_wnut17,
)
from evaluation.entity_readings import Clusters, named_mentions
from evaluation.entity_texts import MarkedCorpus
from evaluation.intervals import bootstrap
from evaluation.predictions import GoldText
from evaluation.report import Report
from evaluation.scores import Score, Tally, add_tallies, scores_of
from onrecord.records import Reading

# A folder of corpora and a part give a corpus; those without parts are all one part.
Loader = Callable[[Path, str], MarkedCorpus]
NAMED: Mapping[str, Loader] = {
    "uner": load_uner,
    "gum": load_gum,
    "gum-news": lambda folder, part: load_gum(folder, part, genre="news"),
    "wikigold": lambda folder, _: load_wikigold(folder),
    "wnut17": load_wnut17,
    "twitter": load_broad_twitter,
    "re3d": lambda folder, _: load_re3d(folder),
}
CLUSTERED: Mapping[str, Loader] = {
    "gum": load_gum,
    "gum-news": lambda folder, part: load_gum(folder, part, genre="news"),
    "ontogum": load_ontogum,
    "litbank": load_litbank,
}


def texts_by_name(corpus: MarkedCorpus | GapCorpus) -> dict[str, GoldText]:
    """The texts of a corpus by name, to be predicted on."""
    given = corpus.items if isinstance(corpus, GapCorpus) else corpus.texts
    return {own.id: GoldText(id=own.id, text=own.text) for own in given}


def names_report(
    corpus: MarkedCorpus, readings: Mapping[str, Reading], *, system: str, n_rounds: int = 0
) -> Report:
    """How good names are; a text without a reading has none."""
    scheme = scheme_of(corpus)
    tallies = []
    for text in corpus.texts:
        reading = readings.get(text.id)
        found = [] if reading is None else named_mentions(reading)
        tallies.append(count_names(gold_names(text, scheme), predicted_names(found, scheme)))
    return _report(corpus, system, tallies, n_rounds, scores_of)


def coreference_report(
    corpus: MarkedCorpus, clusters: Mapping[str, Clusters], *, system: str, n_rounds: int = 0
) -> Report:
    """How good clusters are; a text that is not given has none."""
    tallies = [count_text(text, clusters.get(text.id, ())) for text in corpus.texts]
    return _report(corpus, system, tallies, n_rounds, coreference_scores)


def gap_report(
    corpus: GapCorpus, clusters: Mapping[str, Clusters], *, system: str, n_rounds: int = 0
) -> Report:
    """How well clusters lead pronouns to names."""
    tallies = [count_item(item, answers(item, clusters.get(item.id, ()))) for item in corpus.items]
    return _report(corpus, system, tallies, n_rounds, gap_scores)


def _report(
    corpus: MarkedCorpus | GapCorpus,
    system: str,
    tallies: Sequence[Tally],
    n_rounds: int,
    scores: Callable[[Tally], Mapping[str, Score]],
) -> Report:
    return Report(
        corpus=corpus.name,
        digest=corpus.digest,
        system=system,
        n_articles=len(tallies),
        scores=scores(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds, scores=scores),
    )
