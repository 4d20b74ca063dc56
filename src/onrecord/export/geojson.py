"""Events and claims of control as GeoJSON (RFC 7946), for maps.

A feature has a point only where the place has a position; a country or a region keeps its
stated precision, so that a map need not pin it in its capital, and what has no position has
a null geometry. Properties are those of the table of events, or of a claim of control.
"""

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from onrecord.export.event_days import days_of
from onrecord.export.event_rows import event_rows
from onrecord.export.tables import row_values
from onrecord.records import ControlClaim, Place, Reading


class GeoJsonWriter:
    """One FeatureCollection, written feature by feature."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._before = '{"type": "FeatureCollection", "features": [\n'

    def write(self, reading: Reading) -> None:
        """Write the features of one."""
        for feature in features_of(reading):
            line = json.dumps(feature, ensure_ascii=False, allow_nan=False)
            self._stream.write(self._before + line)
            self._before = ",\n"

    def close(self) -> None:
        """End the collection; the stream stays open."""
        self._stream.write((self._before if "{" in self._before else "\n") + "]}\n")


def features_of(reading: Reading) -> Iterator[dict[str, Any]]:
    """A feature for each event, then one for each claim of control."""
    yield from map(_event_feature, map(row_values, event_rows(reading)))
    yield from _control_features(reading)


def feature_collection(readings: Iterable[Reading]) -> dict[str, Any]:
    """All features as one object."""
    features = [feature for reading in readings for feature in features_of(reading)]
    return {"type": "FeatureCollection", "features": features}


def _event_feature(row: dict[str, Any]) -> dict[str, Any]:
    return _feature(row["event_id"], row["longitude"], row["latitude"], {"kind": "event", **row})


def _control_features(reading: Reading) -> Iterator[dict[str, Any]]:
    places = {row.id: row for row in reading.places or ()}
    names = {row.id: row for row in reading.entities or ()}
    statements = {row.id: row for row in reading.statements or ()}
    for claim in reading.control_claims or ():
        place = places.get(claim.place)
        holder = names.get(claim.holder or "")
        statement = statements.get(claim.asserted_by or "")
        speaker = None if statement is None else names.get(statement.speaker or "")
        yield _feature(
            claim.id,
            None if place is None else place.lon,
            None if place is None else place.lat,
            {
                "kind": "control_claim",
                "control_claim_id": claim.id,
                "place_name": None if place is None else place.name,
                **_place_properties(place),
                "holder": None if holder is None else holder.name,
                "holder_code": None if holder is None else holder.actor,
                "change": claim.change.value,
                "factuality": claim.factuality.value,
                "asserter": "outlet" if claim.asserted_by is None else "speaker",
                "asserter_speaker": None if speaker is None else speaker.name,
                "statement_id": claim.asserted_by,
                **_date_properties(claim),
                "words": reading.text_of(claim.span),
                "start": claim.span.start,
                "end": claim.span.end,
                "outlet": reading.document.outlet,
                "publication_date": reading.document.published,
                "headline": reading.document.title,
                "url": reading.document.url,
                "document_id": reading.document.id,
            },
        )


def _place_properties(place: Place | None) -> dict[str, Any]:
    precision = None if place is None else place.precision
    return {
        "country": None if place is None else place.country,
        "geonames_id": None if place is None else place.geonames_id,
        "place_precision": None if precision is None else precision.value,
    }


def _date_properties(claim: ControlClaim) -> dict[str, Any]:
    first, last = (None, None) if claim.date is None else days_of(claim.date.value)
    return {
        "date": None if claim.date is None else claim.date.value,
        "date_first": first,
        "date_last": last,
    }


def _feature(
    row_id: str, lon: float | None, lat: float | None, properties: dict[str, Any]
) -> dict[str, Any]:
    """One feature; longitude stands before latitude."""
    has_place = lon is not None and lat is not None
    geometry = {"type": "Point", "coordinates": [lon, lat]} if has_place else None
    return {"type": "Feature", "id": row_id, "geometry": geometry, "properties": properties}
