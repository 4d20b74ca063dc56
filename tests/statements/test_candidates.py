"""From scores of labels to cues with their parties, in windows and inside contents."""

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.encode.labels import CUE_ROLES, PARTY_ROLES, label, n_labels
from onrecord.encode.pieces import (
    CLS,
    QUOTES,
    SEP,
    THAT,
    Window,
    cut_pieces,
    join_windows,
    make_windows,
)
from onrecord.encode.sessions import Encoded
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from onrecord.statements.candidates import (
    Candidate,
    CandidateFinder,
    Thresholds,
    as_settings,
    inner_window,
)
from tests.marked import MarkedEncoder, parse_marked, plain_tokenizer, steps
from tests.statements.made import candidates_of, window_of


def finder_of(line: str, thresholds: Thresholds | None = None) -> CandidateFinder:
    return CandidateFinder(
        MarkedEncoder(parse_marked(line)),
        cue_steps=steps(CUE_ROLES),
        role_steps=steps(PARTY_ROLES),
        thresholds=thresholds or Thresholds(),
    )


def words_of(text: str, candidate: Candidate, run: tuple[int, int]) -> str:
    window = candidate.window
    return text[window.starts_W[run[0]] : window.ends_W[run[1] - 1]]


def cues_of(line: str, thresholds: Thresholds | None = None) -> list[tuple[str, str | None]]:
    """Cues that are found, each with the cue of the candidate it was found inside."""
    text = parse_marked(line).text
    (found,) = finder_of(line, thresholds).find([window_of(text)])
    return [
        (
            words_of(text, c, c.cue),
            None if c.parent is None else words_of(text, c.parent, c.parent.cue),
        )
        for c in found
    ]


CHAIN = (
    "[source Ms Chen] [cue said] [content [source:2 the mayor] [cue:2 denied] "
    "[content:2 that the dam had ever been safe]]."
)


def test_contents_are_read_again_by_themselves() -> None:
    # The inner cue is seen in the article and again in the content.
    assert cues_of(CHAIN) == [("said", None), ("denied", None), ("denied", "said")]


def test_parties_are_runs_of_words() -> None:
    line = "“[content The dam will hold],” [source Ms Chen] [cue said], “[content for long].”"
    text = parse_marked(line).text
    ((candidate,),) = finder_of(line).find([window_of(text)])
    assert [words_of(text, candidate, run) for run in candidate.sources] == ["Ms Chen"]
    assert [words_of(text, candidate, run) for run in candidate.contents] == [
        "The dam will hold",
        "for long",
    ]
    assert candidate.probability == pytest.approx(0.5), "all is sure, and nothing is calibrated"


def test_each_window_has_its_own_candidates() -> None:
    text = parse_marked(CHAIN).text
    windows = [window_of(text), window_of("The dam held."), window_of(text)]
    found = finder_of(CHAIN).find(windows)
    assert [len(own) for own in found] == [3, 0, 3]
    assert all(c.window is windows[0] for c in found[0] if c.parent is None)


def test_no_windows_have_none() -> None:
    assert finder_of(CHAIN).find([]) == []


def test_a_cue_in_the_context_is_left_to_the_window_that_answers_for_it() -> None:
    line = "The bridge was closed at noon. [source Ms Chen] [cue said] [content it held]. We left."
    text = parse_marked(line).text
    pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), plain_tokenizer())
    windows = list(make_windows(pieces, max_pieces=13, context_pieces=6))
    assert [(len(w.starts_W), w.own) for w in windows] == [(13, (0, 13)), (9, (6, 9))]
    found = finder_of(line).find(windows)
    assert [len(own) for own in found] == [1, 0]


def test_a_cue_without_content_is_no_candidate() -> None:
    class NoContent(MarkedEncoder):
        def score_roles(
            self,
            words_WD: NDArray[np.float32],
            cue_mean_CW: NDArray[np.float32],
            distance_CW: NDArray[np.int64],
            sentence_CW: NDArray[np.int64],
        ) -> NDArray[np.float32]:
            scores = super().score_roles(words_WD, cue_mean_CW, distance_CW, sentence_CW)
            scores[:, :, label(1, "B") :] = -20
            return scores

    marked = parse_marked("[source Ms Chen] [cue spoke] [content so].")
    finder = CandidateFinder(
        NoContent(marked),
        cue_steps=steps(CUE_ROLES),
        role_steps=steps(PARTY_ROLES),
        thresholds=Thresholds(),
    )
    assert finder.find([window_of(marked.text)]) == [[]]


