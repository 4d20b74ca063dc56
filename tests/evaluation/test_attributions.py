import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.attributions import attribution_scores, count_article
from evaluation.corpora import Attribution
from evaluation.overlaps import TokenizedText, dice, jaccard
from evaluation.scores import add_tallies
from onrecord.records import Span, as_spans
from tests.evaluation.marked_texts import marked_twice

GOLD = (
    "[source Ms Chen] [cue said] [content the dam will hold]. "
    "[source:2 Ben Ode] [cue:2 told] the board [content:2 that it leaks]."
)
PREDICTED = (
    "Ms [source Chen] [cue said] [content the dam will hold]. "
    "[source:2 Ben Ode] [cue:2 told the board] [content:2 that it leaks]."
)


def scores(gold: str, predicted: str, *, overlap=dice):
    text, own, other = marked_twice(gold, predicted)
    return attribution_scores(count_article(TokenizedText(text), own, other, overlap=overlap))


def check(gold: str, predicted: str, expected, *, overlap=dice) -> None:
    """Precision and recall of each metric, or one share."""
    found = scores(gold, predicted, overlap=overlap)
    for metric, wanted in expected.items():
        score = found[metric]
        if isinstance(wanted, tuple):
            assert (score.precision, score.recall) == pytest.approx(wanted), metric
        else:
            assert score.value == pytest.approx(wanted), metric


def test_boundaries_worked_out_by_hand() -> None:
    check(
        GOLD,
        PREDICTED,
        {
            "span/source/exact": (1 / 2, 1 / 2),
            # {Chen} lies in the gold, half of {Ms Chen} is predicted.
            "span/source/soft": (2 / 2, (1 / 2 + 1) / 2),
            "span/cue/exact": (1 / 2, 1 / 2),
            "span/cue/soft": ((1 + 1 / 3) / 2, 2 / 2),
            "span/content/exact": (2 / 2, 2 / 2),
            "fragment/source/begin": (1 / 2, 1 / 2),
            "fragment/cue/begin": (2 / 2, 2 / 2),
            "fragment/cue/exact": (1 / 2, 1 / 2),
            "fragment/cue/jaccard": (1 + 1 / 3) / 2,
            "token/source": (3 / 3, 3 / 4),
            "token/cue": (2 / 4, 2 / 2),
            "token/content": (7 / 7, 7 / 7),
            "token/macro": (6 / 7 + 4 / 6 + 1) / 3,
            "relation/exact": (0 / 2, 0 / 2),
            # Sources overlap by 2/3; the cue of the second by 2/4, which is not above half.
            "relation/relaxed": (1 / 2, 1 / 2),
            "relation/cue+content": (1 / 2, 1 / 2),
            "relation/source+content": (2 / 2, 2 / 2),
            "relation/content": (2 / 2, 2 / 2),
            "source|content": 2 / 2,
        },
    )


def test_jaccard_asks_for_more_than_dice() -> None:
    # {Ms Chen} and {Chen}: Dice 2/3, Jaccard 1/2.
    check(GOLD, PREDICTED, {"relation/relaxed": (0, 0), "source|content": 1 / 2}, overlap=jaccard)


def test_content_split_by_the_cue_is_one_unit_and_two_fragments() -> None:
    check(
        "“[content It rains],” [source he] [cue said], “[content and hard]”.",
        "“[content It rains],” [source he] [cue said], “and hard”.",
        {
            "span/content/exact": (0 / 1, 0 / 1),
            "span/content/soft": (1 / 1, 2 / 4),
            "fragment/content/exact": (1 / 1, 1 / 2),
            "fragment/content/jaccard": 1 / 2,
            "relation/exact": (0 / 1, 0 / 1),
            # 2·2 / (4 + 2)
            "relation/relaxed": (1 / 1, 1 / 1),
        },
    )


def test_a_content_over_two_lines_is_two_fragments() -> None:
    check(
        "[source He] [cue said] [content it rains\nand hard].",
        "[source He] [cue said] [content it rains]\n[content and hard].",
        {
            "span/content/exact": (1, 1),
            "fragment/content/exact": (2 / 2, 2 / 2),
            "relation/exact": (1, 1),
        },
    )


def test_a_fragment_that_touches_no_gold_one_pulls_the_jaccard_down() -> None:
    check(
        "[source He] [cue said] [content it rains], he added it pours.",
        "[source He] [cue said] [content it rains], he [cue:2 added] [content:2 it pours].",
        {"fragment/cue/jaccard": 1 / 2, "fragment/cue/exact": (1 / 2, 1 / 1)},
    )


