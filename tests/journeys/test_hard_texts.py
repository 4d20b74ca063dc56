"""The whole pipeline on texts that are hard to bear: bounded time, and nothing invented."""

import datetime
import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from onrecord.config import Config
from onrecord.export.records import dumps, reading_from_json
from onrecord.pipeline import Reader
from onrecord.places.dumps import add_dump
from onrecord.records import Reading, make_document
from onrecord.schema import find_violations
from tests.journeys.folders import copy_base
from tests.places.made import dump_line, write_dump

pytestmark = pytest.mark.weights

PUBLISHED = "2022-08-02T10:15:00+00:00"
# Seconds of processor time for 10,000 characters; ten times what a slow machine needs.
_BOUND_S = 15.0


def read(reader: Reader, text: str, *, published: str | None = PUBLISHED) -> Reading:
    """A reading of which all that holds for any text has been checked."""
    reading = reader.read(make_document(text=text, published=published))
    assert reading.document.text == text
    assert find_violations(reading) == []
    assert [e.name for e in reading.entities or () if e.name not in text] == []
    printed = dumps(reading)
    assert dumps(reading_from_json(json.loads(printed))) == printed
    return reading


def seconds(reader: Reader, text: str) -> float:
    """Processor time of all threads; other programs do not add to it."""
    document = make_document(text=text, published=PUBLISHED)
    start = time.process_time()
    reader.read(document)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "V" + "a" * 9_999,
        "e\u0301" * 5_000,
        " ".join(["Vale"] * 2_000),
        "-".join(["Vale"] * 2_000),
        "’s ".join(["Vale"] * 1_500),
        " of ".join(["Odesa"] * 1_100),
        ", ".join(["Odesa"] * 1_400),
        " and ".join(["Ion Vale"] * 800),
        "U." * 5_000,
        "1," * 5_000,
        "МІНІСТЕРСТВО " * 770,
        "THE MINISTRY " * 770,
        "(" * 5_000 + "Vale" + ")" * 5_000,
    ],
    ids=lambda name: f"{name[:12]}…",
)
def test_a_name_of_ten_thousand_characters(reader: Reader, name: str) -> None:
    text = f"Mayor {name} said on Monday that the dam held. Ann Vale denied it."
    start = time.process_time()
    reading = read(reader, text)
    assert time.process_time() - start < _BOUND_S
    assert len(reading.mentions or ()) < len(name)


def _short_sentences(n_sentences: int) -> str:
    """Sentences by ever new persons, in a few towns."""
    firsts, towns = ["Ann", "Ion", "Mara", "Tove", "Rafe"], ["Lviv", "Odesa", "Kherson"]
    return " ".join(
        f"{firsts[n % 5]} {'BDGKLMNPRT'[n % 10]}ar{'aeiou'[n // 10 % 5]}{'bdgklv'[n // 50 % 6]} "
        f"said {towns[n % 3]} was quiet."
        for n in range(n_sentences)
    )


@pytest.mark.slow
def test_thousands_of_mentions_take_time_in_proportion(reader: Reader) -> None:
    short, long = map(_short_sentences, (1_000, 3_000))
    seconds(reader, short[:5_000])
    once, thrice = seconds(reader, short), seconds(reader, long)
    assert thrice < 6 * once, (once, thrice)


@pytest.mark.slow
def test_one_person_and_place_said_over_and_over_take_time_in_proportion(reader: Reader) -> None:
    sentence = "He told her in Kyiv on Monday that 12 of them fell. "
    seconds(reader, sentence * 50)
    once, thrice = seconds(reader, sentence * 400), seconds(reader, sentence * 1_200)
    assert thrice < 6 * once, (once, thrice)


def test_thousands_of_mentions_are_kept_apart(reader: Reader) -> None:
    reading = read(reader, _short_sentences(600))
    assert len(reading.statements or ()) > 500
    assert len(reading.mentions or ()) > 1_000
    assert len({entity.name for entity in reading.entities or ()}) > 100


