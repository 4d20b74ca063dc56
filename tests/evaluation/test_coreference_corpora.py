import pytest

from evaluation.coreference_corpora import (
    MarkedQuotation,
    load_gap,
    load_gum,
    load_litbank,
    load_litbank_quotations,
    load_ontogum,
)
from evaluation.entity_texts import Form, MarkedText
from evaluation.errors import CorpusError, FormError
from tests.evaluation.entity_files import (
    GAP,
    GUM,
    LITBANK_NOTES,
    LITBANK_QUOTATIONS,
    ONTOGUM,
    conllu_lines,
    write_entity_corpora,
)


@pytest.fixture
def folder(tmp_path):
    return write_entity_corpora(tmp_path)


def words(text: MarkedText, stretch) -> str | None:
    return None if stretch is None else text.text[stretch[0] : stretch[1]]


def test_gum_has_all_mentions_with_what_they_are(folder) -> None:
    corpus = load_gum(folder, "dev")
    (text,) = corpus.texts
    assert (corpus.name, text.id, text.genre) == ("gum/dev", "GUM_news_dam", "news")
    assert text.text == (
        "Minister Ada Vale's dam\n\nShe asked the Dam Board of Oldport, the state. It paid."
    )
    name, nominal, pronoun = Form.NAME, Form.NOMINAL, Form.PRONOUN
    found = [
        (words(text, m.span), m.type, m.form, m.chain, words(text, m.head), words(text, m.name))
        for m in text.mentions
    ]
    board = "the Dam Board of Oldport"
    assert found == [
        ("Minister Ada Vale's dam", "event", nominal, "1", "dam", None),
        ("Minister Ada Vale's", "person", name, "2", "Ada", "Ada Vale"),
        ("She", "person", pronoun, "2", "She", None),
        (board, "organization", name, "3", "Board", "Dam Board of Oldport"),
        ("Oldport", "place", name, "4", "Oldport", "Oldport"),
        ("the state", "place", nominal, "4", "state", None),
        ("It", "organization", pronoun, "3", "It", None),
    ]
    assert [m.identity for m in text.mentions if m.identity] == ["Ada_Vale_(minister)"]
    assert [words(text, own) for own in text.headings] == ["Minister Ada Vale's dam"]
    assert len(text.sentences) == 3
    assert len(text.paragraphs) == 2
    assert len(text.chains()) == 4
    assert len(text.chains(singletons=False)) == 3


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (["Director PROPN 0 root", "of ADP 3 case", "Kelton PROPN 1 nmod"], None),
        (
            ["Ada PROPN 0 root", "Vale PROPN 1 flat", "of ADP 4 case", "DAB PROPN 1 nmod"],
            "Ada Vale",
        ),
        (["Holt PROPN 3 nmod:poss", "'s PART 1 case", "Dog PROPN 0 root"], "Dog"),
        (["General PROPN 2 nmod:desc", "Holt PROPN 0 root", "'s PART 2 case"], "Holt"),
        (["the DET 2 det", "envoy NOUN 0 root"], None),
    ],
)
def test_names_of_persons_are_without_titles_and_offices(folder, rows, name) -> None:
    first, last = f"{rows[0]} Entity=(1-person-new-n-cf1-1-sgl", f"{rows[-1]} Entity=1)"
    content = "# newdoc id = GUM_news_dam\n" + conllu_lines(first, *rows[1:-1], last)
    (folder / "gum" / "conllu" / "dev" / "GUM_news_dam.conllu").write_text(content)
    (text,) = load_gum(folder, "dev").texts
    assert [words(text, m.name) for m in text.mentions] == [name]


def test_places_side_by_side_are_two_when_each_is_a_mention(folder) -> None:
    content = "# newdoc id = GUM_news_dam\n" + conllu_lines(
        "Kelton PROPN 0 root Entity=(1-place-new-n-cf1-1-sgl(2-place-new-n-cf1-1-sgl)",
        "and CCONJ 3 cc",
        "Oldport PROPN 1 conj Entity=(3-place-new-n-cf1-1-sgl)1)",
    )
    (folder / "gum" / "conllu" / "dev" / "GUM_news_dam.conllu").write_text(content)
    (text,) = load_gum(folder, "dev").texts
    assert [words(text, m.name) for m in text.mentions] == ["Kelton", "Kelton", "Oldport"]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("Entity=2)", "Entity=9)", "'9' ends without beginning"),
        ("Entity=1)", "_", "'1' does not end"),
        ("(4-place-new-nnnnn-cf1-1-coref)", "(4-place)", "'4-place' has too few fields"),
        ("# newpar\n# newpar_block = p (2 s)", "# newdoc id = x", "2 documents instead of one"),
    ],
)
def test_gum_that_is_not_in_its_form_is_refused(folder, before, after, problem) -> None:
    path = folder / "gum" / "conllu" / "dev" / "GUM_news_dam.conllu"
    assert before in GUM
    path.write_text(GUM.replace(before, after), encoding="utf-8")
    with pytest.raises(FormError, match=problem):
        load_gum(folder, "dev")


