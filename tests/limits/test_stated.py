import dataclasses

from onrecord.limits.comparing import compare
from onrecord.limits.figures import find_figures
from onrecord.limits.models import Scope, State
from onrecord.limits.stated import find_limits, instrument_key, merge_limits
from onrecord.records import Limit
from tests.limits.made import ARLAND, BELMAR, LimitMaker, accord, bound, in_document


def test_a_limit_with_its_words() -> None:
    reading = accord()
    (limit,) = find_limits(reading)
    assert (limit.instrument, limit.value, limit.comparator) == ("Ardal Accord", 100, "at most")
    assert [party.country for party in limit.parties] == ["NOR", "SWE"]
    assert (limit.per, limit.scope, limit.start) == ("party", Scope.PARTY, "2030-01-01")
    (evidence,) = limit.evidence
    assert evidence.words == "no more than 100 deployed launchers"
    assert evidence.start is not None
    assert reading.document.text[evidence.start : evidence.end] == evidence.words
    assert limit.asserters[0].name == "Ardal Post"


def test_an_article_from_limit_to_dispute() -> None:
    reading = accord()
    norway, sweden = compare(find_limits(reading), find_figures(reading))
    assert norway.state is State.DISPUTED
    assert [(one.figure.value, one.state.value) for one in norway.figures] == [
        (90, "under"),
        (110, "over"),
    ]
    assert [one.figure.asserter.name for one in norway.figures] == [
        "its defence ministry",
        "Sweden's foreign ministry",
    ]
    assert (sweden.state, sweden.figures) == (State.NOT_REPORTED, ())


def test_the_figure_of_a_limit_is_no_reported_figure() -> None:
    assert [figure.value for figure in find_figures(accord())] == [90, 110]


def test_sections_that_are_none_are_empty() -> None:
    bare = LimitMaker("The Ardal Accord holds.").reading()
    assert (find_limits(bare), find_figures(bare)) == ((), ())


def test_a_limit_without_a_number_or_a_party() -> None:
    maker = LimitMaker("The Ardal Accord caps launchers.")
    maker.limited("gone", Limit(quantity="gone", of="launchers", per=None), words="Ardal Accord")
    (limit,) = find_limits(maker.reading())
    assert (limit.instrument, limit.value, limit.parties) == ("gone", None, ())
    assert limit.problems == ("no number is given",)
    assert limit.evidence[0].words == "Ardal Accord"
    (row,) = compare([limit], [])
    assert (row.party, row.date, row.state) == (None, None, State.NOT_REPORTED)


def test_dates_that_contradict_count_as_none() -> None:
    maker = LimitMaker("The Ardal Accord allows 5 tanks.")
    quantity = maker.number("5 tanks", 5, "tank")
    limit = Limit(quantity=quantity, of="tanks", per="each side")
    maker.limited("Ardal Accord", limit, in_force="2031-01-01", expires="2030-01-01")
    (found,) = find_limits(maker.reading())
    assert (found.start, found.until) == (None, None)
    assert found.problems == ("its dates contradict: in force 2031-01-01, ends 2030-01-01",)


def test_an_extension_moves_the_end() -> None:
    maker = LimitMaker("The Ardal Accord allows 5 tanks.")
    quantity = maker.number("5 tanks", 5, "tank")
    limit = Limit(quantity=quantity, of="tanks", per=None)
    maker.limited("Ardal Accord", limit, expires="2030-01-01", extended="2035-01-01")
    maker.limited("Ardal Accord", limit, expires="2030-01-01", extended="2029-11-01")
    assert [one.until for one in find_limits(maker.reading())] == ["2035-01-01", "2030-01-01"]


def test_a_limit_for_one_party_names_it() -> None:
    maker = LimitMaker("Under the Ardal Accord Norway may keep 5 tanks, Sweden has none.")
    norway, sweden = maker.country("Norway", "NOR"), maker.country("Sweden", "SWE")
    quantity = maker.number("5 tanks", 5, "tank")
    limit = Limit(quantity=quantity, of="tanks", per=norway)
    maker.limited("Ardal Accord", limit, parties=(norway, sweden))
    (found,) = find_limits(maker.reading())
    assert [party.name for party in found.parties] == ["Norway"]
    assert found.per == "Norway"


def test_rebels_are_a_party_by_their_name() -> None:
    maker = LimitMaker(
        "The Ardal Accord allows Northern Front 5 tanks. Northern Front has 7 tanks."
    )
    front = maker.body("Northern Front", "NOR.REB")
    maker.entity("Northern Front", maker.at("Northern Front", 1), actor="NOR.REB", country="NOR")
    quantity = maker.number("5 tanks", 5, "tank")
    maker.number("7 tanks", 7, "tank")
    limit = Limit(quantity=quantity, of="tanks", per="party")
    maker.limited("Ardal Accord", limit, parties=(front,))
    reading = maker.reading()
    (row,) = compare(find_limits(reading), find_figures(reading))
    assert row.party is not None
    assert (row.party.name, row.party.country, row.state) == ("Northern Front", None, State.OVER)


def test_articles_that_state_the_same_limit_are_one_limit() -> None:
    first = bound(evidence=(in_document("one"),), parties=(ARLAND,), start="2030")
    second = bound(
        evidence=(in_document("two"),),
        parties=(BELMAR,),
        instrument="the Ardal Accord",
        of="launchers that are deployed",
        comparator=None,
        start="2030-01-01",
    )
    other = bound(50, evidence=(in_document("two"),))
    merged, kept = merge_limits([first, second, other])
    assert [party.name for party in merged.parties] == ["Arland", "Belmar"]
    assert [one.document for one in merged.evidence] == ["one", "two"]
    assert len(merged.asserters) == 2
    assert (merged.start, merged.problems) == ("2030-01-01", ())
    assert kept == other


def test_articles_that_differ_on_dates_give_none() -> None:
    limits = [
        bound(evidence=(in_document(document),), start=start)
        for document, start in (("one", "2030-01-01"), ("two", "2031-01-01"))
    ]
    (merged,) = merge_limits(limits)
    assert merged.start is None
    assert merged.problems == ("sources differ on when it begins: 2030-01-01, 2031-01-01",)


def test_the_dates_of_a_file_go_first() -> None:
    article = bound(evidence=(in_document("one"),), start="2029-01-01")
    given = bound(start="2030-01-01")
    (merged,) = merge_limits([article, given])
    assert (merged.start, merged.problems) == ("2030-01-01", ())
    assert len(merged.evidence) == 2
    later = dataclasses.replace(given, start="2035-01-01")
    assert len(merge_limits([given, later])) == 2


def test_names_of_instruments() -> None:
    assert instrument_key("The Ardal Treaty") == instrument_key("Ardal")
    assert instrument_key("Treaty") == "treaty"
