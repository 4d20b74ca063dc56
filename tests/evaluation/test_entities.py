import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.entities import (
    SCHEMES,
    count_names,
    gold_names,
    predicted_names,
    recased,
    scheme_of,
)
from evaluation.entity_readings import clusters_by, clusters_of_reading, named_mentions
from evaluation.entity_texts import Form, MarkedCorpus, MarkedMention, MarkedText
from evaluation.scores import scores_of
from onrecord.records import Kind, MentionForm, Span
from tests.evaluation.marked_texts import predicted_reading

TEXT = "Ada Vale of the Kelton Dam Board met Straße officials."


def text_of(*mentions: tuple[str, str]) -> MarkedText:
    found = []
    for words, kind in mentions:
        span = TEXT.index(words), TEXT.index(words) + len(words)
        found.append(
            MarkedMention(start=span[0], end=span[1], type=kind, form=Form.NAME, name=span)
        )
    return MarkedText(
        id="t", text=TEXT, tokens=(), sentences=(), paragraphs=(), mentions=tuple(found)
    )


def corpus_of(*texts: MarkedText, name: str = "uner_ewt/dev") -> MarkedCorpus:
    return MarkedCorpus(name=name, digest="d", texts=texts)


def test_names_inside_names_and_other_types_are_left_out() -> None:
    text = text_of(("Kelton Dam Board", "organization"), ("Kelton", "place"), ("met", "event"))
    assert gold_names(text, SCHEMES["gum"]) == [(16, 32, "ORG")]


def test_what_is_no_name_is_left_out() -> None:
    span = MarkedMention(start=0, end=3, type="PER", form=Form.NOMINAL)
    text = MarkedText(id="t", text=TEXT, tokens=(), sentences=(), paragraphs=(), mentions=(span,))
    assert gold_names(text, SCHEMES["uner_ewt"]) == []


def test_kinds_become_the_labels_of_the_corpus() -> None:
    found = [(0, 1, Kind.FACILITY), (2, 3, Kind.NATIONALITY), (4, 5, Kind.PERSON)]
    assert predicted_names(found, SCHEMES["uner_ewt"]) == [(0, 1, "LOC"), (4, 5, "PER")]
    assert predicted_names(found, SCHEMES["re3d"])[1] == (2, 3, "NAT")
    assert predicted_names(found, SCHEMES["wikigold"])[1] == (2, 3, "MISC")
    assert scheme_of(corpus_of(name="gum/dev/news/upper")) is SCHEMES["gum"]


def test_names_by_hand() -> None:
    gold = [(0, 8, "PER"), (16, 32, "ORG"), (37, 43, "LOC")]
    predicted = [(0, 8, "PER"), (16, 22, "ORG"), (37, 43, "ORG"), (16, 22, "ORG")]
    scores = scores_of(count_names(gold, predicted))
    assert scores["names/exact"].precision == pytest.approx(1 / 3)
    assert scores["names/exact/PER"].value == 1
    assert scores["names/exact/ORG"].value == 0
    assert scores["names/exact/ORG"].n_predicted == 2
    assert scores["names/exact/LOC"].recall == 0
    assert scores["names/span"].recall == pytest.approx(2 / 3)
    assert scores["names/overlap"].precision == pytest.approx(2 / 3)


def test_one_long_name_overlaps_one_name_only() -> None:
    scores = scores_of(count_names([(0, 3, "A"), (4, 8, "A")], [(0, 8, "A")]))
    assert (scores["names/overlap"].precision, scores["names/overlap"].recall) == (1, 0.5)


NAMES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from(["PER", "ORG"])).map(
        lambda own: (own[0], own[0] + own[1], own[2])
    )
)


@given(NAMES, NAMES)
def test_scores_lie_between_0_and_1_and_looser_ones_are_no_lower(gold, predicted) -> None:
    scores = scores_of(count_names(gold, predicted))
    values = [scores[f"names/{name}"].value for name in ("exact", "overlap")]
    if values[0] is None:
        assert not gold
        assert not predicted
    else:
        assert 0 <= values[0] <= values[1] <= 1


@given(NAMES)
def test_gold_against_itself_is_right(gold) -> None:
    for score in scores_of(count_names(gold, gold)).values():
        assert score.value in {None, 1}


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("upper", "ADA VALE OF THE KELTON DAM BOARD MET STRAßE OFFICIALS."),
        ("lower", "ada vale of the kelton dam board met straße officials."),
    ],
)
def test_copies_of_another_case_keep_all_positions(case, text) -> None:
    own = corpus_of(text_of(("Ada Vale", "PER")))
    copy = recased(own, case)
    assert copy.name == f"uner_ewt/dev/{case}"
    assert copy.texts[0].text == text
    assert copy.texts[0].mentions == own.texts[0].mentions
    assert len(recased(corpus_of(), case).texts) == 0


FORMS = {
    "He": MentionForm.PRONOUN,
    "he": MentionForm.PRONOUN,
    "the dam": MentionForm.DESCRIPTION,
}


def reading(text, **entities):
    return predicted_reading(text, entities=entities, forms=FORMS)


def test_names_of_a_reading_are_no_descriptions_and_no_pronouns() -> None:
    found = named_mentions(
        reading(
            "Ada Vale left. He saw the dam at Kelton.",
            a=("Ada Vale", "He"),
            b=("the dam",),
            c=("Kelton",),
        )
    )
    assert [own[:2] for own in found] == [(0, 8), (33, 39)]
    assert found[0][2] is Kind.PERSON


@pytest.mark.parametrize("text", ["ada vale left. he stayed.", "ADA VALE LEFT. HE STAYED."])
def test_names_in_texts_of_one_case(text) -> None:
    forms = {text[15:17]: MentionForm.PRONOUN}
    found = named_mentions(
        predicted_reading(text, entities={"a": (text[:8], text[15:17])}, forms=forms)
    )
    assert [own[:2] for own in found] == [(0, 8)]


def test_mentions_of_an_entity_are_a_cluster() -> None:
    own = reading("Ada Vale left. He saw the dam.", a=("He", "Ada Vale"), b=("the dam",))
    assert clusters_of_reading(own) == [[(0, 8), (15, 17)], [(22, 29)]]


def test_clusters_of_a_reader_are_positions() -> None:
    document = reading("Ada Vale left. He saw the dam.").document

    class Reader:
        def clusters_of(self, given):
            assert given is document
            return [[Span(0, 8), Span(15, 17)], [Span(22, 29)]]

    assert clusters_by(Reader())(document) == [[(0, 8), (15, 17)], [(22, 29)]]
