"""The words of instruments and their terms, as ``tables/commitment_words.tsv`` has them."""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.events.forms import lemmas_of, noun_forms, verb_forms
from onrecord.events.tables import read_rows

_BE = frozenset("be is are was were been being 's".split())


@dataclass(frozen=True, slots=True)
class CommitmentWord:
    """One row of the table.

    Attributes:
        kind: As in the table.
        particle: What must follow; else empty.
        value: The date or family that it stands for; else empty.
        slots: Where the instrument stands.
    """

    kind: str
    particle: str
    value: str
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitmentWords:
    """The whole table.

    Attributes:
        by_form: Rows of each kind by the forms of their words, in the order of the table.
        means: Means of verification as lower-cased words, the longest first.
    """

    by_form: Mapping[str, Mapping[str, tuple[CommitmentWord, ...]]]
    means: tuple[tuple[tuple[str, ...], CommitmentWord], ...]

    def rows(self, kind: str, form: str) -> tuple[CommitmentWord, ...]:
        """Rows of a kind for a word of the text.

        >>> [row.value for row in load_commitment_words().rows("instrument", "treaties")]
        ['treaty']
        """
        return self.by_form[kind].get(form, ())

    def is_one(self, kind: str, form: str) -> bool:
        """Whether a word is of a kind."""
        return form in self.by_form[kind]

    def family(self, form: str) -> str:
        """The family of a noun for instruments; empty for others."""
        rows = self.rows("instrument", form)
        return rows[0].value if rows else ""


@functools.cache
def means_by_first() -> Mapping[str, Sequence[tuple[tuple[str, ...], CommitmentWord]]]:
    """Means of verification by their first word, the longest first."""
    found: defaultdict[str, list[tuple[tuple[str, ...], CommitmentWord]]] = defaultdict(list)
    for form, row in load_commitment_words().means:
        found[form[0]].append((form, row))
    return dict(found)


@functools.cache
def load_commitment_words() -> CommitmentWords:
    """The table, read once."""
    by_form: defaultdict[str, defaultdict[str, list[CommitmentWord]]] = defaultdict(
        lambda: defaultdict(list)
    )
    means: list[tuple[tuple[str, ...], CommitmentWord]] = []
    for row in read_rows("commitment_words"):
        kind, word = row["kind"], row["word"]
        slots = tuple(filter(None, row["slot"].split("|")))
        own = CommitmentWord(kind=kind, particle=row["particle"], value=row["as"], slots=slots)
        if kind == "means":
            means += [(tuple(form.split()), own) for form in sorted(noun_forms(word))]
        for form in _forms(kind, word):
            by_form[kind][form].append(own)
    means.sort(key=lambda m: (-len(m[0]), m[0]))
    return CommitmentWords(
        by_form={k: {form: tuple(rows) for form, rows in v.items()} for k, v in by_form.items()},
        means=tuple(means),
    )


def _forms(kind: str, word: str) -> set[str]:
    if word == "be":
        return set(_BE)
    if word == "memorandum":
        return {word, "memoranda", "memorandums"}
    if kind in {"date", "party", "limit", "verify", "provide", "own", "off"}:
        return verb_forms(word) | noun_forms(word)
    return noun_forms(word)


def is_measure(unit: str | None) -> bool:
    """Whether a unit says how much, not what.

    >>> is_measure("kilogram"), is_measure("tank"), is_measure(None)
    (True, False, False)
    """
    words = load_commitment_words()
    return any(words.is_one("measure", w) for w in lemmas_of((unit or "").split(" ")[0]))
