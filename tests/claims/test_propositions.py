"""What is said to be so in one document: who says it, whether it is denied, planned, counted."""

from onrecord.claims.propositions import account_of, propositions_of
from onrecord.records import Act, Kind, RowKind, StanceKind
from tests.claims.made import made_reading


def _one(text, *said, **more):
    return propositions_of(made_reading(text, *said, **more))


def test_a_statement_is_what_its_speaker_asserts() -> None:
    text = "Ann Vale said that the mill had poisoned the river."
    (one,) = _one(text, ("Ann Vale", "said", "that the mill had poisoned the river"))
    assert one.stance is StanceKind.ASSERTS
    assert one.row_kind is RowKind.STATEMENT
    assert one.main == "poison"
    assert one.is_side


def test_a_sentence_of_its_own_is_what_the_outlet_asserts() -> None:
    (one,) = _one("The mill poisoned the river on Monday.")
    assert one.speaker is None
    assert one.stance is StanceKind.ASSERTS
    assert one.row_kind is RowKind.DOCUMENT


def test_a_denial_turns_its_content_down() -> None:
    text = "The mill denied that it had poisoned the river."
    (one,) = _one(text, ("The mill", "denied", "that it had poisoned the river"))
    assert one.stance is StanceKind.DENIES


def test_a_negated_clause_is_a_denial_and_a_denied_one_is_none() -> None:
    text = "Ann Vale said that the mill had not poisoned the river."
    (plain,) = _one(text, ("Ann Vale", "said", "that the mill had not poisoned the river"))
    assert plain.stance is StanceKind.DENIES
    text = "Ann Vale denied that the mill had not paid the fine."
    (double,) = _one(text, ("Ann Vale", "denied", "that the mill had not paid the fine"))
    assert double.stance is StanceKind.ASSERTS


def test_forms_of_negation() -> None:
    for words, deed in (
        ("nobody was killed in Orsa", "kill"),
        ("no drone was shot down over Orsa", "shoot"),
        ("she spoke to no official in Orsa", "speak"),
        ("not a single book was sold in Orsa", "sell"),
        ("there was no attack on Orsa", "attack"),
    ):
        text = f"Ann Vale said that {words}."
        (one,) = _one(text, ("Ann Vale", "said", f"that {words}"), names=[("Orsa", Kind.PLACE)])
        assert one.stance is StanceKind.DENIES, words
        assert one.main == deed, words


def test_not_only_and_no_fewer_than_negate_nothing() -> None:
    for words in ("the army shelled not only Orsa", "no fewer than 12 people were killed"):
        text = f"Ann Vale said that {words}."
        (one,) = _one(text, ("Ann Vale", "said", f"that {words}"))
        assert one.stance is StanceKind.ASSERTS, words


def test_plans_and_what_may_be_are_no_sides() -> None:
    for words in (
        "the mill will close",
        "the mill plans to close",
        "the mill may have poisoned the river",
        "it was not clear whether the mill had closed",
    ):
        text = f"Ann Vale said that {words}."
        assert not any(p.is_side for p in _one(text, ("Ann Vale", "said", f"that {words}"))), words
    text = "Ann Vale warned that the mill had poisoned the river."
    said = ("Ann Vale", "warned", "that the mill had poisoned the river", Act.WARN)
    assert not _one(text, said)[0].is_side


def test_a_short_denial_is_about_what_was_said_before() -> None:
    text = "Ann Vale accused Dorn Mill of poisoning the river. Dorn Mill denied the accusation."
    first, second = _one(
        text,
        ("Ann Vale", "accused", "Dorn Mill of poisoning the river", Act.ACCUSE),
        ("Dorn Mill", "denied", "the accusation"),
        names=[("Ann Vale", Kind.PERSON), ("Dorn Mill", Kind.ORGANIZATION)],
    )
    assert second.is_short
    assert second.refers == 0
    assert second.main == first.main


def test_an_offer_that_is_rejected_is_no_denial() -> None:
    text = "The Front rejected the offer of talks in Orsa."
    (one,) = _one(text, ("The Front", "rejected", "the offer of talks in Orsa", Act.DENY))
    assert one.stance is not StanceKind.DENIES


def test_it_is_untrue_that() -> None:
    text = "Ann Vale said: It is untrue that we closed the mill."
    (one,) = _one(text, ("Ann Vale", "said", "It is untrue that we closed the mill"))
    assert one.stance is StanceKind.DENIES
    assert one.main == "clos"


def test_who_says_it_is_found_behind_a_sentence() -> None:
    (one,) = _one("The road to Orsa is open again, the guard's captain, Ann Vale, insisted.")
    assert one.speaker is not None
    assert "val" in one.speaker.names


def test_counts() -> None:
    (one,) = _one("A bomb killed at least 12 people and wounded 40 in Orsa on Monday.")
    assert [(c.what, c.value) for c in one.counts] == [("killed", 12.0), ("wounded", 40.0)]
    (of,) = _one("Seventeen of our comrades lost their lives in the fire.")
    assert [(c.what, c.value) for c in of.counts] == [("killed", 17.0)]
    (parts,) = _one("Two women and one man were killed in the fire.")
    assert all(c.is_part for c in parts.counts)


def test_holdings() -> None:
    names = [("Orsa", Kind.PLACE), ("Red Sash", Kind.ORGANIZATION)]
    for words, change in (
        ("The Red Sash captured Orsa on Monday.", "taken"),
        ("Orsa is under the control of the Red Sash.", "held"),
        ("Orsa fell to the Red Sash on Monday.", "taken"),
        ("The Red Sash has Orsa firmly in its grip.", "held"),
        ("The Red Sash has lost control of Orsa.", "lost"),
    ):
        (one,) = _one(words, names=names)
        assert [h.change for h in one.holdings] == [change], words
        (holding,) = one.holdings
        assert holding.holder is not None
        assert {"red", "sash"} <= holding.holder.names, words


def test_sections_that_are_none_count_as_empty() -> None:
    reading = made_reading("Ann Vale left.").replace(
        mentions=None, entities=None, statements=None, events=None, places=None, times=None,
        quantities=None, control_claims=None, commitments=None,
    )  # fmt: skip
    assert account_of(reading, number=1).propositions == propositions_of(reading)
