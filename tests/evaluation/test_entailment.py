"""Pairs of texts: files in, accuracy beside that of baselines out."""

import doctest
import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evaluation.entailment import (
    SURE,
    chosen,
    entailment_report,
    measured_pairs,
    tallies_of,
    training_pairs,
)
from evaluation.entailment_corpora import (
    CONTRADICTS,
    ENTAILS,
    NEUTRAL,
    SETS,
    Pair,
    PairSet,
    is_held,
    load_pairs,
)
from evaluation.entailment_words import WordModel
from evaluation.errors import FormError
from evaluation.scores import add_tallies, scores_of

ROWS = [
    ("The dam held.", "The dam did not break.", "entailment"),
    ("The dam held.", "The dam broke.", "contradiction"),
    ("It rained.", "The dam broke.", "neutral"),
]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def lines(*names: str) -> str:
    """The rows as JSON lines under some names."""
    return "".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in ROWS)


def table(*names: str) -> str:
    return "\n".join("\t".join(row) for row in (names, *ROWS)) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of made corpora, with the files of all sets."""
    claims = tmp_path / "claims"
    for part in ("train", "dev"):
        path = claims / f"counterfactual_nli/NLI/all_combined/{part}.tsv"
        write(path, table("sentence1", "sentence2", "gold_label"))
    for name in ("conj_dev.tsv", "adversarial_train_15k.tsv"):
        write(claims / "conjnli" / name, "\ufeff" + table("Premise", "Hypothesis", "Label"))
    for own, short in (("2_Ling_on_side", "LotS"), ("3_Ling_in_loop", "LitL")):
        for n in range(1, 6):
            for part in ("train", "val"):
                path = claims / f"lingnli/{own}_protocol/{part}_round{n}_{short}.jsonl"
                write(path, lines("premise", "hypothesis", "label"))
    write(
        claims / "breaking_nli/dataset.jsonl",
        lines("sentence1", "sentence2", "gold_label").replace('"It rained."', '"j"'),
    )
    for own in ("base", "sim", "translate"):
        label = {"base": "e", "sim": "n", "translate": "c"}[own]
        row = {"premise": "j", "hypothesis": "The dam held.", "label": label}
        write(claims / f"sanli_wiki/{own}_wiki/train.jsonl", json.dumps(row) + "\n")
    fever = {"evidence": "It rained.", "claim": "It was dry.", "gold_label": "REFUTES"}
    fever_too = {"evidence": "It was dry.", "claim": "It was dry.", "gold_label": "SUPPORTS"}
    write(
        claims / "fever_symmetric/fever_symmetric_dev.jsonl",
        json.dumps(fever) + "\n" + json.dumps(fever_too) + "\n",
    )
    bodies = 'Body ID,articleBody\nj,"The dam held.\n\nIt rained."\na,"It rained."\n'
    write(claims / "fnc1/train_bodies.csv", bodies)
    stances = "Headline,Body_ID,Stance\nDam held,j,0\nDam broke,j,1\nRain,j,2\nSun,j,3\nRain,a,0\n"
    write(claims / "fnc1/train_stances.csv", stances)
    return tmp_path


@pytest.mark.parametrize("name", list(SETS))
def test_every_set_is_read(folder: Path, name: str) -> None:
    given = load_pairs(folder, name, "dev")
    assert given.name == f"{name}/dev"
    assert len(given.digest) == 64
    assert given.pairs


@pytest.mark.parametrize("name", ["counterfactual", "conjnli"])
def test_labels_are_numbers(folder: Path, name: str) -> None:
    pairs = load_pairs(folder, name, "train").pairs
    assert [p.label for p in pairs] == [ENTAILS, CONTRADICTS, NEUTRAL]
    assert pairs[0].premise == pairs[0].group == "The dam held."


def test_rounds_are_put_together(folder: Path) -> None:
    assert len(load_pairs(folder, "lingnli_loop", "dev").pairs) == 15


def test_sets_without_parts_are_cut_by_premise(folder: Path) -> None:
    assert is_held("j")
    assert not is_held("The dam held.")
    assert {p.premise for p in load_pairs(folder, "breaking", "dev").pairs} == {"j"}
    assert {p.premise for p in load_pairs(folder, "breaking", "train").pairs} == {"The dam held."}
    assert [p.label for p in load_pairs(folder, "sanli", "dev").pairs] == [0, 1, 2]


def test_what_only_discusses_is_not_measured(folder: Path) -> None:
    assert [p.label for p in load_pairs(folder, "fnc1", "dev").pairs] == [0, 2, 1]
    given = measured_pairs(folder, "fnc1")
    assert [p.hypothesis for p in given.pairs] == ["Dam held", "Dam broke"]
    assert given.labels == (ENTAILS, CONTRADICTS)
    assert [p.group for p in training_pairs(folder, "fnc1")] == ["a"]


def test_a_claim_with_both_evidences_is_one_group(folder: Path) -> None:
    given = measured_pairs(folder, "fever_symmetric")
    assert {p.group for p in given.pairs} == {"It was dry."}
    assert {p.label for p in training_pairs(folder, "fever_symmetric")} == {ENTAILS, CONTRADICTS}
    with pytest.raises(FormError, match="development part only"):
        load_pairs(folder, "fever_symmetric", "train")


def test_a_label_that_is_none_is_refused(folder: Path) -> None:
    path = folder / "claims/conjnli/conj_dev.tsv"
    path.write_text(path.read_text().replace("neutral", "maybe"))
    with pytest.raises(FormError, match="line 4: 'maybe' is no label"):
        load_pairs(folder, "conjnli", "dev")


def test_a_row_without_a_text_is_refused(folder: Path) -> None:
    write(folder / "claims/breaking_nli/dataset.jsonl", '{"sentence1": "j"}\n')
    with pytest.raises(FormError, match="no text under sentence2"):
        load_pairs(folder, "breaking", "dev")


def pairs_of(labels: Sequence[int]) -> tuple[Pair, ...]:
    words = ("held", "rained", "broke")
    return tuple(
        Pair(premise="The dam held.", hypothesis=f"It {words[n]}.", label=n, group=str(at // 2))
        for at, n in enumerate(labels)
    )


def set_of(labels: Sequence[int]) -> PairSet:
    pairs = pairs_of(labels)
    return PairSet(name="made/dev", digest="0" * 64, pairs=pairs, labels=tuple(sorted(set(labels))))


def test_scores_small_enough_to_work_out_by_hand() -> None:
    given = set_of([ENTAILS, CONTRADICTS, CONTRADICTS, NEUTRAL])
    own = np.array([[0.9, 0, 0.1], [0.5, 0, 0.5], [0, 0, 1], [0, 0, 1]])
    tallies = tallies_of(given, own=own, words=np.eye(3)[[2, 2, 2, 2]], usual=NEUTRAL)
    assert len(tallies) == 2
    found = scores_of(add_tallies(tallies))
    assert found["accuracy"].value == 0.5
    assert found["accuracy, words"].value == 0.5
    assert found["accuracy, most frequent label"].value == 0.25
    assert (found["contradicts"].precision, found["contradicts"].recall) == (0.5, 0.5)
    assert found["accuracy where sure"].n == 3
    assert SURE == 0.8


def test_only_labels_that_occur_are_chosen() -> None:
    assert chosen(np.array([[0.1, 0.8, 0.1], [0.0, 0.8, 0.2]]), (0, 2)).tolist() == [0, 2]


def test_words_are_learned() -> None:
    model = WordModel(n_epochs=20)
    pairs = pairs_of([0, 1, 2] * 10)
    model.fit(pairs)
    found = model.probabilities(pairs[:3])
    assert found.argmax(axis=1).tolist() == [0, 1, 2]
    assert np.allclose(found.sum(axis=1), 1)
    again = WordModel(n_epochs=20)
    again.fit(pairs)
    assert np.array_equal(found, again.probabilities(pairs[:3]))


def test_a_report_has_all_of_it() -> None:
    given = set_of([0, 1, 2, 2])

    def scorer(pairs: Sequence[tuple[str, str]]) -> Any:
        return np.eye(3)[[0 if "held" in two else 2 for _, two in pairs]]

    report = entailment_report(given, scorer, given.pairs, system="made", n_rounds=20)
    assert report.scores["accuracy"].value == 0.75
    assert report.scores["accuracy, most frequent label"].value == 0.5
    assert report.intervals["accuracy"].low <= 0.75 <= report.intervals["accuracy"].high


@pytest.mark.parametrize("name", ["entailment", "entailment_corpora", "entailment_words"])
def test_examples_in_docstrings_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"evaluation.{name}"))
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("name", ["made", "made_again"])
def test_the_pairs_of_this_project_are_read_from_beside_the_code(name: str) -> None:
    pairs = load_pairs(Path("nowhere"), name, "dev").pairs
    assert len(pairs) >= 60
    assert {pair.label for pair in pairs} == {ENTAILS, NEUTRAL, CONTRADICTS}
    assert len({(pair.premise, pair.hypothesis) for pair in pairs}) == len(pairs)
