"""How the asserter of some words tells what they name, and when it was."""

import pytest

from onrecord.events.tellings import date_near, is_ahead, told_by
from onrecord.records import EventDate, Factuality, Polarity, TimexType
from tests.events.made_texts import MadeText

SAID = (
    "Vale/NNP/nsubj/2 said/VBD/root/0 on/IN/case/4 Friday/NNP/obl/2 that/IN/mark/7 "
    "rebels/NNS/nsubj/7 attacked/VBD/ccomp/2 Orsa/NNP/obj/7 on/IN/case/10 Monday/NNP/obl/7"
)


def dated(**values: str) -> str | None:
    """The date of the attack, if some words have these values."""
    found = date_near(MadeText(SAID).dated(**values).made().sentences[0], 6)
    return None if found is None else found.value


# Dates.


def test_the_date_in_its_own_clause() -> None:
    assert dated(Monday="2024-05-06", Friday="2024-05-10") == "2024-05-06"


def test_the_day_of_a_report_is_not_that_of_what_it_reports() -> None:
    assert dated(Friday="2024-05-10") is None


def test_a_time_of_day_dates_by_its_day() -> None:
    assert dated(Monday="2024-05-06T10:00") == "2024-05-06"


@pytest.mark.parametrize("value", ["", "PAST_REF", "XXXX-05", "PRESENT_REF", "199", "19"])
def test_words_without_a_date_date_nothing(value: str) -> None:
    assert dated(Monday=value) is None


def test_until_when_is_not_when() -> None:
    sentence = "Arland/NNP/nsubj/2 closed/VBD/root/0 Orsa/NNP/obj/2 until/IN/case/5 May/NNP/obl/2"
    assert date_near(MadeText(sentence).dated(May="2025-05").made().sentences[0], 1) is None


def test_the_date_of_a_plan_is_not_that_of_who_plans() -> None:
    sentence = (
        "Arland/NNP/nsubj/2 vowed/VBD/root/0 to/TO/mark/4 leave/VB/xcomp/2 by/IN/case/6 "
        "Sunday/NNP/obl/4"
    )
    own = MadeText(sentence).dated(Sunday="2024-05-12").made().sentences[0]
    assert date_near(own, 1) is None
    assert date_near(own, 3) is not None


def test_of_two_dates_around_a_noun_the_one_behind_is_its_own() -> None:
    sentence = (
        "Police/NNS/nsubj/2 held/VBD/root/0 him/PRP/obj/2 on/IN/case/5 Monday/NNP/obl/2 "
        "for/IN/case/8 the/DT/det/8 murder/NN/obl/2 in/IN/case/10 June/NNP/obl/2"
    )
    own = MadeText(sentence).dated(Monday="2024-05-06", June="2022-06").made().sentences[0]
    found = date_near(own, 7)
    assert found is not None
    assert found.value == "2022-06"


@pytest.mark.parametrize(
    ("published", "value"),
    [("2024-05-09", "2024-04"), ("2024-02-09", "2023-04"), (None, "1961-04")],
)
def test_a_month_has_no_year_of_another_clause(published: str | None, value: str) -> None:
    sentence = (
        "Vale/NNP/nsubj/5 born/VBN/acl/1 in/IN/case/4 1961/CD/obl/2 resigned/VBD/root/0 "
        "in/IN/case/7 April/NNP/obl/5"
    )
    made = MadeText(sentence, published=published).dated(_1961="1961", April="1961-04").made()
    found = date_near(made.sentences[0], 4)
    assert found is not None
    assert found.value == value


def test_durations_date_nothing() -> None:
    made = MadeText(SAID).dated(Monday="2024-05-06")
    object.__setattr__(made.times[0], "type", TimexType.DURATION)
    assert date_near(made.made().sentences[0], 6) is None


def test_a_date_has_its_words() -> None:
    made = MadeText(SAID).dated(Monday="2024-05-06")
    found = date_near(made.made().sentences[0], 6)
    assert found is not None
    assert found.span == made.span("Monday")


