"""The words around a word in its tree, of which the network of events hears."""

from onrecord.events.around import N_AROUND, words_around
from onrecord.syntax.trees import Tree


def tree_of(*rows: tuple[str, int, str]) -> Tree:
    words, heads, relations = zip(*rows, strict=True)
    return Tree(words, heads, relations, ["NN"] * len(words))


def test_each_place_has_the_first_of_its_relation() -> None:
    tree = tree_of(
        ("police", 1, "nsubj"),
        ("charged", 1, "root"),
        ("ferrymen", 1, "obj"),
        ("with", 4, "case"),
        ("theft", 1, "obl"),
        ("on", 6, "case"),
        ("friday", 1, "obl:tmod"),
        ("and", 8, "cc"),
        ("left", 1, "conj"),
    )
    assert words_around(tree, 1) == [-1, 0, 2, 4, 6, -1, -1, 8]
    assert words_around(tree, 8) == [1, -1, -1, -1, -1, -1, -1, -1]


def test_a_possessor_stands_where_a_subject_does_and_who_suffers_where_an_object_does() -> None:
    tree = tree_of(
        ("brennia", 2, "nmod:poss"),
        ("air", 2, "compound"),
        ("raid", 2, "root"),
    )
    assert words_around(tree, 2)[:6] == [-1, 0, -1, -1, -1, 1]
    tree = tree_of(("dockers", 2, "nsubj:pass"), ("were", 2, "aux:pass"), ("hurt", 2, "root"))
    assert words_around(tree, 2)[1:3] == [-1, 0]


def test_a_third_oblique_and_other_relations_have_no_place() -> None:
    rows = [("spoke", 0, "root"), *((f"w{n}", 0, "obl") for n in range(1, 4)), (".", 0, "punct")]
    around = words_around(tree_of(*rows), 0)
    assert len(around) == N_AROUND
    assert around == [-1, -1, -1, 1, 2, -1, -1, -1]
