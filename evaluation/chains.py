"""Statements of texts of our own in which all are marked, at all depths.

`training/chains` keeps two files back from all learning: `c4`, passages, and `s7`, articles by
the same hands as those that are learned from. A statement is found if source, cue and content
share more than half of their tokens each with those of a predicted one (Dice), one to one.

    outer           Statements of the text itself.
    inner           Statements inside of a content.
    inner/chained   Those whose parent is the one that the marked parent was paired with.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.attributions import pair_attributions
from evaluation.errors import FormError
from evaluation.intervals import bootstrap
from evaluation.overlaps import TokenizedText
from evaluation.predictions import GoldText, Predictions
from evaluation.report import Report
from evaluation.scores import Tally, add_tallies, matched, scores_of
from onrecord.records import Span, Statement

FOLDER = Path(__file__).parent.parent / "training" / "chains"
PARTS = ("c4", "s7")
_ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    """One statement of a text.

    Attributes:
        source: Empty if nobody is named.
        cue: Its pieces.
        content: Its pieces.
        parent: Number of the statement in whose content it stands; None for an outer one.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    parent: int | None


@dataclass(frozen=True, slots=True)
class MarkedChain:
    """A text with all of its statements."""

    text: str
    statements: tuple[MarkedStatement, ...]


def load_chains(part: str, folder: Path = FOLDER) -> dict[str, MarkedChain]:
    """The texts of a part by name.

    Raises:
        FormError: A line is not in the form that `training/chains/README.md` tells.
    """
    path = folder / f"{part}.jsonl"
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            statements = tuple(map(_statement, row["statements"]))
            found[f"{part}-{number}"] = MarkedChain(row["text"], statements)
        except (ValueError, KeyError, TypeError) as error:
            raise FormError(source=f"{path} line {number}", problem=str(error)) from error
    return found


def _statement(row: Mapping[str, Any]) -> MarkedStatement:
    source, cue, content = (tuple(Span(start, end) for start, end in row[role]) for role in _ROLES)
    return MarkedStatement(source, cue, content, row["parent"])


def chain_texts(chains: Mapping[str, MarkedChain]) -> dict[str, GoldText]:
    """What is to be read, by name."""
    return {name: GoldText(id=name, text=one.text) for name, one in chains.items()}


def chains_report(
    part: str, chains: Mapping[str, MarkedChain], predictions: Predictions, *, n_rounds: int = 0
) -> Report:
    """Scores of readings."""
    tallies = []
    for name, chain in chains.items():
        reading = predictions.reading(name)
        tallies.append(tally_of(chain, () if reading is None else reading.statements or ()))
    return Report(
        corpus=f"chains/{part}",
        digest=hashlib.sha256((FOLDER / f"{part}.jsonl").read_bytes()).hexdigest(),
        system=predictions.system,
        n_articles=len(tallies),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def tally_of(chain: MarkedChain, found: Sequence[Statement]) -> Tally:
    """The counts of one text."""
    text = TokenizedText(chain.text)
    gold = chain.statements
    pairs = pair_attributions([text.roles(s) for s in gold], [text.roles(s) for s in found])
    number_of = {statement.id: n for n, statement in enumerate(found)}
    outer = [n for n in pairs if gold[n].parent is None]
    inner = {n: parent for n in pairs if (parent := gold[n].parent) is not None}
    chained = [
        n
        for n, parent in inner.items()
        if (above := found[pairs[n]].parent) is not None
        and pairs.get(parent) == number_of.get(above, -1)
    ]
    n_outer = sum(s.parent is None for s in found)
    n_gold = sum(s.parent is None for s in gold)
    n_inner, n_gold_inner = len(found) - n_outer, len(gold) - n_gold
    return {
        "outer": matched(min(len(outer), n_outer), n_predicted=n_outer, n_gold=n_gold),
        "inner": matched(min(len(inner), n_inner), n_predicted=n_inner, n_gold=n_gold_inner),
        "inner/chained": matched(len(chained), n_predicted=n_inner, n_gold=n_gold_inner),
    }