def test_of_two_dates_in_the_same_clause_the_closer_one_counts() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 attacked/VBD/root/0 on/IN/case/4 Monday/NNP/obl/2 ,/,/punct/6 "
        "Friday/NNP/obl/2"
    )
    made = MadeText(sentence).dated(Monday="2024-05-06", Friday="2024-05-10").made()
    found = date_near(made.sentences[0], 1)
    assert found is not None
    assert found.value == "2024-05-06"


@pytest.mark.parametrize(
    ("date", "published", "ahead"),
    [
        ("2024-05-10", "2024-05-09", True),
        ("2024-05-09", "2024-05-09T23:59:00+00:00", False),
        ("2024-05", "2024-05-09", False),
        ("2024-06", "2024-05-09", True),
        ("2025", "2024-05-09", True),
        ("2024", "2024-05-09", False),
        ("2024-W20", "2024-05-09", True),
        ("2024-W19", "2024-05-09", False),
        ("2024-W60", "2024-05-09", False),
        ("2025-SU", "2024-05-09", False),
        ("2025", None, False),
    ],
)
def test_dates_ahead_of_publication(date: str, published: str | None, *, ahead: bool) -> None:
    assert is_ahead(EventDate(value=date, span=None), published) is ahead


def test_nothing_is_ahead_without_a_date() -> None:
    assert not is_ahead(None, "2024-05-09")


# Whether it happened, in the view of who asserts it.


def told(polarity: Polarity, content: str, *, modal: str = "") -> Factuality:
    """How Vale tells an attack, by a cue in his own words."""
    aux = f"{modal}/MD/aux/7 " if modal else "then/RB/advmod/7 "
    sentence = (
        "Vale/NNP/nsubj/2 dismissed/VBD/root/0 reports/NNS/obj/2 that/IN/mark/7 "
        f"rebels/NNS/nsubj/7 {aux}attacked/VBD/acl/3 Orsa/NNP/obj/7"
    )
    made = MadeText(sentence).said("Vale", "dismissed", content, polarity).made()
    statement = made.asserter(made.sentences[0].span(6, 6))
    return told_by(made.sentences[0], 6, statement)


def test_what_is_denied_did_not_happen_though_the_tree_does_not_show_it() -> None:
    content = "rebels then attacked Orsa"
    assert told(Polarity.AFFIRM, content) is Factuality.ACTUAL
    assert told(Polarity.DENY, content) is Factuality.NEGATED


def test_what_is_only_possible_stays_so_in_a_denial() -> None:
    content = "rebels may attacked Orsa"
    assert told(Polarity.DENY, content, modal="may") is Factuality.POSSIBLE


def test_who_denies_something_else_in_the_sentence_denies_not_this() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 attacked/VBD/root/0 and/CC/cc/5 Vale/NNP/nsubj/5 denied/VBD/conj/2 "
        "it/PRP/obj/5"
    )
    made = MadeText(sentence).said("Vale", "denied", "Rebels attacked", Polarity.DENY).made()
    statement = made.asserter(made.sentences[0].span(1, 1))
    assert statement is not None
    assert told_by(made.sentences[0], 1, statement) is Factuality.ACTUAL


def test_the_outlet_asserts_what_nobody_else_does() -> None:
    made = MadeText("Rebels/NNS/nsubj/3 may/MD/aux/3 attack/VB/root/0").made()
    assert told_by(made.sentences[0], 2, None) is Factuality.POSSIBLE


def test_what_a_denial_takes_for_granted_is_not_denied() -> None:
    sentence = (
        "Vale/NNP/nsubj/2 denied/VBD/root/0 beating/VBG/xcomp/2 miners/NNS/obj/3 who/WP/nsubj/6 "
        "marched/VBD/acl:relcl/4"
    )
    made = MadeText(sentence).said("Vale", "denied", "beating miners who marched", Polarity.DENY)
    own, (statement,) = made.made().sentences[0], made.statements
    assert told_by(own, 2, statement) is Factuality.NEGATED
    assert told_by(own, 5, statement) is Factuality.ACTUAL
