"""Scores of texts in which statements are marked at all depths."""

from pathlib import Path

import pytest

from evaluation.chains import PARTS, MarkedChain, MarkedStatement, load_chains, tally_of
from evaluation.errors import FormError
from onrecord.records import Statement
from tests.marked import parse_marked, read_marked

NESTED = "[source Ann] [cue said] [content [source:2 Tom] [cue:2 denied] [content:2 the theft]]."


def chain_of(line: str) -> MarkedChain:
    marked = parse_marked(line)
    numbers = {s.number: n for n, s in enumerate(marked.statements)}
    rows = (
        MarkedStatement(
            tuple(s.source), tuple(s.cue), tuple(s.content),
            None if s.parent is None else numbers[s.parent],
        )
        for s in marked.statements
    )  # fmt: skip
    return MarkedChain(marked.text, tuple(rows))


def statements_of(line: str) -> tuple[Statement, ...]:
    return tuple(read_marked(parse_marked(line)).statements or ())


def test_what_is_marked_is_found_at_its_depth() -> None:
    tally = tally_of(chain_of(NESTED), statements_of(NESTED))
    scores = {name: counts.score().value for name, counts in tally.items()}
    assert scores == {"outer": 1.0, "inner": 1.0, "inner/chained": 1.0}


def test_an_inner_statement_without_its_outer_one_is_not_chained() -> None:
    alone = "Ann said [source:2 Tom] [cue:2 denied] [content:2 the theft]."
    tally = tally_of(chain_of(NESTED), statements_of(alone))
    assert tally["inner/chained"].score().recall == 0.0
    assert tally["outer"].score().recall == 0.0


def test_nothing_found_is_nothing_right() -> None:
    tally = tally_of(chain_of(NESTED), ())
    assert all(counts.score().value == 0.0 for counts in tally.values())


@pytest.mark.parametrize("part", PARTS)
def test_parts_that_are_kept_back_are_in_form(part: str) -> None:
    for chain in load_chains(part).values():
        for number, own in enumerate(chain.statements):
            assert own.cue, chain.text
            assert own.parent != number
            spans = (*own.source, *own.cue, *own.content)
            assert all(0 <= s.start < s.end <= len(chain.text) for s in spans)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "c4.jsonl").write_text('{"text": "No."}\n')
    with pytest.raises(FormError, match="line 1"):
        load_chains("c4", tmp_path)
