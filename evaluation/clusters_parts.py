"""Fits the weights of two groups as one story or two (`onrecord/stories/part_weights.tsv`).

Random documents of one gold story fall into halves that are one story; those of both
stories of a topic into halves that are two, if the halves are nearly those of gold.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from evaluation.clusters_fit import logistic
from onrecord.stories.groups import Group, halves
from onrecord.stories.parts import FEATURES, part_features
from onrecord.stories.traits import Traits

_DRAWS: Final = 12
_SIZES: Final = (4, 24)
_LEAST_RIGHT: Final = 0.8
# As in `clusters_fit`: the two stories of a topic lie years apart, those of news do not.
_SAME_TIME: Final = 0.5
_SEED: Final = 2022
Row = tuple[Mapping[str, float], bool]
_HEAD: Final = """\
# Weights of a logistic model: that two groups of documents tell two stories, see `parts.py`.
#
# Fitted on {n} pairs of groups of the train topics of ECB+ (annotations CC BY 3.0; only these
# numbers are kept) by: python -m evaluation clusters-fit.
"""


def parts_table(traits: Mapping[str, Traits], story_of: Mapping[str, str]) -> str:
    """The table of fitted weights."""
    rows = with_same_years(rows_of_halves(traits, story_of))
    weights = fit_parts(rows)
    lines = [f"{name}\t{weights[name]:.4f}\n" for name in (*FEATURES, "bias")]
    return _HEAD.format(n=len(rows)) + "".join(lines)


def rows_of_halves(traits: Mapping[str, Traits], story_of: Mapping[str, str]) -> list[Row]:
    """Features of halves, and whether they are two stories."""
    chance = random.Random(_SEED)  # noqa: S311 - a draw, no secret
    stories: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(traits):
        stories[story_of[name]].append(name)
    rows: list[Row] = []
    for story in sorted(stories):
        other = stories.get(story + "plus", [])
        for _ in range(_DRAWS):
            rows += _row(_drawn(chance, stories[story]), traits, story_of)
            if other:
                half = [_drawn(chance, names, share=2) for names in (stories[story], other)]
                rows += _row([*half[0], *half[1]], traits, story_of)
    return rows


def _drawn(chance: random.Random, names: Sequence[str], *, share: int = 1) -> list[str]:
    n = chance.randint(_SIZES[0] // share, _SIZES[1] // share)
    return chance.sample(names, min(n, len(names)))


def _row(
    names: Sequence[str], traits: Mapping[str, Traits], story_of: Mapping[str, str]
) -> Iterator[Row]:
    names = sorted(names)
    group = Group([traits[name] for name in names])
    parts = halves(group)
    if parts is None:
        return
    first = set(parts[0])
    kinds = [story_of[name] for name in names]
    is_two = len(set(kinds)) > 1
    right = np.mean([(kind == kinds[0]) == (at in first) for at, kind in enumerate(kinds)])
    if is_two and max(right, 1 - right) < _LEAST_RIGHT:
        return
    one, other = (Group([group.members[at] for at in part]) for part in parts)
    yield part_features(one, other), is_two


def with_same_years(rows: Iterable[Row]) -> list[Row]:
    """The rows, with the years of one story in many of those of two."""
    given = list(rows)
    one = [features["years"] for features, is_two in given if not is_two]
    chance = random.Random(_SEED)  # noqa: S311 - a choice, no secret
    return [
        ({**features, "years": chance.choice(one)}, is_two)
        if is_two and chance.random() < _SAME_TIME
        else (features, is_two)
        for features, is_two in given
    ]


def fit_parts(rows: Sequence[Row]) -> dict[str, float]:
    """Weights of all features and of the bias."""
    X_NF = np.array([[own[name] for name in FEATURES] + [1.0] for own, _ in rows])
    fitted = logistic(X_NF, np.array([float(is_two) for _, is_two in rows]))
    return dict(zip((*FEATURES, "bias"), fitted.tolist(), strict=True))
