"""Whether a happening is told as actual, negated, possible or planned."""

import pytest

from onrecord.events.factualities import State, factuality_of, state_of
from onrecord.events.light_verbs import light_verb
from onrecord.records import Factuality
from tests.events.made_texts import tree_of

ACTUAL, NEGATED, POSSIBLE, PLANNED = (
    Factuality.ACTUAL,
    Factuality.NEGATED,
    Factuality.POSSIBLE,
    Factuality.PLANNED,
)


def told(sentence: str, trigger: str, *, inside: str = "") -> Factuality:
    """How a word is told; `inside`: in which words its asserter speaks, all if empty."""
    tree = tree_of(sentence)
    word = tree.words.index(trigger)
    head = tree.heads[word]
    light = None
    if tree.relations[word] in {"obj", "nsubj:pass"} and tree.is_verb(head):
        own = light_verb(tree, head)
        light = None if own is None else (head, own)
    spoken = [w in inside.split() for w in tree.words] if inside else []
    return factuality_of(tree, word, inside=spoken, light=light)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They/PRP/nsubj/2 attacked/VBD/root/0", ACTUAL),
        ("They/PRP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 attack/VB/root/0", NEGATED),
        ("They/PRP/nsubj/4 did/VBD/aux/4 n't/RB/advmod/4 attack/VB/root/0", NEGATED),
        ("They/PRP/nsubj/3 never/RB/advmod/3 attacked/VBD/root/0", NEGATED),
        ("They/PRP/nsubj/3 will/MD/aux/3 attack/VB/root/0", PLANNED),
        ("They/PRP/nsubj/4 will/MD/aux/4 not/RB/advmod/4 attack/VB/root/0", NEGATED),
        ("They/PRP/nsubj/3 may/MD/aux/3 attack/VB/root/0", POSSIBLE),
        ("They/PRP/nsubj/4 may/MD/aux/4 not/RB/advmod/4 attack/VB/root/0", POSSIBLE),
        ("They/PRP/nsubj/4 could/MD/aux/4 not/RB/advmod/4 attack/VB/root/0", NEGATED),
        ("They/PRP/nsubj/3 allegedly/RB/advmod/3 attacked/VBD/root/0", POSSIBLE),
        ("Nobody/NN/nsubj/2 attacked/VBD/root/0", NEGATED),
        ("No/DT/det/2 rebels/NNS/nsubj/3 attacked/VBD/root/0", NEGATED),
        ("They/PRP/nsubj/2 attacked/VBD/root/0 nobody/NN/obj/2", NEGATED),
    ],
)
def test_the_words_of_a_verb_itself(sentence: str, expected: Factuality) -> None:
    trigger = "attack" if "attack/" in sentence else "attacked"
    assert told(sentence, trigger) is expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("planned", PLANNED),
        ("failed", NEGATED),
        ("refused", NEGATED),
        ("managed", ACTUAL),
        ("wanted", PLANNED),
    ],
)
def test_what_governs_an_infinitive(verb: str, expected: Factuality) -> None:
    sentence = f"They/PRP/nsubj/2 {verb}/VBD/root/0 to/TO/mark/4 attack/VB/xcomp/2"
    assert told(sentence, "attack") is expected


def test_what_failed_to_be_prevented_happened() -> None:
    sentence = (
        "Guards/NNS/nsubj/2 failed/VBD/root/0 to/TO/mark/4 prevent/VB/xcomp/2 the/DT/det/6 "
        "attack/NN/obj/4"
    )
    assert told(sentence, "attack") is ACTUAL
    assert told(sentence, "prevent") is NEGATED


def test_no_protests_were_held() -> None:
    sentence = "No/DT/det/2 protests/NNS/nsubj:pass/4 were/VBD/aux:pass/4 held/VBN/root/0"
    assert told(sentence, "protests") is NEGATED


def test_the_noun_of_a_light_verb() -> None:
    for verb, expected in (("held", ACTUAL), ("planned", PLANNED), ("averted", NEGATED)):
        sentence = f"They/PRP/nsubj/2 {verb}/VBD/root/0 protests/NNS/obj/2"
        assert told(sentence, "protests") is expected, verb


