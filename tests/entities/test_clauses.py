"""What mentions are in the trees of their sentences."""

import numpy as np
import pytest

from onrecord.entities import clauses
from onrecord.entities.clauses import (
    DEPTH,
    ROLES,
    Clauses,
    clauses_of,
    no_clauses,
)
from onrecord.syntax.labels import RELATIONS, TAGS
from onrecord.syntax.trees import FoundTrees

# Word, its part of speech, the word it depends on (from 1; itself for a root), the relation.
Row = tuple[str, str, int, str]
WHEN: tuple[Row, ...] = (
    ("When", "WRB", 3, "mark"),
    ("he", "PRP", 3, "nsubj"),
    ("arrived", "VBD", 6, "advcl"),
    ("Ben", "NNP", 6, "nsubj"),
    ("had", "VBD", 6, "aux"),
    ("seen", "VBN", 6, "root"),
    ("his", "PRP$", 8, "nmod:poss"),
    ("sister", "NN", 6, "obj"),
    ("with", "IN", 10, "case"),
    ("Ann", "NNP", 6, "obl"),
    ("and", "CC", 12, "cc"),
    ("Ida", "NNP", 10, "conj"),
)


def found(rows: tuple[Row, ...], *, sentence: int = 0, start: int = 0) -> tuple[str, FoundTrees]:
    words = [word for word, _, _, _ in rows]
    starts = np.cumsum([0, *(len(w) + 1 for w in words[:-1])]) + start
    n = len(rows)
    trees = FoundTrees(
        start_W=starts,
        end_W=starts + [len(w) for w in words],
        sentence_W=np.full(n, sentence),
        head_W=np.array([head - 1 for _, _, head, _ in rows]),
        root_W=np.zeros(n, dtype=np.float32),
        relation_W=np.array([RELATIONS.index(relation) for _, _, _, relation in rows]),
        tag_W=np.array([TAGS.index(tag) for _, tag, _, _ in rows]),
        happened_W=np.zeros(n, dtype=np.float32),
        type_W=np.zeros(n, dtype=np.int64),
    )
    return " ".join(words), trees


def of(rows: tuple[Row, ...], *phrases: str) -> Clauses:
    text, trees = found(rows)
    starts = np.array([f" {text} ".index(f" {p} ") for p in phrases])
    return clauses_of([trees], starts, starts + [len(p) for p in phrases], phrases, text=text)


def roles(rows: tuple[Row, ...], *phrases: str) -> list[str]:
    return [ROLES[role] for role in of(rows, *phrases).role_M.tolist()]


def test_there_is_a_name_for_each_role() -> None:
    assert ROLES[clauses.OF_SUBJECT] == "subject's possessor"
    assert ROLES[clauses.REFLEXIVE] == "reflexive"


def test_roles_come_from_relations() -> None:
    asked = {"he": "subject", "Ben": "subject", "his": "possessor", "his sister": "object"}
    assert roles(WHEN, *asked) == list(asked.values())


def test_what_is_joined_has_the_role_of_the_first() -> None:
    assert roles(WHEN, "Ann", "Ida", "Ann and Ida") == ["oblique"] * 3


def test_owners_of_subjects_have_a_role_of_their_own() -> None:
    rows = (
        ("Ann", "NNP", 3, "nmod:poss"),
        ("'s", "POS", 1, "case"),
        ("sister", "NN", 4, "nsubj"),
        ("left", "VBD", 4, "root"),
    )
    assert roles(rows, "Ann", "Ann 's sister") == ["subject's possessor", "subject"]


def test_reflexives_are_told_by_their_words() -> None:
    rows = (
        ("Ann", "NNP", 2, "nsubj"),
        ("saw", "VBD", 2, "root"),
        ("herself", "PRP", 2, "obj"),
    )
    own = of(rows, "Ann", "herself")
    assert [ROLES[r] for r in own.role_M] == ["subject", "reflexive"]
    assert own.party_M.tolist() == [1, -1]


