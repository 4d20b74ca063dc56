"""Metrics of coreference: clusters of mentions against gold ones.

A cluster is the set of spans that mention one thing; a mention is its exact span, and
one that the other side lacks is wrong or missing there. Each metric is a ratio of sums
over texts, as in the reference scorer of the CoNLL tasks (Pradhan et al. 2014).

    all/mentions        Mentions with the same span.
    all/muc             Links (Vilain et al. 1995).
    all/b3              Mentions, each by how alike its two clusters are (Bagga & Baldwin
                        1998).
    all/ceaf_e          Clusters, paired one to one for the greatest sum of their
                        likeness phi_4, which is Dice (Luo 2005).
    all/conll           Mean of the F1 of the last three; one that there is nothing to
                        score for is 0 in it.
    chains/...          The same without the clusters of one mention, on either side, as
                        OntoNotes has them.
    heads/...           All of these with the head word of a mention in place of its span,
                        so that where a description ends does not matter; only where
                        gold has trees.
    pronouns/right      Of gold pronouns whose chain has a mention that is none, those
                        whose cluster has such a mention of the same chain.
    pronouns/unlinked   Of the same pronouns, those with no other mention in their cluster.
"""

import bisect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from evaluation.coreference_assignment import best_assignment
from evaluation.entity_texts import Form, MarkedText, Stretch
from evaluation.scores import Counts, Score, Share, Tally, matched, scores_of

Cluster = frozenset[Stretch]
_AVERAGED = ("muc", "b3", "ceaf_e")
# The least mentions of a cluster.
_SETS = {"all": 1, "chains": 2}
# Gold cluster and predicted cluster: how many mentions they share.
Shared = Mapping[tuple[int, int], int]


def as_clusters(given: Iterable[Iterable[Stretch]]) -> list[Cluster]:
    """Clusters without empty ones; a mention of several clusters stays in the first.

    A mention can be of one thing only, and a metric that counts it twice can exceed 1.
    """
    seen: set[Stretch] = set()
    clusters = []
    for mentions in given:
        own = frozenset(mentions) - seen
        seen |= own
        if own:
            clusters.append(own)
    return clusters


def count_text(text: MarkedText, predicted: Sequence[Sequence[Stretch]]) -> Tally:
    """The counts of all metrics for one text."""
    gold = text.chains()
    tally = count_coreference(gold, predicted)
    if any(token.tag for token in text.tokens):
        heads = Heads(text)
        by_heads = count_coreference(heads.of_clusters(gold), heads.of_clusters(predicted))
        tally |= {f"heads/{metric}": counts for metric, counts in by_heads.items()}
    return tally | count_pronouns(text, predicted)


def count_coreference(
    gold: Iterable[Iterable[Stretch]], predicted: Iterable[Iterable[Stretch]]
) -> Tally:
    """The counts of the metrics of spans for one text."""
    golds, predictions = as_clusters(gold), as_clusters(predicted)
    tally: Tally = {}
    for name, least in _SETS.items():
        own, other = ([c for c in side if len(c) >= least] for side in (golds, predictions))
        tally |= {f"{name}/{metric}": counts for metric, counts in _count(own, other).items()}
    return tally


def count_pronouns(text: MarkedText, predicted: Iterable[Iterable[Stretch]]) -> Tally:
    """Where the pronouns of a text are led to."""
    cluster_of = {mention: own for own in as_clusters(predicted) for mention in own}
    meant: dict[str | None, set[Stretch]] = {}
    for mention in text.mentions:
        if mention.form is not Form.PRONOUN:
            meant.setdefault(mention.chain, set()).add(mention.span)
    asked = [
        (meant[mention.chain], cluster_of.get(mention.span, frozenset()) - {mention.span})
        for mention in text.mentions
        if mention.form is Form.PRONOUN and mention.chain in meant
    ]
    n_right = sum(not others.isdisjoint(spans) for spans, others in asked)
    return {
        "pronouns/right": Share(n_right, len(asked)),
        "pronouns/unlinked": Share(sum(not others for _, others in asked), len(asked)),
    }


