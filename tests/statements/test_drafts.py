"""Candidates become spans, once each, and hang together as chains."""

import dataclasses
import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.pieces import Window
from onrecord.records import Span, Spans, as_spans
from onrecord.segment.quotations import pair_quotes
from onrecord.statements.candidates import Candidate, inner_window
from onrecord.statements.drafts import Nearby, completed, make_drafts, within_quotations
from tests.marked import check, parse_marked
from tests.statements.made import candidates_of, tree_of


def tree(line: str) -> list[str]:
    text, candidates = candidates_of(line)
    return tree_of(text, make_drafts(candidates, text))


def test_a_statement_inside_a_content_has_the_outer_one_as_parent() -> None:
    assert tree(
        "[source Ms Chen] [cue said] [content [source:2 the mayor] [cue:2 denied] [content:2 it]]."
    ) == ["Ms Chen | said | the mayor denied it", "  the mayor | denied | it in said"]


def test_three_levels() -> None:
    assert tree(
        "[source A paper] [cue reported] [content that [source:2 Ms Chen] [cue:2 said] [content:2 "
        "[source:3 the mayor] [cue:3 denied] [content:3 it]]]."
    ) == [
        "A paper | reported | that Ms Chen said the mayor denied it",
        "  Ms Chen | said | the mayor denied it in reported",
        "    the mayor | denied | it in said",
    ]


def test_two_statements_inside_one() -> None:
    assert tree(
        "[source Ms Chen] [cue said] [content [source:2 the mayor] [cue:2 denied] [content:2 it] "
        "and [source:3 the council] [cue:3 confirmed] [content:3 that]]."
    ) == [
        "Ms Chen | said | the mayor denied it and the council confirmed that",
        "  the council | confirmed | that in said",
        "  the mayor | denied | it in said",
    ]


def test_side_by_side_is_no_chain() -> None:
    line = "[source She] [cue said] [content yes], and [source:2 he] [cue:2 said] [content:2 no]."
    found = tree(line)
    assert sorted(found) == ["She | said | yes", "he | said | no"]


def test_a_source_outside_the_content_does_not_matter() -> None:
    # What is denied stands in the outer content with its cue; only who denies stands outside.
    assert tree(
        "[source [source:2 The mayor]] [cue said] [content he [cue:2 denied] [content:2 the lie]]."
    ) == ["The mayor | said | he denied the lie", "  The mayor | denied | the lie in said"]


def test_a_cue_outside_the_content_is_not_inside() -> None:
    found = tree("[source She] [cue [cue:2 said]] [content the dam [content:2 held]].")
    assert len(found) == 1, "one cue gives one statement"
    found = tree(
        "[source:2 He] [cue:2 denies] what [source she] [cue said]: [content the [content:2 lie]]."
    )
    assert [line.startswith("  ") for line in found] == [False, False]


def test_content_of_fragments_holds_a_chain_in_either() -> None:
    assert (
        tree(
            "[content “The dam will hold,”] [source Ms Chen] [cue said], [content “but "
            "[source:2 the mayor] [cue:2 doubts] [content:2 it].”]"
        )[1]
        == "  the mayor | doubts | it in said"
    )


def test_the_same_cue_found_inside_again_counts_once() -> None:
    text, (outer, inner) = candidates_of(
        "[source Ms Chen] [cue said] [content [source:2 the mayor] [cue:2 denied] "
        "[content:2 that it was safe]]."
    )
    window = inner_window(outer)
    assert window is not None
    again = Candidate(window, (2, 3), ((0, 2),), ((3, 7),), 0.4, outer)
    drafts = make_drafts([outer, inner, again], text)
    assert tree_of(text, drafts) == [
        "Ms Chen | said | the mayor denied that it was safe",
        "  the mayor | denied | that it was safe in said",
    ]
    assert drafts[1].probability == inner.probability, "the one that came first"


def test_found_inside_only_is_inside() -> None:
    text, (outer, _) = candidates_of(
        "[source Ms Chen] [cue said] [content [source:2 the mayor] [cue:2 denied] "
        "[content:2 that it was safe]]."
    )
    window = inner_window(outer)
    assert window is not None
    inner = Candidate(window, (2, 3), ((0, 2),), ((3, 7),), 0.4, outer)
    drafts = make_drafts([outer, inner], text)
    assert [d.parent for d in drafts] == [None, 0]
    assert [d.depth for d in drafts] == [0, 1]


def test_cues_that_overlap_count_once() -> None:
    text, (one,) = candidates_of("[source She] [cue has said] [content it held].")
    other = dataclasses.replace(one, cue=(2, 3))
    assert len(make_drafts([one, other], text)) == 1
    assert len(make_drafts([other, one], text)) == 1


