"""Whatever a user names — files, folders, addresses, standard input — as documents.

How each kind is read stands in the other modules.
"""

import io
import os
import re
from collections.abc import Iterable, Iterator

from onrecord.errors import InputError
from onrecord.inputs.contents import documents_in
from onrecord.inputs.csv_files import read_csv
from onrecord.inputs.decoding import DecodeError, decode
from onrecord.inputs.files import read_path, read_stdin
from onrecord.inputs.options import ReadOptions, checked_date
from onrecord.inputs.plain_texts import document_from_plain
from onrecord.records import Document, Rejection

__all__ = [
    "ReadOptions",
    "document_from_html",
    "document_from_text",
    "each_source",
    "read_inputs",
]

_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)


def read_inputs(
    sources: Iterable[str | os.PathLike[str]], *, options: ReadOptions | None = None
) -> Iterator[Document | Rejection]:
    """Documents and rejections of all sources, in order, as they are asked for.

    Args:
        sources: Paths of files or folders, http(s) addresses, ``-`` for standard input.
        options: Assumptions and limits.

    Yields:
        A document for each article; a rejection for each thing that is none. Nothing
        that a source holds stops the others.

    Raises:
        InputError: ``sources`` is one string, whose letters would be taken for paths.
    """
    options = options or ReadOptions()
    for source in each_source(sources):
        if source == "-":
            yield from read_stdin(options)
        elif _ADDRESS.match(source):
            yield from _from_address(source.strip(), options)
        else:
            yield from read_path(source, options)


def each_source(sources: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    """The names of sources.

    Raises:
        InputError: They are one string, whose letters would be taken for paths.
    """
    if isinstance(sources, str | bytes | os.PathLike):
        raise InputError(source="sources", problem="it is one name; give a list of names")
    for source in sources:
        yield os.fspath(source)


def document_from_text(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    author: str | None = None,
    published: str | None = None,
) -> Document:
    """A document of this very text.

    Raises:
        InputError: There is nothing but white space, or ``published`` is no date.
    """
    if not isinstance(text, str):
        raise InputError(source="text", problem=f"it is {type(text).__name__}; give a str")
    if not text.strip():
        raise InputError(source="text", problem="it is empty; give the words of an article")
    return document_from_plain(
        text,
        title=title,
        outlet=outlet,
        url=url,
        author=author,
        published=None if published is None else checked_date(published),
    )


def document_from_html(
    page: str | bytes, *, url: str | None = None, options: ReadOptions | None = None
) -> Document | Rejection:
    """The article of a page, or why it has none."""
    from onrecord.inputs.pages import read_page

    options = options or ReadOptions()
    source = url or "page"
    if isinstance(page, bytes):
        try:
            page = decode(page)
        except DecodeError as error:
            return Rejection(source=source, reason=error.reason, detail=error.detail)
    return read_page(page, source=source, url=url, options=options)


def _from_address(url: str, options: ReadOptions) -> Iterator[Document | Rejection]:
    from onrecord.inputs.fetching import ANY, FetchError, fetch

    try:
        page = fetch(url, options, ANY)
    except FetchError as error:
        yield Rejection(source=url, reason=error.reason, detail=error.detail)
        return
    suffix = ".html" if "html" in page.media_type else ""
    if "json" in page.media_type:
        suffix = ".json" if page.media_type == "application/json" else ".jsonl"
    if page.media_type == "text/csv":
        yield from read_csv(io.BytesIO(page.content), url, options)
        return
    yield from documents_in(page.content, url, suffix, options, url=page.url, declared=page.charset)
