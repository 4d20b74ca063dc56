"""Whole sentences as people write them: contractions, polite formulas, answers, delays."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document


def told(reader: Reader, text: str) -> dict[str, str]:
    """How each event of a text is told, by its words."""
    found = reader.read(make_document(text=text, published="2024-05-09")).events or ()
    return {e.trigger.text_in(text): e.factuality.value for e in found}


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The mayor wouldn't back the plan.", "back", "negated"),
        ("The mayor didn’t back the plan.", "back", "negated"),
        ("Police haven't arrested the men.", "arrested", "negated"),
        ("The guild won’t back the plan.", "back", "negated"),
        ("The harbour wasn't shelled.", "shelled", "negated"),
        ("The guild isn't backing the plan.", "backing", "negated"),
        ("She’ll back the plan.", "back", "planned"),
        ("They’re going to attack the harbour.", "attack", "planned"),
        ("I'd support the plan.", "support", "possible"),
        ("They've arrested two ferrymen.", "arrested", "actual"),
        ("The drivers' strike goes on.", "strike", "actual"),
        ("The army has to attack the harbour.", "attack", "possible"),
        ("The Front has to be destroyed.", "destroyed", "possible"),
        ("The army had to attack the harbour.", "attack", "actual"),
        ("I want to praise the officers.", "praise", "actual"),
        ("Let me congratulate the ferrymen on the deal.", "congratulate", "actual"),
        ("The mayor wants to congratulate the ferrymen.", "congratulate", "planned"),
        ("The general did not meet the envoy until Friday.", "meet", "actual"),
        ("The general did not meet the envoy on Friday.", "meet", "negated"),
        ("The army will not leave the town until May.", "leave", "negated"),
        ("The ministry did not respond to requests for comment.", "requests", "actual"),
        ("The mayor will not condemn the attack.", "attack", "actual"),
        ("The mayor denied the attack.", "attack", "negated"),
        ("The mayor would condemn a possible attack.", "attack", "possible"),
        ("The envoy met the minister to discuss the border.", "discuss", "actual"),
        ("The envoy flew to Riga to discuss the border.", "discuss", "planned"),
        ("The envoy will meet the minister to discuss the border.", "discuss", "planned"),
        ("A protest is set to take place in Riga.", "protest", "planned"),
        ("The mayor cannot back the plan.", "back", "negated"),
        ("The army no longer attacks the harbour.", "attacks", "negated"),
        ("There isn't any evidence that the army attacked the harbour.", "attacked", "possible"),
        ("There is evidence that the army attacked the harbour.", "attacked", "actual"),
        ("Did the army shell the harbour?", "shell", "possible"),
        ("Why did the army shell the harbour?", "shell", "actual"),
        ("It's not true that the army shelled the harbour.", "shelled", "negated"),
    ],
)
def test_how_it_is_told(reader: Reader, text: str, trigger: str, expected: str) -> None:
    found = told(reader, text)
    assert found[trigger] == expected, found


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The WHO was investigating the outbreak.", {"WHO"}),
        ("Clerks who attacked the mayor were arrested.", {"Clerks"}),
    ],
)
def test_a_body_that_is_written_as_a_pronoun(reader: Reader, text: str, actors: set[str]) -> None:
    reading = reader.read(make_document(text=text))
    names = {e.id: e.name for e in reading.entities or ()}
    assert {names[a] for e in reading.events or () for a in e.actors} == actors


@pytest.mark.weights
def test_what_stands_behind_a_line_is_the_speaker_s(reader: Reader) -> None:
    text = (
        "The minister for trade, Ana Velt, spoke in Riga today. The harbour was closed.\n\n"
        "Ms Velt said:\n\n"
        "I welcome the treaty that Arland and Orvane signed on Friday. We have supported these "
        "talks for years. I urge both governments to release all prisoners.\n"
    )
    reading = reader.read(make_document(text=text, published="2024-05-09"))
    names = {e.id: e.name for e in reading.entities or ()}
    speaker = {s.id: names.get(s.speaker or "") for s in reading.statements or ()}
    own = {
        e.trigger.text_in(text): e.asserted_by and speaker[e.asserted_by]
        for e in reading.events or ()
        if e.trigger.start > text.index("I welcome")
    }
    assert own
    assert set(own.values()) == {"Ana Velt"}, own


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The firm held talks with the union.", {"The firm", "the union"}),
        ("The company held talks with the ministry.", {"The company", "the ministry"}),
        ("France struck a deal with Germany.", {"France", "Germany"}),
        ("The firm struck a deal with the union.", {"The firm", "the union"}),
        ("The army launched cooperation with Germany.", {"The army", "Germany"}),
    ],
)
def test_both_sides_of_what_is_done_together(reader: Reader, text: str, actors: set[str]) -> None:
    reading = reader.read(make_document(text=text))
    names = {e.id: e.name for e in reading.entities or ()}
    assert [{names[a] for a in e.actors} for e in reading.events or ()] == [actors]


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The navy seized a tanker near the island.", [("COERCE", "The navy", None)]),
        (
            "Three clerks were killed and seven wounded when a drone hit the mill.",
            [("ASSAULT", "", "Three clerks"), ("ASSAULT", "", ""), ("ASSAULT", "", "the mill")],
        ),
        (
            "The mayor accused the police of beating protesters.",
            [("ACCUSE", "The mayor", "the police"), ("ASSAULT", None, "protesters")],
        ),
    ],
)
def test_who_did_what(
    reader: Reader, text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    reading = reader.read(make_document(text=text))
    names = {e.id: e.name for e in reading.entities or ()}
    rows = zip(reading.events or (), expected, strict=True)
    for event, (event_type, actors, recipients) in rows:
        assert event.type.value == event_type
        assert actors in {None, "; ".join(names[a] for a in event.actors)}
        assert recipients in {None, "; ".join(names[r] for r in event.recipients)}