def test_a_light_verb_that_is_negated() -> None:
    sentence = "They/PRP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 hold/VB/root/0 protests/NNS/obj/4"
    assert told(sentence, "protests") is NEGATED


def test_some_types_are_left_alone_by_a_light_verb() -> None:
    tree = tree_of("They/PRP/nsubj/2 denied/VBD/root/0 accusations/NNS/obj/2")
    own = light_verb(tree, 1)
    assert own is not None
    assert factuality_of(tree, 2, light=(1, own), of_type="ACCUSE") is ACTUAL
    assert factuality_of(tree, 2, light=(1, own), of_type="ASSAULT") is NEGATED


@pytest.mark.parametrize(
    ("adjective", "expected"), [("alleged", POSSIBLE), ("attempted", PLANNED), ("deadly", ACTUAL)]
)
def test_adjectives_of_a_noun(adjective: str, expected: Factuality) -> None:
    sentence = f"The/DT/det/3 {adjective}/JJ/amod/3 attack/NN/nsubj/4 came/VBD/root/0"
    assert told(sentence, "attack") is expected


def test_plans_and_threats_of_something() -> None:
    for noun in ("plan", "threat"):
        sentence = f"A/DT/det/2 {noun}/NN/nsubj/5 for/IN/case/4 attack/NN/nmod/2 leaked/VBD/root/0"
        assert told(sentence, "attack") is PLANNED, noun


def test_conditions() -> None:
    sentence = (
        "If/IN/mark/3 they/PRP/nsubj/3 attack/VBP/advcl/6 ,/,/punct/3 we/PRP/nsubj/6 "
        "leave/VBP/root/0"
    )
    assert told(sentence, "attack") is POSSIBLE


def test_without() -> None:
    sentence = "They/PRP/nsubj/2 left/VBD/root/0 without/IN/mark/4 attacking/VBG/advcl/2"
    assert told(sentence, "attacking") is NEGATED


@pytest.mark.parametrize("verb", ["left", "went"])
def test_an_infinitive_of_purpose(verb: str) -> None:
    sentence = f"They/PRP/nsubj/2 {verb}/VBD/root/0 to/TO/mark/4 attack/VB/advcl/2"
    assert told(sentence, "attack") is PLANNED


def test_an_infinitive_alone_as_headlines_have_it() -> None:
    sentence = "Rebels/NNS/nsubj/3 to/TO/mark/3 attack/VB/root/0"
    assert told(sentence, "attack") is PLANNED


def test_a_nested_modal() -> None:
    sentence = (
        "Vale/NNP/nsubj/2 said/VBD/root/0 that/IN/mark/6 rebels/NNS/nsubj/6 might/MD/aux/6 "
        "plan/VB/ccomp/2 to/TO/mark/8 attack/VB/xcomp/6"
    )
    assert told(sentence, "attack") is POSSIBLE


def test_who_does_not_plan_to_does_not() -> None:
    sentence = (
        "They/PRP/nsubj/4 do/VBP/aux/4 not/RB/advmod/4 plan/VB/root/0 to/TO/mark/6 "
        "attack/VB/xcomp/4"
    )
    assert told(sentence, "attack") is NEGATED


def test_a_noun_that_is_only_imagined() -> None:
    sentence = "{}/DT/det/2 strike/NN/nsubj/4 could/MD/aux/4 cut/VB/root/0 exports/NNS/obj/4"
    assert told(sentence.format("A"), "strike") is POSSIBLE
    assert told(sentence.format("The"), "strike") is ACTUAL


def test_coordinated_verbs_share_what_governs_the_first() -> None:
    sentence = (
        "They/PRP/nsubj/2 refused/VBD/root/0 to/TO/mark/4 surrender/VB/xcomp/2 or/CC/cc/6 "
        "leave/VB/conj/4"
    )
    assert told(sentence, "leave") is NEGATED


