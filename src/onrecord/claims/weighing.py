"""How likely two clauses are in dispute, by what the model of pairs says and what else is known.

A logistic model over few features. Weights stand in `dispute_weights.tsv`, fitted by
`training/fit_disputes.py`.
"""

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.claims.conflicts import doer_conflict, place_conflict
from onrecord.claims.figure_quarrels import holds_both, is_update
from onrecord.claims.pairs import Pair, Quarrel, is_near
from onrecord.claims.parties import is_same_speaker
from onrecord.claims.word_lists import read_rows
from onrecord.records import Ground

_NEAR_DAYS = 4
_MOST_LOGIT = 6.0
Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of two sentences, and how near their clauses are.

    Attributes:
        cosine: Of the vectors of both clauses.
        rank: How many clauses of the other document are nearer: the less and the more of both.
        of_grounds: The probability of a dispute on each ground.
    """

    cosine: float
    rank: tuple[int, int]
    of_grounds: Mapping[Ground, float] = field(default_factory=dict)

    @property
    def odds(self) -> float:
        """The logarithm of the odds of any dispute, within bounds."""
        value = min(max(sum(self.of_grounds.values()), 1e-6), 1 - 1e-6)
        return max(-_MOST_LOGIT, min(_MOST_LOGIT, math.log(value / (1 - value))))


def features_of(pair: Pair, answer: Answer, ground: Ground, rule: Quarrel | None) -> Features:
    """What speaks for a dispute and against it."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    less, more = answer.rank
    speakers = [s for s in (p.speaker, q.speaker) if s is not None]
    names = (p.spelled & q.spelled) - frozenset().union(*(s.names for s in speakers))
    is_figure, is_holder = ground is Ground.FIGURE, ground is Ground.HOLDER
    has_other_doer = ground is not Ground.ACTOR and doer_conflict(p, q) is not None
    return {
        "model": answer.odds,
        "figure": _flag(is_figure),
        "holder": _flag(is_holder),
        "actor": _flag(ground is Ground.ACTOR),
        "rule": _flag(rule is not None),
        "cosine": answer.cosine,
        "nearest": min(less, 3) / 3,
        "far": min(more, 5) / 5,
        "names": min(len(names), 2) / 2,
        "scene": min(len(a.scene.names & b.scene.names), 6) / 6,
        "speakers": len(speakers) / 2,
        "near in time": _flag(is_near(a, b, _NEAR_DAYS)),
        "later": _flag((is_figure or is_holder) and not is_near(a, b, 0)),
        "another place": _flag(place_conflict(a, p, b, q) == "another place"),
        "another doer": _flag(has_other_doer),
        **_of_figures(pair, is_figure=is_figure),
        "bias": 1.0,
    }


def _of_figures(pair: Pair, *, is_figure: bool) -> Features:
    """Whether figures of both clauses that count one thing clash, hold both, or grew."""
    p, q = pair.p, pair.q
    is_own = is_same_speaker(p.speaker, q.speaker)
    alike = [
        (x, y) for x in p.counts for y in q.counts if x.what == y.what or "~" in {x.what, y.what}
    ]
    clash = [(x, y) for x, y in alike if not holds_both(x, y)]
    has_grown = any(is_update(pair, x, y, is_own=is_own) for x, y in clash)
    return {
        "figures clash": _flag(is_figure and bool(clash)),
        "figures hold": _flag(is_figure and bool(alike) and not clash),
        "update": _flag(is_figure and (has_grown or p.is_update or q.is_update)),
    }


def _flag(holds: bool) -> float:  # noqa: FBT001 - it turns one into a number
    return 1.0 if holds else 0.0


@functools.cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_rows("dispute_weights.tsv")}


def likelihood(features: Features) -> float:
    """A probability by the weights."""
    known = _weights()
    return 1.0 / (1.0 + math.exp(-sum(known[name] * x for name, x in features.items())))
