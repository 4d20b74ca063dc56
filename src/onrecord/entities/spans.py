"""Mentions in a window, nested ones too: scores of first and last words to spans.

Shapes: W words, S width of the vectors of a span's ends, M mentions, C width of vectors
that are compared between mentions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import QUOTES, Window
from onrecord.entities.name_spans import NameSpans, certain_share, name_spans
from onrecord.entities.names import NAME_KINDS, plain_names

WIDTH_SPAN: Final = 64
WIDTH_PRODUCT: Final = 16
# Number of words in a span, from 0 for one word, in classes.
_WIDTHS: Final = np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 9, 9, 10, 10, 10, 10, 10, 11])
# Sentences up to this many words have the scores of their widths at hand.
_KNOWN_WORDS: Final = 256
_QUOTED: Final = np.array([int(quote in {"inside", "single"}) for quote in QUOTES])
N_WIDTHS: Final = int(_WIDTHS[-1]) + 1


def width_classes(n_words: int) -> NDArray[np.int64]:
    """Class of the width of each span [row, column], (W, W); 0 below the diagonal."""
    at = np.arange(n_words)
    return np.asarray(_WIDTHS[np.clip(at[None, :] - at[:, None], 0, len(_WIDTHS) - 1)])


def allowed_spans(sentence_W: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a span [row, column] runs forward and within one sentence, (W, W)."""
    at = np.arange(len(sentence_W))
    forward = at[None, :] >= at[:, None]
    return np.asarray(forward & (sentence_W[None, :] == sentence_W[:, None]))


@dataclass(frozen=True, slots=True, eq=False)
class FoundMentions:
    """Columns over mentions, in text order, longer ones first.

    Attributes:
        start_M: First code point.
        end_M: After the last.
        type_M: Index into ``TYPES``.
        kind_M: Index into ``NAME_KINDS`` of names that are chosen, -1 of all else.
        phrase_M: Whether it is a mention as a whole, not only the name inside of one.
        score_M: Probability of the span, or of the name.
        sentence_M: Number of its sentence, from 0.
        quoted_M: Whether it stands in quotation marks.
        n_sentences: Sentences in all.
        own_MC: Vectors that look for something before.
        other_MC: Vectors that are found.
        names_MK: Probability that it is a name of each of ``NAME_KINDS``; what is neither a
            phrase nor a name is there to choose from (`name_choice.py`).
    """

    start_M: NDArray[np.int64]
    end_M: NDArray[np.int64]
    type_M: NDArray[np.int64]
    kind_M: NDArray[np.int64]
    phrase_M: NDArray[np.bool_]
    score_M: NDArray[np.float32]
    sentence_M: NDArray[np.int64]
    quoted_M: NDArray[np.int64]
    own_MC: NDArray[np.float32]
    other_MC: NDArray[np.float32]
    names_MK: NDArray[np.float32]
    n_sentences: int

    def at(self, chosen: NDArray[np.bool_]) -> "FoundMentions":
        """Some of the mentions."""
        columns = {n: getattr(self, n)[chosen] for n in self.__slots__ if n != "n_sentences"}
        return FoundMentions(**columns, n_sentences=self.n_sentences)


