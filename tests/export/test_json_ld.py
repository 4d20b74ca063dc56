"""Readings in the words of schema.org."""

import io
import json

import pytest

from onrecord.export.json_ld import JsonLdWriter, graph_of, nodes_of, write_rdf
from onrecord.records import Manner
from tests.export.made import crates, harbour


def test_a_statement_is_a_claim_or_a_quotation_with_its_words() -> None:
    reading = harbour()
    nodes = {node["@id"]: node for node in nodes_of(reading)}
    assert reading.statements
    for statement in reading.statements:
        node = nodes[f"urn:onrecord:statement:{statement.id}"]
        is_direct = statement.manner is Manner.DIRECT
        assert node["@type"] == ("Quotation" if is_direct else "Claim")
        assert node["text"] == reading.text_of(statement.content)
        assert node["isPartOf" if is_direct else "appearance"] == (
            f"urn:onrecord:document:{reading.document.id}"
        )


def test_nothing_is_rated() -> None:
    assert "ating" not in json.dumps(graph_of([harbour(), crates()]))


def test_the_stream_is_the_graph() -> None:
    readings = [harbour(), crates()]
    stream = io.StringIO()
    writer = JsonLdWriter(stream)
    for reading in readings:
        writer.write(reading)
    writer.close()
    assert json.loads(stream.getvalue()) == graph_of(readings)


def test_it_is_rdf() -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(data=write_rdf([harbour()]), format="turtle")
    schema = rdflib.Namespace("https://schema.org/")
    n_statements = len(harbour().statements or ())
    found = [*graph.subjects(rdflib.RDF.type, schema.Claim)]
    found += graph.subjects(rdflib.RDF.type, schema.Quotation)
    assert len(found) == n_statements
