"""Samples of texts with marked mentions, trees and events as padded batches for the heads.

All that numpy does stands here, so that other processes can make batches ahead.

Shapes: B windows, T pieces, W words, N name labels, P pairs, M mentions, E events.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from evaluation.event_articles import AnnotatedText
from evaluation.treebanks import IGNORED
from onrecord.encode.pieces import Window
from onrecord.entities.pairs import pair_features
from onrecord.events.learned import FACTUALITIES
from onrecord.events.pair_signs import TYPES
from onrecord.records import EventType, Factuality
from training.attributions import Batch, LabelledWindow, make_batch
from training.entity_samples import Sample, word_run

# Candidates before a mention.
NEAR = 80
# Who stands to an event as what.
SIDES = ("actors", "recipients", "asserter")
# To deny is a statement in the record, and no event as in the annotations.
_DENIALS = frozenset(("deny", "denies", "denied", "denying", "denial", "denials"))
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The mentions of one sample, and what each may go back to.

    Attributes:
        window_M, first_M, last_M, type_M: Of each mention; its window in the batch.
        counts_types: Whether the types of these mentions teach.
        own_P, other_P, features_PF: Pairs, sorted by the later mention.
        row_P, column_P: Where the score of each pair stands, column 0 is for nothing before.
        good_RC: What is right for each later mention.
    """

    window_M: Tensor
    first_M: Tensor
    last_M: Tensor
    type_M: Tensor
    counts_types: bool
    own_P: Tensor
    other_P: Tensor
    features_PF: Tensor
    row_P: Tensor
    column_P: Tensor
    good_RC: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class MarkedBatch:
    """Some samples, padded.

    Attributes:
        words: The windows.
        sentence_BW: Number of the sentence of each word; below zero beyond the last.
        named: The windows in which names are marked.
        allowed_BWN: Labels that the words of these may have.
        spanned: The windows in which all mentions are marked.
        spans: Their windows, counted among these, first and last words, three of one length.
        treed: The windows with trees.
        head_BW, relation_BW, tag_BW: Labels of these; -100 for no say.
        happened_BW, sureness_BW: The same; sureness zero for no say.
        chosen: Mentions of samples.
        told: The windows with events.
        type_BW: 0 for no event, else one more than the number of its type; -100 beyond.
        event_window_E, event_word_E, factuality_E: Of events; windows counted among these.
        sides_EWK: How much of a party of each kind a word is.
    """

    words: Batch
    sentence_BW: Tensor
    named: Tensor
    allowed_BWN: Tensor
    spanned: Tensor
    spans: tuple[Tensor, Tensor, Tensor]
    treed: Tensor
    head_BW: Tensor
    relation_BW: Tensor
    tag_BW: Tensor
    happened_BW: Tensor
    sureness_BW: Tensor
    told: Tensor
    type_BW: Tensor
    event_window_E: Tensor
    event_word_E: Tensor
    factuality_E: Tensor
    sides_EWK: Tensor
    chosen: list[Chosen] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class EventLabels:
    """The events of one window: the type of each word, and for each event its parts."""

    type_W: NDArray[np.int64]
    words: list[int]
    factualities: list[int]
    sides: list[list[tuple[int, int, int]]]


def to_device(given: T, device: torch.device | str) -> T:
    """All tensors in a batch, however deep, on the device."""
    if isinstance(given, Tensor):
        return given.to(device, non_blocking=True)
    if isinstance(given, list | tuple):
        return type(given)(to_device(one, device) for one in given)
    if isinstance(given, Batch):
        values = {k: getattr(given, k) for k in Batch.__slots__}
        return Batch(
            **{k: v if k == "windows" else to_device(v, device) for k, v in values.items()}
        )
    if isinstance(given, MarkedBatch | Chosen):
        return replace(
            given, **{f.name: to_device(getattr(given, f.name), device) for f in fields(given)}
        )
    return given


def as_labelled(window: Window) -> LabelledWindow:
    """A window for `make_batch`, without statements."""
    nothing = np.zeros(len(window.starts_W), dtype=np.int64)
    return LabelledWindow(window, [], nothing, nothing, [])


