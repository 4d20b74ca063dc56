import pytest

from evaluation.event_corpora import CodedText, GoldActor, GoldEvent
from evaluation.event_scores import (
    Party,
    coded_tally,
    label_scores,
    label_tally,
    same_code,
    same_place,
    same_words,
)
from evaluation.scores import Counts, Share, Tally
from onrecord.records import EventType, Factuality
from tests.evaluation.event_readings import event_reading

TEXT = "Arland envoys blamed Norland and helped Weston."
ENTITIES = {"a": ("Arland envoys",), "n": ("Norland",), "w": ("Weston",)}
BLAME = ("ACCUSE", "blamed", ["a"], ["n"])
HELP = ("AID", "helped", ["a"], ["w"])


def actor(words: str, text: str = TEXT, code: str = "") -> GoldActor:
    start = text.index(words)
    return GoldActor(words=words, spans=((start, start + len(words)),), code=code)


def gold(*events: tuple[str | None, list[str], list[str]], text: str = TEXT) -> CodedText:
    rows = tuple(
        GoldEvent(
            id=str(number),
            label="",
            types=None if types is None else tuple(EventType(own) for own in types.split()),
            actors=tuple(actor(own, text) for own in actors),
            recipients=tuple(actor(own, text) for own in recipients),
        )
        for number, (types, actors, recipients) in enumerate(events)
    )
    return CodedText(id="one", text=text, published=None, events=rows)


def tally(own: CodedText, *events, **more) -> Tally:
    return coded_tally(own, event_reading(TEXT, ENTITIES, *events), {"w": same_place}, **more)


def test_type_actor_and_recipient() -> None:
    own = gold(("ACCUSE", ["Arland"], ["Norland"]), ("AID", ["Norland"], ["Weston"]))
    found = tally(own, BLAME, HELP)
    assert found["type"] == Counts(2, 2, 2, 2)
    assert found["w/type+actor"] == Counts(1, 2, 1, 2)
    assert found["w/type+actor+recipient"] == Counts(1, 2, 1, 2)
    assert found["w/actor+recipient"] == Counts(1, 2, 1, 2)
    assert "nothing" not in found


def test_a_wrong_type_leaves_the_pair_right() -> None:
    found = tally(gold(("REJECT", ["Arland"], ["Norland"])), BLAME)
    assert found["type"] == Counts(0, 1, 0, 1)
    assert found["type/ACCUSE"] == Counts(0, 1, 0, 0)
    assert found["type/REJECT"] == Counts(0, 0, 0, 1)
    assert found["w/actor+recipient"] == Counts(1, 1, 1, 1)


def test_any_of_several_types_is_right() -> None:
    found = tally(gold(("AGREE ACCUSE", ["Arland"], ["Norland"])), BLAME)
    assert found["w/type+actor+recipient"] == Counts(1, 1, 1, 1)
    assert found["type/ACCUSE"] == Counts(1, 1, 1, 1)


def test_nobody_is_not_somebody() -> None:
    found = tally(gold(("ACCUSE", ["Arland"], [])), BLAME)
    assert found["w/type+actor"] == Counts(1, 1, 1, 1)
    assert found["w/type+actor+recipient"] == Counts(0, 1, 0, 1)


def test_several_actors_are_several_units() -> None:
    own = gold(("CONSULT", ["Arland"], ["Norland"]), ("CONSULT", ["Norland"], ["Arland"]))
    found = tally(own, ("CONSULT", "blamed", ["a", "n"], []))
    assert found["w/type+actor+recipient"] == Counts(2, 2, 2, 2)
    found = tally(own, ("REJECT", "blamed", ["a", "n"], []))
    assert found["w/actor+recipient"] == Counts(0, 2, 0, 2)


def test_the_same_said_twice_counts_once() -> None:
    own = gold(("ACCUSE", ["Arland"], ["Norland"]), ("ACCUSE", ["Arland"], ["Norland"]))
    assert tally(own, BLAME, BLAME)["w/type+actor"] == Counts(1, 1, 1, 1)


