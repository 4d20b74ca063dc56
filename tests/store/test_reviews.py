"""What reviewed rows tell of precision, and rows drawn by chance."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import RowKind
from onrecord.store import Store
from onrecord.store.corrections import (
    Signature,
    accept_row,
    add_row,
    reject_row,
    set_field,
    undo,
)
from onrecord.store.finding import FoundRow
from onrecord.store.reviews import (
    counts_of_drawn,
    draw_sample,
    estimates,
    keep_sample,
    printed_row,
    wilson_interval,
)
from tests.store.made import AT, full_reading, quick_store

SIGNED = Signature(by="Mio Tarn", at=AT)
PAGES = [full_reading(url=f"https://news.example/{page}") for page in range(8)]


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with quick_store(tmp_path / "made.db") as store:
        with store.writing():
            for reading in PAGES:
                store.add(reading, at=AT)
        yield store


def test_the_interval_is_that_of_wilson() -> None:
    assert [round(end, 3) for end in wilson_interval(0, 10)] == [0.0, 0.278]
    assert [round(end, 4) for end in wilson_interval(81, 263)] == [0.2553, 0.3662]


@given(st.integers(1, 5000), st.data())
def test_the_interval_holds_the_share(n_all: int, data: Any) -> None:
    n_right = data.draw(st.integers(0, n_all))
    low, high = wilson_interval(n_right, n_all)
    assert 0 <= low <= n_right / n_all + 1e-12
    assert n_right / n_all <= high + 1e-12
    assert high <= 1


def test_reviews_are_counted_by_kind_and_by_what_the_program_found(store: Store) -> None:
    events = [FoundRow(page + 1, "events", PAGES[page].events[0].id) for page in range(5)]  # type: ignore[index]
    accept_row(store, events[0], SIGNED)
    accept_row(store, events[1], SIGNED)
    set_field(store, events[2], "type", "AID", SIGNED)
    accept_row(store, events[2], SIGNED)
    reject_row(store, events[3], SIGNED)
    taken = reject_row(store, events[4], SIGNED)
    undo(store, taken.id, SIGNED)
    add_row(
        store,
        1,
        RowKind.EVENT,
        {"trigger": {"start": 0, "end": 3}, "type": "AID", "factuality": "actual"},
        SIGNED,
    )
    found = {(each.row_kind, each.value): each for each in estimates(store)}
    whole = found[RowKind.EVENT, None]
    assert (whole.n_reviewed, whole.n_accepted, whole.n_set, whole.n_rejected) == (4, 2, 1, 1)
    assert (whole.n_added, whole.precision, whole.exact) == (1, 0.75, 0.5)
    assert (whole.low, whole.high) == wilson_interval(3, 4)
    assert found[RowKind.EVENT, "ASSAULT"].n_reviewed == 4
    added = found[RowKind.EVENT, "AID"]
    assert (added.n_reviewed, added.n_added, added.precision) == (0, 1, None)


def test_nothing_reviewed_gives_no_estimate(store: Store) -> None:
    assert estimates(store) == []


def test_a_sample_is_the_same_for_a_seed_and_each_row_can_be_drawn(store: Store) -> None:
    n_rows = sum(len(page.statements or ()) for page in PAGES)
    drawn = draw_sample(store, RowKind.STATEMENT, 5, seed=1)
    assert drawn == draw_sample(store, RowKind.STATEMENT, 5, seed=1)
    assert drawn != draw_sample(store, RowKind.STATEMENT, 5, seed=2)
    everything = draw_sample(store, RowKind.STATEMENT, 1000, seed=1)
    assert len(set(everything)) == len(everything) == n_rows
    counts = Counter(
        row.id for seed in range(200) for row in draw_sample(store, RowKind.STATEMENT, 6, seed=seed)
    )
    assert len(counts) == n_rows
    assert max(counts.values()) < 3 * min(counts.values())
    assert draw_sample(store, RowKind.TIME, 5, seed=1) == []
    assert draw_sample(store, RowKind.DOCUMENT, 5, seed=1) == []


def test_rows_that_were_drawn_are_counted_alone(store: Store) -> None:
    drawn = draw_sample(store, RowKind.STATEMENT, 4, seed=3)
    keep_sample(store, drawn, seed=3, at=AT)
    keep_sample(store, drawn, seed=3, at=AT)
    others = [row for row in draw_sample(store, RowKind.STATEMENT, 99, seed=1) if row not in drawn]
    reject_row(store, others[0], SIGNED)
    accept_row(store, drawn[0], SIGNED)
    set_field(store, drawn[1], "act", "warn", SIGNED)
    assert counts_of_drawn(store) == (4, 2)
    whole = estimates(store, only_drawn=True)[0]
    assert (whole.n_reviewed, whole.precision, whole.exact) == (2, 1.0, 0.5)
    assert estimates(store)[0].n_reviewed == 3
    with store.writing():
        store.delete(drawn[0].number, at=AT)
    assert counts_of_drawn(store)[0] < 4


def test_a_row_to_review_has_its_words(store: Store) -> None:
    row = FoundRow(3, "statements", PAGES[2].statements[0].id)  # type: ignore[index]
    printed = printed_row(store, row)
    assert printed["row"]["cue"][0]["text"] == "said"
    assert printed["document"] == PAGES[2].document.id
    assert printed["outlet"] == "Ardal Post"
    document = printed_row(store, FoundRow(3, "documents", PAGES[2].document.id))
    assert document["row"]["title"] == "Harbour shelled"
