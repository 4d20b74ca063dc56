"""What speaks for a dispute between two clauses, and against it: signs, each a number.

What the model of pairs says of both sentences; what the clauses have in common; what their words
are; and whether their articles tell of one matter at all. What is made of them stands in
`weighing.py`.

Shapes: N clauses of the new document, M of the known one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.answers import Answer, log_odds
from onrecord.claims.circumstances import (
    MOST_DAYS,
    UNKNOWN,
    countries_alike,
    days_apart,
    towns_shared,
)
from onrecord.claims.conflicts import periods_of
from onrecord.claims.models import Account, Circumstances, Proposition, Words
from onrecord.claims.pairs import Pair
from onrecord.claims.parties import is_same_speaker
from onrecord.claims.periods import Period, gap, is_short
from onrecord.claims.word_signs import word_signs
from onrecord.records import Ground, StanceKind

Signs = Mapping[str, float]
_OF_MATCH: Final = ("deed", "covered", "mutual", "names", "object", "day", "place")
_CONFLICTS: Final = (
    "another place", "another country", "another day", "another time", "another doer",
    "another thing was hit", "another cause",
)  # fmt: skip
_LEAD_SENTENCES: Final = 2


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near the clauses of two documents are, as cosines.

    Attributes:
        nearest: The two nearest ones.
        mean: The mean over all clauses of the nearest one of the other document.
        leads: The nearest ones of both first two sentences.
        lead: The nearest ones of which one is of the first two sentences of its document.
    """

    nearest: float = 0.0
    mean: float = 0.0
    leads: float = 0.0
    lead: float = 0.0


def nearness(
    cosine_NM: NDArray[np.float32], new_N: Sequence[int], known_M: Sequence[int]
) -> Nearness:
    """That of two documents.

    Args:
        cosine_NM: How near their clauses are.
        new_N: Where the sentence of each clause of the new document starts.
        known_M: The same of the known one.
    """
    if not cosine_NM.size:
        return Nearness()
    own_N, other_M = _of_lead(new_N), _of_lead(known_M)
    lead = max(cosine_NM[own_N].max(), cosine_NM[:, other_M].max())
    return Nearness(
        nearest=float(cosine_NM.max()),
        mean=float(cosine_NM.max(0).mean() + cosine_NM.max(1).mean()) / 2,
        leads=float(cosine_NM[np.ix_(own_N, other_M)].max()),
        lead=float(lead),
    )


def _of_lead(starts: Sequence[int]) -> list[int]:
    first = sorted(set(starts))[:_LEAD_SENTENCES]
    return [n for n, start in enumerate(starts) if start in first]


def signs_of(
    pair: Pair, answer: Answer, near: Nearness, sentences: tuple[str, str], rule: Ground | None,
    *, ground: Ground,
) -> dict[str, float]:  # fmt: skip
    """All signs of two clauses.

    Args:
        pair: Both, with what they have in common.
        answer: What the model says of their sentences.
        near: How near their documents are.
        sentences: Theirs.
        rule: The ground on which rules find a dispute, if they do.
        ground: The likeliest one.
    """
    return {
        **dict(_of_answer(answer)),
        **dict(_of_clauses(pair)),
        "a rule": float(rule is not None),
        "a rule on this ground": float(rule is ground),
        **dict(_of_figures(pair.p, pair.q)),
        **dict(word_signs(*sentences)),
        **dict(_of_documents(pair, near)),
    }


def _of_answer(answer: Answer) -> Iterator[tuple[str, float]]:
    back = answer.back or answer.of_grounds
    yield "model", answer.odds
    yield "forward", log_odds(answer.chance)
    yield "back", log_odds(sum(back.values()))
    yield "one ground", answer.peak
    for ground, chance in answer.of_grounds.items():
        yield f"model {ground.value}", log_odds((chance + back[ground]) / 2)


