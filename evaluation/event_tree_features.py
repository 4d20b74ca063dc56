"""What the package finds around two marked parties: words of the tree, happenings, vectors.

`PairReader` reads a sentence as the package does, up to the happenings of the lexicon;
`features_of` tells what of it bears on a source and a target. `evaluation.event_tree_typer`
learns from that.

Shapes: W words of a sentence, D width of the vectors of words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evaluation.entity_texts import Stretch
from evaluation.errors import FormError
from evaluation.event_corpora import EventPair
from onrecord.config import Config
from onrecord.encode.sessions import OnnxEncoder
from onrecord.encode.weights import load_weights, packaged_weights
from onrecord.events.factualities import factuality_of
from onrecord.events.forms import lemmas_of
from onrecord.events.frames import FrameReader, Happening
from onrecord.events.lexicon import load_lexicon
from onrecord.events.stages import EventFinder
from onrecord.events.texts import EventText
from onrecord.pipeline import Reader
from onrecord.records import Document, Factuality, Reading, make_document
from onrecord.statements.stages import StatementFinder
from onrecord.syntax.loading import tree_finder_of
from onrecord.syntax.trees import FoundTrees, Tree

Vectors = NDArray[np.float32]
Named = tuple[str, float]

# Words that turn what a verb says, by what they do to it.
_SIGNS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("not", "n't", "never", "no", "nor", "neither", "without"), "not"),
    **dict.fromkeys(("will", "'ll", "shall", "wo", "going", "ready", "willing"), "will"),
    **dict.fromkeys(("must", "should", "ought", "needs", "need"), "must"),
    **dict.fromkeys(("would", "could", "may", "might", "can"), "may"),
    **dict.fromkeys(("if", "unless", "until"), "if"),
}
_TURNING: Final = frozenset(
    ("aux", "aux:pass", "advmod", "compound:prt", "mark", "xcomp", "obj", "case")
)
_DEALT_IN: Final = frozenset(("xcomp", "ccomp", "obj", "obl", "advcl"))
_BESIDE: Final = 0.4
_LOOSE: Final = 0.3
_LEMMA: Final = 0.5
_MODIFIER: Final = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One happening of the lexicon, as far as types of pairs depend on it.

    Attributes:
        word: Its word in the tree.
        type: Type of the lexicon.
        lemma: The lexicon's lemma.
        strength: How likely it is such an event.
        factuality: As the package tells it.
        actors: Words that head its actors.
        recipients: Words that head its recipients.
    """

    word: int
    type: str
    lemma: str
    strength: float
    factuality: Factuality
    actors: frozenset[int] = frozenset()
    recipients: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadSentence:
    """A sentence as the package reads it; vectors of its words have the shape (W, D)."""

    tree: Tree
    told: tuple[Told, ...]
    vectors_WD: Vectors


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairFeatures:
    """What bears on a pair.

    Attributes:
        named: Features with their values.
        vector: Four means of vectors of words: of those between the parties in the tree,
            of what governs the source, of what governs the target, of all words.
    """

    named: Mapping[str, float]
    vector: Vectors


class PairReader:
    """Reads sentences with some weights as the package does."""

    def __init__(self, weights: Path | None = None) -> None:
        """Load them.

        Args:
            weights: Their folder; the packaged ones if None.

        Raises:
            FormError: They have no trees.
        """
        found = load_weights(weights) if weights else packaged_weights()
        if tree_finder_of(found) is None:
            problem = "these weights have no trees; give --weights with others, or another --typer"
            raise FormError(source=str(found.folder), problem=problem)
        reader = Reader(Config(weights=weights, n_threads=1))
        self._run = reader.run
        self._stages = [own for own in reader.stages if not isinstance(own, EventFinder)]
        self._windows = next(own for own in self._stages if isinstance(own, StatementFinder))
        self._encoder = OnnxEncoder(found)
        self._frames = FrameReader(load_lexicon())

    def __call__(self, text: str) -> list[ReadSentence]:
        """The sentences of a text."""
        document = make_document(text=text)
        readings = [Reading(document=document, run=self._run)]
        for stage in self._stages:
            readings = stage(readings)
        found = [own for own in getattr(readings[0], "found", ()) if isinstance(own, FoundTrees)]
        vectors = self._vectors(document)
        return [
            ReadSentence(
                tree=own.tree,
                told=tuple(told_of(happening) for happening in self._frames.read(own)),
                vectors_WD=np.stack([vectors[start] for start in own.tree.starts]),
            )
            for own in EventText(readings[0], found).sentences
        ]

    def _vectors(self, document: Document) -> dict[int, Vectors]:
        """The vector of each word by where it begins, of the window that answers for it."""
        found: dict[int, Vectors] = {}
        for window in self._windows.windows(document):
            words_WD = self._encoder.encode(window).words_WD
            first, after = window.own
            found.update(
                zip(window.starts_W[first:after].tolist(), words_WD[first:after], strict=True)
            )
        return found


