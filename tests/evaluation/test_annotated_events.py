"""Events of whole articles against annotated ones."""

from evaluation.annotated_events import annotated_report, annotators_report
from evaluation.event_articles import AnnotatedText
from evaluation.predictions import Predictions
from tests.evaluation.event_readings import event_reading

TEXT = "Police in Tarn arrested two men. Ana Velt condemned the raid and the men fled."


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def event(words: str, kind: str, actor: str, *, core: bool = True) -> dict[str, object]:
    return {
        "trigger": span(words),
        "type": kind,
        "actors": [{"span": span(actor)}],
        "recipients": [],
        "factuality": "actual",
        "asserter": None,
        "core": core,
    }


def test_what_is_right_and_what_costs_nothing() -> None:
    gold = (
        event("arrested", "COERCE", "Police"),
        event("condemned", "ACCUSE", "Ana Velt"),
        event("raid", "COERCE", "Police", core=False),
    )
    reading = event_reading(
        TEXT,
        {"p": ("Police",), "v": ("Ana Velt",)},
        ("COERCE", "arrested", ["p"], []),
        ("REJECT", "condemned", ["v"], []),
        ("COERCE", "raid", ["v"], []),
        ("RETREAT", "fled", [], []),
        url="a1",
    )
    found = annotated_report(
        {"a1": AnnotatedText("a1", TEXT, None, gold)},
        Predictions(system="s", readings={"a1": reading}),
    )
    scores = {name: (score.precision, score.recall) for name, score in found.scores.items()}
    assert scores["trigger"] == (3 / 4, 1)
    assert scores["trigger+type"] == (2 / 4, 2 / 3)
    assert scores["trigger+type/core"] == (1 / 3, 1 / 2)
    assert scores["actors"] == (1 / 2, 1 / 2)
    assert found.scores["factuality"].value == found.scores["asserter"].value == 1


def test_an_article_that_was_not_read_is_missed() -> None:
    gold = (event("arrested", "COERCE", "Police"),)
    articles = {"a1": AnnotatedText("a1", TEXT, None, gold)}
    found = annotated_report(articles, Predictions(system="s"))
    assert found.scores["trigger"].recall == 0
    assert found.scores["actors"].value is None


def test_annotators_agree_where_they_mark_the_same_words() -> None:
    first = (
        event("arrested", "COERCE", "Police"),
        event("condemned", "ACCUSE", "Ana Velt"),
        event("raid", "COERCE", "Police", core=False),
    )
    second = (
        event("arrested", "COERCE", "Police"),
        {**event("condemned", "ACCUSE", "Ana Velt"), "factuality": "possible"},
        event("raid", "ASSAULT", "Police"),
        event("fled", "RETREAT", "the men"),
    )
    found = annotators_report(
        {"a1": AnnotatedText("a1", TEXT, None, first), "a2": AnnotatedText("a2", TEXT, None, ())},
        {"a1": AnnotatedText("a1", TEXT, None, second)},
    )
    scores = {name: (score.precision, score.recall) for name, score in found.scores.items()}
    assert found.n_articles == 1
    assert scores["trigger"] == (3 / 4, 1)
    assert scores["trigger+type"] == (2 / 4, 2 / 3)
    assert scores["trigger+type/core"] == (2 / 4, 1)
    assert found.scores["factuality"].value == 1 / 2
    assert found.scores["outlet or speaker"].value == 1