class MentionFinder:
    """Finds names and all other mentions in what the encoder says of the words of a window."""

    def __init__(
        self,
        sizes: Mapping[str, int],
        widths: NDArray[np.float32],
        *,
        span_bias: float,
        name_steps: NDArray[np.float32] | None = None,
        threshold: float = 0.5,
    ) -> None:
        """Where each part stands.

        Args:
            sizes: Columns of each part, in the order in which the encoder gives them.
            widths: Score of each class of width.
            span_bias: Added to the score of each span.
            name_steps: Score of each step between labels of names.
            threshold: Least probability of a mention.
        """
        ends = np.cumsum(list(sizes.values())).tolist()
        self.columns = {
            name: slice(end - size, end)
            for (name, size), end in zip(sizes.items(), ends, strict=True)
        }
        self.widths = widths
        self.span_bias = span_bias
        self.name_steps = name_steps
        self.threshold = threshold

    @cached_property
    def _known_widths(self) -> NDArray[np.float32]:
        return self._widths_of(_KNOWN_WORDS)

    def part(self, parts_WC: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        """The columns of one part."""
        return parts_WC[:, self.columns[name]]

    def find(self, window: Window, parts_WC: NDArray[np.float32]) -> FoundMentions:
        """Names and mentions of the words for which this window answers."""
        return self.find_all([window], [parts_WC])[0]

    def find_all(
        self, windows: Sequence[Window], parts: Sequence[NDArray[np.float32]]
    ) -> list[FoundMentions]:
        """The same for several windows; their names are decoded together."""
        owned = [one[slice(*window.own)] for window, one in zip(windows, parts, strict=True)]
        scores = [self.part(own, "names") for own in owned]
        likely = self._likely_names(scores)
        found = []
        for window, parts_WC, own, shares in zip(windows, parts, owned, likely, strict=True):
            spans = self._spans(own, window.sentence_W[slice(*window.own)])
            for (begin, end), share_K in shares.items():
                spans.setdefault((begin, end - 1), -float(share_K.max()))
            found.append(self.columns_of(window, parts_WC, spans, shares))
        return found

    def _likely_names(self, scores: Sequence[NDArray[np.float32]]) -> list[NameSpans]:
        """The spans of several windows that may be names."""
        if self.name_steps is not None:
            return name_spans(scores, self.name_steps)
        return [
            {(begin, end): certain_share(kind) for begin, end, kind, _ in plain_names(scores_WN)}
            for scores_WN in scores
        ]

    def columns_of(
        self,
        window: Window,
        parts_WC: NDArray[np.float32],
        spans: Mapping[tuple[int, int], float],
        shares: NameSpans,
    ) -> FoundMentions:
        """Columns over spans of words.

        Args:
            window: Where the words stand.
            parts_WC: What the encoder says of them.
            spans: First and last word, to a score, below 0 if it is no phrase.
            shares: First word and word after the last, to the probability of a name of each kind.
        """
        first, after = window.own
        own = parts_WC[first:after]
        begins, lasts = np.array(list(spans), dtype=np.int64).reshape(-1, 2).T
        scores = np.array(list(spans.values()), dtype=np.float64)
        order = np.lexsort((-lasts, begins))
        begins, lasts, scores = begins[order], lasts[order], scores[order].astype(np.float32)
        names_MK = np.zeros((len(begins), len(NAME_KINDS)), dtype=np.float32)
        for m, span in enumerate(zip(begins.tolist(), (lasts + 1).tolist(), strict=True)):
            if span in shares:
                names_MK[m] = shares[span]

        def ends(name: str) -> NDArray[np.float32]:
            opens, closes = self.part(own, f"{name}_opens"), self.part(own, f"{name}_closes")
            return opens[begins] + closes[lasts]

        return FoundMentions(
            start_M=window.starts_W[first + begins],
            end_M=window.ends_W[first + lasts],
            type_M=ends("type").argmax(axis=1) if len(begins) else begins,
            kind_M=np.full(len(begins), -1, dtype=np.int64),
            phrase_M=scores > 0,
            score_M=np.abs(scores),
            sentence_M=window.sentence_W[first + begins],
            quoted_M=_QUOTED[window.quote_T[window.first_W[first + begins]]],
            own_MC=ends("own"),
            other_MC=ends("other"),
            names_MK=names_MK,
            n_sentences=int(window.sentence_W[-1]) + 1,
        )

    def _widths_of(self, n_words: int) -> NDArray[np.float32]:
        """What the width adds to the score of each span [row, column], (W, W)."""
        scores = self.widths[width_classes(n_words)] + np.float32(self.span_bias)
        scores[np.tril_indices(n_words, -1)] = -np.inf
        return scores

    def _spans(
        self, own: NDArray[np.float32], sentence_W: NDArray[np.int64]
    ) -> dict[tuple[int, int], float]:
        edges = (np.flatnonzero(np.diff(sentence_W)) + 1).tolist()
        firsts, afters = [0, *edges], [*edges, len(sentence_W)]
        scores, at = self._scores(own, list(zip(firsts, afters, strict=True)))
        least = np.float32(np.log(self.threshold / (1 - self.threshold)))
        found = np.flatnonzero(scores > least)
        number = np.searchsorted(at, found, side="right") - 1
        first = np.array(firsts)[number]
        rows, columns = np.divmod(found - at[number], np.array(afters)[number] - first)
        probable = 1 / (1 + np.exp(-scores[found]))
        ends = zip((rows + first).tolist(), (columns + first).tolist(), strict=True)
        return dict(zip(ends, probable.tolist(), strict=True))

    def _scores(
        self, own: NDArray[np.float32], sentences: Sequence[tuple[int, int]]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Scores of all spans of each sentence, row after row, and where those of each begin."""
        opens = self.part(own, "opens") / np.float32(WIDTH_SPAN**0.5)
        closes = self.part(own, "closes")
        at = np.cumsum([0, *((after - first) ** 2 for first, after in sentences)])
        scores = np.empty(at[-1], dtype=np.float32)
        # A sentence at a time: products so small are never split over threads, which would
        # cost more than they do.
        for (first, after), begin in zip(sentences, at[:-1].tolist(), strict=True):
            n = after - first
            own_scores = scores[begin : begin + n * n].reshape(n, n)
            np.matmul(opens[first:after], closes[first:after].T, out=own_scores)
            known = self._known_widths if n <= _KNOWN_WORDS else self._widths_of(n)
            # Below the diagonal nothing is above any threshold.
            own_scores += known[:n, :n]
        return scores, at[:-1]


def joined(found: Sequence[FoundMentions]) -> FoundMentions:
    """The mentions of several windows, which stand in text order."""
    before = np.cumsum([0, *(f.n_sentences for f in found)])
    columns = [name for name in FoundMentions.__slots__ if name != "n_sentences"]
    values = {name: np.concatenate([getattr(f, name) for f in found]) for name in columns}
    values["sentence_M"] = np.concatenate(
        [f.sentence_M + at for f, at in zip(found, before[:-1], strict=True)]
    )
    return FoundMentions(**values, n_sentences=int(before[-1]))
