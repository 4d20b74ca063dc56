"""What speaks against two clauses being of one thing, and whether they are of one voice.

The model of pairs reads two sentences and the days between them; here is what the rows of both
documents tell besides: who speaks, where it is, which outlet counts again, what is counted.
"""

from typing import Final

from onrecord.claims.conflicts import other_country, place_conflict, where_of
from onrecord.claims.models import NOTHING, Party, Proposition, Words
from onrecord.claims.pairs import Pair
from onrecord.claims.parties import is_same_speaker
from onrecord.records import Ground, StanceKind

# From so many days on two articles by different voices tell, more often than not, of two
# happenings; seen in the pairs of `tests/claims/disputes` that are tuned on.
_LONG_DAYS: Final = 6
# Counts of what befell people: who is missing is not among the dead.
_FATES: Final = frozenset("killed wounded missing arrested captured displaced abducted".split())


def is_one_voice(pair: Pair) -> bool:
    """Whether both clauses are of one speaker, or name one who speaks in them or beside them."""
    p, q = pair.p, pair.q
    if is_same_speaker(p.speaker, q.speaker):
        return True
    both = _named(p) & _named(q)
    if any(names & both for names in map(_person, (p.speaker, q.speaker))):
        return True
    voices = {_person(one.speaker) for one in pair.b.propositions} - {NOTHING}
    return any(len(names & both) >= min(2, len(names)) for names in voices)


def _named(p: Proposition) -> Words:
    """Names that a clause spells, and those of who speaks."""
    return p.spelled if p.speaker is None else p.spelled | p.speaker.names


def _person(party: Party | None) -> Words:
    return party.names if party is not None and party.is_person else NOTHING


def days_between(pair: Pair) -> int | None:
    """How long after the one the other was published; None without both dates.

    What one person says is one matter however long it takes, so that a long time between is
    told as unknown.
    """
    days = pair.a.published, pair.b.published
    if days[0] is None or days[1] is None:
        return None
    between = abs(days[1] - days[0])
    return None if between >= _LONG_DAYS and is_one_voice(pair) else between


def n_against(pair: Pair, ground: Ground) -> int:
    """How many things speak against a dispute of both clauses."""
    return sum(
        (
            is_elsewhere(pair),
            (days_between(pair) or 0) >= _LONG_DAYS,
            StanceKind.REPORTS in {pair.p.stance, pair.q.stance},
            ground is Ground.FIGURE and (counts_again(pair) or counts_others(pair)),
        )
    )


def is_elsewhere(pair: Pair) -> bool:
    """Whether they are of two places of one name, in two countries."""
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    first, second = where_of(a, p), where_of(b, q)
    if place_conflict(a, p, b, q) == "another country" or other_country(a, first, b, second):
        return True
    return bool(
        first.local & second.local
        and first.numbers
        and second.numbers
        and not first.numbers & second.numbers
    )


def counts_again(pair: Pair) -> bool:
    """Whether one outlet tells a figure at two times."""
    a, b = pair.a, pair.b
    return a.outlet is not None and a.outlet == b.outlet and a.published != b.published


def counts_others(pair: Pair) -> bool:
    """Whether the one counts, say, the dead, and the other the wounded."""
    first, second = ({c.what for c in one.counts} & _FATES for one in (pair.p, pair.q))
    return bool(first and second) and not first & second
