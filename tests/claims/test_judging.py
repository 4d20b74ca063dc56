"""What the model of pairs is asked, and what its answers do."""

import json

import numpy as np
import pytest

from onrecord import claims
from onrecord.claims.answers import Answer
from onrecord.claims.judging import GROUNDS, plain_words
from onrecord.claims.settings import (
    FEW_OTHERS,
    MOST_BY_WORDS,
    MOST_JUDGED,
    MOST_JUDGED_OF_TWO,
)
from onrecord.records import Ground, Kind
from onrecord.store import Arrival
from tests.claims.made import made_reading
from tests.claims.made_stores import AT, disputes, made_store

pytestmark = pytest.mark.usefixtures("plain_weights")

FIRST = "Lamps burned in all windows of the Orsa mill on Monday."
SECOND = "Nobody had lit anything at the Orsa mill that night."
NAMES = [("Orsa", Kind.PLACE)]


class FakeJudge:
    """Says the same of all sentences, and remembers them."""

    def __init__(self, **of_grounds: float) -> None:
        rest = 1.0 - sum(of_grounds.values())
        self.row = [rest, *(of_grounds.get(g.value.split()[-1], 0.0) for g in GROUNDS)]
        self.asked: list[tuple[str, str, int | None]] = []

    def grounds(self, accounts):
        self.asked.extend(accounts)
        return np.tile(np.float32(self.row), (len(accounts), 1))


class GivenVectors:
    """Those given, one for each clause."""

    def __init__(self, *rows: list[float]) -> None:
        self.rows = rows

    def of_many(self, all_spans):
        assert len(all_spans) == len(self.rows)
        return np.float32(self.rows)


class FakeVectors:
    """All spans are alike."""

    def of_many(self, all_spans):
        return np.ones((len(all_spans), 4), dtype=np.float32) / 2


class DenialsAndFigures(FakeJudge):
    """Takes two words for a denial, and all else for figures that cannot both hold."""

    def __init__(self, words: str, *, figure: float) -> None:
        super().__init__(denial=0.999)
        self.words, self.figure = words, FakeJudge(figure=figure).row

    def grounds(self, accounts):
        found = [self.row if self.words in a + b else self.figure for a, b, _ in accounts]
        return np.float32(found)


def linked(store, judge, *readings, is_story=True, likest=None, vectors=None) -> None:
    with store.writing():
        for reading in readings:
            number = store.add(reading, at=AT).number
            assert number is not None
            if is_story:
                store.connection.execute(
                    "INSERT OR IGNORE INTO stories (number, id, document, n_documents, n_voices)"
                    " VALUES (1, 's', ?, 1, 1)",
                    (number,),
                )
                store.connection.execute(
                    "INSERT INTO story_documents VALUES (?, 1, 1.0, '{}')", (number,)
                )
            arrival = Arrival(number=number, reading=reading, vectors=vectors or FakeVectors())
            claims.link(store, (arrival,), judge, likest)


def first(text=FIRST, published="2020-03-05"):
    return made_reading(text, names=NAMES, published=published)


def second(text=SECOND, published="2020-03-07"):
    return made_reading(text, names=NAMES, outlet="Other Herald", published=published)


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_the_model_is_sure_of_is_shown(tmp_path, ground) -> None:
    with made_store(tmp_path) as store:
        linked(store, FakeJudge(**{ground.value.split()[-1]: 0.999}), first(), second())
        assert disputes(store) == [(ground.value, FIRST, SECOND)]
        row = store.connection.execute("SELECT why, probability FROM disputes").fetchone()
        assert json.loads(row["why"])["model"][ground.value] == pytest.approx(0.999)
        assert 0.5 < row["probability"] <= 1


@pytest.mark.parametrize(("denial", "ground"), [(0.4, Ground.DENIAL), (0.2, Ground.ACTOR)])
def test_of_a_denial_and_a_doer_the_denial_counts_twice(tmp_path, denial, ground) -> None:
    with made_store(tmp_path) as store:
        linked(store, FakeJudge(denial=denial, actor=0.999 - denial), first(), second())
        assert [row[0] for row in disputes(store)] == [ground.value]


def test_what_it_says_no_to_is_not(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, FakeJudge(), first(), second())
        assert disputes(store) == []


@pytest.mark.parametrize(("outlet", "n_shown"), [("Made Gazette", 0), ("Other Post", 1)])
def test_a_toll_that_its_own_outlet_raises_is_news(tmp_path, outlet, n_shown) -> None:
    early = made_reading("Nine people died when the Orsa mill burned.", names=NAMES)
    late = made_reading(
        "The number of dead in the fire of the Orsa mill has climbed to nineteen.",
        names=NAMES, published="2020-03-06", outlet=outlet,
    )  # fmt: skip
    with made_store(tmp_path) as store:
        linked(store, FakeJudge(figure=0.999), early, late)
        assert len(disputes(store)) == n_shown


def test_of_a_denial_one_side_denies(tmp_path) -> None:
    with made_store(tmp_path) as store:
        linked(store, FakeJudge(denial=0.999), first(), second())
        rows = store.connection.execute("SELECT document, stance FROM stances ORDER BY document")
        assert [row["stance"] for row in rows] == ["asserts", "denies"]


@pytest.mark.parametrize("is_swapped", [False, True])
def test_the_earlier_sentence_is_asked_first_whoever_comes_first(tmp_path, is_swapped) -> None:
    judge = FakeJudge()
    readings = [first(), second()]
    with made_store(tmp_path) as store:
        linked(store, judge, *(readings[::-1] if is_swapped else readings))
    assert judge.asked == [(FIRST, SECOND, 2)]


