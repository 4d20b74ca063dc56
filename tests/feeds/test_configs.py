from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.feeds.configs import FeedConfig, load_feeds

GOOD = """
# The papers of Port Quill.
[[feed]]
url = "https://courier.example/feed.xml"
outlet = "Port Quill  Courier"
language = "en"
interval = 30
family = "Quill Press"

[[feed]]
url = "https://herald.example/atom"
outlet = "Herald"
"""
ONE = '[[feed]]\nurl = "https://courier.example/feed.xml"\noutlet = "Courier"\n'


def load(tmp_path: Path, text: str | bytes) -> tuple[FeedConfig, ...]:
    path = tmp_path / "feeds.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_feeds(path)


def test_feeds_in_their_order(tmp_path: Path) -> None:
    first, second = load(tmp_path, GOOD)
    assert first == FeedConfig(
        url="https://courier.example/feed.xml",
        outlet="Port Quill Courier",
        language="en",
        interval_s=1800.0,
        family="Quill Press",
    )
    assert second == FeedConfig(url="https://herald.example/atom", outlet="Herald")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no feeds"),
        ("x = 1", "'x' is not known"),
        ("feed = 1", "names no feeds"),
        ("feed = [1]", "feed 1: write [[feed]]"),
        ("[[feed]", "this is no TOML: "),
        (b"\xff\xfe", "this is no TOML"),
        (GOOD + '[[feed]]\noutlet = "Post"', "feed 3 (line 13): it has no url"),
        (GOOD + '[[feed]]\nurl = "https://a.example"', "feed 3 (line 13): it has no outlet"),
        (ONE.replace("https", "ftp"), "feed 1 (line 1): url: only http and https"),
        (ONE.replace("courier.", "a:b@courier."), "user name"),
        (ONE.replace("example/", "example:25/"), "port 25"),
        (ONE + ONE, "feed 2 (line 4): https://courier.example/feed.xml is named twice"),
        (ONE + "interval = 0", "interval is 0; it takes minutes, 1 to 10,080"),
        (ONE + "interval = true", "interval is True"),
        (ONE + "interval = nan", "interval is nan"),
        (ONE + 'interval = "5"', "interval is '5'"),
        (ONE + 'language = "english"', "language is 'english'"),
        (ONE + "family = 3", "it has no family"),
        (ONE + 'colour = "red"', "'colour' is not known; it takes url, outlet"),
    ],
)
def test_errors_name_file_feed_and_reason(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "feeds.toml"))
    assert words in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        load_feeds(tmp_path / "none.toml")
