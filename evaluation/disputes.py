"""How well disputes between two articles are found: pairs and what was found in, scores out.

A find is right when it names a ground of the gold dispute and rests, on both sides, on
words of the gold. Pure; the pairs come from `dispute_pairs`, a finder over a store from
`dispute_finders`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evaluation.dispute_pairs import DISPUTED, OWN_WORDS, DisputePair, DisputeSet, GoldDispute
from evaluation.intervals import bootstrap
from evaluation.report import Report
from evaluation.scores import Share, Tally, add_tallies, matched, scores_of
from onrecord.records import Document, Ground, Spans, joined_text

# Code points. A side that marks more than some two sentences points nowhere; the longest
# evidence in the set has about 200.
LONGEST_SIDE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSide:
    """One side of a dispute, as a finder has it: the document's id, and words of it."""

    document: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDispute:
    """Two accounts that cannot both hold, says a finder.

    Attributes:
        ground: Why they cannot.
        first: One side.
        second: The other one; the order says nothing.
        is_own: Whether somebody is said to contradict own earlier words.
    """

    ground: Ground
    first: FoundSide
    second: FoundSide
    is_own: bool = False


Finder = Callable[[Sequence[Document]], Sequence[FoundDispute]]
Found = Mapping[str, Sequence[FoundDispute]]


class Verdict(StrEnum):
    """What a found dispute is worth.

    - right: a counted dispute, by one of its grounds, from one article to the other
    - other ground: the same words on both sides, but another ground
    - beside: real but not counted: inside one article, or beside the point of its pair
    - false: anything else
    """

    RIGHT = "right"
    OTHER_GROUND = "other ground"
    BESIDE = "beside"
    FALSE = "false"


_RANK = list(Verdict)


def find_all(
    pairs: Sequence[DisputePair], find: Finder, *, on_progress: Callable[[int], None] | None = None
) -> dict[str, Sequence[FoundDispute]]:
    """What a finder finds in each pair, by the pair's name."""
    found: dict[str, Sequence[FoundDispute]] = {}
    for pair in pairs:
        found[pair.id] = tuple(find(pair.articles))
        if on_progress is not None:
            on_progress(1)
    return found


def verdict_on(pair: DisputePair, found: FoundDispute) -> Verdict:
    """The best that can be said of a found dispute, over all gold disputes of the pair."""
    verdicts = (_against(pair, gold, found) for gold in pair.disputes)
    return min(verdicts, key=_RANK.index, default=Verdict.FALSE)


def disputes_report(given: DisputeSet, found: Found, *, system: str, n_rounds: int = 0) -> Report:
    """Scores of the found disputes; pairs are what is drawn for the intervals."""
    tallies = [count_pair(pair, found.get(pair.id, ())) for pair in given.pairs]
    return Report(
        corpus=given.name,
        digest=given.digest,
        system=system,
        n_articles=2 * len(given.pairs),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def count_pair(pair: DisputePair, found: Sequence[FoundDispute]) -> Tally:
    """The counts of one pair.

    However often the dispute of a pair is found, that is one hit; each other find that is
    not beside the point is a false alarm. In a pair without a dispute all are.
    """
    verdicts = [verdict_on(pair, one) for one in found]
    is_hit, is_near = Verdict.RIGHT in verdicts, Verdict.OTHER_GROUND in verdicts
    n_near, n_false = (verdicts.count(v) for v in (Verdict.OTHER_GROUND, Verdict.FALSE))
    n_alarms, n_gold = n_near + n_false, int(pair.kind in DISPUTED)
    tally: Tally = {
        "disputes": matched(is_hit, n_predicted=is_hit + n_alarms, n_gold=n_gold),
        "disputes/precision": Share(is_hit, is_hit + n_alarms),
        "disputes/recall": Share(is_hit, n_gold),
        "disputes/any ground": matched(
            is_hit or is_near, n_predicted=(is_hit or is_near) + n_false, n_gold=n_gold
        ),
        "pairs without false alarms": Share(n_alarms == 0, 1),
    }
    if not n_gold:
        return tally | {
            f"quiet/{pair.kind}": Share(n_alarms == 0, 1),
            "quiet": Share(not n_alarms, 1),
        }
    tally[f"found/{pair.kind}"] = matched(is_hit, n_predicted=is_hit + n_alarms, n_gold=1)
    if pair.kind == OWN_WORDS and is_hit:
        tally["own words/named as such"] = Share(_is_named_own(verdicts, found), 1)
    return tally


def cases_of(given: DisputeSet, found: Found) -> Iterator[str]:
    """Misses and false alarms, a line or three for each."""
    for pair in given.pairs:
        judged = [(verdict_on(pair, one), one) for one in found.get(pair.id, ())]
        if pair.disputes and not any(verdict is Verdict.RIGHT for verdict, _ in judged):
            counted = next(dispute for dispute in pair.disputes if dispute.is_counted)
            yield f"missed {pair.id} ({pair.kind}): {counted.issue}"
        for verdict, one in judged:
            if verdict in {Verdict.OTHER_GROUND, Verdict.FALSE}:
                yield f"{verdict} {pair.id} ({pair.kind}), found as {one.ground}:"
                yield from (f"    {_words(pair, side)!r}" for side in (one.first, one.second))


def _against(pair: DisputePair, gold: GoldDispute, found: FoundDispute) -> Verdict:
    """The verdict if this were the only gold dispute, in the better order of the sides."""
    orders = ((found.first, found.second), (found.second, found.first))
    if not any(_touches(pair, gold, order, with_also=True) for order in orders):
        return Verdict.FALSE
    if found.ground not in gold.grounds:
        return Verdict.OTHER_GROUND
    is_across = any(_touches(pair, gold, order, with_also=False) for order in orders)
    return Verdict.RIGHT if is_across and gold.is_counted else Verdict.BESIDE


def _touches(
    pair: DisputePair,
    gold: GoldDispute,
    order: tuple[FoundSide, FoundSide],
    *,
    with_also: bool,
) -> bool:
    """Whether each found side shares a character with the words of its gold side."""
    for side, own in zip(gold.sides, order, strict=True):
        if sum(map(len, own.spans)) > LONGEST_SIDE:
            return False
        words = {pair.articles[side.article].id: side.words}
        if with_also:
            words[pair.articles[1 - side.article].id] = side.also
        if not _overlap(own.spans, words.get(own.document, ())):
            return False
    return True


def _overlap(spans: Spans, others: Spans) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def _is_named_own(verdicts: Sequence[Verdict], found: Sequence[FoundDispute]) -> bool:
    judged = zip(verdicts, found, strict=True)
    return any(one.is_own for verdict, one in judged if verdict is Verdict.RIGHT)


def _words(pair: DisputePair, side: FoundSide) -> str:
    texts = {article.id: article.text for article in pair.articles}
    return joined_text(side.spans, texts[side.document]) if side.document in texts else ""
