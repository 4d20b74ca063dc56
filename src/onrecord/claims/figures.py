"""The figures of a clause: rows of quantities, and numbers that have no row.

"Seventeen of our comrades" and "no more than two of its vessels" name what they count behind
"of", where quantities do not look.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.claims.facts import Facts
from onrecord.claims.texts import Clause
from onrecord.claims.word_lists import modes
from onrecord.quantities.numbers import find_numbers
from onrecord.quantities.units import singular
from onrecord.quantities.word_lists import bound_before
from onrecord.records import Span

_OF = re.compile(r"\s+of\s+(?:(?:the|our|my|its|his|her|their|those|these|them|us|whom)\b\s*)")
_NOUN = re.compile(r"(?:[\w’'-]+\s+){0,2}?([A-Za-zÀ-ÿ’'-]+s|men|women|people|children|aircraft)\b")
_BEFORE_CHARS = 40
# "has gone up to 520" bounds nothing.
_GONE_UP = re.compile(r"\b(?:gone|goes|went|going|rose|risen|climbed|jumped)\s+(?:from\s+\S+\s+)?$")

_NOT_EVEN = re.compile(r"\bnot even\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, as far as the words beside it tell.

    Attributes:
        span: Its words.
        value: The number; of a range its lower end.
        upper: The upper end.
        unit: What is counted, in the singular.
        comparator: As the record has it.
    """

    span: Span
    value: float
    upper: float | None
    unit: str | None
    comparator: str | None


def figures_in(facts: Facts, clause: Clause) -> list[Figure]:
    """The figures of a clause, in text order."""
    found = [
        Figure(q.span, q.value, q.upper, q.unit, _comparator(facts, q.span, q.comparator))
        for q in facts.quantities_in(clause.spans)
    ]
    taken = [f.span for f in found] + [t.span for t in facts.times_in(clause.spans)]
    return sorted([*found, *_without_row(facts, clause, taken)], key=lambda f: f.span)


def _comparator(facts: Facts, span: Span, given: str | None) -> str | None:
    before = facts.text.text[max(0, span.start - 24) : span.start]
    if _NOT_EVEN.search(before):
        return "less than"
    return None if given == "at most" and _GONE_UP.search(before) else given


def _without_row(facts: Facts, clause: Clause, taken: Sequence[Span]) -> list[Figure]:
    text = facts.text.text
    if not any(
        w.form[0].isdigit() or w.lower in modes()["numbers"]
        for w in facts.text.words_in(clause.spans)
    ):
        return []
    found = []
    for span in clause.spans:
        for number in find_numbers(text[span.start : span.end]):
            start, end = span.start + number.start, span.start + number.end
            own = Span(start, end)
            of = _OF.match(text, end, span.end)
            if of is None or any(own.overlaps(t) for t in taken):
                continue
            bound = bound_before(text[max(span.start, start - _BEFORE_CHARS) : start])
            noun = _NOUN.match(text, of.end(), min(span.end, of.end() + 40))
            comparator = str(bound.lastgroup).replace("_", " ") if bound else None
            if bound:
                start -= len(text[max(span.start, start - _BEFORE_CHARS) : start]) - bound.start()
            found.append(
                Figure(
                    Span(start, noun.end() if noun else end), number.value, None,
                    singular(noun[1]) if noun else None, comparator,
                )
            )  # fmt: skip
    return found
