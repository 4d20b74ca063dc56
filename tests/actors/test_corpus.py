"""Actors of PLOVER's gold standard records: the words alone, without their sentence."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.actors.coding import code_actor
from onrecord.records import Kind

CORPORA = os.environ.get("ONRECORD_CORPORA")
RECORDS = "events/plover/gold_standard_records/PLOVER_GSR_CAMEO.txt"
# Codes of the file that are those of no country, and what is meant.
SLIPS = {"ITL": "ITA", "JAP": "JPN", "VTN": "VNM"}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(CORPORA is None, reason="ONRECORD_CORPORA is not set"),
]


def gold() -> Iterator[tuple[str, str, str]]:
    """Distinct words of actors, with country and sector or ""; unsure ones are left out."""
    seen = set()
    records = json.loads((Path(CORPORA or "") / RECORDS).read_text("utf-8"))
    for record in records[1:]:
        for side in (record.get("source"), record.get("target")):
            for actor in [side] if isinstance(side, dict) else side or []:
                if not isinstance(actor, dict) or not actor.get("actorText"):
                    continue
                sector = (actor.get("sector") or "")[:3]
                row = (actor["actorText"].strip(), actor["code"], sector)
                if sector != "***" and row not in seen:
                    seen.add(row)
                    yield row


def parts(words: str, sector: str) -> tuple[str, str]:
    kind = Kind.PERSON if sector and " " in words else Kind.ORGANIZATION
    # Dates of the records are dummies; most are of the nineties.
    actor = code_actor([words], kind=kind, date="1995-01-01", acts=True)
    country, _, found = (actor.code or "" if actor else "").partition(".")
    return country, "" if found in {"UNO", "EUR"} else found[:3]


def test_plover_actors_are_coded_as_well_as_before() -> None:
    rows = list(gold())
    found = [parts(words, sector) for words, _, sector in rows]
    pairs = list(zip(rows, found, strict=True))
    countries = [
        country == SLIPS.get(code, code) or (code == "IGO" and country in {"IGO", "NGO"})
        for (_, code, _), (country, _) in pairs
    ]
    full = [
        right and sector == own
        for right, ((_, _, sector), (_, own)) in zip(countries, pairs, strict=True)
    ]
    assert sum(countries) / len(rows) > 0.72
    assert sum(full) / len(rows) > 0.60
