"""Turns of interviews and hearings, and texts that are none."""

import itertools
import time

import pytest

from onrecord.records import Span, Spans, covers, joined_text
from onrecord.statements.drafts import make_drafts
from onrecord.statements.turns import Turn, find_turns, inside_turns
from tests.statements.made import candidates_of
from tests.statements.made_transcripts import NO_TRANSCRIPTS, TRANSCRIPTS

TALK = "Ann Vale met Tom Lind.\n{}\nLind: Why?\nVale: I was ill.\nLind: I see.\n"


def sources(text: str) -> list[str]:
    return [turn.source.text_in(text) for turn in find_turns(text)]


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_turns_hold_what_stands_behind_labels(name: str) -> None:
    text, _ = TRANSCRIPTS[name]
    turns = find_turns(text)
    assert len(turns) >= 4
    for turn, following in itertools.pairwise(turns):
        assert turn.whole.end <= following.whole.start
    for turn in turns:
        assert turn.source.end <= turn.cue.start < turn.content[0].start
        assert turn.cue.text_in(text) in {":", "—", "))"}
        assert turn.is_question == joined_text(turn.content, text).endswith("?")


@pytest.mark.parametrize("name", NO_TRANSCRIPTS)
def test_texts_that_are_none(name: str) -> None:
    assert find_turns(NO_TRANSCRIPTS[name]) == []


def test_labels() -> None:
    def labels(name: str) -> list[str]:
        return sources(TRANSCRIPTS[name][0])

    assert labels("questions and answers") == ["Q", "A"] * 3
    assert labels("capitals") == ["CHAIR", "VELT", "LIND", "VELT", "LIND", "CHAIR"]
    assert labels("brackets") == ["Ardal Post", "Ilse Brandt", "AP", "IB", "AP", "IB"]
    assert labels("dashes") == ["Lena Oster", "Joran Hald", "Oster", "Hald"]
    assert labels("within an article") == ["Petra Sund", *["Interviewer", "Sund"] * 2]
    assert labels("question") == ["Question", "Answer"] * 2


def test_paragraphs_without_label_go_on() -> None:
    text, _ = TRANSCRIPTS["hearing"]
    marsk = find_turns(text)[1]
    words = [span.text_in(text) for span in marsk.content]
    # Laughter is nobody's statement.
    assert [w.split()[0] for w in words] == ["In", "Nobody"]


@pytest.mark.parametrize("name", ["questions and answers", "within an article", "hearing"])
def test_the_article_goes_on_behind_the_last_turn(name: str) -> None:
    text, _ = TRANSCRIPTS[name]
    assert len(find_turns(text)[-1].content) == 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Vale: I fell.\nI was ill.", "I fell. | I was ill."),
        # A heading, and words that stand out.
        ("Vale: I fell.\nThe second day\nIt rained.", "I fell."),
        ("Vale: I fell.\n“I was ill” — Ann Vale\nIt hurt.", "I fell. | It hurt."),
        ("Vale: I fell.\n• On Monday\n• On Friday.", "I fell. | • On Monday | • On Friday."),
        # A label in a line of its own.
        ("Vale:\nI fell.", "I fell."),
        # Two lines of one label: the question between them has lost its own.
        ("Vale: I fell.\nHow did it happen?\nVale: I slipped.", "I fell."),
        # Words before a colon that are no label.
        (
            "Vale: I saw two things.\nShort term: I saw ice.",
            "I saw two things. | Short term: I saw ice.",
        ),
    ],
)
def test_where_a_turn_ends(lines: str, expected: str) -> None:
    text = TALK.format(lines)
    own = find_turns(text)[0]
    assert " | ".join(span.text_in(text) for span in own.content) == expected


def test_a_headline_with_a_name_is_no_turn() -> None:
    text = TALK.format("Vale: I fell.")
    for headline in ("Mayor Vale: The fall was bad", "Mayor Vale: “The fall was bad.”"):
        assert sources(f"{headline}\n\n{text}") == ["Vale", "Lind", "Vale", "Lind"]
    text = TALK.format("Mayor Vale: The fall was bad\nVale: I fell.")
    assert sources(text) == ["Vale", "Lind", "Vale", "Lind"]


