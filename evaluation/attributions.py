"""Metrics of attributions: source, cue and content against gold ones.

An attribution is a triple of source, cue and content, each any number of tokens, as in
PARC and PolNeAR (Newell et al. 2018). A source may be empty. Every metric is a ratio
of sums over articles.

    span/ROLE/exact         Unit: the tokens of one role of one attribution; equal ones of
                            an article count once, as two attributions may share a source.
    span/ROLE/soft          The same units. Each earns the share of its tokens that the
                            other side has in that role (proportional overlap of
                            Johansson & Moschitti 2013).
    fragment/ROLE/exact     Unit: a run of tokens side by side in one line, which is what
    fragment/ROLE/begin     a tagger of paragraphs can express. The same tokens, or the
    fragment/ROLE/jaccard   same first token, or the mean over gold runs, and predicted
                            runs that touch none, of the best Jaccard (the exact, begin
                            and Jaccard measures of CofeNet, Wang et al. 2022).
    token/ROLE              Unit: a token with that label. PolNeAR gives a token one label
                            at most, and Newell et al. measure agreement on tokens.
    token/macro             The mean of the three F1.
    relation/exact          All three roles have the same tokens.
    relation/relaxed        One-to-one pairs whose overlap exceeds one half in each role;
                            two empty roles agree, one empty role does not.
    relation/cue+content    As relaxed, but over fewer roles: shows where the loss is.
    relation/source+content
    relation/content
    relation/relaxed/MANNER Recall over gold attributions of a manner, precision over
                            predicted ones of that manner: direct, mixed or indirect.
    source|content          Of the pairs on content alone, the share whose sources agree.

Overlap is `dice` unless another is given. Speakers, acts and chains are in `records`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from evaluation.matching import pair_in_order
from evaluation.overlaps import (
    HasRoles,
    Overlap,
    RoleTokens,
    Run,
    TokenizedText,
    Tokens,
    dice,
    run_jaccard,
)
from evaluation.scores import Counts, Score, Share, Tally, matched, scores_of
from onrecord.records import Manner

ROLES = ("cue", "content", "source")
PARTS: Mapping[str, tuple[str, ...]] = {
    "relation/relaxed": ("source", "cue", "content"),
    "relation/cue+content": ("cue", "content"),
    "relation/source+content": ("source", "content"),
    "relation/content": ("content",),
}
_ENOUGH = 0.5


def count_article(
    text: TokenizedText,
    gold: Iterable[HasRoles],
    predicted: Iterable[HasRoles],
    *,
    overlap: Overlap = dice,
) -> Tally:
    """The counts of all metrics for one article; rows without any token are left out."""
    golds = [roles for roles in map(text.roles, gold) if any(roles)]
    predictions = [roles for roles in map(text.roles, predicted) if any(roles)]
    tally: Tally = {}
    for role in ROLES:
        own = [getattr(roles, role) for roles in golds]
        found = [getattr(roles, role) for roles in predictions]
        tally |= _count_spans(role, own, found)
        tally |= _count_fragments(role, text, own, found)
    tally |= _count_relations(text, golds, predictions, overlap)
    return tally


def attribution_scores(tally: Tally) -> dict[str, Score]:
    """The scores of all metrics, with the mean over roles that no count gives by itself."""
    scores = scores_of(tally)
    values = [scores[f"token/{role}"].value for role in ROLES if f"token/{role}" in scores]
    known = [value or 0.0 for value in values]
    if len(known) == len(ROLES) and any(value is not None for value in values):
        scores["token/macro"] = Score(None, None, sum(known) / len(known), None, None)
    return scores


def pair_attributions(
    gold: Sequence[RoleTokens],
    predicted: Sequence[RoleTokens],
    *,
    parts: Sequence[str] = PARTS["relation/relaxed"],
    overlap: Overlap = dice,
) -> dict[int, int]:
    """Pairs {gold: predicted} whose overlap exceeds one half in each of some roles."""
    return pair_in_order(possible_pairs(gold, predicted, parts=parts, overlap=overlap))


def possible_pairs(
    gold: Sequence[RoleTokens],
    predicted: Sequence[RoleTokens],
    *,
    parts: Sequence[str],
    overlap: Overlap = dice,
) -> dict[tuple[int, int], float]:
    """Pairs that overlap enough, and how much they overlap over all roles together."""
    worths = {}
    for i, own in enumerate(gold):
        for j, other in enumerate(predicted):
            if any(own) and all(
                overlap(getattr(own, part), getattr(other, part)) > _ENOUGH for part in parts
            ):
                worths[i, j] = sum(overlap(a, b) for a, b in zip(own, other, strict=True))
    return worths


def count_equal(gold: Iterable[RoleTokens], predicted: Iterable[RoleTokens]) -> int:
    """Attributions that are the same on both sides, one to one."""
    return (Counter(gold) & Counter(predicted)).total()


def _count_spans(role: str, gold: Sequence[Tokens], predicted: Sequence[Tokens]) -> Tally:
    golds, predictions = set(gold) - {frozenset()}, set(predicted) - {frozenset()}
    n_gold, n_predicted = len(golds), len(predictions)
    all_gold: Tokens = frozenset().union(*golds)
    all_predicted: Tokens = frozenset().union(*predictions)
    return {
        f"span/{role}/exact": matched(
            len(golds & predictions), n_predicted=n_predicted, n_gold=n_gold
        ),
        f"span/{role}/soft": Counts(
            _covered(predictions, all_gold), n_predicted, _covered(golds, all_predicted), n_gold
        ),
        f"token/{role}": matched(
            len(all_gold & all_predicted), n_predicted=len(all_predicted), n_gold=len(all_gold)
        ),
    }


def _covered(units: Iterable[Tokens], tokens: Tokens) -> float:
    """The sum of the shares of units that lie in some tokens."""
    return sum(len(unit & tokens) / len(unit) for unit in units)


def _count_fragments(
    role: str, text: TokenizedText, gold: Iterable[Tokens], predicted: Iterable[Tokens]
) -> Tally:
    golds = {run for tokens in gold for run in text.runs(tokens)}
    predictions = {run for tokens in predicted for run in text.runs(tokens)}
    first = {run[0] for run in golds}
    first_predicted = {run[0] for run in predictions}
    return {
        f"fragment/{role}/exact": matched(
            len(golds & predictions), n_predicted=len(predictions), n_gold=len(golds)
        ),
        f"fragment/{role}/begin": matched(
            len(first & first_predicted), n_predicted=len(first_predicted), n_gold=len(first)
        ),
        f"fragment/{role}/jaccard": _mean_jaccard(golds, predictions),
    }


def _mean_jaccard(gold: set[Run], predicted: set[Run]) -> Share:
    best = [max((run_jaccard(run, other) for other in predicted), default=0.0) for run in gold]
    n_apart = sum(not any(run_jaccard(run, other) for other in gold) for run in predicted)
    return Share(sum(best), len(best) + n_apart)


def _count_relations(
    text: TokenizedText,
    gold: Sequence[RoleTokens],
    predicted: Sequence[RoleTokens],
    overlap: Overlap,
) -> Tally:
    n_gold, n_predicted = len(gold), len(predicted)
    pairs = {
        metric: pair_attributions(gold, predicted, parts=parts, overlap=overlap)
        for metric, parts in PARTS.items()
    }
    tally: Tally = {
        "relation/exact": matched(
            count_equal(gold, predicted), n_predicted=n_predicted, n_gold=n_gold
        )
    }
    for metric, found in pairs.items():
        tally[metric] = matched(len(found), n_predicted=n_predicted, n_gold=n_gold)
    tally |= _count_manners(
        [text.manner(roles.content) for roles in gold],
        [text.manner(roles.content) for roles in predicted],
        pairs["relation/relaxed"],
    )
    on_content = pairs["relation/content"]
    agreed = sum(
        overlap(gold[i].source, predicted[j].source) > _ENOUGH for i, j in on_content.items()
    )
    tally["source|content"] = Share(agreed, len(on_content))
    return tally


def _count_manners(
    gold: Sequence[Manner], predicted: Sequence[Manner], pairs: Mapping[int, int]
) -> Tally:
    return {
        f"relation/relaxed/{manner}": Counts(
            sum(predicted[j] is manner for j in pairs.values()),
            predicted.count(manner),
            sum(gold[i] is manner for i in pairs),
            gold.count(manner),
        )
        for manner in (Manner.DIRECT, Manner.MIXED, Manner.INDIRECT)
    }
