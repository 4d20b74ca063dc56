"""Words that are compared, their prints, and what two texts share."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.independence import agencies, candidates, judging, publishers, sharing, voices, words
from onrecord.independence.prints import SHINGLE, WINDOW, prints_of, shingles_of
from onrecord.independence.sharing import sharing_of, text_of
from onrecord.independence.words import plain_word, words_of
from tests.independence.made import DAM, FAIR, SPEECH, paragraphs

_MANY = st.lists(st.sampled_from([f"word{n}x" for n in range(60)]), max_size=160)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("“The centre’s colour,” – he said", '"The center\'s color," - he said'),
        ("organised labour travelled", "organized labor traveled"),
        ("ten-storey Élysée", "TEN STOREY elysee"),
        ("the defence programme", "the defense program"),
    ],
)
def test_spelling_and_signs_make_no_difference(first: str, second: str) -> None:
    one, other = words_of(first), words_of(second)
    assert one.keys_W.tolist() == other.keys_W.tolist()


def test_other_words_do() -> None:
    assert plain_word("four") != plain_word("for")
    assert len(set(words_of(DAM).keys_W.tolist())) > 100


def test_words_stand_where_they_stand() -> None:
    own = words_of("  Ann’s 1,550 boats.")
    text = "  Ann’s 1,550 boats."
    shown = [text[a:b] for a, b in zip(own.starts_W, own.ends_W, strict=True)]
    assert shown == ["Ann", "s", "1", "550", "boats"]


@given(st.text(max_size=200))
def test_any_text_has_words_inside_it(text: str) -> None:
    own = text_of(text)
    assert len(own.words.starts_W) == len(own.words)
    assert all(
        0 <= a < b <= len(text) for a, b in zip(own.words.starts_W, own.words.ends_W, strict=True)
    )
    assert len(prints_of(own.shingles_S)) <= max(1, len(own.shingles_S))


def test_words_are_hashed_the_same_everywhere() -> None:
    assert words_of("gate").keys_W.tolist() == [13893732255390251714]


@given(_MANY, _MANY, _MANY)
def test_a_shared_run_has_a_shared_print(
    before: list[str], after: list[str], run: list[str]
) -> None:
    run = [f"run{n}" for n in range(SHINGLE + WINDOW - 1)]
    one, other = (
        prints_of(shingles_of(words_of(" ".join(own)).keys_W))
        for own in (before + run, run + after)
    )
    assert np.intersect1d(one, other).size


@given(_MANY, _MANY)
def test_sharing_is_the_same_from_both_sides(first: list[str], second: list[str]) -> None:
    one, other = text_of(" ".join(first)), text_of(" ".join(second))
    own, turned = sharing_of(one, other), sharing_of(other, one)
    assert 0 <= own.own <= 1
    assert 0 <= own.other <= 1
    assert (own.own > 0) == (turned.own > 0)


@given(_MANY)
def test_a_text_shares_all_with_itself(given_words: list[str]) -> None:
    own = text_of(" ".join(given_words))
    found = sharing_of(own, own)
    assert (found.own, found.other) == ((1.0, 1.0) if len(own.words) >= SHINGLE else (0.0, 0.0))


def test_runs_have_the_same_words_on_both_sides() -> None:
    cut = f"Rain fell on Sunday. {paragraphs(DAM, 2, 0)}"
    found = sharing_of(text_of(cut), text_of(DAM))
    assert found.own > 0.95
    assert len(found.runs) == 2
    for run in found.runs:
        assert run.span.text_in(cut) == run.other.text_in(DAM)
        assert run.n_words > 40


def test_texts_about_other_things_share_nothing() -> None:
    found = sharing_of(text_of(DAM), text_of(FAIR))
    assert (found.own, found.n_words, found.runs) == (0.0, 0, ())


def test_quotations_are_counted_apart() -> None:
    one, other = f"{paragraphs(DAM, 0)} {SPEECH}", f"{SPEECH} {paragraphs(FAIR, 0)}"
    found = sharing_of(text_of(one), text_of(other))
    assert found.own > 0.4
    assert found.own_unquoted < 0.1
    assert found.n_quoted > 0.9 * (found.n_words - 6)


def test_a_footer_on_both_pages_does_not_count() -> None:
    footer = (
        "Read more on our pages, follow us wherever you like, and write to the desk of this "
        "paper if you have found a fault in what we print."
    )
    one, other = f"{paragraphs(DAM, 0)}\n{footer}", f"{paragraphs(FAIR, 0)}\n{footer}"
    assert sharing_of(text_of(one), text_of(other)).n_words == 0


@pytest.mark.parametrize(
    "module", [words, sharing, agencies, publishers, voices, judging, candidates]
)
def test_examples_in_docstrings(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted
    assert not found.failed
