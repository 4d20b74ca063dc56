"""Paragraphs without quotation marks behind a line that ends with "said:"."""

import pytest

from onrecord.records import joined_text
from onrecord.statements.drafts import make_drafts
from onrecord.statements.spoken_paragraphs import spoken_paragraphs
from onrecord.syntax.trees import FoundTrees
from tests.events.made_texts import MadeText
from tests.statements.made import candidates_of

SAID = "Anu/NNP/nsubj/2 said/VBD/root/0 :/:/punct/2"
WE = "We/PRP/nsubj/2 wait/VBP/root/0 ././punct/2"
IT = "It/PRP/nsubj/2 rains/VBZ/root/0 ././punct/2"


def made_of(*lines: str) -> MadeText:
    """Sentences, each a paragraph."""
    made = MadeText(*lines)
    made.text = "\n".join(" ".join(token[0] for token in line) for line in made.tokens)
    return made


def trees_of(made: MadeText) -> list[FoundTrees]:
    return [one for one in made.encoded().found if isinstance(one, FoundTrees)]


def told(made: MadeText) -> list[str]:
    """Source, cue and content of what is found, in words."""
    return [
        " | ".join(joined_text(role, made.text) for role in (one.source, one.cue, one.content))
        for one in spoken_paragraphs(made.text, trees_of(made))
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((SAID, IT), ["Anu | said | It rains ."]),
        ((SAID, IT, IT, WE), ["Anu | said | It rains . It rains . We wait ."]),
        # The last "we" ends it, as nothing shows that the speaker goes on.
        ((SAID, WE, IT), ["Anu | said | We wait ."]),
        # Too far behind, and somebody else's word.
        ((SAID, WE, IT, IT, WE), ["Anu | said | We wait . It rains . It rains . We wait ."]),
        ((SAID, WE, IT, IT, IT, WE), ["Anu | said | We wait ."]),
        (
            (SAID, IT, "Orm/NNP/nsubj/2 said/VBD/root/0 “we/PRP/obj/2 ”/''/punct/2 ././punct/2"),
            ["Anu | said | It rains ."],
        ),
        # A heading, and a quotation.
        ((SAID, WE, "Notes/NNS/root/0", WE), ["Anu | said | We wait ."]),
        ((SAID, "“We/PRP/nsubj/2 wait.”/VBP/root/0"), []),
        ((SAID, "Notes/NNS/root/0"), []),
        # Two speakers.
        ((SAID, WE, SAID, IT), ["Anu | said | We wait .", "Anu | said | It rains ."]),
        # No verb that gives words.
        (("Anu/NNP/nsubj/2 paused/VBD/root/0 :/:/punct/2", WE), []),
        (("Hear/VB/root/0 this/DT/obj/1 :/:/punct/1", WE), []),
        ((IT, WE), []),
    ],
)
def test_what_is_said(lines: tuple[str, ...], expected: list[str]) -> None:
    found = told(made_of(*lines))
    assert [line.replace(" … ", " ") for line in found] == expected


def test_a_statement_that_was_found_goes_on() -> None:
    made = made_of(SAID, IT, WE)
    text, candidates = candidates_of("[source Anu] [cue said] :\n[content It rains] .\nWe wait .")
    assert text == made.text
    (own,) = make_drafts(candidates, text, (), trees_of(made))
    assert own.probability == 0.9
    assert joined_text(own.content, text).replace(" … ", " ") == "It rains . We wait ."
    (new,) = make_drafts([], text, (), trees_of(made))
    assert new.content == own.content
