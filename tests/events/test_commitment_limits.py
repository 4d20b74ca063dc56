"""Numeric limits of instruments: the figure, what is limited, for whom."""

import pytest

from onrecord.events.commitments import commitments
from onrecord.records import Kind, Limit
from tests.events.made_texts import MadeText

TREATY = "Pell/NNP/compound/2 Treaty/NNP/nsubj/3"


def limits(made: MadeText) -> tuple[Limit, ...]:
    (row,) = commitments(made.made())
    return row.limits


def test_a_limit_for_each_side() -> None:
    made = MadeText(
        f"{TREATY} limits/VBZ/root/0 each/DT/det/5 side/NN/obj/3 to/IN/case/9 90/CD/nummod/9 "
        "deployed/VBN/amod/9 warheads/NNS/obl/3"
    )
    (limit,) = limits(made.counted("90 deployed warheads", 90, "warhead"))
    assert limit == Limit(quantity="90 deployed warheads", of="deployed warheads", per="party")


def test_things_joined_by_and_are_limited_together() -> None:
    made = MadeText(
        f"{TREATY} limits/VBZ/root/0 each/DT/det/5 side/NN/obj/3 to/IN/case/9 90/CD/nummod/9 "
        "deployed/VBN/amod/9 missiles/NNS/obl/3 and/CC/cc/11 bombers/NNS/conj/9"
    )
    (limit,) = limits(made.counted("90 deployed missiles", 90, "missile"))
    assert limit.of == "deployed missiles and bombers"


def test_each_of_several_figures_is_a_limit() -> None:
    made = MadeText(
        f"{TREATY} limits/VBZ/root/0 each/DT/det/5 side/NN/obj/3 to/IN/case/8 90/CD/nummod/8 "
        "tanks/NNS/obl/3 and/CC/cc/11 40/CD/nummod/11 guns/NNS/conj/8"
    )
    made.counted("90 tanks", 90, "tank").counted("40 guns", 40, "gun")
    assert [(limit.of, limit.per) for limit in limits(made)] == [
        ("tanks", "party"),
        ("guns", "party"),
    ]


def test_a_limit_for_one_party_is_that_of_its_entity_who_is_bound() -> None:
    made = MadeText(
        f"{TREATY} limits/VBZ/root/0 Arland/NNP/obj/3 to/IN/case/7 90/CD/nummod/7 tanks/NNS/obl/3"
    )
    made.actors("Arland", kind=Kind.PLACE).counted("90 tanks", 90, "tank")
    (row,) = commitments(made.made())
    assert row.parties == ("Arland",)
    assert row.limits == (Limit(quantity="90 tanks", of="tanks", per="Arland"),)


def test_what_is_limited_may_stand_before_the_figure() -> None:
    made = MadeText(
        f"{TREATY} caps/VBZ/root/0 the/DT/det/5 number/NN/obj/3 of/IN/case/8 nuclear/JJ/amod/8 "
        "warheads/NNS/nmod/5 at/IN/case/10 90/CD/obl/3"
    )
    (limit,) = limits(made.counted("90", 90, None))
    assert (limit.of, limit.per) == ("nuclear warheads", None)


def test_a_measure_is_not_what_is_limited() -> None:
    made = MadeText(
        f"{TREATY} limits/VBZ/root/0 Arland/NNP/obj/3 to/IN/case/7 90/CD/nummod/7 "
        "kilograms/NNS/obl/3 of/IN/case/10 enriched/VBN/amod/10 uranium/NN/nmod/7"
    )
    made.actors("Arland", kind=Kind.PLACE).counted("90 kilograms", 90, "kilogram")
    assert limits(made)[0].of == "enriched uranium"


@pytest.mark.parametrize(
    ("sentence", "comparator"),
    [
        (
            (
                "Under/IN/case/3 Pell/NNP/compound/3 Treaty/NNP/obl/7 each/DT/det/5 "
                "side/NN/nsubj/7 may/MD/aux/7 keep/VB/root/0 90/CD/nummod/9 tanks/NNS/obj/7"
            ),
            "at most",
        ),
        (
            (
                "Under/IN/case/3 Pell/NNP/compound/3 Treaty/NNP/obl/7 no/DT/det/5 "
                "side/NN/nsubj/7 may/MD/aux/7 keep/VB/root/0 90/CD/nummod/9 tanks/NNS/obj/7"
            ),
            "more than",
        ),
    ],
)
def test_what_may_be_kept_at_most_is_a_limit(sentence: str, comparator: str) -> None:
    (limit,) = limits(MadeText(sentence).counted("90 tanks", 90, "tank", comparator))
    assert (limit.of, limit.per) == ("tanks", "party")


def test_a_sentence_that_goes_on_sets_limits_of_the_one_before() -> None:
    made = MadeText(
        f"{TREATY} expires/VBZ/root/0 in/IN/case/5 2030/CD/obl/3",
        "Each/DT/det/2 side/NN/nsubj/4 may/MD/aux/4 keep/VB/root/0 90/CD/nummod/6 tanks/NNS/obj/4",
    )
    made.dated(_2030="2030").counted("90 tanks", 90, "tank", "at most")
    assert [limit.of for limit in limits(made)] == ["tanks"]


def test_a_limit_without_a_number_is_none_but_the_instrument_stays() -> None:
    made = MadeText(
        f"{TREATY} limits/VBZ/root/0 the/DT/det/5 number/NN/obj/3 of/IN/case/7 guns/NNS/nmod/5"
    )
    assert limits(made) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "Arland/NNP/nsubj/2 lost/VBD/root/0 90/CD/nummod/4 tanks/NNS/obj/2 "
            "before/IN/mark/8 the/DT/det/7 treaty/NN/nsubj/8 lapsed/VBD/advcl/2 "
            "in/IN/case/10 May/NNP/obl/8"
        ),
        TREATY + " lapsed/VBD/root/0 in/IN/case/5 May/NNP/obl/3 after/IN/case/7 90/CD/obl/3",
    ],
)
def test_a_figure_that_nothing_limits_is_no_limit(sentence: str) -> None:
    made = MadeText(sentence).dated(May="2024-05").counted("90", 90, "tank")
    assert limits(made) == ()


def test_what_the_treaty_does_not_limit_is_no_limit() -> None:
    made = MadeText(
        "Pell/NNP/compound/2 Treaty/NNP/nsubj/5 does/VBZ/aux/5 not/RB/advmod/5 "
        "limit/VB/root/0 Arland/NNP/obj/5 to/IN/case/9 90/CD/nummod/9 "
        "tanks/NNS/obl/5"
    )
    made.actors("Arland", kind=Kind.PLACE).counted("90 tanks", 90, "tank")
    assert commitments(made.made()) == []
