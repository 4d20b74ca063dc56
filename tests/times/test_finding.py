"""Expressions with their values; every line tells why the case exists."""

import re

import pytest

from onrecord.times.finding import find_times

# A Thursday.
PUBLISHED = "2022-08-04"


def found(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str, str | None]]:
    return [(text[t.start : t.end], t.type.value, t.value) for t in find_times(text, published)]


def check(marked: str, *values: str | None, published: str | None = PUBLISHED) -> None:
    """The bracketed words, and no others, are found, with these values in order."""
    expected = re.findall(r"\[([^\]]*)\]", marked)
    text = marked.replace("[", "").replace("]", "")
    got = found(text, published)
    assert [words for words, _, _ in got] == expected, got
    assert [value for _, _, value in got] == list(values), got


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("The bridge opened on [May 5, 2021].", "2021-05-05"),
        ("The bridge opened on [5 May 2021].", "2021-05-05"),
        ("The bridge opened on [the 5th of May 2021].", "2021-05-05"),
        ("[Wednesday, May 5, 2021]", "2021-05-05"),
        ("Recorded [2021-05-05] in the log.", "2021-05-05"),
        ("Recorded at [2021-05-05T18:00:00Z] in the log.", "2021-05-05T18:00Z"),
        ("Signed [7/8/07] in Port Quill.", "2007-07-08"),
        ("Signed [31.12.2021] in Port Quill.", "2021-12-31"),
        ("Troops left in [February 2021].", "2021-02"),
        ("It has stood since [1962].", "1962"),
        ("He spoke in [early 2019].", "2019"),
        ("Work ends by [mid-2023].", "2023"),
        ("[The end of 2019] was quiet.", "2019"),
        ("It began in the [1990s].", "199"),
        ("It began in the ['90s].", "199"),
        ("It began in the [early 1980s].", "198"),
        ("A mill of the [19th century] burnt.", "18"),
        ("A mill of the [nineteenth century] burnt.", "18"),
        ("The town was built in [300 BC].", "BC0300"),
        ("Profits fell in [the third quarter of 2021].", "2021-Q3"),
        ("Profits fell in [Q3 2021].", "2021-Q3"),
        ("Exports rose in [the first half of 2021].", "2021-H1"),
        ("Budgets for [fiscal 2008] were cut.", "FY2008"),
        ("It snowed in [spring 2021].", "2021-SP"),
        ("They met on [Christmas Eve 2021].", "2021-12-24"),
        ("They met on [Easter Monday 2021].", "2021-04-05"),
    ],
)
def test_what_names_its_year_needs_no_publication_date(marked: str, value: str) -> None:
    check(marked, value)
    check(marked, value, published=None)


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("The mayor said [today] it was over.", "2022-08-04"),
        ("The mayor said [yesterday] it was over.", "2022-08-03"),
        ("They will vote [tomorrow].", "2022-08-05"),
        ("They will vote [the day after tomorrow].", "2022-08-06"),
        ("They met [the day before yesterday].", "2022-08-02"),
        ("The mayor resigned [last week].", "2022-W30"),
        ("The mayor will resign [next week].", "2022-W32"),
        ("The mayor resigned [last month].", "2022-07"),
        ("It rained all [this year].", "2022"),
        ("The harvest was poor [last year].", "2021"),
        ("They marched at [the weekend].", "2022-W30-WE"),
        ("They marched [last weekend].", "2022-W30-WE"),
        ("They will march [this weekend].", "2022-W31-WE"),
        ("It fell [three weeks ago].", "2022-W28"),
        ("It fell [10 days ago].", "2022-07-25"),
        ("It fell [two months ago].", "2022-06"),
        ("It fell [a year ago].", "2021"),
        ("It fell [about five years ago].", "2017"),
        ("It fell [a decade ago].", "201"),
        ("Profits fell in [the second quarter].", "2022-Q2"),
        ("Profits fell in [the last quarter].", "2022-Q2"),
        ("It will be done by [the end of the year].", "2022"),
        ("It will be done by [year-end].", "2022"),
        ("The office burnt [last summer].", "2021-SU"),
        ("The office closes [this autumn].", "2022-FA"),
        ("He retired [last October].", "2021-10"),
        ("He retired in [October of last year].", "2021-10"),
        ("She called [last night].", "2022-08-03TNI"),
        ("She called [this morning].", "2022-08-04TMO"),
        ("She called [late yesterday].", "2022-08-03"),
        ("She called on [Monday night].", "2022-08-01TNI"),
        (
            "She called at [6:40 p.m. on] Monday.".replace(" on]", "]").replace("Monday", "noon"),
            None,
        ),
    ][:-1],
)
def test_what_is_named_from_the_publication(marked: str, value: str) -> None:
    check(marked, value)