def test_a_coordinated_clause_of_its_own_does_not_share_negation() -> None:
    sentence = (
        "They/PRP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 surrender/VB/root/0 and/CC/cc/7 "
        "rebels/NNS/nsubj/7 attacked/VBD/conj/4"
    )
    assert told(sentence, "attacked") is ACTUAL


def test_a_participle_behind_a_noun_is_by_itself() -> None:
    sentence = (
        "They/PRP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 visit/VB/root/0 towns/NNS/obj/4 "
        "attacked/VBN/acl/5"
    )
    assert told(sentence, "attacked") is ACTUAL


# In whose view.

DENIED = "Vale/NNP/nsubj/2 denied/VBD/root/0 that/IN/mark/5 rebels/NNS/nsubj/5 attacked/VBD/ccomp/2"
NOT_DENIED = (
    "Vale/NNP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 deny/VB/root/0 that/IN/mark/7 "
    "rebels/NNS/nsubj/7 attacked/VBD/ccomp/4"
)
CONTENT = "that rebels attacked"


def test_who_denies_says_that_it_did_not_happen() -> None:
    assert told(DENIED, "attacked") is NEGATED
    assert told(DENIED, "attacked", inside=CONTENT) is NEGATED


def test_who_does_not_deny_leaves_it_open_and_denies_nothing() -> None:
    assert told(NOT_DENIED, "attacked", inside=CONTENT) is ACTUAL


def test_what_governs_the_content_is_the_last_word_that_counts() -> None:
    sentence = (
        "Ben/NNP/nsubj/2 doubts/VBZ/root/0 that/IN/mark/5 Vale/NNP/nsubj/5 said/VBD/ccomp/2 "
        "rebels/NNS/nsubj/7 attacked/VBD/ccomp/5"
    )
    assert told(sentence, "attacked", inside="rebels attacked") is ACTUAL


def test_words_of_the_outlet_do_not_count_in_the_content() -> None:
    sentence = "Vale/NNP/nsubj/2 said/VBD/root/0 rebels/NNS/nsubj/5 may/MD/aux/5 attack/VB/ccomp/2"
    assert told(sentence, "attack", inside="rebels may attack") is POSSIBLE


# One effect after the other.


@pytest.mark.parametrize(
    ("before", "effect", "after"),
    [
        (ACTUAL, ACTUAL, ACTUAL),
        (ACTUAL, NEGATED, NEGATED),
        (ACTUAL, POSSIBLE, POSSIBLE),
        (ACTUAL, PLANNED, PLANNED),
        (NEGATED, NEGATED, ACTUAL),
        (NEGATED, POSSIBLE, POSSIBLE),
        (NEGATED, PLANNED, POSSIBLE),
        (POSSIBLE, NEGATED, NEGATED),
        (POSSIBLE, PLANNED, POSSIBLE),
        (PLANNED, NEGATED, NEGATED),
        (PLANNED, PLANNED, PLANNED),
        (NEGATED, ACTUAL, NEGATED),
    ],
)
def test_effects(before: Factuality, effect: Factuality, after: Factuality) -> None:
    state = State(before)
    state.apply(effect)
    assert state.value is after


def test_what_stays_possible_is_not_negated() -> None:
    state = State(POSSIBLE, stays=True)
    state.apply(NEGATED)
    assert state.value is POSSIBLE


