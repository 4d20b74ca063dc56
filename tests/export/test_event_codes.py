"""Scores, classes and country numbers: whole, and as the tables say."""

import pytest

from onrecord.export.event_codes import cow_of, intensities, intensity_of, quad_of, quads
from onrecord.records import EventType
from tests.contracts.modules import PACKAGE


def test_every_type_has_a_score_and_a_class() -> None:
    for kind in EventType:
        assert -10 <= intensity_of(kind, None) <= 10
        assert quad_of(kind)[0] in {1, 2, 3, 4}
    assert (
        {kind for kind, _ in intensities()} == quads().keys() == {kind.value for kind in EventType}
    )


def test_cooperation_is_above_zero_and_material_conflict_below() -> None:
    for (kind, mode), score in intensities().items():
        code, _ = quad_of(EventType(kind))
        if code in {1, 2}:
            assert score > 0, (kind, mode)
        if code == 4:
            assert score < 0, (kind, mode)


def test_a_mode_without_a_score_has_that_of_its_type() -> None:
    assert intensity_of(EventType.ASSAULT, "unheard-of") == intensity_of(EventType.ASSAULT, None)
    assert intensity_of(EventType.REQUEST, "assist") != intensity_of(EventType.REQUEST, None)


def test_modes_are_spelled_as_in_the_record() -> None:
    modes = {mode for _, mode in intensities() if mode}
    assert modes == {mode.lower() for mode in modes}
    assert len(intensities()) == 16 + 67


@pytest.mark.parametrize(
    ("country", "number"),
    [("USA", "2"), ("RUS", "365"), ("XKX", "347"), ("HKG", ""), ("IGO", ""), ("", "")],
)
def test_states_have_numbers_and_others_have_none(country: str, number: str) -> None:
    assert cow_of(country) == number


def test_every_mode_that_a_word_list_gives_has_a_score() -> None:
    n_rows = 0
    for table in sorted((PACKAGE / "events" / "tables").glob("*.tsv")):
        lines = [one for one in table.read_text("utf-8").splitlines() if not one.startswith("#")]
        names, *rows = (line.split("\t") for line in lines)
        if {"type", "mode"} <= set(names):
            for row in rows:
                n_rows += 1
                given = (row[names.index("type")], row[names.index("mode")])
                assert given in intensities(), (table.name, row[0])
    assert n_rows > 0
