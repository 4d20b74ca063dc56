"""Figures beside a limit as points of a drawing."""

from dataclasses import replace

from onrecord.limits.models import (
    Asserter,
    Basis,
    Bound,
    Compared,
    Evidence,
    Figure,
    Match,
    Party,
    Row,
    Scope,
    State,
)
from onrecord.serve.pages.charts import HEIGHT, WIDTH, chart_of

LIMIT = Bound(
    instrument="Tarn Treaty",
    parties=(Party(name="Arland"), Party(name="Orvane")),
    of="warheads",
    per="party",
    scope=Scope.PARTY,
    comparator="at most",
    value=1550.0,
    evidence=(Evidence(document="d"),),
    asserters=(Asserter(name="Post", side="d"),),
)


def row(party: str, date: str | None, value: float | None, state: State = State.UNDER) -> Row:
    figure = Figure(
        of="warheads",
        party=Party(name=party),
        date=date,
        basis=Basis.TEXT,
        value=value,
        asserter=Asserter(name="Ann Vale", side="a", statement="s1"),
        evidence=Evidence(document="d", words="w"),
    )
    compared = Compared(state=state, match=Match.EXACT, figure=figure)
    return Row(limit=LIMIT, party=Party(name=party), date=date, state=state, figures=(compared,))


def test_later_is_further_right_and_more_is_higher() -> None:
    chart = chart_of([row("Arland", "2020", 1400.0), row("Orvane", "2021-06-01", 1600.0)], "t")
    assert chart is not None
    first, second = chart.points
    assert first.x < second.x
    assert second.y < (chart.limit_y or 0) < first.y
    assert chart.parties == ("Arland", "Orvane")
    assert [first.series, second.series] == [0, 1]
    for point in chart.points:
        assert 0 <= point.x <= WIDTH
        assert 0 <= point.y <= HEIGHT


def test_one_day_stands_in_the_middle() -> None:
    chart = chart_of([row("Arland", "2020-03", 0.0)], "t")
    assert chart is not None
    assert len(chart.days) == 1


def test_figures_without_a_date_are_counted_and_not_drawn() -> None:
    chart = chart_of([row("Arland", "2020", 1.0), row("Arland", None, 2.0)], "t")
    assert chart is not None
    assert chart.n_undated == 1
    assert len(chart.points) == 1


def test_nothing_to_draw() -> None:
    assert chart_of([row("Arland", None, 2.0), row("Arland", "2020", None)], "t") is None
    empty = replace(row("Arland", "2020", 1.0), figures=())
    assert chart_of([empty], "t") is None


def test_disputed_points_are_told() -> None:
    chart = chart_of([row("Arland", "2020", 1600.0, State.DISPUTED)], "t")
    assert chart is not None
    assert chart.points[0].is_disputed
