"""The room in a real browser: Chromium of the system, driven by playwright.

Skipped, with the reason, where playwright, Chromium or axe-core is missing.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from onrecord.records import EventType, Reading, Span
from onrecord.serve.pages.listing import PAGES
from tests.export.made import Maker, at
from tests.serve.rooms import keep, serve
from tests.serve.test_payloads import PAYLOADS, hostile

pytestmark = [pytest.mark.slow, pytest.mark.network]
sync_api = pytest.importorskip(
    "playwright.sync_api", reason="no playwright: pip install playwright to test in a browser"
)
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Pages beside those of the listing: with rows of other kinds, or with words marked.
_MORE = (
    "/review?table=places",
    "/review?table=entities",
    "/article/{article}?at=0-14#at",
    "/commitments?instrument=New+START",
    "/search?q=nothing+of+the+kind",
)
_SIZES = {"wide": (1440, 900), "narrow": (375, 780)}


@dataclass
class Tab:
    """A page of the browser, what it complained of, and where it went."""

    page: Any
    base: str
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if _CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium to test in a browser")
    with sync_api.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def base(made_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a room that the tests of this module share."""
    yield from serve(Path(shutil.copy(made_path, tmp_path_factory.mktemp("browser") / "a.db")))


def tab_of(browser: Any, base: str, *, size: str = "wide", theme: str = "light") -> Iterator[Tab]:
    width, height = _SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, has_touch=size == "narrow"
    )
    tab = Tab(page=context.new_page(), base=base)
    tab.page.on(
        "console",
        lambda one: tab.complaints.append(one.text) if one.type in {"error", "warning"} else None,
    )
    tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.page.on("dialog", lambda dialog: (tab.complaints.append(dialog.message), dialog.dismiss()))
    tab.page.on(
        "request",
        lambda one: None if one.url.startswith((base, "data:")) else tab.elsewhere.append(one.url),
    )
    yield tab
    context.close()
    assert not tab.complaints
    assert not tab.elsewhere


@pytest.fixture
def tab(browser: Any, base: str) -> Iterator[Tab]:
    yield from tab_of(browser, base)


