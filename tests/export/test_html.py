"""The view for notebooks: marks at the right words, and nothing in them that acts."""

import dataclasses
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given

from onrecord.export.html import reading_to_html
from onrecord.records import (
    Act,
    Change,
    Entity,
    EventDate,
    EventType,
    Kind,
    Limit,
    Manner,
    Polarity,
    Reading,
    Span,
    Statement,
    make_document,
    make_run,
)
from tests.export.made import TEXT as CRATES
from tests.export.made import Maker, at, crates, harbour
from tests.records.generated import few, readings

_TAGS = {
    "div",
    "style",
    "span",
    "bdi",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
}
_ATTRIBUTES = {"class", "title", "dir", "style", "href", "rel", "scope"}
_CLASS = re.compile(r"onrecord-[a-z]+( onrecord-[a-z]+)*")
_RUN = make_run(software="1", model="m", model_digest="d", settings={})


class _Page(HTMLParser):
    """What a browser would find: elements, their attributes, and the words under them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str]]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[tuple[str, dict[str, str]]] = []
        self.shown = ""
        self.others: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open, "an element was not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert len(given) == len(attrs), "an attribute stands twice"
        self.open.append((tag, given))
        self.tags.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(given.get("class") == "onrecord-text" for _, given in self.open):
            tag, given = self.open[-1]
            self.pieces.append((data, given if tag == "span" else {}))
        if self.open and self.open[-1][0] != "style":
            self.shown += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.pieces)


def _check_harmless(page: str) -> _Page:
    found = _Page(page)
    assert found.others == []
    assert sum(tag == "style" for tag, _ in found.tags) == 1
    for tag, attributes in found.tags:
        assert tag in _TAGS
        assert attributes.keys() <= _ATTRIBUTES
        assert _CLASS.fullmatch(attributes.get("class", "onrecord-x"))
        assert re.fullmatch(r"padding-left:[\d.]+em", attributes.get("style", "padding-left:1em"))
        assert re.match(r"https?://", attributes.get("href", "http://"), re.IGNORECASE)
        assert tag == "a" or "href" not in attributes
        assert tag in {"div", "td"} or "dir" not in attributes
    page.encode("utf-8")
    return found


def _shown(text: str) -> str:
    """Words with U+FFFD for what a page cannot show."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text)


@few
@given(readings())
def test_any_text_is_shown_as_it_is_and_nothing_acts(reading: Reading) -> None:
    page = _check_harmless(reading_to_html(reading))
    assert page.text == _shown(reading.document.text)


def _others(reading: Reading) -> dict[str, list[Span]]:
    spans = {mention.id: mention.span for mention in reading.mentions or ()}
    return {
        "onrecord-place": [spans[place.mention] for place in reading.places or ()],
        "onrecord-time": [time.span for time in reading.times or ()],
        "onrecord-event": [event.trigger for event in reading.events or ()],
        "onrecord-control": [claim.span for claim in reading.control_claims or ()],
        "onrecord-commitment": [one.span for one in reading.commitments or ()],
    }


@few
@given(readings())
def test_every_code_point_has_the_marks_of_all_spans_over_it(reading: Reading) -> None:
    found: list[set[str]] = []
    for words, attributes in _Page(reading_to_html(reading)).pieces:
        found += [set(attributes.get("class", "").split())] * len(words)
    for here in range(len(reading.document.text)):
        expected = set()
        for statement in reading.statements or ():
            for role in ("source", "cue", "content"):
                if any(span.start <= here < span.end for span in getattr(statement, role)):
                    expected.add(f"onrecord-{role}")
                    if role == "cue" and statement.polarity is Polarity.DENY:
                        expected.add("onrecord-deny")
                    if role == "content" and statement.depth:
                        expected.add("onrecord-inner")
        for kind, spans in _others(reading).items():
            if any(span.start <= here < span.end for span in spans):
                expected.add(kind)
        assert found[here] == expected, here


