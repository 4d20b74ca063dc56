"""Disputes by likelihood: what two clauses of two documents may quarrel about, and what cannot be.

Every ground has a plain sign without which it is not looked at: a denial, two figures that do
not meet, two doers, control of one place. The rest is left to the weights of `scoring.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from onrecord.claims.conflicts import (
    day_conflict,
    doer_conflict,
    place_conflict,
    setting_conflict,
    where_of,
)
from onrecord.claims.figure_quarrels import holds_both, is_update
from onrecord.claims.holder_quarrels import is_one_time
from onrecord.claims.models import Count, Holding, Proposition, Words
from onrecord.claims.pairs import Pair
from onrecord.claims.parties import Likeness, compare_parties, is_same_speaker
from onrecord.claims.scoring import (
    Aligned,
    Features,
    actor_features,
    agents,
    denial_features,
    figure_features,
    holder_features,
)
from onrecord.records import Ground, StanceKind

_DENYING: Final = frozenset(("deny", "untrue", "neg", "neg in sentence"))
# Below it, two clauses that share no word are not looked at.
_LEAST_COSINE: Final = 0.12
# Deeds and vectors that make up for having no word in common.
_LIKE_DEEDS: Final = 0.7
_ONE_TOPIC: Final = 0.45
_LEAST_WORDS: Final = 3
_SAYS_CONTROL: Final = "control"


@dataclass(frozen=True, slots=True)
class Possible:
    """A dispute that two clauses may be in.

    Attributes:
        ground: Why.
        features: What speaks for it and against.
        why: What is shown of it.
        is_swapped: The first clause is the one that denies.
    """

    ground: Ground
    features: Features
    why: dict[str, Any]
    is_swapped: bool = False


def possible(one: Aligned) -> Iterator[Possible]:
    """The disputes that two clauses of two documents may be in."""
    p, q = one.pair.p, one.pair.q
    shared = _shared(p, q)
    is_far = one.cosine < _LEAST_COSINE and not shared
    is_report = StanceKind.REPORTS in {p.stance, q.stance}
    if is_far or is_report or not (_tells(p) and _tells(q)) or _are_apart(one.pair):
        return
    same = sorted(shared)
    is_meant = _is_of_one_deed(one)
    if (is_meant or _calls_untrue(q)) and _denies(q) and _can_be_denied(one.pair, p):
        yield Possible(Ground.DENIAL, denial_features(one), {"same": same})
    if (is_meant or _calls_untrue(p)) and _denies(p) and _can_be_denied(one.pair, q):
        yield Possible(
            Ground.DENIAL, denial_features(_swapped(one)), {"same": same}, is_swapped=True
        )
    for mine, other in _figures(one.pair):
        why = {"same": mine.thing or mine.what, "figures": [mine.shown, other.shown]}
        yield Possible(Ground.FIGURE, figure_features(one, mine, other), why)
    if _may_be_two_doers(one):
        yield Possible(Ground.ACTOR, actor_features(one), {"same": same})
    if _may_be_held(one):
        places = where_of(one.pair.a, p).local & where_of(one.pair.b, q).local
        yield Possible(Ground.HOLDER, holder_features(one), {"same": sorted(places)})


def _is_of_one_deed(one: Aligned) -> bool:
    """Whether two clauses share more than names: a word, a kind of deed, or what they are about."""
    p, q = one.pair.p, one.pair.q
    said, other = p.deeds | p.core, q.deeds | q.core
    has_word = bool((said & other) | (said & q.more) | (other & p.more))
    likeness = one.pair.match.features.get("deed", 0.0)
    return has_word or likeness >= _LIKE_DEEDS or one.cosine >= _ONE_TOPIC


def _tells(p: Proposition) -> bool:
    """Whether a clause has words enough to say something."""
    return len(p.deeds | p.core | p.more | p.spelled) >= _LEAST_WORDS


def _calls_untrue(p: Proposition) -> bool:
    """Whether it may turn down what it does not tell."""
    return "untrue" in p.signs and (p.speaker is not None or p.is_short)


def _shared(p: Proposition, q: Proposition) -> frozenset[str]:
    said = p.deeds | p.core | p.more
    return (said & (q.deeds | q.core | q.more)) | (p.spelled & q.spelled)


def _denies(p: Proposition) -> bool:
    return p.stance is StanceKind.DENIES or not _DENYING.isdisjoint(p.signs)


def _swapped(one: Aligned) -> Aligned:
    pair = one.pair
    return Aligned(Pair(pair.b, pair.q, pair.a, pair.p, pair.match), one.cosine, one.rank)


def _are_apart(pair: Pair) -> bool:
    """Whether two clauses surely tell of two places, times or sets of names, or are one text."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    if (p.core, p.deeds, p.spelled, p.stance) == (q.core, q.deeds, q.spelled, q.stance):
        return not (p.counts or p.loose)
    known = (p.spelled & b.scene.names) or (q.spelled & a.scene.names)
    if p.spelled | q.spelled and not known and not p.names & q.names:
        return True
    if p.scene.periods and q.scene.periods and day_conflict(a, p, b, q):
        return True
    mine, theirs = _places(p), _places(q)
    if mine and theirs and not mine & theirs:
        return place_conflict(a, p, b, q) is not None or (_tells_control(p) and _tells_control(q))
    if _tells_control(p) and _tells_control(q):
        return place_conflict(a, p, b, q) == "another country"
    return bool(place_conflict(a, p, b, q) or day_conflict(a, p, b, q))


