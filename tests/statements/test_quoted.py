"""Whole quotations without a statement of their own go on with the one before them."""

import pytest

from onrecord.segment.quotations import pair_quotes
from onrecord.statements.drafts import make_drafts
from onrecord.statements.quoted import is_introduced, whole_quotations
from tests.statements.made import candidates_of, tree_of


def tree(line: str) -> list[str]:
    text, candidates = candidates_of(line)
    return tree_of(text, make_drafts(candidates, text, pair_quotes(text)))


def test_a_quotation_behind_the_sentence_of_a_statement() -> None:
    line = "[source Ms Chen] [cue criticised] [content the plan] online. “It will drown the town.”"
    assert tree(line) == ["Ms Chen | criticised | the plan … “It will drown the town.”"]


def test_a_quotation_behind_a_colon() -> None:
    line = "[source The board] [cue said] [content that the dam broke]: “It broke at four o’clock.”"
    assert tree(line) == ["The board | said | that the dam broke … “It broke at four o’clock.”"]


@pytest.mark.parametrize(
    "line",
    [
        # Another paragraph.
        "[source Ms Chen] [cue criticised] [content the plan].\n\n“It will drown the town.”",
        # A term.
        "[source Ms Chen] [cue criticised] [content the plan]. “Drowned valleys” are rare.",
        # No whole sentence.
        "[source Ms Chen] [cue criticised] [content it]. “the town that it would drown” is hers.",
        # Too far away.
        (
            "[source She] [cue scorned] [content it] in the town hall, which stands beside the old "
            "church and the school of Ardal. “It will drown the town.”"
        ),
        # Nobody speaks.
        "It was [cue feared] [content that the dam had burst]. “It will drown the town.”",
    ],
)
def test_other_quotations_are_left_alone(line: str) -> None:
    assert not any("It will drown" in one or "town that" in one for one in tree(line))


def test_which_quotations_count() -> None:
    text = "“It is a very old dam.” and “the dam” and “It is old” and “It breaks, it breaks”"
    found = [span.text_in(text) for span in whole_quotations(text, pair_quotes(text))]
    assert found == ["“It is a very old dam.”"]


def test_a_comma_or_colon_introduces() -> None:
    text = "She wrote: “It is a very old dam.” It was new. “It is a very old dam.”"
    first, second = whole_quotations(text, pair_quotes(text))
    assert is_introduced(text, first)
    assert not is_introduced(text, second)