def test_a_weekday_is_the_last_one_when_the_sentence_tells_of_the_past() -> None:
    check("The mayor said on [Tuesday] that it was over.", "2022-08-02")
    check("On [Friday], the harbour was closed.", "2022-07-29")


def test_a_weekday_is_the_next_one_when_the_sentence_tells_of_what_will_be() -> None:
    check("The council will meet on [Friday].", "2022-08-05")
    check("The council is to meet on [Tuesday].", "2022-08-09")
    check("The vote is scheduled for [Monday].", "2022-08-08")
    check("On [Friday], the two will meet.", "2022-08-05")


def test_the_nearest_verb_decides() -> None:
    check(
        "She said on [Tuesday] that the port will reopen on [Friday].", "2022-08-02", "2022-08-05"
    )


def test_a_weekday_of_the_day_of_publication_is_that_day() -> None:
    check("The mayor said on [Thursday] that it was over.", "2022-08-04")
    check("He left [last Thursday].", "2022-07-28")


def test_a_month_without_a_year_is_the_nearest_by_tense() -> None:
    check("The dam broke in [October].", "2021-10")
    check("The dam will be rebuilt by [October].", "2022-10")
    check("The dam broke on [July 30].", "2022-07-30")
    check("They will decide by [Sept. 5].", "2022-09-05")
    check("They will decide by [Sept] at most.", "2022-09")


def test_months_take_the_year_of_the_one_they_are_paired_with() -> None:
    check("It rained in [May] and [June 2019].", "2019-05", "2019-06")


def test_the_story_counts_from_its_last_date() -> None:
    check(
        "The dam broke on [3 May 2019]. [The next day] the valley was empty.",
        "2019-05-03",
        "2019-05-04",
    )
    check("It fell on [3 May 2019]; [three days later] it stood.", "2019-05-03", "2019-05-06")
    check("It fell in [May 2019]. [That month], prices rose.", "2019-05", "2019-05")
    check("He left in [1998]. [A year later] he was back.", "1998", "1999")
    check("He left in [1998]; [the following year] he was back.", "1998", "1999")
    check("He left on [May 3, 2019], and on [July 6] he was back.", "2019-05-03", "2019-07-06")


def test_what_counts_from_an_unknown_date_has_no_value() -> None:
    check("[The next day] the valley was empty.", None)
    check("[Three days later] it stood.", None)
    check("They fled [hours later].", None)
    check("It was [the sixth month] of the siege.", None)
    check("The siege enters [a sixth month].", None)
    check("The siege enters [sixth month].", None)


def test_without_a_publication_date_nothing_is_invented() -> None:
    for marked, value in [
        ("He left [yesterday].", None),
        ("He left [today].", "XXXX-XX-XX"),
        ("He left on [Tuesday].", "XXXX-WXX-2"),
        ("He left [last week].", None),
        ("He left [three years ago].", None),
        ("He left in [October].", "XXXX-10"),
        ("He left on [October 5].", "XXXX-10-05"),
        ("Profits fell in [the third quarter].", "XXXX-Q3"),
        ("He left [this morning].", "XXXX-XX-XXTMO"),
        ("He left in [the summer].", "XXXX-SU"),
        ("He left on [Christmas Day].", "XXXX-12-25"),
    ]:
        check(marked, value, published=None)


