"""What was read, and what was turned away."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.ids import content_id
from onrecord.records.spans import Span
from onrecord.records.vocabularies import RejectionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A pointer to another article that stands inside this one."""

    text: Annotated[str, Column("The words of the link.")]
    url: Annotated[str | None, Column("Where it leads.")]
    span: Annotated[
        Span | None, Column("Its line in the text; null when it was taken out of the text.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as it was read; the text never changes afterwards."""

    id: Annotated[str, Column("Hash of text, address, outlet and date of publication.")]
    sha256: Annotated[str, Column("SHA-256 of the text in UTF-8.")]
    title: Annotated[str | None, Column("Headline.")]
    outlet: Annotated[str | None, Column("Who published it.")]
    url: Annotated[str | None, Column("Where it was published, as given.")]
    author: Annotated[str | None, Column("Who wrote it.")]
    published: Annotated[str | None, Column("When it was published.", unit="ISO 8601")]
    language: Annotated[str | None, Column("Language of the text.", unit="ISO 639-1")]
    text: Annotated[str, Column("The text; all spans count its code points.")]
    links: Annotated[tuple[Link, ...], Column("Pointers to other articles inside it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Something given that is not read as an article, and why."""

    source: Annotated[str, Column("Path, address, or `-`.")]
    reason: Annotated[RejectionReason, Column("Why, from a closed list.")]
    detail: Annotated[str, Column("Why, in words, and what to do.")]
    line: Annotated[int | None, Column("Line of a file of many articles.", unit="from 1")] = None


def make_document(
    *,
    text: str,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    author: str | None = None,
    published: str | None = None,
    language: str | None = None,
    links: Iterable[Link] = (),
) -> Document:
    """A document with its digest and id."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        id=content_id("document", sha256, url, outlet, published),
        sha256=sha256,
        title=title,
        outlet=outlet,
        url=url,
        author=author,
        published=published,
        language=language,
        text=text,
        links=tuple(links),
    )
