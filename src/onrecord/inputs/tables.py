"""Rows of tables as documents: the same columns as the keys of JSON Lines.

How the rows of each kind of file are told apart stands in `csv_files.py` and
`parquet_files.py`.
"""

from collections.abc import Iterable, Mapping

from onrecord.inputs.dates import iso_date
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.plain_texts import document_from_plain
from onrecord.records import Document, Rejection, RejectionReason

COLUMNS = ("text", "title", "url", "outlet", "author", "published")
_SHOWN = 12
_SHOWN_CHARS = 40


def document_from_row(
    row: Mapping[str, str | None], source: str, number: int, options: ReadOptions
) -> Document | Rejection:
    """One article; an empty cell is one that says nothing."""
    text = row.get("text") or ""
    if not text.strip():
        detail = "the text is empty"
        return Rejection(source=source, reason=RejectionReason.EMPTY, detail=detail, line=number)
    if len(text) > options.max_bytes:
        detail = f"the text is longer than {options.max_bytes:,} characters"
        return Rejection(
            source=source, reason=RejectionReason.TOO_LARGE, detail=detail, line=number
        )
    if "\x00" in text:
        return bad_row(source, number, "the text holds zero bytes, as no text does")
    given = (row.get("published") or "").strip()
    published = options.published or (iso_date(given) if given else None)
    if given and published is None:
        return bad_row(source, number, f"published is no date: {given[:60]!r}")
    return document_from_plain(
        text,
        title=row.get("title"),
        outlet=options.outlet or row.get("outlet"),
        url=row.get("url") or None,
        author=row.get("author"),
        published=published,
    )


def bad_row(source: str, number: int | None, detail: str) -> Rejection:
    """A row, or without a number a whole table, that cannot be read."""
    return Rejection(source=source, reason=RejectionReason.BAD_TABLE, detail=detail, line=number)


def no_text_column(source: str, names: Iterable[str]) -> Rejection:
    """A table without articles; says what it has instead."""
    known = [name[:_SHOWN_CHARS] for name in names]
    shown = ", ".join(known[:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
    detail = (
        f'it has no column "text" but {shown or "none"}; name the columns'
        f" {', '.join(COLUMNS[:-1])} and {COLUMNS[-1]}, of which only text is needed"
    )
    return bad_row(source, None, detail)
