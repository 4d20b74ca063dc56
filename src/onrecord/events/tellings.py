"""How the asserter of some words tells what they name: whether it happened, and when."""

import re
from typing import Final

from onrecord.events.factualities import factuality_of
from onrecord.events.light_verbs import LightVerb
from onrecord.events.nearness import nearest
from onrecord.events.texts import Sentence
from onrecord.records import EventDate, Factuality, Polarity, Statement, TimexType

# Times farther away, in code points, belong to something else.
_FARTHEST_CHARS: Final = 400
_DAY: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
# What each word between adds, for dates that are equally near in the tree.
_EACH_WORD: Final = 0.002
_DATED: Final = frozenset({TimexType.DATE, TimexType.TIME})


def told_by(
    sentence: Sentence,
    word: int,
    statement: Statement | None,
    *,
    light: tuple[int, LightVerb] | None = None,
    of_type: str = "",
) -> Factuality:
    """How a statement, or the outlet, tells what a word names.

    Args:
        sentence: Of the word.
        word: The trigger.
        statement: Who asserts it; None for the outlet.
        light: The verb that carries a noun, and its word.
        of_type: The type of the event, of which some verbs leave some alone.
    """
    tree = sentence.tree
    inside: list[bool] = []
    if statement is not None:
        inside = [any(c.start <= s < c.end for c in statement.content) for s in tree.starts]
    told = factuality_of(tree, word, inside=inside, light=light, of_type=of_type)
    if (
        statement is None
        or statement.polarity is not Polarity.DENY
        or told is not Factuality.ACTUAL
    ):
        return told
    # What stands in a denied content, where the tree does not show the denial.
    cue = {w for c in statement.cue if (w := sentence.word_over(c)) is not None}
    above = {word, *tree.above(word)}
    return Factuality.NEGATED if cue & above or not cue else told


def date_near(sentence: Sentence, word: int) -> EventDate | None:
    """The date that is nearest to a word in its tree."""
    start = sentence.tree.starts[word]
    times = [
        t
        for t in sentence.times
        if t.type in _DATED
        and t.value
        and t.value[0].isdigit()
        and abs(t.span.start - start) < _FARTHEST_CHARS
    ]
    own = [(w, t) for t in times if (w := sentence.word_over(t.span)) is not None]
    found = nearest(sentence.tree, word, [(w, _EACH_WORD * abs(w - word)) for w, _ in own])
    if found is None:
        return None
    time = own[found][1]
    return EventDate(value=(time.value or "").partition("T")[0], span=time.span)


def is_ahead(date: EventDate | None, published: str | None) -> bool:
    """Whether a date lies after the day of publication, as far as both tell.

    >>> is_ahead(EventDate(value="2025", span=None), "2024-05-09T10:00:00+00:00")
    True
    >>> is_ahead(EventDate(value="2024-05", span=None), "2024-05-09T10:00:00+00:00")
    False
    """
    if date is None or published is None or not _DAY.fullmatch(date.value):
        return False
    return date.value > published[: len(date.value)]
