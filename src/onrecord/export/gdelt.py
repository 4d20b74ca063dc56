"""Events as rows with the columns of GDELT 2.0, for programs that take those.

GDELT has a row for each pair of actors, so an event with two recipients is two rows. It
knows no negated, planned or possible events, so only actual ones are written; and as it
cannot say who asserts an event, four columns stand at the end that it does not have.
Columns that the record has nothing for are empty. Source: GDELT Event Codebook V2.0.
"""

import csv
from collections.abc import Iterator, Mapping
from typing import IO, Any

from onrecord.export.event_codes import cameo_of, cameo_root_of, fips_of
from onrecord.export.event_rows import EventRow, event_rows
from onrecord.records import EventType, Factuality, Reading, content_id

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code"),
    *("Religion2Code", "Type1Code", "Type2Code", "Type3Code"),
)
_GEO = (*("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"),)
OWN_COLUMNS = ("Asserter", "AsserterCode", "EventID", "DocumentID")
COLUMNS = (
    *("GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"),
    *("GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
    *OWN_COLUMNS,
)
# Sectors of PLOVER under the names that CAMEO has for them.
_SECTORS = {"JRN": "MED", "MED": "HLH", "PTY": "OPP", "CRM": "CRM"}
# Places of GDELT by what the position stands for: country, first division, or a town.
# Shorter first lines are headlines.
_LEAST_LEAD = 120
_GROUPS = frozenset({"IGO", "NGO", "MNC", "UNK"})
_GEO_TYPES = {"country": 1, "region": 5, "district": 4, "settlement": 4, "point": 4}


class GdeltWriter:
    """Rows with tabs between their values, under a line of names."""

    def __init__(self, stream: IO[str]) -> None:
        self._lines = csv.writer(stream, delimiter="\t", lineterminator="\n")
        self._lines.writerow(COLUMNS)

    def write(self, reading: Reading) -> None:
        """Write the events of one."""
        for row in gdelt_rows(reading):
            self._lines.writerow([_flat(row.get(name, "")) for name in COLUMNS])

    def close(self) -> None:
        """Nothing is left."""


def gdelt_rows(reading: Reading) -> Iterator[Mapping[str, Any]]:
    """A row for each pair of actor and recipient of each actual event."""
    rows = [row for row in event_rows(reading) if row.factuality == Factuality.ACTUAL.value]
    mentions: dict[str, int] = {}
    for row in rows:
        mentions[row.happening or row.event_id] = mentions.get(row.happening or row.event_id, 0) + 1
    lead = _end_of_lead(reading.document.text)
    for row in rows:
        shared = _event_columns(row) | {
            "IsRootEvent": int(row.trigger_start < lead),
            "NumMentions": mentions[row.happening or row.event_id],
        }
        pairs = [
            (one, other)
            for one in range(max(1, len(row.actor_name)))
            for other in range(max(1, len(row.recipient_name)))
        ]
        for number, (one, other) in enumerate(pairs):
            yield {
                "GlobalEventID": _number_of(row.event_id, number),
                **_actor_columns("Actor1", row, "actor", one),
                **_actor_columns("Actor2", row, "recipient", other),
                **shared,
            }


def _number_of(event_id: str, pair: int) -> int:
    """A number of up to 18 digits that is the same on every machine."""
    return int(content_id("gdelt", event_id, pair)[:14], 16)


def _event_columns(row: EventRow) -> dict[str, Any]:
    code = cameo_of(EventType(row.event_type), row.event_mode)
    scale, quad = cameo_root_of(code)
    return {
        **_day_columns(row.event_date_first or (row.publication_date or "")[:10]),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad,
        "GoldsteinScale": scale,
        "NumSources": 1,
        "NumArticles": 1,
        **_place_columns(row),
        "DATEADDED": "".join(sign for sign in row.publication_date or "" if sign.isdigit())[:14],
        "SOURCEURL": row.url or "",
        "Asserter": "" if row.asserter == "outlet" else row.asserter_speaker or "speaker",
        "AsserterCode": row.asserter_code or "",
        "EventID": row.event_id,
        "DocumentID": row.document_id,
    }


def _day_columns(day: str) -> dict[str, Any]:
    if not day:
        return {}
    year, month, date = (int(part) for part in day.split("-"))
    return {
        "Day": f"{year:04}{month:02}{date:02}",
        "MonthYear": f"{year:04}{month:02}",
        "Year": f"{year:04}",
        "FractionDate": f"{year + ((month - 1) * 30 + date) / 365:.4f}",
    }


def _actor_columns(prefix: str, row: EventRow, role: str, number: int) -> dict[str, Any]:
    names = getattr(row, f"{role}_name")
    if number >= len(names):
        return {}
    country, *sectors = (getattr(row, f"{role}_code")[number] or "").split(".")
    sectors = [_SECTORS.get(sector, sector) for sector in sectors]
    return {
        f"{prefix}Code": country + "".join(sectors),
        f"{prefix}Name": names[number].upper(),
        f"{prefix}CountryCode": "" if country in _GROUPS else country,
        f"{prefix}KnownGroupCode": country if country in _GROUPS else "",
        **{f"{prefix}Type{n}Code": sector for n, sector in enumerate(sectors[:3], start=1)},
    }


def _place_columns(row: EventRow) -> dict[str, Any]:
    if row.place_name is None:
        return {"ActionGeo_Type": 0}
    parts = [row.place_name, row.province, row.country]
    name = ", ".join(dict.fromkeys(part for part in parts if part))
    return {
        "ActionGeo_Type": _GEO_TYPES.get(row.place_precision or "", 0),
        "ActionGeo_FullName": name,
        "ActionGeo_CountryCode": fips_of(row.country or ""),
        "ActionGeo_Lat": row.latitude,
        "ActionGeo_Long": row.longitude,
        "ActionGeo_FeatureID": row.geonames_id,
    }


def _end_of_lead(text: str) -> int:
    """Where the first paragraph ends."""
    end = text.find("\n", text.find("\n") + 2 if text.find("\n") < _LEAST_LEAD else 0)
    return len(text) if end < 0 else end


def _flat(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
