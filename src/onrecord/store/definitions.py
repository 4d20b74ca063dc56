"""What a new file of a store is made of: record tables, words to search, ids, and views.

The record tables come from `onrecord.schema`; views stand in `views.sql`. Tables of
linkers are handed in by whoever opens the store.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from importlib import resources

from onrecord.schema import sql_tables

# "OnRc": tells the file from those of other programs.
APPLICATION_ID = 0x4F6E5263
SCHEMA_VERSION = 4
PAGE_BYTES = 8192
# Numbers of statements and entities in the tables of words: document times this, and position.
ROWS_PER_DOCUMENT = 1_000_000

_WORDS = """
CREATE VIRTUAL TABLE document_words USING fts5(
  title, text, content='documents', content_rowid='number',
  tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_words USING fts5(
  content, source, content='', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE entity_words USING fts5(
  name, content='', tokenize='unicode61 remove_diacritics 2'
);
-- Ids of rows by document. An index over ids would be written at random places, and slow
-- down as the file grows; this one is written in pieces that are merged.
CREATE VIRTUAL TABLE row_ids USING fts5(
  ids, content='', detail='none', tokenize='unicode61'
);
"""

_CORRECTIONS = """
-- What a correction changed in the rows as they are now, so that it can be taken back.
CREATE TABLE correction_effects (
  correction INTEGER PRIMARY KEY REFERENCES corrections (number) ON DELETE CASCADE,
  row TEXT,                    -- The row it holds for now; null if there is none.
  anchors TEXT NOT NULL CHECK (json_valid(anchors)),  -- Spans of the rows that it names.
  changes TEXT NOT NULL CHECK (json_valid(changes)),  -- Rows before and after.
  problem TEXT                 -- Why it does not hold for any row now.
) STRICT;
-- Rows that were drawn by chance, to be reviewed.
CREATE TABLE review_samples (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  row_kind TEXT NOT NULL,
  row TEXT NOT NULL,           -- The id of the row.
  seed INTEGER NOT NULL,       -- By which it was drawn.
  drawn_at TEXT NOT NULL,      -- When. (ISO 8601, UTC)
  PRIMARY KEY (document, row_kind, row)
) STRICT, WITHOUT ROWID;
"""

_CALL = re.compile(r'\b(WORDS?|AROUND)\(([\w.]+), ([\w."]+)\)')
_AROUND = 80


def definitions(tables: Iterable[str] = ()) -> Iterator[str]:
    """All statements that make a new store, one by one.

    Args:
        tables: More statements, from what links documents.
    """
    for script in (sql_tables(), _WORDS, _CORRECTIONS, views(), *tables):
        yield from split_script(script)


def views() -> str:
    """Statements that make the views, in SQL that SQLite 3.37 knows."""
    script = resources.files("onrecord.store").joinpath("views.sql").read_text("utf-8")
    lines = [line for line in script.splitlines() if not line.startswith("--")]
    return _CALL.sub(lambda call: _SHORT[call[1]](call[2], call[3]), "\n".join(lines) + "\n")


def word_sql(text: str, span: str) -> str:
    """SQL for the words at a span, from the names of the columns of a text and a span.

    >>> word_sql("d.text", "e.span")  # doctest: +ELLIPSIS
    "substr(d.text, json_extract(e.span, '$.start') + 1, ..."
    """
    start, end = f"json_extract({span}, '$.start')", f"json_extract({span}, '$.end')"
    return f"substr({text}, {start} + 1, {end} - {start})"


def words_sql(text: str, spans: str) -> str:
    """SQL for the words of a list of spans, with ' … ' between; null for an empty one."""
    word = word_sql(text, "span.value")
    return f"(SELECT group_concat({word}, ' … ') FROM json_each({spans}) AS span)"  # noqa: S608


def _around_sql(text: str, span: str) -> str:
    """SQL for the words at a span, with some more on both sides."""
    start, end = f"json_extract({span}, '$.start')", f"json_extract({span}, '$.end')"
    first = f"max(0, {start} - {_AROUND})"
    return f"substr({text}, {first} + 1, {end} + {_AROUND} - {first})"


_SHORT = {"WORD": word_sql, "WORDS": words_sql, "AROUND": _around_sql}


def split_script(script: str) -> Iterator[str]:
    """The statements of a script, which one transaction can then hold.

    >>> list(split_script("CREATE TABLE a (b /* one; two */); CREATE TABLE c (d);"))
    ['CREATE TABLE a (b /* one; two */);', 'CREATE TABLE c (d);']
    """
    part = ""
    for piece in script.split(";")[:-1]:
        part += f"{piece};"
        if sqlite3.complete_statement(part):
            yield part.strip()
            part = ""
