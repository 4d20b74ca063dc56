"""Whether two clauses tell of one thing: features with weights, and what each rests on."""

from dataclasses import dataclass

from onrecord.claims.conflicts import (
    doer_conflict,
    is_same_day,
    is_same_place,
    setting_conflict,
)
from onrecord.claims.models import Account, Proposition, Words
from onrecord.claims.settings import weights
from onrecord.claims.word_lists import deeds, related
from onrecord.records import StanceKind

_OF_DEED, _OF_NAME, _OF_NOUN, _OF_MORE = 2.0, 1.5, 1.0, 0.35
_IN_ARTICLE, _DEED_IN_ARTICLE = 0.7, 0.35
_OF_SPEAKER = 0.3


@dataclass(frozen=True, slots=True)
class Match:
    """How much two clauses have in common.

    Attributes:
        score: The weighted sum.
        features: What adds to it.
        conflict: What makes sure that they are two things; None for nothing.
        shared: Words that both have.
        is_anchored: They share more than the deed and the names of who denies it.
    """

    score: float
    features: dict[str, float]
    conflict: str | None
    shared: Words
    is_anchored: bool


def match(
    a: Account, p: Proposition, b: Account, q: Proposition, *,
    why_apart: str | None, cosine: float | None = None, is_one_story: bool = False,
) -> Match:  # fmt: skip
    """Compare two clauses.

    Args:
        a: The document of the first clause.
        p: The first clause.
        b: The document of the second.
        q: The second clause; the shorter one of both should be covered by the other.
        why_apart: Why they are of two places or times (`conflicts.apart`).
        cosine: Of their vectors, if both have some.
        is_one_story: Their documents are of one story.
    """
    shared = (p.deeds & q.deeds) | (p.core & q.core)
    shares = coverage(p, q, b), coverage(q, p, a)
    features = {
        "deed": deed_likeness(p, q),
        "covered": max(shares),
        "mutual": min(shares),
        "names": max(_names_shared(p, q, b), _names_shared(q, p, a)),
        "object": 1.0 if p.objects & q.objects else 0.0,
        "day": 1.0 if is_same_day(a, p, b, q) else 0.0,
        "place": 1.0 if is_same_place(a, p, b, q) else 0.0,
        "story": 1.0 if is_one_story else 0.0,
    }
    if cosine is not None:
        features["cosine"] = min(1.0, max(0.0, (cosine - 0.15) / 0.6))
    known = weights()
    total = sum(known[name] * value for name, value in features.items())
    conflict = why_apart or doer_conflict(p, q) or setting_conflict(a, p, b, q)
    return Match(
        score=total,
        features={k: round(v, 3) for k, v in features.items() if v},
        conflict=conflict,
        shared=shared | (p.names & q.names),
        is_anchored=_is_anchored(a, p, b, q),
    )


def deed_likeness(p: Proposition, q: Proposition) -> float:
    """How like their main deeds are: one word, one group, one kind, or kinds that go together."""
    if p.main is None or q.main is None:
        return 0.0
    mine, other = p.main_groups, q.main_groups
    family = deeds().family
    first, second = {family[g] for g in mine}, {family[g] for g in other}
    steps = (
        (1.0, p.main == q.main),
        (0.9, bool(mine & other)),
        (0.8, p.main in q.deeds or q.main in p.deeds),
        (0.7, bool(mine & q.groups or other & p.groups)),
        (0.5, bool(first & {family[g] for g in q.groups})),
        (0.5, bool(second & {family[g] for g in p.groups})),
        (0.5, bool(related() & {frozenset((a, b)) for a in first for b in second})),
    )
    return next((likeness for likeness, holds in steps if holds), 0.0)


def coverage(p: Proposition, q: Proposition, other: Account) -> float:
    """The share of what the first clause tells that the second, or its article, tells too."""
    words = q.deeds | q.core | q.more
    own = p.speaker.names if p.speaker is not None else frozenset()
    all_words = have = 0.0
    for word in p.deeds:
        is_told = word in words or not q.groups.isdisjoint(deeds().of_stem.get(word, ()))
        all_words += _OF_DEED
        have += _OF_DEED * (1.0 if is_told else _DEED_IN_ARTICLE * (word in other.told))
    for word in p.core - p.deeds:
        all_words += _OF_NOUN
        have += _OF_NOUN * (1.0 if word in words else _IN_ARTICLE * (word in other.told))
    for word in p.names:
        weight = _OF_NAME * (_OF_SPEAKER if word in own else 1.0)
        all_words += weight
        have += weight * (1.0 if word in q.names else _IN_ARTICLE * (word in other.scene.names))
    for word in p.more:
        all_words += _OF_MORE
        have += _OF_MORE * (word in words or word in other.told)
    return have / all_words if all_words else 0.0


def _names_shared(p: Proposition, q: Proposition, other: Account) -> float:
    if not p.names:
        return 0.0
    have = sum(1.0 if n in q.names else 0.7 if n in other.scene.names else 0.0 for n in p.names)
    return have / len(p.names)


def _is_anchored(a: Account, p: Proposition, b: Account, q: Proposition) -> bool:
    """Whether they share more than one deed and the name of who speaks."""
    if len(p.deeds & q.deeds) > 1 or p.core & q.core or p.objects & q.objects:
        return True
    sides = (p, q) if p.stance is q.stance else (p if p.stance is StanceKind.DENIES else q,)
    own = frozenset().union(*(s.speaker.names for s in sides if s.speaker is not None))
    first = (p.spelled - own) & (q.names | b.scene.names)
    second = (q.spelled - own) & (p.names | a.scene.names)
    if p.stance is not q.stance:
        return bool(second if q.stance is StanceKind.DENIES else first)
    return bool(first and second) or bool((p.spelled & q.spelled) - own)
