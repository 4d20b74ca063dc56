"""Treebanks' words as words of windows, and the shares that are right."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evaluation.entity_texts import MarkedCorpus, MarkedText, MarkedToken
from evaluation.errors import EvaluationError
from evaluation.scores import Share
from evaluation.treebanks import (
    IGNORED,
    LOADERS,
    WITHIN,
    TreeLabels,
    TreeReader,
    count_trees,
    load_treebank,
    tree_labels,
    trees_report,
)
from onrecord.encode.pieces import Window
from onrecord.encode.weights import Weights, packaged_weights
from onrecord.syntax.labels import RELATIONS, TAGS
from onrecord.syntax.trees import FoundTrees
from tests.evaluation.entity_files import write_entity_corpora
from tests.evaluation.event_files import write_event_corpora
from tests.evaluation.made_trees import use_made_trees
from tests.statements.made import window_of

# A token with its tag, its head from 1 and its relation.
SAW = "Vale NNP 2 nsubj|saw VBD 0 root|the DT 4 det|U.S. NNP 2 obj|. . 2 punct"


def marked(sentence: str, text: str) -> MarkedText:
    """The tokens of a sentence as they stand in a text."""
    tokens, at = [], 0
    for number, part in enumerate(sentence.split("|"), 1):
        form, tag, head, relation = part.split()
        at = text.index(form, at)
        tokens.append(
            MarkedToken(
                start=at, end=at + len(form), head=int(head) - 1 if head != "0" else None,
                relation=relation, fine_tag=tag, number=f"s:{number}",
            )
        )  # fmt: skip
        at += len(form)
    return MarkedText(
        id="x", text=text, tokens=tuple(tokens), sentences=(), paragraphs=(), mentions=()
    )


def labels_of(sentence: str, text: str, **happened: tuple[float, float]) -> TreeLabels:
    found = tree_labels(
        marked(sentence, text), window_of(text), {f"s:{n[1:]}": v for n, v in happened.items()}
    )
    assert found is not None
    return found


def relations(labels: TreeLabels) -> list[str]:
    return ["-" if r == IGNORED else RELATIONS[r] for r in labels.relation_W.tolist()]


# Labels.


def test_words_have_the_heads_of_their_tokens() -> None:
    found = labels_of("Vale NNP 2 nsubj|saw VBD 0 root|it PRP 2 obj", "Vale saw it")
    assert found.head_W.tolist() == [1, 1, 1]
    assert relations(found) == ["nsubj", "root", "obj"]
    assert [TAGS[t] for t in found.tag_W] == ["NNP", "VBD", "PRP"]


def test_a_token_that_our_words_cut_has_its_first_word_as_head() -> None:
    text = "Vale saw the U.S. ."
    found = labels_of(SAW, text)
    assert [text[s:e] for s, e in zip(*edges(window_of(text)), strict=True)] == (
        "Vale saw the U . S . .".split()
    )
    assert found.head_W.tolist() == [1, 1, 3, 1, 3, 3, 3, 1]
    assert relations(found)[3:7] == ["obj", "within", "within", "within"]
    assert {TAGS[t] for t in found.tag_W[3:7]} == {"NNP"}


def edges(window: Window) -> tuple[list[int], list[int]]:
    return window.starts_W.tolist(), window.ends_W.tolist()


def test_a_word_that_covers_several_tokens_counts_as_the_first() -> None:
    found = labels_of("We PRP 4 nsubj|can MD 4 aux|not RB 4 advmod|go VB 0 root", "We cannot go")
    assert found.head_W.tolist() == [2, 2, 2]
    assert relations(found) == ["nsubj", "aux", "root"]


def test_a_word_that_covers_its_own_head_has_no_say() -> None:
    found = labels_of("It PRP 2 nsubj|gon VBG 0 root|na TO 4 mark|go VB 2 xcomp", "It gonna go")
    assert found.head_W.tolist() == [1, 1, 1]
    own = labels_of("go VB 2 aux|ing VBG 0 root|on RP 2 compound:prt", "going on")
    assert own.head_W.tolist() == [IGNORED, 0]


def test_what_people_say_of_predicates() -> None:
    found = labels_of(SAW, "Vale saw the U.S. .", p2=(-1.5, 0.5))
    assert np.isnan(found.happened_W).tolist() == [True, False, *[True] * 6]
    assert found.happened_W[1] == -1.5
    assert found.sureness_W.tolist() == [0, 0.5, 0, 0, 0, 0, 0, 0]


def test_words_between_tokens_have_no_say() -> None:
    found = labels_of("saw VBD 0 root|it PRP 1 obj", "Vale saw it again")
    assert found.head_W.tolist() == [IGNORED, 1, 1, IGNORED]
    assert relations(found) == ["-", "root", "obj", "-"]


def test_a_text_without_trees_has_no_labels() -> None:
    text = marked(SAW, "Vale saw the U.S. .")
    bare = replace(text, tokens=tuple(replace(t, relation="") for t in text.tokens))
    assert tree_labels(bare, window_of(text.text), {}) is None


# Shares.


def found_as(labels: TreeLabels, first: int = 0) -> FoundTrees:
    """Trees that are as the labels want them."""
    n = len(labels.head_W)
    zeros = np.zeros(n, dtype=np.int64)
    return FoundTrees(
        start_W=zeros,
        end_W=zeros,
        sentence_W=zeros,
        head_W=labels.head_W - first,
        root_W=zeros.astype(np.float32),
        relation_W=labels.relation_W.copy(),
        tag_W=labels.tag_W.copy(),
        happened_W=zeros.astype(np.float32),
        type_W=zeros,
    )


def shares(labels: TreeLabels, found: FoundTrees, window: Window) -> dict[str, tuple[float, float]]:
    counted = count_trees(labels, window, found)
    return {name: (s.right, s.of) for name, s in counted.items() if isinstance(s, Share)}


def test_marks_and_parts_of_tokens_are_not_counted() -> None:
    text = "Vale saw the U.S. ."
    labels = labels_of(SAW, text)
    found = shares(labels, found_as(labels), window_of(text))
    assert set(found.values()) == {(4, 4)}
    assert (labels.relation_W == WITHIN).sum() == 3


def test_heads_and_relations_are_counted_apart_and_together() -> None:
    text = "Vale saw the U.S. ."
    labels = labels_of(SAW, text)
    own = found_as(labels)
    own.head_W[0], own.head_W[2] = 2, 0
    own.relation_W[0] = own.relation_W[3] = RELATIONS.index("dep")
    own.tag_W[1] = TAGS.index("NN")
    assert shares(labels, own, window_of(text)) == {
        "unlabelled": (2, 4),
        "relation": (2, 4),
        "labelled": (1, 4),
        "tag": (3, 4),
    }


def test_only_own_words_of_a_window_are_counted() -> None:
    text = "Vale saw it"
    labels = labels_of("Vale NNP 2 nsubj|saw VBD 0 root|it PRP 2 obj", text)
    window = replace(window_of(text), own=(1, 3))
    own = found_as(
        TreeLabels(*(getattr(labels, n)[1:] for n in TreeLabels.__slots__)),
        first=1,
    )
    assert shares(labels, own, window)["labelled"] == (2, 2)


# Whole corpora.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_event_corpora(tmp_path)
    return write_entity_corpora(tmp_path)


@pytest.mark.parametrize("name", sorted(LOADERS))
def test_treebanks_have_trees(folder: Path, name: str) -> None:
    corpus = load_treebank(folder, name)
    assert any(token.relation for text in corpus.texts for token in text.tokens)


def test_a_treebank_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        load_treebank(tmp_path, "ewt")


def test_a_reader_needs_weights_with_trees() -> None:
    with pytest.raises(ValueError, match="made-0 have no heads of trees"):
        TreeReader(Weights(Path(), {"name": "made", "version": "0"}))


def test_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = use_made_trees(monkeypatch)
    # All hang on the second word, as the made-up encoder has it, but for the article.
    text = marked(
        "Vale NNP 2 nsubj|saw VBD 0 root|the DT 4 det|dam NN 2 obj|. . 2 punct", "Vale saw the dam."
    )
    corpus = MarkedCorpus(name="uner_ewt/dev", digest="d", texts=(text, text))
    found = trees_report(corpus, TreeReader(weights), system="made", n_rounds=5)
    assert (found.corpus, found.n_articles, found.system) == ("ewt/dev/trees", 2, "made")
    values = {name: score.value for name, score in found.scores.items()}
    assert values == {"unlabelled": 0.75, "labelled": 0.5, "relation": 0.5, "tag": 0.5}
    assert set(found.intervals) == set(values)


def test_a_corpus_without_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = MarkedCorpus(name="gum/dev", digest="d", texts=())
    found = trees_report(corpus, TreeReader(use_made_trees(monkeypatch)), system="made")
    assert found.n_articles == 0


@pytest.mark.weights
@pytest.mark.skipif(
    "arc_distances" not in packaged_weights().manifest, reason="the weights find no trees"
)
def test_the_packaged_weights_read_a_plain_sentence() -> None:
    ((window, found),) = TreeReader(packaged_weights()).read("The rebels attacked a town.")
    assert len(found.start_W) == len(window.starts_W)
    assert found.head_W[2] == 2, "the verb is the root"
    assert [RELATIONS[r] for r in found.relation_W[[1, 4]]] == ["nsubj", "obj"]
