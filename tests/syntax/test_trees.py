"""Trees out of scores, and what can be asked of a tree."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.types import TYPES
from onrecord.syntax.labels import N_DISTANCES, RELATIONS, TAGS
from onrecord.syntax.trees import FoundTrees, Tree, TreeFinder, trees_of
from tests.events.made_texts import tree_of
from tests.syntax.made_parts import N_COLUMNS, columns, finder, parts_of, window

ABOUT = (
    "The/DT/det/2 guards/NNS/nsubj/4 who/WP/nsubj/5 left/VBD/root/0 saw/VBD/acl:relcl/2 "
    "smoke/NN/obj/5 because/IN/case/9 of/IN/fixed/7 fires/NNS/obl/5 and/CC/cc/11 "
    "heat/NN/conj/9 ././punct/4"
)


# What a window says.


def test_words_get_the_heads_that_score_best() -> None:
    heads, relations, tags = [1, 1, 1], ["nsubj", "root", "obj"], ["NNS", "VBD", "NNP"]
    found = finder().find(window([0, 0, 0]), parts_of(heads, relations, tags))
    assert found.head_W.tolist() == heads
    assert [RELATIONS[r] for r in found.relation_W] == relations
    assert [TAGS[t] for t in found.tag_W] == tags
    assert found.happened_W.tolist() == [-1, 0, 1]
    assert [TYPES[t] for t in found.type_W] == ["none"] * 3
    assert found.root_W[1] > found.root_W[0]


def test_no_head_stands_in_another_sentence() -> None:
    heads = [3, 3, 1, 1]  # all want to cross over
    found = finder().find(
        window([0, 0, 1, 1]), parts_of(heads, ["obj"] * 4, ["NN", "VB", "NN", "VB"])
    )
    assert (found.head_W[:2] < 2).all()
    assert (found.head_W[2:] >= 2).all()


def test_only_own_words_are_answered_for() -> None:
    heads = [0, 2, 2, 2, 4]
    relations = ["root", "nsubj", "root", "obj", "root"]
    tags = ["NN", "NNS", "VBD", "NN", "NN"]
    found = finder().find(window([0, 1, 1, 1, 2], own=(1, 4)), parts_of(heads, relations, tags))
    assert found.start_W.tolist() == [2, 4, 6]
    assert found.head_W.tolist() == [1, 1, 1], "counted from the first own word"
    assert found.sentence_W.tolist() == [1, 1, 1]


def test_a_relation_that_a_head_cannot_have_gives_way() -> None:
    # A determiner on a verb, an object on a noun, a root that depends on another.
    parts = parts_of([1, 1, 1, 2], ["det", "root", "root", "obj"], ["DT", "VBD", "NN", "NN"])
    parts[0, columns()["relations"].start + RELATIONS.index("nsubj")] = 4.0
    parts[2, columns()["relations"].start + RELATIONS.index("obj")] = 4.0
    parts[3, columns()["relations"].start + RELATIONS.index("nmod")] = 4.0
    found = finder().find(window([0] * 4), parts)
    assert [RELATIONS[r] for r in found.relation_W] == ["nsubj", "root", "obj", "nmod"]


def test_a_word_on_itself_is_a_root_whatever_it_says() -> None:
    found = finder().find(window([0]), parts_of([0], ["obj"], ["NN"]))
    assert RELATIONS[found.relation_W[0]] == "root"


def test_distances_have_their_say() -> None:
    likes_next = np.zeros(N_DISTANCES, dtype=np.float32)
    likes_next[21] = 50.0
    own = TreeFinder(columns(), likes_next)
    found = own.find(window([0, 0, 0]), np.zeros((3, N_COLUMNS), dtype=np.float32))
    assert found.head_W[:2].tolist() == [1, 2]


def test_sentences_of_a_window_become_trees_when_they_are_asked_for() -> None:
    text = "a b c d e"
    heads = [1, 1, 3, 3, 3]
    relations = ["nsubj", "root", "nsubj", "root", "obj"]
    found = finder().find(window([0, 0, 1, 1, 1]), parts_of(heads, relations, ["NN"] * 5))
    (start, end, first), (_, last, second) = trees_of(text, found)
    assert (start, end, last) == (0, 3, 9)
    assert first.words == ["a", "b"]
    assert "tree" not in vars(second)
    assert second.tree is second.tree
    assert second.tree.heads == [1, 1, 1], "counted from the first word of the sentence"
    assert second.tree.starts == [4, 6, 8]


def test_trees_do_not_depend_on_what_else_is_in_the_window() -> None:
    heads = [1, 1, 3, 3, 3]
    relations = ["nsubj", "root", "nsubj", "root", "obj"]
    tags = ["NN", "VBD", "NN", "VBD", "NN"]
    both = finder().find(window([0, 0, 1, 1, 1]), parts_of(heads, relations, tags))
    one = finder().find(window([0, 0]), parts_of(heads[:2], relations[:2], tags[:2]))
    assert both.head_W[:2].tolist() == one.head_W.tolist()
    assert both.relation_W[:2].tolist() == one.relation_W.tolist()


# Trees out of any heads.


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    n = draw(st.integers(1, 12))

    def each(of: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(of, min_size=n, max_size=n))

    return Tree(
        [f"w{w}" for w in range(n)],
        each(st.integers(0, n - 1)),  # type: ignore[arg-type]
        each(st.sampled_from(RELATIONS)),  # type: ignore[arg-type]
        each(st.sampled_from(TAGS)),  # type: ignore[arg-type]
        starts=range(0, 2 * n, 2),
        ends=range(1, 2 * n + 1, 2),
        roots=each(st.floats(-5, 5)) if draw(st.booleans()) else (),  # type: ignore[arg-type]
    )


@given(trees())
def test_any_heads_give_a_tree_with_one_root_and_no_rings(tree: Tree) -> None:
    roots = [w for w in range(len(tree)) if tree.heads[w] == w]
    assert len(roots) == 1
    for word in range(len(tree)):
        way = [word, *tree.above(word)]
        assert len(way) == len(set(way))
        assert way[-1] == roots[0]
    assert tree.subtree(roots[0]) == list(range(len(tree)))


@given(trees())
def test_children_are_the_other_side_of_heads(tree: Tree) -> None:
    below = [(child, word) for word in range(len(tree)) for child in tree.children[word]]
    assert sorted(below) == [(w, h) for w, h in enumerate(tree.heads) if w != h]
    assert all(own == sorted(own) for own in tree.children)


@given(trees(), st.data())
def test_some_words_always_have_a_head_among_them(tree: Tree, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(tree) - 1))
    after = data.draw(st.integers(first + 1, len(tree)))
    assert first <= tree.head_of(first, after) < after
    assert tree.words_in(tree.starts[first], tree.ends[after - 1]) == (first, after)


def test_a_good_tree_is_left_as_it_is() -> None:
    assert tree_of(ABOUT).heads == [1, 3, 4, 3, 1, 4, 8, 6, 4, 10, 8, 3]


def test_of_a_ring_the_likeliest_root_becomes_one() -> None:
    words, relations, tags = ["a", "b", "c"], ["dep"] * 3, ["NN"] * 3
    ring = [1, 2, 0]
    assert Tree(words, ring, relations, tags, roots=[0, 3, 1]).heads == [1, 1, 0]
    assert Tree(words, ring, relations, tags).heads == [0, 2, 0], "the first, where all are alike"


def test_of_two_roots_the_named_one_stays() -> None:
    tree = tree_of("Rain/NN/dep/0 fell/VBD/root/0")
    assert tree.heads == [1, 1]


def test_a_loose_phrase_goes_to_the_verb_before_it() -> None:
    tree = tree_of("He/PRP/nsubj/2 said/VBD/root/0 it/PRP/nsubj/4 fell/VBD/ccomp/2 there/RB/obl/0")
    assert tree.heads[4] == 3


def test_a_verb_in_the_phrase_does_not_take_it() -> None:
    tree = tree_of("Rain/NN/root/0 falling/VBG/acl/3 soon/RB/advmod/0")
    assert tree.heads == [0, 2, 0]


def test_no_words_are_an_empty_tree() -> None:
    tree = Tree([], [], [], [])
    assert len(tree) == 0
    assert tree.children == []
    assert tree.words_in(0, 5) == (0, 0)


# What can be asked.


def test_children_by_relation() -> None:
    tree = tree_of(ABOUT)
    assert tree.child(4, "obj", "nsubj") == 2
    assert tree.child(4, "iobj") is None
    assert tree.all_children(4, "obj", "obl") == [5, 8]


def test_a_preposition_of_several_words() -> None:
    tree = tree_of(ABOUT)
    assert tree.case(8) == "because of"
    assert tree.case(5) == ""


def test_a_case_behind_the_noun_is_a_possessive_and_no_preposition() -> None:
    tree = tree_of("Vale/NNP/nmod:poss/3 's/POS/case/1 car/NN/root/0")
    assert tree.case(0) == ""


def test_coordinated_words() -> None:
    tree = tree_of("A/NN/nsubj/6 ,/,/punct/3 B/NN/conj/1 and/CC/cc/5 C/NN/conj/3 left/VBD/root/0")
    assert tree.joined(0) == [0, 2, 4]
    assert tree.joined(4) == [4]


def test_marks_of_a_clause() -> None:
    tree = tree_of("He/PRP/nsubj/2 tried/VBD/root/0 to/TO/mark/4 leave/VB/xcomp/2")
    assert tree.marks(3) == ["to"]
    assert tree.marks(1) == []


@pytest.mark.parametrize(
    ("sentence", "word", "is_passive"),
    [
        ("It/PRP/nsubj:pass/3 was/VBD/aux:pass/3 hit/VBN/root/0", 2, True),
        ("Towns/NNS/nsubj/2 hit/VBN/acl/1 fell/VBD/root/0", 1, True),
        ("It/PRP/nsubj/3 has/VBZ/aux/3 hit/VBN/root/0", 2, False),
        ("Hit/VBN/root/0 by/IN/case/3 rebels/NNS/obl:agent/1", 0, True),
        ("Rebels/NNS/nsubj/2 hit/VBD/root/0", 1, False),
    ],
)
def test_passive_voice(sentence: str, word: int, *, is_passive: bool) -> None:
    assert tree_of(sentence).is_passive(word) is is_passive


def test_words_by_position() -> None:
    tree = tree_of(ABOUT)
    assert tree.words_in(1, 5) == (0, 2)
    assert tree.words_in(3, 4) == (0, 0)


def test_marks_head_nothing_unless_they_are_alone() -> None:
    tree = tree_of("(/-LRB-/punct/2 Vale/NNP/root/0 )/-RRB-/punct/2")
    assert tree.head_of(0, 3) == 1
    assert tree.head_of(2, 3) == 2


# Long sentences.


def chain(n: int) -> FoundTrees:
    numbers, zeros = np.arange(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    return FoundTrees(
        start_W=2 * numbers,
        end_W=2 * numbers + 1,
        sentence_W=zeros,
        head_W=(numbers + 1) % n,
        root_W=zeros.astype(np.float32),
        relation_W=zeros,
        tag_W=zeros,
        happened_W=zeros.astype(np.float32),
        type_W=zeros,
    )


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_ring_of_thousands_of_words_takes_linear_time() -> None:
    few, many = 1_000, 8_000
    for _ in range(4):  # a busy machine may slow one of the two
        small, large = (
            seconds(lambda n=n: next(trees_of("x " * n, chain(n)))[2].tree.children)  # type: ignore[misc]
            for n in (few, many)
        )
        if large < 4 * (many / few) * max(small, 5e-3):
            return
    pytest.fail(f"{many // few} times the words take {large / small:.0f} times as long")


def test_thousands_of_loose_roots_take_little_time() -> None:
    n = 3_000
    began = time.process_time()
    tree = Tree(["w"] * n, list(range(n)), ["obl"] * n, ["VB", "NN"] * (n // 2))
    assert time.process_time() - began < 20
    assert sum(h == w for w, h in enumerate(tree.heads)) == 1
