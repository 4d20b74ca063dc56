import pytest

from evaluation.errors import PredictionError
from evaluation.overlaps import TokenizedText
from evaluation.records import count_record, gold_rows, predicted_rows
from evaluation.scores import scores_of
from onrecord.records import Act, Manner, Polarity
from tests.evaluation.marked_texts import gold_record, predicted_reading

# The mayor's denial stands in what the harbour board says, and the third by itself.
TEXT = (
    "[source The board] [cue said] [content that [source:2 Mayor Ada Brook] [cue:2 denied] "
    "[content:2 the leak was known]]. “[content:3 It was us],” [source:3 Ben Ode] "
    "[cue:3 told] the Kelton Herald."
)
FACTS = {
    1: {"speaker": "Harbour Board"},
    2: {"speaker": "Ada Brook", "act": Act.DENY, "polarity": Polarity.DENY, "parent": "s1"},
    3: {"speaker": "Ben Ode", "act": Act.ADMIT, "addressee": "Kelton Herald"},
}
ALIASES = {"Harbour Board": ("The board",), "Ada Brook": (), "Ben Ode": ()}
ENTITIES = {
    "e1": ("The board",),
    "e2": ("Mayor Ada Brook",),
    "e3": ("Ben Ode",),
    "e4": ("Kelton Herald",),
}
RIGHT = {
    1: {"speaker": "e1"},
    2: {
        "speaker": "e2",
        "act": Act.DENY,
        "polarity": Polarity.DENY,
        "parent": "p1",
        "depth": 1,
    },
    3: {"speaker": "e3", "act": Act.ADMIT, "addressee": "e4", "manner": Manner.DIRECT},
}


def scores(facts, *, text=TEXT, gold=TEXT, gold_facts=FACTS, entities=ENTITIES):
    record = gold_record(gold, gold_facts, aliases=ALIASES)
    own = TokenizedText(record.text)
    reading = predicted_reading(text, facts, entities=entities)
    return scores_of(count_record(gold_rows(record, own), predicted_rows(reading, own)))


def check(found, expected) -> None:
    for metric, wanted in expected.items():
        score = found[f"statements/{metric}"]
        if isinstance(wanted, tuple):
            assert (score.precision, score.recall) == pytest.approx(wanted), metric
        else:
            assert score.value == (None if wanted is None else pytest.approx(wanted)), metric


def changed(number: int, **facts):
    return {**RIGHT, number: {**RIGHT[number], **facts}}


def test_all_right() -> None:
    found = scores(RIGHT)
    nothing_there = {"statements/medium", "statements/speaker_null", "statements/relaxed/mixed"}
    for metric, score in found.items():
        if metric in nothing_there or metric == "statements/relaxed/depth2+":
            assert score.value is None, metric
        else:
            assert score.value == (0 if metric == "statements/speaker_unknown" else 1), metric


def test_an_inner_statement_taken_for_an_outer_one() -> None:
    check(
        scores(changed(2, parent=None, depth=0)),
        {
            "relaxed": (1, 1),
            "relaxed/depth0": (3 / 3, 2 / 2),
            "relaxed/depth1": (None, 1 / 1),
            "parent": 2 / 3,
            "chain": (None, 0 / 1),
        },
    )


def test_the_wrong_parent() -> None:
    check(scores(changed(2, parent="p3")), {"parent": 2 / 3, "chain": (0, 0), "relaxed": (1, 1)})


def test_a_chain_is_right_only_when_the_outer_statement_is_found() -> None:
    # Of the outer statement the cue is another one: no pair, so the inner one hangs in the air.
    other = TEXT.replace("[cue said] [content that ", "said [cue that] [content ")
    check(scores(RIGHT, text=other), {"relaxed": (2 / 3, 2 / 3), "chain": (0, 0), "parent": 1 / 2})


def test_speakers_are_compared_by_their_names() -> None:
    check(scores(changed(2, speaker="e3")), {"speaker": 2 / 3, "speaker_unknown": 0})
    check(scores(changed(2, speaker=None)), {"speaker": 2 / 3, "speaker_unknown": 1 / 3})


def test_nobody_named_in_gold_asks_for_nobody() -> None:
    gold_facts = {**FACTS, 3: {**FACTS[3], "speaker": None}}
    check(scores(RIGHT, gold_facts=gold_facts), {"speaker": 2 / 2, "speaker_null": 0})
    check(scores(changed(3, speaker=None), gold_facts=gold_facts), {"speaker_null": 1})


@pytest.mark.parametrize(
    ("facts", "metric"),
    [
        pytest.param({"act": Act.ASSERT}, "act", id="act"),
        pytest.param({"polarity": Polarity.AFFIRM}, "polarity", id="polarity"),
        pytest.param({"manner": Manner.MIXED}, "manner", id="manner"),
    ],
)
def test_a_wrong_value_costs_its_own_metric_only(facts, metric) -> None:
    found, right = scores(changed(2, **facts)), scores(RIGHT)
    check(found, {metric: 2 / 3})
    for name in ("act", "polarity", "manner", "speaker", "parent", "chain", "exact"):
        if name != metric:
            assert found[f"statements/{name}"] == right[f"statements/{name}"], name


def test_addressee_and_medium_are_found_or_not() -> None:
    check(scores(changed(3, addressee=None)), {"addressee": (None, 0 / 1)})
    check(scores(changed(3, addressee="e2")), {"addressee": (0 / 1, 0 / 1)})
    check(scores(changed(3, medium="e4")), {"addressee": (1, 1), "medium": (0 / 1, None)})


def test_manner_of_gold_is_seen_in_the_text_when_it_is_not_given() -> None:
    record = gold_record(TEXT, FACTS)
    manners = [row.manner for row in gold_rows(record, TokenizedText(record.text))]
    assert manners == [Manner.INDIRECT, Manner.INDIRECT, Manner.DIRECT]


def test_a_circle_of_parents_ends() -> None:
    facts = {1: {**FACTS[1], "parent": "s2"}, 2: FACTS[2], 3: {**FACTS[3], "parent": "gone"}}
    record = gold_record(TEXT, facts)
    rows = gold_rows(record, TokenizedText(record.text))
    assert [row.depth for row in rows] == [1, 1, 0]


def test_the_better_of_two_candidates_is_the_pair() -> None:
    # Both overlap with the gold statement by more than half; the first one by less.
    gold = "[source Ms Chen] [cue said] [content the old dam will hold]."
    both = (
        "[source Ms [source:2 Chen]] [cue [cue:2 said]] "
        "[content the [content:2 old dam will hold]]."
    )
    facts = {1: {"act": Act.ASSERT}, 2: {"act": Act.WARN}}
    check(
        scores(facts, text=both, gold=gold, gold_facts={}, entities={}),
        {"relaxed": (1 / 2, 1 / 1), "act": 1, "speaker_null": 1},
    )


def test_a_reading_that_points_nowhere_is_refused() -> None:
    reading = predicted_reading("[source He] [cue said] [content it].", {1: {"speaker": "e9"}})
    with pytest.raises(PredictionError, match="no entity has the id 'e9'"):
        predicted_rows(reading, TokenizedText(reading.document.text))
