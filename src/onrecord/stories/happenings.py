"""Which mentions of events, in one document or several of one story, are one happening.

A small logistic model gives each pair of mentions a probability; mentions are then joined,
the likeliest first, by the mean over their pairs. Pure: no store.

Shapes: N mentions, M other mentions, F features.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.vectors import cosines
from onrecord.stories.event_traits import EventTraits
from onrecord.stories.models import weights_in

Floats = NDArray[np.float64]
FEATURES: Final = (
    "same_head",
    "no_vector",
    "same_head_no_vector",
    "word_cosine",
    "same_head_context",
    "context_cosine",
    "shared_near",
    "same_head_near",
    "shared_words",
    "shared_arguments",
    "other_arguments",
    "same_place",
    "other_place",
    "same_day",
    "other_day",
    "same_type",
    "other_type",
    "same_document",
)
# Tuned on the train topics of ECB+.
LEAST: Final = 0.33


def pair_features(
    mentions: Sequence[EventTraits],
    others: Sequence[EventTraits],
    documents: Sequence[int],
    other_documents: Sequence[int],
) -> NDArray[np.float64]:
    """The features of each mention beside each other one, (N, M, F).

    Args:
        mentions: Some mentions.
        others: Other mentions, or the same.
        documents: The document of each mention.
        other_documents: And of each other one.
    """
    same_head = _equal([own.head for own in mentions], [own.head for own in others])
    context = _vector_cosines([m.context_D for m in mentions], [m.context_D for m in others])
    near = _overlap([m.near_W for m in mentions], [m.near_W for m in others])
    words = _overlap([m.words_W for m in mentions], [m.words_W for m in others])
    arguments = _overlap([m.arguments_A for m in mentions], [m.arguments_A for m in others])
    places = _overlap([m.places for m in mentions], [m.places for m in others])
    days = _overlap([m.days for m in mentions], [m.days for m in others])
    vectors = [len(m.vector_D) for m in mentions], [len(m.vector_D) for m in others]
    no_vector = 1 - _both(*vectors)
    types = [own.type for own in mentions], [own.type for own in others]
    same_type = _equal(*types) * _both(*types)
    columns = {
        "same_head": same_head,
        "no_vector": no_vector,
        "same_head_no_vector": same_head * no_vector,
        "word_cosine": _vector_cosines(
            [m.vector_D for m in mentions], [m.vector_D for m in others]
        ),
        "same_head_context": same_head * (context + words),
        "context_cosine": context,
        "shared_near": near,
        "same_head_near": same_head * near,
        "shared_words": words,
        "shared_arguments": arguments,
        "other_arguments": _differs(
            arguments, [m.arguments_A for m in mentions], [m.arguments_A for m in others]
        ),
        "same_place": np.minimum(places, 1),
        "other_place": _differs(places, [m.places for m in mentions], [m.places for m in others]),
        "same_day": np.minimum(days, 1),
        "other_day": _differs(days, [m.days for m in mentions], [m.days for m in others]),
        "same_type": same_type,
        "other_type": _both(*types) - same_type,
        "same_document": _equal(documents, other_documents),
    }
    return np.stack([columns[name] for name in FEATURES], axis=-1)


def probabilities(
    features_NMF: NDArray[np.float64], weights: Mapping[str, float] | None = None
) -> Floats:
    """The probability of each pair that it is one happening, (N, M)."""
    weights = weights or fitted_weights()
    weights_F = np.array([weights[name] for name in FEATURES])
    scores = features_NMF @ weights_F + weights["bias"]
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))))


def join(chances_NN: Floats, *, least: float = LEAST) -> list[int]:
    """Mentions joined as long as two sets have a mean probability of this at least.

    Returns:
        For each mention the place of the first mention of its happening.

    After: Sokal & Michener 1958 (average linkage).
    """
    near = np.array(chances_NN, dtype=np.float64)
    np.fill_diagonal(near, -np.inf)
    homes = list(range(len(near)))
    sizes = np.ones(len(near))
    while len(near):
        at = int(near.argmax())
        first, second = sorted(divmod(at, len(near)))
        if near[first, second] < least:
            break
        joined = (near[first] * sizes[first] + near[second] * sizes[second]) / (
            sizes[first] + sizes[second]
        )
        near[first] = near[:, first] = joined
        near[first, first] = -np.inf
        near[second] = near[:, second] = -np.inf
        sizes[first] += sizes[second]
        homes = [first if home == second else home for home in homes]
    return homes


def place(chances_NM: Floats, homes: Sequence[str], *, least: float = LEAST) -> list[str | None]:
    """For each new mention the happening of older ones that it belongs to; None if none.

    Args:
        chances_NM: The probability of each new mention beside each older one.
        homes: The happening of each older one.
        least: The least mean probability.
    """
    names = sorted(set(homes))
    if not names:
        return [None] * len(chances_NM)
    member_MK = np.array([[home == name for name in names] for home in homes], dtype=np.float64)
    means_NK = chances_NM @ member_MK / member_MK.sum(axis=0)
    best_N = means_NK.argmax(axis=1)
    return [
        names[best] if means_NK[row, best] >= least else None for row, best in enumerate(best_N)
    ]


def fitted_weights() -> Mapping[str, float]:
    """The weights of the package by feature."""
    return weights_in("happening_weights")


def _equal(own: Sequence[int], other: Sequence[int]) -> Floats:
    return np.asarray(np.equal.outer(np.array(own), np.array(other)), dtype=np.float64)


def _both(own: Sequence[int], other: Sequence[int]) -> Floats:
    known = [np.array(side, dtype=np.int64) != 0 for side in (own, other)]
    return np.asarray(np.logical_and.outer(*known), dtype=np.float64)


def _vector_cosines(own: Sequence[NDArray[np.int8]], other: Sequence[NDArray[np.int8]]) -> Floats:
    """Cosines of vectors; 0 where one of the two has none."""
    size = max((len(vector) for vector in (*own, *other)), default=0)
    if not size or not own or not other:
        return np.zeros((len(own), len(other)))
    nothing = np.zeros(size, dtype=np.int8)
    rows, columns = (
        np.stack([vector if len(vector) == size else nothing for vector in side])
        for side in (own, other)
    )
    return cosines(rows, columns).astype(np.float64)


def _overlap(own: Sequence[NDArray[np.uint32]], other: Sequence[NDArray[np.uint32]]) -> Floats:
    """Shared numbers of each pair of lists, as a share of their mean length (Dice)."""
    known = np.unique(np.concatenate([np.zeros(0, dtype=np.uint32), *own, *other]))
    rows, columns = (_marks(side, known) for side in (own, other))
    lengths = rows.sum(axis=1)[:, None] + columns.sum(axis=1)[None, :]
    return np.asarray(2 * (rows @ columns.T) / np.where(lengths > 0, lengths, 1))


def _marks(lists: Sequence[NDArray[np.uint32]], known: NDArray[np.uint32]) -> Floats:
    marks = np.zeros((len(lists), len(known)))
    if len(known) and lists:
        rows = np.repeat(np.arange(len(lists)), [len(numbers) for numbers in lists])
        marks[rows, known.searchsorted(np.concatenate(lists))] = 1
    return marks


def _differs(
    shared: Floats, own: Sequence[NDArray[np.uint32]], other: Sequence[NDArray[np.uint32]]
) -> Floats:
    """Where both have some and share none."""
    both = _both([len(numbers) for numbers in own], [len(numbers) for numbers in other])
    return np.where(shared == 0, both, 0.0)
