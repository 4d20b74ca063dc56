import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.overlaps import TokenizedText, dice, jaccard, quoted_stretches, run_jaccard
from onrecord.records import Manner, Span
from tests.evaluation.marked_texts import words_at
from tests.marked import parse_marked

TEXTS = st.text(alphabet="ab '\"“”„‘’`.,\n", max_size=60)
TOKENS = st.frozensets(st.integers(0, 12))


def tokens_of(text: str, words: str) -> list[str]:
    own = TokenizedText(text)
    return [text[own.starts[t] : own.ends[t]] for t in sorted(own.tokens([words_at(text, words)]))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("Ms Chen", ["Ms", "Chen"], id="whole words"),
        pytest.param(" Chen ", ["Chen"], id="white space at the edges is nothing"),
        pytest.param("s Che", ["Ms", "Chen"], id="a cut word counts whole"),
        pytest.param("’s dam", ["’", "s", "dam"], id="a mark is a token by itself"),
        pytest.param(" ", [], id="white space alone has no token"),
    ],
)
def test_tokens_share_a_character_with_the_span(words: str, expected: list[str]) -> None:
    assert tokens_of("So Ms Chen left the city’s dam.", words) == expected


def test_runs_end_at_a_gap_and_at_a_line_break() -> None:
    text = TokenizedText("one two three\nfour five")
    assert list(text.runs(frozenset({0, 2, 3, 4}))) == [(0, 1), (2, 3), (3, 5)]
    assert text.words(frozenset({0, 2, 3, 4})) == "one … three … four five"


@pytest.mark.parametrize(
    ("marked", "manner"),
    [
        pytest.param("He [cue said]: “[content It rained].”", Manner.DIRECT, id="all quoted"),
        pytest.param("He [cue said] [content it rained].", Manner.INDIRECT, id="nothing quoted"),
        pytest.param(
            "He [cue said] [content it “really” rained].", Manner.MIXED, id="a scare quote"
        ),
        pytest.param(
            "“[content Hard],” he [cue said], [content very “hard].", Manner.MIXED, id="left open"
        ),
        pytest.param('He [cue said] [content "it rained"].', Manner.DIRECT, id="straight marks"),
        pytest.param("He [cue said] [content ``it rained''].", Manner.DIRECT, id="doubled marks"),
        pytest.param(
            "He [cue said] [content ‘it’s raining’].", Manner.DIRECT, id="single, apostrophe"
        ),
        pytest.param(
            "He ’[cue phoned]: [content it’s raining].", Manner.INDIRECT, id="apostrophes only"
        ),
        pytest.param("“He [cue said]\n[content it rained].", Manner.INDIRECT, id="a line ends it"),
        pytest.param("He [cue said]: [content …]", Manner.INDIRECT, id="no word at all"),
    ],
)
def test_manner_by_the_words_in_quotation_marks(marked: str, manner: Manner) -> None:
    line = parse_marked(marked)
    own = TokenizedText(line.text)
    assert own.manner(own.tokens(line.statements[0].content)) is manner


def test_a_straight_mark_closes_what_a_curly_one_opened() -> None:
    assert quoted_stretches('“one" two "three”') == [Span(0, 5), Span(10, 17)]


def test_two_empty_sets_agree_and_one_does_not() -> None:
    nothing, something = frozenset[int](), frozenset({1})
    assert dice(nothing, nothing) == jaccard(nothing, nothing) == 1
    assert dice(nothing, something) == jaccard(nothing, something) == 0


def test_jaccard_of_runs() -> None:
    assert run_jaccard((0, 4), (2, 6)) == 2 / 6
    assert run_jaccard((0, 2), (2, 4)) == 0


@given(TOKENS, TOKENS)
def test_overlaps_are_symmetric_and_jaccard_is_never_above_dice(a, b) -> None:
    assert dice(a, b) == dice(b, a)
    assert jaccard(a, b) == jaccard(b, a)
    assert 0 <= jaccard(a, b) <= dice(a, b) <= 1
    assert (dice(a, b) == 1) == (a == b)


@given(TEXTS, st.data())
def test_runs_hold_every_token_once(text, data) -> None:
    own = TokenizedText(text)
    tokens = data.draw(st.frozensets(st.integers(0, max(0, len(own.starts) - 1)))) & set(
        range(len(own.starts))
    )
    runs = list(own.runs(tokens))
    assert sorted(token for first, after in runs for token in range(first, after)) == sorted(tokens)
    assert all("\n" not in text[own.starts[a] : own.ends[b - 1]] for a, b in runs)


@given(TEXTS)
def test_quoted_stretches_begin_with_a_mark_and_stay_in_their_line(text) -> None:
    for stretch in quoted_stretches(text):
        words = stretch.text_in(text)
        assert words[0] in '“„"`‘'
        assert "\n" not in words
