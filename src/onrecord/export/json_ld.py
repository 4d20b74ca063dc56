"""Readings as JSON-LD in the words of schema.org, and as RDF.

An article is a NewsArticle; a statement whose words are all quoted is a Quotation, any
other a Claim, each with its speaker, its words and their place in the text. Nothing has a
rating: a Claim is ready to be the `itemReviewed` of a ClaimReview that somebody else writes.
What schema.org has no word for stands under ``onrecord:``.
"""

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any, Literal

from onrecord.records import Document, Entity, Kind, Manner, Reading, Spans, Statement

# Written out, so that a program needs no network to read it.
CONTEXT = {
    "@vocab": "https://schema.org/",
    "onrecord": "urn:onrecord:",
    "isPartOf": {"@id": "https://schema.org/isPartOf", "@type": "@id"},
    "appearance": {"@id": "https://schema.org/appearance", "@type": "@id"},
    "onrecord:parent": {"@type": "@id"},
    "url": {"@id": "https://schema.org/url", "@type": "@id"},
}
_SCHEMA_TYPES = {Kind.PERSON: "Person", Kind.ORGANIZATION: "Organization"}


class JsonLdWriter:
    """One graph, written node by node."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        head = json.dumps(CONTEXT, ensure_ascii=False)
        self._before = f'{{"@context": {head}, "@graph": [\n'

    def write(self, reading: Reading) -> None:
        """Write the nodes of one."""
        for node in nodes_of(reading):
            self._stream.write(self._before + json.dumps(node, ensure_ascii=False))
            self._before = ",\n"

    def close(self) -> None:
        """End the graph; the stream stays open."""
        self._stream.write((self._before if "@graph" in self._before else "\n") + "]}\n")


def graph_of(readings: Iterable[Reading]) -> dict[str, Any]:
    """All nodes as one JSON-LD document."""
    return {"@context": CONTEXT, "@graph": [node for one in readings for node in nodes_of(one)]}


def nodes_of(reading: Reading) -> Iterator[dict[str, Any]]:
    """The article, then its statements."""
    yield article_node(reading.document)
    entities = {row.id: row for row in reading.entities or ()}
    for statement in reading.statements or ():
        yield _statement_node(reading, statement, entities.get(statement.speaker or ""))


def write_rdf(
    readings: Iterable[Reading], *, form: Literal["turtle", "nt", "xml"] = "turtle"
) -> str:
    """The same graph in a form of RDF.

    Raises:
        ImportError: rdflib is not installed; ``pip install 'onrecord[rdf]'`` does it.
    """
    import rdflib

    graph = rdflib.Graph()
    graph.parse(data=json.dumps(graph_of(readings)), format="json-ld")
    return str(graph.serialize(format=form))


def article_node(document: Document) -> dict[str, Any]:
    """An article as a NewsArticle."""
    outlet, author = document.outlet, document.author
    return _known(
        {
            "@id": f"urn:onrecord:document:{document.id}",
            "@type": "NewsArticle",
            "headline": document.title,
            "url": document.url if (document.url or "").startswith(("http:", "https:")) else None,
            "datePublished": document.published,
            "inLanguage": document.language,
            "publisher": None if outlet is None else {"@type": "Organization", "name": outlet},
            "author": None if author is None else {"@type": "Person", "name": author},
            "sha256": document.sha256,
        }
    )


def _statement_node(
    reading: Reading, statement: Statement, speaker: Entity | None
) -> dict[str, Any]:
    is_quotation = statement.manner is Manner.DIRECT
    article = f"urn:onrecord:document:{reading.document.id}"
    parent = statement.parent
    return _known(
        {
            "@id": f"urn:onrecord:statement:{statement.id}",
            "@type": "Quotation" if is_quotation else "Claim",
            "text": reading.text_of(statement.content),
            "author": _speaker_node(reading, statement, speaker),
            "isPartOf" if is_quotation else "appearance": article,
            "onrecord:act": statement.act.value,
            "onrecord:polarity": statement.polarity.value,
            "onrecord:cue": reading.text_of(statement.cue) or None,
            "onrecord:parent": None if parent is None else f"urn:onrecord:statement:{parent}",
            "onrecord:spans": _places(statement.content),
            "onrecord:probability": statement.probability,
        }
    )


def _speaker_node(
    reading: Reading, statement: Statement, speaker: Entity | None
) -> dict[str, Any] | None:
    words = reading.text_of(statement.source)
    if speaker is None:
        return {"@type": "Thing", "name": words} if words else None
    return _known(
        {
            "@id": f"urn:onrecord:entity:{speaker.id}",
            "@type": _SCHEMA_TYPES.get(speaker.kind, "Thing"),
            "name": speaker.name,
            "onrecord:actor": speaker.actor,
        }
    )


def _places(spans: Spans) -> str:
    """Positions of fragments as ``12-30 41-55``, code points, ends not included."""
    return " ".join(f"{span.start}-{span.end}" for span in spans)


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value is not None}
