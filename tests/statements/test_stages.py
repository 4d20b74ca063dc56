"""The stage from text to rows, with labels in place of a model."""

import pytest

from onrecord.encode.labels import CUE_ROLES, PARTY_ROLES
from onrecord.records import (
    Act,
    Kind,
    Link,
    Manner,
    Polarity,
    Reading,
    Span,
    Statement,
    make_document,
    make_run,
    statement_id,
)
from onrecord.statements.candidates import CandidateFinder, Thresholds
from onrecord.statements.stages import StatementFinder
from tests.marked import (
    Marked,
    MarkedEncoder,
    check,
    parse_marked,
    plain_tokenizer,
    read_marked,
    steps,
)

ARTICLE = """
Dam holds after night of rain

[source Ms Chen] [cue told] the Ardal Herald [content that [source:2 the mayor] [cue:2 had denied] [content:2 the leak]].

[content:3 “We checked it twice,”] [source:3 she] [cue:3 said on Friday]. [content:3 “It held.”]

[content:3 “We will check it again.”]

[source:4 The council] [cue:4 urged] [content:4 residents to wait]. The bridge was closed at noon.
""".strip()  # noqa: E501 - paragraphs are lines


@pytest.fixture(scope="module")
def reading() -> Reading:
    return check(ARTICLE)


def by_cue(reading: Reading) -> dict[str, Statement]:
    return {reading.text_of(s.cue): s for s in reading.statements or ()}


def test_statements_have_all_fields(reading: Reading) -> None:
    found = by_cue(reading)
    told, denied, said, urged = (
        found[cue] for cue in ("told", "had denied", "said on Friday", "urged")
    )
    assert (told.act, told.polarity, told.manner) == (Act.ASSERT, Polarity.AFFIRM, Manner.INDIRECT)
    assert (denied.act, denied.polarity) == (Act.DENY, Polarity.DENY)
    assert (denied.parent, denied.depth) == (told.id, 1)
    assert (told.parent, told.depth) == (None, 0)
    assert said.manner is Manner.DIRECT
    assert [reading.text_of(s) for s in said.content] == [
        "“We checked it twice,”",
        "“It held.”",
        "“We will check it again.”",
    ]
    assert urged.act is Act.REQUEST
    assert {s.speaker for s in found.values()} == {None}
    assert {s.time for s in found.values()} == {None}
    assert {s.document for s in found.values()} == {reading.document.id}
    assert {s.run for s in found.values()} == {reading.run.id}


def test_those_who_listen_are_entities(reading: Reading) -> None:
    found = by_cue(reading)
    entities = {e.id: e for e in reading.entities or ()}
    medium = entities[found["told"].medium or ""]
    addressee = entities[found["urged"].addressee or ""]
    assert (medium.name, medium.kind) == ("the Ardal Herald", Kind.ORGANIZATION)
    assert (addressee.name, addressee.kind) == ("residents", Kind.PERSON)
    assert found["told"].addressee is None
    assert found["urged"].medium is None
    assert len(entities) == 2
    mentions = {m.id: m for m in reading.mentions or ()}
    assert {m for e in entities.values() for m in e.mentions} == set(mentions)
    for mention in mentions.values():
        assert reading.text_of(mention.span) == entities[mention.entity].name
        assert mention.document == reading.document.id
        assert mention.run == reading.run.id


def test_statements_are_in_text_order_outer_before_inner(reading: Reading) -> None:
    statements = reading.statements or ()
    firsts = [min(s.start for s in (*x.source, *x.cue, *x.content)) for x in statements]
    assert firsts == sorted(firsts)
    seen: set[str] = set()
    for s in statements:
        assert s.parent is None or s.parent in seen
        seen.add(s.id)


def test_ids_are_made_from_document_and_spans(reading: Reading) -> None:
    statements = reading.statements or ()
    assert len({s.id for s in statements}) == len(statements)
    for s in statements:
        expected = statement_id(s.document, source=s.source, cue=s.cue, content=s.content)
        assert s.id == expected


def finder_for(marked: Marked, **settings: int) -> StatementFinder:
    finder = CandidateFinder(
        MarkedEncoder(marked),
        cue_steps=steps(CUE_ROLES),
        role_steps=steps(PARTY_ROLES),
        thresholds=Thresholds(),
    )
    return StatementFinder(
        finder,
        plain_tokenizer(),
        max_pieces=settings.get("max_pieces", 200),
        n_threads=settings.get("n_threads", 1),
    )


def unread(text: str, **changes: object) -> Reading:
    document = make_document(text=text, **changes)  # type: ignore[arg-type]
    run = make_run(software="0", model="marked", model_digest="", settings={})
    return Reading(document=document, run=run)


