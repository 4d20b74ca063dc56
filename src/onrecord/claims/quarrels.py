"""Why two accounts cannot both hold: a denial, a figure, a holder, a doer. No verdict on either.

Plans, questions, what may be, and two reports of one statement are never in dispute. Each
ground has a module of its own.
"""

from onrecord.claims.compatibility import can_both_hold
from onrecord.claims.denials import denial_of, short_denial_of
from onrecord.claims.doer_quarrels import doer_of
from onrecord.claims.figure_quarrels import figure_of
from onrecord.claims.holder_quarrels import holder_of
from onrecord.claims.matching import Match
from onrecord.claims.models import Proposition
from onrecord.claims.pairs import Pair, Quarrel
from onrecord.claims.parties import Likeness, compare_parties, is_same_speaker
from onrecord.claims.settings import weights

_GROUNDS = (holder_of, denial_of, short_denial_of, figure_of, doer_of)
_LEAST_MUTUAL = 0.45


def quarrel_of(pair: Pair) -> Quarrel | None:
    """The dispute between two clauses, if there is one."""
    p, q = pair.p, pair.q
    if not (p.is_side and q.is_side):
        return None
    is_own = is_same_speaker(p.speaker, q.speaker)
    if is_own and pair.a.number == pair.b.number:
        return None
    for find in _GROUNDS:
        found = find(pair, is_own=is_own)
        if found is not None:
            return found
    return None


def is_same_claim(p: Proposition, q: Proposition, found: Match) -> bool:
    """Whether two clauses are one claim, whatever is said of it."""
    features = found.features
    return (
        found.conflict is None
        and found.is_anchored
        and p.is_actual == q.is_actual
        and found.score >= weights()["same"]
        and features.get("deed", 0.0) >= 0.8
        and features.get("mutual", 0.0) >= _LEAST_MUTUAL
        and _holdings_agree(p, q)
        and _counts_agree(p, q)
    )


def _holdings_agree(p: Proposition, q: Proposition) -> bool:
    return all(
        mine.change == other.change
        and compare_parties(mine.holder, other.holder) not in {Likeness.DIFFERENT, Likeness.UNLIKE}
        for mine in p.holdings
        for other in q.holdings
    )


def _counts_agree(p: Proposition, q: Proposition) -> bool:
    return all(
        mine.what != other.what or can_both_hold(mine.interval, other.interval)
        for mine in p.counts
        for other in q.counts
    )
