"""Gold for named entities: UNER-EWT, Wikigold, WNUT-17, Broad Twitter, re3d.

Each loader takes the folder that holds the corpora and gives texts with mentions, whose
types are in the words of the corpus. Everything in these corpora is a name but for
re3d, which marks descriptions too ("U.S. service members"): a mention of re3d is a
name when its last word has an upper-case letter.
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.entity_conllu import ConlluSentence, conllu_documents
from evaluation.entity_texts import (
    Form,
    Layout,
    MarkedCorpus,
    MarkedMention,
    MarkedText,
    MarkedToken,
    Sentence,
    Stretch,
    in_order,
    join_words,
    lay_out,
    place_words,
    runs_of_labels,
)
from evaluation.errors import FormError
from evaluation.json_rows import decoded, digest_of, json_lines, read_bytes, text_of

# Licences of the others allow neither weights nor are they clear.
RE3D_SOURCES = (
    "Australian_Department_of_Foreign_Affairs",
    "CENTCOM",
    "UK_Government",
    "US_State_Department",
    "Wikipedia",
)
_LINE = re.compile(r"[^\n]+")
Row = tuple[str, str]


def load_uner(folder: Path, part: str = "dev") -> MarkedCorpus:
    """UNER's English EWT, whole documents with the paragraphs and spaces of EWT.

    Args:
        folder: Holds ``ner/uner_ewt`` and ``ewt``.
        part: ``train`` or ``dev``.

    Raises:
        FormError: A file is missing or not in its form.
    """
    path = folder / "ner" / "uner_ewt" / f"en_ewt-ud-{part}.iob2"
    content = read_bytes(path)
    trees = _ewt_sentences(folder, part)
    texts: list[MarkedText] = []
    name, sentences = "", list[_LabelledSentence]()
    for own in _iob2_sentences(decoded(content, path), str(path)):
        new = own.comments.get("newdoc id")
        if new is not None and sentences:
            texts.append(_uner_text(name, sentences, trees))
            sentences = []
        name = new or name
        sentences.append(own)
    if sentences:
        texts.append(_uner_text(name, sentences, trees))
    return MarkedCorpus(name=f"uner_ewt/{part}", digest=digest_of(content), texts=tuple(texts))


class _LabelledSentence:
    """Words with labels, and the comments before them."""

    def __init__(self, comments: Mapping[str, str], rows: Sequence[Row], where: str) -> None:
        self.comments = comments
        self.words = [word for word, _ in rows]
        self.runs = list(runs_of_labels([label for _, label in rows], where))

    @property
    def id(self) -> str:
        return self.comments.get("sent_id", "")


def _iob2_sentences(content: str, source: str) -> Iterator[_LabelledSentence]:
    comments: dict[str, str] = {}
    rows: list[Row] = []
    for number, line in enumerate([*content.split("\n"), ""], 1):
        if line.startswith("# ") and not rows:
            key, _, value = line[2:].partition("=")
            comments[key.strip()] = value.strip()
        elif line.strip():
            columns = line.split("\t")
            if len(columns) < 3:
                raise FormError(source=f"{source} line {number}", problem="it has no label")
            rows.append((columns[1], columns[2]))
        elif rows:
            yield _LabelledSentence(comments, rows, f"{source}, before line {number}")
            comments, rows = {}, []


def _ewt_sentences(folder: Path, part: str) -> dict[str, ConlluSentence]:
    """The sentences of EWT by id."""
    path = folder / "ewt" / f"en_ewt-ud-{part}.conllu"
    if path.exists():
        content = decoded(read_bytes(path), path)
    else:
        path = path.with_name(path.name + ".gz")
        content = decoded(_unzipped(path), path)
    return {
        sentence.comments.get("sent_id", ""): sentence
        for _, sentences in conllu_documents(content, str(path))
        for sentence in sentences
    }


def _unzipped(path: Path) -> bytes:
    try:
        return gzip.decompress(read_bytes(path))
    except (OSError, EOFError, zlib.error) as error:
        raise FormError(source=str(path), problem=f"it cannot be unpacked: {error}") from error


def _uner_text(
    name: str, sentences: Sequence[_LabelledSentence], trees: Mapping[str, ConlluSentence]
) -> MarkedText:
    laid = lay_out([_uner_sentence(own, trees.get(own.id)) for own in sentences])
    return MarkedText(
        id=name,
        text=laid.text,
        tokens=tuple(_uner_tokens(sentences, trees, laid)),
        sentences=laid.sentences,
        paragraphs=laid.paragraphs,
        mentions=_named_runs(sentences, laid.words),
        genre=name.partition("-")[0],
    )


def _uner_sentence(own: _LabelledSentence, tree: ConlluSentence | None) -> Sentence:
    """A sentence with the spaces of EWT's text, of its own text, or else with single ones.

    The text in UNER's file is an older one, in which contractions stand apart.
    """
    begins = "newdoc id" in own.comments or (tree is not None and tree.starts_paragraph)
    for text in ("" if tree is None else tree.placed[0], own.comments.get("text", "")):
        placed = place_words(own.words, text)
        if placed is not None:
            return Sentence(text=text, words=placed, starts_paragraph=begins)
    text = " ".join(own.words)
    return Sentence(text=text, words=place_words(own.words, text) or (), starts_paragraph=begins)


def _uner_tokens(
    sentences: Sequence[_LabelledSentence], trees: Mapping[str, ConlluSentence], laid: Layout
) -> Iterator[MarkedToken]:
    """Tokens with the tags of EWT where both cut a sentence alike, and else without."""
    first = 0
    for own in sentences:
        tree = trees.get(own.id)
        words = tree.words if tree is not None else ()
        is_same = [word.form for word in words] == own.words
        for at, (start, end) in enumerate(laid.words[first : first + len(own.words)]):
            if is_same:
                word = words[at]
                head = first + word.head - 1 if word.head else None
                yield MarkedToken(
                    start=start,
                    end=end,
                    tag=word.tag,
                    head=head,
                    relation=word.relation,
                    fine_tag=word.fine_tag,
                    number=f"{own.id}:{at + 1}",
                )
            else:
                yield MarkedToken(start=start, end=end)
        first += len(own.words)


def _named_runs(
    sentences: Iterable[_LabelledSentence], words: Sequence[Stretch]
) -> tuple[MarkedMention, ...]:
    mentions = []
    first = 0
    for own in sentences:
        mentions += [
            _named(words[first + a][0], words[first + b - 1][1], kind) for a, b, kind in own.runs
        ]
        first += len(own.words)
    return in_order(mentions)


def _named(start: int, end: int, kind: str) -> MarkedMention:
    return MarkedMention(start=start, end=end, type=kind, form=Form.NAME, name=(start, end))


def load_wikigold(folder: Path) -> MarkedCorpus:
    """Wikigold, all of which is for training; adjacent names of one type run together.

    Raises:
        FormError: The file is missing or not in its form.
    """
    return _column_corpus("wikigold", folder / "ner" / "wikigold" / "wikigold.conll.txt", " ")


def load_wnut17(folder: Path, part: str = "dev") -> MarkedCorpus:
    """WNUT-17, a text for each post.

    Raises:
        FormError: The file is missing or not in its form.
    """
    name = {"train": "wnut17train.conll", "dev": "emerging.dev.conll"}[part]
    return _column_corpus(f"wnut17/{part}", folder / "ner" / "wnut17" / name, "\t")


def load_broad_twitter(folder: Path, part: str = "dev") -> MarkedCorpus:
    """The Broad Twitter Corpus, a text for each post.

    Raises:
        FormError: The file is missing or not in its form.
    """
    path = folder / "ner" / "broad_twitter" / f"btc.{part}"
    return _column_corpus(f"broad_twitter/{part}", path, "\t")


def _column_corpus(name: str, path: Path, separator: str) -> MarkedCorpus:
    content = read_bytes(path)
    blocks = _column_blocks(decoded(content, path), separator, str(path))
    texts = tuple(_column_text(f"{name}-{number}", block) for number, block in enumerate(blocks, 1))
    return MarkedCorpus(name=name, digest=digest_of(content), texts=texts)


def _column_blocks(content: str, separator: str, source: str) -> Iterator[list[_LabelledSentence]]:
    """Documents: between ``-DOCSTART-`` lines if there are any, or else single sentences."""
    is_whole = "-DOCSTART-" in content
    block: list[_LabelledSentence] = []
    rows: list[Row] = []
    for number, line in enumerate([*content.split("\n"), ""], 1):
        word, _, label = line.rstrip("\r").rpartition(separator)
        starts = line.startswith("-DOCSTART-")
        if word.strip() and not starts:
            rows.append((word, label))
            continue
        if line.strip() and not starts:
            if separator not in line:
                raise FormError(source=f"{source} line {number}", problem="it has no label")
            if label.strip():  # a token of nothing that is seen
                continue
        if rows:
            block.append(_LabelledSentence({}, rows, f"{source}, before line {number}"))
            rows = []
        if block and (starts or not is_whole):
            yield block
            block = []
    if block:
        yield block


def _column_text(name: str, sentences: Sequence[_LabelledSentence]) -> MarkedText:
    joined = [join_words(own.words) for own in sentences]
    laid = lay_out([Sentence(text=text, words=words) for text, words in joined])
    return MarkedText(
        id=name,
        text=laid.text,
        tokens=tuple(MarkedToken(start=start, end=end) for start, end in laid.words),
        sentences=laid.sentences,
        paragraphs=laid.paragraphs,
        mentions=_named_runs(sentences, laid.words),
    )


def load_re3d(folder: Path, sources: Sequence[str] = RE3D_SOURCES) -> MarkedCorpus:
    """re3d, which has no parts; sources with unclear or non-commercial licences left out.

    Raises:
        FormError: A file is missing or not in its form.
    """
    texts: list[MarkedText] = []
    lines = []
    for source in sources:
        base = folder / "ner" / "re3d" / source
        documents, entities = (
            read_bytes(base / f"{name}.json") for name in ("documents", "entities")
        )
        lines.append(f"{source} {digest_of(documents)} {digest_of(entities)}\n")
        texts += _re3d_texts(documents, entities, base)
    return MarkedCorpus(name="re3d", digest=digest_of("".join(lines).encode()), texts=tuple(texts))


def _re3d_texts(documents: bytes, entities: bytes, base: Path) -> Iterator[MarkedText]:
    marked: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for where, row in json_lines(entities, base / "entities.json"):
        marked.setdefault(text_of(row, "documentId", where), []).append((where, row))
    for where, row in json_lines(documents, base / "documents.json"):
        name, text = text_of(row, "_id", where), text_of(row, "text", where)
        lines = tuple(line.span() for line in _LINE.finditer(text) if line.group().strip())
        yield MarkedText(
            id=name,
            text=text,
            tokens=(),
            sentences=(),
            paragraphs=lines,
            mentions=in_order(_re3d_mention(own, text, at) for at, own in marked.get(name, ())),
            genre=base.name,
        )


def _re3d_mention(row: Mapping[str, Any], text: str, where: str) -> MarkedMention:
    start, end = row.get("begin"), row.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise FormError(source=where, problem=f"{start!r} to {end!r} is no part of the text")
    last = text[start:end].split()[-1:]
    is_name = any(char.isupper() for word in last for char in word)
    return MarkedMention(
        start=start,
        end=end,
        type=text_of(row, "type", where),
        form=Form.NAME if is_name else Form.NOMINAL,
        name=(start, end) if is_name else None,
    )
