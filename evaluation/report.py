"""A corpus and predictions in, scores with their intervals out; as a table or as JSON."""

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.attributions import attribution_scores, count_article
from evaluation.corpora import Corpus, GoldCorpus
from evaluation.intervals import Interval, bootstrap
from evaluation.overlaps import Overlap, TokenizedText, dice
from evaluation.predictions import Predictions
from evaluation.records import count_record, gold_rows, predicted_rows
from evaluation.scores import Score, Tally, add_tallies, scores_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How good predictions are on a corpus.

    Attributes:
        corpus: Name of the corpus.
        digest: SHA-256 of the corpus.
        system: What made the predictions.
        n_articles: Articles, each once however many annotators it has.
        scores: By metric, as fractions.
        intervals: 95 % intervals of the value, by metric; empty unless asked for.
    """

    corpus: str
    digest: str
    system: str
    n_articles: int
    scores: Mapping[str, Score]
    intervals: Mapping[str, Interval] = field(default_factory=dict)


def polnear_report(
    corpus: Corpus, predictions: Predictions, *, n_rounds: int = 0, overlap: Overlap = dice
) -> Report:
    """Scores of outermost statements; each annotator's version is gold by itself, summed."""
    tallies = [
        add_tallies(
            count_article(
                TokenizedText(version.text),
                version.attributions,
                predictions.outermost(name),
                overlap=overlap,
            )
            for version in versions
        )
        for name, versions in corpus.by_id().items()
    ]
    return _report(corpus, predictions.system, tallies, n_rounds, attribution_scores)


def gold_report(corpus: GoldCorpus, predictions: Predictions, *, n_rounds: int = 0) -> Report:
    """Scores of whole records, statements inside others included."""
    tallies = []
    for record in corpus.records:
        text = TokenizedText(record.text)
        reading = predictions.reading(record.url)
        predicted = predicted_rows(reading, text) if reading is not None else []
        tallies.append(count_record(gold_rows(record, text), predicted))
    return _report(corpus, predictions.system, tallies, n_rounds, scores_of)


def agreement_report(corpus: Corpus, *, n_rounds: int = 0) -> Report:
    """Every annotator of an article against every other one: what people reach."""
    tallies = []
    for versions in corpus.by_id().values():
        if len(versions) > 1:
            text = TokenizedText(versions[0].text)
            pairs = itertools.permutations((v.attributions for v in versions), 2)
            tallies.append(add_tallies(count_article(text, own, other) for own, other in pairs))
    return _report(corpus, "annotators, in pairs", tallies, n_rounds, attribution_scores)


def _report(
    corpus: Corpus | GoldCorpus,
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


def to_text(report: Report) -> str:
    """A table for a person, in per cent."""
    head = f"{'metric':30} {'P':>7} {'R':>7} {'F1':>7} {'predicted':>9} {'n':>7}"
    lines = [
        f"{report.corpus}: {report.n_articles} articles, sha256 {report.digest[:12]}",
        f"by {report.system}",
        head + ("  95 % interval" if report.intervals else ""),
    ]
    for metric, score in report.scores.items():
        cells = [_percent(x) for x in (score.precision, score.recall, score.value)]
        sizes = ["" if x is None else f"{x:.0f}" for x in (score.n_predicted, score.n)]
        line = f"{metric:30} {cells[0]:>7} {cells[1]:>7} {cells[2]:>7} {sizes[0]:>9} {sizes[1]:>7}"
        if metric in report.intervals:
            interval = report.intervals[metric]
            line += f"  {_percent(interval.low)} to {_percent(interval.high)}"
        lines.append(line.rstrip())
    return "\n".join(lines)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.2f}"


def to_json(report: Report) -> dict[str, Any]:
    """The same as JSON values, as fractions."""
    metrics: dict[str, dict[str, Any]] = {}
    for metric, score in report.scores.items():
        interval = report.intervals.get(metric)
        metrics[metric] = {
            "precision": score.precision,
            "recall": score.recall,
            "value": score.value,
            "n_predicted": score.n_predicted,
            "n": score.n,
            "interval": None if interval is None else [interval.low, interval.high],
        }
    return {
        "corpus": report.corpus,
        "digest": report.digest,
        "system": report.system,
        "n_articles": report.n_articles,
        "metrics": metrics,
    }


def dumps(value: Mapping[str, Any]) -> str:
    """JSON for a file that people look at too."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
