"""Where quotation marks open and close; braces in the tables stand around quotations."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.segment.quotations import CLOSERS, MAX_DEPTH, Quotation, pair_quotes

SEPARATORS = ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"]


def parse(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without `{` and `}`, and the spans between them, outer ones first."""
    plain: list[str] = []
    stack: list[int] = []
    spans = []
    for character in marked:
        if character == "{":
            stack.append(len(plain))
        elif character == "}":
            spans.append((stack.pop(), len(plain)))
        else:
            plain.append(character)
    assert not stack
    return "".join(plain), sorted(spans, key=lambda s: (s[0], -s[1]))


def check(marked: str) -> tuple[Quotation, ...]:
    """Quotations stand where the braces stand, and nowhere else."""
    text, expected = parse(marked)
    found = pair_quotes(text)
    assert [text[q.start : q.end] for q in found] == [text[s:e] for s, e in expected]
    assert [(q.start, q.end) for q in found] == expected
    return found


@pytest.mark.parametrize(
    "marked",
    [
        # Curly, straight, full width.
        "{“Yes,”} she said. {“No.”}",
        '{"Yes,"} she said. {"No."}',
        "{＂Yes,＂} she said.",
        # British: single marks outside.
        "{‘Yes,’} she said. {‘No.’}",
        "{'Yes,'} she said. {'No.'}",
        # LaTeX and typewriter.
        "{``Yes,''} she said. {``No.''}",
        "{``It's {`done'} now,''} she said.",
        "{`Yes,'} she said.",
        # Databases of newspapers: two apostrophes on both sides.
        "{''Yes,''} she said. {''No.''}",
        "{''It's {'done,'}''} she said. {''No.''}",
        "{''I know the word {'done,'} ''} she said.",
        # French, with and without spaces.
        "{«Oui»}, dit-elle. {«Non»}.",
        "{« Oui »}, dit-elle. {« Non »}.",
        "{«\u00a0Oui\u00a0»}, dit-elle.",
        "{«\u202fIl a dit {‹oui›} ici\u202f»}, dit-elle.",
        # Danish, and German in books.
        "{»Ja«}, sagte sie. {»Nein«}.",
        "{»Er sagte {›ja‹} dazu«}, sagte sie.",
        # Finnish and Swedish.
        "{»Ja»}, sade hon. {”Nej”}, sade han.",
        # German, Polish, Dutch.
        "{„Ja“}, sagte sie. {„Nein“}.",
        "{„Er sagte {‚ja‘} dazu“}, sagte sie.",
        "{„Tak”}, powiedziała. {„Nie”}.",
        # Chinese and Japanese.
        "市长说：{“是的。”}",
        "{「はい」}と{「{『いいえ』}と言った」}。",
    ],
)
def test_styles(marked: str) -> None:
    found = check(marked)
    assert all(q.is_closed for q in found)


@pytest.mark.parametrize(
    "marked",
    [
        # What ends before the mark, and what stands behind it.
        "She called it {“done”}.",
        "She called it {“done.”}",
        "Was it {“done”}? Was it {“done?”} She asked.",
        "She called it ({“done”}) and [{“over”}].",
        'She called it ({"done"}) and [{"over"}].',
        "{“Done”}—she said—{“over”}",
        '{"Done"}—she said—{"over"}',
        '{"Done"} - {"over"}',
        # No space before or behind.
        'She said:{"Yes."}He left.',
        "She said:{“Yes.”}He left.",
        "{“one”}{“two”}",
        '{"one"}{"two"}',
        # Space on the inner side, as tokenised text has it.
        'She said {" yes , "} and {" no . "}',
        # Invisible marks beside them.
        "\u200b{“x”}\u200b",
        '\ufeff{"x"} y',
        '\u200f{"x"} y',
        "{“a\u00adb”}",
        # Mixed by the keyboard.
        '{“Yes,"} she said. {“No."}',
        '{"Yes,”} she said. {"No.”}',
        '{„Ja"}, sagte sie.',
        '{“We said {"maybe"} to them”}',
    ],
)
def test_neighbours(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "{“She said {‘yes’} to me,”} he said.",
        "{\"She said {'yes'} to me,\"} he said.",
        "{“She said {‘yes {“maybe”} no’} to me,”} he said.",
        "{‘She said {“yes”} to me,’} he said.",
        "{“He said, {‘It’s done,’}”} she said.",
        "{“He said, {'It's done,'}”} she said.",
        "{\"He said, {'It's done.'}\"} She left.",
        "{“Did he say {‘done?’}”} she asked.",
        "{« Il a dit {“oui”} »}, dit-elle.",
        "{“Il a dit {«oui»}”}",
        '{"a {"b"} c"}',
        '{"{"Yes"}"} she said.',
    ],
)
def test_inside_one_another(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        # Within words, and of owners.
        "It’s the Smiths’ car, isn’t it? Don't ask James' friend.",
        "the workers' demands and the {'new deal'} they want",
        "O'Neil's {'friend'} didn't ask",
        # Left-out letters.
        "the '90s, the ’90s and the ‘90s",
        "rock 'n' roll, rock ’n’ roll, rock ‘n’ roll",
        "'Tis late, ’twas early; get 'em ’til dawn",
        # Both in a quotation by single marks.
        "{‘I can’t,’} he said. {‘We’ll go.’}",
        "{'I can't,'} he said.",
        "{‘The ’90s are over,’} he said.",
        # A plural owner inside single marks.
        "{‘The workers’ demands are met,’} he said.",
        "{'The workers' demands are met,'} he said.",
        "{‘We met the farmers’ and the miners’ unions,’} he said.",
        # No owner: what follows opens again.
        "{'We like dogs'} he said, {'and cats.'}",
        "They are {‘workers’} in the managers’ eyes.",
        # SQL and CSV double them.
        "It''s late and they don''t know",
    ],
)
def test_apostrophes(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "She is 5'10\" tall and he 6' 2\".",
        "She is 5’10” tall.",
        'a 12" pipe and a 14"-wide one',
        'a 12" pipe. {"It works,"} she said.',
        '{"He is 6\'2" tall,"} she said.',
        "{“He is 6’2” tall,”} she said.",
        '{“A 12" pipe is long,”} she said.',
        # A year before the mark is no measure.
        '{"It was 2016"} and {“not 2017”}.',
        # The prime characters are no quotation marks.
        "at 50′10″ north",
    ],
)
def test_feet_and_inches(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"',
        "'",
        "“",
        "”",
        "a”",
        'a"',
        "‘",
        "’‘’’‘‘",
        "``",
        "''",
        "`",
        "»",
        "« ",
        'x" y',
        "`a` b",
    ],
)
def test_marks_by_themselves_quote_nothing(text: str) -> None:
    assert [q for q in pair_quotes(text) if q.inner_end > q.inner_start and q.is_closed] == []


