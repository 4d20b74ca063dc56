"""Figures for one thing that cannot both be right; one that has grown since is news."""

from typing import Final

from onrecord.claims.compatibility import can_be_part, can_both_hold
from onrecord.claims.conflicts import (
    day_conflict,
    is_same_day,
    is_same_place,
    place_conflict,
    setting_conflict,
)
from onrecord.claims.counts import counts_none
from onrecord.claims.matching import deed_likeness
from onrecord.claims.models import Count, Proposition
from onrecord.claims.pairs import ALIKE, CLOSE, NEAR, Pair, Quarrel, is_near, probability
from onrecord.claims.parties import Likeness, compare_parties, is_same_speaker
from onrecord.claims.periods import gap
from onrecord.claims.settings import weights
from onrecord.claims.word_lists import counting
from onrecord.records import Ground, StanceKind

# Counts of those who did it: two crowds of one march are not two doers.
_BY_DOER: Final = frozenset(("attended", "%vote"))
# Vectors of clauses on one topic, as the feature counts them.
_TOPIC: Final = 0.45
# Counts of things, of which the clauses themselves must tell that they are the same.
_LOOSE: Final = frozenset(("~", "%", "money"))


def figure_of(pair: Pair, *, is_own: bool) -> Quarrel | None:
    """Two figures for one thing that cannot both be right."""
    p, q = pair.p, pair.q
    if pair.a.number == pair.b.number and (p.speaker is None or q.speaker is None):
        return None
    if StanceKind.DENIES in {p.stance, q.stance} and not any(
        counts_none(c) for c in (*p.counts, *q.counts)
    ):
        return None
    for mine in p.counts:
        for other in q.counts:
            if _is_of_one_thing(pair, mine, other) and not holds_both(mine, other):
                if is_update(pair, mine, other, is_own=is_own):
                    continue
                ground = Ground.DENIAL if counts_none(mine) or counts_none(other) else Ground.FIGURE
                why = {"same": mine.what, "figures": [mine.shown, other.shown],
                       "features": pair.match.features}  # fmt: skip
                return Quarrel(ground, is_own, probability(pair.match.score, 0.5), why)
    return None


def holds_both(mine: Count, other: Count) -> bool:
    """Whether two figures of one kind can both be right, one of them as a part."""
    if can_both_hold(mine.interval, other.interval):
        return True
    if mine.thing is None and other.thing is not None:
        return can_be_part(other.interval, mine.interval)
    if other.thing is None and mine.thing is not None:
        return can_be_part(mine.interval, other.interval)
    return False