_ATTACKS = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</div></div><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://a.example/" onclick="alert(1)',
    "https://a.example/' onclick='alert(1)",
    "https://a.example/ onclick=alert(1)",
    "https://a.example/><script>alert(1)</script>",
    "<?php echo 1 ?>",
    "<plaintext>",
    "<style>*{display:none}</style>",
    "\x00<\x00script>",
    "\ud83d<b>\ude00",
    "\u202e</span>\u202c",
)


def _statement(document: str, **changes: Any) -> Statement:
    values: dict[str, Any] = {
        "id": "s",
        "document": document,
        "source": (),
        "cue": (),
        "content": (),
        "speaker": None,
        "act": Act.ASSERT,
        "polarity": Polarity.AFFIRM,
        "manner": Manner.INDIRECT,
        "addressee": None,
        "medium": None,
        "parent": None,
        "depth": 0,
        "time": None,
        "probability": 0.5,
        "run": _RUN.id,
    }
    return Statement(**values | changes)


def _reading(text: str, *statements: dict[str, Any], **document: Any) -> Reading:
    made = make_document(text=text, **document)
    rows = tuple(
        _statement(made.id, id=f"s{number}", **given) for number, given in enumerate(statements)
    )
    return Reading(document=made, run=_RUN, statements=rows)


@pytest.mark.parametrize("attack", _ATTACKS)
def test_an_attack_is_shown_and_does_nothing(attack: str) -> None:
    whole = (Span(0, len(attack)),)
    reading = _reading(
        attack,
        {"source": whole, "cue": whole, "content": whole, "speaker": "e"},
        title=attack,
        outlet=attack,
        author=attack,
        url=attack,
        published=attack,
    )
    entity = Entity(
        id="e",
        document=reading.document.id,
        name=attack + attack,
        kind=Kind.PERSON,
        actor=None,
        country=None,
        place=None,
        mentions=(),
        run=_RUN.id,
    )
    page = _check_harmless(reading_to_html(reading.replace(entities=(entity,))))
    assert page.text == _shown(attack)


@pytest.mark.parametrize("attack", _ATTACKS)
def test_an_attack_in_any_other_row_does_nothing(attack: str) -> None:
    maker = Maker(attack)
    whole = Span(0, len(attack))
    values = {"country": attack, "admin1": attack}
    maker.place(attack, whole, **values)
    entity = maker.entity(attack, whole, actor=attack, country=attack)
    time = maker.time(whole, attack)
    maker.quantity(whole, 1.0, unit=attack, comparator=attack)
    said = maker.statement(cue=whole, speaker=entity, addressee=entity, medium=entity, time=time)
    place = maker.rows["places"][0].id
    date = EventDate(value=attack, span=None)
    maker.event(
        whole,
        EventType.ASSAULT,
        mode=attack,
        actors=(entity,),
        place=place,
        date=date,
        asserted_by=said,
    )
    maker.control(whole, place, Change.LOST, holder=entity, date=date, asserted_by=said)
    limit = Limit(quantity=maker.rows["quantities"][0].id, of=attack, per=attack)
    maker.commitment(
        whole,
        attack,
        parties=(entity,),
        limits=(limit,),
        signed=attack,
        verification=(whole,),
        asserted_by=said,
    )
    page = _check_harmless(reading_to_html(maker.reading()))
    assert page.text == _shown(attack)


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://herald.example/a?b=1&c=2", True),
        ("HTTP://herald.example/", True),
        ("javascript:alert(1)//https://herald.example/", False),
        ("https://herald.example/ a", False),
        ("ftp://herald.example/", False),
        ("tag:1234", False),
    ],
)
def test_only_an_address_of_a_page_is_a_link(url: str, is_link: bool) -> None:
    page = _Page(reading_to_html(_reading("Yes.", url=url)))
    links = [given["href"] for tag, given in page.tags if tag == "a"]
    assert links == ([url] if is_link else [])
    assert url in page.shown


def test_head_and_legend() -> None:
    reading = _reading("Yes.", title="Bridge shut", outlet="Herald", published="2022-08-02")
    shown = _Page(reading_to_html(reading)).shown
    for words in ("Bridge shut", "Herald", "2022-08-02", "0 statements", "who speaks"):
        assert words in shown
    assert "probability" not in shown


