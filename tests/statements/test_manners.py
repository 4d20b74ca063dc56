"""How much of a content is quoted."""

import pytest

from onrecord.records import Manner, Span
from onrecord.segment.quotations import pair_quotes
from onrecord.statements.manners import manner_of
from tests.marked import check, parse_marked


def manner(line: str) -> str:
    marked = parse_marked(line)
    own = next(s for s in marked.statements if s.number == 1)
    return manner_of(marked.text, own.content, own.cue, pair_quotes(marked.text)).value


DIRECT = """
[content “The dam will hold,”] she [cue said].
“[content The dam will hold],” she [cue said].
[content "The dam will hold,"] she [cue said].
[content 'The dam will hold,'] she [cue said].
[content ''The dam will hold,''] she [cue said].
[content ``The dam will hold,''] she [cue said].
[content «Le barrage tient»], she [cue said].
[content “The dam will hold,”] she [cue said], [content “but not for long.”]
[content “She called it ‘safe’ twice,”] he [cue said].
She [cue said]: [content “It holds.]
She [cue called] it [content “done”].
[content “It holds”.] she [cue said].
""".strip().splitlines()

INDIRECT = """
She [cue said] [content the dam will hold].
She [cue said] “no” to a reporter: [content the dam will hold].
She [cue said] [content it's the workers' dam].
She [cue said] [content it is 5'10" high].
[content The ’90s are over], she [cue said].
[content ...] she [cue said].
""".strip().splitlines()

MIXED = """
She [cue said] [content the dam “will hold” for a year].
She [cue said] [content the dam will ‘hold’].
[content “It will hold,”] she [cue said], [content for another year].
[content He called it “safe” and left], she [cue said].
""".strip().splitlines()


@pytest.mark.parametrize("line", DIRECT)
def test_all_words_are_quoted(line: str) -> None:
    assert manner(line) == "direct"


@pytest.mark.parametrize("line", INDIRECT)
def test_no_word_is_quoted(line: str) -> None:
    assert manner(line) == "indirect"


@pytest.mark.parametrize("line", MIXED)
def test_some_words_are_quoted(line: str) -> None:
    assert manner(line) == "mixed"


def test_a_quotation_around_the_cue_is_the_outer_speakers() -> None:
    assert manner("“We [cue hope] [content that it ends],” she said.") == "indirect"
    assert manner("“We [cue said] [content ‘never’] to them,” she said.") == "direct"


def test_of_a_chain_each_has_its_own_manner() -> None:
    reading = check(
        "[content “[source:2 The mayor] [cue:2 denied] [content:2 it],”] [source she] [cue said]."
    )
    found = {reading.text_of(s.cue): s.manner for s in reading.statements or ()}
    assert found == {"said": Manner.DIRECT, "denied": Manner.INDIRECT}


def test_quotations_far_before_the_content_do_not_count() -> None:
    lines = ["“One.”"] * 50 + ["[source She] [cue said] [content it held]."]
    reading = check("\n".join(lines))
    assert [s.manner for s in reading.statements or ()] == [Manner.INDIRECT]


def test_a_long_quotation_with_others_inside_it() -> None:
    inner = " ".join(["so ‘no’ and"] * 400)
    reading = check(
        f"[content “A {inner} [source:2 he] [cue:2 said] [content:2 it held],”] [cue adds] she."
    )
    outer = next(s for s in reading.statements or () if s.depth == 0)
    assert outer.manner is Manner.DIRECT


def test_what_joins_two_quotations_is_not_said() -> None:
    text = "“It held” and “it will hold”, Ms Chen said."
    content = (Span(0, text.index(",")),)
    cue = (Span(text.index("said"), text.index("said") + 4),)
    assert manner_of(text, content, cue, pair_quotes(text)) is Manner.DIRECT