def test_unknown_types_count_for_pairs_only() -> None:
    found = tally(gold((None, ["Arland"], ["Norland"])), BLAME)
    assert list(found) == ["w/actor+recipient"]
    assert found["w/actor+recipient"] == Counts(1, 1, 1, 1)


def test_where_nothing_is_coded_what_is_found_is_wrong() -> None:
    found = tally(gold(("", ["Arland"], [])), BLAME)  # a type that PLOVER leaves out
    assert found["type"] == Counts(0, 1, 0, 0)
    assert found["nothing"] == Share(0, 1)
    assert tally(gold())["nothing"] == Share(1, 1)


def test_readings_without_events_or_none_at_all() -> None:
    own = gold(("ACCUSE", ["Arland"], ["Norland"]))
    unread = event_reading(TEXT, ENTITIES).replace(events=None)
    for reading in (None, unread):
        found = coded_tally(own, reading, {"w": same_place})
        assert found["w/type+actor"] == Counts(0, 0, 0, 1)


def test_only_what_is_actual() -> None:
    own = gold(("ACCUSE", ["Arland"], ["Norland"]))
    reading = event_reading(TEXT, ENTITIES, BLAME, factuality=Factuality.PLANNED)
    assert coded_tally(own, reading, {"w": same_place})["type"] == Counts(1, 1, 1, 1)
    found = coded_tally(own, reading, {"w": same_place}, only_actual=True)
    assert found["type"] == Counts(0, 0, 0, 1)


def party(*texts: str, code: str | None = None) -> Party:
    return Party(id="x", mentions=(), texts=texts, code=code)


@pytest.mark.parametrize(
    ("words", "text", "is_same"),
    [
        ("Arland", "the Arland army", True),
        ("Arland", "leaders of Arland", True),
        ("the Arland army", "Arland", True),
        ("Arland", "Arland", True),
        ("Arland soldiers", "the soldiers", True),
        ("Arland soldiers", "a soldier", True),
        ("Arland soldiers", "Arland settlers", False),
        ("the mayor of Oldport", "Mayor", True),
        ("the mayor of Oldport", "Oldport", False),
        ("Arland's king", "King Otto", True),
        ("the king of Arland", "the state of Arland", False),
        ("Arland's King Otto", "Otto", True),
        ("", "Arland", False),
        ("the", "Arland", False),
    ],
)
def test_words_of_actors(words: str, text: str, is_same: bool) -> None:
    assert same_words(GoldActor(words=words), party(text)) is is_same


def test_codes_of_actors() -> None:
    assert same_code(GoldActor(words="x", code="KEN"), party(code="KEN"))
    assert not same_code(GoldActor(words="x", code="KEN"), party(code="GHA"))
    assert not same_code(GoldActor(words="x"), party())


def test_codes_of_readings_are_countries() -> None:
    own = CodedText(
        id="one",
        text=TEXT,
        published=None,
        events=(
            GoldEvent(
                id="0",
                label="",
                types=(EventType.ACCUSE,),
                actors=(GoldActor(words="x", code="KEN"),),
                recipients=(),
            ),
        ),
    )
    reading = event_reading(TEXT, ENTITIES, BLAME, codes={"a": "KEN.GOV"})
    assert coded_tally(own, reading, {"c": same_code})["c/type+actor"] == Counts(1, 1, 1, 1)


def test_labels() -> None:
    gold_labels, said = ["A", "A", "B", "C"], ["A", "B", "B", "B"]
    scores = label_scores(label_tally(gold_labels, said))
    assert scores["accuracy"].value == 0.5
    assert scores["label/A"].value == pytest.approx(2 / 3)
    assert scores["label/B"].value == pytest.approx(1 / 2)
    assert scores["label/C"].value == 0
    assert scores["macro-f1"].value == pytest.approx((2 / 3 + 1 / 2) / 3)
    assert scores["macro-f1"].n == 4


def test_labels_that_are_never_gold_do_not_count_in_the_mean() -> None:
    scores = label_scores(label_tally(["A", "A"], ["A", "Z"], weight=0.5))
    assert scores["macro-f1"].value == pytest.approx(2 / 3)
    assert scores["macro-f1"].n == 1
