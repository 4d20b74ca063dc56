import pytest

from onrecord.places.outlets import read_outlet


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.example.ie/a", "IE"),
        ("http://news.example.co.uk/", "GB"),
        ("example.com", None),
        ("https://example.tv/a", None),
        ("https://[", None),
        ("not an address", None),
        ("", None),
    ],
)
def test_the_ending_of_an_address_may_tell_a_country(url: str, country: str | None) -> None:
    assert read_outlet(name=None, url=url).country == country


@pytest.mark.parametrize(
    ("name", "url", "place"),
    [
        (None, "https://www.thedaytoncourier.com/a", "dayton"),
        (None, "https://oakpost.example/", "oak"),
        ("The Dayton Daily Courier", None, "dayton"),
        ("North Platte Gazette", None, "north platte"),
    ],
)
def test_the_name_of_an_outlet_may_hold_a_place(
    name: str | None, url: str | None, place: str
) -> None:
    assert place in read_outlet(name=name, url=url).names


def test_words_of_outlets_are_no_places() -> None:
    assert read_outlet(name="The Daily News", url=None).names == ()
