"""Scores of disputes, on pairs made here; and the pairs of the project, that they are in order."""

import itertools
import json
import re
from collections import Counter

import pytest
from click.testing import CliRunner

from evaluation import dispute_commands
from evaluation.dispute_finders import disputes_of
from evaluation.dispute_pairs import DISPUTED, OWN_WORDS, PARTS, load_disputes
from evaluation.disputes import (
    LONGEST_SIDE,
    FoundDispute,
    FoundSide,
    Verdict,
    cases_of,
    count_pair,
    disputes_report,
    find_all,
    verdict_on,
)
from evaluation.errors import CorpusError, FormError
from evaluation.scores import Share, matched
from onrecord.records import Ground, Reading, Span, as_spans, make_run
from onrecord.store import open_store

ARTICLE = """
[pair.{name}]
outlet = "{name} Post"
url = "https://{name}.example/1"
published = "2024-05-0{day}T10:00:00+00:00"
title = "Mill"
text = \"\"\"
{text}
\"\"\"
"""
SIDE = """
[[pair.dispute.side]]
name = "{name}"
stance = "{stance}"
article = "{article}"
words = ["{words}"]
also = [{also}]
"""
FIRST = "The mill closed on Monday, the union said. It employs 40 people. Rain fell."
SECOND = "The owner rejected word that the mill had closed. It employs 40 people. Rain fell."


def pair_toml(id_="mill", kind="denial", *, disputed=True, first=FIRST, second=SECOND, extra=""):
    text = f'[[pair]]\nid = "{id_}"\nkind = "{kind}"\ngenre = "strike"\n'
    text += ARTICLE.format(name="a", day=1, text=first) + ARTICLE.format(
        name="b", day=2, text=second
    )
    if disputed:
        text += (
            '[[pair.dispute]]\ngrounds = ["denial"]\nissue = "whether the mill closed"\n' + extra
        )
        text += SIDE.format(
            name="the union",
            stance="asserts",
            article="a",
            words="The mill closed on Monday",
            also='"the mill had closed"',
        )
        text += SIDE.format(
            name="The owner", stance="denies", article="b", words="rejected word", also=""
        )
    return text


@pytest.fixture
def load(tmp_path):
    def load(*texts):
        (tmp_path / "dev").mkdir(exist_ok=True)
        (tmp_path / "dev" / "made.toml").write_text("\n".join(texts), encoding="utf-8")
        return load_disputes("dev", folder=tmp_path)

    return load


def side(pair, article, words):
    document = pair.articles[article]
    start = document.text.index(words)
    return FoundSide(document=document.id, spans=(Span(start, start + len(words)),))


def found(pair, first, second, ground=Ground.DENIAL, *, is_own=False):
    return FoundDispute(
        ground=ground, first=side(pair, *first), second=side(pair, *second), is_own=is_own
    )


CLOSED, REJECTED = (0, "closed"), (1, "The owner rejected")


# --- verdicts ---


@pytest.mark.parametrize(
    ("first", "second", "ground", "verdict"),
    [
        pytest.param(CLOSED, REJECTED, Ground.DENIAL, Verdict.RIGHT, id="as in the gold"),
        pytest.param(REJECTED, CLOSED, Ground.DENIAL, Verdict.RIGHT, id="the other way round"),
        pytest.param(CLOSED, REJECTED, Ground.ACTOR, Verdict.OTHER_GROUND, id="another ground"),
        pytest.param(
            (1, "the mill had closed"), REJECTED, Ground.DENIAL, Verdict.BESIDE, id="one article"
        ),
        pytest.param(CLOSED, (1, "Rain fell"), Ground.DENIAL, Verdict.FALSE, id="one side only"),
        pytest.param(CLOSED, CLOSED, Ground.DENIAL, Verdict.FALSE, id="one side twice"),
        pytest.param(
            (0, "Rain fell"), (1, "Rain fell"), Ground.FIGURE, Verdict.FALSE, id="neither side"
        ),
    ],
)
def test_verdicts(load, first, second, ground, verdict) -> None:
    (pair,) = load(pair_toml()).pairs
    assert verdict_on(pair, found(pair, first, second, ground)) is verdict


def test_whoever_marks_everything_points_nowhere(load) -> None:
    (pair,) = load(pair_toml(first=FIRST + " It rained." * 40)).pairs
    everything = FoundSide(document=pair.articles[0].id, spans=(Span(0, LONGEST_SIDE + 1),))
    one = FoundDispute(ground=Ground.DENIAL, first=everything, second=side(pair, *REJECTED))
    assert verdict_on(pair, one) is Verdict.FALSE


def test_a_dispute_that_is_not_counted_is_beside_the_point(load) -> None:
    (pair,) = load(pair_toml(extra="is_counted = false\n")).pairs
    assert verdict_on(pair, found(pair, CLOSED, REJECTED)) is Verdict.BESIDE


# --- counts ---


