import json

import pytest

from evaluation.cases import gold_cases, polnear_cases
from evaluation.compare import compare, marked_sentences, to_json, to_text
from evaluation.corpora import GoldCorpus
from evaluation.errors import PredictionError
from evaluation.overlaps import TokenizedText
from evaluation.predictions import Predictions
from onrecord.records import Act, Manner
from tests.evaluation.marked_texts import (
    corpus_of,
    gold_record,
    predicted_reading,
    predictions_of,
)
from tests.marked import parse_marked

GOLD = (
    "It poured. [source Ms Chen] [cue said] [content the dam will hold]. "
    "“[content:2 It leaks],” [source:2 Ben Ode] [cue:2 warned]. All left at noon."
)
FIRST_ONLY = (
    "It poured. [source Ms Chen] [cue said] [content the dam will hold]. "
    "“It leaks,” Ben Ode warned. [source:3 All] [cue:3 left] [content:3 at noon]."
)
SECOND_ONLY = (
    "It poured. Ms Chen [cue said] [content the dam] will hold. "
    "“[content:2 It leaks],” [source:2 Ben Ode] [cue:2 warned]. All left at noon."
)


def comparison():
    corpus = corpus_of(GOLD)
    return compare(
        polnear_cases(corpus, predictions_of(FIRST_ONLY)),
        polnear_cases(corpus, predictions_of(SECOND_ONLY)),
    )


def test_what_was_gained_and_lost() -> None:
    lost, gained = comparison().changes
    assert (lost.way, lost.article, lost.manner) == ("lost", "a", Manner.INDIRECT)
    assert lost.words == ("Ms Chen", "said", "the dam will hold")
    assert lost.sentence == "[source Ms Chen] [cue said] [content the dam will hold]."
    assert lost.before == ("Ms Chen", "said", "the dam will hold")
    assert lost.after == ("", "said", "the dam")
    assert (gained.way, gained.manner) == ("gained", Manner.DIRECT)
    assert gained.sentence == "“[content It leaks],” [source Ben Ode] [cue warned]."
    assert gained.before is None, "nothing that the first run found is near it"


def test_counts() -> None:
    found = comparison()
    assert (found.n_gold, found.n_found) == (2, (1, 1))
    assert found.by_manner() == {
        "direct": {"gained": 1, "lost": 0},
        "indirect": {"gained": 0, "lost": 1},
    }
    assert found.by_act() == {"unknown": {"gained": 1, "lost": 1}}


def test_spurious_statements_that_are_new_or_gone() -> None:
    found = comparison()
    assert found.n_spurious == (1, 1)
    assert found.spurious == (("a", "Ms Chen [cue said] [content the dam] will hold."),)
    assert found.no_longer == (("a", "[source All] [cue left] [content at noon]."),)


def test_a_run_against_itself_changes_nothing() -> None:
    cases = polnear_cases(corpus_of(GOLD), predictions_of(FIRST_ONLY))
    found = compare(cases, cases)
    assert (found.changes, found.spurious, found.no_longer) == ((), (), ())


def test_the_other_way_round_gained_is_lost() -> None:
    corpus = corpus_of(GOLD)
    found = compare(
        polnear_cases(corpus, predictions_of(SECOND_ONLY)),
        polnear_cases(corpus, predictions_of(FIRST_ONLY)),
    )
    turned = {"gained": "lost", "lost": "gained"}
    assert [(c.way, c.words) for c in found.changes] == [
        (turned[c.way], c.words) for c in comparison().changes
    ]


def test_acts_are_those_of_gold_or_else_of_what_was_found() -> None:
    reading = predicted_reading(GOLD, {2: {"act": Act.WARN}}, url="a")
    nothing = Predictions(system="x")
    found = Predictions(system="x", readings={"a": reading})
    corpus = corpus_of(GOLD)
    on_spans = compare(polnear_cases(corpus, nothing), polnear_cases(corpus, found))
    assert on_spans.by_act() == {
        "assert": {"gained": 1, "lost": 0},
        "warn": {"gained": 1, "lost": 0},
    }
    facts = {1: {"act": Act.PROMISE}, 2: {"act": Act.ADMIT}}
    gold = GoldCorpus(name="gold/dev", digest="", records=(gold_record(GOLD, facts, url="a"),))
    on_records = compare(gold_cases(gold, found), gold_cases(gold, nothing))
    assert on_records.by_act() == {
        "admit": {"gained": 0, "lost": 1},
        "promise": {"gained": 0, "lost": 1},
    }


def test_runs_over_other_articles_are_no_comparison() -> None:
    one = polnear_cases(corpus_of(GOLD), predictions_of(GOLD))
    two = polnear_cases(corpus_of(GOLD, GOLD), predictions_of(GOLD))
    with pytest.raises(PredictionError, match="other articles"):
        compare(one, two)


def test_the_listing_shows_every_case_and_the_counts() -> None:
    text = to_text(comparison())
    assert "lost   a  indirect unknown" in text
    assert "       [source Ms Chen] [cue said] [content the dam will hold]." in text
    assert "       after:  - | said | the dam" in text
    assert "       before: nothing" in text
    assert "direct             1       0" in text
    assert "found 1 then 1 of 2: 1 gained, 1 lost" in text
    assert "spurious 1 then 1: 1 new, 1 no longer there" in text


def test_json_says_the_same() -> None:
    found = json.loads(json.dumps(to_json(comparison())))
    assert [change["way"] for change in found["changes"]] == ["lost", "gained"]
    assert found["changes"][0]["content"] == "the dam will hold"
    assert found["by_manner"]["direct"] == {"gained": 1, "lost": 0}
    assert len(found["spurious"]) == len(found["no_longer_spurious"]) == 1


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        pytest.param(
            "So. “[content Rain],” [source he] [cue said]. “It rained. [content Hard].” So.",
            "“[content Rain],” [source he] [cue said]. … [content Hard].”",
            id="sentences between are left out",
        ),
        pytest.param(
            "[source He] [cue said]:\n[content It rained. It poured]. So.",
            "[source He] [cue said]: [content It rained.] [content It poured].",
            id="a content of two sentences",
        ),
    ],
)
def test_sentences_with_roles_marked(marked, shown) -> None:
    line = parse_marked(marked)
    text = TokenizedText(line.text)
    assert marked_sentences(text, text.roles(line.statements[0])) == shown