class Heads:
    """The head words of spans of one text with trees."""

    def __init__(self, text: MarkedText) -> None:
        self._tokens = text.tokens
        self._starts = [token.start for token in text.tokens]

    def of_clusters(self, clusters: Iterable[Iterable[Stretch]]) -> list[list[Stretch]]:
        """Clusters of head words."""
        return [[self.of(span) for span in own] for own in clusters]

    def of(self, span: Stretch) -> Stretch:
        """The first word in a span that depends on none of its words; else the span."""
        first = bisect.bisect_left(self._starts, span[0])
        after = bisect.bisect_left(self._starts, span[1])
        for token in self._tokens[first:after]:
            is_outside = token.head is None or not first <= token.head < after
            if is_outside and token.tag != "PUNCT":
                return token.start, token.end
        return span


def coreference_scores(tally: Tally) -> dict[str, Score]:
    """The scores of all metrics, with the means that no count gives by itself."""
    scores = scores_of(tally)
    for name in [key.removesuffix("/muc") for key in tally if key.endswith("/muc")]:
        known = [scores[f"{name}/{metric}"].value for metric in _AVERAGED]
        if any(value is not None for value in known):
            value = sum(value or 0.0 for value in known) / len(known)
            # As many cases as there are mentions.
            scores[f"{name}/conll"] = Score(None, None, value, None, scores[f"{name}/mentions"].n)
    return scores


def _count(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Mapping[str, Counts]:
    shared = _shared(gold, predicted)
    all_gold = {mention for own in gold for mention in own}
    all_predicted = {mention for own in predicted for mention in own}
    return {
        "mentions": matched(
            len(all_gold & all_predicted), n_predicted=len(all_predicted), n_gold=len(all_gold)
        ),
        "muc": _muc(gold, predicted, shared),
        "b3": _b_cubed(gold, predicted, shared),
        "ceaf_e": _ceaf_e(gold, predicted, shared),
    }


def _shared(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Shared:
    """How many mentions a gold cluster and a predicted one have in common, if any."""
    home = {mention: number for number, own in enumerate(gold) for mention in own}
    shared: Counter[tuple[int, int]] = Counter()
    for other, own in enumerate(predicted):
        for mention in own:
            if mention in home:
                shared[home[mention], other] += 1
    return shared


def _muc(gold: Sequence[Cluster], predicted: Sequence[Cluster], shared: Shared) -> Counts:
    """Links: a cluster of n mentions has n - 1, less one for each part it falls into beyond 1.

    A cluster falls into the parts that it shares with clusters of the other side, and
    into single mentions that the other side lacks.
    """
    links = [0, 0]
    for side, clusters in enumerate((predicted, gold)):
        n_shared, n_parts = [0] * len(clusters), [0] * len(clusters)
        for (own, other), n in shared.items():
            number = own if side else other
            n_shared[number] += n
            n_parts[number] += 1
        links[side] = sum(n - parts for n, parts in zip(n_shared, n_parts, strict=True))
    possible = [sum(len(own) - 1 for own in side) for side in (predicted, gold)]
    return Counts(links[0], possible[0], links[1], possible[1])


def _b_cubed(gold: Sequence[Cluster], predicted: Sequence[Cluster], shared: Shared) -> Counts:
    return Counts(
        sum(n * n / len(predicted[j]) for (_, j), n in shared.items()),
        sum(map(len, predicted)),
        sum(n * n / len(gold[i]) for (i, _), n in shared.items()),
        sum(map(len, gold)),
    )


def _ceaf_e(gold: Sequence[Cluster], predicted: Sequence[Cluster], shared: Shared) -> Counts:
    likeness = {(i, j): 2 * n / (len(gold[i]) + len(predicted[j])) for (i, j), n in shared.items()}
    total = sum(likeness[pair] for pair in best_assignment(likeness))
    return matched(total, n_predicted=len(predicted), n_gold=len(gold))
