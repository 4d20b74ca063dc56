"""Disputes by the model of pairs: which sentences it is asked about, and what is made of that.

It reads two sentences and says whether they are in dispute, and why. What it says is weighed
with what clauses have in common and what speaks against them being of one thing; what rules
have found is weighed in the same way. Not here: the rules (`quarrels.py`), the weights
(`weighing.py`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.answers import Answer, Chances
from onrecord.claims.asking import likelihoods
from onrecord.claims.candidates import Known
from onrecord.claims.conflicts import apart
from onrecord.claims.matching import match
from onrecord.claims.models import Account
from onrecord.claims.pairs import Pair, Quarrel
from onrecord.claims.parties import is_same_speaker
from onrecord.claims.persons import days_between
from onrecord.claims.quarrels import quarrel_of
from onrecord.claims.settings import LEAST_NEAR, LEAST_TURNED, MOST_JUDGED, MOST_JUDGED_OF_TWO
from onrecord.claims.signs import Nearness, Signs, nearness, signs_of
from onrecord.claims.weighing import likelihood
from onrecord.claims.writing import Side
from onrecord.records import Ground, Span, StanceKind

# In the order of the model, behind "none".
GROUNDS = (Ground.DENIAL, Ground.FIGURE, Ground.HOLDER, Ground.ACTOR)
# Of pairs of clauses by nearness, how many are looked at for each that is asked about.
_LOOKED_AT = 6
# Another account of how something came about is a denial far oftener in articles than in what the
# model has learned from, where it names a doer, a holder or a figure instead.
_OF_DENIAL = 2.0
# Where the packed place of a clause tells whether somebody says it.
_SAID = 2
Texts = Callable[[int, Span], str]
# As in: PORT NEAL, 4 May (Agency) –
_DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’. -]+(?:,[^-–—]{0,40})?\s(?:\([^)]{0,30}\)\s)?[-–—]+\s")


class Judge(Protocol):
    """Says how likely two accounts are in dispute, and why."""

    def grounds(self, accounts: Sequence[tuple[str, str, int | None]]) -> NDArray[np.float32]:
        """Probabilities of none and of each of `GROUNDS`, row by row.

        Args:
            accounts: Two sentences, the earlier one first, and the days between them.
        """
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Two clauses whose sentences the model is asked about, the known one first.

    Attributes:
        pair: Both with what they have in common.
        known: The clause of the document that was linked before.
        new: The clause of the new one.
        answer: What the model says, once it was asked.
        near: How near their documents are.
        sentences: What the model was asked about, the earlier one first.
    """

    pair: Pair
    known: Side
    new: Side
    answer: Answer = field(default_factory=Answer)
    near: Nearness = field(default_factory=Nearness)
    sentences: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class _Near:
    """Two clauses by their numbers."""

    document: Known
    n: int
    m: int
    cosine: float
    likelihood: float = 0.0


def asked_pairs(
    account: Account,
    known: Iterable[tuple[Known, NDArray[np.float32] | None]],
    found: Iterable[tuple[int, int, int]] = (),
) -> list[Asked]:
    """The pairs of clauses that the model is to be asked about, at most `MOST_JUDGED`.

    Args:
        account: The new document.
        known: Documents that it is compared with, each with the cosines (N, M) of its clauses
            with those of the new one; without them nothing is asked.
        found: What rules have found, as numbers of the known document and of both clauses; it
            is asked about first.
    """
    given = [(document, cosine) for document, cosine in known if cosine is not None]
    by_number = {document.packed.number: (document, cosine) for document, cosine in given}
    near = [_near(*by_number[d], n, m) for d, m, n in found if d in by_number][:MOST_JUDGED]
    seen = {(one.document.packed.number, one.n, one.m) for one in near}
    beside = [one for document, cosine in given for one in _nearest(account, document, cosine)]
    beside.sort(key=lambda one: -one.likelihood)
    nearnesses = {d.packed.number: _nearness(account, d, cosine) for d, cosine in given}
    asked = [_asked(account, one, nearnesses) for one in near]
    for one in beside:
        if len(asked) >= MOST_JUDGED:
            break
        if (one.document.packed.number, one.n, one.m) not in seen:
            pair = _asked(account, one, nearnesses)
            if not _says_the_same(pair.pair):
                asked.append(pair)
    return asked


def _nearness(account: Account, document: Known, cosine_NM: NDArray[np.float32]) -> Nearness:
    starts = [(p.sentence or p.spans[0]).start for p in account.propositions]
    return nearness(cosine_NM, starts, [place[0] for place in document.packed.sentences])


def _near(document: Known, cosine_NM: NDArray[np.float32], n: int, m: int) -> _Near:
    return _Near(document, n, m, float(cosine_NM[n, m]))


def _nearest(account: Account, document: Known, cosine_NM: NDArray[np.float32]) -> list[_Near]:
    """Of two documents the pairs of clauses likeliest in dispute, of each two sentences one."""
    n_clauses, sentences = cosine_NM.shape[1], document.packed.sentences
    likely_NM = likelihoods(
        cosine_NM,
        [p.speaker is not None for p in account.propositions],
        [len(place) > _SAID and bool(place[_SAID]) for place in sentences],
    )
    likely_NM[cosine_NM < LEAST_NEAR] = -np.inf
    order = np.argsort(-likely_NM, axis=None, kind="stable")[: _LOOKED_AT * MOST_JUDGED_OF_TWO]
    found: dict[tuple[Span | None, int], _Near] = {}
    for at in order.tolist():
        n, m = divmod(at, n_clauses)
        if likely_NM[n, m] == -np.inf:
            break
        key = (account.propositions[n].sentence, sentences[m][0])
        if key not in found:
            near = _near(document, cosine_NM, n, m)
            found[key] = replace(near, likelihood=float(likely_NM[n, m]))
            if len(found) == MOST_JUDGED_OF_TWO:
                break
    return list(found.values())