def test_the_order_of_candidates_does_not_change_the_tree() -> None:
    text, candidates = candidates_of(
        "[source A paper] [cue reported] [content that [source:2 Ms Chen] [cue:2 said] [content:2 "
        "[source:3 the mayor] [cue:3 denied] [content:3 it]]]."
    )
    expected = tree_of(text, make_drafts(candidates, text))
    assert tree_of(text, make_drafts(candidates[::-1], text)) == expected


def test_no_candidates_no_drafts() -> None:
    assert make_drafts([], "The dam held.") == []


def test_runs_side_by_side_are_one_fragment_or_two() -> None:
    text, (candidate,) = candidates_of("[source She] [cue said] [content the dam] [content held].")
    (draft,) = make_drafts([candidate], text)
    assert [s.text_in(text) for s in draft.content] == ["the dam", "held"]


def test_a_day_behind_the_cue_joins_it() -> None:
    assert tree("[source She] [cue said] on Friday [content it held].") == [
        "She | said on Friday | it held"
    ]


CHAINS = """
[source Ms Chen] [cue said] [content [source:2 the mayor] [cue:2 denied] [content:2 it]].
[source A paper] [cue says] [content [source:2 we] [cue:2 deny] [content:2 [source:3 he] [cue:3 knew] [content:3 it]]].
[source She] [cue said] [content yes], and [source:2 he] [cue:2 said] [content:2 no].
[content “It held,”] [source she] [cue said], [content “as [source:2 we] [cue:2 hoped] [content:2 it would].”]
"""  # noqa: E501 - a case is a line


@pytest.mark.parametrize("line", CHAINS.strip().splitlines())
def test_chains_through_the_whole_stage(line: str) -> None:
    check(line)


def test_nearby_finds_all_that_overlap_over_blocks() -> None:
    nearby = Nearby()
    nearby.add([Span(0, 5000), Span(9000, 9001)], 1)
    nearby.add([Span(1000, 1030)], 2)
    assert {n for _, n in nearby.over(Span(1020, 1025))} == {1, 2}
    assert {n for _, n in nearby.over(Span(1030, 1035))} == {1}
    assert {n for _, n in nearby.over(Span(4999, 9001))} == {1}
    assert list(nearby.over(Span(5000, 9000))) == []
    assert list(nearby.over(Span(20_000, 20_001))) == []


def test_many_statements_take_no_more_time_each() -> None:
    _, (one,) = candidates_of("[source She] [cue said] [content it held].")

    def seconds(n_statements: int) -> float:
        text = "She said it held. " * n_statements
        candidates = [
            dataclasses.replace(one, window=moved(one.window, 18 * n)) for n in range(n_statements)
        ]
        start = time.thread_time()
        drafts = make_drafts(candidates, text)
        taken = time.thread_time() - start
        assert len(drafts) == n_statements
        assert all(d.parent is None for d in drafts)
        assert {d.cue[0].text_in(text) for d in drafts} == {"said"}
        return taken

    # The least of some tries: a collection of garbage may fall into any of them.
    small, large = (min(seconds(n) for _ in range(3)) for n in (500, 4000))
    assert large < 8 * 4 * max(small, 0.005)


def moved(window: Window, n_chars: int) -> Window:
    """The same words further on in a text."""
    return dataclasses.replace(
        window, starts_W=window.starts_W + n_chars, ends_W=window.ends_W + n_chars
    )


# Contents that end within a quotation.


def completed_contents(line: str) -> list[str]:
    """The contents of a marked line, after they have gone on to the ends of quotations."""
    marked = parse_marked(line)
    spans = [(s.source, s.cue, s.content) for s in marked.statements]
    found = completed(spans, pair_quotes(marked.text), marked.text)
    assert [(s, c) for s, c, _ in found] == [(s, c) for s, c, _ in spans]
    return [" … ".join(c.text_in(marked.text) for c in own) for _, _, own in found]


def test_a_content_goes_on_to_the_end_of_its_quotation() -> None:
    assert completed_contents(
        "[source Ms Chen] [cue said]: [content “It held]. We checked it. It is safe.”"
    ) == ["“It held. We checked it. It is safe.”"]


def test_a_content_that_covers_its_quotation_stays() -> None:
    line = "[source Ms Chen] [cue said]: [content “It held. It is safe].”"
    assert completed_contents(line) == ["“It held. It is safe"]


def test_what_stands_before_the_content_is_taken_too() -> None:
    assert completed_contents(
        "[source Ms Chen] [cue said]: “Well. [content It held]. It is safe.”"
    ) == ["“Well. It held. It is safe.”"]
    assert completed_contents("“Well. [content It held],” [source Ms Chen] [cue said].") == [
        "“Well. It held,”"
    ]


