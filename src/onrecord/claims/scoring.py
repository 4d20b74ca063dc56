"""How likely two clauses are in dispute: few features, weighed by a logistic model of each ground.

The rules of `quarrels.py` name what they know by its words; this way asks only what two clauses
share and what each shows on its face. Weights stand in `dispute_weights.tsv`; not here: what is
ruled out at once, whatever its score (`scored_quarrels.py`).
"""

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.claims.conflicts import (
    day_conflict,
    doer_conflict,
    is_same_day,
    is_same_place,
    place_conflict,
    setting_conflict,
    where_of,
)
from onrecord.claims.doer_quarrels import described_apart, lays_it_to_other
from onrecord.claims.figure_quarrels import is_update
from onrecord.claims.models import Count, Proposition, Words
from onrecord.claims.pairs import Pair, is_near
from onrecord.claims.parties import Likeness, compare_parties, is_same_speaker
from onrecord.claims.signs import blamed, doing
from onrecord.claims.word_lists import read_rows
from onrecord.records import Act, Ground, StanceKind

_NEAR_DAYS = 4
_MOST_RATIO = 3.0
_ROUND = 10
_SMALL = 2
_CLOSE_COSINE = 0.35


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two clauses with how near they are, among all clauses of both documents.

    Attributes:
        pair: The clauses; of a denial the second denies.
        cosine: Of their vectors.
        rank: How many clauses of the other document are nearer: the less and the more of both.
    """

    pair: Pair
    cosine: float
    rank: tuple[int, int]


Features = Mapping[str, float]


def denial_features(one: Aligned) -> Features:
    """What the first clause says, and the second denies."""
    a, p, q = one.pair.a, one.pair.p, one.pair.q
    speaker = q.speaker.names if q.speaker is not None else frozenset()
    denies = q.stance is StanceKind.DENIES
    return {
        **_in_common(one),
        "deny": _flag("deny" in q.signs),
        "untrue": _flag("untrue" in q.signs),
        "neg": _flag("neg" in q.signs),
        "neg in sentence": _flag("neg in sentence" in q.signs),
        "strong": _flag("strong" in q.signs),
        "stance": _flag(denies),
        "both": _flag(p.stance is StanceKind.DENIES or bool({"neg", "deny"} & p.signs)),
        "speaker denies": _flag(q.speaker is not None),
        "speaker says": _flag(p.speaker is not None),
        "accuses": _flag(p.act == Act.ACCUSE.value),
        "named": _flag(bool(speaker & p.names)),
        "named in article": _flag(bool(speaker & a.scene.names)),
        "open said": _flag("open" in p.signs),
        "open denied": _flag("open" in q.signs),
        "unknown": _flag("unknown" in q.signs),
        "told said": _flag(p.is_actual),
        "told denied": _flag(q.is_actual),
        "own": _flag(is_same_speaker(p.speaker, q.speaker)),
    }


def figure_features(one: Aligned, mine: Count, other: Count) -> Features:
    """Two figures that cannot both be right, if they count one thing."""
    pair = one.pair
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    is_own = is_same_speaker(p.speaker, q.speaker)
    ratio = abs(math.log((mine.value + 0.5) / (other.value + 0.5)))
    has_two = p.speaker is not None and q.speaker is not None
    things = {mine.thing, other.thing}
    return {
        **_in_common(one),
        "same count": _flag(mine.what == other.what != "~"),
        "no count": _flag("~" in {mine.what, other.what}),
        "same thing": _flag(len(things) == 1),
        "other thing": _flag(len(things - {None}) > 1),
        "share": _flag("share" in things),
        "part": _flag(mine.is_part or other.is_part),
        "other time": _flag(mine.is_long != other.is_long),
        "of others": _flag(bool(mine.of and other.of and not mine.of & other.of)),
        "update": _flag(is_update(pair, mine, other, is_own=is_own)),
        "risen": _flag(bool("risen" in p.signs or "risen" in q.signs)),
        "strict day": _flag(day_conflict(a, p, b, q, is_strict=True) is not None),
        "speaker": _flag(p.speaker is not None or q.speaker is not None),
        "two speakers": _flag(has_two and not is_own),
        "own": _flag(is_own),
        "ratio": min(_MOST_RATIO, ratio) / _MOST_RATIO,
        "open": _flag(bool("open" in p.signs or "open" in q.signs)),
        "small": _flag(min(mine.value, other.value) < _SMALL),
        "round": _flag(mine.value % _ROUND == 0 and other.value % _ROUND == 0),
    }


def actor_features(one: Aligned) -> Features:
    """One deed that two clauses lay to two."""
    p, q = one.pair.p, one.pair.q
    likeness = compare_parties(p.own, q.own)
    mine, theirs = agents(p), agents(q)
    speakers = [s.names for s in (p.speaker, q.speaker) if s is not None]
    return {
        **_in_common(one),
        "different": _flag(likeness is Likeness.DIFFERENT),
        "same": _flag(likeness is Likeness.SAME),
        "laid to speaker": _flag(lays_it_to_other(p, q)),
        "apart": _flag(described_apart(p.own, q.own)),
        "agents": _flag(bool(mine and theirs)),
        "agents meet": _flag(bool(mine & theirs)),
        "blamed": (_flag(bool(blamed(p.signs))) + _flag(bool(blamed(q.signs)))) / 2,
        "blame": (_flag("blame" in p.signs) + _flag("blame" in q.signs)) / 2,
        "speaker": _flag(bool(speakers)),
        "two speakers": _flag(len(speakers) > 1),
        "accuses": _flag(Act.ACCUSE.value in {p.act, q.act}),
        "open": _flag(bool("open" in p.signs or "open" in q.signs)),
        "told": _flag(p.is_actual and q.is_actual),
        "groups": _flag(bool(p.main_groups & q.main_groups)),
        "neg": _flag(bool("neg" in p.signs or "neg" in q.signs)),
    }


def holder_features(one: Aligned) -> Features:
    """Two clauses that tell of one place in two hands."""
    a, p, b, q = one.pair.a, one.pair.p, one.pair.b, one.pair.q
    shared = where_of(a, p).local & where_of(b, q).local
    is_named = bool(shared & p.names & q.names)
    mine, theirs = p.spelled - q.names - shared, q.spelled - p.names - shared
    gap = 0 if a.published is None or b.published is None else abs(a.published - b.published)
    held = {h.change for h in (*p.holdings, *q.holdings)}
    return {
        **_in_common(one),
        "place named": _flag(is_named),
        "holdings": (_flag(bool(p.holdings)) + _flag(bool(q.holdings))) / 2,
        "taken": _flag("taken" in held),
        "names apart": (_flag(bool(mine)) + _flag(bool(theirs))) / 2,
        "regained": _flag("regained" in p.signs or "regained" in q.signs),
        "days": min(gap, 6) / 6,
        "speaker": _flag(p.speaker is not None or q.speaker is not None),
        "two speakers": _flag(p.speaker is not None and q.speaker is not None),
        "self": _flag(any(h.is_self for h in (*p.holdings, *q.holdings))),
        "neg": _flag("neg" in p.signs or "neg" in q.signs),
        "open": _flag("open" in p.signs or "open" in q.signs),
    }


def agents(p: Proposition) -> Words:
    """Stems and names of whom a clause lays its deed to."""
    own = p.own.names | p.own.heads if p.own is not None else frozenset()
    return blamed(p.signs) or own or doing(p.signs)


def _in_common(one: Aligned) -> dict[str, float]:
    """What any two clauses of one thing have in common, and what keeps them apart."""
    pair = one.pair
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    said, other = p.deeds | p.core, q.deeds | q.core
    shared = (said & other) | (said & q.more) | (other & p.more)
    speakers = (s.names for s in (p.speaker, q.speaker) if s is not None)
    names = (p.spelled & q.spelled) - frozenset().union(*speakers)
    found = pair.match.features
    less, more = one.rank
    return {
        "cosine": one.cosine,
        "close": max(0.0, one.cosine - _CLOSE_COSINE),
        "shared": min(len(shared), 4) / 4,
        "covered": found.get("covered", 0.0),
        "deed": found.get("deed", 0.0),
        "object": found.get("object", 0.0),
        "names": min(len(names), 2) / 2,
        "scene": min(len(a.scene.names & b.scene.names), 6) / 6,
        "nearest": min(less, 3) / 3,
        "both nearest": _flag(more == 0),
        "far": min(more, 5) / 5,
        "near in time": _flag(is_near(a, b, _NEAR_DAYS)),
        "same place": _flag(is_same_place(a, p, b, q)),
        "same day": _flag(is_same_day(a, p, b, q)),
        "another place": _flag(place_conflict(a, p, b, q) is not None),
        "another day": _flag(day_conflict(a, p, b, q) is not None),
        "another doer": _flag(doer_conflict(p, q) is not None),
        "another setting": _flag(setting_conflict(a, p, b, q) is not None),
        "bias": 1.0,
    }


def _flag(holds: bool) -> float:  # noqa: FBT001 - it turns one into a number
    return 1.0 if holds else 0.0


@functools.cache
def _weights() -> Mapping[tuple[str, str], float]:
    rows = read_rows("dispute_weights.tsv")
    return {(row["ground"], row["feature"]): float(row["weight"]) for row in rows}


def likelihood(ground: Ground, features: Features) -> float:
    """A probability by the weights of a ground."""
    known = _weights()
    total = sum(known.get((ground.value, name), 0.0) * x for name, x in features.items())
    return 1.0 / (1.0 + math.exp(-total))
