"""Instruments: which they are, who is bound, their dates, and how they are checked."""

import dataclasses
import time

import pytest

from onrecord.encode.weights import packaged_weights
from onrecord.events.commitments import commitments
from onrecord.pipeline import Reader
from onrecord.records import Commitment, Kind, make_document
from tests.events.made_texts import MadeText

SIGNED = (
    "Arland/NNP/nsubj/4 and/CC/cc/3 Borland/NNP/conj/1 signed/VBD/root/0 "
    "the/DT/det/7 Pell/NNP/compound/7 Treaty/NNP/obj/4 on/IN/case/9 "
    "Monday/NNP/obl/4"
)


def only(made: MadeText) -> Commitment:
    (row,) = commitments(made.made())
    return row


def signed(*more: str) -> MadeText:
    made = MadeText(SIGNED, *more).actors("Arland", "Borland", kind=Kind.PLACE)
    return made.dated(Monday="2024-05-06")


def test_who_signs_is_bound_and_the_date_is_that_of_signing() -> None:
    row = only(signed())
    assert (row.instrument, row.parties, row.signed) == (
        "Pell Treaty",
        ("Arland", "Borland"),
        "2024-05-06",
    )
    assert (row.in_force, row.extended, row.suspended, row.expires) == (None,) * 4
    assert (row.limits, row.verification, row.asserted_by) == ((), (), None)
    assert row.span.text_in(signed().text) == "Pell Treaty"


def test_an_instrument_with_a_mention_is_its_entity() -> None:
    assert (
        only(signed().actors("the Pell Treaty", kind=Kind.INSTRUMENT)).instrument
        == "the Pell Treaty"
    )


def test_later_words_for_it_belong_to_one_row() -> None:
    made = signed("The/DT/det/2 treaty/NN/nsubj/3 expires/VBZ/root/0 in/IN/case/5 2030/CD/obl/3")
    row = only(made.dated(_2030="2030"))
    assert (row.instrument, row.signed, row.expires) == ("Pell Treaty", "2024-05-06", "2030")


def test_a_truce_is_not_the_treaty_before() -> None:
    made = signed("The/DT/det/2 truce/NN/nsubj/3 ended/VBD/root/0 in/IN/case/5 May/NNP/obl/3")
    rows = commitments(made.dated(May="2024-05").made())
    assert [(row.instrument, row.expires) for row in rows] == [
        ("Pell Treaty", None),
        ("truce", "2024-05"),
    ]


def test_who_speaks_of_it_has_a_row_of_their_own() -> None:
    made = signed(
        "Ann/NNP/nsubj/2 said/VBD/root/0 the/DT/det/4 treaty/NN/nsubj/5 "
        "expires/VBZ/ccomp/2 in/IN/case/7 2030/CD/obl/5"
    )
    made.dated(_2030="2030").said("Ann", "said", "the treaty expires in 2030")
    rows = commitments(made.made())
    assert [(row.asserted_by, row.signed, row.expires) for row in rows] == [
        (None, "2024-05-06", None),
        ("Ann", None, "2030"),
    ]
    assert len({row.id for row in rows}) == 2


def test_the_first_words_for_it_stand_for_the_row() -> None:
    made = MadeText(
        "Ann/NNP/nsubj/2 praised/VBD/root/0 the/DT/det/5 Pell/NNP/compound/5 Treaty/NNP/obj/2",
        "The/DT/det/2 treaty/NN/nsubj/3 expires/VBZ/root/0 in/IN/case/5 2030/CD/obl/3",
    )
    row = only(made.dated(_2030="2030"))
    assert (row.span.text_in(made.text), row.expires) == ("Pell Treaty", "2030")


