"""Events and claims of control on a map: what has a position, and what says that it has none."""

import io
import json

from onrecord.export.geojson import GeoJsonWriter, feature_collection, features_of
from tests.export.made import crates, harbour


def test_an_event_stands_where_its_place_is() -> None:
    features = [f for f in features_of(harbour()) if f["properties"]["kind"] == "event"]
    placed = [f for f in features if f["geometry"]]
    assert placed
    for feature in placed:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert longitude == feature["properties"]["longitude"]
        assert latitude == feature["properties"]["latitude"]
        assert feature["properties"]["place_precision"]


def test_what_has_no_position_has_no_point() -> None:
    reading = harbour()
    bare = reading.replace(places=(), events=reading.events)
    assert [f["geometry"] for f in features_of(bare)] == [None] * len(list(features_of(bare)))


def test_a_claim_of_control_names_holder_and_asserter() -> None:
    claims = [f["properties"] for f in features_of(harbour()) if f["properties"]["kind"] != "event"]
    text = harbour().document.text
    assert claims
    for properties in claims:
        assert text[properties["start"] : properties["end"]] == properties["words"]
        assert properties["asserter"] in {"outlet", "speaker"}
        assert properties["change"]


def test_the_stream_is_the_collection() -> None:
    readings = [harbour(), crates()]
    stream = io.StringIO()
    writer = GeoJsonWriter(stream)
    for reading in readings:
        writer.write(reading)
    writer.close()
    assert json.loads(stream.getvalue()) == json.loads(json.dumps(feature_collection(readings)))


def test_no_readings_are_an_empty_collection() -> None:
    stream = io.StringIO()
    GeoJsonWriter(stream).close()
    assert json.loads(stream.getvalue()) == {"type": "FeatureCollection", "features": []}
