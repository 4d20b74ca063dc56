"""Quoted paragraphs without a cue go to the neighbour's statement."""

import time

from onrecord.records import Span
from onrecord.segment.lines import LINE
from onrecord.segment.quotations import pair_quotes
from onrecord.statements.drafts import Draft
from onrecord.statements.paragraphs import join_quoted_paragraphs
from tests.marked import check, parse_marked
from tests.statements.made import drafts_of


def joined(*lines: str) -> list[tuple[str, str]]:
    """Cue and content of each draft of a text of these lines, after joining."""
    text, drafts = drafts_of("\n".join(lines))
    return [
        (d.cue[0].text_in(text), " … ".join(s.text_in(text) for s in d.content))
        for d in join(text, drafts)
    ]


def join(text: str, drafts: list[Draft]) -> list[Draft]:
    paragraphs = [Span(m.start(), m.end()) for m in LINE.finditer(text)]
    return join_quoted_paragraphs(drafts, pair_quotes(text), paragraphs)


def test_a_quoted_paragraph_goes_on_with_the_one_before() -> None:
    assert joined(
        "[content “The dam held,”] [source Ms Chen] [cue said].", "“We left at noon.”"
    ) == [("said", "“The dam held,” … “We left at noon.”")]


def test_many_quoted_paragraphs_go_on() -> None:
    assert joined(
        "[content “The dam held,”] [source Ms Chen] [cue said].", "“One.", "“Two.", "“Three.”"
    ) == [("said", "“The dam held,” … “One. … “Two. … “Three.”")]


def test_a_quoted_paragraph_leads_up_to_the_one_behind() -> None:
    assert joined(
        "The rain stopped.",
        "“We left at noon.",
        "[content “The dam held,”] [source she] [cue said].",
    ) == [("said", "“We left at noon. … “The dam held,”")]


def test_the_one_before_comes_first() -> None:
    found = joined(
        "[content “One,”] [source she] [cue said].",
        "“Two.”",
        "[content:2 “Three,”] [source:2 he] [cue:2 added].",
    )
    assert found == [("said", "“One,” … “Two.”"), ("added", "“Three,”")]


def test_with_several_statements_before_the_last_words_count() -> None:
    found = joined(
        "[content “One,”] [source she] [cue said]. [content:2 “Two,”] [source:2 he] [cue:2 added].",
        "“Three.”",
    )
    assert found == [("said", "“One,”"), ("added", "“Two,” … “Three.”")]


def test_an_indirect_statement_before_is_the_neighbour_too() -> None:
    assert joined("[source Ms Chen] [cue said] [content it held].", "“We left at noon.”") == [
        ("said", "it held … “We left at noon.”")
    ]


def test_other_paragraphs_are_left_alone() -> None:
    first = "[content “The dam held,”] [source Ms Chen] [cue said]."
    # Not quoted, quoted in part, only single marks, and too far away.
    for line in ("We left.", "“We left” is a song.", "She called it “done.”", "‘We left.’"):
        assert joined(first, line) == [("said", "“The dam held,”")]
    assert joined(first, "It rained.", "“We left.”") == [("said", "“The dam held,”")]


def test_without_statements_nothing_is_joined() -> None:
    assert joined("It rained.", "“We left.”", "It rained again.") == []


def test_a_paragraph_with_a_cue_of_its_own_is_not_joined() -> None:
    found = joined(
        "[content “One,”] [source she] [cue said].",
        "“[content:2 Two],” [source:2 he] [cue:2 said].",
    )
    assert found == [("said", "“One,”"), ("said", "Two")]


def test_a_quoted_paragraph_that_reports_itself_is_joined_as_outer() -> None:
    text, drafts = drafts_of(
        "[content “The dam held,”] [source Ms Chen] [cue said].\n"
        "“[source:2 The mayor] [cue:2 denied] [content:2 that [source:3 he] [cue:3 knew] "
        "[content:3 it]].”"
    )
    found = join(text, drafts)
    assert [d.parent for d in found] == [None, 0, 1]
    assert [d.depth for d in found] == [0, 1, 2]
    assert [s.text_in(text) for s in found[0].content] == [
        "“The dam held,”",
        "“The mayor denied that he knew it.”",
    ]


def test_a_statement_that_goes_on_in_the_next_paragraph_is_not_joined_to_another() -> None:
    # The quoted paragraph is the content of a statement with its cue before it.
    found = joined(
        "[content “One,”] [source she] [cue said]. [source:2 He] [cue:2 added]:",
        "[content:2 “Two.”]",
    )
    assert found == [("said", "“One,”"), ("added", "“Two.”")]


def test_a_final_mark_behind_the_quotation_is_allowed() -> None:
    assert joined("[content “One,”] [source she] [cue said].", "“Two”.") == [
        ("said", "“One,” … “Two”")
    ]


def test_the_drafts_given_are_left_as_they_were() -> None:
    text, drafts = drafts_of("[content “One,”] [source she] [cue said].\n“Two.”")
    before = list(drafts)
    join(text, drafts)
    assert drafts == before


def test_through_the_whole_stage() -> None:
    marked = parse_marked("[content “One,”] [source she] [cue said].\n[content “Two.”]")
    assert len(marked.statements[0].content) == 2
    check("[content “One,”] [source she] [cue said].\n\n[content “Two.”]")
    check("[content “One.]\n\n[content “Two,”] [source she] [cue said].")


def test_many_quoted_paragraphs_take_no_more_time_each() -> None:
    def seconds(n: int) -> float:
        text, drafts = drafts_of(
            "[content “One,”] [source she] [cue said]." + "\n“Two, and a little more.”" * n
        )
        start = time.perf_counter()
        assert len(join(text, drafts)[0].content) == n + 1
        return time.perf_counter() - start

    small, large = seconds(500), seconds(4000)
    assert large < 8 * 4 * max(small, 0.005)
