"""The internal tables of claims, in the file of a store.

`claim_keys` is keyed by the month first: what arrives together is written together, so that
writing costs no more in a large file than in a small one.
"""

TABLES = """
-- What is compared of each document, packed (see claims/packing.py).
CREATE TABLE claim_propositions (
  document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
  period INTEGER NOT NULL,    -- Month of publication, from year 0; 0 without a date.
  packed TEXT NOT NULL,       -- JSON.
  vectors BLOB,               -- A row of whole numbers of one byte for each; null without.
  keys TEXT NOT NULL          -- What of it is in claim_keys, as JSON.
) STRICT;
-- Documents by a name or place with a kind of deed, to find those that may tell of one thing.
CREATE TABLE claim_keys (
  period INTEGER NOT NULL,
  key INTEGER NOT NULL,       -- Hash of both.
  document INTEGER NOT NULL,
  PRIMARY KEY (period, key, document)
) STRICT, WITHOUT ROWID;
-- Which proposition of a document is in which claim, and as which stance.
CREATE TABLE claim_members (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,  -- Number of the proposition in the document, from 0.
  claim INTEGER NOT NULL REFERENCES claims (number) DEFERRABLE INITIALLY DEFERRED,
  stance TEXT NOT NULL,       -- The id of the stance.
  PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
-- Pairs that may be in dispute, not likely enough to be shown: for somebody to look at.
CREATE TABLE possible_disputes (
  id TEXT PRIMARY KEY,        -- Hash of both documents, words and the ground.
  ground TEXT NOT NULL,
  first_document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  first_spans TEXT NOT NULL CHECK (json_valid(first_spans)),
  second_document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  second_spans TEXT NOT NULL CHECK (json_valid(second_spans)),
  probability REAL NOT NULL
) STRICT;
CREATE INDEX possible_disputes_by_first ON possible_disputes (first_document);
CREATE INDEX possible_disputes_by_second ON possible_disputes (second_document);
-- What people said of disputes. Documents and words are named as they stay when a text is read
-- again or linked again.
CREATE TABLE dispute_reviews (
  id TEXT PRIMARY KEY,
  is_dispute INTEGER NOT NULL,
  ground TEXT NOT NULL,
  first_document TEXT NOT NULL,   -- The id of the document.
  first_spans TEXT NOT NULL CHECK (json_valid(first_spans)),
  second_document TEXT NOT NULL,
  second_spans TEXT NOT NULL CHECK (json_valid(second_spans)),
  was_shown INTEGER NOT NULL, -- Whether it was shown then; else it was a possible one.
  probability REAL NOT NULL,  -- That the program gave it then.
  "by" TEXT NOT NULL,
  at TEXT NOT NULL,           -- When. (ISO 8601, UTC)
  why TEXT,
  undone_by TEXT,
  undone_at TEXT
) STRICT;
CREATE INDEX dispute_reviews_by_first ON dispute_reviews (first_document);
CREATE INDEX dispute_reviews_by_second ON dispute_reviews (second_document);
-- What was said of a document that is deleted goes with it.
CREATE TRIGGER dispute_reviews_go AFTER DELETE ON documents
BEGIN
  DELETE FROM dispute_reviews WHERE first_document = OLD.id OR second_document = OLD.id;
END;
-- A dispute is of the story of its first claim, also after stories were joined or parted.
CREATE TRIGGER claim_story_moves AFTER UPDATE OF story ON claims
WHEN OLD.story IS NOT NEW.story
BEGIN
  UPDATE disputes SET story = NEW.story WHERE claim = NEW.number;
END;
"""
