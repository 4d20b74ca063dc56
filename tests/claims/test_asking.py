"""Which pairs of clauses the model is asked about first."""

import json

import numpy as np
import pytest

from onrecord.claims.asking import FEATURES, features_of, likelihoods
from onrecord.claims.packing import pack, unpack
from onrecord.claims.propositions import account_of
from onrecord.claims.settings import MOST_JUDGED_OF_TWO
from tests.claims.made import made_reading
from tests.claims.made_stores import made_store
from tests.claims.test_judging import FakeJudge, GivenVectors, linked

pytestmark = pytest.mark.usefixtures("plain_weights")


def order(cosines: list[list[float]], new: list[bool], known: list[bool]) -> list[tuple[int, int]]:
    found = likelihoods(np.float32(cosines), new, known)
    ranked = np.argsort(-found, axis=None, kind="stable")
    return [divmod(int(at), len(known)) for at in ranked]


def test_what_somebody_says_goes_before_what_is_nearer() -> None:
    assert order([[0.8, 0.5]], [False], [False, True]) == [(0, 1), (0, 0)]


def test_what_both_sides_say_goes_first() -> None:
    near = [[0.5, 0.5], [0.5, 0.5]]
    assert order(near, [False, True], [False, True]) == [(1, 1), (0, 1), (1, 0), (0, 0)]


def test_of_one_sort_the_nearer_goes_first_but_nothing_far_before_it() -> None:
    assert order([[0.3, 0.6]], [True], [True, True]) == [(0, 1), (0, 0)]


def test_signs_have_their_names() -> None:
    signs = features_of(np.float32([[0.5]]), np.array([True]), np.array([False]))
    assert dict(zip(FEATURES, (float(one[0, 0]) for one in signs), strict=True)) == {
        "cosine": 0.5,
        "cosine squared": 0.25,
        "a speaker": 1.0,
        "two speakers": 0.0,
    }


def test_a_pair_that_is_said_is_asked_about_among_many_nearer_ones(tmp_path) -> None:
    plain = [f"Boat {n} lay in the port of Orsa." for n in range(MOST_JUDGED_OF_TWO + 4)]
    judge = FakeJudge()
    said = [("Ann Vale", "said", "nobody drowned"), ("Bo Orly", "said", "nine drowned")]
    readings = [
        made_reading(" ".join([*plain, f"{who} {cue} {what}."]), (who, cue, what), published=day)
        for (who, cue, what), day in zip(said, ("2020-03-05", "2020-03-06"), strict=True)
    ]
    accounts = [account_of(one, number=1) for one in readings]
    assert all(len(one.propositions) == len(plain) + 1 for one in accounts)
    rows = [[1.0, 0.0]] * len(plain) + [[0.0, 1.0]]
    turned = [[0.9, 0.44]] * len(plain) + [[0.87, 0.5]]
    with made_store(tmp_path) as store:
        linked(store, judge, readings[0], vectors=GivenVectors(*rows))
        linked(store, judge, readings[1], vectors=GivenVectors(*turned))
    assert any("nobody" in first and "nine" in second for first, second, _ in judge.asked)
    assert len(judge.asked) <= MOST_JUDGED_OF_TWO


def test_accounts_of_earlier_versions_do_not_tell_who_says_what() -> None:
    reading = made_reading("Ann Vale said nine drowned.", ("Ann Vale", "said", "nine drowned"))
    account = account_of(reading, number=1)
    about, *rest = pack(account).split("\n")
    told = json.loads(about)
    assert [place[2] for place in told[4]] == [
        int(p.speaker is not None) for p in account.propositions
    ]
    told[4] = [place[:2] for place in told[4]]
    old = unpack(1, "\n".join([json.dumps(told), *rest]))
    assert [old.proposition(n) for n in range(len(account.propositions))] == list(
        account.propositions
    )
