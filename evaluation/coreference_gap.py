"""The metrics of GAP: which of two names a pronoun means (Webster et al. 2018).

Each item asks twice, once for each name, whether the pronoun means it.

    gap/overall     Precision, recall and F1 of all that is answered with yes.
    gap/masculine   The same for he, him, his.
    gap/feminine    The same for she, her, hers.
    gap/bias        Feminine by masculine F1: 1 where both are read equally well.

A system that gives clusters says yes when the cluster of the pronoun has a mention that
is the name. A longer mention is the name when the name is its head (`is_mention_of`).
"""

import re

from evaluation.coreference_corpora import GapItem
from evaluation.entity_readings import Clusters
from evaluation.entity_texts import Stretch
from evaluation.scores import Score, Tally, matched, scores_of

# Titles and determiners: "the former Governor", not "the son of".
_BEFORE_NAME = re.compile(r"(?:(?:the|a|an|his|her|their|former|[A-Z][\w.-]*),?\s+)*")
_OF_OTHER = re.compile(r"['’]s?(?=\s+\w)|\s+(?:and|or|&)\s")


def is_mention_of(mention: Stretch, name: Stretch, text: str) -> bool:
    """Whether a mention is the name, or a part of it, or the name with words about it.

    Without trees the head of a longer mention is guessed: the name is it when only
    titles and determiners stand before it, and neither another owner's noun nor an
    "and" stands after it.

    >>> text = "Minister Ada Vale, whom Jo Holt's sister knew"
    >>> is_mention_of((0, 45), (9, 17), text), is_mention_of((24, 40), (24, 31), text)
    (True, False)
    """
    if mention[0] >= name[1] or mention[1] <= name[0]:
        return False
    if name[0] <= mention[0] and mention[1] <= name[1]:
        return True
    if mention[0] > name[0] or mention[1] < name[1]:
        return True  # they cross: the ends of a name are read differently
    before, after = text[mention[0] : name[0]], text[name[1] : mention[1]]
    return bool(_BEFORE_NAME.fullmatch(before)) and not _OF_OTHER.match(after)


def answers(item: GapItem, clusters: Clusters) -> tuple[bool, bool]:
    """Whether clusters say that the pronoun means the first name, and the second.

    Of a pronoun in several clusters all are asked.
    """
    others = [mention for own in clusters if item.pronoun in own for mention in own]
    others = [mention for mention in others if mention != item.pronoun]
    is_a, is_b = (
        any(is_mention_of(mention, name, item.text) for mention in others)
        for name in (item.a, item.b)
    )
    return is_a, is_b


def count_item(item: GapItem, answered: tuple[bool, bool]) -> Tally:
    """The counts of one item."""
    pairs = list(zip((item.is_a, item.is_b), answered, strict=True))
    counts = matched(
        sum(own and other for own, other in pairs),
        n_predicted=sum(other for _, other in pairs),
        n_gold=sum(own for own, _ in pairs),
    )
    gender = "feminine" if item.is_feminine else "masculine"
    return {"gap/overall": counts, f"gap/{gender}": counts}


def gap_scores(tally: Tally) -> dict[str, Score]:
    """The scores of all metrics, with the bias, which is no fraction."""
    scores = scores_of(tally)
    feminine, masculine = (
        scores[name].value if (name := f"gap/{gender}") in scores else None
        for gender in ("feminine", "masculine")
    )
    if feminine and masculine:
        scores["gap/bias"] = Score(None, None, feminine / masculine, None, None)
    return scores
