"""What is a figure that somebody has, whose, when, and by whom: one line for each case."""

import pytest

from onrecord.limits.figures import find_figures
from onrecord.limits.models import Basis, Figure
from onrecord.records import Act, Kind
from tests.limits.made import LimitMaker


def found(sentence: str, words: str, value: float = 90, **changes: object) -> list[Figure]:
    """Figures of a text with one quantity; Norway and Sweden are known in it."""
    maker = LimitMaker(sentence, published="2031-03-10", outlet="Ardal Post")
    for name, code in (("Norway", "NOR"), ("Sweden", "SWE")):
        if name in sentence:
            maker.country(name, code)
    maker.number(words, value, "launcher", **changes)
    return list(find_figures(maker.reading()))


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway has 90 deployed launchers.",
        "Norway declared 90 deployed launchers.",
        "Norway keeps 12 tanks and 90 deployed launchers.",
        "Norway's 90 deployed launchers stand in the north.",
        "Norway had, by its own count, 90 deployed launchers.",
        "In Norway there are 90 deployed launchers.",
        "About the north of Norway: 90 deployed launchers remain.",
    ],
)
def test_somebody_has_so_many(sentence: str) -> None:
    (figure,) = found(sentence, "90 deployed launchers")
    assert figure.party is not None
    assert (figure.party.country, figure.of, figure.value) == ("NOR", "deployed launchers", 90)


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway lost 90 deployed launchers.",
        "Norway has cut 90 deployed launchers.",
        "Norway will have 90 deployed launchers.",
        "Norway could have 90 deployed launchers.",
        "Norway does not have 90 deployed launchers.",
        "Norway doesn't have 90 deployed launchers.",
        "Norway has a limit: 90 deployed launchers.",
        "Norway has to stay within ceilings of 5 tanks and 90 deployed launchers.",
        "Norway reported 90 deployed launchers destroyed.",
        "Norway saw 90 deployed launchers.",
        "Norway needs 90 deployed launchers.",
        "If Norway has 90 deployed launchers, talks end.",
    ],
)
def test_changes_limits_and_plans_are_no_figures(sentence: str) -> None:
    assert found(sentence, "90 deployed launchers") == []


def test_a_difference_is_no_figure() -> None:
    assert found("Norway has 90 more launchers than Sweden.", "90 more launchers") == []


def test_a_number_that_counts_nothing_is_no_figure() -> None:
    maker = LimitMaker("Norway has 90 on paper.")
    maker.number("90", 90)
    assert find_figures(maker.reading()) == ()


@pytest.mark.parametrize(
    ("sentence", "words", "of"),
    [
        ("Norway has 90 missiles and heavy bombers.", "90 missiles", "missiles and heavy bombers"),
        ("Norway has 90 warheads on 12 missiles.", "90 warheads", "warheads on missiles"),
        ("Norway has 90 launchers, 12 of them old.", "90 launchers", "launchers"),
        ("Norway has 90 launchers and 12 tanks.", "90 launchers", "launchers"),
        (
            "Norway has 90 launchers, deployed or not.",
            "90 launchers",
            "launchers , deployed or not",
        ),
        ("Norway holds 90 kg of enriched uranium.", "90 kg", "kg of enriched uranium"),
        ("Norway has about 90 of its launchers.", "about 90", "launcher of its launchers"),
    ],
)
def test_words_behind_that_tell_what_is_counted(sentence: str, words: str, of: str) -> None:
    (figure,) = found(sentence, words)
    assert " ".join(figure.of.replace(",", " , ").split()) == of


def test_the_nearest_before_has_it() -> None:
    (figure,) = found("Unlike Sweden, Norway has 90 launchers.", "90 launchers")
    assert figure.party is not None
    assert figure.party.name == "Norway"


def test_who_stands_behind_has_it_when_nobody_stands_before() -> None:
    (figure,) = found("There are 90 launchers in Sweden; Norway is silent.", "90 launchers")
    assert figure.party is not None
    assert figure.party.name == "Sweden"


def test_each_of_two() -> None:
    figures = found("Norway and Sweden have 90 launchers each.", "90 launchers")
    assert [one.party and one.party.name for one in figures] == ["Norway", "Sweden"]


