import datetime
import itertools

import pytest

from onrecord.feeds.configs import FeedConfig
from onrecord.inputs.addresses import FetchError
from onrecord.inputs.fetching import Page
from onrecord.records import Document, RejectionReason
from tests.feeds.worlds import FEED, LINES, START, World, article, item, page, rss

BUSY = FetchError(RejectionReason.HTTP_ERROR, "the server answers 503", may_pass=True, status=503)
GONE = FetchError(RejectionReason.NOT_FOUND, "the server answers 404", status=404)
SLOW = FetchError(RejectionReason.TIMED_OUT, "the server took longer than 30 s", may_pass=True)


@pytest.fixture
def world() -> World:
    world = World()
    world.web.put_feed(item(1), item(2))
    for number in (1, 2):
        world.web.put_article(f"https://courier.example/{number}", f"Gate {number} shut")
    return world


def test_new_articles_are_fetched_and_handed_on(world: World) -> None:
    world.poll()
    assert [document.title for document in world.documents] == ["Gate 1 shut", "Gate 2 shut"]
    assert {document.outlet for document in world.documents} == {"Port Quill Courier"}
    assert world.documents[0].url == "https://courier.example/1"
    assert {source for source, _ in world.taken} == {FEED}
    assert world.store.rows("SELECT DISTINCT status, entry FROM feed_entries") == [("taken", None)]


def test_what_was_taken_is_not_fetched_again(world: World) -> None:
    world.poll()
    world.clock.pass_by(hours=1)
    world.web.put_feed(item(1), item(2), item(3))
    world.web.put_article("https://courier.example/3", "Gate 3 shut")
    world.poll()
    assert [document.title for document in world.documents] == [
        "Gate 1 shut", "Gate 2 shut", "Gate 3 shut",
    ]  # fmt: skip
    assert world.web.asked.count("https://courier.example/1") == 1
    assert [event.n_new for event in world.events] == [2, 1]


def test_a_feed_is_asked_for_what_changed(world: World) -> None:
    world.web.answers[FEED] = [
        Page(FEED, rss(item(1)).encode(), "text/xml", None, etag='"a"', last_modified="Mon, x"),
        Page(FEED, b"", "", None, etag='"a"', last_modified="Mon, x", is_unchanged=True),
    ]
    world.poll()
    world.clock.pass_by(hours=1)
    world.poll()
    first, second = [request for _, url, request in world.web.requests if url == FEED]
    assert (first.etag, first.last_modified) == (None, None)
    assert (second.etag, second.last_modified) == ('"a"', "Mon, x")
    assert world.feed["etag"] == '"a"'
    assert world.feed["last_new"] == "2026-03-02T08:00:02Z"
    assert world.feed["last_success"] > world.feed["last_new"]
    outcomes = world.store.rows("SELECT outcome, n_new FROM feed_fetches WHERE url = ?", FEED)
    assert outcomes == [("read", 1), ("unchanged", 0)]


def test_a_feed_is_left_until_it_is_due(world: World) -> None:
    world.poll()
    world.clock.pass_by(minutes=10)
    world.poll()
    assert world.web.asked.count(FEED) == 1
    world.poll(only_due=False)
    assert world.web.asked.count(FEED) == 2
    world.clock.pass_by(minutes=15)
    world.poll()
    assert world.web.asked.count(FEED) == 3


def test_a_feed_may_have_an_interval_of_its_own(world: World) -> None:
    world.configs = (FeedConfig(url=FEED, outlet="Courier", interval_s=86_400.0),)
    world.poll()
    world.clock.pass_by(hours=23)
    world.poll()
    assert world.web.asked.count(FEED) == 1


def test_after_the_clock_was_set_back_feeds_are_due(world: World) -> None:
    world.poll()
    world.clock.time = START - datetime.timedelta(days=300)
    world.poll()
    assert world.web.asked.count(FEED) == 2


def test_requests_to_one_host_keep_their_distance(world: World) -> None:
    world.poll()
    assert len(world.pauses("courier")) == 3
    assert min(world.pauses("courier")) >= 2.0


def test_hosts_take_turns(world: World) -> None:
    other = "https://herald.example/feed.xml"
    world.configs = (*world.configs, FeedConfig(url=other, outlet="Herald"))
    world.web.put_feed(*(item(number, host="herald") for number in (8, 9)), url=other)
    for number in (8, 9):
        world.web.put_article(f"https://herald.example/{number}", f"Gate {number} shut")
    world.poll()
    assert len(world.documents) == 4
    assert min(world.pauses("courier") + world.pauses("herald")) >= 2.0
    took = (world.clock.now() - START).total_seconds()
    assert took <= 8.0  # as long as one host alone


