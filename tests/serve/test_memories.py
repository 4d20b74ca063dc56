"""Answers that are kept for a moment."""

from pathlib import Path

from onrecord.records import Reading
from onrecord.serve.memories import FoundInDocuments, Memory
from onrecord.store import open_store
from onrecord.store.corrections import Signature, accept_row
from onrecord.store.finding import FoundRow
from tests.serve.rooms import AT


def test_an_answer_is_kept_until_something_is_corrected() -> None:
    memory, made = Memory(), []

    def make() -> int:
        made.append(None)
        return len(made)

    assert memory("a", 0, make) == memory("a", 0, make) == 1
    assert memory("a", 1, make) == 2
    assert memory("b", 1, make) == 3


def test_an_old_answer_is_made_anew() -> None:
    memory = Memory(seconds=0.0)
    assert memory("a", 0, lambda: 1) == 1
    assert memory("a", 0, lambda: 2) == 2


def test_few_answers_are_kept() -> None:
    memory = Memory()
    for number in range(100):
        memory(number, 0, lambda: 0)
    assert memory(0, 0, lambda: "new") == "new"


def test_an_answer_may_be_kept_longer_than_others() -> None:
    memory = Memory(seconds=0.0)
    assert memory("a", 0, lambda: 1, seconds=60) == 1
    assert memory("a", 0, lambda: 2, seconds=60) == 1


def test_what_was_found_in_a_document_is_kept_until_it_is_corrected(own_path: Path) -> None:
    kept, looked = FoundInDocuments(), []

    def find(reading: Reading) -> int:
        looked.append(reading.document.id)
        return len(looked)

    with open_store(own_path, mode="write") as store:
        numbers = list(store.numbers())
        assert [kept(store, number, find) for number in (*numbers, *numbers)] == [1, 2, 1, 2]
        assert kept(store, numbers[0], find, key="another question") == 3
        row = store.reading(numbers[0]).statements[0].id
        signed = Signature(by="Ada", at=AT, why=None)
        accept_row(store, FoundRow(numbers[0], "statements", row), signed)
        assert kept(store, numbers[0], find) == 4