class Flat:
    """Every word may be a cue a little; the next word is its content."""

    def __init__(self, score: float, content_score: float = 5.0) -> None:
        self.score, self.content_score = score, content_score
        self.given: list[tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]] = []

    def encode(self, window: Window) -> Encoded:
        n = len(window.starts_W)
        scores = np.full((n, n_labels(CUE_ROLES)), -9.0, dtype=np.float32)
        scores[:, 0] = 0.0
        scores[1, label(0, "U")] = self.score
        nothing = np.zeros((n, 0), dtype=np.float32)
        return Encoded(np.zeros((n, 2), dtype=np.float32), scores, nothing)

    def score_roles(
        self,
        words_WD: NDArray[np.float32],
        cue_mean_CW: NDArray[np.float32],
        distance_CW: NDArray[np.int64],
        sentence_CW: NDArray[np.int64],
    ) -> NDArray[np.float32]:
        self.given.append((cue_mean_CW, distance_CW, sentence_CW))
        scores = np.zeros((*cue_mean_CW.shape, n_labels(PARTY_ROLES)), dtype=np.float32)
        scores[:, :, label(1, "U")] = self.content_score
        return scores


def flat_finder(score: float, thresholds: Thresholds) -> CandidateFinder:
    return CandidateFinder(
        Flat(score),
        cue_steps=steps(CUE_ROLES),
        role_steps=steps(PARTY_ROLES),
        thresholds=thresholds,
    )


@pytest.mark.parametrize(
    ("score", "bias", "n"), [(1.0, 0.0, 1), (-1.0, 0.0, 0), (-1.0, 2.0, 1), (1.0, -2.0, 0)]
)
def test_a_bias_makes_the_finder_readier(score: float, bias: float, n: int) -> None:
    window = window_of("one two three")
    (found,) = flat_finder(score, Thresholds(cue_bias=bias)).find([window])
    assert len(found) == n


def test_inside_a_content_there_is_a_bias_of_its_own() -> None:
    window = window_of("one two three four five")  # four words are content, and read again
    finder = flat_finder(1.0, Thresholds())
    (found,) = finder.find([window])
    assert [c.parent is None for c in found] == [True, False]
    finder = flat_finder(1.0, Thresholds(cue_bias_inner=-2.0))
    (found,) = finder.find([window])
    assert [c.parent is None for c in found] == [True]
    finder = flat_finder(-1.0, Thresholds(cue_bias=2.0))
    (found,) = finder.find([window])
    assert [c.parent is None for c in found] == [True]


def test_improbable_candidates_are_left_out() -> None:
    window = window_of("one two three four five")
    (found,) = flat_finder(1.0, Thresholds()).find([window])
    outer, inner = (c.probability for c in found)
    assert 0 < outer < 0.5
    assert len(flat_finder(1.0, Thresholds(least=outer)).find([window])[0]) == 2
    assert len(flat_finder(1.0, Thresholds(least=outer + 1e-6)).find([window])[0]) == 0
    assert len(flat_finder(1.0, Thresholds(least_inner=inner + 1e-6)).find([window])[0]) == 1


def test_probabilities_are_calibrated_by_three_weights() -> None:
    window = window_of("one two three")
    (found,) = flat_finder(1.0, Thresholds(weights=(3.0, 0.0, 0.0))).find([window])
    assert found[0].probability == pytest.approx(1 / (1 + np.exp(-3)))


def test_words_of_the_cue_are_never_its_parties() -> None:
    (found,) = flat_finder(1.0, Thresholds()).find([window_of("one two three")])
    assert found[0].cue == (1, 2)
    assert found[0].contents == ((0, 1), (2, 3))


