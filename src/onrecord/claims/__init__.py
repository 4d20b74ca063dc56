"""Claims: who asserts, denies or reports the same thing, and what cannot both hold.

`propositions_of` reads one document; `link` and `unlink` write `claims`, `stances` and
`disputes` of a store. No verdicts.
"""

from onrecord.claims.judging import Judge as Entailment
from onrecord.claims.linking import follow_review, link, unlink
from onrecord.claims.propositions import propositions_of

__all__ = ["Entailment", "follow_review", "link", "propositions_of", "unlink"]
