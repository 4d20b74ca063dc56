"""Two clauses side by side, and a quarrel between them: what the grounds of disputes share."""

from dataclasses import dataclass, field
from typing import Any, Final

from onrecord.claims.matching import Match
from onrecord.claims.models import Account, Proposition
from onrecord.records import Ground

# Vectors of clauses that tell of one thing, as the feature counts them; tuned on the pairs in
# tests/claims/pairs.
NEAR: Final = 0.4
CLOSE: Final = 0.5
ALIKE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Quarrel:
    """Two clauses that cannot both hold.

    Attributes:
        ground: Why.
        is_own: Both are of one speaker.
        probability: An estimate.
        why: What is the same, what differs.
    """

    ground: Ground
    is_own: bool
    probability: float
    why: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clauses of two documents, or of one, with how much they have in common."""

    a: Account
    p: Proposition
    b: Account
    q: Proposition
    match: Match

    @property
    def cosine(self) -> float:
        """How near their vectors are, as a feature; 0 without vectors."""
        return self.match.features.get("cosine", 0.0)

    @property
    def is_inside(self) -> bool:
        """Whether both stand in one document."""
        return self.a.number == self.b.number

    @property
    def has_outlet(self) -> bool:
        """Whether one of them is in the outlet's own words."""
        return self.p.speaker is None or self.q.speaker is None

    @property
    def speaker_names(self) -> frozenset[str]:
        """Names of both speakers."""
        return frozenset().union(
            *(s.names for s in (self.p.speaker, self.q.speaker) if s is not None)
        )


def is_near(a: Account, b: Account, days: int) -> bool:
    """Whether two documents were published within some days; True if one has no date."""
    return a.published is None or b.published is None or abs(a.published - b.published) <= days


def probability(score: float, least: float) -> float:
    """A probability for a score; an estimate, not calibrated."""
    return round(min(0.97, 0.7 + (score - least)), 2)
