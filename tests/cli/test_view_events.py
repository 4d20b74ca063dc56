"""Events, control claims and commitments in a terminal."""

import io

import pytest

from onrecord.cli.views import TextWriter
from onrecord.records import EventType, Factuality, Reading
from tests.export.made import Maker, at, harbour


def _shown(reading: Reading, *, width: int = 100) -> str:
    stream = io.StringIO()
    writer = TextWriter(stream, is_file=True)
    writer._console.width = width
    writer.write(reading)
    writer.close()
    return stream.getvalue()


def test_events_stand_under_who_asserts_them() -> None:
    shown = _shown(harbour())
    assert (
        shown[: shown.index("\nWho\n")]
        == """\
Harbour shelled
Ardal Post · 2022-08-03 · 3 statements · 5 events · 4 happenings

  General Bo Orly said the Front had seized Upper Wessel and would withdraw by July.
  General Bo Orly (UKR.MIL)  said  [assert]
  the Front had seized Upper Wessel and would withdraw by July
  ├── COERCE seize “seized”  Northern Front (UKR.REB.PRE)  at Upper Wessel
  └── RETREAT withdraw “withdraw”  Northern Front (UKR.REB.PRE); Bo Orly (UKR.MIL)  2022-07  planned

  The ministry said that Ann Vale had admitted that drones struck two boats.
  The ministry (IGO.UNO)  said that  [assert]
  that Ann Vale had admitted that drones struck two boats
  └── Ann Vale  had admitted  [admit]
      that drones struck two boats
      └── ASSAULT drone “struck”  two boats

What, in the outlet's own words
  ASSAULT heavy-weapons “shelled”
    Northern Front (UKR.REB.PRE) → harbour of Odesa · at Odesa, UKR · 2022-08-02
    at least 12 people
  ASSAULT “killing”  Northern Front (UKR.REB.PRE) · 2022-08-03

Who holds what
  Upper Wessel  taken by Northern Front (UKR.REB.PRE)  says General Bo Orly (UKR.MIL)

What is agreed
  Tarn Treaty
    parties: ministry (IGO.UNO); Northern Front (UKR.REB.PRE) · 1,550 deployed warheads per party
    signed 2010-04-08 · in force 2011-02-05 · verified by “on-site inspections” · says the outlet
"""
    )


def test_in_a_narrow_window() -> None:
    shown = _shown(harbour(), width=40)
    assert (
        shown[shown.index("What, in") : shown.index("\nWho\n")]
        == """\
What, in the outlet's own words
  ASSAULT heavy-weapons “shelled”
    Northern Front (UKR.REB.PRE) →
    harbour of Odesa
    at Odesa, UKR · 2022-08-02
    at least 12 people
  ASSAULT “killing”
    Northern Front (UKR.REB.PRE)
    2022-08-03

Who holds what
  Upper Wessel
    taken by Northern Front
    (UKR.REB.PRE)
    says General Bo Orly (UKR.MIL)

What is agreed
  Tarn Treaty
    parties: ministry (IGO.UNO);
    Northern Front (UKR.REB.PRE)
    1,550 deployed warheads per party
    signed 2010-04-08
    in force 2011-02-05
    verified by “on-site inspections”
    says the outlet
"""
    )


@pytest.mark.parametrize("width", [100, 60, 30, 24])
def test_no_line_is_too_long_or_ends_in_blanks(width: int) -> None:
    lines = _shown(harbour(), width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_an_event_of_which_nothing_is_known() -> None:
    maker = Maker()
    maker.event(at("denied"), EventType.REJECT)
    assert _shown(maker.reading()).endswith("words\n  REJECT “denied”\n")


def test_what_did_not_happen_says_so() -> None:
    maker = Maker()
    maker.event(at("denied"), EventType.REJECT, factuality=Factuality.NEGATED)
    assert _shown(maker.reading()).endswith("REJECT “denied”  negated\n")


def test_very_many_events_are_cut_and_that_is_said() -> None:
    maker = Maker()
    said = maker.statement(cue=at("told"), content=at("two boats"))
    for number in range(5_000):
        by = said if number % 2 else None
        maker.event(at("denied"), EventType.REJECT, asserted_by=by)
    lines = _shown(maker.reading()).splitlines()
    assert lines.count("  ├── REJECT “denied”") == 12
    assert "  └── … and 2,488 more events; --format json has all" in lines
    assert lines[-1] == "  … and 2,480 more; --format json has all"
    assert len(lines) < 50


def test_names_of_any_length_are_cut() -> None:
    maker = Maker()
    vale = maker.entity("Vale " * 10_000, at("He"))
    said = maker.statement(source=at("He"), cue=at("told"), speaker=vale)
    for by in (said, None):
        maker.event(
            at("denied"),
            EventType.REJECT,
            mode="m" * 10_000,
            actors=(vale,) * 1_000,
            recipients=(vale,),
            asserted_by=by,
        )
    maker.commitment(at("crates"), "deal " * 10_000, parties=(vale,))
    shown = _shown(maker.reading())
    assert len(shown) < 3_000
    assert "…" in shown
