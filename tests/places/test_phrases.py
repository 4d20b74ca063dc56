import time

import pytest

from onrecord.places.phrases import (
    AS_DIVISION,
    AS_SETTLEMENT,
    NO_HINT,
    pieces_of,
    read_context,
    read_phrase,
)
from tests.places.made import unmark


def phrase(marked: str):
    text, ((start, end),) = unmark(marked)
    return read_phrase(text, start, end)


@pytest.mark.parametrize(
    ("marked", "container"),
    [
        ("A fire in [Paris], Texas, is out.", "texas"),
        ("A fire in [Paris], Ky.", "ky"),
        ("He left [Springfield], Ill., at noon.", "ill"),
        ("They met in [Perth] (Australia).", "australia"),
        ("In [Hull], New Hampshire they wait.", "new hampshire"),
    ],
)
def test_what_stands_after_a_comma_may_be_around_it(marked: str, container: str) -> None:
    assert container in phrase(marked).containers


@pytest.mark.parametrize("marked", ["In [Paris] Texas won.", "In [Paris], she said.", "[Paris]"])
def test_without_a_comma_and_a_name_nothing_is(marked: str) -> None:
    assert phrase(marked).containers == ()


@pytest.mark.parametrize(
    ("marked", "hint"),
    [
        ("The [Kherson] region is dark.", AS_DIVISION),
        ("The province of [Aleppo] is dark.", AS_DIVISION),
        ("The village of [Oak] is dark.", AS_SETTLEMENT),
        ("The city [Oak] is dark.", NO_HINT),
    ],
)
def test_words_beside_a_name_tell_what_it_is(marked: str, hint: int) -> None:
    assert phrase(marked).hint == hint


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("eastern Aleppo", "aleppo"),
        ("Kherson region", "kherson"),
        ("city of Oak", "oak"),
        ("Kentucky’s", "kentucky"),
        ("Boone Co.", "boone county"),
        ("Paris, Texas", "paris"),
    ],
)
def test_a_name_is_looked_up_in_shorter_forms(surface: str, name: str) -> None:
    assert name in [own for own, _ in phrase(f"[{surface}]").names]


@pytest.mark.parametrize(
    ("marked", "is_dateline"),
    [
        ("[KYIV] — Nothing moved.", True),
        ("[LEXINGTON], Ky. (XYZ) -- Nothing moved.", True),
        ("Nothing moved in [Kyiv] — or did it?", False),
    ],
)
def test_a_dateline_is_seen(marked: str, *, is_dateline: bool) -> None:
    assert phrase(marked).in_dateline is is_dateline


def test_context_is_what_nobody_marked() -> None:
    text, spans = unmark("[Oak] heard from Ohio State and the sheriff at (859) 555-0100.")
    found = read_context(text, spans)
    assert dict(found.runs) == {"Ohio State": (1, True)}
    assert found.area_codes == {"859": 1}
    assert found.countries == {"US": 1}


def test_pieces_are_the_longest_first() -> None:
    names = [name for _, _, name in pieces_of("West Virginia University")]
    assert names[0] == "west virginia university"
    assert "west virginia" in names


@pytest.mark.parametrize("text", ["A" * 200_000, "A.B" * 70_000, "A-" * 100_000, "Ab " * 70_000])
def test_a_text_of_one_kind_takes_no_time(text: str) -> None:
    begin = time.perf_counter()
    read_context(text, [])
    read_phrase(text, 0, len(text))
    assert time.perf_counter() - begin < 3