def test_a_very_deep_clause_ends_somewhere() -> None:
    n = 60
    said = " ".join(
        f"he/PRP/nsubj/{2 * i + 2} {'said/VBD/root/0' if not i else f'said/VBD/ccomp/{2 * i}'}"
        for i in range(n)
    )
    sentence = f"{said} rebels/NNS/nsubj/{2 * n + 2} attacked/VBD/ccomp/{2 * n}"
    assert told(sentence, "attacked") is ACTUAL


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("They/PRP/nsubj/2 want/VBP/root/0 us/PRP/obj/2 to/TO/mark/5 leave/VB/xcomp/2", "leave"),
        ("They/PRP/nsubj/2 urged/VBD/root/0 us/PRP/obj/2 to/TO/mark/5 leave/VB/xcomp/2", "leave"),
        (
            (
                "We/PRP/nsubj:pass/3 were/VBD/aux:pass/3 asked/VBN/root/0 to/TO/mark/5 "
                "leave/VB/xcomp/3"
            ),
            "leave",
        ),
        (
            (
                "They/PRP/nsubj/2 insisted/VBD/root/0 that/IN/mark/5 troops/NNS/nsubj/5 "
                "leave/VBP/ccomp/2"
            ),
            "leave",
        ),
        ("They/PRP/nsubj/2 insisted/VBD/root/0 on/IN/case/4 withdrawal/NN/obl/2", "withdrawal"),
        ("They/PRP/nsubj/2 petitioned/VBD/root/0 for/IN/case/4 release/NN/obl/2", "release"),
        ("Demands/NNS/nsubj/2 include/VBP/root/0 withdrawal/NN/obj/2", "withdrawal"),
        ("The/DT/det/2 demand/NN/nsubj/4 is/VBZ/cop/4 withdrawal/NN/root/0", "withdrawal"),
        ("Troops/NNS/nsubj/3 should/MD/aux/3 leave/VB/root/0", "leave"),
        ("They/PRP/nsubj/2 seek/VBP/root/0 arrests/NNS/obj/2", "arrests"),
        (
            (
                "They/PRP/nsubj/2 called/VBD/root/0 for/IN/case/4 inquests/NNS/obl/2 to/TO/mark/7 "
                "be/VB/aux:pass/7 held/VBN/acl/4"
            ),
            "held",
        ),
        (
            (
                "They/PRP/nsubj/2 asked/VBD/root/0 us/PRP/obj/2 to/TO/mark/5 stop/VB/xcomp/2 "
                "and/CC/cc/8 to/TO/mark/8 leave/VB/conj/5"
            ),
            "leave",
        ),
    ],
)
def test_what_is_asked_of_another_is_possible(sentence: str, trigger: str) -> None:
    assert told(sentence, trigger) is POSSIBLE


@pytest.mark.parametrize("verb", ["asked", "demanded", "wanted", "petitioned", "proposed"])
def test_who_asks_to_do_it_plans_it(verb: str) -> None:
    sentence = f"They/PRP/nsubj/2 {verb}/VBD/root/0 to/TO/mark/4 leave/VB/xcomp/2"
    assert told(sentence, "leave") is PLANNED
    allowed = (
        f"They/PRP/nsubj/2 {verb}/VBD/root/0 to/TO/mark/5 be/VB/aux:pass/5 allowed/VBN/xcomp/2 "
        "to/TO/mark/7 leave/VB/xcomp/5"
    )
    assert told(allowed, "leave") is PLANNED


def test_what_only_may_be_is_not_asked_for() -> None:
    asked = tree_of("Troops/NNS/nsubj/3 must/MD/aux/3 leave/VB/root/0")
    assert state_of(asked, 2).is_asked
    for subject, aux in (("We", "must"), ("Troops", "may")):
        tree = tree_of(f"{subject}/PRP/nsubj/3 {aux}/MD/aux/3 leave/VB/root/0")
        assert state_of(tree, 2) == State(POSSIBLE, stays=aux == "may")


def test_what_was_insisted_on_as_a_fact_is_actual() -> None:
    sentence = (
        "They/PRP/nsubj/2 insisted/VBD/root/0 that/IN/mark/5 troops/NNS/nsubj/5 left/VBD/ccomp/2"
    )
    assert told(sentence, "left") is ACTUAL


def test_talks_that_are_sought_are_planned() -> None:
    tree = tree_of("They/PRP/nsubj/2 seek/VBP/root/0 talks/NNS/obj/2")
    own = light_verb(tree, 1)
    assert own is not None
    assert factuality_of(tree, 2, light=(1, own), of_type="CONSULT") is PLANNED
    assert state_of(tree, 2, light=(1, own), of_type="AID").asked_by == 1
