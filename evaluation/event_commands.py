"""The commands of `python -m evaluation` for events and for whether they happened."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from evaluation import events, report
from evaluation.annotated_events import (
    annotated_report,
    annotated_texts,
    annotators_report,
    gold_texts,
)
from evaluation.corpora import corpora_folder
from evaluation.event_articles import Part
from evaluation.event_corpora import CodedCorpus, load_petrarch, load_plover, load_plv
from evaluation.event_typers import BEST as BEST_TYPER
from evaluation.event_typers import TYPERS
from evaluation.factuality import BEST as BEST_SCORER
from evaluation.factuality import SCORERS, cases_of, happened_report
from evaluation.factuality_corpora import load_meantime_events, load_uds
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
)
from evaluation.treebanks import LOADERS as TREEBANKS
from evaluation.treebanks import TreeReader, load_treebank, trees_report
from onrecord.encode.weights import Weights, load_weights, packaged_weights

# Parts of the annotated articles that have floors.
_MEASURED: Final[tuple[Part, ...]] = ("dev", "later")
_predictions = predictions_option()
_list = click.option("--list", "is_listed", is_flag=True, help="Also print the cases.")
_bootstrap = bootstrap_option("sentences")


@click.command("plv")
@click.option(
    "--typer", "name", type=click.Choice(list(TYPERS)), default=BEST_TYPER, show_default=True
)
@click.option("--folds", "n_folds", type=click.IntRange(min=2), default=5, show_default=True)
@click.option("--repeats", "n_repeats", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@weights_option
@_bootstrap
@json_option
def plv_command(
    name: str,
    n_folds: int,
    n_repeats: int,
    seed: int,
    weights: Path | None,
    n_rounds: int,
    json_path: Path | None,
) -> None:
    """Types of events between marked parties, by cross-validation on PLV.

    Only the typer "trees" reads with the weights; they must have trees.
    """
    corpus = load_plv(corpora_folder())
    make = TYPERS[name](weights)
    length = n_folds * n_repeats
    with click.progressbar(length=length, label=corpus.name, file=sys.stderr) as bar:
        found = events.plv_report(
            corpus,
            make,
            name=name,
            n_folds=n_folds,
            n_repeats=n_repeats,
            seed=seed,
            n_rounds=n_rounds,
            on_progress=bar.update,
        )
    _show(found, json_path)


@click.command("plover")
@weights_option
@_predictions
@_list
@_bootstrap
@save_option
@json_option
def plover_command(
    weights: Path | None,
    predictions: Path | None,
    is_listed: bool,  # noqa: FBT001 - a flag is what click gives
    n_rounds: int,
    save: Path | None,
    json_path: Path | None,
) -> None:
    """Events, end to end, against PLOVER's gold standard records.

    A record marks one event of its sentence, so that the precision is a lower bound.
    """
    corpus = load_plover(corpora_folder())
    _coded(corpus, _readings(corpus, weights, predictions, save), is_listed, n_rounds, json_path)


@click.command("petrarch")
@weights_option
@_predictions
@_list
@_bootstrap
@save_option
@json_option
def petrarch_command(
    weights: Path | None,
    predictions: Path | None,
    is_listed: bool,  # noqa: FBT001 - a flag is what click gives
    n_rounds: int,
    save: Path | None,
    json_path: Path | None,
) -> None:
    """Events, end to end, against the codings that PETRARCH must give for its unit sentences."""
    corpus = load_petrarch(corpora_folder())
    _coded(corpus, _readings(corpus, weights, predictions, save), is_listed, n_rounds, json_path)
    click.echo(
        "The gold is what PETRARCH gives with its own dictionaries when it works; "
        f"its own F1 is 100 by construction. {corpus.n_left_out} sentences are left out "
        "because no words stand for a code."
    )


@click.command("uds")
@click.option(
    "--on", type=click.Choice(["uds", "meantime"]), default="uds", show_default=True,
    help="UDS-IH2's dev part, or MEANTIME for tuning.",
)  # fmt: skip
@click.option(
    "--scorer", "names", type=click.Choice(list(SCORERS)), multiple=True,
    help="Whose scores; all if not given.",
)  # fmt: skip
@weights_option
@click.option("--list", "is_listed", is_flag=True, help="Also print what is on the wrong side.")
@_bootstrap
@json_option
def uds_command(
    on: str,
    names: tuple[str, ...],
    weights: Path | None,
    is_listed: bool,  # noqa: FBT001 - a flag is what click gives
    n_rounds: int,
    json_path: Path | None,
) -> None:
    """Whether what predicates say happened, on UDS-IH2."""
    folder = corpora_folder()
    corpus = load_uds(folder, "dev") if on == "uds" else load_meantime_events(folder)
    training = load_uds(folder, "train").texts
    written = {}
    for name in names or SCORERS:
        scorer = SCORERS[name](training, _loaded(weights))
        found = happened_report(corpus, scorer, name=name, n_rounds=n_rounds)
        click.echo(report.to_text(found) + "\n")
        written[name] = report.to_json(found)
        if is_listed:
            click.echo("\n".join(cases_of(corpus, scorer)) + "\n")
    if json_path is not None:
        json_path.write_text(report.dumps(written), encoding="utf-8")


@click.command("trees")
@click.option("--corpus", type=click.Choice(list(TREEBANKS)), default="gum", show_default=True)
@weights_option
@_bootstrap
@json_option
def trees_command(corpus: str, weights: Path | None, n_rounds: int, json_path: Path | None) -> None:
    """Dependency trees, on the dev parts of GUM or EWT."""
    own = _loaded(weights)
    marked = load_treebank(corpora_folder(), corpus)
    _show(trees_report(marked, TreeReader(own), system=own.name, n_rounds=n_rounds), json_path)


@click.command("articles")
@click.option(
    "--part",
    type=click.Choice(["dev", "later", "world", "again"]),
    default="dev",
    show_default=True,
    help="Kept back at first, annotated later by other hands, or written and annotated for this; "
    "`again` has annotators of the same articles against each other.",
)
@weights_option
@bootstrap_option("articles")
@json_option
def articles_command(
    part: Part, weights: Path | None, n_rounds: int, json_path: Path | None
) -> None:
    """Events, end to end, against our annotations of articles that nothing was learned from."""
    articles = annotated_texts(corpora_folder(), part)
    if part == "again":
        first = annotated_texts(corpora_folder())
        _show(annotators_report(first, articles, n_rounds=n_rounds), json_path)
        return
    found = _read_texts("articles", gold_texts(articles), weights)
    _show(annotated_report(articles, found, part=part, n_rounds=n_rounds), json_path)


EVENT_COMMANDS = (
    *(plv_command, plover_command, petrarch_command, articles_command),
    *(uds_command, trees_command),
)


def measured_events(folder: Path, weights: Path | None) -> list[report.Report]:
    """Reports on the corpora of events that have floors."""
    reports = [events.plv_report(load_plv(folder), TYPERS[BEST_TYPER](weights), name=BEST_TYPER)]
    reports += [
        events.coded_report(corpus, _readings(corpus, weights, None, None))
        for corpus in (load_plover(folder), load_petrarch(folder))
    ]
    for part in _MEASURED:
        articles = annotated_texts(folder, part)
        found = _read_texts("articles", gold_texts(articles), weights)
        reports.append(annotated_report(articles, found, part=part))
    own = _loaded(weights)
    scorer = SCORERS[BEST_SCORER](load_uds(folder, "train").texts, own)
    reports.append(happened_report(load_uds(folder), scorer, name=BEST_SCORER))
    reader = TreeReader(own)
    reports += [
        trees_report(load_treebank(folder, name), reader, system=own.name) for name in TREEBANKS
    ]
    return reports


def _loaded(folder: Path | None) -> Weights:
    return packaged_weights() if folder is None else load_weights(folder)


def _readings(
    corpus: CodedCorpus, weights: Path | None, path: Path | None, save: Path | None
) -> Predictions:
    """Readings of a file if one is given, else of the model, which shows how far it is."""
    texts = corpus.gold_texts()
    if path is not None:
        if weights is not None or save is not None:
            raise click.UsageError("--predictions goes with neither --weights nor --save")
        return load_predictions(path, texts)
    found = _read_texts(corpus.name, texts, weights)
    if save is not None:
        save_readings(found, save)
    return found


def _read_texts(name: str, texts: Mapping[str, GoldText], weights: Path | None) -> Predictions:
    """Readings of the model, which shows how far it is."""
    with click.progressbar(length=len(texts), label=name, file=sys.stderr) as bar:
        return predict(texts, weights=weights, on_progress=bar.update)


def _coded(
    corpus: CodedCorpus,
    found: Predictions,
    is_listed: bool,  # noqa: FBT001 - handed on from a flag
    n_rounds: int,
    json_path: Path | None,
) -> None:
    _show(events.coded_report(corpus, found, n_rounds=n_rounds), json_path)
    if is_listed:
        click.echo("\n".join(events.cases_of(corpus, found)))


def _show(found: report.Report, json_path: Path | None) -> None:
    click.echo(report.to_text(found))
    if json_path is not None:
        json_path.write_text(report.dumps(report.to_json(found)), encoding="utf-8")