def test_a_site_may_ask_for_more_distance(world: World) -> None:
    rules = page("x", "User-agent: *\nCrawl-delay: 20\n", "text/plain")
    world.web.answers["https://courier.example/robots.txt"] = rules
    world.poll()
    assert min(world.pauses("courier")) >= 20.0


def test_a_site_is_asked_for_its_rules_once_a_day(world: World) -> None:
    for _ in range(4):
        world.poll()
        world.clock.pass_by(hours=7)
    rules = [url for _, url, _ in world.web.requests if url.endswith("/robots.txt")]
    assert len(rules) == 1
    world.poll()
    assert [url for _, url, _ in world.web.requests if url.endswith("/robots.txt")] == rules * 2


def test_what_a_site_does_not_allow_is_not_read(world: World) -> None:
    rules = page("x", "User-agent: onrecord\nDisallow: /2\n", "text/plain")
    world.web.answers["https://courier.example/robots.txt"] = rules
    world.poll()
    assert [document.title for document in world.documents] == ["Gate 1 shut"]
    (rejection,) = world.rejections
    assert rejection.reason is RejectionReason.DISALLOWED
    assert rejection.source == "https://courier.example/2"
    assert "https://courier.example/2" not in world.web.asked


def test_a_feed_that_is_not_allowed(world: World) -> None:
    rules = page("x", "User-agent: *\nDisallow: /\n", "text/plain")
    world.web.answers["https://courier.example/robots.txt"] = rules
    world.poll()
    assert world.web.asked == []
    assert world.feed["reason"] == "disallowed"


def test_the_site_at_the_end_of_a_redirect_is_asked_too(world: World) -> None:
    world.web.answers["https://courier.example/1"] = page("https://far.example/1", article("Far"))
    world.web.answers["https://courier.example/2"] = page("https://open.example/2", article("Open"))
    rules = page("x", "User-agent: *\nDisallow: /\n", "text/plain")
    world.web.answers["https://far.example/robots.txt"] = rules
    world.poll()
    assert [document.url for document in world.documents] == ["https://open.example/2"]
    assert [rejection.reason for rejection in world.rejections] == [RejectionReason.DISALLOWED]


def test_what_may_pass_is_tried_again_with_growing_pauses(world: World) -> None:
    world.web.answers[FEED] = [BUSY, SLOW, page(FEED, rss(item(1)), "text/xml")]
    world.poll()
    at = [at for at, url, _ in world.web.requests if url == FEED]
    assert [second - first for first, second in itertools.pairwise(at)] == [5.0, 10.0]
    assert world.feed["failures"] == 0
    assert len(world.documents) == 1


def test_what_will_not_pass_is_not_tried_again(world: World) -> None:
    world.web.answers[FEED] = GONE
    world.poll()
    assert world.web.asked == [FEED]
    assert (world.feed["failures"], world.feed["reason"]) == (1, "not_found")


