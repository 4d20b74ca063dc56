"""Whether two clauses are of one person, and so whether the days between them matter."""

from collections.abc import Iterator
from typing import Final

from onrecord.claims.models import Proposition, Words
from onrecord.claims.pairs import Pair
from onrecord.claims.parties import is_same_speaker

# From so many days on the model takes two sentences to tell of two happenings; tuned on the pairs
# in `tests/claims/disputes`.
_LONG_DAYS: Final = 6


def is_of_one_person(pair: Pair) -> bool:
    """Whether both clauses are of one speaker, or name one person who speaks or acts."""
    p, q = pair.p, pair.q
    if is_same_speaker(p.speaker, q.speaker):
        return True
    both = _named(p) & _named(q)
    return any(len(names & both) >= min(2, len(names)) for names in _persons(pair))


def _named(p: Proposition) -> Words:
    """Names that a clause spells, and those of who speaks."""
    return p.spelled if p.speaker is None else p.spelled | p.speaker.names


def _persons(pair: Pair) -> Iterator[Words]:
    """Names of persons who speak or act in both clauses, or anywhere in the new document."""
    for one in (pair.p, pair.q, *pair.b.propositions):
        for party in (one.speaker, one.own):
            if party is not None and party.is_person and party.names:
                yield party.names


def days_between(pair: Pair) -> int | None:
    """How many days lie between the publications; None without both dates.

    What one person says or is said to have done is one matter, however long it takes: a long
    time between is told as unknown.
    """
    if pair.a.published is None or pair.b.published is None:
        return None
    between = abs(pair.a.published - pair.b.published)
    return None if between >= _LONG_DAYS and is_of_one_person(pair) else between
