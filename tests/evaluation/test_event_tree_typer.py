import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from evaluation.errors import FormError
from evaluation.event_corpora import EventPair, read_pair
from evaluation.event_tree_features import (
    PairFeatures,
    PairReader,
    ReadSentence,
    Told,
    features_of,
    signs_of,
)
from evaluation.event_tree_typer import TreeTyper
from evaluation.event_typers import cross_validate
from evaluation.softmax import NamedColumns, Softmax
from onrecord.encode.weights import packaged_weights
from onrecord.records import Factuality
from onrecord.syntax.loading import tree_finder_of
from onrecord.syntax.trees import Tree


def tree_of(text: str, *rows: tuple[int, str, str]) -> Tree:
    """A tree over the words of a text; a row has head, relation and tag of a word."""
    words = text.split()
    starts, at = [], 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    heads, relations, tags = zip(*rows, strict=True)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    lowered = [word.lower() for word in words]
    return Tree(lowered, heads, relations, tags, starts=starts, ends=ends)


def refusal(first: str = "s", second: str = "t") -> tuple[EventPair, ReadSentence]:
    pair = read_pair(
        f"<{first}>Arland</{first}> will not help to free <{second}>Norland</{second}> soon", "here"
    )
    tree = tree_of(
        pair.text,
        (3, "nsubj", "NNP"),
        (3, "aux", "MD"),
        (3, "advmod", "RB"),
        (3, "root", "VB"),
        (5, "mark", "TO"),
        (3, "xcomp", "VB"),
        (5, "obj", "NNP"),
        (3, "advmod", "RB"),
    )
    told = Told(
        word=5,
        type="CONCEDE",
        lemma="free",
        strength=0.75,
        factuality=Factuality.NEGATED,
        recipients=frozenset({6}),
    )
    vectors_WD = np.arange(16, dtype=np.float32).reshape(8, 2)
    return pair, ReadSentence(tree=tree, told=(told,), vectors_WD=vectors_WD)


def test_happenings_are_told_by_their_part_in_it() -> None:
    pair, sentence = refusal()
    named = features_of(pair, [sentence]).named
    assert named["any CONCEDE"] == named["target CONCEDE"] == named["path CONCEDE"] == 0.75
    assert "source CONCEDE" not in named
    assert "both CONCEDE" not in named
    assert named["negated CONCEDE"] == 1
    assert named["sign not CONCEDE"] == 1


def test_words_are_told_by_where_they_stand() -> None:
    pair, sentence = refusal()
    named = features_of(pair, [sentence]).named
    assert {"path help", "path free", "between will", "between will not", "outside soon"} <= set(
        named
    )
    assert {"source under help", "target under free", "beside source xcomp free"} <= set(named)
    assert not any("arland" in name or "norland" in name for name in named)


def test_the_parties_are_not_the_same() -> None:
    pair, sentence = refusal("t", "s")
    named = features_of(pair, [sentence]).named
    assert "source under free" in named
    assert "target CONCEDE" not in named


def test_vectors_are_means() -> None:
    pair, sentence = refusal()
    found = features_of(pair, [sentence]).vector
    # Between them "help" and "free"; above the source "help", above the target "free"; all.
    assert found.tolist() == [8, 9, 6, 7, 10, 11, 7, 8]


@pytest.mark.parametrize("missing", ["s", "t"])
def test_one_party_may_be_missing(missing: str) -> None:
    pair, sentence = refusal()
    gone = EventPair(
        text=pair.text,
        sources=() if missing == "s" else pair.sources,
        targets=() if missing == "t" else pair.targets,
    )
    found = features_of(gone, [sentence])
    assert not any(name.startswith("between") for name in found.named)
    assert found.vector.shape == (8,)


def test_a_sentence_without_parties_tells_nothing() -> None:
    pair, sentence = refusal()
    nobody = EventPair(text=pair.text, sources=(), targets=())
    found = features_of(nobody, [sentence])
    assert not found.named
    assert not found.vector.any()


def test_a_party_over_the_other_leaves_no_word_between() -> None:
    pair = read_pair("<t>Norland </t>guards of <s>Arland</s>", "here")
    tree = tree_of(
        pair.text, (1, "compound", "NNP"), (1, "root", "NNS"), (3, "case", "IN"), (1, "nmod", "NNP")
    )
    sentence = ReadSentence(tree=tree, told=(), vectors_WD=np.ones((4, 2), np.float32))
    assert "path guards" in features_of(pair, [sentence]).named