@pytest.fixture
def narrow_tab(browser: Any, base: str) -> Iterator[Tab]:
    yield from tab_of(browser, base, size="narrow", theme="dark")


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, which comes with a package of Python."""
    if find_spec("axe_playwright_python") is None:
        pytest.skip("no axe-core: pip install axe-playwright-python to test for screen readers")
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def faults(page: Any, axe: str, rules: list[str]) -> list[str]:
    """What axe-core finds serious, by some of its rules, or by all if none is given."""
    # The policy of the room forbids scripts of others; the driver's own world is not bound by it.
    page.evaluate(axe)
    asked: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        asked["runOnly"] = rules
    answer = page.evaluate("asked => axe.run(document, asked)", asked)
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in answer["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


# In all four, colours are looked at; what does not change with colours, once at each size.
@pytest.mark.parametrize(
    ("size", "theme", "rules"),
    [
        ("wide", "light", []),
        ("narrow", "dark", []),
        ("wide", "dark", ["color-contrast"]),
        ("narrow", "light", ["color-contrast"]),
    ],
)
def test_every_page_is_whole(
    browser: Any, base: str, found, axe: str, size: str, theme: str, rules: list[str]
) -> None:
    paths = [one.path.replace("{id}", found.get(one.path.split("/")[1], "")) for one in PAGES]
    paths += [path.replace("{article}", found["article"]) for path in _MORE]
    for tab in tab_of(browser, base, size=size, theme=theme):
        for path in paths:
            page = tab.open(path)
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= _SIZES[size][0], path
            assert not faults(page, axe, rules), path


def test_from_statement_to_statement(tab: Tab, found) -> None:
    page = tab.open(f"/article/{found['article']}")
    page.keyboard.press("j")
    first = page.evaluate("location.hash")
    assert first.startswith("#s-")
    assert page.locator("#text .is-on").count() > 0
    page.keyboard.press("j")
    assert page.evaluate("location.hash") != first
    page.keyboard.press("k")
    assert page.evaluate("location.hash") == first
    page.keyboard.press("Escape")
    assert page.locator(".is-on").count() == 0


def test_an_address_opens_at_its_words(tab: Tab, found) -> None:
    page = tab.open(f"/article/{found['article']}")
    address = page.locator(".kind-event").first.get_attribute("data-row")
    page = tab.open(f"/article/{found['article']}#{address}")
    page.reload()
    mark = page.locator(f"[id='{address}']")
    assert "is-on" in (mark.get_attribute("class") or "")
    assert page.locator(f"[id='row-{address}']").get_attribute("class").endswith("is-on")


def test_layers_switch(tab: Tab, found) -> None:
    page = tab.open(f"/article/{found['article']}")
    frame = page.locator("#text .content").first
    border = "getComputedStyle(document.querySelector('#text .content')).borderTopWidth"
    assert page.evaluate(border) == "1px"
    page.keyboard.press("1")
    assert page.evaluate(border) == "0px"
    page.reload()
    assert page.evaluate(border) == "0px", "the choice is remembered"
    page.keyboard.press("1")
    assert frame.is_visible()


def test_the_row_under_the_pointer(tab: Tab, found) -> None:
    page = tab.open(f"/article/{found['article']}")
    page.locator("#text .event").first.hover()
    assert "ASSAULT" in page.locator(".card").inner_text()


def test_a_tap_shows_the_row(narrow_tab: Tab, found) -> None:
    page = narrow_tab.open(f"/article/{found['article']}")
    page.locator("#text .event").first.tap()
    assert "ASSAULT" in page.locator("#sheet").inner_text()
    page.locator("#sheet .close").tap()
    assert page.locator("#sheet").is_hidden()


def test_the_search_box_answers_as_one_types(tab: Tab) -> None:
    page = tab.open("/")
    page.keyboard.press("/")
    page.keyboard.type("drones str")
    page.locator("#quick-found a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**#s-*")


def test_searches_are_kept(tab: Tab) -> None:
    page = tab.open("/search?type=RETREAT")
    page.locator("#save").click()
    page = tab.open("/")
    page.get_by_role("link", name="type: RETREAT").click()
    page.wait_for_url("**/search?type=RETREAT")


def test_light_and_dark(tab: Tab) -> None:
    page = tab.open("/")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator("#theme").click()
    after = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert before != after
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == after


def test_a_row_is_reviewed_with_keys(tab: Tab) -> None:
    page = tab.open("/review?table=events")
    first = page.locator(".item .meta a").first.get_attribute("href")
    page.locator("#by").fill("Ina")
    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator(".item .meta a").first.get_attribute("href") != first
    assert "Ina" in page.locator(".margin").inner_text()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.locator(".item .meta a").first.get_attribute("href") == first
    with page.expect_navigation():
        page.keyboard.press("x")
    assert page.locator(".item .meta a").first.get_attribute("href") != first
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.locator(".item .meta a").first.get_attribute("href") == first
    with page.expect_navigation():
        page.keyboard.press("s")
    assert "skip=1" in page.url


_SELECT = """([first, last]) => {
  const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walker.nextNode()); ) {
    const at = node.data.indexOf(first), to = node.data.indexOf(last);
    if (at >= 0) range.setStart(node, at);
    if (to >= 0) { range.setEnd(node, to + last.length); break; }
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_a_missed_statement_is_added_by_selecting_words(tab: Tab, found) -> None:
    page = tab.open(f"/article/{found['article']}#add")
    page.evaluate(_SELECT, ["limits each party", "warheads"])
    page.locator("[data-pick=content]").click()
    assert "limits each party" in page.locator("[data-words=content]").inner_text()
    with page.expect_navigation():
        page.locator("#add button:not([type])").click()
    assert page.locator(".kind-statement", has_text="limits each party").count() == 1


def test_a_missed_event_is_added_and_taken_back_with_keys(tab: Tab, found) -> None:
    page = tab.open(f"/article/{found['article']}")
    page.keyboard.press("n")
    page.keyboard.type("event")
    page.keyboard.press("Escape")
    page.evaluate(_SELECT, ["inspections", "inspections"])
    page.keyboard.press("t")
    page.evaluate(_SELECT, ["Northern Front", "troops"])
    page.keyboard.press("w")
    assert page.locator("[data-words=trigger]").inner_text() == "inspections"
    page.locator("#add select[name=type]").focus()
    page.keyboard.type("CONSULT")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "#e-" in page.url
    assert "inspections" in page.locator("#text .is-on").inner_text()
    assert page.locator(".kind-event", has_text="CONSULT").count() == 1
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.locator(".kind-event", has_text="CONSULT").count() == 0


def test_a_field_is_set_with_keys(tab: Tab) -> None:
    page = tab.open("/review?table=control_claims")
    page.keyboard.press("c")
    page.keyboard.type("contested")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "set" in page.locator(".margin li").first.inner_text()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert "taken back" in page.locator(".margin").inner_text()


@pytest.mark.parametrize("size", _SIZES)
def test_a_point_of_a_chart_leads_to_its_figure(browser: Any, base: str, size: str) -> None:
    for tab in tab_of(browser, base, size=size):
        page = tab.open("/commitments?instrument=New+START")
        point = page.locator(".point.disputed").last
        point.locator(".aim").click()
        row = page.locator("tr:target")
        row.wait_for(state="visible")
        assert "disputed" in row.inner_text()
        assert "2022-03-01" in row.inner_text()


def test_the_map_on_a_telephone(narrow_tab: Tab) -> None:
    page = narrow_tab.open("/map")
    page.locator("path.place-mark").first.wait_for()
    box = page.locator("#map").bounding_box()
    assert box["width"] <= 375
    page.locator("path.place-mark").first.tap()
    with page.expect_navigation():
        page.locator(".leaflet-popup-content a").first.tap()
    assert "#e-" in page.url


def test_the_timeline_narrows_map_and_list(browser: Any, tmp_path: Path) -> None:
    readings = [placed(day) for day in ("2022-05-01", "2022-06-01", "2022-07-01")]
    for base in serve(keep(tmp_path, *readings)):
        for tab in tab_of(browser, base):
            page = tab.open("/map")
            page.locator("#slider").wait_for()
            assert page.locator("#n-shown").inner_text() == "3"
            page.locator("#from").focus()
            page.keyboard.press("ArrowRight")
            assert page.locator("#n-shown").inner_text() == "2"
            assert page.locator("#span").inner_text() == "2022-06-01 to 2022-07-01"
            assert page.locator("#from").get_attribute("aria-valuetext") == "2022-06-01"


def placed(day: str) -> Reading:
    """An article with one event in a town."""
    maker = Maker(f"On {day} shells struck Odesa.", title=day, published=day)
    start = maker.text.index("struck")
    odesa = maker.place("Odesa", at("Odesa", maker.text))
    maker.event(Span(start, start + 6), EventType.ASSAULT, place=odesa)
    return maker.reading()


def test_the_map_shows_what_is_known(tab: Tab) -> None:
    page = tab.open("/map")
    page.locator("path.place-mark").first.wait_for()
    assert page.locator("path.place-mark").count() == 1
    page.locator("path.place-mark").first.click()
    with page.expect_navigation():
        page.locator(".leaflet-popup-content a").first.click()
    assert "#e-" in page.url


def test_hostile_articles_stay_words(browser: Any, tmp_path: Path) -> None:
    for base in serve(keep(tmp_path, *map(hostile, PAYLOADS))):
        for tab in tab_of(browser, base):
            page = tab.open("/")
            paths = page.eval_on_selector_all(
                "a[href^='/article/']", "all => [...new Set(all.map(one => one.pathname))]"
            )
            assert len(paths) == len(PAYLOADS)
            for path in paths:
                page = tab.open(path)
                assert page.locator("#text p").count() >= 1
                assert page.locator("#text :not(p):not(span)").count() == 0
