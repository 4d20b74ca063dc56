"""The annotated text that other tests are written in."""

import pytest

from onrecord.records import Span
from tests.marked import MarkError, check, describe, matches, parse_marked, read_marked


def test_roles_are_cut_out_of_the_plain_text() -> None:
    marked = parse_marked("[source Ms Chen] [cue said] [content the dam held].")
    assert marked.text == "Ms Chen said the dam held."
    (statement,) = marked.statements
    assert statement.source == (Span(0, 7),)
    assert statement.cue == (Span(8, 12),)
    assert statement.content == (Span(13, 25),)
    assert (statement.number, statement.parent) == (1, None)


def test_the_same_role_twice_is_one_role_in_two_fragments() -> None:
    marked = parse_marked(
        "“[content The dam will hold],” [source Ms Chen] [cue said], “[content but not for long].”"
    )
    (statement,) = marked.statements
    assert [s.text_in(marked.text) for s in statement.content] == [
        "The dam will hold",
        "but not for long",
    ]


def test_brackets_nest_and_the_inner_statement_knows_its_parent() -> None:
    marked = parse_marked(
        "[source Ms Chen] [cue said] [content [source:2 the mayor] [cue:2 denied] [content:2 it]]."
    )
    assert marked.text == "Ms Chen said the mayor denied it."
    outer, inner = marked.statements
    assert describe(marked.text, outer) == "Ms Chen | said | the mayor denied it"
    assert describe(marked.text, inner) == "the mayor | denied | it"
    assert (outer.parent, inner.parent) == (None, 1)


def test_the_parent_is_the_nearest_content() -> None:
    marked = parse_marked(
        "[source A] [cue said] [content [source:2 B] [cue:2 says] [content:2 [source:3 C] "
        "[cue:3 knew] [content:3 it]]]."
    )
    assert [s.parent for s in marked.statements] == [None, 1, 2]


def test_a_source_inside_a_content_does_not_make_a_parent_of_its_own_statement() -> None:
    marked = parse_marked("[content So [source:2 they] [cue:2 say] [content:2 it]], [cue adds].")
    assert [s.parent for s in marked.statements] == [None, 1]


def test_nobody_may_be_named() -> None:
    marked = parse_marked("[cue Reportedly], [content the dam held].")
    assert marked.statements[0].source == ()
    assert describe(marked.text, marked.statements[0]) == "- | Reportedly | the dam held"


def test_plain_text_has_no_statements() -> None:
    assert parse_marked("The dam held.").statements == ()


def test_escaped_brackets_are_plain_ones() -> None:
    marked = parse_marked(r"[source She] [cue said] [content “\[the dam\] held”] \[sic\].")
    assert marked.text == "She said “[the dam] held” [sic]."
    assert describe(marked.text, marked.statements[0]) == "She | said | “[the dam] held”"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[source She [cue said] [content it]", "not closed"),
        ("She said] it", "nothing to close"),
        ("[speaker She] [cue said] [content it]", "none of"),
        ("[cue said] [source ] [content it]", "nothing in the bracket"),
        ("[source She] [cue said] it", "no content"),
        ("[source She] said [content it]", "no cue"),
        ("[She] said it", "no role"),
        ("[cue:x said] it", "no role"),
    ],
)
def test_a_line_that_is_marked_wrongly_is_refused(line: str, why: str) -> None:
    with pytest.raises(MarkError, match=why):
        parse_marked(line)


@pytest.mark.parametrize(
    "line",
    [
        # One statement, in the plainest form.
        "[source Ms Chen] [cue said] [content the dam held].",
        # Split by its cue.
        "“[content The dam will hold],” [source Ms Chen] [cue said], “[content but not for long].”",
        # A chain.
        "[source Ms Chen] [cue said] [content [source:2 the mayor] [cue:2 denied] [content:2 it]].",
        # Two statements side by side.
        "[source She] [cue said] [content it held], and [source:2 he] [cue:2 said] [content:2 no].",
        # None at all.
        "The bank told apart the real notes and the false ones.",
    ],
)
def test_labels_that_go_in_come_out_as_statements(line: str) -> None:
    check(line)


def test_check_fails_when_a_statement_is_missing() -> None:
    # The cue's words are the content's own: the stage leaves no such statement over.
    marked = parse_marked("[source She] [cue said] [content it held].")
    reading = read_marked(marked)
    other = parse_marked("[source She] said [cue it] [content held].")
    assert matches(other, reading.statements or (), least=0.5) == {}


def test_check_says_what_was_expected_and_found() -> None:
    # A statement marked in its own content cannot come out of the stage.
    with pytest.raises(AssertionError, match=r"(?s)expected:.*She \| said \| said so.*found:"):
        check("[source She] [content [cue said] so].")


def test_matches_take_each_found_statement_once() -> None:
    marked = parse_marked("[source She] [cue said] [content it held].")
    found = read_marked(marked).statements or ()
    doubled = parse_marked(
        "[source [source:2 She]] [cue [cue:2 said]] [content [content:2 it held]]."
    )
    assert list(matches(doubled, found, least=0.5)) == [1]