def test_what_is_never_closed_runs_to_the_end_of_the_paragraph() -> None:
    (quotation,) = check("She said {“it is over.}\nHe left.")
    assert not quotation.is_closed
    assert not quotation.continues
    assert quotation.inner_end == quotation.end


def test_single_marks_that_are_never_closed_are_apostrophes() -> None:
    check("{“They ‘went,”} she said.")
    check("They ‘went, she said.")


def test_marks_that_nothing_opened_close_nothing() -> None:
    check("it is over,” she said. {“No.”}")


@pytest.mark.parametrize(("opener", "closer"), [("“", "”"), ('"', '"'), ("''", "''"), ("«", "»")])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "\u2029", "\n \u00a0\n"])
def test_a_quotation_goes_on_when_the_next_paragraph_opens_again(
    opener: str, closer: str, gap: str
) -> None:
    text = f"{opener}One.{gap}{opener}Two.{gap}{opener}Three,{closer} she said."
    found = pair_quotes(text)
    assert [text[q.inner_start : q.inner_end] for q in found] == ["One.", "Two.", "Three,"]
    assert [q.continues for q in found] == [True, True, False]
    assert [q.is_closed for q in found] == [False, False, True]


def test_a_quotation_goes_on_behind_one_inside_it() -> None:
    found = check("{“He said {‘no’} to us.}\n{“Then he left,”} she said.")
    assert [q.continues for q in found] == [True, False, False]


def test_a_quotation_does_not_go_on_over_other_words() -> None:
    found = check("{“One.}\nShe paused.\n{“Two.”}")
    assert [q.continues for q in found] == [False, False]
    found = check("{“One.}\nShe said, {“Two.”}")
    assert [q.continues for q in found] == [False, False]


def test_a_quotation_that_was_closed_does_not_go_on() -> None:
    found = check("{“One.”}\n{“Two.”}")
    assert [q.continues for q in found] == [False, False]


@pytest.mark.parametrize(
    "separator", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"]
)
def test_no_quotation_crosses_a_line(separator: str) -> None:
    text = f"“One{separator}two” three"
    assert [text[q.start : q.end] for q in pair_quotes(text)] == ["“One"]


def test_marks_opened_without_end_are_counted_to_a_depth_only() -> None:
    assert len(pair_quotes("“a " * 50)) == MAX_DEPTH


def test_apostrophes_before_words_do_not_use_up_the_depth() -> None:
    check("'a " * (MAX_DEPTH + 3) + "{“so”}")


def test_single_is_told_from_double() -> None:
    outer, inner = check("{“a {‘b’} c”}")
    assert (outer.is_single, inner.is_single) == (False, True)


MARKS = sorted({c for opener, closers in CLOSERS.items() for c in (opener, *closers)})
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(MARKS),
        st.sampled_from([" ", "\n", "\r\n", "\u2028", "\u00a0", "\u200b", "s", "a", "5", ".", ","]),
        st.characters(),
    ),
    max_size=60,
).map("".join)


@given(TEXTS)
def test_quotations_lie_in_the_text_with_their_marks_around_them(text: str) -> None:
    closers = {c for found in CLOSERS.values() for c in found}
    for q in pair_quotes(text):
        assert 0 <= q.start < q.inner_start <= q.inner_end <= q.end <= len(text)
        assert text[q.start : q.inner_start] in CLOSERS
        if q.is_closed:
            assert text[q.inner_end : q.end] in closers
        else:
            assert q.inner_end == q.end


@given(TEXTS)
def test_quotations_are_sorted_and_nest(text: str) -> None:
    found = pair_quotes(text)
    assert list(found) == sorted(found, key=lambda q: (q.start, -q.end))
    stack: list[Quotation] = []
    for q in found:
        while stack and stack[-1].end <= q.start:
            stack.pop()
        if stack:
            outer = stack[-1]
            assert outer.inner_start <= q.start
            assert q.end <= outer.inner_end
        stack.append(q)
    assert len({q.start for q in found}) == len(found)


@given(TEXTS)
def test_quotations_stay_in_their_line(text: str) -> None:
    for q in pair_quotes(text):
        assert not re.search("[\r\n\u2028\u2029\x0b\x0c\x85]", text[q.start : q.end])


@given(TEXTS)
def test_only_what_is_left_open_continues(text: str) -> None:
    found = pair_quotes(text)
    for q, following in itertools.pairwise(found):
        if q.continues and following.start >= q.end:
            assert not q.is_closed
            assert not text[q.end : following.start].strip()
    assert not found or not found[-1].continues
