"""Passages that ask on whose word each event stands, and nothing else.

Marked as those of `../phenomena/marks.py` are; a line is `what :: passage`, `\\n` a new paragraph.
`first.txt` was there before rules for such passages, and read while they were made; `blind.txt`
has as many of the same kinds with other words, of which only the sums were looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.pipeline import Reader
from onrecord.records import make_document
from tests.events.phenomena.cases import PUBLISHED, Case, parse_file
from tests.events.phenomena.faults import compare

FOLDER = Path(__file__).parent
FILES = ("first", "blind")


@dataclass(frozen=True, slots=True)
class Told:
    """How many events of some passages were found, and with the right asserter.

    Attributes:
        n_marked: Events that are marked.
        n_found: Those that were found with their type.
        faults: What is wrong with asserters, in words, by passage.
    """

    n_marked: int
    n_found: int
    faults: tuple[str, ...]

    @property
    def share_right(self) -> float:
        """Of the events that were found, in percent."""
        return 100 * (1 - len(self.faults) / self.n_found)


def load(name: str) -> list[Case]:
    """The passages of a file."""
    return parse_file(name, (FOLDER / f"{name}.txt").read_text(encoding="utf-8"))


def read(cases: Iterable[Case], reader: Reader) -> Told:
    """Each passage read as an article of its own."""
    n_marked = n_found = 0
    faults: list[str] = []
    for case in cases:
        sentence = case.sentence
        reading = reader.read(make_document(text=sentence.text, published=PUBLISHED))
        comparison = compare(sentence, reading, ["event"])
        n_marked += len(sentence.of("event"))
        n_found += len(comparison.pairs)
        wrong = [fault.words for fault in comparison.faults if fault.sort == "asserter"]
        faults += [f"{sentence.text}: {words}" for words in wrong]
    return Told(n_marked, n_found, tuple(faults))
