"""The article behind an entry of a feed: its page, or else what the feed itself holds."""

import dataclasses
import datetime
from dataclasses import dataclass

from onrecord.feeds.configs import FeedConfig
from onrecord.inputs.contents import documents_in
from onrecord.inputs.feed_articles import document_of_entry
from onrecord.inputs.feed_entries import Entry, Feed
from onrecord.inputs.fetching import Page
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason, make_document

_HASHES = frozenset({"id", "sha256"})
_DAY_CHARS = len("2026-01-02")


@dataclass(frozen=True, slots=True)
class Found:
    """What came of an entry.

    Attributes:
        found: The article, or why there is none.
        fallback: Why the page was not used, when the text is that of the feed.
    """

    found: Document | Rejection
    fallback: Rejection | None = None


def from_page(page: Page, entry: Entry, config: FeedConfig, options: ReadOptions) -> Found:
    """The article of a page, with what the feed knows better; else that of the feed."""
    options = dataclasses.replace(options, outlet=config.outlet)
    suffix = "" if page.media_type == "text/plain" else ".html"
    source = entry.url or config.url
    found = next(
        documents_in(page.content, source, suffix, options, url=page.url, declared=page.charset)
    )
    if isinstance(found, Rejection):
        return from_feed(found, entry, config, options)
    return Found(_completed(found, entry, config))


def from_feed(refused: Rejection, entry: Entry, config: FeedConfig, options: ReadOptions) -> Found:
    """The article as the feed holds it, when its page was refused; else that refusal."""
    options = dataclasses.replace(options, outlet=config.outlet)
    feed = Feed(title=config.outlet, language=config.language, entries=())
    found = document_of_entry(entry, feed, refused.source, options)
    if isinstance(found, Document):
        return Found(found, fallback=refused)
    return Found(refused)


def without_page(entry: Entry, config: FeedConfig, options: ReadOptions) -> Found:
    """The article of an entry that names no page."""
    name = f"{config.url}!{entry.title or 'entry'}"
    detail = "the entry names no page of the web, and does not hold the article itself"
    refused = Rejection(source=name, reason=RejectionReason.NOT_AN_ARTICLE, detail=detail)
    return from_feed(refused, entry, config, options)


def _completed(document: Document, entry: Entry, config: FeedConfig) -> Document:
    """The document with what its page does not say and its feed does."""
    fields = {
        field.name: getattr(document, field.name)
        for field in dataclasses.fields(document)
        if field.name not in _HASHES
    }
    fields["title"] = document.title or entry.title
    fields["author"] = document.author or entry.author
    fields["language"] = document.language or config.language
    fields["published"] = _published(document.published, entry.published)
    return make_document(**fields)


def _published(on_page: str | None, in_feed: str | None) -> str | None:
    """The page's date; the feed's for none, or where it adds the hour to about the same day."""
    if on_page is None or in_feed is None:
        return on_page or in_feed
    if len(on_page) > _DAY_CHARS or len(in_feed) == _DAY_CHARS:
        return on_page
    days = [datetime.date.fromisoformat(date[:_DAY_CHARS]) for date in (on_page, in_feed)]
    return in_feed if abs((days[0] - days[1]).days) <= 1 else on_page