def test_parties_of_one_verb_have_one_number() -> None:
    own = of(WHEN, "he", "Ben", "his sister", "his", "Ann")
    # "with Ann" is another one of the party too.
    assert own.party_M.tolist() == [2, 5, 5, -1, 5]


def test_clauses_know_those_around_them() -> None:
    own = of(WHEN, "he", "Ben", "his")
    assert own.clause_M.tolist() == [2, 5, 5]
    assert own.around_MD[:, 0].tolist() == [5, -1, -1]


def test_joined_verbs_are_clauses_beside_each_other() -> None:
    rows = (
        ("Ann", "NNP", 2, "nsubj"),
        ("came", "VBD", 2, "root"),
        ("and", "CC", 5, "cc"),
        ("Tom", "NNP", 5, "nsubj"),
        ("left", "VBD", 2, "conj"),
    )
    own = of(rows, "Ann", "Tom")
    assert own.clause_M.tolist() == [1, 4]
    assert own.around_MD[:, 0].tolist() == [-1, -1]


def test_an_open_clause_is_part_of_the_one_around_it() -> None:
    rows = (
        ("Ann", "NNP", 2, "nsubj"),
        ("wants", "VBZ", 2, "root"),
        ("to", "TO", 4, "mark"),
        ("see", "VB", 2, "xcomp"),
        ("him", "PRP", 4, "obj"),
    )
    assert of(rows, "Ann", "him").clause_M.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("case", "head", "expected"),
    [("with", 2, [1, 1]), ("against", 3, [1, 1]), ("of", 3, [1, -1]), ("near", 2, [1, -1])],
)
def test_who_stands_behind_with_is_a_party_too(case: str, head: int, expected: list[int]) -> None:
    rows = (
        ("guild", "NN", 2, "nsubj"),
        ("held", "VBD", 2, "root"),
        ("talks", "NNS", 2, "obj"),
        (case, "IN", 5, "case"),
        ("crew", "NN", head, "obl" if head == 2 else "nmod"),
    )
    assert of(rows, "guild", "crew").party_M.tolist() == expected


def test_without_trees_nothing_is_known() -> None:
    own = clauses_of([], np.array([0, 5]), np.array([3, 8]), ["Ann", "him"])
    assert own.role_M.tolist() == [0, 0]
    assert own.party_M.tolist() == own.clause_M.tolist() == [-1, -1]
    assert own.around_MD.shape == (2, DEPTH)


def test_what_no_tree_covers_is_unknown() -> None:
    _, trees = found(WHEN)
    own = clauses_of([trees], np.array([900]), np.array([910]), ["themselves"])
    assert own.party_M.tolist() == own.clause_M.tolist() == [-1]


def test_windows_are_counted_on() -> None:
    text, one = found(WHEN)
    _, two = found(WHEN, start=len(text) + 1)
    at = np.array([0, len(text) + 1]) + text.index("Ben")
    own = clauses_of([one, two], at, at + 3, ["Ben", "Ben"])
    assert own.party_M.tolist() == [5, 5 + len(WHEN)]


def test_rings_end() -> None:
    rows = (("Ann", "NNP", 2, "conj"), ("Tom", "NNP", 1, "conj"), ("left", "VBD", 2, "nsubj"))
    own = of(rows, "Ann", "Tom", "Ann Tom left")
    assert len(own.clause_M) == 3
    assert (own.around_MD < len(rows)).all()


def test_some_mentions_are_picked() -> None:
    own = of(WHEN, "he", "Ben", "his")
    some = own.of(np.array([2, 0]))
    assert some.clause_M.tolist() == [5, 2]
    assert no_clauses(2).of(np.array([1])).role_M.tolist() == [0]


def test_a_stretch_with_a_finite_verb_on_top_is_a_clause() -> None:
    own = of(WHEN, "Ben had seen his sister", "his sister", "Ann and Ida")
    assert own.is_whole_M.tolist() == [True, False, False]
    assert not no_clauses(3).is_whole_M.any()
