import pytest

from onrecord.limits.kinds import kind_of, match_kinds
from onrecord.limits.models import Match
from onrecord.limits.terms import terms


@pytest.mark.parametrize(
    ("limit", "figure"),
    [
        ("deployed nuclear warheads", "deployed_warheads"),
        ("deployed strategic warheads", "warheads deployed"),
        ("warheads on deployed missiles and bombers", "deployed nuclear warhead"),
        ("deployed warheads", "warheads on missiles and bombers"),
        ("deployed missiles and bombers", "deployed vehicles"),
        ("deployed delivery vehicles", "deployed ICBMs, SLBMs and heavy bombers"),
        ("launchers and bombers whether deployed or not", "launchers_total"),
        ("deployed and non-deployed launchers", "launchers total"),
        ("troops", "Norwegian soldiers"),
        ("soldiers", "military personnel"),
        ("artillery pieces", "pieces of artillery"),
        ("main battle tanks", "tank"),
        ("kilograms of enriched uranium", "kg of enriched uranium"),
        ("intercontinental ballistic missiles", "ICBM"),
        ("crossings", "crossing"),
    ],
)
def test_words_that_mean_the_same(limit: str, figure: str) -> None:
    assert match_kinds(kind_of(limit), kind_of(figure)) is Match.EXACT
    assert match_kinds(kind_of(figure), kind_of(limit)) is Match.EXACT


@pytest.mark.parametrize(
    ("limit", "figure"),
    [
        ("deployed nuclear warheads", "warheads"),
        ("warheads", "deployed warheads"),
        ("ICBMs", "missiles"),
        ("heavy artillery pieces", "artillery pieces"),
        ("enriched uranium (kg)", "kilograms of uranium"),
    ],
)
def test_one_says_less_than_the_other(limit: str, figure: str) -> None:
    assert match_kinds(kind_of(limit), kind_of(figure)) is Match.PARTIAL


@pytest.mark.parametrize(
    ("limit", "figure"),
    [
        ("deployed launchers", "non-deployed launchers"),
        ("deployed launchers", "undeployed launchers"),
        ("deployed launchers", "launchers that are not deployed"),
        ("deployed launchers", "deployed and non-deployed launchers"),
        ("non-deployed launchers", "launchers total"),
        ("strategic warheads", "non-strategic warheads"),
        ("deployed strategic warheads", "deployed tactical warheads"),
        ("nuclear warheads", "conventional warheads"),
        ("warheads", "launchers"),
        ("missiles", "missile silos"),
        ("missiles and bombers", "bombers"),
        ("kilograms of uranium", "tonnes of uranium"),
        ("kilograms of uranium", "uranium"),
        ("ICBMs", "SLBMs"),
        ("low-enriched uranium", "highly enriched uranium"),
        ("soldiers", "tanks"),
        ("soldiers", ""),
        ("", ""),
        ("short-range missiles", "intermediate-range missiles"),
    ],
)
def test_different_things_never_match(limit: str, figure: str) -> None:
    assert match_kinds(kind_of(limit), kind_of(figure)) is None
    assert match_kinds(kind_of(figure), kind_of(limit)) is None


def test_a_measure_can_stand_apart_from_the_words() -> None:
    assert kind_of("enriched uranium", "kilogram") == kind_of("kilograms of enriched uranium")
    assert kind_of("enriched uranium", "person").measure is None


def test_a_measure_alone_is_what_is_counted() -> None:
    assert kind_of("kilometres").words == {"kilometre"}
    assert match_kinds(kind_of("kilometres"), kind_of("km")) is Match.EXACT


def test_the_table_is_sound() -> None:
    told = terms()
    assert not told.held & told.change
    assert not told.held & told.open
    assert all(len(pair) == 2 for pair in told.apart)
    for rows in told.same.values():
        lengths = [len(words) for words, _ in rows]
        assert lengths == sorted(lengths, reverse=True)
        assert all(means for _, means in rows)
