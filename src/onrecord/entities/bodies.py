"""Bodies that are never one: a ministry is no army, and a rebel front is neither.

A description with a head of one of these classes does not go back to a body with a head of
another one, whatever the scores of the pair say; and what else such a body may be called is
told: an army is also "the troops", but no agency.
"""

from typing import Final

# Groups that are named by who is in them, so that they are taken for persons.
_FIGHTERS: Final = (
    "fighters rebels militants insurgents guerrillas gunmen separatists jihadists extremists"
)
FIGHTERS: Final = frozenset(_FIGHTERS.split())
# The heads of a class, and those of other nouns for such a body.
_CLASSES: Final = {
    "ministry": "department office government authority",
    "army military": "troops forces force soldiers command unit service services generals "
    "commanders officers",
    "navy": "fleet force forces service",
    "police gendarmerie": "officers force forces service department authorities unit "
    "detectives investigators",
    "parliament senate": "legislature assembly chamber house lawmakers body deputies congress",
    "court tribunal": "judges judge panel bench justices",
    "government cabinet": "administration authorities regime state coalition junta leadership "
    "ministers officials",
    "embassy consulate": "mission",
    f"front union movement party league militia alliance guild resistance {_FIGHTERS}": (
        "group groups organisation organization forces force army wing members terrorists body "
        "faction coalition leadership association"
    ),
}
_CLASS_OF: Final = {w: n for n, words in enumerate(_CLASSES) for w in words.split()}
_CALLED: Final = [frozenset(f"{own} {others}".split()) for own, others in _CLASSES.items()]


def class_of_body(head: str) -> int:
    """The class of a body by its head word in lower case; -1 for all that have none.

    >>> class_of_body("army") == class_of_body("military"), class_of_body("group")
    (True, -1)
    """
    return _CLASS_OF.get(head, -1)


def may_be_called(body: int, heads: frozenset[str]) -> bool:
    """Whether all of these nouns may stand for a body of a class; of none, any may.

    >>> army = class_of_body("army")
    >>> may_be_called(army, frozenset(["troops"])), may_be_called(army, frozenset(["agency"]))
    (True, False)
    """
    return body < 0 or heads <= _CALLED[body]
