"""The codebook of events: every column, every code and every score is on the page, and right."""

import re

import pytest

from onrecord.export.event_codes import intensities, quads
from onrecord.export.event_rows import EventRow
from onrecord.records import Change, EventType, Factuality
from onrecord.records.commitments import Commitment, Limit
from onrecord.records.control import ControlClaim
from onrecord.schema.fields import fields_of
from tests.contracts.modules import ROOT

_GUIDE = ROOT / "docs" / "guide"
PAGE = (_GUIDE / "events.md").read_text("utf-8")


def _rows(text: str) -> list[list[str]]:
    lines = re.findall(r"^\| (.*) \|$", text, re.MULTILINE)
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def _part(heading: str) -> str:
    """What stands under a heading, up to the next one of its rank or above."""
    rank = heading.split(" ", maxsplit=1)[0]
    found = re.split(rf"^{re.escape(heading)}$", PAGE, flags=re.MULTILINE)
    assert len(found) == 2, heading
    return re.split(rf"^#{{1,{len(rank)}}} ", found[1], flags=re.MULTILINE)[0]


def test_every_column_is_explained_once_and_as_in_the_table() -> None:
    explained = {}
    for name, *_, meaning in _rows(_part("## Columns")):
        if name.startswith("`"):
            assert name.strip("`") not in explained
            explained[name.strip("`")] = meaning
    assert explained == {
        field.name: f"{field.description} ({field.unit})" if field.unit else field.description
        for field in fields_of(EventRow)
    }


@pytest.mark.parametrize("kind", EventType)
def test_every_type_and_mode_is_explained_with_its_score(kind: EventType) -> None:
    part = _part(f"### {kind}")
    assert re.search(r"Example: “[^”]+”", part)
    found = {}
    for mode, score, meaning in _rows(part)[1:]:
        found["" if mode == "none" else mode.strip("`")] = float(score)
        assert len(meaning) > 5
    assert found == {mode: score for (name, mode), score in intensities().items() if name == kind}
    code, category = quads()[kind.value]
    assert f"{category}, class {code}" in part


def test_every_class_is_explained() -> None:
    found = {}
    for code, category, kinds in _rows(_part("## Class and intensity"))[1:]:
        found |= {kind: (int(code), category) for kind in kinds.split(", ")}
    assert found == dict(quads())


def test_every_factuality_and_asserter_is_explained() -> None:
    for heading, values in (
        ("## Factuality", [str(value) for value in Factuality]),
        ("## Asserter", ["outlet", "speaker"]),
    ):
        assert [row[0].strip("`") for row in _rows(_part(heading))[1:]] == values


@pytest.mark.parametrize(
    ("page", "records"), [("control.md", [ControlClaim]), ("commitments.md", [Commitment, Limit])]
)
def test_every_field_of_a_row_is_explained(page: str, records: list[type]) -> None:
    text = (_GUIDE / page).read_text("utf-8")
    explained = {name for row in _rows(text) for name in re.findall(r"`(\w+)`", row[0])}
    for record in records:
        fields = {field.name for field in fields_of(record)} - {"id", "document", "run"}
        assert fields <= explained


def test_every_change_of_control_is_explained() -> None:
    text = (_GUIDE / "control.md").read_text("utf-8")
    explained = [row[0].strip("`") for row in _rows(text)]
    assert {str(change) for change in Change} <= set(explained)
