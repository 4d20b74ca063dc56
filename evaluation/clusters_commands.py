"""The commands of `python -m evaluation` for stories and happenings."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from evaluation import report
from evaluation.clusters import (
    ORDERS,
    event_homes,
    event_report,
    found_homes,
    link,
    link_by_words,
    ordered,
    story_report,
)
from evaluation.clusters_corpora import StoryCorpus, load_ecb_plus
from evaluation.clusters_counts import frequency_table
from evaluation.clusters_fit import weights_table
from evaluation.clusters_happenings import happening_table
from evaluation.clusters_parts import parts_table
from evaluation.corpora import PARTS, corpora_folder
from evaluation.options import bootstrap_option, json_option, weights_option
from onrecord.config import Config
from onrecord.inputs.documents import document_from_text
from onrecord.pipeline import Reader
from onrecord.records import Reading
from onrecord.store import SpanVectors
from onrecord.stories.linking import head_vector
from onrecord.stories.traits import Traits, traits_of
from onrecord.stories.words import rarity

_BATCH = 16
_part = click.option(
    "--part", type=click.Choice(PARTS), default="dev", show_default=True, help="Part of ECB+."
)
_to = click.argument("path", type=click.Path(dir_okay=False, path_type=Path))


@click.command("clusters")
@_part
@weights_option
@bootstrap_option("topics")
@json_option
def clusters_command(
    part: str, weights: Path | None, n_rounds: int, json_path: Path | None
) -> None:
    """Stories of ECB+, and its events across documents, in several orders of arrival."""
    corpus = load_ecb_plus(corpora_folder(), part)
    readings, system = read(corpus, weights)
    reports = []
    for order in ORDERS:
        names = ordered(corpus, order)
        baseline = link_by_words(readings, names)
        reports.append(
            story_report(corpus, baseline, system=f"words alone, {order}", n_rounds=n_rounds)
        )
        linked = link(readings, names)
        reports.append(
            story_report(corpus, linked.stories, system=f"{system}, {order}", n_rounds=n_rounds)
        )
        if order == ORDERS[0]:
            homes = event_homes(corpus, readings, linked.stories)
            homes["found"] = found_homes(corpus, linked)
            reports.append(event_report(corpus, homes, system=system, n_rounds=n_rounds))
    click.echo("\n\n".join(report.to_text(own) for own in reports))
    if json_path is not None:
        rows = {"reports": [report.to_json(own) for own in reports]}
        json_path.write_text(report.dumps(rows), encoding="utf-8")


@click.command("clusters-count")
@_to
def count_command(path: Path) -> None:
    """Count terms of news for `frequencies.tsv` of stories."""
    path.write_text(frequency_table(corpora_folder()), encoding="utf-8", newline="\n")


@click.command("clusters-fit")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@weights_option
def fit_command(folder: Path, weights: Path | None) -> None:
    """Fit the tables of weights of stories on the train topics of ECB+, into FOLDER."""
    corpus = load_ecb_plus(corpora_folder(), "train")
    readings, _ = read(corpus, weights)
    story_of = {document.id: document.subtopic for document in corpus.documents}
    traits = static_traits(readings)
    tables = {
        "weights.tsv": weights_table(traits, story_of),
        "part_weights.tsv": parts_table(traits, story_of),
        "happening_weights.tsv": happening_table(corpus, readings),
    }
    for name, table in tables.items():
        (folder / name).write_text(table, encoding="utf-8", newline="\n")


def read(
    corpus: StoryCorpus, weights: Path | None
) -> tuple[dict[str, tuple[Reading, SpanVectors | None]], str]:
    """Readings with vectors of all documents, and what made them."""
    reader = Reader(Config(weights=weights))
    readings: dict[str, tuple[Reading, SpanVectors | None]] = {}
    with click.progressbar(length=len(corpus.documents), label=corpus.name, file=sys.stderr) as bar:
        for start in range(0, len(corpus.documents), _BATCH):
            batch = corpus.documents[start : start + _BATCH]
            documents = [
                document_from_text(own.text, title=own.title, url=own.id, published=own.published)
                for own in batch
            ]
            found = reader.read_with_vectors(documents)
            readings.update(zip((own.id for own in batch), found, strict=True))
            bar.update(len(batch))
    return readings, f"{reader.run.model} {reader.run.model_digest[:12]}"


def static_traits(
    readings: Mapping[str, tuple[Reading, SpanVectors | None]],
) -> dict[str, Traits]:
    """Traits of documents, with the rarities of the table alone."""
    return {
        name: traits_of(
            reading,
            lambda terms: {term: rarity(term, n_with=0, n_documents=0) for term in terms},
            head_vector(reading, vectors),
        )
        for name, (reading, vectors) in readings.items()
    }


CLUSTER_COMMANDS = (clusters_command, count_command, fit_command)
