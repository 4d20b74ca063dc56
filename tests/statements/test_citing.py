"""Whom a medium cites says, one level deeper, what the medium reports."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document

SENTENCES = [
    ("State media, citing the governor, reported that the town was calm.", "the governor"),
    ("The paper reported, citing two guards, that talks had failed.", "two guards"),
    ("Talks had failed, the paper reported, citing two guards.", "two guards"),
    ("The paper reported that talks had failed, citing two guards.", "two guards"),
    ("The paper reported that a bomb was found, citing security officials.", "security officials"),
    ("“The plant is closed,” the agency said, citing the mayor's office.", "the mayor's office"),
]


@pytest.mark.weights
@pytest.mark.parametrize(("sentence", "source"), SENTENCES)
def test_who_is_cited_speaks_inside(reader: Reader, sentence: str, source: str) -> None:
    found = reader.read(make_document(text=sentence)).statements or ()
    outer, inner = sorted(found, key=lambda one: one.depth)
    assert outer.parent is None
    assert (inner.parent, inner.depth) == (outer.id, 1)
    assert [part.text_in(sentence) for part in inner.source] == [source]
    assert [part.text_in(sentence) for part in inner.cue] == ["citing"]
    assert inner.content == outer.content
    assert outer.cue[0].text_in(sentence) in {"reported", "said"}


@pytest.mark.weights
@pytest.mark.parametrize("reason", ["a lack of coal", "security concerns"])
def test_a_reason_that_is_cited_is_nobody(reader: Reader, reason: str) -> None:
    text = f"The agency reported that the plant was closed, citing {reason}."
    found = reader.read(make_document(text=text)).statements or ()
    assert all(one.depth == 0 for one in found)
