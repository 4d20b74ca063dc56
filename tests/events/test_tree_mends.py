"""Arcs that grammar shows to be wrong are put right; others stay as they are."""

import pytest

from onrecord.events.tree_changes import Arcs
from onrecord.events.tree_mends import mend
from onrecord.syntax.trees import Tree
from tests.events.made_texts import tree_of


def arcs_of(tree: Tree) -> str:
    """Words with tags, relations and heads, as they are written in these tests."""
    return " ".join(
        f"{word}/{tag}/{relation}/{0 if head == own else head + 1}"
        for own, (word, tag, relation, head) in enumerate(
            zip(tree.words, tree.tags, tree.relations, tree.heads, strict=True)
        )
    )


def mended(sentence: str) -> str:
    tree = tree_of(sentence, {})
    mend(tree)
    return arcs_of(tree)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        pytest.param(
            "arland/NNP/nsubj/4 '/POS/case/1 s/POS/within/2 ban/NN/nsubj/5 shocked/VBD/root/0 "
            "us/PRP/obj/5 ./././5",
            "arland/NNP/nmod:poss/4",
            id="a possessor",
        ),
        pytest.param(
            "charges/NNS/root/0 of/IN/case/3 fraud/NN/nmod/1 against/IN/case/3 the/DT/det/6 "
            "mayor/NN/nmod/3",
            "against/IN/case/6",
            id="a preposition behind its noun",
        ),
        pytest.param(
            "a/DT/det/2 patrol/NN/nsubj/5 came/VBD/cop/5 under/IN/case/5 fire/NN/root/0 ./././5",
            "a/DT/det/2 patrol/NN/nsubj/3 came/VBD/root/0 under/IN/case/5 fire/NN/obl/3",
            id="a copula that is none",
        ),
        pytest.param(
            "rejection/NN/nsubj/7 by/IN/case/6 senators/NNS/nmod/1 of/IN/case/6 the/DT/det/6 "
            "bill/NN/nmod/1 came/VBD/root/0 ./././7",
            "by/IN/case/3",
            id="two prepositions",
        ),
        pytest.param(
            "talks/NNS/nsubj/8 among/IN/case/3 miners/NNS/nmod/1 ,/,/punct/3 owners/NNS/nmod/3 "
            "and/CC/cc/7 bishops/NNS/conj/5 failed/VBD/root/0 ./././8",
            "owners/NNS/conj/3",
            id="the second of three",
        ),
        pytest.param(
            "rebels/NNS/nsubj/4 and/CC/cc/3 troops/NNS/nsubj/1 fought/VBD/root/0 ./././4",
            "troops/NNS/conj/1",
            id="the second of two",
        ),
        pytest.param(
            "arlish/NNP/nsubj/5 and/CC/cc/3 borlish/NNP/conj/1 troops/NNS/nsubj/5 "
            "fought/VBD/root/0 ./././5",
            "arlish/NNP/compound/4",
            id="two joined before a noun",
        ),
        pytest.param(
            "she/PRP/nsubj/2 called/VBD/root/0 on/IN/case/5 the/DT/det/5 dockers/NNS/iobj/2 "
            "to/TO/mark/7 return/VB/xcomp/2 ./././2",
            "dockers/NNS/obl/2",
            id="an object with a preposition",
        ),
        pytest.param(
            "ida/NNP/nsubj/2 holm/NNP/flat/6 's/POS/case/2 arrest/NN/nsubj/6 soon/RB/advmod/6 "
            "ended/VBD/root/0 ./././6",
            "holm/NNP/nmod:poss/4",
            id="a possessor of two names",
        ),
        pytest.param(
            "she/PRP/nsubj/2 met/VBD/root/0 bankers/NNS/obj/2 and/CC/cc/5 envoys/NNS/conj/2",
            "envoys/NNS/conj/3",
            id="a noun joined to a verb",
        ),
        pytest.param(
            "she/PRP/nsubj/2 freed/VBD/root/0 men/NNS/obj/2 ,/,/punct/7 who/WP/nsubj/7 "
            "had/VBD/aux/7 fled/VBN/conj/2 ./././2",
            "fled/VBN/acl:relcl/3",
            id="who after a comma",
        ),
        pytest.param(
            "boys/NNS/root/0 that/WDT/nsubj/4 snipers/NNS/nsubj/4 shot/VBD/acl:relcl/1 ./././1",
            "that/WDT/obj/4",
            id="that as an object",
        ),
        pytest.param(
            "boats/NNS/nsubj:pass/3 had/VBD/aux/3 rammed/VBN/root/0 skiffs/NNS/obj/3 ./././3",
            "boats/NNS/nsubj/3",
            id="an active verb",
        ),
        pytest.param(
            "ferries/NNS/nsubj/5 hijacked/VBD/advcl/5 by/IN/case/4 pirates/NNS/obl/2 "
            "sank/VBD/root/0 ./././5",
            "hijacked/VBN/acl/1",
            id="a participle behind a subject",
        ),
        pytest.param(
            "we/PRP/nsubj/4 did/VBD/aux/4 not/RB/advmod/4 fire/NN/root/0 ./././4",
            "fire/VB/root/0",
            id="a verb behind did not",
        ),
        pytest.param(
            "they/PRP/nsubj/2 accused/VBD/root/0 him/PRP/obj/2 of/IN/case/6 jailing/NNP/compound/6 "
            "rivals/NNS/nmod/3 ./././2",
            "jailing/VBG/ccomp/2 rivals/NNS/obj/5",
            id="a deed somebody is accused of",
        ),
        pytest.param(
            "they/PRP/nsubj/2 accuse/VBP/root/0 ports/NNS/obj/5 of/IN/mark/5 refusing/VBG/ccomp/2",
            "ports/NNS/obj/2",
            id="an object before of",
        ),
        pytest.param(
            "he/PRP/nsubj/2 called/VBD/root/0 off/RP/compound:prt/2 strikes/NNS/obl/2 ./././2",
            "strikes/NNS/obj/2",
            id="a bare noun behind a verb",
        ),
        pytest.param(
            "she/PRP/nsubj/2 got/VBD/root/0 threats/NNS/obj/2 from/IN/case/5 gangs/NNS/obl:agent/2",
            "gangs/NNS/obl/2",
            id="no agent without by",
        ),
        pytest.param(
            "she/PRP/nsubj/2 went/VBD/root/0 on/IN/case/4 strike/NN/obj/2 ./././2",
            "strike/NN/obl/2",
            id="no object with a preposition",
        ),
        pytest.param(
            "it/PRP/nsubj/2 pulls/VBZ/root/0 out/RB/advmod/2 of/IN/fixed/2 pacts/NNS/obj/2 ./././2",
            "of/IN/case/5 pacts/NNS/obl/2",
            id="out of",
        ),
        pytest.param(
            "it/PRP/nsubj/2 left/VBD/root/0 two/CD/obj/2 dead/JJ/amod/3 and/CC/cc/6 "
            "nuns/NNS/nsubj/7 wounded/VBD/conj/2 ./././2",
            "nuns/NNS/conj/3 wounded/VBN/acl/6",
            id="dead and wounded",
        ),
        pytest.param(
            "we/PRP/nsubj/2 fought/VBD/root/0 the/DT/det/4 arrest/NN/obj/2 of/IN/case/6 "
            "nuns/NNS/nmod/4 and/CC/cc/8 police/NN/conj/6 fired/VBD/conj/2 ./././2",
            "police/NN/nsubj/9 fired/VBD/conj/2",
            id="a subject that was joined to a noun",
        ),
        pytest.param(
            "it/PRP/nsubj/3 was/VBD/cop/3 false/JJ/ccomp/6 ,/,/punct/6 she/PRP/nsubj/6 "
            "said/VBD/root/0 ,/,/punct/6 that/IN/mark/10 they/PRP/nsubj/10 fired/VBD/ccomp/6",
            "fired/VBD/ccomp/3",
            id="what it stands for",
        ),
        pytest.param(
            "she/PRP/nsubj/2 told/VBD/root/0 her/PRP/iobj/2 guards/NNS/nsubj/2 fled/VBD/ccomp/2",
            "guards/NNS/nsubj/5",
            id="the subject of what is told",
        ),
    ],
)
def test_what_grammar_forbids_is_put_right(wrong: str, right: str) -> None:
    assert right in mended(wrong)