TEXT = "“The gate,” the mayor said, “is shut.” The guard had denied that it was."


def _pieces(*statements: dict[str, Any]) -> list[tuple[str, str, str]]:
    page = _Page(reading_to_html(_reading(TEXT, *statements)))
    return [(words, p["class"], p["title"]) for words, p in page.pieces if p]


def _at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_fragments_are_marked_one_by_one() -> None:
    found = _pieces(
        {
            "source": (_at("the mayor"),),
            "cue": (_at("said"),),
            "content": (_at("“The gate,”"), _at("“is shut.”")),
        }
    )
    assert found == [
        ("“The gate,”", "onrecord-content", "content of 1: assert, by the mayor"),
        ("the mayor", "onrecord-source", "source of 1: assert, by the mayor"),
        ("said", "onrecord-cue", "cue of 1: assert, by the mayor"),
        ("“is shut.”", "onrecord-content", "content of 1: assert, by the mayor"),
    ]


def test_spans_that_cross_are_cut_at_both_ends() -> None:
    found = _pieces({"content": (Span(0, 8),)}, {"source": (Span(4, 12),)})
    assert [(words, kind) for words, kind, _ in found] == [
        (TEXT[0:4], "onrecord-content"),
        (TEXT[4:8], "onrecord-content onrecord-source"),
        (TEXT[8:12], "onrecord-source"),
    ]
    title = "content of 1: assert, by (nobody named)\nsource of 2: assert, by " + TEXT[4:12].strip()
    assert found[1][2] == title


def test_a_denial_within_what_is_said() -> None:
    found = _pieces(
        {"source": (_at("the mayor"),), "cue": (_at("said"),), "content": (Span(39, 71),)},
        {
            "source": (_at("The guard"),),
            "cue": (_at("denied"),),
            "content": (_at("that it was"),),
            "polarity": Polarity.DENY,
            "act": Act.DENY,
            "parent": "s0",
            "depth": 1,
        },
    )
    inner = {words: (kind, title) for words, kind, title in found}
    assert inner["denied"][0] == "onrecord-content onrecord-cue onrecord-deny"
    assert inner["denied"][1].splitlines()[1] == "cue of 2: deny, deny, by The guard"
    assert inner["that it was"][0] == "onrecord-content onrecord-inner"


def test_a_row_for_each_statement() -> None:
    reading = _reading(
        TEXT,
        {"source": (_at("the mayor"),), "cue": (_at("said"),), "content": (_at("“is shut.”"),)},
        {"cue": (_at("denied"),), "polarity": Polarity.DENY, "depth": 2, "probability": 0.256},
    )
    page = reading_to_html(reading)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page.split("<tbody>")[1])
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]
    assert cells == [
        "1|the mayor|said|“is shut.”|assert|affirm|indirect||0|0.50".split("|"),
        "2|(nobody named)|denied||assert|deny|indirect||2|0.26".split("|"),
    ]


def test_an_entity_is_named_beside_the_words_of_the_source() -> None:
    reading = _reading(TEXT, {"source": (_at("the mayor"),), "speaker": "e"})
    entity = Entity(
        id="e",
        document=reading.document.id,
        name="Ilse Varga",
        kind=Kind.PERSON,
        actor=None,
        country=None,
        place=None,
        mentions=(),
        run=_RUN.id,
    )
    shown = _Page(reading_to_html(reading.replace(entities=(entity,)))).shown
    assert "the mayor = Ilse Varga" in shown


def test_a_long_article_is_cut_and_says_so() -> None:
    text = "It rained on Monday.\n" * 10_000
    page = _Page(reading_to_html(_reading(text, {"content": (Span(59_000, 150_000),)})))
    assert text.startswith(page.text)
    assert page.text.endswith("\n")
    assert 50_000 < len(page.text) <= 60_000
    assert f"{len(text) - len(page.text):,} more characters follow." in page.shown


def test_a_long_list_is_cut_and_says_so() -> None:
    page = reading_to_html(_reading(TEXT, *[{"cue": (_at("said"),)}] * 600))
    assert page.count("<tr") == 501
    assert "100 more statements follow." in page


