"""Stems, groups of words, days, names."""

import pytest

from onrecord.claims.facts import name_key
from onrecord.claims.periods import gap, is_short, period_of
from onrecord.claims.settings import weights
from onrecord.claims.word_lists import (
    counting,
    deeds,
    holding_words,
    modes,
    scenery,
    sides,
    singular,
    stem,
    things,
)


@pytest.mark.parametrize(
    "forms",
    [
        ["shell", "shelled", "shelling", "shells"],
        ["close", "closed", "closing", "closes"],
        ["kill", "killed", "killing"],
        ["deny", "denied", "denies"],
        ["stop", "stopped", "stopping"],
        ["steal", "stole", "stolen"],
        ["use", "used", "using"],
    ],
)
def test_forms_of_a_word_share_a_stem(forms) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_plane_is_no_plan() -> None:
    assert singular("planes") != singular("plans")


def test_every_table_is_read() -> None:
    assert deeds().of_stem[stem("shelled")] == ("shell",)
    assert (stem("blow"), stem("up")) in deeds().of_pair
    assert things()["troop"] == "soldier"
    assert counting().of_stem[stem("dead")] == "killed"
    assert scenery().venues["bazaar"] == "market"
    assert sides()["rebels"] == "rebel"
    assert "captured" in holding_words()["taken"]
    assert set(deeds().family.values())
    assert {"small", "saying", "denials", "numbers"} <= modes().keys()
    assert {"deed", "covered", "denial", "same", "figure", "actor"} <= weights().keys()


def test_names_and_their_adjectives_are_one() -> None:
    assert name_key("Tarsia") == name_key("Tarsian") == name_key("Tarsia's")
    assert name_key("Spain") == name_key("Spanish")


def test_days_weeks_and_months() -> None:
    monday, week, month = period_of("2020-03-02"), period_of("2020-W10"), period_of("2020-03")
    assert monday is not None and week is not None and month is not None  # noqa: PT018
    assert gap(monday, week) == 0 == gap(week, month)
    assert is_short(monday)
    assert not is_short(week)
    assert period_of("P3D") is None
    assert period_of("2020-13-40") is None
