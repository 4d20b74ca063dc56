"""Texts with the mentions that people marked in them, and how tokens become such texts.

Corpora come as tokens. Where a corpus keeps the words as they were written, tokens are
found in them again (`place_words`); where it does not, they are joined as print joins
them (`join_words`), so that a reader gets what it would get anywhere else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evaluation.errors import FormError

# [start, end) in code points of the text.
Stretch = tuple[int, int]

_NOT_AFTER = frozenset("( [ { $ £ € # “ ‘".split())
_NOT_BEFORE = re.compile(r"[.,;:!?%)\]}”’…]+|['’´](?:s|d|m|t|re|ve|ll)?|n['’]t", re.IGNORECASE)
_STRAIGHT = frozenset('"')


class Form(StrEnum):
    """How a mention mentions: by a name, by a description, by a pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedMention:
    """Words that mention something, as a corpus marks them.

    Attributes:
        start: Its first code point.
        end: The code point after its last.
        type: In the words of the corpus: ``PER``, ``person``, ``Organisation``.
        form: Name, description or pronoun.
        chain: What is mentioned, the same for all mentions of it; None if not marked.
        head: The word that the others depend on; None if the corpus has no trees.
        name: The name alone, without determiners, titles and what follows it; all of a
            name unless the corpus has trees; None of what is no name.
        identity: Title of its Wikipedia page, with ``_`` between words.
    """

    start: int
    end: int
    type: str
    form: Form
    chain: str | None = None
    head: Stretch | None = None
    name: Stretch | None = None
    identity: str | None = None

    @property
    def span(self) -> Stretch:
        """Start and end."""
        return self.start, self.end

    @property
    def is_named(self) -> bool:
        """Whether it is a name."""
        return self.form is Form.NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedToken:
    """One token of a corpus.

    Attributes:
        start: Its first code point.
        end: The code point after its last.
        tag: Universal part of speech; empty if not marked.
        head: Number of the token that it depends on, among those of the text; None of a
            root or if not marked.
        relation: How it depends on it; empty if not marked.
        fine_tag: Part of speech of the treebank; empty if not marked.
        number: Id of its sentence, a colon, its number there; empty if not marked.
    """

    start: int
    end: int
    tag: str = ""
    head: int | None = None
    relation: str = ""
    fine_tag: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """One text with what people marked in it.

    Attributes:
        id: Its name in the corpus.
        text: What all positions count, in code points.
        tokens: Of the corpus, in text order.
        sentences: In text order.
        paragraphs: In text order; whole texts where a corpus does not tell.
        headings: Those paragraphs that are headings, if the corpus tells.
        mentions: By start, longer ones first.
        genre: ``news`` and the like; empty if the corpus does not tell.
    """

    id: str
    text: str
    tokens: tuple[MarkedToken, ...]
    sentences: tuple[Stretch, ...]
    paragraphs: tuple[Stretch, ...]
    mentions: tuple[MarkedMention, ...]
    headings: tuple[Stretch, ...] = ()
    genre: str = ""

    def chains(self, *, singletons: bool = True) -> list[list[Stretch]]:
        """The spans of each chain, in text order.

        Args:
            singletons: Whether chains of one mention are among them.
        """
        spans: dict[str, list[Stretch]] = {}
        for mention in self.mentions:
            if mention.chain is not None:
                spans.setdefault(mention.chain, []).append(mention.span)
        return [own for own in spans.values() if singletons or len(own) > 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedCorpus:
    """Texts of one corpus.

    Attributes:
        name: ``gum/dev`` and the like.
        digest: SHA-256 of the file, or of the names and digests of all files.
        texts: In the order of the corpus.
    """

    name: str
    digest: str
    texts: tuple[MarkedText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence before it is part of a text.

    Attributes:
        text: As it is written.
        words: Its tokens, as positions in the sentence.
        starts_paragraph: Whether a paragraph begins with it.
        is_heading: Whether that paragraph is a heading.
    """

    text: str
    words: Sequence[Stretch]
    starts_paragraph: bool = False
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Sentences put together: the text, and where everything came to stand."""

    text: str
    words: tuple[Stretch, ...]
    sentences: tuple[Stretch, ...]
    paragraphs: tuple[Stretch, ...]
    headings: tuple[Stretch, ...]


def lay_out(sentences: Sequence[Sentence]) -> Layout:
    """One text of sentences: a space between two, an empty line between paragraphs."""
    parts: list[str] = []
    words: list[Stretch] = []
    placed: list[Stretch] = []
    paragraphs: list[tuple[Stretch, bool]] = []
    at = 0
    for sentence in sentences:
        begins = sentence.starts_paragraph or not parts
        gap = "" if not parts else "\n\n" if begins else " "
        start = at + len(gap)
        at = start + len(sentence.text)
        parts += [gap, sentence.text]
        words += [(start + first, start + after) for first, after in sentence.words]
        placed.append((start, at))
        if begins:
            paragraphs.append(((start, at), sentence.is_heading))
        else:
            (first, _), is_heading = paragraphs[-1]
            paragraphs[-1] = ((first, at), is_heading)
    return Layout(
        text="".join(parts),
        words=tuple(words),
        sentences=tuple(placed),
        paragraphs=tuple(own for own, _ in paragraphs),
        headings=tuple(own for own, is_heading in paragraphs if is_heading),
    )


def place_words(words: Iterable[str], text: str) -> list[Stretch] | None:
    """Where tokens stand in the text that they were cut from; None if it is another text.

    >>> place_words(["It", "'s", "late"], "It's  late")
    [(0, 2), (2, 4), (6, 10)]
    >>> place_words(["It", "is"], "It's") is None
    True
    """
    placed = []
    at = 0
    for word in words:
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(word, at):
            return None
        placed.append((at, at + len(word)))
        at += len(word)
    return placed if not text[at:].strip() else None


def join_words(words: Sequence[str]) -> tuple[str, list[Stretch]]:
    """Tokens as print would join them, and where each of them stands.

    >>> join_words(["Ann", "'s", "boat", "(", "a", "cutter", ")", "sank", "."])[0]
    "Ann's boat (a cutter) sank."
    """
    text, placed = "", list[Stretch]()
    pieces = []
    at = 0
    for gap, word in zip(_gaps(words), words, strict=True):
        pieces += [gap, word]
        placed.append((at + len(gap), at + len(gap) + len(word)))
        at = placed[-1][1]
    text = "".join(pieces)
    return text, placed


def _gaps(words: Sequence[str]) -> Iterator[str]:
    """What stands before each token: a space or nothing."""
    is_open = False
    glued = True
    for word in words:
        closes = word in _STRAIGHT and is_open
        yield "" if glued or closes or _NOT_BEFORE.fullmatch(word) else " "
        if word in _STRAIGHT:
            is_open = not is_open
        glued = word in _NOT_AFTER or (word in _STRAIGHT and is_open)


def runs_of_labels(labels: Sequence[str], where: str) -> Iterator[tuple[int, int, str]]:
    """Entities as first token, token after the last, and type, of IOB or IO labels.

    >>> list(runs_of_labels(["I-A", "O", "B-B", "I-B", "B-B"], "here"))
    [(0, 1, 'A'), (2, 4, 'B'), (4, 5, 'B')]

    Raises:
        FormError: A label is neither ``O`` nor begins with ``B-`` or ``I-``.
    """
    first, kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        mark, _, own = label.partition("-")
        if (mark not in {"B", "I"} or not own) and label != "O":
            raise FormError(source=where, problem=f"{label!r} is no label such as B-PER")
        if kind and (mark != "I" or own != kind):
            yield first, at, kind
            kind = ""
        if own and not kind:
            first, kind = at, own


def in_order(mentions: Iterable[MarkedMention]) -> tuple[MarkedMention, ...]:
    """Mentions by start, longer ones first."""
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.type, m.chain or "")))
