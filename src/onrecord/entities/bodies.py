"""Bodies that are never one: a ministry is no army, and a rebel front is neither.

A description with a head of one of these classes does not go back to a body with a head of
another one, whatever the scores of the pair say.
"""

from typing import Final

# Groups that are named by who is in them, so that they are taken for persons.
_FIGHTERS: Final = (
    "fighters rebels militants insurgents guerrillas gunmen separatists jihadists extremists"
)
FIGHTERS: Final = frozenset(_FIGHTERS.split())
_CLASSES: Final = (
    "ministry",
    "army military",
    "navy",
    "police gendarmerie",
    "parliament senate",
    "court tribunal",
    "government cabinet",
    "embassy consulate",
    f"front union movement party league militia alliance guild resistance {_FIGHTERS}",
)
_CLASS_OF: Final = {word: n for n, words in enumerate(_CLASSES) for word in words.split()}


def class_of_body(head: str) -> int:
    """The class of a body by its head word in lower case; -1 for all that have none.

    >>> class_of_body("army") == class_of_body("military"), class_of_body("group")
    (True, -1)
    """
    return _CLASS_OF.get(head, -1)
