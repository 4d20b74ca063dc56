"""How the asserter of some words tells what they name: whether it happened, and when."""

import bisect
import datetime
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from onrecord.events.factualities import State, state_of
from onrecord.events.light_verbs import LightVerb, answers
from onrecord.events.nearness import nearest
from onrecord.events.texts import Sentence
from onrecord.records import EventDate, Factuality, Polarity, Span, Statement, Time, TimexType
from onrecord.syntax.trees import Tree

# Times farther away, in code points, belong to something else.
_FARTHEST_CHARS: Final = 400
_DAY: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
# What each word between adds, for dates that are equally near in the tree.
_EACH_WORD: Final = 0.002
_DATED: Final = frozenset({TimexType.DATE, TimexType.TIME})
# A day, month, week or year; not a decade or a century.
_DATE: Final = re.compile(r"\d{4}(?:-.+)?")
_WEEKS: Final = 52
_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})")
# What stands in these is not denied: "denied beating the miners [who marched]".
_TAKEN_FOR_GRANTED: Final = frozenset(
    ("acl:relcl", "advcl", "obl", "nmod", "nmod:poss", "amod", "appos", "compound")
)
# These tell when something ends.
_ENDS: Final = frozenset(("until", "till", "through", "til"))
_BEFORE_NOUNS: Final = frozenset(("nummod", "compound", "amod", "nmod:unmarked"))
# What a date costs that stands before a noun, where another one stands behind it.
_BEFORE_NOUN: Final = 1.5


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
    told = state_by(sentence, word, statement, light=light, of_type=of_type).value
    if (
        statement is None
        or statement.polarity is not Polarity.DENY
        or told is not Factuality.ACTUAL
    ):
        return told
    # What stands in a denied content, where the tree does not show the denial.
    cue = {w for c in statement.cue if (w := sentence.word_over(c)) is not None}
    if any(answers(tree, w, "") for w in cue):
        # Who does not condemn an attack does not deny it.
        return told
    way = _way_to(tree, word, cue)
    is_denied = way is not None and not any(tree.relations[w] in _TAKEN_FOR_GRANTED for w in way)
    return Factuality.NEGATED if is_denied or not cue else told


def state_by(
    sentence: Sentence,
    word: int,
    statement: Statement | None,
    *,
    light: tuple[int, LightVerb] | None = None,
    of_type: str = "",
) -> State:
    """As the words around have it, before a denial that no tree shows; see `told_by`."""
    inside = [] if statement is None else _inside(sentence.tree, statement.content)
    return state_of(sentence.tree, word, inside=inside, light=light, of_type=of_type)


def _inside(tree: Tree, content: Sequence[Span]) -> list[bool]:
    """For each word of a sentence whether it begins inside a content."""
    found = [False] * len(tree)
    for span in content:
        first = bisect.bisect_left(tree.starts, span.start)
        after = bisect.bisect_left(tree.starts, span.end)
        found[first:after] = [True] * (after - first)
    return found


def _way_to(tree: Tree, word: int, goals: AbstractSet[int]) -> list[int] | None:
    """The words from one up to a word above it, that one left out; None if it is not above."""
    way: list[int] = []
    for above in (word, *tree.above(word)):
        if above in goals:
            return way
        way.append(above)
    return None


def date_near(sentence: Sentence, word: int) -> EventDate | None:
    """The date that is nearest to a word in its tree."""
    own = list(_dates(sentence, word))
    tree = sentence.tree
    found = nearest(tree, word, [(w, _cost(tree, word, w, own)) for w, _ in own], into_plans=False)
    if found is None:
        return None
    time = own[found][1]
    value = (time.value or "").partition("T")[0]
    return EventDate(value=_with_own_year(sentence, word, time, value), span=time.span)


def _with_own_year(sentence: Sentence, word: int, time: Time, value: str) -> str:
    """A month with the year of publication, where it had that of another clause.

    "Ann Vale, born in 1961, resigned in April."
    """
    text, published = sentence.text.text, sentence.text.reading.document.published
    year, _, rest = value.partition("-")
    if published is None or not rest or year in time.span.text_in(text) or year == published[:4]:
        return value
    tree = sentence.tree
    for other in sentence.times:
        at = sentence.word_over(other.span)
        gives_it = other.span < time.span and (other.value or "") == year
        if not gives_it or at is None:
            continue
        if nearest(tree, word, [(at, 0.0)], into_plans=False) is None:
            before = int(published[:4])
            is_past = rest[:2] <= published[5:7]
            return f"{before if is_past else before - 1}-{rest}"
    return value


def _dates(sentence: Sentence, word: int) -> Iterator[tuple[int, Time]]:
    """Dates of a sentence that may be that of a word, each with its word."""
    start = sentence.tree.starts[word]
    for at, time in sentence.times_by_word:
        is_date = time.type in _DATED and _DATE.fullmatch(time.value or "") is not None
        is_near = abs(time.span.start - start) < _FARTHEST_CHARS
        if _is_of_noun(sentence.tree, at, word):
            continue
        if is_date and is_near and _ENDS.isdisjoint(sentence.tree.case(at).split()):
            yield at, time


def _is_of_noun(tree: Tree, date: int, word: int) -> bool:
    """Whether a date stands before a noun that is not the trigger: "before the 1998 vote"."""
    head = tree.heads[date]
    if tree.relations[date] not in _BEFORE_NOUNS or head <= date:
        return False
    return head != word and tree.tags[head].startswith("NN") and word not in range(date, head + 1)


def _cost(tree: Tree, word: int, date: int, dates: Sequence[tuple[int, Time]]) -> float:
    """What is added to the way to a date: those near count, of a noun those behind it."""
    cost = _EACH_WORD * abs(date - word)
    behind = tree.heads[word] < date < word and any(other > word for other, _ in dates)
    return cost + _BEFORE_NOUN if behind and not tree.is_verb(word) else cost


def is_ahead(date: EventDate | None, published: str | None) -> bool:
    """Whether a date lies after the day of publication, as far as both tell.

    >>> is_ahead(EventDate(value="2025", span=None), "2024-05-09T10:00:00+00:00")
    True
    >>> is_ahead(EventDate(value="2024-05", span=None), "2024-05-09T10:00:00+00:00")
    False
    >>> is_ahead(EventDate(value="2024-W20", span=None), "2024-05-09T10:00:00+00:00")
    True
    """
    if date is None or published is None:
        return False
    week = _WEEK.fullmatch(date.value)
    if week is not None and 1 <= int(week[2]) <= _WEEKS:
        monday = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 1).isoformat()
        return monday > published[: len(monday)]
    return _DAY.fullmatch(date.value) is not None and date.value > published[: len(date.value)]