def test_others_speak_once() -> None:
    text = TALK.format("MARLOW: Go on.\nHost: Go on, please.\nVale: I fell.")
    assert sources(text)[:2] == ["Host", "Vale"]
    assert sources(text.upper().replace("ANN VALE MET TOM LIND", "Ann Vale met Tom Lind"))[:3] == [
        "MARLOW",
        "HOST",
        "VALE",
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\n", "\u2028"])
def test_lines_end_as_they_may(line_end: str) -> None:
    text = TALK.format("Vale: I fell.").replace("\n", line_end)
    assert sources(text) == ["Vale", "Lind", "Vale", "Lind"]


def spans(text: str, *words: str) -> Spans:
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words)


TEXT = "Ann Vale said: no.\nLind: I told her that it rains.\nIt pours."
TURN = Turn(*spans(TEXT, "Lind", ":"), spans(TEXT, "I told her that it rains.", "It pours."), False)


@pytest.mark.parametrize(
    ("source", "cue", "content", "expected"),
    [
        (("Ann Vale",), ("said",), ("no",), "Ann Vale / said / no"),
        # From outside into the turn.
        (("Ann Vale",), ("said",), ("no.\nLind",), None),
        (("Ann Vale",), ("said",), ("no", "It pours"), "Ann Vale / said / no"),
        # Inside of it.
        (("I",), ("told",), ("that it rains",), "I / told / that it rains"),
        (("Lind",), ("told",), ("that it rains",), " / told / that it rains"),
        (("I",), ("told",), ("that it rains.\nIt pours",), "I / told / that it rains. It pours"),
        # Across its edge.
        (("Lind",), ("told",), ("no", "that it rains"), None),
        (("I",), ("Lind",), ("it rains",), None),
        (("Lind",), ("said",), ("no",), None),
    ],
)
def test_statements_beside_turns(
    source: tuple[str, ...], cue: tuple[str, ...], content: tuple[str, ...], expected: str | None
) -> None:
    start = TEXT.index("Lind: I") + 4
    turn = Turn(TURN.source, Span(start, start + 1), TURN.content, is_question=False)
    own = spans(TEXT, *source), spans(TEXT, *cue), spans(TEXT, *content)
    if source == ("I",):
        own = (Span(TURN.content[0].start, TURN.content[0].start + 1),), own[1], own[2]
    (found,) = inside_turns([own], [turn])
    told = None
    if found is not None:
        told = " / ".join(joined_text(role, TEXT).replace(" … ", " ") for role in found)
    assert told == expected


def test_what_was_found_in_a_turn_is_inside_of_it() -> None:
    marked = TALK.format("Vale: My doctor said it was bad.").replace(
        "My doctor said it was bad", "[source My doctor] [cue said] [content it was bad]"
    )
    text, candidates = candidates_of(marked)
    drafts = make_drafts(candidates, text)
    turns = [draft for draft in drafts if draft.turn]
    (inner,) = [draft for draft in drafts if not draft.turn]
    assert len(turns) == 4
    assert inner.depth == 1
    assert inner.parent is not None
    assert covers(drafts[inner.parent].content, inner.content)


@pytest.mark.parametrize(
    "text",
    [
        TALK.format("Vale: I fell.") * 6000,
        "".join(f"Name{n}: I fell.\n" * 2 for n in range(10000)),
        "".join(f"N{n}X: I fell.\n" * 2 + f"Aaa{n}bbb Ccc{n} fell.\n" for n in range(6000)),
        "Vale: I fell.\n" + "I was ill.\n" * 30000 + TALK.format(""),
        "A " * 200000,
        "((" * 100000,
        "Aa. " * 100000 + ":",
    ],
    ids=["long", "many labels", "initials", "one turn", "words", "brackets", "stops"],
)
def test_long_texts_take_bounded_time(text: str) -> None:
    started = time.process_time()
    find_turns(text)
    assert time.process_time() - started < 5.0
