"""Words that were cut before give the pieces that the tokenizer gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.encode.known_words import _MOST_CHARS, KnownWords, find_plain_words
from onrecord.encode.pieces import SentencePieces, _odd_pieces, cut_pieces, quote_states
from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import packaged_weights
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences

_PLAIN = "abcXYZ 0189.,!?'-_$%&*/:;@[\\]^`{|}~“”‘’–—…«»\u00a0\tÀÉÖØÞßàéöøÿĀćıŁńŊŒſžŹ£€°"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(packaged_weights())


@pytest.fixture(scope="module")
def known(tokenizer: Tokenizer) -> KnownWords:
    return KnownWords(tokenizer)


def as_lists(pieces: SentencePieces) -> list[object]:
    names = ("ids_T", "word_of_T", "starts_W", "ends_W", "case_W", "quote_W")
    return [pieces.starts_paragraph, *(getattr(pieces, name).tolist() for name in names)]


def cut_by_the_tokenizer(text: str, tokenizer: Tokenizer) -> list[list[object]]:
    states = quote_states(text, pair_quotes(text))
    found = _odd_pieces(text, split_sentences(text), tokenizer, states)
    return [as_lists(pieces) for pieces in found if len(pieces.ids_T)]


@pytest.mark.weights
@given(
    st.one_of(
        st.text(st.sampled_from(_PLAIN), max_size=80),
        st.text(st.one_of(st.sampled_from(_PLAIN), st.characters()), max_size=80),
        st.sampled_from(
            [
                "[SEP] held",
                "a [MASK]",
                "[[SEP] a",
                "[SEP held]",
                "[CLS ]",
                "x" * 100,
                "x" * 101,
                "é" * 60,
            ]
        ),
    )
)
def test_any_text_is_cut_as_the_tokenizer_cuts_it(
    tokenizer: Tokenizer, known: KnownWords, text: str
) -> None:
    text = f"{text}\nMs Chen’s dam “held”. {text}"
    found = cut_pieces(text, split_sentences(text), pair_quotes(text), known)
    assert [as_lists(pieces) for pieces in found] == cut_by_the_tokenizer(text, tokenizer)


@pytest.mark.parametrize(
    "text", ["The dam held.", "“It’s over.”", "Málaga – 5%…", "Łódź", "[it] was £5", ""]
)
def test_plain_sentences(text: str) -> None:
    found = find_plain_words(text, 0, len(text))
    assert found is not None
    words, starts = found
    assert [text[at : at + len(word)] for word, at in zip(words, starts, strict=True)] == words


@pytest.mark.parametrize(
    "text", ["a [SEP]", "[[MASK]", "大坝", "a\u0301", "a\u200bb", "\ud800", "İ"]
)
def test_sentences_for_the_tokenizer(text: str) -> None:
    assert find_plain_words(text, 0, len(text)) is None


class Counting:
    """Hands on to a tokenizer, and counts the words that it is asked for."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.asked: list[int] = []

    def encode_batch(self, words: list[str], *, add_special_tokens: bool) -> object:
        self.asked.append(len(words))
        return self.tokenizer.encode_batch(words, add_special_tokens=add_special_tokens)


@pytest.mark.weights
def test_a_word_is_cut_once(tokenizer: Tokenizer) -> None:
    counting = Counting(tokenizer)
    known = KnownWords(counting)  # type: ignore[arg-type]
    first = known.pieces_of(["dam", "held", "dam"])
    assert known.pieces_of(["dam", "held", "dam"]) == first
    assert first[0] == first[2] != first[1]
    assert counting.asked == [2]


@pytest.mark.weights
def test_what_is_kept_has_a_limit(tokenizer: Tokenizer) -> None:
    known = KnownWords(tokenizer)
    n_words = 3 * _MOST_CHARS // 2000
    for number in range(n_words):
        word = f"{number}" + "x" * 2000
        assert known.pieces_of([word, "dam"])[0][0]
    assert sum(map(len, known._known)) <= _MOST_CHARS
    assert known.pieces_of(["dam"]) == KnownWords(tokenizer).pieces_of(["dam"])
