"""GUM: all its mentions with trees, chains and Wikipedia pages; and OntoGUM's chains.

GUM marks every noun phrase, whether it is mentioned again or not. OntoGUM marks what
OntoNotes would: mentions that come again, without predicates, appositions and most
modifiers. Both go over the same tokens.
"""

import re
import urllib.parse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.entity_conllu import ConlluSentence, Word, conllu_documents
from evaluation.entity_texts import (
    Form,
    Layout,
    MarkedCorpus,
    MarkedMention,
    MarkedText,
    MarkedToken,
    Stretch,
    in_order,
    lay_out,
)
from evaluation.errors import CorpusError, FormError
from evaluation.json_rows import decoded, digest_of, read_bytes

_BRACKET = re.compile(r"\((?P<opens>[^()]+)(?P<single>\))?|(?P<closes>[^()]+)\)")
# group-type-infstat-salience-centering-minspan-link-identity, the last one only at times.
_N_FIELDS = 8
_JOINING = frozenset("of the and for & - – . ' ’ ’s 's de la del von van bin al".split())
# How titles, prepositions and 's depend on others.
_OUTSIDE_PERSONS = frozenset({"nmod:desc", "case"})


class _Tree:
    """The words of a document, numbered through, with where they stand.

    Attributes:
        begins: The first words of mentions.
    """

    def __init__(self, sentences: Sequence[ConlluSentence], laid: Layout) -> None:
        self.placed = laid.words
        self.words: list[Word] = []
        self.heads: list[int | None] = []
        self.begins: set[int] = set()
        for sentence in sentences:
            first = len(self.words)
            self.words += sentence.words
            self.heads += [first + w.head - 1 if w.head else None for w in sentence.words]

    def tokens(self) -> Iterator[MarkedToken]:
        for (start, end), word, head in zip(self.placed, self.words, self.heads, strict=True):
            yield MarkedToken(
                start=start,
                end=end,
                tag=word.tag,
                head=head,
                relation=word.relation,
                fine_tag=word.fine_tag,
            )

    def head_of(self, first: int, after: int) -> int:
        """The first word of some that depends on none of them."""
        for at in range(first, after):
            head = self.heads[at]
            if (head is None or not first <= head < after) and self.words[at].tag != "PUNCT":
                return at
        return first

    def form_of(self, first: int, after: int) -> Form:
        """By the tag of the head."""
        tag = self.words[self.head_of(first, after)].tag
        return {"PROPN": Form.NAME, "PRON": Form.PRONOUN}.get(tag, Form.NOMINAL)

    def name_of(self, first: int, after: int, kind: str) -> Stretch | None:
        """The proper nouns around the head with the small words between them.

        As UNER marks names, titles before persons and what stands beside a name with a
        mention of its own are no part of it, and a person's office ("Director of the
        Dam Board") is no name.
        """
        head = self.head_of(first, after)
        if self.words[head].tag != "PROPN":
            return None
        start, end = head, head + 1
        for at in range(head - 1, first - 1, -1):
            if not self._may_be_named(at, kind):
                break
            start = at if self._is_proper(at) else start
        for at in range(head + 1, after):
            is_number = at == end and self.words[at].tag == "NUM"
            if not is_number and not self._may_be_named(at, kind):
                break
            end = at + 1 if is_number or self._is_proper(at) else end
        is_office = kind == "person" and head + 1 == end < after - 1
        if is_office and self.words[end].relation == "case":
            return None
        return self.stretch(start, end)

    def _may_be_named(self, at: int, kind: str) -> bool:
        word = self.words[at]
        if kind == "person" and word.relation in _OUTSIDE_PERSONS:
            return False
        if kind in {"person", "place"} and word.relation == "cc" and at + 1 in self.begins:
            return False
        return self._is_proper(at) or word.form.lower() in _JOINING

    def stretch(self, first: int, after: int) -> Stretch:
        return self.placed[first][0], self.placed[after - 1][1]

    def _is_proper(self, at: int) -> bool:
        return self.words[at].tag == "PROPN" or self.words[at].fine_tag in {"NNP", "NNPS"}


def load_gum(folder: Path, part: str = "dev", *, genre: str | None = None) -> MarkedCorpus:
    """GUM's free genres.

    Args:
        folder: Holds ``gum``.
        part: ``train`` or ``dev``.
        genre: ``news`` and the like; all if None.

    Raises:
        CorpusError: There are no such files.
        FormError: A file is not in its form.
    """
    texts, lines = [], []
    for path, content in _files(folder / "gum" / "conllu" / part, ".conllu", genre):
        lines.append(f"{path.name} {digest_of(content)}\n")
        texts.append(_gum_text(path, content)[0])
    return _corpus("gum", part, genre, texts, lines)


