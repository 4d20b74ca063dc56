"""The commands of `python -m evaluation` for names, coreference and speakers."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from evaluation import report
from evaluation.coreference_corpora import GapCorpus, load_gap
from evaluation.corpora import PARTS, corpora_folder, gold_file, load_gold
from evaluation.entities import CASES, recased
from evaluation.entity_readings import Clusters, clusters_by, clusters_of_reading
from evaluation.entity_reports import (
    CLUSTERED,
    NAMED,
    coreference_report,
    gap_report,
    names_report,
    texts_by_name,
)
from evaluation.entity_texts import MarkedCorpus
from evaluation.options import (
    bootstrap_option,
    json_option,
    predictions_option,
    save_option,
    weights_option,
)
from evaluation.predictions import (
    GoldText,
    Predictions,
    load_predictions,
    predict,
    save_readings,
    texts_of,
)
from evaluation.speakers import speaker_cases, speakers_report, to_lines
from onrecord.config import Config
from onrecord.inputs.documents import document_from_text
from onrecord.pipeline import Reader

_part = click.option(
    "--part", type=click.Choice(PARTS), default="dev", show_default=True, help="Part of the corpus."
)
_predictions = predictions_option()
_bootstrap = bootstrap_option("texts")


@click.command("entities")
@click.option("--corpus", "name", type=click.Choice(list(NAMED)), default="uner", show_default=True)
@_part
@click.option("--case", type=click.Choice(list(CASES)), help="A copy in capitals, or without.")
@weights_option
@_predictions
@_bootstrap
@save_option
@json_option
def entities_command(
    name: str,
    part: str,
    case: str | None,
    weights: Path | None,
    predictions: Path | None,
    n_rounds: int,
    save: Path | None,
    json_path: Path | None,
) -> None:
    """Names with their kinds against corpora of named entities."""
    corpus = NAMED[name](corpora_folder(), part)
    if case is not None:
        corpus = recased(corpus, case)
    found = _readings(texts_by_name(corpus), corpus.name, weights, predictions, save)
    _show(names_report(corpus, found.readings, system=found.system, n_rounds=n_rounds), json_path)


@click.command("coreference")
@click.option(
    "--corpus", "name", type=click.Choice(list(CLUSTERED)), default="gum", show_default=True
)
@_part
@weights_option
@_predictions
@_bootstrap
@json_option
def coreference_command(
    name: str,
    part: str,
    weights: Path | None,
    predictions: Path | None,
    n_rounds: int,
    json_path: Path | None,
) -> None:
    """All that is mentioned, and what is mentioned again."""
    corpus = CLUSTERED[name](corpora_folder(), part)
    clusters, system = _clusters(corpus, weights, predictions)
    _show(coreference_report(corpus, clusters, system=system, n_rounds=n_rounds), json_path)


@click.command("gap")
@_part
@weights_option
@_predictions
@_bootstrap
@json_option
def gap_command(
    part: str,
    weights: Path | None,
    predictions: Path | None,
    n_rounds: int,
    json_path: Path | None,
) -> None:
    """Which of two names a pronoun means."""
    corpus = load_gap(corpora_folder(), part)
    clusters, system = _clusters(corpus, weights, predictions)
    _show(gap_report(corpus, clusters, system=system, n_rounds=n_rounds), json_path)


@click.command("speakers")
@weights_option
@_predictions
@click.option("--list", "is_listed", is_flag=True, help="Also print the cases that are not right.")
@_bootstrap
@json_option
def speakers_command(
    weights: Path | None,
    predictions: Path | None,
    is_listed: bool,  # noqa: FBT001 - a flag is what click gives
    n_rounds: int,
    json_path: Path | None,
) -> None:
    """Who is found behind the statements of whole records."""
    corpus = load_gold(gold_file())
    found = _readings(texts_of(corpus), corpus.name, weights, predictions)
    _show(speakers_report(corpus, found, n_rounds=n_rounds), json_path)
    if is_listed:
        cases = (speaker_cases(record, found.reading(record.url)) for record in corpus.records)
        click.echo(to_lines([case for own in cases for case in own]))


def measured(folder: Path, weights: Path | None) -> list[report.Report]:
    """Reports on the corpora of names and coreference that have floors."""
    reports = []
    uner = NAMED["uner"](folder, "dev")
    for corpus in (uner, *(recased(uner, case) for case in CASES)):
        found = _readings(texts_by_name(corpus), corpus.name, weights, None)
        reports.append(names_report(corpus, found.readings, system=found.system))
    gum = CLUSTERED["gum"](folder, "dev")
    clusters, system = _clusters(gum, weights, None)
    reports.append(coreference_report(gum, clusters, system=system))
    gap = load_gap(folder, "dev")
    clusters, system = _clusters(gap, weights, None)
    reports.append(gap_report(gap, clusters, system=system))
    return reports


def _readings(
    texts: Mapping[str, GoldText],
    name: str,
    weights: Path | None,
    path: Path | None,
    save: Path | None = None,
) -> Predictions:
    """Readings of a file if one is given, else of the model, which shows how far it is."""
    if path is not None:
        if weights is not None or save is not None:
            raise click.UsageError("--predictions goes with neither --weights nor --save")
        return load_predictions(path, texts)
    with click.progressbar(length=len(texts), label=name, file=sys.stderr) as bar:
        found = predict(texts, weights=weights, on_progress=bar.update)
    if save is not None:
        save_readings(found, save)
    return found


def _clusters(
    corpus: MarkedCorpus | GapCorpus, weights: Path | None, path: Path | None
) -> tuple[dict[str, Clusters], str]:
    """The clusters of each text, and what made them."""
    texts = texts_by_name(corpus)
    if path is not None:
        found = _readings(texts, corpus.name, weights, path)
        return {own: clusters_of_reading(r) for own, r in found.readings.items()}, found.system
    reader = Reader(Config(weights=weights))
    clusters_of = clusters_by(reader)
    clusters = {}
    with click.progressbar(texts.values(), label=corpus.name, file=sys.stderr) as bar:
        for given in bar:
            document = document_from_text(given.text, url=given.id)
            clusters[given.id] = clusters_of(document)
    return clusters, f"{reader.run.model} {reader.run.model_digest[:12]}"


def _show(found: report.Report, json_path: Path | None) -> None:
    click.echo(report.to_text(found))
    if json_path is not None:
        json_path.write_text(report.dumps(report.to_json(found)), encoding="utf-8")