def test_what_stands_outside_of_quotations_is_not_taken() -> None:
    line = "[source Ms Chen] [cue said] [content it held]. It is safe."
    assert completed_contents(line) == ["it held"]


def test_a_quotation_of_which_two_speak_is_left_to_them() -> None:
    line = (
        "“[content It fell]. [content:2 It held]. So it was,” [source she] [cue said] and "
        "[source:2 he] [cue:2 wrote]."
    )
    assert completed_contents(line) == ["It fell", "It held"]


def test_who_is_quoted_within_a_quotation_does_not_end_it() -> None:
    line = (
        "[source He] [cue said]: “[content It fell], and [source:2 she] [cue:2 said] "
        "[content:2 it held]. So it was.”"
    )
    assert completed_contents(line) == ["It fell, and she said it held. So it was.”", "it held"]


def test_a_quotation_around_the_cue_is_not_taken() -> None:
    line = "“[source She] [cue said] [content it held]. It is safe,” the paper wrote."
    assert completed_contents(line) == ["it held"]


@pytest.mark.parametrize("marks", ["‘’", "“"])
def test_single_marks_and_open_quotations_are_no_measure(marks: str) -> None:
    line = f"[source Ms Chen] [cue said]: {marks[0]}[content It held]. It is safe.{marks[1:]}"
    assert completed_contents(line) == ["It held"]


def test_fragments_of_a_content_before_the_quotation_stay() -> None:
    assert completed_contents(
        "[content It held], [source Ms Chen] [cue said], [content “and well]. It is safe.”"
    ) == ["It held … “and well. It is safe.”"]


def test_fragments_within_a_quotation_become_one() -> None:
    assert completed_contents(
        "[source Ms Chen] [cue said]: “[content It held]. Well. [content It is safe]. Go home.”"
    ) == ["It held. Well. It is safe. Go home.”"]


def test_nothing_to_complete() -> None:
    assert completed([], (), "") == []


@given(st.data())
def test_completed_contents_only_grow_and_stay_in_order(data: st.DataObject) -> None:
    parts = st.sampled_from(["“", "”", '"', "‘", "’", "word", " ", ". ", "\n\n", "said "])
    text = "".join(data.draw(st.lists(parts, min_size=2, max_size=25)))
    place = st.integers(0, len(text))

    def spans(most: int) -> Spans:
        at = sorted(data.draw(st.lists(place, max_size=2 * most, unique=True)))
        pairs = zip(at[::2], at[1::2], strict=False)
        return as_spans([p for p in pairs if p[0] < p[1]])

    given_spans = [(spans(1), spans(1), spans(2)) for _ in range(3)]
    found = completed(given_spans, pair_quotes(text), text)
    for (_, _, before), (_, _, after) in zip(given_spans, found, strict=True):
        assert all(any(a.start <= b.start and b.end <= a.end for a in after) for b in before)
        assert all(x.end <= y.start for x, y in itertools.pairwise(after))
        assert all(a.end <= len(text) for a in after)


def test_many_quotations_cost_linear_time() -> None:
    unit = "“It held. It is safe,” she said. "

    def seconds(n: int) -> float:
        text = unit * n
        quotations = pair_quotes(text)
        spans = [
            (
                as_spans([(at + 23, at + 26)]),
                as_spans([(at + 27, at + 31)]),
                as_spans([(at + 1, at + 8)]),
            )
            for at in range(0, len(text), len(unit))
        ]
        start = time.process_time()
        found = completed(spans, quotations, text)
        assert found[-1][2][-1].end > spans[-1][2][-1].end
        return time.process_time() - start

    for _ in range(4):  # a busy machine may slow one of the two
        ratio = seconds(4_000) / max(seconds(500), 1e-3)
        if ratio < 32:
            return
    pytest.fail(f"8 times the quotations take {ratio:.0f} times as long")


def test_what_is_said_in_a_quotation_ends_with_it() -> None:
    text = "“We warn you that it breaks”, Ms Chen said. “It is old.”"
    spans = [((Span(1, 3),), (Span(4, 8),), (Span(13, len(text) - 2),))]
    ((_, _, content),) = within_quotations(spans, pair_quotes(text), text)
    assert content[0].text_in(text) == "that it breaks"


def test_what_is_said_around_a_quoted_cue_goes_on() -> None:
    text = "He “strongly denied it” and left."
    spans = [((Span(0, 2),), (Span(4, 19),), (Span(20, 32),))]
    ((_, _, content),) = within_quotations(spans, pair_quotes(text), text)
    assert content[0].text_in(text) == "it"
