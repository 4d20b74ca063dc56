"""Dependency trees of sentences, found in what the encoder says of the words of a window.

Every word picks the word of its sentence that it depends on; where that is no tree, the best one
is sought (`spanning.py`). In very long sentences rings are opened instead where a word would
rather be a root. Not here: what trees are used for (`onrecord.events`).

Shapes: W words, A width of the vectors of an arc.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Window
from onrecord.encode.types import TYPES
from onrecord.syntax.labels import (
    RELATIONS,
    TAGS,
    WIDTH_ARC,
    barred_relations,
    distance_classes,
    head_classes,
)
from onrecord.syntax.spanning import best_tree, is_tree

# Sentences up to this many words have the scores of their distances at hand.
_KNOWN_WORDS: Final = 256
# Longer ones have their rings opened, no best tree is sought.
_MOST_SPANNED: Final = 400
_LOOSE: Final = frozenset(("obl", "advmod", "advcl", "nmod", "punct"))


@dataclass(frozen=True, slots=True, eq=False)
class FoundTrees:
    """Columns over the words that a window answers for.

    Attributes:
        start_W: First code point.
        end_W: After the last.
        sentence_W: Number of its sentence, from 0.
        head_W: The word it depends on, counted in its window; itself for a root.
        root_W: Score of being a root, to open rings.
        relation_W: Index into ``RELATIONS``.
        tag_W: Index into ``TAGS``.
        happened_W: Whether what it tells happened: below zero no, above it yes.
        type_W: Index into ``TYPES``: what it would be as a mention of one word.
        whole_W: As ``head_W``, in the best tree with one root of each sentence; as ``head_W``
            itself where that is not known.
        whole_relation_W: The relations under these heads.
    """

    start_W: NDArray[np.int64]
    end_W: NDArray[np.int64]
    sentence_W: NDArray[np.int64]
    head_W: NDArray[np.int64]
    root_W: NDArray[np.float32]
    relation_W: NDArray[np.int64]
    tag_W: NDArray[np.int64]
    happened_W: NDArray[np.float32]
    type_W: NDArray[np.int64]
    whole_W: NDArray[np.int64] | None = None
    whole_relation_W: NDArray[np.int64] | None = None


class TreeFinder:
    """Finds the trees of the sentences of windows."""

    def __init__(self, columns: Mapping[str, slice], distance_K: NDArray[np.float32]) -> None:
        """Where each part stands, and the score of each distance."""
        self.columns = columns
        self.distance_K = distance_K
        self.barred = barred_relations()

    @cached_property
    def _known_distances(self) -> NDArray[np.float32]:
        return self.distance_K[distance_classes(_KNOWN_WORDS)]

    def find(self, window: Window, parts_WC: NDArray[np.float32]) -> FoundTrees:
        """The trees of the words for which this window answers."""
        first, after = window.own
        own = parts_WC[first:after]
        sentence_W = window.sentence_W[first:after]
        heads, wholes, roots = self._arcs(own, sentence_W)
        tags = own[:, self.columns["tags"]].argmax(1)
        relations = self._relations(own, heads, tags)
        is_whole = np.array_equal(heads, wholes)
        return FoundTrees(
            start_W=window.starts_W[first:after],
            end_W=window.ends_W[first:after],
            sentence_W=sentence_W,
            head_W=heads,
            root_W=roots,
            relation_W=relations,
            tag_W=tags,
            # A copy: a view would keep the scores of all heads in memory.
            happened_W=own[:, self.columns["happened"].start].copy(),
            type_W=(
                own[:, self.columns["type_opens"]] + own[:, self.columns["type_closes"]]
            ).argmax(1),
            whole_W=wholes,
            whole_relation_W=relations if is_whole else self._relations(own, wholes, tags),
        )

    def _relations(
        self, own: NDArray[np.float32], heads: NDArray[np.int64], tags: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The likeliest relation of each word, of those that its head can have."""
        classes = np.where(heads == np.arange(len(heads)), 0, head_classes(tags)[heads])
        return np.asarray((own[:, self.columns["relations"]] + self.barred[classes]).argmax(1))

    def find_all(
        self, windows: Sequence[Window], parts: Sequence[NDArray[np.float32]]
    ) -> list[FoundTrees]:
        """The trees of several windows."""
        return [self.find(*one) for one in zip(windows, parts, strict=True)]

    def _arcs(
        self, own: NDArray[np.float32], sentence_W: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """Heads as each word picks its own, those of the best trees, and scores of roots."""
        dependents = own[:, self.columns["arc_own"]] / np.float32(WIDTH_ARC**0.5)
        governors = own[:, self.columns["arc_head"]]
        heads, wholes = np.empty((2, len(own)), dtype=np.int64)
        roots = np.empty(len(own), dtype=np.float32)
        edges = np.flatnonzero(np.diff(sentence_W)) + 1
        for first, after in itertools.pairwise([0, *edges.tolist(), len(own)]):
            scores = dependents[first:after] @ governors[first:after].T
            n = after - first
            known = n <= _KNOWN_WORDS
            scores += (
                self._known_distances[:n, :n] if known else self.distance_K[distance_classes(n)]
            )
            scores.argmax(1, out=heads[first:after])
            wholes[first:after] = heads[first:after]
            if n <= _MOST_SPANNED and not is_tree(heads[first:after].tolist()):
                wholes[first:after] = best_tree(scores)
            roots[first:after] = scores.diagonal()
        sizes = np.diff([0, *edges, len(own)])
        before = np.repeat(np.cumsum(sizes) - sizes, sizes)
        return heads + before, wholes + before, roots


class Tree:
    """One sentence: words by number, from 0, with what each depends on.

    Attributes:
        starts, ends: Code points of each word in the text.
        words: Lower-cased.
        heads: The word each depends on; itself for a root.
        relations: As ``RELATIONS`` has them.
        tags: As ``TAGS`` has them.
        happened: Below zero for what did not happen.
        types: What each would be as a mention of one word, as ``TYPES`` has it.
        children: The words that depend on each word, in order.
    """

    def __init__(
        self,
        words: Sequence[str],
        heads: Sequence[int],
        relations: Sequence[str],
        tags: Sequence[str],
        *,
        starts: Sequence[int] = (),
        ends: Sequence[int] = (),
        roots: Sequence[float] = (),
        happened: Sequence[float] = (),
        types: Sequence[str] = (),
    ) -> None:
        """A tree; rings among the heads are opened, words without a head find one."""
        n = len(words)
        self.words, self.relations, self.tags = list(words), list(relations), list(tags)
        self.starts = list(starts) or [0] * n
        self.ends = list(ends) or [1] * n
        self.happened = list(happened) or [0.0] * n
        self.types = list(types) or ["none"] * n
        self.heads = self._joined(_opened(list(heads), list(roots) or [0.0] * n), roots)
        self.children = _children(self.heads)

    def __len__(self) -> int:
        return len(self.words)

    def _joined(self, heads: list[int], scores: Sequence[float]) -> list[int]:
        """Heads with one root: phrases that hang on nothing go to the verb before them."""
        roots = [w for w, head in enumerate(heads) if head == w]
        if len(roots) < 2:
            return heads
        named = [w for w in roots if self.relations[w] == "root"] or roots
        best = max(named, key=lambda w: (scores[w] if scores else 0.0, -w))
        for word in roots:
            if word == best:
                continue
            verbs = (v for v in range(word - 1, -1, -1) if self.tags[v].startswith("VB"))
            loose = self.relations[word].partition(":")[0] in _LOOSE
            verb = next(verbs, None) if loose else None
            above = verb if verb is not None and not _reaches(heads, verb, word) else best
            heads[word] = above
        return heads

    def child(self, word: int, *relations: str) -> int | None:
        """The first word that depends on this one in one of these ways."""
        for child in self.children[word]:
            if self.relations[child] in relations:
                return child
        return None

    def all_children(self, word: int, *relations: str) -> list[int]:
        """All words that depend on this one in one of these ways."""
        children = self.children[word]
        return [c for c in children if self.relations[c] in relations] if children else []

    def case(self, word: int) -> str:
        """The preposition of a noun, with its parts; empty if it has none."""
        parts = [c for c in self.children[word] if self.relations[c] == "case" and c < word]
        if not parts:
            return ""
        more = [p for p in self.children[parts[0]] if self.relations[p] == "fixed"]
        if not more and len(parts) == 1:
            return self.words[parts[0]]
        return " ".join(self.words[p] for p in sorted([*parts, *more]))

    def marks(self, word: int) -> list[str]:
        """Conjunctions that open the clause of a word."""
        return [self.words[c] for c in self.children[word] if self.relations[c] == "mark"]

    def joined(self, word: int) -> list[int]:
        """A word and those coordinated with it, in order."""
        found = [word]
        for own in found:
            found += [c for c in self.children[own] if self.relations[c] == "conj"]
        return sorted(found)

    def above(self, word: int) -> Iterator[int]:
        """The words that a word depends on, the nearest first."""
        while self.heads[word] != word:
            word = self.heads[word]
            yield word

    def subtree(self, word: int) -> list[int]:
        """A word and all that depend on it, in order."""
        found, waiting = [], [word]
        while waiting:
            own = waiting.pop()
            found.append(own)
            waiting += self.children[own]
        return sorted(found)

    def is_verb(self, word: int) -> bool:
        """Whether it is a form of a verb."""
        return self.tags[word].startswith("VB")

    def is_passive(self, word: int) -> bool:
        """Whether a verb is in the passive voice."""
        while True:
            tag, relation = self.tags[word], self.relations[word]
            if tag in {"VBG", "VB", "VBZ", "VBP"}:
                return False
            if self.child(word, "aux:pass", "nsubj:pass", "csubj:pass", "obl:agent") is not None:
                return True
            if tag in {"VBN", "VBD"} and relation in {"acl", "amod"}:
                return True
            # A participle by itself: "signed in May, the pact …", "Three held in Lenz".
            alone = self.child(word, "aux", "obj", "iobj", "ccomp") is None
            if tag != "VBN" or not alone or relation != "conj":
                return tag == "VBN" and alone
            first = self.heads[word]
            if first >= word or self.child(word, "nsubj") is not None:
                return False
            # "Was shot and wounded": of two the first tells.
            word = first

    def head_of(self, first: int, after: int) -> int:
        """The first word of some that depends on none of them, and is no mark."""
        for word in range(first, after):
            head = self.heads[word]
            if (head == word or not first <= head < after) and self.relations[word] != "punct":
                return word
        return after - 1

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """First word, and word after the last, that share a code point with a stretch."""
        inside = [
            w
            for w, (s, e) in enumerate(zip(self.starts, self.ends, strict=True))
            if s < end and e > start
        ]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _reaches(heads: Sequence[int], start: int, goal: int) -> bool:
    """Whether the way up from a word meets another."""
    word = start
    for _ in range(len(heads)):
        if word == goal:
            return True
        if heads[word] == word:
            return False
        word = heads[word]
    return True


def _opened(heads: list[int], roots: list[float]) -> list[int]:
    """Heads without rings: of each ring the likeliest root becomes one."""
    # From which word each was met first.
    met = [-1] * len(heads)
    for start in range(len(heads)):
        word = start
        while met[word] < 0:
            met[word] = start
            word = heads[word]
        if met[word] == start and heads[word] != word:
            best = max(_ring(heads, word), key=lambda w: (roots[w], -w))
            heads[best] = best
    return heads


def _ring(heads: Sequence[int], word: int) -> list[int]:
    """The words of a ring, from one of them on."""
    ring = [word]
    while heads[ring[-1]] != word:
        ring.append(heads[ring[-1]])
    return ring


def _children(heads: Sequence[int]) -> list[list[int]]:
    """The words that depend on each word, in order; words without any share one empty list."""
    none: list[int] = []
    found = [none] * len(heads)
    for word, head in enumerate(heads):
        if head == word:
            continue
        if found[head] is none:
            found[head] = [word]
        else:
            found[head].append(word)
    return found


def trees_of(text: str, found: FoundTrees) -> Iterator[tuple[int, int, "LazyTree"]]:
    """Start, end and tree, not yet made, of each sentence of a window."""
    edges = np.flatnonzero(np.diff(found.sentence_W)) + 1
    starts, ends = found.start_W.tolist(), found.end_W.tolist()
    columns = _Columns(found)
    for first, after in itertools.pairwise([0, *edges.tolist(), len(starts)]):
        own = LazyTree(text, columns, slice(first, after), starts[first:after], ends[first:after])
        yield starts[first], ends[after - 1], own


class _Columns:
    """What is known of the words of a window, as lists, made when the first tree is."""

    def __init__(self, found: FoundTrees) -> None:
        self._found = found

    @cached_property
    def all(self) -> tuple[list[int], list[str], list[str], list[float], list[float], list[str]]:
        """Heads, relations, parts of speech, scores of roots, what happened, types."""
        found = self._found
        heads, relations = found.whole_W, found.whole_relation_W
        if heads is None or relations is None:
            heads, relations = found.head_W, found.relation_W
        return (
            heads.tolist(),
            [RELATIONS[r] for r in relations.tolist()],
            [TAGS[t] for t in found.tag_W.tolist()],
            found.root_W.tolist(),
            found.happened_W.tolist(),
            [TYPES[t] for t in found.type_W.tolist()],
        )


# A body that is no pronoun: the World Health Organization.
_BODY: Final = "WHO"
# Verbs as they stand before a contracted "not"; pieces cut "didn't" into "didn", "'" and "t".
_BEFORE_NOT: Final = {
    "ain": "is", "aren": "are", "can": "can", "couldn": "could", "daren": "dare", "didn": "did",
    "doesn": "does", "don": "do", "hadn": "had", "hasn": "has", "haven": "have", "isn": "is",
    "mightn": "might", "mustn": "must", "needn": "need", "oughtn": "ought", "shan": "shall",
    "shouldn": "should", "wasn": "was", "weren": "were", "won": "will", "wouldn": "would",
}  # fmt: skip
# What stands behind an apostrophe, in full.
_SHORT: Final = {"ll": "will", "ve": "have", "re": "are", "m": "am"}
_APOSTROPHES: Final = frozenset(("'", "’", "‘"))


def _write_out(words: list[str]) -> None:
    """Give contracted verbs and negations the forms that they have elsewhere, in place.

    >>> words = ["they", "won", "’", "t", "leave"]
    >>> _write_out(words)
    >>> words
    ['they', 'will', "n't", 't', 'leave']
    """
    for at in range(1, len(words) - 1):
        if words[at] not in _APOSTROPHES:
            continue
        verb = _BEFORE_NOT.get(words[at - 1])
        if words[at + 1] == "t" and verb is not None:
            words[at - 1], words[at] = verb, "n't"
        elif words[at + 1] in _SHORT:
            words[at] = _SHORT[words[at + 1]]


class LazyTree:
    """A sentence whose tree is made when it is asked for."""

    def __init__(
        self, text: str, columns: _Columns, own: slice, starts: list[int], ends: list[int]
    ) -> None:
        self._columns, self._own = columns, own
        self.starts, self.ends = starts, ends
        self.words = [text[s:e].lower() for s, e in zip(starts, ends, strict=True)]
        if "who" in self.words and not text[starts[0] : ends[-1]].isupper():
            places = zip(starts, ends, self.words, strict=True)
            self.words = [_BODY if text[s:e] == _BODY else word for s, e, word in places]
        if not _APOSTROPHES.isdisjoint(self.words):
            _write_out(self.words)

    @cached_property
    def tree(self) -> Tree:
        """The tree."""
        own = self._own
        heads, relations, every_tag, roots, happened, types = self._columns.all
        words, tags = list(self.words), every_tag[own]
        for at, word in enumerate(self.words[:-1]):
            if word == _BODY:
                tags[at] = "NNP"
            elif word not in _APOSTROPHES:
                continue
            elif words[at + 1] == "d":
                # "They'd leave" is "would", "they'd left" is "had".
                words[at] = "would" if tags[at] == "MD" else "had"
            elif words[at + 1] == "s" and tags[at] == "VBZ":
                words[at] = "is"
        return Tree(
            words,
            [head - own.start for head in heads[own]],
            relations[own],
            tags,
            starts=self.starts,
            ends=self.ends,
            roots=roots[own],
            happened=happened[own],
            types=types[own],
        )
