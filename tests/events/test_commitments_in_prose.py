"""Instruments over several sentences: pronouns, undertakings, and which of two is meant."""

import dataclasses

import pytest

from onrecord.events.commitments import commitments
from onrecord.records import Act, Commitment, Kind
from tests.events.made_texts import MadeText
from tests.events.test_commitments import SIGNED, only, signed

EXTENDED = (
    "They/PRP/nsubj/2 agreed/VBD/root/0 to/TO/mark/4 extend/VB/xcomp/2 it/PRP/obj/4 "
    "in/IN/case/7 2030/CD/obl/4"
)


def rows(made: MadeText) -> list[Commitment]:
    return commitments(made.made())


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("It/PRP/nsubj/2 expires/VBZ/root/0 in/IN/case/4 2030/CD/obl/2", "expires"),
        (
            (
                "It/PRP/nsubj:pass/3 was/VBD/aux:pass/3 renewed/VBN/root/0 in/IN/case/5 "
                "2030/CD/obl/3"
            ),
            "extended",
        ),
        (
            ("Its/PRP$/nmod:poss/2 expiry/NN/nsubj/5 in/IN/case/4 2030/CD/nmod/2 looms/VBZ/root/0"),
            "expires",
        ),
        (
            (
                "Arland/NNP/nsubj/2 suspended/VBD/root/0 its/PRP$/nmod:poss/4 "
                "participation/NN/obj/2 in/IN/case/6 2030/CD/obl/2"
            ),
            "suspended",
        ),
    ],
)
def test_a_pronoun_goes_on_with_the_treaty_before(sentence: str, field: str) -> None:
    row = only(signed(sentence).dated(_2030="2030"))
    assert (row.instrument, row.signed, getattr(row, field)) == (
        "Pell Treaty",
        "2024-05-06",
        "2030",
    )


def test_a_pronoun_two_sentences_on_is_left_alone() -> None:
    made = signed(
        "Few/NNS/nsubj/2 noticed/VBD/root/0",
        "It/PRP/nsubj/2 expires/VBZ/root/0 in/IN/case/4 2030/CD/obl/2",
    )
    assert only(made.dated(_2030="2030")).expires is None


def test_a_party_that_it_may_mean_keeps_what_a_party_can_do() -> None:
    made = MadeText(
        SIGNED,
        "It/PRP/nsubj/2 includes/VBZ/root/0 inspections/NNS/obj/2",
    )
    made.actors("Arland", "Borland", kind=Kind.PLACE).actors("It")
    assert only(made.dated(Monday="2024-05-06")).verification == ()


def test_what_parties_agree_to_do_is_told_by_the_outlet() -> None:
    made = signed(EXTENDED).dated(_2030="2030")
    made.said("They", "agreed", "to extend it in 2030")
    made.statements[0] = dataclasses.replace(made.statements[0], act=Act.PROMISE)
    row = only(made)
    assert (row.extended, row.signed, row.asserted_by) == ("2030", "2024-05-06", None)


def test_who_only_speaks_of_a_treaty_has_no_row_beside_the_outlet() -> None:
    made = signed(
        "Ann/NNP/nsubj/2 said/VBD/root/0 Kestria/NNP/nsubj/4 broke/VBD/ccomp/2 "
        "the/DT/det/6 treaty/NN/obj/4"
    )
    made.actors("Kestria", kind=Kind.PLACE).said("Ann", "said", "Kestria broke the treaty")
    assert only(made).asserted_by is None


def test_a_date_in_front_stays_with_its_own_word() -> None:
    made = MadeText(
        "Pell/NNP/compound/2 Treaty/NNP/nsubj:pass/4 was/VBD/aux:pass/4 signed/VBN/root/0 "
        "in/IN/case/6 2001/CD/obl/4 and/CC/cc/9 was/VBD/aux:pass/9 renewed/VBN/conj/4 "
        "twice/RB/advmod/9"
    )
    row = only(made.dated(_2001="2001"))
    assert (row.signed, row.extended) == ("2001", None)


def test_a_clause_of_another_time_has_not_the_date_before_it() -> None:
    made = MadeText(
        "Arland/NNP/nsubj/2 quit/VBD/root/0 Pell/NNP/compound/4 Treaty/NNP/obj/2 in/IN/case/6 "
        "2030/CD/obl/2 before/IN/mark/9 it/PRP/nsubj/9 expired/VBD/advcl/2"
    )
    assert only(made.actors("Arland", kind=Kind.PLACE).dated(_2030="2030")).expires is None


