"""The commands `python -m evaluation` and `python -m evaluation.floors`.

Data goes to standard output, everything else to standard error. Exit status: 0 fine,
1 a floor does not hold, 2 the call was wrong or something is missing.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from evaluation import calibration as calibrations
from evaluation import chains as marked_chains
from evaluation import compare as comparisons
from evaluation import floors, report
from evaluation.cases import ArticleCases, gold_cases, polnear_cases
from evaluation.corpora import (
    PARTS,
    Corpus,
    GoldCorpus,
    corpora_folder,
    gold_file,
    load_gold,
    load_polnear,
    load_polnear_annotators,
)
from evaluation.dispute_commands import measured_disputes
from evaluation.entailment_commands import entailment_command, vectors_command
from evaluation.entity_commands import (
    coreference_command,
    entities_command,
    gap_command,
    measured,
    speakers_command,
)
from evaluation.errors import FloorError
from evaluation.event_commands import EVENT_COMMANDS, measured_events
from evaluation.options import (
    FILE,
    bootstrap_option,
    json_option,
    predictions_option,
    save_option,
    weights_option,
)
from evaluation.overlaps import dice, jaccard
from evaluation.places import places_command
from evaluation.predictions import Predictions, load_predictions, predict, save_readings, texts_of
from evaluation.times import times_command
from onrecord.errors import OnRecordError

_FAILED, _USAGE = 1, 2
_OVERLAPS = {"dice": dice, "jaccard": jaccard}

_part = click.option(
    "--part", type=click.Choice(PARTS), default="dev", show_default=True, help="Part of PolNeAR."
)
_predictions = predictions_option("readings or attributions")
_bootstrap = bootstrap_option("articles")
_against = click.option(
    "--against",
    type=click.Choice(["polnear", "gold"]),
    default="polnear",
    show_default=True,
    help="Outermost attributions, or whole records.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """How good the readings are, on corpora that ONRECORD_CORPORA and ONRECORD_GOLD name."""


@commands.command("chains")
@click.option(
    "--part",
    type=click.Choice(marked_chains.PARTS),
    default="s7",
    show_default=True,
    help="Passages (c4) or articles (s7) of our own that are kept back.",
)
@weights_option
@_bootstrap
@json_option
def chains_command(part: str, weights: Path | None, n_rounds: int, json_path: Path | None) -> None:
    """Statements at all depths, in texts of our own that nothing was learned from."""
    chains = marked_chains.load_chains(part)
    found = predict(marked_chains.chain_texts(chains), weights=weights)
    _show(marked_chains.chains_report(part, chains, found, n_rounds=n_rounds), json_path)


@commands.command("polnear")
@_part
@weights_option
@_predictions
@click.option("--all-annotators", is_flag=True, help="Every annotator's version, summed.")
@click.option(
    "--overlap",
    type=click.Choice(list(_OVERLAPS)),
    default="dice",
    show_default=True,
    help="Overlap of relaxed pairs.",
)
@_bootstrap
@save_option
@json_option
def polnear_command(
    part: str,
    weights: Path | None,
    predictions: Path | None,
    all_annotators: bool,  # noqa: FBT001 - a flag is what click gives
    overlap: str,
    n_rounds: int,
    save: Path | None,
    json_path: Path | None,
) -> None:
    """Outermost statements against PolNeAR's attributions."""
    load = load_polnear_annotators if all_annotators else load_polnear
    corpus = load(corpora_folder(), part)
    found = _predict(corpus, weights, predictions, save)
    _show(
        report.polnear_report(corpus, found, n_rounds=n_rounds, overlap=_OVERLAPS[overlap]),
        json_path,
    )


@commands.command("gold")
@weights_option
@_predictions
@_bootstrap
@save_option
@json_option
def gold_command(
    weights: Path | None,
    predictions: Path | None,
    n_rounds: int,
    save: Path | None,
    json_path: Path | None,
) -> None:
    """All statements against whole records: chains, speakers, acts."""
    corpus = load_gold(gold_file())
    found = _predict(corpus, weights, predictions, save)
    _show(report.gold_report(corpus, found, n_rounds=n_rounds), json_path)


@commands.command("agreement")
@_part
@_bootstrap
@json_option
def agreement_command(part: str, n_rounds: int, json_path: Path | None) -> None:
    """PolNeAR's annotators of the same articles against each other."""
    corpus = load_polnear_annotators(corpora_folder(), part)
    _show(report.agreement_report(corpus, n_rounds=n_rounds), json_path)


