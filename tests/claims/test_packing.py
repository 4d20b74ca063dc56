"""Accounts there and back, and what candidates can tell without unpacking them."""

import dataclasses

from onrecord.claims.candidates import heads_of, keys_of, likely_clauses, period_of_publication
from onrecord.claims.packing import head_of, pack, unpack
from onrecord.claims.propositions import account_of
from onrecord.records import Act, Change, Kind
from tests.claims.made import made_reading


def _account():
    text = (
        "Ann Vale accused Dorn Mill of poisoning the river in Orsa on Monday. At least 12 people "
        "were killed. The Red Sash controls Orsa. Dorn Mill denied the accusation. "
        "“It ‘may’ rain,” said Bo."
    )
    return account_of(
        made_reading(
            text,
            ("Ann Vale", "accused", "Dorn Mill of poisoning the river in Orsa on Monday",
             Act.ACCUSE),
            ("Dorn Mill", "denied", "the accusation"),
            names=[("Ann Vale", Kind.PERSON), ("Dorn Mill", Kind.ORGANIZATION),
                   ("Orsa", Kind.PLACE, "SWE"), ("Red Sash", Kind.ORGANIZATION)],
            times={"Monday": "2020-03-02"},
            control=[("controls Orsa", "Orsa", "Red Sash", Change.HELD)],
        ),
        number=7,
    )  # fmt: skip


def test_what_is_packed_comes_back() -> None:
    account = _account()
    packed = unpack(7, pack(account))
    own = tuple(packed.proposition(n) for n in range(len(account.propositions)))
    assert own == account.propositions
    assert dataclasses.replace(packed.account, propositions=own) == account
    assert packed.heads == [head_of(p) for p in account.propositions]


def test_a_clause_is_likely_to_match_itself() -> None:
    account = _account()
    heads = heads_of([head_of(p) for p in account.propositions])
    assert heads
    for head in heads:
        if head.main is not None:
            assert head.number in set(likely_clauses(head, heads))


def test_keys_are_few_and_the_same_for_the_same_document() -> None:
    keys = keys_of(_account())
    assert keys == keys_of(_account())
    assert 0 < len(keys) <= 36
    assert len(set(keys)) == len(keys)


def test_periods() -> None:
    assert period_of_publication("2020-03-05") + 1 == period_of_publication("2020-04-01")
    assert period_of_publication("no date") == 0