def _can_be_denied(pair: Pair, said: Proposition) -> bool:
    """Whether a clause says that something is so, of the same doer."""
    is_said = said.stance is StanceKind.ASSERTS and not _is_open(said)
    return is_said and doer_conflict(pair.p, pair.q) is None


def _figures(pair: Pair) -> Iterator[tuple[Count, Count]]:
    """Figures of one kind, or of an unknown one, that cannot both be right."""
    p, q = pair.p, pair.q
    is_plan = p.is_actual != q.is_actual and "open" not in p.signs & q.signs
    if is_plan or setting_conflict(pair.a, p, pair.b, q):
        return
    is_own = is_same_speaker(p.speaker, q.speaker)
    said = {c.value for c in (*p.counts, *p.loose)}
    told = {c.value for c in (*q.counts, *q.loose)}
    for mine in (*p.counts, *p.loose):
        for other in (*q.counts, *q.loose):
            is_alike = mine.what == other.what or "~" in {mine.what, other.what}
            shares = {mine.thing == "share", other.thing == "share"}
            is_told = mine.value in told or other.value in said
            if not is_alike or len(shares) > 1 or is_told or holds_both(mine, other):
                continue
            if not is_update(pair, mine, other, is_own=is_own):
                yield mine, other


def _may_be_two_doers(one: Aligned) -> bool:
    p, q = one.pair.p, one.pair.q
    mine, theirs = agents(p), agents(q)
    is_blamed = "blame" in p.signs or "blame" in q.signs
    if (p.core, p.deeds) == (q.core, q.deeds):
        return False
    return bool(mine and theirs) and not mine & theirs and is_blamed


def _may_be_held(one: Aligned) -> bool:
    a, p, b, q = one.pair.a, one.pair.p, one.pair.b, one.pair.q
    if not (_tells_control(p) and _tells_control(q)) or _is_open(p) or _is_open(q):
        return False
    if p.holdings and q.holdings:
        return any(_can_be_contested(one.pair, x, y) for x in p.holdings for y in q.holdings)
    if not (p.holdings or q.holdings):
        return False
    mine, theirs = where_of(a, p).local | _places(p), where_of(b, q).local | _places(q)
    return bool(mine & (theirs | q.names)) or bool(theirs & p.names)


def _can_be_contested(pair: Pair, mine: Holding, other: Holding) -> bool:
    """Whether one place can be in the hands of two by what is said of one time."""
    if not mine.place.local & other.place.local or not is_one_time(pair, mine, other):
        return False
    is_one = compare_parties(mine.holder, other.holder) is Likeness.SAME
    return not is_one or "lost" in {mine.change, other.change}


def _places(p: Proposition) -> Words:
    return p.scene.where.local.union(*(h.place.local for h in p.holdings))


def _is_open(p: Proposition) -> bool:
    return not p.is_actual and "open" in p.signs


def _tells_control(p: Proposition) -> bool:
    return bool(p.holdings) or _SAYS_CONTROL in p.signs