def _asked(account: Account, one: _Near, nearnesses: Mapping[int, Nearness]) -> Asked:
    packed = one.document.packed
    p, q = packed.proposition(one.m), account.propositions[one.n]
    found = match(
        packed.account, p, account, q,
        why_apart=apart(packed.account, p, account, q),
        cosine=one.cosine,
        is_one_story=one.document.is_one_story,
    )  # fmt: skip
    return Asked(
        Pair(packed.account, p, account, q, found),
        Side(packed.account, p, one.m),
        Side(account, q, one.n),
        near=nearnesses[packed.number],
    )


def _says_the_same(pair: Pair) -> bool:
    """Whether two clauses have the same words and figures."""
    p, q = pair.p, pair.q
    is_one_text = (p.core, p.deeds, p.spelled, p.stance) == (q.core, q.deeds, q.spelled, q.stance)
    return is_one_text and {c.value for c in p.counts} == {c.value for c in q.counts}


def plain_words(text: str) -> str:
    """A sentence in one line, without the place and day that an article opens with.

    >>> plain_words("PORT NEAL, 4 May -  The mill burned.")
    'The mill burned.'
    """
    return _DATELINE.sub("", " ".join(text.split()))


def answered(asked: Sequence[Asked], judge: Judge, text_of: Texts) -> list[Asked]:
    """The same with what the model says of their sentences.

    Where it takes a dispute for possible it is asked again with the later sentence first.
    """
    accounts = [_accounts(one, text_of) for one in asked]
    if not accounts:
        return []
    answers = [Answer(_chances(row)) for row in judge.grounds(accounts).tolist()]
    again = [n for n, answer in enumerate(answers) if answer.chance >= LEAST_TURNED]
    turned = [(second, first, days) for first, second, days in (accounts[n] for n in again)]
    for n, row in zip(again, judge.grounds(turned).tolist() if turned else (), strict=True):
        answers[n] = replace(answers[n], back=_chances(row))
    return [
        replace(one, answer=answer, sentences=(first, second))
        for one, answer, (first, second, _) in zip(asked, answers, accounts, strict=True)
    ]


def _chances(row: Sequence[float]) -> Chances:
    return dict(zip(GROUNDS, row[1:], strict=True))


def _accounts(one: Asked, text_of: Texts) -> tuple[str, str, int | None]:
    """Both sentences, the earlier one first, and the days between them."""
    sides = [one.known, one.new]
    days = [side.account.published for side in sides]
    if days[0] is not None and days[1] is not None and days[1] < days[0]:
        sides.reverse()
    first, second = (text_of(s.document, s.one.sentence or s.one.spans[0]) for s in sides)
    return first, second, days_between(one.pair)


def ground_of(one: Asked) -> Ground:
    """The likeliest ground, of both ways round."""
    answer = one.answer
    back = answer.back or answer.of_grounds

    def chance(ground: Ground) -> float:
        both = answer.of_grounds[ground] + back[ground]
        return _OF_DENIAL * both if ground is Ground.DENIAL else both

    return max(GROUNDS, key=chance)


def signs_for(one: Asked) -> Signs:
    """What speaks for a dispute between two clauses, and against it."""
    rule = quarrel_of(one.pair)
    found = None if rule is None else rule.ground
    return signs_of(one.pair, one.answer, one.near, one.sentences, found, ground=ground_of(one))


def judged(one: Asked) -> tuple[Quarrel, Side, Side]:
    """The dispute that two clauses are most likely in, with its probability.

    That is 0 where the model did not take a dispute for possible.
    """
    pair, answer, ground = one.pair, one.answer, ground_of(one)
    value = likelihood(signs_for(one)) if answer.back else 0.0
    rule = quarrel_of(pair)
    rule = rule if rule is not None and rule.ground is ground else None
    said = {g.value: round(x, 3) for g, x in answer.of_grounds.items()}
    why = {"same": sorted(pair.match.shared), "features": pair.match.features}
    why = {**why, **({} if rule is None else rule.why), "model": said}
    is_own = is_same_speaker(pair.p.speaker, pair.q.speaker)
    quarrel = Quarrel(ground, is_own, round(value, 2), why)
    known, new = _with_stances(one) if ground is Ground.DENIAL else (one.known, one.new)
    if rule is None:
        known, new = _whole(known), _whole(new)
    return quarrel, known, new


def _whole(side: Side) -> Side:
    """A side with all of its sentence, which is what the model has read."""
    sentence = side.one.sentence
    return side if sentence is None else replace(side, one=replace(side.one, spans=(sentence,)))


def _with_stances(one: Asked) -> tuple[Side, Side]:
    """Both sides of a denial: if words do not tell which of them denies, the later one does."""
    if {one.known.one.stance, one.new.one.stance} == {StanceKind.ASSERTS, StanceKind.DENIES}:
        return one.known, one.new
    days = [side.account.published or 0 for side in (one.known, one.new)]
    first, second = StanceKind.ASSERTS, StanceKind.DENIES
    if days[1] < days[0]:
        first, second = second, first
    return _taking(one.known, first), _taking(one.new, second)


def _taking(side: Side, stance: StanceKind) -> Side:
    return replace(side, one=replace(side.one, stance=stance))
