import hashlib
import json

import pytest

from evaluation.corpora import (
    CORPORA,
    GOLD,
    corpora_folder,
    gold_file,
    load_gold,
    load_polnear,
    load_polnear_annotators,
)
from evaluation.errors import CorpusError, EvaluationError, FormError
from onrecord.records import Act, Manner, Polarity, Span

TEXT = "Ms Chen said it rains. It is feared floods come."
ROW = {
    "id": "one",
    "text": TEXT,
    "annotators": ["x1", "x2"],
    "attributions": [
        {"source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 21]]},
        {"source": [], "cue": [[26, 35]], "content": [[36, 47]]},
    ],
}
NOTES = """\
T1\tSource 0 7\tMs Chen
T2\tCue 8 12\tsaid
T3\tContent 16 21;13 15\trains it
T4\tAttribution 8 12\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tAttribution-no-source 26 35\tis feared
T6\tContent 36 47\tfloods
come
E2\tAttribution-no-source:T5 Content:T6
T7\tAttribution 23 25\tIt
E3\tAttribution:T7
"""


@pytest.fixture
def folder(tmp_path):
    data = tmp_path / "polnear" / "data" / "dev"
    for name in ("text", "attributions"):
        (data / name).mkdir(parents=True)
    write_lines(tmp_path / "polnear" / "dev.jsonl", ROW)
    (data / "text" / "one_two.txt").write_text(TEXT, encoding="utf-8")
    for annotator in ("x1", "x2"):
        (data / "attributions" / f"one_two_{annotator}.ann").write_text(NOTES, encoding="utf-8")
    return tmp_path


def write_lines(path, *rows) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_a_part_with_its_digest(folder) -> None:
    corpus = load_polnear(folder, "dev")
    content = (folder / "polnear" / "dev.jsonl").read_bytes()
    assert corpus.name == "polnear/dev"
    assert corpus.digest == hashlib.sha256(content).hexdigest()
    (article,) = corpus.articles
    assert (article.id, article.annotator, article.text) == ("one", "x1", TEXT)
    assert article.attributions[0].content == (Span(13, 21),)
    assert article.attributions[1].source == ()


def test_all_annotators_from_the_stand_off_files(folder) -> None:
    corpus = load_polnear_annotators(folder, "dev")
    assert [(a.id, a.annotator) for a in corpus.articles] == [("one_two", "x1"), ("one_two", "x2")]
    assert list(corpus.by_id()) == ["one_two"]
    one, other = corpus.articles[0].attributions
    assert one.content == (Span(13, 15), Span(16, 21)), "fragments come in text order"
    assert (other.source, other.cue) == ((), (Span(26, 35),)), "what it hangs on is the cue"


def test_the_digest_of_a_folder_is_of_all_files(folder) -> None:
    before = load_polnear_annotators(folder, "dev").digest
    path = folder / "polnear" / "data" / "dev" / "attributions" / "one_two_x2.ann"
    path.write_text(NOTES.replace("26 35", "23 35"), encoding="utf-8")
    assert load_polnear_annotators(folder, "dev").digest != before


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"text": None}, '"text" must be a string'),
        ({"attributions": None}, '"attributions" must be a list of objects'),
        ({"attributions": ["x"]}, '"attributions" must be a list of objects'),
        ({"attributions": [{"cue": [[8, 99]]}]}, r"\[8, 99\) is no span"),
        ({"attributions": [{"cue": [[9, 9]]}]}, r"\[9, 9\) is no span"),
        ({"attributions": [{"cue": [8, 12]}]}, "is no list of"),
        ({"attributions": [{"cue": [[0.5, 2]]}]}, "is no list of"),
        ({"attributions": [{"cue": "said"}]}, "is no list of"),
    ],
)
def test_what_is_wrong_says_where(folder, change, problem) -> None:
    write_lines(folder / "polnear" / "dev.jsonl", ROW, {**ROW, "id": "two", **change})
    with pytest.raises(FormError, match=rf"dev.jsonl line 2: .*{problem}"):
        load_polnear(folder, "dev")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", "line 1: it is no JSON"),
        (b"[]", "line 1: it is no object"),
        (b"\xff", "it is no UTF-8"),
        (json.dumps(ROW).encode() + b"\n\n" + json.dumps(ROW).encode(), "'one' occurs twice"),
    ],
)
def test_files_of_another_form(folder, content, problem) -> None:
    (folder / "polnear" / "dev.jsonl").write_bytes(content)
    with pytest.raises(FormError, match=problem):
        load_polnear(folder, "dev")