def told_of(own: Happening) -> Told:
    """A happening without its sentence."""
    kind = own.trigger.type.value
    tree, light = own.sentence.tree, own.arguments.light
    return Told(
        word=own.word,
        type=kind,
        lemma=own.trigger.lemma,
        strength=own.strength,
        factuality=factuality_of(tree, own.word, light=light, of_type=kind),
        actors=frozenset(own.actors),
        recipients=frozenset(own.recipients),
    )


class _Parties:
    """Where the two parties stand in the tree of a sentence.

    Attributes:
        source: Words of the source.
        target: Words of the target.
        path: Words between them in the tree, theirs left out; if one is not there, those
            above the other.
        over_source, over_target: The words above them, the nearest first.
    """

    def __init__(self, tree: Tree, pair: EventPair) -> None:
        self.source, self.target = _words_in(tree, pair.sources), _words_in(tree, pair.targets)
        self.heads = [_head(tree, own) for own in (self.source, self.target)]
        source, target = ([] if head is None else [head, *tree.above(head)] for head in self.heads)
        own = self.source | self.target
        self.path = [word for word in _between(source, target) if word not in own]
        self.over_source = [word for word in source if word not in self.source]
        self.over_target = [word for word in target if word not in self.target]

    def is_between(self, word: int) -> bool:
        """Whether a word stands between the two in the text."""
        heads = [head for head in self.heads if head is not None]
        return len(heads) == len(self.heads) and min(heads) < word < max(heads)


def _words_in(tree: Tree, spans: Sequence[Stretch]) -> frozenset[int]:
    return frozenset(word for start, end in spans for word in range(*tree.words_in(start, end)))


def _head(tree: Tree, words: frozenset[int]) -> int | None:
    """The first of some words that depends on none of them."""
    heads = (w for w in sorted(words) if tree.heads[w] == w or tree.heads[w] not in words)
    return next(heads, None)


def _between(source: Sequence[int], target: Sequence[int]) -> list[int]:
    """Words on the way from the beginning of one way up to that of the other."""
    if not source or not target:
        return list(source)
    meeting = next(word for word in source if word in target)
    return [*source[: source.index(meeting) + 1], *target[: target.index(meeting)]]


def features_of(pair: EventPair, sentences: Sequence[ReadSentence]) -> PairFeatures:
    """What the sentences in which a party stands say of a pair.

    Of a feature that several words have, the greatest value counts.
    """
    named: dict[str, float] = {}
    groups: list[list[Vectors]] = [[], [], [], []]
    for own in sentences:
        parties = _Parties(own.tree, pair)
        if not parties.source and not parties.target:
            continue
        for name, value in _named(own, parties):
            named[name] = max(value, named.get(name, 0))
        chosen = (parties.path, parties.over_source[:1], parties.over_target[:1])
        for group, words in zip(groups, (*chosen, range(len(own.tree))), strict=True):
            group.extend(own.vectors_WD[word] for word in words)
    width = sentences[0].vectors_WD.shape[1] if sentences else 0
    means = [np.mean(own, axis=0) if own else np.zeros(width, np.float32) for own in groups]
    return PairFeatures(named=named, vector=np.concatenate(means))


