"""Treebanks' words as words of windows, and how many of them have the right head and relation.

A token of a treebank that our words cut ("U.S.") has its first word as its head; a word
that covers several tokens ("cannot") counts as the first of them. Scores leave out marks
and parts of tokens. Labelled and unlabelled attachment after Nivre and Fang 2017.

Shapes: W words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.coreference_gum import load_gum
from evaluation.entity_corpora import load_uner
from evaluation.entity_texts import MarkedCorpus, MarkedText
from evaluation.intervals import bootstrap
from evaluation.report import Report
from evaluation.scores import Share, Tally, add_tallies, scores_of
from onrecord.encode.pieces import Window, cut_pieces, make_windows
from onrecord.encode.sessions import OnnxEncoder, load_tokenizer
from onrecord.encode.weights import Weights
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from onrecord.syntax.labels import relation_number, tag_number
from onrecord.syntax.loading import tree_finder_of
from onrecord.syntax.trees import FoundTrees, TreeFinder

IGNORED = -100
WITHIN = relation_number("within")
_LEFT_OUT = (WITHIN, relation_number("punct"))
LOADERS = {"ewt": load_uner, "gum": load_gum}


@dataclass(frozen=True, slots=True, eq=False)
class TreeLabels:
    """What a treebank says of the words of one window.

    Attributes:
        head_W: The word each depends on, itself for a root; -100 for no say.
        relation_W: Number of the relation; -100 for no say.
        tag_W: Number of the part of speech; -100 for no say.
        happened_W: Whether what a word tells happened, below and above zero; NaN for no say.
        sureness_W: Of that, 0 to 1.
    """

    head_W: NDArray[np.int64]
    relation_W: NDArray[np.int64]
    tag_W: NDArray[np.int64]
    happened_W: NDArray[np.float32]
    sureness_W: NDArray[np.float32]


def tree_labels(
    text: MarkedText, window: Window, happened: Mapping[str, tuple[float, float]]
) -> TreeLabels | None:
    """Labels of the words of a window; None if the text has no trees.

    Args:
        text: With the tokens of a treebank.
        window: Some sentences of it.
        happened: Value and sureness of predicates, by the number of their token.
    """
    words = _Words(text, window)
    n = len(window.starts_W)
    head_W, relation_W, tag_W = (np.full(n, IGNORED, dtype=np.int64) for _ in range(3))
    happened_W = np.full(n, np.nan, dtype=np.float32)
    sureness_W = np.zeros(n, dtype=np.float32)
    for w in range(n):
        token = text.tokens[words.token_of[w]]
        if not words.inside[w] or not token.relation:
            continue
        tag_W[w] = tag_number(token.fine_tag)
        first = words.first_word[words.token_of[w]]
        if first != w:
            head_W[w], relation_W[w] = first, WITHIN
            continue
        relation_W[w] = relation_number(token.relation)
        head = w if token.head is None else words.word_of(token.head)
        if head is not None and window.sentence_W[head] == window.sentence_W[w]:
            # A word that covers its own head has no say.
            head_W[w] = head if head != w or token.head is None else IGNORED
        if token.number in happened:
            happened_W[w], sureness_W[w] = happened[token.number]
    if (tag_W == IGNORED).all():
        return None
    return TreeLabels(head_W, relation_W, tag_W, happened_W, sureness_W)


class _Words:
    """Which token each word of a window belongs to, and which word each token begins."""

    def __init__(self, text: MarkedText, window: Window) -> None:
        self.text, self.window = text, window
        starts = np.array([t.start for t in text.tokens])
        ends = np.array([t.end for t in text.tokens])
        token_W = np.searchsorted(ends, window.starts_W, side="right")
        token_W = np.minimum(token_W, len(text.tokens) - 1)
        inside = (starts[token_W] < window.ends_W) & (ends[token_W] > window.starts_W)
        self.token_of: list[int] = token_W.tolist()
        self.inside: list[bool] = inside.tolist()
        self.first_word: dict[int, int] = {}
        for w, token in enumerate(self.token_of):
            if self.inside[w]:
                self.first_word.setdefault(token, w)

    def word_of(self, token: int) -> int | None:
        """The word that a token begins, or stands in."""
        found = self.first_word.get(token)
        if found is not None:
            return found
        start = self.text.tokens[token].start
        at = int(np.searchsorted(self.window.ends_W, start, side="right"))
        inside = at < len(self.window.starts_W) and self.window.starts_W[at] <= start
        return at if inside else None


class TreeReader:
    """Reads texts into trees, window by window, with the sizes of some weights."""

    def __init__(self, weights: Weights) -> None:
        """Load the encoder.

        Raises:
            ValueError: The weights have no trees.
        """
        finder = tree_finder_of(weights)
        if finder is None:
            raise ValueError(f"the weights {weights.name} have no heads of trees")
        self.finder: TreeFinder = finder
        self.encoder = OnnxEncoder(weights)
        self.tokenizer = load_tokenizer(weights)
        self.max_pieces = int(weights.manifest["max_pieces"])

    def read(self, text: str) -> Iterator[tuple[Window, FoundTrees]]:
        """The windows of a text with their trees."""
        pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), self.tokenizer)
        for window in make_windows(pieces, max_pieces=self.max_pieces):
            yield window, self.finder.find(window, self.encoder.encode(window).parts_WC)


def load_treebank(folder: Path, name: str, part: str = "dev") -> MarkedCorpus:
    """EWT (`ewt`) or GUM (`gum`), with trees.

    Raises:
        FormError: A file is missing or not in its form.
    """
    return LOADERS[name](folder, part)


def trees_report(
    corpus: MarkedCorpus, reader: TreeReader, *, system: str, n_rounds: int = 0
) -> Report:
    """Shares of words; intervals are over texts."""
    tallies = [add_tallies(_count(text, reader)) for text in corpus.texts]
    return Report(
        corpus=f"{corpus.name.replace('uner_ewt', 'ewt')}/trees",
        digest=corpus.digest,
        system=system,
        n_articles=len(tallies),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds, scores=scores_of),
    )


def _count(text: MarkedText, reader: TreeReader) -> Iterator[Tally]:
    for window, found in reader.read(text.text):
        labels = tree_labels(text, window, {})
        if labels is not None:
            yield count_trees(labels, window, found)


def count_trees(labels: TreeLabels, window: Window, found: FoundTrees) -> Tally:
    """Right heads, relations and parts of speech of the words of a window."""
    first, after = window.own
    head_W, relation_W = labels.head_W[first:after], labels.relation_W[first:after]
    counted = (head_W != IGNORED) & (relation_W != IGNORED) & ~np.isin(relation_W, _LEFT_OUT)
    right_head = found.head_W + first == head_W
    right_relation = found.relation_W == relation_W
    n = float(counted.sum())

    def share(right: NDArray[np.bool_]) -> Share:
        return Share(float((right & counted).sum()), n)

    return {
        "unlabelled": share(right_head),
        "labelled": share(right_head & right_relation),
        "relation": share(right_relation),
        "tag": share(found.tag_W == labels.tag_W[first:after]),
    }