def test_two_treaties_that_coreference_takes_for_one_are_two() -> None:
    made = MadeText(
        "Pell/NNP/compound/2 Treaty/NNP/nsubj/3 lapsed/VBD/root/0 in/IN/case/5 May/NNP/obl/3",
        "Orsa/NNP/compound/2 Treaty/NNP/nsubj/3 lapsed/VBD/root/0 in/IN/case/5 June/NNP/obl/3",
    )
    made.actors("Pell Treaty", "Orsa Treaty", kind=Kind.INSTRUMENT)
    made.mentions[1] = dataclasses.replace(made.mentions[1], entity="Pell Treaty")
    found = rows(made.dated(May="2024-05", June="2024-06"))
    assert [(row.instrument, row.expires) for row in found] == [
        ("Pell Treaty", "2024-05"),
        ("Orsa Treaty", "2024-06"),
    ]


def test_the_last_treaty_is_the_one_named_next() -> None:
    made = MadeText(
        "The/DT/det/3 last/JJ/amod/3 treaty/NN/nsubj/4 lapses/VBZ/root/0 in/IN/case/6 "
        "May/NNP/obl/4",
        "Pell/NNP/compound/2 Treaty/NNP/nsubj:pass/4 was/VBD/aux:pass/4 signed/VBN/root/0 "
        "in/IN/case/6 2001/CD/obl/4",
    )
    row = only(made.dated(May="2024-05", _2001="2001"))
    assert (row.instrument, row.signed, row.expires) == ("Pell Treaty", "2001", "2024-05")


def test_talks_on_a_treaty_are_no_treaty() -> None:
    made = MadeText(
        "Talks/NNS/nsubj/9 on/IN/case/4 a/DT/det/4 treaty/NN/nmod/1 between/IN/case/6 "
        "Arland/NNP/nmod/4 and/CC/cc/8 Borland/NNP/conj/6 failed/VBD/root/0"
    )
    assert rows(made.actors("Arland", "Borland", kind=Kind.PLACE)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "The/DT/det/2 treaty/NN/root/0 signed/VBN/acl/2 by/IN/case/6 the/DT/det/6 "
            "leaders/NNS/obl:agent/3 of/IN/case/8 Arland/NNP/nmod/6 and/CC/cc/10 "
            "Borland/NNP/conj/8"
        ),
        (
            "Its/PRP$/nmod:poss/2 signatories/NNS/nsubj/3 include/VBP/root/0 "
            "Arland/NNP/obj/3 and/CC/cc/6 Borland/NNP/conj/4"
        ),
        (
            "Arland/NNP/nsubj:pass/5 and/CC/cc/3 Borland/NNP/conj/1 are/VBP/aux:pass/5 "
            "bound/VBN/root/0 by/IN/case/8 the/DT/det/8 treaty/NN/obl:agent/5"
        ),
    ],
)
def test_parties_behind_other_words(sentence: str) -> None:
    made = MadeText(
        "Orsa/NNP/compound/2 Treaty/NNP/nsubj/3 lapsed/VBD/root/0 in/IN/case/5 May/NNP/obl/3",
        sentence,
    )
    made.actors("Arland", "Borland", kind=Kind.PLACE).dated(May="2024-05")
    assert only(made).parties == ("Arland", "Borland")


def test_in_force_until_is_when_it_ends() -> None:
    made = MadeText(
        "Pell/NNP/compound/2 Treaty/NNP/nsubj/5 is/VBZ/cop/5 in/IN/case/5 force/NN/root/0 "
        "until/IN/case/7 2030/CD/obl/5"
    )
    row = only(made.dated(_2030="2030"))
    assert (row.in_force, row.expires) == (None, "2030")


def test_a_signing_that_is_put_off_has_no_date() -> None:
    made = MadeText(
        "The/DT/det/2 signing/NN/nsubj:pass/7 of/IN/case/5 Pell/NNP/compound/5 "
        "Treaty/NNP/nmod/2 was/VBD/aux:pass/7 delayed/VBN/root/0 in/IN/case/9 2030/CD/obl/7"
    )
    assert rows(made.dated(_2030="2030")) == []
