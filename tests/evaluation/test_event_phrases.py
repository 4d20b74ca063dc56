import pytest

from evaluation.event_phrases import ActorPhrases, read_dictionary
from tests.evaluation.event_files import ACTORS, AGENTS

DAY = "20050301"


@pytest.fixture(scope="module")
def phrases() -> ActorPhrases:
    return ActorPhrases(tuple(read_dictionary(ACTORS)), tuple(read_dictionary(AGENTS)))


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("ARL", "Arlandish boats left Norland.", ["Arlandish"]),
        ("ARL", "Boats left Arland, not Norland.", ["Arland"]),
        ("ARL", "Boats left Arlandia.", ["Arlandia"]),  # names are stems
        ("NOR", "Norlandia fell.", []),  # but not those with a last _
        ("AUN", "The Austral coast and the AU", ["the AU"]),
        ("ARLGOV", "Arland's ministers", ["Arland", "ministers"]),
        ("ARLGGS", "Arland geese", ["Arland", "geese"]),
        ("NGOARL", "An aid woman of Arland", ["Arland", "aid woman"]),
        ("---COP", "Police came.", ["Police"]),
        ("---GOV", "Police came.", []),
        ("XYZGOV", "A minister of Arland", []),
        ("BNK", "On the Left Bank", ["Left Bank"]),
        ("VALGOV", "Ann Vale left.", ["Ann Vale"]),
        ('"OLD HARL CAPTAIN"', "The old Harl's captain left.", ["old Harl's captain"]),
    ],
)
def test_words_of_a_code(phrases, code: str, text: str, words: list[str]) -> None:
    found = phrases.places_of(code, text, DAY)
    assert [text[start:end] for start, end in found] == words


def test_the_place_next_to_the_agent_counts(phrases) -> None:
    text = "Arland police chased Arland soldiers."
    assert phrases.places_of("ARLMIL", text, DAY) == ((21, 27), (28, 36))
    assert phrases.places_of("ARLCOP", text, DAY) == ((0, 6), (7, 13))


def test_nobody(phrases) -> None:
    assert phrases.places_of("---", "Arland left.", DAY) is None


def test_codes_have_their_days(phrases) -> None:
    text = "Ann Vale met the Old Guard."
    assert phrases.places_of("VALELI", text, "20110101") == ((0, 8),)
    assert phrases.places_of("OLD", text, "19900101") == ((17, 26),)
    assert phrases.places_of("OLD", text, DAY) == ()
