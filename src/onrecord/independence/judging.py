"""Whether one of two documents copies the other, from what they share. Pure: no store.

All shares are of words: how much of the one text stands in the other.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from onrecord.independence.sharing import Sharing

# A text is a copy when this much of it, and of its words outside quotation marks, stands in
# the other, between two publishers. Set on the copies of `evaluation.independence`, among them
# thirds of short texts with two sentences added.
COPY_SHARE = 0.55
# Less is enough for a text that has the news of the other in its very words: most of what the
# other begins with.
COPY_SHARE_WITH_LEAD, LEAD_SHARE = 0.35, 0.6
# Of one publisher: its own paragraphs of background come again and again, and it counts once
# in any case.
COPY_SHARE_AT_HOME = 0.7
# A later text that holds all of an earlier one is a copy when this much of it is from there;
# below, most of it is its own.
EXTENDED_SHARE = 0.3
# Texts that go on with words of their own so often between what they share are one form filled
# in twice, such as the same questions put to two people, unless nearly all is the same.
_FORM_TURNS, _FORM_SHARE = 4, 0.7
# Fewer shared words are a copy only of a text that is hardly longer.
_LEAST_WORDS, _WHOLE_SHARE = 25, 0.8
# What is worth a note without being a copy.
_NOTED_WORDS, _QUOTATION_SHARE = 20, 0.7


class Order(StrEnum):
    """When a document was published, against another one."""

    LATER = "later"
    EARLIER = "earlier"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """What one document is to another, by their words.

    - copies: most of its words stand in the other, which is earlier
    - extends: the other, which is earlier, stands in it, with more besides
    - is copied: most words of the other, which is later, stand in it
    - is extended: it stands in the other, which is later
    - quotes alike: what they share are quotations for the most part
    - shares: they share words, not enough for a copy
    """

    COPIES = "copies"
    EXTENDS = "extends"
    IS_COPIED = "is copied"
    IS_EXTENDED = "is extended"
    QUOTES_ALIKE = "quotes alike"
    SHARES = "shares"


FROM_OTHER = frozenset({Relation.COPIES, Relation.EXTENDS})
TO_OTHER = frozenset({Relation.IS_COPIED, Relation.IS_EXTENDED})
ONE_TEXT = FROM_OTHER | TO_OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two documents that may share text.

    Attributes:
        order: When the first was published, against the second.
        is_same_publisher: Whether one publisher has both.
        is_from_agency: Whether the second is by the agency that the first credits.
        is_to_agency: Whether the first is by the agency that the second credits.
    """

    order: Order
    is_same_publisher: bool
    is_from_agency: bool = False
    is_to_agency: bool = False


def order_of(own: str | None, other: str | None) -> Order:
    """When a document was published, against another; days alone do not order one day.

    >>> order_of("2022-08-02T10:15:00+00:00", "2022-08-02").value
    'unknown'
    """
    if not own or not other:
        return Order.UNKNOWN
    first, second = _moment(own), _moment(other)
    if first is None or second is None or min(len(own), len(other)) <= 10:
        first_day, second_day = own[:10], other[:10]
        if first_day == second_day:
            return Order.UNKNOWN
        return Order.LATER if first_day > second_day else Order.EARLIER
    if first == second:
        return Order.UNKNOWN
    return Order.LATER if first > second else Order.EARLIER


def _moment(given: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def judge(sharing: Sharing, pair: Pair) -> Relation | None:
    """What the first document is to the second; None if they share nothing of note."""
    least = _least(sharing.other_lead, pair), _least(sharing.own_lead, pair)
    own = min(sharing.own, sharing.own_unquoted)
    other = min(sharing.other, sharing.other_unquoted)
    if _is_enough(sharing):
        found = _relation(own, other, least, _settled(pair))
        if found is not None:
            return found
    if sharing.n_words < _NOTED_WORDS:
        return None
    if sharing.n_quoted >= _QUOTATION_SHARE * sharing.n_words:
        return Relation.QUOTES_ALIKE
    return Relation.SHARES


def _least(lead: float, pair: Pair) -> float:
    """How much of a copy has to stand in an origin, of the lead of which it has so much."""
    if pair.is_same_publisher:
        return COPY_SHARE_AT_HOME
    return COPY_SHARE_WITH_LEAD if lead >= LEAD_SHARE else COPY_SHARE


def _is_enough(sharing: Sharing) -> bool:
    if sharing.n_turns >= _FORM_TURNS and max(sharing.own, sharing.other) < _FORM_SHARE:
        return False
    return sharing.n_words >= _LEAST_WORDS or max(sharing.own, sharing.other) >= _WHOLE_SHARE


def _settled(pair: Pair) -> Order:
    """An agency's own text comes before what credits the agency, if no day says otherwise."""
    if pair.order is Order.UNKNOWN and pair.is_from_agency != pair.is_to_agency:
        return Order.LATER if pair.is_from_agency else Order.EARLIER
    return pair.order


def _relation(
    own: float, other: float, least: tuple[float, float], order: Order
) -> Relation | None:
    """The relation of two texts that share so much, with the least for a copy on either side."""
    is_own, is_other = own >= least[0], other >= least[1]
    if order is Order.EARLIER:
        if is_other:
            return Relation.IS_COPIED
        return Relation.IS_EXTENDED if is_own and other >= EXTENDED_SHARE else None
    if order is Order.LATER:
        if is_own:
            return Relation.COPIES
        return Relation.EXTENDS if is_other and own >= EXTENDED_SHARE else None
    # Nobody knows which came first: the one that is kept already counts as the earlier.
    if is_own:
        return Relation.COPIES
    return Relation.EXTENDS if is_other else None
