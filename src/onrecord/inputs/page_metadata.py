"""What a page says of itself: headline, outlet, writer, date, address, language.

A field that a page does not plainly give is None; nothing is guessed from its text.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from onrecord.inputs.dates import iso_date
from onrecord.inputs.linked_data import LinkedArticle, linked_articles
from onrecord.inputs.page_words import clean, few_words_of
from onrecord.inputs.plain_texts import author_in_line

# Names of meta elements, the most telling first.
_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "citation_title", "parsely-title")
_OUTLETS = ("application-name", "citation_journal_title", "dc.publisher",
            "publisher", "twitter:app:name:iphone")  # fmt: skip
_AUTHORS = ("author", "article:author", "byl", "parsely-author", "dc.creator", "sailthru.author",
            "citation_author", "og:article:author", "twitter:creator")  # fmt: skip
_DATES = ("article:published_time", "og:published_time", "datepublished", "article:published",
          "article.published", "parsely-pub-date", "sailthru.date", "dc.date.issued",
          "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "publish-date",
          "publication_date", "citation_publication_date", "pubdate", "date")  # fmt: skip
_SEPARATOR = re.compile(r"\s+(?:[|·•»–—-]|::)\s+")
_IN_ADDRESS = re.compile(r"/([12][0-9]{3})[/-]([01][0-9])[/-]([0-3][0-9])(?![0-9])")
_UPDATED = re.compile(r"updat|modif|edit", re.IGNORECASE)
_ELSEWHERE = frozenset({"aside", "footer", "nav"})
_BYLINE_CLASS = re.compile(r"by-?line|author", re.IGNORECASE)
_MAX_AUTHOR_CHARS = 150
_MAX_CHARS = 500
_MAX_ADDRESS_CHARS = 4000
_MAX_CONTENTS = 20
_MAX_INNER = 20
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What a page says of itself.

    Attributes:
        title: Headline.
        outlet: Who published it.
        author: Who wrote it; several joined by commas.
        published: When, in ISO 8601.
        url: Its own address.
        language: ISO 639-1.
        is_article: Whether it says that it is an article.
    """

    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None
    is_article: bool


def read_metadata(root: Any, url: str | None) -> PageMetadata:
    """Open Graph and other meta elements, JSON-LD, and elements with a meaning of their own."""
    meta = _meta(root)
    headings = [words for h1 in root.iter("h1") if (words := few_words_of(h1, _MAX_CHARS))]
    linked = _of_this_page(linked_articles(root), {*meta.get("og:title", ()), *headings})
    titles = (few_words_of(title, _MAX_CHARS) for title in root.iter("title"))
    page_title = next(filter(None, titles), None)
    outlet = (
        _first(meta, ("og:site_name",))
        or (linked.outlet if linked else None)
        or _first(meta, _OUTLETS)
        or _outlet_in_title(page_title, headings)
    )
    declared = (linked.headline if linked else None) or _first(meta, _TITLES)
    address = _address(root, meta, linked, url)
    return PageMetadata(
        title=_title(declared, headings, page_title, outlet),
        outlet=outlet,
        author=_author(root, meta, linked),
        published=_published(root, meta, linked, url or address),
        url=address,
        language=_language(root, meta, linked),
        is_article=linked is not None
        or "article:published_time" in meta
        or (_first(meta, ("og:type",)) or "").lower().endswith("article"),
    )


def _meta(root: Any) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = clean((element.get("content") or "")[:_MAX_ADDRESS_CHARS])
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            contents = found.setdefault(name, [])
            if name and content and len(contents) < _MAX_CONTENTS and content not in contents:
                contents.append(content)
    return {name: contents for name, contents in found.items() if contents}


def _first(meta: Mapping[str, list[str]], names: Iterable[str]) -> str | None:
    given = (meta[name][0] for name in names if name in meta)
    return next((one for one in given if len(one) <= _MAX_CHARS), None)


def _of_this_page(articles: list[LinkedArticle], titles: set[str]) -> LinkedArticle | None:
    """The article that the page is about, when it also describes others."""
    same = (a for a in articles if a.headline and any(_are_same(a.headline, t) for t in titles))
    is_one = len(articles) == 1 or (articles and not titles)
    return next(same, articles[0] if is_one else None)


def _are_same(one: str, other: str) -> bool:
    """Whether two headlines agree but for the case, marks, and an outlet or kicker."""
    short, long = sorted((_letters(one), _letters(other)), key=len)
    return bool(short) and short in long and 2 * len(short) > len(long)


def _letters(words: str) -> str:
    return "".join(c for c in words.lower() if c.isalnum())


def _title(
    declared: str | None, headings: list[str], page_title: str | None, outlet: str | None
) -> str | None:
    """The headline as readers see it when it agrees with the one that is declared."""
    candidates = [h for h in headings if outlet is None or _letters(h) != _letters(outlet)]
    known = declared or page_title
    if known is not None:
        plain = _without_outlet(known, outlet)
        seen = next((h for h in candidates if _are_same(h, plain)), None)
        if seen is not None or declared is not None:
            return seen or plain
    if candidates:
        return candidates[0]
    return _without_outlet(page_title, outlet) if page_title else None


