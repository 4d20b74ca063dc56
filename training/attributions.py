"""PolNeAR's articles as windows with labels, and windows as padded batches.

Shapes: B windows, T pieces, W words, C cues.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.encode.distances import sentence_buckets, word_buckets
from onrecord.encode.labels import label
from onrecord.encode.pieces import SentencePieces, Window, cut_pieces, join_window
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences

_PARTIES = ("source", "content")


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """One article cut into paragraphs of pieces, and its gold attributions.

    ``inner`` are the cues inside of contents, ``inside`` whole attributions there, if they are
    known.
    """

    name: str
    text: str
    paragraphs: list[list[SentencePieces]]
    attributions: list[dict[str, list[tuple[int, int]]]]
    inner: list[tuple[int, int]] | None = None
    inside: list[dict[str, list[tuple[int, int]]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class LabelledWindow:
    """A window, its cues as word spans, and for each cue the labels of all words.

    ``inner_W`` is one for words of cues inside of contents, None if these are not known;
    ``inside`` are such cues with the labels of all words, for the role head alone.
    """

    window: Window
    cues: list[tuple[int, int]]
    cue_labels_W: NDArray[np.int64]
    party_labels_W: NDArray[np.int64]
    role_labels_CW: list[NDArray[np.int64]]
    inner_W: NDArray[np.int64] | None = None
    inside: list[tuple[tuple[int, int], NDArray[np.int64]]] = field(default_factory=list)


def cut_article(record: Mapping[str, Any], tokenizer: Tokenizer) -> Article:
    """An article of `train.jsonl` or `dev.jsonl`, ready to be put into windows."""
    text = record["text"]
    pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), tokenizer)
    paragraphs: list[list[SentencePieces]] = []
    for sentence in pieces:
        if sentence.starts_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    attributions, inside = (
        [
            {role: [(s, e) for s, e in a[role]] for role in ("source", "cue", "content")}
            for a in record.get(name, ())
        ]
        for name in ("attributions", "inside")
    )
    inner = [(s, e) for s, e in record["inner"]] if "inner" in record else None
    return Article(record["id"], text, paragraphs, attributions, inner, inside)


def random_windows(
    article: Article, rng: random.Random, max_pieces: int
) -> Iterator[LabelledWindow]:
    """The article cut into windows at random places between paragraphs.

    Most windows are filled; some are single paragraphs or single sentences, so that
    the heads also know short texts, such as a content read again by itself.
    """
    group: list[SentencePieces] = []
    size = 0
    limit = rng.choice((max_pieces, max_pieces, max_pieces, max_pieces // 2))
    for paragraph in article.paragraphs:
        for part in _parts(paragraph, max_pieces):
            n_pieces = sum(len(s.ids_T) for s in part)
            if group and size + n_pieces > limit:
                yield label_window(article, join_window(group))
                group, size = [], 0
                limit = rng.choice((max_pieces, max_pieces, max_pieces, max_pieces // 2))
            group.extend(part)
            size += n_pieces
            if rng.random() < 0.05:
                yield label_window(article, join_window(group))
                group, size = [], 0
    if group:
        yield label_window(article, join_window(group))


def _parts(paragraph: list[SentencePieces], max_pieces: int) -> Iterator[list[SentencePieces]]:
    part: list[SentencePieces] = []
    size = 0
    for sentence in paragraph:
        if part and size + len(sentence.ids_T) > max_pieces:
            yield part
            part, size = [], 0
        if len(sentence.ids_T) <= max_pieces:
            part.append(sentence)
            size += len(sentence.ids_T)
    if part:
        yield part


def label_window(article: Article, window: Window) -> LabelledWindow:
    """Gold labels of the words of a window; attributions with a cue elsewhere give none."""
    n_words = len(window.starts_W)
    cue_labels = np.zeros(n_words, dtype=np.int64)
    party_labels = np.zeros(n_words, dtype=np.int64)
    cues, roles = [], []
    for attribution in article.attributions:
        cue = word_spans(window, attribution["cue"])
        if not cue:
            continue
        first, after = cue[0][0], cue[-1][1]
        if cue_labels[first:after].any():
            continue
        write_span(cue_labels, 0, first, after)
        for number, role in enumerate(_PARTIES):
            for begin, end in word_spans(window, attribution[role]):
                if not party_labels[begin:end].any():
                    write_span(party_labels, number, begin, end)
        cues.append((first, after))
        roles.append(_roles(window, attribution))
    inner = None if article.inner is None else np.zeros(n_words, dtype=np.int64)
    for span in article.inner or ():
        for begin, end in word_spans(window, [span]):
            inner[begin:end] = 1
    inside = [
        ((cue[0][0], cue[-1][1]), _roles(window, attribution))
        for attribution in article.inside
        if (cue := word_spans(window, attribution["cue"]))
        and word_spans(window, attribution["content"])
    ]
    return LabelledWindow(window, cues, cue_labels, party_labels, roles, inner, inside)


def _roles(window: Window, attribution: Mapping[str, Any]) -> NDArray[np.int64]:
    """Labels of the source and the content of an attribution."""
    own = np.zeros(len(window.starts_W), dtype=np.int64)
    for number, role in enumerate(_PARTIES):
        for begin, end in word_spans(window, attribution[role]):
            write_span(own, number, begin, end)
    return own


def word_spans(window: Window, fragments: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of a window that share a character with each fragment."""
    spans = []
    for start, end in fragments:
        first = int(np.searchsorted(window.ends_W, start, side="right"))
        after = int(np.searchsorted(window.starts_W, end, side="left"))
        if first < after:
            spans.append((first, after))
    return spans


