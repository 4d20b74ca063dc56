"""Two texts as one row of pieces, with what each word is and whether the other has it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.pieces import CASES, CLS, SEP
from onrecord.entailment.pairs import (
    MOST_HYPOTHESIS,
    MOST_PREMISE,
    N_GAPS,
    N_KINDS,
    PairPieces,
    pair_pieces,
)

tokenizers = pytest.importorskip("tokenizers")
APART, BEGINS, EQUAL = range(3)


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return made_tokenizer()


def made_tokenizer() -> Any:
    """One that cuts words longer than four letters in two."""
    letters = [chr(n) for n in range(33, 127)]
    vocabulary = ["[UNK]", *letters, *(f"##{letter}" for letter in letters)]
    model = tokenizers.models.WordPiece(
        {piece: n for n, piece in enumerate(vocabulary)}, unk_token="[UNK]"
    )
    made = tokenizers.Tokenizer(model)
    made.normalizer = tokenizers.normalizers.BertNormalizer()
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made


def kinds(pieces: PairPieces, side: int) -> list[tuple[str, int]]:
    """Case and match of each piece of a side."""
    own = pieces.hypothesis_T == side
    own[[0, -1]] = False
    own &= pieces.ids_T != SEP
    rest = pieces.kind_T[own] - side * len(CASES) * 3
    return [(CASES[kind // 3], int(kind % 3)) for kind in rest.tolist()]


def test_the_row_has_both_texts_between_its_marks(tokenizer: Any) -> None:
    pieces = pair_pieces("a b", "c", tokenizer)
    assert [pieces.ids_T[n] for n in (0, 3, 5)] == [CLS, SEP, SEP]
    assert pieces.hypothesis_T.tolist() == [0, 0, 0, 0, 1, 0]
    assert len(pieces.kind_T) == 6


@pytest.mark.parametrize(
    ("premise", "hypothesis", "expected"),
    [
        ("he is", "he", ("lower", EQUAL)),  # the same word
        ("He is", "he", ("lower", EQUAL)),  # the same in another case
        ("it is", "he", ("lower", APART)),  # another word
        ("3 of us", "3", ("digit", EQUAL)),
        ("three of us", "3", ("digit", EQUAL)),  # a figure in letters
        ("4 of us", "3", ("digit", APART)),
        ("NATO", "EU", ("upper", APART)),
        ("they denied", "Denies", ("title", BEGINS)),  # another form of one word
    ],
)
def test_words_meet(tokenizer: Any, premise: str, hypothesis: str, expected: Any) -> None:
    assert kinds(pair_pieces(premise, hypothesis, tokenizer), 1)[0] == expected


def test_all_pieces_of_a_word_are_of_its_kind(tokenizer: Any) -> None:
    assert kinds(pair_pieces("Ardal", "Ardal x", tokenizer), 0) == [("title", EQUAL)] * 5


def test_long_texts_are_cut(tokenizer: Any) -> None:
    pieces = pair_pieces("a " * 5000, "b " * 5000, tokenizer)
    assert len(pieces.ids_T) == MOST_PREMISE + MOST_HYPOTHESIS + 3
    assert pieces.hypothesis_T.sum() == MOST_HYPOTHESIS


def test_what_is_cut_off_changes_nothing(tokenizer: Any) -> None:
    one = pair_pieces("a " * 5000, "b", tokenizer)
    two = pair_pieces("a " * 6000 + "c", "b", tokenizer)
    assert np.array_equal(one.ids_T, two.ids_T)
    assert np.array_equal(one.kind_T, two.kind_T)


@pytest.mark.parametrize(("days", "gap"), [(0, 0), (1, 1), (-3, 2), (10, 3), (45, 4), (400, 5)])
def test_the_first_piece_has_the_days_between(tokenizer: Any, days: int, gap: int) -> None:
    assert pair_pieces("a b", "c", tokenizer, days=days).kind_T[0] == N_KINDS + gap
    assert gap < N_GAPS
    assert pair_pieces("a b", "c", tokenizer).kind_T[0] == 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_texts_make_a_row(premise: str, hypothesis: str) -> None:
    pieces = pair_pieces(premise, hypothesis + "\ud800", made_tokenizer())
    assert len(pieces.ids_T) == len(pieces.kind_T) == len(pieces.hypothesis_T)
    assert (pieces.kind_T >= 0).all()
    assert (pieces.kind_T < N_KINDS).all()