def test_of_dates_that_contradict_the_first_stays() -> None:
    made = signed(
        "The/DT/det/2 treaty/NN/nsubj/3 expires/VBZ/root/0 in/IN/case/5 2030/CD/obl/3",
        "The/DT/det/2 treaty/NN/nsubj/3 lapses/VBZ/root/0 in/IN/case/5 2031/CD/obl/3",
    )
    assert only(made.dated(_2030="2030", _2031="2031")).expires == "2030"


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        (
            (
                "Pell/NNP/compound/2 Treaty/NNP/nsubj/3 expires/VBZ/root/0 in/IN/case/5 "
                "2030/CD/obl/3"
            ),
            "expires",
        ),
        (
            (
                "Pell/NNP/compound/2 Treaty/NNP/nsubj/3 runs/VBZ/root/0 until/IN/case/5 "
                "2030/CD/obl/3"
            ),
            "expires",
        ),
        (
            (
                "Pell/NNP/compound/2 Treaty/NNP/nsubj/4 is/VBZ/cop/4 due/JJ/root/0 "
                "to/TO/mark/6 expire/VB/xcomp/4 in/IN/case/8 2030/CD/obl/6"
            ),
            "expires",
        ),
        (
            (
                "Pell/NNP/compound/2 Treaty/NNP/nsubj/3 entered/VBD/root/0 into/IN/case/5 "
                "force/NN/obl/3 in/IN/case/7 2030/CD/obl/3"
            ),
            "in_force",
        ),
        (
            (
                "Pell/NNP/compound/2 Treaty/NNP/nsubj/3 took/VBD/root/0 effect/NN/obj/3 "
                "in/IN/case/6 2030/CD/obl/3"
            ),
            "in_force",
        ),
        (
            (
                "Pell/NNP/compound/2 Treaty/NNP/nsubj:pass/4 was/VBD/aux:pass/4 "
                "extended/VBN/root/0 until/IN/case/6 2030/CD/obl/4"
            ),
            "extended",
        ),
        (
            (
                "Arland/NNP/nsubj/2 suspended/VBD/root/0 its/PRP$/nmod:poss/4 part/NN/obj/2 "
                "in/IN/case/7 Pell/NNP/compound/7 Treaty/NNP/nmod/4 in/IN/case/9 "
                "2030/CD/obl/2"
            ),
            "suspended",
        ),
    ],
)
def test_dates(sentence: str, field: str) -> None:
    row = only(MadeText(sentence).dated(_2030="2030"))
    assert getattr(row, field) == "2030"
    names = ("signed", "in_force", "extended", "suspended", "expires")
    assert [name for name in names if getattr(row, name) is not None] == [field]


def test_until_when_counts_more_than_when_it_was_extended() -> None:
    made = MadeText(
        "Pell/NNP/compound/2 Treaty/NNP/nsubj:pass/4 was/VBD/aux:pass/4 "
        "extended/VBN/root/0 in/IN/case/6 2021/CD/obl/4 until/IN/case/8 "
        "2026/CD/obl/4"
    )
    assert only(made.dated(_2021="2021", _2026="2026")).extended == "2026"


def test_what_did_not_happen_has_no_date() -> None:
    made = MadeText(
        "Arland/NNP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 sign/VB/root/0 "
        "Pell/NNP/compound/6 Treaty/NNP/obj/4 in/IN/case/8 2030/CD/obl/4"
    )
    assert commitments(made.actors("Arland", kind=Kind.PLACE).dated(_2030="2030").made()) == []


def test_leaving_is_not_suspending() -> None:
    made = MadeText(
        "Arland/NNP/nsubj/2 quit/VBD/root/0 Pell/NNP/compound/4 Treaty/NNP/obj/2 "
        "in/IN/case/6 2030/CD/obl/2"
    )
    row = only(made.actors("Arland", kind=Kind.PLACE).dated(_2030="2030"))
    assert (row.parties, row.suspended, row.expires) == (("Arland",), None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "the/DT/det/2 treaty/NN/root/0 between/IN/case/4 Arland/NNP/nmod/2 "
            "and/CC/cc/6 Borland/NNP/conj/4"
        ),
        (
            "the/DT/det/2 treaty/NN/root/0 between/IN/case/4 Arland/NNP/dep/2 "
            "and/CC/cc/2 Borland/NNP/obl/2"
        ),
        ("Arland/NNP/nmod:poss/3 's/POS/case/1 treaty/NN/root/0 with/IN/case/5 Borland/NNP/nmod/3"),
        (
            "Arland/NNP/nsubj/5 and/CC/cc/3 Borland/NNP/conj/1 are/VBP/cop/5 "
            "parties/NNS/root/0 to/IN/case/8 Pell/NNP/compound/8 Treaty/NNP/nmod/5"
        ),
        (
            "the/DT/det/2 pact/NN/root/0 signed/VBN/acl/2 by/IN/case/5 "
            "Arland/NNP/obl:agent/3 and/CC/cc/7 Borland/NNP/conj/5"
        ),
    ],
)
def test_parties(sentence: str) -> None:
    made = MadeText(
        "Orsa/NNP/compound/2 Treaty/NNP/nsubj/3 lapsed/VBD/root/0 in/IN/case/5 May/NNP/obl/3",
        sentence,
    )
    made.actors("Arland", "Borland", kind=Kind.PLACE).dated(May="2024-05")
    bound = {party for row in commitments(made.made()) for party in row.parties}
    assert bound == {"Arland", "Borland"}


