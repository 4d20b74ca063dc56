"""Numbers of relations and tags, classes of distances and of heads."""

import numpy as np
import pytest

from onrecord.syntax.labels import (
    FARTHEST,
    HEADS,
    N_DISTANCES,
    RELATIONS,
    TAGS,
    barred_relations,
    distance_classes,
    head_classes,
    relation_number,
    tag_number,
)


def test_every_relation_and_tag_has_one_number() -> None:
    assert [relation_number(r) for r in RELATIONS] == list(range(len(RELATIONS)))
    assert [tag_number(t) for t in TAGS] == list(range(len(TAGS)))


@pytest.mark.parametrize(
    ("relation", "known"),
    [("obl:tmod", "obl"), ("nmod:npmod", "nmod"), ("aux:other", "aux"), ("nobody:knows", "dep")],
)
def test_a_subtype_that_is_not_ours_counts_as_what_it_refines(relation: str, known: str) -> None:
    assert RELATIONS[relation_number(relation)] == known


def test_an_unknown_tag_is_x() -> None:
    assert TAGS[tag_number("ADD")] == "X"
    assert TAGS[tag_number("")] == "X"


def test_distances_are_counted_to_both_sides() -> None:
    found = distance_classes(4)
    assert found.shape == (4, 4)
    assert (found.diagonal() == FARTHEST).all()
    assert (found + found.T == 2 * FARTHEST).all()


def test_far_distances_are_one_class() -> None:
    found = distance_classes(3 * FARTHEST)
    assert (found.min(), found.max()) == (0, N_DISTANCES - 1)
    assert (found[0, FARTHEST:] == N_DISTANCES - 1).all()
    assert (found[-1, : -FARTHEST - 1] == 0).all()


def test_no_words_have_no_distances() -> None:
    assert distance_classes(0).shape == (0, 0)


def test_heads_are_verbs_nouns_and_others() -> None:
    tags = np.array([tag_number(t) for t in ("VBD", "NNPS", "IN", "MD", "PRP")])
    assert [HEADS[c] for c in head_classes(tags)] == ["verb", "noun", "other", "other", "other"]


@pytest.mark.parametrize(
    ("head", "barred", "allowed"),
    [
        ("root", "nsubj obj nmod punct", "root"),
        ("verb", "det nmod:poss appos root case", "nsubj obj obl aux"),
        ("noun", "obj iobj aux:pass nsubj:pass root", "det amod nmod case acl:relcl"),
        ("other", "root", "obl advmod nsubj case"),
    ],
)
def test_what_may_hang_on_what(head: str, barred: str, allowed: str) -> None:
    row = barred_relations()[HEADS.index(head)]
    assert all(row[relation_number(r)] < -1000 for r in barred.split())
    assert all(row[relation_number(r)] == 0 for r in allowed.split())


def test_every_head_leaves_some_relation() -> None:
    assert (barred_relations() == 0).any(1).all()