def test_a_date_line_stands_in_for_the_publication_date() -> None:
    check(
        "Dam breaks\n[Friday, May 8, 2009]\nThe dam broke on [Tuesday].",
        "2009-05-08",
        "2009-05-05",
        published=None,
    )
    check(
        "PORT QUILL, [May 8, 2009] — The dam broke on [Tuesday].",
        "2009-05-08",
        "2009-05-05",
        published=None,
    )


def test_a_date_within_a_sentence_is_no_date_line() -> None:
    check(
        "The treaty was signed on [May 8, 1962] in Port Quill.\nHe left [yesterday].",
        "1962-05-08",
        None,
        published=None,
    )


def test_what_is_no_date_of_publication_is_none() -> None:
    for published in ("", "soon", "2022", "2022-02-31", "99999-01-01", "2022-08-044"):
        check("He left [yesterday].", None, published=published)
    check("He left [yesterday].", "2022-08-01", published="2022-08-02T00:15:00+05:00")


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("The siege took [two years].", "P2Y"),
        ("The siege took [two and a half years].", "P2.5Y"),
        ("The siege took [2 1/2 years].", "P2.5Y"),
        ("The siege took [twenty-five days].", "P25D"),
        ("The siege took [three hundred days].", "P300D"),
        ("The siege took [1,500 days].", "P1500D"),
        ("The siege took [almost three months].", "P3M"),
        ("The siege took [several weeks].", "PXW"),
        ("The siege took [a few hours].", "PTXH"),
        ("The siege took [half an hour].", "PT0.5H"),
        ("The siege took [a decade].", "P10Y"),
        ("He got an [18-month] sentence.", "P18M"),
        ("A [decades-long] feud ended.", "PXY"),
        ("It will last [the next six months].", "P6M"),
        ("It grew over [the past year].", "P1Y"),
        ("They fought for [years].", "PXY"),
    ],
)
def test_durations(marked: str, value: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    assert found(text) == [(re.findall(r"\[(.*)\]", marked)[0], "DURATION", value)]


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("They meet [every Monday].", "XXXX-WXX-1"),
        ("They meet [each year].", "P1Y"),
        ("They meet [every two weeks].", "P2W"),
        ("They meet [every other week].", "P2W"),
        ("They meet [twice a month].", "P1M"),
        ("They meet on [Tuesdays].", "XXXX-WXX-2"),
        ("They meet [daily].", "P1D"),
        ("They pay 50 dollars [a year].", "P1Y"),
    ],
)
def test_sets(marked: str, value: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    assert found(text) == [(re.findall(r"\[(.*)\]", marked)[0], "SET", value)]


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("It is [now] shut.", "PRESENT_REF"),
        ("It is [currently] shut.", "PRESENT_REF"),
        ("It was [recently] shut.", "PAST_REF"),
        ("It was so in [the past].", "PAST_REF"),
        ("It will be shut [soon].", "FUTURE_REF"),
        ("It has grown in [recent years].", "PAST_REF"),
        ("It will grow in [the coming months].", "FUTURE_REF"),
    ],
)
def test_now_past_and_future(marked: str, value: str) -> None:
    check(marked, value)


@pytest.mark.parametrize(
    ("marked", "values"),
    [
        ("It left at [18:00 UTC].", ["XXXX-XX-XXT18:00Z"]),
        ("It left on [Tuesday] at [18:00 UTC].", ["2022-08-02", "2022-08-02T18:00Z"]),
        ("It left at [9 p.m. Tuesday].", ["2022-08-02T21:00"]),
        ("It left at [6.40pm].", ["XXXX-XX-XXT18:40"]),
        ("It left at [noon].", ["XXXX-XX-XXT12:00"]),
        ("It left on [Tuesday] at [midnight].", ["2022-08-02", "2022-08-02T24:00"]),
        ("It left at [ten o'clock].", ["XXXX-XX-XXT10:00"]),
    ],
)
def test_times_of_the_day(marked: str, values: list[str]) -> None:
    check(marked, *values)


def test_years_of_ranges() -> None:
    check("He ruled ([1871]–[72]).", "1871", "1872")
    check("He ruled from [1789] to [1801].", "1789", "1801")