def test_the_style_reaches_nothing_outside_the_view() -> None:
    page = reading_to_html(_reading("Yes."))
    style = page.split("<style>")[1].split("</style>")[0]
    selectors = [one.strip() for rule in style.split("}") for one in rule.split("{")[0].split(",")]
    assert len(selectors) > 15
    assert all(one.startswith(".onrecord-reading") for one in selectors if one)
    assert "url(" not in style
    assert "@import" not in style


def test_the_marks_differ_by_their_lines_and_not_only_by_colour() -> None:
    page = reading_to_html(_reading("Yes."))
    lines = {
        role: re.search(rf"\.onrecord-{role} \{{[^}}]*?(underline|border-[a-z]+:) ?(.*?);", page)
        for role in (
            *("source", "cue", "deny", "content", "inner", "place", "time"),
            *("event", "control", "commitment"),
        )
    }
    kinds = {
        role: re.sub(r"#\w+|rgba\(.*?\)", "", found[0]) for role, found in lines.items() if found
    }
    assert len(set(kinds.values())) == len(kinds) == 10


def test_a_notebook_shows_the_view() -> None:
    reading = _reading("Yes.")
    assert reading._repr_html_() == reading_to_html(reading)


def test_nothing_was_looked_for() -> None:
    reading = dataclasses.replace(_reading("Yes."), statements=None)
    assert "0 statements" in reading_to_html(reading)


def _crates() -> list[tuple[str, str, list[str]]]:
    page = _check_harmless(reading_to_html(crates()))
    return [(words, p["class"], p["title"].splitlines()) for words, p in page.pieces if p]


def test_marks_name_speaker_actor_listeners_and_date() -> None:
    titles = {words: title for words, _, title in _crates()}
    assert titles["The mayor, Ann Vale"] == [
        "source of 1: assert, by The mayor, Ann Vale (UKR.GOV), to Ardal Post, 2022-08-02"
    ]
    assert titles["He"] == ["source of 2: deny, deny, by He = Bo Orly, via Telegram"]


def test_places_and_times_are_marked_over_what_is_said() -> None:
    found = {words: (kinds, title[-1]) for words, kinds, title in _crates()}
    place = "place: Odesa, UKR (settlement, 0.93)"
    assert found["Odesa"] == ("onrecord-content onrecord-place", place)
    assert found["Tuesday"] == ("onrecord-cue onrecord-time", "time: 2022-08-02")
    unknown = "place: Upper Wessel (not in the gazetteer)"
    assert found["Upper Wessel"] == ("onrecord-content onrecord-place", unknown)


def test_a_time_without_a_value_says_so() -> None:
    maker = Maker()
    maker.time(at("Tuesday"), None)
    assert 'title="time: no value"' in reading_to_html(maker.reading())


def test_the_legend_names_places_and_times_where_there_are_some() -> None:
    legends = [
        reading_to_html(reading).split('<div class="onrecord-legend">')[1].split("</div>")[0]
        for reading in (crates(), _reading("Yes."))
    ]
    for kind in ("onrecord-place", "onrecord-time"):
        assert [kind in legend for legend in legends] == [True, False]


def test_what_else_was_found_is_folded() -> None:
    page = reading_to_html(crates())
    assert re.findall(r"<details><summary>(.*?)</summary>", page) == [
        "Who and what: 6",
        "Where: 2",
        "When: 1",
        "How much: 2",
    ]
    rows = re.findall(r"<tr>(.*?)</tr>", page.split("<summary>Where")[1])
    cells = ["|".join(re.findall(r"<td[^>]*>(.*?)</td>", row)) for row in rows]
    assert cells[1:3] == [
        "Odesa|Odesa Oblast|UKR|46.48, 30.73|settlement|0.93|5|1",
        "Upper Wessel|||not in the gazetteer|||0|1",
    ]
    assert 'no more than 1,550 crates</td><td dir="auto">at most 1,550 crate</td>' in page


def test_nothing_is_folded_where_nothing_was_found() -> None:
    empty = _reading("Yes.").replace(mentions=(), entities=(), places=(), times=(), quantities=())
    assert "<details>" not in reading_to_html(_reading("Yes."))
    assert reading_to_html(empty) == reading_to_html(_reading("Yes."))


