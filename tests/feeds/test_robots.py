import pytest

from onrecord.feeds.robots import Robots, Rules, parse_rules
from onrecord.inputs.addresses import FetchError, parse_address
from onrecord.inputs.fetching import Page, Request
from onrecord.records import RejectionReason

URL = "https://courier.example/2026/gate.html?a=1"


def allows(rules: Rules, url: str = URL) -> bool:
    try:
        rules.check(url)
    except FetchError as error:
        return error.reason is not RejectionReason.DISALLOWED
    return True


@pytest.mark.parametrize(
    ("text", "is_allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: OnRecord\nDisallow: /2026", False),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\nAllow: /2026/", True),
        ("User-agent: *\nDisallow: /\nUser-agent: onrecord\nAllow: /", True),
        ("User-agent: *\nDisallow: /*.html", False),
        ("User-agent: *\nDisallow: /*a=1$", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("<html>Not found</html>", True),
        ("Disallow: /", True),
        ("User-agent: *\nDisallow: /" + "*a" * 5000, True),
    ],
)
def test_rules(text: str, is_allowed: bool) -> None:
    assert allows(parse_rules(text.encode())) is is_allowed


def test_rules_that_are_no_text() -> None:
    assert allows(parse_rules(bytes(range(256)) * 100))


@pytest.mark.parametrize(
    ("given", "delay_s"), [("5", 5.0), ("0.5", 0.5), ("9999", 60.0), ("-3", 0.0), ("x", 0.0)]
)
def test_the_pause_that_a_site_asks_for(given: str, delay_s: float) -> None:
    assert parse_rules(f"User-agent: *\nCrawl-delay: {given}".encode()).delay_s == delay_s


def robots(answer: FetchError | bytes) -> tuple[Robots, list[str], list[float]]:
    asked: list[str] = []
    time = [0.0]

    def fetch(url: str, _request: Request) -> Page:
        asked.append(url)
        if isinstance(answer, FetchError):
            raise answer
        return Page(url, answer, "text/plain", None)

    return Robots(fetch, lambda: time[0]), asked, time


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (URL, "https://courier.example/robots.txt"),
        ("http://courier.example:8080/a", "http://courier.example:8080/robots.txt"),
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/robots.txt"),
    ],
)
def test_where_the_rules_stand(url: str, asked: str) -> None:
    known, requests, _ = robots(b"")
    known.ask(parse_address(url))
    assert requests == [asked]


@pytest.mark.parametrize(
    ("status", "is_allowed"), [(404, True), (410, True), (403, True), (401, True)]
)
def test_a_site_without_rules_allows_all(status: int, is_allowed: bool) -> None:
    error = FetchError(RejectionReason.HTTP_ERROR, "no", status=status)
    known, _, _ = robots(error)
    assert allows(known.ask(parse_address(URL))) is is_allowed


@pytest.mark.parametrize(
    "error",
    [
        FetchError(RejectionReason.HTTP_ERROR, "503", may_pass=True, status=503),
        FetchError(RejectionReason.TIMED_OUT, "slow", may_pass=True),
        FetchError(RejectionReason.BLOCKED_ADDRESS, "inside"),
    ],
)
def test_a_site_that_cannot_be_asked_allows_nothing_for_now(error: FetchError) -> None:
    known, asked, time = robots(error)
    address = parse_address(URL)
    with pytest.raises(FetchError, match=r"robots\.txt") as caught:
        known.ask(address).check(URL)
    assert caught.value.reason is error.reason
    assert caught.value.may_pass is error.may_pass
    assert known.known(address) is not None
    time[0] = 901.0
    assert known.known(address) is None
    assert len(asked) == 1
