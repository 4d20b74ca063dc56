"""Words that a reviewer picked in a browser, and what is there: names, places, times."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from onrecord.errors import InputError
from onrecord.records import Mention, Reading, Span, Statement
from onrecord.serve.offsets import code_points_at

_SPANS_IN_ONE = 8


class Picked:
    """What a form says, looked up in the document."""

    def __init__(self, reading: Reading, form: Mapping[str, str]) -> None:
        self.reading, self.form = reading, form
        self.text = reading.document.text

    def spans(self, name: str) -> list[Span]:
        """The words that were picked for a field."""
        return spans_given(self.form.get(name, ""), self.text, name)

    def one(self, name: str, what: str) -> Span:
        """The one stretch of words that was picked."""
        found = self.spans(name)
        if len(found) != 1:
            refuse(name, f"select {what}")
        return found[0]

    def typed(self, name: str, default: str | None = None) -> Any:
        """What was chosen or typed; None if nothing was."""
        return self.form.get(name, "").strip() or default

    def number(self, name: str) -> float | None:
        """A number that was typed."""
        return number_given(self.form.get(name, ""), name)

    def mention(self, name: str) -> Mention | None:
        """The longest name in the words that were picked; None if none were.

        Raises:
            InputError: There is no name in them.
        """
        picked = self.spans(name)
        if not picked:
            return None
        inside = [
            one
            for one in self.reading.mentions or ()
            if any(span.start <= one.span.start and one.span.end <= span.end for span in picked)
        ]
        if not inside:
            refuse(name, "no name is known in these words; add them as a name first")
        return max(inside, key=lambda one: (len(one.span), -one.span.start))

    def entities(self, name: str) -> list[str]:
        """The entity that is named in the words that were picked, in a list."""
        found = self.mention(name)
        return [] if found is None else [found.entity]

    def entity(self, name: str) -> str | None:
        """The same by itself."""
        return next(iter(self.entities(name)), None)

    def place(self, name: str) -> str | None:
        """The place that is named in the words that were picked."""
        if not self.spans(name):
            return None
        spans = {one.id: one.span for one in self.reading.mentions or ()}
        picked = self.spans(name)
        for place in self.reading.places or ():
            own = spans.get(place.mention)
            if own and any(one.start <= own.start and own.end <= one.end for one in picked):
                return place.id
        return refuse(name, "no place is known in these words; add them as a place first")

    def date(self, name: str) -> dict[str, Any] | None:
        """The time in the words that were picked, as the date of a happening."""
        picked = self.spans(name)
        if not picked:
            return None
        for time in self.reading.times or ():
            is_in = any(one.start <= time.span.start and time.span.end <= one.end for one in picked)
            if is_in and time.value is not None:
                return {"value": time.value, "span": printed_span(time.span)}
        return refuse(name, "no time is known in these words; add them as a time first")

    def around(self, spans: Iterable[Span]) -> str | None:
        """The innermost statement whose words hold all of some words."""
        asked = list(spans)
        holding = [
            one
            for one in self.reading.statements or ()
            if asked and all(_holds(one, span) for span in asked)
        ]
        return max(holding, key=lambda one: one.depth).id if holding else None


def _holds(statement: Statement, span: Span) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in statement.content)


def printed_span(span: Span) -> dict[str, int]:
    """A span as JSON has it."""
    return {"start": span.start, "end": span.end}


def spans_given(given: str, text: str, name: str) -> list[Span]:
    """Spans of code points from ``12-40,52-60`` in UTF-16 units.

    Raises:
        InputError: It is none, or holds no words.
    """
    spans: list[Span] = []
    for part in [one for one in given.split(",") if one][: _SPANS_IN_ONE + 1]:
        ends = part.split("-")
        is_span = len(ends) == len("ab") and all(_is_number(end) for end in ends)
        if not is_span or len(spans) == _SPANS_IN_ONE:
            refuse(name, f"{part[:20]!r} is no place; up to {_SPANS_IN_ONE} as 12-40 are")
        start, end = code_points_at(text, [int(end) for end in ends])
        if start >= end:
            refuse(name, f"{part} holds no words of the text")
        spans.append(Span(start, end))
    return spans


def number_given(given: str, name: str) -> float | None:
    """A number as people type it; None for nothing.

    Raises:
        InputError: It is none.
    """
    typed = given.strip()
    try:
        value = float(typed.replace(",", "")) if typed else None
    except ValueError:
        value = math.nan
    if value is not None and not math.isfinite(value):
        refuse(name, f"{typed[:20]!r} is no number")
    return value


def _is_number(given: str) -> bool:
    return given.isascii() and given.isdigit() and len(given) < len("9999999999")


def refuse(source: str, problem: str) -> NoReturn:
    """Say what cannot be used, and why.

    Raises:
        InputError: Always.
    """
    raise InputError(source=source, problem=problem)
