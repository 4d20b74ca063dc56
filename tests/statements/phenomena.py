"""How well the packaged model reads each phenomenon, on sentences written for this project.

`python -m tests.statements.phenomena` writes the table in `docs/models/phenomena.md`.
The sentences stand in `phenomena.txt`; none is left out because the model fails on it.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.pipeline import Reader
from onrecord.records import Reading, make_document
from tests.marked import Marked, describe, matches, parse_marked

FOLDER = Path(__file__).parent
PAGE = FOLDER.parent.parent / "docs" / "models" / "phenomena.md"
# Overlap that counts as right, in each of source, cue and content: above one half (Dice).
LEAST = 0.5 + 1e-9


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, and the phenomenon that it stands for."""

    phenomenon: str
    line: str

    @property
    def marked(self) -> Marked:
        """The sentence with its statements."""
        return parse_marked(self.line)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case.

    Attributes:
        case: The sentence.
        reading: What was found in it.
        n_gold: Statements that are marked.
        n_found: Statements that were found.
        n_right: Those that match one to one.
    """

    case: Case
    reading: Reading
    n_gold: int
    n_found: int
    n_right: int

    @property
    def is_right(self) -> bool:
        """All that is marked was found, and nothing else."""
        return self.n_right == self.n_gold == self.n_found


def load_cases() -> list[Case]:
    """All sentences, in the order of the file."""
    phenomenon = ""
    cases = []
    for line in (FOLDER / "phenomena.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            phenomenon = line[3:]
        elif line and not line.startswith("# "):
            cases.append(Case(phenomenon, line.replace("\\n", "\n")))
    return cases


def read_cases(cases: Iterable[Case], reader: Reader) -> list[Outcome]:
    """Each sentence read as an article of its own."""
    outcomes = []
    for case in cases:
        marked = case.marked
        reading = reader.read(make_document(text=marked.text))
        found = reading.statements or ()
        right = matches(marked, found, least=LEAST)
        outcomes.append(Outcome(case, reading, len(marked.statements), len(found), len(right)))
    return outcomes


def share_right(outcomes: Iterable[Outcome]) -> float:
    """Share of the sentences in which all is right, in percent."""
    rights = [outcome.is_right for outcome in outcomes]
    return 100 * sum(rights) / len(rights)


def by_phenomenon(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Outcomes by phenomenon, in the order of the file."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.case.phenomenon, []).append(outcome)
    return found


def failures(outcomes: Iterable[Outcome]) -> list[str]:
    """The sentences with a fault, by phenomenon, with what was marked and what was found."""
    lines = []
    for phenomenon, own in by_phenomenon(outcomes).items():
        wrong = [outcome for outcome in own if not outcome.is_right]
        if wrong:
            lines.append(f"{phenomenon}: {len(own) - len(wrong)} of {len(own)} right")
        for outcome in wrong:
            text = outcome.case.marked.text
            lines.append("  " + text.replace("\n", "\\n"))
            lines += [f"    marked {describe(text, s)}" for s in outcome.case.marked.statements]
            lines += [f"    found  {describe(text, s)}" for s in outcome.reading.statements or ()]
    return lines


def page(outcomes: list[Outcome], model: str) -> str:
    """The page in Markdown."""
    lines = [
        "# What the model reads well, and what it does not",
        "",
        "Made by `python -m tests.statements.phenomena`; do not edit.",
        "",
        f"Model `{model}`, {len(outcomes)} sentences written for this project about invented",
        "people and bodies, each read as an article of its own. A sentence is right when every",
        "statement marked in it is found, with more than half of the words of source, cue and",
        "content in common (Dice), and nothing else is. No sentence was left out for failing.",
        "The sentences are short and plain, so shares differ from those on whole articles.",
        "",
        f"All: {share_right(outcomes):.1f} % right.",
        "",
        "| phenomenon | sentences | right | statements marked | found | matched |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for phenomenon, own in by_phenomenon(outcomes).items():
        counts = (
            sum(o.is_right for o in own),
            sum(o.n_gold for o in own),
            sum(o.n_found for o in own),
            sum(o.n_right for o in own),
        )
        lines.append(f"| {phenomenon} | {len(own)} | {' | '.join(map(str, counts))} |")
    lines += [
        "",
        "## Sentences that are not right",
        "",
        "Source | cue | content, with `-` for none.",
    ]
    lines += ["", "```text", *failures(outcomes), "```", ""]
    return "\n".join(lines)


def main() -> None:
    """Write the page."""
    reader = Reader()
    outcomes = read_cases(load_cases(), reader)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(outcomes, reader.run.model), encoding="utf-8")
    sys.stderr.write(f"{PAGE}: {share_right(outcomes):.1f} % of {len(outcomes)} right\n")


if __name__ == "__main__":
    main()
