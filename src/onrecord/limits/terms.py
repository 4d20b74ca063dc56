"""The words of limits and figures: which mean the same, and which never do.

They stand in `terms.tsv`, which says where they come from.
"""

import functools
import importlib.resources
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """The table, by its rules.

    Attributes:
        same: What phrases mean, the longest first, by their first word.
        narrower: What a word is one kind of.
        apart: Pairs of words that never speak of the same things.
        things: Words for what is counted.
        measures: Words for how much of it.
        held: Words which tell that somebody has so many.
        change: Words which tell that a figure is no stock.
        open: Words which tell that it is not said to be so.
        vocabulary: All words of phrases and things.
    """

    same: Mapping[str, Sequence[tuple[Words, Words]]]
    narrower: Mapping[str, Words]
    apart: frozenset[frozenset[str]]
    things: frozenset[str]
    measures: frozenset[str]
    held: frozenset[str]
    change: frozenset[str]
    open: frozenset[str]
    vocabulary: frozenset[str]

    @property
    def opposites(self) -> frozenset[str]:
        """All words that stand apart from another one."""
        return frozenset(word for pair in self.apart for word in pair)


@functools.cache
def terms() -> Terms:
    """The table, read once."""
    rows = _rows()
    same = [(tuple(words.split()), tuple(means.split())) for words, means in rows["same"]]
    by_first: dict[str, list[tuple[Words, Words]]] = {}
    for words, means in sorted(same, key=lambda row: -len(row[0])):
        by_first.setdefault(words[0], []).append((words, means))
    one = {
        rule: frozenset(words for words, _ in rows[rule])
        for rule in ("thing", "measure", "held", "change", "open")
    }
    spoken = {word for words, means in same for word in (*words, *means)}
    return Terms(
        same=by_first,
        narrower={words: tuple(means.split()) for words, means in rows["is"]},
        apart=frozenset(frozenset(pair) for pair in rows["apart"]),
        things=one["thing"],
        measures=one["measure"],
        held=one["held"],
        change=one["change"],
        open=one["open"],
        vocabulary=frozenset(spoken)
        | one["thing"]
        | {word for pair in rows["apart"] for word in pair},
    )


def _rows() -> dict[str, list[tuple[str, str]]]:
    text = (importlib.resources.files("onrecord.limits") / "terms.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found: dict[str, list[tuple[str, str]]] = {}
    for line in lines[1:]:
        rule, words, *means = line.split("\t")
        found.setdefault(rule, []).append((words, "".join(means)))
    return found
