"""Texts for finders of events, with trees, mentions and other rows written by hand.

A sentence is words with their tags, relations and heads, from 1 as treebanks count:
``Rebels/NNS/nsubj/2 took/VBD/root/0 Orsa/NNP/obj/2``.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from onrecord.encode.readings import EncodedReading, with_found
from onrecord.encode.types import TYPES
from onrecord.events.stages import EventFinder
from onrecord.events.texts import EventText, Sentence
from onrecord.records import (
    Act,
    Entity,
    Event,
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
from onrecord.syntax.labels import RELATIONS, TAGS
from onrecord.syntax.trees import FoundTrees, Tree

RUN = make_run(software="0", model="none", model_digest="", settings={})


class MadeTree:
    """A tree in the place of one that a model made."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.words = tree, tree.words


class MadeText:
    """Rows over hand-made sentences; words that stand several times are those of the first."""

    def __init__(self, *sentences: str, published: str | None = "2024-05-09") -> None:
        self.tokens = [[t.rsplit("/", 3) for t in s.split()] for s in sentences]
        self.text = " ".join(" ".join(t[0] for t in tokens) for tokens in self.tokens)
        self.document = make_document(text=self.text, published=published)
        self.mentions: list[Mention] = []
        self.entities: dict[str, Entity] = {}
        self.places: list[Place] = []
        self.times: list[Time] = []
        self.quantities: list[Quantity] = []
        self.statements: list[Statement] = []
        self.types: dict[str, str] = {}

    def typed(self, **types: str) -> "MadeText":
        """What the encoder takes words for, which no mention stands over."""
        self.types |= types
        return self

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

    def reading(self) -> Reading:
        """The rows alone."""
        return Reading(
            run=RUN, document=self.document, mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()), places=tuple(self.places),
            times=tuple(self.times), quantities=tuple(self.quantities),
            statements=tuple(self.statements),
        )  # fmt: skip

    def encoded(self) -> EncodedReading:
        """The rows with the trees as the pass of the encoder leaves them."""
        columns: dict[str, list[int]] = {name: [] for name in FoundTrees.__slots__}
        at = 0
        for number, tokens in enumerate(self.tokens):
            tree, at = _tree(tokens, at, self.types)
            before = len(columns["start_W"])
            own = {
                "start_W": tree.starts,
                "end_W": tree.ends,
                "sentence_W": [number] * len(tree),
                "head_W": [before + head for head in tree.heads],
                "root_W": [0] * len(tree),
                "relation_W": [RELATIONS.index(r) for r in tree.relations],
                "tag_W": [TAGS.index(t) for t in tree.tags],
                "happened_W": [0] * len(tree),
                "type_W": [TYPES.index(t) for t in tree.types],
            }
            for name, values in own.items():
                columns[name] += values
        return with_found(self.reading(), [found_trees(columns)] if at else [])

    def events(self) -> list[Event]:
        """What is found in it."""
        return EventFinder().events(self.made())

    def told(self) -> list[str]:
        """Events in words: type, trigger, actors and recipients, how they are told."""
        text = self.made()
        return [describe(text, event) for event in EventFinder().events(text)]

    def made(self) -> EventText:
        """The text as finders take it."""
        text = EventText(self.reading(), [])
        at = 0
        for number, tokens in enumerate(self.tokens):
            tree, at = _tree(tokens, at, self.types)
            text.sentences.append(
                Sentence(text, number, tree.starts[0], tree.ends[-1], MadeTree(tree))  # type: ignore[arg-type]
            )
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


def found_trees(columns: dict[str, list[int]]) -> FoundTrees:
    """Columns as a window has them."""
    floats = {"root_W", "happened_W"}
    arrays: dict[str, Any] = {
        name: np.array(values, dtype=np.float32 if name in floats else np.int64)
        for name, values in columns.items()
        if not name.startswith("whole")
    }
    return FoundTrees(**arrays)


def describe(text: EventText, event: Event) -> str:
    """An event in words: ``ASSAULT shelled: Rebels > Orsa``, and its factuality if not actual."""
    made = text.made.by_id

    def names(ids: Sequence[str]) -> str:
        found = (text.entities[i].name if i in text.entities else made[i].row.name for i in ids)
        return ", ".join(found) or "-"

    words = event.trigger.text_in(text.text)
    told = "" if event.factuality == "actual" else f" ({event.factuality})"
    return f"{event.type} {words}: {names(event.actors)} > {names(event.recipients)}{told}"


def tree_of(sentence: str, types: Mapping[str, str] = MappingProxyType({})) -> Tree:
    """The tree of one sentence."""
    return _tree([t.rsplit("/", 3) for t in sentence.split()], 0, types)[0]


def _tree(
    tokens: Sequence[Sequence[str]], at: int, types: Mapping[str, str] = MappingProxyType({})
) -> tuple[Tree, int]:
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
        types=[types.get(t[0], "none") for t in tokens],
    )
    return tree, at
