"""What people say of disputes, shown and possible, and what follows."""

import json
from typing import Any

import pytest

from onrecord import claims
from onrecord.claims.reviews import (
    counts_of_reviews,
    find_dispute,
    find_review,
    keep_review,
    reviews,
    take_back,
)
from onrecord.errors import InputError, StoreError
from onrecord.queries import possible_disputes
from onrecord.records import Act, Ground, Kind, make_run
from onrecord.store import Arrival, Store
from onrecord.store.corrections import Signature
from tests.claims.made import made_reading
from tests.claims.made_stores import AT, disputes, made_store
from tests.claims.test_judging import (
    FIRST,
    NAMES,
    SECOND,
    FakeJudge,
    FakeVectors,
    first,
    linked,
    second,
)

pytestmark = pytest.mark.usefixtures("plain_weights")

SURE = FakeJudge(figure=0.999)
UNSURE = FakeJudge(figure=0.5)
SIGNED = Signature(by="Mio Tarn", at=AT, why="read both")
FIGURE = Ground.FIGURE.value


def said(store: Store, judge: Any, *, is_dispute: bool, ground: Ground | None = None) -> str:
    """Say of the one dispute, shown or possible, what it is."""
    (dispute,) = _ids(store)
    with store.writing():
        review = keep_review(store, dispute, SIGNED, is_dispute=is_dispute, ground=ground)
        claims.follow_review(store, review, judge)
    return review.id


def undone(store: Store, judge: Any, review: str) -> None:
    with store.writing():
        claims.follow_review(store, take_back(store, review, SIGNED), judge)


def _ids(store: Store) -> list[str]:
    return [
        row[0]
        for table in ("disputes", "possible_disputes")
        for row in store.connection.execute(f"SELECT id FROM {table}")
    ]


def _claims(store: Store) -> int:
    return int(store.connection.execute("SELECT count(*) FROM claims").fetchone()[0])


def test_what_is_not_likely_enough_is_kept_as_possible(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, UNSURE, first(), second())
        assert disputes(store) == []
        (row,) = possible_disputes(store)
        assert (row["first_words"], row["second_words"]) == (FIRST, SECOND)
        assert row["ground"] == FIGURE
        assert 0.1 <= row["probability"] < 0.4
        assert row["first_seen"] == row["second_published"] == "2020-03-07"
        assert _claims(store) == 0


def test_what_is_shown_is_not_possible_too(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, SURE, first(), second())
        assert len(disputes(store)) == 1
        assert not list(possible_disputes(store))


def test_what_the_model_says_no_to_is_not_even_possible(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, FakeJudge(figure=0.01), first(), second())
        assert _ids(store) == []


def test_possible_ones_are_narrowed_like_others(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, UNSURE, first(), second())
        assert len(possible_disputes(store, about="lamps")) == 1
        assert not list(possible_disputes(store, about="giraffe"))
        assert len(possible_disputes(store, since="2020-03-07", outlet="Other Herald")) == 1
        assert not list(possible_disputes(store, since="2020-03-08"))
        assert not list(possible_disputes(store, outlet="Nobody"))
        assert not list(possible_disputes(store, ground=Ground.DENIAL.value))
        assert not list(possible_disputes(store, least=0.9))


def test_a_possible_one_that_is_accepted_is_shown(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, UNSURE, first(), second())
        review = said(store, UNSURE, is_dispute=True)
        assert disputes(store) == [(FIGURE, FIRST, SECOND)]
        row = store.connection.execute("SELECT why, probability FROM disputes").fetchone()
        assert row["probability"] == 1
        told = json.loads(row["why"])["reviewed"]
        assert told == {"by": "Mio Tarn", "at": AT, "why": "read both"}
        assert not list(possible_disputes(store))
        undone(store, UNSURE, review)
        assert disputes(store) == []
        assert len(possible_disputes(store)) == 1
        assert _claims(store) == 0


@pytest.mark.parametrize("judge", [SURE, UNSURE])
def test_what_is_rejected_is_neither_shown_nor_possible(tmp_path, judge) -> None:
    with made_store(tmp_path) as store:
        linked(store, judge, first(), second())
        before = _ids(store)
        review = said(store, judge, is_dispute=False)
        assert _ids(store) == []
        assert _claims(store) == 0
        undone(store, judge, review)
        assert _ids(store) == before