def test_gum_can_be_cut_to_a_genre(folder) -> None:
    assert load_gum(folder, "dev", genre="news").name == "gum/dev/news"
    with pytest.raises(CorpusError, match="GUM_court"):
        load_gum(folder, "dev", genre="court")


def test_ontogum_has_the_texts_of_gum_with_other_chains(folder) -> None:
    (text,) = load_ontogum(folder, "dev").texts
    (tree,) = load_gum(folder, "dev").texts
    assert text.text == tree.text
    assert text.tokens == tree.tokens
    assert [[words(text, m) for m in own] for own in text.chains()] == [
        ["Minister Ada Vale's", "She"],
        ["the Dam Board of Oldport", "It"],
    ]
    assert [m.form for m in text.mentions if m.chain == "1"] == [Form.NAME, Form.PRONOUN]


def test_ontogum_goes_over_the_words_of_gum(folder) -> None:
    path = folder / "gum" / "ontogum" / "dev" / "GUM_news_dam.conll"
    path.write_text(ONTOGUM.replace("\tpaid\t", "\t\t"), encoding="utf-8")
    assert load_ontogum(folder, "dev").texts
    path.write_text(ONTOGUM.replace("\tpaid\t", "\tgave\t"), encoding="utf-8")
    with pytest.raises(FormError, match="tokens are not those"):
        load_ontogum(folder, "dev")


def test_litbank_has_works_of_a_part(folder) -> None:
    (work,) = load_litbank(folder, "dev").texts
    assert work.text == 'Old Holt came to the mill. "I know," he said.'
    assert [(words(work, m.span), m.form, m.chain) for m in work.mentions] == [
        ("Old Holt", Form.NAME, "Holt-0"),
        ("the mill", Form.NOMINAL, "T2"),
        ("I", Form.PRONOUN, "Holt-0"),
        ("he", Form.PRONOUN, "Holt-0"),
    ]
    assert len(work.sentences) == 2


def test_litbank_quotations_have_speakers(folder) -> None:
    (work,) = load_litbank(folder, "dev").texts
    start = work.text.index('"')
    assert load_litbank_quotations(folder, "dev") == {
        "1_mill": [MarkedQuotation(start=start, end=start + len('"I know,"'), chain="Holt-0")]
    }


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [("\tPRON", "\tX", "is no mention"), ("\t0\t5\t", "\t0\t55\t", "is no sentence and token")],
)
def test_litbank_that_is_not_in_its_form_is_refused(folder, before, after, problem) -> None:
    path = folder / "coref" / "litbank" / "coref" / "tsv" / "1_mill_brat.ann"
    path.write_text(LITBANK_NOTES.replace(before, after), encoding="utf-8")
    with pytest.raises(FormError, match=problem):
        load_litbank(folder, "dev")


def test_quotations_lie_in_their_text(folder) -> None:
    path = folder / "coref" / "litbank" / "quotations" / "tsv" / "1_mill_brat.ann"
    path.write_text(LITBANK_QUOTATIONS.replace("\t1\t4\t", "\t7\t4\t"), encoding="utf-8")
    with pytest.raises(FormError, match="is no sentence and token"):
        load_litbank_quotations(folder, "dev")


def test_gap_has_a_pronoun_and_two_names(folder) -> None:
    corpus = load_gap(folder, "dev")
    her, he = corpus.items
    assert corpus.name == "gap/dev"
    assert [her.text[slice(*own)] for own in (her.pronoun, her.a, her.b)] == [
        "her",
        "Ada Vale",
        "Holt",
    ]
    assert (her.is_a, her.is_b, her.is_feminine) == (False, True, True)
    assert (he.is_a, he.is_b, he.is_feminine) == (True, False, False)


@pytest.mark.parametrize(
    ("before", "after"),
    [("\the\t", "\tthey\t"), ("TRUE", "yes"), ("\t35\t", "\t36\t"), ("\tA\t", "\tX\t")],
)
def test_gap_that_is_not_in_its_form_is_refused(folder, before, after) -> None:
    assert before in GAP
    (folder / "coref" / "gap" / "gap-validation.tsv").write_text(GAP.replace(before, after))
    with pytest.raises(FormError, match=r"item [12]: it is not in its form"):
        load_gap(folder, "dev")


@pytest.mark.corpus
def test_the_corpora_have_what_their_notes_count(corpora) -> None:
    gum, ontogum = load_gum(corpora, "dev"), load_ontogum(corpora, "dev")
    litbank, gap = load_litbank(corpora, "dev"), load_gap(corpora, "dev")
    counts = [
        sum(len(text.mentions) for text in corpus.texts) for corpus in (gum, ontogum, litbank)
    ]
    assert counts == [4544, 1962, 3053]
    assert sum(len(text.tokens) for text in gum.texts) == 16241
    assert sum(m.identity is not None for text in gum.texts for m in text.mentions) == 932
    assert len(gap.items) == 454
    assert sum(map(len, load_litbank_quotations(corpora, "dev").values())) == 213
