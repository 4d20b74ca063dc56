from collections import Counter

import pytest

from evaluation.event_corpora import EventPair, read_pair
from evaluation.event_typers import (
    TYPERS,
    MajorityTyper,
    WordTyper,
    cross_validate,
    folds_of,
)
from evaluation.event_word_features import word_features_of
from tests.evaluation.event_files import plv_rows

ROWS = plv_rows(10)
PAIRS = [read_pair(marked, "here") for marked, _ in ROWS]
LABELS = [label for _, label in ROWS]


def test_folds_have_all_labels_alike() -> None:
    folds = folds_of(PAIRS, LABELS, n_folds=5, seed=1)
    counted = Counter(zip(folds, LABELS, strict=True))
    assert set(counted.values()) == {2}


def test_pairs_of_one_sentence_lie_in_one_fold() -> None:
    pairs = [read_pair(f"<s>A</s> and <t>B</t> number  {n // 3}", "here") for n in range(30)]
    spaced = [EventPair(text=p.text.upper(), sources=(), targets=()) for p in pairs]
    for seed in range(5):
        folds = folds_of([*pairs, *spaced], ["X", "Y", "Z"] * 20, n_folds=4, seed=seed)
        groups = {(n % 30) // 3: set() for n in range(60)}
        for n, fold in enumerate(folds):
            groups[(n % 30) // 3].add(fold)
        assert all(len(own) == 1 for own in groups.values())


def test_folds_depend_on_the_seed_only() -> None:
    first, again, other = (folds_of(PAIRS, LABELS, n_folds=3, seed=s) for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_nobody_learns_from_what_he_is_asked() -> None:
    class Spy:
        def fit(self, pairs, labels) -> None:
            self.known = set(pairs)

        def predict(self, pairs):
            assert self.known.isdisjoint(pairs)
            return ["seen"] * len(pairs)

    steps = []
    said = cross_validate(Spy, PAIRS, LABELS, n_folds=4, seed=0, on_progress=steps.append)
    assert said == ["seen"] * len(PAIRS)
    assert steps == [1, 1, 1, 1]


def test_majority() -> None:
    typer = MajorityTyper()
    typer.fit(PAIRS[:3], ["B", "A", "A"])
    assert typer.predict(PAIRS[:2]) == ["A", "A"]


def test_words_tell_the_label() -> None:
    said = cross_validate(WordTyper, PAIRS, LABELS, n_folds=5, seed=0)
    assert sum(a == b for a, b in zip(said, LABELS, strict=True)) / len(LABELS) > 0.9


def test_words_that_were_never_seen() -> None:
    typer = WordTyper()
    typer.fit(PAIRS, LABELS)
    unknown = EventPair(text="Zzz.", sources=(), targets=())
    assert typer.predict([unknown])[0] in set(LABELS)
    assert typer.predict([]) == []


def test_the_order_of_the_parties_matters() -> None:
    one = word_features_of(read_pair("<s>A</s> hit <t>B</t>", "here"))
    other = word_features_of(read_pair("<t>A</t> hit <s>B</s>", "here"))
    assert one["S hit"]
    assert other["T hit"]


@pytest.mark.parametrize("name", ["majority", "words"])
def test_typers_without_weights_can_be_made(name: str) -> None:
    typer = TYPERS[name](None)()
    typer.fit(PAIRS, LABELS)
    assert len(typer.predict(PAIRS[:4])) == 4