def test_a_dispute_found_twice_is_one_hit(load) -> None:
    (pair,) = load(pair_toml()).pairs
    tally = count_pair(pair, [found(pair, CLOSED, REJECTED)] * 2)
    assert tally["disputes"] == matched(1, n_predicted=1, n_gold=1)
    assert tally["found/denial"] == matched(1, n_predicted=1, n_gold=1)


def test_false_alarms_beside_a_hit_cost_precision(load) -> None:
    (pair,) = load(pair_toml()).pairs
    rain = found(pair, (0, "Rain"), (1, "Rain"), Ground.FIGURE)
    near = found(pair, CLOSED, REJECTED, Ground.HOLDER)
    tally = count_pair(pair, [found(pair, CLOSED, REJECTED), rain, near])
    assert tally["disputes/precision"] == Share(1, 3)
    assert tally["disputes/recall"] == Share(1, 1)
    assert tally["disputes/any ground"] == matched(1, n_predicted=2, n_gold=1)


def test_another_ground_is_no_hit(load) -> None:
    (pair,) = load(pair_toml()).pairs
    tally = count_pair(pair, [found(pair, CLOSED, REJECTED, Ground.FIGURE)])
    assert tally["disputes"] == matched(0, n_predicted=1, n_gold=1)
    assert tally["disputes/any ground"] == matched(1, n_predicted=1, n_gold=1)


def test_any_find_in_a_pair_without_a_dispute_is_false(load) -> None:
    (pair,) = load(pair_toml(kind="other day", disputed=False)).pairs
    assert count_pair(pair, [])["quiet/other day"] == Share(1, 1)
    tally = count_pair(pair, [found(pair, CLOSED, REJECTED)])
    assert tally["disputes"] == matched(0, n_predicted=1, n_gold=0)
    assert tally["quiet/other day"] == Share(0, 1)


def test_own_words_may_be_named_as_such(load) -> None:
    (pair,) = load(pair_toml(kind=OWN_WORDS)).pairs
    for is_own in (False, True):
        tally = count_pair(pair, [found(pair, CLOSED, REJECTED, is_own=is_own)])
        assert tally["own words/named as such"] == Share(is_own, 1)


def test_report_worked_out_by_hand(load) -> None:
    given = load(
        pair_toml("hit"), pair_toml("miss"), pair_toml("calm", kind="opinion", disputed=False)
    )
    by_id = {pair.id: pair for pair in given.pairs}
    alarm = found(by_id["calm"], (0, "Rain"), (1, "Rain"), Ground.FIGURE)
    finds = {"hit": [found(by_id["hit"], CLOSED, REJECTED)], "calm": [alarm]}
    report = disputes_report(given, finds, system="made", n_rounds=50)
    score = report.scores["disputes"]
    assert (score.precision, score.recall, score.value) == (0.5, 0.5, 0.5)
    assert report.n_articles == 6
    assert (
        report.intervals["disputes/recall"].low <= 0.5 <= report.intervals["disputes/recall"].high
    )
    assert list(cases_of(given, finds)) == [
        "missed miss (denial): whether the mill closed",
        "false calm (opinion), found as incompatible figure:",
        "    'Rain'",
        "    'Rain'",
    ]


def test_a_finder_is_given_the_articles_of_each_pair(load) -> None:
    given = load(pair_toml("one"), pair_toml("two"))
    seen = []
    assert find_all(given.pairs, lambda articles: seen.append(articles) or ()) == {
        "one": (),
        "two": (),
    }
    assert seen == [pair.articles for pair in given.pairs]


# --- files ---


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("[[pair", "it is no TOML", id="no TOML"),
        pytest.param(pair_toml() + pair_toml(), "occurs twice", id="one name twice"),
        pytest.param(pair_toml(kind="opinion"), "has 1", id="a negative with a dispute"),
        pytest.param(pair_toml(disputed=False), "has 0", id="a positive without"),
        pytest.param(pair_toml(first="Nothing."), "occurs 0 times", id="words not there"),
        pytest.param(pair_toml(first=FIRST * 2), "occurs 2 times", id="words twice"),
        pytest.param(pair_toml().replace('"denies"', '"doubts"'), "doubts", id="no stance"),
        pytest.param(pair_toml().replace('["denial"]', '["doubt"]'), "doubt", id="no ground"),
        pytest.param(pair_toml().replace("2024-05-01T", "May"), "published", id="no date"),
        pytest.param(
            pair_toml().replace('article = "a"', 'article = "b"'), "occurs 0", id="wrong article"
        ),
    ],
)
def test_what_is_wrong_is_said(load, text, problem) -> None:
    with pytest.raises(FormError, match=re.escape(problem)):
        load(text)


def test_no_files(tmp_path) -> None:
    with pytest.raises(CorpusError, match="no files"):
        load_disputes("dev", folder=tmp_path)


# --- the pairs of the project ---


def pairs_of(part):
    return load_disputes(part).pairs


@pytest.mark.parametrize(("part", "n_each"), [("measured", 6), ("dev", 2), ("dev2", 4)])
def test_half_of_the_pairs_are_disputed_each_ground_as_often(part, n_each) -> None:
    kinds = Counter(pair.kind for pair in pairs_of(part))
    assert [kinds[kind] for kind in DISPUTED] == [n_each] * 5
    assert kinds.total() == 2 * 5 * n_each