def test_the_reading_given_is_left_as_it_was() -> None:
    marked = parse_marked(ARTICLE)
    given = unread(marked.text)
    (found,) = finder_for(marked)([given])
    assert given.statements is None
    assert found.document is given.document
    assert found.statements


def test_no_statements_is_not_the_same_as_not_read() -> None:
    found = read_marked(parse_marked("The bridge was closed at noon."))
    assert (found.statements, found.mentions, found.entities) == ((), (), ())


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "\u200b", "“”", "1234", "\x00"])
def test_a_text_without_words_has_no_statements(text: str) -> None:
    assert read_marked(parse_marked(text)).statements == ()


def test_readings_come_back_in_their_order() -> None:
    marked = parse_marked(ARTICLE)
    texts = [marked.text, "The bridge was closed.", marked.text + " ", ""]
    found = finder_for(marked)([unread(text) for text in texts])
    assert [r.document.text for r in found] == texts
    assert [len(r.statements or ()) for r in found] == [4, 0, 4, 0]
    assert finder_for(marked)([]) == []


@pytest.mark.parametrize("max_pieces", [30, 40, 200])
@pytest.mark.parametrize("n_threads", [1, 3])
def test_windows_and_threads_do_not_change_what_is_found(max_pieces: int, n_threads: int) -> None:
    marked = parse_marked(ARTICLE)
    (expected,) = finder_for(marked)([unread(marked.text)])
    finder = finder_for(marked, max_pieces=max_pieces, n_threads=n_threads)
    (found,) = finder([unread(marked.text)])
    assert by_cue(found).keys() == by_cue(expected).keys()
    if max_pieces >= 40:  # whole paragraphs fit
        assert found == expected


def test_lines_that_are_links_give_no_statements() -> None:
    line = "[source She] [cue said] [content it held].\n[source:2 He] [cue:2 says] [content:2 no]"
    marked = parse_marked(line)
    start = marked.text.index("He")
    link = Link(text="He says no", url=None, span=Span(start, len(marked.text)))
    (found,) = finder_for(marked)([unread(marked.text, links=[link])])
    assert list(by_cue(found)) == ["said"]
    (found,) = finder_for(marked)([unread(marked.text)])
    assert list(by_cue(found)) == ["said", "says"]


def test_links_without_a_place_in_the_text_change_nothing() -> None:
    marked = parse_marked("[source She] [cue said] [content it held].")
    link = Link(text="More", url="https://example.org", span=None)
    (found,) = finder_for(marked)([unread(marked.text, links=[link])])
    assert list(by_cue(found)) == ["said"]


def test_progress_is_told_in_code_points() -> None:
    marked = parse_marked(ARTICLE)
    told: list[int] = []
    finder = finder_for(marked, max_pieces=40)
    finder.on_progress = told.append
    finder([unread(marked.text), unread(marked.text)])
    n_chars = 2 * len(marked.text)
    assert 0.9 * n_chars < sum(told) <= n_chars


def test_the_windows_of_a_document_can_be_asked_for() -> None:
    marked = parse_marked(ARTICLE)
    windows = finder_for(marked, max_pieces=40).windows(make_document(text=marked.text))
    assert len(windows) > 1
    assert all(len(w.ids_T) <= 42 for w in windows)


def test_what_it_reads_and_writes_is_declared() -> None:
    assert StatementFinder.reads == frozenset()
    assert StatementFinder.writes == {"statements", "mentions", "entities"}
    found = read_marked(parse_marked(ARTICLE))
    filled = {
        name for name in ("mentions", "entities", "statements", "events", "places", "times")
        if getattr(found, name) is not None
    }  # fmt: skip
    assert filled == StatementFinder.writes


SENTENCES = """
[source The minister] [cue accused] [content the mayor of lying].
[content The mayor lied], [cue allegedly].
[cue According to] [source a report], [content the dam leaks].
[source Ms Chen]: [content the dam leaks] [cue – or so].
[content The dam], [source she] [cue said], [content leaks].
[content “Is it safe?”] [source she] [cue asked].
[source [source:2 She]] [cue denied] [content it] and [cue:2 said] [content:2 so].
[source She] [cue said], [content “[source:2 He] [cue:2 told] me, [content:2 ‘[source:3 they] [cue:3 deny] [content:3 it]’]”].
""".strip().splitlines()  # noqa: E501 - a case is a line


@pytest.mark.parametrize("line", SENTENCES)
def test_every_shape_comes_through(line: str) -> None:
    check(line)
