"""Entries of feeds as documents, where the feed carries the whole article."""

import re
from collections.abc import Iterator

from onrecord.inputs.feed_entries import Entry, Feed, parse_feed
from onrecord.inputs.feed_trees import FeedError
from onrecord.inputs.languages import language_of
from onrecord.inputs.links import bare_words
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.page_trees import PageError
from onrecord.records import Document, Rejection, RejectionReason, make_document

# A text that the feed does not call a summary is the article from here on; one that it
# does, only when no summary would be as long.
_LEAST_CHARS, _LEAST_CHARS_OF_SUMMARY = 400, 1200
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LOOKED_AT, _END_CHARS = 600, 80
_CUT = re.compile(
    r"(?:…|\.\.\.|\[\s?(?:…|\.\.\.|&hellip;)\s?\]|\b(?:read|continue|more)\b[^.]{0,40})\W*$",
    re.IGNORECASE,
)


def read_feed(
    text: str, source: str, options: ReadOptions, *, url: str | None = None
) -> Iterator[Document | Rejection]:
    """The articles that a feed carries whole; a rejection for each that it only announces."""
    try:
        feed = parse_feed(text, url)
    except FeedError as error:
        detail = f"the feed {error}"
        yield Rejection(source=source, reason=RejectionReason.BAD_FEED, detail=detail)
        return
    if not feed.entries:
        detail = "the feed has no entries"
        yield Rejection(source=source, reason=RejectionReason.EMPTY, detail=detail)
    for entry in feed.entries:
        name = f"{source}!{entry.url or entry.title or 'entry'}"
        yield document_of_entry(entry, feed, name, options)


def document_of_entry(
    entry: Entry, feed: Feed, source: str, options: ReadOptions
) -> Document | Rejection:
    """The article of an entry, or why the feed does not carry it."""
    from onrecord.inputs.pages import read_fragment

    try:
        text, links = read_fragment(entry.content, entry.title, entry.url)
    except PageError as error:
        detail = f"the text of the entry {error}"
        return Rejection(source=source, reason=RejectionReason.NOT_AN_ARTICLE, detail=detail)
    if not _is_whole(text, entry):
        detail = "the entry announces an article and does not hold it; give the page itself"
        return Rejection(source=source, reason=RejectionReason.NOT_AN_ARTICLE, detail=detail)
    first = text.partition("\n")[0]
    has_title = entry.title is None or bare_words(first) == bare_words(entry.title)
    return make_document(
        text=text if has_title else f"{entry.title}\n{text}",
        title=entry.title,
        outlet=options.outlet or feed.title,
        url=entry.url,
        author=entry.author,
        published=options.published or entry.published,
        language=language_of(text, declared=feed.language),
        links=links,
    )


def _is_whole(text: str, entry: Entry) -> bool:
    if len(text) < (_LEAST_CHARS_OF_SUMMARY if entry.is_summary else _LEAST_CHARS):
        return False
    end = _TAG.sub(" ", entry.content[-_LOOKED_AT:])
    return _CUT.search(end[-_END_CHARS:]) is None