@pytest.mark.parametrize("part", PARTS)
def test_articles_are_short_and_each_has_a_place_of_its_own(part) -> None:
    articles = [article for pair in pairs_of(part) for article in pair.articles]
    least = 50 if part in {"dev4", "dev5"} else 80
    assert all(least <= len(article.text.split()) <= 220 for article in articles)
    assert len({article.url for article in articles}) == len(articles)
    assert all(".example/" in article.url for article in articles)
    assert all(pair.articles[0].published < pair.articles[1].published for pair in pairs_of(part))


@pytest.mark.parametrize("part", PARTS)
def test_every_disputed_pair_has_one_dispute_that_counts_and_names_its_ground(part) -> None:
    named = {kind: f"incompatible {kind}" for kind in ("figure", "holder", "actor")}
    for pair in pairs_of(part):
        counted = [dispute for dispute in pair.disputes if dispute.is_counted]
        assert len(counted) == (pair.kind in DISPUTED), pair.id
        if pair.kind not in {OWN_WORDS, "denial"} and counted:
            assert counted[0].grounds[0] == named[pair.kind], pair.id


@pytest.mark.parametrize("part", PARTS)
def test_names_of_sides_and_their_words_stand_in_the_articles(part) -> None:
    for pair in pairs_of(part):
        for one in (own for dispute in pair.disputes for own in dispute.sides):
            article = pair.articles[one.article]
            assert one.name == article.outlet or one.name in article.text, (pair.id, one.name)
            assert sum(map(len, one.words)) > 0
            assert all(len(span) <= LONGEST_SIDE for span in one.words)


def sentences_of(part):
    texts = (article.text for pair in pairs_of(part) for article in pair.articles)
    return {s.strip() for text in texts for s in re.split(r"(?<=[.!?])[”\"]?\s+", text)}


def runs_of_eight(sentence):
    words = re.findall(r"\w+", sentence.casefold())
    return set(zip(*(words[n:] for n in range(8)), strict=False))


def test_the_parts_share_no_sentence_and_no_run_of_eight_words() -> None:
    runs = [set().union(*map(runs_of_eight, sentences_of(part))) for part in PARTS]
    assert not any(one & other for one, other in itertools.combinations(runs, 2))


def test_pairs_share_no_run_of_eight_words_except_a_copied_story() -> None:
    by_pair = {
        pair.id: set().union(*(runs_of_eight(article.text) for article in pair.articles))
        for part in PARTS
        for pair in pairs_of(part)
    }
    for (one, runs), (other, others) in itertools.combinations(by_pair.items(), 2):
        assert not runs & others, (one, other)


# --- the command ---


class FakeFinder:
    name = "a fake"

    def __init__(self, *, weights=None, with_possible=False) -> None:
        self.weights, self.with_possible = weights, with_possible

    def __call__(self, articles):
        return ()


def test_command(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(dispute_commands, "StoreFinder", FakeFinder)
    out = tmp_path / "out.json"
    result = CliRunner().invoke(
        dispute_commands.disputes_command,
        ["--part", "dev", "--list", "--bootstrap", "5", "--json", str(out)],
        catch_exceptions=False,
    )
    assert "disputes/dev: 40 articles" in result.output
    assert "missed dev-denial-smelter (denial)" in result.output
    found = json.loads(out.read_text())
    assert found["metrics"]["disputes"]["recall"] == 0
    assert found["metrics"]["quiet"]["value"] == 1


def test_disputes_are_read_from_a_store(tmp_path, load) -> None:
    (pair,) = load(pair_toml()).pairs
    run = make_run(software="0", model="m", model_digest="d", settings={})
    with open_store(tmp_path / "made.db", create=True) as store:
        with store.writing():
            numbers = [
                store.add(Reading(document=article, run=run), at="2025-01-01T00:00:00Z").number
                for article in pair.articles
            ]
        assert disputes_of(store) == ()
        store.connection.execute("PRAGMA foreign_keys = OFF")
        write_dispute(store, numbers)
        (one,) = disputes_of(store)
    assert one.ground is Ground.DENIAL
    assert one.is_own
    assert one.first == FoundSide(document=pair.articles[0].id, spans=as_spans([(0, 8), (9, 15)]))
    assert one.second.document == pair.articles[1].id


def write_dispute(store, numbers) -> None:
    columns = {
        "number": 1,
        "id": "x",
        "ground": "denial",
        "claim": 1,
        "other_claim": 1,
        "first_document": numbers[0],
        "first_stance": "s",
        "first_spans": '[{"start":0,"end":8},{"start":9,"end":15}]',
        "second_document": numbers[1],
        "second_stance": "t",
        "second_spans": '[{"start":0,"end":9}]',
        "is_own": 1,
        "why": "{}",
        "probability": 0.5,
    }
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    store.connection.execute(
        f"INSERT INTO disputes ({names}) VALUES ({marks})", tuple(columns.values())
    )
