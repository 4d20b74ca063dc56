"""Places with their positions."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.vocabularies import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place, or an area that somebody holds, as far as the text and the gazetteer tell."""

    id: Annotated[str, Column("Hash of the document and mention.")]
    document: Annotated[str, Column("Where it is named.", points_to="document.id")]
    mention: Annotated[str, Column("The words that name it.", points_to="mention.id")]
    name: Annotated[str, Column("Its name in the gazetteer, else as written.")]
    country: Annotated[str | None, Column("Its country.", unit="ISO 3166-1 alpha-3")]
    admin1: Annotated[str | None, Column("First-level division.")]
    geonames_id: Annotated[int | None, Column("Its number in GeoNames.")]
    lat: Annotated[float | None, Column("Latitude.", unit="degrees, WGS 84")]
    lon: Annotated[float | None, Column("Longitude.", unit="degrees, WGS 84")]
    precision: Annotated[Precision | None, Column("What the position stands for.")]
    probability: Annotated[float, Column("That it is this place.", unit="0 to 1, calibrated")]
    candidates: Annotated[int, Column("Places of that name.", unit="count")]
    run: Annotated[str, Column("Versions, weights and settings behind it.", points_to="run.id")]
