"""Events, control claims and commitments for a terminal: a line each, under what asserts them."""

from typing import TYPE_CHECKING

from onrecord.cli.view_words import shortened
from onrecord.export.event_overviews import OUTLET, Holds, Terms, What

if TYPE_CHECKING:
    from rich.text import Text

MOST_FACT = 100
_MOST_WORDS = 30
_GAP = "  "


def event_head(one: What) -> str:
    """Type, mode and trigger: ``ASSAULT aerial “strikes”``."""
    return f"{shortened(one.kind, MOST_FACT)} “{shortened(one.words, _MOST_WORDS)}”"


def event_facts(one: What) -> tuple[str, ...]:
    """Who to whom, where, when, whether and how much."""
    return tuple(shortened(fact, MOST_FACT) for fact in one.facts)


def event_line(one: What) -> "Text":
    """An event in one line, which the window may break."""
    from rich.text import Text

    head, *facts = (event_head(one), *event_facts(one))
    return Text.assemble((head, "green"), *((f"{_GAP}{fact}", "dim") for fact in facts))


def more_line(n: int, what: str) -> "Text":
    """How many more there are, and where."""
    from rich.text import Text

    return Text(f"… and {n:,} more {what}".rstrip() + "; --format json has all", style="dim italic")


def what_row(one: What) -> tuple[str, ...]:
    """An event that stands by itself: what it is, and facts."""
    said = () if one.asserter is None else (f"says {shortened(one.asserter, MOST_FACT)}",)
    return (event_head(one), *event_facts(one), *said)


def holds_row(one: Holds) -> tuple[str, ...]:
    """A control claim: the place, and who has done what to it on whose word."""
    change = f"{one.change} by {one.holder}" if one.holder else one.change
    facts = (change, one.factuality or "", one.date or "", f"says {one.asserter or OUTLET}")
    return (one.place, *(shortened(fact, MOST_FACT) if fact else "" for fact in facts))


def terms_row(one: Terms) -> tuple[str, ...]:
    """A commitment: the instrument, and its terms."""
    facts = [one.parties and f"parties: {one.parties}", *one.limits, *one.dates]
    facts += [f"verified by “{words}”" for words in one.verification]
    facts.append(f"says {one.asserter or OUTLET}")
    return (one.instrument, *(shortened(fact, MOST_FACT) for fact in facts if fact))