@commands.command("compare")
@click.argument("before", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_against
@_part
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the spurious statements.")
def compare_command(
    before: Path,
    after: Path,
    against: str,
    part: str,
    as_json: bool,  # noqa: FBT001 - a flag is what click gives
) -> None:
    """What file AFTER gained and lost against file BEFORE, case by case.

    The authors of PolNeAR ask that a developer reads cases of the training part only.
    """
    corpus = _corpus(against, part)
    found = comparisons.compare(*(_cases(corpus, _load(corpus, p)) for p in (before, after)))
    if as_json:
        click.echo(report.dumps(comparisons.to_json(found)), nl=False)
    else:
        click.echo(comparisons.to_text(found))


@commands.command("calibration")
@_against
@_part
@weights_option
@_predictions
@click.option("--bins", "n_bins", type=click.IntRange(1, 100), default=10, show_default=True)
@json_option
def calibration_command(
    against: str,
    part: str,
    weights: Path | None,
    predictions: Path | None,
    n_bins: int,
    json_path: Path | None,
) -> None:
    """Whether probabilities of statements mean what they say."""
    corpus = _corpus(against, part)
    cases = _cases(corpus, _predict(corpus, weights, predictions))
    found = calibrations.calibrate(calibrations.outcomes_of(cases), n_bins=n_bins)
    click.echo(calibrations.to_text(found))
    _write_json(calibrations.to_json(found), json_path)


for _command in (entities_command, coreference_command, gap_command, speakers_command):
    commands.add_command(_command)
for _command in EVENT_COMMANDS:
    commands.add_command(_command)
for _command in (entailment_command, vectors_command):
    commands.add_command(_command)
commands.add_command(places_command)
commands.add_command(times_command, "times")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def floor_commands() -> None:
    """Scores that must not be lost."""


_on = click.option(
    "--on",
    type=click.Choice(["polnear", "gold", "entities", "events", "disputes", "all"]),
    default="all",
    show_default=True,
    help="Which corpora to measure.",
)
_floor_file = click.option("--file", "path", type=FILE, default=floors.FILE, help="The floors.")


@floor_commands.command("check")
@_on
@weights_option
@_floor_file
def check_command(on: str, weights: Path | None, path: Path) -> None:
    """Measure, and fail below a floor."""
    pinned = floors.load_floors(path)
    reports = measure(on, weights)
    breaches = floors.check_floors(pinned, reports)
    for breach in breaches:
        click.echo(f"below: {breach}")
    names = {r.corpus for r in reports}
    n_checked = sum(floor.corpus in names for floor in pinned)
    click.echo(f"{n_checked} floors checked, {len(breaches)} do not hold")
    if not n_checked:
        raise FloorError(source=str(path), problem="it has no floor for these corpora")
    if breaches:
        sys.exit(_FAILED)


@floor_commands.command("raise")
@_on
@weights_option
@_floor_file
@click.option("--lower", is_flag=True, help="Also lower floors; needs --reason.")
@click.option("--reason", help="Why floors are lowered; it is kept.")
def raise_command(
    on: str,
    weights: Path | None,
    path: Path,
    lower: bool,  # noqa: FBT001 - a flag is what click gives
    reason: str | None,
) -> None:
    """Measure, and write higher floors."""
    if lower != bool(reason and reason.strip()):
        raise click.UsageError("--lower and --reason go together")
    old = floors.load_floors(path)
    new = floors.raise_floors(old, measure(on, weights), reason=reason if lower else None)
    before = {(floor.corpus, floor.metric): floor.floor for floor in old}
    for floor in new:
        was = before.get((floor.corpus, floor.metric))
        if was != floor.floor:
            click.echo(f"{floor.corpus} {floor.metric}: {was} -> {floor.floor}")
    floors.save_floors(new, path)


def measure(on: str, weights: Path | None) -> list[report.Report]:
    """Reports on the corpora that have floors."""
    reports = []
    if on in {"polnear", "all"}:
        folder = corpora_folder()
        first, everybody = load_polnear(folder), load_polnear_annotators(folder)
        found = _predict(first, weights)
        reports += [report.polnear_report(corpus, found) for corpus in (first, everybody)]
    if on in {"entities", "all"}:
        reports += measured(corpora_folder(), weights)
    if on in {"events", "all"}:
        reports += measured_events(corpora_folder(), weights)
    if on in {"disputes", "all"}:
        reports += measured_disputes(weights)
    if on in {"gold", "all"}:
        gold = load_gold(gold_file())
        reports.append(report.gold_report(gold, _predict(gold, weights)))
    return reports


def _corpus(against: str, part: str) -> Corpus | GoldCorpus:
    return load_gold(gold_file()) if against == "gold" else load_polnear(corpora_folder(), part)


def _cases(corpus: Corpus | GoldCorpus, predictions: Predictions) -> list[ArticleCases]:
    if isinstance(corpus, GoldCorpus):
        return gold_cases(corpus, predictions)
    return polnear_cases(corpus, predictions)


def _load(corpus: Corpus | GoldCorpus, path: Path) -> Predictions:
    return load_predictions(path, texts_of(corpus))


def _predict(
    corpus: Corpus | GoldCorpus,
    weights: Path | None,
    path: Path | None = None,
    save: Path | None = None,
) -> Predictions:
    """Predictions of a file if one is given, else of the model, which shows how far it is."""
    if path is not None:
        if weights is not None or save is not None:
            raise click.UsageError("--predictions goes with neither --weights nor --save")
        return _load(corpus, path)
    texts = texts_of(corpus)
    with click.progressbar(length=len(texts), label=corpus.name, file=sys.stderr) as bar:
        found = predict(texts, weights=weights, on_progress=bar.update)
    if save is not None:
        save_readings(found, save)
    return found


def _show(found: report.Report, json_path: Path | None) -> None:
    click.echo(report.to_text(found))
    _write_json(report.to_json(found), json_path)


def _write_json(value: Mapping[str, Any], path: Path | None) -> None:
    if path is not None:
        path.write_text(report.dumps(value), encoding="utf-8")


def run(group: click.Group) -> None:
    """Run a group of commands; what a user can cause is one line on standard error."""
    try:
        group.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OnRecordError as error:
        click.echo(f"evaluation: {error}", err=True)
        sys.exit(_USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("evaluation: stopped", err=True)
        sys.exit(130)
