import gzip
import json

import pytest

from evaluation.entity_corpora import (
    RE3D_SOURCES,
    load_broad_twitter,
    load_re3d,
    load_uner,
    load_wikigold,
    load_wnut17,
)
from evaluation.entity_texts import Form, MarkedText
from evaluation.errors import FormError
from tests.evaluation.entity_files import EWT, IOB2, write_entity_corpora


@pytest.fixture
def folder(tmp_path):
    return write_entity_corpora(tmp_path)


def named(text: MarkedText) -> list[tuple[str, str]]:
    return [(text.text[m.start : m.end], m.type) for m in text.mentions]


def test_uner_has_the_spaces_and_paragraphs_of_ewt(folder) -> None:
    corpus = load_uner(folder, "dev")
    blog, email = corpus.texts
    assert corpus.name == "uner_ewt/dev"
    assert (blog.id, blog.genre) == ("weblog-one", "weblog")
    assert blog.text == "Ms Vale didn't leave Oldport.\n\nThe Dam Board paid."
    assert named(blog) == [("Vale", "PER"), ("Oldport", "LOC"), ("Dam Board", "ORG")]
    assert len(blog.paragraphs) == len(blog.sentences) == 2
    words = [blog.text[t.start : t.end] for t in blog.tokens]
    assert words[2:4] == ["did", "n't"]
    vale = blog.tokens[1]
    assert (vale.tag, vale.relation, words[vale.head or 0]) == ("PROPN", "nsubj", "leave")
    assert words[blog.tokens[7].head or 0] == "Board"
    assert email.genre == "email"


def test_uner_has_its_own_spaces_where_ewt_has_other_words(folder) -> None:
    email = load_uner(folder, "dev").texts[1]
    assert email.text == "Kel-ton, Oldport"
    assert named(email) == [("Kel-ton", "LOC"), ("Oldport", "LOC")]
    assert {token.tag for token in email.tokens} == {""}


def test_uner_has_single_spaces_where_no_text_fits(folder) -> None:
    path = folder / "ner" / "uner_ewt" / "en_ewt-ud-dev.iob2"
    path.write_text(IOB2.replace("# text = Kel-ton", "# text = Something else"), encoding="utf-8")
    assert load_uner(folder, "dev").texts[1].text == "Kel- ton , Oldport"


def test_ewt_may_be_packed(folder) -> None:
    before = load_uner(folder, "dev")
    (folder / "ewt" / "en_ewt-ud-dev.conllu").unlink()
    packed = folder / "ewt" / "en_ewt-ud-dev.conllu.gz"
    packed.write_bytes(gzip.compress(EWT.encode()))
    assert load_uner(folder, "dev") == before
    packed.write_bytes(b"no gzip")
    with pytest.raises(FormError, match="cannot be unpacked"):
        load_uner(folder, "dev")


def test_wikigold_has_whole_documents(folder) -> None:
    first, second = load_wikigold(folder).texts
    assert first.text == "Kelton's Board It."
    assert named(first) == [("Kelton", "LOC"), ("'s Board", "ORG")]
    assert len(first.sentences) == 2
    assert named(second) == [("Vale", "PER")]


def test_posts_are_texts_by_themselves(folder) -> None:
    corpus = load_wnut17(folder, "dev")
    assert [text.text for text in corpus.texts] == ["Oldport!", "Vale"]
    assert named(corpus.texts[0]) == [("Oldport", "location")]
    assert [named(text) for text in load_broad_twitter(folder, "dev").texts] == [[("@vale", "PER")]]


@pytest.mark.parametrize("line", ["Vale", "Vale\tPER"])
def test_what_is_no_label_is_refused(folder, line) -> None:
    (folder / "ner" / "wnut17" / "emerging.dev.conll").write_text(line, encoding="utf-8")
    with pytest.raises(FormError, match="label"):
        load_wnut17(folder, "dev")


def test_what_is_missing_is_said(tmp_path) -> None:
    for load in (load_uner, load_wikigold, load_wnut17, load_broad_twitter, load_re3d):
        with pytest.raises(FormError, match="No such file"):
            load(tmp_path)


def write_re3d(folder, *entities) -> None:
    for source in RE3D_SOURCES:
        base = folder / "ner" / "re3d" / source
        base.mkdir(parents=True)
        document = {"_id": source, "text": "Gen. Holt led US troops.\n \nHe left Oldport."}
        (base / "documents.json").write_text(json.dumps(document), encoding="utf-8")
        rows = [json.dumps({"documentId": source, **own}) + "\n" for own in entities]
        (base / "entities.json").write_text("".join(rows), encoding="utf-8")


def test_re3d_leaves_out_what_may_not_be_used(tmp_path) -> None:
    write_re3d(
        tmp_path,
        {"begin": 14, "end": 23, "type": "Organisation"},
        {"begin": 0, "end": 9, "type": "Person"},
    )
    corpus = load_re3d(tmp_path)
    assert [text.id for text in corpus.texts] == list(RE3D_SOURCES)
    assert not any("BBC" in name or "European" in name for name in RE3D_SOURCES)
    text = corpus.texts[0]
    assert named(text) == [("Gen. Holt", "Person"), ("US troops", "Organisation")]
    assert [m.form for m in text.mentions] == [Form.NAME, Form.NOMINAL]
    assert [text.text[a:b] for a, b in text.paragraphs] == [
        "Gen. Holt led US troops.",
        "He left Oldport.",
    ]


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (0, 999), (-1, 3), ("0", 3)])
def test_re3d_spans_lie_in_their_text(tmp_path, span) -> None:
    write_re3d(tmp_path, {"begin": span[0], "end": span[1], "type": "Person"})
    with pytest.raises(FormError, match="is no part of the text"):
        load_re3d(tmp_path)


@pytest.mark.corpus
def test_all_sentences_of_uner_find_their_place(corpora) -> None:
    corpus = load_uner(corpora, "dev")
    assert len(corpus.texts) == 318
    assert sum(len(text.sentences) for text in corpus.texts) == 2001
    assert sum(len(text.mentions) for text in corpus.texts) == 343 + 399 + 224
    n_untagged = sum(not token.tag for text in corpus.texts for token in text.tokens)
    assert n_untagged < 100
    # Single spaces would put one before each contraction.
    assert not any(" n't" in text.text for text in corpus.texts)


@pytest.mark.corpus
def test_the_other_corpora_have_the_names_that_their_notes_count(corpora) -> None:
    loaded = [
        load_wikigold(corpora),
        load_wnut17(corpora, "dev"),
        load_broad_twitter(corpora, "dev"),
    ]
    counts = [sum(len(text.mentions) for text in corpus.texts) for corpus in loaded]
    assert counts == [934 + 1014 + 898 + 712, 836, 1194 + 156 + 380]
