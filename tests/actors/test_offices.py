import pytest

from onrecord.actors.offices import holder_of


@pytest.mark.parametrize(
    ("office", "country", "date", "person"),
    [
        ("president", "USA", "2015-06-01", "Barack Obama"),
        ("president", "USA", "2022-08-02", "Joe Biden"),
        ("Secretary of State", "USA", "2022-08-02", "Antony Blinken"),
        ("defense secretary", "USA", "2022-08-02", "Lloyd Austin"),
        ("head of government", "DEU", "2010", "Angela Merkel"),
        ("head of state", "GBR", "2023-01-01", "Charles III"),
        ("king", "ESP", "2020-01-01", "Felipe VI"),
        ("secretary-general", "IGO.UNO", "2005-05-05", "Kofi Annan"),
        ("premier", "CHN", "2020-01-01", "Li Keqiang"),
    ],
)
def test_an_office_has_a_holder_by_date(office: str, country: str, date: str, person: str) -> None:
    term = holder_of(office, country, date)
    assert term is not None
    assert term.person == person


def test_on_the_day_of_a_change_the_new_one_holds_it() -> None:
    term = holder_of("president", "USA", "2017-01-20")
    assert term is not None
    assert term.person == "Donald Trump"


@pytest.mark.parametrize(
    ("office", "country", "date"),
    [
        ("president", "USA", "2017"),
        ("president", "USA", "1850-01-01"),
        ("president", "USA", "2999-01-01"),
        ("president", "ZZZ", "2015-01-01"),
        ("keeper of the seal", "USA", "2015-01-01"),
        ("president", "USA", "last year"),
        ("", "", ""),
    ],
)
def test_what_the_table_does_not_know_is_unknown(office: str, country: str, date: str) -> None:
    assert holder_of(office, country, date) is None