def test_a_long_folded_list_is_cut_and_says_so() -> None:
    maker = Maker()
    for number in range(600):
        maker.time(at("Tuesday"), f"2022-{number}")
    page = reading_to_html(maker.reading())
    assert page.count("<tr") == 501
    assert "100 more rows follow." in page
    assert "<summary>When: 600</summary>" in page


def test_a_statement_that_names_rows_which_are_not_there_is_shown() -> None:
    maker = Maker()
    maker.statement(
        source=at("He"), cue=at("denied"), speaker="x", addressee="x", medium="x", time="x"
    )
    titles = [p["title"] for _, p in _Page(reading_to_html(maker.reading())).pieces if p]
    assert titles == ["source of 1: assert, by He", "cue of 1: assert, by He"]


def test_the_words_of_the_article_stay_as_they_are_under_all_marks() -> None:
    assert _Page(reading_to_html(crates())).text == CRATES


def test_events_claims_and_commitments_are_marked() -> None:
    page = _check_harmless(reading_to_html(harbour()))
    found = {words: (p["class"], p["title"].splitlines()) for words, p in page.pieces if p}
    assert found["shelled"] == (
        "onrecord-event",
        [
            (
                "event: ASSAULT heavy-weapons, Northern Front (UKR.REB.PRE) → harbour of Odesa, "
                "at Odesa, UKR, 2022-08-02, at least 12 people, says the outlet"
            )
        ],
    )
    kinds, title = found["seized"]
    assert kinds == "onrecord-content onrecord-control onrecord-event"
    assert title[1:] == [
        (
            "control: Upper Wessel, taken by Northern Front (UKR.REB.PRE), "
            "says General Bo Orly (UKR.MIL)"
        ),
        (
            "event: COERCE seize, Northern Front (UKR.REB.PRE), at Upper Wessel, "
            "says General Bo Orly (UKR.MIL)"
        ),
    ]
    assert found["The Tarn Treaty"] == (
        "onrecord-commitment",
        [
            (
                "commitment: Tarn Treaty, ministry (IGO.UNO); Northern Front (UKR.REB.PRE), "
                "1,550 deployed warheads per party, signed 2010-04-08, in force 2011-02-05, "
                "says the outlet"
            )
        ],
    )
    assert ">an event</span>" in reading_to_html(harbour())
    assert "3 statements · 5 events · 4 happenings" in page.shown


def test_events_claims_and_commitments_have_tables() -> None:
    page = reading_to_html(harbour())
    summaries = re.findall(r"<details><summary>(.*?)</summary>", page)
    assert summaries[:3] == ["Events: 5", "Who holds what: 1", "What is agreed: 1"]
    rows = re.findall(r"<tr>(.*?)</tr>", page.split("<summary>Events")[1])
    cells = ["|".join(re.findall(r"<td[^>]*>(.*?)</td>", row)) for row in rows]
    front = "Northern Front (UKR.REB.PRE)"
    assert cells[4] == (
        f"RETREAT withdraw|withdraw|{front}; Bo Orly (UKR.MIL)|||2022-07|planned||"
        "General Bo Orly (UKR.MIL)|0.50"
    )
    assert cells[5] == "ASSAULT drone|struck|||||actual|two boats|Ann Vale|0.50"
    assert cells[7] == (
        f"Upper Wessel|taken|{front}||actual|General Bo Orly (UKR.MIL)|"
        "the Front had seized Upper Wessel"
    )
    assert cells[9] == (
        f"Tarn Treaty|ministry (IGO.UNO); {front}|1,550 deployed warheads per party|"
        "signed 2010-04-08; in force 2011-02-05|on-site inspections|the outlet|The Tarn Treaty"
    )


def test_very_many_events_are_cut_and_that_is_said() -> None:
    maker = Maker()
    for number in range(3_000):
        maker.event(at("denied"), EventType.REJECT, mode=f"m{number}")
    page = reading_to_html(maker.reading())
    assert page.count("<tr>") == 501
    assert "2,500 more rows follow." in page
