"""Words of a sentence, each with where it stands to two marked parties."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from evaluation.event_corpora import EventPair

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def word_features_of(pair: EventPair) -> Counter[str]:
    """Words and pairs of words, each also with the part of the sentence in which it stands.

    >>> pair = EventPair(text="A hit B", sources=((0, 1),), targets=((6, 7),))
    >>> sorted(word_features_of(pair))
    ['S hit', 'between hit', 'hit', 'hit T', 'source a', 'target b']
    """
    tokens = list(_tokens(pair))
    features: Counter[str] = Counter()
    for part, word in tokens:
        if part in {"source", "target"}:
            features[f"{part} {word}"] += 1
        else:
            features[word] += 1
            features[f"{part} {word}"] += 1
    run = [own for _, own in _collapsed(tokens)]
    features.update(" ".join(own) for own in itertools.pairwise(run))
    return features


def _tokens(pair: EventPair) -> Iterator[tuple[str, str]]:
    """Words, each in ``source``, ``target``, ``between``, ``before`` or ``after`` them."""
    marked = [*pair.sources[:1], *pair.targets[:1]]
    first = min((start for start, _ in marked), default=0)
    last = max((end for _, end in marked), default=0)
    for found in _WORD.finditer(pair.text):
        at = found.start()
        if any(start <= at < end for start, end in pair.sources):
            part = "source"
        elif any(start <= at < end for start, end in pair.targets):
            part = "target"
        else:
            part = "before" if at < first else "between" if at < last else "after"
        yield part, found.group().casefold()


def _collapsed(tokens: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The words with one ``S`` and one ``T`` in place of those of source and target."""
    before = ""
    for part, word in tokens:
        if part not in {"source", "target"}:
            yield part, word
        elif part != before:
            yield part, "S" if part == "source" else "T"
        before = part
