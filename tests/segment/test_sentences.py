"""Where sentences and paragraphs begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.segment.sentences import MAX_SENTENCE_CHARS, split_sentences

SEPARATORS = ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"]


def sentences_of(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


def check(marked: str) -> None:
    """Split where the bars stand, and nowhere else; the bars are no part of the text."""
    expected = [part for line in marked.split("\n") for part in line.split("|")]
    assert sentences_of(marked.replace("|", "")) == [p.strip() for p in expected if p.strip()]


@pytest.mark.parametrize(
    "marked",
    [
        # The plain case, with each final mark.
        "The dam held. |The road did not.",
        "Did it hold? |It did! |Good.",
        "It held?! |It did.",
        "It held.   |Two more spaces change nothing.",
        # A number begins a sentence too.
        "It cost $4. |5 people paid.",
        # Titles and ranks.
        "Mr. and Mrs. Dale left. |Mrs. Dale returned.",
        "Gen. Holt met Lt. Col. Ames and Sgt. Orr. |They agreed.",
        "Gov. Ana Moor and Rep. Leon Pratt spoke. |Dr. Kay listened.",
        "Sen. Ana Moor (D-Vt.) spoke. |Rep. Pratt, R-Ga., left.",
        # Months and days.
        "It opened on Jan. 5 and closed on Sept. 30. |Nobody came.",
        "It opened on Tues. Feb. 3. |It closed.",
        # Initials and dotted names.
        "J. K. Arden spoke. |J.K. Arden and George H.W. Dale spoke again.",
        # No initials: places and eras end sentences, or may.
        "She lives in N.Y. |Here she works. |It stood in 40 B.C. |It fell.",
        "The U.S. Army and the U.K. Treasury agreed. |So did the E.U. mission.",
        "The U.N. said so.",
        # Latin.
        "Some, e.g. the mayor, left. |Others, i.e. the rest, stayed.",
        "It was Dale vs. Moor. |Moor won.",
        "They grow wheat, rye, etc. and sell it.",
        # Hours: a lower case word, or a day, may follow.
        "It began at 5 p.m. and ended at 6 a.m. on Monday. |All left.",
        # Numbers.
        "Prices rose 3.5 percent to 1.204 crowns. |Wages did not.",
        "Version 2.0 is out. |Version 2.1.3 is not.",
        "The No. 2 official met the No. 10 staff. |It was no. 3.",
        "He said no. |The dam held.",
        "See Art. 5 and Sec. 12. |The rest is repealed.",
        # The pronoun is no initial.
        "It was he and I. |Then he left.",
        # Ellipses: a sentence goes on in lower case.
        "He waited … and then he left. |Nobody came.",
        "He waited ... and then he left.",
        "He waited… |Then he left.",
        "He waited... |Then he left.",
        # Names with an exclamation mark go on in lower case too.
        "Dash! was a shop. |Dash! is closed.",
        # Addresses.
        "See https://example.org/a.b?c=d.html and www.example.org. |Then write to a.b@example.org.",
        # Brackets.
        "(It was late.) |She agreed.",
        "He said so [in the annex.] |She agreed.",
        # Without a space there is no end: it may be a name.
        "The shop is called Next.Door and it is closed.",
    ],
)
def test_final_marks(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        # A closing mark belongs to the sentence, in whichever order they stand.
        "“It is over.” |She left.",
        "“It is over”. |She left.",
        '"It is over." |She left.',
        '"It is over". |She left.',
        "'It is over.' |She left.",
        "‘It is over.’ |She left.",
        "''It is over.'' |She left.",
        "«It is over.» |She left.",
        "(“It is over.”) |She left.",
        "“He said, ‘It is over.’” |She left.",
        # The cue goes on in lower case.
        "“Is it over?” she asked. |He nodded.",
        "“Run!” he cried. |They ran.",
        "“It is…” she began. |He left.",
        '"Is it over?" she asked.',
        "“Is it over?” – she asked.",
        # A new sentence, in capitals.
        "“Is it over?” |She did not know.",
        # An opening mark, a bracket or a dash begins the next sentence.
        "It is over. |“Really,” she said.",
        "It is over. |‘Really,’ she said.",
        "It is over. |(She left.)",
        "It is over. |– She left.",
        "He called it “done.” |“Really,” she said.",
        # Two sentences in one quotation.
        "“It is over. |We leave,” she said.",
    ],
)
def test_quotation_marks(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        # A headline has no full stop; its line ends it.
        "Dam holds after night of rain\nThe dam held. |The road did not.",
        "DAM HOLDS\n\nTHE DAM HELD. |THE ROAD DID NOT. |U.S. FORCES LEFT.",
        # Lists.
        "1. The dam\n2. The road\n10. The bridge. |It is closed.",
        "- The dam\n- The road. |It is closed.",
        "• The dam\n• The road",
        "* * *\nThe dam held.",
    ],
)
def test_lines(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        # No spaces between sentences.
        "大坝会守住。|市长说。|“是的。”|他说。",
        "ダムは持つ。|「そうだ。」|市長は言った！",
        # Marks of their own.
        "قال الوزير هذا؟ |ثم غادر۔ |نعم.",
        "यह सच है। |वह गया॥ |ठीक.",
        "¿Qué pasó? |¡Nada! |Fin.",
        "Η κυβέρνηση μίλησε. |Ναί.",
        "Дамба держится. |Мэр сказал.",
        # Letters without case never look like the middle of a sentence.
        "הסכר מחזיק. |ראש העיר אמר.",
    ],
)
def test_other_scripts(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "separator", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"]
)
def test_every_line_separator_begins_a_paragraph(separator: str) -> None:
    text = separator.join(["The dam held. It rained.", "", "the road did not"])
    found = split_sentences(text)
    assert [text[s.start : s.end] for s in found] == [
        "The dam held.",
        "It rained.",
        "the road did not",
    ]
    assert [s.starts_paragraph for s in found] == [True, False, True]


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000", "\t", "  ", "\u00a0 "])
def test_every_white_space_parts_sentences(space: str) -> None:
    assert sentences_of(f"The dam held.{space}It rained.") == ["The dam held.", "It rained."]


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u200f", "\u2060", "\ufeff"])
@pytest.mark.parametrize("where", [".{} ", ". {}", ". {}“"])
def test_invisible_marks_hide_no_end(mark: str, where: str) -> None:
    text = f"The dam held{where.format(mark)}It rained."
    assert len(sentences_of(text)) == 2


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n\t\u00a0", "\u2028\x85"])
def test_nothing_but_space_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == ()


def test_a_byte_order_mark_is_part_of_the_first_sentence() -> None:
    assert sentences_of("\ufeffThe dam held. It rained.") == ["\ufeffThe dam held.", "It rained."]


def test_a_run_without_end_is_cut_at_white_space() -> None:
    text = "word " * 2000
    found = split_sentences(text)
    assert max(s.end - s.start for s in found) <= MAX_SENTENCE_CHARS
    assert all(text[s.start : s.end].split(maxsplit=1)[0] == "word" for s in found)
    assert [s.starts_paragraph for s in found] == [True] + [False] * (len(found) - 1)


def test_a_word_without_end_is_cut_anyway() -> None:
    found = split_sentences("x" * 5000)
    assert max(s.end - s.start for s in found) <= MAX_SENTENCE_CHARS
    assert sum(s.end - s.start for s in found) == 5000


# Characters that decide something here, among all others.
TEXTS = st.text(
    st.one_of(
        st.sampled_from(".!?…。؟”“\"'’»)([ \n\r\t\u00a0\u2028\x0b\x85\u200b\ufeffaAI5-–"),
        st.characters(),
    ),
    max_size=200,
)


@given(TEXTS)
def test_sentences_hold_every_visible_character_once(text: str) -> None:
    found = split_sentences(text)
    covered = [at for s in found for at in range(s.start, s.end)]
    assert covered == sorted(set(covered))
    assert all(0 <= at < len(text) for at in covered)
    outside = set(range(len(text))) - set(covered)
    assert all(text[at].isspace() for at in outside)


@given(TEXTS)
def test_sentences_are_never_empty_and_have_no_outer_space(text: str) -> None:
    for sentence in split_sentences(text):
        words = text[sentence.start : sentence.end]
        assert words
        assert words == words.strip()
        assert len(words) <= MAX_SENTENCE_CHARS


@given(TEXTS)
def test_no_sentence_crosses_a_line(text: str) -> None:
    for sentence in split_sentences(text):
        assert not set(text[sentence.start : sentence.end]) & set("\r\n\u2028\u2029\x0b\x0c\x85")


@given(TEXTS)
def test_the_first_sentence_of_each_line_starts_a_paragraph(text: str) -> None:
    last_end = 0
    for sentence in split_sentences(text):
        gap = text[last_end : sentence.start]
        is_new_line = bool(set(gap) & set("\r\n\u2028\u2029\x0b\x0c\x85"))
        assert sentence.starts_paragraph == (is_new_line or last_end == 0)
        last_end = sentence.end
