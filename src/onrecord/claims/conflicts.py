"""What makes sure that two clauses do not tell of one thing: another place, day or doer."""

import math

from onrecord.claims.models import Account, Proposition, Where
from onrecord.claims.parties import Likeness, compare_parties, is_same_speaker
from onrecord.claims.periods import Period, gap, is_short
from onrecord.claims.word_lists import deeds, scenery

# Days between two articles that name no day, from which on they tell of two things.
_LOOSE_DAYS = 45
_WINDOW_DAYS = 7
# Two clauses without a day of their own, in articles about days that lie so far apart, may
# still tell of one thing.
_INHERITED_DAYS = 20
# Deeds that two do with each other: who of them is named first says nothing.
_MUTUAL = frozenset(("talk", "agree", "protest", "vote", "crash"))


def where_of(account: Account, one: Proposition) -> Where:
    """Where it happened: as the clause says, else as the article does."""
    return one.scene.where if one.scene.where.local else account.scene.where


def periods_of(account: Account, one: Proposition) -> tuple[Period, ...]:
    """When it happened: as the clause says, else as the article does."""
    return one.scene.periods or account.scene.periods


def place_conflict(a: Account, p: Proposition, b: Account, q: Proposition) -> str | None:
    """Why two clauses cannot be of one place; None if they can."""
    first, second = where_of(a, p), where_of(b, q)
    shared = first.local & second.local
    if not shared:
        if not first.local or not second.local:
            return other_country(a, first, b, second)
        if p.scene.where.local and q.scene.where.local:
            is_near = bool(first.local & b.scene.names and second.local & a.scene.names)
        else:
            is_near = _shared_names(a, p, b, q)
        return None if is_near else "another place"
    return other_country(a, first, b, second)


def _shared_names(a: Account, p: Proposition, b: Account, q: Proposition) -> bool:
    """Whether a clause spells a name that the other article has too."""
    persons = frozenset().union(
        *(s.names for s in (p.speaker, q.speaker) if s is not None and s.is_person)
    )
    return bool((p.spelled - persons) & b.scene.names) or bool(
        (q.spelled - persons) & a.scene.names
    )


def other_country(a: Account, first: Where, b: Account, second: Where) -> str | None:
    """A place of one name in two countries that the texts themselves name."""
    mine = a.scene.where.countries | {w for w in a.scene.where.wide if w.isupper()}
    other = b.scene.where.countries | {w for w in b.scene.where.wide if w.isupper()}
    if mine and other and not mine & other:
        ours, theirs = first.countries & mine, second.countries & other
        if (ours and theirs) or not (first.countries & second.countries):
            return "another country"
    wide, others = first.wide | a.scene.where.wide, second.wide | b.scene.where.wide
    if wide and others and not wide & others:
        known = {w for w in wide if w in b.scene.names}
        back = {w for w in others if w in a.scene.names}
        if not known and not back and not (first.numbers & second.numbers and not mine):
            return "another country"
    return None


def is_same_place(a: Account, p: Proposition, b: Account, q: Proposition) -> bool:
    """Whether both name one town."""
    return bool(where_of(a, p).local & where_of(b, q).local)


def day_conflict(
    a: Account, p: Proposition, b: Account, q: Proposition, *, is_strict: bool = False
) -> str | None:
    """Why two clauses cannot be of one time; None if they can."""
    first, second = periods_of(a, p), periods_of(b, q)
    is_own = bool(p.scene.periods) and bool(q.scene.periods)
    if is_same_speaker(p.speaker, q.speaker) and not is_own:
        return None  # own words come back after months
    if first and second:
        near = min(gap(x, y) for x in first for y in second)
        return "another day" if near > _room(p, q, is_strict=is_strict) else None
    if a.published is None or b.published is None:
        return None
    is_far = abs(a.published - b.published) > _LOOSE_DAYS
    if first or second:
        told, day = (first, b.published) if first else (second, a.published)
        is_far = _is_far(told, day, 2 * _WINDOW_DAYS if is_strict else _LOOSE_DAYS)
    return "another time" if is_far else None


def _room(p: Proposition, q: Proposition, *, is_strict: bool) -> float:
    """Days that may lie between the times of two clauses, by whose times they are."""
    told = p.scene.periods or q.scene.periods
    if p.scene.periods and q.scene.periods:
        return 0
    if any(x[1] - x[0] > _WINDOW_DAYS for x in told):
        return math.inf  # "last year" beside the day of an article
    if is_strict:
        return 0
    return 1 if told else _INHERITED_DAYS


def _is_far(told: tuple[Period, ...], day: int, most: int) -> bool:
    """Whether a time lies behind an article that names none, or long before it."""
    is_later = min(x[0] for x in told) > day + 1
    return is_later or min(gap(x, (day - _WINDOW_DAYS, day)) for x in told) > most


def is_same_day(a: Account, p: Proposition, b: Account, q: Proposition) -> bool:
    """Whether both tell one day or two that meet."""
    first, second = periods_of(a, p), periods_of(b, q)
    return any(gap(x, y) == 0 and is_short(x) and is_short(y) for x in first for y in second)


def setting_conflict(a: Account, p: Proposition, b: Account, q: Proposition) -> str | None:
    """Why two deeds of one place and day are two: what was hit, or by what."""
    venues, others = p.scene.venues or a.scene.venues, q.scene.venues or b.scene.venues
    if venues and others and not venues & others:
        return "another thing was hit"
    causes, other_causes = p.scene.causes or a.scene.causes, q.scene.causes or b.scene.causes
    if causes and other_causes and not _causes_meet(causes, other_causes):
        return "another cause"
    return None


def _causes_meet(first: frozenset[str], second: frozenset[str]) -> bool:
    if first & second:
        return True
    families = scenery().families
    for one in first:
        for other in second:
            mine, theirs = families[one].split(), families[other].split()
            if mine[0] == theirs[0] != "-" and ("any" in mine or "any" in theirs):
                return True
    return False


def apart(a: Account, p: Proposition, b: Account, q: Proposition) -> str | None:
    """Why two clauses are of two places or times; None if they can be of one."""
    return place_conflict(a, p, b, q) or day_conflict(a, p, b, q)


def doer_conflict(p: Proposition, q: Proposition) -> str | None:
    """Why two deeds are two: they are not done by one."""
    if compare_parties(p.own, q.own) is not Likeness.DIFFERENT:
        return None
    family = deeds().family
    if {family[g] for g in p.main_groups & q.main_groups} & _MUTUAL:
        return None
    return "another doer"