def test_a_feed_that_fails_is_polled_less_and_less(world: World) -> None:
    world.web.answers[FEED] = SLOW
    waits = []
    for _ in range(9):
        world.poll()
        next_at = datetime.datetime.fromisoformat(str(world.feed["next_at"]))
        waits.append((next_at - world.clock.now()).total_seconds() / 60)
        world.clock.time = next_at
    assert [round(wait) for wait in waits] == [30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    world.web.put_feed(item(1))
    world.poll()
    assert (world.feed["failures"], world.feed["reason"]) == (0, None)


def test_a_feed_that_failed_is_left_by_a_round_of_all(world: World) -> None:
    world.web.answers[FEED] = GONE
    world.poll(only_due=False)
    world.poll(only_due=False)
    assert world.web.asked.count(FEED) == 1


def test_a_short_rest_is_waited_for(world: World) -> None:
    busy = FetchError(
        RejectionReason.HTTP_ERROR, "429", may_pass=True, retry_after="60", status=429
    )
    world.web.answers["https://courier.example/1"] = [
        busy, page("https://courier.example/1", article("Gate 1 shut")),
    ]  # fmt: skip
    world.poll()
    assert len(world.documents) == 2
    assert max(world.pauses("courier")) >= 60.0


def test_a_long_rest_is_left_for_a_later_round(world: World) -> None:
    busy = FetchError(
        RejectionReason.HTTP_ERROR, "429", may_pass=True, retry_after="7200", status=429
    )
    world.web.answers["https://courier.example/1"] = [
        busy, page("https://courier.example/1", article("Gate 1 shut")),
    ]  # fmt: skip
    world.poll()
    assert world.taken == []
    assert "https://courier.example/2" not in world.web.asked
    world.clock.pass_by(hours=1)
    world.poll()
    assert world.taken == []
    world.clock.pass_by(hours=1, minutes=1)
    world.poll()
    assert len(world.documents) == 2


def test_a_feed_whose_server_asks_for_a_rest_is_left_by_a_round_of_all(world: World) -> None:
    busy = FetchError(
        RejectionReason.HTTP_ERROR, "429", may_pass=True, retry_after="7200", status=429
    )
    world.web.answers[FEED] = [busy, page(FEED, rss(item(1)), "text/xml")]
    world.poll(only_due=False)
    world.poll(only_due=False)
    assert world.web.asked == [FEED]
    assert world.feed["failures"] == 0
    world.clock.pass_by(hours=2)
    world.poll(only_due=False)
    world.poll(only_due=False)
    assert world.web.asked.count(FEED) == 3


def test_a_clock_that_is_set_back_within_a_round_does_not_stop_it(world: World) -> None:
    def set_back(url: str, _request: object) -> Page:
        world.clock.pass_by(hours=-5)
        return page(url, article("Gate 1 shut"))

    world.web.answers["https://courier.example/1"] = set_back
    world.poll()
    assert len(world.documents) == 2
    assert max(world.clock.slept) <= 120


def test_a_page_that_fails_for_now_waits_for_later_rounds(world: World) -> None:
    world.web.answers["https://courier.example/1"] = SLOW
    world.poll()
    assert [document.title for document in world.documents] == ["Gate 2 shut"]
    assert world.rejections == []
    world.web.put_article("https://courier.example/1", "Gate 1 shut")
    world.web.put_feed(item(2))  # it has left the feed by then
    world.clock.pass_by(minutes=16)
    world.poll()
    assert len(world.documents) == 2


def test_a_page_that_fails_in_many_rounds_is_given_up(world: World) -> None:
    world.web.answers["https://courier.example/1"] = SLOW
    for _ in range(7):
        world.poll()
        world.clock.pass_by(days=1)
    (rejection,) = world.rejections
    assert (rejection.reason, rejection.source) == (
        RejectionReason.TIMED_OUT, "https://courier.example/1",
    )  # fmt: skip
    assert world.web.asked.count("https://courier.example/1") == 15


def test_the_text_of_the_feed_stands_in_for_a_page_that_is_refused(world: World) -> None:
    world.web.put_feed(item(1, whole=True))
    world.web.answers["https://courier.example/1"] = GONE
    world.poll()
    (document,) = world.documents
    assert document.text.startswith("Gate 1 shut\n" + LINES[0])
    assert (document.url, document.outlet) == ("https://courier.example/1", "Port Quill Courier")
    noted = world.store.rows("SELECT outcome, reason FROM feed_fetches WHERE outcome = 'from_feed'")
    assert noted == [("from_feed", "not_found")]
    assert [event.is_from_feed for event in world.events] == [False, True]


def test_the_text_of_the_feed_stands_in_for_a_page_without_an_article(world: World) -> None:
    world.web.put_feed(item(1, whole=True))
    login = page("https://courier.example/1", "<html><body><p>Sign in to read.</body></html>")
    world.web.answers["https://courier.example/1"] = login
    world.poll()
    assert [type(one) for _, one in world.taken] == [Document]
    noted = world.store.rows("SELECT reason FROM feed_fetches WHERE outcome = 'from_feed'")
    assert noted == [("not_an_article",)]


def test_entries_that_name_no_page(world: World) -> None:
    whole = item(1, whole=True).replace("https://courier.example/1", "javascript:alert(1)")
    bare = item(2).replace("https://courier.example/2", "ftp://courier.example/2")
    world.web.put_feed(whole, bare)
    world.poll()
    (document,) = world.documents
    (rejection,) = world.rejections
    assert document.url is None
    assert rejection.reason is RejectionReason.NOT_AN_ARTICLE
    assert world.web.asked == [FEED]


def test_entries_that_lead_inside_are_refused_by_the_fetch(world: World) -> None:
    inside = FetchError(RejectionReason.BLOCKED_ADDRESS, "10.0.0.1 is private")
    url = "http://10.0.0.1/1"
    world.web.put_feed(item(1).replace("https://courier.example/1", url))
    world.web.answers[url] = inside
    world.web.answers["http://10.0.0.1/robots.txt"] = inside
    world.poll()
    assert [rejection.reason for rejection in world.rejections] == [RejectionReason.BLOCKED_ADDRESS]


def test_ports_of_other_services_are_not_asked_at_all(world: World) -> None:
    world.web.put_feed(item(1).replace("courier.example/1", "courier.example:25/1"))
    world.poll()
    assert [rejection.reason for rejection in world.rejections] == [RejectionReason.BLOCKED_ADDRESS]
    assert world.web.asked == [FEED]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (article("Front page"), "bad_feed"),
        ("not a feed at all", "bad_feed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]>' + rss(item(1)), "bad_feed"),
        ("\x01\x02\x03" * 50, "binary"),
        ("", "bad_feed"),
    ],
)
def test_feeds_that_are_none(world: World, content: str, reason: str) -> None:
    world.web.answers[FEED] = page(FEED, content, "text/xml")
    world.poll()
    assert (world.feed["failures"], world.feed["reason"]) == (1, reason)
    assert world.taken == []


