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

    @property
    def sentence(self) -> Any:
        return type("Sentence", (), {"tree": type("Tree", (), {"words": self.words})})

    @property
    def trigger(self) -> Any:
        return type("Trigger", (), {"is_verb": self.is_verb})

    @property
    def arguments(self) -> Any:
        return type("Arguments", (), {"get": staticmethod(lambda _slot: ())})


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
