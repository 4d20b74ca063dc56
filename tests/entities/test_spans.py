"""Scores of words to mentions, with columns of the encoder made by hand."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from onrecord.encode.pieces import Window, cut_pieces, make_windows
from onrecord.encode.types import TYPES
from onrecord.entities.names import N_NAME_LABELS, NAME_KINDS, name_label
from onrecord.entities.spans import (
    N_WIDTHS,
    WIDTH_SPAN,
    FoundMentions,
    MentionFinder,
    allowed_spans,
    joined,
    width_classes,
)
from onrecord.records import Kind
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from tests.entities.made_mentions import WIDTH, found_mentions, parse
from tests.marked import plain_tokenizer

SIZES = {
    "names": N_NAME_LABELS,
    "inner": 1,
    "opens": WIDTH_SPAN,
    "closes": WIDTH_SPAN,
    "type_opens": len(TYPES),
    "type_closes": len(TYPES),
    "own_opens": WIDTH,
    "own_closes": WIDTH,
    "other_opens": WIDTH,
    "other_closes": WIDTH,
}
# An open and a close that belong together give this much more than the bias.
_GAIN = 10.0
BIAS = -5.0


def windows_of(text: str, *, max_pieces: int = 100, context_pieces: int = 0) -> list[Window]:
    pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), plain_tokenizer())
    return list(make_windows(pieces, max_pieces=max_pieces, context_pieces=context_pieces))


def made_finder(
    widths: Mapping[int, float] | None = None, *, threshold: float = 0.5
) -> MentionFinder:
    own = np.zeros(N_WIDTHS, dtype=np.float32)
    for width, score in (widths or {}).items():
        own[width] = score
    return MentionFinder(SIZES, own, span_bias=BIAS, threshold=threshold)


def columns(window: Window) -> dict[str, NDArray[np.float32]]:
    """All parts at 0, but for words, which are no names."""
    n_words = len(window.starts_W)
    parts = {name: np.zeros((n_words, size), dtype=np.float32) for name, size in SIZES.items()}
    parts["names"][:, 0] = 10.0
    return parts


def joined_parts(parts: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.concatenate([parts[name] for name in SIZES], axis=1)


def mark_span(
    parts: Mapping[str, NDArray[np.float32]], first: int, last: int, *, at: int, gain: float = _GAIN
) -> None:
    """Make a span likely, with a dimension of its own."""
    parts["opens"][first, at] = 1.0
    parts["closes"][last, at] = gain * WIDTH_SPAN**0.5


def mark_name(parts: Mapping[str, NDArray[np.float32]], first: int, last: int, kind: Kind) -> None:
    for word in range(first, last + 1):
        parts["names"][word, 0] = 0.0
        parts["names"][word, name_label(kind, begins=word == first)] = 10.0


def words_of(found: FoundMentions, text: str) -> list[str]:
    return [text[s:e] for s, e in zip(found.start_M.tolist(), found.end_M.tolist(), strict=True)]


def find(
    text: str, spans: Sequence[tuple[int, int]], *, widths: Mapping[int, float] | None = None
) -> FoundMentions:
    """Mentions where the encoder says that these spans of words, and no others, are some."""
    (window,) = windows_of(text)
    parts = columns(window)
    for at, (first, last) in enumerate(spans):
        mark_span(parts, first, last, at=at)
    return made_finder(widths).find(window, joined_parts(parts))


def likely_kinds(found: FoundMentions) -> list[Kind]:
    """The kind of which each mention is likeliest a name."""
    return [NAME_KINDS[k] for k in found.names_MK.argmax(axis=1).tolist()]


TEXT = "The mayor of Ardal met Ann Vale. She left."


def test_spans_that_the_encoder_marks_are_mentions() -> None:
    found = find(TEXT, [(0, 3), (3, 3), (5, 6), (8, 8)])
    assert words_of(found, TEXT) == ["The mayor of Ardal", "Ardal", "Ann Vale", "She"]
    assert found.phrase_M.all()
    assert (found.kind_M == -1).all()
    assert found.sentence_M.tolist() == [0, 0, 0, 1]
    assert found.n_sentences == 2
    assert ((found.score_M > 0.9) & (found.score_M <= 1)).all()


def test_mentions_stand_in_text_order_and_longer_ones_first() -> None:
    found = find(TEXT, [(3, 3), (0, 1), (0, 3), (0, 0)])
    assert words_of(found, TEXT) == ["The mayor of Ardal", "The mayor", "The", "Ardal"]


def test_nothing_marked_is_nothing_found() -> None:
    found = find(TEXT, [])
    for name in FoundMentions.__slots__:
        if name != "n_sentences":
            assert len(getattr(found, name)) == 0
    assert found.own_MC.shape == (0, WIDTH)


def test_no_mention_runs_over_the_end_of_a_sentence_or_backwards() -> None:
    assert words_of(find(TEXT, [(5, 8)]), TEXT) == []
    assert words_of(find(TEXT, [(6, 5)]), TEXT) == []
    assert words_of(find(TEXT, [(8, 10)]), TEXT) == ["She left."]


def test_widths_count() -> None:
    spans = [(0, 3), (0, 1)]
    assert words_of(find(TEXT, spans, widths={3: -20.0}), TEXT) == ["The mayor"]
    assert words_of(find(TEXT, [], widths={1: 9.0}), TEXT)[:2] == ["The mayor", "mayor of"]


@pytest.mark.parametrize(
    ("threshold", "n_found"), [(0.01, 3), (0.4, 3), (0.5, 2), (0.9, 1), (0.999, 0)]
)
def test_thresholds(threshold: float, n_found: int) -> None:
    (window,) = windows_of(TEXT)
    parts = columns(window)
    for at, (word, gain) in enumerate(((1, 4.8), (3, 6.0), (8, 10.0))):
        mark_span(parts, word, word, at=at, gain=gain)
    found = made_finder(threshold=threshold).find(window, joined_parts(parts))
    assert len([s for s in found.score_M.tolist() if s > 0.2]) == n_found
    assert all(s > threshold for s in found.score_M.tolist())


def test_scores_are_probabilities_of_spans() -> None:
    (window,) = windows_of(TEXT)
    parts = columns(window)
    mark_span(parts, 1, 1, at=0, gain=6.0)
    found = made_finder({0: 0.5}).find(window, joined_parts(parts))
    assert found.score_M.tolist() == pytest.approx([1 / (1 + np.exp(-1.5))], abs=1e-5)


def test_names_are_mentions_even_if_no_phrase_is_found() -> None:
    (window,) = windows_of(TEXT)
    parts = columns(window)
    mark_name(parts, 5, 6, Kind.PERSON)
    found = made_finder().find(window, joined_parts(parts))
    assert words_of(found, TEXT) == ["Ann Vale"]
    assert found.phrase_M.tolist() == [False]
    assert likely_kinds(found) == [Kind.PERSON]
    assert found.score_M[0] > 0.9


def test_a_name_that_is_a_phrase_is_one_mention() -> None:
    (window,) = windows_of(TEXT)
    parts = columns(window)
    mark_name(parts, 5, 6, Kind.PERSON)
    mark_span(parts, 5, 6, at=0)
    found = made_finder().find(window, joined_parts(parts))
    assert words_of(found, TEXT) == ["Ann Vale"]
    assert found.phrase_M.tolist() == [True]
    assert likely_kinds(found) == [Kind.PERSON]


def test_names_inside_of_phrases_are_beside_them() -> None:
    (window,) = windows_of(TEXT)
    parts = columns(window)
    mark_name(parts, 3, 3, Kind.PLACE)
    mark_span(parts, 0, 3, at=0)
    found = made_finder().find(window, joined_parts(parts))
    assert words_of(found, TEXT) == ["The mayor of Ardal", "Ardal"]
    assert found.phrase_M.tolist() == [True, False]
    assert found.names_MK.any(axis=1).tolist() == [False, True]


def test_types_and_vectors_are_sums_over_both_ends() -> None:
    (window,) = windows_of(TEXT)
    parts = columns(window)
    mark_span(parts, 0, 3, at=0)
    place, person = TYPES.index("place"), TYPES.index("person")
    parts["type_opens"][0, place] = 1.0
    parts["type_closes"][3, person] = 2.0
    for name, value in (("own_opens", 1.0), ("other_opens", 3.0)):
        parts[name][0, 5] = value
    for name, value in (("own_closes", 10.0), ("other_closes", 30.0)):
        parts[name][3, 5] = value
    found = made_finder().find(window, joined_parts(parts))
    assert found.type_M.tolist() == [person]
    assert (found.own_MC[0, 5], found.other_MC[0, 5]) == (11.0, 33.0)
    assert found.own_MC.sum() == 11.0


def test_mentions_in_quotation_marks_are_quoted() -> None:
    text = "She said: “Tom left.” He had."
    (window,) = windows_of(text)
    parts = columns(window)
    starts = window.starts_W.tolist()
    for at, words in enumerate(("She", "Tom", "He")):
        word = starts.index(text.index(words))
        mark_span(parts, word, word, at=at)
    found = made_finder().find(window, joined_parts(parts))
    assert words_of(found, text) == ["She", "Tom", "He"]
    assert found.quoted_M.tolist() == [0, 1, 0]


PARAGRAPH = "Ann Vale spoke first. Tom Orr spoke next. Bea Lund spoke last."


def test_a_window_answers_for_its_own_words_alone() -> None:
    windows = windows_of(PARAGRAPH, max_pieces=10, context_pieces=5)
    assert any(first for first, _ in (w.own for w in windows))
    seen = []
    for window in windows:
        parts = columns(window)
        for word in range(0, len(window.starts_W), 5):
            mark_name(parts, word, word + 1, Kind.PERSON)
            mark_span(parts, word, word + 1, at=word)
        seen.append(made_finder().find(window, joined_parts(parts)))
    assert words_of(joined(seen), PARAGRAPH) == ["Ann Vale", "Tom Orr", "Bea Lund"]


def test_joined_windows_count_sentences_on() -> None:
    text = f"{PARAGRAPH}\n{PARAGRAPH}"
    one, other = (
        found_mentions(
            text, parse(f"{before}[person! Ann Vale] spoke. [person She] left.").mentions
        )
        for before in ("", "No. ")
    )
    both = joined([one, other])
    assert both.sentence_M[:2].tolist() == one.sentence_M.tolist()
    assert both.sentence_M[2:].tolist() == (other.sentence_M + one.n_sentences).tolist()
    assert both.n_sentences == one.n_sentences + other.n_sentences
    assert len(both.own_MC) == 4


def test_one_window_joined_is_itself() -> None:
    one = found_mentions("Ann left.", parse("[person! Ann] left.").mentions)
    both = joined([one])
    for name in FoundMentions.__slots__:
        assert np.array_equal(getattr(both, name), getattr(one, name))


def test_width_classes_grow_with_the_span_and_end() -> None:
    classes = width_classes(40)
    assert classes[0, :9].tolist() == list(range(9))
    assert (np.diff(classes[0]) >= 0).all()
    assert classes.max() == N_WIDTHS - 1
    assert (np.tril(classes, -1) == 0).all()


def test_allowed_spans_stay_in_a_sentence() -> None:
    allowed = allowed_spans(np.array([0, 0, 1]))
    assert allowed.tolist() == [[True, True, False], [False, True, False], [False, False, True]]


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.95))
def test_any_columns_give_mentions_inside_of_the_text(seed: int, threshold: float) -> None:
    rng = np.random.default_rng(seed)
    finder = MentionFinder(
        SIZES, rng.normal(0, 2, N_WIDTHS).astype(np.float32), span_bias=-4, threshold=threshold
    )
    found = []
    for window in windows_of(PARAGRAPH, max_pieces=10, context_pieces=5):
        shape = (len(window.starts_W), sum(SIZES.values()))
        found.append(finder.find(window, rng.normal(0, 2, shape).astype(np.float32)))
    both = joined(found)
    spans = list(zip(both.start_M.tolist(), both.end_M.tolist(), strict=True))
    assert len(set(spans)) == len(spans)
    assert all(0 <= start < end <= len(PARAGRAPH) for start, end in spans)
    assert spans == sorted(spans, key=lambda s: (s[0], -s[1]))
    assert ((both.score_M >= 0) & (both.score_M <= 1)).all()
    assert (both.phrase_M | both.names_MK.any(axis=1)).all()
    assert (both.kind_M == -1).all()
    assert ((both.type_M >= 0) & (both.type_M < len(TYPES))).all()
    assert (both.sentence_M < both.n_sentences).all()
