"""Texts with marked mentions as windows with labels for the heads of entities.

A corpus marks only some kinds of names. Where it says nothing, more than one label is
allowed, and the loss asks for their sum (`allowed_WN`).

Shapes: B windows, W words, N name labels, M mentions.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from evaluation.entity_texts import MarkedMention, MarkedText
from evaluation.treebanks import TreeLabels, tree_labels
from onrecord.encode.pieces import SentencePieces, Window, cut_pieces, join_window
from onrecord.encode.types import TYPES
from onrecord.entities.clauses import clauses_of
from onrecord.entities.forms import traits_of
from onrecord.entities.names import N_NAME_LABELS, name_label
from onrecord.entities.pairs import Mentions
from onrecord.records import Kind
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from onrecord.syntax.trees import FoundTrees

P, O, L, N, F, W, I, E, X = Kind  # noqa: E741
# Kinds that a type of each corpus may stand for; none: the words are no name.
NAME_KINDS: Mapping[str, Mapping[str, tuple[Kind, ...]]] = {
    "uner": {"PER": (P,), "ORG": (O,), "LOC": (L, F)},
    "wikigold": {"PER": (P,), "ORG": (O,), "LOC": (L, F), "MISC": (N, W, I, E, X)},
    "re3d": {
        "Person": (P,), "Organisation": (O,), "Location": (L, F), "Nationality": (N,),
        "Weapon": (W,), "MilitaryPlatform": (W,), "Vehicle": (W,), "DocumentReference": (I,),
    },
    "gum": {
        "person": (P,), "organization": (O,), "place": (L, F), "event": (E,),
        "object": (W, I, X, F), "abstract": (I, X), "animal": (X,), "plant": (X,),
        "substance": (X,),
    },
}  # fmt: skip
# Kinds that a corpus leaves unmarked, so that a word outside may be one.
UNMARKED: Mapping[str, tuple[Kind, ...]] = {
    "uner": (N, W, I, E, X),
    "wikigold": (W, I),
    "re3d": (E, X),
    "gum": (N,),
}
MENTION_TYPES: Mapping[str, str] = {
    "person": "person", "organization": "organization", "place": "place", "time": "time",
    "event": "event", "object": "object", "abstract": "abstract", "animal": "object",
    "plant": "object", "substance": "object", "PER": "person", "LOC": "place", "GPE": "place",
    "FAC": "place", "ORG": "organization", "VEH": "object",
}  # fmt: skip


# Longer sentences are left out.
MOST_PIECES = 208


@dataclass(frozen=True, slots=True, eq=False)
class LabelledMention:
    """A mention that the pair head learns from, by its words in a window of the sample."""

    window: int
    first: int
    last: int
    chain: str
    type: int


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Some windows in a row of one text, with what its corpus says of them.

    Attributes:
        windows: In text order.
        allowed: For each window, which name labels each word may have; None for no say.
        spans: For each window, first and last words of all mentions; None for no say.
        mentions: Of the pair head, in text order.
        table: What their words tell.
        learns: Which mentions learn from their antecedents; None for all.
        trees: For each window, its trees; None for no say.
        events: For each window, its events; None for no say.
    """

    windows: list[Window]
    allowed: list[NDArray[np.bool_]] | None = None
    spans: list[list[tuple[int, int]]] | None = None
    mentions: list[LabelledMention] = field(default_factory=list)
    table: Mentions | None = None
    learns: list[int] | None = None
    trees: list[TreeLabels | None] | None = None
    events: list[Any] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CutText:
    """A text with its pieces, by paragraphs."""

    text: MarkedText
    paragraphs: list[list[SentencePieces]]
    quotes: list[tuple[int, int]]


def cut_text(text: MarkedText, tokenizer: Tokenizer) -> CutText:
    """The text cut as the reader cuts it."""
    quotations = pair_quotes(text.text)
    paragraphs: list[list[SentencePieces]] = []
    for sentence in cut_pieces(text.text, split_sentences(text.text), quotations, tokenizer):
        if sentence.starts_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return CutText(text, paragraphs, [(q.start, q.end) for q in quotations])


