import pytest

from evaluation.errors import FormError
from evaluation.event_corpora import load_petrarch, load_plover, load_plv, read_pair
from tests.evaluation.event_files import plv_file, sentence, write_event_corpora


@pytest.fixture
def folder(tmp_path):
    return write_event_corpora(tmp_path)


def test_pairs_have_the_words_that_are_marked(folder) -> None:
    corpus = load_plv(folder)
    pair = corpus.pairs[0]
    assert pair.text == "Arland blames Norland 0 today."
    assert [pair.text[a:b] for a, b in (*pair.sources, *pair.targets)] == ["Arland", "Norland 0"]
    assert corpus.labels[0] == "ACCUSE"
    assert (corpus.name, len(corpus.digest)) == ("plv/train", 64)


def test_a_party_may_be_marked_twice_or_not_at_all() -> None:
    pair = read_pair("<s>Arland</s> says <s>it</s> sues.", "here")
    assert pair.sources == ((0, 6), (12, 14))
    assert pair.targets == ()


@pytest.mark.parametrize("marked", ["<s>Arland sues.", "Arland</s> sues.", "<s>A <s>b</s>"])
def test_marks_that_do_not_close(marked: str) -> None:
    with pytest.raises(FormError):
        read_pair(marked, "here")


def test_unknown_labels_of_pairs_are_refused(folder) -> None:
    path = folder / "events" / "plv" / "PLV_train.tsv"
    path.write_text(plv_file([("<s>A</s> sues <t>B</t>.", "FIGHT")]))
    with pytest.raises(FormError, match="row 2"):
        load_plv(folder)


def test_records_of_one_text_stand_together(folder) -> None:
    corpus = load_plover(folder)
    assert [text.id for text in corpus.texts] == ["R1", "R3", "R4"]
    first, second = corpus.texts[0].events
    assert (first.label, first.types) == ("DISAPPROVE", ("ACCUSE",))
    assert [(a.words, a.code) for a in first.actors] == [("Japanese envoys", "JPN")]
    assert [a.code for a in first.recipients] == ["ITA"]
    assert second.recipients == ()
    assert corpus.texts[1].events[0].types == ("ASSAULT",)  # by its mode
    assert corpus.texts[2].events[0].recipients == ()


def test_codings_have_words_for_codes(folder) -> None:
    corpus = load_petrarch(folder)
    first = corpus.texts[0]
    assert first.text == "Arland soldiers condemned Norland."
    assert first.published == "2005-03-01"
    event = first.events[0]
    assert event.types == ("ACCUSE",)
    assert [first.text[a:b] for a, b in event.actors[0].spans] == ["Arland", "soldiers"]
    assert event.recipients[0].words == "Norland"


def test_codings_without_meaning_words_or_events(folder) -> None:
    corpus = load_petrarch(folder)
    by_name = {text.id.split()[-1]: text for text in corpus.texts}
    assert list(by_name) == ["A-1", "A-2", "A-3", "A-4", "A-7"]  # A-5 tests the program
    assert corpus.n_left_out == 1
    assert by_name["A-2"].events[0].types == ()
    assert by_name["A-2"].events[0].recipients == ()
    assert by_name["A-3"].events[0].types is None
    assert by_name["A-4"].events == ()


@pytest.mark.parametrize("content", ["<Validation>", f"<V>{sentence('A', ' ')}</V>"])
def test_broken_sentences_are_refused(folder, content: str) -> None:
    (folder / "events" / "petrarch" / "PETR.UnitTest.records.xml").write_text(content)
    with pytest.raises(FormError):
        load_petrarch(folder)


@pytest.mark.parametrize(
    "content", ["{", "{}", '[{"event": "AID"}]', '[{"event": "HELP", "text": "A helps B."}]']
)
def test_broken_records_are_refused(folder, content: str) -> None:
    path = folder / "events" / "plover" / "gold_standard_records" / "PLOVER_GSR_CAMEO.txt"
    path.write_text(content)
    with pytest.raises(FormError):
        load_plover(folder)


@pytest.mark.corpus
def test_the_corpora_are_read_whole(corpora) -> None:
    assert len(load_plv(corpora).pairs) == 1049
    plover = load_plover(corpora)
    assert (len(plover.texts), sum(len(text.events) for text in plover.texts)) == (316, 322)
    petrarch = load_petrarch(corpora)
    assert len(petrarch.texts) + petrarch.n_left_out == 277  # 284 without 7 that test errors
    assert petrarch.n_left_out < 6
