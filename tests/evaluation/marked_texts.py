"""Annotated lines as gold and as predictions: records, readings and corpora made of them."""

from collections.abc import Mapping
from typing import Any

from evaluation.corpora import Article, Attribution, Corpus, GoldRecord, GoldStatement
from evaluation.predictions import Predictions
from onrecord.records import (
    Act,
    Entity,
    Kind,
    Manner,
    Mention,
    MentionForm,
    Polarity,
    Reading,
    Run,
    Span,
    Spans,
    Statement,
    make_document,
    make_run,
)
from tests.marked import Marked, MarkedStatement, parse_marked

RUN: Run = make_run(software="0", model="none", model_digest="0", settings={})


def marked_twice(
    gold: str, predicted: str
) -> tuple[str, tuple[MarkedStatement, ...], tuple[MarkedStatement, ...]]:
    """One text, and the statements of either marking of it."""
    own, other = parse_marked(gold), parse_marked(predicted)
    assert own.text == other.text
    return own.text, own.statements, other.statements


def attributions_of(marked: Marked) -> tuple[Attribution, ...]:
    """The statements of an annotated line as a corpus has them."""
    return tuple(
        Attribution(source=s.source, cue=s.cue, content=s.content) for s in marked.statements
    )


def words_at(text: str, words: str) -> Span:
    """Where some words first stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def gold_record(
    marked: str,
    facts: Mapping[int, Mapping[str, Any]] | None = None,
    *,
    aliases: Mapping[str, tuple[str, ...]] | None = None,
    url: str = "one",
) -> GoldRecord:
    """A gold record; statement n has the id ``sn``, and what `facts` says of it."""
    line = parse_marked(marked)
    statements = []
    for roles in line.statements:
        fields: dict[str, Any] = {
            "speaker": None,
            "act": Act.ASSERT,
            "polarity": Polarity.AFFIRM,
            "manner": None,
            "addressee": None,
            "medium": None,
            "parent": None,
            **(facts or {}).get(roles.number, {}),
        }
        statements.append(
            GoldStatement(
                id=f"s{roles.number}",
                source=roles.source,
                cue=roles.cue,
                content=roles.content,
                **fields,
            )
        )
    return GoldRecord(
        url=url,
        published=None,
        text=line.text,
        aliases=aliases or {},
        statements=tuple(statements),
    )


def predicted_reading(
    marked: str,
    facts: Mapping[int, Mapping[str, Any]] | None = None,
    *,
    entities: Mapping[str, tuple[str, ...]] | None = None,
    forms: Mapping[str, MentionForm] | None = None,
    url: str = "one",
) -> Reading:
    """A reading; statement n has the id ``pn``; an entity is given by the words of its mentions.

    Words are names unless ``forms`` says what they are.
    """
    line = parse_marked(marked)
    document = make_document(text=line.text, url=url)
    mentions, rows = [], []
    for entity, words in (entities or {}).items():
        own = [
            Mention(
                id=f"{entity}-{n}",
                document=document.id,
                span=words_at(line.text, w),
                kind=Kind.PERSON,
                form=(forms or {}).get(w, MentionForm.NAME),
                entity=entity,
                run=RUN.id,
            )
            for n, w in enumerate(words)
        ]
        mentions += own
        rows.append(
            Entity(
                id=entity,
                document=document.id,
                name=words[0],
                kind=Kind.PERSON,
                actor=None,
                country=None,
                place=None,
                mentions=tuple(mention.id for mention in own),
                run=RUN.id,
            )
        )
    statements = tuple(
        statement(
            f"p{roles.number}",
            document.id,
            source=roles.source,
            cue=roles.cue,
            content=roles.content,
            **(facts or {}).get(roles.number, {}),
        )
        for roles in line.statements
    )
    return Reading(
        document=document,
        run=RUN,
        mentions=tuple(mentions),
        entities=tuple(rows),
        statements=statements,
    )


def statement(
    own_id: str, document: str, *, source: Spans, cue: Spans, content: Spans, **facts: Any
) -> Statement:
    """A statement of which only what matters is said."""
    fields: dict[str, Any] = {
        "speaker": None,
        "act": Act.ASSERT,
        "polarity": Polarity.AFFIRM,
        "manner": Manner.INDIRECT,
        "addressee": None,
        "medium": None,
        "parent": None,
        "depth": 0,
        "time": None,
        "probability": 0.5,
        **facts,
    }
    return Statement(
        id=own_id,
        document=document,
        source=source,
        cue=cue,
        content=content,
        run=RUN.id,
        **fields,
    )


def corpus_of(*marked: str) -> Corpus:
    """A corpus whose articles have the names a, b, c, …"""
    articles = []
    for name, own in zip("abcdefgh", marked, strict=False):
        line = parse_marked(own)
        articles.append(Article(id=name, text=line.text, attributions=attributions_of(line)))
    return Corpus(name="polnear/dev", digest="d" * 64, articles=tuple(articles))


def predictions_of(*marked: str) -> Predictions:
    """Spans for such a corpus."""
    found = {
        name: attributions_of(parse_marked(own))
        for name, own in zip("abcdefgh", marked, strict=False)
    }
    return Predictions(system="by hand", attributions=found)
