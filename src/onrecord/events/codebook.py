"""What PLOVER's codebook says outright of a type, where the network has learned otherwise.

Source: the PLOVER manual of 2021 (Halterman et al.), quoted at each rule.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from onrecord.events.forms import lemmas_of
from onrecord.events.happenings import Happening
from onrecord.records import EventType

# ACCUSE: "formally or informally accuse; sue, indict, or charge; bring to trial". The network has
# learned from annotations that took these for COERCE, as arrests.
_LEGAL: Final = frozenset(
    "charge indict indictment arraign arraignment prosecute prosecution trial".split()
)
_ALLEGE: Final = "allege"
# SANCTION: "withdraw oneself or one's non-military resources (e.g., aid, observers, diplomats,
# peacekeepers) from a group, mediation activity, organization, or country".
_LEAVING: Final = frozenset(("withdraw", "pull", "exit"))
_QUITTING: Final = frozenset("withdraw withdrawal pull exit leave quit walk".split())
_JOINED: Final = frozenset(
    "agreement accord deal treaty pact convention protocol union bloc alliance league council talk "
    "negotiation coalition commission organisation organization summit partnership".split()
)
# RETREAT: "retreat from territory or withdraw forces from an area".
_FORCES: Final = frozenset("troop soldier force fighter army unit rebel militant gunman".split())
_UNARMED: Final = frozenset(
    "company firm business bank brand maker carmaker manufacturer retailer airline investor "
    "insurer lender contractor chain operator charity ngo agency observer monitor inspector "
    "diplomat mediator broadcaster".split()
)
_LEFT: Final = frozenset((EventType.RETREAT, EventType.PROTEST))
_WITHDRAW: Final = "withdraw"


def by_codebook(own: Happening, event_type: EventType) -> tuple[EventType, str | None]:
    """The type of a happening, and the mode that goes with another one than was given.

    Args:
        own: The happening, with its parties.
        event_type: What the network takes it for.
    """
    if event_type is EventType.COERCE and _is_legal(own):
        return EventType.ACCUSE, _ALLEGE
    if event_type in _LEFT and (_leaves_unarmed(own) or _leaves_joined(own)):
        return EventType.SANCTION, _WITHDRAW
    return event_type, None


def _is_legal(own: Happening) -> bool:
    """Whether somebody is charged or tried."""
    return not _LEGAL.isdisjoint(lemmas_of(own.sentence.tree.words[own.word]))


def _leaves_unarmed(own: Happening) -> bool:
    """Whether companies, observers and the like pull out of something."""
    words = own.sentence.tree.words
    if not own.trigger.is_verb or _LEAVING.isdisjoint(lemmas_of(words[own.word])):
        return False
    leavers = (*own.actors, *own.arguments.get("subj"))
    return any(is_unarmed(words[word]) for word in leavers)


def _leaves_joined(own: Happening) -> bool:
    """Whether somebody leaves what they have joined: an accord, an organisation, talks."""
    words = own.sentence.tree.words
    if _QUITTING.isdisjoint(lemmas_of(words[own.word])):
        return False
    left = (*own.arguments.get("from"), *own.arguments.get("of"), *own.arguments.get("obj"))
    moved = (*own.actors, *own.arguments.get("subj"), *own.arguments.get("obj"))
    return _any_of(_JOINED, words, left) and not _any_of(_FORCES, words, moved)


def _any_of(nouns: frozenset[str], words: Sequence[str], numbers: Iterable[int]) -> bool:
    return any(not nouns.isdisjoint(lemmas_of(words[number])) for number in numbers)


def is_unarmed(word: str) -> bool:
    """Whether a noun names companies, observers and the like.

    >>> is_unarmed("carmakers"), is_unarmed("troops")
    (True, False)
    """
    return not _UNARMED.isdisjoint(lemmas_of(word))
