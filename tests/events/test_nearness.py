"""Places and times belong to the trigger that is nearest in the tree, not in the text."""

from onrecord.events.nearness import nearest
from tests.events.made_texts import tree_of

SAID = (
    "Officials/NNS/nsubj/4 in/IN/case/3 Senn/NNP/nmod/1 said/VBD/root/0 rebels/NNS/nsubj/6 "
    "attacked/VBD/ccomp/4 Orsa/NNP/obj/6 on/IN/case/9 Monday/NNP/obl/6 ,/,/punct/13 "
    "a/DT/det/13 day/NN/obl/13 after/IN/mark/14 leaving/VBG/advcl/6 Tam/NNP/obj/14"
)


def test_nothing_to_choose_from() -> None:
    assert nearest(tree_of(SAID), 5, []) is None


def test_the_nearest_in_the_tree_wins() -> None:
    tree = tree_of(SAID)
    assert nearest(tree, 5, [(2, 0.0), (6, 0.0)]) == 1
    assert nearest(tree, 3, [(2, 0.0)]) == 0


def test_what_stands_beside_the_verb_of_speech_is_too_far() -> None:
    assert nearest(tree_of(SAID), 5, [(2, 0.0)]) is None


def test_a_clause_of_its_own_is_barred() -> None:
    assert nearest(tree_of(SAID), 5, [(14, 0.0)], most=100.0) is None


def test_the_way_up_out_of_a_clause_is_open() -> None:
    tree = tree_of(SAID)
    assert nearest(tree, 13, [(6, 0.0)]) == 0
    assert nearest(tree, 13, [(6, 0.0)], most=2.0) is None


def test_what_is_added_counts() -> None:
    tree = tree_of(SAID)
    assert nearest(tree, 5, [(6, 1.0), (8, 0.0)]) == 1
    assert nearest(tree, 5, [(6, 0.0), (8, 0.0)]) == 0, "the first of two that are alike"


def test_another_sentence_of_coordinated_verbs() -> None:
    tree = tree_of(
        "Rebels/NNS/nsubj/2 shelled/VBD/root/0 Orsa/NNP/obj/2 and/CC/cc/5 "
        "stormed/VBD/conj/2 Senn/NNP/obj/5"
    )
    assert nearest(tree, 1, [(5, 0.0), (2, 0.0)]) == 1
    assert nearest(tree, 4, [(2, 0.0), (5, 0.0)]) == 1


def test_a_very_deep_tree_ends_somewhere() -> None:
    n = 200
    words = " ".join(f"w{i}/NN/{'nmod' if i else 'root'}/{i}" for i in range(n))
    assert nearest(tree_of(words), n - 1, [(0, 0.0)], most=1e9) is None