def test_stand_off_that_points_nowhere(folder) -> None:
    path = folder / "polnear" / "data" / "dev" / "attributions" / "one_two_x2.ann"
    path.write_text("E1\tAttribution:T4 Content:T3\n", encoding="utf-8")
    with pytest.raises(FormError, match="there is no 'T4'"):
        load_polnear_annotators(folder, "dev")


def test_missing_files(tmp_path) -> None:
    with pytest.raises(FormError, match=r"dev\.jsonl: No such file"):
        load_polnear(tmp_path, "dev")
    with pytest.raises(CorpusError, match=r"it holds no attributions"):
        load_polnear_annotators(tmp_path, "dev")


@pytest.mark.parametrize(("find", "variable"), [(corpora_folder, CORPORA), (gold_file, GOLD)])
def test_the_environment_names_what_to_read(find, variable, tmp_path) -> None:
    with pytest.raises(CorpusError, match=f"{variable}: it is not set"):
        find({})
    with pytest.raises(EvaluationError, match="is not there"):
        find({variable: str(tmp_path / "nothing")})
    path = tmp_path if variable == CORPORA else tmp_path / "gold.jsonl"
    path.touch()
    assert find({variable: str(path)}) == path


GOLD_ROW = {
    "url": "a",
    "published": "2020-01-02",
    "text": TEXT,
    "entities": [{"name": "Ms Chen", "aliases": ["the engineer"]}, {"name": "Kelton"}],
    "statements": [
        {
            "id": "s1",
            "source": [[0, 7]],
            "cue": [[8, 12]],
            "content": [[13, 21]],
            "speaker": "Ms Chen",
            "act": "warn",
            "polarity": "affirm",
            "manner": "indirect",
            "addressee": None,
            "medium": None,
            "parent": None,
        }
    ],
}


def test_whole_record_gold(tmp_path) -> None:
    (tmp_path / "dev").mkdir()
    path = tmp_path / "dev" / "gold.jsonl"
    write_lines(path, GOLD_ROW)
    corpus = load_gold(path)
    assert corpus.name == "gold/dev"
    assert corpus.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    (record,) = corpus.records
    assert record.aliases == {"Ms Chen": ("the engineer",), "Kelton": ()}
    (own,) = record.statements
    assert (own.id, own.speaker, own.parent) == ("s1", "Ms Chen", None)
    assert (own.act, own.polarity, own.manner) == (Act.WARN, Polarity.AFFIRM, Manner.INDIRECT)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"act": "shout"}, "'shout' is not a valid Act"),
        ({"polarity": None}, "None is not a valid Polarity"),
        ({"manner": "loud"}, "'loud' is not a valid Manner"),
        ({"id": 3}, '"id" must be a string'),
    ],
)
def test_values_that_no_statement_takes(tmp_path, change, problem) -> None:
    (own,) = GOLD_ROW["statements"]
    path = tmp_path / "gold.jsonl"
    write_lines(path, {**GOLD_ROW, "statements": [{**own, **change}]})
    with pytest.raises(FormError, match=f"line 1, statement 1: .*{problem}"):
        load_gold(path)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("part", "n_articles", "n_versions"), [("dev", 84, 94), ("train", 840, 919)]
)
def test_stand_off_files_say_what_the_converted_file_says(
    corpora, part, n_articles, n_versions
) -> None:
    converted = {article.id: article for article in load_polnear(corpora, part).articles}
    everybody = load_polnear_annotators(corpora, part).articles
    assert (len(converted), len(everybody)) == (n_articles, n_versions)
    for version in everybody:
        article = converted[version.id]
        assert version.text == article.text
        if version.annotator == article.annotator:
            assert set(version.attributions) == set(article.attributions)
            assert len(version.attributions) == len(article.attributions)