@pytest.mark.parametrize(
    "sentence",
    [
        "two/CD/nummod/2 men/NNS/nsubj:pass/3 held/VBN/root/0 in/IN/case/5 dorn/NNP/obl/3",
        "ann/NNP/nsubj/6 ,/,/punct/4 a/DT/det/4 doctor/NN/appos/1 ,/,/punct/1 left/VBD/root/0",
        "she/PRP/nsubj/2 slept/VBD/root/0 in/IN/case/4 barns/NNS/obl/2 ./././2",
        "it/PRP/nsubj/2 is/VBZ/root/0 it/PRP/nsubj/2",
        "hello/UH/root/0",
    ],
)
def test_what_may_be_right_stays(sentence: str) -> None:
    assert mended(sentence) == sentence


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        pytest.param(
            "police/NN/compound/3 evict/NN/compound/3 squatters/NNS/root/0",
            "police/NN/nsubj/2 evict/VBP/root/0 squatters/NNS/obj/2",
            id="a plural and a base form",
        ),
        pytest.param(
            "arland/NNP/compound/5 ,/,/punct/1 borland/NNP/compound/1 sign/NN/compound/5 "
            "pact/NN/root/0",
            "arland/NNP/nsubj/4 ,/,/punct/1 borland/NNP/conj/1 sign/VBP/root/0 pact/NN/obj/4",
            id="two names with a comma",
        ),
        pytest.param(
            "clashes/NNS/root/0 as/IN/case/4 army/NN/compound/4 evicts/NNS/nmod/1 nuns/NNS/nmod/1",
            "clashes/NNS/root/0 as/IN/mark/4 army/NN/nsubj/4 evicts/VBZ/advcl/1 nuns/NNS/obj/4",
            id="as joins two",
        ),
        pytest.param(
            "rebels/NNS/compound/3 ambush/NN/compound/3 convoy/NN/obj/6 ,/,/punct/3 "
            "army/NN/nsubj/6 says/VBZ/root/0",
            "rebels/NNS/nsubj/2 ambush/VBP/ccomp/6 convoy/NN/obj/2",
            id="who says so at the end",
        ),
    ],
)
def test_a_headline_gets_its_verb(wrong: str, right: str) -> None:
    assert right in mended(wrong)