@pytest.mark.parametrize(
    ("words", "heads", "relations", "tags", "word", "signs"),
    [
        ("they must talk", [2, 2, 2], "nsubj aux root", "PRP MD VB", 2, {"must"}),
        ("they talk", [1, 1], "nsubj root", "PRP VBP", 1, set()),
        # What is above a clause with a subject of its own does not turn it.
        (
            "nobody will say they talk",
            [2, 2, 2, 4, 2],
            "nsubj aux root nsubj ccomp",
            "NN MD VB PRP VBP",
            4,
            set(),
        ),
        (
            "they are not ready to talk",
            [3, 3, 3, 3, 5, 3],
            "nsubj cop advmod root mark xcomp",
            "PRP VBP RB JJ TO VB",
            5,
            {"not", "will"},
        ),
    ],
)
def test_signs(words, heads, relations, tags, word: int, signs: set[str]) -> None:
    assert signs_of(Tree(words.split(), heads, relations.split(), tags.split()), word) == signs


class Notes:
    """Features by the first word of a text; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def __call__(self, pair: EventPair) -> PairFeatures:
        self.asked[pair.text] += 1
        first = pair.text.split()[0]
        vector = np.array([len(first), 1], dtype=np.float32)
        return PairFeatures(named={f"path {first}": 1.0}, vector=vector)


def made_pairs(words: Sequence[str], n: int) -> list[EventPair]:
    return [
        EventPair(text=f"{word} thing {number}", sources=(), targets=())
        for word in words
        for number in range(n)
    ]


def test_features_tell_the_label() -> None:
    pairs = made_pairs(["fed", "sued"], 6)
    labels = ["AID"] * 6 + ["ACCUSE"] * 6
    said = cross_validate(lambda: TreeTyper(Notes()), pairs, labels, n_folds=3, seed=0)
    assert said == labels


def test_what_was_never_seen_gets_a_known_label() -> None:
    typer = TreeTyper(Notes())
    typer.fit(made_pairs(["fed", "sued"], 3), ["AID"] * 3 + ["ACCUSE"] * 3)
    assert typer.predict(made_pairs(["went"], 1))[0] in {"AID", "ACCUSE"}
    assert typer.predict([]) == []


def test_what_is_predicted_for_one_pair_depends_on_no_other() -> None:
    pairs = made_pairs(["fed", "sued", "met"], 4)
    typer = TreeTyper(Notes())
    typer.fit(pairs, ["AID"] * 4 + ["ACCUSE"] * 4 + ["CONSULT"] * 4)
    together = typer.predict(pairs)
    assert [typer.predict([pair])[0] for pair in pairs] == together


def test_fitting_again_forgets() -> None:
    typer = TreeTyper(Notes())
    typer.fit(made_pairs(["fed", "sued"], 3), ["AID"] * 3 + ["ACCUSE"] * 3)
    typer.fit(made_pairs(["met", "shot"], 3), ["CONSULT"] * 3 + ["ASSAULT"] * 3)
    assert typer.predict(made_pairs(["met", "shot"], 1)) == ["CONSULT", "ASSAULT"]


def test_balanced_labels_count_alike() -> None:
    """With the same row for all, only how much labels count decides."""
    X_NF = np.ones((10, 1))
    labels = ["A"] * 9 + ["B"]
    plain = Softmax(penalty=0.01, n_steps=200)
    plain.fit(X_NF, labels)
    assert plain.predict(X_NF[:1]) == ["A"]
    rows_NF = np.array([[0.0]] * 9 + [[0.1]])
    balanced = Softmax(penalty=0.01, n_steps=2000, is_balanced=True)
    balanced.fit(rows_NF, labels)
    assert balanced.predict(np.array([[1.0]])) == ["B"]


def test_long_rows_do_not_break_the_descent() -> None:
    X_NF = 1000 * np.eye(4)
    model = Softmax(penalty=0.1, n_steps=100, is_balanced=True)
    model.fit(X_NF, ["A", "B", "C", "C"])
    assert model.predict(X_NF) == ["A", "B", "C", "C"]


def test_unit_rows_have_length_one() -> None:
    columns = NamedColumns(least=2)
    counted = [Counter({"x": 2, "y": 1}), Counter({"x": 1}), Counter({"z": 1, "y": 3})]
    columns.fit(counted)
    lengths_N = np.linalg.norm(columns.unit_rows(counted), axis=1)
    assert lengths_N == pytest.approx([1, 1, 1])
    assert not columns.unit_rows([Counter({"z": 1})]).any()


def test_weights_without_trees_are_refused(tmp_path) -> None:
    manifest = {
        "name": "record",
        "version": "0",
        "files": {},
        "max_pieces": 128,
        "cue_steps": [],
        "role_steps": [],
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(FormError, match="these weights have no trees"):
        PairReader(tmp_path)


@pytest.mark.skipif(
    tree_finder_of(packaged_weights()) is None, reason="the packaged weights have no trees"
)
def test_a_sentence_is_read_as_the_package_does() -> None:
    pair = read_pair("<s>Kenya</s> accused <t>Ghana</t> of lying.", "here")
    (sentence,) = PairReader()(pair.text)
    assert len(sentence.vectors_WD) == len(sentence.tree)
    assert "both ACCUSE" in features_of(pair, [sentence]).named
