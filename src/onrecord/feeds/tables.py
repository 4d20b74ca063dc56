"""The tables of a store that remember feeds; what they hold is written by `states.py`."""

TABLES = """
-- Feeds as they were last polled.
CREATE TABLE feeds (
  number INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  outlet TEXT NOT NULL,
  family TEXT,                -- Outlets of one publisher share it.
  language TEXT,
  etag TEXT,                  -- The server's mark of what was read last.
  last_modified TEXT,         -- The server's date of it, as the server writes it.
  first_polled TEXT NOT NULL,
  last_polled TEXT,
  last_success TEXT,
  last_new TEXT,              -- When an entry was last seen for the first time.
  failures INTEGER NOT NULL DEFAULT 0,  -- In a row.
  next_at TEXT NOT NULL,      -- When it is to be polled next.
  held_until TEXT,            -- The server asked not to come before.
  reason TEXT,                -- Why the last poll failed; null when it did not.
  detail TEXT
) STRICT;
-- What was asked of servers, for some months: feeds, and pages of their entries.
CREATE TABLE feed_fetches (
  number INTEGER PRIMARY KEY,
  feed INTEGER NOT NULL REFERENCES feeds (number) ON DELETE CASCADE,
  url TEXT NOT NULL,
  at TEXT NOT NULL,
  outcome TEXT NOT NULL,      -- read, unchanged, from_feed, failed
  reason TEXT,
  detail TEXT,
  n_new INTEGER NOT NULL DEFAULT 0      -- Entries of a feed that were not known.
) STRICT;
CREATE INDEX feed_fetches_by_time ON feed_fetches (at);
-- Entries of feeds, each taken once.
CREATE TABLE feed_entries (
  feed INTEGER NOT NULL REFERENCES feeds (number) ON DELETE CASCADE,
  key TEXT NOT NULL,          -- Hash of what tells it from the others of its feed.
  url TEXT,
  published TEXT,
  seen TEXT NOT NULL,
  status TEXT NOT NULL,       -- waiting, taken, refused
  reason TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at TEXT,               -- For one that waits: not to be fetched before.
  entry TEXT,                 -- For one that waits: what the feed says, as JSON.
  PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_entries_waiting ON feed_entries (feed, next_at) WHERE status = 'waiting';
CREATE INDEX feed_entries_by_time ON feed_entries (feed, seen);
"""
