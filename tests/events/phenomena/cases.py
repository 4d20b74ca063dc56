"""The sentences of all files, and what became of them when they were read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.pipeline import Reader
from onrecord.records import Reading, make_document
from tests.events.phenomena.faults import Comparison, compare
from tests.events.phenomena.marks import MarkedSentence, parse_marked

FOLDER = Path(__file__).parent
# Of the same kinds, written after rules for those of `FOLDER`, to see how far the rules reach.
FRESH = FOLDER.with_name("phenomena_fresh")
# Sentences and short articles about sides, terms and evident frames, written before the rules for
# them; of each kind one half was kept aside until the rules were settled.
LONGER = FOLDER.with_name("phenomena_longer")
# All sentences are read as printed on this day, a Thursday.
PUBLISHED = "2024-05-09"
SECTIONS = ("event", "control", "commitment")
_NUMBER = re.compile(r"^\d+_")


class CaseError(ValueError):
    """A file of sentences is not written as it should be."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, what it stands for, and why it is there.

    Attributes:
        phenomenon: The name of its file, in words.
        sections: What is compared: of "event", "control", "commitment".
        why: A few words.
        line: The marked sentence.
    """

    phenomenon: str
    sections: tuple[str, ...]
    why: str
    line: str

    @property
    def sentence(self) -> MarkedSentence:
        """The sentence with its rows."""
        return parse_marked(self.line)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case."""

    case: Case
    reading: Reading
    comparison: Comparison

    @property
    def is_right(self) -> bool:
        """All that is expected was found, and nothing else."""
        return not self.comparison.faults


def load_cases(folder: Path = FOLDER) -> list[Case]:
    """All sentences of a folder, in the order of files and lines."""
    cases = []
    for path in sorted(folder.glob("*.txt")):
        phenomenon = _NUMBER.sub("", path.stem).replace("_", " ")
        cases += parse_file(phenomenon, path.read_text(encoding="utf-8"))
    return cases


def parse_file(phenomenon: str, text: str) -> list[Case]:
    """The sentences of one file.

    A line is `why :: sentence`; `\\n` in it is a new paragraph. `@ control` and
    `@ commitment` on a line say what else than events is compared, `@ without event` that
    events are not. `#` begins a comment.

    Raises:
        CaseError: A line has no reason, or names a section that is none.
    """
    sections = ["event"]
    cases = []
    for line in filter(None, text.splitlines()):
        if line == "@ without event":
            sections.remove("event")
        elif line.startswith("@ "):
            sections.append(line.removeprefix("@ ").strip())
            if sections[-1] not in SECTIONS:
                raise CaseError(f"{phenomenon}: {line}")
        elif not line.startswith("#"):
            why, _, marked = line.partition(" :: ")
            if not marked:
                raise CaseError(f"{phenomenon}: no reason in: {line}")
            cases.append(Case(phenomenon, tuple(sections), why, marked.replace("\\n", "\n")))
    return cases


def read_cases(cases: Iterable[Case], reader: Reader) -> list[Outcome]:
    """Each sentence read as an article of its own."""
    outcomes = []
    for case in cases:
        sentence = case.sentence
        reading = reader.read(make_document(text=sentence.text, published=PUBLISHED))
        outcomes.append(Outcome(case, reading, compare(sentence, reading, case.sections)))
    return outcomes


def share_right(outcomes: Iterable[Outcome]) -> float:
    """Share of the sentences in which all is right, in percent."""
    rights = [outcome.is_right for outcome in outcomes]
    return 100 * sum(rights) / len(rights)


def by_phenomenon(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Outcomes by phenomenon, in the order of the files."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.case.phenomenon, []).append(outcome)
    return found
