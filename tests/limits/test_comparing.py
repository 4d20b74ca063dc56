import time
from typing import Any

import pytest

from onrecord.limits.comparing import compare
from onrecord.limits.models import Basis, Evidence, Figure, Party, Row, Scope, State
from tests.limits.made import ARLAND, BELMAR, bound, figure, in_document


def states(rows: list[Row]) -> list[tuple[str | None, str | None, str]]:
    return [(row.party.name if row.party else None, row.date, row.state.value) for row in rows]


def state_of(limit: Any, *figures: Figure) -> State:
    rows = [row for row in compare([limit], figures) if row.party == ARLAND]
    (row,) = rows
    return row.state


@pytest.mark.parametrize(
    ("comparator", "value", "state"),
    [
        ("at most", 99, "under"),
        ("at most", 100, "under"),
        ("at most", 101, "over"),
        (None, 100, "under"),
        (None, 101, "over"),
        ("less than", 99, "under"),
        ("less than", 100, "over"),
        ("at least", 99, "under"),
        ("at least", 100, "over"),
        ("more than", 100, "under"),
        ("more than", 101, "over"),
        ("about", 5, "unclear"),
    ],
)
def test_the_side_of_a_number(comparator: str | None, value: float, state: str) -> None:
    assert state_of(bound(comparator=comparator), figure(value)) == state


@pytest.mark.parametrize(
    ("value", "upper", "comparator", "state"),
    [
        (80, None, "about", "under"),
        (91, None, "about", "unclear"),
        (110, None, "about", "unclear"),
        (120, None, "about", "over"),
        (80, 100, "between", "under"),
        (80, 101, "between", "unclear"),
        (101, 120, "between", "over"),
        (100, None, "at most", "under"),
        (101, None, "at most", "unclear"),
        (101, None, "less than", "unclear"),
        (100, None, "less than", "under"),
        (100, None, "more than", "over"),
        (99, None, "more than", "unclear"),
        (101, None, "at least", "over"),
        (100, None, "at least", "unclear"),
    ],
)
def test_the_side_of_a_range_or_a_bound(
    value: float, upper: float | None, comparator: str, state: str
) -> None:
    given = figure(value, upper=upper, comparator=comparator)
    assert state_of(bound(), given) == state


def test_the_upper_end_of_a_range_is_the_limit() -> None:
    limit = bound(90, upper=100, comparator="between")
    assert state_of(limit, figure(95)) is State.UNDER
    assert state_of(limit, figure(101)) is State.OVER


def test_two_sides_on_different_sides_are_a_dispute() -> None:
    assert state_of(bound(), figure(90, "Arland"), figure(110, "Belmar")) is State.DISPUTED


def test_other_figures_on_the_same_side_are_none() -> None:
    assert state_of(bound(), figure(90, "Arland"), figure(95, "Belmar")) is State.UNDER
    assert state_of(bound(), figure(101, "Arland"), figure(195, "Belmar")) is State.OVER


def test_one_side_with_both_figures_is_unclear() -> None:
    assert state_of(bound(), figure(90, "Belmar"), figure(110, "Belmar")) is State.UNCLEAR


def test_a_figure_that_is_clear_counts_beside_one_that_is_not() -> None:
    rough = figure(98, "Belmar", comparator="about")
    assert state_of(bound(), figure(90), rough) is State.UNDER
    assert state_of(bound(), rough) is State.UNCLEAR


def test_dates_come_latest_first_and_without_a_date_last() -> None:
    given = [
        figure(90, date="2031-03-01"),
        figure(110, date=None, basis=None),
        figure(105, date="2032-03-01"),
    ]
    rows = compare([bound(parties=(ARLAND,))], given)
    assert states(rows) == [
        ("Arland", "2032-03-01", "over"),
        ("Arland", "2031-03-01", "under"),
        ("Arland", None, "over"),
    ]


def test_a_party_without_a_figure_is_not_reported() -> None:
    rows = compare([bound()], [figure(90)])
    assert states(rows)[1] == ("Belmar", None, "not reported")


def test_an_empty_cell_is_not_reported_on_its_day() -> None:
    rows = compare([bound(parties=(ARLAND,))], [figure(None), figure(90, date="2030-03-01")])
    assert states(rows) == [
        ("Arland", "2031-03-01", "not reported"),
        ("Arland", "2030-03-01", "under"),
    ]


def test_a_month_joins_the_one_day_in_it() -> None:
    given = [figure(90, "A", date="2031-03-01"), figure(110, "B", date="2031-03")]
    (row,) = compare([bound(parties=(ARLAND,))], given)
    assert (row.date, row.state) == ("2031-03-01", State.DISPUTED)
    given.append(figure(90, "A", date="2031-03-02"))
    assert [row.date for row in compare([bound(parties=(ARLAND,))], given)] == [
        "2031-03-02", "2031-03-01", "2031-03"
    ]  # fmt: skip