def test_what_may_be_a_dispute_is_asked_about_both_ways_round(tmp_path) -> None:
    judge = FakeJudge(denial=0.2)
    with made_store(tmp_path) as store:
        linked(store, judge, first(), second())
    assert judge.asked == [(FIRST, SECOND, 2), (SECOND, FIRST, 2)]


def test_days_may_be_unknown(tmp_path) -> None:
    judge = FakeJudge()
    with made_store(tmp_path) as store:
        linked(store, judge, first(published=None), second())
    assert judge.asked == [(FIRST, SECOND, None)]


def test_the_same_words_are_not_asked_about(tmp_path) -> None:
    judge = FakeJudge(denial=0.999)
    with made_store(tmp_path) as store:
        linked(store, judge, first(), second(FIRST))
        assert disputes(store) == []
    assert judge.asked == []


@pytest.mark.parametrize(("figure", "grounds"), [(0.7, 1), (0.999, 2)])
def test_a_second_dispute_of_two_documents_has_to_be_likelier(tmp_path, figure, grounds) -> None:
    early = first(f"{FIRST} Nine lamps burned in Orsa.")
    late = second(f"{SECOND} Forty lamps burned in Orsa, says the guard.")
    with made_store(tmp_path) as store:
        linked(store, DenialsAndFigures("Nobody", figure=figure), early, late)
        assert len({row[0] for row in disputes(store)}) == grounds


def test_two_clauses_of_one_sentence_may_be_disputed_apart(tmp_path) -> None:
    """Both show the whole sentence, and so are one claim; that once broke off."""
    texts = [
        "The mill of Orsa burned on Monday, but the lamps were saved from the river.",
        "Not one wall of the mill was touched by the fire in Orsa.",
        "Every lamp was lost to the river in Orsa on Monday.",
    ]
    vectors = [GivenVectors([1, 0], [0, 1]), GivenVectors([1, 0]), GivenVectors([0, 1])]
    with made_store(tmp_path) as store:
        for text, own in zip(texts, vectors, strict=True):
            reading = made_reading(text, names=NAMES, outlet=text[-9:])
            linked(store, FakeJudge(figure=0.999), reading, vectors=own)
        shown = [{first, second} for _, first, second in disputes(store)]
        assert shown == [{texts[0], texts[1]}, {texts[0], texts[2]}]


@pytest.mark.parametrize("is_asked", [True, False])
def test_likest_documents_are_compared_where_few_others_are_known(tmp_path, is_asked) -> None:
    judge, sought = FakeJudge(), []

    def likest(_, number):
        sought.append(number)
        return range(number - 1, 0, -1)

    texts = [
        "Lamps burned in all windows of the mill by the river.",
        "Heavy snow closed the pass between the two valleys.",
        "Three members of the council resigned over the new budget.",
    ]
    apart = [made_reading(text, outlet=text[:9]) for text in texts]
    with made_store(tmp_path) as store:
        linked(store, judge, *apart, is_story=False, likest=likest if is_asked else None)
    assert sought == ([1, 2, 3] if is_asked else [])
    assert len(judge.asked) == (2 * MOST_BY_WORDS if is_asked else 0)


def test_likest_documents_are_not_sought_beside_many_of_a_story(tmp_path) -> None:
    sought = []

    def likest(_, number):
        sought.append(number)
        return ()

    readings = [made_reading(FIRST, names=NAMES, outlet=f"Post {n}") for n in range(FEW_OTHERS + 2)]
    with made_store(tmp_path) as store:
        linked(store, FakeJudge(), *readings, likest=likest)
    assert sought == list(range(1, FEW_OTHERS + 1))


def test_only_so_many_pairs_are_asked_about(tmp_path) -> None:
    words = "mill river bridge tower school market harbour chapel quarry station".split()
    texts = [" ".join(f"The {w} number {n} near Orsa was shut." for w in words) for n in range(9)]
    judge = FakeJudge()
    with made_store(tmp_path) as store:
        before = 0
        for number, text in enumerate(texts):
            linked(store, judge, made_reading(text, names=NAMES, outlet=f"Post {number}"))
            asked, before = len(judge.asked) - before, len(judge.asked)
            assert asked <= min(MOST_JUDGED, number * MOST_JUDGED_OF_TWO)
    assert before > MOST_JUDGED


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("PORT NEAL, 4 May (Agency) – The mill burned.", "The mill burned."),
        ("ORSA - The\nmill burned.", "The mill burned."),
        ("The mill - an old one - burned.", "The mill - an old one - burned."),
        ("NATO said no.", "NATO said no."),
    ],
)
def test_datelines_are_left_out(sentence, words) -> None:
    assert plain_words(sentence) == words


def test_odds_stay_within_bounds() -> None:
    assert Answer({Ground.DENIAL: 1.0}, {Ground.DENIAL: 1.0}).odds == 6.0
    assert Answer({Ground.DENIAL: 0.0}).odds == -6.0
    even = {Ground.DENIAL: 0.25, Ground.ACTOR: 0.25}
    assert Answer(even, even).odds == pytest.approx(0)
    assert Answer(even, {Ground.DENIAL: 0.1}).odds < 0


def test_a_dispute_on_two_grounds_alike_has_no_peak() -> None:
    assert Answer({Ground.DENIAL: 0.3, Ground.ACTOR: 0.3}).peak == pytest.approx(0.5)
    assert Answer({Ground.DENIAL: 0.6, Ground.ACTOR: 0.0}).peak == pytest.approx(1.0)
    assert Answer({Ground.DENIAL: 0.0}).peak == 0.0
