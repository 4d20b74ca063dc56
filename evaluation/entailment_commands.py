"""The commands of `python -m evaluation` for pairs of texts and vectors of texts."""

import json
from pathlib import Path

import click

from evaluation import report
from evaluation.corpora import corpora_folder
from evaluation.entailment import entailment_report, measured_pairs, training_pairs
from evaluation.entailment_corpora import SETS
from evaluation.entailment_vectors import load_clef, load_perspectrum, retrieval_report
from evaluation.options import bootstrap_option, json_option, weights_option
from onrecord.encode.vectors import text_vectors_of
from onrecord.encode.weights import Weights, load_weights, packaged_weights
from onrecord.entailment.loading import entailment_of


@click.command("entailment")
@click.option("--set", "names", type=click.Choice(list(SETS)), multiple=True, help="All if none.")
@weights_option
@bootstrap_option("pairs of one premise")
@json_option
def entailment_command(
    names: tuple[str, ...], weights: Path | None, n_rounds: int, json_path: Path | None
) -> None:
    """Whether a text entails or contradicts another, on development parts."""
    own = _weights(weights)
    scorer, folder = entailment_of(own), corpora_folder()
    reports = []
    for name in names or tuple(SETS):
        click.echo(f"{name} …", err=True)
        given, training = measured_pairs(folder, name), training_pairs(folder, name)
        reports.append(
            entailment_report(given, scorer, training, system=_system(own), n_rounds=n_rounds)
        )
    _show(reports, json_path)


@click.command("vectors")
@weights_option
@bootstrap_option("questions")
@json_option
def vectors_command(weights: Path | None, n_rounds: int, json_path: Path | None) -> None:
    """Whether vectors find claims again, and other wordings of a view."""
    own = _weights(weights)
    vectorise, folder = text_vectors_of(own), corpora_folder()
    reports = []
    for load in (load_clef, load_perspectrum):
        given = load(folder)
        click.echo(f"{given.name} …", err=True)
        reports.append(retrieval_report(given, vectorise, system=_system(own), n_rounds=n_rounds))
    _show(reports, json_path)


def _weights(folder: Path | None) -> Weights:
    return load_weights(folder) if folder else packaged_weights()


def _system(weights: Weights) -> str:
    return f"{weights.name} {weights.digest[:12]}"


def _show(reports: list[report.Report], json_path: Path | None) -> None:
    click.echo("\n\n".join(map(report.to_text, reports)))
    if json_path is not None:
        values = [report.to_json(own) for own in reports]
        text = json.dumps(values, ensure_ascii=False, indent=1) + "\n"
        json_path.write_text(text, encoding="utf-8")