def test_a_figure_dated_by_its_publication_joins_a_near_date() -> None:
    late = figure(110, "Belmar", date="2031-03-20", basis=Basis.PUBLISHED)
    (row,) = compare([bound(parties=(ARLAND,))], [figure(90), late])
    assert (row.date, row.state) == ("2031-03-01", State.DISPUTED)
    later = figure(110, "Belmar", date="2031-05-20", basis=Basis.PUBLISHED)
    assert len(compare([bound(parties=(ARLAND,))], [figure(90), later])) == 2


def test_words_that_say_less_leave_it_unclear() -> None:
    (row,) = compare([bound(parties=(ARLAND,))], [figure(500, of="launchers")])
    assert row.state is State.UNCLEAR
    assert row.figures[0].why == "it counts 'launchers', the limit 'deployed launchers'"


def test_other_things_are_no_figure_for_it() -> None:
    others = [figure(500, of="non-deployed launchers"), figure(500, of="tanks")]
    assert states(compare([bound(parties=(ARLAND,))], others)) == [("Arland", None, "not reported")]


def test_figures_before_and_after_the_time_of_a_limit_are_left_out() -> None:
    limit = bound(parties=(ARLAND,), start="2031-01-01", until="2031-12-31")
    given = [figure(500, date=date) for date in ("2030-12-31", "2031-06", "2032-01-01")]
    assert states(compare([limit], given)) == [("Arland", "2031-06", "over")]


def test_parties_that_are_not_bound_are_not_compared() -> None:
    other = figure(500, party=Party(name="Corvane", country="COR"))
    assert states(compare([bound()], [other])) == [
        ("Arland", None, "not reported"),
        ("Belmar", None, "not reported"),
    ]


def test_a_limit_of_a_file_without_parties_is_for_all() -> None:
    given = [figure(90), figure(110, party=BELMAR)]
    assert states(compare([bound(parties=())], given)) == [
        ("Arland", "2031-03-01", "under"),
        ("Belmar", "2031-03-01", "over"),
    ]


def test_a_limit_of_an_article_without_parties_is_for_those_of_that_article() -> None:
    limit = bound(parties=(), evidence=(in_document("one"),))
    given = [
        figure(90, evidence=in_document("one", 50)),
        figure(110, party=BELMAR, evidence=in_document("two")),
    ]
    assert states(compare([limit], given)) == [("Arland", "2031-03-01", "under")]


def test_nobodys_figure_is_unclear_beside_a_limit_for_each() -> None:
    rows = compare([bound(parties=(ARLAND,))], [figure(500, party=None)])
    assert states(rows) == [("Arland", None, "not reported"), (None, "2031-03-01", "unclear")]


def test_nobodys_figure_of_another_article_is_left_out() -> None:
    limit = bound(parties=(ARLAND,), evidence=(in_document("one"),))
    rows = compare([limit], [figure(500, party=None, evidence=in_document("two"))])
    assert states(rows) == [("Arland", None, "not reported")]


def test_a_total_is_compared_with_figures_for_all_together() -> None:
    limit = bound(scope=Scope.TOTAL)
    rows = compare([limit], [figure(500), figure(99, party=None)])
    assert states(rows) == [(None, "2031-03-01", "under")]
    assert states(compare([limit], [figure(500)])) == [(None, None, "not reported")]


def test_a_limit_without_a_number_decides_nothing() -> None:
    assert state_of(bound(None), figure(90)) is State.UNCLEAR


def test_a_limit_that_nobody_is_known_for_has_one_row() -> None:
    limit = bound(parties=(), evidence=(in_document("one"),))
    assert states(compare([limit], [])) == [(None, None, "not reported")]


def test_measures_must_agree() -> None:
    limit = bound(300, of="enriched uranium", unit="kilogram", parties=(ARLAND,))
    assert state_of(limit, figure(301, of="enriched uranium", unit="kg")) is State.OVER
    (row,) = compare([limit], [figure(301, of="enriched uranium", unit="tonnes")])
    assert row.state is State.NOT_REPORTED


def test_many_figures_take_little_time() -> None:
    parties = [Party(name=f"Land {n}") for n in range(20)]
    given = [
        figure(
            n % 200,
            f"source {n % 7}",
            party=parties[n % 20],
            date=f"{2000 + n % 90}-{1 + n % 12:02d}-{1 + n % 28:02d}",
            basis=(Basis.FILE, Basis.PUBLISHED)[n % 2],
            evidence=Evidence(file="f.csv", line=n),
        )
        for n in range(10_000)
    ]
    limits = [bound(n, parties=(), of=what) for n in range(10) for what in ("launchers", "tanks")]
    started = time.process_time()
    rows = compare([*limits, bound(parties=())], given)
    assert time.process_time() - started < 20
    assert sum(len(row.figures) for row in rows if row.limit.of == "deployed launchers") == 10_000


def test_the_order_of_figures_makes_no_difference() -> None:
    given = [
        figure(90 + n, f"s{n % 3}", evidence=Evidence(file="f.csv", line=n)) for n in range(20)
    ]
    assert compare([bound()], given) == compare([bound()], given[::-1])
