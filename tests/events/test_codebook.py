"""Types that PLOVER's codebook names outright."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from onrecord.events.codebook import by_codebook
from onrecord.records import EventType


@dataclass
class Made:
    """A happening by its words, its trigger and the words of who does it."""

    words: list[str]
    word: int
    actors: list[int] = field(default_factory=list)
    is_verb: bool = True
    slots: dict[str, list[int]] = field(default_factory=dict)

    @property
    def sentence(self) -> Any:
        return type("Sentence", (), {"tree": type("Tree", (), {"words": self.words})})

    @property
    def trigger(self) -> Any:
        return type("Trigger", (), {"is_verb": self.is_verb})

    @property
    def arguments(self) -> Any:
        return type("Arguments", (), {"get": lambda _, slot: self.slots.get(slot, [])})()


@pytest.mark.parametrize("word", ["charged", "indicted", "prosecuting", "arraigned"])
def test_who_is_charged_is_accused(word: str) -> None:
    found = by_codebook(Made(["two", "porters", "were", word], 3), EventType.COERCE)  # type: ignore[arg-type]
    assert found == (EventType.ACCUSE, "allege")


@pytest.mark.parametrize("word", ["trial", "trials", "indictment", "charges"])
def test_nouns_of_the_law(word: str) -> None:
    made = Made(["the", word], 1, is_verb=False)
    assert by_codebook(made, EventType.COERCE)[0] is EventType.ACCUSE  # type: ignore[arg-type]


def test_other_types_of_such_words_stay() -> None:
    made = Made(["police", "charged", "the", "crowd"], 1)
    assert by_codebook(made, EventType.ASSAULT) == (EventType.ASSAULT, None)  # type: ignore[arg-type]


def test_arrests_stay() -> None:
    made = Made(["police", "arrested", "two"], 1)
    assert by_codebook(made, EventType.COERCE) == (EventType.COERCE, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["carmakers", "bank", "observers", "charity"])
@pytest.mark.parametrize("given", [EventType.RETREAT, EventType.PROTEST])
def test_companies_and_observers_have_no_troops_to_retreat_with(who: str, given: EventType) -> None:
    made = Made([who, "pulled", "out"], 1, [0])
    assert by_codebook(made, given) == (EventType.SANCTION, "withdraw")  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["soldiers", "rebels", "army"])
def test_troops_retreat(who: str) -> None:
    made = Made([who, "pulled", "out"], 1, [0])
    assert by_codebook(made, EventType.RETREAT) == (EventType.RETREAT, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("what", ["accord", "treaty", "bloc", "talks"])
@pytest.mark.parametrize("slot", ["from", "of"])
def test_who_leaves_what_they_joined_does_not_retreat(what: str, slot: str) -> None:
    made = Made(["kestria", "pulled", "out", "of", "the", what], 1, [0], slots={slot: [5]})
    assert by_codebook(made, EventType.RETREAT) == (EventType.SANCTION, "withdraw")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        ("kestria withdrew its troops from the union".split(), {"obj": [3], "from": [6]}),
        ("kestria withdrew from the valley".split(), {"from": [4]}),
        ("rebels released captives under the accord".split(), {"obj": [2]}),
    ],
)
def test_troops_that_leave_a_place_do(words: list[str], slots: dict[str, list[int]]) -> None:
    made = Made(words, 1, [0], slots=slots)
    assert by_codebook(made, EventType.RETREAT) == (EventType.RETREAT, None)  # type: ignore[arg-type]