@pytest.mark.parametrize(
    "text",
    [
        "The bill may pass, and troops may march.",
        "Some 1500 people fled with 2000 goats.",
        "It cost $1999 and 1200 euros.",
        "See page 1984 of volume 2.",
        "Call 555-0199 or 461-1776.",
        "The team won 3:10 in the end.",
        "Anna May met Ms. May of Port Quill.",
        "A second man was the first to fall.",
        "Three quarters of the voters stayed away.",
        "The 14-year-old boy is 14 years old.",
        "He will come as soon as he can.",
        "Prices fall when the sun has set.",
        "The Daily Ledger of Port Quill said so.",
        "It fell from version 1.2.2019.4 to zero.",
        "",
        "\n\n",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It happened on 31 February 2020.",
        "It happened on February 30.",
        "It happened on April 31, 2021.",
        "It happened on 2021-02-31.",
        "It happened 99999 years ago.",
        "It will happen 999999999999 days from now.",
        "It will happen in the year 99999.",
        "It happened in the year 0.",
        "It happened in 0000.",
        "It happened in January 0000.",
        "It happened in the summer of 0000.",
        "It happened at 99:99 and 25 p.m.",
        "It happened in the 999th century.",
    ],
)
def test_impossible_dates_have_no_value(text: str) -> None:
    assert all(value is None for _, _, value in found(text)), found(text)


def test_a_clock_does_not_take_the_year_of_publication_for_one_that_cannot_be() -> None:
    check("It happened at [9:30 p.m.] on [5 March 0000].", "XXXX-XX-XXT21:30", None)


def test_shifts_out_of_the_calendar_have_no_value() -> None:
    check("They met [yesterday].", None, published="0001-01-01")
    check("They meet [tomorrow].", None, published="9999-12-31")
    check("They meet [next week].", None, published="9999-12-31")


def test_upper_case_is_read_too() -> None:
    check("THE DAM BROKE ON [TUESDAY, MAY 3, 2022].", "2022-05-03")


def test_that_before_a_weekday_is_mostly_no_article() -> None:
    check("She said that [Friday]'s talks had failed.", "2022-07-29")
    check("It broke on [3 May 2019]. On [that Friday] it rained.", "2019-05-03", "2019-05-03")


def test_names_with_words_of_time_are_none() -> None:
    check("The Sunday Herald wrote on [Monday] of Bloody Sunday.", "2022-08-01")
    check("He stayed in Mar-a-Lago, and met Jan Novak.")
    check("Prices rose by a quarter.")


def test_a_name_with_may_does_not_hide_the_month() -> None:
    check("Anna May left in [May 2019].", "2019-05")
    check("The dam broke in [May].", "2022-05")


@pytest.mark.parametrize(
    ("marked", "values"),
    [
        ("The minister arrived on [Friday].", ["2024-05-03"]),
        ("The minister will arrive on [Friday].", ["2024-05-10"]),
        ("The vote, planned for [Sunday], was called off.", ["2024-05-12"]),
        (
            "She said on [Monday] that schools would open on [Tuesday].",
            ["2024-05-06", "2024-05-14"],
        ),
        ("Brandt to visit Arland on [Monday]", ["2024-05-13"]),
        ("A truce takes effect on [Sunday].", ["2024-05-12"]),
        ("The ban comes into force on [Monday].", ["2024-05-13"]),
        ("They met on [Monday] ahead of talks on [Friday].", ["2024-05-06", "2024-05-10"]),
        ("On [Monday], ahead of the vote, two clerks were shot.", ["2024-05-06"]),
        ("Two taken to hospital on [Monday]", ["2024-05-06"]),
        ("How to bake bread on [Monday]", ["2024-05-06"]),
        ("The army shelled the port on [Thursday].", ["2024-05-09"]),
        ("The envoy, who came on [Tuesday], will leave on [Friday].", ["2024-05-07", "2024-05-10"]),
    ],
)
def test_tense_tells_the_week_of_a_weekday(marked: str, values: list[str]) -> None:
    check(marked, *values, published="2024-05-09")
