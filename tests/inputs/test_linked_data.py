# ruff: noqa: E501 - a page is read best in one line
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.linked_data import linked_articles
from onrecord.inputs.page_trees import parse_page

ARTICLE = {"@type": "NewsArticle", "headline": "Gate shut"}


def articles(*values, kind: str = "application/ld+json"):
    scripts = "".join(
        f"<script type='{kind}'>{v if isinstance(v, str) else json.dumps(v)}</script>"
        for v in values
    )
    return linked_articles(parse_page(f"<html><head>{scripts}</head><body><p>a</p></body></html>"))


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [ARTICLE],
        [[{"@type": "WebSite"}], ARTICLE],
        {"@graph": [{"@type": "Person", "name": "x"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {"@type": "WebPage", "mainEntityOfPage": [ARTICLE]},
        {"@type": ["Thing", "ReportageNewsArticle"], "headline": "Gate shut"},
        {"@type": "LiveBlogPosting", "name": "Gate shut"},
        f"<!-- {json.dumps(ARTICLE)} -->",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        f"{json.dumps(ARTICLE)};",
        json.dumps(ARTICLE).replace('"', "&quot;"),
        '{"@type": "Article",\n "headline": "Gate\tshut"}',
    ],
)
def test_where_articles_are_described(value) -> None:
    assert [a.headline for a in articles(value)] == ["Gate shut"]


def test_all_fields() -> None:
    (found,) = articles(
        ARTICLE
        | {
            "publisher": {"@type": "Organization", "name": "Courier"},
            "author": [{"name": "Mara Quill"}, "Tom Ferris", {"name": "Mara Quill"}],
            "datePublished": "2022-08-02T10:15:00+02:00",
            "url": "https://courier.example/a",
            "inLanguage": "en-GB",
        }
    )
    assert found.outlet == "Courier"
    assert found.author == "Mara Quill, Tom Ferris"
    assert found.published == "2022-08-02T10:15:00+02:00"
    assert found.url == "https://courier.example/a"
    assert found.language == "en-GB"


def test_names_that_stand_elsewhere() -> None:
    (found,) = articles(
        {"@graph": [ARTICLE | {"author": {"@id": "#q"}, "publisher": {"@id": "#c"}}]},
        {"@graph": [{"@id": "#q", "name": ["Mara Quill"]}, {"@id": "#c", "name": "Courier"}]},
    )
    assert (found.author, found.outlet) == ("Mara Quill", "Courier")


@pytest.mark.parametrize(
    "author", [None, 5, [], {}, [[]], {"name": 5}, "https://a.example", {"@id": "#x"}]
)
def test_names_that_are_none(author) -> None:
    assert articles(ARTICLE | {"author": author})[0].author is None


@pytest.mark.parametrize(
    "value", ["", "{", "null", "5", "[" * 100_000, '{"@type": 5}', '{"@type": ["a", 5]}', "{}", "x" * 2_100_000]
)  # fmt: skip
def test_what_describes_no_article(value: str) -> None:
    assert articles(value) == []
    assert len(articles(value, ARTICLE)) == 1


def test_other_scripts_are_not_read() -> None:
    assert articles(ARTICLE, kind="application/json") == []
    assert len(articles(ARTICLE, kind="Application/LD+JSON; charset=utf-8")) == 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "@type",
                        "@id",
                        "@graph",
                        "author",
                        "name",
                        "publisher",
                        "datePublished",
                        "url",
                    ]
                ),
                inner | st.sampled_from(["Article", "#a"]),
                max_size=5,
            )
        ),
        max_leaves=15,
    )
)
def test_any_data_are_read(value) -> None:
    for article in articles(json.dumps(value).replace("<", "\\u003c")):
        assert article.author is None or article.author.strip()