@pytest.mark.parametrize(
    "sentence",
    [
        "bus/NN/compound/3 strike/NN/compound/3 ballot/NN/root/0",
        "arms/NNS/compound/2 embargo/NN/root/0 on/IN/case/4 arland/NNP/nmod/2",
        "police/NN/compound/3 evict/NN/compound/3 squatters/NNS/root/0 ./././3",
        "the/DT/det/2 capture/NN/root/0 of/IN/case/4 dorn/NNP/nmod/2",
    ],
)
def test_other_phrases_are_no_headlines(sentence: str) -> None:
    assert mended(sentence) == sentence


def test_nothing_hangs_on_itself() -> None:
    tree = tree_of("they/PRP/nsubj/2 met/VBD/root/0 nuns/NNS/obj/2", {})
    arcs = Arcs(tree)
    assert not arcs.attach(1, 2, "conj")
    assert arcs.attach(0, 2, "nmod")
    assert tree.children == [[], [2], [0]]


@pytest.mark.parametrize("relation", ["nmod:poss", "compound"])
def test_persons_before_a_thing_get_it(relation: str) -> None:
    sentence = (
        f"nuns/NNS/nsubj/2 gave/VBD/root/0 the/DT/det/5 widows/NNS/{relation}/5 bread/NN/obj/2"
    )
    tree = tree_of(sentence, {"widows": "person", "bread": "object"})
    mend(tree)
    assert arcs_of(tree).endswith("the/DT/det/4 widows/NNS/iobj/2 bread/NN/obj/2")


@pytest.mark.parametrize(("type_of_place", "head"), [("place", 1), ("person", 4)])
def test_who_is_said_of_persons(type_of_place: str, head: int) -> None:
    sentence = (
        "monks/NNS/nsubj/8 of/IN/case/4 the/DT/det/4 abbey/NN/nmod/1 who/WP/nsubj/6 "
        "fed/VBD/acl:relcl/4 them/PRP/obj/6 left/VBD/root/0 ./././8"
    )
    tree = tree_of(sentence, {"monks": "person", "abbey": type_of_place})
    mend(tree)
    assert tree.heads[5] == head - 1
