import pytest

from evaluation.corpora import GoldCorpus
from evaluation.entity_texts import Form
from evaluation.predictions import Predictions
from evaluation.report import gold_report
from evaluation.speakers import (
    Verdict,
    form_of,
    speaker_cases,
    speakers_report,
    to_lines,
)
from tests.evaluation.marked_texts import gold_record, predicted_reading

MARKED = (
    "[source:1 Ada Vale] [cue:1 said] [content:1 the dam holds]. "
    "[source:2 She] [cue:2 denied] [content:2 that it leaks]. "
    "[source:3 Officials] [cue:3 warned] [content:3 it may]. "
    "[source:4 Sources] [cue:4 say] [content:4 it will]."
)
GOLD = gold_record(
    MARKED,
    {1: {"speaker": "Ada Vale"}, 2: {"speaker": "Ada Vale"}, 3: {"speaker": "officials"}},
)
READING = predicted_reading(
    MARKED,
    {1: {"speaker": "e1"}, 2: {"speaker": "e2"}, 4: {"speaker": "e2"}},
    entities={"e1": ("Ada Vale",), "e2": ("Officials",)},
)
CORPUS = GoldCorpus(name="gold/x", digest="d", records=(GOLD,))


def test_cases_are_right_wrong_or_unknown() -> None:
    cases = speaker_cases(GOLD, READING)
    assert [(case.source, case.form, case.verdict) for case in cases] == [
        ("Ada Vale", Form.NAME, Verdict.RIGHT),
        ("She", Form.PRONOUN, Verdict.WRONG),
        ("Officials", Form.NAME, Verdict.UNKNOWN),
        ("Sources", Form.NAME, Verdict.WRONG),
    ]
    assert speaker_cases(GOLD, None) == []
    assert to_lines(cases).split("\n")[0] == "wrong\tone\tShe\tAda Vale\tOfficials"
    assert to_lines(cases).count("\n") == 2


def test_shares_are_those_of_whole_records() -> None:
    predictions = Predictions(system="by hand", readings={"one": READING})
    found = speakers_report(CORPUS, predictions, n_rounds=3)
    whole = gold_report(CORPUS, predictions).scores
    scores = {metric: score.value for metric, score in found.scores.items()}
    assert scores["speakers/right"] == whole["statements/speaker"].value == pytest.approx(1 / 3)
    assert scores["speakers/unknown"] == whole["statements/speaker_unknown"].value
    assert scores["speakers/wrong"] == pytest.approx(1 / 3)
    assert scores["speakers/right/pronoun"] == 0
    assert scores["speakers/invented"] == 1
    assert whole["statements/speaker_null"].value == 0
    assert found.intervals["speakers/right"].low == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("she", Form.PRONOUN),
        ("They", Form.PRONOUN),
        ("the two officials", Form.NOMINAL),
        ("The two officials", Form.NOMINAL),
        ("the US envoy", Form.NAME),
        ("Vale", Form.NAME),
        ("", None),
    ],
)
def test_forms_of_sources(words, form) -> None:
    assert form_of(words) is form
