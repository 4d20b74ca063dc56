"""Answers that are kept for a moment."""

from onrecord.serve.memories import Memory


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
