import doctest
import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.entity_conllu import conllu_documents, conllu_sentences
from evaluation.entity_texts import (
    Form,
    MarkedMention,
    MarkedText,
    Sentence,
    in_order,
    join_words,
    lay_out,
    place_words,
    runs_of_labels,
)
from evaluation.errors import FormError


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("He did n't pay .", "He didn't pay."),
        ('" Stop ! " she said .', '"Stop!" she said.'),
        ("the ( small ) dam", "the (small) dam"),
        ("$ 5 , or 10 %", "$5, or 10%"),
        ("Ann 's “ boat ”", "Ann's “boat”"),
        ("we 'll see", "we'll see"),
    ],
)
def test_tokens_are_joined_as_print_joins_them(words, text) -> None:
    assert join_words(words.split())[0] == text


@given(st.lists(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1)))
def test_joined_tokens_stand_where_it_is_said(words) -> None:
    text, placed = join_words(words)
    assert [text[start:end] for start, end in placed] == words
    assert placed == sorted(placed)


@given(st.lists(st.text("ab'", min_size=1)), st.data())
def test_tokens_are_found_in_their_text_however_it_is_spaced(words, data) -> None:
    gaps = [data.draw(st.sampled_from(["", " ", "\n\t"])) for _ in words]
    text = "".join(gap + word for gap, word in zip(gaps, words, strict=True))
    placed = place_words(words, text)
    assert placed is not None
    assert [text[start:end] for start, end in placed] == words


@pytest.mark.parametrize("text", ["a", "a b c", "b a"])
def test_tokens_of_another_text_are_not_found(text) -> None:
    assert place_words(["a", "b"], text) is None


def test_sentences_become_paragraphs() -> None:
    laid = lay_out(
        [
            Sentence(text="Dam holds", words=[(0, 3), (4, 9)], is_heading=True),
            Sentence(text="It held.", words=[(0, 2)], starts_paragraph=True),
            Sentence(text="So far.", words=[(0, 2)]),
        ]
    )
    assert laid.text == "Dam holds\n\nIt held. So far."
    assert [laid.text[a:b] for a, b in laid.words] == ["Dam", "holds", "It", "So"]
    assert [laid.text[a:b] for a, b in laid.sentences] == ["Dam holds", "It held.", "So far."]
    assert [laid.text[a:b] for a, b in laid.paragraphs] == ["Dam holds", "It held. So far."]
    assert laid.headings == laid.paragraphs[:1]
    assert lay_out([]).text == ""


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        ("B-A I-A O B-A", [(0, 2, "A"), (3, 4, "A")]),
        ("I-A I-A B-A", [(0, 2, "A"), (2, 3, "A")]),
        ("B-A I-B I-B", [(0, 1, "A"), (1, 3, "B")]),
        ("O O", []),
        ("", []),
        ("I-creative-work", [(0, 1, "creative-work")]),
    ],
)
def test_labels_become_runs(labels, runs) -> None:
    assert list(runs_of_labels(labels.split(), "here")) == runs


@pytest.mark.parametrize("label", ["PER", "B-", "X-PER", "-", ""])
def test_what_is_no_label_is_refused(label) -> None:
    with pytest.raises(FormError, match="here"):
        list(runs_of_labels([label], "here"))


def test_chains_of_a_text() -> None:
    def mention(start, end, chain):
        return MarkedMention(start=start, end=end, type="x", form=Form.NAME, chain=chain)

    mentions = in_order(
        [mention(5, 6, "b"), mention(2, 3, "a"), mention(0, 3, "b"), mention(8, 9, None)]
    )
    text = MarkedText(
        id="t", text="x" * 9, tokens=(), sentences=(), paragraphs=(), mentions=mentions
    )
    assert text.chains() == [[(0, 3), (5, 6)], [(2, 3)]]
    assert text.chains(singletons=False) == [[(0, 3), (5, 6)]]
    assert mentions[0].span == (0, 3)
    assert mentions[0].is_named


def test_ranges_and_empty_nodes_are_no_words() -> None:
    line = "\t".join
    content = "\n".join(
        [
            "# text = don't",
            line(["1-2", "don't", *"________"]),
            line(["1", "do", "do", "AUX", "VB", "_", "0", "root", "_", "A=b=c|D"]),
            line(["2", "n't", "not", "PART", "RB", "_", "1", "advmod", "_", "_"]),
            line(["2.1", "x", *"________"]),
        ]
    )
    (sentence,) = conllu_sentences(content, "f")
    assert [word.form for word in sentence.words] == ["do", "n't"]
    assert sentence.words[0].misc == {"A": "b=c", "D": ""}
    assert sentence.placed == ("don't", [(0, 2), (2, 5)])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1\ta\tb", "f line 1: 3 columns instead of 10"),
        ("1\ta\t_\t_\t_\t_\tx\t_\t_\t_", "f line 1: 'x' is no head"),
        ("1\ta\t_\t_\t_\t_\t0\t_\t_\t_", "no '# newdoc id' before it"),
    ],
)
def test_what_is_no_document_of_conllu_is_refused(line, problem) -> None:
    with pytest.raises(FormError, match=problem):
        list(conllu_documents(line + "\n", "f"))


@pytest.mark.parametrize(
    "name", ["coreference_assignment", "coreference_gap", "entity_texts", "speakers"]
)
def test_examples_in_docstrings_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"evaluation.{name}"))
    assert found.attempted
    assert not found.failed