def write_span(labels_W: NDArray[np.int64], role: int, first: int, after: int) -> None:
    """Put B I … I E, or U, on the words of a span."""
    if after - first == 1:
        labels_W[first] = label(role, "U")
        return
    labels_W[first:after] = label(role, "I")
    labels_W[first] = label(role, "B")
    labels_W[after - 1] = label(role, "E")


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Padded windows with their labels, as tensors."""

    ids_BT: Tensor
    case_BT: Tensor
    quote_BT: Tensor
    place_BT: Tensor
    mask_BT: Tensor
    first_BW: Tensor
    word_mask_BW: Tensor
    cue_labels_BW: Tensor
    party_labels_BW: Tensor
    windows: list[LabelledWindow]


def make_batch(windows: list[LabelledWindow]) -> Batch:
    """Windows padded to the longest of them."""
    n_pieces = max(len(w.window.ids_T) for w in windows)
    n_words = max(len(w.window.first_W) for w in windows)

    def padded(rows: list[NDArray[np.int64]], width: int) -> Tensor:
        out = np.zeros((len(rows), width), dtype=np.int64)
        for at, row in enumerate(rows):
            out[at, : len(row)] = row
        return torch.from_numpy(out)

    ids = padded([w.window.ids_T for w in windows], n_pieces)
    lengths = torch.tensor([len(w.window.first_W) for w in windows])
    return Batch(
        ids_BT=ids,
        case_BT=padded([w.window.case_T for w in windows], n_pieces),
        quote_BT=padded([w.window.quote_T for w in windows], n_pieces),
        place_BT=padded([w.window.place_T for w in windows], n_pieces),
        mask_BT=ids > 0,
        first_BW=padded([w.window.first_W for w in windows], n_words),
        word_mask_BW=torch.arange(n_words)[None] < lengths[:, None],
        cue_labels_BW=padded([w.cue_labels_W for w in windows], n_words),
        party_labels_BW=padded([w.party_labels_W for w in windows], n_words),
        windows=windows,
    )


@dataclass(frozen=True, slots=True, eq=False)
class CueBatch:
    """What the role head takes for some cues of a batch."""

    of_window_C: Tensor
    cue_mean_CW: Tensor
    distance_CW: Tensor
    sentence_CW: Tensor
    labels_CW: Tensor


def make_cue_batch(batch: Batch, false_cues: Sequence[tuple[int, int]]) -> CueBatch:
    """All gold cues, and words that are none as (window, word): their labels are all O."""
    n_words = batch.first_BW.shape[1]
    cues = [
        (b, first, after, roles)
        for b, w in enumerate(batch.windows)
        for (first, after), roles in [*zip(w.cues, w.role_labels_CW, strict=True), *w.inside]
    ]
    cues += [(b, word, word + 1, None) for b, word in false_cues]
    means = np.zeros((len(cues), n_words), dtype=np.float32)
    distances = np.zeros((len(cues), n_words), dtype=np.int64)
    sentences = np.zeros((len(cues), n_words), dtype=np.int64)
    labels = np.zeros((len(cues), n_words), dtype=np.int64)
    for at, (b, first, after, roles) in enumerate(cues):
        own = batch.windows[b].window
        n = len(own.first_W)
        means[at, first:after] = 1 / (after - first)
        distances[at, :n] = word_buckets(first, after, n)
        sentences[at, :n] = sentence_buckets(own.sentence_W, first)
        if roles is not None:
            labels[at, :n] = roles
    return CueBatch(
        of_window_C=torch.tensor([b for b, *_ in cues], dtype=torch.long),
        cue_mean_CW=torch.from_numpy(means),
        distance_CW=torch.from_numpy(distances),
        sentence_CW=torch.from_numpy(sentences),
        labels_CW=torch.from_numpy(labels),
    )