def test_another_ground_can_be_named(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, SURE, first(), second())
        said(store, SURE, is_dispute=True, ground=Ground.DENIAL)
        assert disputes(store) == [(Ground.DENIAL.value, FIRST, SECOND)]
        stances = store.connection.execute("SELECT stance FROM stances ORDER BY document")
        assert [row[0] for row in stances] == ["asserts", "denies"]


def test_what_was_said_last_holds(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, SURE, first(), second())
        accepted = said(store, SURE, is_dispute=True)
        rejected = said(store, SURE, is_dispute=False)
        assert disputes(store) == []
        assert list(counts_of_reviews(store)) == [(True, 1, 0)]
        undone(store, SURE, rejected)
        assert len(disputes(store)) == 1
        undone(store, SURE, accepted)
        assert list(counts_of_reviews(store)) == []


@pytest.mark.parametrize("is_dispute", [True, False])
def test_reviews_outlive_a_new_reading(tmp_path, is_dispute) -> None:
    again = UNSURE if is_dispute else SURE
    with made_store(tmp_path) as store:
        linked(store, again, first(), second())
        said(store, again, is_dispute=is_dispute)
        before = disputes(store)
        newer = second().replace(
            run=make_run(software="2", model="m", model_digest="d", settings={})
        )
        with store.writing():
            claims.unlink(store, [2], again)
            number = store.add(newer, at=AT).number
            assert number == 2
            arrival = Arrival(number=number, reading=newer, vectors=FakeVectors())
            claims.link(store, (arrival,), again)
        assert disputes(store) == before
        assert len(before) == is_dispute


def test_a_dispute_inside_of_one_text_can_be_rejected(tmp_path) -> None:
    both = made_reading(
        "Ann Vale accused Judge Brask of taking bribes in Orsa. Judge Brask denied taking bribes.",
        ("Ann Vale", "accused", "Judge Brask of taking bribes in Orsa", Act.ACCUSE),
        ("Judge Brask", "denied", "taking bribes"),
        names=[("Ann Vale", Kind.PERSON), ("Judge Brask", Kind.PERSON), *NAMES],
    )
    with made_store(tmp_path) as store:
        linked(store, None, both)
        before = disputes(store)
        review = said(store, None, is_dispute=False)
        assert disputes(store) == []
        undone(store, None, review)
        assert disputes(store) == before != []


def test_a_deleted_document_takes_what_was_said_along(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, SURE, first(), second())
        said(store, SURE, is_dispute=False)
        with store.writing():
            claims.unlink(store, [2], SURE)
            store.connection.execute("DELETE FROM provenances")
            store.connection.execute("DELETE FROM story_documents")
            store.connection.execute("DELETE FROM stories")
            store.delete(2, at=AT)
        assert reviews(store) == []


def test_when_a_document_goes_the_others_are_judged_as_before(tmp_path) -> None:
    third = second("All stood dark in the Orsa mill on Monday.", "2020-03-08")
    with made_store(tmp_path) as store:
        linked(store, FakeJudge(denial=0.999), first(), second(), third)
        with store.writing():
            claims.unlink(store, [2], FakeJudge(denial=0.999))
        assert [row[0] for row in disputes(store)] == [Ground.DENIAL.value]


def test_ids_may_be_given_by_their_beginning(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, SURE, first(), second())
        (dispute,) = _ids(store)
        assert find_dispute(store, dispute[:6]) == dispute
        assert find_dispute(store, dispute[:3]) is None
        assert find_dispute(store, "zzzz") is None
        review = said(store, SURE, is_dispute=True)
        assert find_review(store, review[:6]) == review
        assert find_review(store, "zzzz") is None
        undone(store, SURE, review)
        with pytest.raises(InputError, match="taken back already, by Mio Tarn"), store.writing():
            take_back(store, review, SIGNED)
        with pytest.raises(StoreError, match="no dispute with the id 'zzzz'"), store.writing():
            keep_review(store, "zzzz", SIGNED, is_dispute=True)