def _without_outlet(title: str, outlet: str | None) -> str:
    """A title without " | Outlet" at its end."""
    parts = list(_SEPARATOR.finditer(title))
    if parts and outlet and _letters(title[parts[-1].end() :]) == _letters(outlet):
        return title[: parts[-1].start()]
    return title


def _outlet_in_title(page_title: str | None, headings: list[str]) -> str | None:
    """What follows the headline and a mark in the title of the window."""
    for heading in headings:
        rest = (page_title or "").removeprefix(heading)
        if rest != page_title and _SEPARATOR.match(rest):
            return _SEPARATOR.split(rest)[-1].strip() or None
    return None


def _author(root: Any, meta: Mapping[str, list[str]], linked: LinkedArticle | None) -> str | None:
    if linked and linked.author:
        return linked.author
    for name in _AUTHORS:
        names = [n for given in meta.get(name, ()) if (n := _as_name(given))]
        if names:
            return ", ".join(names)
    return ", ".join(dict.fromkeys(_marked_authors(root))) or None


def _as_name(given: str) -> str | None:
    plain = author_in_line(given) or given
    is_name = any(c.isalpha() for c in plain) and "://" not in plain and "@" not in plain
    return plain if is_name and len(plain) <= _MAX_AUTHOR_CHARS else None


def _marked_authors(root: Any) -> list[str]:
    """Names in elements that are marked as the writer's, outside comments and other articles."""
    marked: list[str] = []
    bylines: list[str] = []
    for element in root.iter("a", "span", "p", "div", "address", "strong", "li"):
        is_marked = "author" in (element.get("rel") or "") or element.get("itemprop") == "author"
        has_class = _BYLINE_CLASS.search(element.get("class") or "") is not None
        if not (is_marked or has_class) or not _is_of_article(element):
            continue
        inner = itertools.islice(element.iter("*"), _MAX_INNER)
        named = next((e for e in inner if e.get("itemprop") == "name"), element)
        words = few_words_of(named, _MAX_AUTHOR_CHARS)
        if is_marked and (name := _as_name(words)):
            marked.append(name)
        elif has_class and (name := author_in_line(words)):
            bylines.append(name)
    return marked or bylines[:1]


def _is_of_article(element: Any) -> bool:
    return not any(
        one.tag in _ELSEWHERE or "comment" in (one.get("class") or one.get("id") or "").lower()
        for one in element.iterancestors()
    )


def _published(
    root: Any, meta: Mapping[str, list[str]], linked: LinkedArticle | None, url: str | None
) -> str | None:
    """The first date that is given; a moment of the same day rather than the day."""
    dates = [d for name in _DATES for given in meta.get(name, ()) if (d := iso_date(given))]
    if linked and linked.published:
        dates.append(linked.published)
    dates.extend(_times(root))
    if dates:
        return next((d for d in dates if len(d) > 10 and d.startswith(dates[0][:10])), dates[0])
    match = _IN_ADDRESS.search(urlsplit(url).path) if url else None
    return iso_date("-".join(match.groups())) if match else None


def _times(root: Any) -> Iterator[str]:
    """Dates of time elements of the article: marked as its date, else the first one."""
    others: list[str] = []
    for element in root.iter("time", "span", "meta", "p", "div", "abbr"):
        is_marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if not is_marked and element.tag != "time":
            continue
        given = element.get("datetime") or element.get("content") or few_words_of(element, 100)
        date = iso_date(given)
        if date is None or not _is_of_article(element):
            continue
        if is_marked:
            yield date
        elif not others and not _is_update(element):
            others.append(date)
    yield from others


def _is_update(time: Any) -> bool:
    """Whether a time element, or what stands before it, speaks of a later change."""
    before, parent = time.getprevious(), time.getparent()
    if before is not None:
        label = few_words_of(before, 60) + (before.tail or "")
    else:
        label = parent.text or ""
    marks = f"{time.get('itemprop')} {time.get('class')} {parent.get('class')} {label[-60:]}"
    return _UPDATED.search(marks) is not None


def _address(
    root: Any, meta: Mapping[str, list[str]], linked: LinkedArticle | None, url: str | None
) -> str | None:
    """The page's own address, when it is a whole one."""
    given = [
        e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"
    ]
    given += [*meta.get("og:url", ()), linked.url if linked else None]
    for one in given:
        try:
            whole = str(urljoin(url or "", (one or "").strip()))
            parts = urlsplit(whole)
        except ValueError:
            continue
        if one and parts.scheme in {"http", "https"} and parts.netloc:
            return whole
    return None


def _language(root: Any, meta: Mapping[str, list[str]], linked: LinkedArticle | None) -> str | None:
    given = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        root.get("xml:lang"),
        _first(meta, ("og:locale", "content-language", "language", "dc.language")),
        linked.language if linked else None,
    )
    found = (match for one in given if one and (match := _LANGUAGE.fullmatch(one.strip())))
    return next((match[1].lower() for match in found), None)
