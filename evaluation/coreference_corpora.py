"""Gold for coreference: GUM, OntoGUM, LitBank with the speakers of its quotations, GAP.

Each loader takes the folder that holds the corpora. GUM and OntoGUM are read in
`coreference_gum`, and can be had from here.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.coreference_gum import load_gum, load_ontogum
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
)
from evaluation.errors import FormError
from evaluation.json_rows import decoded, digest_of, read_bytes

__all__ = [
    "GapCorpus",
    "GapItem",
    "MarkedQuotation",
    "load_gap",
    "load_gum",
    "load_litbank",
    "load_litbank_quotations",
    "load_ontogum",
]

_FORMS = {"PROP": Form.NAME, "NOM": Form.NOMINAL, "PRON": Form.PRONOUN}
_IS_FEMININE = {
    **dict.fromkeys(("he", "his", "him"), False),
    **dict.fromkeys(("she", "her", "hers"), True),
}
_GAP_FILES = {"train": "gap-development.tsv", "dev": "gap-validation.tsv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedQuotation:
    """A quotation of a text and who utters it.

    Attributes:
        start: Its first code point, a quotation mark as a rule.
        end: The code point after its last.
        chain: Who utters it: a chain of the mentions of the text.
    """

    start: int
    end: int
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapItem:
    """A pronoun and two names, of which at most one is meant.

    Attributes:
        id: Its name in the corpus.
        text: What the spans count.
        pronoun: Where the pronoun stands.
        a: Where the first name stands.
        b: Where the second one stands.
        is_a: Whether the pronoun means the first.
        is_b: Whether it means the second.
        is_feminine: Of the pronoun.
    """

    id: str
    text: str
    pronoun: Stretch
    a: Stretch
    b: Stretch
    is_a: bool
    is_b: bool
    is_feminine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCorpus:
    """A name, the SHA-256 of the file, and what it holds."""

    name: str
    digest: str
    items: tuple[GapItem, ...]


def load_litbank(folder: Path, part: str = "dev") -> MarkedCorpus:
    """LitBank's works of a part.

    Args:
        folder: Holds ``coref/litbank``.
        part: ``train`` or ``dev``, by ``split.tsv``.

    Raises:
        FormError: A file is missing or not in its form.
    """
    texts, lines = [], []
    for work in _litbank_works(folder, part):
        texts.append(work.marked_text())
        lines.append(f"{work.name} {work.digest}\n")
    return MarkedCorpus(
        name=f"litbank/{part}", digest=digest_of("".join(lines).encode()), texts=tuple(texts)
    )


def load_litbank_quotations(folder: Path, part: str = "dev") -> dict[str, list[MarkedQuotation]]:
    """The quotations of LitBank's works whose speaker is marked, by the id of the text.

    Raises:
        FormError: A file is missing or not in its form.
    """
    base = folder / "coref" / "litbank" / "quotations" / "tsv"
    found = {}
    for work in _litbank_works(folder, part):
        path = base / f"{work.name}_brat.ann"
        rows = _rows(path, read_bytes(path))
        speakers = {row[1]: row[2] for row in rows if row[0] == "ATTRIB" and len(row) > 2}
        quotations = []
        for row in rows:
            if row[0] == "QUOTE" and row[1] in speakers:
                start, end = work.stretch(row[2:6], str(path))
                quotations.append(MarkedQuotation(start=start, end=end, chain=speakers[row[1]]))
        found[work.name] = quotations
    return found


def _litbank_works(folder: Path, part: str) -> Iterator["_Work"]:
    base = folder / "coref" / "litbank"
    for row in _rows(base / "split.tsv", read_bytes(base / "split.tsv")):
        if row[0] == part:
            yield _Work(base / "coref" / "tsv", row[1])


def _rows(path: Path, content: bytes) -> list[list[str]]:
    lines = decoded(content, path).split("\n")
    return [line.rstrip("\r").split("\t") for line in lines if "\t" in line]


class _Work:
    """One work of LitBank: sentences in lines, tokens between single spaces."""

    def __init__(self, base: Path, name: str) -> None:
        self.name = name
        path, self.notes_path = base / f"{name}_brat.txt", base / f"{name}_brat.ann"
        content, notes = read_bytes(path), read_bytes(self.notes_path)
        self.digest = digest_of(content + notes)
        self.rows = _rows(self.notes_path, notes)
        lines = decoded(content, path).rstrip("\n").split("\n")
        words = [line.strip(" ").split(" ") for line in lines]
        self.firsts, n_words = [], 0
        for own in words:
            self.firsts.append(n_words)
            n_words += len(own)
        joined = [join_words(own) for own in words]
        self.laid: Layout = lay_out([Sentence(text=text, words=own) for text, own in joined])

    def marked_text(self) -> MarkedText:
        chains = {row[1]: row[2] for row in self.rows if row[0] == "COREF" and len(row) > 2}
        mentions = [self._mention(row, chains) for row in self.rows if row[0] == "MENTION"]
        return MarkedText(
            id=self.name,
            text=self.laid.text,
            tokens=tuple(MarkedToken(start=start, end=end) for start, end in self.laid.words),
            sentences=self.laid.sentences,
            paragraphs=self.laid.paragraphs,
            mentions=in_order(mentions),
            genre="fiction",
        )

    def _mention(self, row: Sequence[str], chains: Mapping[str, str]) -> MarkedMention:
        where = str(self.notes_path)
        if len(row) < 9 or row[8] not in _FORMS:
            raise FormError(source=where, problem=f"{row!r} is no mention")
        start, end = self.stretch(row[2:6], where)
        return MarkedMention(
            start=start,
            end=end,
            type=row[7],
            form=_FORMS[row[8]],
            chain=chains.get(row[1], row[1]),
            name=(start, end) if row[8] == "PROP" else None,
        )

    def stretch(self, numbers: Sequence[str], where: str) -> Stretch:
        """The span of sentence and token, to sentence and last token.

        Raises:
            FormError: These are no tokens of the text.
        """
        try:
            sentence, token, last_sentence, last = map(int, numbers)
            first, after = self.firsts[sentence] + token, self.firsts[last_sentence] + last
            return self.laid.words[first][0], self.laid.words[after][1]
        except (ValueError, IndexError) as error:
            problem = f"{list(numbers)!r} is no sentence and token, twice"
            raise FormError(source=where, problem=problem) from error


def load_gap(folder: Path, part: str = "dev") -> GapCorpus:
    """GAP's pronouns.

    Args:
        folder: Holds ``coref/gap``.
        part: ``train`` is what GAP calls development, ``dev`` what it calls validation.

    Raises:
        FormError: The file is missing or not in its form.
    """
    path = folder / "coref" / "gap" / _GAP_FILES[part]
    content = read_bytes(path)
    lines = decoded(content, path).split("\n")
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    items = tuple(_gap_item(row, f"{path}, item {number}") for number, row in enumerate(rows, 1))
    return GapCorpus(name=f"gap/{part}", digest=digest_of(content), items=items)


def _gap_item(row: Mapping[str, str], where: str) -> GapItem:
    try:
        pronoun, a, b = (_gap_stretch(row, role) for role in ("Pronoun", "A", "B"))
        is_feminine = _IS_FEMININE[row["Pronoun"].lower()]
        is_a, is_b = ({"TRUE": True, "FALSE": False}[row[f"{role}-coref"]] for role in "AB")
    except (KeyError, TypeError, ValueError) as error:
        raise FormError(source=where, problem=f"it is not in its form: {error}") from error
    return GapItem(
        id=row["ID"],
        text=row["Text"],
        pronoun=pronoun,
        a=a,
        b=b,
        is_a=is_a,
        is_b=is_b,
        is_feminine=is_feminine,
    )


def _gap_stretch(row: Mapping[str, str], role: str) -> Stretch:
    words, start = row[role], int(row[f"{role}-offset"])
    if row["Text"][start : start + len(words)] != words or not words:
        raise ValueError(f"{words!r} does not stand at {start}")
    return start, start + len(words)
