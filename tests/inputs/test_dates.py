import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.dates import date_in_head, iso_date


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("2022-08-02", "2022-08-02"),
        ("2022/08/02", "2022-08-02"),
        ("20220802", "2022-08-02"),
        (" 2022-08-02\n", "2022-08-02"),
        ("2022-08-02T10:15:00Z", "2022-08-02T10:15:00+00:00"),
        ("2022-08-02T10:15Z", "2022-08-02T10:15:00+00:00"),
        ("2022-08-02 10:15:00 UTC", "2022-08-02T10:15:00+00:00"),
        ("2022-08-02T10:15:00.123Z", "2022-08-02T10:15:00.123000+00:00"),
        ("2022-08-02T10:15:00.123456789+05:30", "2022-08-02T10:15:00.123456+05:30"),
        ("2022-08-02T10:15:00+0530", "2022-08-02T10:15:00+05:30"),
        ("2022-08-02t10:15:00z", "2022-08-02T10:15:00+00:00"),
        ("Tue, 02 Aug 2022 10:15:00 +0000", "2022-08-02T10:15:00+00:00"),
        ("Tue, 02 Aug 2022 10:15:00 GMT", "2022-08-02T10:15:00+00:00"),
        ("2 Aug 2022 10:15:00 -0400", "2022-08-02T10:15:00-04:00"),
        ("2 August 2022", "2022-08-02"),
        ("2\u00a0August\u00a02022", "2022-08-02"),
        ("2nd of August, 2022", "2022-08-02"),
        ("Tuesday, 2nd August 2022", "2022-08-02"),
        ("Aug. 2, 2022", "2022-08-02"),
        ("August 2 2022", "2022-08-02"),
        ("Sept. 30, 2021", "2021-09-30"),
        ("2-Aug-2022", "2022-08-02"),
        ("10:15 AM EDT, Tue August 2, 2022", "2022-08-02"),
        ("29 February 2020", "2020-02-29"),
    ],
)
def test_dates_that_are_read(given_: str, expected: str) -> None:
    assert iso_date(given_) == expected


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        ("2022-08-02T10:15:00", "the offset is not known"),
        ("2022-08-02 10:15", "the offset is not known"),
        ("2022-08-02T25:00:00Z", "there is no such hour"),
        ("2022-08-02T10:15:00+99:00", "there is no such offset"),
        ("Tue, 02 Aug 2022 10:15:00 -0000", "the offset is not known"),
    ],
)
def test_of_a_moment_that_is_not_whole_the_day_is_kept(given_: str, why: str) -> None:
    assert iso_date(given_) == "2022-08-02", why


@pytest.mark.parametrize(
    "given_",
    [
        "", " ", "yesterday", "02/08/22", "02/08/2022", "August 2022", "2022", "2 August",
        "31 February 2022", "29 February 2021", "2022-13-01", "2022-00-10", "2022-08-020",
        "0000-01-01", "9-8-7", "1659435300", "1659435300000", "1612123100000", "12022-08-02",
        "Room 2022-08-02-b4 is not at the start, 2022-08-02", "null", "2 Augustus 2022",
        "٢ August ٢٠٢٢",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(given_: str) -> None:
    assert iso_date(given_) is None


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)))
def test_every_day_is_read_in_every_form(day) -> None:
    iso = day.isoformat()
    assert iso_date(iso) == iso
    assert iso_date(f"{day:%B} {day.day}, {day:%Y}") == iso
    assert iso_date(f"{day.day} {day:%b} {day:%Y}") == iso


@given(
    st.datetimes(
        datetime.datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        datetime.datetime(2999, 1, 1),  # noqa: DTZ001 - the same
        timezones=st.just(datetime.UTC),
    )
)
def test_every_moment_comes_back(moment) -> None:
    assert iso_date(moment.isoformat()) == moment.isoformat()


@given(st.text(max_size=80) | st.from_regex(r"[0-9]{1,4}[-/ ][A-Za-z0-9]{1,9}[-/ ][0-9T:+Z]{1,20}"))
def test_what_was_read_once_is_read_again_the_same(given_: str) -> None:
    found = iso_date(given_)
    assert found is None or iso_date(found) == found


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Ferry resumes\n2 August 2022\n\nThe ferry sails.", "2022-08-02"),
        ("Ferry resumes\nBy Mara Quill | 2 August 2022\n", "2022-08-02"),
        ("Ferry resumes\nPublished: Tuesday, 2 August 2022 10:15 GMT\n", "2022-08-02"),
        ("Ferry resumes\nFirst published on 2 August 2022\n", "2022-08-02"),
        ("Ferry resumes\nPosted 2022-08-02T10:15:00Z\n", "2022-08-02T10:15:00+00:00"),
        ("Ferry resumes\nAugust 2, 2022 at 5:14 p.m. EDT\n", "2022-08-02"),
        ("Ferry resumes\nTuesday 2 August 2022 10.15 BST\n", "2022-08-02"),
        ("Ferry resumes\nPort Quill, 2 August 2022\n", "2022-08-02"),
        ("Ferry resumes\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n2 August 2022\r\n", "2022-08-02"),
        ("PORT QUILL, Norland, Aug. 2, 2022 (Wire) — The ferry sails.", "2022-08-02"),
        ("PORT QUILL, 2 August 2022 - The ferry sails.", "2022-08-02"),
        ("PORT QUILL (Wire) 2 August 2022 -- The ferry sails.", "2022-08-02"),
    ],
)
def test_a_line_or_a_dateline_gives_the_date(head: str, expected: str) -> None:
    assert date_in_head(head) == expected


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("PORT QUILL, Aug 2 (Wire) - The ferry sails.", "there is no year"),
        ("On 2 August 2022 the ferry stopped.", "it stands in a sentence"),
        ("The ferry stopped on 2 August 2022 — a Tuesday — for good.", "it stands in a sentence"),
        ("Ferry resumes\nUpdated: 3 August 2022\n", "that is when it was changed"),
        ("UN order of 5 August 2022 — what it means", "it belongs to the headline"),
        ("a\nb\nc\nd\ne\nf\ng\nh\n2 August 2022\n", "it stands too far down"),
        ("Ferry resumes\n31 February 2022\n", "there is no such day"),
        ("", "there is nothing"),
    ],
)
def test_other_dates_are_left_alone(head: str, why: str) -> None:
    assert date_in_head(head) is None, why


@given(st.text(max_size=400))
def test_any_head_is_looked_at(text: str) -> None:
    date_in_head(text)


@pytest.mark.parametrize(
    "piece", [" ", "1", "A.", "a, ", "|", "2 August 2022 ", "- ", "A, ", "\u00a0–"]
)
def test_long_heads_take_little_time(piece: str) -> None:
    started = time.monotonic()
    date_in_head(piece * 3000)
    date_in_head("PORT QUILL, " + piece * 150 + "x")
    iso_date(piece * 100_000)
    assert time.monotonic() - started < 5
