"""Texts for finders of events, with trees, mentions and other rows written by hand.

A sentence is words with their tags, relations and heads, from 1 as treebanks count:
``Rebels/NNS/nsubj/2 took/VBD/root/0 Orsa/NNP/obj/2``.
"""

from collections.abc import Sequence

from onrecord.events.texts import EventText, Sentence
from onrecord.records import (
    Act,
    Entity,
    Kind,
    Manner,
    Mention,
    MentionForm,
    Place,
    Polarity,
    Precision,
    Quantity,
    Reading,
    Span,
    Statement,
    Time,
    TimexType,
    make_document,
    make_run,
)
from onrecord.syntax.trees import Tree

RUN = make_run(software="0", model="none", model_digest="", settings={})


class MadeTree:
    """A tree in the place of one that a model made."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.words = tree, tree.words


class MadeText:
    """Rows over hand-made sentences; words that stand several times are those of the first."""

    def __init__(self, *sentences: str) -> None:
        self.tokens = [[t.rsplit("/", 3) for t in s.split()] for s in sentences]
        self.text = " ".join(" ".join(t[0] for t in tokens) for tokens in self.tokens)
        self.document = make_document(text=self.text, published="2024-05-09")
        self.mentions: list[Mention] = []
        self.entities: dict[str, Entity] = {}
        self.places: list[Place] = []
        self.times: list[Time] = []
        self.quantities: list[Quantity] = []
        self.statements: list[Statement] = []

    def span(self, words: str) -> Span:
        """Where some words stand first."""
        start = self.text.index(words)
        return Span(start, start + len(words))

    def actors(
        self, *names: str, kind: Kind = Kind.ORGANIZATION, actor: str | None = None
    ) -> "MadeText":
        """Mentions that are no places, each of an entity of its own."""
        for words in names:
            self._mention(words, kind, actor)
        return self

    def named(
        self, *names: str, precision: Precision = Precision.SETTLEMENT, country: str | None = None
    ) -> "MadeText":
        """Mentions with rows of places; their ids are their words."""
        for words in names:
            mention = self._mention(words, Kind.PLACE, None)
            self.places.append(
                Place(
                    id=words, document=self.document.id, mention=mention, name=words,
                    country=country, admin1=None, geonames_id=None, lat=None, lon=None,
                    precision=precision, probability=0.5, candidates=1, run=RUN.id,
                )
            )  # fmt: skip
        return self

    def dated(self, **values: str) -> "MadeText":
        """Expressions of time; the words have `_` for spaces."""
        for words, value in values.items():
            span = self.span(words.strip("_").replace("_", " "))
            self.times.append(
                Time(
                    id=words, document=self.document.id, span=span, type=TimexType.DATE,
                    value=value, run=RUN.id,
                )
            )  # fmt: skip
        return self

    def counted(
        self, words: str, value: float, unit: str | None, comparator: str | None = None
    ) -> "MadeText":
        """A figure; its id is its words."""
        self.quantities.append(
            Quantity(
                id=words, document=self.document.id, span=self.span(words), value=value,
                unit=unit, comparator=comparator, run=RUN.id,
            )
        )  # fmt: skip
        return self

    def said(
        self, source: str, cue: str, content: str, polarity: Polarity = Polarity.AFFIRM
    ) -> "MadeText":
        """A statement; its id is its source."""
        self.statements.append(
            Statement(
                id=source, document=self.document.id, source=(self.span(source),),
                cue=(self.span(cue),), content=(self.span(content),), speaker=None,
                act=Act.ASSERT, polarity=polarity, manner=Manner.INDIRECT, addressee=None,
                medium=None, parent=None, depth=0, time=None, probability=1.0, run=RUN.id,
            )
        )  # fmt: skip
        return self

    def made(self) -> EventText:
        """The text as finders take it."""
        reading = Reading(
            run=RUN, document=self.document, mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()), places=tuple(self.places),
            times=tuple(self.times), quantities=tuple(self.quantities),
            statements=tuple(self.statements),
        )  # fmt: skip
        text = EventText(reading, [])
        at = 0
        for number, tokens in enumerate(self.tokens):
            tree, at = _tree(tokens, at)
            text.sentences.append(
                Sentence(text, number, tree.starts[0], tree.ends[-1], MadeTree(tree))  # type: ignore[arg-type]
            )
            text.sentence_starts.append(tree.starts[0])
        return text

    def _mention(self, words: str, kind: Kind, actor: str | None) -> str:
        id_ = f"m-{words}"
        form = MentionForm.NAME if words[0].isupper() else MentionForm.DESCRIPTION
        self.mentions.append(
            Mention(
                id=id_, document=self.document.id, span=self.span(words), kind=kind, form=form,
                entity=words, run=RUN.id,
            )
        )  # fmt: skip
        self.entities[words] = Entity(
            id=words, document=self.document.id, name=words, kind=kind, actor=actor,
            country=None if actor is None else actor[:3], place=None, mentions=(id_,), run=RUN.id,
        )  # fmt: skip
        return id_


def _tree(tokens: Sequence[Sequence[str]], at: int) -> tuple[Tree, int]:
    starts, ends, heads = [], [], []
    for number, (word, _, _, head) in enumerate(tokens):
        starts.append(at)
        ends.append(at + len(word))
        heads.append(number if head == "0" else int(head) - 1)
        at += len(word) + 1
    tree = Tree(
        [t[0].lower() for t in tokens],
        heads,
        [t[2] for t in tokens],
        [t[1] for t in tokens],
        starts=starts,
        ends=ends,
    )
    return tree, at
