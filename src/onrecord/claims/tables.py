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
-- A dispute is of the story of its first claim, also after stories were joined or parted.
CREATE TRIGGER claim_story_moves AFTER UPDATE OF story ON claims
WHEN OLD.story IS NOT NEW.story
BEGIN
  UPDATE disputes SET story = NEW.story WHERE claim = NEW.number;
END;
"""
