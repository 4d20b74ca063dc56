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
from onrecord.serve.pages.charts import HEIGHT, WIDTH, Chart, chart_of

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


def chart(*rows: Row, outside: frozenset[int] = frozenset()) -> Chart | None:
    """A drawing; the rows with some numbers are for days on which the limit did not hold."""
    return chart_of([(one, number in outside) for number, one in enumerate(rows)], "t")


def test_later_is_further_right_and_more_is_higher() -> None:
    made = chart(row("Arland", "2020", 1400.0), row("Orvane", "2021-06-01", 1600.0))
    assert made is not None
    first, second = made.points
    assert first.x < second.x
    assert second.y < (made.limit_y or 0) < first.y
    assert made.parties == ("Arland", "Orvane")
    assert [first.series, second.series] == [0, 1]
    for point in made.points:
        assert 0 <= point.x <= WIDTH
        assert 0 <= point.y <= HEIGHT


def test_one_day_stands_in_the_middle() -> None:
    made = chart(row("Arland", "2020-03", 0.0))
    assert made is not None
    assert len(made.days) == 1
    assert not made.lines


def test_figures_without_a_date_are_counted_and_not_drawn() -> None:
    made = chart(row("Arland", "2020", 1.0), row("Arland", None, 2.0))
    assert made is not None
    assert made.n_undated == 1
    assert len(made.points) == 1


def test_nothing_to_draw() -> None:
    assert chart(row("Arland", None, 2.0), row("Arland", "2020", None)) is None
    assert chart(replace(row("Arland", "2020", 1.0), figures=())) is None


def test_disputed_points_are_told() -> None:
    made = chart(row("Arland", "2020", 1600.0, State.DISPUTED))
    assert made is not None
    assert made.points[0].is_disputed
    assert "1 disputed" in made.about


def test_points_have_the_numbers_of_the_table() -> None:
    made = chart(
        row("Arland", "2021", None), row("Arland", "2020", 1.0), row("Arland", "2019", 2.0)
    )
    assert made is not None
    assert [point.number for point in made.points] == [2, 3]


def test_a_line_joins_the_figures_of_a_party_in_order_of_days() -> None:
    made = chart(row("Arland", "2022", 3.0), row("Arland", "2020", 1.0), row("Orvane", "2021", 2.0))
    assert made is not None
    (line,) = made.lines
    first, second = (part.split(",") for part in line.path.split())
    assert float(first[0]) < float(second[0])
    assert float(first[1]) > float(second[1])


def test_the_limit_is_drawn_for_the_days_on_which_it_holds() -> None:
    bound = replace(LIMIT, start="2018-02-05", suspended="2021-03-01")
    rows = [replace(row("Arland", date, 1400.0), limit=bound) for date in ("2012", "2022")]
    made = chart(*rows, outside=frozenset({0}))
    assert made is not None
    assert made.limit_from > made.points[0].x
    assert made.points[0].is_outside
    assert [one.label for one in made.moments] == ["holds from 2018-02-05", "suspended 2021-03-01"]
    assert [one.label for one in made.days] == ["2013", "2015", "2017", "2019", "2021"]


def test_numbers_far_from_zero_do_not_begin_there() -> None:
    made = chart(row("Arland", "2020", 1400.0), row("Arland", "2021", 1500.0))
    assert made is not None
    assert made.lowest > 1000
    assert [one.at for one in made.values] == sorted((one.at for one in made.values), reverse=True)
