"""Verbs by which one asks somebody, behind a preposition, to act: "called on them to go"."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from onrecord.events.forms import verb_forms

_ASKING: Final = {
    ("on", "upon"): "call prevail rely count depend lean",
    ("for",): "call wait press push plead ask look long hope arrange",
    ("to",): "appeal signal plead shout speak beckon write",
    ("with",): "plead reason argue",
}
# Forms of these verbs, with the prepositions before whom they ask.
ASKED_BEHIND: Final[Mapping[str, AbstractSet[str]]] = {
    form: {p for cases, verbs in _ASKING.items() if verb in verbs.split() for p in cases}
    for verb in {one for verbs in _ASKING.values() for one in verbs.split()}
    for form in verb_forms(verb)
}
