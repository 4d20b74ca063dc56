"""A text as word pieces with features, and the windows that the encoder reads.

Pieces come sentence by sentence, so that a text of any length costs the same per
character. Not here: the forward pass (`sessions.py`).

Shapes: T pieces, W words, both of one window.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.known_words import KnownWords, PlainWords, case_of, find_plain_words
from onrecord.segment.quotations import Quotation
from onrecord.segment.sentences import Sentence

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

# Pieces of the vocabulary that are known by number: the ends of a window, and "that".
CLS, SEP, THAT = 101, 102, 2008
CASES = ("none", "lower", "title", "upper", "digit", "mark")
QUOTES = ("outside", "inside", "open", "close", "single")
PLACES = ("within", "sentence", "paragraph")
_BATCH = 256
# Halves of a pair that stand alone; the tokenizer takes UTF-8, which cannot hold them.
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, eq=False)
class SentencePieces:
    """One sentence as pieces and words.

    Attributes:
        ids_T: Vocabulary ids.
        word_of_T: For each piece, the word it belongs to, from 0.
        starts_W: Code point in the text where each word starts.
        ends_W: After its last code point.
        case_W: Index into ``CASES``.
        quote_W: Index into ``QUOTES``.
        starts_paragraph: As the sentence has it.
    """

    ids_T: NDArray[np.int64]
    word_of_T: NDArray[np.int64]
    starts_W: NDArray[np.int64]
    ends_W: NDArray[np.int64]
    case_W: NDArray[np.int64]
    quote_W: NDArray[np.int64]
    starts_paragraph: bool


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """What the encoder reads at once: whole sentences between [CLS] and [SEP].

    Attributes:
        ids_T: Vocabulary ids with the two special pieces.
        case_T: Index into ``CASES`` for each piece.
        quote_T: Index into ``QUOTES``.
        place_T: Index into ``PLACES``.
        first_W: The first piece of each word.
        starts_W: Code point in the text where each word starts.
        ends_W: After its last code point.
        sentence_W: Number of the sentence of each word, from 0 in the window.
        own: First and last-plus-one word for which this window answers; the rest
            is context that another window answers for.
        outer_W: The place of each word in the window that it was taken out of, if it was.
    """

    ids_T: NDArray[np.int64]
    case_T: NDArray[np.int64]
    quote_T: NDArray[np.int64]
    place_T: NDArray[np.int64]
    first_W: NDArray[np.int64]
    starts_W: NDArray[np.int64]
    ends_W: NDArray[np.int64]
    sentence_W: NDArray[np.int64]
    own: tuple[int, int]
    outer_W: NDArray[np.int64] | None = None


def quote_states(text: str, quotations: Sequence[Quotation]) -> NDArray[np.uint8]:
    """For each code point, an index into ``QUOTES``."""
    states = np.zeros(len(text), dtype=np.uint8)
    for q in quotations:
        if q.is_single:
            inside = states[q.start : q.end]
            inside[inside == 0] = QUOTES.index("single")
            continue
        states[q.start : q.end] = QUOTES.index("inside")
        states[q.start : q.inner_start] = QUOTES.index("open")
        if q.is_closed:
            states[q.inner_end : q.end] = QUOTES.index("close")
    return states


def cut_pieces(
    text: str,
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
    words: "Tokenizer | KnownWords",
) -> Iterator[SentencePieces]:
    """Each sentence as pieces; a sentence without any (marks only) has none.

    Args:
        text: All of the text.
        sentences: Its sentences.
        quotations: Its quotations.
        words: The tokenizer, or words that it has cut before.
    """
    known = words if isinstance(words, KnownWords) else KnownWords(words)
    states = quote_states(text, quotations)
    for at in range(0, len(sentences), _BATCH):
        batch = sentences[at : at + _BATCH]
        plain = [find_plain_words(text, s.start, s.end) for s in batch]
        odd = [s for s, found in zip(batch, plain, strict=True) if found is None]
        of_plain = _plain_pieces(batch, plain, known, states)
        of_odd = _odd_pieces(text, odd, known.tokenizer, states)
        for found in plain:
            pieces = next(of_odd if found is None else of_plain)
            if len(pieces.ids_T):
                yield pieces


def _plain_pieces(
    sentences: Sequence[Sentence],
    plain: Sequence[PlainWords | None],
    known: KnownWords,
    states: NDArray[np.uint8],
) -> Iterator[SentencePieces]:
    """Plain sentences, all of them cut at once."""
    given = [(s, found) for s, found in zip(sentences, plain, strict=True) if found is not None]
    words = [word for _, (own, _) in given for word in own]
    n_words = len(words)
    pieces = known.pieces_of(words)
    ids_of, cases = zip(*pieces, strict=True) if pieces else ((), ())
    starts = itertools.chain.from_iterable(own for _, (_, own) in given)
    starts_W = np.fromiter(starts, np.int64, n_words)
    ends_W = starts_W + np.fromiter(map(len, words), np.int64, n_words)
    case_W = np.array(cases, dtype=np.int64)
    quote_W = states[starts_W].astype(np.int64)
    n_pieces_W = np.fromiter(map(len, ids_of), np.int64, n_words)
    first_W = np.concatenate([[0], np.cumsum(n_pieces_W)])
    ids_T = np.fromiter(itertools.chain.from_iterable(ids_of), np.int64, first_W[-1])
    word_of_T = np.repeat(np.arange(n_words), n_pieces_W)
    first = 0
    for sentence, (own, _) in given:
        after = first + len(own)
        in_words, in_pieces = slice(first, after), slice(first_W[first], first_W[after])
        yield SentencePieces(
            ids_T=ids_T[in_pieces],
            word_of_T=word_of_T[in_pieces] - first,
            starts_W=starts_W[in_words],
            ends_W=ends_W[in_words],
            case_W=case_W[in_words],
            quote_W=quote_W[in_words],
            starts_paragraph=sentence.starts_paragraph,
        )
        first = after


def _odd_pieces(
    text: str, sentences: Sequence[Sentence], tokenizer: "Tokenizer", states: NDArray[np.uint8]
) -> Iterator[SentencePieces]:
    """Sentences with characters that only the tokenizer knows about."""
    words = [_SURROGATE.sub("\ufffd", text[s.start : s.end]) for s in sentences]
    encodings = tokenizer.encode_batch(words, add_special_tokens=False) if words else []
    for sentence, encoding in zip(sentences, encodings, strict=True):
        yield _sentence_pieces(text, sentence, encoding, states)


def _sentence_pieces(
    text: str, sentence: Sentence, encoding: "Encoding", states: NDArray[np.uint8]
) -> SentencePieces:
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2) + sentence.start
    word_ids = np.array(encoding.word_ids, dtype=np.int64)
    is_first = np.ones(len(word_ids), dtype=bool)
    is_first[1:] = word_ids[1:] != word_ids[:-1]
    firsts = np.flatnonzero(is_first)
    starts = offsets[firsts, 0]
    ends = offsets[np.append(firsts, len(word_ids))[1:] - 1, 1]
    case = [case_of(text[s:e]) for s, e in zip(starts.tolist(), ends.tolist(), strict=True)]
    return SentencePieces(
        ids_T=np.array(encoding.ids, dtype=np.int64),
        word_of_T=np.cumsum(is_first) - 1,
        starts_W=starts,
        ends_W=ends,
        case_W=np.array(case, dtype=np.int64),
        quote_W=states[starts].astype(np.int64),
        starts_paragraph=sentence.starts_paragraph,
    )


def make_windows(
    sentences: Iterable[SentencePieces], *, max_pieces: int, context_pieces: int = 0
) -> Iterator[Window]:
    """Windows over the sentences, whole paragraphs where they fit.

    Args:
        sentences: In text order.
        max_pieces: Most pieces in a window, the special ones not counted.
        context_pieces: Pieces of sentences before the window that are read with it
            when a paragraph had to be cut.

    Yields:
        Windows whose own words cover every word once, in order.
    """
    group: list[SentencePieces] = []
    size = 0
    for paragraph in _paragraphs(sentences, max_pieces):
        n_pieces = sum(len(s.ids_T) for s in paragraph)
        if group and size + n_pieces > max_pieces:
            yield join_window(group)
            group, size = [], 0
        if n_pieces <= max_pieces:
            group.extend(paragraph)
            size += n_pieces
            continue
        yield from _cut_paragraph(paragraph, max_pieces, context_pieces)
    if group:
        yield join_window(group)


def _paragraphs(
    sentences: Iterable[SentencePieces], max_pieces: int
) -> Iterator[list[SentencePieces]]:
    paragraph: list[SentencePieces] = []
    for sentence in sentences:
        if sentence.starts_paragraph and paragraph:
            yield paragraph
            paragraph = []
        paragraph.extend(_cut_sentence(sentence, max_pieces))
    if paragraph:
        yield paragraph


def _cut_paragraph(
    paragraph: list[SentencePieces], max_pieces: int, context_pieces: int
) -> Iterator[Window]:
    group: list[SentencePieces] = []
    n_context = size = 0
    for sentence in paragraph:
        n_pieces = len(sentence.ids_T)
        if len(group) > n_context and size + n_pieces > max_pieces:
            yield join_window(group, n_context)
            group = _last_sentences(group, min(context_pieces, max_pieces - n_pieces))
            n_context, size = len(group), sum(len(s.ids_T) for s in group)
        group.append(sentence)
        size += n_pieces
    yield join_window(group, n_context)


def _last_sentences(group: list[SentencePieces], n_pieces: int) -> list[SentencePieces]:
    kept: list[SentencePieces] = []
    for sentence in reversed(group):
        n_pieces -= len(sentence.ids_T)
        if n_pieces < 0:
            break
        kept.insert(0, sentence)
    return kept


def _cut_sentence(sentence: SentencePieces, max_pieces: int) -> list[SentencePieces]:
    """The sentence, in several parts when it alone is too long for a window."""
    if len(sentence.ids_T) <= max_pieces:
        return [sentence]
    parts = []
    first_piece = np.searchsorted(sentence.word_of_T, np.arange(len(sentence.starts_W) + 1))
    word = 0
    while word < len(sentence.starts_W):
        limit = first_piece[word] + max_pieces
        after = max(word + 1, int(np.searchsorted(first_piece, limit, side="right")) - 1)
        pieces = slice(first_piece[word], min(first_piece[after], limit))
        words = slice(word, after)
        parts.append(
            SentencePieces(
                ids_T=sentence.ids_T[pieces],
                word_of_T=sentence.word_of_T[pieces] - word,
                starts_W=sentence.starts_W[words],
                ends_W=sentence.ends_W[words],
                case_W=sentence.case_W[words],
                quote_W=sentence.quote_W[words],
                starts_paragraph=sentence.starts_paragraph and word == 0,
            )
        )
        word = after
    return parts


def join_window(sentences: Sequence[SentencePieces], n_context: int = 0) -> Window:
    """One window of these sentences, the first ``n_context`` of which are context."""
    n_words = [len(s.starts_W) for s in sentences]
    offsets = np.cumsum([0, *n_words])
    word_of_T = np.concatenate(
        [s.word_of_T + at for s, at in zip(sentences, offsets[:-1], strict=True)]
    )
    starts_word = np.ones(len(word_of_T), dtype=bool)
    starts_word[1:] = word_of_T[1:] != word_of_T[:-1]
    first_W = np.flatnonzero(starts_word) + 1
    place_T = np.zeros(len(word_of_T) + 2, dtype=np.int64)
    place_T[first_W[offsets[:-1]]] = [2 if s.starts_paragraph else 1 for s in sentences]
    return Window(
        ids_T=_between(CLS, np.concatenate([s.ids_T for s in sentences]), SEP),
        case_T=_between(0, np.concatenate([s.case_W for s in sentences])[word_of_T], 0),
        quote_T=_between(0, np.concatenate([s.quote_W for s in sentences])[word_of_T], 0),
        place_T=place_T,
        first_W=first_W,
        starts_W=np.concatenate([s.starts_W for s in sentences]),
        ends_W=np.concatenate([s.ends_W for s in sentences]),
        sentence_W=np.repeat(np.arange(len(sentences)), n_words),
        own=(int(offsets[n_context]), int(offsets[-1])),
    )


def _between(first: int, inner: NDArray[np.int64], last: int) -> NDArray[np.int64]:
    """A copy with one value before it and one behind it."""
    out = np.empty(len(inner) + 2, dtype=np.int64)
    out[0], out[1:-1], out[-1] = first, inner, last
    return out


def sub_window(window: Window, words: Sequence[tuple[int, int]], *, unquote: bool) -> Window:
    """Some words of a window as a window of its own, as if nothing else had been written.

    Args:
        window: Where the words are.
        words: Runs of words, [first, after), in text order.
        unquote: Whether the quotation marks around them are forgotten.
    """
    first_W, ends_W = window.first_W, np.append(window.first_W[1:], len(window.ids_T) - 1)
    chosen, pieces = _joined(words), _joined([(first_W[a], ends_W[b - 1]) for a, b in words])
    n_pieces = ends_W[chosen] - first_W[chosen]
    place_T = _between(0, window.place_T[pieces], 0)
    place_T[1] = PLACES.index("paragraph")
    quote_T = _between(0, 0 * window.quote_T[pieces] if unquote else window.quote_T[pieces], 0)
    sentence_W = window.sentence_W[chosen]
    outer_W = np.arange(len(first_W)) if window.outer_W is None else window.outer_W
    return Window(
        ids_T=_between(CLS, window.ids_T[pieces], SEP),
        case_T=_between(0, window.case_T[pieces], 0),
        quote_T=quote_T,
        place_T=place_T,
        first_W=np.cumsum(n_pieces) - n_pieces + 1,
        starts_W=window.starts_W[chosen],
        ends_W=window.ends_W[chosen],
        sentence_W=sentence_W - sentence_W[0],
        own=(0, len(n_pieces)),
        outer_W=outer_W[chosen],
    )


def _joined(runs: Sequence[tuple[int, int]]) -> slice | NDArray[np.int64]:
    """Index of all places in some runs, [first, after)."""
    if len(runs) == 1:
        return slice(*runs[0])
    return np.concatenate([np.arange(first, after) for first, after in runs])


def join_windows(windows: Sequence[Window]) -> Window:
    """Some windows one after the other in one, each beginning a paragraph of its own."""
    if len(windows) == 1:
        return windows[0]
    n_words = [len(w.first_W) for w in windows]
    n_pieces = [len(w.ids_T) - 2 for w in windows]
    at_T = np.cumsum([0, *n_pieces[:-1]])
    n_sentences = [int(w.sentence_W[-1]) + 1 for w in windows]
    at_S = np.cumsum([0, *n_sentences[:-1]])
    outer = [w.outer_W for w in windows if w.outer_W is not None]

    def inner(name: str, first: int, last: int) -> NDArray[np.int64]:
        return _between(first, np.concatenate([getattr(w, name)[1:-1] for w in windows]), last)

    return Window(
        ids_T=inner("ids_T", CLS, SEP),
        case_T=inner("case_T", 0, 0),
        quote_T=inner("quote_T", 0, 0),
        place_T=inner("place_T", 0, 0),
        first_W=np.concatenate([w.first_W + at for w, at in zip(windows, at_T, strict=True)]),
        starts_W=np.concatenate([w.starts_W for w in windows]),
        ends_W=np.concatenate([w.ends_W for w in windows]),
        sentence_W=np.concatenate([w.sentence_W + at for w, at in zip(windows, at_S, strict=True)]),
        own=(0, sum(n_words)),
        outer_W=np.concatenate(outer) if len(outer) == len(windows) else None,
    )
