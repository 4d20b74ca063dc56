"""CoNLL-U files: documents of sentences of words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from evaluation.entity_texts import Sentence, Stretch, join_words, place_words
from evaluation.errors import FormError

_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One line of a sentence; numbers count from 1, as in the file.

    Attributes:
        form: As written.
        tag: Universal part of speech.
        fine_tag: Part of speech of the treebank.
        head: Number of its head in the sentence, 0 of a root.
        relation: How it depends on the head.
        misc: The last column.
    """

    form: str
    tag: str
    fine_tag: str
    head: int
    relation: str
    misc: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ConlluSentence:
    """One sentence.

    Attributes:
        where: File and line, for messages.
        comments: ``# key = value``; of a key that comes again, the last.
        words: In order; ranges and empty nodes are left out.
    """

    where: str
    comments: Mapping[str, str]
    words: tuple[Word, ...]

    @property
    def starts_paragraph(self) -> bool:
        """Whether a paragraph begins here."""
        return any(key in self.comments for key in ("newpar", "newpar id", "newdoc id"))

    @property
    def is_heading(self) -> bool:
        """Whether its paragraph is marked as a heading."""
        return self.comments.get("newpar_block", "").startswith("head")

    @cached_property
    def placed(self) -> tuple[str, list[Stretch]]:
        """The sentence as it is written, and where its words stand in it.

        Without ``# text``, or with one of other words, words are joined as print does.
        """
        forms = [word.form for word in self.words]
        text = self.comments.get("text", "")
        found = place_words(forms, text)
        return join_words(forms) if found is None else (text, found)

    def sentence(self) -> Sentence:
        """The form that `lay_out` takes."""
        text, placed = self.placed
        return Sentence(
            text=text,
            words=placed,
            starts_paragraph=self.starts_paragraph,
            is_heading=self.is_heading,
        )


def conllu_sentences(content: str, source: str) -> Iterator[ConlluSentence]:
    """The sentences of a file.

    Raises:
        FormError: A line is neither a comment nor ten columns.
    """
    comments: dict[str, str] = {}
    words: list[Word] = []
    for number, line in enumerate([*content.split("\n"), ""], 1):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line.strip():
            word = _word(line, f"{source} line {number}")
            if word is not None:
                words.append(word)
        elif words:
            yield ConlluSentence(
                where=f"{source}, sentence that ends in line {number - 1}",
                comments=comments,
                words=tuple(words),
            )
            comments, words = {}, []


def _word(line: str, where: str) -> Word | None:
    """A word; None for a range or an empty node."""
    columns = line.rstrip("\r").split("\t")
    if len(columns) != _COLUMNS:
        raise FormError(source=where, problem=f"{len(columns)} columns instead of {_COLUMNS}")
    if not columns[0].isdecimal():
        return None
    if not columns[6].isdecimal():
        raise FormError(source=where, problem=f"{columns[6]!r} is no head")
    return Word(columns[1], columns[3], columns[4], int(columns[6]), columns[7], _misc(columns[9]))


def _misc(column: str) -> dict[str, str]:
    if column == "_":
        return {}
    return dict(part.partition("=")[::2] for part in column.split("|"))


def conllu_documents(content: str, source: str) -> Iterator[tuple[str, list[ConlluSentence]]]:
    """The sentences of each document, by ``# newdoc id``.

    Raises:
        FormError: A sentence stands before any document.
    """
    name: str | None = None
    sentences: list[ConlluSentence] = []
    for sentence in conllu_sentences(content, source):
        new = sentence.comments.get("newdoc id")
        if new is not None:
            if name is not None:
                yield name, sentences
            name, sentences = new, []
        if name is None:
            raise FormError(source=sentence.where, problem="there is no '# newdoc id' before it")
        sentences.append(sentence)
    if name is not None:
        yield name, sentences
