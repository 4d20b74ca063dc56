import pytest

from evaluation.event_corpora import load_petrarch, load_plover, load_plv
from evaluation.event_typers import MajorityTyper, WordTyper
from evaluation.events import cases_of, coded_report, plv_report
from evaluation.predictions import Predictions
from tests.evaluation.event_files import FLOOD, write_event_corpora
from tests.evaluation.event_readings import event_reading


@pytest.fixture
def folder(tmp_path):
    return write_event_corpora(tmp_path)


def test_a_case_counts_once_however_often_it_is_predicted(folder) -> None:
    corpus = load_plv(folder)
    found = plv_report(corpus, WordTyper, name="words", n_folds=4, n_repeats=3, seed=7, n_rounds=20)
    assert found.scores["macro-f1"].n == pytest.approx(len(corpus.pairs))
    assert found.system == "words, cross-validated in 4 folds 3 times from seed 7"
    assert set(found.intervals) >= {"macro-f1", "accuracy", "label/AID"}


def test_majority_is_right_where_it_is_all(folder) -> None:
    found = plv_report(load_plv(folder), MajorityTyper, name="majority", n_folds=2)
    assert found.scores["accuracy"].value == pytest.approx(1 / 3)
    assert not found.intervals


def test_records_of_plover(folder) -> None:
    corpus = load_plover(folder)
    reading = event_reading(
        FLOOD,
        {"j": ("Japanese envoys",), "i": ("Italy",), "k": ("Kenya",)},
        ("ACCUSE", "blamed", ["j"], ["i"]),
        ("RETREAT", "freed", ["k"], []),
        codes={"j": "JPN.GOV", "k": "KEN"},
        url="R1",
    )
    found = coded_report(corpus, Predictions(system="s", readings={"R1": reading}), n_rounds=5)
    assert found.scores["type"].precision == 1
    assert found.scores["type"].n == 4
    assert found.scores["words/type+actor+recipient"].recall == pytest.approx(2 / 5)
    assert found.scores["code/type+actor"].recall == pytest.approx(2 / 5)
    assert found.scores["code/type+actor+recipient"].precision == 0.5
    assert found.scores["actual/words/type+actor"] == found.scores["words/type+actor"]
    assert "type" in found.intervals


def test_sentences_of_petrarch(folder) -> None:
    corpus = load_petrarch(folder)
    name = corpus.texts[0].id
    reading = event_reading(
        corpus.texts[0].text,
        {"a": ("Arland soldiers",), "n": ("Norland",)},
        ("ACCUSE", "condemned", ["a"], ["n"]),
        url=name,
    )
    found = coded_report(corpus, Predictions(system="s", readings={name: reading}))
    assert found.scores["words/type+actor+recipient"].precision == 1
    assert found.scores["words/type+actor+recipient"].n == 2
    assert found.scores["nothing"].value == 1
    lines = cases_of(corpus, Predictions(system="s", readings={name: reading}))
    assert "  gold   122 ACCUSE: Arland > Norland" in lines
    assert "  found  ACCUSE 'condemned' (actual): Arland soldiers > Norland" in lines
    assert "  gold   904 ?: Norland > -" in lines
