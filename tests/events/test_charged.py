"""Statements on whose speaker's word alone a deed is told."""

import dataclasses

import pytest

from onrecord.events.charged import is_charge
from onrecord.statements.cues import read_cue
from tests.entities.made_mentions import made_statement
from tests.marked import parse_marked


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[source Ann Vale] [cue blamed] [content the navy for the raid].", True),
        ("[source Ann Vale] [cue accuses] [content the navy of a raid].", True),
        ("[cue was accused] [content of a raid].", False),
        ("[source Rebels] [cue claimed] [content responsibility for the raid].", True),
        ("[source Rebels] [cue claimed responsibility for] [content the raid].", True),
        ("[source Rebels] [cue claim] [content the raid failed].", False),
        ("[source No group] [cue has not claimed] [content responsibility for it].", False),
        ("[source The dockers'] [cue demands include] [content an end to raids].", True),
        ("[source The dockers'] [cue demand for] [content an end to raids].", True),
        ("[source Dockers] [cue demand] [content an end to raids].", False),
        ("[cue allegations of] [content a raid].", True),
        ("[source Their] [cue calls for] [content an inquiry].", True),
        ("[source Ann Vale] [cue condemned] [content the raid].", False),
        ("[source Ann Vale] [cue said] [content they raided it].", False),
    ],
)
def test_what_is_a_charge(line: str, *, expected: bool) -> None:
    marked = parse_marked(line)
    (own,) = marked.statements
    cue = " ".join(s.text_in(marked.text) for s in own.cue)
    content = " ".join(s.text_in(marked.text) for s in own.content)
    read = read_cue(cue, content)
    made = made_statement(marked.text, source=own.source, cue=own.cue, content=own.content)
    statement = dataclasses.replace(made, act=read.act, polarity=read.polarity)
    assert is_charge(marked.text, statement) is expected
