"""The internal tables of stories, beside those that the records make.

Keys begin with a period or a block of documents, so that what arrives together is written
together: writing costs no more in a large file than in a small one.
"""

from typing import Final

TABLES: Final = """
-- What each document is known by; terms are numbers, and so are weights (16 bits).
CREATE TABLE story_traits (
  document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
  published INTEGER,          -- Day of publication, as a running number.
  latest_year INTEGER,        -- The latest year that the words name.
  terms BLOB NOT NULL,        -- Numbers of terms, then their weights.
  keys BLOB NOT NULL,         -- Numbers of the terms that it is found by.
  vector BLOB                 -- Of its head, 8 bits a number.
) STRICT;
-- Documents by the terms that tell most of them.
CREATE TABLE story_keys (
  period INTEGER NOT NULL,    -- Of publication if above 0, of arrival if below.
  term INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (period, term, document)
) STRICT, WITHOUT ROWID;
-- In how many documents of a block, by arrival, a term stands; term -1 counts documents.
CREATE TABLE story_terms (
  block INTEGER NOT NULL,
  term INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (block, term)
) STRICT, WITHOUT ROWID;
-- Which events of a story are one happening.
CREATE TABLE story_happenings (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  event TEXT NOT NULL,        -- The id of an event of the document.
  story INTEGER NOT NULL,
  happening TEXT NOT NULL,    -- Shared by all events that are one; made of the first.
  traits BLOB NOT NULL,       -- What the event is known by.
  PRIMARY KEY (document, event)
) STRICT, WITHOUT ROWID;
"""
