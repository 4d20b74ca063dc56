"""Names in windows exchanged for others of as many words."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from evaluation.entity_texts import Form, MarkedMention, MarkedText
from onrecord.encode.pieces import CASES, Window, cut_pieces, join_window
from onrecord.entities.names import N_NAME_LABELS, name_label
from onrecord.records import Kind
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from tests.marked import plain_tokenizer
from training.name_exchange import NamePool, corpus_names, exchange, name_runs

TEXT = "Ann Vale of Orsa said the Dam Board left."
PERSON, PLACE, BODY = Kind.PERSON, Kind.PLACE, Kind.ORGANIZATION
TITLE = CASES.index("title")


def tokenizer() -> Tokenizer:
    """A word is a piece, with an id of its own where it stands in these tests."""
    known = f"{TEXT} Ben Rue Cy Senn Mill Union DE la , .".lower().replace(".", " .").split()
    found = plain_tokenizer()
    numbers = {word: number for number, word in enumerate(["[UNK]", *dict.fromkeys(known)])}
    found.model = WordLevel(numbers, unk_token="[UNK]")
    return found


def window_of(text: str) -> Window:
    """All of a text as one window."""
    pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), tokenizer())
    return join_window(list(pieces))


def labels(window: Window, *names: tuple[int, int, Kind]) -> NDArray[np.bool_]:
    """Labels that are sure of some names, and of all else that it is none."""
    allowed = np.zeros((len(window.starts_W), N_NAME_LABELS), dtype=bool)
    allowed[:, 0] = True
    for first, after, kind in names:
        allowed[first:after] = False
        allowed[first, name_label(kind, begins=True)] = True
        allowed[first + 1 : after, name_label(kind, begins=False)] = True
    return allowed


def pool(**names: list[str]) -> NamePool:
    found = NamePool(tokenizer())
    for kind, own in names.items():
        found.add(Kind(kind), own)
    return found


# Which words are names.


def test_runs_of_labels_are_names() -> None:
    window = window_of(TEXT)
    allowed = labels(window, (0, 2, PERSON), (3, 4, PLACE), (6, 8, BODY))
    assert sorted(name_runs(allowed)) == [(0, 2, PERSON), (3, 4, PLACE), (6, 8, BODY)]


def test_names_side_by_side_are_two() -> None:
    allowed = labels(window_of(TEXT), (0, 1, PERSON), (1, 2, PERSON))
    assert name_runs(allowed) == [(0, 1, PERSON), (1, 2, PERSON)]


def test_other_kinds_stay() -> None:
    assert name_runs(labels(window_of(TEXT), (0, 2, Kind.WEAPON))) == []


def test_a_place_that_may_be_a_facility_is_a_place() -> None:
    allowed = labels(window_of(TEXT), (3, 4, PLACE))
    allowed[3, name_label(Kind.FACILITY, begins=True)] = True
    assert name_runs(allowed) == [(3, 4, PLACE)]


def test_words_of_which_the_labels_are_not_sure_stay() -> None:
    allowed = labels(window_of(TEXT), (3, 4, PLACE))
    allowed[3, 0] = True
    assert name_runs(allowed) == []
    assert name_runs(np.ones((4, N_NAME_LABELS), dtype=bool)) == []


# Names to choose from.


def test_a_name_is_drawn_by_kind_and_number_of_words() -> None:
    own = pool(person=["Ben Rue", "Cy"], place=["Senn"])
    rng = random.Random(1)
    assert own.draw(PERSON, 2, rng) == own.words_of("Ben Rue")
    assert own.draw(PERSON, 1, rng) == own.words_of("Cy")
    assert own.draw(PERSON, 3, rng) is None
    assert own.draw(PLACE, 2, rng) is None


def test_words_keep_their_case() -> None:
    cases = [CASES[case] for _, case in pool().words_of("Ann DE la")]
    assert cases == ["title", "upper", "lower"]


def test_an_empty_name_is_none() -> None:
    own = pool(person=["", " "])
    assert own.words_of("") == ()
    assert own.names == {}


def test_names_of_a_corpus() -> None:
    def mention(start: int, end: int, type_: str, *, named: bool = True) -> MarkedMention:
        return MarkedMention(
            start=start, end=end, type=type_, form=Form.NAME,
            name=(start, end) if named else None,
        )  # fmt: skip

    text = MarkedText(
        id="x", text=TEXT, tokens=(), sentences=(), paragraphs=(),
        mentions=(mention(0, 8, "PER"), mention(12, 16, "LOC", named=False), mention(0, 3, "X")),
    )  # fmt: skip
    assert corpus_names([text], {"PER": PERSON, "LOC": PLACE}) == {PERSON: ["Ann Vale"]}


# The window with other names.


def exchanged(share: float = 1.0, **names: list[str]) -> tuple[Window, Window]:
    window = window_of(TEXT)
    allowed = labels(window, (0, 2, PERSON), (3, 4, PLACE), (6, 8, BODY))
    return window, exchange(window, allowed, pool(**names), random.Random(3), share)


def words_of(window: Window) -> list[list[int]]:
    """The pieces of each word."""
    bounds = [*window.first_W.tolist(), len(window.ids_T) - 1]
    return [window.ids_T[a:b].tolist() for a, b in itertools.pairwise(bounds)]


def test_a_name_is_exchanged_word_by_word() -> None:
    before, after = exchanged(person=["Ben Rue"])
    new = [list(ids) for ids, _ in pool().words_of("Ben Rue")]
    assert words_of(after) == [*new, *words_of(before)[2:]]


def test_all_that_labels_hang_on_stays() -> None:
    before, after = exchanged(person=["Ben Rue"], place=["Senn"], organization=["Mill Union"])
    for name in ("starts_W", "ends_W", "sentence_W"):
        assert (getattr(before, name) == getattr(after, name)).all()
    assert before.own == after.own
    assert after.ids_T[0] == before.ids_T[0]
    assert after.ids_T[-1] == before.ids_T[-1]
    assert len(after.ids_T) == len(after.case_T) == len(after.quote_T) == len(after.place_T)
    assert (after.case_T[after.first_W] == before.case_T[before.first_W]).all()


def test_nothing_to_exchange_leaves_the_very_window() -> None:
    for share, names in ((0.0, {"person": ["Ben Rue"]}), (1.0, {}), (1.0, {"person": ["Cy"]})):
        before, after = exchanged(share, **names)
        assert words_of(before) == words_of(after)
    window = window_of(TEXT)
    allowed = labels(window)
    assert exchange(window, allowed, pool(), random.Random(0), 1.0) is window


@pytest.mark.parametrize("kind", [PERSON, PLACE])
def test_names_in_small_letters_mostly_stay(kind: Kind) -> None:
    window = window_of(TEXT.lower())
    allowed = labels(window, (0, 2, kind))
    own = pool(**{kind.value: ["Ben Rue"]})
    changed = sum(
        exchange(window, allowed, own, random.Random(seed), 1.0) is not window
        for seed in range(100)
    )
    assert 0 < changed < 60


@given(st.lists(st.sampled_from(["Ann Vale", "Orsa", "the", "left", ",", "Dam Board"]), min_size=1))
def test_a_name_of_several_pieces_moves_all_behind_it(words: list[str]) -> None:
    window = window_of(" ".join(words))
    n = len(window.starts_W)
    rng = random.Random(5)
    firsts = [w for w in range(n) if rng.random() < 0.5]
    own = pool()
    long = (((7, 8, 9), TITLE),)
    own.names[PERSON, 1] = [long]
    allowed = labels(window, *((w, w + 1, PERSON) for w in firsts))
    window.case_T[:] = TITLE
    after = exchange(window, allowed, own, rng, 1.0)
    expected = [[7, 8, 9] if w in firsts else ids for w, ids in enumerate(words_of(window))]
    assert words_of(after) == expected
    assert (after.place_T[after.first_W] == window.place_T[window.first_W]).all()