def test_persons_and_firms_are_not_bound() -> None:
    made = MadeText(SIGNED.replace("Arland", "Vale").replace("Borland", "Kestrel"))
    made.actors("Vale", kind=Kind.PERSON).actors("Kestrel", actor="ARL.BUS").dated(
        Monday="2024-05-06"
    )
    made.entities["Vale"] = dataclasses.replace(made.entities["Vale"], name="Ann Vale")
    assert only(made).parties == ()


def test_means_of_verification() -> None:
    made = MadeText(
        "Pell/NNP/compound/2 Treaty/NNP/nsubj/3 provides/VBZ/root/0 for/IN/case/8 "
        "on/IN/case/7 -/HYPH/punct/7 site/NN/compound/8 inspections/NNS/obl/3 "
        "and/CC/cc/11 data/NN/compound/11 exchanges/NNS/conj/8"
    )
    row = only(made)
    assert [v.text_in(made.text) for v in row.verification] == [
        "on - site inspections",
        "data exchanges",
    ]


def test_who_checks_it_is_a_means_of_verification() -> None:
    made = MadeText(
        "Pell/NNP/compound/2 Treaty/NNP/nsubj:pass/4 is/VBZ/aux:pass/4 "
        "monitored/VBN/root/0 by/IN/case/7 a/DT/det/7 mission/NN/obl:agent/4"
    )
    assert [v.text_in(made.text) for v in only(made).verification] == ["mission"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The/DT/det/2 treaty/NN/nsubj/4 is/VBZ/cop/4 old/JJ/root/0",
        "Arland/NNP/nsubj/2 praised/VBD/root/0 the/DT/det/4 treaty/NN/obj/2",
        "Arland/NNP/nsubj/2 began/VBD/root/0 treaty/NN/compound/4 talks/NNS/obj/2",
        (
            "Fans/NNS/nsubj/2 enjoyed/VBD/root/0 the/DT/det/4 convention/NN/obj/2 "
            "in/IN/case/6 May/NNP/obl/2"
        ),
        (
            "Arland/NNP/nsubj/2 signed/VBD/root/0 trade/NN/compound/4 deals/NNS/obj/2 "
            "in/IN/case/6 May/NNP/obl/2"
        ),
        (
            "Arland/NNP/nsubj/2 signed/VBD/root/0 a/DT/det/4 contract/NN/obj/2 "
            "in/IN/case/6 May/NNP/obl/2"
        ),
    ],
)
def test_what_is_only_mentioned_or_no_instrument_has_no_row(sentence: str) -> None:
    made = MadeText(sentence)
    if "Arland" in made.text:
        made.actors("Arland", kind=Kind.PLACE)
    if "May" in made.text:
        made.dated(May="2024-05")
    assert commitments(made.made()) == []


def test_thousands_of_mentions_take_bounded_time() -> None:
    part = "Arland/NNP/conj/1 signed/VBD/conj/1 Pell/NNP/compound/5 Treaty/NNP/obj/3 and/CC/cc/1 "
    made = MadeText("Arland/NNP/nsubj/2 signed/VBD/root/0 " + part * 400, *[SIGNED] * 300)
    text = made.actors("Arland", kind=Kind.PLACE).dated(Monday="2024-05-06").made()
    start = time.monotonic()
    commitments(text)
    assert time.monotonic() - start < 20


@pytest.mark.weights
@pytest.mark.skipif(
    "arc_distances" not in str(packaged_weights().manifest), reason="the weights find no trees"
)
def test_a_whole_text(reader: Reader) -> None:
    text = (
        "Norway and Sweden signed the Pell Treaty in March 2019. The treaty limits each side to "
        "200 tanks. It entered into force on 1 May 2020 and expires in 2030."
    )
    reading = reader.read(make_document(text=text, published="2024-05-09"))
    (row,) = reading.commitments or ()
    assert (row.signed, row.in_force, row.expires) == ("2019-03", "2020-05-01", "2030")
    names = {e.id: e.name for e in reading.entities or ()}
    assert {names[p] for p in row.parties} == {"Norway", "Sweden"}
    assert [(limit.of, limit.per) for limit in row.limits] == [("tanks", "party")]
