"""Two that are said to hold one place at one time; a change of hands later on is no dispute."""

from typing import Final

from onrecord.claims.conflicts import other_country
from onrecord.claims.models import Holding, Party
from onrecord.claims.pairs import Pair, Quarrel
from onrecord.claims.parties import Likeness, compare_parties
from onrecord.claims.periods import gap
from onrecord.records import Ground

_NEAR_DAYS: Final = 3


def holder_of(pair: Pair, *, is_own: bool) -> Quarrel | None:
    """Two that are said to hold one place at one time."""
    if is_own:
        return None
    for mine in pair.p.holdings:
        for other in pair.q.holdings:
            if _cannot_both_hold(pair, mine, other):
                why = {"same": sorted(mine.place.local & other.place.local),
                       "changes": [mine.change, other.change]}  # fmt: skip
                return Quarrel(Ground.HOLDER, is_own, 0.8, why)
    return None


def _cannot_both_hold(pair: Pair, mine: Holding, other: Holding) -> bool:
    a, b = pair.a, pair.b
    if not mine.place.local & other.place.local or mine.holder is None or other.holder is None:
        return False
    if other_country(a, mine.place, b, other.place):
        return False
    likeness = compare_parties(mine.holder, other.holder)
    changes = {mine.change, other.change}
    if changes in ({"lost", "held"}, {"lost", "taken"}):
        is_two = likeness is Likeness.SAME
    elif "lost" in changes:
        return False
    else:
        is_two = (
            likeness is Likeness.DIFFERENT
            or (likeness is Likeness.UNLIKE and _speak_for_themselves(pair, mine, other))
            or (likeness is not Likeness.SAME and _is_contested(pair, mine, other))
        )
    return is_two and is_one_time(pair, mine, other)


def _speak_for_themselves(pair: Pair, mine: Holding, other: Holding) -> bool:
    """Whether each side says that it holds the place itself, or the other does not."""
    first = compare_parties(pair.p.speaker, mine.holder)
    second = compare_parties(pair.q.speaker, other.holder)
    return first is Likeness.SAME or second is Likeness.SAME


def _is_contested(pair: Pair, mine: Holding, other: Holding) -> bool:
    """Whether two that speak for themselves both claim it, or one does against another name."""
    p, q = pair.p, pair.q
    if p.speaker is None and q.speaker is None:
        return False
    if compare_parties(p.speaker, q.speaker) is Likeness.SAME:
        return False
    if mine.is_self and other.is_self:
        return True
    places = mine.place.local | other.place.local
    if other.is_self and mine.holder is not None and _is_told(mine.holder):
        return not (mine.holder.names - places) & (q.speaker.names if q.speaker else q.names)
    if mine.is_self and other.holder is not None and _is_told(other.holder):
        return not (other.holder.names - places) & (p.speaker.names if p.speaker else p.names)
    return False


def _is_told(holder: Party) -> bool:
    """Whether a holder is a body by name, or one side of a conflict."""
    return holder.is_name or holder.side is not None


def is_one_time(pair: Pair, mine: Holding, other: Holding) -> bool:
    """Whether both are said of one time: a change of hands later on is no dispute."""
    first, second = pair.a.published, pair.b.published
    if first is None or second is None:
        return (
            mine.period is not None
            and other.period is not None
            and gap(mine.period, other.period) == 0
        )
    if first > second:
        mine, other, first, second = other, mine, second, first
    if second - first > _NEAR_DAYS:
        return False
    return _is_still_so(mine, other, first=first, second=second)


def _is_still_so(mine: Holding, other: Holding, *, first: int, second: int) -> bool:
    """Whether what is told second was so when the first was told, and no change since.

    Args:
        mine: What was told first.
        other: What was told second.
        first: The day when the first was told.
        second: The day when the second was.
    """
    start = mine.period[0] if mine.period else first
    later = other.period[0] if other.period else second
    if other.period is not None and later > first:
        return False
    if mine.change == other.change == "taken":
        return later == start and second - first <= 1
    if other.change == "taken":
        return later <= first
    if other.change == "lost" and other.period is None:
        return second - first <= 1
    return True