def marked_batch(samples: Sequence[Sample]) -> MarkedBatch:
    """All windows of some samples, padded to the longest."""
    windows = [w for sample in samples for w in sample.windows]
    padded = make_batch([as_labelled(w) for w in windows])
    n_words = padded.first_BW.shape[1]
    sentences = _padded([w.sentence_W for w in windows], n_words, -1)
    allowed = _own(samples, "allowed")
    labels = np.ones((len(allowed), n_words, _n_labels(allowed)), dtype=bool)
    for row, (_, own) in enumerate(allowed):
        labels[row, : len(own)] = own
    spans = _own(samples, "spans")
    ends = [(row, f, a) for row, (_, own) in enumerate(spans) for f, a in own]
    trees = [(at, t) for at, t in _own(samples, "trees") if t is not None]
    said = [np.where(np.isnan(t.happened_W), 0, t.sureness_W) for _, t in trees]
    happened = [np.nan_to_num(t.happened_W) for _, t in trees]
    events = _own(samples, "events")
    told = [
        (row, *parts)
        for row, (_, own) in enumerate(events)
        for parts in zip(own.words, own.factualities, own.sides, strict=True)
    ]
    sides = np.zeros((len(told), n_words, len(SIDES)), dtype=np.float32)
    for number, (*_, own) in enumerate(told):
        for side, first, after in own:
            sides[number, first:after, side] = 1
    return MarkedBatch(
        words=replace(padded, windows=[]),
        sentence_BW=sentences,
        named=_numbers(at for at, _ in allowed),
        allowed_BWN=torch.from_numpy(labels),
        spanned=_numbers(at for at, _ in spans),
        spans=tuple(_numbers(end[n] for end in ends) for n in range(3)),
        treed=_numbers(at for at, _ in trees),
        head_BW=_padded([t.head_W for _, t in trees], n_words, IGNORED),
        relation_BW=_padded([t.relation_W for _, t in trees], n_words, IGNORED),
        tag_BW=_padded([t.tag_W for _, t in trees], n_words, IGNORED),
        happened_BW=_padded(happened, n_words, 0, np.float32),
        sureness_BW=_padded(said, n_words, 0, np.float32),
        told=_numbers(at for at, _ in events),
        type_BW=_padded([own.type_W for _, own in events], n_words, IGNORED),
        event_window_E=_numbers(one[0] for one in told),
        event_word_E=_numbers(one[1] for one in told),
        factuality_E=_numbers(one[2] for one in told),
        sides_EWK=torch.from_numpy(sides),
        chosen=list(_chosen(samples)),
    )


def _own(samples: Sequence[Sample], name: str) -> list[tuple[int, Any]]:
    """What the samples that have it say of their windows, with the number of each window."""
    found, at = [], 0
    for sample in samples:
        given = getattr(sample, name)
        if given is not None:
            found += list(enumerate(given, start=at))
        at += len(sample.windows)
    return found


def _n_labels(allowed: Sequence[tuple[int, NDArray[np.bool_]]]) -> int:
    return allowed[0][1].shape[1] if allowed else 1


def _numbers(given: Any) -> Tensor:
    return torch.tensor(list(given), dtype=torch.long)


def _padded(
    rows: Sequence[NDArray[Any]], width: int, filling: int, dtype: Any = np.int64
) -> Tensor:
    out = np.full((len(rows), width), filling, dtype=dtype)
    for at, row in enumerate(rows):
        out[at, : len(row)] = row
    return torch.from_numpy(out)


def _chosen(samples: Sequence[Sample]) -> Any:
    at = 0
    for sample in samples:
        if sample.table is not None:
            yield _chosen_of(sample, at)
        at += len(sample.windows)


