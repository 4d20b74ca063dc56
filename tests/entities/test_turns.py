"""Who speaks in a transcript."""

import pytest

from onrecord.entities.stages import EntityFinder
from onrecord.records import Reading, make_document
from tests.entities.made_mentions import chain_scorer, entities, made_reading, read, speakers


def turn(number: int, label: str, words: str) -> str:
    """A turn, with quotation marks, so that its manner is direct."""
    return f"[source:{number} {label}][cue:{number} :] [content:{number} “{words}”]\n"


def talk(intro: str, *turns: tuple[str, str]) -> str:
    """An introduction and turns, each a label and its words."""
    return f"{intro}\n" + "".join(turn(n, *own) for n, own in enumerate(turns, 1))


INTRO = "[organization!:8 Orvik Post] met [person!:1 Ann Vale] in [place! Orvik]."


def by_outlet(marked: str, outlet: str) -> Reading:
    given = made_reading(marked)
    document = make_document(text=given.document.text, outlet=outlet)
    return EntityFinder(chain_scorer())([given.replace(document=document)])[0]


@pytest.mark.parametrize(
    "label", ["[person!:5 Vale]", "Vale", "VALE", "AV", "Ann", "Ms [person!:5 Vale]", "Ann Vale"]
)
def test_labels_name_whom_the_text_names(label: str) -> None:
    marked = talk(INTRO, ("OP", "Why?"), (label, "No."), ("OP", "Who?"), (label, "Tom."))
    assert speakers(read(marked)) == ["Orvik Post", "Ann Vale"] * 2


def test_labels_are_mentions() -> None:
    marked = talk(INTRO, ("OP", "Why?"), ("AV", "No."), ("OP", "Who?"), ("AV", "Tom."))
    reading = read(marked)
    assert entities(reading)["Ann Vale"] == ["Ann Vale", "AV", "AV"]
    assert entities(reading)["Orvik Post"] == ["Orvik Post", "OP", "OP"]


def test_labels_that_the_text_does_not_name_have_an_entity_of_their_own() -> None:
    marked = talk(INTRO, ("Host", "Why?"), ("Lind", "No."), ("Host", "Who?"), ("Lind", "Tom."))
    assert speakers(read(marked)) == ["Host", "Lind"] * 2
    marked = marked.replace("Lind]", "[person! Lind]]")
    reading = read(marked)
    assert speakers(reading) == ["Host", "Lind"] * 2
    assert entities(reading)["Lind"] == ["Lind", "Lind"]


def test_questions_are_the_outlets_and_answers_those_of_the_one_who_is_introduced() -> None:
    turns = [("Q", "Why?"), ("A", "No."), ("Q", "Who?"), ("A", "Tom.")]
    assert speakers(by_outlet(talk(INTRO, *turns), "The Orvik Post")) == [
        *["Orvik Post", "Ann Vale"] * 2
    ]
    assert speakers(read(talk(INTRO, *turns))) == [None, "Ann Vale"] * 2
    two = INTRO.replace("in [", "and [person! Tom Lind] in [")
    assert speakers(read(talk(two, *turns))) == [None, None] * 2


def test_first_persons_are_the_speaker() -> None:
    """Not where the speaker gives the words of another."""
    marked = talk(
        INTRO,
        ("OP", "Did [person:7 you] fall?"),
        ("Vale", "[person:7 I] fell. [person:6 We] fell."),
        ("OP", "What did [person:2 he] say?"),
        ("Vale", "[person:3 [person:7 My] doctor] [cue:9 said] [content:9 ‘[person:3 I] know’]."),
    )
    found = entities(read(marked))
    assert found["Ann Vale"] == ["Ann Vale", "Vale", "I", "We", "Vale", "My"]


def test_a_few_headlines_with_colons_are_no_transcript() -> None:
    marked = talk(INTRO, ("Q", "Why?"), ("A", "No."))
    assert speakers(read(marked)) != [None, "Ann Vale"]