def test_two_attributions_that_share_a_source_have_one_source_span() -> None:
    both = "[source [source:2 He]] [cue denied] [content it] and [cue:2 blamed] [content:2 rain]."
    one = "[source He] [cue denied] [content it] and blamed rain."
    check(both, one, {"span/source/exact": (1, 1), "relation/exact": (1 / 1, 1 / 2)})


def test_no_source_agrees_with_no_source_and_with_nothing_else() -> None:
    none = "It [cue is feared] [content that floods come]."
    some = "[source It] [cue is feared] [content that floods come]."
    check(none, none, {"relation/exact": (1, 1), "relation/relaxed": (1, 1), "source|content": 1})
    check(
        none,
        some,
        {"relation/relaxed": (0, 0), "relation/cue+content": (1, 1), "source|content": 0},
    )


def test_precision_by_predicted_manner_and_recall_by_gold_manner() -> None:
    # The gold content is quoted as a whole, the predicted one begins before the mark.
    check(
        "[source He] [cue wrote] that “[content it rains and pours here]”.",
        "[source He] [cue wrote] [content that “it rains and pours here]”.",
        {
            "relation/relaxed/direct": (None, 1 / 1),
            "relation/relaxed/mixed": (1 / 1, None),
            "relation/relaxed/indirect": (None, None),
        },
    )


def test_equal_attributions_are_counted_one_to_one() -> None:
    once = "[source He] [cue said] [content it]."
    text, own, _ = marked_twice(once, once)
    found = attribution_scores(count_article(TokenizedText(text), own, own * 3))
    assert found["relation/exact"].precision == pytest.approx(1 / 3)
    assert found["relation/relaxed"].precision == pytest.approx(1 / 3)
    assert found["span/cue/exact"].precision == 1


def test_no_predictions_score_nothing_and_no_gold_neither() -> None:
    text, own, _ = marked_twice(GOLD, GOLD)
    for gold, predicted in ((own, ()), ((), own)):
        found = attribution_scores(count_article(TokenizedText(text), gold, predicted))
        assert not any(score.value for score in found.values())
    assert attribution_scores({}) == {}


@st.composite
def articles(draw):
    """A text, and the attributions of two annotators."""
    words = draw(st.lists(st.sampled_from(["a", "it", "“no”", "said", ",", "\n"]), max_size=14))
    text = " ".join(["x", *words])
    tokens = TokenizedText(text)

    def role():
        return st.frozensets(st.integers(0, len(tokens.starts) - 1), max_size=5).map(
            lambda own: as_spans(Span(tokens.starts[t], tokens.ends[t]) for t in own)
        )

    def annotator():
        return st.lists(
            st.builds(Attribution, source=role(), cue=role(), content=role()), max_size=5
        )

    return tokens, draw(annotator()), draw(annotator())


@given(articles())
def test_gold_against_itself_is_perfect(given_article) -> None:
    text, gold, _ = given_article
    found = attribution_scores(count_article(text, gold, gold))
    for metric, score in found.items():
        if score.n and score.n_predicted != 0:
            assert score.value == pytest.approx(1), metric


@given(articles())
def test_scores_lie_between_0_and_1(given_article) -> None:
    text, gold, predicted = given_article
    for metric, score in attribution_scores(count_article(text, gold, predicted)).items():
        for value in (score.precision, score.recall, score.value):
            assert value is None or -1e-12 <= value <= 1 + 1e-12, metric


@given(articles())
def test_changing_sides_changes_precision_and_recall(given_article) -> None:
    text, gold, predicted = given_article
    one = attribution_scores(count_article(text, gold, predicted))
    other = attribution_scores(count_article(text, predicted, gold))
    # Which rows go together may differ, and Jaccard looks from gold runs only.
    one_sided = ("jaccard", "direct", "mixed", "indirect", "source|content")
    for metric, score in one.items():
        if not metric.endswith(one_sided):
            turned = dataclasses.replace(
                other[metric],
                precision=other[metric].recall,
                recall=other[metric].precision,
                n=other[metric].n_predicted,
                n_predicted=other[metric].n,
            )
            for name in ("precision", "recall", "value", "n", "n_predicted"):
                assert getattr(score, name) == pytest.approx(getattr(turned, name)), metric


@given(articles())
def test_exact_is_never_better_than_relaxed(given_article) -> None:
    text, gold, predicted = given_article
    tally = count_article(text, gold, predicted)
    hits = [tally[f"relation/{kind}"].hits_gold for kind in ("exact", "relaxed", "content")]
    assert hits == sorted(hits)


@given(articles())
def test_an_article_twice_scores_as_once(given_article) -> None:
    text, gold, predicted = given_article
    tally = count_article(text, gold, predicted)
    once, twice = attribution_scores(tally), attribution_scores(add_tallies([tally, tally]))
    for metric, score in once.items():
        assert twice[metric].value == pytest.approx(score.value), metric