def _is_of_one_thing(pair: Pair, mine: Count, other: Count) -> bool:
    """Whether two figures count one thing in one scene."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    if not _count_the_same(pair, mine, other):
        return False
    if place_conflict(a, p, b, q) or setting_conflict(a, p, b, q):
        return False
    if day_conflict(a, p, b, q, is_strict=True):
        return False
    are_two = compare_parties(p.own, q.own) is Likeness.DIFFERENT
    if are_two and _is_of_doers(mine, p, q):
        return False
    return _is_one_scene(pair, mine, other.what)


def _count_the_same(pair: Pair, mine: Count, other: Count) -> bool:
    """Whether two figures count one kind of thing, each of them all of it."""
    is_untold = "~" in {mine.what, other.what} and pair.cosine >= CLOSE
    is_loose = mine.what == other.what == "~"
    things = {mine.thing, other.thing} - {None}
    is_alike = pair.cosine >= NEAR or pair.match.score >= weights()["same"]
    return (
        not (mine.is_part or other.is_part)
        and mine.is_long == other.is_long
        and (mine.what == other.what or is_untold)
        and (not mine.is_long or is_alike)
        and len(things) <= 1
        and not (is_loose and mine.thing != other.thing)
        and not (is_loose and mine.thing is None)
        and not (mine.of and other.of and not mine.of & other.of)
    )


def _is_of_doers(mine: Count, p: Proposition, q: Proposition) -> bool:
    """Whether who does it in both clauses is who made the number what it is."""
    known = counting().of_stem
    if mine.what in _LOOSE:
        return True
    return (
        mine.what not in _BY_DOER
        and known.get(p.main or "") == known.get(q.main or "") == mine.what
    )


def _is_one_scene(pair: Pair, mine: Count, other_what: str) -> bool:
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    near = is_near(a, b, 30) or (is_same_speaker(p.speaker, q.speaker) and is_near(a, b, 200))
    score = pair.match.score
    if {mine.what, other_what} & _LOOSE and mine.what == other_what:
        is_told = p.speaker is not None or q.speaker is not None
        return is_told and _is_one_topic(pair, mine)
    place, day = is_same_place(a, p, b, q), is_same_day(a, p, b, q)
    names = len(a.scene.names & b.scene.names)
    has_setting = bool(
        (p.scene.venues or a.scene.venues) & (q.scene.venues or b.scene.venues)
    ) or bool((p.scene.causes or a.scene.causes) & (q.scene.causes or b.scene.causes))
    evidence = 1.0 * place + 0.8 * day + 0.6 * has_setting + min(0.8, 0.2 * names)
    is_own = is_same_speaker(p.speaker, q.speaker)
    evidence += 0.8 * is_own + 0.6 * (pair.cosine >= ALIKE)
    evidence += 0.4 * bool(p.spelled & q.spelled) + 0.5 * (not day and _meet(pair))
    is_alike = score >= weights()["figure"] or pair.cosine >= NEAR
    return near and evidence >= 1.5 and is_alike


def _meet(pair: Pair) -> bool:
    """Whether the times that both clauses tell, such as a week, have a day in common."""
    return any(gap(x, y) == 0 for x in pair.p.scene.periods for y in pair.q.scene.periods)


def _is_one_topic(pair: Pair, mine: Count) -> bool:
    """Whether two clauses with figures of things speak about the same: by words and names."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    features = pair.match.features
    told = (p.core & q.core) - {"money", mine.thing, "percent"}
    own = frozenset().union(
        *(s.names for s in (p.speaker, q.speaker) if s is not None and s.is_person)
    )
    names = (p.spelled & q.names) | (q.spelled & p.names)
    names |= (
        ((p.spelled & b.scene.names) | (q.spelled & a.scene.names)) if is_near(a, b, 120) else set()
    )
    is_like = deed_likeness(p, q) >= 0.8 and bool(told) and features.get("mutual", 0.0) >= 0.5
    least_names = 1 if pair.cosine >= ALIKE else 2
    is_close = pair.cosine >= _TOPIC and len(names - own) >= least_names
    least = weights()["same"] - 0.06
    return (is_like and is_near(a, b, 60) and pair.match.score >= least) or is_close


def is_news(pair: Pair) -> bool:
    """Whether one speaker or outlet counts anew, and no other figures of both clauses clash."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    is_own = is_same_speaker(p.speaker, q.speaker)
    is_one_outlet = a.outlet is not None and a.outlet == b.outlet
    if (is_own or is_one_outlet) and (p.is_update or q.is_update):
        return True
    clash = [
        (mine, other)
        for mine in p.counts
        for other in q.counts
        if mine.what == other.what and not holds_both(mine, other)
    ]
    return bool(clash) and all(is_update(pair, *two, is_own=is_own) for two in clash)


def is_update(pair: Pair, mine: Count, other: Count, *, is_own: bool) -> bool:
    """Whether the later figure is news and no contradiction."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    grows = counting().grows.get(mine.what, "no")
    if a.published is None or b.published is None or grows == "no":
        return False
    if a.published > b.published or (a.published == b.published and a.number > b.number):
        a, p, mine, b, q, other = b, q, other, a, p, mine
    is_later = b.published > a.published  # type: ignore[operator]
    rises = other.interval.high > mine.interval.high or other.value > mine.value
    if q.is_update and (is_later or is_own):
        return True
    if not rises and grows != "both":
        return False
    if is_own:
        return True
    is_outlets = p.speaker is None and q.speaker is None
    is_one_outlet = a.outlet is not None and b.outlet is not None and a.outlet == b.outlet
    return is_later and (is_outlets or is_one_outlet)
