"""Who is called on, behind which preposition, and who then is to do what is asked."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document


def parties(reader: Reader, text: str) -> dict[str, tuple[list[str], list[str]]]:
    """Actors and recipients of each event of a text, by its words."""
    found = reader.read(make_document(text=text, published="2024-05-09"))
    names = {e.id: e.name for e in found.entities or ()}
    return {
        e.trigger.text_in(text): ([names[a] for a in e.actors], [names[r] for r in e.recipients])
        for e in found.events or ()
    }


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        ("The envoy called on the militia to free the nuns.", "free", ["the militia"], None),
        ("The envoy called upon the militia to free the nuns.", "free", ["the militia"], None),
        ("The abbot appealed to both sides to stop the fighting.", "stop", ["both sides"], None),
        ("The guild pressed for the port to sign the deal.", "sign", ["the port"], None),
        ("The guild pressed for the port to sign the deal.", "pressed", None, ["the port"]),
        ("Weavers called for the regent to free the poet.", "free", ["the regent"], ["the poet"]),
        ("Weavers called for the regent to free the poet.", "called for", None, ["the regent"]),
        ("The general waited for the rebels to free the nuns.", "free", ["the rebels"], None),
        ("Arland wants Borland to withdraw from Lenz.", "withdraw", ["Borland"], None),
        # Nobody is called on here.
        ("The premier flew to Orsa to meet the raiders.", "flew", ["The premier"], None),
        ("The guild asked for help to feed the miners.", "feed", ["The guild"], ["the miners"]),
        ("The guild called on Friday to impeach the regent.", "called", ["The guild"], []),
    ],
)
def test_who_is_asked_is_to_do_it(
    reader: Reader,
    text: str,
    trigger: str,
    actors: list[str] | None,
    recipients: list[str] | None,
) -> None:
    found = parties(reader, text)[trigger]
    assert actors is None or found[0] == actors
    assert recipients is None or found[1] == recipients


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "trigger", "figures"),
    [
        (
            "The raid left four miners dead and 19 miners wounded.",
            "raid",
            ["four miners", "19 miners"],
        ),
        (
            "The raid left four miners dead and 19 wounded.",
            "raid",
            ["four miners", "19 wounded"],
        ),
    ],
)
def test_who_is_left_dead_and_who_wounded_are_of_one_raid(
    reader: Reader, text: str, trigger: str, figures: list[str]
) -> None:
    found = reader.read(make_document(text=text, published="2024-05-09"))
    words = {q.id: q.span.text_in(text) for q in found.quantities or ()}
    own = next(e for e in found.events or () if e.trigger.text_in(text) == trigger)
    assert [words[q] for q in own.quantities] == figures