def random_groups(
    cut: CutText, rng: random.Random, max_pieces: int
) -> Iterator[list[SentencePieces]]:
    """Sentences of each window, cut at random places."""
    group: list[SentencePieces] = []
    size, limit = 0, rng.choice((max_pieces, max_pieces, max_pieces // 2))
    for paragraph in cut.paragraphs:
        n = sum(len(s.ids_T) for s in paragraph)
        # A paragraph that does not fit is cut at its sentences, others stay whole.
        whole = n <= max_pieces
        for part in [paragraph] if whole else [[s] for s in paragraph]:
            size_part = sum(len(s.ids_T) for s in part)
            if size_part > MOST_PIECES:
                continue
            if group and size + size_part > limit:
                yield group
                group, size = [], 0
                limit = rng.choice((max_pieces, max_pieces, max_pieces // 2))
            group.extend(part)
            size += size_part
    if group:
        yield group


def samples(
    cut: CutText,
    corpus: str,
    rng: random.Random,
    *,
    max_pieces: int,
    max_windows: int,
    happened: Mapping[str, tuple[float, float]],
) -> Iterator[Sample]:
    """The whole text in samples of a few windows each."""
    windows = [join_window(group) for group in random_groups(cut, rng, max_pieces)]
    has_trees = any(token.relation for token in cut.text.tokens)
    for at in range(0, len(windows), max_windows):
        own = windows[at : at + max_windows]
        sample = label_sample(cut, own, corpus)
        if has_trees:
            trees = [tree_labels(cut.text, w, happened) for w in own]
            sample = with_trees(sample, trees, cut.text.text)
        yield sample


def label_sample(cut: CutText, windows: list[Window], corpus: str) -> Sample:
    """What the corpus says of these windows."""
    names = corpus in NAME_KINDS
    sample = Sample(
        windows=windows,
        allowed=[allowed_labels(cut.text, w, corpus) for w in windows] if names else None,
    )
    if corpus not in {"gum", "litbank"}:
        return sample
    placed = [
        (at, *words, mention)
        for at, w in enumerate(windows)
        for mention in cut.text.mentions
        if (words := word_run(w, mention.start, mention.end)) is not None
    ]
    if corpus == "gum":
        sample = replace(
            sample,
            spans=[
                sorted({(f, a - 1) for b, f, a, _ in placed if b == at})
                for at in range(len(windows))
            ],
        )
    return with_pairs(
        sample,
        cut,
        [
            LabelledMention(
                b, f, a - 1, m.chain or f"{m.start}", TYPES.index(MENTION_TYPES[m.type])
            )
            for b, f, a, m in placed
        ],
    )


def with_pairs(
    sample: Sample,
    cut: CutText,
    mentions: list[LabelledMention],
    learns: Sequence[LabelledMention] | None = None,
) -> Sample:
    """The sample with mentions for the pair head, in text order."""
    ordered = sorted(
        {(m.window, m.first, m.last): m for m in mentions}.values(),
        key=lambda m: (m.window, m.first, -m.last),
    )
    if len(ordered) < 2:
        return sample
    starts = [int(sample.windows[m.window].starts_W[m.first]) for m in ordered]
    ends = [int(sample.windows[m.window].ends_W[m.last]) for m in ordered]
    before = np.cumsum([0, *(int(w.sentence_W[-1]) + 1 for w in sample.windows)])
    sentences = [
        int(before[m.window] + sample.windows[m.window].sentence_W[m.first]) for m in ordered
    ]
    table = Mentions(
        start_M=np.array(starts),
        end_M=np.array(ends),
        type_M=np.array([m.type for m in ordered]),
        sentence_M=np.array(sentences),
        quoted_M=np.array([any(a < s < b for a, b in cut.quotes) for s in starts]).astype(int),
        traits=traits_of([cut.text.text[s:e] for s, e in zip(starts, ends, strict=True)]),
    )
    kept = None if learns is None else [ordered.index(m) for m in learns if m in ordered]
    return replace(sample, mentions=ordered, table=table, learns=kept)


def with_trees(sample: Sample, trees: list[TreeLabels | None], text: str) -> Sample:
    """The sample with trees, and what they tell of its mentions if every window has one."""
    known = [t for t in trees if t is not None]
    table = sample.table
    if table is None or len(known) < len(trees):
        return replace(sample, trees=trees)
    found = [_as_found(w, t) for w, t in zip(sample.windows, known, strict=True)]
    words = [text[s:e] for s, e in zip(table.start_M, table.end_M, strict=True)]
    clauses = clauses_of(found, table.start_M, table.end_M, words)
    return replace(sample, trees=trees, table=replace(table, clauses=clauses))


def _as_found(window: Window, labels: TreeLabels) -> FoundTrees:
    """The trees of a treebank in the form of found ones; what is not said is a root."""
    n = len(window.starts_W)
    return FoundTrees(
        start_W=window.starts_W,
        end_W=window.ends_W,
        sentence_W=window.sentence_W,
        head_W=np.where(labels.head_W < 0, np.arange(n), labels.head_W),
        root_W=np.zeros(n, dtype=np.float32),
        relation_W=np.maximum(labels.relation_W, 0),
        tag_W=np.maximum(labels.tag_W, 0),
        happened_W=labels.happened_W,
        type_W=np.zeros(n, dtype=np.int64),
    )


def word_run(window: Window, start: int, end: int) -> tuple[int, int] | None:
    """The words of the window that a mention covers, if all of it stands there."""
    if not len(window.starts_W) or start < window.starts_W[0] or end > window.ends_W[-1]:
        return None
    first = int(np.searchsorted(window.ends_W, start, side="right"))
    after = int(np.searchsorted(window.starts_W, end, side="left"))
    return (first, after) if first < after else None


def allowed_labels(text: MarkedText, window: Window, corpus: str) -> NDArray[np.bool_]:
    """Which name labels each word may have, (W, N)."""
    allowed = np.zeros((len(window.starts_W), N_NAME_LABELS), dtype=bool)
    outside = [0, *(name_label(k, begins=b) for k in UNMARKED[corpus] for b in (True, False))]
    allowed[:, outside] = True
    done = np.zeros(len(allowed), dtype=bool)
    for mention in _longest_first(text.mentions, corpus):
        start, end = mention.name if corpus != "re3d" and mention.name else mention.span
        words = word_run(window, start, end)
        if words is None:
            _open_part(allowed, done, window, start, end)
            continue
        first, after = words
        if done[first:after].any():
            if corpus == "re3d":
                rest = np.arange(first, after)[~done[first:after]]
                allowed[rest] = True
                done[rest] = True
            continue
        done[first:after] = True
        kinds = NAME_KINDS[corpus].get(mention.type, ())
        if not kinds:
            continue
        allowed[first:after] = False
        allowed[first, [name_label(k, begins=True) for k in kinds]] = True
        for kind in kinds:
            allowed[first + 1 : after, name_label(kind, begins=False)] = True
    return allowed


def _longest_first(mentions: Sequence[MarkedMention], corpus: str) -> list[MarkedMention]:
    """Outer names before inner ones; in re3d, where titles hold places, inner ones first."""
    named = [m for m in mentions if m.name is not None or (corpus == "re3d" and m.type in _THINGS)]
    return sorted(named, key=lambda m: (m.end - m.start) * (1 if corpus == "re3d" else -1))


_THINGS = {"Weapon", "MilitaryPlatform", "Vehicle"}


def _open_part(
    allowed: NDArray[np.bool_], done: NDArray[np.bool_], window: Window, start: int, end: int
) -> None:
    """A name only part of which is in the window: its words may be anything."""
    part = (window.starts_W < end) & (window.ends_W > start) & ~done
    allowed[part] = True


def gap_sample(
    text: str,
    pronoun: tuple[int, int],
    names: Sequence[tuple[int, int, bool]],
    tokenizer: Tokenizer,
    max_pieces: int,
) -> Sample | None:
    """One item of GAP: the pronoun learns which of two names it is, or neither."""  # fmt: skip
    marked = MarkedText(id="", text=text, tokens=(), sentences=(), paragraphs=(), mentions=())
    cut = cut_text(marked, tokenizer)
    windows = [join_window(g) for g in random_groups(cut, random.Random(0), max_pieces)]
    sample = Sample(windows=windows)
    person = TYPES.index("person")

    def placed(start: int, end: int, chain: str) -> LabelledMention | None:
        for at, window in enumerate(windows):
            words = word_run(window, start, end)
            if words is not None:
                return LabelledMention(at, words[0], words[1] - 1, chain, person)
        return None

    own_chain = next((f"{n}" for n, (_, _, same) in enumerate(names) if same), "none")
    own = placed(*pronoun, own_chain)
    found = [placed(s, e, f"{n}") for n, (s, e, _) in enumerate(names)]
    if own is None or any(f is None for f in found):
        return None
    for n, (start, end, _) in enumerate(names):
        name = text[start:end]
        at = text.find(name)
        while at >= 0:
            if at != start:
                found.append(placed(at, at + len(name), f"{n}"))
            at = text.find(name, at + 1)
    mentions = [f for f in found if f is not None]
    return with_pairs(sample, cut, [*mentions, own], [own])
