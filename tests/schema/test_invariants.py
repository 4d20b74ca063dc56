"""What holds in every reading, and that what does not hold is found."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from onrecord.records import (
    Act,
    Entity,
    Kind,
    Link,
    Manner,
    Mention,
    MentionForm,
    Polarity,
    Problem,
    Reading,
    Span,
    Statement,
    make_document,
    make_run,
)
from onrecord.schema import find_violations
from tests.records.generated import few, readings

_TEXT = "The mayor said that the guard had told her that the gate was open."
_RUN = make_run(software="1", model="m", model_digest="d", settings={})
_DOCUMENT = make_document(text=_TEXT)
_OUTSIDE = {"document": _DOCUMENT.id, "run": _RUN.id}


def _statement(row_id: str, **changes: Any) -> Statement:
    values = {
        "id": row_id,
        "source": (Span(0, 9),),
        "cue": (Span(10, 14),),
        "content": (Span(15, 65),),
        "speaker": "e",
        "act": Act.ASSERT,
        "polarity": Polarity.AFFIRM,
        "manner": Manner.INDIRECT,
        "addressee": None,
        "medium": None,
        "parent": None,
        "depth": 0,
        "time": None,
        "probability": 0.5,
    }
    return Statement(**_OUTSIDE, **values | changes)


def _reading() -> Reading:
    mention = Mention(
        id="m", span=Span(0, 9), kind=Kind.PERSON, form=MentionForm.NAME, entity="e", **_OUTSIDE
    )
    entity = Entity(
        id="e",
        name="the mayor",
        kind=Kind.PERSON,
        actor=None,
        country=None,
        place=None,
        mentions=("m",),
        **_OUTSIDE,
    )
    inner = _statement("t", source=(Span(20, 29),), cue=(Span(30, 38),), parent="s", depth=1)
    return Reading(
        document=_DOCUMENT,
        run=_RUN,
        mentions=(mention,),
        entities=(entity,),
        statements=(_statement("s"), inner),
    )


def _with(section: str, number: int = 0, **changes: Any) -> Callable[[Reading], Reading]:
    def change(reading: Reading) -> Reading:
        rows = list(getattr(reading, section))
        rows[number] = dataclasses.replace(rows[number], **changes)
        return reading.replace(**{section: tuple(rows)})

    return change


def test_nothing_is_wrong_with_a_sound_reading() -> None:
    assert find_violations(_reading()) == []


@few
@given(readings())
def test_nothing_is_wrong_with_any_generated_reading(reading: Reading) -> None:
    assert find_violations(reading) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_with("statements", document="other"), "statements[0].document: 'other' is the id of no"),
        (_with("statements", run="other"), "statements[0].run: 'other' is the id of no run"),
        (_with("statements", speaker="x"), "statements[0].speaker: 'x' is the id of no entity"),
        (_with("statements", parent="x"), "statements[0].parent: 'x' is the id of no statement"),
        (_with("statements", time="x"), "statements[0].time: 'x' is the id of no time"),
        (_with("statements", cue=(Span(60, 67),)), "statements[0].cue: [60, 67) ends after"),
        (
            _with("statements", content=(Span(5, 9), Span(0, 3))),
            "statements[0].content: its spans overlap or are not in text order",
        ),
        (
            _with("statements", content=(Span(5, 9), Span(8, 12))),
            "statements[0].content: its spans overlap",
        ),
        (_with("statements", source=(), cue=(), content=()), "statements[0]: no words stand"),
        (_with("statements", probability=1.5), "statements[0].probability: 1.5 is no probability"),
        (_with("statements", probability=float("nan")), "statements[0].probability: nan is no"),
        (_with("statements", depth=1), "statements[0].depth: it is 1, its parent gives 0"),
        (_with("statements", 1, depth=3), "statements[1].depth: it is 3, its parent gives 1"),
        (_with("statements", 1, id="s"), "statements: two rows have the same id"),
        (_with("mentions", span=Span(0, 99)), "mentions[0].span: [0, 99) ends after the text"),
        (_with("entities", mentions=()), "entities[0]: no words stand behind it"),
        (_with("entities", mentions=("x",)), "entities[0].mentions: 'x' is the id of no mention"),
        (_with("entities", id="f"), "mentions[0].entity: 'e' is the id of no entity"),
        (lambda r: r.replace(mentions=None), "entities[0].mentions: 'm' is the id of no mention"),
        (
            lambda r: r.replace(document=dataclasses.replace(r.document, text=_TEXT + "!")),
            "document.sha256: it is not that of the text",
        ),
        (
            lambda r: r.replace(problems=(Problem(stage="S", what="odd", span=Span(0, 99)),)),
            "problems[0].span: [0, 99) ends after the text",
        ),
        (
            lambda r: r.replace(
                document=dataclasses.replace(
                    r.document, links=(Link(text="a", url=None, span=Span(66, 67)),)
                )
            ),
            "document.links[0].span: [66, 67) ends after the text",
        ),
    ],
)
def test_what_is_wrong_is_found(change: Callable[[Reading], Reading], found: str) -> None:
    violations = find_violations(change(_reading()))
    assert any(violation.startswith(found) for violation in violations), violations


def test_a_circle_of_parents_is_found() -> None:
    circle = _with("statements", parent="t")(_reading())
    assert any("depth" in violation for violation in find_violations(circle))


def test_a_mention_belongs_to_the_entity_that_lists_it() -> None:
    reading = _reading()
    assert reading.entities is not None
    other = dataclasses.replace(reading.entities[0], id="f")
    found = find_violations(reading.replace(entities=(*reading.entities, other)))
    assert found == ["entities[1].mentions: 'm' names another entity"]