@pytest.mark.parametrize("name", ["San Antonio", "Springfield"])
def test_a_name_of_many_places_said_hundreds_of_times(reader: Reader, name: str) -> None:
    text = f"He went to the town of {name}. They met in {name} and left {name} on Monday. " * 150
    start = time.process_time()
    reading = read(reader, text)
    assert time.process_time() - start < _BOUND_S
    places = reading.places or ()
    assert len(places) > 100
    assert max(place.candidates for place in places) > 20
    (_, n_same), *_ = Counter((place.name, place.geonames_id) for place in places).most_common()
    assert n_same > 0.9 * len(places), "a name with nothing to tell it apart is one place"


def test_a_name_of_hundreds_of_places(tmp_path: Path) -> None:
    copy_base(tmp_path)
    rows = [
        dump_line(
            geonameid=str(98_000_000 + n),
            name="Testivka",
            asciiname="Testivka",
            alternatenames="",
            latitude=f"{45 + n / 60:.3f}",
            longitude=f"{25 + n / 40:.3f}",
        )
        for n in range(400)
    ]
    assert add_dump(write_dump(tmp_path / "UA.txt", *rows), tmp_path) == 400
    reader = Reader(Config(n_threads=1, gazetteer=tmp_path))
    text = "Troops left Testivka on Monday, and shelled the town of Testivka again. " * 100
    start = time.process_time()
    reading = read(reader, text)
    assert time.process_time() - start < _BOUND_S
    found = [place for place in reading.places or () if place.candidates == 400]
    assert found
    # Nothing tells which: either no pin, or one that says how unlikely it is.
    assert all(place.geonames_id is None or place.probability < 0.5 for place in found)


@pytest.mark.parametrize(
    "expression",
    [
        "31 February 2022",
        "February 31",
        "February 31st, 2022",
        "30 Feb",
        "29 February 2021",
        "31.02.2022",
        "02/31/2022",
        "2022-02-31",
        "2022-13-45",
        "0000-00-00",
        "the 32nd of May 2021",
        "the year 0",
        "year 0000",
        "January 0000",
        "0 January 0000",
        "12/31/0000",
        "00/00/0000",
        "the year 99999",
        "99999-01-01",
        "1 January 99999",
        "99999999999 weeks ago",
        "5,000,000 years from now",
        "25:61",
    ],
)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_a_date_that_cannot_be_has_no_value(
    reader: Reader, expression: str, published: str | None
) -> None:
    reading = read(reader, f"Ann Vale said the bridge opened on {expression}.", published=published)
    for found in reading.times or ():
        assert "0000" not in expression or found.value is None, found
        assert not re.match(r"0000|\d{5}|\d{4}-02-(?:3|29)|\d{4}-13", found.value or ""), found
        if re.fullmatch(r"\d{4}-\d\d-\d\d", found.value or ""):
            datetime.date.fromisoformat(found.value or "")
    assert reading.statements, "the sentence is read all the same"


@pytest.mark.parametrize(
    "published",
    ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "9999-12-31", "0001-01-01",
     "99999-01-01", "0000-00-00", "2022-02-31", "2022", "last week", "", "²022-01-01"],
)  # fmt: skip
def test_any_date_of_publication_is_borne(reader: Reader, published: str) -> None:
    text = (
        "Ann Vale said yesterday that last week, next month, a century ago, tomorrow, on Monday, "
        "in 9,000 years, last winter and this weekend the bridge was or would be shut."
    )
    for found in read(reader, text, published=published).times or ():
        assert not re.match(r"\d{5}", found.value or "")


def test_a_year_long_ago_is_read_in_full(reader: Reader) -> None:
    reading = read(reader, "The mound was built in 5,000 BC, Ann Vale said.")
    assert [found.value for found in reading.times or ()] == ["BC5000"]
