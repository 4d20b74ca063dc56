"""Statements that grammar shows: a word that reports, with a clause or phrase as its content.

The network that finds statements has learned from one corpus, and passes over hearsay and many
allegations and demands. Words that report so stand in `reporting_words.tsv`, the grammar in
`report_frames.py`. A tree is looked at only where such a word is part of no statement.
"""

import bisect
import functools
import importlib.resources
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.records import Span, Spans
from onrecord.statements.cues import cue_table, noun_forms, verb_forms
from onrecord.statements.report_frames import FRAMES, Framed, part_of, speaking
from onrecord.syntax.trees import FoundTrees, LazyTree, Tree, trees_of

# Of events in what grammar shows, half and more are told by others than the outlet, in the
# articles that we annotated; PolNeAR marks half of them.
PROBABILITY: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A statement by the grammar of its sentence.

    Attributes:
        source: Who speaks; empty if nobody is named.
        cue: The words that report it.
        content: What is said.
        is_hearsay: By an adverb: "reportedly".
    """

    source: Spans
    cue: Spans
    content: Spans
    is_hearsay: bool = False


@functools.cache
def reporting_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Frames of each form of a word, by part of speech."""
    path = importlib.resources.files("onrecord.statements") / "reporting_words.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    found: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for word, part, frames in rows:
        for form in _forms(word, part):
            found[form][part] = tuple(frames.split())
    return found


def _forms(word: str, part: str) -> Sequence[str]:
    if part == "verb":
        return verb_forms(word)
    return noun_forms(word) if part == "noun" else (word,)


def reports_in(
    text: str, trees: Sequence[FoundTrees], is_free: Callable[[Span], bool]
) -> Iterator[Report]:
    """What the sentences of a text report, in its order.

    Args:
        text: All of it.
        trees: Its sentences.
        is_free: Whether no statement has anything to do with a word.
    """
    known = reporting_words()
    for window in trees:
        for _, _, sentence in trees_of(text, window):
            for n, word in enumerate(sentence.words):
                if word in known and is_free(Span(sentence.starts[n], sentence.ends[n])):
                    found = _report(sentence.tree, n, known[word])
                    if found is not None:
                        yield found


class Sentences:
    """The sentences of a text by their places."""

    def __init__(self, text: str, trees: Sequence[FoundTrees]) -> None:
        self.text = text
        self.windows = [window for window in trees if len(window.start_W)]
        self.starts = [int(window.start_W[0]) for window in self.windows]

    def introducing(self, quotation: Span) -> Report | None:
        """The statement that a quotation is, by the last verb that reports before it.

        Args:
            quotation: What is said, behind a comma or a colon.
        """
        verbs = cue_table().verbs
        sentence = self._at(quotation.start)
        if sentence is None:
            return None
        tree = sentence.tree
        before = [
            n
            for n, word in enumerate(tree.words)
            if tree.ends[n] <= quotation.start and word in verbs and tree.is_verb(n)
        ]
        own = speaking(tree, before[-1]) if before else None
        found = None if own is None else _as_report(tree, Framed(*own, ()))
        return None if found is None else Report(found.source, found.cue, (quotation,))

    def saying(self, colon: int, verbs: frozenset[str]) -> Report | None:
        """Who says what stands behind a colon; the content is left empty.

        Args:
            colon: Where it stands, at the end of its sentence.
            verbs: Of which the last of the sentence must be one.
        """
        sentence = self._at(colon)
        if sentence is None or verbs.isdisjoint(sentence.words):
            return None
        tree = sentence.tree
        verb = max((n for n in range(len(tree)) if tree.is_verb(n)), default=None)
        if verb is None or tree.words[verb] not in verbs or tree.ends[-1] > colon + 1:
            return None
        own = speaking(tree, verb)
        return None if own is None else _as_report(tree, Framed(*own, ()))

    def _at(self, place: int) -> LazyTree | None:
        number = bisect.bisect_right(self.starts, place) - 1
        if number < 0:
            return None
        found = trees_of(self.text, self.windows[number])
        return next((tree for start, end, tree in found if start <= place < end), None)


def _report(tree: Tree, word: int, frames: Mapping[str, Sequence[str]]) -> Report | None:
    part = part_of(tree, word)
    for name in frames.get(part, ()):
        found = FRAMES[part, name](tree, word)
        own = None if found is None else _as_report(tree, found)
        if own is not None and own.content:
            return replace(own, is_hearsay=part == "adverb")
    return None


def _as_report(tree: Tree, found: Framed) -> Report | None:
    """Words as spans, none in two roles; None if a source would have none of its own."""
    cue = range(found.cue[0], found.cue[1] + 1)
    content = [w for w in found.content if w not in cue]
    source = [w for w in found.source if w not in cue and w not in content]
    if found.source and not source:
        return None
    return Report(_spans(tree, source), _spans(tree, cue), _spans(tree, content))


def _spans(tree: Tree, words: Sequence[int]) -> Spans:
    """Words as spans; what is apart in the sentence is apart there."""
    spans: list[Span] = []
    before = -2
    for word in words:
        start, end = tree.starts[word], tree.ends[word]
        if word == before + 1:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
        before = word
    return tuple(spans)
