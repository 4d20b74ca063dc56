"""Denials: one side says what another says is not so, or calls untrue without telling it."""

import math
from typing import Final

from onrecord.claims.models import Proposition
from onrecord.claims.pairs import ALIKE, CLOSE, Pair, Quarrel, is_near, probability
from onrecord.claims.parties import Likeness, compare_parties
from onrecord.claims.settings import weights
from onrecord.claims.word_lists import deeds
from onrecord.records import Act, Ground, StanceKind

_SHORT_DAYS: Final = 10
# Somebody who denies what the same somebody said speaks about the same thing more often.
_OWN_ROOM: Final = 0.12


def denial_of(pair: Pair, *, is_own: bool) -> Quarrel | None:
    """What one side says is so and the other is not so."""
    p, q, found = pair.p, pair.q, pair.match
    if p.stance is q.stance or found.conflict is not None or not found.is_anchored:
        return None
    said, denied = (q, p) if p.stance is StanceKind.DENIES else (p, q)
    least, deed = _needs(denied, said, is_one_document=pair.is_inside)
    least -= _OWN_ROOM if is_own else 0.0
    if pair.cosine >= CLOSE:
        deed, least = min(deed, 0.5), least - 0.04
    if pair.cosine >= ALIKE and found.features.get("names", 0.0) >= 0.5:
        deed, least = 0.0, least - 0.3
    likeness = found.features.get("deed", 0.0)
    is_enough = likeness >= deed and found.score >= least
    if not (is_enough and _share_enough(said, denied, likeness, is_near=pair.cosine >= CLOSE)):
        return None
    why = {"same": sorted(found.shared), "features": found.features}
    return Quarrel(Ground.DENIAL, is_own, probability(found.score, weights()["denial"]), why)


def _share_enough(
    said: Proposition, denied: Proposition, likeness: float, *, is_near: bool
) -> bool:
    """Whether deeds that are only alike are done to one thing, by who denies them."""
    has_object = bool(said.core & denied.core or said.objects & denied.objects)
    return (
        (likeness >= 0.9 or has_object or is_near)
        and (likeness >= 0.8 or is_near or _names_denier(denied, said))
        and (not _is_mutual(said) or _share_parties(said, denied))
    )


def _needs(denied: Proposition, said: Proposition, *, is_one_document: bool) -> tuple[float, float]:
    """The least score, and the least likeness of deeds, by how plainly something is denied.

    Somebody who denies it, by that word, is plain; who says that it did not happen is less so;
    an outlet that says so in its own words is the least.
    """
    least = weights()["denial"]
    if denied.act == Act.DENY.value or denied.is_short:
        return least, 0.5
    if denied.speaker is not None:
        return (least + 0.14, 0.9) if said.speaker is None else (least + 0.08, 0.9)
    if is_one_document:
        return math.inf, 1.0
    return (least + 0.26, 1.0) if said.speaker is None else (least + 0.16, 1.0)


def _names_denier(denied: Proposition, said: Proposition) -> bool:
    """Whether what is said names who denies it, or lays it to them."""
    speaker = denied.speaker
    if speaker is None:
        return False
    return bool(speaker.names & said.names) or compare_parties(speaker, said.own) is Likeness.SAME


def _is_mutual(p: Proposition) -> bool:
    family = deeds().family
    return bool({family[g] for g in p.main_groups} & {"talk", "agree"})


def _share_parties(p: Proposition, q: Proposition) -> bool:
    """Whether those who are said to have met, or to have agreed, are the same two."""
    first = p.names | (p.own.names if p.own else frozenset())
    second = q.names | (q.own.names if q.own else frozenset())
    return bool(first & second) and (first <= second or second <= first or len(first & second) > 1)


def short_denial_of(pair: Pair, *, is_own: bool) -> Quarrel | None:
    """A denial that does not tell of what, and what the other article accuses somebody of."""
    p, q = pair.p, pair.q
    if p.stance is q.stance or is_own or pair.is_inside:
        return None
    swapped = p.stance is StanceKind.DENIES
    denied, said = (p, q) if swapped else (q, p)
    ours, theirs = (pair.a, pair.b) if swapped else (pair.b, pair.a)
    if not (_is_loose(denied) and _can_be_meant(denied, said) and _is_of_one_time(pair)):
        return None
    speaker = denied.speaker.names if denied.speaker is not None else frozenset()
    told = said.names & (ours.scene.names | speaker)
    common = ours.scene.names & theirs.scene.names
    if not told or len(common) < (2 if "story" in pair.match.features else 3):
        return None
    why = {"same": sorted(told), "denies": "what is told in the other article"}
    is_accusation = said.act == Act.ACCUSE.value
    return Quarrel(Ground.DENIAL, is_own, 0.7 if is_accusation else 0.62, why)


def _is_loose(denied: Proposition) -> bool:
    """Whether a denial is about something that its article does not tell."""
    return denied.is_short and denied.refers is None and denied.speaker is not None


def _can_be_meant(denied: Proposition, said: Proposition) -> bool:
    """Whether a denial that is loose can be about a clause: an accusation, or what leads."""
    if not said.deeds or compare_parties(denied.speaker, said.speaker) is Likeness.SAME:
        return False
    is_plain = denied.act == Act.DENY.value and said.is_lead and said.speaker is not None
    return said.act == Act.ACCUSE.value or is_plain


def _is_of_one_time(pair: Pair) -> bool:
    is_apart = pair.match.conflict in {"another place", "another country"}
    return is_near(pair.a, pair.b, _SHORT_DAYS) and not is_apart