def _named(own: ReadSentence, parties: _Parties) -> Iterator[Named]:
    yield from _of_happenings(own, parties)
    yield from _of_words(own.tree, parties)
    yield from _of_path(own.tree, parties)
    yield from _of_governors(own.tree, "source", parties.over_source)
    yield from _of_governors(own.tree, "target", parties.over_target)
    yield from _beside_source(own.tree, parties)


def _of_happenings(own: ReadSentence, parties: _Parties) -> Iterator[Named]:
    """Types of happenings by their part in it, with their lemmas, factuality and signs."""
    for told in own.told:
        acts, suffers = bool(told.actors & parties.source), bool(told.recipients & parties.target)
        is_linked = told.word in parties.path
        yield f"any {told.type}", told.strength
        roles = {
            "source": acts,
            "target": suffers,
            "both": acts and suffers,
            "path": is_linked,
        }
        for role, holds in roles.items():
            if holds:
                yield f"{role} {told.type}", told.strength
        is_near = acts or suffers or is_linked
        yield f"lemma {told.lemma} {told.type}", 1 if is_near else _LOOSE
        if is_near:
            yield f"{told.factuality} {told.type}", 1
            yield f"{told.factuality}", _BESIDE
            for sign in signs_of(own.tree, told.word):
                yield f"sign {sign} {told.type}", 1


def _of_words(tree: Tree, parties: _Parties) -> Iterator[Named]:
    """Words of the sentence, and pairs of them between the parties."""
    own = parties.source | parties.target
    for word, form in enumerate(tree.words):
        if word in own:
            continue
        is_between = parties.is_between(word)
        yield f"{'between' if is_between else 'outside'} {form}", _BESIDE
        if is_between and word + 1 < len(tree) and word + 1 not in own:
            yield f"between {form} {tree.words[word + 1]}", _BESIDE


def _of_path(tree: Tree, parties: _Parties) -> Iterator[Named]:
    """Words between the parties in the tree, their lemmas, and what modifies them."""
    own = parties.source | parties.target
    for word in parties.path:
        yield f"path {tree.words[word]}", 1
        for lemma in lemmas_of(tree.words[word])[1:]:
            yield f"path lemma {lemma}", _LEMMA
        for child in tree.children[word]:
            if tree.relations[child] in _TURNING and child not in own:
                yield f"{tree.relations[child]} {tree.words[child]}", _MODIFIER
        for sign in signs_of(tree, word):
            yield f"path sign {sign}", _BESIDE


def _of_governors(tree: Tree, party: str, above: Sequence[int]) -> Iterator[Named]:
    """The word that governs a party, with what turns it."""
    for word in above[:1]:
        lemmas = lemmas_of(tree.words[word])
        yield f"{party} under {lemmas[-1]}", 1
        for sign in signs_of(tree, word):
            yield f"{party} sign {sign}", _BESIDE


def _beside_source(tree: Tree, parties: _Parties) -> Iterator[Named]:
    """What else the word over the source governs: the clause or thing that it deals in."""
    for word in parties.over_source[:1]:
        for child in tree.children[word]:
            relation = tree.relations[child]
            if relation in _DEALT_IN and child not in parties.source | parties.target:
                lemma = lemmas_of(tree.words[child])[-1]
                yield f"beside source {relation} {lemma}", _MODIFIER
                yield f"beside source {lemma}", _MODIFIER


def signs_of(tree: Tree, word: int) -> frozenset[str]:
    """How what a word says is turned, by its own modifiers and those of verbs above it.

    >>> tree = Tree(["they", "will", "not", "talk"], [3, 3, 3, 3],
    ...             ["nsubj", "aux", "advmod", "root"], ["PRP", "MD", "RB", "VB"])
    >>> sorted(signs_of(tree, 3))
    ['not', 'will']
    """
    found: set[str] = set()
    for own in (word, *tree.above(word)):
        found.update(_SIGNS.get(tree.words[child], "") for child in tree.children[own])
        found.add(_SIGNS.get(tree.words[own], "") if own != word else "")
        if tree.relations[own] not in {"xcomp", "conj", "obj"}:
            break
    return frozenset(found - {""})