def test_two_together_are_nobody_alone() -> None:
    (figure,) = found("Norway and Sweden have 90 launchers.", "90 launchers")
    assert figure.party is None


def test_nobody_is_named() -> None:
    (figure,) = found("There are 90 launchers.", "90 launchers")
    assert figure.party is None


def test_journalists_and_civilians_hold_nothing() -> None:
    maker = LimitMaker("Norway, the Ardal Post wrote, has 90 launchers.")
    maker.country("Norway", "NOR")
    maker.body("the Ardal Post", "NOR.JRN")
    maker.number("90 launchers", 90, "launcher")
    (figure,) = find_figures(maker.reading())
    assert figure.party is not None
    assert figure.party.country == "NOR"


def test_who_gives_it_is_the_innermost_speaker() -> None:
    maker = LimitMaker("Sweden said that Ann Vale told it that Norway has 90 launchers.")
    sweden = maker.country("Sweden", "SWE")
    vale = maker.entity("Ann Vale", maker.at("Ann Vale"), actor="SWE.ELI", country="SWE")
    maker.country("Norway", "NOR")
    maker.number("90 launchers", 90, "launcher")
    outer = maker.said(
        "Sweden", "said", "that Ann Vale told it that Norway has 90 launchers", speaker=sweden
    )
    inner = maker.said(
        "Ann Vale", "told", "that Norway has 90 launchers", speaker=vale, parent=outer, depth=1
    )
    (figure,) = find_figures(maker.reading())
    assert (figure.asserter.name, figure.asserter.side) == ("Ann Vale", "ann vale")
    assert figure.asserter.statement == inner


def test_an_official_speaks_for_the_country() -> None:
    maker = LimitMaker("Norway has 90 launchers, Bo Orly said.")
    maker.country("Norway", "NOR")
    orly = maker.entity("Bo Orly", maker.at("Bo Orly"), actor="SWE.GOV", country="SWE")
    maker.number("90 launchers", 90, "launcher")
    maker.said("Bo Orly", "said", "Norway has 90 launchers", speaker=orly)
    (figure,) = find_figures(maker.reading())
    assert (figure.asserter.name, figure.asserter.side) == ("Bo Orly", "SWE")


def test_nobody_else_means_that_speakers_speak_of_themselves() -> None:
    maker = LimitMaker("Norway declared 90 launchers.")
    norway = maker.country("Norway", "NOR")
    maker.number("90 launchers", 90, "launcher")
    maker.said("Norway", "declared", "90 launchers", speaker=norway)
    (figure,) = find_figures(maker.reading())
    assert figure.party is not None
    assert figure.party.country == "NOR"


@pytest.mark.parametrize("act", [Act.DENY, Act.ASK, Act.PROMISE, Act.THREATEN, Act.REQUEST])
def test_what_is_denied_asked_or_promised_is_no_figure(act: Act) -> None:
    maker = LimitMaker("Sweden spoke: that Norway has 90 launchers.")
    sweden = maker.country("Sweden", "SWE")
    maker.country("Norway", "NOR")
    maker.number("90 launchers", 90, "launcher")
    maker.said("Sweden", "spoke", "that Norway has 90 launchers", speaker=sweden, act=act)
    assert find_figures(maker.reading()) == ()


def dated(sentence: str, words: str, value: str | None) -> Figure | None:
    maker = LimitMaker(sentence, published="2031-03-10")
    maker.country("Norway", "NOR")
    maker.number("90 launchers", 90, "launcher")
    maker.time(maker.at(words), value)
    return next(iter(find_figures(maker.reading())), None)


@pytest.mark.parametrize(
    ("sentence", "words", "value", "date", "basis"),
    [
        ("On 1 March Norway had 90 launchers.", "1 March", "2031-03-01", "2031-03-01", Basis.TEXT),
        ("Norway had 90 launchers in 2030.", "2030", "2030", "2030", Basis.TEXT),
        ("Norway has had 90 launchers since 2020.", "2020", "2020", "2031-03-10", Basis.PUBLISHED),
        ("Norway now has 90 launchers.", "now", "PRESENT_REF", "2031-03-10", Basis.PUBLISHED),
    ],
)
def test_the_date_of_a_figure(
    sentence: str, words: str, value: str, date: str, basis: Basis
) -> None:
    figure = dated(sentence, words, value)
    assert figure is not None
    assert (figure.date, figure.basis) == (date, basis)


