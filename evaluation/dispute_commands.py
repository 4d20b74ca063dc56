"""The command of `python -m evaluation` for disputes across articles."""

import sys
from pathlib import Path

import click

from evaluation import report
from evaluation.dispute_finders import StoreFinder
from evaluation.dispute_pairs import PARTS, load_disputes
from evaluation.disputes import cases_of, disputes_report, find_all
from evaluation.options import bootstrap_option, json_option, weights_option

_FOR_FIGURES = ("measured", "agency", "fresh")


@click.command("disputes")
@click.option(
    "--part",
    type=click.Choice(PARTS),
    default="dev",
    show_default=True,
    help="The pairs to tune on are dev to dev5; measured and fresh are for figures alone.",
)
@weights_option
@click.option(
    "--possible",
    "with_possible",
    is_flag=True,
    help="Also count what is kept for somebody to look at: how much such a list would hold.",
)
@click.option("--list", "is_listed", is_flag=True, help="Also print misses and false alarms.")
@bootstrap_option("pairs")
@json_option
def disputes_command(
    part: str,
    weights: Path | None,
    with_possible: bool,  # noqa: FBT001 - a flag is what click gives
    is_listed: bool,  # noqa: FBT001 - a flag is what click gives
    n_rounds: int,
    json_path: Path | None,
) -> None:
    """Disputes between two articles, each pair taken into a store of its own."""
    given = load_disputes(part)
    finder = StoreFinder(weights=weights, with_possible=with_possible)
    with click.progressbar(length=len(given.pairs), label=given.name, file=sys.stderr) as bar:
        found = find_all(given.pairs, finder, on_progress=bar.update)
    scored = disputes_report(given, found, system=finder.name, n_rounds=n_rounds)
    click.echo(report.to_text(scored))
    if is_listed:
        click.echo("\n".join(cases_of(given, found)))
    if json_path is not None:
        json_path.write_text(report.dumps(report.to_json(scored)), encoding="utf-8")


def measured_disputes(weights: Path | None) -> list[report.Report]:
    """Reports on the parts that nothing is fitted on."""
    finder = StoreFinder(weights=weights)
    given = [load_disputes(part) for part in _FOR_FIGURES]
    return [disputes_report(one, find_all(one.pairs, finder), system=finder.name) for one in given]
