"""Pieces, their features, and the windows that hold every word once."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.pieces import (
    CASES,
    CLS,
    PLACES,
    QUOTES,
    SEP,
    SentencePieces,
    Window,
    cut_pieces,
    join_window,
    make_windows,
    quote_states,
    sub_window,
)
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from tests.marked import plain_tokenizer

TOKENIZER = plain_tokenizer()


def pieces_of(text: str) -> list[SentencePieces]:
    return list(cut_pieces(text, split_sentences(text), pair_quotes(text), TOKENIZER))


def windows_of(text: str, *, max_pieces: int = 200, context_pieces: int = 0) -> list[Window]:
    return list(make_windows(pieces_of(text), max_pieces=max_pieces, context_pieces=context_pieces))


def words_of(text: str, window: Window, *, own: bool = False) -> list[str]:
    first, after = window.own if own else (0, len(window.starts_W))
    return [text[window.starts_W[w] : window.ends_W[w]] for w in range(first, after)]


def names(kinds: Sequence[str], numbers: Sequence[int]) -> list[str]:
    return [kinds[n] for n in numbers]


def features(text: str, kinds: Sequence[str], attribute: str) -> dict[str, str]:
    """The feature of each word of a text that repeats none."""
    (window,) = windows_of(text)
    at = getattr(window, attribute)[window.first_W]
    return dict(zip(words_of(text, window), names(kinds, at.tolist()), strict=True))


def test_words_and_marks_stand_where_they_are_in_the_text() -> None:
    text = "The dam\u00a0held,  she said."
    (window,) = windows_of(text)
    assert words_of(text, window) == ["The", "dam", "held", ",", "she", "said", "."]
    assert window.ids_T[0] == CLS
    assert window.ids_T[-1] == SEP
    assert len(window.ids_T) == 9
    assert window.own == (0, 7)


def test_case_of_words() -> None:
    found = features("The NATO iPhone 15km A dam ، 大坝 “ Ёж", CASES, "case_T")
    assert found == {
        "The": "title",
        "NATO": "upper",
        "iPhone": "none",
        "15km": "lower",  # what can be lower case decides
        "A": "title",
        "dam": "lower",
        "،": "mark",
        "大": "none",
        "坝": "none",
        "“": "mark",
        "Ёж": "title",
    }
    assert features("15 x", CASES, "case_T")["15"] == "digit"


def test_quotation_marks_of_words() -> None:
    found = features("She said: “It ‘was’ over” then .", QUOTES, "quote_T")
    assert found == {
        "She": "outside",
        "said": "outside",
        ":": "outside",
        "“": "open",
        "It": "inside",
        "‘": "inside",  # single marks inside double ones are not told apart
        "was": "inside",
        "’": "inside",
        "over": "inside",
        "”": "close",
        "then": "outside",
        ".": "outside",
    }


def test_single_marks_by_themselves() -> None:
    found = features("She said: ‘It was over’ then", QUOTES, "quote_T")
    assert [word for word, state in found.items() if state == "single"] == [
        "‘", "It", "was", "over", "’",
    ]  # fmt: skip


def test_an_inner_quotation_has_marks_of_its_own() -> None:
    text = "“a «b» c”"
    states = names(QUOTES, quote_states(text, pair_quotes(text)).tolist())
    assert states[0] == "open"
    assert states[3:6] == ["open", "inside", "close"]
    assert states[-1] == "close"
    assert states[1] == states[7] == "inside"


def test_an_open_quotation_has_no_closing_mark() -> None:
    text = "“a b\nc"
    states = names(QUOTES, quote_states(text, pair_quotes(text)).tolist())
    assert states == ["open", "inside", "inside", "inside", "outside", "outside"]


def test_places_of_words() -> None:
    text = "One two. Three four.\nFive six."
    (window,) = windows_of(text)
    places = names(PLACES, window.place_T[window.first_W].tolist())
    found = [(w, p) for w, p in zip(words_of(text, window), places, strict=True) if p != "within"]
    assert found == [("One", "paragraph"), ("Three", "sentence"), ("Five", "paragraph")]
    assert window.sentence_W.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_special_pieces_have_no_features() -> None:
    (window,) = windows_of("“The dam.”")
    for name in ("case_T", "quote_T", "place_T"):
        values = getattr(window, name)
        assert (values[0], values[-1]) == (0, 0)
        assert len(values) == len(window.ids_T)


@pytest.mark.parametrize("text", ["\u200b", "\ufeff", "\x00 \x01"])
def test_a_sentence_without_pieces_is_left_out(text: str) -> None:
    # The tokenizer drops characters of control; such a sentence has no words.
    assert pieces_of(text) == []
    assert windows_of(text) == []
    assert len(windows_of(f"{text}\nThe dam held.")) == 1


TEXT = "\n".join(f"Ms Chen {n} said the dam held. It was late. We left." for n in range(40))


@pytest.mark.parametrize("max_pieces", [5, 12, 17, 40, 1000])
@pytest.mark.parametrize("context_pieces", [0, 6, 48])
def test_windows_answer_for_every_word_once(max_pieces: int, context_pieces: int) -> None:
    everything = words_of(TEXT, windows_of(TEXT, max_pieces=100_000)[0])
    windows = windows_of(TEXT, max_pieces=max_pieces, context_pieces=context_pieces)
    answered = [word for w in windows for word in words_of(TEXT, w, own=True)]
    assert answered == everything
    assert max(len(w.ids_T) for w in windows) <= max_pieces + 2


def test_windows_hold_whole_paragraphs_where_they_fit() -> None:
    windows = windows_of(TEXT, max_pieces=40)
    assert all(w.own == (0, len(w.starts_W)) for w in windows)
    assert all(w.place_T[w.first_W[0]] == PLACES.index("paragraph") for w in windows)


def test_a_paragraph_that_was_cut_is_read_with_what_came_before() -> None:
    text = "One two three. Four five six. Seven eight nine. Ten eleven."
    windows = windows_of(text, max_pieces=9, context_pieces=4)
    assert [words_of(text, w, own=True)[0] for w in windows] == ["One", "Seven", "Ten"]
    assert [words_of(text, w)[0] for w in windows] == ["One", "Four", "Seven"]


def test_context_never_makes_a_window_too_long() -> None:
    text = "One two three. Four five six seven eight."
    windows = windows_of(text, max_pieces=6, context_pieces=6)
    assert [len(w.starts_W) for w in windows] == [4, 6]


def test_a_sentence_longer_than_a_window_is_cut_between_words() -> None:
    text = " ".join(f"word{n}" for n in range(50))
    windows = windows_of(text, max_pieces=8)
    assert [word for w in windows for word in words_of(text, w)] == text.split()
    assert max(len(w.starts_W) for w in windows) == 8
    places = [names(PLACES, w.place_T[w.first_W].tolist()) for w in windows]
    assert places[0][0] == "paragraph"
    assert {place for own in places for place in own[1:]} == {"within"}


def long_word(n_pieces: int) -> SentencePieces:
    """One word of many pieces, and a short word after it."""
    return SentencePieces(
        ids_T=np.arange(n_pieces + 1),
        word_of_T=np.array([0] * n_pieces + [1]),
        starts_W=np.array([0, 30]),
        ends_W=np.array([29, 34]),
        case_W=np.array([1, 1]),
        quote_W=np.array([0, 0]),
        starts_paragraph=True,
    )


def test_a_word_longer_than_a_window_keeps_its_first_pieces() -> None:
    windows = list(make_windows([long_word(20)], max_pieces=8))
    assert [w.starts_W.tolist() for w in windows] == [[0], [30]]
    assert windows[0].ids_T[1:-1].tolist() == list(range(8))
    assert windows[1].ids_T[1:-1].tolist() == [20]


def test_the_first_piece_of_each_word_is_known() -> None:
    window = join_window([long_word(3), long_word(2)])
    assert window.first_W.tolist() == [1, 4, 5, 7]
    assert window.place_T.tolist() == [0, 2, 0, 0, 0, 2, 0, 0, 0]


def test_context_is_not_a_windows_own() -> None:
    window = join_window([long_word(3), long_word(2)], n_context=1)
    assert window.own == (2, 4)


# A part of a window, read by itself.


def test_a_part_of_a_window_keeps_its_place_in_the_text() -> None:
    text = "She said “the dam held” and left."
    (window,) = windows_of(text)
    part = sub_window(window, [(3, 6)], unquote=False)
    assert words_of(text, part) == ["the", "dam", "held"]
    assert part.ids_T[[0, -1]].tolist() == [CLS, SEP]
    assert part.own == (0, 3)
    assert part.sentence_W.tolist() == [0, 0, 0]
    assert names(QUOTES, part.quote_T[part.first_W].tolist()) == ["inside"] * 3


def test_quotation_marks_around_a_part_are_forgotten() -> None:
    (window,) = windows_of("She said “the dam held” and left.")
    part = sub_window(window, [(3, 6)], unquote=True)
    assert part.quote_T.tolist() == [0] * len(part.ids_T)


def test_a_part_begins_like_a_paragraph() -> None:
    (window,) = windows_of("She said the dam held. We left.")
    part = sub_window(window, [(2, 9)], unquote=False)
    places = names(PLACES, part.place_T[part.first_W].tolist())
    assert places == ["paragraph", "within", "within", "within", "sentence", "within", "within"]
    assert part.sentence_W.tolist() == [0, 0, 0, 0, 1, 1, 1]


def test_a_part_may_have_gaps() -> None:
    text = "“The dam,” she said, “will hold.”"
    (window,) = windows_of(text)
    part = sub_window(window, [(1, 3), (9, 11)], unquote=True)
    assert words_of(text, part) == ["The", "dam", "will", "hold"]


def test_a_part_of_words_of_several_pieces() -> None:
    window = join_window([long_word(3), long_word(2)])
    part = sub_window(window, [(1, 3)], unquote=False)
    assert part.ids_T.tolist() == [CLS, 3, 0, 1, SEP]
    assert part.first_W.tolist() == [1, 2]


def test_a_part_leaves_the_window_as_it_was() -> None:
    (window,) = windows_of("She said “the dam held” and left.")
    before = window.quote_T.tolist(), window.place_T.tolist()
    sub_window(window, [(3, 6)], unquote=True)
    assert (window.quote_T.tolist(), window.place_T.tolist()) == before


@given(
    st.text(
        st.one_of(st.sampled_from("aA 5.!?“”\"'\n\u00a0\u200b"), st.characters()), max_size=150
    ),
    st.integers(1, 12),
    st.integers(0, 12),
)
def test_windows_of_any_text(text: str, max_pieces: int, context_pieces: int) -> None:
    sentences = pieces_of(text)
    windows = list(make_windows(sentences, max_pieces=max_pieces, context_pieces=context_pieces))
    own = [int(s) for w in windows for s in w.starts_W[w.own[0] : w.own[1]]]
    assert own == [int(s) for sentence in sentences for s in sentence.starts_W]
    for window in windows:
        assert len(window.ids_T) <= max_pieces + 2
        assert len(window.first_W) == len(window.starts_W) == len(window.ends_W)
        assert (window.starts_W < window.ends_W).all()
        assert (window.ends_W <= len(text)).all()
        assert (np.diff(window.starts_W) >= 0).all()
        assert window.quote_T.max() < len(QUOTES)
        assert window.case_T.max() < len(CASES)
        assert window.place_T.max() < len(PLACES)