def test_a_date_behind_another_figure_is_that_ones() -> None:
    maker = LimitMaker(
        "Norway has 90 launchers, up from 80 a year earlier.", published="2031-03-10"
    )
    maker.country("Norway", "NOR")
    maker.number("90 launchers", 90, "launcher")
    maker.number("80", 80)
    maker.time(maker.at("a year earlier"), "2030")
    (figure,) = find_figures(maker.reading())
    assert (figure.date, figure.basis) == ("2031-03-10", Basis.PUBLISHED)


def test_the_day_of_publication_in_words_says_no_more_than_it() -> None:
    figure = dated("Today Norway has 90 launchers.", "Today", "2031-03-10")
    assert figure is not None
    assert (figure.date, figure.basis) == ("2031-03-10", Basis.PUBLISHED)


def test_what_is_foreseen_is_no_figure() -> None:
    assert dated("In 2035 Norway has 90 launchers.", "2035", "2035") is None


def test_the_time_of_saying_is_a_date_of_its_own_kind() -> None:
    maker = LimitMaker("Norway has 90 launchers, Sweden said on Tuesday.", published="2031-03-10")
    maker.country("Norway", "NOR")
    sweden = maker.country("Sweden", "SWE")
    maker.number("90 launchers", 90, "launcher")
    tuesday = maker.time(maker.at("Tuesday"), "2031-03-04")
    maker.said("Sweden", "said on Tuesday", "Norway has 90 launchers", speaker=sweden, time=tuesday)
    (figure,) = find_figures(maker.reading())
    assert (figure.date, figure.basis) == ("2031-03-04", Basis.SAID)


def test_figures_for_a_day_are_of_that_day() -> None:
    maker = LimitMaker("By data for 1 March, Norway has 90 launchers.", published="2031-03-10")
    maker.country("Norway", "NOR")
    maker.number("90 launchers", 90, "launcher")
    maker.time(maker.at("1 March"), "2031-03-01")
    maker.said("data for 1 March", "By", "Norway has 90 launchers")
    (figure,) = find_figures(maker.reading())
    assert (figure.date, figure.basis) == ("2031-03-01", Basis.TEXT)


def test_no_date_at_all_is_null() -> None:
    maker = LimitMaker("Norway has 90 launchers.")
    maker.number("90 launchers", 90, "launcher")
    (figure,) = find_figures(maker.reading())
    assert (figure.date, figure.basis, figure.asserter.name) == (None, None, None)
    assert figure.asserter.side.startswith("document ")


def test_evidence_is_the_words() -> None:
    (figure,) = found("Norway has 90 warheads on 12 missiles.", "90 warheads")
    assert figure.evidence.words == "90 warheads on 12 missiles"
    assert (figure.evidence.start, figure.evidence.end) == (11, 37)


def test_a_weapon_is_nobody() -> None:
    maker = LimitMaker("Norway and its Falcon has 90 launchers.")
    maker.country("Norway", "NOR")
    maker.entity("Falcon", maker.at("Falcon"), kind=Kind.WEAPON)
    maker.number("90 launchers", 90, "launcher")
    (figure,) = find_figures(maker.reading())
    assert figure.party is not None
    assert figure.party.name == "Norway"


def test_long_texts_take_little_time() -> None:
    sentence = "Norway has 90 launchers, and Sweden has 80 launchers. "
    maker = LimitMaker(sentence * 3000)
    norway = maker.at("Norway").start
    for n in range(3000):
        start = n * len(sentence)
        maker.entity(
            "Norway",
            type(maker.at("Norway"))(start + norway, start + norway + 6),
            kind=Kind.PLACE,
            actor="NOR",
            country="NOR",
        )
        at = start + sentence.index("90")
        maker.quantity(type(maker.at("Norway"))(at, at + 12), 90, unit="launcher")
    assert len(find_figures(maker.reading())) == 3000
