"""Which spans of a document are names, of all that may be.

The encoder's probabilities (`name_spans.py`) are of one window. Here they are weighed once more,
with what the rest of the document and a few tables say (`name_features.py`), by a logistic model
whose weights stand in `name_weights.tsv` (`training/fit_names.py`). The likeliest spans are taken
first; what shares words with one of them is none.

Shapes: M mentions, K kinds of names.
"""

import bisect
import dataclasses
import functools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.entities.name_features import FEATURES, GROUPS, Candidate, features_of, plain
from onrecord.entities.names import NAME_KINDS
from onrecord.entities.spans import FoundMentions
from onrecord.records import Kind

# Names that the encoder is so sure of are not weighed.
SURE_NAME: Final = 0.98
# Less probable names are none.
LEAST_NAME: Final = 0.5
# Scores beyond it are as good as it.
_SUREST: Final = 30.0
_KINDS_OF: Final = {
    "person": (Kind.PERSON,),
    "organization": (Kind.ORGANIZATION,),
    "place": (Kind.PLACE, Kind.FACILITY),
}
_IN_A_GROUP: Final = frozenset(kind for kinds in _KINDS_OF.values() for kind in kinds)
# Number of a candidate, its kind and how probable it is.
Weighed = tuple[int, Kind, float]


def with_chosen_names(
    text: str,
    found: FoundMentions,
    *,
    known: Callable[[str], Kind | None],
    town: Callable[[str], bool],
) -> FoundMentions:
    """The mentions of a document, with the names among them chosen; what else might be is gone.

    Args:
        text: That of the document.
        found: Its mentions.
        known: The kind of a name that is known by itself.
        town: Whether a name is that of a town.
    """
    rows = np.flatnonzero(found.names_MK.any(axis=1)).tolist()
    if not rows:
        return found
    candidates = candidates_of(found, rows)
    names = chosen(candidates, weighed(text, candidates, known=known, town=town))
    kind_M = found.kind_M.copy()
    score_M = found.score_M.copy()
    for number, kind, probability in names:
        kind_M[rows[number]] = NAME_KINDS.index(kind)
        if not found.phrase_M[rows[number]]:
            score_M[rows[number]] = probability
    made = dataclasses.replace(found, kind_M=kind_M, score_M=score_M)
    kept_M = found.phrase_M | (kind_M >= 0)
    return made if kept_M.all() else made.at(kept_M)


def candidates_of(found: FoundMentions, rows: Sequence[int]) -> list[Candidate]:
    """Some of the mentions as what may be a name."""
    at = np.array(rows, dtype=np.int64)
    columns = (found.start_M[at].tolist(), found.end_M[at].tolist(), found.names_MK[at].tolist())
    return [
        Candidate(
            start, end, {kind: own for kind, own in zip(NAME_KINDS, shares_K, strict=True) if own}
        )
        for start, end, shares_K in zip(*columns, strict=True)
    ]


def weighed(
    text: str,
    candidates: Sequence[Candidate],
    *,
    known: Callable[[str], Kind | None],
    town: Callable[[str], bool],
) -> list[Weighed]:
    """How probable it is that each candidate is a name of each kind that it may be."""
    given = list(features_of(text, candidates, known=known, town=town, sure=SURE_NAME))
    found = []
    for (number, group, _), probability in zip(given, _probabilities(given), strict=True):
        shares = candidates[number].shares
        kind = max(_KINDS_OF[group], key=lambda kind: shares.get(kind, 0.0))
        found.append((number, kind, probability))
    for number, candidate in enumerate(candidates):
        found += [
            (number, kind, share)
            for kind, share in candidate.shares.items()
            if share >= SURE_NAME or kind not in _IN_A_GROUP
        ]
    return found


def _probabilities(given: Sequence[tuple[int, str, Mapping[str, float]]]) -> list[float]:
    """How probable each name is by the features of it, which stand in one order in all."""
    if not given:
        return []
    weights = _weights_of(tuple(given[0][2]))
    features_NC = np.array([[*features.values()] for _, _, features in given], dtype=np.float64)
    weights_NC = np.stack([weights[group] for _, group, _ in given])
    scores_N = np.clip((features_NC * weights_NC).sum(axis=1), -_SUREST, _SUREST)
    probable_N: list[float] = (1 / (1 + np.exp(-scores_N))).tolist()
    return probable_N


def chosen(candidates: Sequence[Candidate], found: Sequence[Weighed]) -> list[Weighed]:
    """The likeliest of the names that share no words, of those that are likely enough."""
    kept: list[Weighed] = []
    taken: list[tuple[int, int]] = []
    for number, kind, probability in sorted(found, key=lambda own: -own[2]):
        if probability < LEAST_NAME:
            break
        own = candidates[number]
        at = bisect.bisect(taken, (own.start, own.end))
        if (at and taken[at - 1][1] > own.start) or (at < len(taken) and taken[at][0] < own.end):
            continue
        taken.insert(at, (own.start, own.end))
        kept.append((number, kind, probability))
    return kept


@functools.lru_cache(maxsize=2)
def _weights_of(names: tuple[str, ...]) -> Mapping[str, NDArray[np.float64]]:
    """The weights of some features, in their order, for each group."""
    return {group: np.array([own[name] for name in names]) for group, own in _weights().items()}


@functools.cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """The weight of each feature for each group."""
    text = (files("onrecord.entities") / "name_weights.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    given = {name: float(weight) for name, weight in rows}
    if unknown := given.keys() - set(FEATURES):
        raise ValueError(f"name_weights.tsv: no such feature: {', '.join(sorted(unknown))}")
    found = {group: defaultdict[str, float](float) for group in GROUPS}
    for group, weights in found.items():
        for feature, weight in given.items():
            if name := plain(feature, group):
                weights[name] += weight
    return found