def _of_clauses(pair: Pair) -> Iterator[tuple[str, float]]:
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    speakers = [s for s in (p.speaker, q.speaker) if s is not None]
    own = frozenset[str]().union(*(s.names for s in speakers))
    yield "cosine", pair.cosine
    yield "names", min(len((p.spelled & q.spelled) - own), 2) / 2
    yield "speakers", len(speakers) / 2
    features = pair.match.features
    for name in _OF_MATCH:
        yield f"same {name}", features.get(name, 0.0)
    yield "one story", features.get("story", 0.0)
    yield "score", pair.match.score
    yield "anchored", float(pair.match.is_anchored)
    for conflict in _CONFLICTS:
        yield conflict, float(pair.match.conflict == conflict)
    stances = [p.stance, q.stance]
    n_denied = stances.count(StanceKind.DENIES)
    yield "one denies", float(n_denied == 1)
    yield "both deny", float(n_denied > 1)
    yield "left open", float(bool(set(stances) - {StanceKind.ASSERTS, StanceKind.DENIES}))
    yield "one speaker", float(bool(is_same_speaker(p.speaker, q.speaker)))
    yield "told as actual", float(p.is_actual and q.is_actual)
    yield "of leads", (p.is_lead + q.is_lead) / 2
    yield "names untold", max(_untold(p, own, b), _untold(q, own, a))


def _untold(one: Proposition, speakers: Words, other: Account) -> float:
    """The share of the names of a clause that the other document does not have."""
    spelled = one.spelled - speakers
    return len(spelled - other.scene.names) / len(spelled) if spelled else 0.0


def _of_figures(p: Proposition, q: Proposition) -> Iterator[tuple[str, float]]:
    same = [
        (c, d) for c in p.counts for d in q.counts if (c.what, c.thing) == (d.what, d.thing)
    ]  # fmt: skip
    meet = [c.interval.meets(d.interval) for c, d in same]
    yield "figures", float(bool(p.counts)) + float(bool(q.counts))
    yield "one count", float(bool(same))
    yield "counts clash", float(not all(meet))
    yield "counts meet", float(any(meet))
    yield "part of a count", float(any(c.is_part for c in (*p.counts, *q.counts)))
    yield "update", float(p.is_update or q.is_update)
    yield "holdings", float(bool(p.holdings)) + float(bool(q.holdings))


def _of_documents(pair: Pair, near: Nearness) -> Iterator[tuple[str, float]]:
    a, p, b, q = pair.a, pair.p, pair.b, pair.q
    both_dated = a.published is not None and b.published is not None
    between = abs((a.published or 0) - (b.published or 0)) if both_dated else UNKNOWN
    yield "scene", min(len(a.scene.names & b.scene.names), 6) / 6
    yield "days between", min(between, MOST_DAYS)
    yield "published apart", float(between > 4)
    yield "scenes apart", _gap(a.scene.periods, b.scene.periods)
    yield "clauses apart", _gap(periods_of(a, p), periods_of(b, q))
    one, other = a.circumstances, b.circumstances
    yield "leads apart", days_apart(one.early, other.early)
    yield "all days apart", days_apart(one.days, other.days)
    crossed = (days_apart(one.early, other.days), days_apart(one.days, other.early))
    yield "leads from all apart", min((d for d in crossed if d != UNKNOWN), default=UNKNOWN)
    yield "first days apart", days_apart(_first_day(a), _first_day(b))
    yield "countries", countries_alike(one, other)
    yield "one main country", _meet(_main_country(one), _main_country(other))
    yield "towns", towns_shared(one, other)
    first, second = a.scene.where, b.scene.where
    yield "countries told", _meet(_countries(a), _countries(b))
    yield "places of leads", _meet(first.local, second.local)
    yield "towns of leads", _meet(first.numbers, second.numbers)
    yield "share of scenes", _share(a.scene.names, b.scene.names)
    yield "share of first clauses", _share(a.told, b.told)
    yield "documents near", near.nearest
    yield "documents near in all", near.mean
    yield "leads near", near.leads
    yield "lead near", near.lead


def _gap(first: Sequence[Period], second: Sequence[Period]) -> float:
    short = [(x, y) for x in first for y in second if is_short(x) and is_short(y)]
    return float(min((gap(x, y) for x, y in short), default=UNKNOWN))


def _first_day(account: Account) -> tuple[int, ...]:
    """The first day that a document names beside that of its publication."""
    others = (day for day in account.circumstances.days if day != account.published)
    return tuple(day for day in (next(others, None),) if day is not None)


def _countries(account: Account) -> frozenset[str]:
    where = account.scene.where
    return where.countries | {word for word in where.wide if word.isupper()}


def _main_country(circumstances: Circumstances) -> frozenset[str]:
    return frozenset(code for code, _ in circumstances.countries[:1])


def _meet(first: frozenset[Any], second: frozenset[Any]) -> float:
    """1 if two sets share something, -1 if not, 0 if one is empty."""
    if not first or not second:
        return 0.0
    return 1.0 if first & second else -1.0


def _share(first: Words, second: Words) -> float:
    return len(first & second) / max(1, min(len(first), len(second)))
