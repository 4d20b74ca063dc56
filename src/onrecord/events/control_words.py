"""The words that say who holds a place, as ``tables/control_words.tsv`` has them."""

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from onrecord.events.forms import lemmas_of, noun_forms, verb_forms
from onrecord.events.tables import read_rows
from onrecord.records import Change

# Nouns that need other words to tell what became of a place: "in the hands of", "took control".
NOUNS: Final = frozenset(("control", "hands", "grip", "rule", "occupation", "possession"))


@dataclass(frozen=True, slots=True)
class ControlWord:
    """One row of the table; slots are those of `onrecord.events.arguments`.

    Attributes:
        kind: ``verb``, ``noun``, ``control``, ``under`` or ``held``.
        particle: What must follow a verb; else empty.
        change: From the holder's side.
        holder, place, other: Slots, of which the first filled one counts.
        other_change: From the other side.
        needs_other: Whether the other side must be named.
        who: What the holder must be: ``any``, ``state`` or ``force``.
        when: ``stative``, ``moving`` or empty.
    """

    kind: str
    particle: str
    change: Change
    holder: tuple[str, ...]
    place: tuple[str, ...]
    other: tuple[str, ...]
    other_change: Change | None
    needs_other: bool
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class ControlWords:
    """The whole table.

    Attributes:
        by_form: Rows of each kind by the forms of their words, in the order of the table.
        lemmas: Lemmas of the nouns and verbs of other kinds, as the table has them.
    """

    by_form: Mapping[str, Mapping[str, tuple[ControlWord, ...]]]
    lemmas: Mapping[str, frozenset[str]]

    def rows(self, kind: str, form: str) -> tuple[ControlWord, ...]:
        """Rows of a kind for a word of the text."""
        return self.by_form[kind].get(form, ())

    def is_one(self, kind: str, form: str) -> bool:
        """Whether a word is one of the nouns of a kind.

        >>> load_control_words().is_one("region", "towns"), load_control_words().is_one("site", "x")
        (True, False)
        """
        return any(lemma in self.lemmas[kind] for lemma in lemmas_of(form))


@functools.cache
def trigger_forms() -> frozenset[str]:
    """Words that may begin a claim."""
    by_form = load_control_words().by_form
    return NOUNS.union(*(by_form[kind] for kind in ("verb", "noun", "held")))


@functools.cache
def load_control_words() -> ControlWords:
    """The table, read once."""
    by_form: dict[str, defaultdict[str, list[ControlWord]]] = {
        kind: defaultdict(list) for kind in ("verb", "noun", "control", "under", "held")
    }
    lemmas: defaultdict[str, set[str]] = defaultdict(set)
    for row in read_rows("control_words"):
        kind, word = row["kind"], row["word"]
        if kind not in by_form:
            lemmas[kind].add(word)
            continue
        own = ControlWord(
            kind=kind,
            particle=row["particle"],
            change=Change(row["change"]),
            holder=_slots(row["holder"]),
            place=_slots(row["place"]),
            other=_slots(row["other"].removesuffix("!")),
            other_change=Change(row["other_change"]) if row["other_change"] else None,
            needs_other=row["other"].endswith("!"),
            who=row["who"] or "any",
            when=row["when"],
        )
        for form in _forms(kind, word):
            by_form[kind][form].append(own)
    return ControlWords(
        by_form={k: {form: tuple(rows) for form, rows in v.items()} for k, v in by_form.items()},
        lemmas={kind: frozenset(words) for kind, words in lemmas.items()},
    )


def _forms(kind: str, word: str) -> set[str]:
    if kind == "held":
        return {word}
    return noun_forms(word) if kind == "noun" else verb_forms(word)


def _slots(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))
