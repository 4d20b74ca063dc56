"""Batches of marked texts: what is where, and what is left out."""

import random

import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from evaluation.event_articles import AnnotatedText  # noqa: E402
from onrecord.encode.pieces import join_window  # noqa: E402
from onrecord.encode.sessions import load_tokenizer  # noqa: E402
from onrecord.encode.weights import packaged_weights  # noqa: E402
from onrecord.events.pair_signs import TYPES  # noqa: E402
from onrecord.records import EventType  # noqa: E402
from training.entity_samples import cut_text, random_groups  # noqa: E402
from training.event_heads import EventHead, event_losses  # noqa: E402
from training.own_names import load_own_names, marked_text, plain_text  # noqa: E402
from training.record_batches import event_samples, marked_batch, shuffled_by_length  # noqa: E402

TEXT = "Rebels shelled Tarn on Monday. The mayor of Tarn denied that they had left."


def party(words: str) -> dict[str, list[int]]:
    at = TEXT.index(words)
    return {"span": [at, at + len(words)]}


def event(word: str, event_type: str, *actors: str) -> dict[str, object]:
    return {
        "trigger": party(word)["span"],
        "type": event_type,
        "factuality": "actual",
        "actors": [party(words) for words in actors],
        "recipients": [],
        "asserter": None,
    }


ARTICLE = AnnotatedText(
    "a", TEXT, None, (event("shelled", "ASSAULT", "Rebels"), event("denied", "REJECT"))
)


@pytest.fixture(scope="module")
def windows() -> list[object]:
    cut = cut_text(plain_text("a", TEXT), load_tokenizer(packaged_weights()))
    return [join_window(group) for group in random_groups(cut, random.Random(1), 1)]


def test_events_stand_at_their_words(windows: list[object]) -> None:
    samples = event_samples(ARTICLE, windows)  # type: ignore[arg-type]
    batch = marked_batch(samples)
    types = batch.type_BW.tolist()
    assert types[0][:3] == [0, 1 + TYPES.index(EventType.ASSAULT), 0]
    assert not any(types[1]), "a denial is a statement"
    assert batch.event_word_E.tolist() == [1]
    assert batch.sides_EWK[0, :, 0].nonzero().flatten().tolist() == [0]


def test_words_beyond_the_last_are_not_asked_for(windows: list[object]) -> None:
    batch = marked_batch(event_samples(ARTICLE, windows))  # type: ignore[arg-type]
    shorter = int(batch.words.word_mask_BW.sum(1).argmin())
    n_words = int(batch.words.word_mask_BW[shorter].sum())
    assert set(batch.type_BW[shorter, n_words:].tolist()) <= {-100}


def test_no_events_cost_something_all_the_same(windows: list[object]) -> None:
    samples = event_samples(AnnotatedText("b", TEXT, None, ()), windows)  # type: ignore[arg-type]
    batch = marked_batch(samples)
    head = EventHead(8, 0.0)
    losses = event_losses(head, torch.randn(*batch.type_BW.shape, 8), batch)
    assert set(losses) == {"events"}
    assert losses["events"].item() > 0


def test_batches_hold_as_much_as_asked(windows: list[object]) -> None:
    samples = event_samples(ARTICLE, windows) * 20  # type: ignore[arg-type]
    batches = shuffled_by_length(samples, random.Random(2), 100)
    assert sum(map(len, batches)) == len(samples)
    for batch in batches:
        assert len(batch) * max(len(s.windows[0].ids_T) for s in batch) <= 100


def test_marks_of_names_are_taken_out() -> None:
    text = marked_text("a", "{PER|Ana Velt} of {ORG|Brill & Co}, {LOC|Tarn}")
    assert text.text == "Ana Velt of Brill & Co, Tarn"
    assert [text.text[m.start : m.end] for m in text.mentions] == ["Ana Velt", "Brill & Co", "Tarn"]


def test_own_texts_have_marks_that_close() -> None:
    texts = load_own_names()
    assert len(texts) > 1000
    assert not any(set(text.text) & set("{}|") for text in texts)