def _chosen_of(sample: Sample, at: int) -> Chosen:
    own, other, rows = pairs_of(sample)
    mentions = sample.mentions
    chains = [m.chain for m in mentions]
    place = np.searchsorted(rows, own)
    first = np.searchsorted(own, rows)
    column = np.arange(len(own)) - first[place] + 1 if len(own) else own
    width = int(column.max()) + 1 if len(own) else 1
    good = np.zeros((len(rows), width), dtype=bool)
    same = [chains[a] == chains[b] for a, b in zip(own, other, strict=True)]
    good[place, column] = same
    if len(rows):
        good[:, 0] = ~good.any(1)
    return Chosen(
        window_M=_numbers(at + m.window for m in mentions),
        first_M=_numbers(m.first for m in mentions),
        last_M=_numbers(m.last for m in mentions),
        type_M=_numbers(m.type for m in mentions),
        counts_types=sample.learns is None,
        own_P=torch.from_numpy(own),
        other_P=torch.from_numpy(other),
        features_PF=torch.from_numpy(np.asarray(pair_features(sample.table, own, other))),
        row_P=torch.from_numpy(place),
        column_P=torch.from_numpy(column),
        good_RC=torch.from_numpy(good),
    )


def pairs_of(sample: Sample) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Later and earlier mention of each pair, sorted by the later, and all later ones."""
    n = len(sample.mentions)
    learners = range(1, n) if sample.learns is None else sorted(sample.learns)
    own, other = [], []
    for m in learners:
        if sample.learns is not None:
            candidates = [*range(m), *range(m + 1, n)]
            candidates = [c for c in candidates if sample.mentions[c].chain != "none"]
        else:
            candidates = list(range(max(0, m - NEAR), m))
        own += [m] * len(candidates)
        other += candidates
    rows = np.array(sorted(set(own)), dtype=np.int64)
    return np.array(own, dtype=np.int64), np.array(other, dtype=np.int64), rows


def event_labels(article: AnnotatedText, window: Window) -> EventLabels:
    """What the annotations of an article say of a window."""
    type_W = np.zeros(len(window.starts_W), dtype=np.int64)
    found = EventLabels(type_W, [], [], [])
    for event in article.events:
        words = word_run(window, *event["trigger"])
        if words is None:
            continue
        start, end = event["trigger"]
        if article.text[start:end].lower() in _DENIALS:
            continue
        type_W[words[0]] = 1 + TYPES.index(EventType(event["type"]))
        found.words.append(words[0])
        found.factualities.append(FACTUALITIES.index(Factuality(event["factuality"])))
        asserter = [event["asserter"]] if isinstance(event["asserter"], dict) else []
        given = {"actors": event["actors"], "recipients": event["recipients"], "asserter": asserter}
        found.sides.append(
            [
                (side, *run)
                for side, name in enumerate(SIDES)
                for party in given[name]
                for span in {tuple(party["span"]), tuple(party.get("name", party["span"]))}
                if (run := word_run(window, *span)) is not None
            ]
        )
    return found


def event_samples(article: AnnotatedText, windows: Sequence[Window]) -> list[Sample]:
    """A sample of each window of an annotated article."""
    return [Sample(windows=[w], events=[event_labels(article, w)]) for w in windows]


def shuffled_by_length(
    samples: list[Sample], rng: random.Random, batch_pieces: int
) -> list[list[Sample]]:
    """Samples of one window in batches of like length, longer ones by themselves."""
    single = [s for s in samples if len(s.windows) == 1]
    rng.shuffle(single)
    single.sort(key=lambda s: len(s.windows[0].ids_T) // 16)
    batches: list[list[Sample]] = []
    group: list[Sample] = []
    for sample in single:
        longest = max(len(s.windows[0].ids_T) for s in [*group, sample])
        if group and longest * (len(group) + 1) > batch_pieces:
            batches.append(group)
            group = []
        group.append(sample)
    batches += [group] if group else []
    several = [s for s in samples if len(s.windows) > 1]
    rng.shuffle(several)
    many: list[Sample] = []
    size = 0
    for sample in several:
        own = sum(len(w.ids_T) for w in sample.windows)
        if many and size + own > batch_pieces:
            batches.append(many)
            many, size = [], 0
        many, size = [*many, sample], size + own
    batches += [many] if many else []
    rng.shuffle(batches)
    return batches