@pytest.mark.parametrize(
    ("text", "n_words", "distance", "sentence"),
    [
        ("one two. Three", 3, [19, 0, 1], [3, 3, 3]),
        # A sentence beside it is looked at if any of it is quoted.
        ("one two. “Three”", 6, [19, 0, 1, 2, 3, 4], [3, 3, 3, 4, 4, 4]),
    ],
)
def test_the_role_head_is_told_where_the_cue_is(
    text: str, n_words: int, distance: list[int], sentence: list[int]
) -> None:
    encoder = Flat(1.0)
    finder = CandidateFinder(
        encoder,
        cue_steps=steps(CUE_ROLES),
        role_steps=steps(PARTY_ROLES),
        thresholds=Thresholds(),
    )
    finder.find([window_of(text)])
    cue_mean, distances, sentences = encoder.given[0]
    assert cue_mean.tolist() == [[0, 1, *[0] * (n_words - 2)]]
    assert distances.tolist() == [distance]
    assert sentences.tolist() == [sentence]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        # The whole content is read.
        ("She [cue said] [content the dam will surely hold].", "the dam will surely hold"),
        # Marks around it are left out.
        ("She [cue said] [content “the dam will surely hold”].", "the dam will surely hold"),
        ("She [cue said] [content ‘the dam will surely hold’].", "‘ the dam will surely hold ’"),
        # Fragments are read as one.
        (
            "[content “The dam will hold,”] she [cue said], [content “for long.”]",
            "The dam will hold , for long .",
        ),
        # Nothing can stand in a few words.
        ("She [cue said] [content it held now].", None),
        ("She [cue said] [content “5, 6, 7, 8 and 9 o'clock”].", None),
    ],
)
def test_a_content_as_a_window_of_its_own(line: str, words: str | None) -> None:
    text, (candidate,) = candidates_of(line)
    window = inner_window(candidate)
    if words is None:
        assert window is None
        return
    assert window is not None
    found = [text[s:e] for s, e in zip(window.starts_W, window.ends_W, strict=True)]
    assert " ".join(found) == words


def test_quotation_marks_within_a_content_stay_known() -> None:
    _, (candidate,) = candidates_of("She [cue said] [content the dam “will surely” hold].")
    window = inner_window(candidate)
    assert window is not None
    assert set(window.quote_T.tolist()) > {QUOTES.index("open"), QUOTES.index("close")}
    _, (candidate,) = candidates_of("She [cue said] [content “the dam will surely hold”].")
    window = inner_window(candidate)
    assert window is not None
    assert set(window.quote_T.tolist()) == {QUOTES.index("outside")}


def test_settings_are_all_thresholds() -> None:
    assert as_settings(Thresholds(cue_bias=0.5, least=0.1)) == {
        "cue_bias": 0.5,
        "cue_bias_inner": 0.0,
        "least": 0.1,
        "least_inner": 0.0,
        "weights": (0.0, 1.0, 1.0),
    }


def test_that_before_a_content_is_left_out_when_it_is_read_again() -> None:
    text = "that the gate was shut again."
    window = window_of(text)
    ids = window.ids_T.copy()
    ids[window.first_W[0]] = THAT
    window = dataclasses.replace(window, ids_T=ids)
    inner = inner_window(Candidate(window, (6, 7), (), ((0, 6),), 0.9, None))
    assert inner is not None
    assert text[inner.starts_W[0] : inner.ends_W[-1]] == "the gate was shut again"


def test_windows_joined_to_one_keep_their_words_and_places() -> None:
    parts = [window_of("The gate was shut."), window_of("Nobody saw it. It was late.")]
    joined = join_windows(parts)
    assert joined.ids_T.tolist() == [
        CLS,
        *(n for part in parts for n in part.ids_T[1:-1].tolist()),
        SEP,
    ]
    assert joined.starts_W.tolist() == [n for part in parts for n in part.starts_W.tolist()]
    firsts = [joined.ids_T[n] for n in joined.first_W]
    assert firsts == [part.ids_T[n] for part in parts for n in part.first_W]
    assert sorted(set(joined.sentence_W.tolist())) == [0, 1, 2]
    assert joined.own == (0, len(joined.first_W))
