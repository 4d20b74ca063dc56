"""One deed that two lay to two."""

import functools
from typing import Final

from onrecord.claims.conflicts import (
    day_conflict,
    is_same_day,
    is_same_place,
    place_conflict,
    setting_conflict,
)
from onrecord.claims.matching import deed_likeness
from onrecord.claims.models import Party, Proposition
from onrecord.claims.pairs import CLOSE, Pair, Quarrel
from onrecord.claims.parties import Likeness, compare_parties
from onrecord.claims.settings import weights
from onrecord.claims.word_lists import deeds, modes, stem
from onrecord.records import Ground, StanceKind

# Deeds that one side does alone, so that laying one to two is a dispute.
_SINGLE: Final = frozenset(
    "attack kill wound destroy steal pollute abuse abduct corrupt rig spy hack launch expel".split()
)


def doer_of(pair: Pair, *, is_own: bool) -> Quarrel | None:
    """One deed, laid to two by two."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    is_told = p.stance is StanceKind.ASSERTS and q.stance is StanceKind.ASSERTS
    if is_own or not is_told or not _may_be_two(pair) or not _are_two(p, q):
        return None
    if not _is_one_deed(pair) or not _is_one_victim(pair):
        return None
    if place_conflict(a, p, b, q) or setting_conflict(a, p, b, q):
        return None
    if day_conflict(a, p, b, q, is_strict=True):
        return None
    why = {"same": sorted(pair.match.shared), "features": pair.match.features}
    return Quarrel(Ground.ACTOR, is_own, 0.75, why)


def _may_be_two(pair: Pair) -> bool:
    """Whether two speak, or a speaker and another outlet, and the clauses are alike enough."""
    p, q = pair.p, pair.q
    if (p.speaker is None and q.speaker is None) or (pair.is_inside and pair.has_outlet):
        return False
    is_one_side = compare_parties(p.speaker, q.speaker) is Likeness.SAME
    return not is_one_side and pair.match.score >= weights()["actor"]


def _are_two(p: Proposition, q: Proposition) -> bool:
    """Whether those who are said to have done it are two."""
    match compare_parties(p.own, q.own):
        case Likeness.DIFFERENT:
            return True
        case Likeness.UNLIKE:
            return lays_it_to_other(p, q) or described_apart(p.own, q.own)
        case Likeness.UNKNOWN:
            return described_apart(p.own, q.own)
        case _:
            return False


def described_apart(first: Party | None, second: Party | None) -> bool:
    """Whether nouns or names that tell something have nothing in common."""
    if first is None or second is None or first.is_person != second.is_person:
        return False
    mine, theirs = first.heads - _vague(), second.heads - _vague()
    if first.names & second.names or mine & theirs:
        return False
    return bool(mine or first.names) and bool(theirs or second.names)


@functools.cache
def _vague() -> frozenset[str]:
    return frozenset(stem(w) for w in modes()["vague"])


def lays_it_to_other(p: Proposition, q: Proposition) -> bool:
    """Whether who speaks on the one side is who did it on the other."""
    first, second = compare_parties(p.speaker, q.own), compare_parties(q.speaker, p.own)
    return Likeness.SAME in {first, second}


def _is_one_deed(pair: Pair) -> bool:
    """Whether both tell one deed of a kind that one side does alone."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    family = deeds().family
    likeness = deed_likeness(p, q)
    shared = (p.main_groups & q.groups) | (q.main_groups & p.groups)
    if p.main == q.main and not (p.main_groups or q.main_groups):
        return bool(p.objects & q.objects) and not pair.has_outlet  # a verb of no table
    if likeness >= 0.9:
        return bool({family[g] for g in shared} & _SINGLE)
    if not _one_object(pair) or (likeness < 0.5 and not (p.main in b.told or q.main in a.told)):
        return False
    mine, other = {family[g] for g in p.main_groups}, {family[g] for g in q.main_groups}
    return bool(mine & _SINGLE) and bool(other & _SINGLE)


def _one_object(pair: Pair) -> bool:
    """Whether it is done to the same: one noun, or one that the other article tells of too."""
    p, q = pair.p, pair.q
    if p.objects & q.objects or p.core & q.core & (p.objects | q.objects):
        return True
    known = (p.objects & pair.b.told) | (q.objects & pair.a.told)
    victims = (p.spelled & q.names) | (q.spelled & p.names)
    victims |= (p.spelled & pair.b.scene.names) | (q.spelled & pair.a.scene.names)
    own = frozenset().union(*(s.names for s in (p.speaker, q.speaker, p.own, q.own) if s))
    own |= {word for key in _places(pair) for word in (key, *key.split())}
    return bool(known) or bool(victims - own)


def _places(pair: Pair) -> frozenset[str]:
    scenes = (pair.p.scene, pair.q.scene, pair.a.scene, pair.b.scene)
    return frozenset().union(*(s.where.local for s in scenes))


def _is_one_victim(pair: Pair) -> bool:
    """Whether it is done to one thing, at one place or on one day."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    venues = (p.scene.venues or a.scene.venues) & (q.scene.venues or b.scene.venues)
    objects = _one_object(pair) or bool(venues)
    place, day = is_same_place(a, p, b, q), is_same_day(a, p, b, q)
    near = (
        a.published is not None and b.published is not None and abs(a.published - b.published) <= 7
    )
    if not place and not (p.scene.where.local and q.scene.where.local):
        is_close = pair.cosine >= CLOSE
        place = len(a.scene.names & b.scene.names) >= (1 if is_close else 2)
    return bool(objects) and place and (day or near)
