"""Events, control claims and commitments, a line each."""

from hypothesis import given

from onrecord.export.event_overviews import (
    EventFinder,
    event_counts,
    holds,
    n_happenings,
    terms,
    what,
)
from onrecord.records import Change, EventType, Limit, Reading
from tests.export.made import RUN, Maker, at, crates, harbour
from tests.records.generated import few, readings


def test_who_did_what_to_whom() -> None:
    assert [(one.kind, one.parties, one.asserter) for one in what(harbour())] == [
        (
            "ASSAULT heavy-weapons",
            "Northern Front (UKR.REB.PRE) → harbour of Odesa",
            None,
        ),
        ("ASSAULT", "Northern Front (UKR.REB.PRE)", None),
        ("COERCE seize", "Northern Front (UKR.REB.PRE)", "General Bo Orly (UKR.MIL)"),
        (
            "RETREAT withdraw",
            "Northern Front (UKR.REB.PRE); Bo Orly (UKR.MIL)",
            "General Bo Orly (UKR.MIL)",
        ),
        ("ASSAULT drone", "", "Ann Vale"),
    ]


def test_only_what_is_not_actual_says_so() -> None:
    assert [one.factuality for one in what(harbour())] == [None, None, None, "planned", None]


def test_somebody_to_whom_nobody_did_it() -> None:
    maker = Maker()
    vale = maker.entity("Ann Vale", at("Ann Vale"))
    maker.event(at("denied"), EventType.ASSAULT, recipients=(vale,))
    assert [one.parties for one in what(maker.reading())] == ["→ Ann Vale"]


def test_events_stand_under_the_innermost_statement() -> None:
    reading = harbour()
    finder = EventFinder(reading)
    said, outer, inner = reading.statements or ()
    found = [len(finder.under(one)) for one in (None, said, outer, inner)]
    assert found == [2, 2, 0, 1]


def test_an_event_of_a_statement_that_is_not_there_is_not_the_outlets() -> None:
    maker = Maker()
    maker.event(at("denied"), EventType.REJECT, asserted_by="x")
    reading = maker.reading()
    finder = EventFinder(reading)
    assert [finder.of(event).asserter for event in finder.under(None)] == ["(unknown)"]


def test_a_claim_names_place_holder_and_asserter() -> None:
    (claim,) = holds(harbour())
    assert (claim.place, claim.change, claim.holder) == (
        "Upper Wessel",
        "taken",
        "Northern Front (UKR.REB.PRE)",
    )
    assert claim.asserter == "General Bo Orly (UKR.MIL)"


def test_a_claim_without_a_holder() -> None:
    maker = Maker()
    place = maker.place("Odesa", at("Odesa"))
    maker.control(at("reached Odesa"), place, Change.CONTESTED, holder=None)
    (claim,) = holds(maker.reading())
    assert (claim.place, claim.holder, claim.asserter) == ("Odesa, UKR", None, None)


def test_terms_of_an_instrument() -> None:
    (one,) = terms(harbour())
    assert one.instrument == "Tarn Treaty"
    assert one.limits == ("1,550 deployed warheads per party",)
    assert one.dates == ("signed 2010-04-08", "in force 2011-02-05")
    assert one.verification == ("on-site inspections",)


def test_an_instrument_without_an_entity_or_a_figure() -> None:
    maker = Maker()
    two = maker.quantity(at("two boats"), 2.0, unit="boat", comparator="at most")
    limits = (Limit(quantity="x", of="crates", per=None), Limit(quantity=two, of="", per="port"))
    maker.commitment(at("crates"), "the boats deal", limits=limits)
    (one,) = terms(maker.reading())
    assert one.instrument == "the boats deal"
    assert one.limits == ("(unknown) crates", "at most 2 boat per port")


def test_mentions_of_one_happening_count_once() -> None:
    assert n_happenings(harbour()) == 4
    assert list(event_counts(harbour())) == ["5 events", "4 happenings"]
    assert list(event_counts(crates())) == []


def test_happenings_are_counted_only_where_they_differ() -> None:
    maker = Maker()
    for words in ("denied", "told"):
        maker.event(at(words), EventType.REJECT, happening=words)
    assert list(event_counts(maker.reading())) == ["2 events"]


def test_nothing_was_looked_for() -> None:
    reading = Reading(document=crates().document, run=RUN)
    assert [f(reading) for f in (what, holds, terms)] == [[], [], []]
    assert n_happenings(reading) == 0


@few
@given(readings())
def test_every_row_is_one_line(reading: Reading) -> None:
    assert len(what(reading)) == len(reading.events or ())
    assert len(holds(reading)) == len(reading.control_claims or ())
    assert len(terms(reading)) == len(reading.commitments or ())
