"""The article of an HTML page: its text by trafilatura, and what the page says of itself.

The parts of the work stand in `page_trees.py` (parsing within bounds), `page_links.py`
(boxes of links), `page_metadata.py`. Not here: fetching (`fetching.py`).
"""

import itertools
import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.inputs.dates import date_in_head
from onrecord.inputs.languages import language_of
from onrecord.inputs.links import bare_words, link_title, link_words
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.page_kinds import common_ancestor, kept_blocks, why_no_article
from onrecord.inputs.page_links import Box, anchors_by_words, take_boxes
from onrecord.inputs.page_metadata import PageMetadata, read_metadata
from onrecord.inputs.page_trees import PageError, parse_page
from onrecord.inputs.page_words import keep_inline_words, lines_of
from onrecord.inputs.plain_texts import author_in_head, author_in_line
from onrecord.records import Document, Link, Rejection, RejectionReason, make_document

# Lines between the headline and the text that are looked at for a date and a name.
_HEAD_LINES = 8
_MAX_ABOUT_CHARS = 100
_DATE_LINE = re.compile(
    r"\s*(?:(?:first|last)\s)?(?:published|posted|updated)\b[^.]*\b[0-9]{4}\b[^.]*$", re.IGNORECASE
)
_log = logging.getLogger(__name__)


def read_page(
    page: str, *, source: str, url: str | None, options: ReadOptions
) -> Document | Rejection:
    """The document in a page, or a rejection.

    The text begins with the headline. Lines and boxes that lead to other articles leave
    it and become links.
    """
    if len(page) > options.max_page_bytes:
        detail = f"the page is larger than {options.max_page_bytes:,} characters"
        return Rejection(source=source, reason=RejectionReason.TOO_LARGE, detail=detail)
    try:
        root = parse_page(page)
    except PageError as error:
        return _no_article(source, f"the page {error}")
    said = read_metadata(root, url)
    base = _base(root, url or said.url)
    anchors = anchors_by_words(root, base)
    boxes = take_boxes(root, base)
    keep_inline_words(root)
    body = _main_text(root)
    text, links = _without_links(body, said.title, anchors)
    why = why_no_article(root, text, is_declared=said.is_article)
    if why is not None:
        return _no_article(source, why)
    links = tuple(dict.fromkeys([*_links_inside(boxes, root, text), *links]))
    return _document(text, links, said, _head(root, body, said.title), url, options)


def read_fragment(
    fragment: str, title: str | None, base: str | None
) -> tuple[str, tuple[Link, ...]]:
    """The lines of a piece of HTML that is an article and nothing else, and its links.

    Raises:
        PageError: It cannot be read; a piece without words gives none.
    """
    if not fragment.strip():
        return "", ()
    root = parse_page(fragment)
    anchors = anchors_by_words(root, base)
    keep_inline_words(root)
    return _without_links("\n".join(lines_of(root)), title, anchors)


def _no_article(source: str, detail: str) -> Rejection:
    return Rejection(source=source, reason=RejectionReason.NOT_AN_ARTICLE, detail=detail)


def _document(
    body: str,
    links: Iterable[Link],
    said: PageMetadata,
    head: str,
    url: str | None,
    options: ReadOptions,
) -> Document:
    first = body.partition("\n")[0]
    has_title = said.title is None or bare_words(first) == bare_words(said.title)
    text = body if has_title else f"{said.title}\n{body}"
    return make_document(
        text=text,
        title=said.title,
        outlet=options.outlet or said.outlet,
        url=url or said.url,
        author=said.author or author_in_head(head),
        published=options.published or said.published or date_in_head(head),
        language=language_of(text, declared=said.language),
        links=links,
    )


def _head(root: Any, body: str, title: str | None) -> str:
    """The lines between the headline and the running text, and the first lines of it."""
    lines = lines_of(root)
    seen = [bare_words(line) for line in lines]
    first = [line for line in body.split("\n") if line.strip()][:_HEAD_LINES]
    between: list[str] = []
    if title is not None and bare_words(title) in seen:
        at = seen.index(bare_words(title)) + 1
        known = {bare_words(line) for line in first}
        between = list(
            itertools.takewhile(
                lambda line: bare_words(line) not in known, lines[at : at + _HEAD_LINES]
            )
        )
    return "\n".join([*between, *first])


def _base(root: Any, url: str | None) -> str | None:
    """What addresses in the page are relative to."""
    from urllib.parse import urljoin

    for element in root.iter("base"):
        href = (element.get("href") or "").strip()
        try:
            return urljoin(url or "", href) if href else url
        except ValueError:
            return url
    return url


def _main_text(root: Any) -> str:
    """The running text; empty when there is none."""
    import copy

    import lxml.etree
    import trafilatura

    for name in ("trafilatura", "htmldate", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            copy.deepcopy(root), include_comments=False, include_tables=False
        )
    except (ValueError, TypeError, AttributeError, LookupError, RuntimeError, lxml.etree.Error):
        # Faults of the extractor on broken pages; the page has then no text for us.
        _log.debug("extraction failed", exc_info=True)
        return ""
    return str(getattr(found, "text", None) or "")


def _without_links(
    body: str, title: str | None, anchors: Mapping[str, str]
) -> tuple[str, tuple[Link, ...]]:
    """The lines that belong to the article, and those that lead elsewhere as links."""
    kept: list[str] = []
    links: list[Link] = []
    for line in body.split("\n"):
        words = " ".join(line.split())
        link = None if title and words == title else link_title(line)
        if link is not None:
            address = anchors.get((link or words).lower()) or anchors.get(words.lower())
            links.append(Link(text=link or words, url=address, span=None))
        elif not _is_about_page(line):
            kept.append(line)
    return "\n".join(kept).strip(), tuple(links)


def _is_about_page(line: str) -> bool:
    """Whether a line is a button, a writer's name or a date, and no sentence of the article."""
    if len(line) > _MAX_ABOUT_CHARS:
        return False
    is_date = _DATE_LINE.match(line) is not None or (
        line[:1].isdigit() and date_in_head(line) is not None
    )
    return is_date or author_in_line(line) is not None or bare_words(line) in link_words().noise


def _links_inside(boxes: Iterable[Box], root: Any, text: str) -> Iterable[Link]:
    """Links of the boxes that stood among the lines of the text."""
    blocks = kept_blocks(root, text)
    around = common_ancestor(blocks)
    for box in boxes:
        above = [box.parent, *box.parent.iterancestors()]
        if around in above or any(one.tag == "article" for one in above if around is None):
            yield from box.links