def load_ontogum(folder: Path, part: str = "dev", *, genre: str | None = None) -> MarkedCorpus:
    """The texts of GUM with the chains of OntoGUM, which have two mentions or more.

    Args:
        folder: Holds ``gum``.
        part: ``train`` or ``dev``.
        genre: ``news`` and the like; all if None.

    Raises:
        CorpusError: There are no such files.
        FormError: A file is not in its form, or has other words than GUM's.
    """
    texts, lines = [], []
    for path, content in _files(folder / "gum" / "ontogum" / part, ".conll", genre):
        tree_path = folder / "gum" / "conllu" / part / f"{path.stem}.conllu"
        text, tree = _gum_text(tree_path, read_bytes(tree_path))
        lines.append(f"{path.name} {digest_of(content)}\n")
        brackets = _ontogum_brackets(decoded(content, path), tree, str(path))
        types = {mention.span: mention.type for mention in text.mentions}
        mentions = [
            _mention(tree, first, after, group, types.get(tree.stretch(first, after), ""))
            for first, after, group in _paired(brackets, str(path))
        ]
        texts.append(
            MarkedText(
                id=text.id,
                text=text.text,
                tokens=text.tokens,
                sentences=text.sentences,
                paragraphs=text.paragraphs,
                headings=text.headings,
                mentions=in_order(mentions),
                genre=text.genre,
            )
        )
    return _corpus("ontogum", part, genre, texts, lines)


def _files(base: Path, ending: str, genre: str | None) -> Iterator[tuple[Path, bytes]]:
    paths = sorted(base.glob(f"GUM_{genre or '*'}_*{ending}"), key=lambda path: path.name)
    if not paths:
        raise CorpusError(source=str(base), problem=f"it holds no GUM_{genre or '*'}_*{ending}")
    for path in paths:
        yield path, read_bytes(path)


def _corpus(
    name: str, part: str, genre: str | None, texts: list[MarkedText], lines: list[str]
) -> MarkedCorpus:
    return MarkedCorpus(
        name=f"{name}/{part}" + (f"/{genre}" if genre else ""),
        digest=digest_of("".join(lines).encode()),
        texts=tuple(texts),
    )


def _gum_text(path: Path, content: bytes) -> tuple[MarkedText, _Tree]:
    documents = list(conllu_documents(decoded(content, path), str(path)))
    if len(documents) != 1:
        raise FormError(source=str(path), problem=f"{len(documents)} documents instead of one")
    name, sentences = documents[0]
    laid = lay_out([sentence.sentence() for sentence in sentences])
    tree = _Tree(sentences, laid)
    brackets = [word.misc.get("Entity", "") for word in tree.words]
    paired = list(_paired(brackets, str(path)))
    tree.begins.update(first for first, _, _ in paired)
    mentions = [_gum_mention(tree, *own, str(path)) for own in paired]
    text = MarkedText(
        id=name,
        text=laid.text,
        tokens=tuple(tree.tokens()),
        sentences=laid.sentences,
        paragraphs=laid.paragraphs,
        headings=laid.headings,
        mentions=in_order(mentions),
        genre=name.split("_")[1] if name.count("_") > 1 else "",
    )
    return text, tree


def _paired(brackets: Sequence[str], where: str) -> Iterator[tuple[int, int, str]]:
    """First word, word after the last, and label of each pair of brackets.

    Raises:
        FormError: A bracket has no partner.
    """
    opened: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, value in enumerate(brackets):
        for bracket in _BRACKET.finditer(value):
            if label := bracket["opens"]:
                opened[label.partition("-")[0]].append((at, label))
            group = label.partition("-")[0] if bracket["single"] else bracket["closes"]
            if not group:
                continue
            if not opened[group]:
                raise FormError(source=where, problem=f"mention {group!r} ends without beginning")
            first, own = opened[group].pop()
            yield first, at + 1, own
    for group, left in opened.items():
        if left:
            raise FormError(source=where, problem=f"mention {group!r} does not end")


def _gum_mention(tree: _Tree, first: int, after: int, label: str, where: str) -> MarkedMention:
    fields = label.split("-", _N_FIELDS - 1)
    if len(fields) < _N_FIELDS - 1:
        raise FormError(source=where, problem=f"{label!r} has too few fields")
    identity = urllib.parse.unquote(fields[7]) if len(fields) == _N_FIELDS else None
    return _mention(tree, first, after, fields[0], fields[1], identity)


def _mention(
    tree: _Tree, first: int, after: int, chain: str, kind: str, identity: str | None = None
) -> MarkedMention:
    start, end = tree.stretch(first, after)
    return MarkedMention(
        start=start,
        end=end,
        type=kind,
        form=tree.form_of(first, after),
        chain=chain,
        head=tree.placed[tree.head_of(first, after)],
        name=tree.name_of(first, after, kind),
        identity=identity,
    )


def _ontogum_brackets(content: str, tree: _Tree, where: str) -> list[str]:
    """The last column of each token.

    A vertical bar, which is a mark of this form, stands as a token without letters.

    Raises:
        FormError: The tokens are not those of the tree.
    """
    rows = [line.split("\t") for line in content.split("\n") if "\t" in line]
    words = [row[1] for row in rows]
    same = len(words) == len(tree.words) and all(
        not own or own == word.form for own, word in zip(words, tree.words, strict=True)
    )
    if not same or any(len(row) != 3 for row in rows):
        raise FormError(source=where, problem="its tokens are not those of the CoNLL-U file")
    return [row[2].strip() for row in rows]