def test_what_was_not_handed_on_is_fetched_again(world: World) -> None:
    def break_off(_found: object, *, source: str | None) -> None:
        raise OSError(28, f"no space left for {source}")

    take, world.take = world.take, break_off  # type: ignore[method-assign]
    world.poller = world.new_poller()
    with pytest.raises(OSError, match="no space"):
        world.poll()
    world.take = take  # type: ignore[method-assign]
    world.poller = world.new_poller()
    world.poll()
    assert len(world.documents) == 2
    assert world.web.asked.count(FEED) == 1


def test_what_was_handed_on_and_not_marked_is_handed_on_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_done: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(world.poller.states, "finish", die)
        with pytest.raises(KeyboardInterrupt):
            world.poll()
    world.poller = world.new_poller()
    world.poll()
    ids = [document.id for document in world.documents]
    assert len(ids) == 4
    assert len(set(ids)) == 2  # so the store adds nothing


def test_the_feed_completes_what_the_page_does_not_say(world: World) -> None:
    date = "Mon, 02 Mar 2026 06:30:00 GMT"
    world.web.put_feed(item(1, date=date), item(2, date=date), item(3, date=date))
    for number, said in ((2, "2026-03-02"), (3, "2020-01-01T10:00:00Z")):
        meta = f"<meta property=article:published_time content={said}>"
        url = f"https://courier.example/{number}"
        world.web.answers[url] = page(url, article(f"Gate {number} shut", meta))
    world.poll()
    assert [document.published for document in world.documents] == [
        "2026-03-02T06:30:00+00:00", "2026-03-02T06:30:00+00:00", "2020-01-01T10:00:00+00:00",
    ]  # fmt: skip


def test_when_the_next_round_has_something_to_do(world: World) -> None:
    world.web.answers["https://courier.example/1"] = SLOW
    world.poll()
    feed_at = datetime.datetime.fromisoformat(str(world.feed["next_at"]))
    assert world.poller.next_at(world.configs) == feed_at
    world.configs = (FeedConfig(url=FEED, outlet="Courier", interval_s=864_000.0),)
    world.clock.time = feed_at
    world.poll()
    assert world.poller.next_at(world.configs) < world.clock.now() + datetime.timedelta(days=1)


def test_old_fetches_are_let_go(world: World) -> None:
    world.poll()
    world.clock.pass_by(days=100)
    world.poll()
    assert world.store.rows("SELECT count(*) FROM feed_fetches") == [(1,)]
    assert world.store.rows("SELECT count(*) FROM feed_entries") == [(2,)]


def test_a_feed_with_very_many_entries_does_not_keep_the_others_waiting(world: World) -> None:
    world.web.put_feed(*(item(number, whole=True) for number in range(130)))
    world.poll()
    assert len(world.documents) == 50
    assert world.poller.next_at(world.configs) <= world.clock.now()
    world.poll()
    world.poll()
    assert len(world.documents) == len({one.id for one in world.documents}) == 130
    assert world.web.asked.count(FEED) == 1


def test_a_host_that_does_not_answer_is_left_after_some_pages(world: World) -> None:
    world.web.put_feed(*(item(number) for number in range(20)))
    for number in range(20):
        world.web.answers[f"https://courier.example/{number}"] = SLOW
    world.poll()
    assert len(world.web.asked) == 1 + 6
    assert world.taken == []
    assert world.store.rows("SELECT sum(attempts) FROM feed_entries") == [(1,)]
    assert world.poller.next_at(world.configs) > world.clock.now()
    world.clock.pass_by(minutes=16)
    for number in range(20):
        world.web.put_article(f"https://courier.example/{number}", f"Gate {number} shut")
    world.poll()
    assert len(world.documents) == 20


def test_what_tells_an_entry_from_others(world: World) -> None:
    def entry(link: str, title: str, guid: str) -> str:
        return f"<title>{title}</title><link>https://courier.example/{link}</link>{guid}"

    for link in ("1", "1?at=2", "2"):
        world.web.put_article(f"https://courier.example/{link}")
    one = "<guid>1</guid>"
    world.web.put_feed(entry("1", "Gate shut", one), entry("2", "Pier shut", one))
    world.poll()
    world.clock.pass_by(hours=1)
    world.web.put_feed(entry("1?at=2", "Gate shut", one), entry("2", "Pier open", one))
    world.poll()
    assert [event.n_new for event in world.events] == [2, 1]
    assert [url.removeprefix("https://courier.example/") for url in world.web.asked] == [
        "feed.xml", "1", "2", "feed.xml", "2",
    ]  # fmt: skip
