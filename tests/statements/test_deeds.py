"""Plain deeds and feelings are no statements; what is quoted or told in a clause is one."""

import pytest

from onrecord.statements.deeds import reports_nothing

BEFORE, BEHIND = False, True


@pytest.mark.parametrize(
    ("cue", "content", "has_source", "is_behind"),
    [
        ("imposed", "an embargo on the islands", True, BEFORE),
        ("has since expelled", "two envoys", True, BEFORE),
        ("foiled a plan", "to kidnap the ambassador", True, BEFORE),
        ("recalled", "its ambassador", True, BEFORE),
        ("called off", "their strike", True, BEFORE),
        ("signed", "an accord on the border", True, BEFORE),
        ("later arrested", "a former miner", True, BEFORE),
        ("shocked", "The arrest of the poet", True, BEHIND),
        ("were published", "The sanctions on the line", False, BEHIND),
        ("was ignored", "A demand by the union", False, BEHIND),
    ],
)
def test_deeds_and_feelings(cue: str, content: str, *, has_source: bool, is_behind: bool) -> None:
    assert reports_nothing(cue, content, has_source=has_source, is_behind=is_behind)


@pytest.mark.parametrize(
    ("cue", "content", "has_source", "is_behind"),
    [
        ("said", "an embargo would follow", True, BEFORE),
        ("recalled", "that they had met", True, BEFORE),
        ("recalled", "the winter of 1962", True, BEFORE),
        ("imposed", "what he called “a ban”", True, BEFORE),
        ("shocked", "the news", True, BEFORE),
        ("was announced", "The arrest of the poet", False, BEHIND),
        ("was rated", "The speech as mostly true", False, BEHIND),
        ("sentenced him, saying", "he had lied", True, BEFORE),
        (":", "Rebels shelled the mill", True, BEFORE),
    ],
)
def test_words(cue: str, content: str, *, has_source: bool, is_behind: bool) -> None:
    assert not reports_nothing(cue, content, has_source=has_source, is_behind=is_behind)


def test_who_feels_stands_behind() -> None:
    assert not reports_nothing(
        "worries", "The plan will fail", has_source=True, is_behind=True, is_object=False
    )
