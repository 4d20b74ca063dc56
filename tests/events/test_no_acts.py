"""What is nobody's act is no event: accidents, weather, matches, markets, names of laws."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document

_BEFORE = "The council of Dorn met in the old mill. "
_BEHIND = " The mill has two floors."


def triggers(reader: Reader, text: str) -> list[str]:
    """The words of the events of a text of three sentences, without those around it."""
    whole = _BEFORE + text + _BEHIND
    found = reader.read(make_document(text=whole, published="2024-05-09")).events or ()
    inside = range(len(_BEFORE), len(_BEFORE) + len(text))
    return [e.trigger.text_in(whole) for e in found if e.trigger.start in inside]


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A nurse was hit by a lorry near Senn.", id="traffic"),
        pytest.param("The storm killed two fishermen.", id="a storm"),
        pytest.param("Two clerks were killed by the storm.", id="a storm in the passive"),
        pytest.param("The virus has killed forty people in Velt.", id="a virus"),
        pytest.param("Nobody was hurt in the mill.", id="nobody was hurt"),
        pytest.param("Shares jumped after a rally in oil prices.", id="prices rally"),
        pytest.param("A rally in shares lifted the bank.", id="shares rally"),
        pytest.param("The novel is about a nurse and a war.", id="a novel"),
        pytest.param(
            "Rovers won 3-1. The visitors attacked early but their striker missed a penalty.",
            id="a match",
        ),
        pytest.param("The rapporteur on torture lives in Lowen.", id="an office"),
        pytest.param("The editor spoke to reporters.", id="the press"),
        pytest.param("The garrison still held the town of Senn, it said.", id="holding a town"),
    ],
)
def test_no_event(reader: Reader, text: str) -> None:
    assert triggers(reader, text) == []


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Gunmen shot a nurse near Senn.", "shot"),
        ("A rocket attack killed two fishermen.", "rocket attack"),
        ("Rebels attacked a police post after the match.", "attacked"),
        ("A rally against the toll drew 400 drivers.", "rally"),
        ("Rallies shook the city as the currency fell and prices rose.", "Rallies"),
        ("Two clerks were killed during the storm by rebels.", "killed"),
        ("Arlish troops struck the town in the rain.", "struck"),
        ("Gunmen attacked the coach of the president near the stadium.", "attacked"),
        ("Fans attacked the referee after the match.", "attacked"),
        ("The foreign minister visited Arland on Monday.", "visited"),
        ("The protesters met the mayor of Orsa on Monday.", "met"),
    ],
)
def test_acts_stay(reader: Reader, text: str, trigger: str) -> None:
    assert trigger in triggers(reader, text)


# Short texts are read by the lexicon alone; the network takes these for events.
@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "private", "act"),
    [
        pytest.param(
            "Few tourists have visited Velt since soldiers shelled the port in May. The mayor "
            "condemned the shelling. She asked the army of Arland to withdraw.",
            "visited", "shelled", id="tourists",
        ),
        pytest.param(
            "People visiting Arland may be detained, the ministry warned on Monday. Arland "
            "rejected the warning and accused Dorn of spying.",
            "visiting", "detained", id="travellers",
        ),
        pytest.param(
            "The dockers want higher wages. They want the port to reopen. The union wants talks "
            "with the minister, who rejected the offer on Monday. Arland wants Dorn to pay for "
            "the bridge, and hopes for a treaty. Soldiers shelled the port in May.",
            "wants", "rejected", id="what is wanted",
        ),
    ],
)  # fmt: skip
def test_what_people_without_office_do_or_want(
    reader: Reader, text: str, private: str, act: str
) -> None:
    found = triggers(reader, text)
    assert private not in found
    assert act in found
